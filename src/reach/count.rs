//! From the blocks' side: every facility within the limits, for every source.

use rayon::prelude::*;

use super::crowd::{self, Crowd, LANES, Row};
use super::stop::{Stop, Stops};
use super::tally::Tally;
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
    /// The same by facility, `(node, cost from it)`.
    first_of: Vec<u32>,
    arrivals_of: Vec<(u32, Cost)>,
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
        let by_node = at_node.iter().map(|&(node, ..)| node);
        let first = starts(by_node, graph.node_count());
        let arrivals = at_node.iter().map(|&(_, facility, cost)| (facility, cost));
        let arrivals = arrivals.collect();
        at_node.sort_unstable_by_key(|&(node, facility, _)| (facility, node));
        let by_facility = at_node.iter().map(|&(_, facility, _)| facility);
        let first_of = starts(by_facility, facilities.len());
        let arrivals_of = at_node.iter().map(|&(node, _, cost)| (node, cost));
        Self {
            first,
            arrivals,
            first_of,
            arrivals_of: arrivals_of.collect(),
            on_walk,
            sets: of_facility,
            set_count: sets.len(),
        }
    }

    /// The facilities that are come to from a node, with the cost.
    fn arrivals(&self, node: u32) -> &[(u32, Cost)] {
        let node = node as usize;
        &self.arrivals[self.first[node] as usize..self.first[node + 1] as usize]
    }

    /// The nodes from which a facility is come to, with the cost.
    fn arrivals_of(&self, facility: u32) -> &[(u32, Cost)] {
        let facility = facility as usize;
        &self.arrivals_of[self.first_of[facility] as usize..self.first_of[facility + 1] as usize]
    }

    fn on_walk(&self, walk: WalkId) -> &[(WalkId, u32, Stop)] {
        let from = self.on_walk.partition_point(|entry| entry.0 < walk);
        let to = self.on_walk.partition_point(|entry| entry.0 <= walk);
        &self.on_walk[from..to]
    }
}

/// Where the entries of each number below `count` start in a list sorted by number, and
/// where the last ends.
fn starts(numbers: impl Iterator<Item = u32>, count: usize) -> Vec<u32> {
    let mut first = vec![0; count + 1];
    for number in numbers {
        first[number as usize + 1] += 1;
    }
    for number in 1..first.len() {
        first[number] += first[number - 1];
    }
    first
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

/// Counts and nearest facilities of some starts, one after the other: by set and limit,
/// and by set.
type Found = (Vec<u32>, Vec<Option<Nearest>>);

/// Starts so far apart, in numbers of junctions along the Hilbert curve, have few junctions
/// in common.
const APART: u32 = 1 << 11;

/// Fewer starts than these are searched one by one: rows would be nearly empty.
const FEW: usize = 4;

/// Counts, for every source, set and limit, the facilities within the limit.
/// Sources with the same stops are searched once, neighbours together.
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
    let (starts, rows) = distinct(sources, graph);
    let crowds = crowds(&starts, limits);
    progress.begin(Stage::Search, starts.len() as u64);
    let found: Vec<Found> = crowds
        .par_iter()
        .map_init(
            || Worker::new(graph, facilities, limits),
            |worker, crowd| {
                let starts = crowd
                    .iter()
                    .map(|&(_, place)| (sources.at(place), sources.met(place)));
                let starts: Vec<Start> = starts.collect();
                let rows = worker.count(&starts);
                progress.advance(starts.len() as u64);
                rows
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
    for (within, nearest) in found {
        counts.within.extend(within);
        counts.nearest.extend(nearest);
    }
    counts
}

/// One place for every distinct start, with the junction that it comes to first, along the
/// curve of junctions; and for every place the number of its start.
fn distinct(sources: &Stops, graph: &WalkGraph) -> (Vec<(u32, usize)>, Vec<u32>) {
    let start = |place: usize| (sources.at(place), sources.met(place));
    let first = |place: usize| {
        let mut stops = sources.at(place).iter();
        let first = stops.find_map(|stop| stop.departures(graph.arc(stop.walk)).next());
        first.map_or(u32::MAX, |(node, _)| node)
    };
    let mut all: Vec<(u32, usize)> = (0..sources.len())
        .map(|place| (first(place), place))
        .collect();
    all.par_sort_unstable_by(|&(one, a), &(other, b)| {
        (one, start(a), a).cmp(&(other, start(b), b))
    });
    let mut rows = vec![0; sources.len()];
    let mut distinct: Vec<(u32, usize)> = Vec::new();
    for (node, place) in all {
        if distinct
            .last()
            .is_none_or(|&(_, last)| start(last) != start(place))
        {
            distinct.push((node, place));
        }
        rows[place] = distinct.len() as u32 - 1;
    }
    (distinct, rows)
}

/// Starts in groups that are searched together, in their order.
fn crowds<'a>(starts: &'a [(u32, usize)], limits: &[Cost]) -> Vec<&'a [(u32, usize)]> {
    if limits.iter().any(|&limit| limit > crowd::MOST) {
        return starts.chunks(1).collect();
    }
    let near = |first: u32| move |node: u32| node - first <= APART;
    let mut rest = starts;
    let mut crowds = Vec::new();
    while let Some(&(first, _)) = rest.first() {
        let near = near(first);
        let together = rest.iter().take(LANES).take_while(|&&(node, _)| near(node));
        let together = together.count();
        if together < FEW {
            crowds.extend(rest[..together].chunks(1));
        } else {
            crowds.push(&rest[..together]);
        }
        rest = &rest[together..];
    }
    crowds
}

/// What a worker needs for one start at a time, and for many.
struct Worker<'a> {
    graph: &'a WalkGraph,
    facilities: &'a FacilityIndex,
    limits: &'a [Cost],
    most: Cost,
    search: Search,
    best: Vec<Cost>,
    touched: Vec<u32>,
    crowd: Crowd,
    straight: Vec<(u32, usize, Cost)>,
    tally: Tally,
}

impl<'a> Worker<'a> {
    fn new(graph: &'a WalkGraph, facilities: &'a FacilityIndex, limits: &'a [Cost]) -> Self {
        let things = facilities.sets.len();
        Self {
            graph,
            facilities,
            limits,
            most: limits.iter().copied().max().unwrap_or(0),
            search: Search::new(graph.node_count()),
            best: vec![Cost::MAX; things],
            touched: Vec::new(),
            crowd: Crowd::of(graph.node_count()),
            straight: Vec::new(),
            tally: Tally::of(facilities.set_count, limits),
        }
    }

    fn count(&mut self, starts: &[Start]) -> Found {
        let rows = starts.len() * self.facilities.set_count;
        let mut found = (vec![0; rows * self.limits.len()], vec![None; rows]);
        match starts {
            _ if self.limits.is_empty() => {}
            [start] => self.alone(*start, &mut found),
            starts => self.together(starts, &mut found),
        }
        found
    }

    /// From one start, facility by facility.
    fn alone(&mut self, (stops, met): Start, (counts, nearest): &mut Found) {
        let (graph, facilities, limit) = (self.graph, self.facilities, self.most);
        let seeds = stops.iter().flat_map(|stop| {
            stop.departures(graph.arc(stop.walk))
                .map(|(node, cost)| (node, cost, 0))
        });
        self.search.run(graph.forward(), seeds, limit);
        for &node in self.search.reached() {
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
                for (at, &limit) in self.limits.iter().enumerate() {
                    counts[set * self.limits.len() + at] += u32::from(cost <= limit);
                }
            }
        }
    }

    /// From up to [`LANES`] starts at once.
    fn together(&mut self, starts: &[Start], (counts, nearest): &mut Found) {
        let (graph, facilities) = (self.graph, self.facilities);
        let seeds = (0..).zip(starts).flat_map(|(lane, (stops, _))| {
            let seeds = stops
                .iter()
                .flat_map(|stop| stop.departures(graph.arc(stop.walk)));
            seeds.map(move |(node, cost)| (lane, node, cost))
        });
        self.crowd.run(graph.forward(), seeds, self.most);
        for &node in self.crowd.reached() {
            for &(facility, _) in facilities.arrivals(node) {
                offer(&mut self.best, &mut self.touched, facility, 0);
            }
        }
        for (lane, (stops, met)) in starts.iter().enumerate() {
            for &stop in *stops {
                let arc = graph.arc(stop.walk);
                for &(_, facility, there) in facilities.on_walk(stop.walk) {
                    if let Some(cost) = stop.straight_to(there, arc) {
                        self.straight.push((facility, lane, cost));
                    }
                }
            }
            let met = met.iter();
            self.straight
                .extend(met.map(|&(facility, cost)| (facility, lane, cost)));
        }
        for &(facility, ..) in &self.straight {
            offer(&mut self.best, &mut self.touched, facility, 0);
        }
        self.straight.sort_unstable();
        self.touched.sort_unstable();
        let mut straight = self.straight.drain(..).peekable();
        for facility in self.touched.drain(..) {
            self.best[facility as usize] = Cost::MAX;
            let mut row = Row::beyond(self.most);
            for &(node, cost) in facilities.arrivals_of(facility) {
                if cost <= self.most
                    && let Some(from) = self.crowd.row(node)
                {
                    row.lower(from, cost as i16);
                }
            }
            while let Some((_, lane, cost)) = straight.next_if(|&(of, ..)| of == facility) {
                row.offer(lane, cost, self.most);
            }
            for &set in &facilities.sets[facility as usize] {
                self.tally.add(set as usize, facility, &row);
            }
        }
        self.tally.take(starts.len(), counts, nearest);
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
