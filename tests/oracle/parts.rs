//! The parts of walks within limits, position by position, against petgraph's own
//! `dijkstra` on the arcs of the walk graph.

use std::collections::HashMap;

use living_circle::link::{Going, Links};
use living_circle::network::{Obstacles, WalkGraph, WalkId, WalkNetwork};
use living_circle::profile::{AccessRules, Walkers};
use living_circle::reach::{Part, Stop, Stops, Territory};
use living_circle::units::{Cost, CostKind};
use petgraph::algo::dijkstra;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::{EdgeRef as _, Reversed};
use rayon::prelude::*;

use super::drawn;
use super::random::Random;

/// All arcs, parallel ones too, and one more node for whoever walks.
fn plain(graph: &WalkGraph) -> (DiGraph<(), u64>, NodeIndex) {
    let mut plain = DiGraph::new();
    for _ in 0..graph.node_count() {
        plain.add_node(());
    }
    let at = |node: u32| NodeIndex::new(node as usize);
    for arc in graph.arcs() {
        for end in 0..2 {
            if arc.open[end] {
                let cost = u64::from(arc.cost) + u64::from(arc.wait[1 - end]);
                plain.add_edge(at(arc.ends[end]), at(arc.ends[1 - end]), cost);
            }
        }
    }
    let walker = plain.add_node(());
    (plain, walker)
}

/// What every node costs, from the stops or to them.
fn costs(graph: &WalkGraph, stops: &[Stop], going: Going) -> HashMap<NodeIndex, u64> {
    let (mut plain, walker) = plain(graph);
    for stop in stops {
        let arc = graph.arc(stop.walk);
        match going {
            Going::Out => stop.departures(arc).for_each(|(node, cost)| {
                plain.add_edge(walker, NodeIndex::new(node as usize), cost.into());
            }),
            Going::In => stop.arrivals(arc).for_each(|(node, cost)| {
                plain.add_edge(NodeIndex::new(node as usize), walker, cost.into());
            }),
        }
    }
    let found = match going {
        Going::Out => dijkstra(&plain, walker, None, |edge| *edge.weight()),
        Going::In => dijkstra(Reversed(&plain), walker, None, |edge| *edge.weight()),
    };
    found.into_iter().collect()
}

/// What a position costs.
fn cost_of(
    graph: &WalkGraph,
    stops: &[Stop],
    going: Going,
    known: &HashMap<NodeIndex, u64>,
    (walk, along): (WalkId, u64),
) -> Option<u64> {
    let arc = graph.arc(walk);
    let here = Stop {
        walk,
        along: arc.cost_to(along),
        junction: None,
        gap: 0,
    };
    let add = |(node, cost): (u32, Cost)| {
        Some(known.get(&NodeIndex::new(node as usize))? + u64::from(cost))
    };
    let by_end = match going {
        Going::Out => here.arrivals(arc).filter_map(add).min(),
        Going::In => here.departures(arc).filter_map(add).min(),
    };
    let straight = stops.iter().filter(|stop| stop.walk == walk);
    let by_walk = straight.filter_map(|stop| match going {
        Going::Out => stop.straight_to(here, arc),
        Going::In => here.straight_to(*stop, arc),
    });
    by_walk.map(u64::from).chain(by_end).min()
}

/// Compares the parts of one place with the costs of random positions; how many were
/// within.
fn compare(
    random: &mut Random,
    (network, graph): (&WalkNetwork, &WalkGraph),
    (stops, going): (&[Stop], Going),
    parts: &[Part],
    limits: &[Cost],
) -> u64 {
    let known = costs(graph, stops, going);
    let mut within = 0;
    for walk in network.walk_ids().filter(|&walk| graph.arc(walk).usable()) {
        let length = network.walk(walk).millimetres;
        let own: Vec<&Part> = parts.iter().filter(|part| part.walk == walk).collect();
        let mut positions: Vec<u64> = (0..6).map(|_| random.within(0..length + 1)).collect();
        positions.extend([0, length]);
        // Where a part begins and ends counts most.
        for part in &own {
            positions.extend([part.from, part.to, part.from.saturating_sub(1)]);
            positions.push((part.to + 1).min(length));
        }
        for along in positions {
            let cost = cost_of(graph, stops, going, &known, (walk, along));
            let first = limits
                .iter()
                .position(|&limit| cost.is_some_and(|cost| cost <= u64::from(limit)));
            let found: Vec<usize> = own
                .iter()
                .filter(|part| (part.from..=part.to).contains(&along))
                .map(|part| part.limit as usize)
                .collect();
            assert_eq!(
                found,
                first.into_iter().collect::<Vec<_>>(),
                "{going:?} {walk:?} {along} of {length}: {cost:?} {limits:?} {own:?}"
            );
            within += u64::from(first.is_some());
        }
    }
    within
}

fn check(seed: u64) -> u64 {
    let random = &mut Random(seed);
    let rules = AccessRules::builtin();
    let table = Walkers::builtin();
    let walkers: Vec<_> = table.iter().collect();
    let mut walker = walkers[seed as usize % walkers.len()].clone();
    if random.once_in(3) {
        walker.signals = 20.0;
    }
    let kind = random.pick(&[CostKind::Length, CostKind::Time]);
    let going = random.pick(&[Going::Out, Going::In]);
    let extract = drawn::extract(random);
    let (network, ..) = WalkNetwork::build(&extract, &rules, &Obstacles::of(&extract, &rules));
    let graph = WalkGraph::new(&network, &walker, kind);
    let links: Links = drawn::links(random, &network, &graph, 4);
    let stops = Stops::of(&links, &graph, &walker, going);
    let territory = Territory::of(&graph);
    let mut surveyor = territory.surveyor();
    let most = random.pick(&[300, 2_000, 8_000]);
    let limits = [most / 3, most / 2, most];
    (0..stops.len())
        .map(|place| {
            let own = stops.at(place);
            let parts = territory.parts(own, going, &limits, &mut surveyor);
            compare(random, (&network, &graph), (own, going), &parts, &limits)
        })
        .sum()
}

#[test]
fn parts_hold_exactly_the_positions_within_the_limits() {
    let within: u64 = (0..2_000_u64).into_par_iter().map(check).sum();
    assert!(within > 100_000, "{within}");
}
