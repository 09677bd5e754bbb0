//! From an extract to the walk network.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use rayon::prelude::*;

use super::census::Census;
use super::chain::{Chain, chains};
use super::model::{Contact, Junction, JunctionId, Part, Position, Walk, WalkId, WalkNetwork};
use super::obstacle::Obstacles;
use super::segment::{Point, Segments};
use crate::notice::Notices;
use crate::osm::{Extract, TagSet, tagged_on_ways};
use crate::plane::{LonLat, distance_millimetres, hilbert_index};
use crate::profile::{AccessRules, Direction, Verdict};

/// Whether a way is read for the network: every road, refused ones too, so that
/// they are counted by reason, and squares.
pub fn keeps_way(tags: &dyn TagSet, rules: &AccessRules) -> bool {
    rules.way(tags) != Verdict::NotARoad || rules.area(tags).is_some()
}

/// Whether a relation is read for the network: pedestrian areas, and what says
/// nothing itself, as its ways may.
pub fn keeps_relation(tags: &dyn TagSet, rules: &AccessRules) -> bool {
    rules.area(tags).is_some() || tagged_on_ways(tags)
}

/// Whether a node's tags are read for the network.
pub fn keeps_node(tags: &dyn TagSet, rules: &AccessRules) -> bool {
    !rules.node(tags).is_plain()
}

/// A walk whose ends are not numbered yet.
struct Draft {
    chain: Chain,
    shape: Vec<LonLat>,
}

impl WalkNetwork {
    /// Builds the network of an extract. No straight line across a pedestrian area
    /// crosses an obstacle.
    ///
    /// Ways meet at shared nodes only. A node that nobody passes (a wall, a
    /// locked gate) becomes a dead end for each of its arms. Lengths are summed
    /// in whole millimetres, segment by segment, on the WGS84 ellipsoid.
    pub fn build(
        extract: &Extract,
        rules: &AccessRules,
        obstacles: &Obstacles,
    ) -> (Self, Census, Notices) {
        let mut census = Census::default();
        let mut notices = Notices::default();
        let segments = Segments::of(extract, rules, obstacles, &mut census, &mut notices);
        let drafts: Vec<Draft> = chains(&segments)
            .into_par_iter()
            .map(|chain| draft(&segments, chain))
            .collect();
        let network = number(&segments, drafts);
        census.count(extract, rules, &network);
        census.obstacles = obstacles.len() as u64;
        (network, census, notices)
    }
}

fn draft(segments: &Segments, chain: Chain) -> Draft {
    let shape = chain
        .points
        .iter()
        .map(|&point| segments.at(point))
        .collect();
    Draft { chain, shape }
}

impl Draft {
    fn ends(&self) -> [Point; 2] {
        let points = &self.chain.points;
        [points[0], points[points.len() - 1]]
    }
}

/// Numbers junctions and walks, and turns every walk so that its first end has
/// the lower number (a loop: so that its shape reads lower).
fn number(segments: &Segments, drafts: Vec<Draft>) -> WalkNetwork {
    let mut points: Vec<Point> = drafts.iter().flat_map(Draft::ends).collect();
    points.par_sort_unstable();
    points.dedup();
    points.par_sort_by_cached_key(|&point| {
        (
            hilbert_index(segments.at(point)),
            segments.osm_id(point),
            segments.copy_order(point),
            point,
        )
    });
    let mut number_of = vec![JunctionId(u32::MAX); segments.points()];
    for (number, &point) in points.iter().enumerate() {
        number_of[point as usize] = JunctionId(number as u32);
    }
    let junctions = points
        .iter()
        .map(|&point| Junction {
            osm_id: segments.osm_id(point),
            at: segments.at(point),
            role: segments.role(point),
        })
        .collect();
    let mut numbered: Vec<(Walk, Draft)> = drafts
        .into_par_iter()
        .map(|draft| turned(draft, &number_of))
        .collect();
    numbered.par_sort_by(compare);
    let contacts = contacts(segments, &numbered);
    let mut network = WalkNetwork {
        junctions,
        contacts,
        ..WalkNetwork::default()
    };
    for (walk, draft) in numbered {
        network.push(walk, &draft.shape);
    }
    network
}

/// The contacts of private grounds, as positions on the numbered walks.
fn contacts(segments: &Segments, numbered: &[(Walk, Draft)]) -> Vec<Contact> {
    let seams = segments.seams();
    let points = seams.iter().flatten();
    let mut positions: BTreeMap<Point, Vec<Position>> =
        points.map(|&point| (point, Vec::new())).collect();
    let mut is_seam = vec![false; segments.points()];
    for &point in positions.keys() {
        is_seam[point as usize] = true;
    }
    for (walk, (_, draft)) in (0..).map(WalkId).zip(numbered) {
        let mut points = draft.chain.points.iter();
        if !points.any(|&point| is_seam[point as usize]) {
            continue;
        }
        let mut along = 0;
        for (at, &point) in draft.chain.points.iter().enumerate() {
            if at > 0 {
                along += distance_millimetres(draft.shape[at - 1], draft.shape[at]);
            }
            if let Some(positions) = positions.get_mut(&point) {
                positions.push(Position { walk, along });
            }
        }
    }
    let mut contacts: Vec<Contact> = seams
        .iter()
        .map(|seam| Contact {
            sides: seam.map(|point| positions[&point].clone().into_boxed_slice()),
            role: segments.role(seam[0]),
        })
        .collect();
    contacts.sort_unstable();
    contacts
}

fn turned(mut draft: Draft, number_of: &[JunctionId]) -> (Walk, Draft) {
    let mut ends = draft.ends().map(|point| number_of[point as usize]);
    let shape = &mut draft.shape;
    let mut direction: Direction = draft.chain.direction;
    let backwards = match ends[0].cmp(&ends[1]) {
        Ordering::Less => false,
        Ordering::Greater => true,
        Ordering::Equal => shape.iter().rev().lt(shape.iter()),
    };
    if backwards {
        ends.reverse();
        shape.reverse();
        draft.chain.points.reverse();
        direction = direction.reversed();
    }
    let millimetres = shape
        .windows(2)
        .map(|pair| distance_millimetres(pair[0], pair[1]))
        .sum();
    let walk = Walk {
        ends,
        millimetres,
        class: draft.chain.segment.class,
        direction,
        way: draft.chain.way,
        private: draft.chain.segment.private,
        part: Part::all(millimetres),
        shape: [0; 2],
    };
    (walk, draft)
}

fn compare(a: &(Walk, Draft), b: &(Walk, Draft)) -> Ordering {
    let key = |walk: &Walk| (walk.ends, walk.millimetres, walk.class, walk.direction);
    key(&a.0)
        .cmp(&key(&b.0))
        .then_with(|| a.1.shape.cmp(&b.1.shape))
}
