//! Gates, walls and what stands at nodes.

use living_circle::link::Unlinked;
use living_circle::measure::State;
use living_circle::synth::Town;

use super::harness::{Scene, state, walk};
use super::{metres, scene, walked};

fn gate(tags: &str) -> Town {
    let town = Town::new("A--G--B").way("AGB", "highway=footway");
    if tags.is_empty() {
        town
    } else {
        town.node("G", tags)
    }
}

#[test]
fn a_gate_lets_through_what_its_own_tags_say() {
    let open = Some(600);
    for (tags, expected) in [
        ("", open),
        ("barrier=gate", open),
        ("barrier=gate access=private", None),
        ("barrier=gate locked=yes", None),
        ("barrier=gate access=private foot=yes", open),
        ("barrier=gate foot=no", None),
        ("barrier=gate locked=yes foot=yes", open),
        ("barrier=bollard", open),
        ("barrier=wall", None),
        ("barrier=wall foot=yes", open),
        ("barrier=yes", None),
        ("access=private", open),
    ] {
        let study = scene(&gate(tags), 'A', 'B').study();
        assert_eq!(walked(&study), expected, "{tags}");
        // A closed gate is a dead end for either side.
        let walks = if expected.is_some() { 1 } else { 2 };
        assert_eq!(study.network.walks().len(), walks, "{tags}");
    }
}

#[test]
fn either_side_of_a_closed_gate_is_walked_up_to_it() {
    let town = Town::new("A--G--B")
        .way("AGB", "highway=footway")
        .node("G", "barrier=gate locked=yes");
    let to = |east: f64| {
        let scene = Scene::new(town.drawing())
            .block("b", town.at('A'))
            .facility("f", "clinic", town.place([east, 0.0]))
            .within(&["1km"]);
        metres(&scene)
    };
    assert_eq!(to(290.0), Some(290));
    assert_eq!(to(310.0), None);
}

#[test]
fn a_wall_at_a_crossroads_closes_all_four_arms() {
    let town = Town::new(
        "
          N
        W X E
          S
        ",
    )
    .way("WXE", "highway=residential")
    .way("NXS", "highway=residential");
    assert_eq!(metres(&scene(&town, 'W', 'N')), Some(300));
    let walled = town.node("X", "barrier=wall");
    for to in ['N', 'E', 'S'] {
        let study = scene(&walled, 'W', to).study();
        assert_eq!(walked(&study), None, "{to}");
        assert_eq!(study.census.components.len(), 4);
    }
}

#[test]
fn a_wheelchair_is_stopped_where_others_pass() {
    let passes =
        |walker: &str, tags: &str| metres(&scene(&gate(tags), 'A', 'B').walker(walker)).is_some();
    for (tags, pram) in [
        ("barrier=stile", false),
        ("barrier=turnstile", false),
        ("kerb=raised", true),
        ("barrier=bollard wheelchair=no", true),
    ] {
        let got = ["adult", "pram", "wheelchair"].map(|walker| passes(walker, tags));
        assert_eq!(got, [true, pram, false], "{tags}");
    }
    assert!(passes("wheelchair", "barrier=turnstile wheelchair=yes"));
    assert!(passes("wheelchair", "barrier=gate"));
}

/// A walled compound of 100 m × 150 m, a street 50 to 100 m off all round it, and
/// an inner way from the street through G to I; the block stands 10 m east of I, the
/// clinic at C in the south.
fn compound() -> Town {
    Town::new(
        "
        A--H--B

          PGQ

           I
          SRT

        D--C--E
        ",
    )
    .spacing(50.0)
    .area("PGQTRS", "barrier=wall")
    .way("AHB", "highway=residential")
    .way("ADCEB", "highway=residential")
}

fn in_compound(town: &Town) -> Scene {
    Scene::new(town.drawing())
        .block("b", town.place([160.0, -200.0]))
        .facility("f", "clinic", town.at('C'))
        .within(&["2km"])
}

#[test]
fn inside_a_wall_without_a_gate_a_block_is_enclosed() {
    let study = in_compound(&compound()).study();
    assert_eq!(study.unlinked_reason(0), Some(Unlinked::Enclosed));
    assert_eq!(state(&study, "clinic-2000m", "b"), State::Unlinked);
}

#[test]
fn a_compound_is_left_by_its_gate_and_round() {
    let town = compound().way("HGI", "highway=service");
    // 10 m to I, 200 m out, 150 m west, 350 m south, 150 m back.
    let round = Some(10 + 200 + 150 + 350 + 150);
    for gate in [
        "barrier=gate",
        "barrier=lift_gate",
        "barrier=gate foot=yes locked=yes",
    ] {
        let town = town.clone().node("G", gate);
        assert_eq!(metres(&in_compound(&town)), round, "{gate}");
    }
}

#[test]
fn residents_leave_by_their_private_way() {
    // 10 m to I, 100 m to the gate, 100 m out, and round.
    let town = compound()
        .way("HG", "highway=service")
        .way("GI", "highway=service access=private");
    let study = in_compound(&town).study();
    assert_eq!(
        walk(&study, "clinic", "b"),
        Some(100 + 1_000 + 1_000 + 6_500)
    );
}

#[test]
fn a_locked_gate_is_no_way_out() {
    for gate in [
        "barrier=gate locked=yes",
        "barrier=wall",
        "barrier=gate access=private locked=yes",
    ] {
        let town = compound().way("HGI", "highway=service").node("G", gate);
        let study = in_compound(&town).study();
        assert_eq!(walk(&study, "clinic", "b"), None, "{gate}");
        // Whoever stands before it is not hindered.
        let outside = Scene::new(town.drawing())
            .block("b", town.place([150.0, -95.0]))
            .facility("f", "clinic", town.at('H'))
            .within(&["2km"]);
        assert_eq!(metres(&outside), Some(95), "{gate}");
    }
}

#[test]
fn a_private_gate_is_a_way_out_for_those_behind_it() {
    let town = compound()
        .way("HGI", "highway=service")
        .node("G", "barrier=gate access=private");
    let study = in_compound(&town).study();
    assert_eq!(
        walk(&study, "clinic", "b"),
        Some(100 + 1_000 + 1_000 + 6_500)
    );
}
