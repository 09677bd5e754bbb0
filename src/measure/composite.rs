//! Several requirements as one figure.
//!
//! How a standard means its composite to be combined is seldom said, so that three
//! ways stand side by side: the mean of the items' shares, the share that has all of
//! them, and how many are met. All three follow from the sums by number of items met.

use std::collections::BTreeMap;

use super::coverage::{named_scopes, scopes_of};
use super::{Scope, Sums, Verdict};
use crate::places::{Samples, Zoning};
use crate::standard::{Basis, Denominator};

/// How much of one scope meets how many items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Met {
    /// What it is summed for.
    pub scope: Scope,
    /// What meets exactly 0, 1, … and all items.
    pub by_count: Vec<Sums>,
}

impl Met {
    /// All of the scope, unlinked samples too.
    pub fn whole(&self) -> Sums {
        let mut whole = Sums::default();
        self.by_count.iter().for_each(|&sums| whole += sums);
        whole
    }

    /// What meets every item.
    pub fn all(&self) -> Sums {
        self.by_count.last().copied().unwrap_or_default()
    }

    /// The number of items met, on average over a denominator; `None` of nothing.
    pub fn mean_count(&self, of: Denominator) -> Option<f64> {
        let whole = self.whole().units(of);
        let met: u128 = (0_u128..)
            .zip(&self.by_count)
            .map(|(count, sums)| count * u128::from(sums.units(of)))
            .sum();
        (whole > 0).then(|| met as f64 / whole as f64)
    }

    /// The mean of the items' shares; `None` of nothing or without items.
    pub fn mean_share(&self, of: Denominator) -> Option<f64> {
        let items = self
            .by_count
            .len()
            .checked_sub(1)
            .filter(|&items| items > 0)?;
        Some(self.mean_count(of)? / items as f64)
    }
}

/// Counts the items that every sample meets, each by its own basis: for the whole, for
/// every zone and, where there is any, for what lies outside every zone of a level.
pub fn composite(samples: &Samples, zonings: &[Zoning], items: &[(&Verdict, Basis)]) -> Vec<Met> {
    let nothing = || vec![Sums::default(); items.len() + 1];
    let mut scopes: BTreeMap<Scope, Vec<Sums>> = named_scopes(zonings)
        .map(|scope| (scope, nothing()))
        .collect();
    for (index, sample) in samples.all().iter().enumerate() {
        let met = items
            .iter()
            .filter(|(verdict, basis)| verdict.holds(*basis, index));
        let met = met.count();
        for scope in scopes_of(zonings, index) {
            scopes.entry(scope).or_insert_with(nothing)[met] += Sums::of([sample]);
        }
    }
    let scopes = scopes.into_iter();
    scopes
        .map(|(scope, by_count)| Met { scope, by_count })
        .collect()
}
