//! Rows with named cells and a geometry.

use std::collections::HashMap;
use std::fmt;

use super::cell::CellPlace;
use super::{BadNumber, BadRow, TableError};
use crate::frame::{Frame, Misfit};
use crate::lang::{Explain, Lang};
use crate::plane::{Area, LonLat};

/// Which row of a file, counted as its reader counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum At {
    /// A line of a CSV file, from 1.
    Line(u64),
    /// A row of a sheet, from 1.
    Row(u64),
    /// A feature of a file that is drawn, from 1.
    Feature(u64),
}

impl At {
    /// The number alone.
    pub fn number(self) -> u64 {
        match self {
            Self::Line(number) | Self::Row(number) | Self::Feature(number) => number,
        }
    }
}

impl Explain for At {
    fn explain(&self, lang: Lang) -> String {
        match self {
            Self::Line(line) => lang.pick(format!("第 {line} 行"), format!("line {line}")),
            Self::Row(row) => lang.pick(format!("第 {row} 行"), format!("row {row}")),
            Self::Feature(feature) => {
                lang.pick(format!("第 {feature} 个要素"), format!("feature {feature}"))
            }
        }
    }
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.explain(Lang::En))
    }
}

/// Where something stands in a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The file's name.
    pub file: String,
    /// The row.
    pub at: At,
    /// The column, where it is a cell, as the file names it.
    pub column: Option<String>,
    /// The cell as Excel names it (`C5`), where the file is one for Excel.
    pub cell: Option<String>,
}

impl Explain for Address {
    fn explain(&self, lang: Lang) -> String {
        let row = format!(
            "{}{}{}",
            self.file,
            lang.pick(" ", ", "),
            self.at.explain(lang)
        );
        let row = match &self.column {
            None => row,
            Some(column) => lang.pick(
                format!("{row} {column} 列"),
                format!("{row}, column {column}"),
            ),
        };
        match &self.cell {
            None => row,
            Some(cell) => lang.pick(format!("{row}（{cell}）"), format!("{row} ({cell})")),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.explain(Lang::En))
    }
}

/// What a row draws on the map.
#[derive(Clone, Debug, PartialEq)]
pub enum Figure {
    /// A point.
    Point(LonLat),
    /// One or several polygons.
    Area(Area),
}

/// A row: its number, its cells that are not empty, and what it draws.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Where it stands.
    pub at: At,
    /// The `id` of a `GeoJSON` feature, beside its properties.
    pub feature_id: Option<String>,
    /// What it draws; nothing in CSV.
    pub figure: Option<Figure>,
    /// The row of a spreadsheet, from 1.
    line_of_sheet: Option<u32>,
    // By column, ascending: rows of a GeoJSON file may each have other columns.
    cells: Vec<(u32, Box<str>)>,
}

/// A table of places.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    file: String,
    frame: Frame,
    columns: Vec<String>,
    /// As the file names them, and their place in a spreadsheet.
    headers: Vec<(String, Option<u32>)>,
    by_name: HashMap<String, u32>,
    rows: Vec<Row>,
}

impl Table {
    pub(super) fn new(file: &str, frame: Frame) -> Self {
        Self {
            file: file.to_owned(),
            frame,
            headers: Vec::new(),
            columns: Vec::new(),
            by_name: HashMap::new(),
            rows: Vec::new(),
        }
    }

    pub(super) fn rename_file(&mut self, file: &str) {
        file.clone_into(&mut self.file);
    }

    pub(super) fn set_frame(&mut self, frame: Frame) {
        self.frame = frame;
    }

    /// The number of a column of this name, new or known; a new one stands there in a
    /// spreadsheet.
    pub(super) fn column(&mut self, header: &str, position: Option<u32>) -> u32 {
        let name = header.trim().to_lowercase();
        let next = self.columns.len() as u32;
        *self.by_name.entry(name).or_insert_with_key(|name| {
            self.columns.push(name.clone());
            self.headers.push((header.trim().to_owned(), position));
            next
        })
    }

    /// The number of a new column of this name.
    ///
    /// # Errors
    /// [`TableError::ColumnTwice`] where it is known.
    pub(super) fn new_column(
        &mut self,
        header: &str,
        position: Option<u32>,
    ) -> Result<u32, TableError> {
        let known = self.columns.len();
        let column = self.column(header, position);
        if (column as usize) < known {
            return Err(self.twice(column));
        }
        Ok(column)
    }

    /// A column that stands there twice.
    pub(super) fn twice(&self, column: u32) -> TableError {
        let name = self.columns.get(column as usize);
        TableError::ColumnTwice {
            file: self.file.clone(),
            column: name.cloned().unwrap_or_default(),
        }
    }

    /// Adds a row from cells in any order of their columns; empty ones are left out.
    pub(super) fn push<'a>(
        &mut self,
        at: At,
        line_of_sheet: Option<u32>,
        cells: impl IntoIterator<Item = (u32, &'a str)>,
        feature_id: Option<String>,
        figure: Option<Figure>,
    ) {
        let mut cells: Vec<(u32, Box<str>)> = cells
            .into_iter()
            .map(|(column, text)| (column, text.trim()))
            .filter(|(_, text)| !text.is_empty())
            .map(|(column, text)| (column, text.into()))
            .collect();
        cells.sort_unstable_by_key(|(column, _)| *column);
        self.rows.push(Row {
            at,
            feature_id,
            figure,
            line_of_sheet,
            cells,
        });
    }

    /// Lets a column, by its name in lower case, be known by another name.
    ///
    /// # Errors
    /// Where another column has that name already.
    pub fn rename(&mut self, column: &str, name: &str) -> Result<(), TableError> {
        if column == name {
            return Ok(());
        }
        if let Some(&other) = self.by_name.get(name) {
            return Err(self.twice(other));
        }
        if let Some(number) = self.by_name.remove(column) {
            self.by_name.insert(name.to_owned(), number);
            if let Some(own) = self.columns.get_mut(number as usize) {
                name.clone_into(own);
            }
        }
        Ok(())
    }

    /// The frame of its coordinates.
    pub fn frame(&self) -> Frame {
        self.frame
    }

    /// The file's name, without its folder.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The columns, in lower case, in the order of their first appearance.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The rows, in the order of the file.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The address of a row, or of its cell in a column.
    pub fn address(&self, row: &Row, column: Option<&str>) -> Address {
        let header = column
            .and_then(|column| self.by_name.get(column))
            .and_then(|&number| self.headers.get(number as usize));
        let place = header.and_then(|(_, position)| Some((row.line_of_sheet?, (*position)?)));
        Address {
            file: self.file.clone(),
            at: row.at,
            column: header
                .map(|(header, _)| header.clone())
                .or_else(|| column.map(str::to_owned)),
            cell: place.map(|(row, column)| CellPlace { row, column }.name()),
        }
    }

    /// The address of a row that is still being read.
    pub(super) fn place_of(&self, at: At) -> Address {
        Address {
            file: self.file.clone(),
            at,
            column: None,
            cell: None,
        }
    }

    /// The address of a cell that is still being read.
    pub(super) fn cell_of(&self, at: At, cell: CellPlace) -> Address {
        Address {
            cell: Some(cell.name()),
            ..self.place_of(at)
        }
    }

    /// The text of a cell, trimmed; `None` where it is empty or there is no such column.
    pub fn text<'a>(&self, row: &'a Row, column: &str) -> Option<&'a str> {
        let number = self.by_name.get(column)?;
        let at = row
            .cells
            .binary_search_by_key(number, |(column, _)| *column)
            .ok()?;
        row.cells.get(at).map(|(_, text)| &**text)
    }

    /// The number in a cell; `None` where it is empty.
    ///
    /// # Errors
    /// Where the cell holds no finite number in plain decimal notation.
    pub fn number(&self, row: &Row, column: &str) -> Result<Option<f64>, TableError> {
        let Some(text) = self.text(row, column) else {
            return Ok(None);
        };
        let problem = match text.parse::<f64>() {
            Ok(number) if number.is_finite() => return Ok(Some(number)),
            Ok(_) => BadNumber::NotFinite,
            Err(_) if grouped(text) => BadNumber::Grouped,
            Err(_) => BadNumber::NotANumber,
        };
        Err(self.bad_number(row, column, problem))
    }

    /// As [`Self::number`], for figures that cannot be below zero.
    ///
    /// # Errors
    /// As [`Self::number`], and where the number is negative.
    pub fn amount(&self, row: &Row, column: &str) -> Result<Option<f64>, TableError> {
        match self.number(row, column)? {
            Some(number) if number < 0.0 => Err(self.bad_number(row, column, BadNumber::Negative)),
            amount => Ok(amount),
        }
    }

    /// An error about the number in a cell.
    pub fn bad_number(&self, row: &Row, column: &str, problem: BadNumber) -> TableError {
        TableError::Row {
            at: self.address(row, Some(column)),
            problem: BadRow::Number {
                value: self.text(row, column).unwrap_or_default().to_owned(),
                problem,
            },
        }
    }

    /// The place in the columns `lon` and `lat`; `None` where both are empty.
    ///
    /// # Errors
    /// Where one is empty or no number, or the pair is no place of the file's frame.
    pub fn lon_lat(&self, row: &Row) -> Result<Option<LonLat>, TableError> {
        match (self.number(row, "lon")?, self.number(row, "lat")?) {
            (None, None) => Ok(None),
            (None, Some(_)) => Err(self.half_a_place(row, "lon")),
            (Some(_), None) => Err(self.half_a_place(row, "lat")),
            (Some(lon), Some(lat)) => place(self.frame, lon, lat).map(Some).map_err(|problem| {
                let column = if self.frame.in_metres() || (-180.0..=180.0).contains(&lon) {
                    "lat"
                } else {
                    "lon"
                };
                TableError::Row {
                    at: self.address(row, Some(column)),
                    problem: BadRow::Position { lon, lat, problem },
                }
            }),
        }
    }

    fn half_a_place(&self, row: &Row, missing: &str) -> TableError {
        match self.require(missing) {
            Err(no_column) => no_column,
            Ok(()) => self.bad_number(row, missing, BadNumber::Missing),
        }
    }

    /// Checks that a column is there.
    ///
    /// # Errors
    /// Names the missing column and those that are there.
    pub fn require(&self, column: &str) -> Result<(), TableError> {
        if self.by_name.contains_key(column) {
            return Ok(());
        }
        Err(TableError::MissingColumn {
            file: self.file.clone(),
            column: column.to_owned(),
            present: self.columns.clone(),
        })
    }
}

/// The place of coordinates in a frame, or what is wrong with the pair.
pub(super) fn place(frame: Frame, x: f64, y: f64) -> Result<LonLat, Misfit> {
    let [lon, lat] = frame.place([x, y])?;
    LonLat::from_degrees(lon, lat).ok_or(Misfit::OutOfRange)
}

/// Whether a text is a number once its separators of thousands are taken out.
fn grouped(text: &str) -> bool {
    let plain: String = text
        .chars()
        .filter(|c| !matches!(c, ',' | '，' | ' ' | '\u{a0}' | '\u{202f}' | '\'' | '_'))
        .collect();
    plain.len() < text.len() && plain.parse::<f64>().is_ok()
}
