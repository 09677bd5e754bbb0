//! The areas that relations draw, and the ways that draw the same place.

use std::collections::BTreeMap;

use super::from_osm::is_place;
use super::{Catalog, Origin};
use crate::notice::{Notice, Notices};
use crate::osm::{Extract, RelationArea, Tags, Way, tagged_on_ways};

/// The areas of all relations that are places, by id.
pub(super) struct Outlines<'a> {
    areas: Vec<RelationArea<'a>>,
    /// For each way, the areas whose outer rings it is part of.
    drawn_by: BTreeMap<i64, Vec<usize>>,
}

impl<'a> Outlines<'a> {
    pub(super) fn of(extract: &'a Extract, catalog: &Catalog, notices: &mut Notices) -> Self {
        let mut areas = Vec::new();
        for relation in &extract.relations {
            let wanted = is_place(&relation.tags, catalog);
            if !wanted && !tagged_on_ways(&relation.tags) {
                continue;
            }
            let (area, noted) = extract.area_of(relation);
            let found = area.filter(|area| is_place(&*area.tags, catalog));
            // What a relation without tags is, its rings tell: without any, nothing.
            if wanted || found.is_some() {
                notices.absorb(noted);
            }
            areas.extend(found);
        }
        let mut drawn_by: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
        for (own, area) in areas.iter().enumerate() {
            for &way in &area.outer_ways {
                drawn_by.entry(way).or_default().push(own);
            }
        }
        Self { areas, drawn_by }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (Origin, &RelationArea<'a>)> {
        self.areas
            .iter()
            .map(|area| (Origin::OsmRelation(area.id), area))
    }

    /// Whether a relation draws one of the areas.
    pub(super) fn holds(&self, relation: i64) -> bool {
        let by_id = |area: &RelationArea| area.id;
        self.areas.binary_search_by_key(&relation, by_id).is_ok()
    }

    /// Whether a way is part of the outer ring of a relation that stands for the
    /// same place, as `same` tells of its tags; noted if so.
    pub(super) fn stand_for(
        &self,
        way: &Way,
        same: impl Fn(&Tags) -> bool,
        notices: &mut Notices,
    ) -> bool {
        let mut drawing = self.drawn_by.get(&way.id).into_iter().flatten();
        let found = drawing.any(|&own| self.areas.get(own).is_some_and(|area| same(&area.tags)));
        if found {
            notices.note(Notice::OutlineOfRelation, format!("way {}", way.id));
        }
        found
    }
}
