//! Drawn and random rings, against arithmetic and against counting outlines.

mod walls;

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::plane::PolygonRings;

fn at((lon, lat): (i32, i32)) -> LonLat {
    LonLat { lon, lat }
}

/// Lines of places, each the way of its number.
fn pieces(lines: &[Vec<(i32, i32)>]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (way, line) in lines.iter().enumerate() {
        for pair in line.windows(2) {
            pieces.extend(Piece::outline(at(pair[0]), at(pair[1]), way as u32));
        }
    }
    pieces
}

fn square(from: (i32, i32), side: i32) -> Vec<(i32, i32)> {
    let (x, y) = from;
    let far = (x + side, y + side);
    vec![from, (far.0, y), far, (x, far.1), from]
}

/// Twice the surface of a ring, counterclockwise positive.
fn twice(ring: &[LonLat]) -> i64 {
    let term = |pair: &[LonLat]| {
        let [a, b] = [pair[0], pair[1]];
        i64::from(a.lon) * i64::from(b.lat) - i64::from(b.lon) * i64::from(a.lat)
    };
    ring.windows(2).map(term).sum()
}

fn surface(rings: &PolygonRings) -> i64 {
    let holes: i64 = rings.holes.iter().map(|hole| twice(hole).abs()).sum();
    (twice(&rings.outer).abs() - holes) / 2
}

/// Surface and number of holes of each face.
fn faces(lines: &[Vec<(i32, i32)>]) -> (Vec<(i64, usize)>, Enclosed) {
    let enclosed = enclosed(pieces(lines)).unwrap();
    let mut faces: Vec<(i64, usize)> = enclosed
        .faces
        .iter()
        .map(|face| (surface(&face.rings), face.rings.holes.len()))
        .collect();
    faces.sort_unstable();
    for face in &enclosed.faces {
        assert_sound(&face.rings);
    }
    (faces, enclosed)
}

/// Rings are closed, none meets itself, and two meet at one place at most.
fn assert_sound(rings: &PolygonRings) {
    let mut all: Vec<BTreeSet<LonLat>> = Vec::new();
    assert!(twice(&rings.outer) > 0);
    for ring in std::iter::once(&rings.outer).chain(&rings.holes) {
        assert!(ring.len() >= 4 && ring.first() == ring.last());
        let places: BTreeSet<LonLat> = ring.iter().copied().collect();
        assert_eq!(places.len(), ring.len() - 1, "{ring:?}");
        for other in &all {
            assert!(places.intersection(other).count() <= 1, "{rings:?}");
        }
        all.push(places);
    }
}

#[test]
fn rings_lie_in_one_another() {
    let (found, enclosed) = faces(&[
        square((0, 0), 100),
        square((10, 10), 50),
        square((20, 20), 10),
        square((40, 40), 5),
        square((200, 0), 10),
    ]);
    // An island holds land again; the far square stands for itself.
    assert_eq!(found, [(25, 0), (100, 0), (100, 0), (7500, 1)]);
    assert!(!enclosed.open && !enclosed.crossing);
}

#[test]
fn a_hole_may_touch_its_outer_ring_at_a_place_or_along_a_piece() {
    let diamond = vec![(0, 50), (20, 40), (40, 50), (20, 60), (0, 50)];
    // The outer ring has no place where the diamond touches it.
    let (found, _) = faces(&[square((0, 0), 100), diamond]);
    assert_eq!(found, [(10_000 - 400, 1)]);
    let mut notch = square((0, 20), 30);
    notch.swap(1, 3);
    let (found, _) = faces(&[square((0, 0), 100), notch]);
    assert_eq!(found, [(10_000 - 900, 0)]);
}

#[test]
fn a_hole_that_touches_twice_parts_the_area() {
    let strip = vec![(0, 50), (50, 40), (100, 50), (50, 60), (0, 50)];
    let (found, _) = faces(&[square((0, 0), 100), strip]);
    assert_eq!(found, [(4500, 0), (4500, 0)]);
}

#[test]
fn outer_rings_may_touch_at_a_place_or_along_a_piece() {
    let (found, _) = faces(&[square((0, 0), 10), square((10, 10), 10)]);
    assert_eq!(found, [(100, 0), (100, 0)]);
    let (found, _) = faces(&[square((0, 0), 10), square((10, 0), 10)]);
    assert_eq!(found, [(200, 0)]);
    let (found, _) = faces(&[square((0, 0), 10), square((10, 2), 5)]);
    assert_eq!(found, [(125, 0)], "their common piece is drawn apart");
}

#[test]
fn a_ring_may_meet_itself_at_a_node() {
    let eight = vec![
        (0, 0),
        (10, 10),
        (20, 0),
        (20, 20),
        (10, 10),
        (0, 20),
        (0, 0),
    ];
    let (found, enclosed) = faces(&[eight]);
    assert_eq!(found, [(100, 0), (100, 0)]);
    assert!(!enclosed.crossing);
}

#[test]
fn pieces_drawn_twice_cancel_out() {
    let spike = vec![
        (0, 0),
        (10, 0),
        (10, 10),
        (30, 10),
        (10, 10),
        (0, 10),
        (0, 0),
    ];
    let (found, enclosed) = faces(&[spike]);
    assert_eq!(found, [(100, 0)]);
    assert!(!enclosed.open);
    let twice = [square((0, 0), 10), square((0, 0), 10)];
    assert_eq!(faces(&twice).0, []);
    let thrice = [&twice[..], &twice[..1]].concat();
    assert_eq!(faces(&thrice).0, [(100, 0)]);
}

#[test]
fn what_does_not_close_is_left_out() {
    let open = vec![(50, 0), (60, 0), (60, 10), (50, 10)];
    let tail = vec![(10, 10), (20, 20), (30, 20)];
    let (found, enclosed) = faces(&[square((0, 0), 10), open.clone(), tail]);
    assert_eq!(found, [(100, 0)]);
    assert!(enclosed.open);
    // A chord through the second ring: which of three pieces is too many?
    let (found, enclosed) = faces(&[
        square((0, 0), 10),
        square((20, 0), 10),
        vec![(20, 0), (30, 10)],
    ]);
    assert_eq!(found, [(100, 0)]);
    assert!(enclosed.open);
    assert_eq!(faces(&[open]).0, []);
}

#[test]
fn crossing_rings_are_cut_where_they_cross() {
    let bow = vec![(0, 0), (20, 20), (20, 0), (0, 20), (0, 0)];
    let (found, enclosed) = faces(&[bow]);
    assert_eq!(found, [(100, 0), (100, 0)]);
    assert!(enclosed.crossing);
    // Two overlap: what both enclose is enclosed twice. Their corners touch it.
    let (found, enclosed) = faces(&[square((0, 0), 20), square((10, 10), 20)]);
    assert_eq!(found, [(300, 0), (300, 0)]);
    assert!(enclosed.crossing);
}

#[test]
fn places_at_the_ends_of_the_earth_are_exact() {
    let (lon, lat) = (1_800_000_000, 900_000_000);
    let all = vec![
        (-lon, -lat),
        (lon, -lat),
        (lon, lat),
        (-lon, lat),
        (-lon, -lat),
    ];
    let cross = vec![
        (-lon, -lat),
        (lon, lat),
        (lon, -lat),
        (-lon, lat),
        (-lon, -lat),
    ];
    let whole = enclosed(pieces(std::slice::from_ref(&all))).unwrap();
    assert_eq!(whole.faces.len(), 1);
    let parted = enclosed(pieces(&[all, cross])).unwrap();
    assert!(parted.crossing);
    let corners = |face: &Face| face.rings.outer.len();
    assert_eq!(parted.faces.iter().map(corners).collect::<Vec<_>>(), [4, 4]);
}

#[test]
fn a_tangle_is_given_up() {
    // Every one of 2,000 long pieces is near to every other.
    let line: Vec<(i32, i32)> = (0..2000)
        .map(|step| {
            (
                step * 7919 % 100_003,
                if step % 2 == 0 { 0 } else { 100_000 },
            )
        })
        .collect();
    assert!(enclosed(pieces(&[line])).is_none());
}

/// The cells of a grid 10 wide, as squares that share places and pieces.
fn cells(numbers: &BTreeSet<i32>) -> Vec<Vec<(i32, i32)>> {
    let corner = |cell: &i32| (cell % 10 * 8, cell / 10 * 8);
    numbers.iter().map(|cell| square(corner(cell), 8)).collect()
}

/// How many cells each group of cells has that share sides.
fn groups(cells: &BTreeSet<i32>) -> Vec<i64> {
    let mut left = cells.clone();
    let mut sizes = Vec::new();
    while let Some(first) = left.pop_first() {
        let (mut size, mut open) = (0, vec![first]);
        while let Some(cell) = open.pop() {
            size += 1;
            let mut reach = |next: i32| open.extend(left.take(&next));
            reach(cell - 10);
            reach(cell + 10);
            if cell % 10 > 0 {
                reach(cell - 1);
            }
            if cell % 10 < 9 {
                reach(cell + 1);
            }
        }
        sizes.push(size);
    }
    sizes.sort_unstable();
    sizes
}

/// How many outlines lie west of a place, by the halves of a crossing number.
fn outlines_west(lines: &[Vec<(i32, i32)>], (x, y): (f64, f64)) -> usize {
    let crosses = |pair: &&[(i32, i32)]| {
        let [(ax, ay), (bx, by)] = [pair[0], pair[1]].map(|(x, y)| (f64::from(x), f64::from(y)));
        (ay > y) != (by > y) && ax + (y - ay) * (bx - ax) / (by - ay) < x
    };
    let pairs = lines.iter().flat_map(|line| line.windows(2));
    pairs.filter(crosses).count()
}

/// How far a place is from the nearest outline.
fn clearance(lines: &[Vec<(i32, i32)>], (x, y): (f64, f64)) -> f64 {
    let distance = |pair: &[(i32, i32)]| {
        let [(ax, ay), (bx, by)] = [pair[0], pair[1]].map(|(x, y)| (f64::from(x), f64::from(y)));
        let (dx, dy) = (bx - ax, by - ay);
        let length = (dx * dx + dy * dy).max(f64::MIN_POSITIVE);
        let share = (((x - ax) * dx + (y - ay) * dy) / length).clamp(0.0, 1.0);
        (ax + share * dx - x).hypot(ay + share * dy - y)
    };
    let pairs = lines.iter().flat_map(|line| line.windows(2));
    pairs.map(distance).fold(f64::INFINITY, f64::min)
}

fn as_lines(faces: &[Face]) -> Vec<Vec<(i32, i32)>> {
    let pair = |place: &LonLat| (place.lon, place.lat);
    let rings = faces
        .iter()
        .flat_map(|face| std::iter::once(&face.rings.outer).chain(&face.rings.holes));
    rings.map(|ring| ring.iter().map(pair).collect()).collect()
}

proptest! {
    /// Groups of cells are polygons with holes, pinches and islands: surface and
    /// number of faces are known by counting cells.
    #[test]
    fn cells_are_counted(numbers in proptest::collection::btree_set(0..100, 1..80)) {
        let (found, enclosed) = faces(&cells(&numbers));
        let found: Vec<i64> = found.iter().map(|(surface, _)| surface / 64).collect();
        prop_assert_eq!(found, groups(&numbers));
        prop_assert!(!enclosed.open && !enclosed.crossing);
    }

    /// Order, direction and ways change nothing.
    #[test]
    fn pieces_may_come_in_any_order(
        numbers in proptest::collection::btree_set(0..100, 1..60),
        keys in proptest::collection::vec(any::<u32>(), 400),
    ) {
        let straight = pieces(&cells(&numbers));
        let mut shuffled: BTreeMap<(u32, usize), Piece> = BTreeMap::new();
        for (own, piece) in straight.iter().enumerate() {
            let [one, other] = piece.ends;
            let turned = Piece::outline(other, one, keys[own] % 7).unwrap();
            shuffled.insert((keys[own], own), turned);
        }
        let rings = |pieces: Vec<Piece>| -> Vec<PolygonRings> {
            let faces = enclosed(pieces).unwrap().faces;
            faces.into_iter().map(|face| face.rings).collect()
        };
        prop_assert_eq!(rings(shuffled.into_values().collect()), rings(straight));
    }

    /// Wild closed lines: a place is inside where an odd number of outlines lies
    /// west of it. Cuts are rounded, so places near an outline are left out.
    #[test]
    fn inside_is_what_an_odd_number_encloses(
        lines in proptest::collection::vec(
            proptest::collection::vec((0..60, 0..60), 3..9), 1..5),
        probes in proptest::collection::vec((0.0..60_000.0, 0.0..60_000.0), 40),
    ) {
        let lines: Vec<Vec<(i32, i32)>> = lines
            .into_iter()
            .map(|mut line| {
                line.push(line[0]);
                line.into_iter().map(|(x, y)| (x * 1000, y * 1000)).collect()
            })
            .collect();
        let (_, enclosed) = faces(&lines);
        prop_assert!(!enclosed.open);
        let rings = as_lines(&enclosed.faces);
        for probe in probes {
            if clearance(&lines, probe) > 5.0 {
                let expected = outlines_west(&lines, probe) % 2;
                prop_assert_eq!(outlines_west(&rings, probe) % 2, expected);
                // Faces do not overlap: a place lies in one at most.
                let holding = enclosed.faces.iter().filter(|face| {
                    let one = as_lines(&[Face { rings: face.rings.clone(), ..Face::default() }]);
                    outlines_west(&one, probe) % 2 == 1
                });
                prop_assert_eq!(holding.count(), expected);
            }
        }
    }

    /// Anything drawn, open and crossing, is sorted out soundly or given up.
    #[test]
    fn nothing_drawn_panics(
        lines in proptest::collection::vec(
            proptest::collection::vec((0..12, 0..12), 0..12), 0..8),
    ) {
        if let Some(enclosed) = enclosed(pieces(&lines)) {
            for face in &enclosed.faces {
                assert_sound(&face.rings);
            }
        }
    }
}
