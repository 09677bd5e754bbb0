//! The library's answers against both oracles, origin by origin.

use living_circle::link::{Going, Links};
use living_circle::network::{WalkGraph, WalkNetwork};
use living_circle::places::FacilitySet;
use living_circle::plane::LonLat;
use living_circle::profile::Walker;
use living_circle::progress::Silent;
use living_circle::reach::{Counts, Nearest, Search, Seeking, Stops, Trips};
use living_circle::units::{Cost, CostKind};
use petgraph::graph::NodeIndex;
use rayon::prelude::*;
use std::collections::HashMap;

use super::contracted::Contracted;
use super::segments::Segments;
use super::town::{Leg, Town};

/// What is compared.
pub struct Case<'a> {
    pub network: &'a WalkNetwork,
    pub segments: &'a Segments<'a>,
    pub walker: &'a Walker,
    pub kind: CostKind,
    pub sources: &'a Links,
    pub facilities: &'a Links,
    /// In the unit of `kind`.
    pub limit: Cost,
}

/// How much was compared, so that a test can tell that it was not nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    /// Pairs of a source and a facility within the limit.
    pub pairs: u64,
    /// Pairs of a source and a junction within the limit.
    pub junctions: u64,
    /// Walks on the way to them.
    pub walks: u64,
    /// Sum of the library's cost minus the unrounded one, over all junctions.
    pub drift: f64,
}

impl Tally {
    pub fn sum(self, other: Self) -> Self {
        Self {
            pairs: self.pairs + other.pairs,
            junctions: self.junctions + other.junctions,
            walks: self.walks + other.walks,
            drift: self.drift + other.drift,
        }
    }
}

/// Facilities are asked for one by one, by their number modulo this, and all at once.
const GROUPS: usize = 3;

/// The library's side and both oracles.
struct Sides<'a> {
    case: &'a Case<'a>,
    graph: WalkGraph,
    sources: Stops,
    sets: Vec<FacilitySet>,
    limits: [Cost; 2],
    counts: Counts,
    /// For every set that is no single facility.
    nearest: Vec<Vec<Option<Nearest>>>,
    contracted: Contracted,
    segments: Town,
    /// For every junction that is not split its node in `segments`.
    segment_nodes: Vec<Option<NodeIndex>>,
}

impl<'a> Sides<'a> {
    fn new(case: &'a Case<'a>) -> Self {
        let (network, walker) = (case.network, case.walker);
        let graph = WalkGraph::new(network, walker, case.kind);
        let sources = Stops::of(case.sources, &graph, walker, Going::Out);
        let facilities = Stops::of(case.facilities, &graph, walker, Going::In);
        let count = case.facilities.len() as u32;
        let single = (0..count).map(|facility| FacilitySet(vec![facility]));
        let groups = (0..GROUPS as u32).map(|group| {
            FacilitySet(
                (0..count)
                    .filter(|at| at % GROUPS as u32 == group)
                    .collect(),
            )
        });
        let all = [FacilitySet((0..count).collect()), FacilitySet::default()];
        let sets: Vec<FacilitySet> = single.chain(groups).chain(all).collect();
        let limits = [case.limit, case.limit / 3];
        let trips = Trips::new(&graph, &sources, &facilities);
        let counts = trips.count_from(Seeking::Origins, &sets, &limits, &Silent);
        let back = trips.count_from(Seeking::Destinations, &sets, &limits, &Silent);
        assert!(counts == back, "origins and destinations disagree");
        let nearest = sets[count as usize..]
            .iter()
            .map(|set| trips.nearest(set))
            .collect();
        let links = [case.sources, case.facilities];
        let contracted = Contracted::new(network, &graph, walker, links);
        let (segments, by_id) = case.segments.town(network, walker, case.kind, links);
        let segment_nodes = whole_junctions(network, &graph, &by_id);
        Self {
            case,
            graph,
            sources,
            sets,
            limits,
            counts,
            nearest,
            contracted,
            segments,
            segment_nodes,
        }
    }

    fn check(&self, search: &mut Search, source: usize) -> Tally {
        let Some((centre, metres)) = self.circle(source) else {
            return self.check_unlinked(source);
        };
        let exact = self.contracted.town.from(source, centre, metres);
        let unrounded = self.segments.from(source, centre, metres);
        let mut tally = Tally::default();
        self.check_junctions(search, source, [&exact, &unrounded], &mut tally);
        let costs: Vec<Option<Cost>> = (0..self.case.facilities.len())
            .map(|facility| {
                let found = self.contracted.town.to(&exact, facility);
                found.map(|leg| leg.cost as Cost)
            })
            .collect();
        self.check_sets(source, &costs);
        for (facility, _) in costs.iter().enumerate() {
            let found = self.counts.nearest(source, facility).map(|near| near.cost);
            let [exact, unrounded] = [
                self.contracted.town.to(&exact, facility),
                self.segments.to(&unrounded, facility),
            ];
            self.check_rounding(found, exact, unrounded, &format!("{source} to {facility}"));
            tally.pairs += u64::from(found.is_some());
        }
        tally
    }

    /// A circle that holds every path within the limit, with its middle at the
    /// first link's walk; `None` for a place without links. With several links
    /// the circle is widened by the way between them.
    fn circle(&self, source: usize) -> Option<(LonLat, f64)> {
        let metres = match self.case.kind {
            CostKind::Length => f64::from(self.case.limit) / 10.0,
            CostKind::Time => f64::from(self.case.limit) / 10.0 * self.case.walker.speed,
        };
        let links = self.case.sources.of(source);
        let centre = self.case.network.shape(links.first()?.walk)[0];
        let apart = links
            .iter()
            .map(|link| {
                let start = self.case.network.shape(link.walk)[0];
                living_circle::plane::distance_metres(centre, start) + link.along as f64 / 1e3
            })
            .fold(0.0, f64::max);
        // Rounding may hide 5 cm a walk: 50 m are enough for a thousand walks.
        Some((centre, metres + apart + 50.0))
    }

    fn check_unlinked(&self, source: usize) -> Tally {
        for set in 0..self.sets.len() {
            assert_eq!(self.counts.nearest(source, set), None);
            assert_eq!(self.counts.count(source, set, 0), 0);
        }
        for nearest in &self.nearest {
            assert_eq!(nearest[source], None);
        }
        Tally::default()
    }

    fn check_junctions(
        &self,
        search: &mut Search,
        source: usize,
        [exact, unrounded]: [&HashMap<NodeIndex, Leg>; 2],
        tally: &mut Tally,
    ) {
        let seeds = self.sources.at(source).iter().flat_map(|stop| {
            stop.departures(self.graph.arc(stop.walk))
                .map(|(node, cost)| (node, cost, 0))
        });
        search.run(self.graph.forward(), seeds, self.case.limit);
        for (node, &in_town) in self.contracted.nodes.iter().enumerate() {
            let found = search.cost(node as u32);
            let expected = exact.get(&in_town).copied();
            let within = expected
                .map(|leg| leg.cost as Cost)
                .filter(|&cost| cost <= self.case.limit);
            assert_eq!(found, within, "{source} to node {node}");
            if let Some(&Some(whole)) = self.segment_nodes.get(node) {
                let plain = unrounded.get(&whole).copied();
                self.check_rounding(found, expected, plain, &format!("{source} to node {node}"));
                if let (Some(found), Some(plain)) = (found, plain) {
                    tally.junctions += 1;
                    tally.walks += u64::from(plain.walks);
                    tally.drift += f64::from(found) - plain.cost;
                }
            }
        }
    }

    /// Half a unit a walk, and what the two cut walks and the legs are rounded by.
    fn check_rounding(
        &self,
        found: Option<Cost>,
        exact: Option<Leg>,
        unrounded: Option<Leg>,
        of: &str,
    ) {
        let walks = exact
            .map_or(0, |leg| leg.walks)
            .max(unrounded.map_or(0, |leg| leg.walks));
        let slack = 0.5 * f64::from(walks) + 3.0;
        let limit = f64::from(self.case.limit);
        match (found, unrounded) {
            (Some(found), Some(leg)) => {
                let off = f64::from(found) - leg.cost;
                assert!(off.abs() <= slack, "{of}: {found}, unrounded {leg:?}");
            }
            (Some(found), None) => panic!("{of}: {found}, but there is no way"),
            (None, Some(leg)) => {
                assert!(leg.cost + slack > limit, "{of}: not found, but {leg:?}");
            }
            (None, None) => {}
        }
    }

    /// Nearest and counts of every set, by the costs to every facility.
    fn check_sets(&self, source: usize, costs: &[Option<Cost>]) {
        for (number, set) in self.sets.iter().enumerate() {
            let of_set = || {
                set.0.iter().filter_map(|&facility| {
                    let cost = costs[facility as usize]?;
                    Some(Nearest::of(cost, facility))
                })
            };
            let within = of_set().min().filter(|near| near.cost <= self.case.limit);
            let found = self.counts.nearest(source, number);
            assert_eq!(found, within, "{source}, set {number}");
            for (at, &limit) in self.limits.iter().enumerate() {
                let count = of_set().filter(|near| near.cost <= limit).count();
                let found = self.counts.count(source, number, at);
                assert_eq!(
                    found as usize, count,
                    "{source}, set {number}, limit {limit}"
                );
            }
            // The sweep has no limit: beyond the circle it may know a way.
            if let Some(far) = number.checked_sub(costs.len()) {
                let swept = self.nearest[far][source];
                let near = swept.filter(|near| near.cost <= self.case.limit);
                assert_eq!(near, within, "{source}, set {number}, swept");
            }
        }
    }
}

/// Compares every source with both oracles.
///
/// The answers must equal those on the arcs of the walk graph exactly, and those
/// on the segments of the extract to within half a unit (5 cm, 0.05 s) a walk.
pub fn check(case: &Case) -> Tally {
    let sides = Sides::new(case);
    (0..case.sources.len())
        .into_par_iter()
        .map_init(
            || Search::new(sides.graph.node_count()),
            |search, source| sides.check(search, source),
        )
        .reduce(Tally::default, Tally::sum)
}

/// For every node of the walk graph that stands for a whole junction the node of
/// the same OSM id in the segments.
fn whole_junctions(
    network: &WalkNetwork,
    graph: &WalkGraph,
    by_id: &HashMap<i64, NodeIndex>,
) -> Vec<Option<NodeIndex>> {
    let mut nodes = vec![None; graph.node_count()];
    let all = network.walks().iter().zip(graph.arcs());
    for (walk, arc) in all.filter(|(walk, _)| !walk.private) {
        for (end, &node) in walk.ends.iter().zip(&arc.ends) {
            if node == end.0 {
                let id = network.junctions()[end.0 as usize].osm_id;
                nodes[node as usize] = by_id.get(&id).copied();
            }
        }
    }
    nodes
}
