//! Why numbers are no coordinates of a frame.

use super::grid::{Family, Grid};
use super::{Frame, shifted};
use crate::lang::{Explain, Lang};

/// What is wrong with two numbers that should be coordinates of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// Valid the other way round.
    Swapped,
    /// Metres of a projection, where degrees are expected.
    Metres,
    /// Degrees, where metres are expected.
    Degrees,
    /// Beyond ±180 or ±90 degrees.
    OutOfRange,
    /// Metres of another zone of Gauss–Krüger, by its EPSG code.
    OtherZone(u16),
    /// Too far from where the frame is used.
    FarAway,
}

impl Explain for Misfit {
    fn explain(&self, lang: Lang) -> String {
        match self {
            Self::Swapped => lang.pick(
                "经度和纬度写反了：经度在前，纬度在后；平面坐标东在前、北在后（测量图中 X 为北）",
                "the two are swapped: longitude comes first, then latitude; in a grid east, then north (which surveyors call X)",
            ),
            Self::Metres => lang.pick(
                "像是投影坐标（米）；请在文件路径后注明坐标系，如 @epsg:4548",
                "these look like metres of a projection; name it after the path of the file, as in @epsg:4548",
            ),
            Self::Degrees => lang.pick(
                "像是经纬度（度），而所注坐标系以米为单位；请改为 @wgs84、@cgcs2000、@gcj02 或 @bd09",
                "these look like degrees, and the frame of the file is in metres; write @wgs84, @cgcs2000, @gcj02 or @bd09",
            ),
            Self::OutOfRange => lang.pick(
                "超出 ±180 或 ±90 度：请更正坐标",
                "beyond ±180 or ±90: correct it",
            ),
            Self::FarAway => lang.pick(
                "远在该坐标系适用范围之外（中国坐标系只用于中国，投影带只用于中央经线两侧 6°）；请更正坐标或文件路径后所注坐标系",
                "far from where the frame of the file is used (those of China in China, a grid within 6° of its central meridian); correct it, or the frame after the path",
            ),
            Self::OtherZone(code) => {
                return lang.pick(
                    format!("带号与所注坐标系不符；这是 epsg:{code} 的坐标，请改注 @epsg:{code}"),
                    format!("of another zone than that of the file; these are coordinates of epsg:{code}: write @epsg:{code}"),
                );
            }
        }
        .to_owned()
    }
}

impl Frame {
    /// The WGS84 place of coordinates that a file gives, in degrees.
    ///
    /// # Errors
    /// [`Misfit`], where they are none of this frame, or lie where nobody uses it.
    pub fn place(self, coordinates: [f64; 2]) -> Result<[f64; 2], Misfit> {
        let [x, y] = coordinates;
        match self.fitting(coordinates) {
            Some(place) => Ok(place),
            None if !(x.is_finite() && y.is_finite()) => Err(Misfit::OutOfRange),
            None => Err(self.misfit(coordinates)),
        }
    }

    /// The place, where it lies in the part of the earth for which the frame is made.
    fn fitting(self, coordinates: [f64; 2]) -> Option<[f64; 2]> {
        let place = self.inverse(coordinates)?;
        let fits = match self {
            Self::Wgs84 => true,
            Self::Gcj02 | Self::Bd09 | Self::Cgcs2000 => shifted::in_box(place),
            Self::Projected(grid) => match grid.family {
                Family::GaussKrueger { .. } => grid.holds(place) && shifted::in_box(place),
                Family::Utm { .. } => grid.holds(place) && place[1].abs() <= 85.0,
            },
        };
        fits.then_some(place)
    }

    fn misfit(self, [x, y]: [f64; 2]) -> Misfit {
        let in_degrees = x.abs() <= 360.0 && y.abs() <= 360.0;
        if self.in_metres() == in_degrees {
            return if in_degrees {
                Misfit::Degrees
            } else {
                Misfit::metres_of(x, y)
            };
        }
        if self.fitting([y, x]).is_some() {
            return Misfit::Swapped;
        }
        match self {
            Self::Projected(grid) => grid
                .zone_of([x, y])
                .map_or(Misfit::FarAway, Misfit::OtherZone),
            _ if self.inverse([x, y]).is_some() => Misfit::FarAway,
            _ => Misfit::OutOfRange,
        }
    }
}

impl Misfit {
    /// Numbers too large for degrees: metres, if both are.
    fn metres_of(x: f64, y: f64) -> Self {
        if x.abs() > 360.0 && y.abs() > 360.0 {
            Self::Metres
        } else {
            Self::OutOfRange
        }
    }
}

impl Grid {
    /// The code of the Gauss–Krüger grid of which these metres are evidently: by the zone
    /// number before the east coordinate, or without one that of the same meridian.
    fn zone_of(self, coordinates: [f64; 2]) -> Option<u16> {
        let Family::GaussKrueger { width, .. } = self.family else {
            return None;
        };
        let number = (coordinates[0] / 1e6).floor() as i16;
        (4491..=4554).find(|&code| {
            let Some(grid) = Self::of_epsg(code) else {
                return false;
            };
            let meant = match grid.family {
                Family::GaussKrueger {
                    prefix: Some(prefix),
                    ..
                } => prefix == number,
                Family::GaussKrueger {
                    width: own,
                    prefix: None,
                } => number <= 0 && own == width && grid.meridian == self.meridian,
                Family::Utm { .. } => false,
            };
            meant && Frame::Projected(grid).fitting(coordinates).is_some()
        })
    }
}
