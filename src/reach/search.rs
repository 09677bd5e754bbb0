//! A limited Dijkstra on the slices of a `Csr`, with arrays that are reused.

use petgraph::csr::Csr;

use super::label::Label;
use super::queue::{Entry, Queue};
use crate::units::Cost;

/// A search that can be run again and again without allocating: it clears of what an
/// earlier run left behind just the nodes that were reached.
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
    /// For every node the best label that was offered.
    labels: Vec<Label>,
    queue: Queue,
    reached: Vec<u32>,
}

impl Search {
    /// For graphs of so many nodes.
    pub fn new(nodes: usize) -> Self {
        Self {
            labels: vec![Label::NONE; nodes],
            queue: Queue::default(),
            reached: Vec::new(),
        }
    }

    /// Searches from seeds of node, cost and tag, up to and including `limit`.
    ///
    /// Nodes of one bucket of the queue come in any order: one that is bettered after it
    /// was gone on from is gone on from again, so that all labels are exact in the end.
    pub fn run(
        &mut self,
        graph: &Csr<(), Cost>,
        seeds: impl IntoIterator<Item = (u32, Cost, u32)>,
        limit: Cost,
    ) {
        for node in self.reached.drain(..) {
            self.labels[node as usize] = Label::NONE;
        }
        for (node, cost, tag) in seeds {
            if cost <= limit {
                self.offer(node, Label::of(cost, tag));
            }
        }
        while let Some(Entry { label, node }) = self.queue.pop() {
            if label > self.labels[node as usize] {
                continue;
            }
            let room = limit - label.cost();
            let arcs = graph
                .neighbors_slice(node)
                .iter()
                .zip(graph.edges_slice(node));
            for (&next, &cost) in arcs {
                if cost <= room {
                    self.offer(next, label.plus(cost));
                }
            }
        }
    }

    /// The nodes within the limit, each once.
    pub fn reached(&self) -> &[u32] {
        &self.reached
    }

    /// The cost of a node; `None` beyond the limit.
    #[inline]
    pub fn cost(&self, node: u32) -> Option<Cost> {
        let label = self.label(node);
        (label != Label::NONE).then(|| label.cost())
    }

    /// The labels of all nodes.
    pub(super) fn into_labels(self) -> Vec<Label> {
        self.labels
    }

    /// The cost of a node and the tag of the seed it was reached from.
    #[inline]
    pub(super) fn label(&self, node: u32) -> Label {
        self.labels[node as usize]
    }

    #[inline]
    fn offer(&mut self, node: u32, label: Label) {
        let known = &mut self.labels[node as usize];
        if label < *known {
            if *known == Label::NONE {
                self.reached.push(node);
            }
            *known = label;
            self.queue.push(Entry { label, node });
        }
    }
}
