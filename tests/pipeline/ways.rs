//! Which ways are walked, and at what cost.

use living_circle::frame::Frame;
use living_circle::profile::Refusal;
use living_circle::report::network_geojson;
use living_circle::synth::Town;

use super::harness::{Scene, facility_unlinked, time, walk};
use super::{metres, scene, walked};
use living_circle::link::Unlinked;

/// Two banks with streets, a river between, the bridge in the east.
fn banks(bridge: &str) -> Town {
    Town::new(
        "
        A  B
        R   S
        C  D
        ",
    )
    .way("AB", "highway=residential")
    .way("CD", "highway=residential")
    .way("BD", bridge)
    .way("RS", "waterway=river")
}

#[test]
fn a_bridge_leads_over_water() {
    assert_eq!(
        metres(&scene(&banks("highway=footway bridge=yes"), 'A', 'C')),
        Some(800)
    );
    assert_eq!(
        metres(&scene(&banks("highway=motorway bridge=yes"), 'A', 'C')),
        None
    );
    assert_eq!(metres(&scene(&banks("highway=proposed"), 'A', 'C')), None);
}

#[test]
fn an_expressway_is_neither_walked_nor_crossed() {
    let town = Town::new(
        "
        A---B
        M----N

        C---D
        E---F
        ",
    )
    .way("AB", "highway=residential")
    .way("MN", "highway=motorway")
    .way("CD", "highway=residential")
    .way("AM", "highway=residential")
    .way("CE", "highway=residential")
    .way("EF", "highway=residential");
    // M is a node of the expressway and of a street, but C is not joined to it.
    let study = scene(&town, 'B', 'D').study();
    assert_eq!(walked(&study), None);
    assert_eq!(study.census.refused[&Refusal::NeverWalked], 1);
    // South of it, 140 m from the northern street and 160 m from the southern one, the
    // southern is the nearest that can be met.
    let south = town.place([200.0, -140.0]);
    let north = town.place([200.0, -60.0]);
    let near = |at| {
        let scene = Scene::new(town.drawing())
            .block("b", at)
            .facility("f", "clinic", town.at('D'))
            .within(&["1km"]);
        metres(&scene)
    };
    assert_eq!(near(south), Some(160 + 200));
    assert_eq!(near(north), None, "60 m to the northern street");
}

#[test]
fn a_leg_goes_round_to_a_farther_walk_on_its_own_side() {
    // The northern street is 70 m off, beyond the canal; the southern one 130 m.
    let town = Town::new(
        "
        A---B
        W---X


        C---D
        ",
    )
    .spacing(50.0)
    .way("AB", "highway=residential")
    .way("WX", "waterway=canal")
    .way("CD", "highway=residential")
    .way("BD", "highway=footway bridge=yes");
    let scene = Scene::new(town.drawing())
        .block("b", town.place([150.0, -70.0]))
        .facility("f", "clinic", town.at('D'))
        .within(&["1km"]);
    assert_eq!(metres(&scene), Some(130 + 50));
}

#[test]
fn a_facility_on_the_far_bank_is_not_linked_across() {
    let town = Town::new(
        "
        A---B
        R---S

        C
        ",
    )
    .way("AB", "highway=residential")
    .way("RS", "waterway=river");
    let far_bank = town.place([200.0, -130.0]);
    let alone = Scene::new(town.drawing())
        .block("b", town.at('A'))
        .facility("f", "clinic", far_bank)
        .within(&["1km"]);
    let study = alone.study();
    assert_eq!(facility_unlinked(&study, "f"), Some(Unlinked::Barred));
    assert_eq!(walked(&study), None);
    // Without the river the same place is linked, 130 m from the street.
    let mut dry = alone.clone();
    dry.drawing.ways.retain(|way| way.id == 1);
    assert_eq!(metres(&dry), Some(200 + 130));
    // 70 m farther there is no walk within the link limit at all.
    let mut far = alone;
    far.table[0].entrances = vec![town.place([200.0, -201.0])];
    let study = far.study();
    assert_eq!(facility_unlinked(&study, "f"), Some(Unlinked::TooFar));
}

#[test]
fn steps_slow_some_and_stop_others() {
    let town = |tags: &str| {
        Town::new("A--BC--D")
            .spacing(133.0)
            .way("AB", "highway=residential")
            .way("BC", tags)
            .way("CD", "highway=residential")
    };
    let took = |walker: &str, tags: &str| {
        let study = scene(&town(tags), 'A', 'D').walker(walker).study();
        assert_eq!(
            walk(&study, "clinic", "b").is_some(),
            time(&study, "clinic", "b").is_some()
        );
        time(&study, "clinic", "b")
    };
    assert_eq!(took("adult", "highway=residential"), Some(7_000));
    // 133 m at 0.6 × 1.33 m/s are 166.7 s.
    assert_eq!(took("adult", "highway=steps"), Some(3_000 + 1_667 + 3_000));
    assert_eq!(took("wheelchair", "highway=steps"), None);
    assert_eq!(took("pram", "highway=steps"), None);
    let ramp = "highway=steps ramp:wheelchair=yes";
    // 931 m at 0.8 m/s are 1163.75 s; three walks are rounded.
    let taken = took("wheelchair", ramp).unwrap();
    assert!(taken.abs_diff(11_637) <= 2, "{taken}");
    assert_eq!(took("pram", ramp), None);
    assert_eq!(took("wheelchair", "highway=footway kerb=raised"), None);
    assert_eq!(took("adult", "highway=footway kerb=raised"), Some(7_000));
    assert_eq!(took("wheelchair", "highway=footway incline=12%"), None);
}

#[test]
fn a_walker_is_linked_to_what_that_walker_may_use() {
    // Steps at 20 m, a street at 80 m.
    let town = Town::new(
        "
        A----B

        C----D
        ",
    )
    .spacing(50.0)
    .way("AB", "highway=steps")
    .way("CD", "highway=residential")
    .way("BD", "highway=residential");
    let took = |walker: &str| {
        let scene = Scene::new(town.drawing())
            .block("b", town.place([100.0, -20.0]))
            .facility("f", "clinic", town.at('D'))
            .within(&["1km"])
            .walker(walker);
        metres(&scene)
    };
    assert_eq!(took("adult"), Some(20 + 150 + 100));
    assert_eq!(took("wheelchair"), Some(80 + 150));
}

#[test]
fn a_way_keeps_its_parts_on_both_sides_of_a_missing_node() {
    let town = Town::new("A-B-C-D-E")
        .way("ABCDE", "highway=residential")
        .missing("C");
    let study = scene(&town, 'A', 'B').study();
    assert_eq!(walked(&study), Some(200));
    assert_eq!(study.census.missing_nodes, 1);
    assert_eq!(study.network.walks().len(), 2);
    assert_eq!(metres(&scene(&town, 'D', 'E')), Some(200));
    assert_eq!(
        metres(&scene(&town, 'A', 'E')),
        None,
        "nobody knows where C is"
    );
    let whole = Town::new("A-B-C-D-E").way("ABCDE", "highway=residential");
    assert_eq!(metres(&scene(&whole, 'A', 'E')), Some(800));
}

#[test]
fn a_way_drawn_twice_is_one_walk() {
    let once = Town::new("A-B-C-D").way("ABCD", "highway=residential");
    let twice = once
        .clone()
        .way("DCBA", "highway=residential name=again")
        .way("BC", "highway=residential");
    let [once, twice] = [once, twice].map(|town| scene(&town, 'A', 'D').study());
    assert_eq!(walked(&twice), Some(600));
    assert_eq!(twice.network.walks().len(), 1);
    assert_eq!(once.census.millimetres, twice.census.millimetres);
    let doubled = living_circle::notice::Notice::DoubledSegments;
    assert_eq!(once.notices.count(&doubled), 0);
    assert_eq!(
        twice.notices.count(&doubled),
        4,
        "three pieces and one more"
    );
}

#[test]
fn trunk_roads_and_cycleways_are_walked_and_bridleways_are_not() {
    let by = |tags: &str| {
        let town = Town::new("A--B").way("AB", tags);
        metres(&scene(&town, 'A', 'B'))
    };
    assert_eq!(by("highway=trunk"), Some(300));
    assert_eq!(by("highway=trunk motorroad=yes"), None);
    assert_eq!(by("highway=cycleway"), Some(300));
    assert_eq!(by("highway=cycleway foot=no"), None);
    assert_eq!(by("highway=bridleway"), None);
    assert_eq!(by("highway=bridleway foot=yes"), Some(300));
    assert_eq!(by("highway=service access=no"), None);
    assert_eq!(by("highway=service access=private foot=yes"), Some(300));
    assert_eq!(by("route=ferry"), None);
    let mut without = scene(&Town::new("A--B").way("AB", "highway=trunk"), 'A', 'B');
    without.settings.trunk = false;
    assert_eq!(metres(&without), None);
}

/// Editors number what they have not uploaded yet downwards from −1.
#[test]
fn ids_keep_their_sign() {
    let town = Town::new("A---B").way("AB", "highway=residential");
    for way in [-7, 7, i64::from(u32::MAX) + 1] {
        let mut drawing = town.drawing();
        drawing.ways[0].id = way;
        let study = Scene::new(drawing).block("X", town.at('A')).study();
        let walks: serde_json::Value =
            serde_json::from_slice(&network_geojson(&study.network, Frame::Wgs84)).unwrap();
        assert_eq!(walks["features"][0]["properties"]["osm_way"], way);
    }
}
