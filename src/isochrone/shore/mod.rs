//! Where water is near walks: cells that its outlines cut, cut once for a city.
//!
//! A whole cell lies on land or in water. A cell that an outline of water touches, and
//! one of water that a walk leads over, is parted into faces: by the outlines, and by
//! the outlines of narrow strips along the walks in it. An isochrone takes whole faces
//! of such a cell, so that it needs no further cutting, and is valid and nested as it
//! is: dry faces that a straight leg reaches, and whatever a reached walk leads through.

mod build;
mod cut;
mod sight;
mod tiles;

use std::ops::Range;

use rstar::{AABB, RTree, RTreeObject};

use super::field::RUN;
use super::lattice::{Cell, TILE, TileAt, in_tile, tile_of};
use crate::network::WalkId;
use crate::plane::LonLat;

pub(super) use sight::Sight;
use tiles::Tiles;

/// A straight piece of an outline of water, or of a river.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Line {
    ends: [LonLat; 2],
    /// The area whose outline it is; `None` for what has no surface.
    area: Option<u32>,
}

impl RTreeObject for Line {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        let corner = |place: LonLat| [f64::from(place.lon), f64::from(place.lat)];
        AABB::from_corners(corner(self.ends[0]), corner(self.ends[1]))
    }
}

/// A cell that is cut into faces.
#[derive(Clone, Debug)]
pub(super) struct CutCell {
    pub at: Cell,
    inner: Range<u32>,
    border: Range<u32>,
    faces: Range<u32>,
}

/// A face of a cut cell.
#[derive(Clone, Copy, Debug)]
struct Face {
    /// A place inside, rounded: a face is seldom narrower than a unit.
    witness: LonLat,
    dry: bool,
}

/// What of a side of a cell a face has: from, to, the side and the face.
type BorderPiece = ([i32; 2], u8, u32);

/// A tile in which water and walks are near each other.
#[derive(Clone, Debug, Default)]
pub(super) struct ShoreTile {
    /// The cells that are cut, row by row.
    pub cut: [u32; TILE as usize],
    /// The corners that lie in water, row by row.
    wet: [u32; TILE as usize],
    /// How many cells are cut before each row.
    rank: [u16; TILE as usize],
    cells: Range<u32>,
}

impl ShoreTile {
    /// The number of a cell, where it is cut.
    fn number(&self, [column, row]: [usize; 2]) -> Option<u32> {
        let before = self.cut[row] & ((1 << column) - 1);
        (self.cut[row] >> column & 1 == 1)
            .then(|| self.cells.start + u32::from(self.rank[row]) + before.count_ones())
    }
}

/// A walk that leads through a face.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Passage {
    walk: WalkId,
    /// From where on along the walk, in millimetres.
    from: u64,
    to: u64,
    face: u32,
}

/// All water near walks.
#[derive(Clone, Debug, Default)]
pub(super) struct Shore {
    tiles: Tiles,
    cells: Vec<CutCell>,
    inner: Vec<([LonLat; 2], [u32; 2])>,
    border: Vec<BorderPiece>,
    faces: Vec<Face>,
    passages: Vec<Passage>,
    /// By walk whether water is near it.
    near: Vec<bool>,
    /// What no leg crosses.
    lines: RTree<Line>,
}

/// Which faces one isochrone has reached.
#[derive(Clone, Debug, Default)]
pub(super) struct Faces {
    reached: Vec<bool>,
    list: Vec<u32>,
}

impl Faces {
    /// Forgets all.
    pub fn begin(&mut self, shore: &Shore) {
        for face in self.list.drain(..) {
            self.reached[face as usize] = false;
        }
        self.reached.resize(shore.faces.len(), false);
    }

    /// What is reached, in the order in which it was.
    pub fn list(&self) -> &[u32] {
        &self.list
    }

    pub fn reached(&self, face: u32) -> bool {
        self.reached[face as usize]
    }

    /// Whether all faces of a cell are reached, or none; `None` where some are.
    pub fn of_cell(&self, cell: &CutCell) -> Option<bool> {
        let own = &self.reached[cell.faces.start as usize..cell.faces.end as usize];
        let first = own.first().copied().unwrap_or(false);
        own.iter().all(|&face| face == first).then_some(first)
    }

    pub fn reach(&mut self, face: u32) {
        if !std::mem::replace(&mut self.reached[face as usize], true) {
            self.list.push(face);
        }
    }
}

impl Shore {
    /// Whether water is near a walk.
    pub fn is_near(&self, walk: WalkId) -> bool {
        self.near[walk.0 as usize]
    }

    pub fn tile(&self, at: TileAt) -> Option<&ShoreTile> {
        self.tiles.get(at)
    }

    /// The cut cells of a tile.
    pub fn cells_of(&self, tile: &ShoreTile) -> &[CutCell] {
        &self.cells[tile.cells.start as usize..tile.cells.end as usize]
    }

    /// A cell, where it is cut.
    pub fn cell(&self, at: Cell) -> Option<&CutCell> {
        let number = self.tile(tile_of(at))?.number(in_tile(at))?;
        self.cells.get(number as usize)
    }

    /// Calls `each` with the cut cells from one to another.
    pub fn each_cell(&self, [low, high]: [Cell; 2], mut each: impl FnMut(&CutCell)) {
        let [from, to] = [low, high].map(tile_of);
        for column in from[0]..=to[0] {
            for (tile, row) in
                (from[1]..=to[1]).filter_map(|row| self.tile([column, row]).map(|tile| (tile, row)))
            {
                let part = |axis: usize, tile: i32| {
                    let first = low[axis].max(tile * TILE) - tile * TILE;
                    let last = high[axis].min(tile * TILE + TILE - 1) - tile * TILE;
                    first as usize..last as usize + 1
                };
                let columns = part(0, column);
                let within = u32::MAX >> (TILE as usize - columns.len()) << columns.start;
                for row in part(1, row) {
                    let mut cut = tile.cut[row] & within;
                    while cut != 0 {
                        let number = tile.number([cut.trailing_zeros() as usize, row]);
                        cut &= cut - 1;
                        number
                            .map(|number| &self.cells[number as usize])
                            .into_iter()
                            .for_each(&mut each);
                    }
                }
            }
        }
    }

    /// Whether all of a cell is on land: water neither covers nor touches it.
    pub fn is_dry(&self, at: Cell) -> bool {
        let [column, row] = in_tile(at);
        self.tile(tile_of(at))
            .is_none_or(|tile| (tile.cut[row] | tile.wet[row]) >> column & 1 == 0)
    }

    /// Which corners of a row of a tile lie in water, from a corner on.
    fn wet_from(&self, corner: Cell) -> u32 {
        let [column, row] = in_tile(corner);
        self.tile(tile_of(corner))
            .map_or(0, |tile| tile.wet[row] >> column)
    }

    /// Which of a run of corners lie in water, by all bits of a number.
    pub fn wet_run(&self, first: Cell) -> [u16; RUN] {
        let wet = self.wet_from(first);
        [0, 1, 2, 3, 4, 5, 6, 7].map(|at| 0_u16.wrapping_sub((wet >> at & 1) as u16))
    }

    /// Whether a corner lies in water.
    pub fn is_wet(&self, corner: Cell) -> bool {
        self.wet_from(corner) & 1 == 1
    }

    /// The pieces between the faces of a cell, each with the face on its left and on its
    /// right.
    pub fn inner_pieces(&self, cell: &CutCell) -> &[([LonLat; 2], [u32; 2])] {
        &self.inner[cell.inner.start as usize..cell.inner.end as usize]
    }

    /// The pieces of a side of a cell: from, to, and the face.
    pub fn border_pieces(
        &self,
        cell: &CutCell,
        side: usize,
    ) -> impl Iterator<Item = ([i32; 2], u32)> {
        let all = &self.border[cell.border.start as usize..cell.border.end as usize];
        let own = all.iter().filter(move |piece| usize::from(piece.1) == side);
        own.map(|&(range, _, face)| (range, face))
    }

    /// The dry faces of a cell, each with a place inside.
    pub fn dry_faces(&self, cell: &CutCell) -> impl Iterator<Item = (u32, LonLat)> {
        let faces = cell
            .faces
            .clone()
            .map(|face| (face, self.faces[face as usize]));
        faces
            .filter(|(_, face)| face.dry)
            .map(|(number, face)| (number, face.witness))
    }

    /// The faces that a part of a walk leads through.
    pub fn passed(&self, walk: WalkId, from: u64, to: u64) -> impl Iterator<Item = u32> {
        let first = self.passages.partition_point(|passage| passage.walk < walk);
        let own = self.passages[first..].iter();
        own.take_while(move |passage| passage.walk == walk && passage.from <= to)
            .filter(move |passage| passage.to >= from)
            .map(|passage| passage.face)
    }

    /// The dry face of a cut cell that holds a place, of a place on an outline the one
    /// west of it.
    pub fn dry_face_at(&self, cell: &CutCell, at: LonLat) -> Option<u32> {
        let inner = self.inner_pieces(cell).iter().copied();
        let mut nearest: Option<(f64, u32)> = None;
        for ([low, high], [left, right]) in inner {
            // Of a piece that leads north the face in the east is the right one.
            let ([south, north], east) = if low.lat <= high.lat {
                ([low, high], right)
            } else {
                ([high, low], left)
            };
            if south.lat <= at.lat && at.lat < north.lat {
                let share = (f64::from(at.lat) - f64::from(south.lat))
                    / (f64::from(north.lat) - f64::from(south.lat));
                let lon =
                    f64::from(south.lon) + share * (f64::from(north.lon) - f64::from(south.lon));
                if lon < f64::from(at.lon) && nearest.is_none_or(|(best, _)| lon > best) {
                    nearest = Some((lon, east));
                }
            }
        }
        let by_inner = nearest.map(|(_, face)| face);
        let face = by_inner.or_else(|| {
            let mut west = self.border_pieces(cell, 3);
            let found = west.find(|(range, _)| range[0] <= at.lat && at.lat <= range[1]);
            found.map(|(_, face)| face)
        })?;
        self.faces[face as usize].dry.then_some(face)
    }
}
