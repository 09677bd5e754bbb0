//! What rests on a single facility is what changes when one is lost: each is taken away in
//! turn and the study made again.

use std::cell::Cell;

use living_circle::measure::State;
use living_circle::places::{FacilitySource, Shape};
use living_circle::plane::LonLat;
use living_circle::standard::Basis;
use living_circle::study::Study;
use proptest::prelude::*;

use super::for_towns;
use super::harness::{Scene, catalog, facility};

/// The states of all blocks by network, requirement by requirement.
fn states(study: &Study) -> Vec<Vec<State>> {
    let answers = study.answers.iter();
    let of_blocks = |answer: &living_circle::study::Answer| {
        let blocks = 0..study.blocks.len();
        blocks
            .map(|block| study.of_block(answer, block).state(Basis::Network))
            .collect()
    };
    answers.map(of_blocks).collect()
}

/// The town with the facilities of the table alone, and one of every service that nobody
/// reaches, so that what is lost is no hole in the data.
fn alone(scene: &Scene) -> Scene {
    let mut scene = scene.clone();
    scene.settings.facilities_from = FacilitySource::Table;
    let far = LonLat::from_degrees(100.0, 10.0).unwrap();
    let services: Vec<String> = catalog()
        .iter()
        .map(|(_, category)| category.key.clone())
        .collect();
    let far = facility(&catalog(), "far", &services.join(";"), Shape::Point(far));
    scene.table.push(far);
    scene
}

#[test]
fn what_rests_on_one_facility_changes_without_it() {
    let (rests, holds) = (Cell::new(0_u32), Cell::new(0_u32));
    let partly = Cell::new(0_u32);
    for_towns(24, |scene| {
        let scene = alone(scene);
        let study = scene.study();
        let before = states(&study);
        let mut changes: Vec<Vec<bool>> = before
            .iter()
            .map(|blocks| vec![false; blocks.len()])
            .collect();
        for lost in 0..scene.table.len() - 1 {
            let mut without = scene.clone();
            without.table.remove(lost);
            for (at, after) in states(&without.study()).iter().enumerate() {
                for (block, after) in after.iter().enumerate() {
                    changes[at][block] |= *after != before[at][block];
                }
            }
        }
        for (at, changes) in changes.iter().enumerate() {
            for (block, &changed) in changes.iter().enumerate() {
                let told = study.rests_on_one(at, block);
                let about = &study.standard.requirements[at].key;
                let state = before[at][block];
                prop_assert_eq!(told, changed, "{} of {}: {:?}", about, block, state);
                let reached = matches!(state, State::Covered | State::Partly);
                rests.set(rests.get() + u32::from(told));
                holds.set(holds.get() + u32::from(reached && !told));
                partly.set(partly.get() + u32::from(told && state == State::Partly));
            }
            let count = changes.iter().filter(|changed| **changed).count();
            prop_assert_eq!(study.resting_on_one(at), count);
        }
        Ok(())
    });
    // Both happen, and to blocks that are covered in part too.
    assert!(rests.get() > 100 && holds.get() > 100 && partly.get() > 10);
}
