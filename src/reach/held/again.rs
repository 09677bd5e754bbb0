//! Trips that are searched again: of the places for which anything can be other.

use std::collections::{BTreeMap, BTreeSet};

use super::{Held, Shift};
use crate::network::WalkGraph;
use crate::reach::{Search, Stop, Stops, Trips};
use crate::units::Cost;

impl Held {
    /// The places from where a renewed destination, one that is no more, or an added walk
    /// is within a limit, now or before: no other place can count anything else.
    pub fn touched(&self, shift: &Shift, limit: Cost) -> Vec<u32> {
        let more = self.more(shift);
        let mut places: BTreeSet<u32> = more
            .ways
            .keys()
            .chain(more.straight.keys())
            .copied()
            .collect();
        let known = self.graph.node_count() as u32;
        let mut search = Search::new(shift.graph.node_count());
        let mut around = |graph: &WalkGraph, seeds: &mut dyn Iterator<Item = (u32, Cost)>| {
            search.run(
                graph.backward(),
                seeds.map(|(node, cost)| (node, cost, 0)),
                limit,
            );
            for &node in search.reached().iter().filter(|&&node| node < known) {
                for &(origin, _) in self.pairs.origins.at.at(node) {
                    places.extend(self.places_of.at(origin));
                }
            }
        };
        let arrivals = more.arrivals.iter().map(|&(_, node, cost)| (node, cost));
        let walks = more.arcs.iter().map(|&(_, to, _)| (to, 0));
        around(shift.graph, &mut arrivals.chain(walks));
        let gone = shift.numbers.iter().enumerate();
        let gone = gone.filter(|(_, number)| number.is_none());
        let gone: Vec<u32> = gone.map(|(old, _)| old as u32).collect();
        let ways = gone
            .iter()
            .flat_map(|&old| self.pairs.destinations.ways.at(old));
        around(&self.graph, &mut ways.copied());
        for &old in &gone {
            for &(origin, _) in self.pairs.destinations.straight.at(old) {
                places.extend(self.places_of.at(origin));
            }
        }
        places.into_iter().collect()
    }

    /// All trips from some of the places, as they are now.
    pub fn trips_from<'b>(&self, shift: &Shift<'b>, places: &[u32]) -> Trips<'b> {
        let carried = |stop: &Stop| match shift.extension {
            None => *stop,
            Some(extension) => stop.carried(extension, shift.graph),
        };
        let mut targets: BTreeMap<u32, Vec<Stop>> = BTreeMap::new();
        for (old, number) in shift.numbers.iter().enumerate() {
            if let Some(number) = number {
                let stops = self.targets.at(old).iter().map(carried);
                targets.insert(*number, stops.collect());
            }
        }
        for (facility, stops) in shift.renewed.iter().chain(&shift.gained) {
            targets.entry(*facility).or_default().extend(stops);
        }
        let count = targets.last_key_value().map_or(0, |(last, _)| last + 1);
        let of_facility = |facility| targets.get(&facility).cloned().unwrap_or_default();
        let targets = Stops::listed((0..count).map(|facility| (of_facility(facility), Vec::new())));
        let gaining: BTreeMap<u32, &Vec<Stop>> = shift
            .gaining
            .iter()
            .map(|(place, stops)| (*place, stops))
            .collect();
        let mut met: BTreeMap<u32, Vec<(u32, Cost)>> = BTreeMap::new();
        for &(place, facility, cost) in &shift.met {
            met.entry(place).or_default().push((facility, cost));
        }
        let sources = Stops::listed(places.iter().map(|&place| {
            let own = self.sources.at(place as usize).iter().map(carried);
            let new = gaining
                .get(&place)
                .into_iter()
                .flat_map(|stops| stops.iter());
            let stops = own.chain(new.copied()).collect();
            let known = self.sources.met(place as usize).iter();
            let known = known
                .filter_map(|&(facility, cost)| Some((shift.numbers[facility as usize]?, cost)));
            let new = met.get(&place).into_iter().flatten().copied();
            (stops, known.chain(new).collect())
        }));
        Trips::new(shift.graph, &sources, &targets)
    }
}
