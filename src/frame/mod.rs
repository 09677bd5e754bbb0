//! Frames of coordinates: WGS84, what China's maps are shifted to (GCJ-02, BD-09),
//! CGCS2000, and plane grids of transverse Mercator.
//!
//! Everything inside the program is WGS84. A frame leads from there to what a file
//! holds ([`Frame::forward`]) and back ([`Frame::inverse`]). Coordinates stand in the
//! order east, north in every frame: longitude before latitude, and east before north,
//! though the official order of the Gauss–Krüger grids is north, east.

mod grid;
mod krueger;
mod misfit;
mod shifted;
mod wkt;
mod wkt_read;

pub use grid::Grid;
pub use misfit::Misfit;

use std::fmt;
use std::str::FromStr;

use crate::lang::{Explain, Lang};

/// A frame of coordinates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Frame {
    /// WGS84, as OpenStreetMap and satellites give it: degrees.
    #[default]
    Wgs84,
    /// GCJ-02, the shifted degrees of China's public maps. It has no EPSG code.
    Gcj02,
    /// BD-09, Baidu's shift on top of GCJ-02: degrees. It has no EPSG code.
    Bd09,
    /// China's national frame, in degrees (EPSG:4490). Its degrees are those of WGS84:
    /// both follow the ITRF, and within the plates' drift they differ by centimetres.
    Cgcs2000,
    /// A plane grid, in metres.
    Projected(Grid),
}

impl Frame {
    /// Coordinates of a WGS84 place, in degrees: east, north.
    ///
    /// # Units
    /// Degrees, or metres where [`Self::in_metres`].
    pub fn forward(self, place: [f64; 2]) -> [f64; 2] {
        match self {
            Self::Wgs84 | Self::Cgcs2000 => place,
            Self::Gcj02 => shifted::gcj02(place),
            Self::Bd09 => shifted::bd09(shifted::gcj02(place)),
            Self::Projected(grid) => grid.forward(place),
        }
    }

    /// The WGS84 place of coordinates, in degrees; `None` where they are no coordinates
    /// of this frame.
    pub fn inverse(self, coordinates: [f64; 2]) -> Option<[f64; 2]> {
        if let Self::Projected(grid) = self {
            return grid.inverse(coordinates);
        }
        let [lon, lat] = coordinates;
        let on_globe = (-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat);
        on_globe.then(|| match self {
            Self::Gcj02 => shifted::of_gcj02(coordinates),
            Self::Bd09 => shifted::of_gcj02(shifted::of_bd09(coordinates)),
            _ => coordinates,
        })
    }

    /// The frame of a file: that which it names, else that which was asked for, else WGS84.
    /// Frames in plain degrees are one; and as no file can name a shifted frame by a code,
    /// plain degrees do not speak against one.
    ///
    /// # Errors
    /// Both, asked and named, where they contradict each other.
    pub fn settled(asked: Option<Self>, named: Option<Self>) -> Result<Self, [Self; 2]> {
        let plain = |frame| matches!(frame, Self::Wgs84 | Self::Cgcs2000);
        match (asked, named) {
            (None, named) => Ok(named.unwrap_or_default()),
            (Some(asked), None) => Ok(asked),
            (Some(asked), Some(named)) if asked == named => Ok(asked),
            (Some(asked), Some(named)) if !asked.in_metres() && plain(named) => Ok(asked),
            (Some(asked), Some(named)) => Err([asked, named]),
        }
    }

    /// [`Self::forward`], rounded as outputs write it: to 10⁻⁷ degrees or to
    /// millimetres.
    pub fn written(self, place: [f64; 2]) -> [f64; 2] {
        let scale = 10_f64.powi(self.decimals() as i32);
        // Adding 0 makes a zero of a negative one.
        self.forward(place)
            .map(|part| (part * scale).round() / scale + 0.0)
    }

    /// Decimals of a written coordinate.
    pub fn decimals(self) -> usize {
        if self.in_metres() { 3 } else { 7 }
    }

    /// Whether the frame can hold a WGS84 place: a grid holds what lies within 6° of its
    /// central meridian.
    pub fn holds(self, place: [f64; 2]) -> bool {
        match self {
            Self::Projected(grid) => grid.holds(place),
            _ => true,
        }
    }

    /// Whether coordinates are metres.
    pub fn in_metres(self) -> bool {
        matches!(self, Self::Projected(_))
    }

    /// The EPSG code, where there is one.
    pub fn epsg(self) -> Option<u16> {
        match self {
            Self::Wgs84 => Some(4326),
            Self::Cgcs2000 => Some(4490),
            Self::Gcj02 | Self::Bd09 => None,
            Self::Projected(grid) => Some(grid.epsg()),
        }
    }

    /// What the frame is called, in English.
    pub fn name(self) -> String {
        match self {
            Self::Wgs84 => "WGS 84".to_owned(),
            Self::Gcj02 => "GCJ-02".to_owned(),
            Self::Bd09 => "BD-09".to_owned(),
            Self::Cgcs2000 => "China Geodetic Coordinate System 2000".to_owned(),
            Self::Projected(grid) => grid.name(),
        }
    }

    /// The columns that hold coordinates, east and north: `lon`, `lat`; in metres `x_m`,
    /// `y_m`; in a shifted frame with its name, as nobody should take them for WGS84.
    pub fn columns(self) -> [&'static str; 2] {
        match self {
            Self::Wgs84 | Self::Cgcs2000 => ["lon", "lat"],
            Self::Gcj02 => ["lon_gcj02", "lat_gcj02"],
            Self::Bd09 => ["lon_bd09", "lat_bd09"],
            Self::Projected(_) => ["x_m", "y_m"],
        }
    }
}

/// The word by which the frame is asked for.
impl fmt::Display for Frame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Wgs84 => f.write_str("wgs84"),
            Self::Gcj02 => f.write_str("gcj02"),
            Self::Bd09 => f.write_str("bd09"),
            Self::Cgcs2000 => f.write_str("cgcs2000"),
            Self::Projected(grid) => write!(f, "epsg:{}", grid.epsg()),
        }
    }
}

/// A word that names no frame.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.explain(Lang::En))]
pub struct UnknownFrame(pub String);

impl Explain for UnknownFrame {
    fn explain(&self, lang: Lang) -> String {
        let word = &self.0;
        match lang {
            Lang::Zh => format!(
                "不支持的坐标系“{word}”；可用 wgs84、gcj02、bd09、cgcs2000，或 epsg:NNNN：4491–4554\
                 （CGCS2000 高斯-克吕格，如 4548 为中央经线 117°），32601–32660、32701–32760（UTM）"
            ),
            Lang::En => format!(
                "'{word}' is no frame of coordinates; write wgs84, gcj02, bd09, cgcs2000, or \
                 epsg:NNNN with 4491 to 4554 (CGCS2000 Gauss-Kruger; 4548 has the central \
                 meridian 117) or 32601 to 32660 and 32701 to 32760 (UTM)"
            ),
        }
    }
}

impl FromStr for Frame {
    type Err = UnknownFrame;

    /// Upper and lower case are the same.
    fn from_str(word: &str) -> Result<Self, UnknownFrame> {
        let unknown = || UnknownFrame(word.to_owned());
        match word.to_ascii_lowercase().as_str() {
            "wgs84" => Ok(Self::Wgs84),
            "gcj02" => Ok(Self::Gcj02),
            "bd09" => Ok(Self::Bd09),
            "cgcs2000" => Ok(Self::Cgcs2000),
            other => {
                let code = other.strip_prefix("epsg:").ok_or_else(unknown)?;
                match code.parse().map_err(|_| unknown())? {
                    4326 => Ok(Self::Wgs84),
                    4490 => Ok(Self::Cgcs2000),
                    code => Grid::of_epsg(code).map(Self::Projected).ok_or_else(unknown),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
