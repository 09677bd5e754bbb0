//! Places on the earth, distances between them, and areas.

mod area;
mod crossing;
mod hilbert;
mod local;

pub use area::{Area, PolygonRings};
pub use hilbert::hilbert_index;
pub use local::{LonLat, Plane, distance_metres, distance_millimetres};
