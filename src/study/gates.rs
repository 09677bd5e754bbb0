//! Gates of blocks: those of a table, and what they are for every block.

use std::collections::BTreeMap;

use super::StudyError;
use crate::network::{Compounds, KnownGates};
use crate::notice::{Notice, Notices};
use crate::places::{Block, GateState, PlacesError, Shape, TableGate};
use crate::plane::{Area, LonLat};
use crate::profile::Admits;

/// A gate of a table this far from its block is mistyped.
///
/// # Units
/// Metres.
const FARTHEST: f64 = 100.0;

/// The gates by which a block is entered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BlockGates {
    /// Whether a table gives them, or the extract.
    pub of_table: bool,
    /// Gates for everybody.
    pub open: u64,
    /// Gates for those who live there.
    pub resident: u64,
    /// Gates for nobody.
    pub closed: u64,
}

/// The outline of a block and its gates.
type Gated = (Area, Vec<(LonLat, Admits)>);

/// What a table says of the gates of blocks. Rows of blocks that are not there, and of
/// points, which have no outline, are noted.
///
/// # Errors
/// A gate far from the outline of its block.
pub(super) fn known(
    gates: &[TableGate],
    blocks: &[Block],
    notices: &mut Notices,
) -> Result<KnownGates, StudyError> {
    let by_id: BTreeMap<&str, &Block> = blocks.iter().map(|block| (&*block.id, block)).collect();
    let mut of_blocks: BTreeMap<&str, Gated> = BTreeMap::new();
    for gate in gates {
        let area = match by_id.get(&*gate.block).map(|block| &block.shape) {
            Some(Shape::Area(area)) => area,
            Some(Shape::Point(_)) => {
                notices.note(Notice::GatesOfPoints, gate.row.to_string());
                continue;
            }
            None => {
                notices.note(Notice::GatesOfNoBlock, gate.row.to_string());
                continue;
            }
        };
        let metres = area.outline_metres(gate.at);
        if metres > FARTHEST {
            let far = PlacesError::FarGate {
                at: gate.row.clone(),
                block: gate.block.clone(),
                metres: metres.round() as u64,
            };
            return Err(far.into());
        }
        let own = of_blocks.entry(&*gate.block);
        let (_, own) = own.or_insert_with(|| (area.clone(), Vec::new()));
        own.push((gate.at, admits(gate.state)));
    }
    Ok(KnownGates::of(of_blocks.into_values()))
}

/// Whom a gate of a table lets in.
pub fn admits(state: GateState) -> Admits {
    match state {
        GateState::Open => Admits::Everybody,
        GateState::Resident => Admits::Residents,
        GateState::Closed => Admits::Nobody,
    }
}

/// For every block the gates of the innermost compound in which it lies; `None` where
/// it lies in none.
pub(super) fn of_blocks(blocks: &[Block], compounds: &Compounds) -> Vec<Option<BlockGates>> {
    let own = |block: &Block| {
        let around = compounds.around(block.shape.inner_place());
        let compound = compounds.compound(*around.first()?);
        let count = |admits| {
            let gates = compound.gates.iter();
            gates.filter(|gate| gate.admits == admits).count() as u64
        };
        Some(BlockGates {
            of_table: compound.of_table,
            open: count(Admits::Everybody),
            resident: count(Admits::Residents),
            closed: count(Admits::Nobody),
        })
    };
    blocks.iter().map(own).collect()
}
