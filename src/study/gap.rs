//! Gaps: blocks that lack something required.

use std::cmp::Reverse;

use rayon::prelude::*;

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
    let asked = study.answered().enumerate();
    let required: Vec<usize> = asked
        .filter(|(_, (asked, _))| asked.required)
        .map(|(requirement, _)| requirement)
        .collect();
    let gaps = required.par_iter().flat_map(|&requirement| {
        let blocks = (0..study.blocks.len()).into_par_iter();
        blocks.filter_map(move |block| gap(study, requirement, block))
    });
    let mut gaps: Vec<Gap> = gaps.collect();
    gaps.par_sort_unstable_by_key(|gap| {
        (
            Reverse(gap.lacking.people),
            Reverse(gap.lacking.land),
            gap.requirement,
            gap.block,
        )
    });
    gaps
}

/// What a block lacks of a requirement, if it does.
fn gap(study: &Study, requirement: usize, block: usize) -> Option<Gap> {
    let basis = study.standard.requirements[requirement].basis;
    let answer = &study.answers[requirement];
    let found = study.of_block(answer, block);
    let state = found.state(basis);
    if !matches!(state, State::Partly | State::Uncovered | State::Unlinked) {
        return None;
    }
    let lacking = study
        .samples
        .of_block(block)
        .filter(|&sample| !answer.verdict.holds(basis, sample))
        .map(|sample| &study.samples.all()[sample]);
    Some(Gap {
        requirement,
        block,
        state,
        lacking: Sums::of(lacking),
        nearest: found.nearest().median,
    })
}

/// Of every block and set of categories the gap at the widest limit, in their
/// order: who lacks a service within 15 minutes lacks it within 10 and 5 too.
pub fn at_widest_limit<'a>(study: &Study, gaps: &'a [Gap]) -> Vec<&'a Gap> {
    // Of one block and set the widest limit comes first, of equal ones the worse gap.
    let key = |(rank, gap): (usize, &Gap)| {
        let answer = &study.answers[gap.requirement];
        let of = (gap.block, answer.set);
        (of, Reverse(answer.straight_limit), rank)
    };
    let mut widest: Vec<_> = gaps.par_iter().enumerate().map(key).collect();
    widest.par_sort_unstable();
    widest.dedup_by_key(|(of, ..)| *of);
    let mut ranks: Vec<usize> = widest.into_iter().map(|(.., rank)| rank).collect();
    ranks.par_sort_unstable();
    ranks.into_iter().map(|rank| &gaps[rank]).collect()
}
