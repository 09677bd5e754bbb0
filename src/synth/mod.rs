//! Drawn towns: small maps whose answers are known beforehand.

mod grid;
mod layout;
mod town;

pub use grid::Grid;
pub use layout::{DEFAULT_ORIGIN, placed};
pub use town::Town;
