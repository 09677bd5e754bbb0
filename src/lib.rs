//! Who in a city can walk to what, in 5, 10 and 15 minutes, and what would
//! change that.
//!
//! An OpenStreetMap extract becomes a walk network ([`network`]), places meet
//! it through links ([`link`]), limited Dijkstra searches measure their reach
//! ([`reach`]) and the figures of a coverage report ([`measure`]) follow from
//! that. [`study`] runs the whole; [`report`] writes it.
//!
//! Data flows one way: a module imports only from the floors below its own
//! (`docs/architecture.md`, kept so by `tests/layering.rs`).

pub mod cli;
pub mod compare;
pub mod confidence;
pub mod doctor;
pub mod frame;
mod grouped;
pub mod isochrone;
pub mod lang;
pub mod link;
pub mod measure;
pub mod network;
pub mod notice;
pub mod osm;
pub mod places;
pub mod plane;
pub mod profile;
pub mod progress;
pub mod raster;
pub mod reach;
pub mod record;
pub mod report;
pub mod scenario;
pub mod spelling;
pub mod standard;
pub mod study;
pub mod synth;
pub mod table;
pub mod units;
