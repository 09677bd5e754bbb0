//! Junctions and walks.

use crate::plane::LonLat;
use crate::profile::{Direction, NodeRole, WalkClass};

/// A junction's place in the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JunctionId(pub u32);

/// A walk's place in the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WalkId(pub u32);

/// Where walks meet or end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Junction {
    /// The OSM node. Several junctions have the same where nobody passes the node.
    pub osm_id: i64,
    /// Where it lies.
    pub at: LonLat,
    /// What a walker meets there.
    pub role: NodeRole,
}

/// A walk between two junctions, without a junction between them. Both ends may
/// be the same junction, and two walks may have the same ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Walk {
    /// First and second end; the first has the lower number, save of what was cut or
    /// added later.
    pub ends: [JunctionId; 2],
    /// Length along the walk, summed over its shape.
    ///
    /// # Units
    /// Millimetres.
    pub millimetres: u64,
    /// What walkers read.
    pub class: WalkClass,
    /// In which directions it may be walked, seen from the first end.
    pub direction: Direction,
    /// The OSM way with the lowest id of those that it is made of.
    pub way: i64,
    /// Whether it belongs to a private ground: those who live there walk it, nobody
    /// walks through.
    pub private: bool,
    /// Of the walk that it was cut from, where it was: its length, and where on it this
    /// one begins. It costs its part of that walk.
    ///
    /// # Units
    /// Millimetres.
    pub(super) part: Part,
    /// First point in the network's shape, and one beyond the last.
    pub(super) shape: [u32; 2],
}

/// Which part of a whole a walk is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub whole: u64,
    pub from: u64,
}

impl Part {
    /// What was never cut.
    pub fn all(millimetres: u64) -> Self {
        Self {
            whole: millimetres,
            from: 0,
        }
    }
}

/// A position on a walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The walk.
    pub walk: WalkId,
    /// Position along the walk from its first end, in millimetres.
    pub along: u64,
}

/// Two points at one place, between which nobody walks through: where a private way
/// meets a public one, or the two sides of a gate for residents.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Contact {
    /// The points, each by its positions on all walks that meet there, ascending; the
    /// private one first, where one is private.
    pub sides: [Box<[Position]>; 2],
    /// What a walker meets there.
    pub role: NodeRole,
}

/// Junctions and walks of an extract, the same for every walker.
///
/// Junctions are numbered along a Hilbert curve, then by OSM id; walks by their
/// ends, then by length, class and shape. The numbering depends neither on the
/// order of the file nor on how the ways are drawn.
///
/// The walks of a private ground are in it, but share no junction with public ones:
/// no search leads through. Where they meet the public network their [`Contact`]s
/// tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WalkNetwork {
    pub(super) junctions: Vec<Junction>,
    pub(super) walks: Vec<Walk>,
    pub(super) shape: Vec<LonLat>,
    pub(super) contacts: Vec<Contact>,
}

impl WalkNetwork {
    /// All junctions, by number.
    pub fn junctions(&self) -> &[Junction] {
        &self.junctions
    }

    /// All walks, by number.
    pub fn walks(&self) -> &[Walk] {
        &self.walks
    }

    /// Where private grounds meet the public network, in order.
    pub fn contacts(&self) -> &[Contact] {
        &self.contacts
    }

    /// A walk by its number.
    pub fn walk(&self, walk: WalkId) -> &Walk {
        &self.walks[walk.0 as usize]
    }

    /// All numbers of walks.
    pub fn walk_ids(&self) -> impl Iterator<Item = WalkId> + use<> {
        (0..self.walks.len() as u32).map(WalkId)
    }

    /// Adds a walk with its shape.
    pub(super) fn push(&mut self, walk: Walk, shape: &[LonLat]) -> WalkId {
        let from = self.shape.len() as u32;
        self.shape.extend_from_slice(shape);
        self.walks.push(Walk {
            shape: [from, self.shape.len() as u32],
            ..walk
        });
        WalkId(self.walks.len() as u32 - 1)
    }

    /// The shape of a walk from its first to its second end, both included.
    pub fn shape(&self, walk: WalkId) -> &[LonLat] {
        let [from, to] = self.walk(walk).shape;
        &self.shape[from as usize..to as usize]
    }
}
