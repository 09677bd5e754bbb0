//! Plane grids: the Gauss–Krüger zones of CGCS2000, and UTM.

use super::krueger::{CGCS2000, Ellipsoid, WGS84};

/// How a grid came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    /// Gauss–Krüger on CGCS2000, zones so many degrees wide; a prefixed one has its zone
    /// number before the east coordinate.
    GaussKrueger { width: i16, prefix: Option<i16> },
    /// UTM on WGS84.
    Utm { zone: i16, south: bool },
}

/// A plane grid of transverse Mercator.
///
/// # Units
/// Metres: east, then north.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grid {
    epsg: u16,
    pub(super) family: Family,
    /// The central meridian, in degrees.
    pub(super) meridian: i16,
}

/// How far from the central meridian a grid is used: there a metre on the map is 0.4 %
/// off, and nobody would draw a city so. In degrees.
const WIDEST: f64 = 6.0;

/// What a grid holds lies no further from its origin, east and north. In metres.
const FARTHEST: [f64; 2] = [700_000.0, 10_010_000.0];

impl Grid {
    /// The grid of an EPSG code, where it is one of those that are known.
    pub fn of_epsg(epsg: u16) -> Option<Self> {
        let gauss = |width: i16, first: i16, prefix: Option<i16>| {
            let family = Family::GaussKrueger { width, prefix };
            (family, 75 + width * first)
        };
        // Differences of the EPSG registry (v11): codes run from the west to the east.
        let from = |first: u16| (epsg - first) as i16;
        let (family, meridian) = match epsg {
            4491..=4501 => gauss(6, from(4491), Some(13 + from(4491))),
            4502..=4512 => gauss(6, from(4502), None),
            4513..=4533 => gauss(3, from(4513), Some(25 + from(4513))),
            4534..=4554 => gauss(3, from(4534), None),
            32_601..=32_660 | 32_701..=32_760 => {
                let zone = (epsg % 100) as i16;
                let south = epsg > 32_700;
                (Family::Utm { zone, south }, 6 * zone - 183)
            }
            _ => return None,
        };
        Some(Self {
            epsg,
            family,
            meridian,
        })
    }

    /// The grid that fits a WGS84 place: in China's longitudes and north of the equator
    /// the 3-degree zone without prefix, elsewhere UTM.
    pub fn around([lon, lat]: [f64; 2]) -> Option<Self> {
        if (73.5..136.5).contains(&lon) && (0.0..=60.0).contains(&lat) {
            return Self::of_epsg(4534 + ((lon - 75.0) / 3.0).round() as u16);
        }
        let zone = (((lon + 180.0) / 6.0).floor() as u16).min(59) + 1;
        Self::of_epsg(if lat < 0.0 { 32_700 } else { 32_600 } + zone)
    }

    /// Its EPSG code.
    pub fn epsg(self) -> u16 {
        self.epsg
    }

    /// Its name in the EPSG registry.
    pub fn name(self) -> String {
        match self.family {
            Family::GaussKrueger { width, prefix } => {
                let width = if width == 3 { "3-degree " } else { "" };
                let zone = prefix.map_or_else(
                    || format!("CM {}E", self.meridian),
                    |zone| format!("zone {zone}"),
                );
                format!("CGCS2000 / {width}Gauss-Kruger {zone}")
            }
            Family::Utm { zone, south } => {
                format!("WGS 84 / UTM zone {zone}{}", if south { 'S' } else { 'N' })
            }
        }
    }

    /// The frame of its degrees.
    pub(super) fn base(self) -> super::Frame {
        match self.family {
            Family::GaussKrueger { .. } => super::Frame::Cgcs2000,
            Family::Utm { .. } => super::Frame::Wgs84,
        }
    }

    pub(super) fn ellipsoid(self) -> &'static Ellipsoid {
        match self.family {
            Family::GaussKrueger { .. } => &CGCS2000,
            Family::Utm { .. } => &WGS84,
        }
    }

    /// The scale on the central meridian.
    pub(super) fn scale(self) -> f64 {
        match self.family {
            Family::GaussKrueger { .. } => 1.0,
            Family::Utm { .. } => 0.9996,
        }
    }

    /// What stands where the central meridian meets the equator: east, north.
    pub(super) fn origin(self) -> [f64; 2] {
        match self.family {
            Family::GaussKrueger { prefix, .. } => {
                [f64::from(prefix.unwrap_or(0)) * 1e6 + 500_000.0, 0.0]
            }
            Family::Utm { south, .. } => [500_000.0, if south { 1e7 } else { 0.0 }],
        }
    }

    /// Degrees east of the central meridian, the short way round.
    fn east_of_meridian(self, lon: f64) -> f64 {
        let degrees = lon - f64::from(self.meridian);
        if degrees > 180.0 {
            degrees - 360.0
        } else if degrees < -180.0 {
            degrees + 360.0
        } else {
            degrees
        }
    }

    pub(super) fn holds(self, [lon, _]: [f64; 2]) -> bool {
        self.east_of_meridian(lon).abs() <= WIDEST
    }

    pub(super) fn forward(self, [lon, lat]: [f64; 2]) -> [f64; 2] {
        let plane = self.ellipsoid().forward([self.east_of_meridian(lon), lat]);
        let ([east, north], scale) = (self.origin(), self.scale());
        [east + scale * plane[0], north + scale * plane[1]]
    }

    pub(super) fn inverse(self, [x, y]: [f64; 2]) -> Option<[f64; 2]> {
        let ([east, north], scale) = (self.origin(), self.scale());
        let plane = [(x - east) / scale, (y - north) / scale];
        // A zone number too many or too few, or the two in the wrong order.
        let near = plane[0].abs() <= FARTHEST[0] && plane[1].abs() <= FARTHEST[1];
        near.then(|| {
            let [degrees, lat] = self.ellipsoid().inverse(plane);
            let lon = f64::from(self.meridian) + degrees;
            let turned = if lon > 180.0 {
                lon - 360.0
            } else if lon < -180.0 {
                lon + 360.0
            } else {
                lon
            };
            [turned, lat]
        })
    }
}
