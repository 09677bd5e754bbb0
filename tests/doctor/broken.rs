//! One trouble a town.

use living_circle::doctor::Kind;

use super::map::{Map, assert_found};

#[test]
fn sidewalks_that_join_nothing() {
    let sidewalk = |height: f64, tags: &str| {
        Map::new()
            .node(10, [100.0, height], "")
            .node(11, [150.0, height], "")
            .node(12, [200.0, height], "")
            .way(101, &[10, 11, 12], tags)
    };
    let loose = sidewalk(20.0, "highway=footway footway=sidewalk");
    assert_found(&loose, Kind::LooseSidewalk, &[("way/101", 100.0)]);
    assert_found(&loose, Kind::Island, &[]);
    // Joined in its middle only, it ends in nothing at both ends.
    let middle = loose
        .node(13, [150.0, 0.0], "")
        .way(100, &[1, 13, 3, 2], "highway=residential")
        .way(102, &[11, 13], "highway=footway footway=crossing");
    assert_found(&middle, Kind::LooseSidewalk, &[("way/101", 100.0)]);
    // At one end is enough.
    let end = middle.way(102, &[10, 13], "highway=footway");
    assert_found(&end, Kind::LooseSidewalk, &[]);
    let other = sidewalk(20.0, "highway=footway");
    assert_found(&other, Kind::LooseSidewalk, &[]);
    assert_found(&other, Kind::Island, &[("way/101", 100.0)]);
}

#[test]
fn islands() {
    let island = |length: f64, way: &str| {
        Map::new()
            .node(10, [0.0, 300.0], "")
            .node(11, [length, 300.0], "")
            .way(101, &[10, 11], way)
    };
    let short = island(200.0, "highway=path");
    assert_found(&short, Kind::Island, &[("way/101", 200.0)]);
    assert_eq!(short.findings().len(), 1);
    assert_found(&island(1_001.0, "highway=path"), Kind::Island, &[]);
    let private = island(200.0, "highway=service access=private");
    assert_found(&private, Kind::Island, &[]);
    // A private way leads there.
    let joined = short
        .clone()
        .way(102, &[10, 1], "highway=service access=private");
    assert_found(&joined, Kind::Island, &[]);
    // The file lacks where it goes on.
    let cut = short.way(102, &[11, 12], "highway=path");
    assert_found(&cut, Kind::Island, &[]);
}

const HOUSE: &str = "building=house";

/// A wall of 400 m, 50 m north of the street, and a house in it.
fn walled(wall: &str) -> Map {
    Map::new()
        .square(20, [400.0, 50.0], 100.0, wall)
        .square(30, [430.0, 80.0], 20.0, HOUSE)
}

#[test]
fn walls_without_a_way_in() {
    let wall = walled("barrier=wall");
    let expected = [("way/20 way/30", 400.0)];
    assert_found(&wall, Kind::WallWithoutGate, &expected);
    assert_found(&walled("barrier=fence"), Kind::WallWithoutGate, &expected);
    assert_found(&walled("barrier=hedge"), Kind::WallWithoutGate, &[]);
    assert_found(&walled("landuse=grass"), Kind::WallWithoutGate, &[]);
    // The estate is its own wall.
    let estate = Map::new().square(20, [400.0, 50.0], 100.0, "landuse=residential barrier=wall");
    assert_found(&estate, Kind::WallWithoutGate, &[("way/20", 400.0)]);
    // Whoever lives beside it is not in it, nor is what reaches beyond it.
    let beside = Map::new()
        .square(20, [400.0, 50.0], 100.0, "barrier=wall")
        .square(30, [510.0, 80.0], 20.0, HOUSE)
        .square(31, [380.0, 40.0], 200.0, "leisure=park")
        .square(32, [420.0, 70.0], 20.0, "leisure=garden");
    assert_found(&beside, Kind::WallWithoutGate, &[]);
}

#[test]
fn whatever_leads_through_a_wall_is_a_way_in() {
    for node in [
        "barrier=gate",
        "barrier=lift_gate",
        "entrance=yes",
        "barrier=gate locked=yes",
    ] {
        let map = walled("barrier=wall").node(21, [450.0, 50.0], node).way(
            20,
            &[200, 21, 201, 202, 203, 200],
            "barrier=wall",
        );
        assert_found(&map, Kind::WallWithoutGate, &[]);
    }
    for way in [
        "highway=service",
        "highway=service access=private",
        "highway=steps",
    ] {
        // It crosses the wall without a node of it.
        let map = walled("barrier=wall")
            .node(21, [450.0, 0.0], "")
            .node(22, [450.0, 70.0], "")
            .way(100, &[1, 21, 3, 2], "highway=residential")
            .way(101, &[21, 22], way);
        assert_found(&map, Kind::WallWithoutGate, &[]);
    }
}

#[test]
fn gates_without_a_way() {
    let gate = |tags: &str| Map::new().node(10, [600.0, 30.0], tags);
    for tags in [
        "barrier=gate",
        "barrier=gate access=private",
        "barrier=entrance",
    ] {
        assert_found(&gate(tags), Kind::GateWithoutWay, &[("node/10", 30.0)]);
    }
    assert_found(&gate("barrier=gate locked=yes"), Kind::GateWithoutWay, &[]);
    assert_found(&gate("barrier=bollard"), Kind::GateWithoutWay, &[]);
    for way in ["highway=footway", "highway=service access=private"] {
        let map = gate("barrier=gate")
            .node(11, [600.0, 0.0], "")
            .way(100, &[1, 11, 3, 2], "highway=residential")
            .way(101, &[10, 11], way);
        assert_found(&map, Kind::GateWithoutWay, &[]);
    }
    let on_wall =
        gate("barrier=gate")
            .node(11, [700.0, 30.0], "")
            .way(101, &[10, 11], "barrier=wall");
    assert_found(&on_wall, Kind::GateWithoutWay, &[("node/10", 30.0)]);
}

#[test]
fn places_far_from_every_walk() {
    let pharmacy = |north: f64| Map::new().node(10, [600.0, north], "amenity=pharmacy");
    assert_found(&pharmacy(199.9), Kind::FarPlace, &[]);
    assert_found(&pharmacy(250.0), Kind::FarPlace, &[("node/10", 250.0)]);
    // Of a house the nearest sample, its middle.
    let house = Map::new().square(20, [400.0, 300.0], 20.0, HOUSE);
    assert_found(&house, Kind::FarPlace, &[("way/20", 310.0)]);
    // The worst first.
    let both = pharmacy(250.0).square(20, [400.0, 300.0], 20.0, HOUSE);
    assert_found(
        &both,
        Kind::FarPlace,
        &[("way/20", 310.0), ("node/10", 250.0)],
    );
    assert_eq!(both.findings().len(), 2);
}

#[test]
fn places_behind_an_obstacle() {
    let canal = Map::new()
        .node(10, [600.0, 80.0], "amenity=pharmacy")
        .node(11, [0.0, 40.0], "")
        .node(12, [1_200.0, 40.0], "")
        .way(101, &[11, 12], "waterway=canal");
    assert_found(&canal, Kind::BarredPlace, &[("node/10", 80.0)]);
    // In a walled yard.
    assert_found(
        &walled("barrier=wall"),
        Kind::BarredPlace,
        &[("way/30", 90.0)],
    );
}

#[test]
fn ways_that_draw_the_same_pieces() {
    let doubled = Map::new().way(101, &[1, 3], "highway=footway");
    assert_found(&doubled, Kind::DoubledWay, &[("way/100 way/101", 900.0)]);
    let longer =
        Map::new()
            .node(10, [900.0, 100.0], "")
            .way(101, &[2, 3, 10], "highway=residential");
    assert_found(&longer, Kind::DoubledWay, &[("way/100 way/101", 300.0)]);
    let twice = Map::new()
        .node(10, [900.0, 100.0], "")
        .way(101, &[3, 10, 3], "highway=service");
    assert_found(&twice, Kind::DoubledWay, &[("way/101", 100.0)]);
    // What is not walked, and the sides of squares, may lie on each other.
    let private = Map::new().way(101, &[1, 3], "highway=service access=private");
    assert_found(&private, Kind::DoubledWay, &[]);
    let squares = Map::new()
        .square(20, [0.0, 0.0], 50.0, "highway=pedestrian area=yes")
        .node(30, [100.0, 0.0], "")
        .node(31, [100.0, 50.0], "")
        .way(21, &[201, 30, 31, 202, 201], "highway=pedestrian area=yes");
    assert_found(&squares, Kind::DoubledWay, &[]);
}
