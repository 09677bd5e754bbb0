//! Parts of the network that do not hang together.

use living_circle::measure::State;
use living_circle::synth::Town;

use super::harness::{Scene, block_answer, state};
use super::{metres, scene, walked};

/// A street of 1.2 km, and 100 m north of it a path of 300 m that joins nothing.
fn town(path: &str) -> Town {
    Town::new(
        "
            P--Q
        A-----------B
        ",
    )
    .way("AB", "highway=residential")
    .way("PQ", path)
}

#[test]
fn a_tiny_island_is_not_linked_where_a_larger_network_is_in_reach() {
    let town = town("highway=footway");
    // 10 m south of the path, 90 m north of the street.
    let near_path = |scene: Scene| scene.block("b", town.place([500.0, -10.0]));
    let scene = near_path(Scene::new(town.drawing()))
        .facility("f", "clinic", town.at('B'))
        .within(&["1km"]);
    assert_eq!(metres(&scene), Some(90 + 700));
    // Even a clinic on the island itself is linked to the street, if that is near.
    let on_island = near_path(Scene::new(town.drawing()))
        .facility("f", "clinic", town.place([600.0, 0.0]))
        .within(&["1km"]);
    assert_eq!(metres(&on_island), Some(90 + 100 + 100));
    // Without a limit that holds the street, the island is all there is.
    let mut short = on_island;
    short.settings.link_limit = 80.0;
    assert_eq!(metres(&short), Some(10 + 100));
}

#[test]
fn an_island_of_a_kilometre_is_linked_to() {
    let large = Town::new(
        "
        P---------Q
        A-----------B
        ",
    )
    .way("AB", "highway=residential")
    .way("PQ", "highway=footway");
    let to_b = |large: &Town| {
        let scene = Scene::new(large.drawing())
            .block("b", large.place([500.0, -10.0]))
            .facility("f", "clinic", large.at('B'))
            .within(&["1km"]);
        metres(&scene)
    };
    // Tiny is less than a kilometre; this one is 1000 m and a hair, or a hair less.
    assert_eq!(to_b(&large.clone().spacing(101.0)), None);
    assert_eq!(to_b(&large.spacing(99.0)), Some(89 + 688));
}

#[test]
fn alone_a_tiny_island_is_linked() {
    let town = Town::new("A--B").way("AB", "highway=footway");
    assert_eq!(metres(&scene(&town, 'A', 'B')), Some(300));
}

#[test]
fn from_an_island_nothing_else_is_reached() {
    let town = Town::new(
        "
        A--B

        C--D
        ",
    )
    .spacing(400.0)
    .way("AB", "highway=residential")
    .way("CD", "highway=residential");
    let study = scene(&town, 'A', 'C').study();
    assert_eq!(study.census.components.len(), 2);
    assert_eq!(walked(&study), None);
    assert_eq!(state(&study, "clinic-1000m", "b"), State::Uncovered);
    assert_eq!(
        block_answer(&study, "clinic-1000m", "b").nearest().median,
        None
    );
}
