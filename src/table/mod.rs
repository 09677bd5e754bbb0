//! Tables of places: CSV and `GeoJSON`, read into the same rows.

mod csv;
mod error;
mod geojson;
mod model;

use std::path::Path;

pub use error::{BadNumber, BadPosition, BadRow, TableError};
pub use model::{Address, At, Figure, Row, Table};

use crate::notice::Notices;

/// Reads a table; the format follows from the extension (`.csv`, `.geojson`,
/// `.json`).
///
/// # Errors
/// Where the file cannot be read, is no table of a known format, has no rows, or
/// holds a geometry that is no WGS84 point or polygon.
pub fn read(path: &Path) -> Result<(Table, Notices), TableError> {
    let bytes = std::fs::read(path).map_err(|source| TableError::Read {
        file: path.display().to_string(),
        source,
    })?;
    let file = path.file_name().unwrap_or(path.as_os_str());
    parse(&file.to_string_lossy(), &bytes)
}

/// Reads a table from the bytes of a file of this name.
///
/// # Errors
/// As [`read`].
pub fn parse(file: &str, bytes: &[u8]) -> Result<(Table, Notices), TableError> {
    let extension = Path::new(file)
        .extension()
        .map(|extension| extension.to_string_lossy().to_lowercase());
    let parser = match extension.as_deref() {
        Some("csv") => csv::parse,
        Some("geojson" | "json") => geojson::parse,
        _ => {
            return Err(TableError::UnknownFormat {
                file: file.to_owned(),
            });
        }
    };
    let (table, notices) = parser(file, text(file, bytes)?)?;
    if table.rows().is_empty() {
        return Err(TableError::NoRows {
            file: file.to_owned(),
        });
    }
    Ok((table, notices))
}

/// The bytes as text, without the mark that some programs put in front.
fn text<'a>(file: &str, bytes: &'a [u8]) -> Result<&'a str, TableError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let (before, _) = bytes.split_at(error.valid_up_to());
        TableError::NotUtf8 {
            file: file.to_owned(),
            line: 1 + model::line_ends(before),
        }
    })
}
