//! The walk network: junctions and walks, for every walker, and the directed
//! graph that one walker searches.
//!
//! [`WalkNetwork`] holds what is there; [`WalkGraph`] what it costs one walker,
//! in metres or in time. [`Obstacles`] are the lines that a straight leg off the
//! network may not cross.

mod bounds;
mod build;
mod census;
mod chain;
mod compound;
mod doubles;
mod enclosed;
mod entries;
mod exits;
mod extend;
mod gates;
mod graph;
mod model;
mod nearby;
mod obstacle;
mod outline;
mod plaza;
mod segment;
mod water;
mod without;

pub use bounds::street_block_lines;
pub use build::{keeps_node, keeps_relation, keeps_way};
pub use census::{Census, ComponentSize};
pub use compound::{Compound, Compounds, Gate, Regated, keeps_compound};
pub use entries::{Entries, is_door_of};
pub use exits::Exit;
pub use extend::{Extension, NewWalk};
pub use gates::KnownGates;
pub use graph::{Arc, WalkGraph, cost_along};
pub use model::{Contact, Junction, JunctionId, Position, Walk, WalkId, WalkNetwork};
pub use nearby::{Foot, Nearby};
pub use obstacle::{Obstacles, is_wall, keeps_obstacle};
pub use water::Water;
pub use without::Stretch;
