//! What is known of all trips, so that a change can be followed from where it begins
//! instead of searching from everywhere again.

mod again;
mod more;
mod nodes;
mod sooner;

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use more::More;
use nodes::Nodes;

use super::label::Label;
use super::trips::Pairs;
use super::{Nearest, Stop, Stops, Trips};
use crate::grouped::Grouped;
use crate::network::{Extension, WalkGraph};
use crate::places::FacilitySet;
use crate::units::Cost;

/// All trips on a graph, and for every set of destinations the nearest of every node.
pub struct Held {
    graph: Arc<WalkGraph>,
    sources: Stops,
    targets: Stops,
    pairs: Arc<Pairs>,
    sets: Vec<FacilitySet>,
    /// By set and node.
    swept: Vec<Vec<Label>>,
    /// By origin.
    places_of: Grouped<u32>,
    /// By walk: origins and destinations with their stops on it.
    origins_on: Grouped<(u32, Stop)>,
    targets_on: Grouped<(u32, Stop)>,
}

/// What is other than it was, for one walker and one kind of cost.
pub struct Shift<'a> {
    /// The graph as it is now: that of before, or one with added walks.
    pub graph: &'a WalkGraph,
    /// The added walks.
    pub extension: Option<&'a Extension>,
    /// For every destination its number now; `None` where it is no more, or is another at
    /// all: then it is among the `renewed`. Ascending, as numbers go by ids.
    pub numbers: &'a [Option<u32>],
    /// The sets as they are now.
    pub sets: &'a [FacilitySet],
    /// Destinations that are new, by their numbers now, with all their stops.
    pub renewed: Vec<(u32, Vec<Stop>)>,
    /// Destinations that are kept, with the stops that they gain.
    pub gained: Vec<(u32, Vec<Stop>)>,
    /// Places with the stops that they gain.
    pub gaining: Vec<(u32, Vec<Stop>)>,
    /// Renewed destinations that places meet straight: place, destination, cost.
    pub met: Vec<(u32, u32, Cost)>,
}

/// Places, ascending, from where the nearest of a set may be another now, with what it is.
pub type Moved = Vec<(u32, Option<Nearest>)>;

impl Held {
    /// Searches from all destinations of every set once, and tells what is nearest.
    pub fn new(
        graph: Arc<WalkGraph>,
        [sources, targets]: [Stops; 2],
        sets: &[FacilitySet],
    ) -> (Self, Vec<Vec<Option<Nearest>>>) {
        let trips = Trips::new(&graph, &sources, &targets);
        let found = sets.par_iter().map(|set| {
            let search = trips.swept(set);
            let nearest = trips.nearest_by(set, &search);
            (search.into_labels(), nearest)
        });
        let (swept, nearest) = found.unzip();
        let pairs = trips.pairs.clone();
        let places = pairs.origin_of.iter().zip(0..);
        let places = places.map(|(&origin, place)| (origin, place));
        let places_of = Grouped::gathered(pairs.origins.len(), places);
        // One place stands for all of an origin.
        let origins = (0..pairs.origins.len() as u32).filter_map(|origin| {
            let place = *places_of.at(origin).first()?;
            Some((origin, place))
        });
        let sources_on = origins.flat_map(|(origin, place)| {
            let stops = sources.at(place as usize).iter();
            stops.map(move |&stop| (stop.walk.0, (origin, stop)))
        });
        let walks = graph.arcs().len();
        let origins_on = Grouped::gathered(walks, sources_on);
        let targets_on = (0..targets.len() as u32).flat_map(|facility| {
            let stops = targets.at(facility as usize).iter();
            stops.map(move |&stop| (stop.walk.0, (facility, stop)))
        });
        let targets_on = Grouped::gathered(walks, targets_on);
        let held = Self {
            graph,
            sources,
            targets,
            pairs,
            sets: sets.to_vec(),
            swept,
            places_of,
            origins_on,
            targets_on,
        };
        (held, nearest)
    }

    /// All trips, to be counted.
    pub fn trips(&self) -> Trips<'_> {
        Trips {
            graph: &self.graph,
            pairs: self.pairs.clone(),
        }
    }

    /// The graph.
    pub fn graph(&self) -> &Arc<WalkGraph> {
        &self.graph
    }

    /// For every set the places from where the nearest may be another now, with what it
    /// is; `None` of a set of which nothing is other.
    ///
    /// The nearest of every node is mended: what led to a destination that is no more is
    /// forgotten and found anew from around it, and what is new is followed as far as it
    /// is better (Ramalingam and Reps 1996). Then the places are asked that leave by a node
    /// that is other.
    pub fn nearest(&self, shift: &Shift) -> Vec<Option<Moved>> {
        let more = self.more(shift);
        let sets = (0..self.sets.len()).into_par_iter();
        sets.map(|set| self.nearest_of(set, shift, &more)).collect()
    }

    fn nearest_of(&self, set: usize, shift: &Shift, more: &More) -> Option<Moved> {
        let now = &shift.sets[set].0;
        let is_in = |facility: u32| now.binary_search(&facility).is_ok();
        let gone: Vec<u32> = self.sets[set]
            .0
            .iter()
            .copied()
            .filter(|&old| shift.numbers[old as usize].is_none())
            .collect();
        let arrivals: Vec<_> = more
            .arrivals
            .iter()
            .filter(|(facility, ..)| is_in(*facility))
            .collect();
        let straight = more.straight.values().flatten();
        let none_new = arrivals.is_empty()
            && more.arcs.is_empty()
            && more.ways.is_empty()
            && !straight.clone().any(|&(facility, _)| is_in(facility));
        if gone.is_empty() && none_new {
            return None;
        }
        let mut nodes = Nodes::of(&self.swept[set], shift);
        for node in nodes.forgotten.clone() {
            for &(facility, cost) in self.pairs.destinations.at.at(node) {
                let number = shift.numbers[facility as usize].filter(|&number| is_in(number));
                if let Some(number) = number {
                    nodes.offer(node, Label::of(cost, number));
                }
            }
            let onwards = shift.graph.forward();
            let arcs = onwards.neighbors_slice(node).iter();
            for (&next, &cost) in arcs.zip(onwards.edges_slice(node)) {
                let beyond = nodes.labels[next as usize];
                nodes.offer(node, beyond.plus(cost));
            }
        }
        for &&(facility, node, cost) in &arrivals {
            nodes.offer(node, Label::of(cost, facility));
        }
        for &(from, to, cost) in &more.arcs {
            let beyond = nodes.labels[to as usize];
            nodes.offer(from, beyond.plus(cost));
        }
        nodes.settle(shift.graph);
        let mut places: BTreeSet<u32> = BTreeSet::new();
        let known = self.graph.node_count() as u32;
        for &node in nodes.other.iter().filter(|&&node| node < known) {
            for &(origin, _) in self.pairs.origins.at.at(node) {
                places.extend(self.places_of.at(origin));
            }
        }
        for &facility in &gone {
            for &(origin, _) in self.pairs.destinations.straight.at(facility) {
                places.extend(self.places_of.at(origin));
            }
        }
        places.extend(more.ways.keys());
        let to_new = more.straight.iter();
        let to_new = to_new.filter(|(_, met)| met.iter().any(|&(facility, _)| is_in(facility)));
        places.extend(to_new.map(|(place, _)| place));
        let nearest = |place: u32| {
            let origin = self.pairs.origin_of[place as usize];
            let own = self.pairs.origins.ways.at(origin).iter();
            let new = more.ways.get(&place).into_iter().flatten();
            let by_node = own.chain(new);
            let by_node = by_node.map(|&(node, cost)| nodes.labels[node as usize].plus(cost));
            let own = self.pairs.origins.straight.at(origin).iter();
            let own =
                own.filter_map(|&(facility, cost)| Some((shift.numbers[facility as usize]?, cost)));
            let new = more.straight.get(&place).into_iter().flatten().copied();
            let straight = own.chain(new);
            let straight = straight.filter(|&(facility, _)| is_in(facility));
            let straight = straight.map(|(facility, cost)| Label::of(cost, facility));
            by_node.chain(straight).fold(Label::NONE, Label::min).told()
        };
        Some(
            places
                .into_iter()
                .map(|place| (place, nearest(place)))
                .collect(),
        )
    }
}
