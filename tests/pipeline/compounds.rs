//! Compounds behind walls, and the gates by which areas are entered.

use living_circle::link::Unlinked;
use living_circle::measure::State;
use living_circle::places::Facility;
use living_circle::plane::LonLat;
use living_circle::study::Study;
use living_circle::synth::Town;

use super::harness::{Scene, facility_number, facility_unlinked, state, walk};
use super::metres;

/// A street of 300 m, and 100 m south of it a compound of 100 m × 100 m with a gate
/// in the middle of its north side and one in the middle of its east side.
fn map() -> Town {
    Town::new(
        "
        A-----B

         PGQ
           E
         S-R  V
        ",
    )
    .spacing(50.0)
    .way("AB", "highway=residential")
}

fn compound(gate: &str) -> Town {
    map().area("PGQERS", "barrier=fence").node("G", gate)
}

fn inside(town: &Town) -> LonLat {
    town.place([100.0, -150.0])
}

fn between(town: &Town, block: LonLat, clinic: LonLat) -> Scene {
    Scene::new(town.drawing())
        .block("b", block)
        .facility("f", "clinic", clinic)
        .within(&["1km"])
}

#[test]
fn a_gate_without_a_way_is_walked_through() {
    for gate in [
        "barrier=gate",
        "barrier=gate access=private",
        "entrance=yes",
    ] {
        let town = compound(gate);
        let mut scene = between(&town, inside(&town), town.at('B'));
        // 50 m to the gate, 100 m to the street, 200 m along it.
        assert_eq!(metres(&scene), Some(350), "{gate}");
        // The link limit holds from the gate on.
        scene.settings.link_limit = 100.1;
        assert_eq!(metres(&scene), Some(350), "{gate}");
        scene.settings.link_limit = 99.0;
        assert_eq!(metres(&scene), None, "{gate}");
    }
}

#[test]
fn a_compound_without_an_open_gate_is_enclosed() {
    for gate in [
        "highway=street_lamp",
        "barrier=gate locked=yes",
        "barrier=gate access=no",
    ] {
        let town = compound(gate);
        let study = between(&town, inside(&town), town.at('B')).study();
        assert_eq!(study.unlinked_reason(0), Some(Unlinked::Enclosed), "{gate}");
        assert_eq!(state(&study, "clinic-1000m", "b"), State::Unlinked);
    }
}

#[test]
fn a_gate_for_residents_is_none_for_visitors() {
    let town = compound("barrier=gate access=private");
    let study = between(&town, town.at('B'), inside(&town)).study();
    assert_eq!(facility_unlinked(&study, "f"), Some(Unlinked::Enclosed));
    assert_eq!(walk(&study, "clinic", "b"), None);
    let open = compound("barrier=gate");
    assert_eq!(
        metres(&between(&open, open.at('B'), inside(&open))),
        Some(350)
    );
}

#[test]
fn of_two_gates_the_shorter_way_is_taken() {
    // A second street 50 m east of the compound, which meets the first one at B only
    // by a long way round: each clinic is reached by its own gate.
    let town = Town::new(
        "
        A-----B

         PGQ
           E T
         S-R
             U
        ",
    )
    .spacing(50.0)
    .way("AB", "highway=residential")
    .way("TU", "highway=residential")
    .area("PGQERS", "barrier=fence")
    .node("G", "barrier=gate")
    .node("E", "barrier=gate");
    let home = inside(&town);
    assert_eq!(
        metres(&between(&town, home, town.at('B'))),
        Some(50 + 100 + 200)
    );
    // 50 m to E, 100 m to T, 100 m south.
    let south = town.place([250.0, -250.0]);
    assert_eq!(metres(&between(&town, home, south)), Some(50 + 100 + 100));
}

#[test]
fn inside_a_compound_places_meet_straight() {
    let town = compound("barrier=gate");
    let clinic = town.place([100.0, -110.0]);
    assert_eq!(metres(&between(&town, inside(&town), clinic)), Some(40));
    // Also where nobody can leave: then the block is no unlinked one.
    let shut = compound("barrier=gate locked=yes");
    let study = between(&shut, inside(&shut), clinic).study();
    assert_eq!(super::walked(&study), Some(40));
    assert_eq!(state(&study, "clinic-1000m", "b"), State::Covered);
    // Not through a wall inside.
    let walled = Town::new(
        "
        A-----B

         PGQ
        W---EX
         S-R
        ",
    )
    .spacing(50.0)
    .way("AB", "highway=residential")
    .area("PGQERS", "barrier=fence")
    .way("WX", "barrier=wall")
    .node("G", "barrier=gate");
    let [north, south] = [-110.0, -190.0].map(|y| walled.place([100.0, y]));
    let study = between(&walled, south, north).study();
    assert_eq!(walk(&study, "clinic", "b"), None);
}

#[test]
fn with_a_way_inside_both_the_way_and_the_other_gate_lead_out() {
    // The way enters at E; the gate G has none.
    let town = Town::new(
        "
        A-----B

         PGQ  |
         X-E--T
         S-R
        ",
    )
    .spacing(50.0)
    .way("ABT", "highway=residential")
    .way("XET", "highway=service access=private")
    .area("PGQERS", "barrier=fence")
    .node("G", "barrier=gate")
    .node("E", "barrier=gate");
    let home = town.place([100.0, -140.0]);
    // 40 m to G and 100 m on; not 10 m to the way, 200 m out of it, 150 m and 100 m back.
    assert_eq!(
        metres(&between(&town, home, town.place([100.0, 0.0]))),
        Some(140)
    );
    // And the other way round: 10 m to the way and 200 m along it.
    assert_eq!(metres(&between(&town, home, town.at('T'))), Some(10 + 200));
}

#[test]
fn a_compound_within_a_compound_is_left_by_both_gates() {
    let town = Town::new(
        "
        A-----B

        K--L--M
         PGQ
         S-R
        N-----O
        ",
    )
    .spacing(50.0)
    .way("AB", "highway=residential")
    .area("KLMON", "barrier=wall")
    .area("PGQRS", "barrier=fence")
    .node("L", "barrier=gate")
    .node("G", "barrier=gate");
    let home = town.place([100.0, -190.0]);
    // 40 m to G, √(50² + 50²) to L, 100 m to the street, 150 m to B.
    let study = between(&town, home, town.at('B')).study();
    assert_eq!(walk(&study, "clinic", "b"), Some(400 + 707 + 1_000 + 1_500));
}

#[test]
fn an_area_with_a_gate_on_its_outline_is_entered_there() {
    // No wall is drawn; the way along the south side is 20 m off.
    let street = |town: Town| town.way("UV", "highway=residential");
    let map = || {
        street(Town::new(
            "
            A-----B

             PGQ

             S-R
            U---V
            ",
        ))
    };
    let town = |gate: &str| {
        let area = map()
            .spacing(50.0)
            .way("AB", "highway=residential")
            .area("PGQRS", "landuse=residential");
        if gate.is_empty() {
            area
        } else {
            area.node("G", gate)
        }
    };
    let home = |town: &Town| town.place([100.0, -190.0]);
    let to = |town: &Town| metres(&between(town, home(town), town.at('U')));
    // Straight to the southern street, 60 m and 100 m: nothing says how it is entered.
    assert_eq!(to(&town("")), Some(60 + 100));
    assert_eq!(to(&town("entrance=yes")), Some(60 + 100));
    // The gate leads to the northern street alone.
    assert_eq!(to(&town("barrier=gate")), None);
    let gated = town("barrier=gate");
    assert_eq!(
        metres(&between(&gated, home(&gated), gated.at('B'))),
        Some(90 + 100 + 200)
    );
}

fn park(study: &Study) -> &Facility {
    &study.facilities[facility_number(study, "way/2")]
}

fn entrances(town: &Town, expected: &[LonLat]) {
    let study = Scene::new(town.drawing()).block("b", town.at('A')).study();
    let park = park(&study);
    assert!(!park.entrances_assumed);
    let mut expected = expected.to_vec();
    expected.sort_unstable();
    let off = |one: &LonLat, other: &LonLat| living_circle::plane::distance_metres(*one, *other);
    assert_eq!(park.entrances.len(), expected.len(), "{:?}", park.entrances);
    for (found, expected) in park.entrances.iter().zip(&expected) {
        assert!(off(found, expected) < 0.05, "{found} {expected}");
    }
}

#[test]
fn a_park_is_entered_where_gates_stand_and_walks_cross_its_outline() {
    let park = |town: Town| town.area("PGQERS", "leisure=park");
    // Nothing is mapped: places along the outline, flagged.
    let town = park(map());
    let study = Scene::new(town.drawing()).block("b", town.at('A')).study();
    let site = self::park(&study);
    assert!(site.entrances_assumed && site.entrances.len() >= 8);
    // A gate and an entrance.
    let town = park(map())
        .node("G", "barrier=gate")
        .node("R", "entrance=yes");
    entrances(&town, &[town.at('G'), town.at('R')]);
    // A private gate is the park's own; a locked one and an emergency exit are none.
    let town = park(map())
        .node("G", "barrier=gate access=private")
        .node("E", "barrier=gate locked=yes")
        .node("R", "entrance=emergency");
    entrances(&town, &[town.at('G')]);
    // A path through the node E, which nothing says is a gate.
    let paths = Town::new(
        "
        A-----B

         PGQ
           E  F
         S-R
          T
        ",
    )
    .spacing(50.0);
    let town = park(paths.clone().way("AB", "highway=residential")).way("FES", "highway=footway");
    entrances(&town, &[town.at('E'), town.at('S')]);
    // A path that shares no node with the outline.
    let town = park(paths.clone().way("AB", "highway=residential"))
        .way("TG", "highway=footway")
        .node("G", "highway=street_lamp");
    entrances(&town, &[town.place([100.0, -200.0]), town.at('G')]);
    // A street along the outline enters nowhere, nor does one that ends at it.
    let town = park(paths.way("AB", "highway=residential"))
        .way("QER", "highway=residential")
        .way("FE", "highway=footway");
    let study = Scene::new(town.drawing()).block("b", town.at('A')).study();
    assert!(self::park(&study).entrances_assumed);
}

#[test]
fn a_locked_gate_on_a_path_is_no_entrance() {
    let town = map()
        .area("PGQERS", "leisure=park")
        .way("GE", "highway=footway")
        .node("E", "barrier=gate locked=yes");
    entrances(&town, &[town.at('G')]);
}

#[test]
fn a_park_is_as_far_as_its_gate() {
    let map = map().way("BV", "highway=residential");
    let town = map
        .area("PGQERS", "leisure=park barrier=fence")
        .node("E", "barrier=gate");
    let study = Scene::new(town.drawing())
        .block("b", town.at('A'))
        .within(&["1km"])
        .study();
    // From A to B, 150 m south, and 150 m to the gate; the outline is 100 m off.
    assert_eq!(walk(&study, "park", "b"), Some(3_000 + 1_500 + 1_500));
}

#[test]
fn a_locked_gate_alone_makes_no_compound() {
    // A campus without a wall, its only mapped gate shut: the street runs 10 m outside.
    let town = Town::new(
        "
        A-----B

         PGQ

         S-R
        ",
    )
    .spacing(10.0)
    .way("AB", "highway=residential")
    .area("PGQRS", "amenity=university")
    .node("G", "barrier=gate access=no");
    let home = town.place([20.0, -30.0]);
    assert_eq!(metres(&between(&town, home, town.at('B'))), Some(30 + 40));
}

#[test]
fn a_gate_at_the_end_of_ways_inside_leads_on_to_the_street() {
    // Paths inside end at the gate; the street runs 200 m beyond it. Of 1,000 m of them
    // (no tiny island) nobody leaves; of 600 m everybody does.
    for paths in ["KH", "KHL"] {
        let town = Town::new(
            "
        A-----------B

        P-----G-----Q
        |     |     |
        |     H     |
        | K---+---L |
        S-----------R
        ",
        )
        .spacing(100.0)
        .way("AB", "highway=residential")
        .way("GH", "highway=footway")
        .way(paths, "highway=footway")
        .area("PGQRS", "barrier=fence")
        .node("G", "barrier=gate");
        let home = town.at('H');
        // 200 m to the gate, 200 m to the street, 600 m to B.
        let mut scene = between(&town, home, town.at('B')).within(&["3km"]);
        scene.settings.link_limit = 250.0;
        assert_eq!(metres(&scene), Some(200 + 200 + 600), "{paths}");
    }
}
