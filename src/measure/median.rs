//! A block's figures over its samples.

/// The best, the middle and the worst of a block's samples; `None` where that
/// sample reaches nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spread<T> {
    /// The smallest value.
    pub best: Option<T>,
    /// The lower median.
    pub median: Option<T>,
    /// The largest value; `None` as soon as one sample reaches nothing.
    pub worst: Option<T>,
}

/// Best, lower median and worst of values with their weights; `None` counts as
/// infinite. The lower median is the first value, from the smallest on, with which
/// half of the weight is reached: of an even number of equal weights the smaller
/// middle one.
///
/// ```
/// use living_circle::measure::spread;
/// let equal = spread(vec![(Some(3), 1), (None, 1), (Some(1), 1), (Some(2), 1)]);
/// assert_eq!((equal.best, equal.median, equal.worst), (Some(1), Some(2), None));
/// let heavy = spread(vec![(Some(3), 7), (Some(1), 2), (Some(2), 2)]);
/// assert_eq!(heavy.median, Some(3));
/// ```
pub fn spread<T: Ord + Copy>(mut values: Vec<(Option<T>, u64)>) -> Spread<T> {
    values.sort_unstable_by_key(|&(value, _)| (value.is_none(), value));
    let whole: u128 = values.iter().map(|&(_, weight)| u128::from(weight)).sum();
    let mut reached = 0;
    let middle = values.iter().find(|(_, weight)| {
        reached += 2 * u128::from(*weight);
        reached >= whole
    });
    let value = |found: Option<&(Option<T>, u64)>| found.and_then(|&(value, _)| value);
    Spread {
        best: value(values.first()),
        median: value(middle),
        worst: value(values.last()),
    }
}
