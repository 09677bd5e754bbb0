//! Cells as a Shapefile holds them: a table of dBase III, in UTF-8.

use std::collections::BTreeSet;

use crate::report::cell::Kind;
use crate::report::{Cell, Table};

/// The widest text, in bytes.
const WIDEST: usize = 254;

/// The most fields that every program reads.
const MOST_FIELDS: usize = 255;

/// The longest name, in bytes.
const LONGEST_NAME: usize = 10;

/// A field, and the column that it is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Field {
    pub name: String,
    /// `C` text, `N` number. Yes and no are 1 and 0: few programs read `L`.
    pub kind: char,
    pub width: usize,
    pub decimals: usize,
    /// How many texts were longer than the field.
    pub cut: usize,
}

/// The fields of a table, one a column. Beyond the most fields there is none.
pub(super) fn fields(table: &Table) -> Vec<Option<Field>> {
    let names = names(&table.columns);
    let kinds = table.kinds();
    let columns = names.into_iter().zip(kinds).enumerate();
    columns
        .map(|(at, (name, kind))| (at < MOST_FIELDS).then(|| field(table, at, name, kind)))
        .collect()
}

fn field(table: &Table, at: usize, name: String, kind: Kind) -> Field {
    let cells = || table.rows.iter().map(|row| &row[at]);
    let widest = cells().map(|cell| shown(cell).len()).max().unwrap_or(0);
    let (kind, decimals) = match kind {
        Kind::Text => ('C', 0),
        Kind::Whole | Kind::Flag => ('N', 0),
        Kind::Decimal(decimals) => ('N', decimals),
    };
    let texts = cells().filter(|cell| kind == 'C' && shown(cell).len() > WIDEST);
    Field {
        name,
        kind,
        width: widest.clamp(1, WIDEST),
        decimals,
        cut: texts.count(),
    }
}

/// Names of at most ten bytes, each once whatever its capitals: the column's own where
/// it is short and plain, else its beginning and its number.
fn names(columns: &[String]) -> Vec<String> {
    let plain = |letter: &char| letter.is_ascii_alphanumeric() || *letter == '_';
    // What looks like a beginning and a number might be that of another column.
    let numbered = |column: &str| {
        let end = column.rsplit('_').next().unwrap_or_default();
        end.len() == 3 && end.bytes().all(|byte| byte.is_ascii_digit())
    };
    let mut taken = BTreeSet::new();
    let columns = columns.iter().enumerate();
    columns
        .map(|(at, column)| {
            let own = column.len() <= LONGEST_NAME && column.chars().all(|letter| plain(&letter));
            if own && !numbered(column) && taken.insert(column.to_lowercase()) {
                return column.clone();
            }
            let start: String = column.chars().filter(plain).take(6).collect();
            format!("{}_{:03}", start.trim_end_matches('_'), at + 1)
        })
        .collect()
}

/// A cell as its field has it; nothing where it is not known.
fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        // Readers end a text at its first zero byte.
        Cell::Text(text) => text.replace('\0', " "),
        Cell::Whole(number) => number.to_string(),
        Cell::Signed(number) => number.to_string(),
        Cell::Decimal(number, decimals) => format!("{number:.decimals$}"),
        Cell::Flag(flag) => u8::from(*flag).to_string(),
    }
}

/// A text of at most so many bytes, cut between two characters.
fn cut(text: &str, width: usize) -> &str {
    let end = (0..=width.min(text.len()))
        .rev()
        .find(|&end| text.is_char_boundary(end));
    &text[..end.unwrap_or(0)]
}

/// The file. Its header names no day of change: the same input gives the same bytes.
pub(super) fn file(table: &Table, fields: &[Option<Field>]) -> Vec<u8> {
    let known: Vec<(usize, &Field)> = fields
        .iter()
        .enumerate()
        .filter_map(|(at, field)| Some((at, field.as_ref()?)))
        .collect();
    let record = 1 + known.iter().map(|(_, field)| field.width).sum::<usize>();
    // dBase III; 1970-01-01.
    let mut bytes = vec![3, 70, 1, 1];
    bytes.extend((table.rows.len() as u32).to_le_bytes());
    bytes.extend((32 * (known.len() as u16 + 1) + 1).to_le_bytes());
    bytes.extend((record as u16).to_le_bytes());
    bytes.extend([0; 20]);
    for (_, field) in &known {
        let mut name = [0; 11];
        name[..field.name.len()].copy_from_slice(field.name.as_bytes());
        bytes.extend(name);
        bytes.push(field.kind as u8);
        bytes.extend([0; 4]);
        bytes.extend([field.width as u8, field.decimals as u8]);
        bytes.extend([0; 14]);
    }
    bytes.push(0x0d);
    for row in &table.rows {
        bytes.push(b' ');
        for &(at, field) in &known {
            let text = shown(&row[at]);
            let text = cut(&text, field.width);
            let blank = vec![b' '; field.width - text.len()];
            if field.kind == 'N' {
                bytes.extend(blank.into_iter().chain(text.bytes()));
            } else {
                bytes.extend(text.bytes().chain(blank));
            }
        }
    }
    bytes.push(0x1a);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_and_are_distinct() {
        let columns = [
            "block",
            "unlinked_samples",
            "unlinked_reason",
            "zone_街道",
            "land_m2",
            "Block",
            "zone_004",
            "a \"b\"",
        ];
        let found = names(&columns.map(str::to_owned));
        assert_eq!(
            found,
            [
                "block",
                "unlink_002",
                "unlink_003",
                "zone_004",
                "land_m2",
                "Block_006",
                "zone_0_007",
                "ab_008"
            ]
        );
    }

    #[test]
    fn texts_are_cut_between_characters() {
        assert_eq!(cut("街坊", 5), "街");
        assert_eq!(cut("街坊", 6), "街坊");
        assert_eq!(cut("街坊", 2), "");
        let table = Table {
            columns: vec!["name".into()],
            rows: vec![vec![Cell::text("街".repeat(85))], vec![Cell::Empty]],
        };
        let fields = fields(&table);
        let field = fields[0].as_ref();
        assert!(field.is_some_and(|field| field.width == 254 && field.cut == 1));
        // Header, one field, its end, two records of 255 bytes, the end.
        assert_eq!(file(&table, &fields).len(), 32 + 32 + 1 + 2 * 255 + 1);
    }
}
