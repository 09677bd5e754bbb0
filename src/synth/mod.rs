//! Drawn towns: small maps whose answers are known beforehand.

mod layout;
mod town;

pub use layout::{DEFAULT_ORIGIN, placed};
pub use town::Town;
