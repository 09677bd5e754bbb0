//! Within which limits destinations are counted, set by set.

use std::ops::Range;

use crate::units::Cost;

/// For every set the limits within which its destinations are counted, ascending. Each is
/// a column of what is counted, set after set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Within {
    /// For every set its first column, and the end.
    first: Vec<usize>,
    limits: Vec<Cost>,
}

impl Default for Within {
    /// Of no set.
    fn default() -> Self {
        Self::of(0, [])
    }
}

impl Within {
    /// For so many sets what is asked: sets and limits, in any order.
    pub fn of(sets: usize, asked: impl IntoIterator<Item = (usize, Cost)>) -> Self {
        let mut asked: Vec<(usize, Cost)> = asked.into_iter().collect();
        asked.sort_unstable();
        asked.dedup();
        let first = |set| asked.partition_point(|&(of, _)| of < set);
        Self {
            first: (0..=sets).map(first).collect(),
            limits: asked.iter().map(|&(_, limit)| limit).collect(),
        }
    }

    /// The same limits for all of so many sets.
    pub fn all(sets: usize, limits: &[Cost]) -> Self {
        let each = |set| limits.iter().map(move |&limit| (set, limit));
        Self::of(sets, (0..sets).flat_map(each))
    }

    /// How many sets there are.
    pub fn sets(&self) -> usize {
        self.first.len() - 1
    }

    /// The limit of every column.
    pub fn limits(&self) -> &[Cost] {
        &self.limits
    }

    /// The columns of a set.
    #[inline]
    pub fn of_set(&self, set: usize) -> Range<usize> {
        self.first[set]..self.first[set + 1]
    }

    /// The column of a set and a limit that was asked for.
    pub fn column(&self, set: usize, limit: Cost) -> Option<usize> {
        let own = self.of_set(set);
        let at = self.limits[own.clone()].binary_search(&limit).ok()?;
        Some(own.start + at)
    }

    /// The widest limit; none where nothing is counted.
    pub fn most(&self) -> Option<Cost> {
        self.limits.iter().copied().max()
    }
}
