//! Gaps: blocks that lack something required.

use std::cmp::Reverse;

use super::Study;
use crate::measure::{State, Sums};
use crate::reach::Nearest;

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
