//! Where straight lines go into areas.

use geo::{Contains, Coord, Line};

use super::{Area, LonLat};

impl Area {
    /// The places of the outline at which a straight line goes in or out. A line that
    /// stays within `margin` of the outline, as a walk along it does, does neither.
    ///
    /// # Units
    /// `margin` in metres.
    pub fn entered_by(&self, line: [LonLat; 2], margin: f64) -> Vec<LonLat> {
        let [from, to] = line.map(|place| Coord::from(self.plane().metres(place)));
        let along = to - from;
        let length = along.x.hypot(along.y);
        if length == 0.0 {
            return Vec::new();
        }
        // Shares of the line at which it meets the outline, with both its ends.
        let mut meets: Vec<f64> = self
            .sides()
            .filter_map(|side| met(from, along, side, margin / length))
            .collect();
        let ends = meets.len();
        meets.extend([0.0, 1.0]);
        if ends == 0 {
            return Vec::new();
        }
        meets.sort_by(f64::total_cmp);
        let on_outline = |share: f64| {
            let at = self
                .plane()
                .place([from.x + share * along.x, from.y + share * along.y]);
            (self.outline_metres(at) <= margin).then_some(at)
        };
        let mut places = Vec::new();
        for pair in meets.windows(2) {
            let middle = f64::midpoint(pair[0], pair[1]);
            let at = Coord {
                x: from.x + middle * along.x,
                y: from.y + middle * along.y,
            };
            let inside = (pair[1] - pair[0]) * length > margin
                && self.metric().contains(&at)
                && self.outline_metres(self.plane().place([at.x, at.y])) > margin;
            if inside {
                places.extend(pair.iter().filter_map(|&share| on_outline(share)));
            }
        }
        places.sort_unstable();
        places.dedup();
        places
    }

    /// The straight pieces of all rings.
    fn sides(&self) -> impl Iterator<Item = Line<f64>> {
        self.metric().iter().flat_map(|polygon| {
            std::iter::once(polygon.exterior())
                .chain(polygon.interiors())
                .flat_map(geo::LineString::lines)
        })
    }
}

/// The share of the line from `from` at which it meets a side, `slack` beyond its ends
/// included; parallel lines do not meet.
fn met(from: Coord<f64>, along: Coord<f64>, side: Line<f64>, slack: f64) -> Option<f64> {
    let side_along = side.end - side.start;
    let turn = along.x * side_along.y - along.y * side_along.x;
    if turn == 0.0 {
        return None;
    }
    let between = side.start - from;
    let share = (between.x * side_along.y - between.y * side_along.x) / turn;
    let of_side = (between.x * along.y - between.y * along.x) / turn;
    ((-1e-9..=1.0 + 1e-9).contains(&of_side) && (-slack..=1.0 + slack).contains(&share))
        .then(|| share.clamp(0.0, 1.0))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::plane::{Plane, distance_metres};

    fn plane() -> Plane {
        Plane::at(LonLat::from_degrees(115.98, 36.45).unwrap())
    }

    fn place(east: f64, north: f64) -> LonLat {
        plane().place([east, north])
    }

    /// 100 m square with a corner bitten out of its north-east.
    fn area() -> Area {
        let corners = [
            [0.0, 0.0],
            [100.0, 0.0],
            [100.0, 60.0],
            [60.0, 60.0],
            [60.0, 100.0],
            [0.0, 100.0],
        ];
        Area::from_ring(corners.map(|[x, y]| place(x, y)).to_vec()).unwrap()
    }

    #[test]
    fn a_line_enters_where_it_goes_on_inside() {
        for (from, to, expected) in [
            ([-50.0, 30.0], [50.0, 30.0], vec![[0.0, 30.0]]),
            (
                [-50.0, 30.0],
                [150.0, 30.0],
                vec![[0.0, 30.0], [100.0, 30.0]],
            ),
            // Ends on the outline, from either side.
            ([-50.0, 30.0], [0.0, 30.0], vec![]),
            ([0.0, 30.0], [50.0, 30.0], vec![[0.0, 30.0]]),
            // Along it, and outside it.
            ([0.0, 10.0], [0.0, 90.0], vec![]),
            ([-50.0, 0.0], [150.0, 0.0], vec![]),
            ([-20.0, 10.0], [-20.0, 90.0], vec![]),
            // Wholly inside.
            ([20.0, 20.0], [40.0, 40.0], vec![]),
            // Through both arms and over the bite.
            ([80.0, 40.0], [40.0, 80.0], vec![[60.0, 60.0]]),
            ([80.0, 50.0], [50.0, 80.0], vec![[60.0, 70.0], [70.0, 60.0]]),
        ] {
            let line = [place(from[0], from[1]), place(to[0], to[1])];
            let mut expected: Vec<LonLat> = expected
                .into_iter()
                .map(|[x, y]: [f64; 2]| place(x, y))
                .collect();
            expected.sort_unstable();
            let found = area().entered_by(line, 0.05);
            assert_eq!(found.len(), expected.len(), "{from:?} {to:?} {found:?}");
            for (one, other) in found.iter().zip(&expected) {
                assert!(distance_metres(*one, *other) < 0.05, "{from:?} {to:?}");
            }
        }
    }
}
