//! `reach.csv`: one row a block and requirement.

use super::words::share;
use super::{Cell, Table};
use crate::standard::Basis;
use crate::study::Study;
use crate::units::trimmed;

pub(super) fn table(study: &Study) -> Table {
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
    .map(str::to_owned)
    .into();
    let mut rows = Vec::new();
    for (block, about) in study.blocks.iter().enumerate() {
        for (requirement, answer) in study.answered() {
            let found = &answer.blocks[block];
            let has_data = study.has_data(answer);
            let within = |basis| share(has_data.then(|| found.by(basis).share));
            rows.push(vec![
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
            ]);
        }
    }
    Table { columns, rows }
}
