//! `coverage.csv`: requirement × zone × basis × denominator.

use super::words::{denominators, requirement_name, scope_cells, share};
use super::{Cell, Table};
use crate::lang::Lang;
use crate::measure::{Coverage, Scope};
use crate::standard::Basis;
use crate::standard::Denominator;
use crate::standard::Requirement;
use crate::study::{Answer, Study};

pub(super) fn table(study: &Study, lang: Lang) -> Table {
    let columns = [
        "standard",
        "requirement",
        "name",
        "tier",
        "required",
        "categories",
        "limit",
        "straight_limit_m",
        "walker",
        "level",
        "zone",
        "zone_name",
        "basis",
        "prescribed",
        "reported",
        "denominator",
        "unit",
        "covered",
        "total",
        "share",
        "detour_penalty",
        "target",
        "target_met",
        "note",
        "confidence",
    ]
    .map(str::to_owned)
    .into();
    let denominators = denominators(study);
    let mut rows = Vec::new();
    for (requirement, answer) in study.answered() {
        for coverage in &answer.coverage {
            for basis in Basis::BOTH {
                for &denominator in &denominators {
                    let asked = Asked {
                        study,
                        requirement,
                        answer,
                        lang,
                    };
                    rows.push(asked.row(coverage, basis, denominator));
                }
            }
        }
    }
    Table { columns, rows }
}

struct Asked<'a> {
    study: &'a Study,
    requirement: &'a Requirement,
    answer: &'a Answer,
    lang: Lang,
}

impl Asked<'_> {
    fn row(&self, coverage: &Coverage, basis: Basis, denominator: Denominator) -> Vec<Cell> {
        let Self {
            study,
            requirement,
            answer,
            lang,
        } = *self;
        let set = &study.sets[answer.set];
        let has_data = set.has_data();
        let covered = coverage.covered(basis);
        let covered_share = covered
            .share_of(&coverage.whole, denominator)
            .filter(|_| has_data);
        // What a straight line promises and the streets do not keep.
        let detour_penalty = coverage
            .radius
            .share_of(&coverage.whole, denominator)
            .zip(covered_share)
            .filter(|_| basis == Basis::Network)
            .map(|(straight, walked)| straight - walked);
        let target = requirement
            .target
            .filter(|_| denominator == requirement.denominator);
        let met = target
            .zip(covered_share)
            .map(|(target, share)| share >= target);
        let [level, zone, zone_name] = scope_cells(study, coverage.scope, lang);
        vec![
            Cell::text(&*requirement.pack),
            Cell::text(&*requirement.key),
            Cell::text(requirement_name(requirement, lang)),
            requirement
                .tier
                .map_or(Cell::Empty, |tier| Cell::Whole(u64::from(tier))),
            Cell::Flag(requirement.required),
            Cell::text(&*set.key),
            Cell::text(answer.limit.to_string()),
            Cell::Decimal(answer.straight_limit.metres(), 1),
            Cell::text(&*study.walked[answer.walker].walker.key),
            level,
            zone,
            zone_name,
            Cell::text(basis.key()),
            Cell::Flag(basis == requirement.basis),
            Cell::Flag(reported(study, requirement, coverage.scope)),
            Cell::text(denominator.key()),
            Cell::text(if denominator == Denominator::Land {
                "m2"
            } else {
                "people"
            }),
            Cell::maybe(has_data.then(|| covered.amount(denominator)), 3),
            Cell::Decimal(coverage.whole.amount(denominator), 3),
            share(covered_share),
            detour_penalty.map_or(Cell::Empty, |lost| Cell::Decimal(lost, 6)),
            Cell::maybe(target, 4),
            met.map_or(Cell::Empty, Cell::Flag),
            if has_data {
                Cell::Empty
            } else {
                Cell::text("no_data")
            },
            Cell::text(requirement.confidence.key()),
        ]
    }
}

/// Whether the tier of a requirement is reported in a scope: the 15-minute tier by
/// subdistrict, the 10- and 5-minute tiers by community, each by its own planned circle,
/// everything for the whole and by levels that are none of these.
pub(super) fn reported(study: &Study, requirement: &Requirement, scope: Scope) -> bool {
    let (Scope::Zone(level, _) | Scope::Outside(level)) = scope else {
        return true;
    };
    match (requirement.tier, &*study.zonings[level].level) {
        (Some(tier), "subdistrict" | "circle_15min") => tier > 10,
        (Some(tier), "community" | "circle_5_10min") => tier <= 10,
        (Some(tier), "circle_10min") => tier == 10,
        (Some(tier), "circle_5min") => tier == 5,
        _ => true,
    }
}
