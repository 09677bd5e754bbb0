//! Facilities of an extract, and what is left out of them.

use super::super::facilities::entrances;
use super::super::left_out::{LeftOut, Tally};
use super::super::outlines::Outlines;
use super::super::{Catalog, CategoryId, Facility, Origin, Shape, Size};
use super::{area, id, may_be_one, name};
use crate::notice::{Notice, Notices};
use crate::osm::{Extract, Relation, TagSet as _, Tags, Way};
use crate::units::Land;

/// All sites with a category, and what of the other sites there is.
pub(super) fn facilities(
    extract: &Extract,
    outlines: &Outlines,
    catalog: &Catalog,
    notices: &mut Notices,
) -> (Vec<Facility>, Vec<LeftOut>) {
    let mut found = Vec::new();
    let mut left_out = Tally::default();
    for node in &extract.nodes {
        let categories = catalog.classify(&node.tags);
        let origin = Origin::OsmNode(extract.id(node.index));
        if categories.is_empty() {
            left_out.refuse(&origin, &node.tags, true, catalog);
        } else {
            let shape = Shape::Point(extract.at(node.index));
            found.push(facility(origin, &node.tags, categories, shape));
        }
    }
    for (origin, drawn) in outlines.iter() {
        let categories = catalog.classify(&*drawn.tags);
        if !categories.is_empty() {
            let shape = Shape::Area(drawn.area.clone());
            found.push(facility(origin, &drawn.tags, categories, shape));
        }
    }
    for relation in &extract.relations {
        relation_left_out(relation, outlines, catalog, &mut left_out);
    }
    for way in &extract.ways {
        let categories = catalog.classify(&way.tags);
        let origin = Origin::OsmWay(way.id);
        if categories.is_empty() {
            left_out.refuse(&origin, &way.tags, is_closed(way), catalog);
            continue;
        }
        let same = |tags: &Tags| {
            let offered = catalog.classify(tags);
            let all = categories.iter().all(|category| offered.contains(category));
            all && may_be_one(&way.tags, tags)
        };
        if outlines.stand_for(way, same, notices) {
            continue;
        }
        match area(extract, way, Notice::OpenFacility, notices) {
            Some(area) => found.push(facility(origin, &way.tags, categories, Shape::Area(area))),
            None => left_out.shapeless(&origin, &way.tags, is_closed(way), catalog),
        }
    }
    (found, left_out.rows())
}

fn facility(origin: Origin, tags: &Tags, categories: Vec<CategoryId>, shape: Shape) -> Facility {
    let (entrances, entrances_assumed) = entrances(&shape);
    Facility {
        id: id(&origin),
        name: name(tags),
        categories,
        size: size(tags, &shape),
        shape,
        origin,
        entrances,
        entrances_assumed,
    }
}

/// The outline of a building is no land: it gives the floor, where its levels are known.
fn size(tags: &Tags, shape: &Shape) -> Size {
    let drawn = Size::of_shape(shape);
    if tags.value("building").is_none_or(|kind| kind == "no") {
        return drawn;
    }
    let levels = tags.value("building:levels");
    let levels: Option<f64> = levels.and_then(|levels| levels.trim().parse().ok());
    let floor = drawn.land.zip(levels).and_then(|(footprint, levels)| {
        let above_ground = (0.0..=200.0).contains(&levels).then_some(levels)?;
        Land::from_square_metres(footprint.square_metres() * above_ground)
    });
    Size {
        floor,
        ..Size::default()
    }
}

fn is_closed(way: &Way) -> bool {
    way.nodes.len() >= 4 && way.nodes.first() == way.nodes.last()
}

fn relation_left_out(
    relation: &Relation,
    outlines: &Outlines,
    catalog: &Catalog,
    left_out: &mut Tally,
) {
    let origin = Origin::OsmRelation(relation.id);
    if catalog.classify(&relation.tags).is_empty() {
        left_out.refuse(&origin, &relation.tags, true, catalog);
    } else if !outlines.holds(relation.id) {
        left_out.shapeless(&origin, &relation.tags, true, catalog);
    }
}
