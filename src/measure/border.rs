//! The edge of the data, beyond which an answer may lie.

use crate::places::Shape;
use crate::plane::{LonLat, bounds, distance_metres};

/// The box that the data fills.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Border {
    south_west: LonLat,
    north_east: LonLat,
}

impl Border {
    /// The box of the file's header, else that of the kept nodes; `None` where
    /// there is neither.
    pub fn of(header: Option<(LonLat, LonLat)>, nodes: &[LonLat]) -> Option<Self> {
        let (south_west, north_east) = header.or_else(|| bounds(nodes.iter().copied()))?;
        Some(Self {
            south_west,
            north_east,
        })
    }

    /// Straight distance from a place to the nearest side of the box; 0 outside it.
    ///
    /// # Units
    /// Metres.
    pub fn metres(&self, shape: &Shape) -> f64 {
        let (low, high) = match shape {
            Shape::Point(at) => (*at, *at),
            Shape::Area(area) => area.bounds(),
        };
        let (west, south) = (self.south_west.lon, self.south_west.lat);
        let (east, north) = (self.north_east.lon, self.north_east.lat);
        if low.lon <= west || low.lat <= south || high.lon >= east || high.lat >= north {
            return 0.0;
        }
        let to_lon = |at: LonLat, lon| distance_metres(at, LonLat { lon, ..at });
        let to_lat = |at: LonLat, lat| distance_metres(at, LonLat { lat, ..at });
        let to_sides = [
            to_lon(low, west),
            to_lat(low, south),
            to_lon(high, east),
            to_lat(high, north),
        ];
        to_sides.into_iter().fold(f64::INFINITY, f64::min)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::plane::{Area, Plane};

    /// An area of 100 m square is as near to each side as its nearest edge.
    #[test]
    fn an_area_is_as_near_as_its_nearest_edge() {
        let plane = Plane::at(LonLat::from_degrees(115.98, 36.45).unwrap());
        let border = Border::of(
            Some((
                plane.place([-1_000.0, -1_000.0]),
                plane.place([1_000.0, 1_000.0]),
            )),
            &[],
        )
        .unwrap();
        let square = |west: f64, south: f64| {
            let corners = [[0.0, 0.0], [100.0, 0.0], [100.0, 100.0], [0.0, 100.0]];
            let ring = corners.map(|[x, y]| plane.place([west + x, south + y]));
            Shape::Area(Area::from_ring(ring.to_vec()).unwrap())
        };
        for (west, south, expected) in [
            (-970.0, 0.0, 30.0),
            (860.0, 0.0, 40.0),
            (0.0, -950.0, 50.0),
            (0.0, 840.0, 60.0),
            (-50.0, -50.0, 950.0),
            (950.0, 0.0, 0.0),
        ] {
            let metres = border.metres(&square(west, south));
            assert!((metres - expected).abs() < 0.2, "{west} {south}: {metres}");
        }
        assert!(Border::of(None, &[]).is_none());
    }
}
