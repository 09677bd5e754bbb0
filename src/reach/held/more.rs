//! What trips there are beside those that there were.

use std::collections::BTreeMap;

use super::{Held, Shift};
use crate::network::{Extension, WalkGraph, WalkId};
use crate::reach::Stop;
use crate::units::Cost;

/// What trips there are beside those that there were.
#[derive(Default)]
pub(super) struct More {
    /// By place: ways to nodes.
    pub ways: BTreeMap<u32, Vec<(u32, Cost)>>,
    /// Destination, node and cost.
    pub arrivals: Vec<(u32, u32, Cost)>,
    /// By place: destinations without a node between.
    pub straight: BTreeMap<u32, Vec<(u32, Cost)>>,
    /// Arcs that were not there.
    pub arcs: Vec<(u32, u32, Cost)>,
}

impl Held {
    /// What there is beside what there was.
    pub(super) fn more(&self, shift: &Shift) -> More {
        let mut more = More::default();
        let graph = shift.graph;
        let arrive = |more: &mut More, facility: u32, stop: &Stop| {
            let ends = stop.arrivals(graph.arc(stop.walk));
            more.arrivals
                .extend(ends.map(|(node, cost)| (facility, node, cost)));
        };
        let leave = |more: &mut More, place: u32, stop: &Stop| {
            let ends = stop.departures(graph.arc(stop.walk));
            more.ways.entry(place).or_default().extend(ends);
        };
        for (facility, stops) in shift.renewed.iter().chain(&shift.gained) {
            for stop in stops {
                arrive(&mut more, *facility, stop);
            }
        }
        for (place, stops) in &shift.gaining {
            for stop in stops {
                leave(&mut more, *place, stop);
            }
        }
        if let Some(extension) = shift.extension {
            more.arcs = new_arcs(extension, graph, self.graph.arcs().len());
            // Where a walk was cut somebody may be met, and may turn off.
            for walk in extension.cut_walks() {
                for (origin, stop) in self.origins_on.at(walk.0) {
                    let stop = stop.carried(extension, graph);
                    for &place in self.places_of.at(*origin) {
                        leave(&mut more, place, &stop);
                    }
                }
                for (facility, stop) in self.targets_on.at(walk.0) {
                    if let Some(number) = shift.numbers[*facility as usize] {
                        let stop = stop.carried(extension, graph);
                        arrive(&mut more, number, &stop);
                    }
                }
            }
        }
        self.meet(shift, &mut more);
        more
    }

    /// Whom new stops meet on their walks, and whom places meet inside a compound.
    fn meet(&self, shift: &Shift, more: &mut More) {
        let graph = shift.graph;
        let of_before = |walk: WalkId| match shift.extension {
            None => Some(walk),
            Some(extension) => extension.was(walk),
        };
        let carried = |stop: &Stop| match shift.extension {
            None => *stop,
            Some(extension) => stop.carried(extension, graph),
        };
        let mut gaining: BTreeMap<WalkId, Vec<(u32, Stop)>> = BTreeMap::new();
        for (place, stops) in &shift.gaining {
            for &stop in stops {
                gaining.entry(stop.walk).or_default().push((*place, stop));
            }
        }
        let mut meet = |place: u32, facility: u32, from: Stop, to: Stop| {
            if let Some(cost) = from.straight_to(to, graph.arc(from.walk)) {
                more.straight
                    .entry(place)
                    .or_default()
                    .push((facility, cost));
            }
        };
        for (facility, stops) in shift.renewed.iter().chain(&shift.gained) {
            for &to in stops {
                let known = of_before(to.walk).filter(|walk| walk.0 < self.origins_on.len() as u32);
                let known = known
                    .into_iter()
                    .flat_map(|walk| self.origins_on.at(walk.0));
                for (origin, stop) in known {
                    let from = carried(stop);
                    if from.walk == to.walk {
                        for &place in self.places_of.at(*origin) {
                            meet(place, *facility, from, to);
                        }
                    }
                }
                for &(place, from) in gaining.get(&to.walk).into_iter().flatten() {
                    meet(place, *facility, from, to);
                }
            }
        }
        for (&walk, places) in &gaining {
            let Some(before) = of_before(walk) else {
                continue;
            };
            for (facility, stop) in self.targets_on.at(before.0) {
                let Some(number) = shift.numbers[*facility as usize] else {
                    continue;
                };
                let to = carried(stop);
                if to.walk == walk {
                    for &(place, from) in places {
                        meet(place, number, from, to);
                    }
                }
            }
        }
        for &(place, facility, cost) in &shift.met {
            more.straight
                .entry(place)
                .or_default()
                .push((facility, cost));
        }
    }
}

/// The arcs of added walks, and of the pieces of walks that were cut, both ways.
fn new_arcs(extension: &Extension, graph: &WalkGraph, known: usize) -> Vec<(u32, u32, Cost)> {
    let cut = extension
        .cut_walks()
        .flat_map(|walk| extension.pieces(walk));
    let cut = cut.map(|(_, walk)| walk);
    let all = (known as u32..graph.arcs().len() as u32).map(WalkId);
    let mut arcs: Vec<(u32, u32, Cost)> = cut
        .chain(all)
        .flat_map(|walk| graph.arc(walk).edges())
        .collect();
    arcs.sort_unstable();
    arcs.dedup();
    arcs
}
