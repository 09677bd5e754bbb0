//! Links and gates that may be missing.

use crate::plane::LonLat;
use crate::scenario::change::{AddGate, AddWalk, Admitted, Change, KindOfWalk, OpenGate, Place};

/// Why a link is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// A walk ends near another (断头路).
    DeadEnd,
    /// A wall parts those behind it from a walk near by.
    Wall,
    /// A gate does not let in everybody.
    ClosedGate,
    /// Somebody proposes it.
    Proposed,
}

impl Reason {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::DeadEnd, Self::Wall, Self::ClosedGate, Self::Proposed];

    /// Key in files.
    pub fn key(self) -> &'static str {
        match self {
            Self::DeadEnd => "dead_end",
            Self::Wall => "wall",
            Self::ClosedGate => "closed_gate",
            Self::Proposed => "proposed",
        }
    }
}

/// A link or a gate that may be missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Why it is tried.
    pub reason: Reason,
    /// The OSM node at which a walk ends, or that a closed gate is; of a proposed one its
    /// place in the file, from 1; else 0.
    pub origin: i64,
    /// Its name, where somebody gave it one.
    pub name: Option<String>,
    /// Its line; of a gate its place alone.
    pub line: Vec<LonLat>,
}

/// How far the ends of a link are from the walks that it joins, in metres.
const JOIN: f64 = 1.0;

impl Candidate {
    /// The change that it is in a scenario.
    pub fn change(&self) -> Change {
        let place = |at: &LonLat| -> Place { [at.lon_degrees(), at.lat_degrees()] };
        match (self.reason, &*self.line) {
            (Reason::Wall, [at, ..]) => Change::AddGate(AddGate {
                at: place(at),
                admits: Admitted::Everybody,
                cost: None,
            }),
            (Reason::ClosedGate, [at, ..]) => Change::OpenGate(OpenGate {
                at: place(at),
                admits: Admitted::Everybody,
                cost: None,
            }),
            _ => Change::AddWalk(AddWalk {
                line: self.line.iter().map(place).collect(),
                kind: KindOfWalk::Street,
                join_m: (self.reason == Reason::DeadEnd).then_some(JOIN),
                ramp: false,
                signals: false,
                name: self.name.clone(),
                cost: None,
            }),
        }
    }
}
