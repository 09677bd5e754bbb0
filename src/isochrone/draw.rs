//! Polygons of reached parts.

use super::field::Field;
use super::lattice::{Lattice, TileAt, tile_of};
use super::outline::{Step, Tracer};
use super::rings::polygons;
use super::shapes::{Shapes, between};
use super::shore::{Faces, Shore, Sight};
use super::stroke::{NEAR, REACH, Stroke};
use crate::network::{WalkId, WalkNetwork, Water};
use crate::plane::{LonLat, PolygonRings, bounds, distance_metres};
use crate::reach::Part;

/// A straight leg off the network, from a place, as far as it is walked within a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leg {
    /// The limit, as an index into the list of limits.
    pub limit: u32,
    /// From where to where; both may be the same.
    pub ends: [LonLat; 2],
}

/// Draws isochrones on one lattice: what every isochrone of a city needs.
#[derive(Clone, Debug)]
pub struct Canvas<'a> {
    network: &'a WalkNetwork,
    lattice: Lattice,
    shapes: Shapes,
    shore: Shore,
}

/// One worker's arrays, to be used again and again.
#[derive(Clone, Debug, Default)]
pub struct Pencil {
    field: Field,
    faces: Faces,
    sight: Sight,
    steps: Vec<Step>,
    /// What is drawn: its limit, its walk with water near by, and its ends.
    strokes: Vec<(u32, bool, [LonLat; 2])>,
}

impl<'a> Canvas<'a> {
    /// The lattice, and the shores near the walks of a network.
    pub fn of(network: &'a WalkNetwork, water: &Water) -> Self {
        let lats = || network.junctions().iter().map(|junction| junction.at.lat);
        let (south, north) = (lats().min().unwrap_or(0), lats().max().unwrap_or(0));
        let lattice = Lattice::between(south, north);
        let shapes = Shapes::of(network);
        let shore = Shore::of(network, &shapes, water, &lattice);
        Self {
            network,
            lattice,
            shapes,
            shore,
        }
    }

    /// The place at a position of a walk.
    ///
    /// # Units
    /// `along` in millimetres from the walk's first end.
    pub fn place(&self, walk: WalkId, along: u64) -> LonLat {
        self.shapes.place(self.network, walk, along)
    }

    /// For every limit the polygons of the points within 40 m of a part or a leg that
    /// belongs to it or to a lower one, not across water. They are valid; those of a
    /// limit hold those of every lower one. Outer rings are drawn counterclockwise,
    /// holes clockwise.
    pub fn draw(
        &self,
        parts: &[Part],
        legs: &[Leg],
        limits: usize,
        pencil: &mut Pencil,
    ) -> Vec<Vec<PolygonRings>> {
        pencil.strokes.clear();
        for part in parts {
            let near = self.shore.is_near(part.walk);
            let strokes = &mut pencil.strokes;
            let within = [part.from, part.to];
            self.shapes
                .each_piece(self.network, part.walk, within, |ends| {
                    strokes.push((part.limit, near, ends));
                });
        }
        let legs = legs.iter().map(|leg| (leg.limit, true, leg.ends));
        let first_leg = pencil.strokes.len();
        pencil.strokes.extend(legs);
        let Some([low, high]) = self.window(&pencil.strokes) else {
            return vec![Vec::new(); limits];
        };
        pencil.field.begin(low, high);
        pencil.faces.begin(&self.shore);
        let strokes = std::mem::take(&mut pencil.strokes);
        let drawn = (0..limits as u32).map(|limit| {
            for (number, &(own, near, ends)) in strokes.iter().enumerate() {
                if own == limit {
                    let stroke = Stroke::new(ends, &self.lattice);
                    if near {
                        self.draw_near(&stroke, pencil);
                    } else {
                        pencil.field.draw(&stroke);
                    }
                    if number >= first_leg {
                        self.draw_under(ends, pencil);
                    }
                }
            }
            for part in parts.iter().filter(|part| part.limit == limit) {
                let passed = self.shore.passed(part.walk, part.from, part.to);
                passed.for_each(|face| pencil.faces.reach(face));
            }
            let tracer = Tracer {
                lattice: &self.lattice,
                field: &pencil.field,
                shore: &self.shore,
                faces: &pencil.faces,
            };
            tracer.steps(&mut pencil.steps);
            polygons(&mut pencil.steps, &self.lattice)
        });
        let drawn = drawn.collect();
        pencil.strokes = strokes;
        drawn
    }

    /// The tiles around everything that is drawn.
    fn window(&self, strokes: &[(u32, bool, [LonLat; 2])]) -> Option<[TileAt; 2]> {
        let (low, high) = bounds(strokes.iter().flat_map(|stroke| stroke.2))?;
        let reached = Stroke::new([low, high], &self.lattice).bounds(2.0 * NEAR);
        Some(reached.map(|at| tile_of(self.lattice.cell(at))))
    }

    /// A stroke with water near by: only what is seen from it.
    fn draw_near(&self, stroke: &Stroke, pencil: &mut Pencil) {
        let Pencil {
            field,
            faces,
            sight,
            ..
        } = pencil;
        let [low, high] = stroke.bounds(NEAR).map(|at| tile_of(self.lattice.cell(at)));
        field.touch(low, high);
        sight.look(&self.shore, stroke);
        let is_wet = |at: LonLat| self.shore.is_wet(self.lattice.cell(at));
        if sight.is_clear() {
            if !is_wet(stroke.ends[0]) {
                field.draw(stroke);
            }
            return;
        }
        field.draw_where(stroke, |corner, at| {
            !self.shore.is_wet(corner) && sight.sees(stroke, at)
        });
        // In a dry cell that no water touches all is seen from what leads through it.
        self.lattice.each_touched(stroke.ends, |cell| {
            if self.shore.cell(cell).is_none() && !self.shore.is_wet(cell) {
                for [x, y] in [[0, 0], [1, 0], [0, 1], [1, 1]] {
                    let corner = [cell[0] + x, cell[1] + y];
                    field.lower(corner, stroke.squared(stroke.at_corner(corner)));
                }
            }
        });
        let [low, high] = stroke.bounds(REACH).map(|at| self.lattice.cell(at));
        for row in low[1]..=high[1] {
            for cell in (low[0]..=high[0]).filter_map(|column| self.shore.cell([column, row])) {
                for (face, witness) in self.shore.dry_faces(cell) {
                    let at = stroke.metres(witness);
                    let near = stroke.squared(at) <= REACH * REACH;
                    if !faces.reached(face) && near && sight.sees(stroke, at) {
                        faces.reach(face);
                    }
                }
            }
        }
    }

    /// The dry faces under a leg, which crosses no water.
    fn draw_under(&self, ends: [LonLat; 2], pencil: &mut Pencil) {
        let steps = distance_metres(ends[0], ends[1]).ceil().max(1.0);
        for step in 0..=steps as u32 {
            let at = between(ends, f64::from(step) / steps);
            let cell = self.shore.cell(self.lattice.cell(at));
            let face = cell.and_then(|cell| self.shore.dry_face_at(cell, at));
            if let Some(face) = face {
                pencil.faces.reach(face);
            }
        }
    }
}
