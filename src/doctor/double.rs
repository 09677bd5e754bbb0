//! Ways that draw the same pieces.

use std::collections::BTreeMap;

use super::{Finding, Kind, MapObject, Patient};
use crate::osm::{NodeIndex, Way};
use crate::plane::{LonLat, distance_millimetres};
use crate::profile::Verdict;

/// Every pair of walked ways with a piece in common, and every way that draws one
/// twice. Areas and platforms may share a side.
pub(super) fn find(patient: &Patient) -> Vec<Finding> {
    let extract = patient.extract;
    let line = |way: &&Way| {
        matches!(patient.rules.way(&way.tags), Verdict::Walkable(_))
            && !(way.ring().is_some() && is_area(patient, way))
    };
    let mut pieces: Vec<([NodeIndex; 2], i64)> = Vec::new();
    for way in extract.ways.iter().filter(line) {
        for pair in way.runs().flat_map(|run| run.windows(2)) {
            if pair[0] != pair[1] {
                pieces.push(([pair[0].min(pair[1]), pair[0].max(pair[1])], way.id));
            }
        }
    }
    pieces.sort_unstable();
    let mut doubled: BTreeMap<(i64, i64), Vec<[LonLat; 2]>> = BTreeMap::new();
    for same in pieces.chunk_by(|one, other| one.0 == other.0) {
        let ends = same[0].0.map(|node| extract.at(node));
        // Of three and more each is told beside the one before it.
        for pair in same.windows(2) {
            doubled
                .entry((pair[0].1, pair[1].1))
                .or_default()
                .push(ends);
        }
    }
    doubled
        .into_iter()
        .map(|((one, other), pieces)| {
            let length = pieces.iter().map(|[a, b]| distance_millimetres(*a, *b));
            let mut objects = vec![MapObject::Way(one), MapObject::Way(other)];
            objects.dedup();
            Finding {
                kind: Kind::DoubledWay,
                objects,
                at: pieces[0][0],
                millimetres: Some(length.sum()),
                lines: pieces.into_iter().map(Vec::from).collect(),
            }
        })
        .collect()
}

fn is_area(patient: &Patient, way: &Way) -> bool {
    use crate::osm::TagSet as _;
    patient.rules.area(&way.tags).is_some() || way.tags.value("highway").is_none()
}
