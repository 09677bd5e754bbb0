//! Walks that end a few metres before another.

use living_circle::doctor::Kind;

use super::map::{Map, assert_found, place};

const FOOTWAY: &str = "highway=footway";

/// A footway, 101, from node 10, 12 m north of the street, round to it at node 3.
fn map() -> Map {
    bent("highway=footway", "")
}

fn bent(way: &str, end: &str) -> Map {
    Map::new()
        .node(10, [300.0, 12.0], end)
        .node(11, [300.0, 600.0], "")
        .node(12, [900.0, 600.0], "")
        .way(101, &[10, 11, 12, 3], way)
}

const MISSED: &[(&str, f64)] = &[("node/10 way/101 way/100", 12.0)];

#[test]
fn a_footway_that_ends_before_the_street() {
    let map = map();
    assert_found(&map, Kind::NearMiss, MISSED);
    let findings = map.findings();
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert_eq!(findings[0].at, place([300.0, 12.0]));
    // The gap is drawn, to the nearest point of the street.
    let [from, to] = findings[0].lines[0][..] else {
        panic!("{findings:?}")
    };
    assert_eq!(from, place([300.0, 12.0]));
    let foot = place([300.0, 0.0]);
    assert!((to.lon - foot.lon).abs() <= 1 && (to.lat - foot.lat).abs() <= 1);
    assert!(map.findings_within(11.9).is_empty());
    assert_eq!(map.findings_within(12.1).len(), 1);
}

#[test]
fn what_lies_between_is_a_reason() {
    for (tags, missed) in [
        ("barrier=wall", false),
        ("barrier=hedge", false),
        ("barrier=retaining_wall", false),
        ("building=yes", false),
        ("natural=cliff", false),
        ("waterway=ditch", false),
        ("railway=rail", false),
        ("barrier=kerb", true),
        ("building=roof", true),
        ("railway=rail tunnel=yes", true),
        ("landuse=grass", true),
    ] {
        let map = map()
            .node(20, [200.0, 6.0], "")
            .node(21, [400.0, 6.0], "")
            .way(200, &[20, 21], tags);
        let expected = if missed { MISSED } else { &[] };
        assert_found(&map, Kind::NearMiss, expected);
        // The footway ends on it.
        let map = bent(FOOTWAY, "")
            .node(20, [200.0, 12.0], "")
            .node(21, [400.0, 12.0], "")
            .way(200, &[20, 10, 21], tags);
        assert_found(&map, Kind::NearMiss, expected);
    }
}

#[test]
fn where_the_map_says_why_a_walk_ends_nothing_is_missed() {
    for end in [
        "noexit=yes",
        "entrance=main",
        "railway=subway_entrance",
        "highway=elevator",
        "barrier=gate locked=yes",
        "barrier=wall",
    ] {
        assert_found(&bent(FOOTWAY, end), Kind::NearMiss, &[]);
    }
    for way in [
        "highway=footway bridge=yes",
        "highway=footway tunnel=yes",
        "highway=footway layer=1",
        "highway=footway level=2",
        "highway=corridor",
        "highway=footway noexit=yes",
    ] {
        assert_found(&bent(way, ""), Kind::NearMiss, &[]);
    }
    for way in [
        "highway=footway layer=0",
        "highway=steps",
        "highway=footway bridge=no",
    ] {
        assert_found(&bent(way, ""), Kind::NearMiss, MISSED);
    }
    // A private way goes on from there.
    let map =
        map()
            .node(13, [280.0, 12.0], "")
            .way(102, &[10, 13], "highway=service access=private");
    assert_found(&map, Kind::NearMiss, &[]);
    // The file lacks what comes next.
    let map = map.way(102, &[10, 14], "highway=footway");
    assert_found(&map, Kind::NearMiss, &[]);
}

#[test]
fn what_is_reached_by_a_short_walk_is_joined() {
    // By 28 m north, east, 40 m south, and back on the street.
    let round = |east: f64| {
        Map::new()
            .node(10, [300.0, 12.0], "")
            .node(11, [300.0, 40.0], "")
            .node(12, [300.0 + east, 40.0], "")
            .node(13, [300.0 + east, 0.0], "")
            .way(100, &[1, 13, 3, 2], "highway=residential")
            .way(101, &[10, 11, 12, 13], FOOTWAY)
    };
    // 28 + 40 + 40 + 40 = 148 m, and 28 + 42 + 40 + 42 = 152 m.
    assert_found(&round(40.0), Kind::NearMiss, &[]);
    assert_found(&round(42.0), Kind::NearMiss, MISSED);
}

#[test]
fn two_ends_that_miss_each_other_are_one_gap() {
    let map = Map::new()
        .node(10, [300.0, 300.0], "")
        .node(11, [0.0, 300.0], "")
        .node(12, [309.0, 300.0], "")
        .node(13, [900.0, 300.0], "")
        .way(101, &[10, 11, 1], FOOTWAY)
        .way(102, &[12, 13, 3], FOOTWAY);
    assert_found(&map, Kind::NearMiss, &[("node/10 way/101 way/102", 9.0)]);
}

#[test]
fn an_end_on_a_walk_that_shares_no_node_is_the_narrowest_gap() {
    let map = map().node(10, [300.0, 0.0], "");
    assert_found(&map, Kind::NearMiss, &[("node/10 way/101 way/100", 0.0)]);
}

#[test]
fn an_island_is_missed_where_it_is_nearest_to_something_larger() {
    // 100 m along the street, 9 m and 7 m off it, and steps 2 m from one end.
    let map = Map::new()
        .node(10, [300.0, 9.0], "")
        .node(11, [400.0, 7.0], "")
        .node(12, [402.0, 7.0], "")
        .node(13, [402.0, 40.0], "")
        .way(101, &[10, 11], FOOTWAY)
        .way(102, &[12, 13], "highway=steps");
    let expected = [
        ("node/11 way/101 way/100", 7.0),
        ("node/12 way/102 way/100", 7.0),
    ];
    assert_found(&map, Kind::NearMiss, &expected);
}

#[test]
fn ends_at_the_border_of_the_data_are_left_alone() {
    let mut map = map();
    let whole = (place([-50.0, -50.0]), place([1_250.0, 650.0]));
    map.0.bounds = Some(whole);
    assert_found(&map, Kind::NearMiss, MISSED);
    // The border runs 10 m south of the end.
    map.0.bounds = Some((place([-50.0, 2.0]), whole.1));
    assert_found(&map, Kind::NearMiss, &[]);
}
