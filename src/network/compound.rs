//! Compounds: areas that are entered by their gates only.

use std::sync::Arc;

use rayon::prelude::*;
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::gates::KnownGates;
use super::obstacle::{any, is_wall};
use super::outline::Nodes;
use crate::osm::{Extract, NodeIndex, TagSet, Way};
use crate::plane::{Area, LonLat};
use crate::profile::{AccessRules, Admits};

/// A gate or an entrance on the outline of a compound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gate {
    /// OSM id of its node; 0 of one that a table or a plan gives.
    pub osm_id: i64,
    /// Where it stands.
    pub at: LonLat,
    /// Whom it lets in.
    pub admits: Admits,
    /// Whether a way leads through it or up to it.
    pub on_way: bool,
}

impl Gate {
    /// Whether those who live behind it pass.
    pub fn lets_out(&self) -> bool {
        self.admits != Admits::Nobody
    }

    /// Whether visitors pass.
    pub fn lets_in(&self) -> bool {
        self.admits == Admits::Everybody
    }

    /// Whether another stands at the same place.
    fn is_place_of(&self, other: &Self) -> bool {
        (self.osm_id, self.at) == (other.osm_id, other.at)
    }
}

/// A gate of a compound that is another than it was, or new.
#[derive(Clone, Copy, Debug)]
pub struct Regated {
    /// The compound, by its number.
    pub compound: usize,
    /// What it was; `None` of a new one.
    pub was: Option<Gate>,
    /// What it is.
    pub is: Gate,
}

/// An area enclosed by a wall or a fence, or an estate with gates on its outline.
#[derive(Clone, Debug, PartialEq)]
pub struct Compound {
    /// What is inside.
    pub area: Area,
    /// Its gates, by OSM id, locked ones too.
    pub gates: Vec<Gate>,
    /// Whether a table gives them: then nothing else leads out.
    pub of_table: bool,
}

impl Compound {
    /// Whether whoever passed a gate that was here passes it still.
    fn passes_as(&self, gate: &Gate) -> bool {
        let mut now = self.gates.iter().filter(|now| now.is_place_of(gate));
        now.any(|now| {
            now.on_way == gate.on_way
                && (now.lets_in() || !gate.lets_in())
                && (now.lets_out() || !gate.lets_out())
        })
    }
}

/// All compounds of an extract, smaller ones before larger ones.
#[derive(Clone, Debug, Default)]
pub struct Compounds {
    list: Vec<Arc<Compound>>,
    boxes: Arc<RTree<GeomWithData<Rectangle<[f64; 2]>, usize>>>,
}

/// Residential land with gates but without walls is a compound up to this size: what
/// is larger is a district, and nobody maps all its gates.
///
/// # Units
/// Square metres.
const ESTATE: f64 = 200_000.0;

/// Whether an area with these tags is a compound where it is walled or has gates:
/// residential land, campuses, hospitals, parks; or is drawn as a wall itself.
pub fn keeps_compound(tags: &dyn TagSet) -> bool {
    is_wall(tags)
        || any(
            tags,
            "landuse",
            &["residential", "education", "institutional"],
        )
        || any(
            tags,
            "leisure",
            &["park", "garden", "playground", "sports_centre"],
        )
        || any(
            tags,
            "amenity",
            &[
                "university",
                "college",
                "school",
                "kindergarten",
                "hospital",
                "clinic",
                "nursing_home",
                "social_facility",
            ],
        )
}

impl Compounds {
    /// The compounds of an extract: closed walls and fences; areas of
    /// [`keeps_compound`] of which two thirds of the outline's nodes stand on walls;
    /// and residential land of at most 20 ha on whose outline a gate stands that is not
    /// locked. What is known of gates besides comes before it.
    pub fn of(extract: &Extract, rules: &AccessRules, known: &KnownGates) -> Self {
        let nodes = Nodes::of(extract, rules);
        let of_way = |way: &Way| {
            let ring = way.ring().filter(|_| keeps_compound(&way.tags))?;
            let found = nodes.gates(extract, ring, &way.tags)?;
            let ring = ring.iter().map(|&node| extract.at(node)).collect();
            compound(Area::from_ring(ring), found)
        };
        let mut list: Vec<Compound> = extract.ways.par_iter().filter_map(of_way).collect();
        for relation in &extract.relations {
            if !keeps_compound(&relation.tags) {
                continue;
            }
            let ways: Vec<&Way> = extract.ways_of(relation).collect();
            let outline: Vec<NodeIndex> = ways
                .iter()
                .flat_map(|way| way.nodes.iter())
                .copied()
                .collect();
            if let Some(found) = nodes.gates(extract, &outline, &relation.tags) {
                let (area, _) = extract.area_of(relation);
                list.extend(compound(area.map(|found| found.area), found));
            }
        }
        Self::from_list(known.over(list))
    }

    fn from_list(mut list: Vec<Compound>) -> Self {
        list.sort_by(|one, other| {
            let size = |compound: &Compound| compound.area.square_metres();
            size(one)
                .total_cmp(&size(other))
                .then_with(|| one.area.polygons().cmp(other.area.polygons()))
                .then_with(|| one.gates.cmp(&other.gates))
        });
        // A residential area and the wall around it are one compound.
        list.dedup_by(|later, first| {
            let same = later.area.polygons() == first.area.polygons();
            if same {
                first.gates.append(&mut later.gates);
                first.gates.sort_unstable();
                first.gates.dedup();
            }
            same
        });
        let boxes = list.iter().enumerate().map(|(own, compound)| {
            let (low, high) = compound.area.bounds();
            GeomWithData::new(Rectangle::from_corners(corner(low), corner(high)), own)
        });
        Self {
            boxes: Arc::new(RTree::bulk_load(boxes.collect())),
            list: list.into_iter().map(Arc::new).collect(),
        }
    }

    /// The same with other gates.
    pub(super) fn gated(&self, gates: &[Regated]) -> Self {
        let mut gated = self.clone();
        for regated in gates {
            let own = Arc::make_mut(&mut gated.list[regated.compound]);
            own.gates.retain(|known| Some(*known) != regated.was);
            own.gates.push(regated.is);
            own.gates.sort_unstable();
            own.gates.dedup();
        }
        gated
    }

    /// The compounds that are entered by more gates than they were, or by those that were
    /// closed, ascending; `None` where anything else is other.
    pub(super) fn opened_since(&self, before: &Self) -> Option<Vec<usize>> {
        if !Arc::ptr_eq(&self.boxes, &before.boxes) {
            return None;
        }
        let mut opened = Vec::new();
        for (number, (now, was)) in self.list.iter().zip(&before.list).enumerate() {
            if Arc::ptr_eq(now, was) {
                continue;
            }
            if !was.gates.iter().all(|gate| now.passes_as(gate)) {
                return None;
            }
            opened.push(number);
        }
        Some(opened)
    }

    /// The compounds that are left through one of these, by whatever gates, and these
    /// themselves; ascending.
    pub fn left_through(&self, these: &[usize]) -> Vec<usize> {
        // So it is for most changes.
        if these.is_empty() {
            return Vec::new();
        }
        let mut through = vec![false; self.list.len()];
        // Who stands in a gate is in larger compounds alone.
        for number in (0..self.list.len()).rev() {
            let outer = |gate: &Gate| {
                let around = self.around(gate.at).into_iter();
                around.filter(|&outer| outer > number).any(|it| through[it])
            };
            through[number] = these.contains(&number) || self.list[number].gates.iter().any(outer);
        }
        (0..through.len()).filter(|&it| through[it]).collect()
    }

    /// The compounds of whose outlines a straight piece is a side, ascending.
    pub fn beside(&self, [one, other]: [LonLat; 2]) -> Vec<usize> {
        let side = [one.min(other), one.max(other)];
        let envelope = AABB::from_corners(corner(one), corner(other));
        let mut beside = self.meeting(&envelope);
        beside.retain(|&own| sides(&self.list[own].area).any(|own| own == side));
        beside
    }

    /// A compound by its number.
    pub fn compound(&self, number: usize) -> &Compound {
        &self.list[number]
    }

    /// All compounds, smaller ones first.
    pub fn iter(&self) -> impl Iterator<Item = &Compound> {
        self.list.iter().map(|compound| &**compound)
    }

    /// The straight pieces of all outlines.
    pub(super) fn sides(&self) -> impl Iterator<Item = [LonLat; 2]> {
        self.list.iter().flat_map(|compound| sides(&compound.area))
    }

    /// The compounds that have a gate of the extract, with it.
    pub fn with_gate(&self, osm_id: i64, at: LonLat) -> Vec<(usize, Gate)> {
        let near = self.meeting(&AABB::from_point(corner(at)));
        let gates = near.into_iter().flat_map(|own| {
            let gates = self.list[own].gates.iter();
            gates.map(move |&gate| (own, gate))
        });
        let same = |gate: &Gate| (gate.osm_id, gate.at) == (osm_id, at);
        gates.filter(|(_, gate)| same(gate)).collect()
    }

    /// The compounds that a block with gates of a table is.
    pub fn of_block(&self, area: &Area) -> Vec<usize> {
        let inner = area.inner_place();
        let mut near = self.meeting(&AABB::from_point(corner(inner)));
        near.retain(|&own| {
            let compound = &self.list[own];
            compound.of_table
                && compound.area.holds(inner)
                && area.holds(compound.area.inner_place())
        });
        near
    }

    /// The compounds whose boxes meet another, ascending.
    fn meeting(&self, envelope: &AABB<[f64; 2]>) -> Vec<usize> {
        let found = self.boxes.locate_in_envelope_intersecting(envelope);
        let mut found: Vec<usize> = found.map(|found| found.data).collect();
        found.sort_unstable();
        found
    }

    /// The compounds in which a place lies, from the innermost outwards. Who stands
    /// on the outline is not inside.
    pub fn around(&self, place: LonLat) -> Vec<usize> {
        let mut around = self.meeting(&AABB::from_point(corner(place)));
        around.retain(|&own| self.is_inside(own, place));
        around
    }

    /// Whether a walk here is inside a compound for somebody who left it. Streets along a
    /// block of the table are outside, however its outline is drawn.
    pub fn is_within(&self, compound: usize, place: LonLat) -> bool {
        let own = &self.list[compound];
        if own.of_table {
            super::gates::is_deep(&own.area, place)
        } else {
            self.is_inside(compound, place)
        }
    }

    /// Whether a place lies inside a compound and not on its outline.
    pub fn is_inside(&self, compound: usize, place: LonLat) -> bool {
        let area = &self.list[compound].area;
        area.holds(place) && area.outline_metres(place) > super::obstacle::GLUED
    }
}

/// An area with its gates, if it is a compound.
fn compound(area: Option<Area>, (gates, enclosed): (Vec<Gate>, bool)) -> Option<Compound> {
    let area = area.filter(|area| enclosed || area.square_metres() <= ESTATE)?;
    Some(Compound {
        area,
        gates,
        of_table: false,
    })
}

/// The straight pieces of all rings of an area.
pub(super) fn sides(area: &Area) -> impl Iterator<Item = [LonLat; 2]> {
    let rings = area
        .polygons()
        .iter()
        .flat_map(|rings| std::iter::once(&rings.outer).chain(&rings.holes));
    rings.flat_map(|ring| {
        ring.windows(2)
            .map(|pair| [pair[0].min(pair[1]), pair[0].max(pair[1])])
    })
}

pub(super) fn corner(place: LonLat) -> [f64; 2] {
    [f64::from(place.lon), f64::from(place.lat)]
}
