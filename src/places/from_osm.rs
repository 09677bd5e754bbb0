//! Blocks and facilities from an OSM extract.

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::facilities::{entrances, surface};
use super::outlines::Outlines;
use super::{Block, Catalog, Facility, Origin, Shape, Zone};
use crate::notice::{Notice, Notices};
use crate::osm::{Extract, TagSet, Tags, Way, tagged_on_ways};
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

/// Whether a relation is kept for its places: as a way with its tags, or because
/// its outer ways carry them.
pub fn keeps_relation(tags: &dyn TagSet, catalog: &Catalog) -> bool {
    tagged_on_ways(tags) || keeps_way(tags, catalog)
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

/// The places of an extract that was read with [`keeps_node`], [`keeps_way`] and
/// [`keeps_relation`].
///
/// Blocks are residential areas (of two that lie in one another the larger) and,
/// outside every residential area, residential buildings. A building lies where
/// its inner place lies. A relation and a way of its outer ring that say the same
/// are one place: the relation's.
pub fn from_osm(extract: &Extract, catalog: &Catalog) -> (OsmPlaces, Notices) {
    let mut notices = Notices::default();
    let outlines = Outlines::of(extract, catalog, &mut notices);
    let mut places = OsmPlaces {
        blocks: blocks(extract, &outlines, catalog, &mut notices),
        facilities: facilities(extract, &outlines, catalog, &mut notices),
        zones: zones(extract, &outlines, &mut notices),
    };
    places.zones.sort_by(|one, other| one.id.cmp(&other.id));
    places.blocks.sort_by(|one, other| one.id.cmp(&other.id));
    places
        .facilities
        .sort_by(|one, other| one.id.cmp(&other.id));
    (places, notices)
}

fn facilities(
    extract: &Extract,
    outlines: &Outlines,
    catalog: &Catalog,
    notices: &mut Notices,
) -> Vec<Facility> {
    let mut found = Vec::new();
    let mut add = |origin, tags: &Tags, categories, shape: Shape| {
        let (entrances, entrances_assumed) = entrances(&shape);
        found.push(Facility {
            id: id(&origin),
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
            let origin = Origin::OsmNode(extract.id(node.index));
            let shape = Shape::Point(extract.at(node.index));
            add(origin, &node.tags, categories, shape);
        }
    }
    for (origin, drawn) in outlines.iter() {
        let categories = catalog.classify(&*drawn.tags);
        if !categories.is_empty() {
            let shape = Shape::Area(drawn.area.clone());
            add(origin, &drawn.tags, categories, shape);
        }
    }
    for way in &extract.ways {
        let categories = catalog.classify(&way.tags);
        let same = |tags: &Tags| {
            let offered = catalog.classify(tags);
            let all = categories.iter().all(|category| offered.contains(category));
            all && may_be_one(&way.tags, tags)
        };
        if categories.is_empty() || outlines.stand_for(way, same, notices) {
            continue;
        }
        if let Some(area) = area(extract, way, Notice::OpenFacility, notices) {
            let origin = Origin::OsmWay(way.id);
            add(origin, &way.tags, categories, Shape::Area(area));
        }
    }
    found
}

fn zones(extract: &Extract, outlines: &Outlines, notices: &mut Notices) -> Vec<Zone> {
    let zone = |origin, level, tags: &Tags, area| Zone {
        id: id(&origin),
        name: name(tags),
        level: Some(level),
        area,
    };
    let mut zones = Vec::new();
    for (origin, drawn) in outlines.iter() {
        if let Some(level) = zone_level(&*drawn.tags) {
            zones.push(zone(origin, level, &drawn.tags, drawn.area.clone()));
        }
    }
    // Most boundaries are drawn as parts of relations: an open one is nothing odd.
    for way in extract.ways.iter().filter(|way| way.ring().is_some()) {
        let Some(level) = zone_level(&way.tags) else {
            continue;
        };
        let same =
            |tags: &Tags| zone_level(tags).as_ref() == Some(&level) && may_be_one(&way.tags, tags);
        if outlines.stand_for(way, same, notices) {
            continue;
        }
        if let Some(area) = area(extract, way, Notice::NoSurface, notices) {
            zones.push(zone(Origin::OsmWay(way.id), level, &way.tags, area));
        }
    }
    zones
}

/// A residential area or a building.
struct Parcel<'a> {
    origin: Origin,
    tags: &'a Tags,
    area: Area,
}

/// Residential areas, and all residential buildings.
fn parcels<'a>(
    extract: &'a Extract,
    outlines: &'a Outlines,
    catalog: &Catalog,
    notices: &mut Notices,
) -> (Vec<Parcel<'a>>, Vec<Parcel<'a>>) {
    let (mut residential, mut homes) = (Vec::new(), Vec::new());
    let wanted =
        |tags: &Tags| (is_residential_area(tags) || is_home(tags)) && !catalog.is_marked_off(tags);
    let mut add = |origin, tags: &'a Tags, area| {
        let parcel = Parcel { origin, tags, area };
        if is_residential_area(tags) {
            residential.push(parcel);
        } else {
            homes.push(parcel);
        }
    };
    for (origin, drawn) in outlines.iter() {
        if wanted(&drawn.tags) {
            add(origin, &drawn.tags, drawn.area.clone());
        }
    }
    for way in extract.ways.iter().filter(|way| wanted(&way.tags)) {
        let is_area = is_residential_area(&way.tags);
        let same = |tags: &Tags| wanted(tags) && is_residential_area(tags) == is_area;
        if outlines.stand_for(way, same, notices) {
            continue;
        }
        if let Some(area) = area(extract, way, Notice::OpenBlock, notices) {
            add(Origin::OsmWay(way.id), &way.tags, area);
        }
    }
    (residential, homes)
}

fn blocks(
    extract: &Extract,
    outlines: &Outlines,
    catalog: &Catalog,
    notices: &mut Notices,
) -> Vec<Block> {
    let (mut residential, mut homes) = parcels(extract, outlines, catalog, notices);
    // The largest first, so that an area is held against larger ones only.
    residential.sort_by(|one, other| {
        let size = |parcel: &Parcel| parcel.area.square_metres();
        size(other)
            .total_cmp(&size(one))
            .then_with(|| one.origin.cmp(&other.origin))
    });
    let index = Covers::new(residential.iter().map(|parcel| &parcel.area));
    let holds = |other: usize, inner| {
        residential
            .get(other)
            .is_some_and(|parcel| parcel.area.holds(inner))
    };
    let mut kept = vec![true; residential.len()];
    for (own, parcel) in residential.iter().enumerate() {
        let inner = parcel.area.inner_place();
        let nested = index
            .boxes_at(inner)
            .filter(|&other| other < own && kept.get(other) == Some(&true))
            .any(|other| holds(other, inner));
        if nested {
            let place = id(&parcel.origin).replace('/', " ");
            notices.note(Notice::NestedResidential, place);
            if let Some(kept) = kept.get_mut(own) {
                *kept = false;
            }
        }
    }
    homes.retain(|home| {
        let inner = home.area.inner_place();
        let inside = index
            .boxes_at(inner)
            .any(|other| kept.get(other) == Some(&true) && holds(other, inner));
        if inside {
            notices.note(Notice::HomesInAreas, id(&home.origin).replace('/', " "));
        }
        !inside
    });
    let areas = residential.into_iter().zip(kept).filter(|(_, kept)| *kept);
    areas
        .map(|(parcel, _)| block(parcel, false))
        .chain(homes.into_iter().map(|home| block(home, true)))
        .collect()
}

fn block(parcel: Parcel, building: bool) -> Block {
    Block {
        id: id(&parcel.origin),
        name: name(parcel.tags),
        land: Land::from_square_metres(parcel.area.square_metres()),
        shape: Shape::Area(parcel.area),
        people: None,
        elderly: None,
        children: None,
        community: None,
        subdistrict: None,
        origin: parcel.origin,
        building,
    }
}

fn id(origin: &Origin) -> String {
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
