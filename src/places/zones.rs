//! Zones and the boundary of the study area.

use super::headers::Role;
use super::rows::{id, note_unknown_columns, read, sorted, text};
use super::{Headers, PlacesError, Zone};
use crate::notice::Notices;
use crate::plane::Area;
use crate::table::{self, Figure, Row, Source, Table, TableError};

/// Reads zones, sorted by id.
///
/// # Errors
/// Where the table cannot be used or a row is no polygon.
pub fn zones(source: &Source, headers: &Headers) -> Result<(Vec<Zone>, Notices), PlacesError> {
    let (table, mut notices) = read(source, Role::Zones, headers)?;
    let zones = zones_from_table(&table, &mut notices)?;
    Ok((zones, notices))
}

pub(super) fn zones_from_table(
    table: &Table,
    notices: &mut Notices,
) -> Result<Vec<Zone>, PlacesError> {
    note_unknown_columns(table, &["id", "name", "level"], notices);
    let mut zones = Vec::with_capacity(table.rows().len());
    for row in table.rows() {
        let zone = Zone {
            id: id(table, row)?,
            name: text(table, row, "name"),
            level: level(table, row)?,
            area: area(table, row)?.clone(),
        };
        zones.push((table.address(row, None), zone));
    }
    sorted(zones, |zone| &zone.id)
}

/// The zone's level; `whole` is what the study area is called in the outputs.
fn level(table: &Table, row: &Row) -> Result<Option<String>, PlacesError> {
    let level = text(table, row, "level");
    if level.as_deref() == Some("whole") {
        return Err(PlacesError::ReservedLevel {
            at: table.address(row, Some("level")),
        });
    }
    Ok(level)
}

/// Reads the study area: all polygons of the file together. Its columns are not
/// looked at.
///
/// # Errors
/// Where the table cannot be used or a row is no polygon.
pub fn boundary(source: &Source) -> Result<(Area, Notices), PlacesError> {
    let (table, notices) = table::read(source)?;
    Ok((boundary_from_table(&table)?, notices))
}

pub(super) fn boundary_from_table(table: &Table) -> Result<Area, PlacesError> {
    let mut polygons = Vec::new();
    for row in table.rows() {
        polygons.extend_from_slice(area(table, row)?.polygons());
    }
    // The order of the rows must not move the middle of the area by a bit.
    polygons.sort_by(|one, other| (&one.outer, &one.holes).cmp(&(&other.outer, &other.holes)));
    Area::new(polygons).ok_or_else(|| {
        let file = table.file().to_owned();
        TableError::NoRows { file }.into()
    })
}

fn area<'a>(table: &Table, row: &'a Row) -> Result<&'a Area, PlacesError> {
    match &row.figure {
        Some(Figure::Area(area)) => Ok(area),
        _ => Err(PlacesError::NoArea {
            at: table.address(row, None),
        }),
    }
}
