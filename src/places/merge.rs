//! Facilities of two sources as one list.

use std::collections::{BTreeMap, BTreeSet};

use super::duplicates::{self, MergeRule, Merged};
use super::{Catalog, Facility};
use crate::notice::{Notice, Notices};

/// Which source speaks for the facilities.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FacilitySource {
    /// The table for the categories it names and all their parts, OSM for the others.
    #[default]
    ByCategory,
    /// The table alone.
    Table,
    /// OSM alone.
    Osm,
    /// Both, for every category.
    Both,
}

/// The facilities of a study.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FacilityList {
    /// All of them, by id.
    pub facilities: Vec<Facility>,
    /// What was the same as one of them, by the id that stays, then by the one that
    /// does not.
    pub merged: Vec<Merged>,
}

/// Puts the facilities of a table and of OSM together, each of them once.
///
/// An OSM facility loses the categories that the table speaks for, and is left
/// out, counted, when none stays. A row of the table whose id is that of an OSM
/// object (`node/7`) stands for it. An OSM node in an OSM area of the same category
/// and not named differently is that area. With both sources for every category, an
/// OSM object is a row of the same category and name within 100 m, or within 50 m
/// where one of them has no name. What is the same is merged: rows stay before
/// objects and areas before nodes, and offer what either offers.
pub fn merge(
    table: Option<Vec<Facility>>,
    osm: Vec<Facility>,
    source: FacilitySource,
    catalog: &Catalog,
) -> (FacilityList, Notices) {
    let mut notices = Notices::default();
    let table = table.unwrap_or_default();
    let (rows, osm) = match source {
        FacilitySource::Table => (table, Vec::new()),
        FacilitySource::Osm => (Vec::new(), osm),
        FacilitySource::ByCategory | FacilitySource::Both => (table, osm),
    };
    let (mut osm, mut merged) = without_replaced(&rows, osm, &mut notices);
    if source == FacilitySource::ByCategory {
        leave_to_table(&rows, &mut osm, catalog, &mut notices);
    }
    let (osm, pairs) = duplicates::nodes_in_areas(osm, catalog);
    for pair in &pairs {
        notices.note(Notice::SameAsArea, &*pair.gone);
    }
    merged.extend(pairs);
    let (mut facilities, pairs) = if source == FacilitySource::Both {
        duplicates::objects_in_rows(rows, osm, catalog)
    } else {
        (rows.into_iter().chain(osm).collect(), Vec::new())
    };
    for pair in &pairs {
        notices.note(Notice::SameAsRow, &*pair.gone);
    }
    merged.extend(pairs);
    merged.sort_by(|one, other| (&one.kept, &one.gone).cmp(&(&other.kept, &other.gone)));
    facilities.sort_by(|one, other| one.id.cmp(&other.id));
    (FacilityList { facilities, merged }, notices)
}

/// The OSM objects whose id no row has, and those that a row stands for.
fn without_replaced(
    rows: &[Facility],
    mut osm: Vec<Facility>,
    notices: &mut Notices,
) -> (Vec<Facility>, Vec<Merged>) {
    let by_id: BTreeMap<&str, &Facility> = rows.iter().map(|row| (&*row.id, row)).collect();
    let mut merged = Vec::new();
    osm.retain(|object| {
        let row = by_id.get(&*object.id);
        if let Some(row) = row {
            let apart = (row.shape.metres_to(&object.shape) * 1_000.0).round() as u64;
            merged.push(Merged::new(row, object, MergeRule::SameId, apart));
            notices.note(Notice::ReplacedByTable, &*object.id);
        }
        row.is_none()
    });
    (osm, merged)
}

/// Takes away what the table speaks for.
fn leave_to_table(
    rows: &[Facility],
    osm: &mut Vec<Facility>,
    catalog: &Catalog,
    notices: &mut Notices,
) {
    let spoken_for: BTreeSet<_> = rows
        .iter()
        .flat_map(|facility| &facility.categories)
        .flat_map(|&category| catalog.parts(category))
        .collect();
    osm.retain_mut(|facility| {
        facility
            .categories
            .retain(|category| !spoken_for.contains(category));
        let left_out = facility.categories.is_empty();
        if left_out {
            notices.note(Notice::LeftToTable, &*facility.id);
        }
        !left_out
    });
}
