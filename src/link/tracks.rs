//! Tracks: the straight pieces of walks, to be found by place.

use super::Link;
use crate::network::{WalkGraph, WalkId, WalkNetwork};
use crate::plane::{LonLat, PlaceIndex, Placed, Plane, distance_millimetres};

/// How far beyond a wall or a locked gate a leg to its far side is drawn, so that it
/// crosses what the gate stands in.
///
/// # Units
/// Metres.
const BEYOND_GATE: f64 = 0.5;

/// Of walks that meet at a place the one on which somebody there stands comes first:
/// where a private way meets a street, the street; at the gate of a ground, what lies
/// outside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Depth {
    Open,
    /// A street behind a gate for residents.
    Ground,
    Private,
}

/// A straight piece of a walk's shape.
#[derive(Clone, Copy, Debug)]
struct Piece {
    walk: WalkId,
    depth: Depth,
    ends: [LonLat; 2],
    /// Length of the walk before it, in millimetres.
    before: u64,
    /// Whether the walk ends there at a wall or a locked gate.
    shut: [bool; 2],
}

impl Placed for Piece {
    fn corners(&self) -> [LonLat; 2] {
        self.ends
    }
}

pub(super) fn corner(place: LonLat) -> [f64; 2] {
    [f64::from(place.lon), f64::from(place.lat)]
}

/// A walk that might be met.
pub(super) struct Candidate {
    pub link: Link,
    pub ends: [LonLat; 2],
    pub depth: Depth,
    /// Where the leg leads: the nearest point, or at a locked gate a little beyond it.
    pub aim: LonLat,
}

/// The straight pieces of the walks that one walker may use.
#[derive(Clone, Debug)]
pub struct Tracks {
    pieces: PlaceIndex<Piece>,
}

impl Tracks {
    /// The pieces of these walks, which the walker may use.
    pub fn of(
        network: &WalkNetwork,
        graph: &WalkGraph,
        walks: impl IntoIterator<Item = WalkId>,
    ) -> Self {
        let depth = |walk| {
            let ground = !graph.exits(graph.component(walk)).is_empty();
            match (network.walk(walk).private, ground) {
                (true, _) => Depth::Private,
                (false, true) => Depth::Ground,
                (false, false) => Depth::Open,
            }
        };
        let mut pieces = Vec::new();
        for walk in walks {
            let shape = network.shape(walk);
            let shut = network
                .walk(walk)
                .ends
                .map(|end| network.junctions()[end.0 as usize].role.shut);
            let mut before = 0;
            for (number, pair) in (1..).zip(shape.windows(2)) {
                pieces.push(Piece {
                    walk,
                    depth: depth(walk),
                    ends: [pair[0], pair[1]],
                    before,
                    shut: [shut[0] && number == 1, shut[1] && number + 1 == shape.len()],
                });
                before += distance_millimetres(pair[0], pair[1]);
            }
        }
        Self {
            pieces: PlaceIndex::of(&pieces),
        }
    }

    /// The point of every piece in a box that is nearest to the plane's origin.
    pub(super) fn around(
        &self,
        plane: &Plane,
        corners: [[f64; 2]; 2],
    ) -> impl Iterator<Item = Candidate> {
        let found = self.pieces.meeting(corners);
        found.map(|piece| candidate(plane, piece))
    }
}

/// The point of a piece that is nearest to the plane's origin.
fn candidate(plane: &Plane, piece: &Piece) -> Candidate {
    let (share, foot) = plane.nearest_on(piece.ends);
    let length = distance_millimetres(piece.ends[0], piece.ends[1]);
    let [a, b] = piece.ends.map(|end| plane.metres(end));
    let side = [b[0] - a[0], b[1] - a[1]];
    let inwards = (BEYOND_GATE / side[0].hypot(side[1])).min(0.5);
    let aimed = if piece.shut[0] && share < inwards {
        inwards
    } else if piece.shut[1] && share > 1.0 - inwards {
        1.0 - inwards
    } else {
        share
    };
    Candidate {
        link: Link {
            walk: piece.walk,
            along: piece.before + (share * length as f64).round() as u64,
            gap: (foot[0].hypot(foot[1]) * 1_000.0).round() as u64,
        },
        depth: piece.depth,
        ends: piece.ends,
        aim: plane.place([a[0] + aimed * side[0], a[1] + aimed * side[1]]),
    }
}
