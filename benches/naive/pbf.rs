//! From a file to a graph, as one writes it first: the elements of osmpbf, a map from ids of
//! nodes to places and one from ids to numbers, a petgraph `Graph`.

use std::collections::HashMap;
use std::path::Path;

use living_circle::network::{Obstacles, WalkGraph, WalkNetwork, keeps_node, keeps_way};
use living_circle::osm::{self, Keep, TagSet};
use living_circle::profile::{AccessRules, Walkers};
use living_circle::progress::Silent;
use living_circle::units::CostKind;
use osmpbf::{Element, ElementReader};
use petgraph::graph::{NodeIndex, UnGraph};

/// Roads that are walked, by their `highway` alone.
const WALKED: [&str; 15] = [
    "residential",
    "service",
    "footway",
    "path",
    "steps",
    "pedestrian",
    "living_street",
    "unclassified",
    "track",
    "cycleway",
    "primary",
    "secondary",
    "tertiary",
    "trunk",
    "road",
];

/// Every node of a walked way and every piece between two of them.
pub fn naive(path: &Path) -> UnGraph<i64, f64> {
    let mut ways: Vec<Vec<i64>> = Vec::new();
    let reader = ElementReader::from_path(path).expect("a readable extract");
    let read = reader.for_each(|element| {
        if let Element::Way(way) = element
            && way
                .tags()
                .any(|(key, value)| key == "highway" && WALKED.contains(&value))
        {
            ways.push(way.refs().collect());
        }
    });
    read.expect("a sound extract");
    let used = ways.iter().flatten();
    let mut places: HashMap<i64, Option<[f64; 2]>> = used.map(|&id| (id, None)).collect();
    let reader = ElementReader::from_path(path).expect("a readable extract");
    let read = reader.for_each(|element| {
        let (id, at) = match element {
            Element::DenseNode(node) => (node.id(), [node.lon(), node.lat()]),
            Element::Node(node) => (node.id(), [node.lon(), node.lat()]),
            _ => return,
        };
        if let Some(place) = places.get_mut(&id) {
            *place = Some(at);
        }
    });
    read.expect("a sound extract");
    let mut graph = UnGraph::new_undirected();
    let mut numbers: HashMap<i64, NodeIndex> = HashMap::new();
    for way in &ways {
        for pair in way.windows(2) {
            if let [Some(from), Some(to)] = [pair[0], pair[1]].map(|id| places[&id]) {
                let [a, b] = [pair[0], pair[1]]
                    .map(|id| *numbers.entry(id).or_insert_with(|| graph.add_node(id)));
                graph.add_edge(a, b, metres(from, to));
            }
        }
    }
    graph
}

/// The haversine formula on a sphere.
fn metres([lon, lat]: [f64; 2], [other_lon, other_lat]: [f64; 2]) -> f64 {
    let half = |from: f64, to: f64| ((to - from).to_radians() / 2.0).sin().powi(2);
    let across = lat.to_radians().cos() * other_lat.to_radians().cos();
    let chord = half(lat, other_lat) + across * half(lon, other_lon);
    2.0 * 6_371_008.8 * chord.sqrt().asin()
}

/// What a network is made of, and nothing else.
struct Roads(AccessRules);

impl Keep for Roads {
    fn node(&self, tags: &dyn TagSet) -> bool {
        keeps_node(tags, &self.0)
    }

    fn way(&self, tags: &dyn TagSet) -> bool {
        keeps_way(tags, &self.0)
    }
}

/// Ours: with gates, kerbs, signals and access, in whole millimetres on the ellipsoid, chains
/// joined, and the directed graph of one walker.
pub fn ours(path: &Path) -> WalkGraph {
    let roads = Roads(AccessRules::builtin());
    let (extract, _) = osm::read(path, &roads, &Silent).expect("a sound extract");
    let (network, ..) = WalkNetwork::build(&extract, &roads.0, &Obstacles::default());
    let walkers = Walkers::builtin();
    let adult = walkers.find("adult").expect("a built-in walker");
    WalkGraph::new(&network, adult, CostKind::Time)
}
