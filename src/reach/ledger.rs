//! Counts and nearest destinations of all origins, written by many threads at once: sums
//! and minima come out the same in any order.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use super::Nearest;
use super::crowd::Row;
use super::label::Label;
use super::numbers::{Growing, Numbers};
use super::within::Within;
use crate::units::Cost;

/// By origin and column how many were found; by origin and set the nearest.
pub(super) struct Ledger<'a> {
    origins: usize,
    within: &'a Within,
    /// The limits of all sets, each once, ascending; and for every column which it is.
    distinct: Vec<Cost>,
    at: Vec<usize>,
    numbers: Growing,
    /// Cost above, destination below; empty where the nearest are not asked for.
    nearest: Vec<AtomicU64>,
}

impl<'a> Ledger<'a> {
    pub fn of(origins: usize, within: &'a Within) -> Self {
        let mut distinct = within.limits().to_vec();
        distinct.sort_unstable();
        distinct.dedup();
        let at = |limit: &Cost| distinct.partition_point(|other| other < limit);
        Self {
            origins,
            within,
            at: within.limits().iter().map(at).collect(),
            distinct,
            numbers: Growing::zeros(origins * within.limits().len()),
            nearest: Vec::new(),
        }
    }

    /// The nearest within the widest limit, too.
    pub fn with_nearest(self) -> Self {
        let nearest = 0..self.origins * self.within.sets();
        Self {
            nearest: nearest
                .map(|_| AtomicU64::new(Label::NONE.number()))
                .collect(),
            ..self
        }
    }

    /// Within which limits is counted.
    pub fn within(&self) -> &'a Within {
        self.within
    }

    /// Whether the nearest are asked for.
    pub fn has_nearest(&self) -> bool {
        !self.nearest.is_empty()
    }

    pub fn closed(self) -> (Numbers, Vec<Label>) {
        let nearest = self.nearest.into_iter();
        let nearest = nearest.map(|label| Label::numbered(label.into_inner()));
        (self.numbers.grown(), nearest.collect())
    }

    /// A destination of a set within the widest limit of an origin.
    pub fn one(&self, origin: u32, set: u32, facility: u32, cost: Cost) {
        for column in self.within.of_set(set as usize) {
            if cost <= self.within.limits()[column] {
                self.count(origin, column, 1);
            }
        }
        self.near(origin, set, Label::of(cost, facility));
    }

    /// So many destinations more in a column of an origin.
    #[inline]
    pub fn count(&self, origin: u32, column: usize, many: u16) {
        if many > 0 {
            let row = origin as usize * self.within.limits().len();
            self.numbers.add(row + column, many);
        }
    }

    /// A near destination of a set.
    pub fn nearest(&self, origin: u32, set: u32, found: Nearest) {
        self.near(origin, set, Label::of(found.cost, found.facility()));
    }

    fn near(&self, origin: u32, set: u32, found: Label) {
        if let Some(known) = self.known(origin, set)
            && found < Label::numbered(known.load(Relaxed))
        {
            known.fetch_min(found.number(), Relaxed);
        }
    }

    /// The nearest destination of a set so far; none where it is not asked for.
    fn known(&self, origin: u32, set: u32) -> Option<&AtomicU64> {
        let at = origin as usize * self.within.sets() + set as usize;
        self.nearest.get(at)
    }
}

/// Destinations that are searched from together, lane by lane, and their sets.
pub(super) struct Lanes<'a> {
    destinations: &'a [u32],
    /// For every set that one of them belongs to the lanes of those.
    sets: Vec<(u32, u32)>,
    /// Scratch: for every distinct limit the lanes within.
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
        let distinct = ledger.distinct.iter();
        self.within.extend(distinct.map(|&limit| row.within(limit)));
        // The widest is the last.
        let any = self.within.last().copied().unwrap_or(0);
        if any == 0 {
            return;
        }
        // No lane of any set can be nearer.
        let least = Label::of(row.least(), 0);
        for &(set, own) in &self.sets {
            if any & own == 0 {
                continue;
            }
            for column in ledger.within.of_set(set as usize) {
                let lanes = self.within[ledger.at[column]];
                ledger.count(origin, column, (lanes & own).count_ones() as u16);
            }
            let Some(known) = ledger.known(origin, set) else {
                continue;
            };
            if least < Label::numbered(known.load(Relaxed)) {
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
