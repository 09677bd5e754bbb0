//! For every corner of the lattice the distance to what is reached, tile by tile
//! where anything is.

use super::lattice::{Cell, TILE, TileAt, in_tile, tile_of};
use super::stroke::{LANES, MEASURED, Stroke, smaller};

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

/// Distances of a run of corners from a stroke.
fn distances(stroke: &Stroke, first: Cell) -> [u16; RUN] {
    let row = stroke.row_from(first);
    let mut found = [FAR; RUN];
    for (found, lane) in found.iter_mut().zip(LANES) {
        let at = [row.along, row.beside].map(|[first, next]| first + lane * next);
        *found = millimetres(stroke.squared(at));
    }
    found
}

/// A distance from its square.
fn millimetres(squared: f32) -> u16 {
    rounded_down(smaller(squared, MEASURED * MEASURED).sqrt() * 1_000.0)
}

/// A number from 0 to 65,535 without its fraction. A cast does the same, but only one
/// at a time: it looks for what does not fit.
fn rounded_down(number: f32) -> u16 {
    // Between 2²³ and 2²⁴ the last bits of a number are its ones, rounded to the nearest.
    const SHIFT: f32 = 8_388_608.0;
    let nearest = number + SHIFT;
    let above = nearest - SHIFT > number;
    (nearest.to_bits() as u16).wrapping_sub(u16::from(above))
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
    /// The runs around a stroke, by row.
    runs: Vec<[i32; 2]>,
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

    /// Calls `each` with the runs of corners around a stroke: the first of the corners,
    /// and their distances. Corners that are too far to be measured are among them.
    fn each_run(&mut self, stroke: &Stroke, mut each: impl FnMut(Cell, &mut [u16; RUN])) {
        const RUNS: i32 = TILE / RUN as i32;
        let mut runs = std::mem::take(&mut self.runs);
        let first_row = stroke.runs(&mut runs);
        let last_row = first_row + runs.len() as i32 - 1;
        for tile_row in first_row.div_euclid(TILE)..=last_row.div_euclid(TILE) {
            let rows = first_row.max(tile_row * TILE)..=last_row.min(tile_row * TILE + TILE - 1);
            let of_rows = *rows.start() - first_row..=*rows.end() - first_row;
            let of_rows = &runs[*of_rows.start() as usize..=*of_rows.end() as usize];
            let from = of_rows.iter().map(|run| run[0]).min();
            let to = of_rows.iter().map(|run| run[1]).max();
            let (Some(from), Some(to)) = (from, to) else {
                continue;
            };
            for tile in from.div_euclid(RUNS)..=to.div_euclid(RUNS) {
                let within =
                    |[from, to]: [i32; 2]| (from.max(tile * RUNS), to.min(tile * RUNS + RUNS - 1));
                let meets = |&run: &[i32; 2]| within(run).0 <= within(run).1;
                if !of_rows.iter().any(meets) {
                    continue;
                }
                let Some(values) = self.tile_mut([tile, tile_row]) else {
                    continue;
                };
                let lines = values.chunks_exact_mut(RUNS as usize);
                let lines = lines.skip(rows.start().rem_euclid(TILE) as usize);
                for ((row, &run), line) in rows.clone().zip(of_rows).zip(lines) {
                    let (from, to) = within(run);
                    for run in from..=to {
                        let own = &mut line[(run - tile * RUNS) as usize];
                        each([run * RUN as i32, row], own);
                    }
                }
            }
        }
        self.runs = runs;
    }

    /// Lowers the distances of all corners around a stroke, whatever lies between.
    pub fn draw(&mut self, stroke: &Stroke) {
        self.each_run(stroke, |first, values| {
            lower_run(values, &distances(stroke, first));
        });
    }

    /// The same without those corners that are hidden: `hidden` tells of a run which are,
    /// by all bits of a number.
    pub fn draw_seen(&mut self, stroke: &Stroke, mut hidden: impl FnMut(Cell) -> [u16; RUN]) {
        self.each_run(stroke, |first, values| {
            let mut nearer = distances(stroke, first);
            let pairs = nearer.iter().zip(&*values);
            let any = pairs.fold(0, |any, (near, value)| any | u16::from(near < value));
            if any != 0 {
                for (near, hidden) in nearer.iter_mut().zip(hidden(first)) {
                    *near |= hidden;
                }
                lower_run(values, &nearer);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_are_cut_off() {
        for whole in 0..=FAR {
            let number = f32::from(whole);
            for number in [
                number,
                number.next_up(),
                number + 0.5,
                (number + 1.0).next_down(),
            ] {
                assert_eq!(rounded_down(number), number as u16, "{number:?}");
            }
        }
        assert_eq!(millimetres(1_600.0), 40_000);
        assert_eq!(millimetres(1e9), FAR);
    }
}
