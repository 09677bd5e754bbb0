//! Blocks and facilities from an OSM extract.

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::facilities::{entrances, surface};
use super::{Block, Catalog, Facility, Origin, Shape, Zone};
use crate::notice::{Notice, Notices};
use crate::osm::{Extract, TagSet, Tags, Way};
use crate::plane::{Area, LonLat};
use crate::units::Land;

/// Buildings that people live in, by their tag alone.
const HOMES: [&str; 8] = [
    "apartments",
    "residential",
    "house",
    "detached",
    "semidetached_house",
    "terrace",
    "dormitory",
    "bungalow",
];

/// What an extract holds of places.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OsmPlaces {
    /// Residential areas and the residential buildings outside them, by id.
    pub blocks: Vec<Block>,
    /// Sites with a category, by id.
    pub facilities: Vec<Facility>,
    /// Administrative areas of levels 8 to 10, by id; the level is `admin_8` to
    /// `admin_10`.
    pub zones: Vec<Zone>,
}

/// Whether a node is kept for its places.
pub fn keeps_node(tags: &dyn TagSet, catalog: &Catalog) -> bool {
    !catalog.classify(tags).is_empty()
}

/// Whether a way is kept for its places.
pub fn keeps_way(tags: &dyn TagSet, catalog: &Catalog) -> bool {
    is_residential_area(tags)
        || is_home(tags)
        || zone_level(tags).is_some()
        || !catalog.classify(tags).is_empty()
}

/// The level of an administrative area that is small enough to sum figures for.
fn zone_level(tags: &dyn TagSet) -> Option<String> {
    let level = tags.value("admin_level")?;
    (tags.has("boundary", "administrative") && ["8", "9", "10"].contains(&level))
        .then(|| format!("admin_{level}"))
}

fn is_residential_area(tags: &dyn TagSet) -> bool {
    tags.has("landuse", "residential")
}

fn is_home(tags: &dyn TagSet) -> bool {
    tags.value("building")
        .is_some_and(|kind| HOMES.contains(&kind))
}

/// The places of an extract that was read with [`keeps_node`] and [`keeps_way`].
///
/// Blocks are residential areas (of two that lie in one another the larger) and,
/// outside every residential area, residential buildings. A building lies where
/// its inner place lies.
pub fn from_osm(extract: &Extract, catalog: &Catalog) -> (OsmPlaces, Notices) {
    let mut notices = Notices::default();
    let mut places = OsmPlaces {
        blocks: blocks(extract, catalog, &mut notices),
        facilities: facilities(extract, catalog, &mut notices),
        zones: zones(extract, &mut notices),
    };
    places.zones.sort_by(|one, other| one.id.cmp(&other.id));
    places.blocks.sort_by(|one, other| one.id.cmp(&other.id));
    places
        .facilities
        .sort_by(|one, other| one.id.cmp(&other.id));
    (places, notices)
}

fn facilities(extract: &Extract, catalog: &Catalog, notices: &mut Notices) -> Vec<Facility> {
    let mut found = Vec::new();
    let mut add = |id: String, tags: &Tags, categories, shape: Shape, origin| {
        let (entrances, entrances_assumed) = entrances(&shape);
        found.push(Facility {
            id,
            name: name(tags),
            categories,
            size_m2: surface(&shape),
            capacity: None,
            shape,
            origin,
            entrances,
            entrances_assumed,
        });
    };
    for node in &extract.nodes {
        let categories = catalog.classify(&node.tags);
        if !categories.is_empty() {
            let id = extract.id(node.index);
            let shape = Shape::Point(extract.at(node.index));
            let origin = Origin::OsmNode(id);
            add(format!("node/{id}"), &node.tags, categories, shape, origin);
        }
    }
    for way in &extract.ways {
        let categories = catalog.classify(&way.tags);
        if categories.is_empty() {
            continue;
        }
        if let Some(area) = area(extract, way, Notice::OpenFacility, notices) {
            let origin = Origin::OsmWay(way.id);
            add(
                way_id(way),
                &way.tags,
                categories,
                Shape::Area(area),
                origin,
            );
        }
    }
    found
}

fn zones(extract: &Extract, notices: &mut Notices) -> Vec<Zone> {
    let level_of = |way: &Way| zone_level(&way.tags);
    // Most boundaries are drawn as parts of relations: an open one is nothing odd.
    let closed = extract.ways.iter().filter(|way| way.ring().is_some());
    closed
        .filter_map(|way| {
            Some(Zone {
                id: way_id(way),
                name: name(&way.tags),
                level: Some(level_of(way)?),
                area: area(extract, way, Notice::NoSurface, notices)?,
            })
        })
        .collect()
}

fn blocks(extract: &Extract, catalog: &Catalog, notices: &mut Notices) -> Vec<Block> {
    let (mut residential, mut homes) = (Vec::new(), Vec::new());
    for way in &extract.ways {
        let is_area = is_residential_area(&way.tags);
        if !(is_area || is_home(&way.tags)) || catalog.is_marked_off(&way.tags) {
            continue;
        }
        if let Some(area) = area(extract, way, Notice::OpenBlock, notices) {
            let list = if is_area {
                &mut residential
            } else {
                &mut homes
            };
            list.push((way, area));
        }
    }
    // The largest first, so that an area is held against larger ones only.
    residential.sort_by(|(one_way, one), (other_way, other)| {
        other
            .square_metres()
            .total_cmp(&one.square_metres())
            .then(one_way.id.cmp(&other_way.id))
    });
    let index = Covers::new(residential.iter().map(|(_, area)| area));
    let mut kept = vec![true; residential.len()];
    for (own, (way, area)) in residential.iter().enumerate() {
        let inner = area.inner_place();
        let nested = index
            .boxes_at(inner)
            .filter(|&other| other < own && kept.get(other) == Some(&true))
            .any(|other| {
                residential
                    .get(other)
                    .is_some_and(|(_, area)| area.holds(inner))
            });
        if nested {
            notices.note(Notice::NestedResidential, format!("way {}", way.id));
            if let Some(kept) = kept.get_mut(own) {
                *kept = false;
            }
        }
    }
    homes.retain(|(_, footprint)| {
        let inner = footprint.inner_place();
        !index.boxes_at(inner).any(|other| {
            residential
                .get(other)
                .is_some_and(|(_, area)| area.holds(inner))
        })
    });
    let areas = residential.into_iter().zip(kept).filter(|(_, kept)| *kept);
    areas
        .map(|((way, area), _)| block(way, area, false))
        .chain(homes.into_iter().map(|(way, area)| block(way, area, true)))
        .collect()
}

fn block(way: &Way, area: Area, building: bool) -> Block {
    Block {
        id: way_id(way),
        name: name(&way.tags),
        land: Land::from_square_metres(area.square_metres()),
        shape: Shape::Area(area),
        people: None,
        elderly: None,
        children: None,
        community: None,
        subdistrict: None,
        origin: Origin::OsmWay(way.id),
        building,
    }
}

fn way_id(way: &Way) -> String {
    format!("way/{}", way.id)
}

fn name(tags: &Tags) -> Option<String> {
    tags.value("name")
        .or_else(|| tags.value("name:zh"))
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
}

/// The area of a closed way; `open`, `IncompleteRing` or `NoSurface` is noted
/// where it has none.
fn area(extract: &Extract, way: &Way, open: Notice, notices: &mut Notices) -> Option<Area> {
    let refused = if let Some(ring) = way.ring() {
        let ring = ring.iter().map(|&node| extract.at(node)).collect();
        match Area::from_ring(ring) {
            Some(area) => return Some(area),
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

/// Bounding boxes of areas, for "which may hold this place".
struct Covers(RTree<GeomWithData<Rectangle<[f64; 2]>, usize>>);

impl Covers {
    fn new<'a>(areas: impl Iterator<Item = &'a Area>) -> Self {
        let boxes = areas.enumerate().map(|(own, area)| {
            let (south_west, north_east) = area.bounds();
            GeomWithData::new(
                Rectangle::from_corners(corner(south_west), corner(north_east)),
                own,
            )
        });
        Self(RTree::bulk_load(boxes.collect()))
    }

    fn boxes_at(&self, place: LonLat) -> impl Iterator<Item = usize> {
        self.0
            .locate_in_envelope_intersecting(&AABB::from_point(corner(place)))
            .map(|found| found.data)
    }
}

fn corner(place: LonLat) -> [f64; 2] {
    [f64::from(place.lon), f64::from(place.lat)]
}
