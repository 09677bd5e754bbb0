//! Counts and nearest destinations of all origins, written by many threads at once: sums
//! and minima come out the same in any order.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering::Relaxed};

use super::Nearest;
use super::crowd::Row;
use super::label::Label;
use crate::units::Cost;

/// By origin, set and limit how many were found; by origin and set the nearest.
pub(super) struct Ledger<'a> {
    sets: usize,
    limits: &'a [Cost],
    within: Vec<AtomicU32>,
    /// Cost above, destination below.
    nearest: Vec<AtomicU64>,
}

impl<'a> Ledger<'a> {
    pub fn of(origins: usize, sets: usize, limits: &'a [Cost]) -> Self {
        let (rows, columns) = (origins * sets, limits.len());
        Self {
            sets,
            limits,
            within: (0..rows * columns).map(|_| AtomicU32::new(0)).collect(),
            nearest: (0..rows)
                .map(|_| AtomicU64::new(Label::NONE.number()))
                .collect(),
        }
    }

    /// How many sets there are.
    pub fn sets(&self) -> usize {
        self.sets
    }

    pub fn closed(self) -> (Vec<u32>, Vec<Label>) {
        let within = self.within.into_iter().map(AtomicU32::into_inner);
        let nearest = self.nearest.into_iter();
        let nearest = nearest.map(|label| Label::numbered(label.into_inner()));
        (within.collect(), nearest.collect())
    }

    /// A destination of a set within the largest limit of an origin.
    pub fn one(&self, origin: u32, set: u32, facility: u32, cost: Cost) {
        for (at, &limit) in self.limits.iter().enumerate() {
            if cost <= limit {
                self.count(origin, set, at, 1);
            }
        }
        self.near(origin, set, Label::of(cost, facility));
    }

    /// So many destinations of a set within a limit of an origin.
    pub fn count(&self, origin: u32, set: u32, limit: usize, many: u32) {
        let row = origin as usize * self.sets + set as usize;
        if many > 0 {
            self.within[row * self.limits.len() + limit].fetch_add(many, Relaxed);
        }
    }

    /// A near destination of a set.
    pub fn nearest(&self, origin: u32, set: u32, found: Nearest) {
        self.near(origin, set, Label::of(found.cost, found.facility));
    }

    fn near(&self, origin: u32, set: u32, found: Label) {
        if found < self.known(origin, set) {
            let known = &self.nearest[origin as usize * self.sets + set as usize];
            known.fetch_min(found.number(), Relaxed);
        }
    }

    /// The nearest destination of a set so far.
    fn known(&self, origin: u32, set: u32) -> Label {
        let known = &self.nearest[origin as usize * self.sets + set as usize];
        Label::numbered(known.load(Relaxed))
    }
}

/// Destinations that are searched from together, lane by lane, and their sets.
pub(super) struct Lanes<'a> {
    destinations: &'a [u32],
    /// For every set that one of them belongs to the lanes of those.
    sets: Vec<(u32, u32)>,
    /// Scratch: for every limit the lanes within.
    within: Vec<u32>,
}

impl<'a> Lanes<'a> {
    pub fn of(destinations: &'a [u32], sets_of: impl Fn(u32) -> &'a [u32]) -> Self {
        let lanes = destinations.iter().enumerate();
        let mut single: Vec<(u32, u32)> = lanes
            .flat_map(|(lane, &facility)| {
                sets_of(facility).iter().map(move |&set| (set, 1 << lane))
            })
            .collect();
        single.sort_unstable();
        let sets = single.chunk_by(|one, other| one.0 == other.0);
        let sets = sets.map(|lanes| (lanes[0].0, lanes.iter().map(|(_, lane)| lane).sum()));
        Self {
            destinations,
            sets: sets.collect(),
            within: Vec::new(),
        }
    }

    /// Enters what every lane pays from an origin.
    pub fn enter(&mut self, ledger: &Ledger, origin: u32, row: &Row) {
        self.within.clear();
        let limits = ledger.limits.iter();
        self.within.extend(limits.map(|&limit| row.within(limit)));
        let any = self.within.iter().fold(0, |any, lanes| any | lanes);
        if any == 0 {
            return;
        }
        // No lane of any set can be nearer.
        let least = Label::of(row.least(), 0);
        for &(set, own) in &self.sets {
            if any & own == 0 {
                continue;
            }
            for (limit, lanes) in self.within.iter().enumerate() {
                ledger.count(origin, set, limit, (lanes & own).count_ones());
            }
            if least < ledger.known(origin, set) {
                let mut rest = any & own;
                let mut best = Label::NONE;
                while rest != 0 {
                    let lane = rest.trailing_zeros() as usize;
                    rest &= rest - 1;
                    best = best.min(Label::of(row.0[lane] as Cost, self.destinations[lane]));
                }
                ledger.near(origin, set, best);
            }
        }
    }
}
