//! The faces that pieces divide the plane into, and which are inside.

use std::cmp::Ordering;

use rstar::AABB;

use super::noding::{Boxes, boxes};
use super::{Piece, difference, numbered, places, turn};
use crate::plane::{LonLat, PolygonRings};

/// A connected face.
#[derive(Clone, Debug, Default)]
pub(crate) struct Face {
    /// Its rings. No ring meets itself; rings touch at single places at most. The
    /// rest of the plane has holes only.
    pub rings: PolygonRings,
    /// The ways that its outer ring comes from, ascending.
    pub outer_ways: Vec<u32>,
    /// Whether an odd number of outlines lies around it.
    pub inside: bool,
}

/// A direction along a piece: twice its number, plus 1 from the higher end on.
type Arm = usize;

const UNSEEN: usize = usize::MAX;

/// The rest of the plane, around everything drawn.
const REST: usize = 0;

/// The plane, parted into faces by pieces that meet at ends only.
#[derive(Debug)]
pub(crate) struct Parted {
    pieces: Vec<Piece>,
    boxes: Boxes,
    faces: Vec<Face>,
    /// The face left of each arm.
    left: Vec<usize>,
}

impl Parted {
    /// The faces of pieces that meet at ends only and each have two faces.
    pub fn of(pieces: Vec<Piece>) -> Self {
        let stars = Stars::of(&pieces);
        let mut parted = Self {
            boxes: boxes(&pieces),
            faces: vec![Face::default()],
            left: vec![UNSEEN; stars.from.len()],
            pieces,
        };
        let mut marks = vec![UNSEEN; stars.places.len()];
        // The lowest place of whatever is connected comes first, and west of it lies
        // only what was done before.
        for (place, arms) in stars.places.iter().zip(&stars.arms) {
            let Some(&outward) = arms.last() else {
                continue;
            };
            if parted.left[outward] == UNSEEN {
                let around = parted.west_of(*place);
                parted.spread(outward, around, &stars, &mut marks);
            }
        }
        parted
    }

    /// All faces; the first is the rest of the plane.
    pub fn faces(&self) -> &[Face] {
        &self.faces
    }

    pub(super) fn into_faces(self) -> Vec<Face> {
        self.faces
    }

    /// The pieces, each with the numbers of the two faces that it parts.
    pub fn borders(&self) -> impl Iterator<Item = (&Piece, [usize; 2])> {
        let sides = self.left.chunks_exact(2);
        self.pieces
            .iter()
            .zip(sides)
            .map(|(piece, sides)| (piece, [sides[0], sides[1]]))
    }

    /// The number of the face that holds a place, of a place on a piece that west
    /// of it; `None` in the rest of the plane.
    pub fn face_at(&self, place: LonLat) -> Option<usize> {
        Some(self.west_of(place)).filter(|&face| face != REST)
    }

    /// Without the pieces between faces of one group.
    pub fn joined<T: PartialEq>(&self, group: &[T]) -> Self {
        let apart = |[one, other]: [usize; 2]| group.get(one) != group.get(other);
        let kept = self.borders().filter(|&(_, sides)| apart(sides));
        Self::of(kept.map(|(piece, _)| *piece).collect())
    }

    /// The face of a place, or west of it. Everything west must be known.
    fn west_of(&self, place: LonLat) -> usize {
        let west = AABB::from_corners(
            [f64::from(i32::MIN), f64::from(place.lat)],
            [f64::from(place.lon), f64::from(place.lat)],
        );
        let near = self.boxes.locate_in_envelope_intersecting(&west);
        let passing = near
            .map(|near| near.data)
            .filter(|&piece| self.passes_west(piece, place));
        let nearest = passing.max_by(|&one, &other| self.compare_west(one, other, place));
        nearest.map_or(REST, |nearest| {
            let [low, high] = self.pieces[nearest].ends;
            // The arm that leads south has the place on its left.
            self.left[2 * nearest + usize::from(low.lat < high.lat)]
        })
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

    /// Finds the faces of everything connected with an arm, from face to face
    /// across the pieces; the arm has the face `around` all of it on its left.
    fn spread(&mut self, outward: Arm, around: usize, stars: &Stars, marks: &mut [usize]) {
        let mut open = self.trace(outward, around, stars, marks);
        while let Some(arm) = open.pop() {
            let across = arm ^ 1;
            if self.left[across] != UNSEEN {
                continue;
            }
            let changes = self.pieces[arm / 2].way.is_some();
            let face = self.faces.len();
            self.faces.push(Face {
                inside: self.faces[self.left[arm]].inside != changes,
                ..Face::default()
            });
            open.extend(self.trace(across, face, stars, marks));
        }
    }

    /// Walks along the border of the face left of an arm and adds its rings. The
    /// arms that were walked.
    fn trace(&mut self, start: Arm, face: usize, stars: &Stars, marks: &mut [usize]) -> Vec<Arm> {
        let mut all: Vec<Arm> = Vec::new();
        let mut walked: Vec<Arm> = Vec::new();
        for arm in stars.border(start) {
            self.left[arm] = face;
            let place = stars.from[arm];
            // A place for the second time closes a ring.
            if marks[place] != UNSEEN {
                let ring = walked.split_off(marks[place]);
                self.add(&ring, face, stars, marks);
            }
            marks[place] = walked.len();
            walked.push(arm);
            all.push(arm);
        }
        self.add(&walked, face, stars, marks);
        all
    }

    /// Adds a ring to a face: drawn counterclockwise it is the outer one.
    fn add(&mut self, ring: &[Arm], face: usize, stars: &Stars, marks: &mut [usize]) {
        for &arm in ring {
            marks[stars.from[arm]] = UNSEEN;
        }
        let Some(&first) = ring.first() else {
            return;
        };
        let at = |arm: Arm| stars.places[stars.from[arm]];
        let surface: i128 = ring
            .iter()
            .map(|&arm| turn(at(first), at(arm), at(arm ^ 1)))
            .sum();
        let mut places: Vec<LonLat> = ring.iter().map(|&arm| at(arm)).collect();
        places.push(at(first));
        let face = &mut self.faces[face];
        if surface > 0 {
            let ways = ring.iter().filter_map(|arm| self.pieces[arm / 2].way);
            face.outer_ways = ways.collect();
            face.outer_ways.sort_unstable();
            face.outer_ways.dedup();
            face.rings.outer = places;
        } else {
            face.rings.holes.push(places);
        }
    }
}

/// The pieces without those that have the same face on both sides: loose ends,
/// and what links one ring to another.
pub(super) fn parting(mut pieces: Vec<Piece>) -> Vec<Piece> {
    let stars = Stars::of(&pieces);
    let mut border = vec![UNSEEN; stars.from.len()];
    for start in 0..border.len() {
        if border[start] == UNSEEN {
            for arm in stars.border(start) {
                border[arm] = start;
            }
        }
    }
    let mut sides = border.chunks_exact(2);
    pieces.retain(|_| sides.next().is_some_and(|sides| sides[0] != sides[1]));
    pieces
}

/// The places of pieces and the arms at each.
struct Stars {
    places: Vec<LonLat>,
    /// From where each arm leads.
    from: Vec<usize>,
    /// The arms of each place, counterclockwise.
    arms: Vec<Vec<Arm>>,
    /// Which of its place's arms an arm is.
    rank: Vec<usize>,
}

impl Stars {
    fn of(pieces: &[Piece]) -> Self {
        let places = places(pieces);
        let from: Vec<usize> = pieces
            .iter()
            .flat_map(|piece| numbered(piece, &places))
            .collect();
        let mut arms = vec![Vec::new(); places.len()];
        for (arm, &place) in from.iter().enumerate() {
            arms[place].push(arm);
        }
        let mut rank = vec![0; from.len()];
        for star in &mut arms {
            let way = |arm: Arm| difference(places[from[arm]], places[from[arm ^ 1]]);
            star.sort_unstable_by(|&one, &other| counterclockwise(way(one), way(other)));
            for (own, &arm) in star.iter().enumerate() {
                rank[arm] = own;
            }
        }
        Self {
            places,
            from,
            arms,
            rank,
        }
    }

    /// The arms along the border of the face left of an arm, that arm first.
    fn border(&self, start: Arm) -> impl Iterator<Item = Arm> {
        let next = move |&arm: &Arm| {
            let back = arm ^ 1;
            let star = &self.arms[self.from[back]];
            let next = star[(self.rank[back] + star.len() - 1) % star.len()];
            (next != start).then_some(next)
        };
        std::iter::successors(Some(start), next)
    }
}

/// The order of two directions, counterclockwise from west on.
fn counterclockwise(one: (i128, i128), other: (i128, i128)) -> Ordering {
    let north = |(x, y): (i128, i128)| y > 0 || (y == 0 && x > 0);
    north(one)
        .cmp(&north(other))
        .then_with(|| (other.0 * one.1 - other.1 * one.0).cmp(&0))
}
