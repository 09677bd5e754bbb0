//! Links, in the cost of one graph.

use crate::link::Links;
use crate::network::{Arc, WalkGraph, WalkId};
use crate::profile::Walker;
use crate::units::Cost;

/// A link in the cost of a graph: where on a walk, and the leg off it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stop {
    /// The walk.
    pub walk: WalkId,
    /// Cost from the walk's first end to the position.
    pub along: Cost,
    /// Cost of the straight leg.
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
        to_first
            .into_iter()
            .chain(to_second)
            .map(move |(node, cost)| (node, cost.saturating_add(self.gap)))
    }

    /// The ends of its walk from which it can be come to, with the cost to the
    /// place. Who stands at an end is met there, whatever the walk's direction.
    pub fn arrivals(self, arc: &Arc) -> impl Iterator<Item = (u32, Cost)> {
        let rest = arc.cost - self.along;
        let from_first = (arc.open[0] || self.along == 0).then_some((arc.ends[0], self.along));
        let from_second = (arc.open[1] || rest == 0).then_some((arc.ends[1], rest));
        from_first
            .into_iter()
            .chain(from_second)
            .map(move |(node, cost)| (node, cost.saturating_add(self.gap)))
    }

    /// The cost to another stop of the same walk without leaving it.
    pub fn straight_to(self, other: Self, arc: &Arc) -> Option<Cost> {
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

/// The stops of many places: their [`Links`], in the cost of one graph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stops {
    first: Vec<u32>,
    stops: Vec<Stop>,
}

impl Stops {
    /// Prices links for a walker. Each leg is rounded once.
    pub fn of(links: &Links, graph: &WalkGraph, walker: &Walker) -> Self {
        let mut stops = Self {
            first: vec![0],
            stops: Vec::new(),
        };
        for place in 0..links.len() {
            stops.stops.extend(links.of(place).iter().map(|link| Stop {
                walk: link.walk,
                along: graph.arc(link.walk).cost_to(link.along),
                gap: walker.plain_cost(graph.kind(), link.gap),
            }));
            stops.first.push(stops.stops.len() as u32);
        }
        stops
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
        &self.stops[self.first[place] as usize..self.first[place + 1] as usize]
    }
}
