//! Gaps: blocks that lack something required.

use std::cmp::Reverse;

use rayon::prelude::*;

use super::Study;
use crate::measure::{State, Sums};
use crate::units::{Land, People};

/// A block that lacks what a requirement asks for. Large cities have millions of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The people who live beyond the limit.
    pub people: People,
    /// The land that lies beyond it.
    pub land: Land,
    /// The requirement, as an index into the pack.
    pub requirement: u32,
    /// The block.
    pub block: u32,
    /// `partly`, `uncovered` or `unlinked`, by the requirement's own basis.
    pub state: State,
}

impl Gap {
    /// The larger comes first; ties by requirement and block.
    fn rank(&self) -> impl Ord + use<> {
        (
            Reverse(self.people),
            Reverse(self.land),
            self.requirement,
            self.block,
        )
    }
}

impl Study {
    /// All gaps of required categories, ranked by the people who lack it, else by
    /// land; ties by requirement and block. What the study has no data for is no gap.
    /// They are kept once they were looked for.
    pub fn gaps(&self) -> &[Gap] {
        // Not looked for while the cell is being filled: a thread that waits for parts of the
        // search takes up other work, which may ask for the gaps, too, and would wait for itself.
        if let Some(known) = self.found.gaps.get() {
            return known;
        }
        let ranked = self.ranked_gaps();
        self.found.gaps.get_or_init(|| ranked)
    }

    fn ranked_gaps(&self) -> Vec<Gap> {
        let asked = self.answered().enumerate();
        let required: Vec<usize> = asked
            .filter(|(_, (asked, _))| asked.required)
            .map(|(requirement, _)| requirement)
            .collect();
        let gaps = required.par_iter().flat_map(|&requirement| {
            let blocks = (0..self.blocks.len()).into_par_iter();
            blocks.filter_map(move |block| self.gap(requirement, block))
        });
        let mut gaps: Vec<Gap> = gaps.collect();
        gaps.par_sort_unstable_by_key(Gap::rank);
        gaps
    }

    /// What a block lacks of a requirement, if it does.
    fn gap(&self, requirement: usize, block: usize) -> Option<Gap> {
        let basis = self.standard.requirements[requirement].basis;
        let answer = &self.answers[requirement];
        let state = self.of_block(answer, block).state(basis);
        if !matches!(state, State::Partly | State::Uncovered | State::Unlinked) {
            return None;
        }
        let own = self.samples.of_block(block);
        let lacking = own
            .filter(|&sample| !answer.verdict.holds(basis, sample))
            .map(|sample| &self.samples.all()[sample]);
        let Sums { people, land, .. } = Sums::of(lacking);
        Some(Gap {
            people,
            land,
            requirement: requirement as u32,
            block: block as u32,
            state,
        })
    }

    /// The gaps at the widest limit of their block and set of categories, in their order:
    /// who lacks a service within 15 minutes lacks it within 10 and 5 too. Of equal limits
    /// the worse gap.
    pub fn gaps_at_widest_limit(&self) -> impl Iterator<Item = &Gap> {
        self.gaps().iter().filter(|gap| {
            let own = &self.answers[gap.requirement as usize];
            let mut others = self.answered().enumerate().filter(|(_, (asked, answer))| {
                let as_wide = answer.straight_limit >= own.straight_limit;
                asked.required && answer.set == own.set && as_wide
            });
            !others.any(|(number, (_, answer))| {
                let worse = |other: Gap| {
                    answer.straight_limit > own.straight_limit || other.rank() < gap.rank()
                };
                self.gap(number, gap.block as usize).is_some_and(worse)
            })
        })
    }
}
