//! `reach.csv`: one row a block and requirement.

use super::words::share;
use super::{Cell, cell};
use crate::lang::Lang;
use crate::standard::Basis;
use crate::study::Study;
use crate::units::trimmed;

/// The table as CSV, row by row: in a large city it is the longest.
pub(super) fn csv(study: &Study, lang: Lang) -> Vec<u8> {
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
    let rows = study.blocks.iter().enumerate().flat_map(|(block, about)| {
        study.answered().map(move |(requirement, answer)| {
            let found = &answer.blocks[block];
            let has_data = study.has_data(answer);
            let within = |basis| share(has_data.then(|| found.by(basis).share));
            vec![
                Cell::text(&*about.id),
                Cell::text(&*requirement.key),
                Cell::text(&*study.sets[answer.set].key),
                Cell::text(answer.limit.to_string()),
                Cell::text(trimmed(answer.straight_limit.metres())),
                within(Basis::Network),
                within(Basis::Radius),
                Cell::text(found.network.state.key()),
                Cell::text(found.radius.state.key()),
                if has_data {
                    Cell::Whole(u64::from(found.count))
                } else {
                    Cell::Empty
                },
                Cell::Flag(found.edge),
            ]
        })
    });
    cell::csv(&columns, rows, lang)
}
