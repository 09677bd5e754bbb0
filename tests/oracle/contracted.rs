//! The second oracle: a plain graph of the arcs of a `WalkGraph`, parallel ones
//! and loops included. Its costs are the library's own whole numbers, so that
//! answers must be equal to the last unit.

use std::cmp::Ordering;

use living_circle::link::{Link, Links};
use living_circle::network::{Position, WalkGraph, WalkId, WalkNetwork};
use living_circle::profile::Walker;
use petgraph::graph::NodeIndex;
use petgraph::unionfind::UnionFind;

use super::town::{Leg, Place, Stretch, Town};

/// The walks as those meet them who start on them.
const OUT: usize = 0;
/// Private walks as visitors meet them.
const IN: usize = 1;

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
        let mut layers = [(); 2].map(|()| vec![NodeIndex::end(); graph.node_count()]);
        // Private walks are there twice: for those who leave, and for visitors.
        let mut stretches: [Vec<Stretch>; 2] = [Vec::new(), Vec::new()];
        for walk in network.walk_ids() {
            let arc = graph.arc(walk);
            for (nodes, stretches) in layers.iter_mut().zip(&mut stretches) {
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
        }
        let mut mark = |layer: usize, link: &Link, place: Place| {
            let along = f64::from(graph.arc(link.walk).cost_to(link.along));
            let gap = f64::from(walker.plain_cost(graph.kind(), link.gap));
            let stretch = &mut stretches[layer][link.walk.0 as usize];
            stretch.marks.push((along, gap, place));
        };
        for source in 0..sources.len() {
            for link in sources.of(source) {
                mark(OUT, link, Place::Source(source));
            }
        }
        for facility in 0..facilities.len() {
            for link in facilities.of(facility) {
                mark(OUT, link, Place::Facility(facility));
                if network.walk(link.walk).private {
                    mark(IN, link, Place::Facility(facility));
                }
            }
        }
        // At a junction a door leads from it to the other, and nobody waits twice.
        let junction = |layer: usize, link: &Link| {
            let end = match link.along {
                0 => 0,
                along if along == network.walk(link.walk).millimetres => 1,
                _ => return None,
            };
            Some(layers[layer][graph.arc(link.walk).ends[end] as usize])
        };
        for (number, door) in doors(network, graph, walker).into_iter().enumerate() {
            let ends = (
                junction(door.layers.0, &door.from),
                junction(door.layers.1, &door.to),
            );
            if let (Some(from), Some(to)) = ends {
                town.graph.add_edge(from, to, Leg::default());
                continue;
            }
            town.add_door(number);
            let (before, behind) = door.layers;
            mark(before, &door.from, Place::Before(number));
            mark(behind, &door.to, Place::Behind(number));
        }
        let [out, visitors] = stretches;
        for stretch in out {
            town.add(stretch);
        }
        for walk in network
            .walk_ids()
            .filter(|&walk| network.walk(walk).private)
        {
            town.add(visitors[walk.0 as usize].clone());
        }
        let [nodes, _] = layers;
        Self { town, nodes }
    }
}

/// A way from one point to another at the same place.
struct Door {
    from: Link,
    to: Link,
    layers: (usize, usize),
}

/// Out of private grounds for those who leave, into them for visitors; out from
/// behind a gate for residents, on the side with less walks.
fn doors(network: &WalkNetwork, graph: &WalkGraph, walker: &Walker) -> Vec<Door> {
    let mut sets = UnionFind::new(graph.node_count());
    let open = |walk: &WalkId| graph.arc(*walk).usable();
    for walk in network.walk_ids().filter(open) {
        let [one, other] = graph.arc(walk).ends;
        sets.union(one as usize, other as usize);
    }
    let part = |position: &Position| sets.find(graph.arc(position.walk).ends[0] as usize);
    let size = |part: usize| -> u64 {
        let own = |walk: &WalkId| sets.find(graph.arc(*walk).ends[0] as usize) == part;
        let walks = network.walk_ids().filter(open).filter(own);
        walks.map(|walk| network.walk(walk).millimetres).sum()
    };
    let mut doors = Vec::new();
    for contact in network.contacts() {
        let usable = |side: &[Position]| side.iter().find(|at| open(&at.walk)).copied();
        let [Some(one), Some(other)] = contact.sides.each_ref().map(|side| usable(side)) else {
            continue;
        };
        if contact.role.stops_wheels(walker.wheels) {
            continue;
        }
        let link = |at: Position| Link {
            walk: at.walk,
            along: at.along,
            gap: 0,
        };
        let mut add = |from, to, layers| {
            doors.push(Door {
                from: link(from),
                to: link(to),
                layers,
            });
        };
        if network.walk(one.walk).private {
            add(one, other, (OUT, OUT));
            if !contact.role.stop {
                add(other, one, (OUT, IN));
            }
        } else {
            let [here, there] = [one, other].map(|at| size(part(&at)));
            match here.cmp(&there) {
                Ordering::Less => add(one, other, (OUT, OUT)),
                Ordering::Greater => add(other, one, (OUT, OUT)),
                Ordering::Equal => {}
            }
        }
    }
    doors
}
