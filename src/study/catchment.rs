//! Catchments: the polygons from which the facilities of a set are within a limit.

use rayon::prelude::*;

use super::Study;
use crate::isochrone::{Canvas, Isochrones};
use crate::link::Going;
use crate::network::WalkGraph;
use crate::plane::PolygonRings;
use crate::units::{Cost, CostKind};

/// What a catchment is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatchmentAsked {
    /// The set of facilities, as an index into the study's sets.
    pub set: usize,
    /// The limits in the cost of the study's walkers, ascending.
    pub limits: Vec<Cost>,
}

/// For everything asked and each of its limits the polygons from which one of the
/// facilities is within the limit by network, dissolved: valid, nested, outer rings
/// counterclockwise. For the eye; no figure comes from them.
///
/// # Units
/// `walker` as an index into [`Study::walked`]; limits in the cost of `kind`.
pub fn catchments(
    study: &Study,
    walker: usize,
    kind: CostKind,
    asked: &[CatchmentAsked],
) -> Vec<Vec<Vec<PolygonRings>>> {
    let walked = &study.walked[walker];
    let graph = WalkGraph::new(&study.network, &walked.walker, kind);
    let canvas = Canvas::of(&study.network, &study.water);
    let entrances: Vec<_> = study
        .facilities
        .iter()
        .map(|facility| &*facility.entrances)
        .collect();
    let isochrones = Isochrones::of(
        &canvas,
        &graph,
        &walked.walker,
        &entrances,
        &walked.facilities,
        Going::In,
    );
    let drawn = asked.par_iter().map_init(
        || isochrones.worker(),
        |worker, asked| {
            let set = &study.sets[asked.set].facilities;
            isochrones.around(&set.0, &asked.limits, worker)
        },
    );
    drawn.collect()
}
