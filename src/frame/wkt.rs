//! Frames as the well-known text that GIS programs read.

use super::Frame;
use super::grid::{Family, Grid};

/// A degree in radians, as the EPSG registry writes it.
const DEGREE: &str = "0.0174532925199433";

impl Frame {
    /// The frame as well-known text, version 1, as GDAL writes it: for GeoPackage.
    ///
    /// GCJ-02 and BD-09 are no frame of any datum. They are local ones by name, which no
    /// program takes for WGS84.
    pub fn wkt(self) -> String {
        match self {
            Self::Wgs84 => with_axes(WGS84),
            Self::Cgcs2000 => with_axes(CGCS2000),
            Self::Gcj02 | Self::Bd09 => self.local(),
            Self::Projected(grid) => projected(grid),
        }
    }

    /// The frame as Esri's programs write it: for the `.prj` of a Shapefile.
    pub fn esri_wkt(self) -> String {
        match self {
            Self::Wgs84 => ESRI_WGS84.to_owned(),
            Self::Cgcs2000 => ESRI_CGCS2000.to_owned(),
            Self::Gcj02 | Self::Bd09 => self.local(),
            Self::Projected(grid) => esri_projected(grid),
        }
    }

    fn local(self) -> String {
        let name = self.name();
        format!(
            "LOCAL_CS[\"{name} (shifted, not WGS 84)\",LOCAL_DATUM[\"{name}\",32767],\
             UNIT[\"degree\",{DEGREE}],AXIS[\"Longitude\",EAST],AXIS[\"Latitude\",NORTH]]"
        )
    }
}

/// Without the axes, which a grid's own geographic part does not name.
const WGS84: &str = "GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563,\
AUTHORITY[\"EPSG\",\"7030\"]],AUTHORITY[\"EPSG\",\"6326\"]],PRIMEM[\"Greenwich\",0,\
AUTHORITY[\"EPSG\",\"8901\"]],UNIT[\"degree\",0.0174532925199433,AUTHORITY[\"EPSG\",\"9122\"]],\
AUTHORITY[\"EPSG\",\"4326\"]]";

const CGCS2000: &str = "GEOGCS[\"China Geodetic Coordinate System 2000\",DATUM[\"China_2000\",\
SPHEROID[\"CGCS2000\",6378137,298.257222101,AUTHORITY[\"EPSG\",\"1024\"]],\
AUTHORITY[\"EPSG\",\"1043\"]],PRIMEM[\"Greenwich\",0,AUTHORITY[\"EPSG\",\"8901\"]],\
UNIT[\"degree\",0.0174532925199433,AUTHORITY[\"EPSG\",\"9122\"]],AUTHORITY[\"EPSG\",\"4490\"]]";

const ESRI_WGS84: &str = "GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",\
SPHEROID[\"WGS_1984\",6378137.0,298.257223563]],PRIMEM[\"Greenwich\",0.0],\
UNIT[\"Degree\",0.0174532925199433]]";

const ESRI_CGCS2000: &str = "GEOGCS[\"GCS_China_Geodetic_Coordinate_System_2000\",\
DATUM[\"D_China_2000\",SPHEROID[\"CGCS2000\",6378137.0,298.257222101]],\
PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]";

/// A geographic frame with its axes in the registry's order, before its own code.
fn with_axes(geographic: &str) -> String {
    let at = geographic.rfind("AUTHORITY").unwrap_or(geographic.len());
    let (before, code) = geographic.split_at(at);
    format!("{before}AXIS[\"Latitude\",NORTH],AXIS[\"Longitude\",EAST],{code}")
}

fn projected(grid: Grid) -> String {
    let (geographic, axes) = match grid.family {
        Family::GaussKrueger { .. } => {
            (CGCS2000, "AXIS[\"Northing\",NORTH],AXIS[\"Easting\",EAST]")
        }
        Family::Utm { .. } => (WGS84, "AXIS[\"Easting\",EAST],AXIS[\"Northing\",NORTH]"),
    };
    let [east, north] = grid.origin();
    format!(
        "PROJCS[\"{}\",{geographic},PROJECTION[\"Transverse_Mercator\"],\
         PARAMETER[\"latitude_of_origin\",0],PARAMETER[\"central_meridian\",{}],\
         PARAMETER[\"scale_factor\",{}],PARAMETER[\"false_easting\",{east}],\
         PARAMETER[\"false_northing\",{north}],UNIT[\"metre\",1,AUTHORITY[\"EPSG\",\"9001\"]],\
         {axes},AUTHORITY[\"EPSG\",\"{}\"]]",
        grid.name(),
        grid.meridian,
        grid.scale(),
        grid.epsg(),
    )
}

fn esri_projected(grid: Grid) -> String {
    let (geographic, projection) = match grid.family {
        Family::GaussKrueger { .. } => (ESRI_CGCS2000, "Gauss_Kruger"),
        Family::Utm { .. } => (ESRI_WGS84, "Transverse_Mercator"),
    };
    let [east, north] = grid.origin();
    format!(
        "PROJCS[\"{}\",{geographic},PROJECTION[\"{projection}\"],\
         PARAMETER[\"False_Easting\",{east:.1}],PARAMETER[\"False_Northing\",{north:.1}],\
         PARAMETER[\"Central_Meridian\",{:.1}],PARAMETER[\"Scale_Factor\",{:?}],\
         PARAMETER[\"Latitude_Of_Origin\",0.0],UNIT[\"Meter\",1.0]]",
        esri_name(grid),
        f64::from(grid.meridian),
        grid.scale(),
    )
}

/// The registry's name as Esri spells it: `CGCS2000_3_Degree_GK_CM_117E`.
fn esri_name(grid: Grid) -> String {
    grid.name()
        .replace("CGCS2000 / ", "CGCS2000_")
        .replace("3-degree ", "3_Degree_")
        .replace("Gauss-Kruger", "GK")
        .replace("WGS 84 / ", "WGS_1984_")
        .replace("zone", "Zone")
        .replace(' ', "_")
}
