//! Water: lakes and wide rivers as areas, rivers, canals and coasts as lines, and
//! the sea.

mod sea;

use super::obstacle::{is_coast, is_river, is_water_area};
use crate::notice::Notices;
use crate::osm::{Extract, Way};
use crate::plane::{Area, LonLat};

/// The water of an extract, under the open sky: what is bridged, roofed or
/// underground is not in it.
///
/// Areas may overlap, and rivers are drawn through the areas that they fill.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Water {
    areas: Vec<Area>,
    sea: Vec<Area>,
    rivers: Vec<Vec<LonLat>>,
    coasts: Vec<Vec<LonLat>>,
    banks: Vec<Vec<LonLat>>,
}

impl Water {
    /// The water of an extract, and what of it could not be made sense of.
    ///
    /// The sea is found from the coasts, which have it on their right, and from the
    /// box of the data, which closes it. Beside a coast that ends inside the box no
    /// sea is assumed: rather none than flooded land.
    pub fn of(extract: &Extract) -> (Self, Notices) {
        let mut notices = Notices::default();
        let mut water = Self::default();
        // By old custom the tags stand on the outer way, not on its relation: the way
        // alone would fill the islands.
        let mut outlines: Vec<i64> = Vec::new();
        for relation in &extract.relations {
            let (drawn, noted) = extract.area_of(relation);
            match drawn {
                Some(drawn) if is_water_area(&*drawn.tags) => {
                    notices.absorb(noted);
                    outlines.extend(&drawn.outer_ways);
                    water.areas.push(drawn.area);
                }
                None if is_water_area(&relation.tags) => {
                    notices.absorb(noted);
                    let ways = extract.ways_of(relation);
                    water.banks.extend(ways.flat_map(|way| runs(extract, way)));
                }
                _ => {}
            }
        }
        outlines.sort_unstable();
        for way in &extract.ways {
            if is_coast(&way.tags) {
                water.coasts.extend(runs(extract, way));
            }
            if is_river(&way.tags) {
                water.rivers.extend(runs(extract, way));
            }
            if is_water_area(&way.tags) && outlines.binary_search(&way.id).is_err() {
                let ring = way.ring().map(|ring| places(extract, ring));
                match ring.and_then(Area::from_ring) {
                    Some(area) => water.areas.push(area),
                    None => water.banks.extend(runs(extract, way)),
                }
            }
        }
        let (sea, noted) = sea::of(&water.coasts, extract);
        notices.absorb(noted);
        water.sea = sea;
        (water, notices)
    }

    /// Lakes, ponds, wide rivers, docks and basins.
    pub fn areas(&self) -> &[Area] {
        &self.areas
    }

    /// The sea, up to the box of the data.
    pub fn sea(&self) -> &[Area] {
        &self.sea
    }

    /// Rivers and canals, as lines in the direction of their flow.
    pub fn rivers(&self) -> &[Vec<LonLat>] {
        &self.rivers
    }

    /// Coasts, with the land on their left.
    pub fn coasts(&self) -> &[Vec<LonLat>] {
        &self.coasts
    }

    /// Outlines of areas that do not close.
    pub fn banks(&self) -> &[Vec<LonLat>] {
        &self.banks
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.areas.is_empty()
            && self.sea.is_empty()
            && self.rivers.is_empty()
            && self.coasts.is_empty()
            && self.banks.is_empty()
    }
}

/// The parts of a way between missing nodes.
fn runs<'a>(extract: &'a Extract, way: &'a Way) -> impl Iterator<Item = Vec<LonLat>> + 'a {
    way.runs().map(|run| places(extract, run))
}

fn places(extract: &Extract, nodes: &[crate::osm::NodeIndex]) -> Vec<LonLat> {
    nodes.iter().map(|&node| extract.at(node)).collect()
}

#[cfg(test)]
mod tests;
