//! One sheet: headings, rows, widths, and how it is printed.

use rust_xlsxwriter::{
    Color, Format, FormatAlign, FormatBorder, IgnoreError, Workbook, Worksheet, XlsxError,
};
use unicode_width::UnicodeWidthStr as _;

use super::Sheet;
use super::form::Form;
use super::glossary::{Glossary, Words};
use super::names::is_no_character;
use crate::lang::Lang;
use crate::report::cell::Cell;

/// What a sheet is let hold: less rows than Excel's 1,048,576, as a sheet is for reading, and
/// a hundred thousand gaps would make the workbook the slowest and largest file of a report.
pub(super) struct Excel {
    /// Rows, with that of the headings.
    pub rows: usize,
    /// UTF-16 units of a text.
    pub text: usize,
}

impl Default for Excel {
    fn default() -> Self {
        Self {
            rows: 20_001,
            text: 32_767,
        }
    }
}

impl Excel {
    /// How many of so many rows there is room for, below the headings; one row less where
    /// it must be told that there are more.
    pub(super) fn kept(&self, rows: usize) -> usize {
        if rows < self.rows {
            rows
        } else {
            self.rows - 2
        }
    }
}

/// What sheets cannot hold, counted.
#[derive(Default)]
pub(super) struct Shortened {
    /// Sheet, rows in it, rows in all.
    rows: Vec<(String, usize, usize)>,
    /// Sheet, texts that are cut in it.
    texts: Vec<(String, usize)>,
}

impl Shortened {
    /// Sheet by sheet, in words.
    pub(super) fn told(&self, lang: Lang) -> Vec<(String, String)> {
        let rows = self.rows.iter().map(|(sheet, kept, all)| {
            let text = lang.pick(
                format!("只有前 {kept} 行，共 {all} 行；全部见 CSV"),
                format!("only the first {kept} of {all} rows; all are in the CSV"),
            );
            (sheet.clone(), text)
        });
        let texts = self.texts.iter().map(|(sheet, count)| {
            let text = lang.pick(
                format!("{count} 处文字过长，已截断；全文见 CSV"),
                format!("{count} texts are too long and cut; whole in the CSV"),
            );
            (sheet.clone(), text)
        });
        rows.chain(texts).collect()
    }
}

/// The beginning of a text of so many UTF-16 units; no sign is halved.
pub(super) fn beginning(text: &str, longest: usize) -> &str {
    let mut units = 0;
    let end = text.char_indices().find_map(|(at, sign)| {
        units += sign.len_utf16();
        (units > longest).then_some(at)
    });
    &text[..end.unwrap_or(text.len())]
}

/// A text that a cell can hold, and whether something of it is left out.
pub(super) fn fitted(text: &str, longest: usize) -> (String, bool) {
    let text = text.replace(is_no_character, "\u{fffd}");
    let short = beginning(&text, longest);
    if short.len() == text.len() {
        return (text, false);
    }
    (format!("{}…", beginning(short, longest - 1)), true)
}

/// The narrowest and the widest column, in digits, and how wide a heading may make one.
const WIDTHS: [usize; 2] = [7, 48];
const HEADING: usize = 12;

/// The height of a line, in points, and the most lines of a row.
const LINE: f64 = 16.0;
const LINES: usize = 20;

pub(super) fn draw(
    book: &mut Workbook,
    sheet: &Sheet,
    glossary: &Glossary,
    excel: &Excel,
    shortened: &mut Shortened,
) -> Result<(), XlsxError> {
    let page = book.add_worksheet();
    page.set_name(&sheet.name)?;
    let names = &sheet.table.columns;
    let rows = &sheet.table.rows;
    let kept = excel.kept(sheet.all);
    let columns = columns(sheet, glossary, kept);
    header(page, &columns)?;
    let mut cut = 0;
    for (at, row) in (1_u32..).zip(&rows[..kept]) {
        let mut lines = 1;
        for ((number, column), cell) in (0_u16..).zip(&columns).zip(row) {
            let told = column.words.told(cell);
            lines = lines.max(column.lines(told));
            cut += usize::from(write(page, (at, number), told, excel.text)?);
        }
        if lines > 1 {
            page.set_row_height(at, LINE * lines.min(LINES) as f64)?;
        }
    }
    if kept < sheet.all {
        let note = (sheet.name.clone(), kept, sheet.all);
        shortened.rows.push(note);
        let told = shortened.told(glossary.lang());
        let text = told.last().map(|(_, text)| text.as_str());
        page.write_string(kept as u32 + 1, 0, text.unwrap_or_default())?;
    }
    if cut > 0 {
        shortened.texts.push((sheet.name.clone(), cut));
    }
    let last = (kept as u32, names.len() as u16 - 1);
    page.autofilter(0, 0, last.0, last.1)?;
    page.set_freeze_panes(1, sheet.frozen as u16)?;
    // An id of digits is a text, and no mistake.
    page.ignore_error_range(0, 0, last.0, last.1, IgnoreError::NumberStoredAsText)?;
    printed(page)
}

/// A column as it is drawn.
struct Column {
    heading: String,
    form: Form,
    /// What its keys mean.
    words: Words,
    /// In digits.
    width: usize,
}

impl Column {
    /// How many lines a cell takes.
    fn lines(&self, cell: &Cell) -> usize {
        if self.form.wraps() {
            self.form.width(cell).div_ceil(self.width)
        } else {
            1
        }
    }
}

/// As wide as what stands in them; headings are broken into lines before they make one
/// wider.
fn columns(sheet: &Sheet, glossary: &Glossary, kept: usize) -> Vec<Column> {
    let table = &sheet.table;
    let drawn = table.columns.iter().enumerate().map(|(at, name)| {
        let (heading, form) = glossary.heading(name);
        let cells = table.rows[..kept].iter().map(|row| &row[at]);
        let words = glossary.words(name, cells.clone());
        let widths = cells.map(|cell| form.width(words.told(cell)));
        let width = widths.max().unwrap_or_default();
        // A digit on either side is the edge of the cell.
        let width = width.max(heading.width().min(HEADING)) + 2;
        Column {
            width: width.clamp(WIDTHS[0], form.widest(WIDTHS[1])),
            heading,
            form,
            words,
        }
    });
    drawn.collect()
}

/// Widths, formats and headings.
fn header(page: &mut Worksheet, columns: &[Column]) -> Result<(), XlsxError> {
    let format = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_background_color(Color::RGB(0x00EE_F2F5))
        .set_border_bottom(FormatBorder::Thin);
    let mut lines = 1;
    for (at, column) in (0_u16..).zip(columns) {
        page.set_column_width(at, column.width as f64)?;
        // It holds for what is written after it.
        page.set_column_format(at, &column.form.format())?;
        let side = column.form.side();
        let format = format.clone().set_align(side);
        page.write_string_with_format(0, at, &column.heading, &format)?;
        // Bold letters are wider; the button of the filter has the last line's end.
        lines = lines.max((column.heading.width() + 3).div_ceil(column.width - 2));
    }
    page.set_row_height(0, LINE * lines as f64)?;
    Ok(())
}

/// Writes a cell; returns whether something of it is left out.
fn write(
    page: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    longest: usize,
) -> Result<bool, XlsxError> {
    match cell {
        Cell::Text(text) if !text.is_empty() => {
            let (text, cut) = fitted(text, longest);
            page.write_string(row, column, text)?;
            return Ok(cut);
        }
        cell => {
            if let Some(number) = cell.number() {
                page.write_number(row, column, number)?;
            }
        }
    }
    Ok(false)
}

/// A4 across, one page wide, the headings on every page.
fn printed(page: &mut Worksheet) -> Result<(), XlsxError> {
    page.set_paper_size(9)
        .set_landscape()
        .set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3)
        .set_print_fit_to_pages(1, 0)
        .set_footer("&L&A&R&P / &N")
        .set_repeat_rows(0, 0)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_end_where_the_sheet_does() {
        let excel = Excel { rows: 6, text: 9 };
        assert_eq!([4, 5, 6, 99].map(|rows| excel.kept(rows)), [4, 5, 4, 4]);
        let shortened = Shortened {
            rows: vec![("缺口".to_owned(), 4, 99)],
            texts: Vec::new(),
        };
        let told = "only the first 4 of 99 rows; all are in the CSV".to_owned();
        assert_eq!(shortened.told(Lang::En), [("缺口".to_owned(), told)]);
    }

    #[test]
    fn texts_are_cut_between_signs_and_counted() {
        assert_eq!(fitted("街坊", 2), ("街坊".to_owned(), false));
        assert_eq!(fitted("街坊道", 2), ("街…".to_owned(), true));
        assert_eq!(fitted("𠮷𠮷", 3), ("𠮷…".to_owned(), true));
        assert_eq!(fitted("a\u{ffff}b", 9), ("a\u{fffd}b".to_owned(), false));
    }
}
