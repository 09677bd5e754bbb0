//! A block's figures over its samples.

/// The lower median: of an even number of values the smaller middle one.
/// `None` counts as infinite.
///
/// ```
/// use living_circle::measure::lower_median;
/// assert_eq!(lower_median(vec![Some(3), None, Some(1), Some(2)]), Some(2));
/// assert_eq!(lower_median(vec![None, Some(1), None]), None);
/// ```
pub fn lower_median<T: Ord + Copy>(values: Vec<Option<T>>) -> Option<T> {
    spread(values).median
}

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

/// Best, lower median and worst; `None` counts as infinite.
pub fn spread<T: Ord + Copy>(mut values: Vec<Option<T>>) -> Spread<T> {
    values.sort_unstable_by_key(|value| (value.is_none(), *value));
    let at = |index: usize| values.get(index).copied().flatten();
    Spread {
        best: at(0),
        median: at(values.len().saturating_sub(1) / 2),
        worst: at(values.len().saturating_sub(1)),
    }
}
