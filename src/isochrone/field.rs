//! For every corner of the lattice the distance to what is reached, tile by tile
//! where anything is.

use super::lattice::{Cell, TILE, TileAt, in_tile, tile_of};
use super::stroke::{MEASURED, Stroke};

const SIDE: usize = TILE as usize;

/// Corners beside each other in a row: what a processor compares at once.
pub(super) const RUN: usize = 8;

/// Distances of the corners of a tile, row by row, in runs.
///
/// # Units
/// Whole millimetres: they are compared exactly, and 16 bits hold them.
pub(super) type Tile = [[u16; RUN]; SIDE * SIDE / RUN];

/// What no distance was measured to.
pub(super) const FAR: u16 = MEASURED as u16 * 1_000;

const EMPTY: Tile = [[FAR; RUN]; SIDE * SIDE / RUN];

/// A distance from its square.
fn millimetres(squared: f32) -> u16 {
    ((squared.sqrt() * 1_000.0) as u16).min(FAR)
}

/// Where in a tile a corner stands: the run, and the place in it.
fn run_of(corner: Cell) -> [usize; 2] {
    let [column, row] = in_tile(corner);
    let at = row * SIDE + column;
    [at / RUN, at % RUN]
}

/// Lowers distances to others.
fn lower_run(values: &mut [u16; RUN], others: &[u16; RUN]) {
    for (value, &other) in values.iter_mut().zip(others) {
        *value = (*value).min(other);
    }
}

/// A sparse grid of distances, to be used again and again.
#[derive(Clone, Debug, Default)]
pub(super) struct Field {
    low: TileAt,
    size: [i32; 2],
    /// For every tile of the window 1 + its place in `tiles`; 0 where there is none.
    directory: Vec<u32>,
    tiles: Vec<Tile>,
    at: Vec<TileAt>,
}

impl Field {
    /// Forgets everything; then tiles from `low` to `high` may be drawn on.
    pub fn begin(&mut self, low: TileAt, high: TileAt) {
        self.low = low;
        self.size = [0, 1].map(|axis| high[axis] - low[axis] + 1);
        self.directory.clear();
        let count = self.size[0] as usize * self.size[1] as usize;
        self.directory.resize(count, 0);
        self.at.clear();
    }

    /// The tiles that were drawn on, in the order of drawing.
    pub fn tiles(&self) -> &[TileAt] {
        &self.at
    }

    fn place(&self, tile: TileAt) -> Option<usize> {
        let [x, y] = [0, 1].map(|axis| tile[axis] - self.low[axis]);
        ((0..self.size[0]).contains(&x) && (0..self.size[1]).contains(&y))
            .then(|| y as usize * self.size[0] as usize + x as usize)
    }

    /// A tile, where it was drawn on.
    pub fn tile(&self, tile: TileAt) -> Option<&Tile> {
        let known = self.directory[self.place(tile)?].checked_sub(1)?;
        self.tiles.get(known as usize)
    }

    /// A tile to draw on; `None` outside the window.
    pub fn tile_mut(&mut self, tile: TileAt) -> Option<&mut Tile> {
        let place = self.place(tile)?;
        if self.directory[place] == 0 {
            let next = self.at.len();
            self.at.push(tile);
            self.directory[place] = self.at.len() as u32;
            match self.tiles.get_mut(next) {
                Some(old) => *old = EMPTY,
                None => self.tiles.push(EMPTY),
            }
        }
        self.tiles.get_mut(self.directory[place] as usize - 1)
    }

    /// Makes tiles ready that may hold cells of an outline.
    pub fn touch(&mut self, low: TileAt, high: TileAt) {
        for row in low[1]..=high[1] {
            for column in low[0]..=high[0] {
                self.tile_mut([column, row]);
            }
        }
    }

    /// The distance of a corner.
    pub fn value(&self, corner: Cell) -> u16 {
        let [run, at] = run_of(corner);
        self.tile(tile_of(corner)).map_or(FAR, |tile| tile[run][at])
    }

    /// Lowers the distance of a corner to that of a squared one.
    pub fn lower(&mut self, corner: Cell, squared: f32) {
        let [run, at] = run_of(corner);
        if let Some(tile) = self.tile_mut(tile_of(corner)) {
            let value = &mut tile[run][at];
            *value = (*value).min(millimetres(squared));
        }
    }

    /// Lowers the distances of a tile by runs, each with its number in the tile.
    pub fn lower_runs(&mut self, tile: TileAt, runs: &[(u8, [u16; RUN])]) {
        if let Some(values) = self.tile_mut(tile) {
            for (at, run) in runs {
                lower_run(&mut values[usize::from(*at) % (SIDE * SIDE / RUN)], run);
            }
        }
    }

    /// Lowers the distances of all corners around a stroke, whatever lies between.
    pub fn draw(&mut self, stroke: &Stroke) {
        let width = stroke.cell_width();
        for row in stroke.rows() {
            let [mut from, to] = stroke.columns(row);
            while from <= to {
                let tile = tile_of([from, row]);
                let [first, line] = in_tile([from, row]);
                let last = to.min(tile[0] * TILE + TILE - 1);
                let count = (last - from + 1) as usize;
                let [x, y] = stroke.at_corner([from, row]);
                if let Some(values) = self.tile_mut(tile) {
                    let values = &mut values.as_flattened_mut()[line * SIDE + first..][..count];
                    for (step, value) in (0u16..).zip(values) {
                        let x = x + f32::from(step) * width;
                        *value = (*value).min(millimetres(stroke.squared([x, y])));
                    }
                }
                from = last + 1;
            }
        }
    }

    /// Calls `each` with every corner around a stroke that is nearer to it than known,
    /// and lowers its distance where `each` says so.
    pub fn draw_where(&mut self, stroke: &Stroke, mut each: impl FnMut(Cell, [f32; 2]) -> bool) {
        for row in stroke.rows() {
            let [from, to] = stroke.columns(row);
            for column in from..=to {
                let corner = [column, row];
                let at = stroke.at_corner(corner);
                let squared = stroke.squared(at);
                if millimetres(squared) < self.value(corner) && each(corner, at) {
                    self.lower(corner, squared);
                }
            }
        }
    }
}
