//! Lines and rings as the `d` of an SVG path.

use std::fmt::Write as _;

use geo::{Coord, LineString, Simplify as _};

use super::paper::{Paper, Spot};
use crate::places::Shape;
use crate::plane::{Area, LonLat, PolygonRings, bounds};

/// Writes a path: whole units, each point relative to the one before.
#[derive(Debug)]
pub(crate) struct Ink<'a> {
    paper: &'a Paper,
    /// How far, in units, a line may lie beside what it stands for (Douglas and
    /// Peucker 1973).
    tolerance: f64,
    /// What lies outside this box is not seen.
    window: (LonLat, LonLat),
    text: String,
}

impl<'a> Ink<'a> {
    /// Lines may lie `tolerance` metres beside what they stand for.
    pub fn new(paper: &'a Paper, tolerance: f64) -> Self {
        Self {
            paper,
            tolerance: paper.units(tolerance),
            window: paper.window(),
            text: String::new(),
        }
    }

    /// Draws a line; what lies off the paper or is shorter than the tolerance is left out.
    pub fn line(&mut self, places: &[LonLat]) {
        let spots = self.simplified(places);
        if spots.len() > 1 {
            self.write(&spots);
        }
    }

    /// Draws all rings of an area: holes against the direction of what they lie in, so
    /// that areas may overlap in one path.
    pub fn area(&mut self, area: &Area) {
        self.polygons(area.polygons());
    }

    /// The same of polygons.
    pub fn polygons(&mut self, polygons: &[PolygonRings]) {
        for rings in polygons {
            self.ring(&rings.outer, true);
            for hole in &rings.holes {
                self.ring(hole, false);
            }
        }
    }

    fn ring(&mut self, ring: &[LonLat], outer: bool) {
        let mut spots = self.simplified(ring);
        if spots.len() > 3 {
            spots.pop();
            if is_clockwise(&spots) != outer {
                spots.reverse();
            }
            self.closed(&spots);
        }
    }

    /// Draws a place: an area, or a dot of a radius in units. Never nothing: an area
    /// too small to be drawn is a dot.
    pub fn shape(&mut self, shape: &Shape, radius: i32) {
        let before = self.text.len();
        if let Shape::Area(area) = shape {
            self.area(area);
        }
        if self.text.len() == before {
            self.dot(self.paper.spot(shape.inner_place()), radius);
        }
    }

    /// Draws straight lines from spot to spot, closed.
    pub fn closed(&mut self, spots: &[Spot]) {
        self.write(spots);
        self.text.push('z');
    }

    fn dot(&mut self, [x, y]: Spot, radius: i32) {
        let (left, width) = (x - radius, 2 * radius);
        // Writing to a string does not fail.
        let _ = write!(
            self.text,
            "M{left} {y}a{radius} {radius} 0 1 0 {width} 0a{radius} {radius} 0 1 0 {} 0z",
            -width
        );
    }

    /// What was drawn.
    pub fn dried(self) -> String {
        self.text
    }

    /// Whether a part of it may be seen, told without drawing it.
    fn may_be_seen(&self, places: &[LonLat]) -> bool {
        let (low, high) = self.window;
        bounds(places.iter().copied()).is_some_and(|(least, most)| {
            least.lon <= high.lon
                && least.lat <= high.lat
                && most.lon >= low.lon
                && most.lat >= low.lat
        })
    }

    fn simplified(&self, places: &[LonLat]) -> Vec<Spot> {
        if !self.may_be_seen(places) {
            return Vec::new();
        }
        let mut spots: Vec<Spot> = places.iter().map(|&at| self.paper.spot(at)).collect();
        if !self.paper.shows(&spots) {
            return Vec::new();
        }
        spots.dedup();
        let line: LineString<f64> = spots
            .iter()
            .map(|&[x, y]| Coord {
                x: f64::from(x),
                y: f64::from(y),
            })
            .collect();
        let kept = line.simplify(self.tolerance);
        kept.coords().map(|at| [at.x as i32, at.y as i32]).collect()
    }

    fn write(&mut self, spots: &[Spot]) {
        let mut last = [0, 0];
        for (number, &[x, y]) in spots.iter().enumerate() {
            let command = match number {
                0 => format!("M{x} {y}"),
                1 => format!("l{} {}", x - last[0], y - last[1]),
                _ => format!(" {} {}", x - last[0], y - last[1]),
            };
            // A minus parts two numbers as well as a blank does.
            self.text.push_str(&command.replace(" -", "-"));
            last = [x, y];
        }
    }
}

/// Whether a ring turns clockwise on paper, where south is down.
fn is_clockwise(ring: &[Spot]) -> bool {
    let next = ring.iter().cycle().skip(1);
    let doubled: i64 = ring
        .iter()
        .zip(next)
        .map(|(&[x, y], &[to_x, to_y])| {
            i64::from(x) * i64::from(to_y) - i64::from(to_x) * i64::from(y)
        })
        .sum();
    doubled > 0
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::plane::Plane;

    /// Paper of a metre a unit, 1,000 m wide around (0, 0).
    fn paper() -> (Paper, impl Fn(f64, f64) -> LonLat) {
        let plane = Plane::at(LonLat::from_degrees(115.98, 36.45).unwrap());
        let place = move |east, north| plane.place([east, north]);
        let mut paper =
            Paper::around([place(-400.0, -400.0), place(400.0, 400.0)].into_iter()).unwrap();
        paper.metres_per_unit = 1.0;
        paper.size = [1_000, 1_000];
        (paper, place)
    }

    #[test]
    fn points_follow_each_other_relatively() {
        let (paper, place) = paper();
        let mut ink = Ink::new(&paper, 1.0);
        ink.line(&[place(0.0, 0.0), place(30.0, 0.0), place(20.0, -40.0)]);
        assert_eq!(ink.dried(), "M500 500l30 0-10 40");
    }

    #[test]
    fn what_is_straight_or_off_the_paper_is_not_written() {
        let (paper, place) = paper();
        let mut ink = Ink::new(&paper, 2.0);
        ink.line(&[place(0.0, 0.0), place(50.0, 1.0), place(100.0, 0.0)]);
        ink.line(&[place(0.0, 900.0), place(100.0, 900.0)]);
        assert_eq!(ink.dried(), "M500 500l100 0");
    }

    #[test]
    fn a_place_is_never_drawn_as_nothing() {
        let (paper, place) = paper();
        let speck = [place(0.0, 0.0), place(0.2, 0.0), place(0.0, 0.2)];
        for shape in [
            Shape::Point(place(0.0, 0.0)),
            Shape::Area(Area::from_ring(speck.to_vec()).unwrap()),
        ] {
            let mut ink = Ink::new(&paper, 1.0);
            ink.shape(&shape, 5);
            assert_eq!(ink.dried(), "M495 500a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z");
        }
    }

    #[test]
    fn an_area_keeps_its_holes() {
        let (paper, place) = paper();
        let square = |side: f64| {
            vec![
                place(-side, -side),
                place(side, -side),
                place(side, side),
                place(-side, side),
            ]
        };
        let area = Area::new(vec![crate::plane::PolygonRings {
            outer: square(100.0),
            holes: vec![square(10.0)],
        }]);
        let mut ink = Ink::new(&paper, 1.0);
        ink.area(&area.unwrap());
        let text = ink.dried();
        // Both were drawn the same way round.
        assert_eq!(text, "M400 600l0-200 200 0 0 200zM510 510l0-20-20 0 0 20z");
    }
}
