//! Scenarios side by side with the city as it is: tables, a page and a workbook.

mod book;
mod card;
mod gains;
mod page;
mod tables;
mod terminal;
mod wording;

pub use terminal::told;

use super::{CARD, Folder, Outputs, ReportError, Table, stage_all};
use crate::lang::Lang;
use crate::scenario::Comparison;

/// The folder of the report of the city as it is, among those of the scenarios.
pub const BASE: &str = "base";

/// Files beside the folders of the reports, the card last.
pub const PLAN_FILES: [&str; 7] = [
    "scenarios.csv",
    "access.csv",
    "moved_blocks.csv",
    "changes.csv",
    "report.html",
    "comparison.xlsx",
    CARD,
];

/// The tables of a comparison, with the names of their files.
fn tables(comparison: &Comparison, lang: Lang) -> Vec<(&'static str, Table)> {
    vec![
        (PLAN_FILES[0], tables::coverage(comparison, lang)),
        (PLAN_FILES[1], tables::access(comparison, lang)),
        (PLAN_FILES[2], tables::moved(comparison, lang)),
        (PLAN_FILES[3], tables::changes(comparison)),
    ]
}

/// Writes the comparison into the first folder, and into the others the reports of the city
/// as it is and of every scenario. All files are written before the first appears.
///
/// # Errors
/// [`ReportError`]; what did not appear by then is not left behind.
pub fn write_plans(
    comparison: &Comparison,
    outputs: &Outputs,
    mut own: Folder,
    reports: Vec<Folder>,
) -> Result<(), ReportError> {
    let lang = outputs.lang;
    let studies = comparison.tried.iter().map(|tried| &tried.study);
    let studies = std::iter::once(&comparison.base).chain(studies);
    let mut staged = Vec::new();
    let mut cards = Vec::new();
    for (study, folder) in studies.zip(reports) {
        let (folder, written) = stage_all(study, outputs, folder)?;
        cards.push(written.card);
        staged.push(folder);
    }
    let mut written = Vec::new();
    for (name, table) in tables(comparison, lang) {
        written.push(own.stage(name, &table.csv(lang))?);
    }
    let page = page::page(comparison, lang);
    written.push(own.stage(PLAN_FILES[4], &page)?);
    let book = book::file(comparison, outputs)?;
    written.push(own.stage(PLAN_FILES[5], &book)?);
    let card = card::card(comparison, &cards, &written, outputs);
    own.stage(CARD, card.as_bytes())?;
    for folder in staged {
        folder.publish()?;
    }
    own.publish()?;
    Ok(())
}
