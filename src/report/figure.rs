//! What stands on a map, in the coordinates of a frame: the same for every format.

use serde::Serialize;

use crate::frame::Frame;
use crate::places::Shape;
use crate::plane::{Area, LonLat, PolygonRings};

/// East, north.
pub(super) type Spot = [f64; 2];

/// A figure of a map, its coordinates rounded as they are written.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Figure {
    /// A point.
    Point(Spot),
    /// A line.
    Line(Vec<Spot>),
    /// Polygons, each with its outer ring, counter-clockwise, before its holes,
    /// clockwise. The first spot of a ring is its last.
    Area(Vec<Vec<Vec<Spot>>>),
}

/// The coordinates of a place.
pub(super) fn spot(frame: Frame, at: LonLat) -> Spot {
    frame.written([at.lon_degrees(), at.lat_degrees()])
}

impl Figure {
    pub(super) fn point(frame: Frame, at: LonLat) -> Self {
        Self::Point(spot(frame, at))
    }

    pub(super) fn line(frame: Frame, places: &[LonLat]) -> Self {
        Self::Line(places.iter().map(|&at| spot(frame, at)).collect())
    }

    pub(super) fn area(frame: Frame, area: &Area) -> Self {
        Self::polygons(frame, area.polygons())
    }

    pub(super) fn polygons(frame: Frame, polygons: &[PolygonRings]) -> Self {
        Self::Area(
            polygons
                .iter()
                .map(|rings| {
                    let holes = rings.holes.iter().map(|hole| ring(frame, hole, false));
                    std::iter::once(ring(frame, &rings.outer, true))
                        .chain(holes)
                        .collect()
                })
                .collect(),
        )
    }

    pub(super) fn shape(frame: Frame, shape: &Shape) -> Self {
        match shape {
            Shape::Point(at) => Self::point(frame, *at),
            Shape::Area(area) => Self::area(frame, area),
        }
    }

    /// The geometry of a GeoJSON feature.
    pub(super) fn geojson(&self) -> Geometry<'_> {
        match self {
            Self::Point(at) => Geometry::of(Coordinates::Point(at), "Point"),
            Self::Line(line) => Geometry::of(Coordinates::Line(line), "LineString"),
            Self::Area(area) => Geometry::of(Coordinates::Area(area), "MultiPolygon"),
        }
    }

    /// All spots.
    pub(super) fn spots(&self) -> Box<dyn Iterator<Item = Spot> + '_> {
        match self {
            Self::Point(at) => Box::new(std::iter::once(*at)),
            Self::Line(line) => Box::new(line.iter().copied()),
            Self::Area(area) => Box::new(area.iter().flatten().flatten().copied()),
        }
    }

    /// South-west and north-east corner.
    pub(super) fn bounds(&self) -> Bounds {
        Bounds::of(self.spots())
    }
}

/// A geometry in GeoJSON.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct Geometry<'a> {
    coordinates: Coordinates<'a>,
    #[serde(rename = "type")]
    kind: &'static str,
}

#[derive(Clone, Copy, Debug, Serialize)]
#[serde(untagged)]
enum Coordinates<'a> {
    Point(&'a Spot),
    Line(&'a [Spot]),
    Area(&'a [Vec<Vec<Spot>>]),
}

impl<'a> Geometry<'a> {
    fn of(coordinates: Coordinates<'a>, kind: &'static str) -> Self {
        Self { coordinates, kind }
    }
}

/// The box around figures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bounds {
    /// The lowest coordinates.
    pub low: Spot,
    /// The highest.
    pub high: Spot,
}

impl Bounds {
    fn of(spots: impl Iterator<Item = Spot>) -> Self {
        let nothing = Self {
            low: [f64::INFINITY; 2],
            high: [f64::NEG_INFINITY; 2],
        };
        spots.fold(nothing, |bounds, at| {
            bounds.around(Self { low: at, high: at })
        })
    }

    /// The box around two boxes.
    pub(super) fn around(self, other: Self) -> Self {
        let [low, high] = [(self.low, other.low), (self.high, other.high)];
        Self {
            low: [low.0[0].min(low.1[0]), low.0[1].min(low.1[1])],
            high: [high.0[0].max(high.1[0]), high.0[1].max(high.1[1])],
        }
    }

    /// The box around figures; `None` where there are none.
    pub(super) fn of_all(figures: &[Figure]) -> Option<Self> {
        let boxes = figures.iter().map(Figure::bounds);
        boxes.reduce(Self::around)
    }
}

/// A ring, turned counter-clockwise or clockwise. No frame mirrors, so the turn is that
/// of the places.
fn ring(frame: Frame, places: &[LonLat], counter_clockwise: bool) -> Vec<Spot> {
    let doubled: i128 = places
        .windows(2)
        .map(|pair| {
            let [a, b] = [pair[0], pair[1]];
            i128::from(a.lon) * i128::from(b.lat) - i128::from(b.lon) * i128::from(a.lat)
        })
        .sum();
    let mut spots: Vec<Spot> = places.iter().map(|&at| spot(frame, at)).collect();
    if (doubled > 0) != counter_clockwise {
        spots.reverse();
    }
    spots
}
