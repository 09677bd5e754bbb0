//! The same facility twice in what was read: which one stays, and by which rule.

use std::collections::{BTreeMap, BTreeSet};

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::{Catalog, CategoryId, Facility, Shape};
use crate::plane::{LonLat, Plane};
use crate::units::Length;

/// A row and an object of the same name are one facility up to here.
///
/// # Units
/// Millimetres.
const SAME_NAME: u64 = 100_000;

/// A row and an object of which one has no name are one facility up to here.
///
/// # Units
/// Millimetres.
const UNNAMED: u64 = 50_000;

/// Why two facilities are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MergeRule {
    /// A row of the table has the id of the OSM object.
    SameId,
    /// An OSM node lies in an OSM area of the same category, and is not named
    /// differently.
    NodeInArea,
    /// A row of the table and an OSM object of the same category and the same name
    /// are at most 100 m apart.
    SameName,
    /// A row of the table and an OSM object of the same category, of which one has
    /// no name, are at most 50 m apart.
    Unnamed,
}

impl MergeRule {
    /// Its key in tables.
    pub fn key(self) -> &'static str {
        match self {
            Self::SameId => "same_id",
            Self::NodeInArea => "node_in_area",
            Self::SameName => "same_name",
            Self::Unnamed => "unnamed",
        }
    }
}

/// A facility that is the same as another one.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    /// Id of the facility that stays. It may be merged into another one itself.
    pub kept: String,
    /// Its name, as it was read.
    pub kept_name: Option<String>,
    /// Id of the facility that is no facility of its own any more.
    pub gone: String,
    /// Its name.
    pub gone_name: Option<String>,
    /// What it offers; the one that stays now offers it too.
    pub categories: Vec<CategoryId>,
    /// Why they are one.
    pub rule: MergeRule,
    /// How far apart they are, straight, from outline to outline.
    pub apart: Length,
}

impl Merged {
    pub(super) fn new(kept: &Facility, gone: &Facility, rule: MergeRule, millimetres: u64) -> Self {
        Self {
            kept: kept.id.clone(),
            kept_name: kept.name.clone(),
            gone: gone.id.clone(),
            gone_name: gone.name.clone(),
            categories: gone.categories.clone(),
            rule,
            apart: Length::from_millimetres(millimetres),
        }
    }
}

/// A name as names are compared: letters and digits, in lower case.
fn letters(facility: &Facility) -> Option<String> {
    let name = facility.name.as_deref()?.to_lowercase();
    let letters: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
    Some(if letters.is_empty() { name } else { letters })
}

/// Merges nodes into the areas of the same category that they lie in, where they
/// are not named differently. An area without a name takes that of its nodes; where
/// they have several names, none of the named ones is the area.
pub(super) fn nodes_in_areas(
    facilities: Vec<Facility>,
    catalog: &Catalog,
) -> (Vec<Facility>, Vec<Merged>) {
    let areas: Vec<usize> = (0..facilities.len())
        .filter(|&own| matches!(facilities[own].shape, Shape::Area(_)))
        .collect();
    let boxes = Boxes::of(areas.iter().map(|&own| (own, &facilities[own].shape)));
    let names: Vec<Option<String>> = facilities.iter().map(letters).collect();
    let mut inside: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (node, facility) in facilities.iter().enumerate() {
        let Shape::Point(at) = facility.shape else {
            continue;
        };
        let is_it = |&area: &usize| {
            let other = &facilities[area];
            let named =
                names[node].is_none() || names[area].is_none() || names[node] == names[area];
            named
                && catalog.may_be_same(&facility.categories, &other.categories)
                && other.shape.distance_metres(at) <= 0.0
        };
        // Of several the one of its name, else the smallest.
        let order = |one: &usize, other: &usize| {
            let other_name = |area: usize| names[node].is_none() || names[area] != names[node];
            let key = |area| (other_name(area), facilities[area].size.stated());
            let id = || facilities[*one].id.cmp(&facilities[*other].id);
            key(*one).cmp(&key(*other)).then_with(id)
        };
        let found = boxes.near(at, at, 0.0).filter(is_it).min_by(order);
        if let Some(area) = found {
            inside.entry(area).or_default().push(node);
        }
    }
    for (&area, nodes) in &mut inside {
        let known: BTreeSet<&String> = nodes
            .iter()
            .filter_map(|&node| names[node].as_ref())
            .collect();
        if names[area].is_none() && known.len() > 1 {
            nodes.retain(|&node| names[node].is_none());
        }
    }
    let pairs = inside.into_iter().flat_map(|(area, nodes)| {
        let pair = move |node| Pair {
            kept: area,
            gone: node,
            rule: MergeRule::NodeInArea,
            apart: 0,
        };
        nodes.into_iter().map(pair)
    });
    merged(facilities, pairs.collect(), catalog)
}

/// Merges OSM objects into the rows of the table that are the same facility. A row
/// takes all objects of its name; where it finds none, and one of two has no name,
/// the nearest one. An object goes to one row.
pub(super) fn objects_in_rows(
    rows: Vec<Facility>,
    objects: Vec<Facility>,
    catalog: &Catalog,
) -> (Vec<Facility>, Vec<Merged>) {
    let first = rows.len();
    let boxes = Boxes::of(rows.iter().map(|row| &row.shape).enumerate());
    let facilities: Vec<Facility> = rows.into_iter().chain(objects).collect();
    let names: Vec<Option<String>> = facilities.iter().map(letters).collect();
    let mut pairs = Vec::new();
    for (own, object) in facilities.iter().enumerate().skip(first) {
        let (low, high) = object.shape.bounds();
        for row in boxes.near(low, high, SAME_NAME as f64 / 1_000.0) {
            let other = &facilities[row];
            let (rule, limit) = match (&names[own], &names[row]) {
                (Some(one), Some(other)) if one == other => (MergeRule::SameName, SAME_NAME),
                (Some(_), Some(_)) => continue,
                _ => (MergeRule::Unnamed, UNNAMED),
            };
            if !catalog.may_be_same(&object.categories, &other.categories) {
                continue;
            }
            let apart = (other.shape.metres_to(&object.shape) * 1_000.0).round() as u64;
            if apart <= limit {
                pairs.push(Pair {
                    kept: row,
                    gone: own,
                    rule,
                    apart,
                });
            }
        }
    }
    // Names first, then the nearest.
    pairs.sort_by(|one, other| {
        let key = |pair: &Pair| (pair.rule, pair.apart);
        let ids = |pair: &Pair| (&facilities[pair.kept].id, &facilities[pair.gone].id);
        key(one)
            .cmp(&key(other))
            .then_with(|| ids(one).cmp(&ids(other)))
    });
    let (mut rows, mut objects) = (BTreeSet::new(), BTreeSet::new());
    pairs.retain(|pair| {
        let free = pair.rule == MergeRule::SameName || !rows.contains(&pair.kept);
        let taken = free && objects.insert(pair.gone);
        if taken {
            rows.insert(pair.kept);
        }
        taken
    });
    merged(facilities, pairs, catalog)
}

/// Two facilities that are one, by their numbers; how far apart in millimetres.
struct Pair {
    kept: usize,
    gone: usize,
    rule: MergeRule,
    apart: u64,
}

/// Puts what is known of the one that goes into the one that stays.
fn merged(
    mut facilities: Vec<Facility>,
    pairs: Vec<Pair>,
    catalog: &Catalog,
) -> (Vec<Facility>, Vec<Merged>) {
    let list: Vec<Merged> = pairs
        .iter()
        .map(|pair| {
            let (kept, gone) = (&facilities[pair.kept], &facilities[pair.gone]);
            Merged::new(kept, gone, pair.rule, pair.apart)
        })
        .collect();
    let mut stays = vec![true; facilities.len()];
    // Of several names that differ in writing only, that of the lowest id.
    let mut pairs = pairs;
    pairs.sort_by(|one, other| facilities[one.gone].id.cmp(&facilities[other.gone].id));
    for Pair { kept, gone, .. } in pairs {
        stays[gone] = false;
        let known = &facilities[gone];
        let (name, size) = (known.name.clone(), known.size.clone());
        let categories = catalog.united(&facilities[kept].categories, &known.categories);
        let kept = &mut facilities[kept];
        kept.categories = categories;
        kept.name = kept.name.take().or(name);
        kept.size.complete(&size);
    }
    let mut stays = stays.into_iter();
    facilities.retain(|_| stays.next().unwrap_or(true));
    (facilities, list)
}

/// Bounding boxes, by the number of what they bound.
struct Boxes(RTree<GeomWithData<Rectangle<[f64; 2]>, usize>>);

impl Boxes {
    fn of<'a>(shapes: impl Iterator<Item = (usize, &'a Shape)>) -> Self {
        let boxes = shapes.map(|(own, shape)| {
            let (low, high) = shape.bounds();
            GeomWithData::new(Rectangle::from_corners(corner(low), corner(high)), own)
        });
        Self(RTree::bulk_load(boxes.collect()))
    }

    /// Those that may lie within so many metres of a box.
    fn near(&self, low: LonLat, high: LonLat, metres: f64) -> impl Iterator<Item = usize> {
        // A little wider, against rounding.
        let reach = metres * 1.001 + if metres > 0.0 { 1.0 } else { 0.0 };
        let envelope = AABB::from_corners(
            corner(Plane::at(low).place([-reach, -reach])),
            corner(Plane::at(high).place([reach, reach])),
        );
        let found = self.0.locate_in_envelope_intersecting(&envelope);
        found.map(|found| found.data)
    }
}

fn corner(place: LonLat) -> [f64; 2] {
    [f64::from(place.lon), f64::from(place.lat)]
}
