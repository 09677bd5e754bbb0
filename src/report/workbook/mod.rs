//! `coverage.xlsx`: what planners work with, as sheets of one workbook.
//!
//! Texts are written as texts, never as formulas; numbers are those of the tables, with a
//! format. The writing library would stamp the hour into the file: a day that never
//! changes stands there.

mod coverage;
mod facts;
mod form;
mod glossary;
mod headings;
mod leaf;
mod names;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};

use super::{Outputs, ReportError, Table};
use super::{composite_table, gap_table, provision_table, sensitivity_table, size_table};
use crate::study::Study;
use leaf::{Excel, Shortened};
use names::Names;

/// A workbook of another kind, sheet by sheet.
pub(super) struct Book<'a> {
    study: &'a Study,
    outputs: &'a Outputs,
    file: Workbook,
    names: Names,
    sheets: Vec<Sheet>,
    /// What its own columns are called.
    pub words: Words,
}

/// What the columns of a comparison are called.
#[derive(Default)]
pub(super) struct Words {
    /// The names of the plans, in their order.
    pub plans: Vec<String>,
}

impl<'a> Book<'a> {
    /// An empty one, of what a study measured.
    pub fn new(study: &'a Study, outputs: &'a Outputs, title: &str) -> Result<Self, ReportError> {
        let mut book = Workbook::new();
        book.set_properties(&properties(study, outputs, title)?);
        Ok(Self {
            study,
            outputs,
            file: book,
            names: Names::default(),
            sheets: Vec::new(),
            words: Words::default(),
        })
    }

    /// Adds a sheet whose first columns stay where they are; none of an empty table.
    pub fn add(&mut self, name: &str, table: Table, frozen: usize) {
        let all = table.rows.len();
        self.add_first(name, (table, all), frozen);
    }

    /// Adds a sheet of which only the first rows are there, as many as it can hold; and how
    /// many there are in all.
    fn add_first(&mut self, name: &str, (table, all): (Table, usize), frozen: usize) {
        if !table.rows.is_empty() {
            self.sheets.push(Sheet {
                name: self.names.valid(name),
                table,
                all,
                frozen,
            });
        }
    }

    /// The file, with the calibre as its last sheet and more of it before what is left out.
    pub fn done(mut self, more: &[[String; 3]]) -> Result<Vec<u8>, ReportError> {
        let glossary = glossary::Glossary::new(self.study, self.outputs, &self.words.plans);
        let (mut shortened, excel) = (Shortened::default(), Excel::default());
        for sheet in &self.sheets {
            leaf::draw(&mut self.file, sheet, &glossary, &excel, &mut shortened)?;
        }
        // The last sheet tells what the others leave out.
        let facts = facts::sheet(self.study, more, &shortened, self.outputs.lang);
        leaf::draw(&mut self.file, &facts, &glossary, &excel, &mut shortened)?;
        Ok(self.file.save_to_buffer()?)
    }
}

/// A sheet before it is drawn.
struct Sheet {
    name: String,
    table: Table,
    /// How many rows there are, some of which may not be in the table.
    all: usize,
    /// How many columns stay where they are when the others move.
    frozen: usize,
}

pub(super) fn file(study: &Study, outputs: &Outputs) -> Result<Vec<u8>, ReportError> {
    let title = outputs
        .lang
        .pick("生活圈覆盖率", "Coverage of living circles");
    let mut book = Book::new(study, outputs, title)?;
    sheets(study, &mut book);
    book.done(&[])
}

fn properties(study: &Study, outputs: &Outputs, title: &str) -> Result<DocProperties, ReportError> {
    let packs = study.standard.packs.iter();
    let packs: Vec<&str> = packs
        .map(|pack| outputs.lang.pick(&*pack.zh, &*pack.en))
        .collect();
    Ok(DocProperties::new()
        .set_title(title)
        .set_subject(leaf::fitted(&packs.join("; "), 255).0)
        .set_creation_datetime(&ExcelDateTime::from_ymd(1980, 1, 1)?))
}

/// Adds all sheets but that of the calibre, in their order.
fn sheets(study: &Study, book: &mut Book) {
    let outputs = book.outputs;
    let lang = outputs.lang;
    // What a study has nothing to tell of has no sheet.
    for pack in &study.standard.packs {
        let name = format!("{} {}", lang.pick("覆盖率", "coverage"), pack.key);
        book.add(&name, coverage::of_pack(study, &pack.key, lang), 1);
    }
    let zones = coverage::by_zone(study, lang);
    book.add(lang.pick("分区覆盖率", "coverage by zone"), zones, 2);
    book.add_first(lang.pick("缺口", "gaps"), first_gaps(study, outputs), 4);
    if size_table::is_asked(study) {
        let sizes = size_table::table(study, lang);
        book.add(
            lang.pick("规模不足或未知", "too small or unknown"),
            sizes,
            2,
        );
    }
    let composites = composite_table::table(study, lang);
    book.add(lang.pick("综合指标", "composites"), composites, 3);
    let provisions = provision_table::table(study, lang);
    book.add(lang.pick("社区配建", "provisions"), provisions, 3);
    if size_table::is_asked(study) {
        let thousand = provision_table::per_thousand(study);
        book.add(lang.pick("千人指标", "per 1,000 people"), thousand, 3);
    }
    let sensitivity = sensitivity_table::table(study, lang);
    book.add(lang.pick("敏感性", "sensitivity"), sensitivity, 3);
}

/// The gaps that a sheet can hold, and how many there are.
fn first_gaps(study: &Study, outputs: &Outputs) -> (Table, usize) {
    let gaps = study.gaps();
    let kept = Excel::default().kept(gaps.len());
    (gap_table::table(study, &gaps[..kept], outputs), gaps.len())
}
