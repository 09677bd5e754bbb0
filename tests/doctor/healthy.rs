//! A town that nothing is wrong with, and findings that depend on nothing else.

use living_circle::doctor::Kind;

use super::map::Map;

/// A street with a sidewalk, a walled estate with a gate and inner ways, a square, a
/// footbridge over it, a dead end at a door, and shops.
fn town() -> Map {
    Map::new()
        .node(4, [100.0, 0.0], "amenity=pharmacy")
        .node(5, [400.0, 0.0], "")
        .way(100, &[1, 4, 5, 3, 2], "highway=residential")
        // A sidewalk along it, joined at both ends.
        .node(10, [110.0, 8.0], "")
        .node(11, [390.0, 8.0], "")
        .way(101, &[4, 10, 11, 5], "highway=footway footway=sidewalk")
        // The estate.
        .square(20, [500.0, 50.0], 200.0, "landuse=residential barrier=wall")
        .node(12, [600.0, 50.0], "barrier=gate")
        .node(13, [600.0, 0.0], "")
        .node(14, [600.0, 150.0], "")
        .way(
            20,
            &[200, 12, 201, 202, 203, 200],
            "landuse=residential barrier=wall",
        )
        .way(100, &[1, 4, 5, 13, 3, 2], "highway=residential")
        .way(102, &[13, 12, 14], "highway=service access=private")
        // A square at the end of the street, and a footbridge over the street.
        .node(15, [1_250.0, 0.0], "")
        .node(16, [1_250.0, 50.0], "")
        .node(17, [1_200.0, 50.0], "")
        .way(103, &[2, 15, 16, 17, 2], "place=square")
        .node(18, [800.0, 10.0], "")
        .node(19, [800.0, -300.0], "")
        .node(25, [900.0, -300.0], "")
        .way(104, &[18, 19, 25, 3], "highway=footway bridge=yes layer=1")
        // A path to a door, 9 m from the street behind the house.
        .node(26, [300.0, -9.0], "entrance=main")
        .node(27, [300.0, -200.0], "")
        .node(28, [0.0, -200.0], "")
        .way(105, &[26, 27, 28, 1], "highway=footway")
}

#[test]
fn nothing_is_wrong_with_a_healthy_town() {
    assert_eq!(town().findings(), []);
}

#[test]
fn the_order_of_the_file_changes_nothing() {
    let sick = town()
        .node(40, [600.0, -12.0], "")
        .node(41, [600.0, -100.0], "")
        .way(140, &[40, 41], "highway=footway")
        .node(42, [500.0, -40.0], "barrier=gate")
        .node(43, [500.0, -300.0], "amenity=clinic")
        .square(50, [300.0, 100.0], 50.0, "barrier=fence leisure=pitch")
        .way(141, &[13, 3], "highway=path");
    let findings = sick.findings();
    let kinds: Vec<Kind> = findings.iter().map(|finding| finding.kind).collect();
    let expected = [
        Kind::NearMiss,
        Kind::Island,
        Kind::WallWithoutGate,
        Kind::GateWithoutWay,
        Kind::FarPlace,
        Kind::DoubledWay,
    ];
    assert_eq!(kinds, expected);
    let mut turned = sick;
    turned.0.nodes.reverse();
    turned.0.ways.reverse();
    assert_eq!(turned.findings(), findings);
}
