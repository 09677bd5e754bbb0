//! Blocks, facilities, zones and the study area, from tables and from OSM.

mod model;

pub use model::{Block, CategoryId, Facility, FacilitySet, Origin, Shape, Zone};
