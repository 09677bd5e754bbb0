//! Pedestrian areas: along the ring, and straight across. The square is 400 m by
//! 300 m, so that its diagonal is 500 m.

use living_circle::notice::Notice;
use living_circle::synth::Town;

use super::{metres, scene};

/// From X, 100 m before A, to Z, 100 m behind C: 700 m across, 900 m round.
fn square() -> Town {
    Town::new(
        "
        XA---BY
         |EF |
         |HG |
         D---CZ
        ",
    )
    .way("XA", "highway=residential")
    .way("CZ", "highway=residential")
}

const ACROSS: Option<u32> = Some(100 + 500 + 100);
const ROUND: Option<u32> = Some(100 + 700 + 100);

#[test]
fn a_pedestrian_area_is_walked_across() {
    for (tags, expected) in [
        ("highway=pedestrian area=yes", ACROSS),
        ("highway=footway area=yes", ACROSS),
        ("highway=residential area=yes", ACROSS),
        ("railway=platform area=yes", ACROSS),
        ("place=square", ACROSS),
        ("place=square highway=pedestrian", ACROSS),
        ("place=square access=private foot=yes", ACROSS),
        ("highway=pedestrian", ROUND),
        ("highway=pedestrian area=no place=square", ROUND),
        // Y and Z lie inside the private ground then, and are left along its ring.
        ("highway=pedestrian area=yes access=private", Some(900)),
        ("place=square access=private", None),
        ("place=square foot=no", None),
        ("place=square highway=construction", None),
        ("place=square area=no", None),
        ("landuse=residential area=yes", None),
        ("leisure=park area=yes", None),
    ] {
        let town = square().area("ABCD", tags);
        assert_eq!(metres(&scene(&town, 'X', 'Z')), expected, "{tags}");
    }
    let open = square().way("ABCD", "highway=pedestrian area=yes");
    assert_eq!(metres(&scene(&open, 'X', 'Z')), ROUND, "no closed way");
}

#[test]
fn only_where_walks_enter_does_a_straight_walk_begin() {
    let town = square().area("ABCD", "highway=pedestrian area=yes");
    let census = scene(&town, 'X', 'Z').study().census;
    let counts = [census.areas, census.areas_crossed, census.straight_walks];
    assert_eq!(counts, [1, 1, 1]);
    assert!(census.straight_millimetres.abs_diff(500_000) < 40);
    // From B it is 300 m along the ring to C; B is no entry until BY is there.
    let town = town.way("BY", "highway=residential");
    let census = scene(&town, 'X', 'Z').study().census;
    // AB and BC are walked already, along the ring.
    assert_eq!(census.straight_walks, 1);
    // A way that is not walked makes no entry.
    let town = square()
        .area("ABCD", "highway=pedestrian area=yes")
        .way("DG", "highway=footway access=private");
    assert_eq!(
        scene(&town, 'X', 'Z').study().census.straight_walks,
        1,
        "D is closed"
    );
    let town = town.way("DF", "highway=footway");
    assert_eq!(
        scene(&town, 'X', 'Z').study().census.straight_walks,
        1,
        "D, beside A and C on the ring"
    );
}

#[test]
fn a_line_that_leaves_the_area_is_not_walked() {
    // E lies 25 m south of the diagonal: by it √(100² + 100²) + √(300² + 200²) m.
    let town = square().area("AECD", "highway=pedestrian area=yes");
    let by_e = Some(100 + 502 + 100);
    assert_eq!(metres(&scene(&town, 'X', 'Z')), by_e);
    let town = square().area("ABCE", "highway=pedestrian area=yes");
    assert_eq!(metres(&scene(&town, 'X', 'Z')), ACROSS);
}

#[test]
fn nobody_walks_through_a_wall_or_water_on_the_square() {
    for (tags, expected) in [
        ("barrier=wall", ROUND),
        ("natural=water", ROUND),
        ("waterway=canal tunnel=culvert", ACROSS),
        ("highway=footway access=private", ACROSS),
    ] {
        let town = square()
            .area("ABCD", "highway=pedestrian area=yes")
            .way("GB", tags);
        assert_eq!(metres(&scene(&town, 'X', 'Z')), expected, "{tags}");
    }
}

#[test]
fn nobody_enters_by_a_locked_gate() {
    let town = square()
        .area("ABCD", "highway=pedestrian area=yes")
        .node("C", "barrier=gate locked=yes");
    let mut locked = scene(&town, 'X', 'Z');
    // Z is linked to its own street, not over the gate.
    locked.settings.link_limit = 50.0;
    assert_eq!(metres(&locked), None);
    let open = town.node("C", "foot=yes");
    assert_eq!(metres(&scene(&open, 'X', 'Z')), ACROSS);
}

/// The square drawn by two ways without tags, 3 and 4.
fn drawn_by_relation() -> Town {
    square().way("ABC", "").way("CDA", "")
}

#[test]
fn relations_are_walked_along_rings_without_tags_and_across() {
    for (tags, expected) in [
        ("type=multipolygon highway=pedestrian", ACROSS),
        ("type=multipolygon place=square", ACROSS),
        ("type=multipolygon highway=footway access=no", None),
        ("type=multipolygon landuse=grass", None),
    ] {
        let town = drawn_by_relation().relation("outer:3 outer:4", tags);
        assert_eq!(metres(&scene(&town, 'X', 'Z')), expected, "{tags}");
    }
    // One of two ways is in the file: nothing closes, and it is said.
    let town = square()
        .way("ABC", "")
        .relation("outer:3 outer:9", "type=multipolygon highway=pedestrian");
    let study = scene(&town, 'X', 'Z').study();
    assert_eq!(study.census.areas, 0);
    assert_eq!(study.notices.count(&Notice::BrokenPlaza), 1);
}

#[test]
fn holes_are_walked_round() {
    // EFGH lies on the diagonal, EGH south of it; BCGF has a side of the square.
    for (hole, members, expected) in [
        ("EFGH", "outer:3 outer:4", ACROSS),
        ("EFGH", "outer:3 outer:4 inner:5", ROUND),
        ("EFGH", "inner:5 :4 :3", ROUND),
        ("EGH", "outer:3 outer:4 inner:5", ACROSS),
        ("BCGF", "outer:3 outer:4 inner:5", ROUND),
    ] {
        let tags = "type=multipolygon highway=pedestrian";
        let town = drawn_by_relation().area(hole, "").relation(members, tags);
        assert_eq!(
            metres(&scene(&town, 'X', 'Z')),
            expected,
            "{hole} {members}"
        );
    }
    // A ring that nothing enters is no walk: here the hole's.
    let tags = "type=multipolygon highway=pedestrian";
    let town = drawn_by_relation()
        .area("EFGH", "")
        .relation("outer:3 outer:4 inner:5", tags);
    assert_eq!(scene(&town, 'X', 'Z').study().census.components.len(), 1);
    // A footway to F lets people walk round it, and from F to A and C.
    let town = town.way("FB", "highway=footway");
    let census = scene(&town, 'X', 'Z').study().census;
    assert_eq!(census.components.len(), 1);
    assert_eq!(census.straight_walks, 2, "A–F and F–C");
    // The outer way says itself that it is an area, and knows no hole.
    for tags in [
        "type=multipolygon highway=pedestrian",
        "type=multipolygon",
        "type=multipolygon landuse=grass",
    ] {
        let town = square()
            .area("ABCD", "highway=pedestrian area=yes")
            .area("EFGH", "")
            .relation("outer:3 inner:4", tags);
        let grass = tags.contains("grass");
        let expected = if grass { ACROSS } else { ROUND };
        assert_eq!(metres(&scene(&town, 'X', 'Z')), expected, "{tags}");
    }
}

#[test]
fn a_ring_that_is_a_road_is_walked_once() {
    let road = |tags: &str| {
        let town = drawn_by_relation().relation("outer:3 outer:4", tags);
        let mut drawing = town.drawing();
        for way in drawing
            .ways
            .iter_mut()
            .filter(|way| [3, 4].contains(&way.id))
        {
            way.tags = living_circle::osm::Tags::new([("highway", "residential")]);
        }
        let mut scene = scene(&town, 'X', 'Z');
        scene.drawing = drawing;
        scene
    };
    let study = road("type=multipolygon highway=pedestrian").study();
    // X–A, C–Z, the two ways round, and the diagonal.
    assert_eq!(study.network.walks().len(), 5);
    assert_eq!(
        metres(&road("type=multipolygon highway=pedestrian")),
        ACROSS
    );
    // Gravel is another walk: each side of the square twice.
    let study = road("type=multipolygon highway=pedestrian surface=gravel").study();
    assert_eq!(study.network.walks().len(), 2 + 4 * 2 + 1);
}

#[test]
fn two_squares_that_touch_are_crossed_one_after_the_other() {
    // 400 m by 300 m each, BE between them.
    let town = Town::new(
        "
        XA---B---C
         |   |   |
         |   |   |
         F---E---DY
        ",
    )
    .way("XA", "highway=footway")
    .way("DY", "highway=footway")
    .area("ABEF", "place=square")
    .area("BCDE", "highway=pedestrian area=yes");
    // A–E and B–D are diagonals; nobody enters at F or C.
    assert_eq!(metres(&scene(&town, 'X', 'Y')), Some(100 + 500 + 400 + 100));
    let census = scene(&town, 'X', 'Y').study().census;
    assert_eq!([census.areas, census.straight_walks], [2, 2]);
}

#[test]
fn an_area_with_very_many_entries_is_walked_round() {
    let study = |entries: u32| {
        let letter = |number: u32| char::from_u32(0x4e00 + number).unwrap();
        let row = |from: u32| (from..from + entries).map(letter).collect::<String>();
        let (streets, ring) = (row(0), row(1_000));
        let ends: String = (0..entries - 2).map(|_| '-').collect();
        let map = format!("{streets}\n{ring}\nA{ends}B\n");
        let mut town = Town::new(&map)
            .spacing(5.0)
            .area(&format!("{ring}BA"), "highway=pedestrian area=yes");
        for (street, entry) in streets.chars().zip(ring.chars()) {
            town = town.way(&format!("{street}{entry}"), "highway=footway");
        }
        scene(&town, 'A', 'B').study()
    };
    let most = study(100);
    // Neighbours are walked along the ring already.
    assert_eq!(most.census.straight_walks, 100 * 99 / 2 - 99);
    assert_eq!(most.notices.count(&Notice::ManyEntries), 0);
    let beyond = study(101);
    assert_eq!(beyond.census.straight_walks, 0);
    assert_eq!(beyond.notices.count(&Notice::ManyEntries), 1);
}
