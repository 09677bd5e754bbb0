//! What figures are drawn on: blocks, or squares where there are too many blocks.

use std::collections::BTreeMap;

use super::ink::Ink;
use super::paper::{Paper, Spot};
use crate::measure::State;
use crate::standard::Basis;
use crate::study::Study;

/// What a patch of a map stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PatchOf {
    /// A block, as an index into the study's.
    Block(usize),
    /// All samples in a square of a grid.
    Square,
}

/// A piece of a map that is painted by its figures.
#[derive(Clone, Debug)]
pub(crate) struct Patch {
    /// What it stands for.
    pub of: PatchOf,
    /// Its samples, as indices into the study's, ascending.
    pub samples: Vec<u32>,
    /// The `d` of its path.
    pub d: String,
    /// A spot in it.
    pub at: Spot,
}

impl Patch {
    /// Its state for a requirement, as an index into the pack.
    pub fn state(&self, study: &Study, requirement: usize, basis: Basis) -> State {
        match self.of {
            PatchOf::Block(number) => study
                .of_block(&study.answers[requirement], number)
                .state(basis),
            PatchOf::Square => {
                let own = self.samples.iter().map(|&sample| sample as usize);
                study.state_over(requirement, basis, own)
            }
        }
    }

    /// Whether a sample of it lies so near the edge of the data that what is nearest may
    /// lie outside, for one requirement.
    pub fn at_edge(&self, study: &Study, requirement: usize) -> bool {
        let at_edge = |block| {
            let answer = &study.answers[requirement];
            study.of_block(answer, block).at_edge()
        };
        match self.of {
            PatchOf::Block(number) => at_edge(number),
            PatchOf::Square => {
                let own = self.samples.iter();
                own.map(|&sample| study.samples.all()[sample as usize].block as usize)
                    .any(at_edge)
            }
        }
    }
}

/// The blocks of a study.
pub(super) fn blocks(study: &Study, paper: &Paper, tolerance: f64, dot: i32) -> Vec<Patch> {
    let blocks = study.blocks.iter().enumerate();
    blocks
        .map(|(number, block)| {
            let mut ink = Ink::new(paper, tolerance);
            ink.shape(&block.shape, dot);
            Patch {
                of: PatchOf::Block(number),
                samples: study.samples.of_block(number).map(|at| at as u32).collect(),
                d: ink.dried(),
                at: paper.spot(block.shape.inner_place()),
            }
        })
        .collect()
}

/// Squares of `side` metres that hold samples, row by row.
pub(super) fn squares(study: &Study, paper: &Paper, side: f64) -> Vec<Patch> {
    let mut squares: BTreeMap<Spot, Vec<u32>> = BTreeMap::new();
    for (number, sample) in (0..).zip(study.samples.all()) {
        let [column, row] = paper.square(sample.at, side);
        squares.entry([row, column]).or_default().push(number);
    }
    squares
        .into_iter()
        .map(|([row, column], samples)| {
            let corners = paper.square_corners([column, row], side);
            let mut ink = Ink::new(paper, 0.0);
            ink.closed(&corners);
            Patch {
                of: PatchOf::Square,
                samples,
                d: ink.dried(),
                at: [0, 1].map(|axis| i32::midpoint(corners[0][axis], corners[2][axis])),
            }
        })
        .collect()
}
