//! Gates that are added, opened and locked.
//!
//! A gate that no walk leads through or up to changes nothing but who enters and leaves its
//! compound: it is put into the city as it is. Other gates are drawn into what was read, and
//! the city is built anew of it.

mod drawn;
mod put;
mod walls;

pub(super) use walls::Walls;

use super::change::Admitted;
use super::work::Work;
use super::{Bad, Change, Planned};
use crate::places::GateState;
use crate::plane::{LonLat, distance_metres};
use crate::profile::Admits;
use crate::study::StudyError;

/// A gate is looked for so far around.
///
/// # Units
/// Metres.
const AROUND: f64 = 20.0;

/// What a gate is made.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Made {
    Open,
    Resident,
    Closed,
}

impl Made {
    fn of(admits: Admitted) -> Self {
        match admits {
            Admitted::Everybody => Self::Open,
            Admitted::Residents => Self::Resident,
        }
    }

    /// The value of `foot`.
    fn foot(self) -> &'static str {
        match self {
            Self::Open => "yes",
            Self::Resident => "private",
            Self::Closed => "no",
        }
    }

    fn state(self) -> GateState {
        match self {
            Self::Open => GateState::Open,
            Self::Resident => GateState::Resident,
            Self::Closed => GateState::Closed,
        }
    }

    fn admits(self) -> Admits {
        match self {
            Self::Open => Admits::Everybody,
            Self::Resident => Admits::Residents,
            Self::Closed => Admits::Nobody,
        }
    }
}

/// A gate as a change wants it.
struct Wanted<'a> {
    planned: &'a Planned,
    at: Result<LonLat, Bad>,
    made: Made,
    /// Whether there is none yet.
    new: bool,
}

impl Work<'_> {
    /// Changes the gates, one change after the other.
    ///
    /// # Errors
    /// As of [`City::of`](crate::study::City::of).
    pub fn gates(&mut self) -> Result<(), StudyError> {
        let changes = self.changes(|change| match change {
            Change::AddGate(gate) => Some((gate.at, Made::of(gate.admits), true)),
            Change::OpenGate(gate) => Some((gate.at, Made::of(gate.admits), false)),
            Change::CloseGate(gate) => Some((gate.at, Made::Closed, false)),
            _ => None,
        });
        let Some(materials) = self.base.materials.as_ref().filter(|_| !changes.is_empty()) else {
            return Ok(());
        };
        let wanted = changes
            .into_iter()
            .map(|(planned, (at, made, new))| Wanted {
                planned,
                at: self.place(at),
                made,
                new,
            });
        let wanted: Vec<Wanted> = wanted.collect();
        if are_apart(&wanted) && self.put_gates(materials, &wanted) {
            return Ok(());
        }
        self.draw_gates(materials, wanted)
    }
}

/// Whether no gate can be what another change looks for.
fn are_apart(wanted: &[Wanted]) -> bool {
    let places = wanted.iter().filter_map(|wanted| wanted.at.as_ref().ok());
    let places: Vec<LonLat> = places.copied().collect();
    places.iter().enumerate().all(|(number, &one)| {
        let mut others = places[..number].iter();
        others.all(|&other| distance_metres(one, other) > 2.0 * AROUND)
    })
}
