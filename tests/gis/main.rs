//! What GIS programs read: frames, GeoPackage, Shapefile.

#![allow(clippy::unwrap_used, missing_docs)]

mod city;
mod frames;
mod gpkg;
