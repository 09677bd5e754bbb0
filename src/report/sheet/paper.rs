//! Where a place lies on paper.

use crate::plane::{LonLat, Plane, bounds};

/// A point on paper: whole drawing units, east to the right, south down.
pub(crate) type Spot = [i32; 2];

/// The longer side of a drawing, in units: finer than any screen or slide.
const LONGER_SIDE: f64 = 12_000.0;

/// No unit is smaller, in metres.
const FINEST: f64 = 0.25;

/// A piece of the plane that is drawn.
#[derive(Clone, Debug)]
pub(crate) struct Paper {
    plane: Plane,
    west: f64,
    north: f64,
    /// Metres in a drawing unit.
    pub metres_per_unit: f64,
    /// Width and height in units.
    pub size: Spot,
}

impl Paper {
    /// Paper around places, with a margin of 4 % and 100 m at least.
    pub fn around(places: impl Iterator<Item = LonLat> + Clone) -> Option<Self> {
        let (low, high) = bounds(places)?;
        let (west, east, south, north) = (low.lon, high.lon, low.lat, high.lat);
        let corner = |lon, lat| LonLat { lon, lat };
        let plane = Plane::at(corner(
            i32::midpoint(west, east),
            i32::midpoint(south, north),
        ));
        // Meridians converge: the widest side is the one nearest to the equator.
        let corners = [(west, south), (east, south), (west, north), (east, north)];
        let corners = corners.map(|(lon, lat)| plane.metres(corner(lon, lat)));
        let least = |axis: usize| corners.iter().map(|at| at[axis]).fold(f64::MAX, f64::min);
        let most = |axis: usize| corners.iter().map(|at| at[axis]).fold(f64::MIN, f64::max);
        let extent = [most(0) - least(0), most(1) - least(1)];
        let margin = (extent[0].max(extent[1]) * 0.04).max(100.0);
        let sides = extent.map(|side| side + 2.0 * margin);
        let metres_per_unit = (sides[0].max(sides[1]) / LONGER_SIDE).max(FINEST);
        Some(Self {
            plane,
            west: least(0) - margin,
            north: most(1) + margin,
            metres_per_unit,
            size: sides.map(|side| (side / metres_per_unit).ceil() as i32),
        })
    }

    /// The same paper, wider or higher around its middle: `ratio` is width to height.
    pub fn in_ratio(mut self, ratio: f64) -> Self {
        let [width, height] = self.size.map(f64::from);
        let grown = [width.max(height * ratio), height.max(width / ratio)];
        self.west -= (grown[0] - width) / 2.0 * self.metres_per_unit;
        self.north += (grown[1] - height) / 2.0 * self.metres_per_unit;
        self.size = grown.map(|side| side.ceil() as i32);
        self
    }

    /// The same paper in units of so many metres.
    pub fn coarse(mut self, metres_per_unit: f64) -> Self {
        let sides = self.size.map(|side| f64::from(side) * self.metres_per_unit);
        self.metres_per_unit = metres_per_unit;
        self.size = sides.map(|side| (side / metres_per_unit).ceil() as i32);
        self
    }

    /// A box around all places that may be seen on it, a little too wide.
    pub fn window(&self) -> (LonLat, LonLat) {
        let [width, height] = self.size.map(|side| f64::from(side) * self.metres_per_unit);
        let slack = (width + height) / 50.0 + 10.0;
        let (west, east) = (self.west - slack, self.west + width + slack);
        let (south, north) = (self.north - height - slack, self.north + slack);
        let corners = [[west, south], [west, north], [east, south], [east, north]];
        let corners = corners.map(|corner| self.plane.place(corner));
        bounds(corners.into_iter()).unwrap_or((corners[0], corners[3]))
    }

    /// Where a place lies.
    pub fn spot(&self, place: LonLat) -> Spot {
        self.of_metres(self.plane.metres(place))
    }

    fn of_metres(&self, [east, north]: [f64; 2]) -> Spot {
        [
            ((east - self.west) / self.metres_per_unit).round() as i32,
            ((self.north - north) / self.metres_per_unit).round() as i32,
        ]
    }

    /// Metres as units.
    pub fn units(&self, metres: f64) -> f64 {
        metres / self.metres_per_unit
    }

    /// Whether a box of spots has a part on the paper.
    pub fn shows(&self, spots: &[Spot]) -> bool {
        (0..2).all(|axis| {
            let along = spots.iter().map(|spot| spot[axis]);
            let (least, most) = (along.clone().min(), along.max());
            least.is_some_and(|least| least <= self.size[axis])
                && most.is_some_and(|most| most >= 0)
        })
    }

    /// The square of a grid that a place lies in, column and row from the north-west,
    /// where squares are `side` metres wide.
    pub fn square(&self, place: LonLat, side: f64) -> Spot {
        let [east, north] = self.plane.metres(place);
        [
            ((east - self.west) / side).floor() as i32,
            ((self.north - north) / side).floor() as i32,
        ]
    }

    /// The four corners of such a square.
    pub fn square_corners(&self, [column, row]: Spot, side: f64) -> [Spot; 4] {
        let corner = |right: i32, down: i32| {
            self.of_metres([
                self.west + f64::from(column + right) * side,
                self.north - f64::from(row + down) * side,
            ])
        };
        [corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)]
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_kilometre_east_is_a_kilometre_to_the_right() {
        let middle = LonLat::from_degrees(115.98, 36.45).unwrap();
        let plane = Plane::at(middle);
        let place = |east, north| plane.place([east, north]);
        let corners = [place(-5_000.0, -3_000.0), place(5_000.0, 3_000.0)];
        let paper = Paper::around(corners.into_iter()).unwrap();
        let [one, other] = [place(0.0, 0.0), place(1_000.0, 500.0)].map(|at| paper.spot(at));
        let unit = paper.metres_per_unit;
        assert!((f64::from(other[0] - one[0]) * unit - 1_000.0).abs() < 2.0);
        assert!((f64::from(one[1] - other[1]) * unit - 500.0).abs() < 2.0);
        assert!(paper.size[0] <= 12_001 && paper.size[0] > paper.size[1]);
        assert!(
            corners
                .iter()
                .all(|&corner| paper.shows(&[paper.spot(corner)]))
        );
        assert!(!paper.shows(&[paper.spot(place(7_000.0, 0.0))]));
    }

    #[test]
    fn paper_grows_around_its_middle() {
        let place = LonLat::from_degrees(14.5, 35.9).unwrap();
        let paper = || Paper::around(std::iter::once(place)).unwrap();
        let [wide, high] = [1.5, 0.5].map(|ratio| paper().in_ratio(ratio));
        assert_eq!((wide.size, wide.spot(place)), ([1_200, 800], [600, 400]));
        assert_eq!((high.size, high.spot(place)), ([800, 1_600], [400, 800]));
    }

    #[test]
    fn a_single_place_has_paper_too() {
        let place = LonLat::from_degrees(14.5, 35.9).unwrap();
        let paper = Paper::around(std::iter::once(place)).unwrap();
        assert_eq!(paper.size, [800, 800]);
        assert_eq!(paper.spot(place), [400, 400]);
        assert!(Paper::around(std::iter::empty()).is_none());
    }
}
