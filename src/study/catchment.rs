//! From where what is asked for is reached, as polygons for the eye.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{Answer, Study};
use crate::isochrone::{Canvas, Isochrones};
use crate::link::Going;
use crate::network::WalkGraph;
use crate::plane::PolygonRings;
use crate::units::{Cost, CostKind};

/// For every answer the polygons from which one of its facilities is within its limit
/// by network, dissolved: valid, nested with those of the same facilities at other
/// limits, outer rings counter-clockwise. `None` where the study has no facility of the
/// kind. For the eye; no figure comes from them.
pub fn catchments(study: &Study) -> Vec<Option<Vec<PolygonRings>>> {
    let canvas = Canvas::of(&study.network, &study.water);
    let entrances: Vec<_> = study
        .facilities
        .iter()
        .map(|facility| &*facility.entrances)
        .collect();
    // What is searched for together: the facilities of one set, by one walker in one kind
    // of cost, at all limits.
    let mut searches: BTreeMap<(usize, CostKind), BTreeMap<usize, Vec<usize>>> = BTreeMap::new();
    for (number, answer) in study.answers.iter().enumerate() {
        if study.has_data(answer) {
            let of_walker = searches.entry((answer.walker, answer.limit.kind()));
            let sets = of_walker.or_default();
            sets.entry(answer.set).or_default().push(number);
        }
    }
    let mut catchments = vec![None; study.answers.len()];
    for ((walker, kind), sets) in searches {
        let walked = &study.walked[walker];
        let graph = WalkGraph::new(&study.network, &walked.walker, kind);
        let isochrones = Isochrones::of(
            &canvas,
            &graph,
            &walked.walker,
            &entrances,
            &walked.facilities,
            Going::In,
        )
        .with_compounds(&study.compounds);
        let sets: Vec<(usize, Vec<usize>)> = sets.into_iter().collect();
        let drawn: Vec<Vec<(usize, Vec<PolygonRings>)>> = sets
            .into_par_iter()
            .map_init(
                || isochrones.worker(),
                |worker, (set, mut answers)| {
                    let cost = |answer: &Answer| -> Cost { answer.limit.cost() };
                    answers.sort_by_key(|&answer| cost(&study.answers[answer]));
                    let limits: Vec<Cost> = answers
                        .iter()
                        .map(|&answer| cost(&study.answers[answer]))
                        .collect();
                    let around = isochrones.around(&study.sets[set].facilities.0, &limits, worker);
                    answers.into_iter().zip(around).collect()
                },
            )
            .collect();
        for (answer, polygons) in drawn.into_iter().flatten() {
            catchments[answer] = Some(polygons);
        }
    }
    catchments
}
