//! Tables of places: CSV, workbooks, `GeoJSON`, GeoPackages, Shapefiles, read into the same rows.

mod cell;
mod csv;
mod dbf;
mod drawn;
mod encoding;
mod error;
mod geojson;
mod geopackage;
mod model;
mod records;
mod shapefile;
mod source;
mod words;
mod xlsx;

use std::path::Path;

pub use error::{BadNumber, BadRow, TableError};
pub use model::{Address, At, Figure, Row, Table};
pub use source::Source;
pub use words::folded;

use crate::frame::Frame;
use crate::notice::{Notice, Notices};
use crate::plane::LonLat;

/// Reads a table; the format follows from the extension (`.csv`, `.xlsx`, `.geojson`,
/// `.json`, `.gpkg`, `.shp`).
///
/// # Errors
/// Where the file cannot be read, is no table of a known format, has no rows, or
/// holds a geometry that is no point or polygon of its frame.
pub fn read(source: &Source) -> Result<(Table, Notices), TableError> {
    let bytes = |path: &Path| {
        std::fs::read(path).map_err(|error| TableError::Read {
            file: path.display().to_string(),
            source: error,
        })
    };
    let own = bytes(&source.path)?;
    if source.extension() == "gpkg" && has_log(&source.path) {
        let file = source.name();
        return Err(TableError::Unsaved { file });
    }
    if source.extension() != "shp" {
        return parse_as(&source.name(), source.part.as_deref(), source.frame, &own);
    }
    let beside = |ending: &str| source.beside(ending).map(|path| bytes(&path)).transpose();
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    let parts = shapefile::Parts {
        shapes: own,
        cells: beside("dbf")?,
        frame: beside("prj")?.map(text),
        letters: beside("cpg")?.map(text),
    };
    let table = Table::new(&source.name(), source.frame.unwrap_or_default());
    let (table, notices) = shapefile::parse(table, source.frame, &parts)?;
    finished(table, notices)
}

/// A line of a file, with its address and its name.
pub type NamedLine = (Address, Option<String>, Vec<LonLat>);

/// Reads the lines of a `GeoJSON` file; of a line of several parts each part.
///
/// # Errors
/// Where the file cannot be read, is no `GeoJSON`, or holds anything but lines.
pub fn lines(source: &Source) -> Result<Vec<NamedLine>, TableError> {
    let file = source.name();
    if !["geojson", "json"].contains(&source.extension().as_str()) {
        return Err(TableError::NotGeoJson {
            found: source.extension(),
            file,
        });
    }
    let bytes = std::fs::read(&source.path).map_err(|error| TableError::Read {
        file: source.path.display().to_string(),
        source: error,
    })?;
    let text = text(&file, &bytes, &mut Notices::default())?;
    let lines = geojson::lines(&file, source.frame, &text)?;
    if lines.is_empty() {
        return Err(TableError::NoRows { file });
    }
    Ok(lines)
}

/// Whether a database has a log beside it that holds anything.
fn has_log(path: &Path) -> bool {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    std::fs::metadata(log).is_ok_and(|log| log.len() > 0)
}

/// Reads a table from the bytes of a file of this name, in the frame that it names itself.
///
/// # Errors
/// As [`read`].
pub fn parse(file: &str, bytes: &[u8]) -> Result<(Table, Notices), TableError> {
    parse_as(file, None, None, bytes)
}

/// The same where a part of the file or a frame is asked for.
pub(crate) fn parse_as(
    file: &str,
    part: Option<&str>,
    asked: Option<Frame>,
    bytes: &[u8],
) -> Result<(Table, Notices), TableError> {
    let extension = Path::new(file)
        .extension()
        .map(|extension| extension.to_string_lossy().to_lowercase());
    let table = Table::new(file, asked.unwrap_or_default());
    let mut noted = Notices::default();
    let (table, notices) = match extension.as_deref() {
        Some("csv") => csv::parse(table, &text(file, bytes, &mut noted)?)?,
        Some("gpkg") => geopackage::parse(table, part, asked, bytes)?,
        Some("xlsx") => xlsx::parse(table, part, bytes)?,
        Some("geojson" | "json") => geojson::parse(table, asked, &text(file, bytes, &mut noted)?)?,
        _ => {
            return Err(TableError::UnknownFormat {
                file: file.to_owned(),
            });
        }
    };
    noted.absorb(notices);
    finished(table, noted)
}

/// What all formats have in common: there are rows, and odd polygons are told.
fn finished(table: Table, mut notices: Notices) -> Result<(Table, Notices), TableError> {
    if table.rows().is_empty() {
        return Err(TableError::NoRows {
            file: table.file().to_owned(),
        });
    }
    note_tangled(&table, &mut notices);
    Ok((table, notices))
}

fn note_tangled(table: &Table, notices: &mut Notices) {
    for row in table.rows() {
        if matches!(&row.figure, Some(Figure::Area(area)) if !area.is_simple()) {
            let address = table.address(row, None).to_string();
            notices.note(Notice::TangledPolygon, address);
        }
    }
}

/// The bytes as text, without the mark that some programs put in front.
fn text<'a>(
    file: &str,
    bytes: &'a [u8],
    notices: &mut Notices,
) -> Result<std::borrow::Cow<'a, str>, TableError> {
    let (text, gb18030) = encoding::text(bytes).map_err(|unreadable| TableError::NotUtf8 {
        file: file.to_owned(),
        line: unreadable.line,
    })?;
    if gb18030 {
        notices.note(Notice::Gb18030, file);
    }
    Ok(text)
}

/// The frame of a file: that which it names, else that which was asked for, else WGS84.
fn settled(file: &str, asked: Option<Frame>, named: Option<Frame>) -> Result<Frame, TableError> {
    Frame::settled(asked, named).map_err(|[asked, named]| TableError::Contradiction {
        file: file.to_owned(),
        asked,
        named,
    })
}
