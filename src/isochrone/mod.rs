//! Isochrones: polygons of what is reached, for the eye. No figure comes from them.
//!
//! An isochrone holds the points within 40 m of a reached part of a walk, not across
//! water. It is drawn on a lattice of about 10 m that is anchored to the globe, in whole
//! 10⁻⁷ degrees, so that it is valid as it is; those of larger limits hold those of
//! smaller ones.

mod chain;
mod draw;
mod field;
mod lattice;
mod leg;
mod outline;
mod place;
mod rings;
mod shapes;
mod shore;
mod sketch;
mod stroke;
mod tangle;

pub use draw::{Canvas, Leg, Pencil};
pub use place::{Isochrones, Worker, square_metres};
