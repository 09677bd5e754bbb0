//! What every examination looks up.

use std::collections::BTreeMap;

use rstar::{AABB, RTree, RTreeObject};

use super::Patient;
use crate::network::WalkId;
use crate::osm::{Extract, NodeIndex, Way};
use crate::plane::{LonLat, Plane, distance_millimetres};
use crate::profile::Verdict;

/// A straight piece of a public walk.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub walk: WalkId,
    pub ends: [LonLat; 2],
    /// Length of the walk before it, in millimetres.
    pub before: u64,
}

impl RTreeObject for Piece {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        AABB::from_corners(corner(self.ends[0]), corner(self.ends[1]))
    }
}

pub(super) fn corner(place: LonLat) -> [f64; 2] {
    [f64::from(place.lon), f64::from(place.lat)]
}

/// The point of a walk that is nearest to a place, of one of its pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Foot {
    /// Straight distance, in millimetres.
    pub gap: u64,
    pub walk: WalkId,
    /// Position along the walk, in millimetres.
    pub along: u64,
    pub at: LonLat,
    pub piece: [LonLat; 2],
}

/// The public walks, and the ways that they are made of.
pub(super) struct Chart<'a> {
    extract: &'a Extract,
    pieces: RTree<Piece>,
    /// The way of a straight piece, by its ends in order; of several the lowest id.
    ways: BTreeMap<[LonLat; 2], usize>,
    /// Ids of nodes beside which the file lacks one.
    cut: Vec<i64>,
    bounds: Option<(LonLat, LonLat)>,
}

impl<'a> Chart<'a> {
    pub fn of(patient: &Patient<'a>) -> Self {
        let network = patient.network;
        let mut pieces = Vec::new();
        for walk in network.walk_ids().filter(|&id| !network.walk(id).private) {
            let mut before = 0;
            for pair in network.shape(walk).windows(2) {
                let ends = [pair[0], pair[1]];
                pieces.push(Piece { walk, ends, before });
                before += distance_millimetres(pair[0], pair[1]);
            }
        }
        let extract = patient.extract;
        let (mut ways, mut cut) = (BTreeMap::new(), Vec::new());
        for (number, way) in extract.ways.iter().enumerate() {
            if !matches!(patient.rules.way(&way.tags), Verdict::Walkable(_)) {
                continue;
            }
            for pair in way.runs().flat_map(|run| run.windows(2)) {
                let ends = [extract.at(pair[0]), extract.at(pair[1])];
                ways.entry(sorted(ends)).or_insert(number);
            }
            for pair in way.nodes.windows(2) {
                if pair.contains(&NodeIndex::MISSING) {
                    let known = pair.iter().filter(|&&node| node != NodeIndex::MISSING);
                    cut.extend(known.map(|&node| extract.id(node)));
                }
            }
        }
        cut.sort_unstable();
        Self {
            extract,
            pieces: RTree::bulk_load(pieces),
            ways,
            cut,
            bounds: extract.header.bounds,
        }
    }

    /// The way that draws a piece; none where it leads across a square.
    pub fn way(&self, piece: [LonLat; 2]) -> Option<&'a Way> {
        let number = *self.ways.get(&sorted(piece))?;
        self.extract.ways.get(number)
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
        let plane = Plane::at(at);
        let reach = metres * 1.001 + 0.1;
        let envelope = AABB::from_corners(
            corner(plane.place([-reach, -reach])),
            corner(plane.place([reach, reach])),
        );
        let mut feet: Vec<Foot> = self
            .pieces
            .locate_in_envelope_intersecting(&envelope)
            .map(|piece| foot(&plane, piece))
            .filter(|foot| foot.gap as f64 <= metres * 1_000.0)
            .collect();
        feet.sort_unstable();
        feet
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

/// The point of a piece that is nearest to the plane's origin.
fn foot(plane: &Plane, piece: &Piece) -> Foot {
    let (share, at) = plane.nearest_on(piece.ends);
    let length = distance_millimetres(piece.ends[0], piece.ends[1]);
    Foot {
        gap: (at[0].hypot(at[1]) * 1_000.0).round() as u64,
        walk: piece.walk,
        along: piece.before + (share * length as f64).round() as u64,
        at: plane.place(at),
        piece: piece.ends,
    }
}
