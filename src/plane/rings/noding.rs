//! Pieces cut where they meet, so that they share nothing but ends.

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::{Piece, difference, turn};
use crate::plane::LonLat;

/// Bounding boxes of pieces, with their numbers.
pub(crate) type Boxes = RTree<GeomWithData<Rectangle<[f64; 2]>, usize>>;

/// Pieces that meet at their ends only, each once; ascending.
#[derive(Clone, Debug)]
pub(crate) struct Noded {
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

/// A piece that is being cut.
#[derive(Clone, Copy)]
struct Part {
    piece: Piece,
    /// Whether it was not yet held against the others.
    fresh: bool,
}

/// Cuts the pieces where they meet; `None` where that comes to no end.
pub(crate) fn noded(pieces: Vec<Piece>) -> Option<Noded> {
    let fresh = |piece| Part { piece, fresh: true };
    let mut parts: Vec<Part> = pieces.into_iter().map(fresh).collect();
    let mut crossing = false;
    for _ in 0..MOST_ROUNDS {
        unite(&mut parts);
        let cuts = Cuts::of(&parts)?;
        crossing |= cuts.crossing;
        if cuts.at.is_empty() {
            let pieces = parts.into_iter().map(|part| part.piece).collect();
            return Some(Noded { pieces, crossing });
        }
        parts = cut(&parts, cuts.at);
    }
    None
}

/// Of equal pieces one stays. An even number of outlines cancels out: rings that
/// share a piece are one without it.
fn unite(parts: &mut Vec<Part>) {
    parts.sort_unstable_by_key(|part| part.piece);
    *parts = parts
        .chunk_by(|one, other| one.piece.ends == other.piece.ends)
        .filter_map(|equal| {
            let lines = equal.partition_point(|part| part.piece.way.is_none());
            let (lines, outlines) = equal.split_at(lines);
            let kept = if outlines.len() % 2 == 1 {
                outlines
            } else {
                lines
            };
            kept.first().copied()
        })
        .collect();
}

#[derive(Default)]
struct Cuts {
    /// Number of a piece and a place between its ends.
    at: Vec<(usize, LonLat)>,
    crossing: bool,
}

impl Cuts {
    fn of(parts: &[Part]) -> Option<Self> {
        let tree = tree(parts.iter().map(|part| &part.piece));
        let mut cuts = Self::default();
        let mut pairs = 0;
        for (own, part) in parts.iter().enumerate().filter(|(_, part)| part.fresh) {
            let near = tree.locate_in_envelope_intersecting(&envelope(&part.piece));
            for other in near.map(|near| near.data) {
                let met = &parts[other];
                // Each pair once.
                if met.fresh && other <= own {
                    continue;
                }
                pairs += 1;
                if pairs > MOST_PAIRS * (parts.len() + 100) {
                    return None;
                }
                cuts.add((own, &part.piece), (other, &met.piece));
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

fn cut(parts: &[Part], mut cuts: Vec<(usize, LonLat)>) -> Vec<Part> {
    let along = |&(part, place): &(usize, LonLat)| {
        let [low, high] = parts[part].piece.ends;
        let ((dx, dy), (ex, ey)) = (difference(low, high), difference(low, place));
        (part, dx * ex + dy * ey, place)
    };
    cuts.sort_by_cached_key(along);
    let mut cuts = cuts.into_iter().peekable();
    let mut cut = Vec::with_capacity(parts.len() + cuts.len());
    for (own, part) in parts.iter().enumerate() {
        let [mut from, high] = part.piece.ends;
        let mut fresh = false;
        let mut push = |from, to, fresh| {
            let piece = Piece::between(from, to, part.piece.way);
            cut.extend(piece.map(|piece| Part { piece, fresh }));
        };
        while let Some((_, place)) = cuts.next_if(|(cut, _)| *cut == own) {
            fresh = true;
            push(from, place, fresh);
            from = place;
        }
        push(from, high, fresh);
    }
    cut
}

/// The bounding boxes of the pieces.
pub(crate) fn boxes(pieces: &[Piece]) -> Boxes {
    tree(pieces.iter())
}

fn tree<'a>(pieces: impl Iterator<Item = &'a Piece>) -> Boxes {
    let boxes = pieces.enumerate().map(|(own, piece)| {
        let [low, high] = piece.ends.map(corner);
        GeomWithData::new(Rectangle::from_corners(low, high), own)
    });
    RTree::bulk_load(boxes.collect())
}

fn envelope(piece: &Piece) -> AABB<[f64; 2]> {
    let [low, high] = piece.ends.map(corner);
    AABB::from_corners(low, high)
}

fn corner(place: LonLat) -> [f64; 2] {
    [f64::from(place.lon), f64::from(place.lat)]
}
