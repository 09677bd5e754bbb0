//! `reach.csv`: one row a block and requirement.

use std::io::{self, Write};

use super::words::share;
use super::{Cell, cell};
use crate::lang::Lang;
use crate::standard::Basis;
use crate::study::Study;
use crate::units::trimmed;

/// The table as CSV, row by row: in a large city it is the longest.
pub(super) fn csv(study: &Study, lang: Lang, to: &mut dyn Write) -> io::Result<()> {
    let columns = [
        "block",
        "requirement",
        "categories",
        "limit",
        "straight_limit_m",
        "network_share",
        "radius_share",
        "network_state",
        "radius_state",
        "count",
        "edge",
    ]
    .map(str::to_owned);
    let answers = study.answers.len();
    let asked: Vec<[Cell; 4]> = (0..answers).map(|at| asked(study, at)).collect();
    let row = |number: usize| row(study, number / answers, number % answers, &asked);
    cell::write_csv(to, &columns, (study.blocks.len() * answers, row), lang)
}

/// What is the same for all blocks.
fn asked(study: &Study, requirement: usize) -> [Cell; 4] {
    let answer = &study.answers[requirement];
    let requirement = &study.standard.requirements[requirement];
    [
        Cell::text(&*requirement.key),
        Cell::text(&*study.sets[answer.set].key),
        Cell::text(answer.limit.to_string()),
        Cell::text(trimmed(answer.straight_limit.metres())),
    ]
}

fn row(study: &Study, block: usize, requirement: usize, asked: &[[Cell; 4]]) -> Vec<Cell> {
    let answer = &study.answers[requirement];
    let found = study.of_block(answer, block);
    let has_data = study.has_data(answer);
    let within = |basis| share(has_data.then(|| found.share(basis)));
    let mut row = Vec::with_capacity(11);
    row.push(Cell::text(&*study.blocks[block].id));
    row.extend(asked[requirement].iter().cloned());
    row.extend([
        within(Basis::Network),
        within(Basis::Radius),
        Cell::text(found.state(Basis::Network).key()),
        Cell::text(found.state(Basis::Radius).key()),
        if has_data {
            Cell::Whole(u64::from(found.count()))
        } else {
            Cell::Empty
        },
        Cell::Flag(found.at_edge()),
    ]);
    row
}
