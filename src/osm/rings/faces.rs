//! The faces that closed pieces divide the plane into, and which are inside.

use std::cmp::Ordering;

use rstar::AABB;

use super::noding::boxes;
use super::{Piece, difference, numbered, places, turn};
use crate::plane::{LonLat, PolygonRings};

/// A connected face.
#[derive(Debug, Default)]
pub(crate) struct Face {
    /// Its rings. No ring meets itself; rings touch at single places at most.
    pub rings: PolygonRings,
    /// The ways that its outer ring comes from, ascending.
    pub outer_ways: Vec<u32>,
}

/// A direction along a piece: twice its number, plus 1 from the higher end on.
type Arm = usize;

const UNSEEN: usize = usize::MAX;

struct Drawing<'a> {
    pieces: &'a [Piece],
    places: Vec<LonLat>,
    /// From where each arm leads.
    from: Vec<usize>,
    /// The arms of each place, counterclockwise.
    star: Vec<Vec<Arm>>,
    /// Which of its place's arms an arm is.
    rank: Vec<usize>,
    /// Whether it is inside, left of each arm.
    inside: Vec<Option<bool>>,
    /// The face left of each arm, where that is inside.
    face: Vec<usize>,
}

/// The faces inside, of pieces that meet at ends only, an even number at each.
pub(super) fn faces(pieces: &[Piece]) -> Vec<Face> {
    let mut drawing = Drawing::of(pieces);
    let mut tree = None;
    let mut faces = Vec::new();
    let mut marks = vec![UNSEEN; drawing.places.len()];
    // The lowest place of whatever is connected comes first, and west of it lies
    // only what was done before.
    for place in 0..drawing.places.len() {
        let Some(&outward) = drawing.star[place].last() else {
            continue;
        };
        if drawing.inside[outward].is_some() {
            continue;
        }
        let around = if place == 0 {
            None
        } else {
            let tree = tree.get_or_insert_with(|| boxes(pieces));
            let from = drawing.places[place];
            let west = AABB::from_corners(
                [f64::from(i32::MIN), f64::from(from.lat)],
                [f64::from(from.lon), f64::from(from.lat)],
            );
            let near = tree.locate_in_envelope_intersecting(&west);
            drawing.face_west(from, near.map(|near| near.data))
        };
        let arms = drawing.colour(outward, around.is_some());
        if let Some(around) = around {
            drawing.trace(outward, around, &mut faces, &mut marks);
        }
        for arm in arms {
            if drawing.inside[arm] == Some(true) && drawing.face[arm] == UNSEEN {
                let face = faces.len();
                faces.push(Face::default());
                drawing.trace(arm, face, &mut faces, &mut marks);
            }
        }
    }
    faces.retain(|face| !face.rings.outer.is_empty());
    faces
}

impl<'a> Drawing<'a> {
    fn of(pieces: &'a [Piece]) -> Self {
        let places = places(pieces);
        let from: Vec<usize> = pieces
            .iter()
            .flat_map(|piece| numbered(piece, &places))
            .collect();
        let mut star = vec![Vec::new(); places.len()];
        for (arm, &place) in from.iter().enumerate() {
            star[place].push(arm);
        }
        let mut rank = vec![0; from.len()];
        for arms in &mut star {
            let way = |arm: Arm| difference(places[from[arm]], places[from[arm ^ 1]]);
            arms.sort_unstable_by(|&one, &other| counterclockwise(way(one), way(other)));
            for (own, &arm) in arms.iter().enumerate() {
                rank[arm] = own;
            }
        }
        Self {
            pieces,
            places,
            inside: vec![None; from.len()],
            face: vec![UNSEEN; from.len()],
            from,
            star,
            rank,
        }
    }

    /// The face that lies west of a place, among pieces that may lie there.
    fn face_west(&self, from: LonLat, near: impl Iterator<Item = usize>) -> Option<usize> {
        let nearest = near
            .filter(|&piece| self.passes_west(piece, from))
            .max_by(|&one, &other| self.compare_west(one, other, from))?;
        let [low, high] = self.pieces[nearest].ends;
        // The arm that leads south has the place on its left.
        let southward = 2 * nearest + usize::from(low.lat < high.lat);
        (self.inside[southward] == Some(true)).then(|| self.face[southward])
    }

    /// Whether a piece passes west of a place, at or just above its latitude.
    fn passes_west(&self, piece: usize, from: LonLat) -> bool {
        let [south, north] = self.northward(piece);
        south.lat <= from.lat && from.lat < north.lat && turn(south, north, from) < 0
    }

    fn northward(&self, piece: usize) -> [LonLat; 2] {
        let [low, high] = self.pieces[piece].ends;
        if low.lat <= high.lat {
            [low, high]
        } else {
            [high, low]
        }
    }

    /// Which of two pieces passes further east at the latitude of a place, or,
    /// where they meet there, just above it.
    fn compare_west(&self, one: usize, other: usize, from: LonLat) -> Ordering {
        let line = |piece: usize| {
            let [south, north] = self.northward(piece);
            let (dx, dy) = difference(south, north);
            let up = i128::from(from.lat) - i128::from(south.lat);
            (i128::from(south.lon) * dy + up * dx, dx, dy)
        };
        let ((x, dx, dy), (other_x, other_dx, other_dy)) = (line(one), line(other));
        (x * other_dy)
            .cmp(&(other_x * dy))
            .then((dx * other_dy).cmp(&(other_dx * dy)))
    }

    /// Tells for everything connected with an arm which side is inside: at each
    /// place it changes from arm to arm. The arms that were coloured.
    fn colour(&mut self, arm: Arm, inside: bool) -> Vec<Arm> {
        let mut coloured = Vec::new();
        let mut open = vec![(arm, inside)];
        while let Some((arm, mut inside)) = open.pop() {
            if self.inside[arm].is_some() {
                continue;
            }
            let arms = &self.star[self.from[arm]];
            for step in 0..arms.len() {
                let next = arms[(self.rank[arm] + step) % arms.len()];
                self.inside[next] = Some(inside);
                coloured.push(next);
                open.push((next ^ 1, !inside));
                inside = !inside;
            }
        }
        coloured
    }

    /// Walks along the border of the face left of an arm and adds its rings.
    fn trace(&mut self, start: Arm, face: usize, faces: &mut [Face], marks: &mut [usize]) {
        let mut walked: Vec<Arm> = Vec::new();
        let mut arm = start;
        loop {
            self.face[arm] = face;
            let place = self.from[arm];
            // A place for the second time closes a ring.
            if marks[place] != UNSEEN {
                let ring = walked.split_off(marks[place]);
                self.add(&ring, &mut faces[face], marks);
            }
            marks[place] = walked.len();
            walked.push(arm);
            let back = arm ^ 1;
            let arms = &self.star[self.from[back]];
            arm = arms[(self.rank[back] + arms.len() - 1) % arms.len()];
            if arm == start {
                break;
            }
        }
        self.add(&walked, &mut faces[face], marks);
    }

    /// Adds a ring to a face: drawn counterclockwise it is the outer one.
    fn add(&self, ring: &[Arm], face: &mut Face, marks: &mut [usize]) {
        for &arm in ring {
            marks[self.from[arm]] = UNSEEN;
        }
        let Some(&first) = ring.first() else {
            return;
        };
        let at = |arm: Arm| self.places[self.from[arm]];
        let surface: i128 = ring
            .iter()
            .map(|&arm| turn(at(first), at(arm), at(arm ^ 1)))
            .sum();
        let mut places: Vec<LonLat> = ring.iter().map(|&arm| at(arm)).collect();
        places.push(at(first));
        if surface > 0 {
            face.rings.outer = places;
            face.outer_ways = ring.iter().map(|arm| self.pieces[arm / 2].way).collect();
            face.outer_ways.sort_unstable();
            face.outer_ways.dedup();
        } else {
            face.rings.holes.push(places);
        }
    }
}

/// The order of two directions, counterclockwise from west on.
fn counterclockwise(one: (i128, i128), other: (i128, i128)) -> Ordering {
    let north = |(x, y): (i128, i128)| y > 0 || (y == 0 && x > 0);
    north(one)
        .cmp(&north(other))
        .then_with(|| (other.0 * one.1 - other.1 * one.0).cmp(&0))
}
