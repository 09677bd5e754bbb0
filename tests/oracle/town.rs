//! A plain petgraph `Graph` of walks and places, searched by petgraph's own
//! `dijkstra`. Nothing of it is shared with the library's search: positions on a
//! walk are nodes, a walk is cut at each of them, and places are nodes that hang
//! on their positions.

use std::collections::{BTreeMap, HashMap};
use std::ops::Add;

use living_circle::link::Links;
use living_circle::plane::{LonLat, distance_metres};
use petgraph::algo::dijkstra;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::NodeFiltered;

/// What a path costs, and how many walks were finished on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Leg {
    /// In the unit of the walker's cost; whole numbers below 2⁵³ are exact.
    pub cost: f64,
    /// Ends of walks that were arrived at.
    pub walks: u32,
}

impl Leg {
    pub fn of(cost: f64) -> Self {
        Self { cost, walks: 0 }
    }
}

impl Add for Leg {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            cost: self.cost + other.cost,
            walks: self.walks + other.walks,
        }
    }
}

/// A stretch between two nodes of the town, with the places that link to it.
#[derive(Clone, Debug, Default)]
pub struct Stretch {
    pub ends: [NodeIndex; 2],
    pub cost: f64,
    /// On arriving at the first and at the second end.
    pub arrival: [Leg; 2],
    /// From the first and from the second end.
    pub open: [bool; 2],
    /// Cost from the first end, cost of the gap, the place.
    pub marks: Vec<(f64, f64, Place)>,
}

/// Where somebody starts or wants to go, as an index into its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    Source(usize),
    Facility(usize),
    /// A door of a ground, seen from where it is come to.
    Before(usize),
    /// The same door, seen from where it leads.
    Behind(usize),
}

/// The graph. Nodes that are points of the ground have a place; positions and
/// places that link to them have none.
#[derive(Default)]
pub struct Town {
    pub graph: DiGraph<Option<LonLat>, Leg>,
    pub places: BTreeMap<Place, NodeIndex>,
}

/// Whether all between two positions of a stretch is less than half a unit from
/// one of its ends: who stands there is at the end, whatever the direction.
fn stands_at_an_end(from: f64, to: f64, cost: f64) -> bool {
    to < 0.5 || cost - from < 0.5
}

impl Town {
    /// A town with nodes for all places.
    pub fn new(sources: &Links, facilities: &Links) -> Self {
        let mut town = Self::default();
        let all = (0..sources.len())
            .map(Place::Source)
            .chain((0..facilities.len()).map(Place::Facility));
        for place in all {
            let node = town.graph.add_node(None);
            town.places.insert(place, node);
        }
        town
    }

    /// Adds a door: who is before it is behind it at no cost, never the other way.
    pub fn add_door(&mut self, door: usize) {
        let node = self.graph.add_node(None);
        self.places.insert(Place::Before(door), node);
        self.places.insert(Place::Behind(door), node);
    }

    /// Adds a stretch, cut at its marks; marks at one position share a node.
    pub fn add(&mut self, mut stretch: Stretch) {
        stretch.marks.sort_by(|a, b| a.0.total_cmp(&b.0));
        let [first, second] = stretch.ends;
        let (mut node, mut at) = (first, 0.0);
        let open = stretch.open;
        for (along, gap, place) in stretch.marks {
            if node == first || along > at {
                let position = self.graph.add_node(None);
                let back = if node == first {
                    stretch.arrival[0]
                } else {
                    Leg::default()
                };
                let there = stands_at_an_end(at, along, stretch.cost);
                self.join(
                    [node, position],
                    along - at,
                    [back, Leg::default()],
                    open.map(|open| open || there),
                );
                (node, at) = (position, along);
            }
            match place {
                Place::Source(_) | Place::Behind(_) => {
                    self.graph.add_edge(self.places[&place], node, Leg::of(gap));
                }
                Place::Facility(_) | Place::Before(_) => {
                    self.graph.add_edge(node, self.places[&place], Leg::of(gap));
                }
            }
        }
        let back = if node == first {
            stretch.arrival[0]
        } else {
            Leg::default()
        };
        let ends = [node, second];
        let there = node != first && stands_at_an_end(at, stretch.cost, stretch.cost);
        let arrival = [back, stretch.arrival[1]];
        self.join(
            ends,
            stretch.cost - at,
            arrival,
            open.map(|open| open || there),
        );
    }

    fn join(&mut self, ends: [NodeIndex; 2], cost: f64, arrival: [Leg; 2], open: [bool; 2]) {
        if open[0] {
            self.graph
                .add_edge(ends[0], ends[1], Leg::of(cost) + arrival[1]);
        }
        if open[1] {
            self.graph
                .add_edge(ends[1], ends[0], Leg::of(cost) + arrival[0]);
        }
    }

    /// What it costs to get from a source to everything else, on the points
    /// within `metres` of `centre`. No path on the ground is shorter than the
    /// straight line, so every path of that length is among them.
    pub fn from(&self, source: usize, centre: LonLat, metres: f64) -> HashMap<NodeIndex, Leg> {
        let near = NodeFiltered::from_fn(&self.graph, |node| {
            self.graph[node].is_none_or(|at| distance_metres(centre, at) <= metres)
        });
        let start = self.places[&Place::Source(source)];
        dijkstra(&near, start, None, |edge| *edge.weight())
            .into_iter()
            .collect()
    }

    /// What it costs to get to a facility.
    pub fn to(&self, found: &HashMap<NodeIndex, Leg>, facility: usize) -> Option<Leg> {
        found.get(&self.places[&Place::Facility(facility)]).copied()
    }
}
