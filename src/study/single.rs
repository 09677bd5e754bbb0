//! What rests on a single facility.

use super::Study;
use crate::measure::State;
use crate::standard::Basis;

impl Study {
    /// Whether the state of a block by network would be another if one facility were lost,
    /// or had never been there: whether it rests on a single entry of the data.
    ///
    /// What is not covered loses nothing. A covered block does where one of its samples
    /// has one facility within the limit; a partly covered one where all that have any
    /// have the same one. Two entries for one building are two here: what is the same is
    /// merged before ([`Study::merged`]), and what was not is not told from neighbours.
    pub fn rests_on_one(&self, requirement: usize, block: usize) -> bool {
        let answer = &self.answers[requirement];
        let reached = self.walked[answer.walker].reached(answer.limit.kind());
        let mut only = self
            .samples
            .of_block(block)
            .filter(|&sample| answer.verdict.holds(Basis::Network, sample))
            .map(|sample| reached.only(answer.set, answer.limit, sample));
        match self.of_block(answer, block).state(Basis::Network) {
            State::Covered => only.any(|facility| facility.is_some()),
            State::Partly => only
                .next()
                .flatten()
                .is_some_and(|first| only.all(|facility| facility == Some(first))),
            State::Uncovered | State::Unlinked | State::NoData => false,
        }
    }

    /// How many blocks rest on a single facility for a requirement.
    pub fn resting_on_one(&self, requirement: usize) -> usize {
        let blocks = 0..self.blocks.len();
        blocks
            .filter(|&block| self.rests_on_one(requirement, block))
            .count()
    }
}
