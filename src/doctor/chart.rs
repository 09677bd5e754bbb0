//! What every examination looks up.

use rayon::slice::ParallelSliceMut;

use super::Patient;
use crate::network::{Foot, Nearby};
use crate::osm::{Extract, NodeIndex, Way};
use crate::plane::{LonLat, Plane};
use crate::profile::Verdict;

pub(super) fn corner(place: LonLat) -> [f64; 2] {
    [f64::from(place.lon), f64::from(place.lat)]
}

/// The public walks, and the ways that they are made of.
pub(super) struct Chart<'a> {
    extract: &'a Extract,
    walks: Nearby,
    /// The way of a straight piece, by its ends in order; of several the lowest id is the
    /// first.
    ways: Vec<([LonLat; 2], u32)>,
    /// Ids of nodes beside which the file lacks one.
    cut: Vec<i64>,
    bounds: Option<(LonLat, LonLat)>,
}

impl<'a> Chart<'a> {
    pub fn of(patient: &Patient<'a>) -> Self {
        let extract = patient.extract;
        let (mut ways, mut cut) = (Vec::new(), Vec::new());
        for (number, way) in (0..).zip(&extract.ways) {
            if !matches!(patient.rules.way(&way.tags), Verdict::Walkable(_)) {
                continue;
            }
            for pair in way.runs().flat_map(|run| run.windows(2)) {
                let ends = [extract.at(pair[0]), extract.at(pair[1])];
                ways.push((sorted(ends), number));
            }
            for pair in way.nodes.windows(2) {
                if pair.contains(&NodeIndex::MISSING) {
                    let known = pair.iter().filter(|&&node| node != NodeIndex::MISSING);
                    cut.extend(known.map(|&node| extract.id(node)));
                }
            }
        }
        ways.par_sort_unstable();
        cut.sort_unstable();
        Self {
            extract,
            walks: Nearby::of_public(patient.network),
            ways,
            cut,
            bounds: extract.header.bounds,
        }
    }

    /// The way that draws a piece; none where it leads across a square.
    pub fn way(&self, piece: [LonLat; 2]) -> Option<&'a Way> {
        let piece = sorted(piece);
        let first = self.ways.partition_point(|(known, _)| *known < piece);
        let found = self.ways.get(first).filter(|(known, _)| *known == piece);
        self.extract.ways.get(found?.1 as usize)
    }

    /// Whether a way is cut at a node, as the file lacks the next one.
    pub fn is_cut(&self, osm_id: i64) -> bool {
        self.cut.binary_search(&osm_id).is_ok()
    }

    /// Whether a place lies outside the box of the file, or nearer to its border than
    /// `metres`: the file may lack what is beside it.
    pub fn is_border(&self, at: LonLat, metres: f64) -> bool {
        let Some((low, high)) = self.bounds else {
            return false;
        };
        let plane = Plane::at(at);
        let (low, high) = (plane.metres(low), plane.metres(high));
        [0, 1]
            .into_iter()
            .any(|axis| low[axis] > -metres || high[axis] < metres)
    }

    /// The nearest point of every piece within a distance, nearest first.
    pub fn feet(&self, at: LonLat, metres: f64) -> Vec<Foot> {
        self.walks.feet(at, metres)
    }

    /// Straight distance to the nearest public walk, in millimetres; `None` beyond
    /// some kilometres.
    pub fn nearest(&self, at: LonLat) -> Option<u64> {
        // Each circle is twice as wide as the one before: 50 m to 12.8 km.
        (0..=8)
            .map(|step| 50.0 * f64::from(1 << step))
            .find_map(|metres| self.feet(at, metres).first().map(|foot| foot.gap))
    }
}

fn sorted([a, b]: [LonLat; 2]) -> [LonLat; 2] {
    [a.min(b), a.max(b)]
}
