//! The figures of scenarios as tables.

use crate::lang::Lang;
use crate::measure::{Coverage, Equity, Scope, Sums};
use crate::report::words::{denominators, metres, minutes, requirement_name, scope_cells, share};
use crate::report::{Cell, Table};
use crate::scenario::{Comparison, Effect, Moved, Tried, weighted_by};
use crate::standard::{Basis, Denominator, Requirement};
use crate::study::{Answer, Study};
use crate::units::{CostKind, Land, People};

use super::{BASE, gains};

fn named(columns: &[&str]) -> Vec<String> {
    columns.iter().map(|&column| column.to_owned()).collect()
}

/// A study with the name of what it is of.
pub(super) fn studies(comparison: &Comparison) -> impl Iterator<Item = (&str, &Study)> {
    let tried = comparison.tried.iter();
    let tried = tried.map(|tried| (&*tried.scenario.name, &tried.study));
    std::iter::once((BASE, &comparison.base)).chain(tried)
}

/// What a requirement is, as every table says it.
fn asked(requirement: &Requirement, answer: &Answer, lang: Lang) -> [Cell; 4] {
    [
        Cell::text(&*requirement.pack),
        Cell::text(&*requirement.key),
        Cell::text(requirement_name(requirement, lang)),
        Cell::text(answer.limit.to_string()),
    ]
}

/// The same zone of another study: of the same level and id.
pub(super) fn same_scope(study: &Study, scope: Scope, other: &Study) -> Option<Scope> {
    let level_of = |level: usize| {
        let name = &study.zonings[level].level;
        other
            .zonings
            .iter()
            .position(|zoning| zoning.level == *name)
    };
    match scope {
        Scope::Whole => Some(scope),
        Scope::Outside(level) => level_of(level).map(Scope::Outside),
        Scope::Zone(level, zone) => {
            let (id, _) = &study.zonings[level].zones[zone as usize];
            let level = level_of(level)?;
            let zones = &other.zonings[level].zones;
            // They are sorted by their ids.
            let zone = zones.partition_point(|(known, _)| known < id);
            let same = zones.get(zone).is_some_and(|(known, _)| known == id);
            same.then_some(Scope::Zone(level, zone as u32))
        }
    }
}

pub(super) fn in_scope(answer: &Answer, scope: Scope) -> Option<&Coverage> {
    // They are in the order of their scopes.
    let at = answer
        .coverage
        .binary_search_by_key(&scope, |found| found.scope);
    at.ok().map(|at| &answer.coverage[at])
}

/// `scenarios.csv`: coverage, a row for the city as it is and one for every scenario.
pub(super) fn coverage(comparison: &Comparison, lang: Lang) -> Table {
    let columns = named(&[
        "standard",
        "requirement",
        "name",
        "limit",
        "level",
        "zone",
        "zone_name",
        "basis",
        "prescribed",
        "denominator",
        "unit",
        "scenario",
        "covered",
        "total",
        "share",
        "gained",
        "change_points",
    ]);
    let base = &comparison.base;
    // Every group that somebody has in some scenario.
    let known: Vec<Denominator> = Denominator::all()
        .filter(|of| studies(comparison).any(|(_, study)| denominators(study).contains(of)))
        .collect();
    let mut rows = Vec::new();
    for (number, (requirement, answer)) in base.answered().enumerate() {
        let widest = studies(comparison).map(|(_, study)| study);
        // A scenario may have a zone that nobody lived in before.
        let scopes = scopes(widest, number);
        for (of, scope) in scopes {
            for basis in Basis::BOTH {
                for &denominator in &known {
                    let row = Row {
                        number,
                        basis,
                        denominator,
                    };
                    let [level, zone, zone_name] = scope_cells(of, scope, lang);
                    let mut head: Vec<Cell> = asked(requirement, answer, lang).into();
                    head.extend([level, zone, zone_name]);
                    head.extend([
                        Cell::text(basis.key()),
                        Cell::Flag(basis == requirement.basis),
                        Cell::text(denominator.key()),
                        Cell::text(unit(denominator)),
                    ]);
                    let was = row.share(base, same_scope(of, scope, base));
                    for (name, study) in studies(comparison) {
                        let is = row.share(study, same_scope(of, scope, study));
                        let mut cells = head.clone();
                        cells.push(Cell::text(name));
                        cells.extend(row.figures(was, is, name == BASE));
                        rows.push(cells);
                    }
                }
            }
        }
    }
    Table { columns, rows }
}

fn unit(denominator: Denominator) -> &'static str {
    match denominator {
        Denominator::Land => "m2",
        _ => "people",
    }
}

/// All scopes of some studies for a requirement, each with the first study that has it, in
/// the order of the first.
pub(super) fn scopes<'a>(
    studies: impl Iterator<Item = &'a Study>,
    number: usize,
) -> Vec<(&'a Study, Scope)> {
    let mut found: Vec<(&Study, Scope)> = Vec::new();
    for study in studies {
        for coverage in &study.answers[number].coverage {
            let known = |(of, scope): &(&Study, Scope)| {
                same_scope(study, coverage.scope, of) == Some(*scope)
            };
            if !found.iter().any(known) {
                found.push((study, coverage.scope));
            }
        }
    }
    found
}

/// What a row is about.
pub(super) struct Row {
    pub number: usize,
    pub basis: Basis,
    pub denominator: Denominator,
}

/// What is covered, and of how much; `None` without data.
pub(super) type Share = Option<(Sums, Sums)>;

impl Row {
    pub fn share(&self, study: &Study, scope: Option<Scope>) -> Share {
        let answer = &study.answers[self.number];
        if !study.has_data(answer) {
            return None;
        }
        let coverage = in_scope(answer, scope?)?;
        Some((*coverage.covered(self.basis), coverage.whole))
    }

    pub fn figures(&self, was: Share, is: Share, is_base: bool) -> [Cell; 5] {
        let of = self.denominator;
        let part = |share: Share| share.and_then(|(covered, whole)| covered.share_of(&whole, of));
        let both = was.zip(is).filter(|_| !is_base);
        let gained = both.map(|((was, _), (is, _))| is.amount(of) - was.amount(of));
        let points = part(was).zip(part(is)).filter(|_| !is_base);
        [
            Cell::maybe(is.map(|(covered, _)| covered.amount(of)), 3),
            Cell::maybe(is.map(|(_, whole)| whole.amount(of)), 3),
            share(part(is)),
            Cell::maybe(gained, 3),
            Cell::maybe(points.map(|(was, is)| (is - was) * 100.0), 4),
        ]
    }
}

/// A cost in minutes or metres, with the decimals of the other tables.
fn cost(kind: CostKind, cost: Option<f64>) -> Cell {
    match kind {
        CostKind::Length => Cell::maybe(cost.map(|decimetres| decimetres / 10.0), 1),
        CostKind::Time => Cell::maybe(cost.map(|tenths| tenths / 600.0), 2),
    }
}

/// `access.csv`: who gains and loses, who walks less and more, and how evenly; a row for
/// every requirement and scenario, the city as it is among them.
pub(super) fn access(comparison: &Comparison, lang: Lang) -> Table {
    let columns = named(&[
        "standard",
        "requirement",
        "name",
        "limit",
        "basis",
        "scenario",
        "weighted_by",
        "unit",
        "people_won",
        "land_won_m2",
        "people_lost",
        "land_lost_m2",
        "blocks_better",
        "blocks_worse",
        "people_nearer",
        "land_nearer_m2",
        "mean_nearer",
        "people_farther",
        "land_farther_m2",
        "mean_farther",
        "mean_cost",
        "gini",
        "palma",
        "worst_tenth",
        "without_way",
        "cost",
        "cost_per_person",
    ]);
    let base = &comparison.base;
    let even = comparison.equity_of_base();
    let mut rows = Vec::new();
    for (number, (requirement, answer)) in base.answered().enumerate() {
        let head = |name: &str, study: &Study| {
            let mut head: Vec<Cell> = asked(requirement, answer, lang).into();
            head.extend([
                Cell::text(requirement.basis.key()),
                Cell::text(name),
                Cell::text(weighted_by(study).key()),
                Cell::text(match answer.limit.kind() {
                    CostKind::Length => "m",
                    CostKind::Time => "min",
                }),
            ]);
            head
        };
        let mut row = head(BASE, base);
        row.extend(std::iter::repeat_n(Cell::Empty, 12));
        row.extend(evenly(answer.limit.kind(), base, even[number].as_ref()));
        row.extend([Cell::Empty, Cell::Empty]);
        rows.push(row);
        for tried in &comparison.tried {
            let effect = &tried.effects[number];
            let mut row = head(&tried.scenario.name, &tried.study);
            row.extend(who(base, tried, number, effect));
            let kind = answer.limit.kind();
            row.extend(evenly(kind, &tried.study, effect.equity.as_ref()));
            row.extend(costs(tried, effect));
            rows.push(row);
        }
    }
    Table { columns, rows }
}

/// People where they are known, and land.
fn amounts(study: &Study, sums: &Sums) -> [Cell; 2] {
    let known = denominators(study);
    let amount = |of, decimals| {
        let known = known.contains(&of).then(|| sums.amount(of));
        Cell::maybe(known, decimals)
    };
    [amount(Denominator::People, 3), amount(Denominator::Land, 2)]
}

fn who(base: &Study, tried: &Tried, number: usize, effect: &Effect) -> Vec<Cell> {
    let study = &tried.study;
    let kind = base.answers[number].limit.kind();
    let [blocks_better, blocks_worse] = gains::better_and_worse(effect);
    let mut cells: Vec<Cell> = Vec::new();
    cells.extend(amounts(study, &effect.won));
    cells.extend(amounts(study, &effect.lost));
    cells.push(Cell::Whole(blocks_better as u64));
    cells.push(Cell::Whole(blocks_worse as u64));
    let mut moved = |moved: &Moved| {
        cells.extend(amounts(study, &moved.who));
        cells.push(cost(kind, moved.mean()));
    };
    moved(&effect.nearer);
    moved(&effect.farther);
    cells
}

fn evenly(kind: CostKind, study: &Study, equity: Option<&Equity>) -> [Cell; 5] {
    let of = weighted_by(study);
    let unreached = equity.map(|found| match of {
        Denominator::Land => found.unreached as f64 / 100.0,
        _ => found.unreached as f64 / 1_000.0,
    });
    [
        cost(kind, equity.map(|found| found.mean)),
        Cell::maybe(equity.map(|found| found.gini), 4),
        Cell::maybe(equity.and_then(|found| found.palma), 4),
        cost(kind, equity.map(|found| found.worst_tenth)),
        Cell::maybe(unreached, 2),
    ]
}

/// What the scenario costs, and what that is for everybody who gained.
fn costs(tried: &Tried, effect: &Effect) -> [Cell; 2] {
    let each = gains::cost_per_person(tried, effect);
    [Cell::maybe(tried.scenario.cost(), 2), Cell::maybe(each, 2)]
}

/// `moved_blocks.csv`: blocks whose state is another.
pub(super) fn moved(comparison: &Comparison, lang: Lang) -> Table {
    let columns = named(&[
        "scenario",
        "standard",
        "requirement",
        "name",
        "limit",
        "basis",
        "block",
        "block_name",
        "people",
        "land_m2",
        "state_before",
        "state",
        "nearest_before_m",
        "nearest_m",
        "nearest_before_min",
        "nearest_min",
    ]);
    let base = &comparison.base;
    let mut rows = Vec::new();
    for tried in &comparison.tried {
        for (number, (requirement, answer)) in base.answered().enumerate() {
            for changed in &tried.effects[number].blocks {
                let block = &tried.study.blocks[changed.now];
                let mut row = vec![Cell::text(&*tried.scenario.name)];
                row.extend(asked(requirement, answer, lang));
                row.extend([
                    Cell::text(requirement.basis.key()),
                    Cell::text(&*block.id),
                    Cell::maybe_text(block.name.as_deref()),
                    Cell::maybe(block.people.map(People::count), 3),
                    Cell::maybe(block.land.map(Land::square_metres), 2),
                    Cell::text(changed.was.key()),
                    Cell::text(changed.is.key()),
                ]);
                let nearest = |study: &Study, block: usize, kind| {
                    let answer = &study.answers[number];
                    let reached = study.walked[answer.walker].reached(kind);
                    reached.spread(answer.set, &study.samples, block).median
                };
                let of = |kind| {
                    [
                        nearest(base, changed.before, kind),
                        nearest(&tried.study, changed.now, kind),
                    ]
                };
                row.extend(of(CostKind::Length).map(metres));
                row.extend(of(CostKind::Time).map(minutes));
                rows.push(row);
            }
        }
    }
    Table { columns, rows }
}

/// `changes.csv`: what every scenario changes, as its file has it.
pub(super) fn changes(comparison: &Comparison) -> Table {
    let columns = named(&["scenario", "line", "change", "value", "cost"]);
    let mut rows = Vec::new();
    for tried in &comparison.tried {
        for planned in &tried.scenario.changes {
            let told = serde_json::to_string(&planned.change).unwrap_or_default();
            rows.push(vec![
                Cell::text(&*tried.scenario.name),
                Cell::Whole(planned.line as u64),
                Cell::text(planned.change.key()),
                Cell::text(told),
                Cell::maybe(planned.change.cost(), 2),
            ]);
        }
    }
    Table { columns, rows }
}
