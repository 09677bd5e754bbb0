//! `merged.csv`: what was read twice, and which of the two stays.

use super::words::category_keys;
use super::{Cell, Table};
use crate::study::Study;

pub(super) fn table(study: &Study) -> Table {
    let columns = [
        "kept",
        "kept_name",
        "merged",
        "merged_name",
        "categories",
        "rule",
        "apart_m",
    ];
    let rows = study.merged.iter().map(|pair| {
        vec![
            Cell::text(&*pair.kept),
            Cell::maybe_text(pair.kept_name.as_deref()),
            Cell::text(&*pair.gone),
            Cell::maybe_text(pair.gone_name.as_deref()),
            Cell::text(category_keys(study, &pair.categories)),
            Cell::text(pair.rule.key()),
            Cell::Decimal(pair.apart.metres(), 1),
        ]
    });
    Table {
        columns: columns.map(str::to_owned).into(),
        rows: rows.collect(),
    }
}
