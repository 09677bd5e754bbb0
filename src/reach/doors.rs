//! How grounds are left and come into.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::{Search, Stop};
use crate::link::{Going, Links};
use crate::network::{Exit, Position, WalkGraph};
use crate::units::Cost;

/// A way out of a ground, and in.
struct Door {
    inside: Stop,
    outside: Stop,
    /// The nodes of the ground, ascending, with the cost from there to the door for
    /// those who leave, from the door for visitors.
    costs: Vec<(u32, Cost)>,
}

impl Door {
    fn cost(&self, node: u32) -> Option<Cost> {
        let found = self.costs.binary_search_by_key(&node, |&(node, _)| node);
        found.ok().map(|at| self.costs[at].1)
    }
}

/// The doors of every ground that a place lies in: each ground is searched once a
/// door, however many places lie in it.
pub(super) struct Doors<'a> {
    graph: &'a WalkGraph,
    going: Going,
    /// By component.
    of_ground: BTreeMap<u32, Vec<Door>>,
}

impl<'a> Doors<'a> {
    pub fn of(links: &Links, graph: &'a WalkGraph, going: Going) -> Self {
        let mut grounds: BTreeSet<u32> = (0..links.len())
            .flat_map(|place| links.of(place))
            .map(|link| graph.component(link.walk))
            .collect();
        let mut ahead: Vec<u32> = grounds.iter().copied().collect();
        let mut exits: Vec<(u32, Exit)> = Vec::new();
        while let Some(ground) = ahead.pop() {
            for exit in graph.exits(ground) {
                if going == Going::Out || !exit.gated {
                    exits.push((ground, *exit));
                    let outer = graph.component(exit.outer.walk);
                    if grounds.insert(outer) {
                        ahead.push(outer);
                    }
                }
            }
        }
        exits.sort_unstable();
        let doors: Vec<Door> = exits
            .par_iter()
            .map_init(
                || Search::new(graph.node_count()),
                |search, (_, exit)| door(graph, going, exit, search),
            )
            .collect();
        let mut of_ground: BTreeMap<u32, Vec<Door>> = BTreeMap::new();
        for ((ground, _), door) in exits.into_iter().zip(doors) {
            of_ground.entry(ground).or_default().push(door);
        }
        Self {
            graph,
            going,
            of_ground,
        }
    }

    /// The stops and, of those on grounds, the stops outside, door by door; ascending.
    pub fn with_exits(&self, mut stops: Vec<Stop>) -> Vec<Stop> {
        let mut grounds: BTreeMap<(u32, u32), Vec<Stop>> = BTreeMap::new();
        let ground = |stop: &Stop| {
            let component = self.graph.component(stop.walk);
            let is_ground = self.of_ground.contains_key(&component);
            is_ground.then(|| (self.graph.exit_order(component), component))
        };
        for stop in &stops {
            if let Some(ground) = ground(stop) {
                grounds.entry(ground).or_default().push(*stop);
            }
        }
        // From the innermost outwards: a ground may lie within another.
        while let Some(((_, component), inside)) = grounds.pop_first() {
            for door in &self.of_ground[&component] {
                if let Some(outside) = self.outside(&inside, door) {
                    if let Some(ground) = ground(&outside) {
                        grounds.entry(ground).or_default().push(outside);
                    }
                    stops.push(outside);
                }
            }
        }
        stops.sort_unstable();
        stops.dedup_by_key(|stop| (stop.walk, stop.along, stop.junction));
        stops
    }

    /// The stop outside a door, from the stops inside its ground.
    fn outside(&self, inside: &[Stop], door: &Door) -> Option<Stop> {
        let by_walk = |stop: &Stop| {
            let arc = self.graph.arc(stop.walk);
            let same = stop.walk == door.inside.walk;
            same.then(|| match self.going {
                Going::Out => stop.straight_to(door.inside, arc),
                Going::In => door.inside.straight_to(*stop, arc),
            })?
        };
        let add = |(node, cost): (u32, Cost)| Some(door.cost(node)?.saturating_add(cost));
        let by_junction = |stop: &Stop| {
            let arc = self.graph.arc(stop.walk);
            match self.going {
                Going::Out => stop.departures(arc).filter_map(add).min(),
                Going::In => stop.arrivals(arc).filter_map(add).min(),
            }
        };
        let ways = inside
            .iter()
            .flat_map(|stop| [by_walk(stop), by_junction(stop)]);
        let gap = ways.flatten().min()?;
        Some(Stop {
            gap,
            ..door.outside
        })
    }
}

fn door(graph: &WalkGraph, going: Going, exit: &Exit, search: &mut Search) -> Door {
    let at = |position: Position| {
        let arc = graph.arc(position.walk);
        Stop {
            walk: position.walk,
            along: arc.cost_to(position.along),
            junction: arc.end_at(position.along),
            gap: 0,
        }
    };
    let inside = at(exit.inner);
    let arc = graph.arc(inside.walk);
    let seed = |(node, cost)| (node, cost, 0);
    match going {
        Going::Out => search.run(graph.backward(), inside.arrivals(arc).map(seed), Cost::MAX),
        Going::In => search.run(graph.forward(), inside.departures(arc).map(seed), Cost::MAX),
    }
    let nodes = search.reached().iter();
    let mut costs: Vec<(u32, Cost)> = nodes
        .filter_map(|&node| Some((node, search.cost(node)?)))
        .collect();
    costs.sort_unstable();
    Door {
        inside,
        outside: at(exit.outer),
        costs,
    }
}
