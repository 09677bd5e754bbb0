//! The answer to one requirement: block by block, and summed.

use std::ops::Range;

use rayon::prelude::*;

use super::question::Question;
use super::{Parcels, Reached, Study, Walked};
use crate::link::Links;
use crate::measure::{
    Beelines, Coverage, Scope, Spread, State, Sums, Verdict, block_state, coverage, recount,
};
use crate::places::{Samples, Zoning};
use crate::reach::Nearest;
use crate::standard::Basis;
use crate::units::{Length, Limit};

/// The answer to one requirement. What it is for a block is told by [`Study::of_block`].
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The set of categories, as an index into the study's sets.
    pub set: usize,
    /// The walker, as an index into what the study's walkers reach.
    pub walker: usize,
    /// The limit.
    pub limit: Limit,
    /// The straight distance that stands beside it.
    pub straight_limit: Length,
    /// For every sample whether it is within.
    pub verdict: Verdict,
    /// Coverage of the whole and of every zone.
    pub coverage: Vec<Coverage>,
}

impl Answer {
    /// Coverage of the whole study area.
    pub fn whole(&self) -> Option<&Coverage> {
        self.coverage
            .iter()
            .find(|found| found.scope == Scope::Whole)
    }
}

/// The answer for one block, or one parcel. It is found when it is asked for: samples are
/// all that is kept of a city.
#[derive(Clone, Copy)]
pub struct BlockAnswer<'a> {
    answer: &'a Answer,
    reached: &'a Reached,
    links: &'a Links,
    samples: &'a Samples,
    block: usize,
    has_data: bool,
    border_metres: Option<f64>,
}

impl BlockAnswer<'_> {
    fn own(&self) -> Range<usize> {
        self.samples.of_block(self.block)
    }

    /// The state.
    pub fn state(&self, basis: Basis) -> State {
        state_over(self.answer, basis, self.own(), self.links, self.has_data)
    }

    /// Samples within the limit.
    pub fn within(&self, basis: Basis) -> usize {
        let own = self.own();
        own.filter(|&sample| self.answer.verdict.holds(basis, sample))
            .count()
    }

    /// Their share of all, each by its weight, 0 to 1.
    pub fn share(&self, basis: Basis) -> f64 {
        let weight = |sample: usize| u128::from(self.samples.all()[sample].weight);
        let whole: u128 = self.own().map(weight).sum();
        let own = self.own();
        let within: u128 = own
            .filter(|&sample| self.answer.verdict.holds(basis, sample))
            .map(weight)
            .sum();
        within as f64 / whole as f64
    }

    /// The cost to the nearest facility, over the block's samples, in the kind of the
    /// limit.
    pub fn nearest(&self) -> Spread<Nearest> {
        self.reached
            .spread(self.answer.set, self.samples, self.block)
    }

    /// Facilities within the limit by network: the lower median over the samples.
    pub fn count(&self) -> u32 {
        let Answer { set, limit, .. } = *self.answer;
        self.reached.count(set, limit, self.samples, self.block)
    }

    /// Whether the border of the data is nearer than the limit.
    pub fn at_edge(&self) -> bool {
        let limit = self.answer.straight_limit.metres();
        self.border_metres.is_some_and(|metres| metres < limit)
    }
}

/// The state of some samples, at least one.
fn state_over(
    answer: &Answer,
    basis: Basis,
    own: impl Iterator<Item = usize> + Clone,
    links: &Links,
    has_data: bool,
) -> State {
    let verdict = &answer.verdict;
    // Who meets what is asked for inside a compound needs no link.
    let linked = |sample| links.unlinked(sample).is_none() || verdict.holds(Basis::Network, sample);
    block_state(verdict, basis, own, linked, has_data)
}

impl Study {
    /// The state of some samples, at least one, for a requirement.
    pub fn state_over(
        &self,
        requirement: usize,
        basis: Basis,
        own: impl Iterator<Item = usize> + Clone,
    ) -> State {
        let answer = &self.answers[requirement];
        let links = &self.walked[answer.walker].samples;
        state_over(answer, basis, own, links, self.has_data(answer))
    }

    /// The answer for one of the blocks.
    pub fn of_block<'a>(&'a self, answer: &'a Answer, block: usize) -> BlockAnswer<'a> {
        let border_metres = self.border_metres[block];
        self.answer_over(answer, &self.walked, &self.samples, block, border_metres)
    }

    /// The answer for one of the parcels; `answer` is one of theirs.
    pub fn of_parcel<'a>(
        &'a self,
        parcels: &'a Parcels,
        answer: &'a Answer,
        parcel: usize,
    ) -> BlockAnswer<'a> {
        let border_metres = parcels.border_metres[parcel];
        self.answer_over(
            answer,
            &parcels.walked,
            &parcels.samples,
            parcel,
            border_metres,
        )
    }

    fn answer_over<'a>(
        &self,
        answer: &'a Answer,
        walked: &'a [Walked],
        samples: &'a Samples,
        block: usize,
        border_metres: Option<f64>,
    ) -> BlockAnswer<'a> {
        let walked = &walked[answer.walker];
        BlockAnswer {
            answer,
            reached: walked.reached(answer.limit.kind()),
            links: &walked.samples,
            samples,
            block,
            has_data: self.has_data(answer),
            border_metres,
        }
    }

    /// How many blocks are in a state.
    pub fn blocks_in(&self, answer: &Answer, basis: Basis, state: State) -> usize {
        let blocks = 0..self.blocks.len();
        blocks
            .filter(|&block| self.of_block(answer, block).state(basis) == state)
            .count()
    }

    /// How many blocks lie so near the edge of the data that what is nearest may lie
    /// outside.
    pub fn blocks_at_edge(&self, answer: &Answer) -> usize {
        let blocks = 0..self.blocks.len();
        blocks
            .filter(|&block| self.of_block(answer, block).at_edge())
            .count()
    }

    /// Whether a block does for any requirement.
    pub fn is_at_edge(&self, block: usize) -> bool {
        let mut answers = self.answers.iter();
        answers.any(|answer| self.of_block(answer, block).at_edge())
    }
}

/// What answers are made from.
#[derive(Clone, Copy)]
pub(super) struct Evidence<'a> {
    /// Walker by walker.
    pub walked: &'a [Walked],
    /// Set by set, sample by sample.
    pub straight: &'a [Beelines],
    pub samples: &'a Samples,
    pub zonings: &'a [Zoning],
}

/// The answers, in the order of the questions.
pub(super) fn answers(questions: &[Question], evidence: &Evidence) -> Vec<Answer> {
    let questions = questions.par_iter();
    questions
        .map(|question| answer(question, evidence))
        .collect()
}

pub(super) fn answer(question: &Question, evidence: &Evidence) -> Answer {
    let samples = evidence.samples;
    let walked = &evidence.walked[question.walker];
    let reached = walked.reached(question.limit.kind());
    let verdict = Verdict::of(
        reached.nearest(question.set),
        question.limit,
        &evidence.straight[question.set],
        question.straight,
    );
    Answer {
        set: question.set,
        walker: question.walker,
        limit: question.limit,
        straight_limit: question.straight,
        coverage: coverage(samples, evidence.zonings, &verdict),
        verdict,
    }
}

impl Answer {
    /// The answer to the same question, where something is other for some samples alone:
    /// ascending, each once.
    pub(super) fn mended(&self, question: &Question, evidence: &Evidence, touched: &[u32]) -> Self {
        let reached = evidence.walked[question.walker].reached(question.limit.kind());
        let nearest = reached.nearest(question.set);
        let straight = &evidence.straight[question.set];
        let mut verdict = self.verdict.clone();
        let mut coverage = self.coverage.clone();
        for sample in touched.iter().map(|&sample| sample as usize) {
            let moved = verdict.mend(
                sample,
                (nearest[sample], question.limit),
                (straight.at(sample), question.straight),
            );
            let own = Sums::of([&evidence.samples.all()[sample]]);
            recount(&mut coverage, evidence.zonings, sample, own, moved);
        }
        Self {
            verdict,
            coverage,
            ..*self
        }
    }
}
