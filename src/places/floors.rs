//! The floor area that people live in, block by block.

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::outlines::Outlines;
use super::{Block, Catalog, Shape};
use crate::notice::{Notice, Notices};
use crate::osm::{Extract, TagSet, Tags};
use crate::plane::{Area, LonLat};
use crate::units::Land;

/// Floors of a house whose levels are not mapped: the middle of the low-rise class, 1 to
/// 3 floors (GB 50180-2018, table 4.0.2).
pub const FLOORS_OF_HOUSES: f64 = 2.0;

/// Floors of any other dwelling whose levels are not mapped: the most of the first
/// multi-storey class, 4 to 6 floors (GB 50180-2018, table 4.0.2).
pub const FLOORS_OF_OTHERS: f64 = 6.0;

const HOUSES: [&str; 5] = [
    "house",
    "detached",
    "semidetached_house",
    "terrace",
    "bungalow",
];

/// A building that people may live in.
#[derive(Clone, Debug, PartialEq)]
pub struct Dwelling {
    /// A place inside it.
    pub at: LonLat,
    /// Its floor area: footprint times levels.
    pub floor: Land,
    /// Whether its levels are mapped.
    pub levels_known: bool,
    /// Its id.
    pub id: String,
}

/// Whether a way or relation may be a dwelling: a residential building, or one of which
/// nothing is said. The latter counts where it stands on residential land.
pub fn keeps_dwelling(tags: &dyn TagSet) -> bool {
    tags.has("building", "yes") || super::from_osm::is_home(tags)
}

/// All dwellings of an extract, by id.
pub fn dwellings(extract: &Extract, catalog: &Catalog) -> Vec<Dwelling> {
    // What is odd about them was noted when blocks were made of them.
    let mut unheard = Notices::default();
    let outlines = Outlines::of(extract, catalog, &mut unheard);
    let wanted = |tags: &Tags| keeps_dwelling(tags) && !catalog.is_marked_off(tags);
    let mut found = Vec::new();
    for (origin, drawn) in outlines.iter() {
        if wanted(&drawn.tags) {
            let id = super::from_osm::id(&origin);
            found.extend(dwelling(id, &drawn.tags, &drawn.area));
        }
    }
    for way in extract.ways.iter().filter(|way| wanted(&way.tags)) {
        if outlines.stand_for(way, wanted, &mut unheard) {
            continue;
        }
        let ring = way
            .ring()
            .map(|ring| ring.iter().map(|&node| extract.at(node)));
        let area = ring.and_then(|ring| Area::from_ring(ring.collect()));
        let id = format!("way/{}", way.id);
        found.extend(area.and_then(|area| dwelling(id, &way.tags, &area)));
    }
    found.sort_by(|one, other| one.id.cmp(&other.id));
    found
}

fn dwelling(id: String, tags: &Tags, area: &Area) -> Option<Dwelling> {
    let levels = tags.value("building:levels").and_then(levels);
    let house = tags
        .value("building")
        .is_some_and(|kind| HOUSES.contains(&kind));
    let assumed = if house {
        FLOORS_OF_HOUSES
    } else {
        FLOORS_OF_OTHERS
    };
    Some(Dwelling {
        at: area.inner_place(),
        floor: Land::from_square_metres(area.square_metres() * levels.unwrap_or(assumed))?,
        levels_known: levels.is_some(),
        id,
    })
}

/// `6` or `5.5`; what is higher than any building is mistyped.
fn levels(text: &str) -> Option<f64> {
    let levels: f64 = text.trim().parse().ok()?;
    (0.5..=200.0).contains(&levels).then_some(levels)
}

/// The floor area of every block: that of the dwellings whose inner place lies in it and,
/// where there is a study area, in that; of blocks that overlap the first has it.
pub fn floor_areas(
    blocks: &[Block],
    dwellings: &[Dwelling],
    study_area: Option<&Area>,
) -> (Vec<Land>, Notices) {
    let mut notices = Notices::default();
    let boxes = blocks.iter().enumerate().filter_map(|(own, block)| {
        let Shape::Area(area) = &block.shape else {
            return None;
        };
        let (low, high) = area.bounds();
        let corners = Rectangle::from_corners(corner(low), corner(high));
        Some(GeomWithData::new(corners, (own, area)))
    });
    let index = RTree::bulk_load(boxes.collect());
    let mut floors = vec![Land::ZERO; blocks.len()];
    for home in dwellings {
        if study_area.is_some_and(|area| !area.holds(home.at)) {
            continue;
        }
        let near = index.locate_in_envelope_intersecting(&AABB::from_point(corner(home.at)));
        let holding = near.filter(|found| found.data.1.holds(home.at));
        let Some(block) = holding.map(|found| found.data.0).min() else {
            continue;
        };
        floors[block] += home.floor;
        if !home.levels_known {
            notices.note(Notice::UnknownLevels, home.id.replace('/', " "));
        }
    }
    (floors, notices)
}

fn corner(place: LonLat) -> [f64; 2] {
    [f64::from(place.lon), f64::from(place.lat)]
}
