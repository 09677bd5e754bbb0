//! Drawn towns: small maps whose answers are known beforehand; and generated cities of
//! any size.

mod chance;
mod city;
mod grid;
mod lakeside;
mod layout;
mod sketch;
mod town;

pub use city::{GenerateError, Generated, GeneratedCity};
pub use grid::Grid;
pub use lakeside::{Fixtures, lakeside};
pub use layout::{DEFAULT_ORIGIN, placed};
pub use town::Town;
