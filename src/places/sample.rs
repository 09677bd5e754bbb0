//! Samples: points that stand for small parts of a block's land, equal within a polygon.

use super::{Block, Groups, Shape};
use crate::plane::{Area, LonLat};
use crate::units::{Land, People, equal_shares, weighted_shares};

/// A point that stands for a part of its block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// Its block, as an index into the list of blocks.
    pub block: u32,
    /// Where it lies.
    pub at: LonLat,
    /// How much of its block it stands for, in parts that mean nothing but beside
    /// those of the block's other samples: equal within a polygon, the polygons by
    /// their surface.
    pub weight: u64,
    /// Its share of the block's land; none where that is unknown.
    pub land: Land,
    /// Its share of the people; none where they are unknown.
    pub people: People,
    /// Its share of every group of them, where there is any: few cities know of groups.
    groups: Option<Box<Groups<People>>>,
}

impl Sample {
    /// Its share of every group of the people; none where they are unknown.
    pub fn groups(&self) -> Groups<People> {
        self.groups.as_deref().copied().unwrap_or_default()
    }
}

/// The samples of all blocks, block after block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Samples {
    first: Vec<u32>,
    list: Vec<Sample>,
}

impl Samples {
    /// Lays a grid over every polygon of every block, anchored to the polygon. A
    /// point, or a polygon that holds no middle of a cell, is one sample. Land and
    /// people are shared among the polygons by surface, and equally among the
    /// samples of each, to the last unit.
    ///
    /// # Units
    /// `spacing` in metres.
    pub fn of(blocks: &[Block], spacing: f64) -> Self {
        let mut samples = Self {
            first: vec![0],
            list: Vec::new(),
        };
        for (number, block) in blocks.iter().enumerate() {
            let parts = Parts::of(&block.shape, spacing);
            let shares = |total| parts.shares(total).into_iter();
            let of_people = |people: Option<People>| {
                shares(people.unwrap_or_default().thousandths()).map(People::from_thousandths)
            };
            let land = shares(block.land.unwrap_or_default().square_decimetres());
            let mut people = of_people(block.people);
            let mut groups = Groups::of(|group| of_people(block.groups[group]));
            let weights = parts.weights().into_iter();
            for ((&at, land), weight) in parts.places.iter().flatten().zip(land).zip(weights) {
                let own = Groups::of(|group| groups[group].next().unwrap_or_default());
                samples.list.push(Sample {
                    block: number as u32,
                    at,
                    weight,
                    land: Land::from_square_decimetres(land),
                    people: people.next().unwrap_or_default(),
                    groups: (own != Groups::default()).then(|| Box::new(own)),
                });
            }
            samples.first.push(samples.list.len() as u32);
        }
        samples
    }

    /// The samples inside a study area, each with the share it had, of the blocks that
    /// have one, which are numbered anew; and for every block whether it is among them.
    pub fn inside(&self, study_area: &Area) -> (Self, Vec<bool>) {
        let mut samples = Self {
            first: vec![0],
            list: Vec::new(),
        };
        let mut has_sample = Vec::with_capacity(self.first.len());
        for block in 0..self.first.len().saturating_sub(1) {
            let before = samples.list.len();
            let number = samples.first.len() as u32 - 1;
            let own = self.samples(block).iter();
            let own = own.filter(|sample| study_area.holds(sample.at));
            samples.list.extend(own.map(|sample| Sample {
                block: number,
                ..sample.clone()
            }));
            let inside = samples.list.len() > before;
            if inside {
                samples.first.push(samples.list.len() as u32);
            }
            has_sample.push(inside);
        }
        (samples, has_sample)
    }

    /// The same samples with those of a block of their own put in at a place among the
    /// blocks, where so many are taken out.
    pub fn spliced(&self, block: usize, taken: usize, own: &Self) -> Self {
        let blocks = self.first.len() - 1;
        let own_blocks = own.first.len() - 1;
        let mut spliced = Self {
            first: vec![0],
            list: Vec::with_capacity(self.list.len() + own.list.len()),
        };
        let before = (0..block).map(|at| (self, at));
        let between = (0..own_blocks).map(|at| (own, at));
        let after = (block + taken..blocks).map(|at| (self, at));
        for (number, (of, at)) in (0..).zip(before.chain(between).chain(after)) {
            let samples = of.samples(at).iter();
            spliced.list.extend(samples.map(|sample| Sample {
                block: number,
                ..sample.clone()
            }));
            spliced.first.push(spliced.list.len() as u32);
        }
        spliced
    }

    /// The samples of a block alone, where so many people live in it: each sample has its
    /// part of them as before.
    pub fn with_people(&self, block: usize, people: People) -> Self {
        let mut own = self.samples(block).to_vec();
        let was: Vec<u64> = own.iter().map(|it| it.people.thousandths()).collect();
        let weights = if was.iter().all(|&people| people == 0) {
            own.iter().map(|sample| sample.weight).collect()
        } else {
            was
        };
        let shares = weighted_shares(people.thousandths(), &weights);
        for (sample, share) in own.iter_mut().zip(shares) {
            sample.block = 0;
            sample.people = People::from_thousandths(share);
        }
        Self {
            first: vec![0, own.len() as u32],
            list: own,
        }
    }

    /// Says how many people a sample stands for.
    pub(super) fn settle(&mut self, sample: usize, people: People) {
        if let Some(sample) = self.list.get_mut(sample) {
            sample.people = people;
        }
    }

    /// All samples.
    pub fn all(&self) -> &[Sample] {
        &self.list
    }

    /// A block's samples.
    pub fn samples(&self, block: usize) -> &[Sample] {
        &self.list[self.of_block(block)]
    }

    /// The indices of a block's samples; empty where none lies in the study area.
    pub fn of_block(&self, block: usize) -> std::ops::Range<usize> {
        self.first[block] as usize..self.first[block + 1] as usize
    }
}

/// The samples of a block, polygon by polygon.
struct Parts {
    places: Vec<Vec<LonLat>>,
    /// Surface of each, in square centimetres.
    surfaces: Vec<u64>,
}

impl Parts {
    fn of(shape: &Shape, spacing: f64) -> Self {
        match shape {
            Shape::Point(at) => Self {
                places: vec![vec![*at]],
                surfaces: vec![1],
            },
            Shape::Area(area) => Self {
                places: area.grids(spacing),
                surfaces: area
                    .surfaces()
                    .into_iter()
                    .map(square_centimetres)
                    .collect(),
            },
        }
    }

    /// What each sample stands for: of a polygon's surface the same part.
    fn weights(&self) -> Vec<u64> {
        let parts = self.places.iter().zip(&self.surfaces);
        parts
            .flat_map(|(places, surface)| {
                let weight = (surface / places.len().max(1) as u64).max(1);
                std::iter::repeat_n(weight, places.len())
            })
            .collect()
    }

    /// A total shared among all samples.
    fn shares(&self, total: u64) -> Vec<u64> {
        let of_parts = weighted_shares(total, &self.surfaces);
        let samples = self.places.iter().map(Vec::len);
        let shared = of_parts.into_iter().zip(samples);
        shared
            .flat_map(|(share, samples)| equal_shares(share, samples))
            .collect()
    }
}

pub(super) fn square_centimetres(square_metres: f64) -> u64 {
    (square_metres * 1e4).round() as u64
}
