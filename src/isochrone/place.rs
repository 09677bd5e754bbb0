//! The isochrones of places.

use super::draw::{Canvas, Leg, Pencil};
use super::leg::Ways;
use crate::link::{Going, Links};
use crate::network::{Compounds, WalkGraph};
use crate::plane::{LonLat, Plane, PolygonRings};
use crate::profile::Walker;
use crate::reach::{Stop, Stops, Surveyor, Territory};
use crate::units::Cost;

/// The isochrones of many places for one walker, each given by its entrances.
pub struct Isochrones<'a> {
    graph: &'a WalkGraph,
    walker: &'a Walker,
    territory: Territory<'a>,
    ways: Ways<'a>,
    entrances: &'a [&'a [LonLat]],
    links: &'a Links,
    stops: Stops,
}

/// One worker's arrays, to be used again and again.
#[derive(Clone, Debug)]
pub struct Worker {
    surveyor: Surveyor,
    pencil: Pencil,
}

impl<'a> Isochrones<'a> {
    /// From places (`Going::Out`), or towards them: where their visitors come from
    /// (`Going::In`). `links` are those of the places, in their order.
    pub fn of(
        canvas: &'a Canvas<'a>,
        graph: &'a WalkGraph,
        walker: &'a Walker,
        entrances: &'a [&'a [LonLat]],
        links: &'a Links,
        going: Going,
    ) -> Self {
        Self {
            graph,
            walker,
            territory: Territory::of(graph),
            ways: Ways {
                canvas,
                compounds: None,
                going,
            },
            entrances,
            links,
            stops: Stops::of(links, graph, walker, going),
        }
    }

    /// The same with the compounds of the city, so that legs to their gates are drawn.
    pub fn with_compounds(self, compounds: &'a Compounds) -> Self {
        let ways = Ways {
            compounds: Some(compounds),
            ..self.ways
        };
        Self { ways, ..self }
    }

    /// A worker for [`Self::around`].
    pub fn worker(&self) -> Worker {
        Worker {
            surveyor: self.territory.surveyor(),
            pencil: Pencil::default(),
        }
    }

    /// For every limit the polygons of what is within it of one of the places, in one:
    /// of a single place its isochrone, of all that offer something its catchment. None
    /// around places without a link.
    ///
    /// # Units
    /// `limits` in the cost of the graph, ascending.
    pub fn around(
        &self,
        places: &[u32],
        limits: &[Cost],
        worker: &mut Worker,
    ) -> Vec<Vec<PolygonRings>> {
        let places = places.iter().map(|&place| place as usize);
        let linked = places.filter(|&place| self.links.unlinked(place).is_none());
        let mut stops: Vec<Stop> = Vec::new();
        let mut legs: Vec<Leg> = Vec::new();
        for place in linked {
            stops.extend(self.stops.at(place));
            let cost = |millimetres| self.walker.plain_cost(self.graph.kind(), millimetres);
            let links = self.links.of(place);
            self.ways
                .legs(self.entrances[place], links, limits, cost, &mut legs);
        }
        let going = self.ways.going;
        let parts = self
            .territory
            .parts(&stops, going, limits, &mut worker.surveyor);
        let canvas = self.ways.canvas;
        canvas.draw(&parts, &legs, limits.len(), &mut worker.pencil)
    }
}

/// The surface of polygons without their holes.
///
/// # Units
/// Square metres, each polygon in the plane around its first place.
pub fn square_metres(polygons: &[PolygonRings]) -> f64 {
    let of_ring = |ring: &Vec<LonLat>, plane: &Plane| -> f64 {
        let metres = ring.iter().map(|&at| plane.metres(at));
        let places: Vec<[f64; 2]> = metres.collect();
        let turns = places.windows(2).map(|pair| {
            let [a, b] = [pair[0], pair[1]];
            a[0] * b[1] - a[1] * b[0]
        });
        turns.sum::<f64>() / 2.0
    };
    let of_polygon = |polygon: &PolygonRings| {
        let plane = Plane::at(polygon.outer[0]);
        let rings = std::iter::once(&polygon.outer).chain(&polygon.holes);
        rings.map(|ring| of_ring(ring, &plane)).sum::<f64>()
    };
    // Holes are drawn the other way round.
    polygons.iter().map(of_polygon).sum::<f64>().abs()
}
