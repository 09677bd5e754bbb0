//! What GIS programs read: frames, GeoPackage, Shapefile.

// Written numbers are equal to the last bit, or not the same.
#![allow(clippy::unwrap_used, clippy::float_cmp, missing_docs)]

mod city;
mod frames;
mod gpkg;
