//! Areas: polygons with holes, measured in a plane around their own middle.

use std::sync::OnceLock;

use geo::{
    Area as _, BoundingRect, Closest, ClosestPoint, Contains, Coord, Distance, Euclidean,
    InteriorPoint, Intersects, LineString, MultiPolygon, Point, Polygon, Validation,
};

use super::{LonLat, Plane, distance_metres};

/// The rings of one polygon; the first place of each ring is repeated at its end.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct PolygonRings {
    /// The outer ring.
    pub outer: Vec<LonLat>,
    /// Holes.
    pub holes: Vec<Vec<LonLat>>,
}

/// How many cells the grid of an area has at most, by the boxes of its polygons:
/// 600 km² at 50 m. No block is larger, save by a mistyped corner.
const MOST_CELLS: f64 = 250_000.0;

/// One or several polygons.
#[derive(Clone, Debug, PartialEq)]
pub struct Area {
    polygons: Vec<PolygonRings>,
    plane: Plane,
    metric: MultiPolygon<f64>,
    south_west: LonLat,
    north_east: LonLat,
    inner: Remembered,
}

/// A place that follows from the rest and is costly to find: found when it is first
/// asked for. No area differs from another by it.
#[derive(Clone, Debug, Default)]
struct Remembered(OnceLock<LonLat>);

impl PartialEq for Remembered {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Area {
    /// An area from its rings; each ring is closed if it is not. `None` where no
    /// polygon has three different places and a surface, and where it is wider than
    /// half the globe.
    pub fn new(polygons: Vec<PolygonRings>) -> Option<Self> {
        let polygons: Vec<PolygonRings> = polygons
            .into_iter()
            .filter_map(|rings| {
                Some(PolygonRings {
                    outer: closed(rings.outer)?,
                    holes: rings.holes.into_iter().filter_map(closed).collect(),
                })
            })
            .collect();
        let places = || polygons.iter().flat_map(|rings| &rings.outer);
        let south_west = LonLat {
            lon: places().map(|place| place.lon).min()?,
            lat: places().map(|place| place.lat).min()?,
        };
        let north_east = LonLat {
            lon: places().map(|place| place.lon).max()?,
            lat: places().map(|place| place.lat).max()?,
        };
        // Wider than half the globe: over the date line, or no place at all.
        if i64::from(north_east.lon) - i64::from(south_west.lon) > 1_800_000_000 {
            return None;
        }
        let plane = Plane::at(LonLat {
            lon: i32::midpoint(south_west.lon, north_east.lon),
            lat: i32::midpoint(south_west.lat, north_east.lat),
        });
        let line = |ring: &[LonLat]| -> LineString<f64> {
            ring.iter()
                .map(|&place| Coord::from(plane.metres(place)))
                .collect()
        };
        let metric = MultiPolygon(
            polygons
                .iter()
                .map(|rings| {
                    Polygon::new(
                        line(&rings.outer),
                        rings.holes.iter().map(|hole| line(hole)).collect(),
                    )
                })
                .collect(),
        );
        (metric.unsigned_area() > 0.0).then_some(Self {
            polygons,
            plane,
            metric,
            south_west,
            north_east,
            inner: Remembered::default(),
        })
    }

    /// An area of one ring without holes.
    pub fn from_ring(ring: Vec<LonLat>) -> Option<Self> {
        Self::new(vec![PolygonRings {
            outer: ring,
            holes: Vec::new(),
        }])
    }

    /// The polygons.
    pub fn polygons(&self) -> &[PolygonRings] {
        &self.polygons
    }

    /// The plane in which [`Self::metric`] is drawn.
    pub fn plane(&self) -> &Plane {
        &self.plane
    }

    /// The polygons in metres around the middle of the bounding box.
    pub fn metric(&self) -> &MultiPolygon<f64> {
        &self.metric
    }

    /// South-west and north-east corner.
    pub fn bounds(&self) -> (LonLat, LonLat) {
        (self.south_west, self.north_east)
    }

    /// Surface without the holes.
    ///
    /// # Units
    /// Square metres.
    pub fn square_metres(&self) -> f64 {
        self.metric.unsigned_area()
    }

    /// Whether a place lies inside or on the border.
    pub fn holds(&self, place: LonLat) -> bool {
        (self.south_west.lon..=self.north_east.lon).contains(&place.lon)
            && (self.south_west.lat..=self.north_east.lat).contains(&place.lat)
            && self
                .metric
                .intersects(&Coord::from(self.plane.metres(place)))
    }

    /// Whether no ring crosses itself or another, and every hole lies inside: only
    /// then is the surface what is seen.
    pub fn is_simple(&self) -> bool {
        self.metric.is_valid()
    }

    /// Straight distance from a place to the area; 0 inside and on the border.
    ///
    /// # Units
    /// Metres.
    pub fn distance_metres(&self, place: LonLat) -> f64 {
        if self.holds(place) {
            0.0
        } else {
            self.outline_metres(place)
        }
    }

    /// Straight distance from a place to the nearest ring, from either side.
    ///
    /// # Units
    /// Metres.
    pub fn outline_metres(&self, place: LonLat) -> f64 {
        let from = Point::from(self.plane.metres(place));
        let nearest = self
            .rings()
            .filter_map(|ring| match ring.closest_point(&from) {
                Closest::Intersection(point) | Closest::SinglePoint(point) => Some(point),
                Closest::Indeterminate => None,
            })
            .min_by(|a, b| squared(*a, from).total_cmp(&squared(*b, from)));
        nearest.map_or(f64::INFINITY, |point| {
            distance_metres(place, self.plane.place([point.x(), point.y()]))
        })
    }

    /// Straight distance to another area; 0 where they meet.
    ///
    /// # Units
    /// Metres, in the plane of this area.
    pub fn metres_to(&self, other: &Self) -> f64 {
        let line = |ring: &Vec<LonLat>| -> LineString<f64> {
            let places = ring.iter();
            let here = places.map(|&place| Coord::from(self.plane.metres(place)));
            here.collect()
        };
        let polygons = other.polygons.iter().map(|rings| {
            let holes = rings.holes.iter().map(line).collect();
            Polygon::new(line(&rings.outer), holes)
        });
        Euclidean.distance(&self.metric, &MultiPolygon(polygons.collect()))
    }

    /// A place inside, for a label or a single sample.
    pub fn inner_place(&self) -> LonLat {
        let found = || {
            let inner = self.metric.interior_point();
            let [x, y] = inner.map_or([0.0, 0.0], |point| [point.x(), point.y()]);
            self.plane.place([x, y])
        };
        *self.inner.0.get_or_init(found)
    }

    /// Surface of each polygon without its holes.
    ///
    /// # Units
    /// Square metres.
    pub fn surfaces(&self) -> Vec<f64> {
        self.metric.iter().map(geo::Area::unsigned_area).collect()
    }

    /// Polygon by polygon the middles of the cells of a square grid that lie inside.
    /// The grid is anchored to the polygon: it is centred on its bounding box, in
    /// whole cells. At least one place: where no middle is inside, a place that is;
    /// none where a polygon has no surface. The cells of an area of more than
    /// 250,000 are widened to that number.
    ///
    /// # Units
    /// `spacing` in metres.
    pub fn grids(&self, spacing: f64) -> Vec<Vec<LonLat>> {
        let spacing = self.affordable(spacing);
        let grid = |polygon| self.grid(polygon, spacing).unwrap_or_default();
        self.metric.iter().map(grid).collect()
    }

    fn grid(&self, polygon: &Polygon<f64>, spacing: f64) -> Option<Vec<LonLat>> {
        let bounds = polygon.bounding_rect()?;
        let centre = bounds.center();
        // Rounded to the nearest number of cells, so that the outer middles lie a
        // quarter of a cell inside the bounds at least: a middle on the edge would
        // stand on the wall of its own compound.
        let cells = |length: f64| (length / spacing).round().max(1.0);
        let (columns, rows) = (cells(bounds.width()), cells(bounds.height()));
        let west = centre.x + (1.0 - columns) / 2.0 * spacing;
        let south = centre.y + (1.0 - rows) / 2.0 * spacing;
        let mut inside = Vec::new();
        for row in 0..rows as u32 {
            for column in 0..columns as u32 {
                let x = west + f64::from(column) * spacing;
                let y = south + f64::from(row) * spacing;
                if polygon.contains(&Coord { x, y }) {
                    inside.push(self.plane.place([x, y]));
                }
            }
        }
        if inside.is_empty() && polygon.unsigned_area() > 0.0 {
            let inner = MultiPolygon(vec![polygon.clone()]).interior_point()?;
            inside.push(self.plane.place([inner.x(), inner.y()]));
        }
        Some(inside)
    }

    /// The spacing, widened where the grid would have more than [`MOST_CELLS`].
    fn affordable(&self, spacing: f64) -> f64 {
        let boxes = self.metric.iter().filter_map(BoundingRect::bounding_rect);
        let surface: f64 = boxes.map(|own| own.width() * own.height()).sum();
        spacing.max((surface / MOST_CELLS).sqrt())
    }

    /// Places along every ring, at most `spacing` metres apart, at least four a ring.
    pub fn along_rings(&self, spacing: f64) -> Vec<LonLat> {
        let mut places = Vec::new();
        for ring in self.rings() {
            let length: f64 = ring
                .lines()
                .map(|line| (line.end - line.start).length())
                .sum();
            let steps = (length / spacing).ceil().max(4.0);
            let step = length / steps;
            let (mut walked, mut next) = (0.0, 0.0);
            for line in ring.lines() {
                let side = (line.end - line.start).length();
                while side > 0.0 && next < walked + side && next < length - step / 2.0 {
                    let at = line.start + (line.end - line.start) * ((next - walked) / side);
                    places.push(self.plane.place([at.x, at.y]));
                    next += step;
                }
                walked += side;
            }
        }
        places
    }

    fn rings(&self) -> impl Iterator<Item = &LineString<f64>> {
        self.metric
            .iter()
            .flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()))
    }
}

trait Norm {
    fn length(self) -> f64;
}

impl Norm for Coord<f64> {
    fn length(self) -> f64 {
        self.x.hypot(self.y)
    }
}

fn squared(a: Point<f64>, b: Point<f64>) -> f64 {
    let (x, y) = (a.x() - b.x(), a.y() - b.y());
    x * x + y * y
}

/// The ring, closed, from its lowest place on and in the direction that reads
/// lower, so that nothing depends on how it was drawn; `None` below three
/// different places.
fn closed(mut ring: Vec<LonLat>) -> Option<Vec<LonLat>> {
    ring.dedup();
    if ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    let lowest = *ring.iter().min()?;
    let starts = (0..ring.len()).filter(|&start| ring[start] == lowest);
    let drawn = |start: usize| ring[start..].iter().chain(&ring[..=start]).copied();
    let forward = starts.clone().map(|start| drawn(start).collect::<Vec<_>>());
    let backward = starts.map(|start| drawn(start).rev().collect::<Vec<_>>());
    let closed = forward.chain(backward).min()?;
    (closed.len() >= 4).then_some(closed)
}

#[cfg(test)]
#[path = "area_tests.rs"]
mod tests;
