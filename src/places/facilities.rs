//! Facilities from a table.

use std::path::Path;

use super::rows::{id, note_unknown_columns, shape, sorted, text};
use super::{Catalog, CategoryId, Facility, Origin, PlacesError, Shape};
use crate::notice::{Notice, Notices};
use crate::plane::LonLat;
use crate::table::{self, Row, Table};

const COLUMNS: [&str; 7] = [
    "id", "name", "category", "lon", "lat", "size_m2", "capacity",
];

/// How far assumed entrances are apart along a ring, in metres.
const ENTRANCE_SPACING: f64 = 50.0;

/// Reads facilities, sorted by id. One without any category of the catalog is
/// left out and counted.
///
/// # Errors
/// Where the table or one of its cells cannot be used; the message names the cell.
pub fn facilities(path: &Path, catalog: &Catalog) -> Result<(Vec<Facility>, Notices), PlacesError> {
    let (table, mut notices) = table::read(path)?;
    let facilities = from_table(&table, catalog, &mut notices)?;
    Ok((facilities, notices))
}

pub(super) fn from_table(
    table: &Table,
    catalog: &Catalog,
    notices: &mut Notices,
) -> Result<Vec<Facility>, PlacesError> {
    table.require("category")?;
    note_unknown_columns(table, &COLUMNS, notices);
    let mut facilities = Vec::with_capacity(table.rows().len());
    for row in table.rows() {
        let facility = facility(table, row, catalog, notices)?;
        facilities.push((table.address(row, None), facility));
    }
    let mut facilities = sorted(facilities, |facility| &facility.id)?;
    facilities.retain(|facility| !facility.categories.is_empty());
    Ok(facilities)
}

fn facility(
    table: &Table,
    row: &Row,
    catalog: &Catalog,
    notices: &mut Notices,
) -> Result<Facility, PlacesError> {
    let id = id(table, row)?;
    let shape = shape(table, row)?;
    let stated = table.amount(row, "size_m2")?;
    let (entrances, entrances_assumed) = entrances(&shape);
    Ok(Facility {
        name: text(table, row, "name"),
        categories: categories(table, row, catalog, notices),
        size_m2: stated.or_else(|| surface(&shape)),
        capacity: table.amount(row, "capacity")?,
        origin: Origin::Table(row.at.number()),
        entrances,
        entrances_assumed,
        id,
        shape,
    })
}

/// The categories in a cell, between `;`; ascending.
fn categories(
    table: &Table,
    row: &Row,
    catalog: &Catalog,
    notices: &mut Notices,
) -> Vec<CategoryId> {
    let cell = table.text(row, "category").unwrap_or_default();
    let mut categories = Vec::new();
    for word in cell.split([';', '；']).map(str::trim) {
        if word.is_empty() {
            continue;
        }
        match catalog.named(word) {
            Some(id) => categories.push(id),
            None => notices.note(
                Notice::UnknownCategory {
                    key: word.chars().take(60).collect(),
                    nearest: catalog.nearest_key(word).map(str::to_owned),
                },
                table.address(row, Some("category")).to_string(),
            ),
        }
    }
    if categories.is_empty() {
        notices.note(
            Notice::FacilityWithoutCategory,
            table.address(row, None).to_string(),
        );
    }
    categories.sort_unstable();
    categories.dedup();
    categories
}

/// Where a place is entered as long as nothing better is known, and whether that
/// is assumed: a point at itself, an area along its rings.
pub(super) fn entrances(shape: &Shape) -> (Vec<LonLat>, bool) {
    match shape {
        Shape::Point(place) => (vec![*place], false),
        Shape::Area(area) => (area.along_rings(ENTRANCE_SPACING), true),
    }
}

/// The surface of an area, in m².
pub(super) fn surface(shape: &Shape) -> Option<f64> {
    match shape {
        Shape::Point(_) => None,
        Shape::Area(area) => Some(area.square_metres()),
    }
}
