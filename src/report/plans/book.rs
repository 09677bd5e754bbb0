//! `comparison.xlsx`: the tables of a comparison as sheets of one workbook, the city as it is
//! and every plan side by side.

use super::tables::{self, Row, Share, same_scope, scopes, studies};
use super::wording;
use crate::lang::Lang;
use crate::measure::Scope;
use crate::report::page::phrase;
use crate::report::words::{denominators, requirement_name, scope_cells, share};
use crate::report::workbook::{Book, Words};
use crate::report::{Cell, Outputs, ReportError, Table, shown};
use crate::scenario::Comparison;
use crate::standard::Denominator;
use crate::study::Study;

/// The workbook.
///
/// # Errors
/// Where it cannot be written.
pub(super) fn file(comparison: &Comparison, outputs: &Outputs) -> Result<Vec<u8>, ReportError> {
    let lang = outputs.lang;
    let plans = comparison.tried.iter();
    let words = Words {
        plans: plans.map(|tried| shown(&tried.scenario.name)).collect(),
    };
    let title = lang.pick("规划方案比较", "Plans compared");
    let mut book = Book::new(&comparison.base, outputs, title)?;
    book.words = words;
    book.add(lang.pick("覆盖率", "coverage"), whole(comparison, lang), 1);
    let zones = by_zone(comparison, lang);
    book.add(lang.pick("分区覆盖率", "coverage by zone"), zones, 2);
    let access = tables::access(comparison, lang);
    book.add(lang.pick("路程与公平性", "access and equity"), access, 3);
    let moved = tables::moved(comparison, lang);
    book.add(lang.pick("得失街坊", "blocks won and lost"), moved, 1);
    book.add(
        lang.pick("方案内容", "changes"),
        changes(comparison, lang),
        2,
    );
    book.done(&facts(comparison, lang))
}

/// A row a requirement and denominator, by the basis of the requirement: now, and with every
/// plan.
fn whole(comparison: &Comparison, lang: Lang) -> Table {
    let before = ["name", "limit", "prescribed", "denominator"];
    let after = ["target", "target_of", "requirement", "standard"];
    let mut rows = Vec::new();
    for (number, (requirement, answer)) in comparison.base.answered().enumerate() {
        for of in known(comparison) {
            let mut row = vec![
                Cell::text(requirement_name(requirement, lang)),
                Cell::text(phrase::limit(answer.limit, lang)),
                Cell::text(requirement.basis.key()),
                Cell::text(of.key()),
            ];
            row.extend(figures(
                comparison,
                number,
                of,
                (&comparison.base, Scope::Whole),
            ));
            row.extend([
                Cell::maybe(requirement.target, 4),
                Cell::maybe_text(requirement.target.map(|_| requirement.denominator.key())),
                Cell::text(&*requirement.key),
                Cell::text(&*requirement.pack),
            ]);
            rows.push(row);
        }
    }
    table(comparison, &before, &after, rows)
}

/// The same zone by zone.
fn by_zone(comparison: &Comparison, lang: Lang) -> Table {
    let before = [
        "name",
        "zone_name",
        "level",
        "zone",
        "limit",
        "prescribed",
        "denominator",
    ];
    let after = ["requirement", "standard"];
    let mut rows = Vec::new();
    let zones = scopes(studies(comparison).map(|(_, study)| study), 0);
    for (number, (requirement, answer)) in comparison.base.answered().enumerate() {
        for &(owner, scope) in zones.iter().filter(|(_, scope)| *scope != Scope::Whole) {
            for of in known(comparison) {
                let [level, zone, zone_name] = scope_cells(owner, scope, lang);
                let mut row = vec![
                    Cell::text(requirement_name(requirement, lang)),
                    zone_name,
                    level,
                    zone,
                    Cell::text(phrase::limit(answer.limit, lang)),
                    Cell::text(requirement.basis.key()),
                    Cell::text(of.key()),
                ];
                row.extend(figures(comparison, number, of, (owner, scope)));
                row.extend([&requirement.key, &requirement.pack].map(|key| Cell::text(&**key)));
                rows.push(row);
            }
        }
    }
    table(comparison, &before, &after, rows)
}

/// The denominators that some study knows.
fn known(comparison: &Comparison) -> Vec<Denominator> {
    let all = Denominator::all();
    all.filter(|of| studies(comparison).any(|(_, study)| denominators(study).contains(of)))
        .collect()
}

/// Amounts and shares, now and with every plan.
fn figures(
    comparison: &Comparison,
    number: usize,
    denominator: Denominator,
    (owner, scope): (&Study, Scope),
) -> Vec<Cell> {
    let basis = comparison.base.standard.requirements[number].basis;
    let row = Row {
        number,
        basis,
        denominator,
    };
    let found = |study: &Study| -> Share { row.share(study, same_scope(owner, scope, study)) };
    let part = |it: Share| it.and_then(|(covered, whole)| covered.share_of(&whole, denominator));
    let was = found(&comparison.base);
    let amount = |it: Share| Cell::maybe(it.map(|(covered, _)| covered.amount(denominator)), 3);
    let mut cells = vec![
        Cell::maybe(was.map(|(_, whole)| whole.amount(denominator)), 3),
        amount(was),
        share(part(was)),
    ];
    for tried in &comparison.tried {
        let is = found(&tried.study);
        let [.., gained, points] = row.figures(was, is, false);
        cells.extend([share(part(is)), points, amount(is), gained]);
    }
    cells
}

fn table(comparison: &Comparison, before: &[&str], after: &[&str], rows: Vec<Vec<Cell>>) -> Table {
    let mut columns: Vec<String> = before.iter().map(|&name| name.to_owned()).collect();
    columns.extend(["base_total", "base_covered", "base_share"].map(str::to_owned));
    for number in 1..=comparison.tried.len() {
        let ends = ["share", "change_points", "covered", "gained"];
        columns.extend(ends.map(|end| format!("plan_{number}_{end}")));
    }
    columns.extend(after.iter().map(|&name| name.to_owned()));
    Table { columns, rows }
}

/// What every plan changes, in words.
fn changes(comparison: &Comparison, lang: Lang) -> Table {
    let columns = [
        "scenario",
        "change_number",
        "change",
        "subject",
        "details",
        "place",
        "opens",
        "cost",
        "line",
        "value",
    ];
    let mut rows = Vec::new();
    for tried in &comparison.tried {
        let scenario = &tried.scenario;
        for (number, planned) in (1..).zip(&scenario.changes) {
            let change = &planned.change;
            let place = wording::place(change, scenario);
            let place = (!place.is_empty()).then(|| format!("{place} ({})", scenario.frame));
            rows.push(vec![
                Cell::text(&*scenario.name),
                Cell::Whole(number),
                Cell::text(wording::kind(change, lang)),
                Cell::text(wording::subject(change, &comparison.base)),
                Cell::text(wording::details(change, scenario, &comparison.base, lang)),
                Cell::maybe_text(place),
                wording::opens(change).map_or(Cell::Empty, |year| Cell::text(year.to_string())),
                Cell::maybe(change.cost(), 2),
                Cell::Whole(planned.line as u64),
                Cell::text(serde_json::to_string(change).unwrap_or_default()),
            ]);
        }
    }
    Table {
        columns: columns.map(str::to_owned).into(),
        rows,
    }
}

/// What the calibre has beside that of the city as it is: part, what, value.
fn facts(comparison: &Comparison, lang: Lang) -> Vec<[String; 3]> {
    let mut facts = Vec::new();
    let about = lang.pick("方案", "plan");
    for tried in &comparison.tried {
        let scenario = &tried.scenario;
        let name = shown(&scenario.name);
        let mut tell = |value: String| facts.push([about.to_owned(), name.clone(), value]);
        if let Some(notes) = &scenario.notes {
            tell(shown(notes));
        }
        if let Some(cost) = scenario.cost() {
            let cost = wording::cost(cost);
            tell(lang.pick(
                format!("费用合计 {cost}（货币单位同方案文件）"),
                format!("total cost {cost}, in the money of its file"),
            ));
        }
        let input = &scenario.input;
        let bytes = lang.pick("字节", "bytes");
        tell(format!(
            "{} · {} {bytes} · SHA-256 {}",
            shown(&input.name),
            input.bytes,
            input.sha256
        ));
    }
    let note = lang.pick(
        "以上口径为现状的口径；各方案除所列改动外相同。每个方案的完整报告在同名文件夹内",
        "this is the calibre of the city as it is; that of every plan is the same but for its changes. The whole report of every plan lies in the folder of its name",
    );
    facts.push([about.to_owned(), String::new(), note.to_owned()]);
    facts
}
