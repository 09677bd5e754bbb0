//! A limited Dijkstra on the slices of a `Csr`, with arrays that are reused.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use petgraph::csr::Csr;

use crate::units::Cost;

/// A search that can be run again and again without allocating: what an earlier
/// run left behind is told apart by its generation.
///
/// Nodes are labelled with a cost and a tag. With several seeds every node gets
/// the seed of least cost, ties to the lower tag (Dijkstra 1959, with the
/// lexicographic order of cost and tag, which adding a cost keeps).
///
/// ```
/// use living_circle::reach::Search;
/// use petgraph::csr::Csr;
///
/// let graph: Csr<(), u32> =
///     Csr::from_sorted_edges(&[(0, 1, 5), (1, 0, 5), (1, 2, 7), (2, 1, 7)]).unwrap();
/// let mut search = Search::new(graph.node_count());
/// search.run(&graph, [(0, 0, 0)], 10);
/// assert_eq!(search.cost(1), Some(5));
/// assert_eq!(search.cost(2), None);
/// ```
#[derive(Clone, Debug)]
pub struct Search {
    labels: Vec<u64>,
    generations: Vec<u32>,
    generation: u32,
    queue: BinaryHeap<Reverse<(u64, u32)>>,
    settled: Vec<u32>,
}

fn label(cost: Cost, tag: u32) -> u64 {
    u64::from(cost) << 32 | u64::from(tag)
}

fn cost_of(label: u64) -> Cost {
    (label >> 32) as Cost
}

impl Search {
    /// For graphs of so many nodes.
    pub fn new(nodes: usize) -> Self {
        Self {
            labels: vec![0; nodes],
            generations: vec![0; nodes],
            generation: 0,
            queue: BinaryHeap::new(),
            settled: Vec::new(),
        }
    }

    /// Searches from seeds of node, cost and tag, up to and including `limit`.
    pub fn run(
        &mut self,
        graph: &Csr<(), Cost>,
        seeds: impl IntoIterator<Item = (u32, Cost, u32)>,
        limit: Cost,
    ) {
        self.begin();
        for (node, cost, tag) in seeds {
            if cost <= limit {
                self.offer(node, label(cost, tag));
            }
        }
        while let Some(Reverse((label, node))) = self.queue.pop() {
            if label > self.labels[node as usize] {
                continue;
            }
            self.settled.push(node);
            let arcs = graph
                .neighbors_slice(node)
                .iter()
                .zip(graph.edges_slice(node));
            for (&next, &cost) in arcs {
                let room = u64::from(limit) - (label >> 32);
                if u64::from(cost) <= room {
                    self.offer(next, label + (u64::from(cost) << 32));
                }
            }
        }
    }

    /// The nodes within the limit, by cost.
    pub fn settled(&self) -> &[u32] {
        &self.settled
    }

    /// The cost of a node; `None` beyond the limit.
    pub fn cost(&self, node: u32) -> Option<Cost> {
        self.label(node).map(|(cost, _)| cost)
    }

    /// The cost of a node and the tag of the seed it was reached from; `None`
    /// beyond the limit.
    pub fn label(&self, node: u32) -> Option<(Cost, u32)> {
        (self.generations[node as usize] == self.generation).then(|| {
            let label = self.labels[node as usize];
            (cost_of(label), label as u32)
        })
    }

    fn begin(&mut self) {
        self.queue.clear();
        self.settled.clear();
        self.generation = self.generation.wrapping_add(1);
        if self.generation == 0 {
            self.generations.fill(0);
            self.generation = 1;
        }
    }

    fn offer(&mut self, node: u32, label: u64) {
        let at = node as usize;
        if self.generations[at] != self.generation || label < self.labels[at] {
            self.generations[at] = self.generation;
            self.labels[at] = label;
            self.queue.push(Reverse((label, node)));
        }
    }
}
