//! Maps in metres, examined through the bytes of an extract.

use living_circle::doctor::{self, Finding, Kind, Patient, examine};
use living_circle::network::{Entries, Obstacles, WalkGraph, WalkNetwork};
use living_circle::osm::{Drawing, DrawnNode, DrawnWay, Keep, TagSet, Tags, read_bytes};
use living_circle::places::{self, Catalog};
use living_circle::plane::{LonLat, Plane};
use living_circle::profile::{AccessRules, Walkers};
use living_circle::progress::Silent;
use living_circle::study::{Wanted, entered};
use living_circle::units::CostKind;

/// Reads what the program reads.
struct Examined<'a>(Wanted<'a>);

impl Keep for Examined<'_> {
    fn node(&self, tags: &dyn TagSet) -> bool {
        self.0.node(tags) || doctor::keeps_node(tags)
    }

    fn way(&self, tags: &dyn TagSet) -> bool {
        self.0.way(tags) || doctor::keeps_way(tags)
    }

    fn relation(&self, tags: &dyn TagSet) -> bool {
        self.0.relation(tags) || doctor::keeps_relation(tags)
    }
}

/// East and north of the origin, in metres.
pub fn place(at: [f64; 2]) -> LonLat {
    Plane::at(LonLat::from_degrees(115.98, 36.45).unwrap()).place(at)
}

fn tags(text: &str) -> Tags {
    let pairs = text.split_whitespace();
    Tags::new(pairs.map(|pair| pair.split_once('=').unwrap()))
}

/// A map: the main street, way 100, leads 1,200 m east from node 1 by node 3, at
/// 900 m, to node 2.
#[derive(Clone)]
pub struct Map(pub Drawing);

impl Map {
    pub fn new() -> Self {
        Self(Drawing::default())
            .node(1, [0.0, 0.0], "")
            .node(2, [1_200.0, 0.0], "")
            .node(3, [900.0, 0.0], "")
            .way(100, &[1, 3, 2], "highway=residential")
    }

    pub fn node(mut self, id: i64, at: [f64; 2], text: &str) -> Self {
        let at = place(at);
        self.0.nodes.retain(|node| node.id != id);
        let tags = tags(text);
        self.0.nodes.push(DrawnNode { id, at, tags });
        self.0.nodes.sort_by_key(|node| node.id);
        self
    }

    pub fn way(mut self, id: i64, nodes: &[i64], text: &str) -> Self {
        self.0.ways.retain(|way| way.id != id);
        self.0.ways.push(DrawnWay {
            id,
            tags: tags(text),
            nodes: nodes.to_vec(),
        });
        self
    }

    /// A square of `side` metres with its south-western corner there, of nodes from
    /// ten times its number on.
    pub fn square(self, id: i64, [east, north]: [f64; 2], side: f64, text: &str) -> Self {
        let first = id * 10;
        self.node(first, [east, north], "")
            .node(first + 1, [east + side, north], "")
            .node(first + 2, [east + side, north + side], "")
            .node(first + 3, [east, north + side], "")
            .way(id, &[first, first + 1, first + 2, first + 3, first], text)
    }

    pub fn findings(&self) -> Vec<Finding> {
        self.findings_within(15.0)
    }

    pub fn findings_within(&self, gap: f64) -> Vec<Finding> {
        let rules = &AccessRules::builtin();
        let catalog = &Catalog::builtin().unwrap();
        let wanted = Examined(Wanted { rules, catalog });
        let bytes = self.0.to_pbf().unwrap();
        let (extract, _) = read_bytes("town", &bytes, &wanted, &Silent).unwrap();
        let obstacles = Obstacles::of(&extract, rules);
        let (network, ..) = WalkNetwork::build(&extract, rules, &obstacles);
        let walkers = Walkers::builtin();
        let adult = walkers.find("adult").unwrap();
        let (found, _) = places::from_osm(&extract, catalog);
        let entries = Entries::of(&extract, rules, &network);
        examine(&Patient {
            extract: &extract,
            rules,
            network: &network,
            graph: &WalkGraph::new(&network, adult, CostKind::Length),
            obstacles: &obstacles,
            blocks: &found.blocks,
            facilities: &entered(found.facilities, &entries),
            gap,
            link_limit: 200.0,
        })
    }

    /// The findings of a kind: their objects and whole centimetres.
    pub fn found(&self, kind: Kind) -> Vec<(String, u64)> {
        told(&self.findings(), kind)
    }
}

pub fn told(findings: &[Finding], kind: Kind) -> Vec<(String, u64)> {
    let of_kind = findings.iter().filter(|finding| finding.kind == kind);
    of_kind
        .map(|finding| {
            let objects: Vec<String> = finding.objects.iter().map(ToString::to_string).collect();
            let centimetres = finding.millimetres.unwrap().div_ceil(10);
            (objects.join(" "), centimetres)
        })
        .collect()
}

/// Fails unless just this was found, to within 3 cm.
#[track_caller]
pub fn assert_found(map: &Map, kind: Kind, expected: &[(&str, f64)]) {
    let found = map.found(kind);
    let names: Vec<&str> = found.iter().map(|(name, _)| &**name).collect();
    let wanted: Vec<&str> = expected.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, wanted, "{kind:?}");
    for ((name, centimetres), (_, metres)) in found.iter().zip(expected) {
        let off = (*centimetres as f64 / 100.0 - metres).abs();
        assert!(off < 0.03, "{name}: {centimetres} cm, not {metres} m");
    }
}
