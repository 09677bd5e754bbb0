//! What is wrong with a map for walking, object by object, and what to do.
//!
//! A missing metre of footway or a gate that nobody drew makes detours of
//! kilometres. [`examine`] finds what can be found without going there; whoever
//! knows the place mends the map.

mod chart;
mod double;
mod far;
mod finding;
mod gate;
mod island;
mod near_miss;
mod wall;
mod watch;

pub use finding::{Finding, Kind, MapObject};
pub use watch::{between, keeps_node, keeps_relation, keeps_way};

use crate::network::{Obstacles, WalkGraph, WalkNetwork};
use crate::osm::Extract;
use crate::places::{Block, Facility};
use crate::profile::AccessRules;
use chart::Chart;

/// What is examined.
pub struct Patient<'a> {
    /// The extract, read with what [`keeps_node`], [`keeps_way`] and
    /// [`keeps_relation`] want to see too.
    pub extract: &'a Extract,
    /// Who may walk where.
    pub rules: &'a AccessRules,
    /// The walk network of the extract.
    pub network: &'a WalkNetwork,
    /// The network as somebody on foot meets it, in metres.
    pub graph: &'a WalkGraph,
    /// What no leg crosses.
    pub obstacles: &'a Obstacles,
    /// Blocks of the extract.
    pub blocks: &'a [Block],
    /// Facilities of the extract.
    pub facilities: &'a [Facility],
    /// Walks that end this near to another are near misses.
    ///
    /// # Units
    /// Metres.
    pub gap: f64,
    /// The longest straight leg from a place to a walk.
    ///
    /// # Units
    /// Metres.
    pub link_limit: f64,
}

/// Everything that is found, kind by kind, the worst first. The same for every
/// order of the file and every number of threads.
pub fn examine(patient: &Patient) -> Vec<Finding> {
    let chart = Chart::of(patient);
    let mut findings = near_miss::find(patient, &chart);
    findings.extend(island::find(patient, &chart));
    findings.extend(wall::find(patient, &chart));
    findings.extend(gate::find(patient, &chart));
    findings.extend(far::find(patient, &chart));
    findings.extend(double::find(patient));
    findings.sort_by(Finding::order);
    findings
}
