//! Blocks and facilities from an OSM extract.

mod parcels;
mod sites;
mod zones;

use super::left_out::LeftOut;
use super::outlines::Outlines;
use super::{Block, Catalog, Facility, Origin, Zone};
use crate::notice::{Notice, Notices};
use crate::osm::{Extract, TagSet, Tags, Way, tagged_on_ways};
use crate::plane::Area;
pub(super) use parcels::is_home;
use parcels::is_residential_area;
use zones::zone_level;

/// What an extract holds of places.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OsmPlaces {
    /// Residential areas and the residential buildings outside them, by id.
    pub blocks: Vec<Block>,
    /// Sites with a category, by id.
    pub facilities: Vec<Facility>,
    /// What may be a facility and is none, the largest rows first.
    pub left_out: Vec<LeftOut>,
    /// Administrative areas of levels 8 to 10, by id; the level is `admin_8` to
    /// `admin_10`.
    pub zones: Vec<Zone>,
}

/// Whether a node is kept for its places: a facility, or what is counted where no
/// category takes it.
pub fn keeps_node(tags: &dyn TagSet, catalog: &Catalog) -> bool {
    catalog.may_be_site(tags) || !catalog.classify(tags).is_empty()
}

/// Whether a way is kept for its places, or because it is counted.
pub fn keeps_way(tags: &dyn TagSet, catalog: &Catalog) -> bool {
    catalog.may_be_site(tags) || is_place(tags, catalog)
}

/// Whether a way or a relation with these tags is a place.
pub(super) fn is_place(tags: &dyn TagSet, catalog: &Catalog) -> bool {
    is_residential_area(tags)
        || is_home(tags)
        || zone_level(tags).is_some()
        || !catalog.classify(tags).is_empty()
}

/// Whether a relation is kept for its places: as a way with its tags, or because
/// its outer ways carry them.
pub fn keeps_relation(tags: &dyn TagSet, catalog: &Catalog) -> bool {
    tagged_on_ways(tags) || keeps_way(tags, catalog)
}

/// The places of an extract that was read with [`keeps_node`], [`keeps_way`] and
/// [`keeps_relation`].
///
/// Blocks are residential areas (of two that lie in one another the larger) and,
/// outside every residential area, residential buildings. A building lies where
/// its inner place lies. A relation and a way of its outer ring that say the same
/// are one place: the relation's. Nothing else is merged here: facilities are object
/// by object.
pub fn from_osm(extract: &Extract, catalog: &Catalog) -> (OsmPlaces, Notices) {
    let mut notices = Notices::default();
    let outlines = Outlines::of(extract, catalog, &mut notices);
    let mut of_blocks = Notices::default();
    let ((facilities, left_out), blocks) = rayon::join(
        || sites::facilities(extract, &outlines, catalog, &mut notices),
        || parcels::blocks(extract, &outlines, catalog, &mut of_blocks),
    );
    notices.absorb(of_blocks);
    let mut places = OsmPlaces {
        blocks,
        facilities,
        left_out,
        zones: zones::zones(extract, &outlines, &mut notices),
    };
    places.zones.sort_by(|one, other| one.id.cmp(&other.id));
    places.blocks.sort_by(|one, other| one.id.cmp(&other.id));
    places
        .facilities
        .sort_by(|one, other| one.id.cmp(&other.id));
    (places, notices)
}

pub(super) fn id(origin: &Origin) -> String {
    match origin {
        Origin::Table(row) => format!("row/{row}"),
        Origin::OsmNode(id) => format!("node/{id}"),
        Origin::OsmWay(id) => format!("way/{id}"),
        Origin::OsmRelation(id) => format!("relation/{id}"),
    }
}

fn name(tags: &Tags) -> Option<String> {
    tags.value("name")
        .or_else(|| tags.value("name:zh"))
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
}

/// Whether two names may be one: equal, or one is not known.
fn may_be_one(one: &Tags, other: &Tags) -> bool {
    let (one, other) = (name(one), name(other));
    one.is_none() || other.is_none() || one == other
}

/// The area of a closed way; `open`, `IncompleteRing` or `NoSurface` is noted
/// where it has none.
fn area(extract: &Extract, way: &Way, open: Notice, notices: &mut Notices) -> Option<Area> {
    let refused = if let Some(ring) = way.ring() {
        let ring = ring.iter().map(|&node| extract.at(node)).collect();
        match Area::from_ring(ring) {
            Some(area) => {
                if !area.is_simple() {
                    notices.note(Notice::TangledPolygon, format!("way {}", way.id));
                }
                return Some(area);
            }
            None => Notice::NoSurface,
        }
    } else if way.nodes.contains(&crate::osm::NodeIndex::MISSING) {
        Notice::IncompleteRing
    } else {
        open
    };
    notices.note(refused, format!("way {}", way.id));
    None
}
