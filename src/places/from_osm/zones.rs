//! Administrative areas of an extract.

use super::super::outlines::Outlines;
use super::super::{Origin, Zone};
use super::{area, id, may_be_one, name};
use crate::notice::{Notice, Notices};
use crate::osm::{Extract, TagSet, Tags};

/// The level of an administrative area that is small enough to sum figures for.
pub(super) fn zone_level(tags: &dyn TagSet) -> Option<String> {
    let level = tags.value("admin_level")?;
    (tags.has("boundary", "administrative") && ["8", "9", "10"].contains(&level))
        .then(|| format!("admin_{level}"))
}

/// All administrative areas of levels 8 to 10.
pub(super) fn zones(extract: &Extract, outlines: &Outlines, notices: &mut Notices) -> Vec<Zone> {
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
