//! Who would be nearer to a set, if it were nearer to some position.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::Held;
use crate::network::Position;
use crate::reach::{Nearest, Stop};
use crate::units::Cost;

impl Held {
    /// Whether some place `gains`, if from a position the nearest of a set were at `cost`;
    /// `known` is what is nearest to every place.
    ///
    /// Whoever is nearer then walks to the position. So all junctions are followed backwards
    /// from there to which the nearest is nearer that way, until somebody is met who gains by
    /// it: by what it costs before, if anything, and now.
    pub fn brings_nearer(
        &self,
        set: usize,
        at: Position,
        cost: Cost,
        known: &[Option<Nearest>],
        gains: &dyn Fn(Option<Cost>, Cost) -> bool,
    ) -> bool {
        let arc = self.graph.arc(at.walk);
        let stop = self.stop_at(at);
        let gains = |origin: u32, by: Cost| {
            // One place stands for all of an origin.
            let place = self.places_of.at(origin).first();
            place.is_some_and(|&place| {
                let was = known[place as usize].map(|nearest| nearest.cost);
                gains(was, by)
            })
        };
        let mut on_walk = self.origins_on.at(at.walk.0).iter();
        let met = on_walk.any(|(origin, from)| {
            let straight = from.straight_to(stop, arc);
            straight.is_some_and(|walked| gains(*origin, walked.saturating_add(cost)))
        });
        if met {
            return true;
        }
        let mut nearer: BTreeMap<u32, Cost> = BTreeMap::new();
        let mut next = BinaryHeap::new();
        for (node, walked) in stop.arrivals(arc) {
            next.push(Reverse((walked.saturating_add(cost), node)));
        }
        while let Some(Reverse((by, node))) = next.pop() {
            let is = self.swept[set][node as usize].cost();
            let is = nearer.get(&node).copied().unwrap_or(is);
            if by >= is {
                continue;
            }
            nearer.insert(node, by);
            let origins = self.pairs.origins.at.at(node);
            if origins
                .iter()
                .any(|&(origin, leg)| gains(origin, leg.saturating_add(by)))
            {
                return true;
            }
            let backward = self.graph.backward();
            let arcs = backward.neighbors_slice(node).iter();
            for (&before, &walked) in arcs.zip(backward.edges_slice(node)) {
                next.push(Reverse((by.saturating_add(walked), before)));
            }
        }
        false
    }

    /// What it costs from a position to the nearest of a set, at most the largest cost there
    /// is.
    pub fn nearest_from(&self, set: usize, at: Position) -> Cost {
        let arc = self.graph.arc(at.walk);
        let stop = self.stop_at(at);
        let ends = stop.departures(arc);
        let by_ends = ends.map(|(node, cost)| self.swept[set][node as usize].plus(cost).cost());
        let on_walk = self.targets_on.at(stop.walk.0).iter();
        let met = on_walk.filter_map(|&(facility, there)| {
            let is_in = self.sets[set].0.binary_search(&facility).is_ok();
            is_in.then(|| stop.straight_to(there, arc)).flatten()
        });
        by_ends.chain(met).min().unwrap_or(Cost::MAX)
    }

    fn stop_at(&self, at: Position) -> Stop {
        Stop {
            walk: at.walk,
            along: self.graph.arc(at.walk).cost_to(at.along),
            junction: None,
            gap: 0,
        }
    }
}
