//! Coverage as planners read it: one row a requirement, walked and straight side by side.

use crate::lang::Lang;
use crate::measure::{Coverage, Scope};
use crate::report::cell::{Cell, Table};
use crate::report::words::{denominators, requirement_name, scope_cells, set_name, share};
use crate::report::{coverage_table, page::phrase};
use crate::standard::{Basis, Denominator, Requirement};
use crate::study::{Answer, Study};

/// What is told of every denominator: the ends of the columns' names.
const OF_ALL: [&str; 2] = ["network_share", "radius_share"];
const OF_ZONES: [&str; 5] = [
    "total",
    "network_covered",
    "network_share",
    "radius_covered",
    "radius_share",
];

fn names(before: &[&str], of_each: &[&str], after: &[&str], study: &Study) -> Vec<String> {
    let mut columns: Vec<String> = before.iter().map(|&name| name.to_owned()).collect();
    for of in denominators(study) {
        columns.extend(of_each.iter().map(|end| format!("{}_{end}", of.key())));
    }
    columns.extend(after.iter().map(|&name| name.to_owned()));
    columns
}

/// The whole study area by one pack.
pub(super) fn of_pack(study: &Study, pack: &str, lang: Lang) -> Table {
    let before = [
        "name",
        "tier",
        "required",
        "category_names",
        "limit",
        "straight_limit_m",
        "walker",
        "prescribed",
        "facilities",
    ];
    let after = [
        "target",
        "target_of",
        "target_met",
        "note",
        "source",
        "confidence",
        "requirement",
    ];
    let asked = study.answered().filter(|(asked, _)| asked.pack == pack);
    let rows = asked.filter_map(|(requirement, answer)| {
        let whole = answer.whole()?;
        let set = &study.sets[answer.set];
        let mut row = vec![
            Cell::text(requirement_name(requirement, lang)),
            requirement
                .tier
                .map_or(Cell::Empty, |tier| Cell::Whole(u64::from(tier))),
            Cell::Flag(requirement.required),
            Cell::text(set_name(study, set, lang)),
            Cell::text(phrase::limit(answer.limit, lang)),
            Cell::Decimal(answer.straight_limit.metres(), 1),
            Cell::text(study.walked[answer.walker].walker.name(lang)),
            Cell::text(requirement.basis.key()),
            Cell::Whole(set.facilities.0.len() as u64),
        ];
        for of in denominators(study) {
            let [network, radius] = shares(study, answer, whole, of);
            row.extend([network, radius].map(share));
        }
        row.extend(target(study, requirement, answer, whole));
        row.extend([
            Cell::text(requirement.source.text(lang)),
            Cell::text(requirement.confidence.key()),
            Cell::text(&*requirement.key),
        ]);
        Some(row)
    });
    without_empty(Table {
        rows: rows.collect(),
        columns: names(&before, &OF_ALL, &after, study),
    })
}

/// Every zone by every requirement; no rows where there are no zones.
pub(super) fn by_zone(study: &Study, lang: Lang) -> Table {
    let before = [
        "name",
        "zone_name",
        "level",
        "zone",
        "limit",
        "prescribed",
        "reported",
    ];
    let after = [
        "target",
        "target_of",
        "target_met",
        "note",
        "requirement",
        "standard",
    ];
    let denominators = denominators(study);
    let mut rows = Vec::new();
    for (requirement, answer) in study.answered() {
        let zones = answer.coverage.iter();
        for found in zones.filter(|found| found.scope != Scope::Whole) {
            let [level, zone, zone_name] = scope_cells(study, found.scope, lang);
            let mut row = vec![
                Cell::text(requirement_name(requirement, lang)),
                zone_name,
                level,
                zone,
                Cell::text(phrase::limit(answer.limit, lang)),
                Cell::text(requirement.basis.key()),
                Cell::Flag(coverage_table::reported(study, requirement, found.scope)),
            ];
            for &of in &denominators {
                let covered = |basis| {
                    let amount = found.covered(basis).amount(of);
                    Cell::maybe(study.has_data(answer).then_some(amount), 3)
                };
                let [network, radius] = shares(study, answer, found, of);
                row.extend([
                    Cell::Decimal(found.whole.amount(of), 3),
                    covered(Basis::Network),
                    share(network),
                    covered(Basis::Radius),
                    share(radius),
                ]);
            }
            row.extend(target(study, requirement, answer, found));
            row.extend([&requirement.key, &requirement.pack].map(|key| Cell::text(&**key)));
            rows.push(row);
        }
    }
    without_empty(Table {
        columns: names(&before, &OF_ZONES, &after, study),
        rows,
    })
}

/// A table is wide enough without columns in which no row has anything.
fn without_empty(mut table: Table) -> Table {
    let told = |at: usize| table.rows.iter().any(|row| row[at] != Cell::Empty);
    let told: Vec<bool> = (0..table.columns.len()).map(told).collect();
    let mut kept = told.iter();
    table.columns.retain(|_| kept.next() == Some(&true));
    for row in &mut table.rows {
        let mut kept = told.iter();
        row.retain(|_| kept.next() == Some(&true));
    }
    table
}

/// By network and by radius; none without data.
fn shares(study: &Study, answer: &Answer, found: &Coverage, of: Denominator) -> [Option<f64>; 2] {
    Basis::BOTH.map(|basis| {
        let share = found.covered(basis).share_of(&found.whole, of);
        share.filter(|_| study.has_data(answer))
    })
}

/// The target, what it is a share of, whether it is met by the basis that is prescribed,
/// and whether there are data at all.
fn target(
    study: &Study,
    requirement: &Requirement,
    answer: &Answer,
    found: &Coverage,
) -> [Cell; 4] {
    let of = requirement.denominator;
    let [network, radius] = shares(study, answer, found, of);
    let share = match requirement.basis {
        Basis::Network => network,
        Basis::Radius => radius,
    };
    let met = requirement.target.zip(share);
    [
        Cell::maybe(requirement.target, 4),
        Cell::maybe_text(requirement.target.map(|_| of.key())),
        met.map_or(Cell::Empty, |(target, share)| Cell::Flag(share >= target)),
        if study.has_data(answer) {
            Cell::Empty
        } else {
            Cell::text("no_data")
        },
    ]
}
