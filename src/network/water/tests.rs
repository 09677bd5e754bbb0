#![allow(clippy::unwrap_used)]

use super::*;
use crate::notice::Notice;
use crate::osm::{Header, Member, MemberKind, NodeIndex, Relation, Tags};
use crate::plane::Plane;

type Pairs<'a> = &'a [(&'a str, &'a str)];

fn place(east: f64, north: f64) -> LonLat {
    Plane::at(LonLat::from_degrees(-15.4, 28.1).unwrap()).place([east, north])
}

/// Lines in metres, with their tags; the box of the data is 1 km wide around (0, 0).
fn extract(lines: &[(Pairs, &[[f64; 2]])]) -> Extract {
    let mut drawn = Extract {
        header: Header {
            bounds: Some((place(-500.0, -500.0), place(500.0, 500.0))),
            ..Header::default()
        },
        ..Extract::default()
    };
    for (id, (tags, line)) in (1..).zip(lines) {
        let mut nodes: Vec<NodeIndex> = Vec::new();
        for &[east, north] in *line {
            let at = place(east, north);
            let known = drawn.node_at.iter().position(|&other| other == at);
            nodes.push(NodeIndex(known.unwrap_or(drawn.node_at.len()) as u32));
            if known.is_none() {
                drawn.node_at.push(at);
            }
        }
        drawn.ways.push(Way {
            id,
            tags: Tags::new(tags.iter().copied()),
            nodes: nodes.into(),
        });
    }
    drawn.node_ids = (1..).take(drawn.node_at.len()).collect();
    drawn
}

const COAST: Pairs = &[("natural", "coastline")];

fn sea(lines: &[&[[f64; 2]]]) -> (Water, u64) {
    let coasts: Vec<_> = lines.iter().map(|line| (COAST, *line)).collect();
    let (water, notices) = Water::of(&extract(&coasts));
    (water, notices.count(&Notice::OpenCoast))
}

fn is_sea(water: &Water, east: f64, north: f64) -> bool {
    water
        .sea()
        .iter()
        .any(|area| area.holds(place(east, north)))
}

/// Square metres of the sea, to a thousandth.
fn surface(water: &Water, expected: f64) {
    let found: f64 = water.sea().iter().map(Area::square_metres).sum();
    assert!((found / expected - 1.0).abs() < 1e-3, "{found} {expected}");
}

#[test]
fn the_sea_lies_right_of_a_coast_through_the_box() {
    // Northward at x = 200: land in the west.
    let (water, open) = sea(&[&[[200.0, -900.0], [200.0, 0.0], [200.0, 900.0]]]);
    assert!(is_sea(&water, 300.0, 0.0) && !is_sea(&water, 0.0, 0.0) && open == 0);
    surface(&water, 300.0 * 1000.0);
    let (water, _) = sea(&[&[[200.0, 900.0], [200.0, -900.0]]]);
    assert!(is_sea(&water, 0.0, 0.0) && !is_sea(&water, 300.0, 0.0));
    surface(&water, 700.0 * 1000.0);
}

#[test]
fn islands_are_dry_and_a_coast_may_come_in_parts() {
    // An island, and a bay that a coast of three parts leads into and out of.
    let island: &[[f64; 2]] = &[
        [0.0, 0.0],
        [100.0, 0.0],
        [100.0, 100.0],
        [0.0, 100.0],
        [0.0, 0.0],
    ];
    let (water, open) = sea(&[
        island,
        &[[-300.0, 900.0], [-300.0, 0.0]],
        &[[-300.0, -100.0], [-300.0, -900.0]],
        &[[-300.0, 0.0], [-200.0, -50.0], [-300.0, -100.0]],
    ]);
    // Southward with the land on its left, in the east: the sea is the strip in the west.
    assert!(is_sea(&water, -400.0, 0.0) && open == 0);
    assert!(!is_sea(&water, 50.0, 50.0) && !is_sea(&water, 300.0, 300.0));
    // The island's own coast says that water lies around it; the land's says land. The
    // longer one is believed.
    let (water, open) = sea(&[island]);
    assert!(is_sea(&water, 300.0, 300.0) && !is_sea(&water, 50.0, 50.0) && open == 0);
    surface(&water, 1000.0 * 1000.0 - 100.0 * 100.0);
}

const ROAD: Pairs = &[("highway", "residential")];

#[test]
fn a_coast_that_ends_is_led_to_the_border_over_water() {
    // It comes from the south, has land in the west and roads there; from its end to
    // the sides of the box it is 400 m to the north, 300 m to the east.
    let coast: &[[f64; 2]] = &[[200.0, -900.0], [200.0, 100.0]];
    let (water, notices) = Water::of(&extract(&[(COAST, coast)]));
    assert_eq!(notices.count(&Notice::LedCoast), 1);
    assert!(is_sea(&water, 300.0, 0.0));
    assert!(!is_sea(&water, 0.0, 0.0) && !is_sea(&water, 300.0, 200.0));
    surface(&water, 300.0 * 600.0);
    // A road on the shorter way: then the longer one.
    let road: &[[f64; 2]] = &[[400.0, 0.0], [400.0, 200.0]];
    let (water, _) = Water::of(&extract(&[(COAST, coast), (ROAD, road)]));
    assert!(is_sea(&water, 300.0, 0.0) && is_sea(&water, 300.0, 200.0));
    surface(&water, 300.0 * 1000.0);
}

#[test]
fn beside_a_coast_that_ends_among_roads_no_sea_is_assumed() {
    let around: &[[f64; 2]] = &[
        [-220.0, -20.0],
        [-180.0, -20.0],
        [-180.0, 20.0],
        [-220.0, 20.0],
        [-220.0, -20.0],
    ];
    let lagoon: &[[f64; 2]] = &[
        [300.0, 0.0],
        [300.0, 100.0],
        [400.0, 100.0],
        [400.0, 0.0],
        [300.0, 0.0],
    ];
    let coast: &[[f64; 2]] = &[[-200.0, -900.0], [-200.0, 0.0]];
    let lines = [(COAST, coast), (COAST, lagoon), (ROAD, around)];
    let (water, notices) = Water::of(&extract(&lines));
    assert!(!is_sea(&water, 0.0, 0.0) && !is_sea(&water, -300.0, 0.0));
    // What closes by itself is still told: drawn clockwise it is water.
    assert!(is_sea(&water, 350.0, 50.0));
    assert_eq!(notices.count(&Notice::OpenCoast), 1);
    assert_eq!(notices.count(&Notice::LedCoast), 0);
}

#[test]
fn a_box_without_a_coast_has_no_sea() {
    let (water, open) = sea(&[]);
    assert!(water.is_empty() && open == 0);
    // A coast outside the box alone says nothing either.
    let (water, open) = sea(&[&[[700.0, -900.0], [700.0, 900.0]]]);
    assert!(water.sea().is_empty() && open == 0);
}

#[test]
fn areas_and_lines_are_told_by_their_tags() {
    let square: &[[f64; 2]] = &[
        [0.0, 0.0],
        [100.0, 0.0],
        [100.0, 100.0],
        [0.0, 100.0],
        [0.0, 0.0],
    ];
    for (tags, areas, rivers, banks) in [
        (vec![("natural", "water")], 1, 0, 0),
        (vec![("waterway", "riverbank")], 1, 0, 0),
        (vec![("waterway", "dock")], 1, 0, 0),
        (vec![("landuse", "basin")], 1, 0, 0),
        (vec![("landuse", "reservoir"), ("covered", "yes")], 0, 0, 0),
        (
            vec![("natural", "water"), ("location", "underground")],
            0,
            0,
            0,
        ),
        (vec![("waterway", "river")], 0, 1, 0),
        (vec![("waterway", "canal"), ("tunnel", "culvert")], 0, 0, 0),
        (vec![("waterway", "stream")], 0, 0, 0),
        (vec![("railway", "rail")], 0, 0, 0),
    ] {
        let (water, _) = Water::of(&extract(&[(&tags, square)]));
        let found = (
            water.areas().len(),
            water.rivers().len(),
            water.banks().len(),
        );
        assert_eq!(found, (areas, rivers, banks), "{tags:?}");
    }
    let (water, _) = Water::of(&extract(&[(&[("natural", "water")], &square[..4])]));
    assert_eq!((water.areas().len(), water.banks().len()), (0, 1));
}

#[test]
fn a_relation_leaves_its_islands_dry_even_where_its_outer_way_has_the_tags() {
    let outer: &[[f64; 2]] = &[
        [0.0, 0.0],
        [100.0, 0.0],
        [100.0, 100.0],
        [0.0, 100.0],
        [0.0, 0.0],
    ];
    let inner: &[[f64; 2]] = &[
        [40.0, 40.0],
        [60.0, 40.0],
        [60.0, 60.0],
        [40.0, 60.0],
        [40.0, 40.0],
    ];
    let mut drawn = extract(&[(&[("natural", "water")], outer), (&[], inner)]);
    let member = |id, role: &str| Member {
        kind: MemberKind::Way,
        id,
        role: role.to_owned(),
    };
    drawn.relations.push(Relation {
        id: 1,
        tags: Tags::new([("type", "multipolygon")]),
        members: [member(1, "outer"), member(2, "inner")].into(),
    });
    let (water, _) = Water::of(&drawn);
    assert_eq!(water.areas().len(), 1);
    let surface = water.areas()[0].square_metres();
    assert!((surface - 9_600.0).abs() < 10.0, "{surface}");
}
