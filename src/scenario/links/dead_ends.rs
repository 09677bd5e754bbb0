//! Dead ends near other walks.

use std::collections::{BTreeMap, BTreeSet};

use super::{Candidate, Reason};
use crate::network::{Foot, JunctionId, Nearby, Obstacles, WalkId, WalkNetwork};
use crate::plane::{LonLat, Plane};
use crate::profile::WalkKind;

/// The way over a gap begins so far back on the walk: where that ends at a wall, the wall
/// lies between.
///
/// # Units
/// Metres.
const STEP_BACK: f64 = 0.5;

/// A place where one public walk ends and no other begins.
struct DeadEnd {
    junction: JunctionId,
    walk: WalkId,
    at: LonLat,
    before: LonLat,
}

/// Links from dead ends to other public walks within `gap` metres, of each walk to its
/// nearest point, where nothing lies between that `obstacles` or `between` know. Of two dead
/// ends that miss each other there is one.
pub fn dead_ends(
    network: &WalkNetwork,
    obstacles: &Obstacles,
    between: &Obstacles,
    gap: f64,
) -> Vec<Candidate> {
    let nearby = Nearby::of_public(network);
    let ends = ends(network);
    let of_junction: BTreeMap<JunctionId, usize> = ends
        .iter()
        .enumerate()
        .map(|(number, end)| (end.junction, number))
        .collect();
    let mut tried: BTreeSet<[usize; 2]> = BTreeSet::new();
    let mut candidates = Vec::new();
    for (number, end) in ends.iter().enumerate() {
        let start = end.step_back();
        let mut walks: BTreeSet<WalkId> = BTreeSet::from([end.walk]);
        for foot in nearby.feet(end.at, gap) {
            if foot.gap == 0 || !walks.insert(foot.walk) {
                continue;
            }
            // Another walk from its own other end leads nowhere new.
            let own = network.walk(end.walk).ends;
            let meets = opposite(network, &foot);
            if meets.is_some_and(|junction| own.contains(&junction)) {
                continue;
            }
            let free = |from, to| !obstacles.cross(from, to) && !between.cross(from, to);
            if !free(end.at, foot.at) || !free(start, foot.at) {
                continue;
            }
            if let Some(&other) = meets.and_then(|it| of_junction.get(&it))
                && !tried.insert([number.min(other), number.max(other)])
            {
                continue;
            }
            candidates.push(Candidate {
                reason: Reason::DeadEnd,
                origin: network.junctions()[end.junction.0 as usize].osm_id,
                name: None,
                line: vec![end.at, foot.at],
            });
        }
    }
    candidates
}

impl DeadEnd {
    /// A place on the walk a step before its end.
    fn step_back(&self) -> LonLat {
        let plane = Plane::at(self.at);
        let before = plane.metres(self.before);
        let length = before[0].hypot(before[1]);
        if length <= STEP_BACK {
            return self.before;
        }
        plane.place(before.map(|metres| metres * STEP_BACK / length))
    }
}

/// The junction that a foot falls on, where it falls on the end of a walk.
fn opposite(network: &WalkNetwork, foot: &Foot) -> Option<JunctionId> {
    let walk = network.walk(foot.walk);
    if foot.along == 0 {
        Some(walk.ends[0])
    } else {
        (foot.along >= walk.millimetres).then_some(walk.ends[1])
    }
}

/// Where one public walk ends alone, and neither a gate, a door nor an elevator says why.
fn ends(network: &WalkNetwork) -> Vec<DeadEnd> {
    let mut walks: BTreeMap<JunctionId, Vec<WalkId>> = BTreeMap::new();
    for walk in network.walk_ids().filter(|&id| !network.walk(id).private) {
        for end in network.walk(walk).ends {
            walks.entry(end).or_default().push(walk);
        }
    }
    let alone = walks.into_iter().filter_map(|(junction, walks)| {
        let &[walk] = &*walks else { return None };
        let drawn = network.junctions()[junction.0 as usize];
        let told = drawn.role.stop || drawn.role.is_entry() || drawn.role.elevator;
        if told || network.walk(walk).class.kind == WalkKind::Elevator {
            return None;
        }
        let shape = network.shape(walk);
        let before = if network.walk(walk).ends[0] == junction {
            shape[1]
        } else {
            shape[shape.len() - 2]
        };
        Some(DeadEnd {
            junction,
            walk,
            at: drawn.at,
            before,
        })
    });
    alone.collect()
}
