//! What all tables of places have in common.

use super::headers::{Headers, Role};
use super::{PlacesError, Shape};
use crate::notice::{Notice, Notices};
use crate::table::{self, Address, Figure, Row, Source, Table};

/// Reads a table whose columns have the names of the program.
pub(super) fn read(
    source: &Source,
    role: Role,
    headers: &Headers,
) -> Result<(Table, Notices), PlacesError> {
    let (mut table, notices) = table::read(source)?;
    headers.name(&mut table, role)?;
    Ok((table, notices))
}

/// Notes every column that no reader of this kind of table knows.
pub(super) fn note_unknown_columns(table: &Table, known: &[&str], notices: &mut Notices) {
    for column in table.columns() {
        if !known.contains(&column.as_str()) {
            notices.note(Notice::UnknownColumn(column.clone()), table.file());
        }
    }
}

/// The row's id: its column, else the feature's own.
pub(super) fn id(table: &Table, row: &Row) -> Result<String, PlacesError> {
    table
        .text(row, "id")
        .or(row.feature_id.as_deref())
        .map(str::to_owned)
        .ok_or_else(|| PlacesError::NoId {
            at: table.address(row, None),
        })
}

/// Where the row lies: its geometry, else its columns `lon` and `lat`.
pub(super) fn shape(table: &Table, row: &Row) -> Result<Shape, PlacesError> {
    match &row.figure {
        Some(Figure::Point(place)) => Ok(Shape::Point(*place)),
        Some(Figure::Area(area)) => Ok(Shape::Area(area.clone())),
        None => match table.lon_lat(row)? {
            Some(place) => Ok(Shape::Point(place)),
            None => Err(no_place(table, row)),
        },
    }
}

/// A table in which nothing is drawn lacks columns; in another the row lacks a place.
fn no_place(table: &Table, row: &Row) -> PlacesError {
    if table.rows().iter().all(|row| row.figure.is_none())
        && let Err(error) = table.require("lon").and_then(|()| table.require("lat"))
    {
        return error.into();
    }
    PlacesError::NoPlace {
        at: table.address(row, None),
    }
}

/// A text that a row may lack.
pub(super) fn text(table: &Table, row: &Row, column: &str) -> Option<String> {
    table.text(row, column).map(str::to_owned)
}

/// Sorts places by id and refuses an id that stands twice.
pub(super) fn sorted<T>(
    mut places: Vec<(Address, T)>,
    id: impl Fn(&T) -> &str,
) -> Result<Vec<T>, PlacesError> {
    places.sort_by(|(at, one), (other_at, other)| (id(one), at.at).cmp(&(id(other), other_at.at)));
    let twice = places.windows(2).find_map(|pair| match pair {
        [(first, one), (second, other)] if id(one) == id(other) => Some(PlacesError::DuplicateId {
            id: id(one).to_owned(),
            at: first.clone(),
            again: second.at,
        }),
        _ => None,
    });
    match twice {
        Some(error) => Err(error),
        None => Ok(places.into_iter().map(|(_, place)| place).collect()),
    }
}
