//! Dijkstra's algorithm as it is mostly written: a map of costs, a heap, and an end at the
//! limit.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use living_circle::network::WalkId;
use living_circle::reach::{Nearest, PlainGraph, Stop};
use living_circle::study::stages::{Finished, LIMITS};
use living_circle::units::Cost;
use petgraph::csr::Csr;
use petgraph::visit::EdgeRef as _;

/// The cost of every node within a limit of the seeds.
pub fn within(
    graph: &Csr<(), Cost>,
    seeds: impl IntoIterator<Item = (u32, Cost)>,
    limit: Cost,
) -> HashMap<u32, Cost> {
    let mut costs = HashMap::new();
    let mut heap = BinaryHeap::new();
    for (node, cost) in seeds {
        if cost <= limit {
            better(&mut costs, node, cost);
            heap.push(Reverse((cost, node)));
        }
    }
    while let Some(Reverse((cost, node))) = heap.pop() {
        if cost > costs[&node] {
            continue;
        }
        for arc in graph.edges(node) {
            let (next, cost) = (arc.target(), cost.saturating_add(*arc.weight()));
            if cost <= limit && better(&mut costs, next, cost) {
                heap.push(Reverse((cost, next)));
            }
        }
    }
    costs
}

/// Keeps the lower cost; whether this one is it.
fn better(costs: &mut HashMap<u32, Cost>, key: u32, cost: Cost) -> bool {
    let known = costs.entry(key).or_insert(Cost::MAX);
    let is_better = cost < *known;
    *known = cost.min(*known);
    is_better
}

/// Facilities by where they are met.
pub struct Facilities {
    at_node: HashMap<u32, Vec<(u32, Cost)>>,
    on_walk: HashMap<WalkId, Vec<(u32, Stop)>>,
    /// The sets of every facility.
    sets: HashMap<u32, Vec<usize>>,
}

/// Of a set, how many are within each limit, and the nearest of them.
pub type Found = ([u32; 3], Option<Nearest>);

impl Facilities {
    pub fn of(finished: &Finished) -> Self {
        let mut found = Self {
            at_node: HashMap::new(),
            on_walk: HashMap::new(),
            sets: HashMap::new(),
        };
        for (set, facilities) in finished.sets.iter().enumerate() {
            for &facility in &facilities.0 {
                found.sets.entry(facility).or_default().push(set);
            }
        }
        for &facility in found.sets.keys() {
            for &stop in finished.facilities.at(facility as usize) {
                found
                    .on_walk
                    .entry(stop.walk)
                    .or_default()
                    .push((facility, stop));
                for (node, cost) in stop.arrivals(finished.graph.arc(stop.walk)) {
                    found
                        .at_node
                        .entry(node)
                        .or_default()
                        .push((facility, cost));
                }
            }
        }
        found
    }

    /// What is found around a sample, set by set.
    pub fn around(&self, finished: &Finished, sample: usize) -> Vec<Found> {
        let graph = &finished.graph;
        let limit = LIMITS[2];
        let stops = finished.samples.at(sample);
        let seeds = stops
            .iter()
            .flat_map(|stop| stop.departures(graph.arc(stop.walk)));
        let mut best = HashMap::new();
        for (node, so_far) in within(graph.forward(), seeds, limit) {
            for &(facility, cost) in self.at_node.get(&node).into_iter().flatten() {
                better(&mut best, facility, so_far.saturating_add(cost));
            }
        }
        for stop in stops {
            for &(facility, there) in self.on_walk.get(&stop.walk).into_iter().flatten() {
                if let Some(cost) = stop.straight_to(there, graph.arc(stop.walk)) {
                    better(&mut best, facility, cost);
                }
            }
        }
        for &(facility, cost) in finished.samples.met(sample) {
            better(&mut best, facility, cost);
        }
        let mut found: Vec<Found> = vec![([0; 3], None); finished.sets.len()];
        for (facility, cost) in best.into_iter().filter(|&(_, cost)| cost <= limit) {
            enter(&mut found, &self.sets[&facility], facility, cost);
        }
        found
    }
}

/// Enters a facility within the widest limit.
fn enter(found: &mut [Found], sets: &[usize], facility: u32, cost: Cost) {
    for &set in sets {
        let (counts, nearest) = &mut found[set];
        for (count, limit) in counts.iter_mut().zip(LIMITS) {
            *count += u32::from(cost <= limit);
        }
        let this = Nearest::of(cost, facility);
        *nearest = Some(nearest.map_or(this, |nearest| nearest.min(this)));
    }
}

/// The network as one loads it first: a node for every node of the extract, for every
/// facility and for every sample.
pub struct EveryNode {
    graph: Csr<(), Cost>,
    plain: PlainGraph,
    /// For every node of a facility which it is, and its sets.
    facilities: HashMap<u32, (u32, Vec<usize>)>,
    sets: usize,
}

impl EveryNode {
    pub fn of(finished: &Finished) -> Self {
        let (plain, places) = finished.plain();
        let mut graph = Csr::from_sorted_edges(plain.edges()).expect("sorted edges");
        while graph.node_count() < places.len() {
            graph.add_node(());
        }
        let mut facilities: HashMap<u32, (u32, Vec<usize>)> = HashMap::new();
        for (set, members) in finished.sets.iter().enumerate() {
            for &facility in &members.0 {
                let node = plain.facility(facility).expect("a facility of a set");
                let (_, sets) = facilities
                    .entry(node)
                    .or_insert_with(|| (facility, Vec::new()));
                sets.push(set);
            }
        }
        Self {
            graph,
            plain,
            facilities,
            sets: finished.sets.len(),
        }
    }

    /// What is found around a sample, set by set.
    pub fn around(&self, sample: usize) -> Vec<Found> {
        let mut found: Vec<Found> = vec![([0; 3], None); self.sets];
        let source = self.plain.source(sample);
        for (node, cost) in within(&self.graph, [(source, 0)], LIMITS[2]) {
            if let Some((facility, sets)) = self.facilities.get(&node) {
                enter(&mut found, sets, *facility, cost);
            }
        }
        found
    }
}
