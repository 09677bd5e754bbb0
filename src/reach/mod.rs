//! What lies within a limit by the network, exactly.
//!
//! From the blocks' side a limited Dijkstra per distinct way onto the network
//! ([`count_within`]) finds every facility within the limits; from the
//! facilities' side one multi-source sweep per set ([`nearest_of`]) finds the
//! nearest for every source. Both give the same answers. `reach` knows dense
//! sets of facilities, never categories.

mod count;
mod crowd;
mod doors;
mod parts;
mod plain;
mod queue;
mod search;
mod stop;
mod sweep;
mod tally;

pub use count::{Counts, FacilityIndex, count_within};
pub use parts::{Part, Surveyor, Territory};
pub use plain::{PlainGraph, Vertices};
pub use search::Search;
pub use stop::{Stop, Stops};
pub use sweep::nearest_of;

use crate::units::Cost;

/// The nearest facility of a set. Ties go to the lower facility.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Nearest {
    /// What it costs to get there, legs included.
    pub cost: Cost,
    /// The facility, as an index into the list of facilities.
    pub facility: u32,
}
