//! A table of typed cells, as CSV or as properties of a map.

use std::borrow::Borrow;
use std::fmt::Write as _;
use std::io::{self, Write};

use serde::ser::{Serialize, SerializeMap as _, Serializer};
use serde_json::Value;

use super::content::{in_memory, in_order};
use crate::lang::Lang;

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing: unknown, or not reachable.
    Empty,
    /// A text.
    Text(String),
    /// A whole number.
    Whole(u64),
    /// A whole number that may be negative: an id of OpenStreetMap.
    Signed(i64),
    /// A number with so many decimals.
    Decimal(f64, usize),
    /// Yes or no.
    Flag(bool),
}

impl Cell {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A text, or nothing.
    pub fn maybe_text(text: Option<impl Into<String>>) -> Self {
        text.map_or(Self::Empty, Self::text)
    }

    /// A number with so many decimals, or nothing.
    pub fn maybe(number: Option<f64>, decimals: usize) -> Self {
        number.map_or(Self::Empty, |number| Self::Decimal(number, decimals))
    }

    /// The cell as it stands in CSV.
    pub fn printed(&self) -> String {
        let mut text = String::new();
        self.append_to(&mut text);
        text
    }

    /// Adds the cell to a text, as it stands in CSV.
    fn append_to(&self, to: &mut String) {
        // Writing to a string does not fail.
        let _ = match self {
            Self::Empty => Ok(()),
            Self::Text(text) if is_formula(text) => write!(to, "'{text}"),
            Self::Text(text) => to.write_str(text),
            Self::Whole(number) => write!(to, "{number}"),
            Self::Signed(number) => write!(to, "{number}"),
            Self::Decimal(number, decimals) => decimal(to, *number, *decimals),
            Self::Flag(flag) => write!(to, "{}", u8::from(*flag)),
        };
    }

    /// The number as CSV has it; `None` where the cell is none, or no finite one.
    pub(super) fn number(&self) -> Option<f64> {
        match self {
            Self::Whole(number) => Some(*number as f64),
            Self::Signed(number) => Some(*number as f64),
            Self::Decimal(..) => self
                .printed()
                .parse()
                .ok()
                .filter(|number: &f64| number.is_finite()),
            _ => None,
        }
    }

    /// The cell in JSON: the same number as in CSV.
    pub fn json(&self) -> Value {
        match self {
            Self::Empty => Value::Null,
            Self::Text(text) => Value::from(text.as_str()),
            Self::Whole(number) => Value::from(*number),
            Self::Signed(number) => Value::from(*number),
            Self::Decimal(..) => self.number().map_or(Value::Null, Value::from),
            Self::Flag(flag) => Value::from(*flag),
        }
    }
}

/// In JSON as of [`Cell::json`].
impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Empty => to.serialize_unit(),
            Self::Text(text) => to.serialize_str(text),
            Self::Whole(number) => to.serialize_u64(*number),
            Self::Signed(number) => to.serialize_i64(*number),
            Self::Decimal(..) => self.number().serialize(to),
            Self::Flag(flag) => to.serialize_bool(*flag),
        }
    }
}

/// A number with so many decimals. Whole ones, as most shares are, need no long division.
fn decimal(to: &mut String, number: f64, decimals: usize) -> std::fmt::Result {
    const EXACT: f64 = 9e15;
    let whole = number.abs() < EXACT && (number as i64) as f64 - number == 0.0;
    if !whole || number.is_sign_negative() || decimals == 0 {
        return write!(to, "{number:.decimals$}");
    }
    write!(to, "{}.{:0<decimals$}", number as u64, "")
}

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Texts.
    Text,
    /// Whole numbers.
    Whole,
    /// Numbers with so many decimals.
    Decimal(usize),
    /// Yes or no.
    Flag,
}

/// Ends of the names of columns that hold numbers, with a unit, even where every cell is
/// empty.
const NUMBERS: [&str; 17] = [
    "_m",
    "_m2",
    "_min",
    "_share",
    "people",
    "elderly",
    "elderly_65",
    "children",
    "children_0_3",
    "children_3_6",
    "children_6_12",
    "gates_open",
    "gates_resident",
    "gates_closed",
    "people_lacking",
    "capacity",
    "tier",
];

/// Whether a spreadsheet would take a text for a formula: it stays text behind an
/// apostrophe.
fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// Columns and rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Names of the columns: ASCII, with the unit.
    pub columns: Vec<String>,
    /// One cell a column.
    pub rows: Vec<Vec<Cell>>,
}

/// A UTF-8 byte order mark: without it Excel takes 中文 for another encoding.
const MARK: &[u8] = "\u{feff}".as_bytes();

impl Table {
    /// The table as CSV: in Chinese as Excel wants it, with a byte order mark
    /// and CRLF; in English plain, with LF.
    pub fn csv(&self, lang: Lang) -> Vec<u8> {
        in_memory(|to| {
            to.write_all(&heading(&self.columns, lang))?;
            to.write_all(&lines(&self.rows, lang))
        })
    }

    /// What the cells of every column are.
    pub(super) fn kinds(&self) -> Vec<Kind> {
        let kind = |at: usize| {
            let cells = self.rows.iter().map(|row| &row[at]);
            let mut kinds = cells.filter_map(|cell| match cell {
                Cell::Empty => None,
                Cell::Text(_) => Some(Kind::Text),
                Cell::Whole(_) | Cell::Signed(_) => Some(Kind::Whole),
                Cell::Decimal(_, decimals) => Some(Kind::Decimal(*decimals)),
                Cell::Flag(_) => Some(Kind::Flag),
            });
            let number = || NUMBERS.iter().any(|end| self.columns[at].ends_with(end));
            let unknown = || {
                if number() {
                    Kind::Decimal(0)
                } else {
                    Kind::Text
                }
            };
            kinds.next().unwrap_or_else(unknown)
        };
        (0..self.columns.len()).map(kind).collect()
    }

    /// The names of the columns as members of an object.
    pub(super) fn members(&self) -> Members<'_> {
        Members::of(&self.columns)
    }
}

/// Writes rows as [`Table::csv`] does, which need not be there all at once.
pub(super) fn write_csv(
    to: &mut dyn Write,
    columns: &[String],
    (rows, row): (usize, impl Fn(usize) -> Vec<Cell> + Sync),
    lang: Lang,
) -> io::Result<()> {
    to.write_all(&heading(columns, lang))?;
    in_order(to, rows, |rows| lines(rows.map(&row), lang))
}

/// The first line of a table, behind the mark where there is one.
fn heading(columns: &[String], lang: Lang) -> Vec<u8> {
    let names = columns.iter().map(|name| Cell::text(&**name));
    let line = lines([names.collect::<Vec<Cell>>()], lang);
    match lang {
        Lang::Zh => [MARK, &line].concat(),
        Lang::En => line,
    }
}

/// Rows as lines of CSV.
fn lines(rows: impl IntoIterator<Item: Borrow<Vec<Cell>>>, lang: Lang) -> Vec<u8> {
    let terminator = match lang {
        Lang::Zh => csv::Terminator::CRLF,
        Lang::En => csv::Terminator::Any(b'\n'),
    };
    let mut bytes = Vec::new();
    let mut writer = csv::WriterBuilder::new()
        .terminator(terminator)
        .from_writer(&mut bytes);
    let mut text = String::new();
    for row in rows {
        // Writing to memory does not fail, and all rows are of one length.
        for cell in row.borrow() {
            text.clear();
            cell.append_to(&mut text);
            let _ = writer.write_field(&text);
        }
        let _ = writer.write_record(None::<&[u8]>);
    }
    let _ = writer.flush();
    drop(writer);
    bytes
}

/// The columns of a table as members of an object, in the order of their names.
pub(super) struct Members<'a> {
    /// With the place of its cell.
    names: Vec<(&'a str, usize)>,
}

impl<'a> Members<'a> {
    pub fn of(columns: &'a [String]) -> Self {
        // Of two columns of one name the later is told.
        let mut names: Vec<(&str, usize)> = columns.iter().map(String::as_str).zip(0..).collect();
        names.sort_by_key(|&(name, at)| (name, std::cmp::Reverse(at)));
        names.dedup_by_key(|(name, _)| *name);
        Self { names }
    }

    /// A row as the properties of a feature.
    pub fn with(&self, row: &'a [Cell]) -> Properties<'_> {
        Properties { of: self, row }
    }
}

/// A row as the properties of a feature.
pub(super) struct Properties<'a> {
    of: &'a Members<'a>,
    row: &'a [Cell],
}

impl Serialize for Properties<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let names = &self.of.names;
        let mut object = to.serialize_map(Some(names.len()))?;
        for &(name, at) in names {
            object.serialize_entry(name, &self.row[at])?;
        }
        object.end()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_printed_like_others() {
        let numbers = [
            0.0,
            -0.0,
            1.0,
            -3.0,
            0.5,
            1e-7,
            12_345.0,
            9e15,
            1e16,
            1e300,
            f64::NAN,
        ];
        for number in numbers {
            for decimals in [0, 1, 2, 6] {
                let printed = Cell::Decimal(number, decimals).printed();
                assert_eq!(printed, format!("{number:.decimals$}"));
            }
        }
    }

    #[test]
    fn formulas_stay_text_and_numbers_numbers() {
        let table = Table {
            columns: vec!["name".into(), "land_m2".into()],
            rows: vec![
                vec![Cell::text("=HYPERLINK(\"x\")"), Cell::Decimal(12.345, 1)],
                vec![Cell::text("湖畔, 东"), Cell::Empty],
            ],
        };
        let zh = String::from_utf8(table.csv(Lang::Zh)).unwrap();
        assert_eq!(
            zh,
            "\u{feff}name,land_m2\r\n\"'=HYPERLINK(\"\"x\"\")\",12.3\r\n\"湖畔, 东\",\r\n"
        );
        let en = String::from_utf8(table.csv(Lang::En)).unwrap();
        assert!(en.starts_with("name,") && !en.contains('\r'));
        let members = table.members();
        let told = |row: usize| serde_json::to_string(&members.with(&table.rows[row])).unwrap();
        assert_eq!(told(0), r#"{"land_m2":12.3,"name":"=HYPERLINK(\"x\")"}"#);
        assert_eq!(told(1), r#"{"land_m2":null,"name":"湖畔, 东"}"#);
    }
}
