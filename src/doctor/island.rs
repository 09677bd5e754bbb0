//! Walks that hang together with nothing, sidewalks apart from the others.

use std::collections::{BTreeMap, BTreeSet};

use super::chart::Chart;
use super::{Finding, Kind, MapObject, Patient};
use crate::link::ISLAND_METRES;
use crate::network::WalkId;
use crate::osm::{NodeIndex, TagSet, Tags, Way};
use crate::plane::LonLat;

/// All islands, and the sidewalks that end in nothing at both ends.
pub(super) fn find(patient: &Patient, chart: &Chart) -> Vec<Finding> {
    let islands = islands(patient);
    let on_islands: BTreeSet<WalkId> = islands.values().flatten().copied().collect();
    let mut findings: Vec<Finding> = islands
        .values()
        .filter(|walks| !is_told(patient, chart, walks))
        .map(|walks| island(patient, chart, walks))
        .collect();
    findings.extend(loose(patient, chart, &on_islands));
    findings
}

/// The public walks of every tiny island. What private ways or gates for residents
/// join to something is none: it is not for everybody to reach.
fn islands(patient: &Patient) -> BTreeMap<u32, Vec<WalkId>> {
    let (network, graph) = (patient.network, patient.graph);
    let joined: BTreeSet<u32> = network
        .contacts()
        .iter()
        .flat_map(|contact| contact.sides.iter().flat_map(|side| side.iter()))
        .map(|position| graph.component(position.walk))
        .collect();
    let mut islands: BTreeMap<u32, Vec<WalkId>> = BTreeMap::new();
    for walk in network.walk_ids() {
        let part = graph.component(walk);
        if !network.walk(walk).private
            && graph.arc(walk).usable()
            && graph.component_millimetres()[part as usize] < ISLAND_METRES * 1_000
            && !joined.contains(&part)
        {
            islands.entry(part).or_default().push(walk);
        }
    }
    islands
}

/// Whether the file may lack what joins an island, or says what bars it: a wall or a
/// locked gate at an end.
fn is_told(patient: &Patient, chart: &Chart, walks: &[WalkId]) -> bool {
    let network = patient.network;
    walks.iter().any(|&id| {
        let ends = network.walk(id).ends;
        let mut ends = ends.iter().map(|end| network.junctions()[end.0 as usize]);
        ends.any(|end| {
            end.role.shut || chart.is_cut(end.osm_id) || chart.is_border(end.at, patient.gap)
        })
    })
}

fn island(patient: &Patient, chart: &Chart, walks: &[WalkId]) -> Finding {
    let network = patient.network;
    let mut ways = BTreeSet::new();
    let mut sidewalk = false;
    let mut lines: Vec<Vec<LonLat>> = Vec::new();
    for &walk in walks {
        let shape = network.shape(walk);
        for pair in shape.windows(2) {
            let drawn = chart.way([pair[0], pair[1]]);
            sidewalk |= drawn.is_some_and(|way| is_sidewalk(&way.tags));
            ways.insert(drawn.map_or(network.walk(walk).way, |way| way.id));
        }
        lines.push(shape.to_vec());
    }
    let length = walks.iter().map(|&walk| network.walk(walk).millimetres);
    Finding {
        kind: if sidewalk {
            Kind::LooseSidewalk
        } else {
            Kind::Island
        },
        objects: ways.into_iter().map(MapObject::Way).collect(),
        at: lines[0][0],
        lines,
        millimetres: Some(length.sum()),
    }
}

/// Whether a way is a sidewalk mapped apart.
fn is_sidewalk(tags: &Tags) -> bool {
    ["footway", "path", "cycleway"]
        .iter()
        .any(|key| tags.has(key, "sidewalk"))
}

/// Sidewalks of larger parts that end in nothing at both ends.
fn loose(patient: &Patient, chart: &Chart, on_islands: &BTreeSet<WalkId>) -> Vec<Finding> {
    let network = patient.network;
    let mut walks: BTreeMap<u32, u32> = BTreeMap::new();
    let mut island_ends = BTreeSet::new();
    for id in network.walk_ids().filter(|&id| !network.walk(id).private) {
        for end in network.walk(id).ends {
            *walks.entry(end.0).or_default() += 1;
            if on_islands.contains(&id) {
                island_ends.insert(end.0);
            }
        }
    }
    let dead: BTreeSet<i64> = walks
        .into_iter()
        .filter(|(end, count)| *count == 1 && !island_ends.contains(end))
        .map(|(end, _)| network.junctions()[end as usize])
        .filter(|end| !end.role.stop && !end.role.is_entry())
        .map(|end| end.osm_id)
        .collect();
    let extract = patient.extract;
    let is_loose = |way: &&Way| {
        let (Some(&first), Some(&last)) = (way.nodes.first(), way.nodes.last()) else {
            return false;
        };
        first != last
            && [first, last].into_iter().all(|node| {
                node != NodeIndex::MISSING
                    && dead.contains(&extract.id(node))
                    && !chart.is_cut(extract.id(node))
                    && !chart.is_border(extract.at(node), patient.gap)
            })
    };
    extract
        .ways
        .iter()
        .filter(|way| is_sidewalk(&way.tags))
        .filter(is_loose)
        .map(|way| {
            let lines: Vec<Vec<LonLat>> = way
                .runs()
                .map(|run| run.iter().map(|&node| extract.at(node)).collect())
                .collect();
            let length = lines.iter().map(|line| length(line));
            Finding {
                kind: Kind::LooseSidewalk,
                objects: vec![MapObject::Way(way.id)],
                at: lines
                    .first()
                    .and_then(|line| line.first().copied())
                    .unwrap_or_default(),
                millimetres: Some(length.sum()),
                lines,
            }
        })
        .collect()
}

/// Length of a line, in millimetres.
pub(super) fn length(line: &[LonLat]) -> u64 {
    line.windows(2)
        .map(|pair| crate::plane::distance_millimetres(pair[0], pair[1]))
        .sum()
}
