//! Counts of many places, in two bytes each: hardly any place reaches 65,536 facilities of a
//! set within a walk, and cities have many places.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU16, Ordering::Relaxed};

/// Numbers of any size; those of more than two bytes cost more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Numbers {
    low: Vec<u16>,
    /// What is above two bytes, where anything is.
    high: BTreeMap<usize, u32>,
}

impl Numbers {
    /// The number at a place.
    #[inline]
    pub fn at(&self, place: usize) -> u32 {
        let low = u32::from(self.low[place]);
        if self.high.is_empty() {
            return low;
        }
        low | self.high.get(&place).unwrap_or(&0) << 16
    }
}

/// Numbers that many threads add to: sums come out the same in any order.
pub(super) struct Growing {
    low: Vec<AtomicU16>,
    high: Mutex<BTreeMap<usize, u32>>,
}

impl Growing {
    /// So many zeros.
    pub fn zeros(count: usize) -> Self {
        Self {
            low: (0..count).map(|_| AtomicU16::new(0)).collect(),
            high: Mutex::default(),
        }
    }

    /// Adds to the number at a place.
    #[inline]
    pub fn add(&self, place: usize, many: u16) {
        let was = self.low[place].fetch_add(many, Relaxed);
        if was.checked_add(many).is_none() {
            let mut high = self
                .high
                .lock()
                .unwrap_or_else(|broken| broken.into_inner());
            *high.entry(place).or_default() += 1;
        }
    }

    /// What the numbers have come to.
    pub fn grown(self) -> Numbers {
        let low = self.low.into_iter().map(AtomicU16::into_inner);
        Numbers {
            low: low.collect(),
            high: self
                .high
                .into_inner()
                .unwrap_or_else(|broken| broken.into_inner()),
        }
    }
}

#[cfg(test)]
mod tests {
    use rayon::prelude::*;

    use super::*;

    #[test]
    fn numbers_of_any_size_are_summed_by_all_threads() {
        let numbers = Growing::zeros(3);
        (0..200_000_u32).into_par_iter().for_each(|number| {
            numbers.add(1, 1);
            numbers.add(2, (number % 33) as u16);
        });
        numbers.add(0, u16::MAX);
        let grown = numbers.grown();
        assert_eq!(grown.at(0), 65_535);
        assert_eq!(grown.at(1), 200_000);
        let expected: u32 = (0..200_000).map(|number| number % 33).sum();
        assert_eq!(grown.at(2), expected);
    }
}
