//! Whether a straight line stays inside rings: exact, in whole 10⁻⁷ degrees.

use super::LonLat;

/// A straight piece of a ring.
pub type RingPiece = [LonLat; 2];

/// Whether the straight line between two places stays inside what an odd number
/// of rings encloses; lines along a ring, and through its corners, do.
///
/// The line may cross no piece between its ends. It is cut at the corners that lie
/// on it; each part is then wholly inside, wholly outside or on a ring, and its
/// middle says which. Degrees are taken as a plane: right for an area of a city,
/// wrong over the date line.
pub fn stays_inside(rings: &[RingPiece], from: LonLat, to: LonLat) -> bool {
    let mut cuts = vec![from, to];
    for &[a, b] in rings {
        let (side_a, side_b) = (turn(from, to, a), turn(from, to, b));
        let (side_from, side_to) = (turn(a, b, from), turn(a, b, to));
        if opposite(side_a, side_b) && opposite(side_from, side_to) {
            return false;
        }
        cuts.extend(
            [(side_a, a), (side_b, b)]
                .into_iter()
                .filter_map(|(side, corner)| {
                    (side == 0 && in_box(from, to, corner)).then_some(corner)
                }),
        );
    }
    // On a straight line places sort along it.
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2)
        .all(|part| holds_middle(rings, part[0], part[1]))
}

/// Whether two straight lines have a place in common, their ends included.
pub fn lines_meet([a, b]: [LonLat; 2], [c, d]: [LonLat; 2]) -> bool {
    let (side_a, side_b) = (turn(c, d, a), turn(c, d, b));
    let (side_c, side_d) = (turn(a, b, c), turn(a, b, d));
    let touches = [
        (side_a, c, d, a),
        (side_b, c, d, b),
        (side_c, a, b, c),
        (side_d, a, b, d),
    ];
    opposite(side_a, side_b) && opposite(side_c, side_d)
        || touches
            .into_iter()
            .any(|(side, from, to, end)| side == 0 && in_box(from, to, end))
}

/// Whether the middle between two places is inside or on a ring. All is doubled,
/// so that the middle is a whole number.
fn holds_middle(rings: &[RingPiece], one: LonLat, other: LonLat) -> bool {
    let middle = [sum(one.lon, other.lon), sum(one.lat, other.lat)];
    let mut inside = false;
    for piece in rings {
        let [a, b] = piece.map(|end| [sum(end.lon, end.lon), sum(end.lat, end.lat)]);
        let side = doubled_turn(a, b, middle);
        let between =
            |axis: usize| (a[axis].min(b[axis])..=a[axis].max(b[axis])).contains(&middle[axis]);
        if side == 0 && between(0) && between(1) {
            return true;
        }
        // A ray to the east crosses pieces that begin at or below it and end above.
        if (a[1] <= middle[1]) != (b[1] <= middle[1]) && (side > 0) == (b[1] > a[1]) {
            inside = !inside;
        }
    }
    inside
}

fn sum(one: i32, other: i32) -> i128 {
    i128::from(one) + i128::from(other)
}

fn opposite(one: i128, other: i128) -> bool {
    one.signum() * other.signum() < 0
}

fn in_box(from: LonLat, to: LonLat, place: LonLat) -> bool {
    (from.lon.min(to.lon)..=from.lon.max(to.lon)).contains(&place.lon)
        && (from.lat.min(to.lat)..=from.lat.max(to.lat)).contains(&place.lat)
}

/// Twice the surface of the triangle; positive where it is drawn counterclockwise.
fn turn(from: LonLat, to: LonLat, then: LonLat) -> i128 {
    let wide = |place: LonLat| [i128::from(place.lon), i128::from(place.lat)];
    doubled_turn(wide(from), wide(to), wide(then))
}

fn doubled_turn(from: [i128; 2], to: [i128; 2], then: [i128; 2]) -> i128 {
    (to[0] - from[0]) * (then[1] - from[1]) - (to[1] - from[1]) * (then[0] - from[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lon: i32, lat: i32) -> LonLat {
        LonLat { lon, lat }
    }

    fn ring(corners: &[[i32; 2]]) -> Vec<RingPiece> {
        let next = corners.iter().cycle().skip(1);
        let pairs = corners.iter().zip(next);
        pairs
            .map(|(a, b)| [at(a[0], a[1]), at(b[0], b[1])])
            .collect()
    }

    /// A square of 10 with its upper right quarter cut out.
    const CORNER: [[i32; 2]; 6] = [[0, 0], [10, 0], [10, 5], [5, 5], [5, 10], [0, 10]];

    fn check(rings: &[RingPiece], lines: &[([i32; 2], [i32; 2], bool)]) {
        for &(from, to, expected) in lines {
            let (a, b) = (at(from[0], from[1]), at(to[0], to[1]));
            let turned: Vec<RingPiece> = rings.iter().rev().map(|&[a, b]| [b, a]).collect();
            for (rings, a, b) in [(rings, a, b), (rings, b, a), (&*turned, a, b)] {
                assert_eq!(stays_inside(rings, a, b), expected, "{from:?} {to:?}");
            }
        }
    }

    #[test]
    fn a_bent_square() {
        check(
            &ring(&CORNER),
            &[
                ([0, 0], [10, 0], true),   // along a side
                ([0, 0], [10, 5], true),   // across
                ([0, 0], [5, 5], true),    // to the inner corner
                ([10, 5], [5, 10], false), // cuts the corner off
                ([10, 0], [0, 10], true),  // through the inner corner
                ([10, 0], [5, 10], false), // outside beyond the side
                ([10, 5], [0, 5], true),   // along a side, then across
                ([0, 10], [10, 5], false), // crosses the inner sides
                ([5, 5], [10, 10], false), // leaves at the inner corner
                ([5, 0], [5, 10], true),   // touches, then along a side
            ],
        );
    }

    #[test]
    fn holes_are_gone_round() {
        let mut rings = ring(&[[0, 0], [12, 0], [12, 12], [0, 12]]);
        rings.extend(ring(&[[4, 4], [8, 4], [8, 8], [4, 8]]));
        check(
            &rings,
            &[
                ([0, 0], [12, 12], false), // through two corners of the hole
                ([0, 0], [12, 0], true),
                ([0, 4], [12, 4], true),  // along the hole
                ([0, 8], [8, 0], true),   // through its corner, from outside it
                ([0, 6], [12, 6], false), // straight through
                ([4, 4], [8, 8], false),  // from corner to corner of it
                ([4, 4], [8, 4], true),   // its own side
                ([0, 12], [4, 8], true),  // up to it
            ],
        );
    }

    #[test]
    fn lines_meet_where_they_cross_or_touch() {
        for (one, other, expected) in [
            ([[0, 0], [4, 4]], [[0, 4], [4, 0]], true),
            ([[0, 0], [4, 4]], [[2, 2], [9, 2]], true), // an end on the other
            ([[0, 0], [4, 4]], [[4, 4], [9, 4]], true), // end to end
            ([[0, 0], [4, 4]], [[5, 5], [9, 9]], false), // in line
            ([[0, 0], [4, 4]], [[1, 1], [9, 9]], true), // over each other
            ([[0, 0], [4, 4]], [[0, 1], [4, 5]], false), // beside
            ([[0, 0], [4, 4]], [[3, 2], [9, 2]], false), // short of it
        ] {
            let lines = [one, other].map(|line: [[i32; 2]; 2]| line.map(|[x, y]| at(x, y)));
            assert_eq!(
                lines_meet(lines[0], lines[1]),
                expected,
                "{one:?} {other:?}"
            );
            assert_eq!(
                lines_meet(lines[1], lines[0]),
                expected,
                "{one:?} {other:?}"
            );
        }
    }

    #[test]
    fn one_unit_outside_is_outside() {
        // A side with a dent of 1 cm.
        let dented = ring(&[
            [0, 0],
            [500_000, 1],
            [1_000_000, 0],
            [1_000_000, 900],
            [0, 900],
        ]);
        check(
            &dented,
            &[
                ([0, 0], [1_000_000, 0], false),
                ([0, 900], [1_000_000, 900], true),
                ([0, 0], [500_000, 1], true),
            ],
        );
        let straight = ring(&[
            [0, 0],
            [500_000, 0],
            [1_000_000, 0],
            [1_000_000, 900],
            [0, 900],
        ]);
        check(&straight, &[([0, 0], [1_000_000, 0], true)]);
    }

    #[test]
    fn the_whole_globe_does_not_overflow() {
        let (east, north) = (1_800_000_000, 900_000_000);
        let globe = ring(&[
            [-east, -north],
            [east, -north],
            [east, north],
            [-east, north],
        ]);
        check(&globe, &[([-east, -north], [east, north], true)]);
    }

    #[test]
    fn two_areas_that_touch_are_one_to_a_line_through_the_corner() {
        let mut rings = ring(&[[0, 0], [5, 0], [5, 5], [0, 5]]);
        rings.extend(ring(&[[5, 5], [10, 5], [10, 10], [5, 10]]));
        check(
            &rings,
            &[([0, 0], [10, 10], true), ([5, 0], [10, 10], false)],
        );
    }
}
