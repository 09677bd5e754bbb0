//! Gates that no way leads through.

use super::chart::Chart;
use super::{Finding, Kind, MapObject, Patient};
use crate::profile::Verdict;

/// All gates that are not locked and no road uses, walked or private.
pub(super) fn find(patient: &Patient, chart: &Chart) -> Vec<Finding> {
    let extract = patient.extract;
    let mut used = vec![false; extract.node_ids.len()];
    for way in &extract.ways {
        if patient.rules.way(&way.tags) != Verdict::NotARoad {
            for node in way.runs().flatten() {
                used[node.0 as usize] = true;
            }
        }
    }
    extract
        .nodes
        .iter()
        .filter(|node| {
            let role = patient.rules.node(&node.tags);
            role.gate
                && !role.shut
                && !used[node.index.0 as usize]
                && !chart.is_border(extract.at(node.index), patient.gap)
        })
        .map(|node| {
            let at = extract.at(node.index);
            Finding {
                kind: Kind::GateWithoutWay,
                objects: vec![MapObject::Node(extract.id(node.index))],
                at,
                lines: Vec::new(),
                millimetres: chart.nearest(at),
            }
        })
        .collect()
}
