//! The shapes of walks, measured once.

use rayon::prelude::*;

use crate::network::{WalkId, WalkNetwork};
use crate::plane::{LonLat, distance_millimetres};

/// For every point of the shape of every walk how far along the walk it lies.
#[derive(Clone, Debug, Default)]
pub(super) struct Shapes {
    first: Vec<u32>,
    /// In millimetres from the walk's first end.
    along: Vec<u64>,
}

impl Shapes {
    pub fn of(network: &WalkNetwork) -> Self {
        let walks: Vec<WalkId> = network.walk_ids().collect();
        let along = walks.par_iter().flat_map_iter(|&walk| {
            let pairs = network.shape(walk).windows(2);
            let lengths = pairs.map(|pair| distance_millimetres(pair[0], pair[1]));
            let along = lengths.scan(0, |along, length| {
                *along += length;
                Some(*along)
            });
            std::iter::once(0).chain(along)
        });
        let mut next = 0;
        let first = walks.iter().map(|&walk| {
            let first = next;
            next += network.shape(walk).len() as u32;
            first
        });
        Self {
            first: first.collect(),
            along: along.collect(),
        }
    }

    fn along(&self, network: &WalkNetwork, walk: WalkId) -> &[u64] {
        &self.along[self.first[walk.0 as usize] as usize..][..network.shape(walk).len()]
    }

    /// The length of a walk, in millimetres.
    pub fn length(&self, network: &WalkNetwork, walk: WalkId) -> u64 {
        self.along(network, walk).last().copied().unwrap_or(0)
    }

    /// The straight pieces of a walk, each with where it begins and ends along it.
    pub fn pieces<'a>(
        &'a self,
        network: &'a WalkNetwork,
        walk: WalkId,
    ) -> impl Iterator<Item = ([LonLat; 2], [u64; 2])> + 'a {
        let ends = network
            .shape(walk)
            .windows(2)
            .map(|pair| [pair[0], pair[1]]);
        let along = self
            .along(network, walk)
            .windows(2)
            .map(|pair| [pair[0], pair[1]]);
        ends.zip(along)
    }

    /// Calls `each` with the straight pieces of a part of a walk, cut at its ends.
    ///
    /// # Units
    /// `from` and `to` in millimetres from the walk's first end.
    pub fn each_piece(
        &self,
        network: &WalkNetwork,
        walk: WalkId,
        [from, to]: [u64; 2],
        mut each: impl FnMut([LonLat; 2]),
    ) {
        let (shape, along) = (network.shape(walk), self.along(network, walk));
        let first = along
            .partition_point(|&at| at <= from)
            .clamp(1, shape.len() - 1)
            - 1;
        for number in first..shape.len() - 1 {
            if number > first && along[number] >= to {
                break;
            }
            let ends = [shape[number], shape[number + 1]];
            let own = [along[number], along[number + 1]];
            let at = |position: u64| {
                if position <= own[0] {
                    ends[0]
                } else if position >= own[1] {
                    ends[1]
                } else {
                    between(ends, (position - own[0]) as f64 / (own[1] - own[0]) as f64)
                }
            };
            each([at(from), at(to)]);
        }
    }

    /// The place at a position of a walk.
    pub fn place(&self, network: &WalkNetwork, walk: WalkId, along: u64) -> LonLat {
        let mut found = network.shape(walk)[0];
        self.each_piece(network, walk, [along, along], |ends| found = ends[0]);
        found
    }
}

/// The place at a share of a straight piece.
pub(super) fn between([a, b]: [LonLat; 2], share: f64) -> LonLat {
    let part = |a: i32, b: i32| {
        let across = f64::from(b) - f64::from(a);
        (f64::from(a) + share * across).round() as i32
    };
    LonLat {
        lon: part(a.lon, b.lon),
        lat: part(a.lat, b.lat),
    }
}
