//! The second oracle: a plain graph of the arcs of a `WalkGraph`, parallel ones
//! and loops included. Its costs are the library's own whole numbers, so that
//! answers must be equal to the last unit.

use living_circle::link::Links;
use living_circle::network::{WalkGraph, WalkNetwork};
use living_circle::profile::Walker;
use petgraph::graph::NodeIndex;

use super::town::{Leg, Place, Stretch, Town};

/// The town, and for every node of the walk graph its node in the town.
pub struct Contracted {
    pub town: Town,
    pub nodes: Vec<NodeIndex>,
}

impl Contracted {
    pub fn new(
        network: &WalkNetwork,
        graph: &WalkGraph,
        walker: &Walker,
        [sources, facilities]: [&Links; 2],
    ) -> Self {
        let mut town = Town::new(sources, facilities);
        let mut nodes = vec![NodeIndex::end(); graph.node_count()];
        let mut stretches: Vec<Stretch> = Vec::new();
        for walk in network.walk_ids() {
            let arc = graph.arc(walk);
            let ends = std::array::from_fn(|end| {
                let node = &mut nodes[arc.ends[end] as usize];
                if *node == NodeIndex::end() {
                    let junction = network.walk(walk).ends[end];
                    *node = town
                        .graph
                        .add_node(Some(network.junctions()[junction.0 as usize].at));
                }
                *node
            });
            stretches.push(Stretch {
                ends,
                cost: f64::from(arc.cost),
                arrival: arc.wait.map(|wait| Leg {
                    cost: f64::from(wait),
                    walks: 1,
                }),
                open: arc.open,
                marks: Vec::new(),
            });
        }
        let mut mark = |links: &Links, place: fn(usize) -> Place| {
            for number in 0..links.len() {
                for link in links.of(number) {
                    let along = f64::from(graph.arc(link.walk).cost_to(link.along));
                    let gap = f64::from(walker.plain_cost(graph.kind(), link.gap));
                    let stretch = &mut stretches[link.walk.0 as usize];
                    stretch.marks.push((along, gap, place(number)));
                }
            }
        };
        mark(sources, Place::Source);
        mark(facilities, Place::Facility);
        for stretch in stretches {
            town.add(stretch);
        }
        Self { town, nodes }
    }
}
