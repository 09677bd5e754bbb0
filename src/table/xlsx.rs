//! Workbooks of Excel: one sheet, its first row with a value names the columns.

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};

use super::cell::CellPlace;
use super::model::{At, Table};
use super::records::Records;
use super::{BadRow, TableError};
use crate::notice::Notices;

pub(super) fn parse(
    mut table: Table,
    part: Option<&str>,
    bytes: &[u8],
) -> Result<(Table, Notices), TableError> {
    let broken = |file: &str, detail: String| TableError::Workbook {
        file: file.to_owned(),
        detail,
    };
    let mut book =
        Xlsx::new(Cursor::new(bytes)).map_err(|error| broken(table.file(), error.to_string()))?;
    let sheets = book.sheet_names();
    let sheet = match part {
        None => sheets.first().cloned(),
        Some(part) => sheets.iter().find(|sheet| *sheet == part).cloned(),
    };
    let Some(sheet) = sheet else {
        return Err(TableError::NoPart {
            file: table.file().to_owned(),
            part: part.unwrap_or_default().to_owned(),
            present: sheets,
        });
    };
    let range = book
        .worksheet_range(&sheet)
        .map_err(|error| broken(table.file(), error.to_string()))?;
    if part.is_some() {
        table.rename_file(&format!("{}#{sheet}", table.file()));
    }
    let Some((first_row, first_column)) = range.start() else {
        return Ok((table, Notices::default()));
    };
    let mut records = Records::new(table);
    for (row, cells) in (first_row + 1..).zip(range.rows()) {
        let at = At::Row(u64::from(row));
        let mut texts = Vec::with_capacity(cells.len());
        for (column, cell) in (first_column..).zip(cells) {
            let text = text(cell).map_err(|value| TableError::Row {
                at: records.table.cell_of(at, CellPlace { row, column }),
                problem: BadRow::Formula(value),
            })?;
            texts.push(text);
        }
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let column = first_column;
        records.add(at, CellPlace { row, column }, &texts)?;
    }
    Ok((records.table, records.notices))
}

/// A value as it would stand in a cell of CSV; an error of a formula as such.
fn text(cell: &Data) -> Result<String, String> {
    Ok(match cell {
        Data::Empty => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::Bool(flag) => flag.to_string(),
        Data::DateTime(moment) => moment.as_f64().to_string(),
        Data::Error(error) => return Err(error.to_string()),
    })
}
