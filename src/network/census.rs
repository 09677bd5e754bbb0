//! What the walk network is made of, counted.

use std::collections::BTreeMap;

use super::model::{Walk, WalkNetwork};
use crate::osm::Extract;
use crate::profile::{AccessRules, Crossing, Refusal, WalkKind};

/// Counts for the planner who wants to know what was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Census {
    /// Ways that are walked.
    pub ways: u64,
    /// Ways of private grounds.
    pub private_ways: u64,
    /// Walks of private grounds, which are counted nowhere else.
    pub private_walks: u64,
    /// Their length, in millimetres.
    pub private_millimetres: u64,
    /// Where private grounds meet the public network.
    pub contacts: u64,
    /// Ways that are not, by reason.
    pub refused: BTreeMap<Refusal, u64>,
    /// Walked ways that are open at certain times only, taken as open by day.
    pub conditional: u64,
    /// Walked roads whose sidewalks are mapped apart.
    pub sidewalks_apart: u64,
    /// Pedestrian areas.
    pub areas: u64,
    /// Pedestrian areas with straight walks across them.
    pub areas_crossed: u64,
    /// Straight walks across pedestrian areas, those that are no walk yet.
    pub straight_walks: u64,
    /// Their length, in millimetres.
    pub straight_millimetres: u64,
    /// References of walked ways to nodes that the file lacks.
    pub missing_nodes: u64,
    /// Junctions.
    pub junctions: u64,
    /// Walks.
    pub walks: u64,
    /// Length by kind, in millimetres.
    pub millimetres: BTreeMap<WalkKind, u64>,
    /// Number of walks by kind.
    pub walks_by_kind: BTreeMap<WalkKind, u64>,
    /// Walks that may be walked in one direction only.
    pub one_way: u64,
    /// Junctions at which exactly one walk ends.
    pub dead_ends: u64,
    /// Crossings without signals, on walks or beside them.
    pub crossings: u64,
    /// Crossings with signals.
    pub signals: u64,
    /// Gates.
    pub gates: u64,
    /// Gates, walls and other barriers at nodes that nobody passes.
    pub stops: u64,
    /// Building entrances.
    pub entrances: u64,
    /// Pieces of lines that a straight leg does not cross.
    pub obstacles: u64,
    /// Components, largest first.
    pub components: Vec<ComponentSize>,
}

/// The size of a part of the network that hangs together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ComponentSize {
    /// Length of its walks, in millimetres.
    pub millimetres: u64,
    /// Its walks.
    pub walks: u64,
    /// Its junctions.
    pub junctions: u64,
}

impl Census {
    /// Counts what can be seen in the finished network.
    pub(super) fn count(&mut self, extract: &Extract, rules: &AccessRules, network: &WalkNetwork) {
        for node in &extract.nodes {
            let role = rules.node(&node.tags);
            self.crossings += u64::from(role.crossing == Some(Crossing::Plain));
            self.signals += u64::from(role.crossing == Some(Crossing::Signals));
            self.gates += u64::from(role.gate);
            self.stops += u64::from(role.stop);
            self.entrances += u64::from(role.entrance);
        }
        self.contacts = network.contacts().len() as u64;
        let (private, public): (Vec<&Walk>, Vec<&Walk>) =
            network.walks().iter().partition(|walk| walk.private);
        self.private_walks = private.len() as u64;
        self.private_millimetres = private.iter().map(|walk| walk.millimetres).sum();
        self.walks = public.len() as u64;
        for walk in &public {
            *self.millimetres.entry(walk.class.kind).or_default() += walk.millimetres;
            *self.walks_by_kind.entry(walk.class.kind).or_default() += 1;
            self.one_way += u64::from(walk.direction != crate::profile::Direction::Both);
        }
        let mut ends = vec![0u32; network.junctions().len()];
        for end in public.iter().flat_map(|walk| walk.ends) {
            ends[end.0 as usize] += 1;
        }
        self.junctions = ends.iter().filter(|&&count| count > 0).count() as u64;
        self.dead_ends = ends.iter().filter(|&&count| count == 1).count() as u64;
        self.components = components(network, &public, &ends);
    }
}

/// The parts of the public network; `ends` counts the walks that end at a junction.
fn components(network: &WalkNetwork, public: &[&Walk], ends: &[u32]) -> Vec<ComponentSize> {
    let mut sets = petgraph::unionfind::UnionFind::new(network.junctions().len());
    for walk in public {
        sets.union(walk.ends[0].0, walk.ends[1].0);
    }
    let none = ComponentSize {
        millimetres: 0,
        walks: 0,
        junctions: 0,
    };
    let mut sizes: BTreeMap<u32, ComponentSize> = BTreeMap::new();
    for (junction, _) in (0..).zip(ends).filter(|(_, count)| **count > 0) {
        sizes.entry(sets.find(junction)).or_insert(none).junctions += 1;
    }
    for walk in public {
        let size = sizes.entry(sets.find(walk.ends[0].0)).or_insert(none);
        size.millimetres += walk.millimetres;
        size.walks += 1;
    }
    let mut sizes: Vec<ComponentSize> = sizes.into_values().collect();
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    sizes
}
