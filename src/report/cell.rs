//! A table of typed cells, as CSV or as properties of a map.

use serde_json::Value;

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
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => safe(text),
            Self::Whole(number) => number.to_string(),
            Self::Signed(number) => number.to_string(),
            Self::Decimal(number, decimals) => format!("{number:.decimals$}"),
            Self::Flag(flag) => u8::from(*flag).to_string(),
        }
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

/// A text that a spreadsheet would take for a formula stays text behind an
/// apostrophe.
fn safe(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
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
        csv(&self.columns, &self.rows, lang)
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

    /// A row as the properties of a feature.
    pub fn properties(&self, row: usize) -> serde_json::Map<String, Value> {
        properties(&self.columns, &self.rows[row])
    }
}

/// [`Table::csv`] of rows that need not be there all at once.
pub(super) fn csv(
    columns: &[String],
    rows: impl IntoIterator<Item: AsRef<[Cell]>>,
    lang: Lang,
) -> Vec<u8> {
    let mut bytes = Vec::new();
    if lang == Lang::Zh {
        bytes.extend_from_slice(MARK);
    }
    let terminator = match lang {
        Lang::Zh => csv::Terminator::CRLF,
        Lang::En => csv::Terminator::Any(b'\n'),
    };
    {
        let mut writer = csv::WriterBuilder::new()
            .terminator(terminator)
            .from_writer(&mut bytes);
        // Writing to memory does not fail, and all rows are of one length.
        let _ = writer.write_record(columns.iter().map(|name| safe(name)));
        for row in rows {
            let _ = writer.write_record(row.as_ref().iter().map(Cell::printed));
        }
        let _ = writer.flush();
    }
    bytes
}

/// A row as the properties of a feature.
pub(super) fn properties(columns: &[String], row: &[Cell]) -> serde_json::Map<String, Value> {
    let values = row.iter().map(Cell::json);
    columns.iter().cloned().zip(values).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

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
        assert_eq!(table.properties(0)["land_m2"], 12.3);
        assert_eq!(table.properties(1)["land_m2"], Value::Null);
    }
}
