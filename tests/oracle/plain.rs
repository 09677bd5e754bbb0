//! The plain graph that is exported: petgraph's own `dijkstra` finds there, from every
//! vertex and from every source, what the library's searches find.

use std::collections::HashMap;

use living_circle::link::{Going, Link, Links, Unlinked};
use living_circle::network::{Obstacles, WalkGraph, WalkId, WalkNetwork};
use living_circle::osm::{self, Extract};
use living_circle::places::FacilitySet;
use living_circle::plane::Plane;
use living_circle::profile::{AccessRules, Walker, Walkers};
use living_circle::progress::Silent;
use living_circle::reach::{PlainGraph, Stops, Trips, Vertices};
use living_circle::units::{Cost, CostKind};
use petgraph::algo::dijkstra;
use petgraph::graph::{DiGraph, NodeIndex};
use rayon::prelude::*;

use super::drawn;
use super::random::Random;

/// How many sets the facilities belong to; the last holds none, and some belong to none.
const SETS: usize = 4;

const LIMITS: [Cost; 3] = [0, 1_500, 9_000];

/// The costs from a node of a plain graph to all others.
pub fn from(graph: &DiGraph<(), Cost>, node: u32) -> HashMap<u32, Cost> {
    let found = dijkstra(graph, NodeIndex::new(node as usize), None, |edge| {
        *edge.weight()
    });
    let costs = found.into_iter();
    costs
        .map(|(node, cost)| (node.index() as u32, cost))
        .collect()
}

/// The same, so small that pieces and whole walks cost nothing.
fn shrink(extract: &mut Extract) {
    let plane = Plane::at(extract.node_at[0]);
    for at in &mut extract.node_at {
        *at = plane.place(plane.metres(*at).map(|metres| metres * 0.004));
    }
}

/// The same, the second and the last but one node of every way so near to its ends that
/// the way there costs nothing.
fn crowd(extract: &mut Extract) {
    let plane = Plane::at(extract.node_at[0]);
    for way in &extract.ways {
        let ends = [
            [0, 1],
            [way.nodes.len() - 1, way.nodes.len().saturating_sub(2)],
        ];
        for [end, next] in ends.map(|ends| ends.map(|at| way.nodes.get(at))) {
            let places = end.zip(next).filter(|(end, next)| {
                let known = |node: &osm::NodeIndex| (node.0 as usize) < extract.node_at.len();
                known(end) && known(next)
            });
            if let Some((end, next)) = places {
                let [east, north] = plane.metres(extract.node_at[end.0 as usize]);
                extract.node_at[next.0 as usize] = plane.place([east + 0.03, north]);
            }
        }
    }
}

/// Up to three links a place, anywhere on any walk.
fn anywhere(random: &mut Random, network: &WalkNetwork, graph: &WalkGraph, count: usize) -> Links {
    let usable = network.walk_ids().filter(|&walk| graph.arc(walk).usable());
    let usable: Vec<WalkId> = usable.collect();
    let mut link = |_| {
        if usable.is_empty() {
            return Err(Unlinked::TooFar);
        }
        let walk = random.pick(&usable);
        let length = network.walk(walk).millimetres;
        let along = match random.within(0..4) {
            0 => 0,
            1 => length,
            _ => random.within(0..length + 1),
        };
        let gap = random.within(0..2) * random.within(0..30_000);
        Ok(Link { walk, along, gap })
    };
    Links::gather((0..count).map(|place| (0..=place % 3).map(&mut link).collect()))
}

fn compare(seed: u64, walker: &Walker, kind: CostKind) -> u64 {
    let random = &mut Random(seed);
    let rules = AccessRules::builtin();
    let mut extract = drawn::extract(random);
    match seed % 4 {
        0 => shrink(&mut extract),
        1 => crowd(&mut extract),
        _ => {}
    }
    let (network, ..) = WalkNetwork::build(&extract, &rules, &Obstacles::of(&extract, &rules));
    let graph = WalkGraph::new(&network, walker, kind);
    let stops = |links: &Links, going| Stops::of(links, &graph, walker, going);
    let sources = stops(&anywhere(random, &network, &graph, 12), Going::Out);
    let facilities = stops(&anywhere(random, &network, &graph, 16), Going::In);
    let members = |set: usize| {
        let of_set = |&facility: &u32| facility as usize % SETS == set || facility == 0;
        FacilitySet(if set + 1 == SETS {
            Vec::new()
        } else {
            (0..16).filter(of_set).collect()
        })
    };
    let sets: Vec<FacilitySet> = (0..SETS).map(members).collect();
    let vertices = Vertices::of(&network, &graph);
    let plain = PlainGraph::of(&vertices, &facilities, &sets, &sources);
    let nodes = plain.source(sources.len());
    let mut petgraph: DiGraph<(), Cost> = DiGraph::new();
    for _ in 0..nodes {
        petgraph.add_node(());
    }
    for &(from, to, cost) in plain.edges() {
        petgraph.add_edge(
            NodeIndex::new(from as usize),
            NodeIndex::new(to as usize),
            cost,
        );
    }
    let mut pairs = 0;
    for (places, first) in [(&vertices.stops(), 0), (&sources, plain.source(0))] {
        let trips = Trips::new(&graph, places, &facilities);
        let counts = trips.count(&sets, &LIMITS, &Silent);
        let nearest = |set| trips.nearest(set);
        let nearest: Vec<_> = sets.iter().map(nearest).collect();
        for place in 0..places.len() {
            let found = from(&petgraph, first + place as u32);
            for (number, set) in sets.iter().enumerate() {
                let node = |facility: &u32| plain.facility(*facility).unwrap();
                let costs = set
                    .0
                    .iter()
                    .filter_map(|facility| found.get(&node(facility)));
                let costs: Vec<Cost> = costs.copied().collect();
                let ours = nearest[number][place].map(|nearest| nearest.cost);
                let told = format!("seed {seed}, set {number}, place {place} from {first}");
                assert_eq!(ours, costs.iter().copied().min(), "{told}");
                for (at, limit) in LIMITS.into_iter().enumerate() {
                    let within = costs.iter().filter(|&&cost| cost <= limit).count();
                    assert_eq!(counts.count(place, number, at) as usize, within, "{told}");
                }
                pairs += costs.len() as u64;
            }
        }
    }
    pairs
}

#[test]
fn a_plain_graph_gives_the_answers_of_the_searches() {
    let table = Walkers::builtin();
    let patient = Walker {
        signals: 20.0,
        ..table.find("adult").unwrap().clone()
    };
    let walkers = [
        table.find("adult").unwrap(),
        &patient,
        table.find("wheelchair").unwrap(),
    ];
    let pairs: u64 = (0..600_u64)
        .into_par_iter()
        .map(|seed| {
            let kind = [CostKind::Time, CostKind::Length][usize::from(seed % 7 == 0)];
            compare(seed, walkers[seed as usize % 3], kind)
        })
        .sum();
    assert!(pairs > 100_000, "{pairs}");
}
