//! Samples: points that stand for small, equal parts of a block's land.

use super::{Block, Shape};
use crate::plane::{Area, LonLat};
use crate::units::{Land, People, equal_shares};

/// A point that stands for an equal part of its block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// Its block, as an index into the list of blocks.
    pub block: u32,
    /// Where it lies.
    pub at: LonLat,
    /// Its share of the block's land; none where that is unknown.
    pub land: Land,
    /// Its share of the people; none where they are unknown.
    pub people: People,
    /// Its share of the elderly.
    pub elderly: People,
    /// Its share of the children.
    pub children: People,
}

/// The samples of all blocks, block after block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Samples {
    first: Vec<u32>,
    list: Vec<Sample>,
}

impl Samples {
    /// Lays a grid over every block, anchored to the block. A point, or an area
    /// that holds no middle of a cell, is one sample. Land and people are shared
    /// equally, to the last unit. With a study area only samples inside it are
    /// taken, each with the share it had.
    ///
    /// # Units
    /// `spacing` in metres.
    pub fn of(blocks: &[Block], spacing: f64, study_area: Option<&Area>) -> Self {
        let mut samples = Self {
            first: vec![0],
            list: Vec::new(),
        };
        for (number, block) in blocks.iter().enumerate() {
            let places = match &block.shape {
                Shape::Point(at) => vec![*at],
                Shape::Area(area) => area.grid(spacing),
            };
            let shares = |people: Option<People>| {
                equal_shares(people.unwrap_or_default().thousandths(), places.len())
                    .map(People::from_thousandths)
            };
            let land = equal_shares(
                block.land.unwrap_or_default().square_decimetres(),
                places.len(),
            );
            let mut people = shares(block.people);
            let mut elderly = shares(block.elderly);
            let mut children = shares(block.children);
            for (&at, land) in places.iter().zip(land) {
                let sample = Sample {
                    block: number as u32,
                    at,
                    land: Land::from_square_decimetres(land),
                    people: people.next().unwrap_or_default(),
                    elderly: elderly.next().unwrap_or_default(),
                    children: children.next().unwrap_or_default(),
                };
                if study_area.is_none_or(|area| area.holds(at)) {
                    samples.list.push(sample);
                }
            }
            samples.first.push(samples.list.len() as u32);
        }
        samples
    }

    /// All samples.
    pub fn all(&self) -> &[Sample] {
        &self.list
    }

    /// The indices of a block's samples; empty where none lies in the study area.
    pub fn of_block(&self, block: usize) -> std::ops::Range<usize> {
        self.first[block] as usize..self.first[block + 1] as usize
    }
}
