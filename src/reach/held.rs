//! What is known of all trips, so that a change can be followed from where it begins
//! instead of searching from everywhere again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::grouped::Grouped;
use super::label::Label;
use super::queue::{Entry, Queue};
use super::trips::Pairs;
use super::{Nearest, Search, Stop, Stops, Trips};
use crate::network::{Extension, Position, WalkGraph, WalkId};
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

/// What trips there are beside those that there were.
#[derive(Default)]
struct More {
    /// By place: ways to nodes.
    ways: BTreeMap<u32, Vec<(u32, Cost)>>,
    /// Destination, node and cost.
    arrivals: Vec<(u32, u32, Cost)>,
    /// By place: destinations without a node between.
    straight: BTreeMap<u32, Vec<(u32, Cost)>>,
    /// Arcs that were not there.
    arcs: Vec<(u32, u32, Cost)>,
}

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

    /// Whether from one of two positions the nearest of some set is nearer by a link of this
    /// cost between them.
    pub fn is_nearer_by(&self, ends: [Position; 2], cost: Cost) -> bool {
        let stop = |at: Position| Stop {
            walk: at.walk,
            along: self.graph.arc(at.walk).cost_to(at.along),
            junction: None,
            gap: 0,
        };
        let stops = ends.map(stop);
        (0..self.sets.len()).any(|set| {
            let [one, other] = stops.map(|stop| self.nearest_from(set, stop));
            let nearer = |by: Cost, is: Cost| by.saturating_add(cost) < is;
            nearer(one, other) || nearer(other, one)
        })
    }

    /// The cost from a stop to the nearest of a set, at most the largest there is.
    fn nearest_from(&self, set: usize, stop: Stop) -> Cost {
        let arc = self.graph.arc(stop.walk);
        let ends = stop.departures(arc);
        let by_ends = ends.map(|(node, cost)| self.swept[set][node as usize].plus(cost).cost());
        let on_walk = self.targets_on.at(stop.walk.0).iter();
        let met = on_walk.filter_map(|&(facility, there)| {
            let is_in = self.sets[set].0.binary_search(&facility).is_ok();
            is_in.then(|| stop.straight_to(there, arc)).flatten()
        });
        by_ends.chain(met).min().unwrap_or(Cost::MAX)
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

    /// What there is beside what there was.
    fn more(&self, shift: &Shift) -> More {
        let mut more = More::default();
        let graph = shift.graph;
        let arrive = |more: &mut More, facility: u32, stop: &Stop| {
            let ends = stop.arrivals(graph.arc(stop.walk));
            more.arrivals
                .extend(ends.map(|(node, cost)| (facility, node, cost)));
        };
        let leave = |more: &mut More, place: u32, stop: &Stop| {
            let ends = stop.departures(graph.arc(stop.walk));
            more.ways.entry(place).or_default().extend(ends);
        };
        for (facility, stops) in shift.renewed.iter().chain(&shift.gained) {
            for stop in stops {
                arrive(&mut more, *facility, stop);
            }
        }
        for (place, stops) in &shift.gaining {
            for stop in stops {
                leave(&mut more, *place, stop);
            }
        }
        if let Some(extension) = shift.extension {
            more.arcs = new_arcs(extension, graph, self.graph.arcs().len());
            // Where a walk was cut somebody may be met, and may turn off.
            for walk in extension.cut_walks() {
                for (origin, stop) in self.origins_on.at(walk.0) {
                    let stop = stop.carried(extension, graph);
                    for &place in self.places_of.at(*origin) {
                        leave(&mut more, place, &stop);
                    }
                }
                for (facility, stop) in self.targets_on.at(walk.0) {
                    if let Some(number) = shift.numbers[*facility as usize] {
                        let stop = stop.carried(extension, graph);
                        arrive(&mut more, number, &stop);
                    }
                }
            }
        }
        self.meet(shift, &mut more);
        more
    }

    /// Whom new stops meet on their walks, and whom places meet inside a compound.
    fn meet(&self, shift: &Shift, more: &mut More) {
        let graph = shift.graph;
        let of_before = |walk: WalkId| match shift.extension {
            None => Some(walk),
            Some(extension) => extension.was(walk),
        };
        let carried = |stop: &Stop| match shift.extension {
            None => *stop,
            Some(extension) => stop.carried(extension, graph),
        };
        let mut gaining: BTreeMap<WalkId, Vec<(u32, Stop)>> = BTreeMap::new();
        for (place, stops) in &shift.gaining {
            for &stop in stops {
                gaining.entry(stop.walk).or_default().push((*place, stop));
            }
        }
        let mut meet = |place: u32, facility: u32, from: Stop, to: Stop| {
            if let Some(cost) = from.straight_to(to, graph.arc(from.walk)) {
                more.straight
                    .entry(place)
                    .or_default()
                    .push((facility, cost));
            }
        };
        for (facility, stops) in shift.renewed.iter().chain(&shift.gained) {
            for &to in stops {
                let known = of_before(to.walk).filter(|walk| walk.0 < self.origins_on.len() as u32);
                let known = known
                    .into_iter()
                    .flat_map(|walk| self.origins_on.at(walk.0));
                for (origin, stop) in known {
                    let from = carried(stop);
                    if from.walk == to.walk {
                        for &place in self.places_of.at(*origin) {
                            meet(place, *facility, from, to);
                        }
                    }
                }
                for &(place, from) in gaining.get(&to.walk).into_iter().flatten() {
                    meet(place, *facility, from, to);
                }
            }
        }
        for (&walk, places) in &gaining {
            let Some(before) = of_before(walk) else {
                continue;
            };
            for (facility, stop) in self.targets_on.at(before.0) {
                let Some(number) = shift.numbers[*facility as usize] else {
                    continue;
                };
                let to = carried(stop);
                if to.walk == walk {
                    for &(place, from) in places {
                        meet(place, number, from, to);
                    }
                }
            }
        }
        for &(place, facility, cost) in &shift.met {
            more.straight
                .entry(place)
                .or_default()
                .push((facility, cost));
        }
    }

    /// The places from where a renewed destination, one that is no more, or an added walk
    /// is within a limit, now or before: no other place can count anything else.
    pub fn touched(&self, shift: &Shift, limit: Cost) -> Vec<u32> {
        let more = self.more(shift);
        let mut places: BTreeSet<u32> = more
            .ways
            .keys()
            .chain(more.straight.keys())
            .copied()
            .collect();
        let known = self.graph.node_count() as u32;
        let mut search = Search::new(shift.graph.node_count());
        let mut around = |graph: &WalkGraph, seeds: &mut dyn Iterator<Item = (u32, Cost)>| {
            search.run(
                graph.backward(),
                seeds.map(|(node, cost)| (node, cost, 0)),
                limit,
            );
            for &node in search.reached().iter().filter(|&&node| node < known) {
                for &(origin, _) in self.pairs.origins.at.at(node) {
                    places.extend(self.places_of.at(origin));
                }
            }
        };
        let arrivals = more.arrivals.iter().map(|&(_, node, cost)| (node, cost));
        let walks = more.arcs.iter().map(|&(_, to, _)| (to, 0));
        around(shift.graph, &mut arrivals.chain(walks));
        let gone = shift.numbers.iter().enumerate();
        let gone = gone.filter(|(_, number)| number.is_none());
        let gone: Vec<u32> = gone.map(|(old, _)| old as u32).collect();
        let ways = gone
            .iter()
            .flat_map(|&old| self.pairs.destinations.ways.at(old));
        around(&self.graph, &mut ways.copied());
        for &old in &gone {
            for &(origin, _) in self.pairs.destinations.straight.at(old) {
                places.extend(self.places_of.at(origin));
            }
        }
        places.into_iter().collect()
    }

    /// All trips from some of the places, as they are now.
    pub fn trips_from<'b>(&self, shift: &Shift<'b>, places: &[u32]) -> Trips<'b> {
        let carried = |stop: &Stop| match shift.extension {
            None => *stop,
            Some(extension) => stop.carried(extension, shift.graph),
        };
        let mut targets: BTreeMap<u32, Vec<Stop>> = BTreeMap::new();
        for (old, number) in shift.numbers.iter().enumerate() {
            if let Some(number) = number {
                let stops = self.targets.at(old).iter().map(carried);
                targets.insert(*number, stops.collect());
            }
        }
        for (facility, stops) in shift.renewed.iter().chain(&shift.gained) {
            targets.entry(*facility).or_default().extend(stops);
        }
        let count = targets.last_key_value().map_or(0, |(last, _)| last + 1);
        let of_facility = |facility| targets.get(&facility).cloned().unwrap_or_default();
        let targets = Stops::listed((0..count).map(|facility| (of_facility(facility), Vec::new())));
        let gaining: BTreeMap<u32, &Vec<Stop>> = shift
            .gaining
            .iter()
            .map(|(place, stops)| (*place, stops))
            .collect();
        let mut met: BTreeMap<u32, Vec<(u32, Cost)>> = BTreeMap::new();
        for &(place, facility, cost) in &shift.met {
            met.entry(place).or_default().push((facility, cost));
        }
        let sources = Stops::listed(places.iter().map(|&place| {
            let own = self.sources.at(place as usize).iter().map(carried);
            let new = gaining
                .get(&place)
                .into_iter()
                .flat_map(|stops| stops.iter());
            let stops = own.chain(new.copied()).collect();
            let known = self.sources.met(place as usize).iter();
            let known = known
                .filter_map(|&(facility, cost)| Some((shift.numbers[facility as usize]?, cost)));
            let new = met.get(&place).into_iter().flatten().copied();
            (stops, known.chain(new).collect())
        }));
        Trips::new(shift.graph, &sources, &targets)
    }
}

/// The arcs of added walks, and of the pieces of walks that were cut, both ways.
fn new_arcs(extension: &Extension, graph: &WalkGraph, known: usize) -> Vec<(u32, u32, Cost)> {
    let cut = extension
        .cut_walks()
        .flat_map(|walk| extension.pieces(walk));
    let cut = cut.map(|(_, walk)| walk);
    let all = (known as u32..graph.arcs().len() as u32).map(WalkId);
    let mut arcs: Vec<(u32, u32, Cost)> = cut
        .chain(all)
        .flat_map(|walk| graph.arc(walk).edges())
        .collect();
    arcs.sort_unstable();
    arcs.dedup();
    arcs
}

/// The nearest of every node while it is mended.
struct Nodes {
    labels: Vec<Label>,
    queue: Queue,
    /// Nodes whose label is another than it was, each once.
    other: Vec<u32>,
    is_other: Vec<bool>,
    /// Those that led to a destination that is no more.
    forgotten: Vec<u32>,
}

impl Nodes {
    /// The labels of before, under the numbers of now.
    fn of(swept: &[Label], shift: &Shift) -> Self {
        let nodes = shift.graph.node_count();
        let mut labels = Vec::with_capacity(nodes);
        let mut forgotten = Vec::new();
        for (node, &label) in (0..).zip(swept) {
            let now = label.told().map(|found| {
                let number = shift.numbers[found.facility as usize];
                number.map(|number| Label::of(found.cost, number))
            });
            if now == Some(None) {
                forgotten.push(node);
            }
            labels.push(now.flatten().unwrap_or(Label::NONE));
        }
        labels.resize(nodes, Label::NONE);
        let mut is_other = vec![false; nodes];
        for &node in &forgotten {
            is_other[node as usize] = true;
        }
        Self {
            labels,
            queue: Queue::default(),
            other: forgotten.clone(),
            is_other,
            forgotten,
        }
    }

    fn offer(&mut self, node: u32, label: Label) {
        let known = &mut self.labels[node as usize];
        if label < *known {
            *known = label;
            self.queue.push(Entry { label, node });
            if !std::mem::replace(&mut self.is_other[node as usize], true) {
                self.other.push(node);
            }
        }
    }

    /// Follows what is better against walking direction.
    fn settle(&mut self, graph: &WalkGraph) {
        let backward = graph.backward();
        while let Some(Entry { label, node }) = self.queue.pop() {
            if label > self.labels[node as usize] {
                continue;
            }
            let arcs = backward.neighbors_slice(node).iter();
            for (&next, &cost) in arcs.zip(backward.edges_slice(node)) {
                self.offer(next, label.plus(cost));
            }
        }
    }
}
