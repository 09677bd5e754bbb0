//! Facilities of an extract.

use super::super::facilities::{entrances, surface};
use super::super::outlines::Outlines;
use super::super::{Catalog, Facility, Origin, Shape};
use super::{area, id, may_be_one, name};
use crate::notice::{Notice, Notices};
use crate::osm::{Extract, Tags};

/// All sites with a category.
pub(super) fn facilities(
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
