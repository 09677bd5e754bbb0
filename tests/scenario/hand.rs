//! A bridge, a clinic, a closed walk and a gate, by arithmetic.

use living_circle::lang::Lang;
use living_circle::measure::State;
use living_circle::plane::LonLat;
use living_circle::synth::Town;

use super::harness::{Scene, block, facility_number, state, time, walk};
use super::{base, changed, place, problems};

/// Two parallel streets 200 m apart, from 100 to 1,100 m east, a river between, and a
/// bridge at their western end. A to C is the southern, D to F the northern; a pharmacy
/// is at F.
fn banks() -> (Town, Scene) {
    let town = Town::new(
        "
         D----E----F
        r-----------s
         A----B----C
        ",
    )
    .spacing(100.0)
    .way("ABC", "highway=residential")
    .way("DEF", "highway=residential")
    .way("AD", "highway=footway bridge=yes")
    .way("rs", "waterway=river")
    .node("F", "amenity=pharmacy");
    let mut drawing = town.drawing();
    drawing.bounds = Some((
        town.place([-5_000.0, -5_000.0]),
        town.place([5_000.0, 5_000.0]),
    ));
    let scene = Scene::new(drawing)
        .within(&["500m", "10min"])
        .walker("adult")
        .block("home", town.at('C'));
    (town, scene)
}

/// From C by A and D to F: 1,000 + 200 + 1,000 m. With a footbridge from C to F 200 m;
/// with one in the middle, from B to E, 500 + 200 + 500 m.
#[test]
fn a_footbridge_is_walked() {
    let (town, scene) = banks();
    let study = scene.study();
    assert_eq!(walk(&study, "pharmacy", "home"), Some(22_000));
    assert_eq!(state(&study, "pharmacy-500m", "home"), State::Uncovered);
    let bridge = |from: char, to: char| {
        let line = format!("[{}, {}]", place(town.at(from)), place(town.at(to)));
        changed(
            &scene,
            &format!("[[add_walk]]\nkind = \"footbridge\"\nline = {line}\n"),
        )
    };
    let study = bridge('C', 'F');
    assert_eq!(walk(&study, "pharmacy", "home"), Some(2_000));
    // 200 m at 1.33 m/s.
    assert_eq!(time(&study, "pharmacy", "home"), Some(1_504));
    assert_eq!(state(&study, "pharmacy-500m", "home"), State::Covered);
    // It cuts both streets in the middle: 500 + 200 + 500 m.
    let study = bridge('B', 'E');
    assert_eq!(walk(&study, "pharmacy", "home"), Some(12_000));
}

/// The ends of a line look for walks: 12 m off the southern street and 12 m off the
/// northern one, 300 m from C. From C 300 + 200 + 300 m.
#[test]
fn the_ends_of_a_line_reach_for_walks() {
    let (town, scene) = banks();
    let line = |join: &str| {
        let (south, north) = (town.place([800.0, -188.0]), town.place([800.0, -12.0]));
        format!(
            "[[add_walk]]\nkind = \"steps\"\nline = [{}, {}]\n{join}",
            place(south),
            place(north)
        )
    };
    let study = changed(&scene, &line(""));
    assert_eq!(walk(&study, "pharmacy", "home"), Some(8_000));
    // Steps are walked at 0.6 of the speed: 600 m and 200 m ÷ 0.6.
    let seconds = 600.0 / 1.33 + 200.0 / (1.33 * 0.6);
    let found = f64::from(time(&study, "pharmacy", "home").unwrap()) / 10.0;
    assert!((found - seconds).abs() <= 0.2, "{found} {seconds}");
    let told = problems(&scene, &line("join_m = 5"));
    assert_eq!(told.len(), 1);
    assert!(
        told[0].contains(":2: add_walk: it joins no public walk"),
        "{told:?}"
    );
}

/// A street over both joins where it crosses: it begins 50 m south of the southern one,
/// as a dead end, and ends 10 m beyond the northern one, which is cut off.
#[test]
fn a_street_joins_what_it_crosses() {
    let (town, scene) = banks();
    let line = [[1_000.0, -250.0], [1_000.0, 10.0]].map(|at| place(town.place(at)));
    let study = changed(
        &scene,
        &format!("[[add_walk]]\nline = [{}, {}]", line[0], line[1]),
    );
    // 100 + 200 + 100 m.
    assert_eq!(walk(&study, "pharmacy", "home"), Some(4_000));
    let added: u64 = study
        .network
        .walks()
        .iter()
        .filter(|walk| walk.way < 0)
        .map(|walk| walk.millimetres)
        .sum();
    assert!((249_900..250_100).contains(&added), "{added}");
}

/// A new health station at B: from C 500 m, 5 decimetres below the limit; there was none.
#[test]
fn a_new_clinic_is_counted() {
    let (town, scene) = banks();
    let before = scene.study();
    assert_eq!(state(&before, "clinic-500m", "home"), State::NoData);
    let text = format!(
        "[[add_facility]]\nid = \"new\"\nname = \"新站\"\ncategories = [\"卫生服务站\"]\nat = {}\n\
         opens = 2027\ncost = 1.5\n",
        place(town.at('B'))
    );
    let study = changed(&scene, &text);
    assert_eq!(walk(&study, "clinic", "home"), Some(5_000));
    assert_eq!(state(&study, "clinic-500m", "home"), State::Covered);
    let new = &study.facilities[facility_number(&study, "new")];
    assert_eq!(new.name.as_deref(), Some("新站"));
    // Moved to E it is 1,700 m off: 1,000 + 200 + 500.
    let moved = format!(
        "{text}[[move_facility]]\nid = \"new\"\nto = {}\n",
        place(town.at('E'))
    );
    let study = changed(&scene, &moved);
    assert_eq!(walk(&study, "clinic", "home"), Some(17_000));
    let closed = format!("{text}[[close_facility]]\nnamed = \"新站\"\n");
    let study = changed(&scene, &closed);
    assert_eq!(state(&study, "clinic-500m", "home"), State::NoData);
    let other = format!("{text}[[change_facility]]\nid = \"new\"\ncategories = [\"pharmacy\"]\n");
    let study = changed(&scene, &other);
    assert_eq!(walk(&study, "pharmacy", "home"), Some(5_000));
    assert_eq!(state(&study, "clinic-500m", "home"), State::NoData);
}

/// Without the bridge nobody crosses the river; a part of a street that is closed is
/// walked around or not at all.
#[test]
fn a_closed_walk_is_walked_no_more() {
    let (town, scene) = banks();
    let study = changed(&scene, "[[close_walk]]\nway = 3");
    assert_eq!(walk(&study, "pharmacy", "home"), None);
    // 50 m of the northern street, drawn 3 m beside it.
    let line = [[800.0, 3.0], [850.0, 3.0]].map(|at| place(town.place(at)));
    let text = format!("[[close_walk]]\nline = [{}, {}]\n", line[0], line[1]);
    let study = changed(&scene, &text);
    assert_eq!(walk(&study, "pharmacy", "home"), None);
    // With a new bridge from C to F that matters no more.
    let bridge = format!(
        "{text}[[add_walk]]\nkind = \"footbridge\"\nline = [{}, {}]\n",
        place(town.at('C')),
        place(town.at('F'))
    );
    assert_eq!(
        walk(&changed(&scene, &bridge), "pharmacy", "home"),
        Some(2_000)
    );
    let told = problems(&scene, "[[close_walk]]\nway = 99");
    assert!(told[0].contains("no walk is there"), "{told:?}");
}

/// A walled estate of 200 × 100 m, its only gate locked, with a street around it.
pub fn estate() -> (Town, Scene) {
    let town = Town::new(
        "
        G--------H

          A----B
          g    |
          D----C

        E--------F
        ",
    )
    .spacing(50.0)
    .way("EFHGE", "highway=residential")
    .way("ABCDgA", "barrier=wall")
    .node("g", "barrier=gate access=no")
    .node("G", "amenity=pharmacy");
    let scene = Scene::new(town.drawing())
        .within(&["500m"])
        .walker("adult")
        .block("home", town.place([200.0, -150.0]));
    (town, scene)
}

/// From the middle of the estate 100 m to the gate in the west, 100 m more to the western
/// street, which runs north for 150 m to the pharmacy: 350 m.
#[test]
fn gates_are_opened_added_and_locked() {
    let (town, scene) = estate();
    assert_eq!(walk(&scene.study(), "pharmacy", "home"), None);
    let gate =
        |kind: &str, at: LonLat, more: &str| format!("[[{kind}]]\nat = {}\n{more}", place(at));
    let opened = gate("open_gate", town.at('g'), "");
    assert_eq!(
        walk(&changed(&scene, &opened), "pharmacy", "home"),
        Some(3_500)
    );
    // Residents leave by a gate of theirs.
    let residents = gate("open_gate", town.at('g'), "admits = \"residents\"\n");
    assert_eq!(
        walk(&changed(&scene, &residents), "pharmacy", "home"),
        Some(3_500)
    );
    // A new gate in the northern wall, 50 m from home and 100 m from the northern street,
    // which is walked for 200 m: 350 m. Placed 2 m beside the wall.
    let added = gate("add_gate", town.place([200.0, -98.0]), "");
    assert_eq!(
        walk(&changed(&scene, &added), "pharmacy", "home"),
        Some(3_500)
    );
    // Opened and locked again it is as it was.
    let again = format!("{opened}{}", gate("close_gate", town.at('g'), ""));
    assert_eq!(walk(&changed(&scene, &again), "pharmacy", "home"), None);
    let told = problems(&scene, &gate("close_gate", town.at('g'), ""));
    assert!(told[0].contains("the gate is so already"), "{told:?}");
    let told = problems(&scene, &gate("add_gate", town.at('E'), ""));
    assert!(told[0].contains("no gate, or wall for one"), "{told:?}");
}

/// New homes count with their land and people, and people come and go.
#[test]
fn homes_and_people_are_added() {
    let (town, mut scene) = banks();
    let mut two = block("two", living_circle::places::Shape::Point(town.at('E')));
    two.people = living_circle::units::People::from_count(30.0);
    scene.blocks.push(two);
    let corners = [
        [1_000.0, -10.0],
        [1_100.0, -10.0],
        [1_100.0, -60.0],
        [1_000.0, -60.0],
    ];
    let ring: Vec<String> = corners.iter().map(|&at| place(town.place(at))).collect();
    let text = format!(
        "[[add_block]]\nid = \"estate\"\npeople = 60\narea = [{}]\n\
         [[change_people]]\nblock = \"two\"\npeople = 20\n",
        ring.join(", ")
    );
    let study = changed(&scene, &text);
    assert!((study.whole.people.count() - 90.0).abs() < 1e-9);
    // 100 m² each, and 100 × 50 m.
    let land = study.whole.land.square_metres();
    assert!((land - 5_200.0).abs() < 3.0, "{land}");
    assert_eq!(state(&study, "pharmacy-500m", "estate"), State::Covered);
    let ids: Vec<&str> = study.blocks.iter().map(|block| &*block.id).collect();
    assert_eq!(ids, ["estate", "home", "two"]);
    let told = problems(&scene, "[[change_people]]\nblock = \"twu\"\npeople = 1");
    assert!(told[0].contains("is 'two' meant?"), "{told:?}");
}

/// Everything that is wrong is told at once, line by line, in either language.
#[test]
fn all_mistakes_are_told_together() {
    let (_, scene) = banks();
    let text = "\
[[add_facility]]
id = \"x\"
categories = [\"pharmcy\"]
at = [115.98, 36.45]
[[close_facility]]
id = \"nobody\"
[[add_walk]]
line = [[115.98, 36.45]]
[[move_facility]]
named = \"无名\"
to = [215.98, 36.45]
";
    let told = problems(&scene, text);
    assert_eq!(told.len(), 4, "{told:?}");
    for (line, (number, word)) in told.iter().zip([
        (2, "is 'pharmacy' meant?"),
        (6, "nothing has the id 'nobody'"),
        (8, "a line has two different points"),
        (10, "no facility is called '无名'"),
    ]) {
        assert!(line.starts_with(&format!("plan.toml:{number}: ")), "{line}");
        assert!(line.contains(word), "{line}");
    }
    let file = "name = \"a/b\"\nframe = \"mars\"\n[[add_wlak]]\nline = 1\n[[add_gate]]\nat = 1\n";
    let error = base(&scene, file).unwrap_err();
    let told = living_circle::lang::Explain::explain(&error, Lang::Zh);
    assert_eq!(told.lines().count(), 4, "{told}");
    for word in [
        "name “a/b”",
        "坐标系",
        "是否指 add_walk？",
        "add_gate：无法读取",
    ] {
        assert!(told.contains(word), "{told}");
    }
}
