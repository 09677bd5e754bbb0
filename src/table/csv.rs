//! CSV: a line of column names, then rows.

use csv::{Reader, ReaderBuilder, StringRecord};

use super::TableError;
use super::cell::CellPlace;
use super::encoding::line_ends;
use super::model::{At, Table};
use super::records::Records;
use crate::notice::Notices;

/// Lines counted along the bytes, because the reader's own count stands at the
/// empty lines before a record.
struct Lines<'a> {
    bytes: &'a [u8],
    done: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line at which the record that was read from this byte on begins.
    fn at(&mut self, start: u64) -> u64 {
        let start = usize::try_from(start).unwrap_or(usize::MAX);
        let skipped = self
            .bytes
            .get(start..)
            .unwrap_or_default()
            .iter()
            .take_while(|byte| matches!(byte, b'\n' | b'\r'))
            .count();
        let begin = start + skipped;
        self.line += line_ends(self.bytes.get(self.done..begin).unwrap_or_default());
        self.done = begin;
        self.line
    }
}

pub(super) fn parse(table: Table, text: &str) -> Result<(Table, Notices), TableError> {
    let (told, text) = separator_line(text);
    let delimiter = match told {
        Some(told) => told,
        None => delimiter(table.file(), text)?,
    };
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut lines = Lines {
        bytes: text.as_bytes(),
        done: 0,
        line: 1,
    };
    let mut records = Records::new(table);
    let mut record = StringRecord::new();
    // Ends of lines inside cells, which a spreadsheet does not count.
    let mut inside = 0;
    while let Some(line) = next(&mut reader, &mut record, &mut lines, records.table.file())? {
        let cells: Vec<&str> = record.iter().collect();
        let row = u32::try_from(line - inside).unwrap_or(u32::MAX);
        records.add(At::Line(line), CellPlace { row, column: 0 }, &cells)?;
        inside += cells
            .iter()
            .map(|cell| line_ends(cell.as_bytes()))
            .sum::<u64>();
    }
    Ok((records.table, records.notices))
}

/// Excel's own first line, `sep=;`, which names what separates the columns, and what comes
/// after it: from the end of that line on, so that lines keep their numbers.
fn separator_line(text: &str) -> (Option<u8>, &str) {
    let first = text.lines().next().unwrap_or_default();
    match first.as_bytes() {
        [name @ .., told @ (b',' | b';' | b'\t')] if name.eq_ignore_ascii_case(b"sep=") => {
            (Some(*told), &text[first.len()..])
        }
        _ => (None, text),
    }
}

/// What separates the columns: of comma, semicolon and tab that which stands most often in
/// the first line, outside quotes.
fn delimiter(file: &str, text: &str) -> Result<u8, TableError> {
    let first = text.lines().find(|line| !line.trim().is_empty());
    let mut quoted = false;
    let mut seen = [0_usize; 3];
    let mut wide = None;
    for letter in first.unwrap_or_default().chars() {
        quoted ^= letter == '"';
        match letter {
            _ if quoted => {}
            ',' => seen[0] += 1,
            ';' => seen[1] += 1,
            '\t' => seen[2] += 1,
            '，' | '；' | '、' | '|' => wide = wide.or(Some(letter)),
            _ => {}
        }
    }
    match (seen, wide) {
        ([0, 0, 0], Some(found)) => Err(TableError::Separator {
            file: file.to_owned(),
            found,
        }),
        ([comma, semicolon, tab], _) if semicolon > comma && semicolon >= tab => Ok(b';'),
        ([comma, _, tab], _) if tab > comma => Ok(b'\t'),
        _ => Ok(b','),
    }
}

/// Reads the next record and gives the line on which it begins.
fn next(
    reader: &mut Reader<&[u8]>,
    record: &mut StringRecord,
    lines: &mut Lines,
    file: &str,
) -> Result<Option<u64>, TableError> {
    let start = reader.position().byte();
    let more = reader
        .read_record(record)
        .map_err(|error| TableError::Csv {
            file: file.to_owned(),
            detail: error.to_string(),
        })?;
    Ok(more.then(|| lines.at(start)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::notice::Notice;
    use crate::table;

    fn parsed(text: &[u8]) -> (Table, Notices) {
        table::parse("blocks.csv", text).unwrap()
    }

    fn refused(text: &[u8]) -> String {
        table::parse("blocks.csv", text).unwrap_err().to_string()
    }

    #[test]
    fn names_are_trimmed_and_without_case_and_the_mark_is_no_name() {
        let (table, notices) = parsed("\u{feff} ID ,Name\r\n 007 ,\"湖滨, 一里\"\r\n".as_bytes());
        assert_eq!(table.columns(), ["id", "name"]);
        let row = &table.rows()[0];
        assert_eq!(table.text(row, "id"), Some("007"));
        assert_eq!(table.text(row, "name"), Some("湖滨, 一里"));
        assert_eq!(table.text(row, "area_m2"), None);
        assert!(notices.is_empty());
    }

    #[test]
    fn lines_are_counted_as_an_editor_counts_them() {
        for ending in ["\n", "\r\n", "\r"] {
            let text = [
                "", "id,name", "", "a,\"two", "lines\"", "", "", "b,x", ",", "c,y",
            ]
            .join(ending);
            let (table, notices) = parsed(text.as_bytes());
            let lines: Vec<u64> = table.rows().iter().map(|row| row.at.number()).collect();
            assert_eq!(lines, [4, 8, 10], "{ending:?}");
            assert_eq!(notices.count(&Notice::EmptyRows), 1);
            let (_, seen) = notices.iter().next().unwrap();
            assert_eq!(seen.example, "blocks.csv, line 9");
        }
    }

    #[test]
    fn what_is_no_table_is_refused_with_its_line() {
        let latin = refused(b"id,name\na,ok\nb,Ca\xf1on \xe9ste\n");
        assert!(latin.contains("blocks.csv, line 3"), "{latin}");
        assert!(latin.contains("CSV UTF-8"), "{latin}");
        let short = refused(b"id,name,lon\na,b,1\n\nc,d\n");
        assert!(short.contains("line 4") && short.contains('2') && short.contains('3'));
        assert!(refused("id，name\na，b\n".as_bytes()).contains("'，'"));
        assert!(refused(b"id,Name, NAME \n1,2,3\n").contains("'name'"));
        for empty in ["", "id,name\n", "id,name\n,\n"] {
            assert!(refused(empty.as_bytes()).contains("no rows"), "{empty:?}");
        }
    }

    #[test]
    fn letters_and_separators_are_found_out() {
        let text = "编号,名称\r\n1,\"湖滨, 一里\"\r\n";
        let plain = parsed(text.as_bytes());
        assert!(plain.1.is_empty());
        let (gb18030, _, _) = encoding_rs::GB18030.encode(text);
        let (table, notices) = parsed(&gb18030);
        assert_eq!(table, plain.0);
        let (_, seen) = notices.iter().next().unwrap();
        assert_eq!(
            (notices.count(&Notice::Gb18030), &*seen.example),
            (1, "blocks.csv")
        );
        let mut utf16 = vec![0xff, 0xfe];
        utf16.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(parsed(&utf16).0, plain.0);
        for text in [
            "编号;名称\n1;\"湖滨, 一里\"\n",
            "编号\t名称\n1\t湖滨, 一里\n",
        ] {
            assert_eq!(parsed(text.as_bytes()).0, plain.0);
        }
        let (told, _) = parsed("\u{feff}sep=;\r\n编号;名称\r\n1;\"湖滨, 一里\"\r\n".as_bytes());
        let name = |table: &Table| table.text(&table.rows()[0], "名称").map(str::to_owned);
        assert_eq!(name(&told).as_deref(), Some("湖滨, 一里"));
        assert_eq!(told.rows()[0].at, At::Line(3));
    }

    #[test]
    fn cells_have_the_names_that_excel_gives_them() {
        let wide: Vec<String> = (0..30).map(|column| format!("c{column}")).collect();
        let text = format!(
            "{}\n\"two\nlines\"{}\n\n{}1,234\n",
            wide.join(","),
            ",".repeat(29),
            ",".repeat(29)
        );
        let text = text.replace("1,234", "\"1,234\"");
        let (table, _) = parsed(text.as_bytes());
        let error = table
            .number(&table.rows()[1], "c29")
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("blocks.csv, line 5, column c29 (AD4)"),
            "{error}"
        );
    }

    #[test]
    fn cells_under_no_name_are_counted() {
        let (table, notices) = parsed(b"id,,\n1,,\n2,x,\n");
        assert_eq!(table.columns(), ["id"]);
        assert_eq!(table.rows().len(), 2);
        assert_eq!(notices.count(&Notice::UnnamedColumn), 1);
    }

    #[test]
    fn numbers_are_plain_and_finite() {
        let (table, _) = parsed(
            "id,v\n1,12.5\n2,\"1,200\"\n3,NaN\n4,-inf\n5,twelve\n6,-3\n7,1e400\n8,1 200\n9,\n"
                .as_bytes(),
        );
        let number = |row: usize| table.number(&table.rows()[row], "v");
        assert_eq!(number(0).unwrap(), Some(12.5));
        assert_eq!(number(8).unwrap(), None);
        for (row, line, word) in [
            (1, 3, "separators"),
            (2, 4, "finite"),
            (3, 5, "finite"),
            (4, 6, "no number"),
            (6, 8, "finite"),
            (7, 9, "separators"),
        ] {
            let message = number(row).unwrap_err().to_string();
            assert!(
                message.contains(&format!("blocks.csv, line {line}, column v"))
                    && message.contains(word),
                "{message}"
            );
        }
        assert_eq!(number(5).unwrap(), Some(-3.0));
        let negative = table.amount(&table.rows()[5], "v").unwrap_err().to_string();
        assert!(negative.contains("line 7, column v") && negative.contains("negative"));
    }

    #[test]
    fn places_are_degrees_in_the_right_order() {
        let (table, _) = parsed(
            b"id,lon,lat\n1,115.98,36.45\n2,36.45,115.98\n3,181,10\n4,,10\n5,,\n6,500000,4034000\n",
        );
        let place = |row: usize| table.lon_lat(&table.rows()[row]);
        let good = place(0).unwrap().unwrap();
        assert_eq!((good.lon, good.lat), (1_159_800_000, 364_500_000));
        assert_eq!(place(4).unwrap(), None);
        for (row, address, word) in [
            (1, "line 3, column lat", "swapped"),
            (2, "line 4, column lon", "181"),
            (3, "line 5, column lon", "empty"),
            (5, "line 7, column lon", "metres"),
        ] {
            let message = place(row).unwrap_err().to_string();
            assert!(
                message.contains(address) && message.contains(word),
                "{message}"
            );
        }
    }
}
