//! From where a facility is reached, as it is drawn.

use living_circle::plane::Area;
use living_circle::study::catchments;
use living_circle::synth::Town;

use super::harness::Scene;

/// A street, and 100 m south of it a compound, 300 m deep, with a gate in the middle of its
/// north side and no ways inside.
fn town() -> Town {
    Town::new(
        "
        A-----B
         PGQ


         S-R
        ",
    )
    .spacing(100.0)
    .way("AB", "highway=residential")
    .area("PGQRS", "barrier=fence")
    .node("G", "barrier=gate")
}

fn drawn(limit: &str) -> Area {
    let town = town();
    let scene = Scene::new(town.drawing())
        .block("b", town.at('B'))
        .facility("f", "clinic", town.place([200.0, -350.0]))
        .within(&[limit]);
    let drawn = catchments(&scene.study()).into_iter().flatten().next();
    Area::new(drawn.unwrap()).unwrap()
}

/// A clinic 250 m behind the only gate: visitors are on the straight way from there to it.
#[test]
fn the_way_from_a_gate_to_what_lies_behind_it_is_drawn() {
    let town = town();
    // Up to which latitude the way is drawn, in metres south of the street.
    for (limit, north) in [("1km", 0), ("300m", 50)] {
        let catchment = drawn(limit);
        let holds = |east: f64, south: i32| {
            let at = town.place([east, -f64::from(south)]);
            catchment.holds(at)
        };
        for south in (north..=350).step_by(25) {
            assert!(
                holds(200.0, south),
                "{limit}: {south} m south of the street"
            );
        }
        // Nobody walks beside it.
        for south in (150..=350).step_by(25) {
            assert!(
                !holds(120.0, south) && !holds(280.0, south),
                "{limit}: {south}"
            );
        }
        assert_eq!(holds(200.0, 0), limit == "1km");
        assert_eq!(holds(500.0, 0), limit == "1km");
    }
}
