//! Links, in the cost of one graph.

use rayon::prelude::*;

use super::doors::Doors;
use crate::grouped::Grouped;
use crate::link::{Going, Links, Meetings};
use crate::network::{Arc, Extension, WalkGraph, WalkId};
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

    /// The same place on a network with walks added, whose nodes have the numbers of before.
    pub fn carried(self, extension: &Extension, now: &WalkGraph) -> Self {
        if !extension.is_cut(self.walk) {
            return self;
        }
        // The first piece that ends at the stop or behind it.
        let mut walked = 0;
        let mut found = (self.walk, 0);
        for (_, piece) in extension.pieces(self.walk) {
            found = (piece, walked);
            walked += now.arc(piece).cost;
            if walked >= self.along {
                break;
            }
        }
        Self {
            walk: found.0,
            along: self.along - found.1,
            ..self
        }
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

/// Places whose stops are priced at once.
const AT_ONCE: usize = 1 << 14;

/// The stops of many places: their [`Links`], in the cost of one graph, and for a
/// place on a ground a stop at each of its exits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stops {
    of_places: Grouped<Stop>,
    /// For every place the facilities that it meets without any walk.
    met: Grouped<(u32, Cost)>,
}

impl Stops {
    /// Prices links for a walker. Each leg is rounded once.
    ///
    /// Nobody walks through a ground. So a place that is linked to a walk of one has
    /// that stop, by which it meets other places of the ground, and a stop outside
    /// every exit, with the way there as its leg.
    pub fn of(links: &Links, graph: &WalkGraph, walker: &Walker, going: Going) -> Self {
        let doors = Doors::of(links, graph, going);
        let of_place = |place: usize| {
            let linked = links.of(place).iter().map(|link| Stop {
                walk: link.walk,
                along: graph.arc(link.walk).cost_to(link.along),
                junction: None,
                gap: walker.plain_cost(graph.kind(), link.gap),
            });
            doors.with_exits(linked.collect())
        };
        let mut stops = Self::default();
        for first in (0..links.len()).step_by(AT_ONCE) {
            let some = first..links.len().min(first + AT_ONCE);
            let found: Vec<Vec<Stop>> = some.into_par_iter().map(of_place).collect();
            for of_place in found {
                stops.of_places.push(of_place);
            }
        }
        stops
    }

    /// One stop a place, or none.
    pub(super) fn one_each(stops: impl IntoIterator<Item = Option<Stop>>) -> Self {
        let mut each = Self::default();
        for stop in stops {
            each.of_places.push(stop);
        }
        each
    }

    /// The same stops of sources, with the facilities that they meet straight, inside
    /// their compounds.
    pub fn meeting(self, meetings: &Meetings, graph: &WalkGraph, walker: &Walker) -> Self {
        let mut met = Grouped::default();
        for place in 0..self.len() {
            met.push(meetings.of(place).iter().map(|meeting| {
                let cost = walker.plain_cost(graph.kind(), meeting.millimetres);
                (meeting.facility, cost)
            }));
        }
        Self { met, ..self }
    }

    /// The same stops on a network with walks added, where `nodes` are the numbers of the
    /// nodes: no cost changes, as those of a walk that was cut share its own.
    pub fn carried(&self, extension: &Extension, now: &WalkGraph, nodes: &[u32]) -> Self {
        let carried = |stop: &Stop| Stop {
            junction: stop.junction.map(|node| nodes[node as usize]),
            ..stop.carried(extension, now)
        };
        Self {
            of_places: self.of_places.map(carried),
            met: self.met.clone(),
        }
    }

    /// Stops and facilities that are met straight, place by place.
    pub(super) fn listed(places: impl Iterator<Item = (Vec<Stop>, Vec<(u32, Cost)>)>) -> Self {
        let mut listed = Self::default();
        for (mut stops, mut met) in places {
            stops.sort_unstable();
            stops.dedup_by_key(|stop| (stop.walk, stop.along, stop.junction));
            listed.of_places.push(stops);
            met.sort_unstable();
            met.dedup_by_key(|met| met.0);
            listed.met.push(met);
        }
        listed
    }

    /// The stops of both, place by place: who has a way by either has it.
    pub fn or(&self, other: &Self) -> Self {
        Self::listed((0..self.len()).map(|place| {
            let stops = [self.at(place), other.at(place)].concat();
            let met = [self.met(place), other.met(place)].concat();
            (stops, met)
        }))
    }

    /// The facilities that a place meets without any walk, by facility.
    pub fn met(&self, place: usize) -> &[(u32, Cost)] {
        if place < self.met.len() {
            self.met.at(place as u32)
        } else {
            &[]
        }
    }

    /// How many places there are.
    pub fn len(&self) -> usize {
        self.of_places.len()
    }

    /// Whether there is no place.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The stops of a place; empty where it is unlinked.
    pub fn at(&self, place: usize) -> &[Stop] {
        self.of_places.at(place as u32)
    }
}
