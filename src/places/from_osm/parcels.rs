//! Blocks of an extract: residential areas and residential buildings.

use rayon::prelude::*;
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::super::outlines::Outlines;
use super::super::{Block, BlockKind, Catalog, Groups, Origin, Shape};
use super::{area, id, name};
use crate::notice::{Notice, Notices};
use crate::osm::{Extract, TagSet, Tags};
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

pub(super) fn is_residential_area(tags: &dyn TagSet) -> bool {
    tags.has("landuse", "residential")
}

pub(in crate::places) fn is_home(tags: &dyn TagSet) -> bool {
    tags.value("building")
        .is_some_and(|kind| HOMES.contains(&kind))
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

/// All blocks.
pub(super) fn blocks(
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
    // Each is asked for its inner place below, one after the other.
    let all = residential.par_iter().chain(&homes);
    all.for_each(|parcel| {
        parcel.area.inner_place();
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
        .map(|(parcel, _)| block(parcel, BlockKind::Area))
        .chain(
            homes
                .into_iter()
                .map(|home| block(home, BlockKind::Building)),
        )
        .collect()
}

fn block(parcel: Parcel, kind: BlockKind) -> Block {
    Block {
        id: id(&parcel.origin),
        name: name(parcel.tags),
        land: Land::from_square_metres(parcel.area.square_metres()),
        shape: Shape::Area(parcel.area),
        people: None,
        groups: Groups::default(),
        community: None,
        subdistrict: None,
        origin: parcel.origin,
        kind,
    }
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
