//! Places of drawn extracts, and the choice between two sources.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::notice::Notice;
use crate::osm::{Extract, Node, NodeIndex, Tags, Way};
use crate::plane::{LonLat, Plane};

/// An extract drawn in metres around a place.
#[derive(Default)]
struct Drawn(Extract);

impl Drawn {
    fn node(&mut self, east: f64, north: f64) -> NodeIndex {
        let plane = Plane::at(LonLat::from_degrees(115.98, 36.45).unwrap());
        let last = self.0.node_ids.last().copied().unwrap_or(1_000);
        self.0.node_ids.push(last + 1);
        self.0.node_at.push(plane.place([east, north]));
        NodeIndex(self.0.node_at.len() as u32 - 1)
    }

    fn site(&mut self, east: f64, tags: &[(&str, &str)]) -> i64 {
        let index = self.node(east, 0.0);
        let tags = Tags::new(tags.iter().copied());
        self.0.nodes.push(Node { index, tags });
        self.0.id(index)
    }

    /// A square with its south-west corner at (`east`, 0); 0 m has no surface.
    fn square(&mut self, id: i64, east: f64, side: f64, tags: &[(&str, &str)]) {
        let corners = [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side)];
        let mut nodes: Vec<NodeIndex> = corners
            .iter()
            .map(|(x, y)| self.node(east + x, *y))
            .collect();
        nodes.push(nodes[0]);
        self.way(id, nodes, tags);
    }

    fn way(&mut self, id: i64, nodes: Vec<NodeIndex>, tags: &[(&str, &str)]) {
        self.0.ways.push(Way {
            id,
            tags: Tags::new(tags.iter().copied()),
            nodes: nodes.into(),
        });
    }

    fn places(&self) -> (OsmPlaces, crate::notice::Notices) {
        from_osm(&self.0, &Catalog::builtin().unwrap())
    }
}

const RESIDENTIAL: (&str, &str) = ("landuse", "residential");
const HOUSE: (&str, &str) = ("building", "house");

#[test]
fn blocks_are_residential_areas_and_the_homes_outside_them() {
    let mut drawn = Drawn::default();
    drawn.square(1, 0.0, 200.0, &[RESIDENTIAL, ("name", "湖滨一里")]);
    drawn.square(2, 50.0, 20.0, &[HOUSE]);
    drawn.square(3, 300.0, 20.0, &[("building", "apartments")]);
    drawn.square(4, 400.0, 20.0, &[("building", "yes")]);
    drawn.square(5, 500.0, 20.0, &[HOUSE, ("abandoned", "yes")]);
    // Its middle is outside, though its western half is not.
    drawn.square(6, 191.0, 20.0, &[HOUSE]);
    let (places, notices) = drawn.places();
    let blocks: Vec<(&str, BlockKind, f64)> = places
        .blocks
        .iter()
        .map(|block| (&*block.id, block.kind, block.land.unwrap().square_metres()))
        .collect();
    let expected = [
        ("way/1", BlockKind::Area, 40_000.0),
        ("way/3", BlockKind::Building, 400.0),
        ("way/6", BlockKind::Building, 400.0),
    ];
    assert_eq!(blocks.len(), expected.len(), "{blocks:?}");
    for (block, expected) in blocks.iter().zip(expected) {
        assert_eq!((block.0, block.1), (expected.0, expected.1));
        assert!((block.2 / expected.2 - 1.0).abs() < 0.005, "{block:?}");
    }
    assert_eq!(places.blocks[0].name.as_deref(), Some("湖滨一里"));
    assert_eq!(places.blocks[0].origin, Origin::OsmWay(1));
    assert!(places.facilities.is_empty());
    assert_eq!(notices.count(&Notice::HomesInAreas), 1, "way/2");
}

#[test]
fn of_two_areas_in_one_another_the_larger_is_kept_in_any_order() {
    let draw = |order: [i64; 4]| {
        let mut drawn = Drawn::default();
        for id in order {
            let (east, side) = match id {
                1 => (50.0, 40.0),
                2 => (0.0, 200.0),
                3 => (55.0, 10.0),
                // Overlaps 2, but its middle is outside.
                _ => (180.0, 100.0),
            };
            drawn.square(id, east, side, &[RESIDENTIAL]);
        }
        let (places, notices) = drawn.places();
        let ids: Vec<String> = places.blocks.into_iter().map(|block| block.id).collect();
        (ids, notices)
    };
    let (ids, notices) = draw([1, 2, 3, 4]);
    assert_eq!(ids, ["way/2", "way/4"]);
    assert_eq!(notices.count(&Notice::NestedResidential), 2);
    assert_eq!(draw([4, 3, 2, 1]), (ids, notices));
}

#[test]
fn facilities_are_nodes_and_closed_ways() {
    let mut drawn = Drawn::default();
    let shop = drawn.site(0.0, &[("shop", "supermarket"), ("name:zh", "佳家")]);
    drawn.site(5.0, &[("amenity", "bench")]);
    drawn.square(7, 0.0, 100.0, &[("leisure", "park"), ("name", "湖滨公园")]);
    let (places, notices) = drawn.places();
    assert!(notices.is_empty() && places.blocks.is_empty());
    let [node, way] = places.facilities.as_slice() else {
        panic!()
    };
    assert_eq!(node.id, format!("node/{shop}"));
    assert_eq!(node.origin, Origin::OsmNode(shop));
    assert_eq!(node.name.as_deref(), Some("佳家"));
    assert_eq!((node.entrances.len(), node.entrances_assumed), (1, false));
    assert_eq!(way.id, "way/7");
    assert!((way.size.land.unwrap().square_metres() / 10_000.0 - 1.0).abs() < 0.001);
    // 400 m round at 50 m; the rounded ring may be a hair longer.
    assert!((8..=9).contains(&way.entrances.len()) && way.entrances_assumed);
}

#[test]
fn what_is_no_ring_is_counted() {
    let mut drawn = Drawn::default();
    let line: Vec<NodeIndex> = (0..4)
        .map(|at| drawn.node(f64::from(at) * 10.0, 0.0))
        .collect();
    let mut flat = line.clone();
    flat.push(line[0]);
    let mut broken = flat.clone();
    broken[2] = NodeIndex::MISSING;
    drawn.way(1, line.clone(), &[("leisure", "track")]);
    drawn.way(2, line, &[RESIDENTIAL]);
    drawn.way(3, broken.clone(), &[("leisure", "park")]);
    drawn.way(4, broken, &[HOUSE]);
    drawn.way(5, flat, &[("leisure", "park")]);
    let (places, notices) = drawn.places();
    let left_out: Vec<_> = places
        .left_out
        .iter()
        .map(|row| (&*row.tag, row.reason, row.ways))
        .collect();
    let expected = [
        ("leisure=park", Reason::NoArea, 2),
        ("leisure=track", Reason::NotClosed, 1),
    ];
    assert_eq!(left_out, expected);
    assert!(places.facilities.is_empty() && places.blocks.is_empty());
    for (notice, count) in [
        (Notice::OpenFacility, 1),
        (Notice::OpenBlock, 1),
        (Notice::IncompleteRing, 2),
        (Notice::NoSurface, 1),
    ] {
        assert_eq!(notices.count(&notice), count, "{notice:?}");
    }
    assert_eq!(notices.iter().count(), 4);
}

#[test]
fn what_is_kept_is_what_is_read() {
    let catalog = Catalog::builtin().unwrap();
    let tags = |pairs: &[(&'static str, &'static str)]| Tags::new(pairs.iter().copied());
    assert!(keeps_node(&tags(&[("amenity", "pharmacy")]), &catalog));
    assert!(keeps_way(&tags(&[("amenity", "pharmacy")]), &catalog));
    assert!(keeps_way(&tags(&[HOUSE]), &catalog));
    assert!(keeps_way(&tags(&[RESIDENTIAL]), &catalog));
    assert!(!keeps_node(&tags(&[HOUSE]), &catalog));
    assert!(!keeps_way(&tags(&[("building", "yes")]), &catalog));
    assert!(!keeps_way(&tags(&[("highway", "residential")]), &catalog));
}

fn facility(id: &str, keys: &[&str]) -> Facility {
    let catalog = Catalog::builtin().unwrap();
    let mut categories: Vec<CategoryId> = keys.iter().map(|key| catalog.id(key).unwrap()).collect();
    categories.sort_unstable();
    // A kilometre from each other: none is another one.
    let apart = LonLat {
        lon: id.bytes().map(i32::from).sum::<i32>() * 100_000,
        lat: 0,
    };
    Facility {
        id: id.to_owned(),
        name: None,
        categories,
        shape: Shape::Point(apart),
        size: Size::default(),
        origin: Origin::Table(1),
        entrances: vec![apart],
        entrances_assumed: false,
    }
}

#[test]
fn the_table_speaks_for_what_it_names() {
    let catalog = Catalog::builtin().unwrap();
    let table = || vec![facility("t1", &["clinic"]), facility("node/9", &["park"])];
    let osm = || {
        vec![
            facility("node/1", &["health_station", "pharmacy"]),
            facility("node/2", &["clinic"]),
            facility("node/3", &["hospital"]),
            facility("node/9", &["library"]),
            facility("way/4", &["park"]),
        ]
    };
    let merged = |table, source| {
        let (list, notices) = merge(table, osm(), source, &catalog);
        let facilities = list.facilities;
        let ids: Vec<String> = facilities
            .iter()
            .map(|facility| facility.id.clone())
            .collect();
        (facilities, ids, notices)
    };
    let (facilities, ids, notices) = merged(Some(table()), FacilitySource::ByCategory);
    assert_eq!(ids, ["node/1", "node/3", "node/9", "t1"]);
    assert_eq!(facilities[0].categories, [catalog.id("pharmacy").unwrap()]);
    assert_eq!(facilities[2].categories, [catalog.id("park").unwrap()]);
    assert_eq!(notices.count(&Notice::LeftToTable), 2);
    assert_eq!(notices.count(&Notice::ReplacedByTable), 1);

    let (_, ids, notices) = merged(Some(table()), FacilitySource::Both);
    assert_eq!(ids, ["node/1", "node/2", "node/3", "node/9", "t1", "way/4"]);
    assert_eq!(notices.count(&Notice::LeftToTable), 0);
    let (_, ids, _) = merged(Some(table()), FacilitySource::Table);
    assert_eq!(ids, ["node/9", "t1"]);
    let (_, ids, notices) = merged(Some(table()), FacilitySource::Osm);
    assert_eq!(ids, ["node/1", "node/2", "node/3", "node/9", "way/4"]);
    assert!(notices.is_empty());
    let (facilities, _, notices) = merged(None, FacilitySource::default());
    assert_eq!(facilities, osm());
    assert!(notices.is_empty());
}

#[test]
fn small_administrative_areas_are_zones() {
    let mut drawn = Drawn::default();
    let boundary = ("boundary", "administrative");
    drawn.square(
        7,
        0.0,
        500.0,
        &[boundary, ("admin_level", "10"), ("name", "湖滨社区")],
    );
    drawn.square(8, 0.0, 900.0, &[boundary, ("admin_level", "8")]);
    drawn.square(9, 0.0, 5_000.0, &[boundary, ("admin_level", "6")]);
    drawn.square(
        10,
        0.0,
        500.0,
        &[("boundary", "postal_code"), ("admin_level", "9")],
    );
    let (places, notices) = drawn.places();
    let zones: Vec<_> = places
        .zones
        .iter()
        .map(|zone| (&*zone.id, zone.level.as_deref(), zone.name.as_deref()))
        .collect();
    let expected = [
        ("way/7", Some("admin_10"), Some("湖滨社区")),
        ("way/8", Some("admin_8"), None),
    ];
    assert_eq!(zones, expected);
    assert!(notices.is_empty());
}

#[test]
fn homes_are_held_against_the_areas_that_are_kept() {
    let mut drawn = Drawn::default();
    // The second area lies with its middle in the first and reaches beyond it.
    drawn.square(1, 0.0, 200.0, &[RESIDENTIAL]);
    drawn.square(2, 90.0, 150.0, &[RESIDENTIAL]);
    drawn.square(3, 50.0, 20.0, &[HOUSE]);
    drawn.square(4, 210.0, 20.0, &[HOUSE]);
    let (places, notices) = drawn.places();
    let ids: Vec<&str> = places.blocks.iter().map(|block| &*block.id).collect();
    assert_eq!(ids, ["way/1", "way/4"]);
    assert_eq!(notices.count(&Notice::NestedResidential), 1);
    assert_eq!(notices.count(&Notice::HomesInAreas), 1);
}
