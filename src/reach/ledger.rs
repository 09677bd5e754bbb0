//! Counts and nearest destinations of all origins, written by many threads at once: sums
//! and minima come out the same in any order.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::Nearest;
use super::crowd::Row;
use super::label::Label;
use super::numbers::{self, Numbers, ROWS};
use super::within::Within;
use crate::units::Cost;

/// By origin and column how many were found; by origin and set the nearest.
///
/// Who writes holds a page of neighbouring origins. What is found comes mostly in the order
/// of the origins, so pages change seldom, and plain sums are many times faster than those
/// that every processor must see at once.
pub(super) struct Ledger<'a> {
    within: &'a Within,
    /// The limits of all sets, each once, ascending; and for every column which it is.
    distinct: Vec<Cost>,
    at: Vec<usize>,
    has_nearest: bool,
    pages: Vec<Mutex<Page>>,
}

struct Page {
    numbers: numbers::Page,
    /// By row and set; empty where the nearest are not asked for.
    nearest: Vec<Label>,
}

impl<'a> Ledger<'a> {
    /// Of counts, and of the nearest within the widest limit where they are asked for.
    pub fn of(origins: usize, within: &'a Within, has_nearest: bool) -> Self {
        let mut distinct = within.limits().to_vec();
        distinct.sort_unstable();
        distinct.dedup();
        let at = |limit: &Cost| distinct.partition_point(|other| other < limit);
        let sets = if has_nearest { within.sets() } else { 0 };
        let page = |first: usize| {
            let rows = ROWS.min(origins - first);
            Mutex::new(Page {
                numbers: numbers::Page::zeros(rows * within.limits().len()),
                nearest: vec![Label::NONE; rows * sets],
            })
        };
        Self {
            within,
            at: within.limits().iter().map(at).collect(),
            distinct,
            has_nearest,
            pages: (0..origins).step_by(ROWS).map(page).collect(),
        }
    }

    /// Within which limits is counted.
    pub fn within(&self) -> &'a Within {
        self.within
    }

    /// Whether the nearest are asked for.
    pub fn has_nearest(&self) -> bool {
        self.has_nearest
    }

    /// A pen for one thread.
    pub fn pen(&self) -> Pen<'_> {
        Pen {
            ledger: self,
            page: None,
        }
    }

    /// The counts; the nearest by row and set.
    pub fn closed(self) -> (Numbers, Vec<Label>) {
        let pages = self.pages.into_iter();
        let pages = pages.map(|page| page.into_inner().unwrap_or_else(PoisonError::into_inner));
        let mut nearest = Vec::new();
        let numbers = pages.map(|page| {
            nearest.extend(page.nearest);
            page.numbers
        });
        let numbers = Numbers::of(self.within.limits().len(), numbers.collect());
        (numbers, nearest)
    }
}

/// What one thread writes with: it holds the page that it wrote on last.
pub(super) struct Pen<'a> {
    ledger: &'a Ledger<'a>,
    page: Option<(usize, MutexGuard<'a, Page>)>,
}

impl Pen<'_> {
    /// The page of an origin, and its row there.
    #[inline]
    fn at(&mut self, origin: u32) -> (&mut Page, usize) {
        let (number, row) = (origin as usize / ROWS, origin as usize % ROWS);
        if self.page.as_ref().is_none_or(|(held, _)| *held != number) {
            // Nobody holds one page and waits for another.
            self.page = None;
        }
        let (_, page) = self.page.get_or_insert_with(|| {
            let page = self.ledger.pages[number].lock();
            (number, page.unwrap_or_else(PoisonError::into_inner))
        });
        (page, row)
    }

    /// A destination of a set within the widest limit of an origin.
    pub fn one(&mut self, origin: u32, set: u32, facility: u32, cost: Cost) {
        let within = self.ledger.within;
        for column in within.of_set(set as usize) {
            if cost <= within.limits()[column] {
                self.count(origin, column, 1);
            }
        }
        self.near(origin, set, Label::of(cost, facility));
    }

    /// So many destinations more in a column of an origin.
    #[inline]
    pub fn count(&mut self, origin: u32, column: usize, many: u16) {
        let width = self.ledger.within.limits().len();
        let (page, row) = self.at(origin);
        page.numbers.add(row * width + column, many);
    }

    /// A near destination of a set.
    pub fn nearest(&mut self, origin: u32, set: u32, found: Nearest) {
        self.near(origin, set, Label::of(found.cost, found.facility()));
    }

    fn near(&mut self, origin: u32, set: u32, found: Label) {
        let sets = self.ledger.within.sets();
        let (page, row) = self.at(origin);
        if let Some(known) = page.nearest.get_mut(row * sets + set as usize) {
            *known = found.min(*known);
        }
    }
}

/// Destinations that are searched from together, lane by lane, and their sets.
pub(super) struct Lanes<'a> {
    destinations: &'a [u32],
    /// For every set that one of them belongs to the lanes of those.
    sets: Vec<(u32, u32)>,
    /// The columns of these sets.
    columns: Vec<usize>,
    /// For each of them: which of the distinct limits it is, and the lanes.
    counted: Vec<(usize, u32)>,
    /// Scratch: for every distinct limit the lanes within; for every column how many.
    within: Vec<u32>,
    many: Vec<u32>,
}

impl<'a> Lanes<'a> {
    pub fn of(
        destinations: &'a [u32],
        sets_of: impl Fn(u32) -> &'a [u32],
        ledger: &Ledger,
    ) -> Self {
        let lanes = destinations.iter().enumerate();
        let mut single: Vec<(u32, u32)> = lanes
            .flat_map(|(lane, &facility)| {
                sets_of(facility).iter().map(move |&set| (set, 1 << lane))
            })
            .collect();
        single.sort_unstable();
        let sets = single.chunk_by(|one, other| one.0 == other.0);
        let sets = sets.map(|lanes| (lanes[0].0, lanes.iter().map(|(_, lane)| lane).sum()));
        let sets: Vec<(u32, u32)> = sets.collect();
        let columns = sets.iter().flat_map(|&(set, own)| {
            let columns = ledger.within.of_set(set as usize);
            columns.map(move |column| (column, (ledger.at[column], own)))
        });
        let (columns, counted) = columns.unzip();
        Self {
            destinations,
            sets,
            columns,
            counted,
            within: Vec::new(),
            many: Vec::new(),
        }
    }

    /// Enters what every lane pays from an origin.
    pub fn enter(&mut self, pen: &mut Pen, origin: u32, row: &Row) {
        self.within.clear();
        let ledger = pen.ledger;
        let distinct = ledger.distinct.iter();
        self.within.extend(distinct.map(|&limit| row.within(limit)));
        // The widest is the last.
        let any = self.within.last().copied().unwrap_or(0);
        if any == 0 {
            return;
        }
        let within = &*self.within;
        let counted = self.counted.iter();
        self.many.clear();
        self.many
            .extend(counted.map(|&(limit, own)| within[limit] & own));
        // Apart from finding them, so that the compiler counts the bits of several at once.
        for many in &mut self.many {
            *many = many.count_ones();
        }
        let (page, at) = pen.at(origin);
        let width = ledger.within.limits().len();
        let of_origin = (at * width, width);
        page.numbers.add_row(of_origin, &self.columns, &self.many);
        if ledger.has_nearest {
            self.enter_nearest(pen, origin, row, any);
        }
    }

    fn enter_nearest(&self, pen: &mut Pen, origin: u32, row: &Row, any: u32) {
        // No lane of any set can be nearer.
        let least = Label::of(row.least(), 0);
        let sets = pen.ledger.within.sets();
        let (page, at) = pen.at(origin);
        for &(set, own) in &self.sets {
            let known = &mut page.nearest[at * sets + set as usize];
            if least < *known {
                let mut rest = any & own;
                while rest != 0 {
                    let lane = rest.trailing_zeros() as usize;
                    rest &= rest - 1;
                    let found = Label::of(row.0[lane] as Cost, self.destinations[lane]);
                    *known = found.min(*known);
                }
            }
        }
    }
}
