//! Dijkstra's algorithm as it is mostly written: a map of costs, a heap, and an end at the
//! limit.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use living_circle::network::WalkId;
use living_circle::reach::{Nearest, Stop};
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
            for &set in &self.sets[&facility] {
                let (counts, nearest) = &mut found[set];
                for (count, limit) in counts.iter_mut().zip(LIMITS) {
                    *count += u32::from(cost <= limit);
                }
                let this = Nearest::of(cost, facility);
                *nearest = Some(nearest.map_or(this, |nearest| nearest.min(this)));
            }
        }
        found
    }
}
