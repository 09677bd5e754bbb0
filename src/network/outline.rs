//! What stands on the outlines of areas: walls, gates and ways.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::compound::Gate;
use super::obstacle::is_wall;
use crate::osm::{Extract, NodeIndex, TagSet, Way};
use crate::profile::{AccessRules, Admits, NodeRole, Verdict};

/// Of the nodes of an outline so many are shared with walls where it is walled: the
/// others stand in the gaps where ways pass.
const WALLED: f64 = 2.0 / 3.0;

/// What is known of the nodes of outlines.
pub(super) struct Nodes {
    roles: BTreeMap<NodeIndex, NodeRole>,
    walled: Vec<bool>,
    on_way: Vec<bool>,
}

impl Nodes {
    pub fn of(extract: &Extract, rules: &AccessRules) -> Self {
        let entries = extract.nodes.par_iter();
        let entries = entries
            .map(|node| (node.index, rules.node(&node.tags)))
            .filter(|(_, role)| role.is_entry());
        let entries: Vec<(NodeIndex, NodeRole)> = entries.collect();
        let marked = |wanted: &(dyn Fn(&Way) -> bool + Sync)| {
            let mut marked = vec![false; extract.node_ids.len()];
            let ways: Vec<&Way> = extract.ways.par_iter().filter(|way| wanted(way)).collect();
            for way in ways {
                for node in &way.nodes {
                    if let Some(mark) = marked.get_mut(node.0 as usize) {
                        *mark = true;
                    }
                }
            }
            marked
        };
        Self {
            roles: entries.into_iter().collect(),
            walled: marked(&|way| is_wall(&way.tags)),
            on_way: marked(&|way| {
                matches!(
                    rules.way(&way.tags),
                    Verdict::Walkable(_) | Verdict::Private(_)
                )
            }),
        }
    }

    /// The gates on an outline, and whether walls enclose it; `None` where it is no
    /// compound's.
    pub fn gates(
        &self,
        extract: &Extract,
        outline: &[NodeIndex],
        tags: &dyn TagSet,
    ) -> Option<(Vec<Gate>, bool)> {
        let mut outline: Vec<NodeIndex> = outline.to_vec();
        outline.retain(|&node| node != NodeIndex::MISSING);
        outline.sort_unstable();
        outline.dedup();
        let role = |node: &NodeIndex| self.roles.get(node).copied();
        let walled = outline
            .iter()
            .filter(|node| self.walled.get(node.0 as usize) == Some(&true))
            .count();
        let enclosed = is_wall(tags) || walled as f64 >= WALLED * outline.len() as f64;
        let gated = || {
            let mut roles = outline.iter().filter_map(role);
            tags.has("landuse", "residential")
                && roles.any(|role| role.gate && role.admits != Admits::Nobody)
        };
        if !enclosed && !gated() {
            return None;
        }
        let mut gates: Vec<Gate> = outline
            .iter()
            .filter_map(|node| {
                Some(Gate {
                    osm_id: extract.id(*node),
                    at: extract.at(*node),
                    admits: role(node)?.admits,
                    on_way: self.on_way.get(node.0 as usize) == Some(&true),
                })
            })
            .collect();
        gates.sort_unstable();
        Some((gates, enclosed))
    }
}
