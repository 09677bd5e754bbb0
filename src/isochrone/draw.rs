//! Polygons of reached parts.

use std::sync::OnceLock;

use super::chain::Chains;
use super::lattice::{Lattice, TileAt, tile_of};
use super::outline::{Sides, Step, Tracer};
use super::rings::polygons;
use super::shapes::Shapes;
use super::shore::Shore;
use super::sketch::{Sketch, Stamp, window};
use super::stroke::{NEAR, Stroke};
use crate::network::{WalkId, WalkNetwork, Water};
use crate::plane::{LonLat, PolygonRings, bounds};
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
    /// What each walk adds where all of it is reached, made when it is first wanted:
    /// most of what a walker reaches are whole walks, met from many places.
    stamps: Vec<OnceLock<Stamp>>,
}

/// One worker's arrays, to be used again and again.
#[derive(Clone, Debug, Default)]
pub struct Pencil {
    sketch: Sketch,
    /// What a stamp is made on.
    walk: Sketch,
    steps: Vec<Step>,
    sides: Sides,
    chains: Chains,
    /// What is drawn: whole walks with their limits, parts of walks, and strokes.
    whole: Vec<(u32, WalkId)>,
    cut: Vec<Part>,
    strokes: Vec<Drawn>,
}

/// A stroke to be drawn: of a part of a walk, or of a leg.
#[derive(Clone, Copy, Debug)]
struct Drawn {
    limit: u32,
    /// Whether water is near by.
    near: bool,
    leg: bool,
    ends: [LonLat; 2],
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
            stamps: vec![OnceLock::new(); network.walks().len()],
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
        self.find_strokes(parts, legs, pencil);
        for &(_, walk) in &pencil.whole {
            let stamp = &self.stamps[walk.0 as usize];
            stamp.get_or_init(|| self.stamp(walk, &mut pencil.walk));
        }
        let Some(window) = self.window(pencil) else {
            return vec![Vec::new(); limits];
        };
        pencil.sketch.begin(window, &self.shore);
        let drawn = (0..limits as u32).map(|limit| {
            self.add(limit, pencil);
            let tracer = Tracer {
                lattice: &self.lattice,
                field: &pencil.sketch.field,
                shore: &self.shore,
                faces: &pencil.sketch.faces,
            };
            tracer.steps(&mut pencil.steps, &mut pencil.sides);
            polygons(&pencil.steps, &self.lattice, &mut pencil.chains)
        });
        drawn.collect()
    }

    /// Whether a part is all of its walk.
    fn is_whole(&self, part: &Part) -> bool {
        part.from == 0 && part.to >= self.shapes.length(self.network, part.walk)
    }

    /// Finds the whole walks, and the strokes of legs and of parts that are not whole.
    fn find_strokes(&self, parts: &[Part], legs: &[Leg], pencil: &mut Pencil) {
        let Pencil {
            whole,
            cut,
            strokes,
            ..
        } = pencil;
        whole.clear();
        cut.clear();
        strokes.clear();
        for part in parts {
            if self.is_whole(part) {
                whole.push((part.limit, part.walk));
                continue;
            }
            cut.push(*part);
            let near = self.shore.is_near(part.walk);
            let within = [part.from, part.to];
            self.shapes
                .each_piece(self.network, part.walk, within, |ends| {
                    strokes.push(Drawn {
                        limit: part.limit,
                        near,
                        leg: false,
                        ends,
                    });
                });
        }
        strokes.extend(legs.iter().map(|leg| Drawn {
            limit: leg.limit,
            near: true,
            leg: true,
            ends: leg.ends,
        }));
    }

    /// Draws what belongs to a limit.
    fn add(&self, limit: u32, pencil: &mut Pencil) {
        let sketch = &mut pencil.sketch;
        for &(_, walk) in pencil.whole.iter().filter(|(own, _)| *own == limit) {
            if let Some(stamp) = self.stamps[walk.0 as usize].get() {
                sketch.add(stamp);
            }
        }
        for part in pencil.cut.iter().filter(|part| part.limit == limit) {
            self.shore
                .passed(part.walk, part.from, part.to)
                .for_each(|face| sketch.faces.reach(face));
        }
        for drawn in pencil.strokes.iter().filter(|drawn| drawn.limit == limit) {
            let stroke = Stroke::new(drawn.ends, &self.lattice);
            if drawn.near {
                sketch.draw_near(&stroke, &self.shore, &self.lattice);
            } else {
                sketch.draw(&stroke);
            }
            if drawn.leg {
                sketch.draw_under(drawn.ends, &self.shore, &self.lattice);
            }
        }
    }

    /// What a whole walk adds.
    fn stamp(&self, walk: WalkId, sketch: &mut Sketch) -> Stamp {
        let shape = self.network.shape(walk);
        if let Some(window) = bounds(shape.iter().copied()).map(|around| self.tiles(around.into()))
        {
            sketch.begin(window, &self.shore);
        }
        for (ends, _) in self.shapes.pieces(self.network, walk) {
            let stroke = Stroke::new(ends, &self.lattice);
            if self.shore.is_near(walk) {
                sketch.draw_near(&stroke, &self.shore, &self.lattice);
            } else {
                sketch.draw(&stroke);
            }
        }
        let passed = self.shore.passed(walk, 0, u64::MAX);
        passed.for_each(|face| sketch.faces.reach(face));
        Stamp::of(sketch)
    }

    /// The tiles around what lies between two corners.
    fn tiles(&self, around: [LonLat; 2]) -> [TileAt; 2] {
        let reached = Stroke::new(around, &self.lattice).bounds(2.0 * NEAR);
        reached.map(|at| tile_of(self.lattice.cell(at)))
    }

    /// The tiles around everything that is drawn.
    fn window(&self, pencil: &Pencil) -> Option<[TileAt; 2]> {
        let around = bounds(pencil.strokes.iter().flat_map(|drawn| drawn.ends));
        let by_strokes = around
            .into_iter()
            .flat_map(|around| self.tiles(around.into()));
        let whole = pencil.whole.iter();
        let stamps = whole.filter_map(|(_, walk)| self.stamps[walk.0 as usize].get());
        window(by_strokes.chain(stamps.filter_map(Stamp::window).flatten()))
    }
}
