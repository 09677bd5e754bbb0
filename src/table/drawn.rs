//! What a feature draws, of coordinates in the frame of its file.

use super::model::{Figure, place};
use super::{Address, BadRow, TableError};
use crate::frame::Frame;
use crate::plane::{Area, LonLat, PolygonRings};

/// East and north, or longitude and latitude.
pub(super) type Spot = [f64; 2];

/// The rings of a polygon, the outer one first.
pub(super) type Rings = Vec<Vec<Spot>>;

/// A row that cannot be used.
pub(super) fn refused(at: &Address, problem: BadRow) -> TableError {
    TableError::Row {
        at: at.clone(),
        problem,
    }
}

/// A point.
pub(super) fn point(at: &Address, frame: Frame, spot: Spot) -> Result<Figure, TableError> {
    Ok(Figure::Point(placed(at, frame, spot)?))
}

/// Polygons that are one area.
pub(super) fn area(
    at: &Address,
    frame: Frame,
    polygons: impl IntoIterator<Item = Rings>,
) -> Result<Figure, TableError> {
    let ring = |ring: Vec<Spot>| -> Result<Vec<LonLat>, TableError> {
        let spots = ring.into_iter();
        spots.map(|spot| placed(at, frame, spot)).collect()
    };
    let mut drawn = Vec::new();
    for polygon in polygons {
        let mut rings = polygon.into_iter().map(ring);
        if let Some(outer) = rings.next() {
            drawn.push(PolygonRings {
                outer: outer?,
                holes: rings.collect::<Result<_, _>>()?,
            });
        }
    }
    let area = Area::new(drawn).ok_or_else(|| refused(at, BadRow::NoSurface))?;
    Ok(Figure::Area(area))
}

pub(super) fn placed(at: &Address, frame: Frame, [x, y]: Spot) -> Result<LonLat, TableError> {
    place(frame, x, y).map_err(|problem| {
        let (lon, lat) = (x, y);
        refused(at, BadRow::Position { lon, lat, problem })
    })
}
