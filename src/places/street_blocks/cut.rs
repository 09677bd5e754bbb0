//! A residential area cut along streets.

use std::collections::{BTreeMap, BTreeSet};

use rstar::AABB;

use super::super::sample::square_centimetres;
use super::super::{Block, BlockKind, Shape};
use super::Lines;
use crate::notice::{Notice, Notices};
use crate::plane::rings::{Face, Parted, Piece, parted};
use crate::plane::{Area, LonLat, distance_millimetres};
use crate::units::{Land, weighted_shares};

/// A piece narrower than this on average (twice its surface over the length of its
/// border) is no block: the strip between two carriageways, the corner that a
/// slip road cuts off. No house with a yard stands on it.
///
/// # Units
/// Metres.
const NARROW: f64 = 10.0;

/// The pieces of an area; the area itself where nothing parts it.
pub(super) fn cut(area: Block, lines: &Lines) -> (Vec<Block>, Notices) {
    let mut notices = Notices::default();
    let place = area.id.replace('/', " ");
    let Shape::Area(shape) = &area.shape else {
        return (vec![area], notices);
    };
    let Some(drawing) = parted(pieces(shape, lines)) else {
        notices.note(Notice::UncutAreas, place);
        return (vec![area], notices);
    };
    let mut parts = Parts::of(&drawing);
    let narrow = parts.join_narrow();
    let (shapes, apart) = shapes(&drawing.joined(&parts.part));
    if shapes.len() < 2 {
        notices.note(Notice::UncutAreas, place);
        return (vec![area], notices);
    }
    notices.add(Notice::NarrowPieces, narrow + apart, &*place);
    notices.note(Notice::CutAreas, place);
    (blocks(&area, shapes), notices)
}

/// The outline of an area, and the lines near it.
fn pieces(area: &Area, lines: &Lines) -> Vec<Piece> {
    let (south_west, north_east) = area.bounds();
    let corner = |place: LonLat| [f64::from(place.lon), f64::from(place.lat)];
    let around = AABB::from_corners(corner(south_west), corner(north_east));
    let near = lines.boxes.locate_in_envelope_intersecting(&around);
    let mut pieces: Vec<Piece> = near.map(|near| lines.pieces[near.data]).collect();
    let rings = area
        .polygons()
        .iter()
        .flat_map(|polygon| std::iter::once(&polygon.outer).chain(&polygon.holes));
    for pair in rings.flat_map(|ring| ring.windows(2)) {
        pieces.extend(Piece::outline(pair[0], pair[1], 0));
    }
    pieces
}

/// A block for each shape. The extract knows no people, so land alone is shared.
fn blocks(area: &Block, shapes: Vec<Area>) -> Vec<Block> {
    let surfaces: Vec<u64> = shapes
        .iter()
        .map(|shape| square_centimetres(shape.square_metres()))
        .collect();
    let land = area.land.unwrap_or_default().square_decimetres();
    let shares = weighted_shares(land, &surfaces);
    let numbered = shapes.into_iter().zip(shares).enumerate();
    numbered
        .map(|(own, (shape, share))| Block {
            id: format!("{}#{}", area.id, own + 1),
            shape: Shape::Area(shape),
            land: area.land.map(|_| Land::from_square_decimetres(share)),
            kind: BlockKind::Piece,
            ..area.clone()
        })
        .collect()
}

/// The parts of an area while narrow ones are joined to others.
struct Parts {
    /// For each face the part it belongs to, named by one of its faces; faces
    /// outside the area belong to none.
    part: Vec<Option<usize>>,
    size: BTreeMap<usize, Size>,
    /// For each part its neighbours and the length of their common border.
    beside: BTreeMap<usize, BTreeMap<usize, u64>>,
}

#[derive(Clone, Copy, Default)]
struct Size {
    square_centimetres: u64,
    border_millimetres: u64,
}

impl Size {
    fn is_narrow(self) -> bool {
        let surface = self.square_centimetres as f64 / 1e4;
        2.0 * surface < NARROW * self.border_millimetres as f64 / 1e3
    }
}

impl Parts {
    fn of(drawing: &Parted) -> Self {
        let inside = |(own, face): (usize, &Face)| face.inside.then_some(own);
        let part: Vec<Option<usize>> = drawing.faces().iter().enumerate().map(inside).collect();
        let mut size: BTreeMap<usize, Size> = BTreeMap::new();
        for &own in part.iter().flatten() {
            let shape = Area::new(vec![drawing.faces()[own].rings.clone()]);
            size.entry(own).or_default().square_centimetres =
                shape.map_or(0, |shape| square_centimetres(shape.square_metres()));
        }
        let mut beside: BTreeMap<usize, BTreeMap<usize, u64>> = BTreeMap::new();
        for (piece, sides) in drawing.borders() {
            let [from, to] = piece.ends();
            let length = distance_millimetres(from, to);
            for [own, other] in [sides, [sides[1], sides[0]]] {
                if let Some(size) = size.get_mut(&own) {
                    size.border_millimetres += length;
                    if part[other].is_some() {
                        *beside.entry(own).or_default().entry(other).or_default() += length;
                    }
                }
            }
        }
        Self { part, size, beside }
    }

    /// Joins narrow parts, the smallest first, to the neighbour with which they
    /// share the longest border. How many were joined.
    fn join_narrow(&mut self) -> u64 {
        let mut joined = 0;
        let key = |(&own, size): (&usize, &Size)| (size.square_centimetres, own);
        let narrow = self.size.iter().filter(|(_, size)| size.is_narrow());
        let mut open: BTreeSet<(u64, usize)> = narrow.map(key).collect();
        while let Some((_, own)) = open.pop_first() {
            let neighbours = self.beside.get(&own).into_iter().flatten();
            let longest = neighbours.max_by_key(|&(&other, &length)| (length, other));
            let Some((&into, _)) = longest else {
                continue;
            };
            open.remove(&key((&into, &self.size[&into])));
            self.join(own, into);
            if self.size[&into].is_narrow() {
                open.insert(key((&into, &self.size[&into])));
            }
            joined += 1;
        }
        joined
    }

    fn join(&mut self, own: usize, into: usize) {
        let gone = self.size.remove(&own).unwrap_or_default();
        let mut common = 0;
        for (other, length) in self.beside.remove(&own).unwrap_or_default() {
            let back = self.beside.entry(other).or_default();
            back.remove(&own);
            if other == into {
                common = length;
            } else {
                *back.entry(into).or_default() += length;
                *self
                    .beside
                    .entry(into)
                    .or_default()
                    .entry(other)
                    .or_default() += length;
            }
        }
        let size = self.size.entry(into).or_default();
        size.square_centimetres += gone.square_centimetres;
        size.border_millimetres += gone.border_millimetres;
        size.border_millimetres -= 2 * common;
        for part in &mut self.part {
            if *part == Some(own) {
                *part = Some(into);
            }
        }
    }
}

/// The shape of every part that is inside, from west to east by its westernmost
/// place, and how many are narrow: they touch no other part and belong to the largest.
fn shapes(joined: &Parted) -> (Vec<Area>, u64) {
    let Parts { size, .. } = Parts::of(joined);
    let shape = |&own: &usize| Area::new(vec![joined.faces()[own].rings.clone()]);
    let (narrow, wide): (Vec<usize>, Vec<usize>) =
        size.keys().partition(|&own| size[own].is_narrow());
    let mut shapes: Vec<Area> = wide.iter().filter_map(shape).collect();
    shapes.sort_by(|one, other| one.polygons().cmp(other.polygons()));
    let surface = |shape: &Area| square_centimetres(shape.square_metres());
    let largest = (0..shapes.len())
        .rev()
        .max_by_key(|&own| surface(&shapes[own]));
    if let Some(largest) = largest.filter(|_| !narrow.is_empty()) {
        let mut polygons = shapes[largest].polygons().to_vec();
        let own = polygons.len();
        polygons.extend(narrow.iter().map(|&own| joined.faces()[own].rings.clone()));
        polygons[own..].sort();
        if let Some(shape) = Area::new(polygons) {
            shapes[largest] = shape;
        }
    }
    (shapes, narrow.len() as u64)
}
