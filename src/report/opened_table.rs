//! `gates_open.csv`: what would be covered if all gates were open.

use super::words::{denominators, requirement_name, scope_cells, share};
use super::{Cell, Table};
use crate::lang::Lang;
use crate::measure::Sums;
use crate::standard::{Denominator, Requirement};
use crate::study::{Answer, Study};

/// What opening all gates changes for one requirement in the whole study area.
pub(super) struct Gain<'a> {
    pub requirement: &'a Requirement,
    pub answer: &'a Answer,
    /// Covered as it is, and if all were open; walked.
    base: &'a Sums,
    open: &'a Sums,
    whole: &'a Sums,
}

impl Gain<'_> {
    /// Covered as it is, if all were open, and what that gains.
    pub fn amounts(&self, of: Denominator) -> [f64; 3] {
        let [base, open] = [self.base, self.open].map(|sums| sums.amount(of));
        [base, open, open - base]
    }

    /// The shares of the two.
    pub fn shares(&self, of: Denominator) -> [Option<f64>; 2] {
        [self.base, self.open].map(|sums| sums.share_of(self.whole, of))
    }

    /// Whether anything changes.
    pub fn changes(&self) -> bool {
        Denominator::all().any(|of| self.base.units(of) != self.open.units(of))
    }
}

/// Of every requirement with data, in the standard's order; none where it was not asked.
pub(super) fn gains(study: &Study) -> Vec<Gain<'_>> {
    let opened = study.opened.iter().flatten();
    let answered = study.answered().zip(opened);
    let answered = answered.filter(|((_, answer), _)| study.has_data(answer));
    answered
        .filter_map(|((requirement, answer), opened)| {
            let base = answer.whole()?;
            let open = opened.iter().find(|found| found.scope == base.scope)?;
            Some(Gain {
                requirement,
                answer,
                base: &base.network,
                open: &open.network,
                whole: &base.whole,
            })
        })
        .collect()
}

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
