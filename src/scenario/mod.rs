//! Scenarios: named lists of changes to a city, and what they change.
//!
//! A scenario is read ([`Scenario`]), resolved against a city that was surveyed
//! ([`Base`]), and makes a new survey of it: nothing that was read changes, and nothing is
//! carried out where anything is wrong. Any study can be made of the new survey.

mod base;
mod change;
mod effect;
mod error;
mod facilities;
mod file;
mod gates;
mod homes;
mod joined;
pub mod links;
mod walks;
mod work;

pub use base::Base;
pub use change::{
    AddBlock, AddFacility, AddGate, AddWalk, Admitted, Change, ChangeFacility, ChangePeople,
    CloseFacility, CloseGate, CloseWalk, KindOfWalk, MoveFacility, OpenGate, Place, SizeGiven,
    Which,
};
pub use effect::{Changed, Comparison, Effect, Moved, Tried, effects, weighted_by};
pub use error::{Bad, Problem, ScenarioError};
pub use file::{KINDS, Planned, Scenario, schema};
