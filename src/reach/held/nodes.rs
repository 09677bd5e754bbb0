//! The nearest of every node while it is mended.

use super::Shift;
use crate::network::WalkGraph;
use crate::reach::label::Label;
use crate::reach::queue::{Entry, Queue};

/// The nearest of every node while it is mended.
pub(super) struct Nodes {
    pub labels: Vec<Label>,
    pub queue: Queue,
    /// Nodes whose label is another than it was, each once.
    pub other: Vec<u32>,
    pub is_other: Vec<bool>,
    /// Those that led to a destination that is no more.
    pub forgotten: Vec<u32>,
}

impl Nodes {
    /// The labels of before, under the numbers of now.
    pub fn of(swept: &[Label], shift: &Shift) -> Self {
        let nodes = shift.graph.node_count();
        let mut labels = Vec::with_capacity(nodes);
        let mut forgotten = Vec::new();
        for (node, &label) in (0..).zip(swept) {
            let now = label.told().map(|found| {
                let number = shift.numbers[found.facility() as usize];
                number.map(|number| Label::of(found.cost, number))
            });
            if now == Some(None) {
                forgotten.push(node);
            }
            labels.push(now.flatten().unwrap_or(Label::NONE));
        }
        labels.resize(nodes, Label::NONE);
        let mut is_other = vec![false; nodes];
        for &node in &forgotten {
            is_other[node as usize] = true;
        }
        Self {
            labels,
            queue: Queue::default(),
            other: forgotten.clone(),
            is_other,
            forgotten,
        }
    }

    pub fn offer(&mut self, node: u32, label: Label) {
        let known = &mut self.labels[node as usize];
        if label < *known {
            *known = label;
            self.queue.push(Entry { label, node });
            if !std::mem::replace(&mut self.is_other[node as usize], true) {
                self.other.push(node);
            }
        }
    }

    /// Follows what is better against walking direction.
    pub fn settle(&mut self, graph: &WalkGraph) {
        let backward = graph.backward();
        while let Some(Entry { label, node }) = self.queue.pop() {
            if label > self.labels[node as usize] {
                continue;
            }
            let arcs = backward.neighbors_slice(node).iter();
            for (&next, &cost) in arcs.zip(backward.edges_slice(node)) {
                self.offer(next, label.plus(cost));
            }
        }
    }
}
