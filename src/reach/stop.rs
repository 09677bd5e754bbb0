//! Links, in the cost of one graph.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Search;
use crate::link::{Going, Links, Meetings};
use crate::network::{Arc, Position, WalkGraph, WalkId};
use crate::profile::Walker;
use crate::units::Cost;

/// A link in the cost of a graph: where on a walk, and the leg off it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stop {
    /// The walk.
    pub walk: WalkId,
    /// Cost from the walk's first end to the position.
    pub along: Cost,
    /// The junction at which a ground is left or entered, where it is one: it was
    /// waited at already, and is gone on from at no cost.
    pub junction: Option<u32>,
    /// Cost of the straight leg, and of the way through a ground.
    pub gap: Cost,
}

impl Stop {
    /// The ends of its walk that can be left for, with the cost from the place.
    /// Who stands at an end is there, whatever the walk's direction.
    pub fn departures(self, arc: &Arc) -> impl Iterator<Item = (u32, Cost)> {
        let rest = arc.cost - self.along;
        let to_first = (arc.open[1] || self.along == 0)
            .then(|| (arc.ends[0], self.along.saturating_add(arc.wait[0])));
        let to_second =
            (arc.open[0] || rest == 0).then(|| (arc.ends[1], rest.saturating_add(arc.wait[1])));
        self.at_ends([to_first, to_second])
    }

    /// The ends of its walk from which it can be come to, with the cost to the
    /// place. Who stands at an end is met there, whatever the walk's direction.
    pub fn arrivals(self, arc: &Arc) -> impl Iterator<Item = (u32, Cost)> {
        let rest = arc.cost - self.along;
        let from_first = (arc.open[0] || self.along == 0).then_some((arc.ends[0], self.along));
        let from_second = (arc.open[1] || rest == 0).then_some((arc.ends[1], rest));
        self.at_ends([from_first, from_second])
    }

    fn at_ends(self, ends: [Option<(u32, Cost)>; 2]) -> impl Iterator<Item = (u32, Cost)> {
        let ends = match self.junction {
            Some(node) => [Some((node, 0)), None],
            None => ends,
        };
        let costs = ends.into_iter().flatten();
        costs.map(move |(node, cost)| (node, cost.saturating_add(self.gap)))
    }

    /// The cost to another stop of the same walk without leaving it. Junctions are
    /// reached by their walks.
    pub fn straight_to(self, other: Self, arc: &Arc) -> Option<Cost> {
        if self.junction.is_some() || other.junction.is_some() {
            return None;
        }
        let walked = if other.along >= self.along && arc.open[0] {
            other.along - self.along
        } else if other.along <= self.along && arc.open[1] {
            self.along - other.along
        } else {
            return None;
        };
        Some(walked.saturating_add(self.gap).saturating_add(other.gap))
    }
}

/// The stops of many places: their [`Links`], in the cost of one graph, and for a
/// place on a ground a stop at each of its exits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stops {
    first: Vec<u32>,
    list: Vec<Stop>,
    /// For every place the facilities that it meets without any walk.
    met: Vec<Vec<(u32, Cost)>>,
}

impl Stops {
    /// Prices links for a walker. Each leg is rounded once.
    ///
    /// Nobody walks through a ground. So a place that is linked to a walk of one has
    /// that stop, by which it meets other places of the ground, and a stop outside
    /// every exit, with the way there as its leg.
    pub fn of(links: &Links, graph: &WalkGraph, walker: &Walker, going: Going) -> Self {
        let of_place = |ways: &mut WaysOut, place: usize| {
            let linked = links.of(place).iter().map(|link| Stop {
                walk: link.walk,
                along: graph.arc(link.walk).cost_to(link.along),
                junction: None,
                gap: walker.plain_cost(graph.kind(), link.gap),
            });
            ways.with_exits(linked.collect())
        };
        let found: Vec<Vec<Stop>> = (0..links.len())
            .into_par_iter()
            .map_init(|| WaysOut::new(graph, going), of_place)
            .collect();
        let mut stops = Self {
            first: vec![0],
            ..Self::default()
        };
        for of_place in found {
            stops.list.extend(of_place);
            stops.first.push(stops.list.len() as u32);
        }
        stops
    }

    /// The same stops of sources, with the facilities that they meet straight, inside
    /// their compounds.
    pub fn meeting(self, meetings: &Meetings, graph: &WalkGraph, walker: &Walker) -> Self {
        let of_place = |place| {
            let met = meetings.of(place).iter();
            met.map(|meeting| {
                let cost = walker.plain_cost(graph.kind(), meeting.millimetres);
                (meeting.facility, cost)
            })
            .collect()
        };
        Self {
            met: (0..self.len()).map(of_place).collect(),
            ..self
        }
    }

    /// The facilities that a place meets without any walk, by facility.
    pub fn met(&self, place: usize) -> &[(u32, Cost)] {
        self.met.get(place).map_or(&[], Vec::as_slice)
    }

    /// How many places there are.
    pub fn len(&self) -> usize {
        self.first.len().saturating_sub(1)
    }

    /// Whether there is no place.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The stops of a place; empty where it is unlinked.
    pub fn at(&self, place: usize) -> &[Stop] {
        &self.list[self.first[place] as usize..self.first[place + 1] as usize]
    }
}

/// One worker's search for the exits of grounds.
struct WaysOut<'a> {
    graph: &'a WalkGraph,
    going: Going,
    search: Search,
}

impl<'a> WaysOut<'a> {
    fn new(graph: &'a WalkGraph, going: Going) -> Self {
        Self {
            graph,
            going,
            search: Search::new(graph.node_count()),
        }
    }

    /// The stops and, of those on grounds, the stops outside, exit by exit; ascending.
    fn with_exits(&mut self, mut stops: Vec<Stop>) -> Vec<Stop> {
        let mut grounds: BTreeMap<u32, Vec<Stop>> = BTreeMap::new();
        let graph = self.graph;
        let ground = |stop: &Stop| {
            let component = graph.component(stop.walk);
            let is_ground = !graph.exits(component).is_empty();
            is_ground.then(|| graph.exit_order(component))
        };
        for stop in &stops {
            if let Some(ground) = ground(stop) {
                grounds.entry(ground).or_default().push(*stop);
            }
        }
        // From the innermost outwards: a ground may lie within another.
        while let Some((_, inside)) = grounds.pop_first() {
            for outside in self.outside(&inside) {
                if let Some(ground) = ground(&outside) {
                    grounds.entry(ground).or_default().push(outside);
                }
                stops.push(outside);
            }
        }
        stops.sort_unstable();
        stops.dedup_by_key(|stop| (stop.walk, stop.along, stop.junction));
        stops
    }

    /// The stops outside a ground, from the stops inside it.
    fn outside(&mut self, inside: &[Stop]) -> Vec<Stop> {
        let (graph, going) = (self.graph, self.going);
        let Some(first) = inside.first() else {
            return Vec::new();
        };
        match going {
            Going::Out => {
                let seeds = inside
                    .iter()
                    .flat_map(|stop| stop.departures(graph.arc(stop.walk)));
                let seeds = seeds.map(|(node, cost)| (node, cost, 0));
                self.search.run(graph.forward(), seeds, Cost::MAX);
            }
            Going::In => {
                let seeds = inside
                    .iter()
                    .flat_map(|stop| stop.arrivals(graph.arc(stop.walk)));
                let seeds = seeds.map(|(node, cost)| (node, cost, 0));
                self.search.run(graph.backward(), seeds, Cost::MAX);
            }
        }
        let at = |position: Position| {
            let arc = graph.arc(position.walk);
            Stop {
                walk: position.walk,
                along: arc.cost_to(position.along),
                junction: arc.end_at(position.along),
                gap: 0,
            }
        };
        let exits = graph.exits(graph.component(first.walk)).iter();
        exits
            .filter(|exit| going == Going::Out || !exit.gated)
            .filter_map(|exit| {
                let (door, arc) = (at(exit.inner), graph.arc(exit.inner.walk));
                let along_walk = inside
                    .iter()
                    .filter(|stop| stop.walk == door.walk)
                    .filter_map(|&stop| match going {
                        Going::Out => stop.straight_to(door, arc),
                        Going::In => door.straight_to(stop, arc),
                    })
                    .min();
                let searched =
                    |(node, cost): (u32, Cost)| Some(self.search.cost(node)?.saturating_add(cost));
                let by_junction = match going {
                    Going::Out => door.arrivals(arc).filter_map(searched).min(),
                    Going::In => door.departures(arc).filter_map(searched).min(),
                };
                let gap = along_walk.into_iter().chain(by_junction).min()?;
                Some(Stop {
                    gap,
                    ..at(exit.outer)
                })
            })
            .collect()
    }
}
