//! Blocks from a table.

use super::headers::Role;
use super::rows::{id, note_unknown_columns, read, shape, sorted, text};
use super::{Block, BlockKind, Group, Groups, Headers, Origin, PlacesError, Shape};
use crate::notice::{Notice, Notices};
use crate::table::{BadNumber, Figure, Row, Source, Table};
use crate::units::{Land, People};

const COLUMNS: [&str; 14] = [
    "id",
    "lon",
    "lat",
    "name",
    "area_m2",
    "population",
    "elderly",
    "elderly_65",
    "children",
    "children_0_3",
    "children_3_6",
    "children_6_12",
    "community",
    "subdistrict",
];

/// Reads residential blocks, sorted by id.
///
/// # Errors
/// Where the table or one of its cells cannot be used; the message names the cell.
pub fn blocks(source: &Source, headers: &Headers) -> Result<(Vec<Block>, Notices), PlacesError> {
    let (table, mut notices) = read(source, Role::Blocks, headers)?;
    let blocks = from_table(&table, &mut notices)?;
    Ok((blocks, notices))
}

/// Reads parcels for future homes, sorted by id: blocks that are drawn as areas.
///
/// # Errors
/// As [`blocks`], and where a row is no polygon.
pub fn parcels(source: &Source, headers: &Headers) -> Result<(Vec<Block>, Notices), PlacesError> {
    let (table, mut notices) = read(source, Role::Blocks, headers)?;
    let mut rows = table.rows().iter();
    if let Some(row) = rows.find(|row| !matches!(row.figure, Some(Figure::Area(_)))) {
        return Err(PlacesError::NoArea {
            at: table.address(row, None),
        });
    }
    let parcels = from_table(&table, &mut notices)?;
    Ok((parcels, notices))
}

pub(super) fn from_table(table: &Table, notices: &mut Notices) -> Result<Vec<Block>, PlacesError> {
    note_unknown_columns(table, &COLUMNS, notices);
    let mut blocks = Vec::with_capacity(table.rows().len());
    for row in table.rows() {
        blocks.push((table.address(row, None), block(table, row, notices)?));
    }
    sorted(blocks, |block| &block.id)
}

fn block(table: &Table, row: &Row, notices: &mut Notices) -> Result<Block, PlacesError> {
    let id = id(table, row)?;
    let shape = shape(table, row)?;
    let people = |column| -> Result<Option<People>, PlacesError> {
        let Some(count) = table.amount(row, column)? else {
            return Ok(None);
        };
        match People::from_count(count) {
            Some(people) => Ok(Some(people)),
            None => Err(table.bad_number(row, column, BadNumber::TooLarge).into()),
        }
    };
    let mut groups = Groups::default();
    for group in Group::ALL {
        groups[group] = people(group.key())?;
    }
    let block = Block {
        name: text(table, row, "name"),
        land: land(table, row, &shape, notices)?,
        people: people("population")?,
        groups,
        community: text(table, row, "community"),
        subdistrict: text(table, row, "subdistrict"),
        origin: Origin::Table(row.at.number()),
        kind: BlockKind::Area,
        id,
        shape,
    };
    let more_than_all = |part: Option<People>| part > block.people && block.people.is_some();
    if block.groups.iter().any(|&part| more_than_all(part)) {
        notices.note(
            Notice::MoreThanPopulation,
            table.address(row, None).to_string(),
        );
    }
    Ok(block)
}

/// The block's land: its column, else the surface of its polygon.
fn land(
    table: &Table,
    row: &Row,
    shape: &Shape,
    notices: &mut Notices,
) -> Result<Option<Land>, PlacesError> {
    const COLUMN: &str = "area_m2";
    let stated = table.amount(row, COLUMN)?;
    let drawn = match shape {
        Shape::Point(_) => None,
        Shape::Area(area) => Some(area.square_metres()),
    };
    if let (Some(stated), Some(drawn)) = (stated, drawn)
        && (stated - drawn).abs() > 0.1 * drawn
    {
        let cell = table.address(row, Some(COLUMN)).to_string();
        notices.note(Notice::AreaDiffers, cell);
    }
    let Some(square_metres) = stated.or(drawn) else {
        notices.note(Notice::UnknownLand, table.address(row, None).to_string());
        return Ok(None);
    };
    match Land::from_square_metres(square_metres) {
        Some(land) => Ok(Some(land)),
        None => Err(table.bad_number(row, COLUMN, BadNumber::TooLarge).into()),
    }
}
