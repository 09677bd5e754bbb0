//! Who walks, and where somebody on foot may walk: walkers and the meaning of
//! OSM tags for them. Both are tables (`walkers.toml`, `access.toml`).

mod access;
mod tags;
mod walker;

pub use access::{AccessRules, Refusal, Verdict};
pub use tags::{
    Admits, Crossing, Direction, NodeRole, Passage, Surface, WalkClass, WalkKind, WheelAccess,
};
pub use walker::{Walker, WalkerError, Walkers, Wheels};
