//! Drawn towns → PBF bytes → figures, one trouble each, the answer known by
//! arithmetic.

#![allow(clippy::unwrap_used, missing_docs)]

#[path = "../harness/mod.rs"]
mod harness;

mod barriers;
mod blocks;
mod catchments;
mod compounds;
mod directions;
mod gates;
mod generated;
mod grounds;
mod islands;
mod parcels;
mod people;
mod places;
mod sensitivity;
mod shapes;
mod squares;
mod standards;
mod sums;
mod ways;

use harness::Scene;
use living_circle::study::Study;
use living_circle::synth::Town;

/// A clinic at one letter and a block at another, asked within 1 km.
fn scene(town: &Town, block: char, clinic: char) -> Scene {
    Scene::new(town.drawing())
        .block("b", town.at(block))
        .facility("f", "clinic", town.at(clinic))
        .within(&["1km"])
}

/// Whole metres from the block to the clinic.
fn metres(scene: &Scene) -> Option<u32> {
    walked(&scene.study())
}

fn walked(study: &Study) -> Option<u32> {
    harness::walk(study, "clinic", "b").map(|decimetres| {
        assert_eq!(decimetres % 10, 0, "{decimetres} dm are no whole metres");
        decimetres / 10
    })
}
