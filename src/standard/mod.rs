//! Standards: what must be within reach, how far, and who says so.

mod error;
mod file;
mod model;

pub use error::{BadRequirement, StandardError};
pub use model::{Basis, Requirement, Standard};
