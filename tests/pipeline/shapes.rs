//! Parallel walks, loops, rings, dead ends.

use living_circle::profile::WalkKind;
use living_circle::synth::Town;

use super::harness::Scene;
use super::{metres, scene, walked};

/// From A to B straight, 400 m, or round by C and D, 600 m. X and Y keep A and B
/// junctions.
fn parallel() -> Town {
    Town::new(
        "
        XA---BY
         C---D
        ",
    )
    .way("XABY", "highway=residential")
    .way("ACDB", "highway=residential")
}

#[test]
fn of_parallel_walks_the_shorter_is_walked_through() {
    assert_eq!(metres(&scene(&parallel(), 'X', 'Y')), Some(600));
}

#[test]
fn the_longer_of_parallel_walks_keeps_its_interior() {
    let town = parallel();
    let study = scene(&town, 'A', 'B').study();
    assert_eq!(study.network.walks().len(), 4, "two between A and B");
    // East of C in metres, then the way by C and the way by A, B and D.
    for (east, expected) in [(50.0, 150), (200.0, 300), (340.0, 440), (399.0, 499)] {
        let scene = Scene::new(town.drawing())
            .block("b", town.at('A'))
            .facility("f", "clinic", town.place([100.0 + east, -100.0]))
            .within(&["1km"]);
        assert_eq!(metres(&scene), Some(expected), "{east}");
    }
    // From Y it is nearer by B and D.
    let scene = Scene::new(town.drawing())
        .block("b", town.at('Y'))
        .facility("f", "clinic", town.place([150.0, -95.0]))
        .within(&["1km"]);
    let by_d = 100 + 100 + 350 + 5;
    assert_eq!(metres(&scene), Some(by_d));
    // Both places on the longer walk: along it, or back by the shorter one.
    let both = |west: f64, east: f64| {
        let scene = Scene::new(town.drawing())
            .block("b", town.place([100.0 + west, -100.0]))
            .facility("f", "clinic", town.place([100.0 + east, -100.0]))
            .within(&["1km"]);
        metres(&scene)
    };
    assert_eq!(both(50.0, 350.0), Some(300));
}

/// A loop at A: A-B-C-D, 4 × 200 m; X keeps A a junction.
fn looped() -> Town {
    Town::new(
        "
        X-A-B
          | |
          D-C
        ",
    )
    .way("XA", "highway=residential")
    .way("ABCDA", "highway=residential")
}

#[test]
fn a_place_on_a_loop_is_reached_the_shorter_way_round() {
    let town = looped();
    let study = scene(&town, 'X', 'C').study();
    assert_eq!(study.network.walks().len(), 2);
    assert_eq!(walked(&study), Some(600), "half the loop");
    assert_eq!(metres(&scene(&town, 'X', 'B')), Some(400));
    assert_eq!(metres(&scene(&town, 'X', 'D')), Some(400));
    let at = |east, south: f64| {
        let scene = Scene::new(town.drawing())
            .block("b", town.at('X'))
            .facility("f", "clinic", town.place([east, -south]))
            .within(&["1km"]);
        metres(&scene)
    };
    assert_eq!(at(400.0, 150.0), Some(200 + 350));
    assert_eq!(at(350.0, 200.0), Some(200 + 350), "by D");
    // From one place of the loop to another, through A.
    assert_eq!(metres(&scene(&town, 'B', 'D')), Some(400));
    let through = Scene::new(town.drawing())
        .block("b", town.place([250.0, 0.0]))
        .facility("f", "clinic", town.place([200.0, -50.0]))
        .within(&["1km"]);
    assert_eq!(metres(&through), Some(100));
}

#[test]
fn a_ring_without_a_junction_is_walked_both_ways() {
    let ring = Town::new(
        "
        A-B
        | |
        D-C
        ",
    )
    .way("ABCDA", "highway=footway");
    let study = scene(&ring, 'B', 'D').study();
    assert_eq!(study.network.walks().len(), 1);
    assert_eq!(walked(&study), Some(400));
    for (from, to, expected) in [
        ('A', 'B', 200),
        ('B', 'A', 200),
        ('A', 'D', 200),
        ('D', 'A', 200),
    ] {
        assert_eq!(
            metres(&scene(&ring, from, to)),
            Some(expected),
            "{from}{to}"
        );
    }
    // Over the node where the ring begins, whichever that is.
    let over = |one: [f64; 2], other: [f64; 2]| {
        let scene = Scene::new(ring.drawing())
            .block("b", ring.place(one))
            .facility("f", "clinic", ring.place(other))
            .within(&["1km"]);
        metres(&scene)
    };
    assert_eq!(over([40.0, 0.0], [0.0, -30.0]), Some(70));
    assert_eq!(over([160.0, 0.0], [200.0, -30.0]), Some(70));
    assert_eq!(over([160.0, -200.0], [200.0, -170.0]), Some(70));
}

#[test]
fn a_figure_of_eight_is_two_loops() {
    let eight = Town::new(
        "
        A-B
        | |
        D-X-F
          | |
          E-G
        ",
    )
    .way("XBADXFGEX", "highway=footway");
    let study = scene(&eight, 'A', 'G').study();
    assert_eq!(study.network.walks().len(), 2);
    assert_eq!(walked(&study), Some(800));
    assert_eq!(metres(&scene(&eight, 'D', 'E')), Some(400));
}

#[test]
fn a_dead_end_is_left_the_way_it_was_entered() {
    let town = Town::new(
        "
        A--B--C
           |
           D
        ",
    )
    .way("ABC", "highway=residential")
    .way("BD", "highway=residential");
    let study = scene(&town, 'D', 'A').study();
    assert_eq!(walked(&study), Some(500));
    assert_eq!(study.census.dead_ends, 3);
    let inside = Scene::new(town.drawing())
        .block("b", town.place([320.0, -60.0]))
        .facility("f", "clinic", town.at('C'))
        .within(&["1km"]);
    assert_eq!(metres(&inside), Some(20 + 60 + 300));
    let behind = Scene::new(town.drawing())
        .block("b", town.place([300.0, -240.0]))
        .facility("f", "clinic", town.place([300.0, -30.0]))
        .within(&["1km"]);
    assert_eq!(metres(&behind), Some(40 + 170), "beyond its end");
}

#[test]
fn a_walk_ends_where_what_is_walked_on_changes() {
    let town = Town::new("A-B-C-D-E")
        .way("ABC", "highway=residential")
        .way("CD", "highway=steps")
        .way("DE", "highway=residential");
    let study = scene(&town, 'A', 'E').study();
    assert_eq!(study.network.walks().len(), 3);
    assert_eq!(study.census.millimetres.len(), 2);
    let steps = study.census.millimetres[&WalkKind::Steps];
    assert!(steps.abs_diff(200_000) < 15, "{steps}");
    assert_eq!(walked(&study), Some(800));
}
