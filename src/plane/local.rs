//! WGS84 places in whole 10⁻⁷ degrees, and metric planes around them.

/// A WGS84 place.
///
/// # Units
/// 10⁻⁷ degrees (about 1 cm), as OpenStreetMap stores them. Longitude comes
/// first in every order and in every text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LonLat {
    /// Longitude, −1,800,000,000 to 1,800,000,000.
    pub lon: i32,
    /// Latitude, −900,000,000 to 900,000,000.
    pub lat: i32,
}

const PER_DEGREE: f64 = 1e7;

impl LonLat {
    /// From degrees, rounded to 10⁻⁷; `None` where they are no numbers or lie
    /// beyond ±180 and ±90.
    ///
    /// ```
    /// use living_circle::plane::LonLat;
    /// assert!(LonLat::from_degrees(115.98, 36.45).is_some());
    /// assert!(LonLat::from_degrees(36.45, 115.98).is_none());
    /// ```
    pub fn from_degrees(lon: f64, lat: f64) -> Option<Self> {
        ((-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat)).then(|| Self {
            lon: (lon * PER_DEGREE).round() as i32,
            lat: (lat * PER_DEGREE).round() as i32,
        })
    }

    /// Longitude in degrees.
    pub fn lon_degrees(self) -> f64 {
        f64::from(self.lon) / PER_DEGREE
    }

    /// Latitude in degrees.
    pub fn lat_degrees(self) -> f64 {
        f64::from(self.lat) / PER_DEGREE
    }
}

impl std::fmt::Display for LonLat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.7},{:.7}", self.lon_degrees(), self.lat_degrees())
    }
}

/// The box around a straight line, its south-western and its north-eastern corner, wider by
/// so many metres on all sides, and a little more against rounding.
pub fn box_around(line: [LonLat; 2], metres: f64) -> (LonLat, LonLat) {
    let reach = metres * 1.001 + 1.0;
    let corner = |pick: fn(i32, i32) -> i32| LonLat {
        lon: pick(line[0].lon, line[1].lon),
        lat: pick(line[0].lat, line[1].lat),
    };
    let low = Plane::at(corner(i32::min)).place([-reach, -reach]);
    (low, Plane::at(corner(i32::max)).place([reach, reach]))
}

/// Whether a place lies in a box, given by its south-western and its north-eastern corner.
pub fn is_in_box((low, high): (LonLat, LonLat), at: LonLat) -> bool {
    (low.lon..=high.lon).contains(&at.lon) && (low.lat..=high.lat).contains(&at.lat)
}

/// South-west and north-east corner of the box around places; `None` where there is none.
pub fn bounds(places: impl Iterator<Item = LonLat> + Clone) -> Option<(LonLat, LonLat)> {
    let lons = places.clone().map(|place| place.lon);
    let lats = places.map(|place| place.lat);
    let corner = |lon: Option<i32>, lat: Option<i32>| {
        Some(LonLat {
            lon: lon?,
            lat: lat?,
        })
    };
    Some((
        corner(lons.clone().min(), lats.clone().min())?,
        corner(lons.max(), lats.max())?,
    ))
}

// WGS84.
const SEMI_MAJOR: f64 = 6_378_137.0;
const ECCENTRICITY_SQUARED: f64 = 0.006_694_379_990_141_316;
const RADIANS_PER_UNIT: f64 = std::f64::consts::PI / 180.0 / PER_DEGREE;

/// Metres per 10⁻⁷ degree of longitude and of latitude at a latitude in
/// radians: the ellipsoid's radii of curvature in the prime vertical and the
/// meridian (Snyder, *Map Projections: A Working Manual*, 1987, eq. 4-18 to 4-21).
fn metres_per_unit(latitude: f64) -> (f64, f64) {
    let (sin, cos) = latitude.sin_cos();
    let w = 1.0 - ECCENTRICITY_SQUARED * sin * sin;
    let prime_vertical = SEMI_MAJOR / w.sqrt();
    let meridian = SEMI_MAJOR * (1.0 - ECCENTRICITY_SQUARED) / (w * w.sqrt());
    (
        prime_vertical * cos * RADIANS_PER_UNIT,
        meridian * RADIANS_PER_UNIT,
    )
}

/// Longitude difference by the short way round.
fn longitude_difference(from: i32, to: i32) -> f64 {
    const TURN: i64 = 3_600_000_000;
    let mut difference = i64::from(to) - i64::from(from);
    if difference > TURN / 2 {
        difference -= TURN;
    } else if difference < -TURN / 2 {
        difference += TURN;
    }
    difference as f64
}

/// Distance between two near places on the WGS84 ellipsoid.
///
/// Both differences are scaled by the radii of curvature at the middle
/// latitude (the mid-latitude formula). Against the geodesic (Karney 2013) it
/// is off by less than 1 mm in a kilometre and 1 m in 50 km outside the polar
/// regions. Symmetric to the last bit.
///
/// # Units
/// Metres.
pub fn distance_metres(a: LonLat, b: LonLat) -> f64 {
    let middle = f64::midpoint(f64::from(a.lat), f64::from(b.lat)) * RADIANS_PER_UNIT;
    let (per_lon, per_lat) = metres_per_unit(middle);
    let east = longitude_difference(a.lon, b.lon) * per_lon;
    let north = (f64::from(b.lat) - f64::from(a.lat)) * per_lat;
    (east * east + north * north).sqrt()
}

/// [`distance_metres`], rounded to whole millimetres.
pub fn distance_millimetres(a: LonLat, b: LonLat) -> u64 {
    (distance_metres(a, b) * 1000.0).round() as u64
}

/// A metric plane around an origin: east and north of it, in metres.
///
/// Distances *from the origin* are those of [`distance_metres`]; other
/// distances differ by less than 0.01 % within 10 km below 60° of latitude.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plane {
    origin: LonLat,
    // Metres per unit at the origin, and how the first changes with latitude:
    // a second-order expansion around the origin stands for the trigonometry.
    per_lon: f64,
    per_lon_slope: f64,
    per_lon_curve: f64,
    per_lat: f64,
    per_lat_slope: f64,
}

impl Plane {
    /// The plane around `origin`.
    pub fn at(origin: LonLat) -> Self {
        // Differences over one unit of 0.1° around the origin.
        const STEP: f64 = 1e6;
        let latitude = |offset: f64| (f64::from(origin.lat) + offset) * RADIANS_PER_UNIT;
        let (lon_south, lat_south) = metres_per_unit(latitude(-STEP));
        let (per_lon, per_lat) = metres_per_unit(latitude(0.0));
        let (lon_north, lat_north) = metres_per_unit(latitude(STEP));
        Self {
            origin,
            per_lon,
            per_lon_slope: (lon_north - lon_south) / (2.0 * STEP),
            per_lon_curve: (lon_north - 2.0 * per_lon + lon_south) / (2.0 * STEP * STEP),
            per_lat,
            per_lat_slope: (lat_north - lat_south) / (2.0 * STEP),
        }
    }

    /// The place that is (0, 0).
    pub fn origin(&self) -> LonLat {
        self.origin
    }

    /// East and north of the origin, in metres.
    pub fn metres(&self, place: LonLat) -> [f64; 2] {
        let east = longitude_difference(self.origin.lon, place.lon);
        let north = f64::from(place.lat) - f64::from(self.origin.lat);
        let middle = north / 2.0;
        [
            east * (self.per_lon + middle * (self.per_lon_slope + middle * self.per_lon_curve)),
            north * (self.per_lat + middle * self.per_lat_slope),
        ]
    }

    /// The point of a straight piece that is nearest to the origin: its share of the
    /// piece from the first end, and east and north of the origin, in metres.
    pub fn nearest_on(&self, ends: [LonLat; 2]) -> (f64, [f64; 2]) {
        let [a, b] = ends.map(|end| self.metres(end));
        let side = [b[0] - a[0], b[1] - a[1]];
        let squared = side[0] * side[0] + side[1] * side[1];
        let share = if squared > 0.0 {
            (-(a[0] * side[0] + a[1] * side[1]) / squared).clamp(0.0, 1.0)
        } else {
            0.0
        };
        (share, [a[0] + share * side[0], a[1] + share * side[1]])
    }

    /// The place at east and north of the origin, rounded to 10⁻⁷ degrees and
    /// kept within ±180 and ±90.
    pub fn place(&self, [east, north]: [f64; 2]) -> LonLat {
        let mut lat = north / self.per_lat;
        for _ in 0..3 {
            lat = north / (self.per_lat + lat / 2.0 * self.per_lat_slope);
        }
        let middle = lat / 2.0;
        let lon =
            east / (self.per_lon + middle * (self.per_lon_slope + middle * self.per_lon_curve));
        LonLat {
            lon: (f64::from(self.origin.lon) + lon)
                .round()
                .clamp(-1.8e9, 1.8e9) as i32,
            lat: (f64::from(self.origin.lat) + lat).round().clamp(-9e8, 9e8) as i32,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use geo::{Distance, Geodesic, Point};

    fn geodesic(a: LonLat, b: LonLat) -> f64 {
        let point = |place: LonLat| Point::new(place.lon_degrees(), place.lat_degrees());
        Geodesic.distance(point(a), point(b))
    }

    #[test]
    fn distances_equal_the_geodesic() {
        for lat in [-60.0, -33.9, 0.0, 28.1, 36.45, 59.9] {
            let a = LonLat::from_degrees(115.98, lat).unwrap();
            for (east, north) in [(0.001, 0.002), (-0.004, 0.009), (0.01, 0.0), (0.0, -0.01)] {
                let b = LonLat::from_degrees(115.98 + east, lat + north).unwrap();
                let (ours, truth) = (distance_metres(a, b), geodesic(a, b));
                assert!((ours - truth).abs() < truth * 1e-6, "{lat} {ours} {truth}");
                assert_eq!(
                    distance_metres(a, b).to_bits(),
                    distance_metres(b, a).to_bits()
                );
            }
            let far = LonLat::from_degrees(116.38, lat + 0.3).unwrap();
            assert!(
                (distance_metres(a, far) - geodesic(a, far)).abs() < 1.5,
                "{lat}"
            );
        }
    }

    #[test]
    fn the_plane_keeps_distances_from_its_origin_and_comes_back() {
        for lat in [-60.0, 0.0, 36.45, 59.9] {
            let origin = LonLat::from_degrees(115.98, lat).unwrap();
            let plane = Plane::at(origin);
            for (east, north) in [(0.001, 0.002), (-0.04, 0.05), (0.1, -0.1)] {
                let place = LonLat::from_degrees(115.98 + east, lat + north).unwrap();
                let [x, y] = plane.metres(place);
                let truth = distance_metres(origin, place);
                assert!(
                    (x.hypot(y) - truth).abs() < 1e-3 + truth * 1e-6,
                    "{x} {y} {truth}"
                );
                let back = plane.place([x, y]);
                assert!((back.lon - place.lon).abs() <= 1 && (back.lat - place.lat).abs() <= 1);
            }
        }
    }

    #[test]
    fn the_nearest_point_of_a_piece_lies_on_it() {
        let plane = Plane::at(LonLat::from_degrees(115.98, 36.45).unwrap());
        for (from, to, share, nearest) in [
            ([-30.0, 40.0], [70.0, 40.0], 0.3, [0.0, 40.0]),
            ([10.0, 40.0], [70.0, 40.0], 0.0, [10.0, 40.0]),
            ([-70.0, 5.0], [-10.0, 5.0], 1.0, [-10.0, 5.0]),
            ([3.0, 4.0], [3.0, 4.0], 0.0, [3.0, 4.0]),
        ] {
            let found = plane.nearest_on([plane.place(from), plane.place(to)]);
            assert!((found.0 - share).abs() < 1e-3, "{found:?}");
            assert!((found.1[0] - nearest[0]).hypot(found.1[1] - nearest[1]) < 0.02);
        }
    }

    #[test]
    fn the_date_line_is_no_border() {
        let a = LonLat::from_degrees(179.999, 0.0).unwrap();
        let b = LonLat::from_degrees(-179.999, 0.0).unwrap();
        assert!((distance_metres(a, b) - 222.6).abs() < 0.1);
    }
}
