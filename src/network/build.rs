//! From an extract to the walk network.

use std::cmp::Ordering;

use super::census::Census;
use super::chain::{Chain, chains};
use super::model::{Junction, JunctionId, Walk, WalkNetwork};
use super::segment::{Point, Segments};
use crate::notice::Notices;
use crate::osm::{Extract, TagSet};
use crate::plane::{LonLat, distance_millimetres, hilbert_index};
use crate::profile::{AccessRules, Direction, Verdict};

/// Whether a way is read for the network: every road, refused ones too, so that
/// they are counted by reason.
pub fn keeps_way(tags: &dyn TagSet, rules: &AccessRules) -> bool {
    rules.way(tags) != Verdict::NotARoad
}

/// Whether a node's tags are read for the network.
pub fn keeps_node(tags: &dyn TagSet, rules: &AccessRules) -> bool {
    !rules.node(tags).is_plain()
}

/// A walk whose ends are not numbered yet.
struct Draft {
    ends: [Point; 2],
    chain: Chain,
    shape: Vec<LonLat>,
}

impl WalkNetwork {
    /// Builds the network of an extract.
    ///
    /// Ways meet at shared nodes only. A node that nobody passes (a wall, a
    /// locked gate) becomes a dead end for each of its arms. Lengths are summed
    /// in whole millimetres, segment by segment, on the WGS84 ellipsoid.
    pub fn build(extract: &Extract, rules: &AccessRules) -> (Self, Census, Notices) {
        let mut census = Census::default();
        let mut notices = Notices::default();
        let segments = Segments::of(extract, rules, &mut census, &mut notices);
        let drafts: Vec<Draft> = chains(&segments)
            .into_iter()
            .map(|chain| draft(&segments, chain))
            .collect();
        let network = number(&segments, drafts);
        census.count(extract, rules, &network);
        (network, census, notices)
    }
}

fn draft(segments: &Segments, chain: Chain) -> Draft {
    let shape = chain
        .points
        .iter()
        .map(|&point| segments.at(point))
        .collect();
    Draft {
        ends: [chain.points[0], chain.points[chain.points.len() - 1]],
        chain,
        shape,
    }
}

/// Numbers junctions and walks, and turns every walk so that its first end has
/// the lower number (a loop: so that its shape reads lower).
fn number(segments: &Segments, drafts: Vec<Draft>) -> WalkNetwork {
    let mut points: Vec<Point> = drafts.iter().flat_map(|draft| draft.ends).collect();
    points.sort_unstable();
    points.dedup();
    points.sort_by_cached_key(|&point| {
        (
            hilbert_index(segments.at(point)),
            segments.osm_id(point),
            segments.arm(point),
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
    let mut numbered: Vec<(Walk, Vec<LonLat>)> = drafts
        .into_iter()
        .map(|draft| turned(draft, &number_of))
        .collect();
    numbered.sort_by(compare);
    let mut network = WalkNetwork {
        junctions,
        walks: Vec::new(),
        shape: Vec::new(),
    };
    for (walk, shape) in numbered {
        network.walks.push(Walk {
            shape: network.shape.len() as u32,
            ..walk
        });
        network.shape.extend(shape);
    }
    network
}

fn turned(draft: Draft, number_of: &[JunctionId]) -> (Walk, Vec<LonLat>) {
    let mut ends = draft.ends.map(|point| number_of[point as usize]);
    let mut shape = draft.shape;
    let mut direction: Direction = draft.chain.direction;
    let backwards = match ends[0].cmp(&ends[1]) {
        Ordering::Less => false,
        Ordering::Greater => true,
        Ordering::Equal => shape.iter().rev().lt(shape.iter()),
    };
    if backwards {
        ends.reverse();
        shape.reverse();
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
        shape: 0,
    };
    (walk, shape)
}

fn compare(a: &(Walk, Vec<LonLat>), b: &(Walk, Vec<LonLat>)) -> Ordering {
    let key = |walk: &Walk| (walk.ends, walk.millimetres, walk.class, walk.direction);
    key(&a.0).cmp(&key(&b.0)).then_with(|| a.1.cmp(&b.1))
}
