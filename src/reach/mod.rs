//! What lies within a limit by the network, exactly.
//!
//! [`Trips`] lead from origins (samples) to destinations (facilities). One sweep per set
//! from all its destinations finds the nearest for every origin ([`Trips::nearest`]);
//! limited searches from either side count what is within limits, from the
//! destinations where they are clearly fewer ([`Trips::tallies`], [`Trips::count`]). Both
//! are exact, whatever the side. `reach` knows dense sets of facilities, never categories.

mod count;
mod crowd;
mod doors;
mod held;
mod label;
mod ledger;
mod meet;
mod numbers;
mod parts;
mod plain;
mod queue;
mod search;
mod stop;
mod tally;
mod trips;
mod within;

pub use count::{Counts, Seeking, Tallies};
pub use held::{Held, Moved, Shift};
pub use parts::{Part, Surveyor, Territory};
pub use plain::{PlainGraph, Vertices};
pub use search::Search;
pub use stop::{Stop, Stops};
pub use trips::Trips;
pub use within::Within;

use std::num::NonZeroU32;

use crate::units::Cost;

/// The nearest facility of a set. Ties go to the lower facility.
///
/// An `Option` of it takes no more memory than itself: cities have one for every sample
/// and set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Nearest {
    /// What it costs to get there, legs included.
    pub cost: Cost,
    /// The facility's number and one.
    next: NonZeroU32,
}

impl Nearest {
    /// A facility, as an index into the list of facilities, and what it costs to get there.
    pub fn of(cost: Cost, facility: u32) -> Self {
        Self {
            cost,
            next: NonZeroU32::MIN.saturating_add(facility),
        }
    }

    /// The facility, as an index into the list of facilities.
    pub fn facility(self) -> u32 {
        self.next.get() - 1
    }
}
