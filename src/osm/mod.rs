//! OpenStreetMap extracts: reading `.osm.pbf` files behind a guard, and writing
//! drawn ones.

mod model;

pub use model::{Extract, Header, Keep, Node, NodeIndex, TagSet, Tags, Way};
