//! OpenStreetMap extracts: reading `.osm.pbf` files behind a guard, and writing
//! drawn ones.

mod areas;
mod block;
mod block_fault;
mod bytes;
mod decoded;
mod draw;
mod error;
mod fault;
mod framing;
mod gather;
mod header;
mod held;
mod inflate;
mod model;
mod numbers;
mod read;
mod refs;
mod scan;
mod straight;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::cast_possible_wrap)]
mod tests;
mod visit;
mod wire;

pub use areas::{RelationArea, tagged_on_ways};
pub use block_fault::BlockFault;
pub use draw::{DrawError, Drawing, DrawnNode, DrawnRelation, DrawnWay, PbfWriter};
pub use error::OsmError;
pub use fault::{Fault, WireFault};
pub use model::{
    Extract, Header, Keep, Member, MemberKind, Node, NodeIndex, Relation, TagSet, Tags, Way,
};
pub use read::{read, read_bytes};
