//! `sensitivity.csv`: how much coverage changes with what was assumed, and how much of it
//! rests on a single facility.

use super::page::phrase;
use super::words::{denominators, first_counted, requirement_name, share};
use super::{Cell, Table, terminal};
use crate::lang::Lang;
use crate::measure::Coverage;
use crate::standard::{Basis, Denominator, Requirement};
use crate::study::{Answer, Changed, Study};

/// What is no change of a setting, but a facility that is lost.
const SINGLE: &str = "single_facility";

/// One row a requirement, variant, basis and denominator; then one a requirement of the
/// blocks that rest on a single facility. No rows where it was not asked.
pub(super) fn table(study: &Study, lang: Lang) -> Table {
    let columns = [
        "standard",
        "requirement",
        "name",
        "limit",
        "variant",
        "variant_name",
        "basis",
        "denominator",
        "unit",
        "covered",
        "total",
        "share",
        "base_share",
        "difference_points",
    ];
    let mut table = Table {
        columns: columns.map(str::to_owned).into(),
        rows: Vec::new(),
    };
    for (number, requirement, answer) in told(study) {
        for changed in &study.sensitivity {
            for basis in Basis::BOTH {
                for of in of_whom(study) {
                    let row = changed_row(study, (number, basis, of), changed, lang);
                    table.rows.push(row);
                }
            }
        }
        let mut row = beginning(requirement, answer, SINGLE, single(lang), lang);
        let (count, all) = (study.resting_on_one(number), study.blocks.len());
        row.extend([
            Cell::text(Basis::Network.key()),
            Cell::text("blocks"),
            Cell::text("blocks"),
            Cell::Whole(count as u64),
            Cell::Whole(all as u64),
            share(part(count, all)),
            Cell::Empty,
            Cell::Empty,
        ]);
        table.rows.push(row);
    }
    table
}

/// The requirements of which the study has data, where it was asked.
fn told(study: &Study) -> impl Iterator<Item = (usize, &Requirement, &Answer)> {
    let asked = study.answered().enumerate();
    asked
        .filter(|(_, (_, answer))| !study.sensitivity.is_empty() && study.has_data(answer))
        .map(|(number, (requirement, answer))| (number, requirement, answer))
}

/// Land and people, as far as they are known: groups of people change with them.
fn of_whom(study: &Study) -> Vec<Denominator> {
    let mut of = denominators(study);
    of.retain(|of| matches!(of, Denominator::Land | Denominator::People));
    of
}

fn single(lang: Lang) -> &'static str {
    lang.pick("仅靠一处设施", "rests on a single facility")
}

fn part(count: usize, all: usize) -> Option<f64> {
    (all > 0).then(|| count as f64 / all as f64)
}

fn beginning(
    requirement: &Requirement,
    answer: &Answer,
    variant: &str,
    variant_name: &str,
    lang: Lang,
) -> Vec<Cell> {
    vec![
        Cell::text(&*requirement.pack),
        Cell::text(&*requirement.key),
        Cell::text(requirement_name(requirement, lang)),
        Cell::text(answer.limit.to_string()),
        Cell::text(variant),
        Cell::text(variant_name),
    ]
}

fn changed_row(
    study: &Study,
    (number, basis, of): (usize, Basis, Denominator),
    changed: &Changed,
    lang: Lang,
) -> Vec<Cell> {
    let (requirement, answer) = (&study.standard.requirements[number], &study.answers[number]);
    let variant = changed.variant;
    let mut row = beginning(requirement, answer, variant.key(), variant.text(lang), lang);
    let after = &changed.coverage[number];
    let unit = if of == Denominator::Land {
        "m2"
    } else {
        "people"
    };
    row.extend([
        Cell::text(basis.key()),
        Cell::text(of.key()),
        Cell::text(unit),
        Cell::Decimal(after.covered(basis).amount(of), 3),
        Cell::Decimal(after.whole.amount(of), 3),
        share(shared(after, basis, of)),
        share(answer.whole().and_then(|whole| shared(whole, basis, of))),
        Cell::maybe(points(answer, after, basis, of), 4),
    ]);
    row
}

fn shared(found: &Coverage, basis: Basis, of: Denominator) -> Option<f64> {
    found.covered(basis).share_of(&found.whole, of)
}

/// What a change adds to a share, in percentage points.
fn points(answer: &Answer, after: &Coverage, basis: Basis, of: Denominator) -> Option<f64> {
    let before = shared(answer.whole()?, basis, of)?;
    Some((shared(after, basis, of)? - before) * 100.0)
}

/// A few lines for the terminal: of every variant the change on average and where it is
/// largest, by the basis that is prescribed.
pub(super) fn block(study: &Study, lang: Lang) -> String {
    let Some(of) = first_counted(study, &of_whom(study)).filter(|_| told(study).next().is_some())
    else {
        return String::new();
    };
    let about = phrase::whom(of, lang);
    let mut text = lang.pick(
        format!("\n敏感性：改动一项设定，覆盖率变化的百分点（{about}，按规定口径）：\n"),
        format!("\nSensitivity: change of {about}, in points, one setting at a time:\n"),
    );
    let mut table = terminal::narrow_table(
        ["改动", "平均", "最大", "最大的要求"]
            .iter()
            .zip(["change", "mean", "largest", "where"])
            .map(|(zh, en)| lang.pick(*zh, en).to_owned())
            .collect(),
    );
    for changed in &study.sensitivity {
        let all: Vec<(f64, usize)> = told(study)
            .filter_map(|(number, requirement, answer)| {
                let after = &changed.coverage[number];
                Some((points(answer, after, requirement.basis, of)?, number))
            })
            .collect();
        table.add_row(line(study, changed.variant.text(lang), &all, lang));
    }
    let all: Vec<(f64, usize)> = told(study)
        .filter_map(|(number, ..)| {
            let count = study.resting_on_one(number);
            Some((part(count, study.blocks.len())? * 100.0, number))
        })
        .collect();
    text.push_str(&table.trim_fmt());
    let mean = mean(&all);
    let largest = largest(&all).map(|(points, number)| named(study, number, points, lang));
    let largest = largest.unwrap_or_default();
    text.push_str(&lang.pick(
        format!("\n状态仅靠一处设施的街坊：平均 {mean:.1}%，最多 {largest}\n"),
        format!(
            "\nBlocks that rest on a single facility: {mean:.1}% on average,\nat most {largest}\n"
        ),
    ));
    text
}

fn mean(all: &[(f64, usize)]) -> f64 {
    all.iter().map(|(points, _)| points).sum::<f64>() / all.len().max(1) as f64
}

/// The first of the largest, whatever its sign.
fn largest(all: &[(f64, usize)]) -> Option<(f64, usize)> {
    let larger = |one: (f64, usize), other: (f64, usize)| {
        if other.0.abs() > one.0.abs() {
            other
        } else {
            one
        }
    };
    all.iter().copied().reduce(larger)
}

fn named(study: &Study, number: usize, percent: f64, lang: Lang) -> String {
    let where_ = place(study, number, lang);
    lang.pick(
        format!("{percent:.1}%（{where_}）"),
        format!("{percent:.1}% ({where_})"),
    )
}

fn place(study: &Study, number: usize, lang: Lang) -> String {
    let requirement = &study.standard.requirements[number];
    let name = requirement_name(requirement, lang);
    format!("{} {}", terminal::shortened(name), requirement.limit)
}

/// Points with their sign; nothing has none.
fn signed(points: f64) -> String {
    let tenths = (points * 10.0).round();
    if tenths == 0.0 {
        "0.0".to_owned()
    } else {
        format!("{:+.1}", tenths / 10.0)
    }
}

fn line(study: &Study, name: &str, all: &[(f64, usize)], lang: Lang) -> Vec<String> {
    let largest = largest(all).filter(|(points, _)| *points != 0.0);
    vec![
        name.to_owned(),
        signed(mean(all)),
        largest.map_or("–".to_owned(), |(points, _)| signed(points)),
        largest.map_or(String::new(), |(_, number)| place(study, number, lang)),
    ]
}
