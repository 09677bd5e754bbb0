//! The answer to one requirement: block by block, and summed.

use std::sync::Arc;

use rayon::prelude::*;

use super::Walked;
use super::question::Question;
use super::walked::renumbered;
use crate::measure::{
    Coverage, Scope, Spread, State, Sums, Verdict, block_state, coverage, recount,
};
use crate::places::{Samples, Zoning};
use crate::reach::Nearest;
use crate::standard::Basis;
use crate::units::{Length, Limit};

/// The answer to one requirement.
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
    /// Block by block.
    pub blocks: Arc<Vec<BlockAnswer>>,
}

/// The answer for one block.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BlockAnswer {
    /// By network.
    pub network: BasisAnswer,
    /// By radius.
    pub radius: BasisAnswer,
    /// The cost to the nearest facility, over the block's samples, in the kind
    /// of the limit.
    pub nearest: Spread<Nearest>,
    /// Facilities within the limit by network: the lower median over the samples.
    pub count: u32,
    /// Whether the border of the data is nearer than the limit.
    pub edge: bool,
}

/// One basis of a block's answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BasisAnswer {
    /// The state.
    pub state: State,
    /// Samples within the limit.
    pub within: u32,
    /// Their share of all, each by its weight, 0 to 1.
    pub share: f64,
}

impl BlockAnswer {
    /// The answer by one basis.
    pub fn by(&self, basis: Basis) -> BasisAnswer {
        match basis {
            Basis::Network => self.network,
            Basis::Radius => self.radius,
        }
    }
}

impl Answer {
    /// Coverage of the whole study area.
    pub fn whole(&self) -> Option<&Coverage> {
        self.coverage
            .iter()
            .find(|found| found.scope == Scope::Whole)
    }

    /// How many blocks are in a state.
    pub fn blocks_in(&self, basis: Basis, state: State) -> usize {
        self.blocks
            .iter()
            .filter(|block| block.by(basis).state == state)
            .count()
    }
}

/// What answers are made from.
#[derive(Clone, Copy)]
pub(super) struct Evidence<'a> {
    /// Walker by walker.
    pub walked: &'a [Walked],
    /// Set by set, sample by sample.
    pub straight: &'a [Vec<Option<Length>>],
    pub samples: &'a Samples,
    pub zonings: &'a [Zoning],
    /// Set by set whether there is any facility to judge by.
    pub known: &'a [bool],
    pub border_metres: &'a [Option<f64>],
}

fn share(verdict: &Verdict, basis: Basis, samples: &Samples, block: usize) -> f64 {
    let weight = |sample: &usize| u128::from(samples.all()[*sample].weight);
    let own = samples.of_block(block);
    let whole: u128 = own.clone().map(|sample| weight(&sample)).sum();
    let within: u128 = own
        .filter(|&sample| verdict.holds(basis, sample))
        .map(|sample| weight(&sample))
        .sum();
    within as f64 / whole as f64
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
    let blocks = 0..evidence.border_metres.len();
    let blocks = blocks.map(|block| of_block(question, evidence, &verdict, block));
    Answer {
        set: question.set,
        walker: question.walker,
        limit: question.limit,
        straight_limit: question.straight,
        coverage: coverage(samples, evidence.zonings, &verdict),
        blocks: Arc::new(blocks.collect()),
        verdict,
    }
}

/// The answer for one block.
fn of_block(
    question: &Question,
    evidence: &Evidence,
    verdict: &Verdict,
    block: usize,
) -> BlockAnswer {
    let samples = evidence.samples;
    let walked = &evidence.walked[question.walker];
    let reached = walked.reached(question.limit.kind());
    let has_data = evidence.known[question.set];
    let own = || samples.of_block(block);
    // Who meets what is asked for inside a compound needs no link.
    let linked =
        |sample| walked.samples.unlinked(sample).is_none() || verdict.holds(Basis::Network, sample);
    let by = |basis| BasisAnswer {
        state: block_state(verdict, basis, own(), linked, has_data),
        within: own().filter(|&sample| verdict.holds(basis, sample)).count() as u32,
        share: share(verdict, basis, samples, block),
    };
    let border = evidence.border_metres[block];
    BlockAnswer {
        network: by(Basis::Network),
        radius: by(Basis::Radius),
        nearest: reached.spread(question.set, samples, block),
        count: reached.count(question.set, question.limit, samples, block),
        edge: border.is_some_and(|metres| metres < question.straight.metres()),
    }
}

impl Answer {
    /// The same answer under other numbers of the facilities, all of which are still there.
    pub(super) fn numbered(&self, numbers: &[Option<u32>]) -> Self {
        let told = |found: Option<Nearest>| renumbered(found, numbers);
        let blocks = self.blocks.iter().map(|block| BlockAnswer {
            nearest: Spread {
                best: told(block.nearest.best),
                median: told(block.nearest.median),
                worst: told(block.nearest.worst),
            },
            ..*block
        });
        Self {
            blocks: Arc::new(blocks.collect()),
            ..self.clone()
        }
    }

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
                (straight[sample], question.straight),
            );
            let own = Sums::of([&evidence.samples.all()[sample]]);
            recount(&mut coverage, evidence.zonings, sample, own, moved);
        }
        let samples = evidence.samples.all();
        let mut others: Vec<usize> = touched
            .iter()
            .map(|&sample| samples[sample as usize].block as usize)
            .collect();
        others.dedup();
        let mut blocks = self.blocks.clone();
        if !others.is_empty() {
            let blocks = Arc::make_mut(&mut blocks);
            for block in others {
                blocks[block] = of_block(question, evidence, &verdict, block);
            }
        }
        Self {
            verdict,
            coverage,
            blocks,
            ..*self
        }
    }
}
