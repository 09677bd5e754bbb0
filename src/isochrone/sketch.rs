//! What is drawn of reached strokes: distances, and faces of cells that a shore cuts.

use super::field::{FAR, Field, RUN};
use super::lattice::{Cell, Lattice, TileAt, tile_of};
use super::shapes::between;
use super::shore::{Faces, Shore, Sight};
use super::stroke::{NEAR, REACH, Stroke};
use crate::plane::{LonLat, distance_metres};

/// What has been drawn, to be used again and again.
#[derive(Clone, Debug, Default)]
pub(super) struct Sketch {
    pub field: Field,
    pub faces: Faces,
    sight: Sight,
}

/// What a whole walk adds to a sketch: the same wherever it is reached from.
#[derive(Clone, Debug)]
pub(super) struct Stamp {
    /// The south-westernmost and the north-easternmost tile.
    window: Option<[TileAt; 2]>,
    /// The tiles, each with the end of its runs.
    tiles: Box<[(TileAt, u32)]>,
    /// Runs of distances, each with its number in the tile.
    runs: Box<[(u8, [u16; RUN])]>,
    faces: Box<[u32]>,
}

impl Stamp {
    /// All of a sketch.
    pub fn of(sketch: &Sketch) -> Self {
        let at = sketch.field.tiles();
        let drawn = |run: &&[u16; RUN]| **run != [FAR; RUN];
        // Counted first, so that nothing is moved while it grows.
        let all = at.iter().filter_map(|&at| sketch.field.tile(at)).flatten();
        let mut runs = Vec::with_capacity(all.filter(drawn).count());
        let mut tiles = Vec::with_capacity(at.len());
        for &at in at {
            for (number, run) in (0..).zip(sketch.field.tile(at).into_iter().flatten()) {
                if drawn(&run) {
                    runs.push((number, *run));
                }
            }
            tiles.push((at, runs.len() as u32));
        }
        Self {
            window: window(at.iter().copied()),
            tiles: tiles.into(),
            runs: runs.into(),
            faces: sketch.faces.list().into(),
        }
    }

    /// The corners of the tiles that it touches.
    pub fn window(&self) -> Option<[TileAt; 2]> {
        self.window
    }
}

/// The south-westernmost and the north-easternmost of tiles.
pub(super) fn window(tiles: impl Iterator<Item = TileAt>) -> Option<[TileAt; 2]> {
    tiles.fold(None, |window, at| {
        let [low, high] = window.unwrap_or([at, at]);
        Some([
            [low[0].min(at[0]), low[1].min(at[1])],
            [high[0].max(at[0]), high[1].max(at[1])],
        ])
    })
}

impl Sketch {
    /// Forgets everything; then tiles from `low` to `high` may be drawn on.
    pub fn begin(&mut self, [low, high]: [TileAt; 2], shore: &Shore) {
        self.field.begin(low, high);
        self.faces.begin(shore);
    }

    /// Adds a whole walk.
    pub fn add(&mut self, stamp: &Stamp) {
        let mut from = 0;
        for &(at, to) in &stamp.tiles {
            self.field
                .lower_runs(at, &stamp.runs[from as usize..to as usize]);
            from = to;
        }
        stamp.faces.iter().for_each(|&face| self.faces.reach(face));
    }

    /// Draws a stroke without water near by.
    pub fn draw(&mut self, stroke: &Stroke) {
        self.field.draw(stroke);
    }

    /// Draws a stroke with water near by: only what is seen from it.
    pub fn draw_near(&mut self, stroke: &Stroke, shore: &Shore, lattice: &Lattice) {
        let Self {
            field,
            faces,
            sight,
        } = self;
        let [low, high] = stroke.bounds(NEAR).map(|at| tile_of(lattice.cell(at)));
        field.touch(low, high);
        sight.look(shore, stroke);
        if sight.is_clear() {
            if !shore.is_wet(lattice.cell(stroke.ends[0])) {
                field.draw(stroke);
            }
            return;
        }
        field.draw_seen(stroke, |first| {
            let mut hidden = sight.hidden(stroke, first);
            for (hidden, wet) in hidden.iter_mut().zip(shore.wet_run(first)) {
                *hidden |= wet;
            }
            hidden
        });
        // In a dry cell that no water touches all is seen from what leads through it.
        lattice.each_touched(stroke.ends, |cell| {
            if shore.is_dry(cell) {
                for [x, y] in [[0, 0], [1, 0], [0, 1], [1, 1]] {
                    let corner: Cell = [cell[0] + x, cell[1] + y];
                    field.lower(
                        corner,
                        stroke.squared(stroke.turned(stroke.at_corner(corner))),
                    );
                }
            }
        });
        let around = stroke.bounds(REACH).map(|at| lattice.cell(at));
        shore.each_cell(around, |cell| {
            for (face, witness) in shore.dry_faces(cell) {
                if faces.reached(face) {
                    continue;
                }
                let at = stroke.metres(witness);
                let near = stroke.squared(stroke.turned(at)) <= REACH * REACH;
                if near && sight.sees(stroke, at) {
                    faces.reach(face);
                }
            }
        });
    }

    /// The dry faces under a leg, which crosses no water.
    pub fn draw_under(&mut self, ends: [LonLat; 2], shore: &Shore, lattice: &Lattice) {
        let steps = distance_metres(ends[0], ends[1]).ceil().max(1.0);
        for step in 0..=steps as u32 {
            let at = between(ends, f64::from(step) / steps);
            let cell = shore.cell(lattice.cell(at));
            let face = cell.and_then(|cell| shore.dry_face_at(cell, at));
            if let Some(face) = face {
                self.faces.reach(face);
            }
        }
    }
}
