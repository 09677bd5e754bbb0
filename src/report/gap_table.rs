//! `gaps.csv`: blocks that lack something required, the worst first.

use std::io::{self, Write};

use rayon::prelude::*;

use super::block_table::zone_column;
use super::words::{coordinates, facility, metres, minutes, requirement_name};
use super::{Cell, Outputs, Table, cell};
use crate::study::{Gap, Study};

/// The table of these gaps, the first of all.
pub(super) fn table(study: &Study, gaps: &[Gap], outputs: &Outputs) -> Table {
    let rows = gaps
        .par_iter()
        .enumerate()
        .map(|(rank, gap)| row(study, rank + 1, gap, outputs))
        .collect();
    Table {
        columns: columns(study, outputs),
        rows,
    }
}

/// The table as CSV, row by row.
pub(super) fn csv(study: &Study, outputs: &Outputs, to: &mut dyn Write) -> io::Result<()> {
    let gaps = study.gaps();
    let row = |rank| row(study, rank + 1, &gaps[rank], outputs);
    let columns = columns(study, outputs);
    cell::write_csv(to, &columns, (gaps.len(), row), outputs.lang)
}

fn columns(study: &Study, outputs: &Outputs) -> Vec<String> {
    let [east, north] = outputs.frame.columns();
    let mut columns: Vec<String> = [
        "rank",
        "standard",
        "requirement",
        "name",
        "limit",
        "block",
        "block_name",
    ]
    .map(str::to_owned)
    .into();
    columns.extend(study.zonings.iter().map(zone_column));
    columns.extend(
        [
            "state",
            "people_lacking",
            "land_lacking_m2",
            "nearest_facility",
            "nearest_m",
            "nearest_min",
            east,
            north,
        ]
        .map(str::to_owned),
    );
    columns
}

fn row(study: &Study, rank: usize, gap: &Gap, outputs: &Outputs) -> Vec<Cell> {
    let requirement = &study.standard.requirements[gap.requirement as usize];
    let answer = &study.answers[gap.requirement as usize];
    let number = gap.block as usize;
    let block = &study.blocks[number];
    let [east, north] = coordinates(outputs.frame, block.shape.inner_place());
    let walked = &study.walked[answer.walker];
    let mut row = vec![
        Cell::Whole(rank as u64),
        Cell::text(&*requirement.pack),
        Cell::text(&*requirement.key),
        Cell::text(requirement_name(requirement, outputs.lang)),
        Cell::text(answer.limit.to_string()),
        Cell::text(&*block.id),
        Cell::maybe_text(block.name.as_deref()),
    ];
    for zoning in study.zonings.iter() {
        let zone = zoning.of_block(&study.samples, number);
        row.push(Cell::maybe_text(
            zone.map(|zone| &*zoning.zones[zone as usize].0),
        ));
    }
    row.extend([
        Cell::text(gap.state.key()),
        Cell::maybe(block.people.map(|_| gap.people.count()), 3),
        Cell::maybe(block.land.map(|_| gap.land.square_metres()), 2),
        facility(study, study.of_block(answer, number).nearest().median),
        metres(
            walked
                .length
                .spread(answer.set, &study.samples, number)
                .median,
        ),
        minutes(
            walked
                .time
                .spread(answer.set, &study.samples, number)
                .median,
        ),
        east,
        north,
    ]);
    row
}
