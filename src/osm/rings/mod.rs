//! Rings out of loose pieces: which faces an odd number of outlines encloses.
//!
//! The pieces are cut where they meet ([`noding`]), pieces drawn an even number
//! of times cancel out, what closes to no ring is left out ([`closing`]), and
//! the rest divides the plane into faces, of which every second one is inside
//! ([`faces`]). Coordinates are whole numbers and every comparison is exact, so
//! the answer depends on the set of pieces alone.

mod closing;
mod faces;
mod noding;

pub(super) use faces::Face;

use crate::plane::LonLat;

/// A straight piece of an outline, its lower end first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Piece {
    ends: [LonLat; 2],
    /// The number of the way that it comes from.
    pub way: u32,
}

impl Piece {
    /// The piece between two places; `None` where they are one.
    pub fn between(one: LonLat, other: LonLat, way: u32) -> Option<Self> {
        (one != other).then(|| Self {
            ends: [one.min(other), one.max(other)],
            way,
        })
    }
}

/// What pieces enclose.
#[derive(Debug)]
pub(super) struct Enclosed {
    /// Connected faces with an odd number of outlines around them.
    pub faces: Vec<Face>,
    /// Whether pieces were left out because they close to no ring.
    pub open: bool,
    /// Whether pieces crossed between their ends.
    pub crossing: bool,
}

/// What the pieces enclose; `None` where they cross so often that no end is seen.
pub(super) fn enclosed(pieces: Vec<Piece>) -> Option<Enclosed> {
    let noded = noding::noded(pieces)?;
    let (closed, open) = closing::closed(noded.pieces);
    Some(Enclosed {
        faces: faces::faces(&closed),
        open,
        crossing: noded.crossing,
    })
}

/// Twice the surface of the triangle; positive where it is drawn counterclockwise.
fn turn(from: LonLat, to: LonLat, then: LonLat) -> i128 {
    let (dx, dy) = difference(from, to);
    let (ex, ey) = difference(from, then);
    dx * ey - dy * ex
}

fn difference(from: LonLat, to: LonLat) -> (i128, i128) {
    (
        i128::from(to.lon) - i128::from(from.lon),
        i128::from(to.lat) - i128::from(from.lat),
    )
}

/// The places of the pieces, ascending.
fn places(pieces: &[Piece]) -> Vec<LonLat> {
    let mut places: Vec<LonLat> = pieces.iter().flat_map(|piece| piece.ends).collect();
    places.sort_unstable();
    places.dedup();
    places
}

/// The ends of a piece as numbers of `places`.
fn numbered(piece: &Piece, places: &[LonLat]) -> [usize; 2] {
    // Every end is among the places, so both ways out of the search are its place.
    piece
        .ends
        .map(|end| places.binary_search(&end).unwrap_or_else(|place| place))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
