//! Facilities from a table.

use super::headers::Role;
use super::rows::{id, note_unknown_columns, read, shape, sorted, text};
use super::{Catalog, CategoryId, Facility, Headers, Origin, PlacesError, Shape, Size};
use crate::notice::{Notice, Notices};
use crate::plane::LonLat;
use crate::table::{BadNumber, Row, Source, Table};
use crate::units::Land;

const COLUMNS: [&str; 11] = [
    "id", "name", "category", "lon", "lat", "size_m2", "floor_m2", "land_m2", "beds", "capacity",
    "class",
];

/// How far assumed entrances are apart along a ring, in metres.
const ENTRANCE_SPACING: f64 = 50.0;

/// Reads facilities, sorted by id. One without any category of the catalog is
/// left out and counted.
///
/// # Errors
/// Where the table or one of its cells cannot be used; the message names the cell.
pub fn facilities(
    source: &Source,
    headers: &Headers,
    catalog: &Catalog,
) -> Result<(Vec<Facility>, Notices), PlacesError> {
    let (table, mut notices) = read(source, Role::Facilities, headers)?;
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
    let (entrances, entrances_assumed) = entrances(&shape);
    Ok(Facility {
        name: text(table, row, "name"),
        categories: categories(table, row, catalog, notices),
        size: size(table, row, &shape)?,
        origin: Origin::Table(row.at.number()),
        entrances,
        entrances_assumed,
        id,
        shape,
    })
}

fn size(table: &Table, row: &Row, shape: &Shape) -> Result<Size, PlacesError> {
    let drawn = Size::of_shape(shape);
    let beds = whole(table, row, "beds")?;
    Ok(Size {
        area: land(table, row, "size_m2")?,
        floor: land(table, row, "floor_m2")?,
        land: land(table, row, "land_m2")?.or(drawn.land),
        beds,
        capacity: table.amount(row, "capacity")?,
        class: text(table, row, "class"),
    })
}

/// Square metres in a cell.
fn land(table: &Table, row: &Row, column: &str) -> Result<Option<Land>, PlacesError> {
    let Some(square_metres) = table.amount(row, column)? else {
        return Ok(None);
    };
    match Land::from_square_metres(square_metres) {
        Some(land) => Ok(Some(land)),
        None => Err(table.bad_number(row, column, BadNumber::TooLarge).into()),
    }
}

/// A whole number in a cell.
fn whole(table: &Table, row: &Row, column: &str) -> Result<Option<u32>, PlacesError> {
    match table.amount(row, column)? {
        None => Ok(None),
        Some(number) if number.fract() == 0.0 && number <= f64::from(u32::MAX) => {
            Ok(Some(number as u32))
        }
        Some(_) => Err(table.bad_number(row, column, BadNumber::NotWhole).into()),
    }
}

/// What may stand between categories: no name of one holds any of them.
const BETWEEN: [char; 8] = [';', '；', ',', '，', '、', '/', '／', '|'];

/// The categories in a cell; ascending.
fn categories(
    table: &Table,
    row: &Row,
    catalog: &Catalog,
    notices: &mut Notices,
) -> Vec<CategoryId> {
    let cell = table.text(row, "category").unwrap_or_default();
    let mut categories = Vec::new();
    for word in cell.split(BETWEEN).map(str::trim) {
        if word.is_empty() {
            continue;
        }
        let known = catalog.all_named(word);
        if known.is_empty() {
            notices.note(
                Notice::UnknownCategory {
                    key: word.chars().take(60).collect(),
                    nearest: catalog.nearest_word(word).map(str::to_owned),
                },
                table.address(row, Some("category")).to_string(),
            );
        }
        categories.extend(known);
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
pub fn entrances(shape: &Shape) -> (Vec<LonLat>, bool) {
    match shape {
        Shape::Point(place) => (vec![*place], false),
        Shape::Area(area) => (area.along_rings(ENTRANCE_SPACING), true),
    }
}
