//! Study areas and zones: which land and which people a figure is of.

use living_circle::lang::Lang;
use living_circle::measure::{Scope, State};
use living_circle::notice::Notice;
use living_circle::places::{Group, Shape};
use living_circle::plane::Area;
use living_circle::report::{Outputs, render_all};
use living_circle::standard::Denominator;
use living_circle::synth::Town;
use living_circle::units::{Land, People};

use super::harness::{Scene, block, rectangle, state, sums};

/// A street of 1 km; a block of four samples 25 m north of it, from 100 to 300 m;
/// a clinic at 400 m, of which the samples are 325, 275, 225 and 175 m away.
fn town() -> (Town, Scene) {
    let town = Town::new("A---------B").way("AB", "highway=residential");
    let ring = rectangle(town.place([102.0, 5.0]), town.place([298.0, 45.0]));
    let mut home = block("b", Shape::Area(Area::from_ring(ring).unwrap()));
    home.land = Some(Land::from_square_decimetres(4_002));
    home.people = Some(People::from_thousandths(9));
    let mut scene = Scene::new(town.drawing())
        .facility("f", "clinic", town.place([400.0, 0.0]))
        .within(&["230m"]);
    scene.blocks.push(home);
    let scene = scene.block("point", town.place([900.0, 10.0]));
    (town, scene)
}

#[test]
fn a_study_area_cuts_a_block_and_keeps_the_shares() {
    let (town, mut scene) = town();
    let whole = scene.study();
    // 4002 dm² are 1001 + 1001 + 1000 + 1000, 9 thousandths 3 + 2 + 2 + 2.
    assert_eq!(
        sums(&whole, "clinic-230m", Scope::Whole),
        [[4_002 + 10_000, 9 + 10_000], [2_000, 4], [3_001, 6]]
    );
    let area = rectangle(town.place([150.0, -50.0]), town.place([600.0, 100.0]));
    scene.boundary = Area::from_ring(area);
    let cut = scene.study();
    assert_eq!(cut.blocks.len(), 1, "the point block lies outside");
    assert_eq!(cut.notices.count(&Notice::OutsideStudyArea), 1);
    assert_eq!(cut.samples.all().len(), 3);
    assert_eq!(
        sums(&cut, "clinic-230m", Scope::Whole),
        [[3_001, 6], [2_000, 4], [3_001, 6]]
    );
    assert_eq!(state(&cut, "clinic-230m", "b"), State::Partly);
    // A study area without the clinic in it: it counts all the same.
    let east = rectangle(town.place([200.0, -50.0]), town.place([350.0, 100.0]));
    scene.boundary = Area::from_ring(east);
    let cut = scene.study();
    assert_eq!(sums(&cut, "clinic-230m", Scope::Whole), [[2_000, 4]; 3]);
    assert_eq!(state(&cut, "clinic-230m", "b"), State::Covered);
}

#[test]
fn zones_and_what_lies_outside_them_add_up() {
    let (town, scene) = town();
    let zone = |from: f64, to: f64| rectangle(town.place([from, -50.0]), town.place([to, 100.0]));
    let study = scene
        .zone("west", None, zone(0.0, 150.0))
        .zone("middle", None, zone(150.0, 250.0))
        .zone("empty", None, zone(600.0, 700.0))
        .study();
    let names: Vec<&str> = study.zonings[0].zones.iter().map(|zone| &*zone.0).collect();
    assert_eq!(names, ["empty", "middle", "west"]);
    let figures = |scope| sums(&study, "clinic-230m", scope);
    assert_eq!(figures(Scope::Zone(0, 0)), [[0, 0]; 3]);
    assert_eq!(
        figures(Scope::Zone(0, 1)),
        [[2_001, 4], [1_000, 2], [2_001, 4]]
    );
    assert_eq!(figures(Scope::Zone(0, 2)), [[1_001, 3], [0, 0], [0, 0]]);
    assert_eq!(
        figures(Scope::Outside(0)),
        [[11_000, 10_002], [1_000, 2], [1_000, 2]]
    );
}

#[test]
fn without_a_file_of_zones_the_columns_name_them() {
    let (_, mut scene) = town();
    scene.blocks[0].community = Some("东村".to_owned());
    let study = scene.study();
    assert_eq!(study.zonings.len(), 1);
    assert_eq!(study.zonings[0].level, "community");
    let figures = |scope| sums(&study, "clinic-230m", scope);
    assert_eq!(
        figures(Scope::Zone(0, 0)),
        [[4_002, 9], [2_000, 4], [3_001, 6]]
    );
    assert_eq!(
        figures(Scope::Outside(0)),
        [[10_000, 10_000], [0, 0], [0, 0]]
    );
}

/// Of 9 thousandths the four samples have 3 + 2 + 2 + 2; the two nearest the clinic are
/// within.
#[test]
fn every_group_of_people_has_its_own_coverage() {
    let (_, mut scene) = town();
    let [area, point] = &mut scene.blocks[..] else {
        panic!()
    };
    area.groups[Group::Elderly65] = Some(People::from_thousandths(9));
    area.groups[Group::Children3To6] = Some(People::from_thousandths(4));
    point.groups[Group::Children3To6] = Some(People::from_thousandths(6));
    let study = scene.study();
    let mut answered = study.answered();
    let (_, answer) = answered
        .find(|(asked, _)| asked.key == "clinic-230m")
        .unwrap();
    let whole = answer.whole().unwrap();
    let units = |group| {
        let of = Denominator::Group(group);
        [whole.whole.units(of), whole.network.units(of)]
    };
    assert_eq!(units(Group::Elderly65), [9, 4]);
    assert_eq!(units(Group::Children3To6), [10, 2]);
    assert_eq!(units(Group::Elderly), [0, 0]);
    let rendered = render_all(&study, &Outputs::plain(Lang::En)).unwrap();
    let file = |name| rendered.iter().find(|file| file.name == name).unwrap();
    let table = String::from_utf8(file("coverage.csv").content.clone()).unwrap();
    // Only what some block knows has rows.
    for (key, rows) in [
        ("elderly", 0),
        ("elderly_65", 2),
        ("children", 0),
        ("children_3_6", 2),
        ("children_6_12", 0),
    ] {
        let own = table
            .lines()
            .filter(|line| line.starts_with("general,clinic-230m,"));
        let found = own.filter(|line| line.contains(&format!(",{key},people,")));
        assert_eq!(found.count(), rows, "{key}: {table}");
    }
    assert!(
        table.contains(",children_3_6,people,0.002,0.010,0.200000,"),
        "{table}"
    );
}
