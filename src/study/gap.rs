//! Gaps: blocks that lack something required.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::Study;
use crate::measure::{State, Sums};
use crate::reach::Nearest;
use crate::units::Length;

/// A block that lacks what a requirement asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The requirement, as an index into the pack.
    pub requirement: usize,
    /// The block.
    pub block: usize,
    /// `partly`, `uncovered` or `unlinked`, by the requirement's own basis.
    pub state: State,
    /// What of the block lies beyond the limit.
    pub lacking: Sums,
    /// The cost to the nearest facility, by network, in the kind of the limit;
    /// `None` where no way leads to one.
    pub nearest: Option<Nearest>,
}

/// All gaps of required categories, ranked by the people who lack it, else by
/// land; ties by requirement and block. What the study has no data for is no gap.
pub fn gaps(study: &Study) -> Vec<Gap> {
    let mut gaps = Vec::new();
    for (requirement, (asked, answer)) in study.answered().enumerate() {
        if !asked.required {
            continue;
        }
        let basis = asked.basis;
        for (block, found) in answer.blocks.iter().enumerate() {
            let state = found.by(basis).state;
            if !matches!(state, State::Partly | State::Uncovered | State::Unlinked) {
                continue;
            }
            let lacking = study
                .samples
                .of_block(block)
                .filter(|&sample| !answer.verdict.holds(basis, sample))
                .map(|sample| &study.samples.all()[sample]);
            gaps.push(Gap {
                requirement,
                block,
                state,
                lacking: Sums::of(lacking),
                nearest: found.nearest.median,
            });
        }
    }
    gaps.sort_by_key(|gap| {
        (
            Reverse(gap.lacking.people),
            Reverse(gap.lacking.land),
            gap.requirement,
            gap.block,
        )
    });
    gaps
}

/// Of every block and set of categories the gap at the widest limit, in their
/// order: who lacks a service within 15 minutes lacks it within 10 and 5 too.
pub fn at_widest_limit<'a>(study: &Study, gaps: &'a [Gap]) -> Vec<&'a Gap> {
    let mut widest: BTreeMap<(usize, usize), (Length, &Gap)> = BTreeMap::new();
    for gap in gaps {
        let answer = &study.answers[gap.requirement];
        let found = (answer.straight_limit, gap);
        let known = widest.entry((gap.block, answer.set)).or_insert(found);
        if answer.straight_limit > known.0 {
            *known = found;
        }
    }
    gaps.iter()
        .filter(|gap| {
            let set = study.answers[gap.requirement].set;
            widest
                .get(&(gap.block, set))
                .is_some_and(|(_, kept)| kept.requirement == gap.requirement)
        })
        .collect()
}
