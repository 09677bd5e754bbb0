//! For every corner of the lattice the distance to what is reached, tile by tile
//! where anything is.

use super::lattice::{Cell, TILE, TileAt, in_tile, tile_of};
use super::stroke::{MEASURED, Stroke};

const SIDE: usize = TILE as usize;

/// Squared distances of the corners of a tile, row by row.
pub(super) type Tile = [f32; SIDE * SIDE];

/// What no distance was measured to.
pub(super) const FAR: f32 = MEASURED * MEASURED;

/// A sparse grid of squared distances, to be used again and again.
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
                Some(old) => old.fill(FAR),
                None => self.tiles.push([FAR; SIDE * SIDE]),
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

    /// The squared distance of a corner.
    pub fn value(&self, corner: Cell) -> f32 {
        let [column, row] = in_tile(corner);
        self.tile(tile_of(corner))
            .map_or(FAR, |tile| tile[row * SIDE + column])
    }

    /// Lowers the squared distance of a corner.
    pub fn lower(&mut self, corner: Cell, squared: f32) {
        let [column, row] = in_tile(corner);
        if let Some(tile) = self.tile_mut(tile_of(corner)) {
            let value = &mut tile[row * SIDE + column];
            *value = value.min(squared);
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
                    let values = &mut values[line * SIDE + first..][..count];
                    for (step, value) in (0u16..).zip(values) {
                        let x = x + f32::from(step) * width;
                        *value = value.min(stroke.squared([x, y]));
                    }
                }
                from = last + 1;
            }
        }
    }

    /// Calls `each` with every corner around a stroke and its squared distance, and
    /// lowers it where `each` says so.
    pub fn draw_where(&mut self, stroke: &Stroke, mut each: impl FnMut(Cell, [f32; 2]) -> bool) {
        for row in stroke.rows() {
            let [from, to] = stroke.columns(row);
            for column in from..=to {
                let corner = [column, row];
                let at = stroke.at_corner(corner);
                let squared = stroke.squared(at);
                if squared < self.value(corner) && each(corner, at) {
                    self.lower(corner, squared);
                }
            }
        }
    }
}
