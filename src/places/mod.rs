//! Blocks, facilities, zones and the study area, from tables and from OSM.

mod model;
mod sample;
mod zoning;

pub use model::{Block, CategoryId, Facility, FacilitySet, Origin, Shape, Zone};
pub use sample::{Sample, Samples};
pub use zoning::Zoning;
