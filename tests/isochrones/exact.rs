//! What a polygon promises, in whole numbers.

use living_circle::plane::{LonLat, PolygonRings, RingPiece, lines_meet, stays_inside};

fn turn(a: LonLat, b: LonLat, c: LonLat) -> i128 {
    let part = |one: i32, other: i32| i128::from(other) - i128::from(one);
    part(a.lon, b.lon) * part(a.lat, c.lat) - part(a.lat, b.lat) * part(a.lon, c.lon)
}

fn doubled(ring: &[LonLat]) -> i128 {
    ring.windows(2)
        .map(|pair| turn(ring[0], pair[0], pair[1]))
        .sum()
}

fn rings(polygons: &[PolygonRings]) -> impl Iterator<Item = &Vec<LonLat>> {
    polygons
        .iter()
        .flat_map(|polygon| std::iter::once(&polygon.outer).chain(&polygon.holes))
}

/// All straight pieces.
pub fn pieces(polygons: &[PolygonRings]) -> Vec<RingPiece> {
    let pairs = rings(polygons).flat_map(|ring| ring.windows(2));
    pairs.map(|pair| [pair[0], pair[1]]).collect()
}

/// The pieces that may matter for what lies between two latitudes.
fn level(pieces: &[RingPiece], [a, b]: [LonLat; 2]) -> Vec<RingPiece> {
    let (low, high) = (a.lat.min(b.lat), a.lat.max(b.lat));
    let near = |piece: &&RingPiece| {
        piece[0].lat.min(piece[1].lat) <= high && piece[0].lat.max(piece[1].lat) >= low
    };
    pieces.iter().filter(near).copied().collect()
}

/// Whether a straight line lies inside, ends and borders included.
pub fn holds_line(pieces: &[RingPiece], line: [LonLat; 2]) -> bool {
    stays_inside(&level(pieces, line), line[0], line[1])
}

/// Whether a place lies inside or on a border.
pub fn holds(pieces: &[RingPiece], at: LonLat) -> bool {
    // A ray to the east passes pieces that begin at or below it and end above.
    let passes = level(pieces, [at, at]).into_iter().filter(|&[a, b]| {
        (a.lat <= at.lat) != (b.lat <= at.lat) && (turn(a, b, at) > 0) == (b.lat > a.lat)
    });
    passes.count() % 2 == 1 || on_border(pieces, at)
}

fn on_border(pieces: &[RingPiece], at: LonLat) -> bool {
    level(pieces, [at, at])
        .iter()
        .any(|piece| lines_meet(*piece, [at, at]))
}

/// Rings are closed, simple and turned as RFC 7946 wants; they share single corners at
/// most, and holes lie in their polygon.
pub fn check_valid(polygons: &[PolygonRings], place: &str) {
    for polygon in polygons {
        assert!(
            doubled(&polygon.outer) > 0,
            "{place}: an outer ring is turned"
        );
        assert!(
            polygon.holes.iter().all(|hole| doubled(hole) < 0),
            "{place}: a hole is turned"
        );
        let own = [PolygonRings {
            outer: polygon.outer.clone(),
            holes: Vec::new(),
        }];
        let outer = pieces(&own);
        for pair in polygon.holes.iter().flat_map(|hole| hole.windows(2)) {
            assert!(
                holds_line(&outer, [pair[0], pair[1]]),
                "{place}: a hole lies outside"
            );
        }
    }
    let mut all: Vec<(usize, usize, usize, RingPiece)> = Vec::new();
    for (number, ring) in rings(polygons).enumerate() {
        assert!(
            ring.len() >= 4 && ring.first() == ring.last(),
            "{place}: {ring:?}"
        );
        let count = ring.len() - 1;
        all.extend(
            ring.windows(2)
                .enumerate()
                .map(|(at, pair)| (number, at, count, [pair[0], pair[1]])),
        );
    }
    let west = |piece: &RingPiece| piece[0].lon.min(piece[1].lon);
    let east = |piece: &RingPiece| piece[0].lon.max(piece[1].lon);
    all.sort_by_key(|entry| west(&entry.3));
    for (own, (ring, at, count, piece)) in all.iter().enumerate() {
        assert_ne!(piece[0], piece[1], "{place}");
        let near = all[own + 1..]
            .iter()
            .take_while(|other| west(&other.3) <= east(piece));
        for (other_ring, other_at, _, other) in near.filter(|other| lines_meet(*piece, other.3)) {
            let corner = |at: LonLat| piece.contains(&at) && other.contains(&at);
            let shared = piece.iter().filter(|&&end| corner(end)).count();
            let touch = [other[0], other[1]]
                .iter()
                .all(|&end| corner(end) || !lines_meet(*piece, [end, end]))
                && piece
                    .iter()
                    .all(|&end| corner(end) || !lines_meet(*other, [end, end]));
            let next = ring == other_ring
                && ((at + 1) % count == *other_at || (other_at + 1) % count == *at);
            assert!(
                shared == 1 && touch && (next || ring != other_ring),
                "{place}: {piece:?} meets {other:?}, rings {ring} and {other_ring}"
            );
        }
    }
}

/// The inner polygons lie within the outer ones.
pub fn check_nested(inner: &[PolygonRings], outer: &[PolygonRings], place: &str) {
    let (small, large) = (pieces(inner), pieces(outer));
    for &piece in &small {
        assert!(holds_line(&large, piece), "{place}: {piece:?} lies outside");
    }
    for &[corner, _] in &large {
        let strictly = holds(&small, corner) && !on_border(&small, corner);
        assert!(
            !strictly,
            "{place}: {corner} of the outer lies in the inner"
        );
    }
}

#[test]
fn the_checks_see_what_is_wrong() {
    let at = |x: i32, y: i32| LonLat { lon: x, lat: y };
    let ring = |places: &[[i32; 2]]| places.iter().map(|p| at(p[0], p[1])).collect::<Vec<_>>();
    let polygon = |outer: &[[i32; 2]]| {
        vec![PolygonRings {
            outer: ring(outer),
            holes: Vec::new(),
        }]
    };
    let square = polygon(&[[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]]);
    check_valid(&square, "square");
    let bad = [
        polygon(&[[0, 0], [10, 10], [10, 0], [0, 10], [0, 0]]),
        polygon(&[[0, 0], [0, 10], [10, 10], [10, 0], [0, 0]]),
        polygon(&[[0, 0], [10, 0], [10, 10], [5, 0], [0, 10], [0, 0]]),
    ];
    for bad in bad {
        assert!(
            std::panic::catch_unwind(|| check_valid(&bad, "")).is_err(),
            "{bad:?}"
        );
    }
    let small = polygon(&[[0, 0], [5, 0], [5, 5], [0, 5], [0, 0]]);
    check_nested(&small, &square, "");
    assert!(std::panic::catch_unwind(|| check_nested(&square, &small, "")).is_err());
    let holed = vec![PolygonRings {
        outer: square[0].outer.clone(),
        holes: vec![ring(&[[2, 2], [2, 4], [4, 4], [4, 2], [2, 2]])],
    }];
    check_nested(&holed, &square, "");
    assert!(std::panic::catch_unwind(|| check_nested(&square, &holed, "")).is_err());
}
