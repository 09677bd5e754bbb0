//! `gates_open.csv`: what would be covered if all gates were open.

use super::words::{denominators, requirement_name, scope_cells, share};
use super::{Cell, Table};
use crate::lang::Lang;
use crate::standard::Denominator;
use crate::study::Study;

/// By network, requirement × zone × denominator; no rows where it was not asked.
pub(super) fn table(study: &Study, lang: Lang) -> Table {
    let columns = [
        "standard",
        "requirement",
        "name",
        "limit",
        "level",
        "zone",
        "zone_name",
        "denominator",
        "unit",
        "total",
        "base",
        "open",
        "gain",
        "base_share",
        "open_share",
    ]
    .map(str::to_owned)
    .into();
    let denominators = denominators(study);
    let mut rows = Vec::new();
    let opened = study.opened.iter().flatten();
    for ((requirement, answer), opened) in study.answered().zip(opened) {
        if !study.has_data(answer) {
            continue;
        }
        for (base, open) in answer.coverage.iter().zip(opened) {
            let [level, zone, zone_name] = scope_cells(study, base.scope, lang);
            for &of in &denominators {
                let [whole, before, after] =
                    [&base.whole, &base.network, &open.network].map(|sums| sums.amount(of));
                let unit = if of == Denominator::Land {
                    "m2"
                } else {
                    "people"
                };
                rows.push(vec![
                    Cell::text(&*requirement.pack),
                    Cell::text(&*requirement.key),
                    Cell::text(requirement_name(requirement, lang)),
                    Cell::text(answer.limit.to_string()),
                    level.clone(),
                    zone.clone(),
                    zone_name.clone(),
                    Cell::text(of.key()),
                    Cell::text(unit),
                    Cell::Decimal(whole, 3),
                    Cell::Decimal(before, 3),
                    Cell::Decimal(after, 3),
                    Cell::Decimal(after - before, 3),
                    share(base.network.share_of(&base.whole, of)),
                    share(open.network.share_of(&base.whole, of)),
                ]);
            }
        }
    }
    Table { columns, rows }
}
