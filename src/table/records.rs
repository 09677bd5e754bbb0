//! Rows of cells under a row of names, whatever file they come from.

use super::cell::CellPlace;
use super::model::{At, Table};
use super::{BadRow, TableError};
use crate::notice::{Notice, Notices};

/// A table in the making: the first record with a value names the columns.
pub(super) struct Records {
    pub table: Table,
    pub notices: Notices,
    /// The number of each column; none for a column without a name.
    columns: Option<Vec<Option<u32>>>,
}

impl Records {
    pub(super) fn new(table: Table) -> Self {
        Self {
            table,
            notices: Notices::default(),
            columns: None,
        }
    }

    /// Adds a record that stands in this row of a spreadsheet.
    pub(super) fn add(
        &mut self,
        at: At,
        cell: CellPlace,
        cells: &[&str],
    ) -> Result<(), TableError> {
        let Some(columns) = &self.columns else {
            self.columns = Some(header(&mut self.table, cell, cells)?);
            return Ok(());
        };
        let place = || format!("{}, {at}", self.table.file());
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            self.notices.note(Notice::EmptyRows, place());
            return Ok(());
        }
        if cells.len() != columns.len() {
            return Err(TableError::Row {
                at: self.table.place_of(at),
                problem: BadRow::Fields {
                    found: cells.len(),
                    expected: columns.len(),
                },
            });
        }
        let mut pairs = columns.iter().zip(cells);
        if pairs.any(|(column, cell)| column.is_none() && !cell.trim().is_empty()) {
            self.notices.note(Notice::UnnamedColumn, place());
        }
        let pairs = columns.iter().zip(cells);
        let named = pairs.filter_map(|(column, cell)| Some(((*column)?, *cell)));
        self.table.push(at, Some(cell.row), named, None, None);
        Ok(())
    }
}

fn header(
    table: &mut Table,
    cell: CellPlace,
    cells: &[&str],
) -> Result<Vec<Option<u32>>, TableError> {
    let mut columns = Vec::with_capacity(cells.len());
    for (position, name) in (cell.column..).zip(cells) {
        if name.trim().is_empty() {
            columns.push(None);
            continue;
        }
        columns.push(Some(table.new_column(name, Some(position))?));
    }
    Ok(columns)
}
