//! Facilities of two sources as one list.

use std::collections::BTreeSet;

use super::{Catalog, Facility};
use crate::notice::{Notice, Notices};

/// Which source speaks for the facilities.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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

/// Puts the facilities of a table and of OSM together, sorted by id.
///
/// An OSM facility loses the categories that the table speaks for, and is left
/// out, counted, when none stays. A row of the table whose id is that of an OSM
/// object (`node/7`) stands for it: the object is left out, counted.
pub fn merge(
    table: Option<Vec<Facility>>,
    osm: Vec<Facility>,
    source: FacilitySource,
    catalog: &Catalog,
) -> (Vec<Facility>, Notices) {
    let mut notices = Notices::default();
    let table = table.unwrap_or_default();
    let (mut merged, mut osm) = match source {
        FacilitySource::Table => (table, Vec::new()),
        FacilitySource::Osm => (Vec::new(), osm),
        FacilitySource::ByCategory | FacilitySource::Both => (table, osm),
    };
    let ids: BTreeSet<&str> = merged.iter().map(|facility| &*facility.id).collect();
    osm.retain(|facility| {
        let replaced = ids.contains(&*facility.id);
        if replaced {
            notices.note(Notice::ReplacedByTable, &*facility.id);
        }
        !replaced
    });
    if source == FacilitySource::ByCategory {
        let spoken_for: BTreeSet<_> = merged
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
    merged.append(&mut osm);
    merged.sort_by(|one, other| one.id.cmp(&other.id));
    (merged, notices)
}
