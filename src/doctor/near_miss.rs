//! Walks that end a few metres before another.

use std::collections::{BTreeMap, BTreeSet};

use super::chart::Chart;
use super::watch::between;
use super::{Finding, Kind, MapObject, Patient};
use crate::link::ISLAND_METRES;
use crate::network::{Foot, JunctionId, WalkId};
use crate::osm::{NodeIndex, TagSet, Tags};
use crate::plane::{LonLat, Plane};
use crate::profile::{Verdict, WalkKind};
use crate::reach::Search;

/// A walk that is reached from the end within so many times the gap that is asked
/// for is joined well enough.
const SHORT_WALK: f64 = 10.0;

/// The way over a gap begins so far back on the walk: where it ends at a wall, the
/// wall lies between.
///
/// # Units
/// Metres.
const STEP_BACK: f64 = 0.5;

/// A place where one walk ends and no other begins.
struct End {
    junction: JunctionId,
    walk: WalkId,
    osm_id: i64,
    at: LonLat,
    /// The last straight piece of the walk, from its end on.
    piece: [LonLat; 2],
}

impl End {
    /// A place on the walk a step before its end.
    fn step_back(&self) -> LonLat {
        let plane = Plane::at(self.at);
        let before = self.piece.map(|place| plane.metres(place))[1];
        let length = before[0].hypot(before[1]);
        if length <= STEP_BACK {
            return self.piece[1];
        }
        plane.place(before.map(|metres| metres * STEP_BACK / length))
    }
}

/// All near misses.
pub(super) fn find(patient: &Patient, chart: &Chart) -> Vec<Finding> {
    let ends = ends(patient, chart);
    let between = between(patient.extract);
    let by_junction: BTreeMap<JunctionId, usize> = ends
        .iter()
        .enumerate()
        .map(|(number, end)| (end.junction, number))
        .collect();
    let mut search = Search::new(patient.graph.node_count());
    let limit = (patient.gap * SHORT_WALK * 10.0).round() as u32;
    let mut missed: Vec<(usize, Foot, Option<usize>)> = Vec::new();
    for (number, end) in ends.iter().enumerate() {
        let near = chart.feet(end.at, patient.gap);
        search.run(patient.graph.forward(), [(end.junction.0, 0, 0)], limit);
        let level = level_of(chart, end.piece);
        let start = end.step_back();
        let missed_by = |foot: &&Foot| {
            walked_to(patient, &search, foot).is_none_or(|cost| cost > limit)
                && level_of(chart, foot.piece) == level
                && !patient.obstacles.cross(start, foot.at)
                && !between.cross(start, foot.at)
        };
        // What leads somewhere comes before another piece that leads nowhere.
        let leads_on =
            |foot: &&Foot| patient.graph.island_millimetres(foot.walk) >= ISLAND_METRES * 1_000;
        let found = near
            .iter()
            .filter(leads_on)
            .find(missed_by)
            .or_else(|| near.iter().find(missed_by));
        if let Some(&foot) = found {
            let opposite = opposite(patient, &foot).and_then(|end| by_junction.get(&end).copied());
            missed.push((number, foot, opposite));
        }
    }
    let pairs: BTreeSet<(usize, usize)> = missed
        .iter()
        .filter_map(|&(number, _, opposite)| Some((number, opposite?)))
        .collect();
    // Two ends that miss each other are one gap.
    missed.retain(|&(number, _, opposite)| {
        opposite.is_none_or(|other| number < other || !pairs.contains(&(other, number)))
    });
    missed.sort_by_key(|&(number, foot, _)| (foot, number));
    // A tiny island is joined where it is nearest.
    let mut joined = BTreeSet::new();
    missed.retain(|&(number, ..)| {
        let walk = ends[number].walk;
        !is_tiny(patient, walk) || joined.insert(patient.graph.component(walk))
    });
    missed
        .iter()
        .map(|(number, foot, _)| finding(patient, chart, &ends[*number], foot))
        .collect()
}

fn is_tiny(patient: &Patient, walk: WalkId) -> bool {
    patient.graph.island_millimetres(walk) < ISLAND_METRES * 1_000
}

fn finding(patient: &Patient, chart: &Chart, end: &End, foot: &Foot) -> Finding {
    let way = |piece, walk: WalkId| {
        let drawn = chart.way(piece).map(|way| way.id);
        MapObject::Way(drawn.unwrap_or(patient.network.walk(walk).way))
    };
    Finding {
        kind: Kind::NearMiss,
        objects: vec![
            MapObject::Node(end.osm_id),
            way(end.piece, end.walk),
            way(foot.piece, foot.walk),
        ],
        at: end.at,
        lines: vec![vec![end.at, foot.at]],
        millimetres: Some(foot.gap),
    }
}

/// The cost of walking to a foot from where the search began.
fn walked_to(patient: &Patient, search: &Search, foot: &Foot) -> Option<u32> {
    let arc = patient.graph.arc(foot.walk);
    let along = arc.cost_to(foot.along);
    let from = |end: usize, rest: u32| Some(search.cost(arc.ends[end])?.saturating_add(rest));
    let ways = [from(0, along), from(1, arc.cost - along.min(arc.cost))];
    ways.into_iter().flatten().min()
}

/// The junction that a foot falls on, where it falls on the end of a walk.
fn opposite(patient: &Patient, foot: &Foot) -> Option<JunctionId> {
    let walk = patient.network.walk(foot.walk);
    if foot.along == 0 {
        Some(walk.ends[0])
    } else {
        (foot.along >= walk.millimetres).then_some(walk.ends[1])
    }
}

/// The ends of walks at which something seems to be missing. Where the map says why
/// a walk ends there, it is none: a gate, a door, a station, a way that is closed to
/// the public, the border of the data.
fn ends(patient: &Patient, chart: &Chart) -> Vec<End> {
    let network = patient.network;
    let mut walks: BTreeMap<JunctionId, Vec<WalkId>> = BTreeMap::new();
    for walk in network.walk_ids().filter(|&id| !network.walk(id).private) {
        for end in network.walk(walk).ends {
            walks.entry(end).or_default().push(walk);
        }
    }
    let told = told(patient);
    let mut ends: Vec<End> = walks
        .into_iter()
        .filter_map(|(junction, walks)| {
            let &[walk] = &*walks else { return None };
            let drawn = network.junctions().get(junction.0 as usize)?;
            let shape = network.shape(walk);
            let piece = if network.walk(walk).ends[0] == junction {
                [shape[0], shape[1]]
            } else {
                [shape[shape.len() - 1], shape[shape.len() - 2]]
            };
            Some(End {
                junction,
                walk,
                osm_id: drawn.osm_id,
                at: drawn.at,
                piece,
            })
            .filter(|_| {
                let role = drawn.role;
                !role.stop && !role.is_entry() && !role.elevator
            })
        })
        .filter(|end| network.walk(end.walk).class.kind != WalkKind::Elevator)
        .filter(|end| !told.contains(&end.osm_id))
        .filter(|end| !chart.is_cut(end.osm_id) && !chart.is_border(end.at, patient.gap))
        .filter(|end| {
            let way = chart.way(end.piece);
            way.is_none_or(|way| !way.tags.has("noexit", "yes"))
        })
        .collect();
    ends.sort_unstable_by_key(|end| (end.osm_id, end.junction));
    ends
}

/// Nodes that say why a walk ends there, or at which a way goes on that is not
/// walked in public.
fn told(patient: &Patient) -> BTreeSet<i64> {
    let extract = patient.extract;
    let nodes = extract.nodes.iter();
    let mut told: BTreeSet<i64> = nodes
        .filter(|node| super::watch::keeps_node(&node.tags))
        .map(|node| extract.id(node.index))
        .collect();
    for way in &extract.ways {
        if matches!(
            patient.rules.way(&way.tags),
            Verdict::Private(_) | Verdict::Refused(_)
        ) {
            let known = way.nodes.iter().filter(|&&node| node != NodeIndex::MISSING);
            told.extend(known.map(|&node| extract.id(node)));
        }
    }
    told
}

/// How high a way lies, as far as its tags say.
#[derive(Debug, Default, PartialEq, Eq)]
struct Level {
    layer: i32,
    floor: Option<String>,
}

fn level_of(chart: &Chart, piece: [LonLat; 2]) -> Level {
    chart
        .way(piece)
        .map_or_else(Level::default, |way| level(&way.tags))
}

fn level(tags: &Tags) -> Level {
    let lifted = |key: &str| {
        tags.value(key)
            .is_some_and(|value| !["no", "building_passage"].contains(&value))
    };
    let layer = tags
        .value("layer")
        .and_then(|layer| layer.trim().parse().ok());
    let indoors = tags.has("highway", "corridor") || tags.has("indoor", "yes");
    Level {
        layer: layer.unwrap_or(i32::from(lifted("bridge")) - i32::from(lifted("tunnel"))),
        floor: tags
            .value("level")
            .filter(|level| *level != "0")
            .or(indoors.then_some("indoor"))
            .map(str::to_owned),
    }
}
