//! What a crowd of origins meets, set by set: counts within limits, and the nearest, lane
//! by lane.

use super::Nearest;
use super::crowd::{LANES, MOST, Row};
use super::ledger::Ledger;
use crate::units::Cost;

/// Counts and nearest facilities of up to [`LANES`] places.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    limits: Vec<i16>,
    /// By set and limit.
    counts: Vec<[u32; LANES]>,
    /// By set: the least cost so far, and whose.
    nearest: Vec<(Row, [u32; LANES])>,
    nothing: Row,
    most: Cost,
}

impl Tally {
    /// For so many sets. Limits are at most [`MOST`] where anything is added.
    pub fn of(sets: usize, limits: &[Cost]) -> Self {
        let most = limits.iter().copied().max().unwrap_or(0).min(MOST);
        let nothing = Row::beyond(most);
        Self {
            limits: limits.iter().map(|&limit| limit as i16).collect(),
            counts: vec![[0; LANES]; sets * limits.len()],
            nearest: vec![(nothing, [0; LANES]); sets],
            nothing,
            most,
        }
    }

    /// Adds a facility to a set, with what every lane pays to it. Facilities come in
    /// ascending order: of two as near the first stays the nearest.
    #[inline]
    pub fn add(&mut self, set: usize, facility: u32, row: &Row) {
        let limits = self.limits.len();
        let counts = &mut self.counts[set * limits..][..limits];
        for (counts, &limit) in counts.iter_mut().zip(&self.limits) {
            for (count, cost) in counts.iter_mut().zip(row.0) {
                *count += u32::from(cost <= limit);
            }
        }
        let (least, whose) = &mut self.nearest[set];
        let nearer = |(is, was): (i16, i16)| is < was;
        // Nearly always none is, and that is told for all lanes at once.
        let pairs = row.0.into_iter().zip(least.0);
        if pairs.fold(false, |any, pair| any | nearer(pair)) {
            let held = least.0.iter_mut().zip(whose.iter_mut());
            for (cost, (least, whose)) in row.0.into_iter().zip(held) {
                if nearer((cost, *least)) {
                    (*least, *whose) = (cost, facility);
                }
            }
        }
    }

    /// Enters what was added for these origins, lane by lane, and begins anew.
    pub fn enter(&mut self, origins: &[u32], ledger: &Ledger) {
        let limits = self.limits.len();
        for (column, lanes) in self.counts.iter().enumerate() {
            let (set, limit) = (column / limits, column % limits);
            for (&origin, &count) in origins.iter().zip(lanes) {
                ledger.count(origin, set as u32, limit, count);
            }
        }
        for (set, (least, whose)) in (0..).zip(&self.nearest) {
            for (lane, &origin) in origins.iter().enumerate() {
                let (cost, facility) = (least.0[lane] as Cost, whose[lane]);
                if cost <= self.most {
                    ledger.nearest(origin, set, Nearest { cost, facility });
                }
            }
        }
        self.counts.fill([0; LANES]);
        self.nearest.fill((self.nothing, [0; LANES]));
    }
}
