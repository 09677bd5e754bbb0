//! From the blocks' side: every facility within the limits, for every source.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::stop::{Stop, Stops};
use super::{Nearest, Search};
use crate::network::{WalkGraph, WalkId};
use crate::places::FacilitySet;
use crate::progress::{Progress, Stage};
use crate::units::Cost;

/// Facilities as a search meets them: at the nodes from which their walks are
/// entered, and on the walks themselves; and the sets they belong to.
pub struct FacilityIndex {
    /// For every node, `(facility, cost from the node)`.
    first: Vec<u32>,
    arrivals: Vec<(u32, Cost)>,
    on_walk: Vec<(WalkId, u32, Stop)>,
    /// For every facility the sets that hold it.
    sets: Vec<Vec<u32>>,
    set_count: usize,
}

impl FacilityIndex {
    /// Indexes the facilities of `sets`.
    pub fn new(graph: &WalkGraph, facilities: &Stops, sets: &[FacilitySet]) -> Self {
        let mut of_facility = vec![Vec::new(); facilities.len()];
        for (number, set) in sets.iter().enumerate() {
            for &facility in &set.0 {
                of_facility[facility as usize].push(number as u32);
            }
        }
        let mut at_node = Vec::new();
        let mut on_walk = Vec::new();
        for (facility, sets) in of_facility.iter().enumerate() {
            let stops = if sets.is_empty() {
                &[]
            } else {
                facilities.at(facility)
            };
            for &stop in stops {
                on_walk.push((stop.walk, facility as u32, stop));
                let arrivals = stop.arrivals(graph.arc(stop.walk));
                at_node.extend(arrivals.map(|(node, cost)| (node, facility as u32, cost)));
            }
        }
        on_walk.sort_unstable();
        at_node.sort_unstable();
        // Of several entrances seen from one node the cheapest is enough.
        at_node.dedup_by_key(|&mut (node, facility, _)| (node, facility));
        let mut first = vec![0u32; graph.node_count() + 1];
        for &(node, ..) in &at_node {
            first[node as usize + 1] += 1;
        }
        for node in 1..first.len() {
            first[node] += first[node - 1];
        }
        Self {
            first,
            arrivals: at_node
                .into_iter()
                .map(|(_, facility, cost)| (facility, cost))
                .collect(),
            on_walk,
            sets: of_facility,
            set_count: sets.len(),
        }
    }

    fn arrivals(&self, node: u32) -> &[(u32, Cost)] {
        let node = node as usize;
        &self.arrivals[self.first[node] as usize..self.first[node + 1] as usize]
    }

    fn on_walk(&self, walk: WalkId) -> &[(WalkId, u32, Stop)] {
        let from = self.on_walk.partition_point(|entry| entry.0 < walk);
        let to = self.on_walk.partition_point(|entry| entry.0 <= walk);
        &self.on_walk[from..to]
    }
}

/// What was counted for every source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    sets: usize,
    limits: usize,
    within: Vec<u32>,
    nearest: Vec<Option<Nearest>>,
    /// For every source its row: sources with the same stops share one.
    rows: Vec<u32>,
}

impl Counts {
    /// How many facilities of a set a source reaches within a limit.
    pub fn count(&self, source: usize, set: usize, limit: usize) -> u32 {
        let row = self.rows[source] as usize;
        self.within[(row * self.sets + set) * self.limits + limit]
    }

    /// The nearest facility of a set within the largest limit.
    pub fn nearest(&self, source: usize, set: usize) -> Option<Nearest> {
        self.nearest[self.rows[source] as usize * self.sets + set]
    }
}

/// A source's stops, and the facilities that it meets without any walk.
type Start<'a> = (&'a [Stop], &'a [(u32, Cost)]);

/// One worker's arrays.
struct Worker {
    search: Search,
    best: Vec<Cost>,
    touched: Vec<u32>,
}

/// Counts, for every source, set and limit, the facilities within the limit.
/// Sources with the same stops are searched once.
///
/// # Units
/// `limits` in the cost of the graph.
pub fn count_within(
    graph: &WalkGraph,
    sources: &Stops,
    facilities: &FacilityIndex,
    limits: &[Cost],
    progress: &dyn Progress,
) -> Counts {
    let (distinct, rows) = distinct(sources);
    progress.begin(Stage::Search, distinct.len() as u64);
    let found: Vec<(Vec<u32>, Vec<Option<Nearest>>)> = distinct
        .par_iter()
        .map_init(
            || Worker {
                search: Search::new(graph.node_count()),
                best: vec![Cost::MAX; facilities.sets.len()],
                touched: Vec::new(),
            },
            |worker, &place| {
                let from = (sources.at(place), sources.met(place));
                let row = worker.count(graph, from, facilities, limits);
                progress.advance(1);
                row
            },
        )
        .collect();
    progress.end();
    let mut counts = Counts {
        sets: facilities.set_count,
        limits: limits.len(),
        rows,
        ..Counts::default()
    };
    for (row_counts, row_nearest) in found {
        counts.within.extend(row_counts);
        counts.nearest.extend(row_nearest);
    }
    counts
}

/// One place for every distinct start, and for every place its row.
fn distinct(sources: &Stops) -> (Vec<usize>, Vec<u32>) {
    let mut known: BTreeMap<Start, u32> = BTreeMap::new();
    let mut distinct = Vec::new();
    let rows = (0..sources.len())
        .map(|place| {
            let start = (sources.at(place), sources.met(place));
            *known.entry(start).or_insert_with(|| {
                distinct.push(place);
                distinct.len() as u32 - 1
            })
        })
        .collect();
    (distinct, rows)
}

impl Worker {
    fn count(
        &mut self,
        graph: &WalkGraph,
        (stops, met): Start,
        facilities: &FacilityIndex,
        limits: &[Cost],
    ) -> (Vec<u32>, Vec<Option<Nearest>>) {
        let mut counts = vec![0; facilities.set_count * limits.len()];
        let mut nearest = vec![None; facilities.set_count];
        let Some(&limit) = limits.iter().max() else {
            return (counts, nearest);
        };
        let seeds = stops.iter().flat_map(|stop| {
            stop.departures(graph.arc(stop.walk))
                .map(|(node, cost)| (node, cost, 0))
        });
        self.search.run(graph.forward(), seeds, limit);
        for &node in self.search.settled() {
            let Some(so_far) = self.search.cost(node) else {
                continue;
            };
            for &(facility, cost) in facilities.arrivals(node) {
                offer(
                    &mut self.best,
                    &mut self.touched,
                    facility,
                    so_far.saturating_add(cost),
                );
            }
        }
        for &stop in stops {
            let arc = graph.arc(stop.walk);
            for &(_, facility, there) in facilities.on_walk(stop.walk) {
                if let Some(cost) = stop.straight_to(there, arc) {
                    offer(&mut self.best, &mut self.touched, facility, cost);
                }
            }
        }
        for &(facility, cost) in met {
            offer(&mut self.best, &mut self.touched, facility, cost);
        }
        for facility in self.touched.drain(..) {
            let cost = std::mem::replace(&mut self.best[facility as usize], Cost::MAX);
            if cost > limit {
                continue;
            }
            let found = Some(Nearest { cost, facility });
            for &set in &facilities.sets[facility as usize] {
                let set = set as usize;
                if nearest[set].is_none() || found < nearest[set] {
                    nearest[set] = found;
                }
                for (at, &limit) in limits.iter().enumerate() {
                    counts[set * limits.len() + at] += u32::from(cost <= limit);
                }
            }
        }
        (counts, nearest)
    }
}

fn offer(best: &mut [Cost], touched: &mut Vec<u32>, facility: u32, cost: Cost) {
    let known = &mut best[facility as usize];
    if cost < *known {
        if *known == Cost::MAX {
            touched.push(facility);
        }
        *known = cost;
    }
}
