//! Walks that may be walked in one direction only.

use living_circle::synth::Town;

use super::harness::Scene;
use super::{metres, scene};

/// From A to B along a way that is open from A to B only, or 800 m round by C and
/// D. X and Y stand 100 m outside.
fn one_way(tags: &str) -> Town {
    Town::new(
        "
        XA---BY

         C---D
        ",
    )
    .way("XA", "highway=residential")
    .way("AB", tags)
    .way("BY", "highway=residential")
    .way("ACDB", "highway=residential")
}

#[test]
fn a_one_way_walk_is_walked_one_way() {
    let (there, round) = (Some(600), Some(1_000));
    for (tags, east, west) in [
        ("highway=footway oneway:foot=yes", there, round),
        ("highway=footway oneway:foot=-1", round, there),
        ("highway=footway foot:backward=no", there, round),
        ("highway=residential oneway=yes", there, there),
        ("highway=steps conveying=forward", there, round),
        ("highway=steps conveying=backward", round, there),
        ("highway=steps conveying=reversible", there, there),
    ] {
        let town = one_way(tags);
        assert_eq!(metres(&scene(&town, 'X', 'Y')), east, "{tags}");
        assert_eq!(metres(&scene(&town, 'Y', 'X')), west, "{tags}");
    }
}

/// The network numbers its junctions by where they lie: a walk towards any side.
#[test]
fn a_one_way_walk_leads_to_every_side() {
    for map in ["A---B", "B---A", "A\n\n\n\nB", "B\n\n\n\nA"] {
        for (tags, open) in [("yes", ['A', 'B']), ("-1", ['B', 'A'])] {
            let tags = format!("highway=footway oneway:foot={tags}");
            let town = Town::new(map).way("AB", &tags);
            let [from, to] = open;
            assert_eq!(metres(&scene(&town, from, to)), Some(400), "{map:?}");
            assert_eq!(metres(&scene(&town, to, from)), None, "{map:?}");
        }
    }
}

#[test]
fn on_a_one_way_walk_nobody_turns_round() {
    let town = one_way("highway=footway oneway:foot=yes");
    let between = |from: f64, to: f64| {
        let scene = Scene::new(town.drawing())
            .block("b", town.place([100.0 + from, 0.0]))
            .facility("f", "clinic", town.place([100.0 + to, 0.0]))
            .within(&["2km"]);
        metres(&scene)
    };
    assert_eq!(between(100.0, 300.0), Some(200));
    // On to B, round by D, C and A, and along it again.
    assert_eq!(between(300.0, 100.0), Some(100 + 800 + 100));
    let from = |letter| {
        let scene = Scene::new(town.drawing())
            .block("b", town.at(letter))
            .facility("f", "clinic", town.place([300.0, 0.0]))
            .within(&["2km"]);
        metres(&scene)
    };
    assert_eq!(from('X'), Some(100 + 200));
    assert_eq!(from('Y'), Some(100 + 800 + 200), "entered at A only");
}

/// Where a place stands at a junction, the link is to one of the walks that meet
/// there; it may be one that cannot be left by that end.
#[test]
fn at_the_end_of_a_one_way_walk_the_junction_is_free() {
    for direction in ["yes", "-1"] {
        for one_way in ["AB", "BC"] {
            let tags = |way| {
                if way == one_way {
                    format!("highway=footway oneway:foot={direction}")
                } else {
                    "highway=footway".to_owned()
                }
            };
            let town = Town::new(
                "
                A--B--C
                   |
                   D
                ",
            )
            .way("AB", &tags("AB"))
            .way("BC", &tags("BC"))
            .way("BD", "highway=footway");
            let case = format!("{one_way} {direction}");
            assert_eq!(metres(&scene(&town, 'B', 'D')), Some(200), "from B: {case}");
            assert_eq!(metres(&scene(&town, 'D', 'B')), Some(200), "to B: {case}");
        }
    }
}

#[test]
fn an_escalator_down_to_a_place_does_not_lead_up_from_it() {
    let town = Town::new("A--B--C")
        .way("AB", "highway=residential")
        .way("BC", "highway=steps conveying=forward");
    assert_eq!(metres(&scene(&town, 'A', 'C')), Some(600));
    assert_eq!(metres(&scene(&town, 'C', 'A')), None);
}

#[test]
fn a_one_way_ring_is_walked_round() {
    let ring = Town::new(
        "
        A-B
        | |
        D-C
        ",
    )
    .way("ABCDA", "highway=footway oneway:foot=yes");
    assert_eq!(metres(&scene(&ring, 'B', 'D')), Some(400));
    assert_eq!(metres(&scene(&ring, 'B', 'C')), Some(200));
    assert_eq!(metres(&scene(&ring, 'C', 'B')), Some(600));
    assert_eq!(metres(&scene(&ring, 'A', 'D')), Some(600));
    assert_eq!(metres(&scene(&ring, 'D', 'A')), Some(200));
}

/// A pair of escalators drawn over the same nodes: each way is one way, together
/// they are walked both ways, and a place beside their middle meets both.
#[test]
fn two_opposite_one_way_walks_are_one_walk() {
    let pair = Town::new("A---B---C")
        .way("ABC", "highway=footway oneway:foot=yes")
        .way("CBA", "highway=footway oneway:foot=yes");
    for (from, to) in [('A', 'C'), ('C', 'A'), ('B', 'A'), ('B', 'C')] {
        let study = scene(&pair, from, to).study();
        assert_eq!(study.network.walks().len(), 1);
        let expected = if from == 'B' { 400 } else { 800 };
        assert_eq!(
            metres(&scene(&pair, from, to)),
            Some(expected),
            "{from} to {to}"
        );
    }
}
