//! The graph of a network to which walks were added, made of the graph of before.

use petgraph::csr::Csr;

use super::{Arc, Exits, WalkGraph, cheapest_per_pair, components, csr, priced};
use crate::network::{Extension, WalkId};
use crate::profile::Walker;
use crate::units::Cost;

/// An arc with the node that it leaves and the one that it comes to.
type Edge = (u32, u32, Cost);

impl WalkGraph {
    /// The graph of the same walker on the network with added walks: as of
    /// [`WalkGraph::new`] in whatever can be asked, and sooner there, as what did not change
    /// is taken over. Nodes keep their numbers; those of new junctions come after them.
    ///
    /// Of a walk that was cut the arc from end to end stays: it costs what its pieces do.
    pub fn extended(&self, extension: &Extension, walker: &Walker) -> Self {
        let network = extension.network();
        let junctions = extension.before().junctions().len();
        if self.node_count() > junctions {
            // Nodes that a walker does not pass are numbered after all junctions.
            return Self::new(network, walker, self.kind);
        }
        let nodes = network.junctions().len();
        let mut arcs = self.arcs.clone();
        let mut new: Vec<Edge> = Vec::new();
        let all = 0..network.walks().len() as u32;
        for walk in all.map(WalkId) {
            let known = (walk.0 as usize) < self.arcs.len();
            if known && !extension.is_cut(walk) {
                continue;
            }
            let ends = network.walk(walk).ends.map(|end| end.0);
            let arc = priced(network, network.walk(walk), ends, walker, self.kind);
            new.extend(arc.edges());
            if known {
                arcs[walk.0 as usize] = arc;
            } else {
                arcs.push(arc);
            }
        }
        new.sort_unstable();
        let turned = |&(from, to, cost): &Edge| (to, from, cost);
        let mut back: Vec<Edge> = new.iter().map(turned).collect();
        back.sort_unstable();
        let backward = self.backward.as_ref();
        let (parts, millimetres) = self.parts(&arcs, nodes);
        let component = |walk: WalkId| {
            let arc = &arcs[walk.0 as usize];
            arc.usable().then(|| parts[arc.ends[0] as usize])
        };
        let exits = Exits::new(network, walker.wheels, component, &millimetres);
        Self {
            kind: self.kind,
            forward: joined(&self.forward, &new, nodes),
            backward: backward.map(|backward| joined(backward, &back, nodes)),
            arcs,
            components: parts,
            component_millimetres: millimetres,
            exits,
        }
    }

    /// The components with more arcs and nodes; where what was apart is still apart, they
    /// keep their numbers.
    fn parts(&self, arcs: &[Arc], nodes: usize) -> (Vec<u32>, Vec<u64>) {
        let mut parts = self.components.clone();
        parts.resize(nodes, u32::MAX);
        let mut millimetres = self.component_millimetres.clone();
        for (number, arc) in arcs.iter().enumerate().filter(|(_, arc)| arc.usable()) {
            let was = self.arcs.get(number).map_or(0, |was| was.millimetres);
            if was == arc.millimetres && number < self.arcs.len() {
                continue;
            }
            let [one, other] = arc.ends.map(|end| parts[end as usize]);
            let known = [one, other].into_iter().find(|&part| part != u32::MAX);
            let Some(part) = known.filter(|_| one == other || one == u32::MAX || other == u32::MAX)
            else {
                // It leads from part to part, or is a part of its own.
                return components(arcs, nodes);
            };
            for end in arc.ends {
                parts[end as usize] = part;
            }
            millimetres[part as usize] += arc.millimetres;
            millimetres[part as usize] -= was;
        }
        (parts, millimetres)
    }
}

/// A graph with more arcs, of which of several between the same nodes the cheapest stays.
fn joined(graph: &Csr<(), Cost>, new: &[Edge], nodes: usize) -> Csr<(), Cost> {
    let known = (0..graph.node_count() as u32).flat_map(|node| {
        let arcs = graph.neighbors_slice(node).iter();
        let arcs = arcs.zip(graph.edges_slice(node));
        arcs.map(move |(&to, &cost)| (node, to, cost))
    });
    let mut edges: Vec<Edge> = known.collect();
    edges.extend_from_slice(new);
    cheapest_per_pair(&mut edges);
    csr(&edges, nodes)
}
