//! The files of `fixtures/` are what the program draws.

#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

use std::path::Path;

use living_circle::osm::{TagSet, Tags};
use living_circle::plane::{LonLat, distance_metres};
use living_circle::synth::lakeside;
use serde_json::Value;

/// `LIVING_CIRCLE_WRITE_FIXTURES=1 cargo test --test fixtures` writes them anew.
#[test]
fn the_sample_city_is_drawn_byte_for_byte() {
    let drawn = lakeside();
    let pbf = drawn.drawing.to_pbf().unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let write = std::env::var_os("LIVING_CIRCLE_WRITE_FIXTURES").is_some_and(|set| set == "1");
    for (name, bytes) in [
        ("lakeside.osm.pbf", &*pbf),
        ("lakeside.blocks.geojson", drawn.blocks.as_bytes()),
        ("lakeside.facilities.csv", drawn.facilities.as_bytes()),
        ("lakeside.zones.geojson", drawn.zones.as_bytes()),
    ] {
        let path = folder.join(name);
        if write {
            std::fs::write(&path, bytes).unwrap();
        }
        let stored = std::fs::read(&path).unwrap();
        assert!(stored == bytes, "{name} differs from what is drawn");
    }
}

fn features(collection: &str) -> Vec<Value> {
    let collection: Value = serde_json::from_str(collection).unwrap();
    collection["features"].as_array().unwrap().clone()
}

fn place(position: &Value) -> LonLat {
    LonLat::from_degrees(position[0].as_f64().unwrap(), position[1].as_f64().unwrap()).unwrap()
}

/// Twice the surface of a zone in square units of 10⁻⁷ degrees, exactly.
fn surface(zone: &Value) -> i64 {
    let ring = zone["geometry"]["coordinates"][0].as_array().unwrap();
    let first = place(&ring[0]);
    ring.windows(2)
        .map(|edge| {
            let [[ax, ay], [bx, by]] = [&edge[0], &edge[1]].map(|position| {
                let at = place(position);
                [at.lon - first.lon, at.lat - first.lat].map(i64::from)
            });
            ax * by - bx * ay
        })
        .sum()
}

#[test]
fn communities_tile_their_subdistricts_exactly() {
    let zones = features(&lakeside().zones);
    let level = |name: &str| -> Vec<&Value> {
        let of_level = |zone: &&Value| zone["properties"]["level"] == name;
        zones.iter().filter(of_level).collect()
    };
    assert_eq!(
        (level("subdistrict").len(), level("community").len()),
        (3, 12)
    );
    for subdistrict in level("subdistrict") {
        let name = &subdistrict["properties"]["name"];
        let parts = level("community");
        let parts = parts
            .iter()
            .filter(|zone| zone["properties"]["subdistrict"] == *name);
        assert_eq!(
            parts.map(|zone| surface(zone)).sum::<i64>(),
            surface(subdistrict)
        );
    }
}

/// The measured mile: the arithmetic of `fixtures/README.md`.
#[test]
fn the_measured_mile_is_where_the_readme_says() {
    let drawn = lakeside();
    let blocks = features(&drawn.blocks);
    let block = |name: &str| {
        let named = |block: &&Value| block["properties"]["name"] == name;
        place(&blocks.iter().find(named).unwrap()["geometry"]["coordinates"])
    };
    let clinic: Vec<f64> = drawn
        .facilities
        .lines()
        .find(|row| row.contains("量尺路卫生室"))
        .unwrap()
        .split(',')
        .filter_map(|cell| cell.parse().ok())
        .collect();
    let clinic = LonLat::from_degrees(clinic[0], clinic[1]).unwrap();
    let nodes = &drawn.drawing.nodes;
    let named = |name: &'static str| move |tags: &Tags| tags.has("name", name);
    let pharmacy = nodes
        .iter()
        .find(|node| named("量尺路药店")(&node.tags))
        .unwrap()
        .at;
    for (name, clinic_along, pharmacy_along) in [
        ("量尺路甲", 800.0_f64, 400.0_f64),
        ("量尺路乙", 600.0, 200.0),
        ("量尺路丙", 200.0, 600.0),
    ] {
        for (facility, along) in [(clinic, clinic_along), (pharmacy, pharmacy_along)] {
            let straight = distance_metres(block(name), facility);
            assert!(
                (straight - along.hypot(50.0)).abs() < 0.02,
                "{name} {straight}"
            );
        }
    }
    let road = drawn
        .drawing
        .ways
        .iter()
        .find(|way| named("量尺路")(&way.tags))
        .unwrap();
    assert_eq!(road.nodes.len(), 13);
    let at = |id: &i64| nodes.iter().find(|node| node.id == *id).unwrap().at;
    for edge in road.nodes.windows(2) {
        let length = distance_metres(at(&edge[0]), at(&edge[1]));
        assert!((length - 100.0).abs() < 0.015, "{length}");
    }
    // Halfway between the second and the third node, 30 m south of the block.
    for node in &road.nodes[1..3] {
        let diagonal = distance_metres(at(node), block("量尺路甲"));
        assert!(
            (diagonal - 50.0_f64.hypot(30.0)).abs() < 0.015,
            "{diagonal}"
        );
    }
}
