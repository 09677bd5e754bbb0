//! Many neighbouring places searched at once: every junction has a row of costs, one lane
//! a place, and a walk is gone along for all of them in a few instructions.
//!
//! Neighbours reach nearly the same junctions. What a search costs most, finding them in
//! memory, is paid once for all; the arithmetic on a row of narrow integers is left to the
//! compiler, which has instructions for it on every machine. Then, M. et al. (2014), The
//! more the merrier: efficient multi-source graph traversal, has the idea for hops.

use petgraph::csr::Csr;

use super::label::Label;
use super::queue::{Entry, Queue};
use crate::units::Cost;

/// How many places are searched at once.
pub(super) const LANES: usize = 32;

/// The largest limit that a lane holds: one more stands for what is not reached.
pub(super) const MOST: Cost = i16::MAX as Cost - 1;

/// What it costs to come to one thing from every place of a crowd; the limit and one
/// where it is beyond.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
pub(super) struct Row(pub [i16; LANES]);

impl Row {
    /// What reaches nothing within a limit, which is at most [`MOST`].
    pub fn beyond(limit: Cost) -> Self {
        Self([limit as i16 + 1; LANES])
    }

    /// Lowers every lane to what another row and a cost offer; the least that was lowered,
    /// `i16::MAX` where nothing was. What is offered to a lane beyond the limit is never
    /// lower than what it holds: "not reached" is the limit and one.
    ///
    /// Loop after loop and no branch in any, so that each becomes a few instructions on
    /// many lanes.
    #[inline]
    pub fn lower(&mut self, from: &Self, cost: i16) -> i16 {
        let mut lowered = self.0;
        for (held, from) in lowered.iter_mut().zip(from.0) {
            *held = from.saturating_add(cost).min(*held);
        }
        let mut changed = lowered;
        for (is, was) in changed.iter_mut().zip(self.0) {
            *is |= -i16::from(*is == was) & i16::MAX;
        }
        self.0 = lowered;
        least(changed)
    }

    /// The lanes that hold a cost within a limit, a bit each.
    #[inline]
    pub fn within(&self, limit: Cost) -> u32 {
        // Eight bytes of 0 or 1, and their bits in the highest byte of the product.
        const GATHER: u64 = 0x0102_0408_1020_4080;
        let limit = limit as i16;
        let mut held = [0_u8; LANES];
        for (held, cost) in held.iter_mut().zip(self.0) {
            *held = u8::from(cost <= limit);
        }
        let mut lanes = 0;
        for (number, eight) in held.as_chunks::<8>().0.iter().enumerate() {
            let bits = u64::from_le_bytes(*eight).wrapping_mul(GATHER) >> 56;
            lanes |= (bits as u32) << (8 * number);
        }
        lanes
    }

    /// The least cost of any lane.
    pub fn least(&self) -> Cost {
        least(self.0) as Cost
    }

    /// Lowers one lane to a cost within a limit; whether it was lowered.
    #[inline]
    pub fn offer(&mut self, lane: usize, cost: Cost, limit: Cost) -> bool {
        let held = &mut self.0[lane];
        let lowered = cost <= limit && (cost as i16) < *held;
        if lowered {
            *held = cost as i16;
        }
        lowered
    }
}

/// The least of all lanes, by halves.
#[inline]
fn least(mut lanes: [i16; LANES]) -> i16 {
    let mut half = LANES / 2;
    while half > 0 {
        let (low, high) = lanes.split_at_mut(half);
        for (low, &mut high) in low.iter_mut().zip(high) {
            *low = high.min(*low);
        }
        half /= 2;
    }
    lanes[0]
}

/// A search from up to [`LANES`] places at once, that can be run again and again.
#[derive(Clone, Debug)]
pub(super) struct Crowd {
    /// For every node its row, [`NO_ROW`] where it was not reached.
    row_of: Vec<u32>,
    /// The nodes that were reached, with their rows.
    reached: Vec<u32>,
    rows: Vec<Row>,
    /// For every row the least cost with which it waits.
    waiting: Vec<Cost>,
    queue: Queue,
    limit: Cost,
}

const NO_ROW: u32 = u32::MAX;

impl Crowd {
    /// For graphs of so many nodes.
    pub fn of(nodes: usize) -> Self {
        Self {
            row_of: vec![NO_ROW; nodes],
            reached: Vec::new(),
            rows: Vec::new(),
            waiting: Vec::new(),
            queue: Queue::default(),
            limit: 0,
        }
    }

    /// Searches from seeds of lane, node and cost, up to and including `limit`, which is
    /// at most [`MOST`].
    ///
    /// A junction waits with the least cost that was lowered since it was gone on from
    /// last, so it is gone on from again for lanes that come later, until no lane of any
    /// junction can be lowered: all are exact.
    pub fn run(
        &mut self,
        graph: &Csr<(), Cost>,
        seeds: impl IntoIterator<Item = (usize, u32, Cost)>,
        limit: Cost,
    ) {
        debug_assert!(limit <= MOST);
        self.limit = limit;
        for node in self.reached.drain(..) {
            self.row_of[node as usize] = NO_ROW;
        }
        self.rows.clear();
        self.waiting.clear();
        for (lane, node, cost) in seeds {
            let row = self.row_at(node);
            if self.rows[row].offer(lane, cost, limit) {
                self.wait(row, cost);
            }
        }
        while let Some(Entry { label, node: row }) = self.queue.pop() {
            let row = row as usize;
            if label.cost() != self.waiting[row] {
                continue;
            }
            self.waiting[row] = Cost::MAX;
            let from = self.rows[row];
            let node = self.reached[row];
            let arcs = graph
                .neighbors_slice(node)
                .iter()
                .zip(graph.edges_slice(node));
            for (&next, &cost) in arcs {
                if cost <= limit {
                    let next = self.row_at(next);
                    let least = self.rows[next].lower(&from, cost as i16);
                    if least < i16::MAX {
                        self.wait(next, least as Cost);
                    }
                }
            }
        }
    }

    #[inline]
    fn row_at(&mut self, node: u32) -> usize {
        let row = &mut self.row_of[node as usize];
        if *row == NO_ROW {
            *row = self.rows.len() as u32;
            self.reached.push(node);
            self.waiting.push(Cost::MAX);
            self.rows.push(Row::beyond(self.limit));
        }
        *row as usize
    }

    #[inline]
    fn wait(&mut self, row: usize, cost: Cost) {
        if cost < self.waiting[row] {
            self.waiting[row] = cost;
            self.queue.push(Entry {
                label: Label::of(cost, 0),
                node: row as u32,
            });
        }
    }

    /// The nodes that some lane reaches within the limit, each once, and some that none
    /// does.
    pub fn reached(&self) -> &[u32] {
        &self.reached
    }

    /// What every lane pays to a node; `None` where none reaches it.
    #[inline]
    pub fn row(&self, node: u32) -> Option<&Row> {
        self.rows.get(self.row_of[node as usize] as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lanes_within_a_limit_are_told_bit_by_bit() {
        let mut row = Row([0; LANES]);
        for (lane, cost) in row.0.iter_mut().enumerate() {
            *cost = (lane as i16).wrapping_mul(7_919) & i16::MAX;
        }
        for limit in (0..=MOST).step_by(1_000).chain([MOST]) {
            let lanes = row.within(limit);
            for (lane, &cost) in row.0.iter().enumerate() {
                assert_eq!(
                    lanes >> lane & 1 == 1,
                    Cost::from(cost.unsigned_abs()) <= limit
                );
            }
        }
    }
}
