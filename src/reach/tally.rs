//! What a crowd of origins meets, set by set: counts within limits, and the nearest, lane
//! by lane.

use super::Nearest;
use super::crowd::{LANES, MOST, Row};
use super::ledger::{Ledger, Pen};
use super::within::Within;
use crate::units::Cost;

/// Counts and nearest facilities of up to [`LANES`] places.
#[derive(Clone, Debug)]
pub(super) struct Tally<'a> {
    within: &'a Within,
    /// By column.
    counts: Vec<[u16; LANES]>,
    /// By set: the least cost so far, and whose; empty where the nearest are not asked for.
    nearest: Vec<(Row, [u32; LANES])>,
    nothing: Row,
    most: Cost,
    /// How often something was added since it was entered.
    added: u16,
}

impl<'a> Tally<'a> {
    /// For what is entered in a ledger. Limits are at most [`MOST`] where anything is added.
    pub fn of(ledger: &Ledger<'a>, most: Cost) -> Self {
        let within = ledger.within();
        let most = most.min(MOST);
        let nothing = Row::beyond(most);
        let nearest = if ledger.has_nearest() {
            within.sets()
        } else {
            0
        };
        Self {
            within,
            counts: vec![[0; LANES]; within.limits().len()],
            nearest: vec![(nothing, [0; LANES]); nearest],
            nothing,
            most,
            added: 0,
        }
    }

    /// Whether more would not fit: what was added is to be entered first.
    pub fn is_full(&self) -> bool {
        self.added == u16::MAX
    }

    /// Adds a facility to a set, with what every lane pays to it. Facilities come in
    /// ascending order: of two as near the first stays the nearest.
    #[inline]
    pub fn add(&mut self, set: usize, facility: u32, row: &Row) {
        self.added += 1;
        let own = self.within.of_set(set);
        let limits = &self.within.limits()[own.clone()];
        for (counts, &limit) in self.counts[own].iter_mut().zip(limits) {
            let limit = limit as i16;
            for (count, cost) in counts.iter_mut().zip(row.0) {
                *count += u16::from(cost <= limit);
            }
        }
        let Some((least, whose)) = self.nearest.get_mut(set) else {
            return;
        };
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
    pub fn enter(&mut self, origins: &[u32], pen: &mut Pen) {
        for (lane, &origin) in origins.iter().enumerate() {
            for (column, lanes) in self.counts.iter().enumerate() {
                pen.count(origin, column, lanes[lane]);
            }
        }
        for (set, (least, whose)) in (0..).zip(&self.nearest) {
            for (lane, &origin) in origins.iter().enumerate() {
                let (cost, facility) = (least.0[lane] as Cost, whose[lane]);
                if cost <= self.most {
                    pen.nearest(origin, set, Nearest::of(cost, facility));
                }
            }
        }
        self.added = 0;
        self.counts.fill([0; LANES]);
        self.nearest.fill((self.nothing, [0; LANES]));
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn more_than_two_bytes_hold_are_counted() {
        let within = Within::all(2, &[10, 20]);
        let ledger = Ledger::of(LANES, &within, true);
        let origins: Vec<u32> = (0..LANES as u32).collect();
        let mut tally = Tally::of(&ledger, 20);
        let mut pen = ledger.pen();
        let mut near = Row::beyond(20);
        near.0[3] = 10;
        near.0[4] = 15;
        for facility in 0..70_000 {
            if tally.is_full() {
                tally.enter(&origins, &mut pen);
            }
            tally.add(1, facility, &near);
        }
        tally.enter(&origins, &mut pen);
        drop(pen);
        let (numbers, nearest) = ledger.closed();
        let row = |origin: usize| [0, 1, 2, 3].map(|column| numbers.at(origin, column));
        assert_eq!(row(3), [0, 0, 70_000, 70_000]);
        assert_eq!(row(4), [0, 0, 0, 70_000]);
        assert_eq!(row(5), [0; 4]);
        assert_eq!(nearest[4 * 2 + 1].told(), Some(Nearest::of(15, 0)));
    }
}
