//! Pieces cut where they meet, so that they share nothing but ends.

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::{Piece, difference, turn};
use crate::plane::LonLat;

/// Pieces that meet at their ends only, each once; ascending.
pub(super) struct Noded {
    pub pieces: Vec<Piece>,
    /// Whether two pieces crossed between their ends.
    pub crossing: bool,
}

/// A cut is rounded to whole units and bends its piece by half of one at most,
/// which may bring the piece onto another: few rounds settle that.
const MOST_ROUNDS: usize = 12;

/// How many near pairs are looked at, per piece, before a drawing is given up as
/// a tangle. Outlines of real relations have below ten.
const MOST_PAIRS: usize = 100;

/// Cuts the pieces where they meet; `None` where that comes to no end.
pub(super) fn noded(mut pieces: Vec<Piece>) -> Option<Noded> {
    let mut crossing = false;
    for _ in 0..MOST_ROUNDS {
        cancel(&mut pieces);
        let cuts = Cuts::of(&pieces)?;
        crossing |= cuts.crossing;
        if cuts.at.is_empty() {
            return Some(Noded { pieces, crossing });
        }
        pieces = cut(&pieces, cuts.at);
    }
    None
}

/// Of equal pieces an even number cancels out: rings that share a piece are one
/// without it.
fn cancel(pieces: &mut Vec<Piece>) {
    pieces.sort_unstable();
    let odd: Vec<Piece> = pieces
        .chunk_by(|one, other| one.ends == other.ends)
        .filter(|equal| equal.len() % 2 == 1)
        .filter_map(|equal| equal.first().copied())
        .collect();
    *pieces = odd;
}

#[derive(Default)]
struct Cuts {
    /// Number of a piece and a place between its ends.
    at: Vec<(usize, LonLat)>,
    crossing: bool,
}

impl Cuts {
    fn of(pieces: &[Piece]) -> Option<Self> {
        let tree = boxes(pieces);
        let mut cuts = Self::default();
        let mut pairs = 0;
        for (own, piece) in pieces.iter().enumerate() {
            let (low, high) = corners(piece);
            let near = tree.locate_in_envelope_intersecting(&AABB::from_corners(low, high));
            for other in near.map(|near| near.data).filter(|&other| other > own) {
                pairs += 1;
                if pairs > MOST_PAIRS * (pieces.len() + 100) {
                    return None;
                }
                if let Some(met) = pieces.get(other) {
                    cuts.add((own, piece), (other, met));
                }
            }
        }
        Some(cuts)
    }

    fn add(&mut self, (one, a): (usize, &Piece), (other, b): (usize, &Piece)) {
        let before = self.at.len();
        let on_a = b.ends.into_iter().filter(|&end| lies_on(end, a));
        self.at.extend(on_a.map(|end| (one, end)));
        let on_b = a.ends.into_iter().filter(|&end| lies_on(end, b));
        self.at.extend(on_b.map(|end| (other, end)));
        if self.at.len() > before {
            return;
        }
        if let Some(place) = crossing(a, b) {
            self.crossing = true;
            let inner = |piece: &Piece| !piece.ends.contains(&place);
            self.at.extend(inner(a).then_some((one, place)));
            self.at.extend(inner(b).then_some((other, place)));
        }
    }
}

/// Whether a place lies on a piece, between its ends.
fn lies_on(place: LonLat, piece: &Piece) -> bool {
    let [low, high] = piece.ends;
    let between =
        |one: i32, other: i32, value: i32| (one.min(other)..=one.max(other)).contains(&value);
    place != low
        && place != high
        && between(low.lon, high.lon, place.lon)
        && between(low.lat, high.lat, place.lat)
        && turn(low, high, place) == 0
}

/// Where two pieces cross between their ends, rounded to whole units.
fn crossing(a: &Piece, b: &Piece) -> Option<LonLat> {
    let sides = |[from, to]: [LonLat; 2], of: [LonLat; 2]| of.map(|end| turn(from, to, end));
    let apart = |[one, other]: [i128; 2]| one.signum() * other.signum() < 0;
    let of_b = sides(a.ends, b.ends);
    let [from, to] = sides(b.ends, a.ends);
    if !apart(of_b) || !apart([from, to]) {
        return None;
    }
    let [start, end] = a.ends;
    let (dx, dy) = difference(start, end);
    let along = |step: i128| rounded(step * from, from - to) as i32;
    Some(LonLat {
        lon: start.lon.wrapping_add(along(dx)),
        lat: start.lat.wrapping_add(along(dy)),
    })
}

/// A quotient, rounded half up.
fn rounded(dividend: i128, divisor: i128) -> i128 {
    let sign = divisor.signum();
    let (dividend, divisor) = (dividend * sign, divisor * sign);
    (2 * dividend + divisor).div_euclid(2 * divisor)
}

fn cut(pieces: &[Piece], mut cuts: Vec<(usize, LonLat)>) -> Vec<Piece> {
    let along = |&(piece, place): &(usize, LonLat)| {
        let reached = pieces.get(piece).map_or(0, |piece| {
            let [low, high] = piece.ends;
            let ((dx, dy), (ex, ey)) = (difference(low, high), difference(low, place));
            dx * ex + dy * ey
        });
        (piece, reached, place)
    };
    cuts.sort_by_key(along);
    let mut cuts = cuts.into_iter().peekable();
    let mut parts = Vec::with_capacity(pieces.len() + cuts.len());
    for (own, piece) in pieces.iter().enumerate() {
        let [mut from, high] = piece.ends;
        while let Some((_, place)) = cuts.next_if(|(cut, _)| *cut == own) {
            parts.extend(Piece::between(from, place, piece.way));
            from = place;
        }
        parts.extend(Piece::between(from, high, piece.way));
    }
    parts
}

/// The bounding boxes of the pieces, with their numbers.
pub(super) fn boxes(pieces: &[Piece]) -> RTree<GeomWithData<Rectangle<[f64; 2]>, usize>> {
    let boxes = pieces.iter().enumerate().map(|(own, piece)| {
        let (low, high) = corners(piece);
        GeomWithData::new(Rectangle::from_corners(low, high), own)
    });
    RTree::bulk_load(boxes.collect())
}

fn corners(piece: &Piece) -> ([f64; 2], [f64; 2]) {
    let corner = |place: LonLat| [f64::from(place.lon), f64::from(place.lat)];
    let [low, high] = piece.ends;
    (corner(low), corner(high))
}
