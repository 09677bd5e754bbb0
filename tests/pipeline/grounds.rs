//! Private grounds: nobody walks through, those who live there leave by every contact.

use living_circle::plane::LonLat;
use living_circle::synth::Town;

use super::harness::{Scene, walk};
use super::{metres, scene};

/// A private way of 300 m from A to B, and 700 m of streets round by C and D.
fn town() -> Town {
    Town::new(
        "
        A--B
        |  |
        C--D
        ",
    )
    .way("AB", "highway=service access=private")
    .way("ACDB", "highway=residential")
}

fn between(town: &Town, block: LonLat, clinic: LonLat) -> Scene {
    Scene::new(town.drawing())
        .block("b", block)
        .facility("f", "clinic", clinic)
        .within(&["1km"])
}

#[test]
fn a_private_way_is_no_short_cut() {
    assert_eq!(metres(&scene(&town(), 'A', 'B')), Some(700));
    // Beside it, 20 m beyond both ends: linked to the streets, and round as well.
    let town = town();
    let [west, east] = [-20.0, 320.0].map(|east| town.place([east, -50.0]));
    assert_eq!(
        metres(&between(&town, west, east)),
        Some(20 + 150 + 300 + 150 + 20)
    );
}

#[test]
fn who_lives_on_it_leaves_by_either_end() {
    let town = town();
    let home = town.place([100.0, 0.0]);
    assert_eq!(metres(&between(&town, home, town.at('C'))), Some(100 + 200));
    assert_eq!(metres(&between(&town, home, town.at('D'))), Some(200 + 200));
    // 30 m off the way.
    let off = town.place([100.0, 30.0]);
    assert_eq!(
        metres(&between(&town, off, town.at('D'))),
        Some(30 + 200 + 200)
    );
}

#[test]
fn visitors_come_in_by_either_end() {
    let town = town();
    let clinic = town.place([100.0, 0.0]);
    assert_eq!(
        metres(&between(&town, town.at('C'), clinic)),
        Some(200 + 100)
    );
    assert_eq!(
        metres(&between(&town, town.at('D'), clinic)),
        Some(200 + 200)
    );
}

#[test]
fn two_places_of_one_ground_meet_in_it() {
    let town = town();
    let [home, clinic] = [50.0, 280.0].map(|east| town.place([east, 0.0]));
    assert_eq!(metres(&between(&town, home, clinic)), Some(230));
    assert_eq!(metres(&between(&town, clinic, home)), Some(230));
}

#[test]
fn two_grounds_meet_by_the_street() {
    // A second private way, from C 200 m south to E.
    let town = Town::new(
        "
        A--B
        |  |
        C--D
        |
        E
        ",
    )
    .way("AB", "highway=service access=private")
    .way("CE", "highway=service access=private")
    .way("ACDB", "highway=residential");
    let home = town.place([100.0, 0.0]);
    let clinic = town.place([0.0, -300.0]);
    assert_eq!(metres(&between(&town, home, clinic)), Some(100 + 200 + 100));
}

#[test]
fn a_private_way_is_met_in_the_middle_of_a_street() {
    // The street bends at M, where no other public way meets it.
    let town = Town::new(
        "
        A--M--B
           |
           P
        ",
    )
    .way("AMB", "highway=residential")
    .way("MP", "highway=service access=private");
    let study = scene(&town, 'P', 'B').study();
    assert_eq!(study.network.contacts().len(), 1);
    assert_eq!(study.census.walks, 1, "the street is one walk still");
    assert_eq!(super::walked(&study), Some(200 + 300));
}

#[test]
fn private_steps_slow_down_and_stop_wheels() {
    let town = Town::new(
        "
        A--B
        |
        P
        ",
    )
    .way("AB", "highway=residential")
    .way("AP", "highway=steps access=private");
    let by = |walker| {
        let study = scene(&town, 'P', 'B').walker(walker).study();
        super::harness::time(&study, "clinic", "b")
    };
    // 200 m of steps at 0.6 × 1.33 m/s, 300 m at 1.33 m/s.
    let seconds = 200.0 / (0.6 * 1.33) + 300.0 / 1.33;
    assert_eq!(by("adult"), Some((seconds * 10.0_f64).round() as u32));
    // The wheelchair goes to the street, 200 m off, at once.
    assert_eq!(
        by("wheelchair"),
        Some(((200.0 + 300.0) / 0.8 * 10.0) as u32)
    );
}

/// A service way behind a gate: S is on the street, the gate 100 m south of it.
fn gated(inner: &str, gate: &str) -> Town {
    Town::new(
        "
        A--S--B
           G

           H
        ",
    )
    .way("ASB", "highway=residential")
    .way("SG", "highway=service")
    .way("GH", inner)
    .node("G", gate)
}

#[test]
fn a_gate_for_residents_lets_no_visitor_in() {
    let private = "highway=service access=private";
    for inner in [private, "highway=service"] {
        let town = gated(inner, "barrier=gate access=private");
        assert_eq!(
            metres(&scene(&town, 'H', 'B')),
            Some(200 + 100 + 300),
            "{inner}"
        );
        let study = scene(&town, 'B', 'H').study();
        assert_eq!(walk(&study, "clinic", "b"), None, "{inner}");
        let inside = town.place([300.0, -200.0]);
        assert_eq!(
            metres(&between(&town, town.at('H'), inside)),
            Some(100),
            "{inner}"
        );
        // A visitor passes where the gate says nothing.
        let open = gated(inner, "barrier=gate");
        assert_eq!(
            metres(&scene(&open, 'B', 'H')),
            Some(300 + 100 + 200),
            "{inner}"
        );
        // And nobody where it is locked.
        let locked = gated(inner, "barrier=gate locked=yes");
        let study = scene(&locked, 'H', 'B').study();
        assert_eq!(walk(&study, "clinic", "b"), None, "{inner}");
    }
}

#[test]
fn what_lies_behind_private_gates_is_left_however_large_it_is() {
    // 2 km of streets behind the gate G, more than any tiny island.
    let town = Town::new(
        "
        A-------------------------S-------------B
                                  G
        P-----------------Q-------H
        ",
    )
    .way("ASB", "highway=residential")
    .way("SG", "highway=service")
    .way("GHQP", "highway=residential")
    .node("G", "barrier=gate access=private");
    let walked = |from, to| metres(&scene(&town, from, to).within(&["5km"]));
    assert_eq!(walked('Q', 'S'), Some(800 + 200));
    assert_eq!(walked('S', 'Q'), None);
}

/// A public path inside an estate whose only way in is a private road. `length`
/// of the path decides whether it is a tiny island.
fn public_inside_private(cells: usize) -> Town {
    let row = "-".repeat(cells);
    let map = format!(
        "
        A--S--B
           |
           H{row}Q
        "
    );
    Town::new(&map)
        .way("ASB", "highway=residential")
        .way("SH", "highway=service access=private")
        .way("HQ", "highway=footway")
}

#[test]
fn who_lives_on_a_public_path_inside_a_private_ground_leaves_it() {
    // 500 m and 1.2 km of footway: 200 m of private road to the street, 300 m to B.
    for cells in [4, 11] {
        let town = public_inside_private(cells);
        let path = 100 * (cells as u32 + 1);
        let scene = scene(&town, 'Q', 'B').within(&["3km"]);
        assert_eq!(metres(&scene), Some(path + 200 + 300), "{cells}");
    }
}
