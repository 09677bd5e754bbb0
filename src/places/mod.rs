//! Blocks, facilities, zones and the study area, from tables and from OSM.

mod blocks;
mod catalog;
mod duplicates;
mod error;
mod facilities;
mod floors;
mod from_osm;
mod gates;
mod group;
mod headers;
mod leads;
mod left_out;
mod merge;
mod model;
mod outlines;
mod people;
mod rows;
mod rules;
mod sample;
mod sieve;
mod street_blocks;
mod zones;
mod zoning;

pub use blocks::{blocks, parcels};
pub use catalog::{Catalog, Category};
pub use duplicates::{MergeRule, Merged};
pub use error::PlacesError;
pub use facilities::{entrances, facilities};
pub use floors::{
    Dwelling, FLOORS_OF_HOUSES, FLOORS_OF_OTHERS, dwellings, floor_areas, keeps_dwelling,
};
pub use from_osm::{OsmPlaces, from_osm, keeps_node, keeps_relation, keeps_way};
pub use gates::{GateState, TableGate, gates};
pub use group::{Group, Groups};
pub use headers::Headers;
pub use left_out::{LeftOut, Reason};
pub use merge::{FacilityList, FacilitySource, merge};
pub use model::{Block, BlockKind, CategoryId, Facility, FacilitySet, Origin, Shape, Size, Zone};
pub use people::{spread_raster, spread_total};
pub use sample::{Sample, Samples};
pub use street_blocks::by_street_blocks;
pub use zones::{boundary, joined_zones, zones};
pub use zoning::Zoning;

#[cfg(test)]
mod classify_tests;
#[cfg(test)]
mod facility_table_tests;
#[cfg(test)]
mod osm_tests;
#[cfg(test)]
mod school_tests;
#[cfg(test)]
mod table_tests;
