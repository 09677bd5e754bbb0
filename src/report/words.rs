//! Names and figures as all tables write them.

use super::Cell;
use crate::lang::Lang;
use crate::measure::{Denominator, Scope};
use crate::places::{Block, CategoryId};
use crate::reach::Nearest;
use crate::standard::Requirement;
use crate::study::{AskedSet, Study};
use crate::units::{Length, WalkTime};

/// The name of a requirement.
pub(super) fn requirement_name(requirement: &Requirement, lang: Lang) -> &str {
    lang.pick(&requirement.zh, &requirement.en)
}

/// The name of a set of categories.
pub(super) fn set_name(study: &Study, set: &AskedSet, lang: Lang) -> String {
    let names: Vec<&str> = set
        .categories
        .iter()
        .map(|&category| {
            let category = study.catalog.category(category);
            lang.pick(&*category.zh, &*category.en)
        })
        .collect();
    names.join(lang.pick("、", " or "))
}

/// The keys of categories.
pub(super) fn category_keys(study: &Study, categories: &[CategoryId]) -> String {
    let keys = categories.iter();
    let keys: Vec<&str> = keys
        .map(|&category| &*study.catalog.category(category).key)
        .collect();
    keys.join(";")
}

/// The name of a denominator, with its unit.
pub(super) fn denominator_name(denominator: Denominator, lang: Lang) -> &'static str {
    match denominator {
        Denominator::Land => lang.pick("居住用地", "residential land"),
        Denominator::People => lang.pick("人口", "people"),
        Denominator::Elderly => lang.pick("老年人", "the elderly"),
        Denominator::Children => lang.pick("儿童", "children"),
    }
}

/// The denominators that some block knows: what nobody knows is not printed.
pub(super) fn denominators(study: &Study) -> Vec<Denominator> {
    let known = |denominator: &Denominator| {
        study.blocks.iter().any(|block: &Block| match denominator {
            Denominator::Land => block.land.is_some(),
            Denominator::People => block.people.is_some(),
            Denominator::Elderly => block.elderly.is_some(),
            Denominator::Children => block.children.is_some(),
        })
    };
    Denominator::ALL.into_iter().filter(known).collect()
}

/// Level, id and name of a scope.
pub(super) fn scope_cells(study: &Study, scope: Scope, lang: Lang) -> [Cell; 3] {
    match scope {
        Scope::Whole => [
            Cell::text("whole"),
            Cell::Empty,
            Cell::text(lang.pick("研究范围", "study area")),
        ],
        Scope::Zone(level, zone) => {
            let zoning = &study.zonings[level];
            let (id, name) = &zoning.zones[zone as usize];
            [
                Cell::text(&*zoning.level),
                Cell::text(id),
                Cell::maybe_text(name.as_deref()),
            ]
        }
        Scope::Outside(level) => [
            Cell::text(&*study.zonings[level].level),
            Cell::Empty,
            Cell::text(lang.pick("分区之外", "outside every zone")),
        ],
    }
}

/// A walked length in metres.
pub(super) fn metres(nearest: Option<Nearest>) -> Cell {
    Cell::maybe(
        nearest.map(|found| Length::from_decimetres(found.cost).metres()),
        1,
    )
}

/// A walked time in minutes.
pub(super) fn minutes(nearest: Option<Nearest>) -> Cell {
    Cell::maybe(
        nearest.map(|found| WalkTime::from_tenths(found.cost).minutes()),
        2,
    )
}

/// The id of the nearest facility.
pub(super) fn facility(study: &Study, nearest: Option<Nearest>) -> Cell {
    Cell::maybe_text(nearest.map(|found| &*study.facilities[found.facility as usize].id))
}

/// A share, with six decimals.
pub(super) fn share(share: Option<f64>) -> Cell {
    Cell::maybe(share, 6)
}
