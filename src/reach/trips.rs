//! Trips from origins to destinations: where they begin, where they end, and what is
//! nearest.

use std::sync::Arc;

use rayon::prelude::*;

use super::label::Label;
use super::stop::Stops;
use super::{Nearest, Search};
use crate::grouped::Grouped;
use crate::network::WalkGraph;
use crate::places::FacilitySet;
use crate::units::Cost;

/// Trips from every origin to every destination, on one graph.
///
/// A trip leads from the origin to a node of the graph, through the graph, and from a
/// node to the destination; or straight, along a walk that both are on or inside a
/// compound. So origins and destinations are looked at alike, and what is asked about
/// all trips can be searched from either side.
pub struct Trips<'a> {
    pub(super) graph: &'a WalkGraph,
    pub(super) pairs: Arc<Pairs>,
}

/// Where trips begin and where they end, on whatever graph of these nodes.
pub(super) struct Pairs {
    /// Origins that leave in the same ways are one; neighbours have near numbers.
    pub origins: Side,
    pub destinations: Side,
    /// For every place its origin.
    pub origin_of: Vec<u32>,
}

/// The origins, or the destinations.
pub(super) struct Side {
    /// By point: the nodes between which and the point one goes without passing another,
    /// with the cost.
    pub ways: Grouped<(u32, Cost)>,
    /// The same by node.
    pub at: Grouped<(u32, Cost)>,
    /// By point: points of the other side that are met straight, with the cost.
    pub straight: Grouped<(u32, Cost)>,
}

impl Side {
    /// `ways` are point, node and cost, by point.
    fn of(
        [points, nodes]: [usize; 2],
        ways: Vec<(u32, u32, Cost)>,
        straight: Grouped<(u32, Cost)>,
    ) -> Self {
        let ways = cheapest(ways);
        Self {
            at: Grouped::gathered(nodes, ways.iter().map(turned)),
            ways: Grouped::gathered(points, ways.iter().map(pair)),
            straight,
        }
    }

    /// How many points there are.
    pub fn len(&self) -> usize {
        self.ways.len()
    }
}

fn pair(&(one, other, cost): &(u32, u32, Cost)) -> (u32, (u32, Cost)) {
    (one, (other, cost))
}

fn turned(&(one, other, cost): &(u32, u32, Cost)) -> (u32, (u32, Cost)) {
    (other, (one, cost))
}

/// What is found point by point, ascending; of several between the same two the cheapest.
fn cheapest(mut found: Vec<(u32, u32, Cost)>) -> Vec<(u32, u32, Cost)> {
    for of_point in found.chunk_by_mut(|this, next| this.0 == next.0) {
        of_point.sort_unstable();
    }
    found.dedup_by_key(|&mut (one, other, _)| (one, other));
    found
}

impl<'a> Trips<'a> {
    /// The trips from the places of `origins`, which were linked going out, to those of
    /// `destinations`, which were linked coming in.
    pub fn new(graph: &'a WalkGraph, origins: &Stops, destinations: &Stops) -> Self {
        let nodes = graph.node_count();
        let (places, origin_of) = distinct(origins, graph);
        let stops_of = |place: usize| origins.at(place).iter();
        let leaving = places.par_iter().enumerate();
        let leaving = leaving.flat_map_iter(|(origin, &place)| {
            stops_of(place).flat_map(move |stop| {
                let ends = stop.departures(graph.arc(stop.walk));
                ends.map(move |(node, cost)| (origin as u32, node, cost))
            })
        });
        let coming = (0..destinations.len() as u32).into_par_iter();
        let coming = coming.flat_map_iter(|facility| {
            let stops = destinations.at(facility as usize).iter();
            stops.flat_map(move |stop| {
                let ends = stop.arrivals(graph.arc(stop.walk));
                ends.map(move |(node, cost)| (facility, node, cost))
            })
        });
        // Which destinations are on which walk, and where.
        let on_walks = (0..destinations.len() as u32).flat_map(|facility| {
            let stops = destinations.at(facility as usize).iter();
            stops.map(move |&stop| (stop.walk.0, (facility, stop)))
        });
        let on_walks = Grouped::gathered(graph.arcs().len(), on_walks);
        let straight = places.par_iter().enumerate();
        let straight = straight.flat_map_iter(|(origin, &place)| {
            let walked = stops_of(place).flat_map(|&stop| {
                let there = on_walks.at(stop.walk.0).iter();
                there.filter_map(move |&(facility, there)| {
                    Some((facility, stop.straight_to(there, graph.arc(stop.walk))?))
                })
            });
            let met = origins.met(place).iter().copied();
            let all = walked.chain(met);
            all.map(move |(facility, cost)| (origin as u32, facility, cost))
        });
        let straight = cheapest(straight.collect());
        let (points, facilities) = (places.len(), destinations.len());
        let out = Grouped::gathered(points, straight.iter().map(pair));
        let back = Grouped::gathered(facilities, straight.iter().map(turned));
        let pairs = Pairs {
            origins: Side::of([points, nodes], leaving.collect(), out),
            destinations: Side::of([facilities, nodes], coming.collect(), back),
            origin_of,
        };
        Self {
            graph,
            pairs: Arc::new(pairs),
        }
    }

    /// The nearest destination of a set for every place, however far; `None` where no
    /// way leads to one.
    ///
    /// One search against walking direction from all destinations of the set at once;
    /// then every origin takes the best of its nodes, and of what it meets straight.
    pub fn nearest(&self, set: &FacilitySet) -> Vec<Option<Nearest>> {
        self.nearest_by(set, &self.swept(set))
    }

    /// For every node of the graph the nearest destination of a set.
    pub(super) fn swept(&self, set: &FacilitySet) -> Search {
        let destinations = &self.pairs.destinations;
        let seeds = set.0.iter().flat_map(|&facility| {
            let ways = destinations.ways.at(facility).iter();
            ways.map(move |&(node, cost)| (node, cost, facility))
        });
        let mut search = Search::new(self.graph.node_count());
        search.run(self.graph.backward(), seeds, Cost::MAX);
        search
    }

    /// [`Trips::nearest`], where the nodes are known.
    pub(super) fn nearest_by(&self, set: &FacilitySet, search: &Search) -> Vec<Option<Nearest>> {
        let Pairs {
            origins,
            destinations,
            origin_of,
        } = &*self.pairs;
        let by_node = |origin: u32| {
            let ways = origins.ways.at(origin).iter();
            let found = ways.map(|&(node, cost)| search.label(node).plus(cost));
            found.fold(Label::NONE, Label::min)
        };
        let mut nearest: Vec<Label> = (0..origins.len() as u32).map(by_node).collect();
        for &facility in &set.0 {
            for &(origin, cost) in destinations.straight.at(facility) {
                let known = &mut nearest[origin as usize];
                *known = Label::of(cost, facility).min(*known);
            }
        }
        let places = origin_of.iter();
        places
            .map(|&origin| nearest[origin as usize].told())
            .collect()
    }
}

/// One place for every distinct way of leaving, along the curve of the nodes that they
/// come to first; and for every place the number of its own.
fn distinct(places: &Stops, graph: &WalkGraph) -> (Vec<usize>, Vec<u32>) {
    let leaves = |place: usize| (places.at(place), places.met(place));
    // Whoever comes to no node stands behind all.
    let nowhere = graph.node_count() as u32;
    let first = |place: usize| {
        let mut stops = places.at(place).iter();
        let first = stops.find_map(|stop| stop.departures(graph.arc(stop.walk)).next());
        first.map_or(nowhere, |(node, _)| node)
    };
    let all = (0..places.len()).into_par_iter();
    let all: Vec<u32> = all.map(first).collect();
    let by_node = Grouped::gathered(nowhere as usize + 1, all.iter().copied().zip(0_u32..));
    let mut number_of = vec![0; places.len()];
    let mut distinct: Vec<usize> = Vec::new();
    let mut near: Vec<usize> = Vec::new();
    for node in 0..=nowhere {
        near.clear();
        near.extend(by_node.at(node).iter().map(|&place| place as usize));
        near.sort_by(|&a, &b| leaves(a).cmp(&leaves(b)));
        let alike = near.chunk_by(|&a, &b| leaves(a) == leaves(b));
        for alike in alike {
            distinct.push(alike[0]);
            for &place in alike {
                number_of[place] = distinct.len() as u32 - 1;
            }
        }
    }
    (distinct, number_of)
}
