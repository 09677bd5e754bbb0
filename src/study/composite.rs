//! Composites, and what stands in every zone.

use super::{Answer, AskedSet};
use crate::measure::{Met, composite};
use crate::places::{Samples, Zoning};
use crate::standard::{Basis, Composite, Requirement, Standard};

/// The answer to one composite.
#[derive(Clone, Debug, PartialEq)]
pub struct CompositeAnswer {
    /// The items that there is any facility of, as indices into the requirements.
    pub items: Vec<usize>,
    /// Those that there is none of: nothing is known of them, and they are left out.
    pub without_data: Vec<usize>,
    /// For the whole and for every zone how much meets how many of the items.
    pub met: Vec<Met>,
}

pub(super) fn composites(
    standard: &Standard,
    answers: &[Answer],
    sets: &[AskedSet],
    samples: &Samples,
    zonings: &[Zoning],
) -> Vec<CompositeAnswer> {
    let has_data = |item: &usize| sets[answers[*item].set].has_data();
    let verdict = |item: &usize| {
        let Requirement { basis, .. } = standard.requirements[*item];
        (&answers[*item].verdict, basis)
    };
    let answer = |asked: &Composite| {
        let (items, without_data): (Vec<usize>, _) =
            asked.items.iter().partition(|item| has_data(item));
        let verdicts: Vec<(_, Basis)> = items.iter().map(verdict).collect();
        CompositeAnswer {
            met: composite(samples, zonings, &verdicts),
            items,
            without_data,
        }
    };
    standard.composites.iter().map(answer).collect()
}
