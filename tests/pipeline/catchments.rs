//! From where a facility is reached, as it is drawn.

use living_circle::plane::Area;
use living_circle::study::catchments;
use living_circle::synth::Town;

use super::harness::Scene;

/// A street, and 100 m south of it a compound of 600 m by 300 m, with a gate near its
/// north-west corner and no ways inside.
fn town() -> Town {
    Town::new(
        "
        A-------B
         PG----Q


         S-----R
        ",
    )
    .spacing(100.0)
    .way("AB", "highway=residential")
    .area("PGQRS", "barrier=fence")
    .node("G", "barrier=gate")
}

const GATE: [f64; 2] = [200.0, -100.0];
const CLINIC: [f64; 2] = [600.0, -350.0];

fn drawn(limit: &str) -> Area {
    let town = town();
    let scene = Scene::new(town.drawing())
        .block("b", town.at('B'))
        .facility("f", "clinic", town.place(CLINIC))
        .within(&[limit]);
    let drawn = catchments(&scene.study()).into_iter().flatten().next();
    Area::new(drawn.unwrap()).unwrap()
}

/// A clinic 472 m behind the only gate, far from the straight line between it and where
/// the street is met: visitors go by the gate.
#[test]
fn the_way_from_a_gate_to_what_lies_behind_it_is_drawn() {
    let town = town();
    for (limit, to_the_street) in [("1km", true), ("500m", false)] {
        let catchment = drawn(limit);
        let holds = |at: [f64; 2]| catchment.holds(town.place(at));
        for part in (0..=20).map(|step| f64::from(step) / 20.0) {
            let at = [0, 1].map(|axis| GATE[axis] + part * (CLINIC[axis] - GATE[axis]));
            assert!(holds(at), "{limit}: {at:?}");
        }
        // Nobody walks beside it.
        for at in [[300.0, -330.0], [550.0, -150.0], [650.0, -200.0]] {
            assert!(!holds(at), "{limit}: {at:?}");
        }
        assert_eq!(holds([200.0, 0.0]), to_the_street);
        assert_eq!(holds([500.0, 0.0]), to_the_street);
    }
}
