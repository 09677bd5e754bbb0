//! The network with nothing contracted, as any routing package loads it.

use super::stop::{Stop, Stops};
use crate::network::{WalkGraph, WalkId, WalkNetwork};
use crate::places::FacilitySet;
use crate::plane::{LonLat, distance_millimetres};
use crate::units::Cost;

/// The vertices of the walks that a walker may use: the nodes of the graph by their own
/// numbers, then what lies between them, walk by walk.
pub struct Vertices<'a> {
    graph: &'a WalkGraph,
    places: Vec<LonLat>,
    /// For every walk the number of its first vertex between its ends, and one more.
    first: Vec<u32>,
    /// For every vertex between ends its cost from the walk's first end.
    along: Vec<Cost>,
}

impl<'a> Vertices<'a> {
    /// The vertices of a network, priced as in its graph: a walk's cost is divided among
    /// its pieces without a rest.
    pub fn of(network: &WalkNetwork, graph: &'a WalkGraph) -> Self {
        let mut places: Vec<LonLat> = network.junctions().iter().map(|at| at.at).collect();
        // A junction that is not passed has a node for every walk.
        for (walk, arc) in network.walk_ids().zip(graph.arcs()) {
            for (end, node) in network.walk(walk).ends.iter().zip(arc.ends) {
                if node as usize == places.len() {
                    places.push(network.junctions()[end.0 as usize].at);
                }
            }
        }
        let (mut first, mut along) = (vec![places.len() as u32], Vec::new());
        for (walk, arc) in network.walk_ids().zip(graph.arcs()) {
            let shape = network.shape(walk);
            if arc.usable() {
                let between = shape.windows(2).take(shape.len().saturating_sub(2));
                let mut millimetres = 0;
                for piece in between {
                    millimetres += distance_millimetres(piece[0], piece[1]);
                    along.push(arc.cost_to(millimetres));
                    places.push(piece[1]);
                }
            }
            first.push(places.len() as u32);
        }
        Self {
            graph,
            places,
            first,
            along,
        }
    }

    /// Where they lie, by number.
    pub fn places(&self) -> &[LonLat] {
        &self.places
    }

    /// Every vertex as a place of its own, to search from. Who is at a junction waited
    /// there already; a junction without a walk has no stop.
    pub fn stops(&self) -> Stops {
        let mut stops = vec![None; self.places.len()];
        for (walk, arc) in (0..).map(WalkId).zip(self.graph.arcs()) {
            if arc.usable() {
                for node in arc.ends {
                    let junction = Stop {
                        walk,
                        along: 0,
                        junction: Some(node),
                        gap: 0,
                    };
                    stops[node as usize].get_or_insert(junction);
                }
            }
            for (vertex, stop) in self.between(walk) {
                stops[vertex as usize] = Some(stop);
            }
        }
        Stops::one_each(stops)
    }

    /// The vertices between the ends of a walk, from its first end.
    fn between(&self, walk: WalkId) -> impl DoubleEndedIterator<Item = (u32, Stop)> + '_ {
        let nodes = self.graph.node_count() as u32;
        let numbers = self.first[walk.0 as usize]..self.first[walk.0 as usize + 1];
        numbers.map(move |vertex| {
            let along = self.along[(vertex - nodes) as usize];
            (vertex, on(walk, along))
        })
    }

    /// The vertices just before and just behind a stop, or at it.
    fn beside(&self, stop: Stop) -> impl Iterator<Item = (u32, Stop)> + '_ {
        let before = self.between(stop.walk).rev();
        let before = before.skip_while(move |(_, at)| at.along > stop.along);
        let behind = self.between(stop.walk);
        let behind = behind.skip_while(move |(_, at)| at.along < stop.along);
        before.take(1).chain(behind.take(1))
    }

    /// The pieces of walks from vertex to vertex, each way that is open.
    fn pieces(&self, edges: &mut Vec<(u32, u32, Cost)>) {
        for (walk, arc) in (0..).map(WalkId).zip(self.graph.arcs()) {
            if !arc.usable() {
                continue;
            }
            let mut line = vec![(arc.ends[0], 0)];
            line.extend(self.between(walk).map(|(vertex, at)| (vertex, at.along)));
            line.push((arc.ends[1], arc.cost));
            let last = line.len() - 2;
            for (number, piece) in line.windows(2).enumerate() {
                let [(one, from), (other, to)] = [piece[0], piece[1]];
                let arrival = |end: usize, at: usize| if number == at { arc.wait[end] } else { 0 };
                if arc.open[0] {
                    edges.push((one, other, (to - from).saturating_add(arrival(1, last))));
                }
                if arc.open[1] {
                    edges.push((other, one, (to - from).saturating_add(arrival(0, 0))));
                }
            }
            // Who stands at an end is there, whatever the walk's direction.
            let at_end = |at: &Stop| at.along == 0 || at.along == arc.cost;
            for (vertex, at) in self.between(walk).filter(|(_, at)| at_end(at)) {
                edges.extend(at.departures(arc).map(|(end, cost)| (vertex, end, cost)));
            }
        }
    }
}

fn on(walk: WalkId, along: Cost) -> Stop {
    Stop {
        walk,
        along,
        junction: None,
        gap: 0,
    }
}

/// A directed graph of vertices, facilities and sources, in which from every vertex and
/// every source the shortest path to a facility costs what it costs by
/// [`super::Trips::nearest`] and [`super::Trips::count`].
///
/// Its nodes are the [`Vertices`], the facilities that belong to a set, ascending, and the
/// sources. No edge leaves a facility, none leads to a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlainGraph {
    vertices: u32,
    facilities: Vec<u32>,
    edges: Vec<(u32, u32, Cost)>,
}

impl PlainGraph {
    /// The graph of the vertices, of what belongs to the sets, and of all sources.
    pub fn of(
        vertices: &Vertices,
        facilities: &Stops,
        sets: &[FacilitySet],
        sources: &Stops,
    ) -> Self {
        let mut wanted: Vec<u32> = sets.iter().flat_map(|set| set.0.iter().copied()).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let mut plain = Self {
            vertices: vertices.places.len() as u32,
            facilities: wanted,
            edges: Vec::new(),
        };
        let mut edges = Vec::new();
        vertices.pieces(&mut edges);
        let mut on_walk = Vec::new();
        for (node, facility) in plain.facilities() {
            for &stop in facilities.at(facility as usize) {
                let arc = vertices.graph.arc(stop.walk);
                on_walk.push((stop.walk, node, stop));
                edges.extend(stop.arrivals(arc).map(|(end, cost)| (end, node, cost)));
                let walked =
                    |(vertex, at): (u32, Stop)| Some((vertex, node, at.straight_to(stop, arc)?));
                edges.extend(vertices.beside(stop).filter_map(walked));
            }
        }
        on_walk.sort_unstable();
        for place in 0..sources.len() {
            let node = plain.source(place);
            for &stop in sources.at(place) {
                let arc = vertices.graph.arc(stop.walk);
                edges.extend(stop.departures(arc).map(|(end, cost)| (node, end, cost)));
                let walked =
                    |(vertex, at): (u32, Stop)| Some((node, vertex, stop.straight_to(at, arc)?));
                edges.extend(vertices.beside(stop).filter_map(walked));
                let from = on_walk.partition_point(|there| there.0 < stop.walk);
                let same = on_walk[from..]
                    .iter()
                    .take_while(|there| there.0 == stop.walk);
                let straight = |there: &(WalkId, u32, Stop)| {
                    Some((node, there.1, stop.straight_to(there.2, arc)?))
                };
                edges.extend(same.filter_map(straight));
            }
            let met = sources.met(place).iter();
            edges.extend(
                met.filter_map(|&(facility, cost)| Some((node, plain.facility(facility)?, cost))),
            );
        }
        edges.retain(|&(from, to, _)| from != to);
        edges.sort_unstable();
        // Of parallel edges the cheapest is enough.
        edges.dedup_by_key(|&mut (from, to, _)| (from, to));
        plain.edges = edges;
        plain
    }

    /// From, to and cost, ascending; one edge at most from one node to another.
    pub fn edges(&self) -> &[(u32, u32, Cost)] {
        &self.edges
    }

    /// The facilities, each with its node.
    pub fn facilities(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        (self.vertices..).zip(self.facilities.iter().copied())
    }

    /// The node of a facility, if it belongs to a set.
    pub fn facility(&self, facility: u32) -> Option<u32> {
        let at = self.facilities.binary_search(&facility).ok()?;
        Some(self.vertices + at as u32)
    }

    /// The node of a source.
    pub fn source(&self, place: usize) -> u32 {
        self.vertices + (self.facilities.len() + place) as u32
    }
}
