//! One cell, cut into faces.

use super::{BorderPiece, Face};
use crate::isochrone::lattice::{Cell, Lattice};
use crate::network::WalkId;
use crate::plane::LonLat;
use crate::plane::rings::{Piece, noded, parted_by};

/// A narrow strip along a straight piece of a walk: two metres wide, and a metre
/// longer at both ends, so that strips overlap where a walk bends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Strip {
    pub walk: WalkId,
    /// Where its piece begins and ends along the walk, in millimetres.
    pub along: [u64; 2],
    pub ends: [LonLat; 2],
    pub corners: [LonLat; 4],
}

/// Half the width of a strip, and how far it is longer than its piece.
///
/// # Units
/// Metres.
const HALF: f64 = 1.0;

/// What is tried in turn where rounding lets strips and outlines come to no end of
/// crossing, as shares of [`HALF`].
const TRIED: [f64; 4] = [1.0, 0.83, 1.21, 0.67];

impl Strip {
    pub fn new(walk: WalkId, along: [u64; 2], ends: [LonLat; 2], lattice: &Lattice) -> Self {
        let strip = Self {
            walk,
            along,
            ends,
            corners: [ends[0]; 4],
        };
        strip.as_wide(HALF, lattice)
    }

    fn as_wide(self, half: f64, lattice: &Lattice) -> Self {
        let scale = lattice.scale(self.ends[0]);
        let [a, b] = self.ends;
        let side = [
            (f64::from(b.lon) - f64::from(a.lon)) * scale[0],
            (f64::from(b.lat) - f64::from(a.lat)) * scale[1],
        ];
        let length = side[0].hypot(side[1]).max(1e-6);
        let [x, y] = side.map(|part| part / length * half);
        let moved = |at: LonLat, [x, y]: [f64; 2]| LonLat {
            lon: at.lon.saturating_add((x / scale[0]).round() as i32),
            lat: at.lat.saturating_add((y / scale[1]).round() as i32),
        };
        let corners = [
            moved(a, [y - x, -x - y]),
            moved(b, [x + y, y - x]),
            moved(b, [x - y, y + x]),
            moved(a, [-x - y, x - y]),
        ];
        Self { corners, ..self }
    }

    pub fn sides(&self) -> [[LonLat; 2]; 4] {
        [0, 1, 2, 3].map(|side| [self.corners[side], self.corners[(side + 1) % 4]])
    }

    /// Whether a point lies inside.
    fn holds(&self, at: [f64; 2]) -> bool {
        let turns = self.sides().map(|[a, b]| {
            let [ax, ay] = [f64::from(a.lon), f64::from(a.lat)];
            let [bx, by] = [f64::from(b.lon), f64::from(b.lat)];
            (bx - ax) * (at[1] - ay) - (by - ay) * (at[0] - ax)
        });
        turns.iter().all(|&turn| turn >= 0.0) || turns.iter().all(|&turn| turn <= 0.0)
    }

    /// What of the walk lies in a cell, or two metres around it.
    pub fn along_in(&self, cell: Cell, lattice: &Lattice) -> [u64; 2] {
        let scale = lattice.scale(self.ends[0]);
        let low = lattice.corner(cell);
        let [a, b] = self.ends;
        let (mut from, mut to) = (0.0_f64, 1.0_f64);
        for (axis, (a, b, low)) in [(a.lon, b.lon, low.lon), (a.lat, b.lat, low.lat)]
            .into_iter()
            .enumerate()
        {
            let wide = 2.0 * HALF / scale[axis];
            let differ = a != b;
            let (a, b) = (f64::from(a), f64::from(b));
            let low = f64::from(low) - wide;
            let high = low + 2.0 * wide + f64::from(lattice.step[axis]);
            if differ {
                let shares = [(low - a) / (b - a), (high - a) / (b - a)];
                from = from.max(shares[0].min(shares[1]));
                to = to.min(shares[0].max(shares[1]));
            }
        }
        let length = (self.along[1] - self.along[0]) as f64;
        let at = |share: f64| self.along[0] + (share.clamp(0.0, 1.0) * length).round() as u64;
        [at(from), at(to.max(from))]
    }
}

/// A cut cell, its faces numbered from 0.
#[derive(Clone, Debug, Default)]
pub(super) struct Cut {
    pub inner: Vec<([LonLat; 2], [u32; 2])>,
    pub border: Vec<BorderPiece>,
    pub faces: Vec<Face>,
    /// The strips that each face lies in.
    pub strips: Vec<(u32, Strip)>,
}

/// The square of a cell: its south-western and its north-eastern corner.
type Square = [LonLat; 2];

/// Cuts a cell along lines and the sides of strips. `is_wet` tells whether a point lies
/// in water.
pub(super) fn cut(
    cell: Cell,
    lattice: &Lattice,
    lines: &[[LonLat; 2]],
    strips: &[Strip],
    is_wet: impl Fn([f64; 2]) -> bool,
) -> Cut {
    let low = lattice.corner(cell);
    let square = [low, lattice.corner([cell[0] + 1, cell[1] + 1])];
    let high = square[1];
    let corners = [
        low,
        LonLat {
            lon: high.lon,
            lat: low.lat,
        },
        high,
        LonLat {
            lon: low.lon,
            lat: high.lat,
        },
    ];
    let sides: Vec<Piece> = (0..4)
        .filter_map(|side| Piece::line(corners[side], corners[(side + 1) % 4]))
        .collect();
    let tried = TRIED.iter().find_map(|share| {
        let wide = |strip: &Strip| strip.as_wide(share * HALF, lattice);
        let strips: Vec<Strip> = strips.iter().map(wide).collect();
        let within = lines
            .iter()
            .copied()
            .chain(strips.iter().flat_map(Strip::sides));
        let clipped = within.filter_map(|line| clip(line, square));
        let mut pieces = sides.clone();
        pieces.extend(clipped.filter_map(|[from, to]| Piece::line(from, to)));
        Some((noded(pieces)?.pieces, strips))
    });
    // What cannot be sorted out stays whole, and every walk leads through it.
    let whole = tried.is_none();
    let (pieces, strips) = tried.unwrap_or_else(|| (sides, strips.to_vec()));
    let parted = parted_by(pieces);
    let mut cut = Cut::default();
    for (piece, [left, right]) in parted.borders() {
        let ends = piece.ends();
        // Face 0 is what lies outside.
        match (left.checked_sub(1), right.checked_sub(1)) {
            (Some(left), Some(right)) => cut.inner.push((ends, [left as u32, right as u32])),
            (Some(face), None) | (None, Some(face)) => {
                let [a, b] = ends;
                let (range, side) = match (a.lat == b.lat, a.lat == low.lat, a.lon == low.lon) {
                    (true, true, _) => ([a.lon, b.lon], 0),
                    (true, false, _) => ([a.lon, b.lon], 2),
                    (false, _, true) => ([a.lat, b.lat], 3),
                    (false, _, false) => ([a.lat, b.lat], 1),
                };
                let range = [range[0].min(range[1]), range[0].max(range[1])];
                cut.border.push((range, side, face as u32));
            }
            (None, None) => {}
        }
    }
    for (number, face) in (0..).zip(&parted.faces()[1..]) {
        let at = inner_point(std::iter::once(&face.rings.outer).chain(&face.rings.holes));
        let own = strips.iter().filter(|strip| whole || strip.holds(at));
        cut.strips.extend(own.map(|strip| (number, *strip)));
        cut.faces.push(Face {
            witness: LonLat {
                lon: at[0].round() as i32,
                lat: at[1].round() as i32,
            },
            dry: !is_wet(at),
        });
    }
    cut
}

/// A point inside: in the middle of the widest part at the middle of the widest gap
/// between the latitudes of corners.
fn inner_point<'a>(rings: impl Iterator<Item = &'a Vec<LonLat>> + Clone) -> [f64; 2] {
    let mut lats: Vec<i32> = rings.clone().flatten().map(|place| place.lat).collect();
    lats.sort_unstable();
    let gap = lats.windows(2).max_by_key(|pair| pair[1] - pair[0]);
    let lat = gap.map_or(0.0, |pair| f64::midpoint(pair[0].into(), pair[1].into()));
    let mut lons: Vec<f64> = rings
        .flat_map(|ring| ring.windows(2))
        .filter(|pair| (f64::from(pair[0].lat) <= lat) != (f64::from(pair[1].lat) <= lat))
        .map(|pair| {
            let [a, b] = [pair[0], pair[1]];
            let share = (lat - f64::from(a.lat)) / (f64::from(b.lat) - f64::from(a.lat));
            f64::from(a.lon) + share * (f64::from(b.lon) - f64::from(a.lon))
        })
        .collect();
    lons.sort_unstable_by(f64::total_cmp);
    let inside = lons.chunks_exact(2);
    let widest = inside.max_by(|one, other| (one[1] - one[0]).total_cmp(&(other[1] - other[0])));
    [
        widest.map_or(0.0, |pair| f64::midpoint(pair[0], pair[1])),
        lat,
    ]
}

/// What of a line lies in a square, to whole units. Where it passes a side is the same
/// for the squares on both its sides.
fn clip(line: [LonLat; 2], [low, high]: Square) -> Option<[LonLat; 2]> {
    let [a, b] = [line[0].min(line[1]), line[0].max(line[1])];
    let (dx, dy) = (
        i128::from(b.lon) - i128::from(a.lon),
        i128::from(b.lat) - i128::from(a.lat),
    );
    let share = |part: i128, of: i128, whole: i128| {
        let sign = of.signum();
        (2 * part * whole * sign + of * sign).div_euclid(2 * of * sign) as i32
    };
    let at_lon = |lon: i32| LonLat {
        lon,
        lat: a.lat + share(i128::from(lon) - i128::from(a.lon), dx, dy),
    };
    let at_lat = |lat: i32| LonLat {
        lon: (a.lon + share(i128::from(lat) - i128::from(a.lat), dy, dx)).clamp(low.lon, high.lon),
        lat,
    };
    if b.lon < low.lon || a.lon > high.lon {
        return None;
    }
    let from = if a.lon < low.lon { at_lon(low.lon) } else { a };
    let to = if b.lon > high.lon {
        at_lon(high.lon)
    } else {
        b
    };
    let [south, north] = [from.lat.min(to.lat), from.lat.max(to.lat)];
    if north < low.lat || south > high.lat {
        return None;
    }
    let within = |end: LonLat| {
        if end.lat < low.lat {
            at_lat(low.lat)
        } else if end.lat > high.lat {
            at_lat(high.lat)
        } else {
            end
        }
    };
    Some([within(from), within(to)])
}
