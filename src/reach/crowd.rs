//! Many neighbouring places searched at once: every junction has a row of costs, one lane
//! a place, and a walk is gone along for all of them in a few instructions.
//!
//! Neighbours reach nearly the same junctions. What a search costs most, finding them in
//! memory, is paid once for all; the arithmetic on a row of narrow integers is left to the
//! compiler, which has instructions for it on every machine. Then, M. et al. (2014), The
//! more the merrier: efficient multi-source graph traversal, has the idea for hops.

use petgraph::csr::Csr;

use super::queue::{Entry, Queue};
use crate::units::Cost;

/// How many places are searched at once.
pub(super) const LANES: usize = 32;

/// The largest limit that a lane holds: one more stands for what is not reached.
pub(super) const MOST: Cost = i16::MAX as Cost - 1;

/// Costs of one thing from every place of a crowd.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
pub(super) struct Row(pub [i16; LANES]);

impl Row {
    /// Lowers every lane to what another row and a cost offer; the least that was lowered,
    /// `i16::MAX` where nothing was. What is offered to a lane beyond the limit is never
    /// lower than what it holds: "not reached" is the limit and one.
    #[inline]
    fn lower(&mut self, from: &Self, cost: i16) -> i16 {
        let mut least = i16::MAX;
        for (held, from) in self.0.iter_mut().zip(from.0) {
            let offered = from.saturating_add(cost);
            let lowered = offered < *held;
            *held = if lowered { offered } else { *held };
            least = least.min(if lowered { offered } else { i16::MAX });
        }
        least
    }
}

/// The rows of a few of many things, found by their numbers, and all given up at once.
#[derive(Clone, Debug)]
pub(super) struct Rows {
    /// For every thing its row, and the generation in which it was given one.
    place: Vec<[u32; 2]>,
    generation: u32,
    costs: Vec<Row>,
    /// For every row its thing.
    things: Vec<u32>,
    unseen: Row,
}

impl Rows {
    fn of(things: usize) -> Self {
        Self {
            place: vec![[0; 2]; things],
            generation: 0,
            costs: Vec::new(),
            things: Vec::new(),
            unseen: Row([0; LANES]),
        }
    }

    /// Gives all rows up; new ones hold what lies beyond the limit.
    fn begin(&mut self, limit: i16) {
        self.costs.clear();
        self.things.clear();
        self.unseen = Row([limit + 1; LANES]);
        self.generation = self.generation.wrapping_add(1);
        if self.generation == 0 {
            self.place.fill([0; 2]);
            self.generation = 1;
        }
    }

    /// The row of a thing.
    #[inline]
    fn at(&mut self, thing: u32) -> usize {
        let place = &mut self.place[thing as usize];
        if place[1] != self.generation {
            *place = [self.costs.len() as u32, self.generation];
            self.costs.push(self.unseen);
            self.things.push(thing);
        }
        place[0] as usize
    }

    /// The things that have rows, with them, in no order.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &Row)> {
        self.things.iter().copied().zip(&self.costs)
    }
}

/// What a search from a crowd found: the costs of junctions, then of what is met at them.
#[derive(Clone, Debug)]
pub(super) struct Crowd {
    junctions: Rows,
    /// For every row of a junction the least cost with which it waits.
    waiting: Vec<Cost>,
    queue: Queue,
    met: Rows,
    limit: Cost,
}

impl Crowd {
    /// For graphs of so many nodes and so many things that are met at them.
    pub fn of(nodes: usize, things: usize) -> Self {
        Self {
            junctions: Rows::of(nodes),
            waiting: Vec::new(),
            queue: Queue::default(),
            met: Rows::of(things),
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
        self.junctions.begin(limit as i16);
        self.met.begin(limit as i16);
        self.waiting.clear();
        for (lane, node, cost) in seeds {
            let row = self.row(node);
            if offer(&mut self.junctions.costs[row], lane, cost, limit) {
                self.wait(row, cost);
            }
        }
        while let Some(Entry { label, node: row }) = self.queue.pop() {
            let row = row as usize;
            if (label >> 32) as Cost != self.waiting[row] {
                continue;
            }
            self.waiting[row] = Cost::MAX;
            let from = self.junctions.costs[row];
            let node = self.junctions.things[row];
            let arcs = graph
                .neighbors_slice(node)
                .iter()
                .zip(graph.edges_slice(node));
            for (&next, &cost) in arcs {
                if cost <= limit {
                    let next = self.row(next);
                    let least = self.junctions.costs[next].lower(&from, cost as i16);
                    if least < i16::MAX {
                        self.wait(next, least as Cost);
                    }
                }
            }
        }
    }

    fn row(&mut self, node: u32) -> usize {
        let row = self.junctions.at(node);
        if row == self.waiting.len() {
            self.waiting.push(Cost::MAX);
        }
        row
    }

    fn wait(&mut self, row: usize, cost: Cost) {
        if cost < self.waiting[row] {
            self.waiting[row] = cost;
            self.queue.push(Entry {
                label: u64::from(cost) << 32,
                node: row as u32,
            });
        }
    }

    /// Meets what every junction leads to: things and the cost from there.
    pub fn meet<'a>(&mut self, at_node: impl Fn(u32) -> &'a [(u32, Cost)]) {
        for (node, row) in self.junctions.iter() {
            for &(thing, cost) in at_node(node) {
                if cost <= self.limit {
                    let met = self.met.at(thing);
                    self.met.costs[met].lower(row, cost as i16);
                }
            }
        }
    }

    /// Meets one thing in one lane, past all junctions.
    pub fn meet_alone(&mut self, lane: usize, thing: u32, cost: Cost) {
        if cost <= self.limit {
            let met = self.met.at(thing);
            offer(&mut self.met.costs[met], lane, cost, self.limit);
        }
    }

    /// What was met.
    pub fn met(&self) -> &Rows {
        &self.met
    }
}

/// Lowers one lane; whether it was.
fn offer(row: &mut Row, lane: usize, cost: Cost, limit: Cost) -> bool {
    let held = &mut row.0[lane];
    let lowered = cost <= limit && (cost as i16) < *held;
    if lowered {
        *held = cost as i16;
    }
    lowered
}
