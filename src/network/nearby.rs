//! What of a network lies near a place or a line.

use super::model::{Position, WalkId, WalkNetwork};
use crate::plane::{LonLat, PlaceIndex, Placed, Plane, distance_millimetres};

/// A straight piece of a walk.
#[derive(Clone, Copy, Debug)]
struct Piece {
    walk: WalkId,
    ends: [LonLat; 2],
    /// Length of the walk before it, in millimetres.
    before: u64,
}

impl Placed for Piece {
    fn corners(&self) -> [LonLat; 2] {
        self.ends
    }
}

/// The box of a line, wider by so many metres on all sides.
fn around(line: [LonLat; 2], metres: f64) -> [[f64; 2]; 2] {
    let corners = line.map(|end| {
        let plane = Plane::at(end);
        // A little wider, against rounding.
        let reach = metres * 1.001 + 0.1;
        [[-reach, -reach], [reach, reach]].map(|corner| corner_of(plane.place(corner)))
    });
    let low = [0, 1].map(|axis| corners[0][0][axis].min(corners[1][0][axis]));
    let high = [0, 1].map(|axis| corners[0][1][axis].max(corners[1][1][axis]));
    [low, high]
}

fn corner_of(place: LonLat) -> [f64; 2] {
    [f64::from(place.lon), f64::from(place.lat)]
}

/// The point of a walk that is nearest to a place, of one of its straight pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Foot {
    /// Straight distance.
    ///
    /// # Units
    /// Millimetres.
    pub gap: u64,
    /// The walk.
    pub walk: WalkId,
    /// Position along it, in millimetres.
    pub along: u64,
    /// Where it lies.
    pub at: LonLat,
    /// The ends of the piece.
    pub piece: [LonLat; 2],
}

impl Foot {
    /// Its position on the network.
    pub fn position(&self) -> Position {
        Position {
            walk: self.walk,
            along: self.along,
        }
    }
}

/// The straight pieces of some walks of a network, to be found by place.
#[derive(Clone, Debug, Default)]
pub struct Nearby {
    pieces: PlaceIndex<Piece>,
}

/// Two lines run side by side where they turn from one another by less than this.
const ALIGNED: f64 = 0.35;

impl Nearby {
    /// The pieces of these walks.
    pub fn of(network: &WalkNetwork, walks: impl IntoIterator<Item = WalkId>) -> Self {
        let mut pieces = Vec::new();
        for walk in walks {
            let mut before = 0;
            for pair in network.shape(walk).windows(2) {
                let ends = [pair[0], pair[1]];
                pieces.push(Piece { walk, ends, before });
                before += distance_millimetres(pair[0], pair[1]);
            }
        }
        Self {
            pieces: PlaceIndex::of(&pieces),
        }
    }

    /// The pieces of all walks that the public walks.
    pub fn of_public(network: &WalkNetwork) -> Self {
        let public = |walk: &WalkId| !network.walk(*walk).private;
        Self::of(network, network.walk_ids().filter(public))
    }

    /// The nearest point of every piece within a distance, nearest first.
    pub fn feet(&self, at: LonLat, metres: f64) -> Vec<Foot> {
        let plane = Plane::at(at);
        let found = self.pieces.meeting(around([at, at], metres));
        let mut feet: Vec<Foot> = found
            .map(|piece| foot(&plane, piece))
            .filter(|foot| foot.gap as f64 <= metres * 1_000.0)
            .collect();
        feet.sort_unstable();
        feet
    }

    /// Where a straight line crosses pieces: the share of the line, and the place on the
    /// walk; from its first end on. What it only touches with an end counts too.
    pub fn crossings(&self, line: [LonLat; 2]) -> Vec<(f64, Foot)> {
        let plane = Plane::at(line[0]);
        let [from, to] = line.map(|end| plane.metres(end));
        let along = [to[0] - from[0], to[1] - from[1]];
        let found = self.pieces.meeting(around(line, 0.1));
        let mut crossings: Vec<(f64, Foot)> = found
            .filter_map(|piece| {
                let [a, b] = piece.ends.map(|end| plane.metres(end));
                let side = [b[0] - a[0], b[1] - a[1]];
                let turn = along[0] * side[1] - along[1] * side[0];
                if turn == 0.0 {
                    return None;
                }
                let between = [a[0] - from[0], a[1] - from[1]];
                let of_line = (between[0] * side[1] - between[1] * side[0]) / turn;
                let of_piece = (between[0] * along[1] - between[1] * along[0]) / turn;
                if !(0.0..=1.0).contains(&of_line) || !(0.0..=1.0).contains(&of_piece) {
                    return None;
                }
                let at = plane.place([from[0] + of_line * along[0], from[1] + of_line * along[1]]);
                let length = distance_millimetres(piece.ends[0], piece.ends[1]);
                let foot = Foot {
                    gap: 0,
                    walk: piece.walk,
                    along: piece.before + (of_piece * length as f64).round() as u64,
                    at,
                    piece: piece.ends,
                };
                Some((of_line, foot))
            })
            .collect();
        crossings.sort_by(|one, other| one.0.total_cmp(&other.0).then_with(|| one.1.cmp(&other.1)));
        crossings
    }

    /// The stretches of walks that run along a straight line, at most so many metres
    /// beside it.
    pub fn along(&self, line: [LonLat; 2], metres: f64) -> Vec<(WalkId, [u64; 2])> {
        let plane = Plane::at(line[0]);
        let [from, to] = line.map(|end| plane.metres(end));
        let along = [to[0] - from[0], to[1] - from[1]];
        let length = along[0].hypot(along[1]);
        if length == 0.0 {
            return Vec::new();
        }
        let found = self.pieces.meeting(around(line, metres));
        let mut stretches: Vec<(WalkId, [u64; 2])> = found
            .filter_map(|piece| {
                let [a, b] = piece.ends.map(|end| plane.metres(end));
                let side = [b[0] - a[0], b[1] - a[1]];
                let own = side[0].hypot(side[1]);
                let turn = (along[0] * side[1] - along[1] * side[0]).abs();
                if own == 0.0 || turn > ALIGNED * length * own {
                    return None;
                }
                // The shares of the piece beside the ends of the line.
                let share = |place: [f64; 2]| {
                    ((place[0] - a[0]) * side[0] + (place[1] - a[1]) * side[1]) / (own * own)
                };
                let (one, other) = (share(from), share(to));
                let (low, high) = (one.min(other).max(0.0), one.max(other).min(1.0));
                let beside = |share: f64| {
                    let at = [a[0] + share * side[0], a[1] + share * side[1]];
                    let off =
                        (along[0] * (at[1] - from[1]) - along[1] * (at[0] - from[0])) / length;
                    off.abs() <= metres
                };
                if low >= high || !beside(low) || !beside(high) {
                    return None;
                }
                let millimetres = distance_millimetres(piece.ends[0], piece.ends[1]) as f64;
                let at = |share: f64| piece.before + (share * millimetres).round() as u64;
                Some((piece.walk, [at(low), at(high)]))
            })
            .collect();
        stretches.sort_unstable();
        stretches
    }
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
