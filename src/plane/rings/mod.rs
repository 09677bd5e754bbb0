//! Loose pieces as the faces they divide the plane into.
//!
//! The pieces are cut where they meet ([`noding`]), equal ones become one, and
//! the rest divides the plane into faces ([`faces`]). Pieces of outlines part
//! inside from outside: a face is inside where an odd number of outlines lies
//! around it, and outlines drawn an even number of times cancel out. Lines part
//! faces without changing that. Coordinates are whole numbers and every
//! comparison is exact, so the answer depends on the set of pieces alone.
//!
//! Two questions are asked: what outlines enclose that may not close
//! ([`enclosed`], [`closing`]), and what lines part ([`parted`]).

mod closing;
mod faces;
mod noding;

pub(crate) use faces::{Face, Parted};
pub(crate) use noding::{Boxes, boxes, noded};

use super::LonLat;

/// A straight piece of an outline or a line, its lower end first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Piece {
    ends: [LonLat; 2],
    /// The number of the way that an outline comes from; `None` for a line.
    pub way: Option<u32>,
}

impl Piece {
    /// The piece of an outline between two places; `None` where they are one.
    pub fn outline(one: LonLat, other: LonLat, way: u32) -> Option<Self> {
        Self::between(one, other, Some(way))
    }

    /// The piece of a line between two places; `None` where they are one.
    pub fn line(one: LonLat, other: LonLat) -> Option<Self> {
        Self::between(one, other, None)
    }

    fn between(one: LonLat, other: LonLat, way: Option<u32>) -> Option<Self> {
        (one != other).then(|| Self {
            ends: [one.min(other), one.max(other)],
            way,
        })
    }

    /// Both ends, the lower first.
    pub fn ends(&self) -> [LonLat; 2] {
        self.ends
    }
}

/// What pieces enclose.
#[derive(Debug)]
pub(crate) struct Enclosed {
    /// Connected faces with an odd number of outlines around them.
    pub faces: Vec<Face>,
    /// Whether pieces were left out because they close to no ring.
    pub open: bool,
    /// Whether pieces crossed between their ends.
    pub crossing: bool,
}

/// What outlines enclose; `None` where they cross so often that no end is seen.
pub(crate) fn enclosed(pieces: Vec<Piece>) -> Option<Enclosed> {
    let noded = noded(pieces)?;
    let (closed, open) = closing::closed(noded.pieces);
    let mut faces = Parted::of(closed).into_faces();
    faces.retain(|face| face.inside);
    faces.sort_by(|one, other| one.rings.cmp(&other.rings));
    Some(Enclosed {
        faces,
        open,
        crossing: noded.crossing,
    })
}

/// The faces into which pieces part the plane. `None` where they cross so often
/// that no end is seen.
pub(crate) fn parted(pieces: Vec<Piece>) -> Option<Parted> {
    Some(parted_by(noded(pieces)?.pieces))
}

/// The faces into which pieces part the plane that meet at their ends only. What
/// has the same face on both sides, such as a loose end, parts nothing and is left
/// out.
pub(crate) fn parted_by(noded: Vec<Piece>) -> Parted {
    Parted::of(faces::parting(noded))
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
