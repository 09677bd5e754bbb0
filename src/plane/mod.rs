//! Places on the earth, distances between them, and areas.

mod area;
mod chains;
mod crossing;
mod hilbert;
mod inside;
mod local;
mod place_index;
pub(crate) mod rings;

pub use area::{Area, PolygonRings};
pub use chains::chains;
pub use hilbert::hilbert_index;
pub use inside::{RingPiece, lines_meet, stays_inside};
pub use local::{
    LonLat, Plane, bounds, box_around, distance_metres, distance_millimetres, is_in_box,
};
pub use place_index::{Meeting, PlaceIndex, Placed};
