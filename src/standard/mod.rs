//! Standards: what must be within reach, how far, and who says so.

mod error;
mod file;
mod fit;
mod model;
mod provision;

pub use error::{BadRequirement, StandardError};
pub use fit::{Bounds, Fit, Fitness};
pub use model::{Basis, Composite, Denominator, Pack, Requirement, Standard, gb_50180_walk};
pub use provision::{Complex, Provision};
