//! Closed walls without a way in.

use rstar::primitives::GeomWithData;
use rstar::{AABB, RTree};

use super::chart::{Chart, corner};
use super::island::length;
use super::{Finding, Kind, MapObject, Patient};
use crate::network::is_wall;
use crate::osm::{NodeIndex, TagSet, Way};
use crate::places::Shape;
use crate::plane::{Area, LonLat, PlaceIndex, is_in_box, lines_meet};
use crate::profile::Verdict;

/// A closed wall and a place in it are one finding.
pub(super) fn find(patient: &Patient, chart: &Chart) -> Vec<Finding> {
    let extract = patient.extract;
    let places = places(patient);
    let roads = Roads::of(patient);
    let mut findings = Vec::new();
    for way in extract.ways.iter().filter(|way| is_wall(&way.tags)) {
        let Some(ring) = way.ring() else { continue };
        let line: Vec<LonLat> = ring.iter().map(|&node| extract.at(node)).collect();
        let Some(area) = Area::from_ring(line.clone()) else {
            continue;
        };
        let (low, high) = area.bounds();
        let within = |at: LonLat| is_in_box((low, high), at);
        let envelope = AABB::from_corners(corner(low), corner(high));
        let inside: Vec<MapObject> = places
            .locate_in_envelope(&envelope)
            .map(|place| place.data)
            .filter(|&(object, [at, low, high])| {
                object == MapObject::Way(way.id) || within(low) && within(high) && area.holds(at)
            })
            .map(|(object, _)| object)
            .collect();
        let at_border = || line.iter().any(|&at| chart.is_border(at, 0.0));
        if inside.is_empty() || roads.open(ring, &line) || at_border() {
            continue;
        }
        let mut objects = inside;
        objects.sort_unstable();
        objects.retain(|&object| object != MapObject::Way(way.id));
        objects.insert(0, MapObject::Way(way.id));
        findings.push(Finding {
            kind: Kind::WallWithoutGate,
            objects,
            at: area.inner_place(),
            millimetres: Some(length(&line)),
            lines: vec![line],
        });
    }
    findings
}

/// A place, with the corners of the box around it.
type PlaceAt = GeomWithData<[f64; 2], (MapObject, [LonLat; 3])>;

/// A garden behind a wall is a flower bed more often than not.
pub(super) fn is_garden(patient: &Patient, object: MapObject) -> bool {
    match object {
        MapObject::Way(id) => {
            let way = patient.extract.way(id);
            way.is_some_and(|way| way.tags.has("leisure", "garden"))
        }
        _ => false,
    }
}

/// What must be entered: blocks and facilities but gardens, by a place inside them.
fn places(patient: &Patient) -> RTree<PlaceAt> {
    let blocks = patient.blocks.iter();
    let blocks = blocks.map(|block| (&block.origin, &block.shape));
    let facilities = patient.facilities.iter();
    let facilities = facilities.map(|facility| (&facility.origin, &facility.shape));
    let places = blocks.chain(facilities).filter_map(|(origin, shape)| {
        let object = MapObject::of(origin).filter(|&object| !is_garden(patient, object))?;
        let at = shape.inner_place();
        let (low, high) = match shape {
            Shape::Point(at) => (*at, *at),
            Shape::Area(area) => area.bounds(),
        };
        Some(GeomWithData::new(corner(at), (object, [at, low, high])))
    });
    RTree::bulk_load(places.collect())
}

/// Roads of every kind, and the gates and entrances.
struct Roads {
    /// Whether a node is a gate, an entrance or part of a road.
    passed: Vec<bool>,
    pieces: PlaceIndex<[LonLat; 2]>,
}

impl Roads {
    fn of(patient: &Patient) -> Self {
        let extract = patient.extract;
        let mut passed = vec![false; extract.node_ids.len()];
        for node in &extract.nodes {
            if patient.rules.node(&node.tags).is_entry() {
                passed[node.index.0 as usize] = true;
            }
        }
        let is_road = |way: &&Way| patient.rules.way(&way.tags) != Verdict::NotARoad;
        let mut pieces = Vec::new();
        for way in extract.ways.iter().filter(is_road) {
            for run in way.runs() {
                for node in run {
                    passed[node.0 as usize] = true;
                }
                let pairs = run.windows(2);
                pieces.extend(pairs.map(|pair| [pair[0], pair[1]].map(|at| extract.at(at))));
            }
        }
        Self {
            passed,
            pieces: PlaceIndex::of(&pieces),
        }
    }

    /// Whether a gate, an entrance or a road is on a ring, or a road crosses it.
    fn open(&self, ring: &[NodeIndex], line: &[LonLat]) -> bool {
        ring.iter().any(|node| self.passed[node.0 as usize])
            || line.windows(2).any(|side| {
                let side = [side[0], side[1]];
                let mut near = self.pieces.meeting(side.map(corner));
                near.any(|&piece| lines_meet(piece, side))
            })
    }
}
