//! `blocks.csv`: one row a block.

use std::io::{self, Write};

use super::words;
use super::{Cell, Outputs, Table, cell};
use crate::measure::Sums;
use crate::places::{Group, Zoning};
use crate::study::{BlockGates, Study};

pub(super) fn table(study: &Study, outputs: &Outputs) -> Table {
    Table {
        columns: columns(study, outputs),
        rows: (0..study.blocks.len())
            .map(|block| row(study, block, outputs))
            .collect(),
    }
}

/// The table as CSV, row by row.
pub(super) fn csv(study: &Study, outputs: &Outputs, to: &mut dyn Write) -> io::Result<()> {
    let columns = columns(study, outputs);
    let row = |block| row(study, block, outputs);
    cell::write_csv(to, &columns, (study.blocks.len(), row), outputs.lang)
}

/// The column of a level's zones.
pub(super) fn zone_column(zoning: &Zoning) -> String {
    format!("zone_{}", snake(&zoning.level))
}

/// A key as part of a column's name, which GIS and database programs take
/// without quotes: `park_square`, `kindergarten_15min`.
pub(super) fn snake(key: &str) -> String {
    key.chars()
        .map(|character| {
            if character.is_alphanumeric() {
                character
            } else {
                '_'
            }
        })
        .collect()
}

pub(super) fn columns(study: &Study, outputs: &Outputs) -> Vec<String> {
    let [east, north] = outputs.frame.columns();
    let mut columns: Vec<String> = ["block", "name", "kind", east, north, "land_m2", "people"]
        .map(str::to_owned)
        .into();
    columns.extend(Group::ALL.map(|group| group.key().to_owned()));
    columns.extend(["community", "subdistrict"].map(str::to_owned));
    columns.extend(study.zonings.iter().map(zone_column));
    columns.extend(["samples", "unlinked_samples", "unlinked_reason"].map(str::to_owned));
    for set in &study.sets {
        for figure in ["walk_m", "walk_min", "best_min", "worst_min", "facility"] {
            columns.push(format!("{}_{figure}", snake(&set.key)));
        }
    }
    for (requirement, _) in study.answered() {
        columns.push(format!("{}_state", snake(&requirement.key)));
    }
    columns.push("edge_requirements".to_owned());
    let gates = ["gates_from", "gates_open", "gates_resident", "gates_closed"];
    columns.extend(gates.map(str::to_owned));
    columns
}

/// What is known of a block.
pub(super) fn row(study: &Study, block: usize, outputs: &Outputs) -> Vec<Cell> {
    let (lang, frame) = (outputs.lang, outputs.frame);
    let own = study.samples.of_block(block);
    let about = &study.blocks[block];
    let sums = Sums::of(&study.samples.all()[own.clone()]);
    let [east, north] = words::coordinates(frame, about.shape.inner_place());
    let known = |known: bool, amount: f64| Cell::maybe(known.then_some(amount), 3);
    let mut row = vec![
        Cell::text(&*about.id),
        Cell::maybe_text(about.name.as_deref()),
        Cell::text(about.kind.key()),
        east,
        north,
        Cell::maybe(about.land.map(|_| sums.land.square_metres()), 2),
        known(about.people.is_some(), sums.people.count()),
    ];
    row.extend(
        Group::ALL.map(|group| known(about.groups[group].is_some(), sums.groups[group].count())),
    );
    row.push(Cell::maybe_text(about.community.as_deref()));
    row.push(Cell::maybe_text(about.subdistrict.as_deref()));
    for zoning in study.zonings.iter() {
        let zone = zoning.of_block(&study.samples, block);
        row.push(Cell::maybe_text(
            zone.map(|zone| &*zoning.zones[zone as usize].0),
        ));
    }
    row.push(Cell::Whole(own.len() as u64));
    row.push(Cell::Whole(study.unlinked_samples(block) as u64));
    row.push(Cell::maybe_text(
        study.unlinked_reason(block).map(|reason| reason.text(lang)),
    ));
    let walked = study.main_walk();
    for set in 0..study.sets.len() {
        let length = walked.length.spread(set, &study.samples, block);
        let time = walked.time.spread(set, &study.samples, block);
        row.push(words::metres(length.median));
        row.push(words::minutes(time.median));
        row.push(words::minutes(time.best));
        row.push(words::minutes(time.worst));
        row.push(words::facility(study, time.median));
    }
    let mut edges = 0;
    for (requirement, answer) in study.answered() {
        let found = study.of_block(answer, block);
        row.push(Cell::text(found.state(requirement.basis).key()));
        edges += u64::from(found.at_edge());
    }
    row.push(Cell::Whole(edges));
    let gates = study.gates[block];
    let from = |gates: BlockGates| if gates.of_table { "table" } else { "osm" };
    row.push(Cell::maybe_text(gates.map(from)));
    let counts = gates.map(|gates| [gates.open, gates.resident, gates.closed].map(Cell::Whole));
    row.extend(counts.unwrap_or([const { Cell::Empty }; 3]));
    row
}
