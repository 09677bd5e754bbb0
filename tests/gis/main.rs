//! What GIS programs read: frames, GeoPackage, Shapefile.

// Written numbers are equal to the last bit, or not the same.
#![allow(
    clippy::float_cmp,
    clippy::print_stderr,
    clippy::unwrap_used,
    missing_docs
)]

mod city;
mod frames;
mod gdal;
mod gpkg;
mod inputs;
mod misread;
mod packages;
#[path = "../program/mod.rs"]
mod program;
mod rasters;
mod shapes;
mod walks;
mod workbook;
