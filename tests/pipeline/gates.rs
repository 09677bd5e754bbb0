//! Gates of a table: a block is entered by them and by nothing else.

use living_circle::lang::Lang;
use living_circle::link::Unlinked;
use living_circle::measure::State;
use living_circle::places::{GateState, Shape, TableGate};
use living_circle::plane::{Area, LonLat};
use living_circle::report::{Format, Outputs};
use living_circle::standard::Denominator;
use living_circle::study::{BlockGates, Study};
use living_circle::synth::Town;
use living_circle::table::{self, Address};

use super::harness::{Scene, block, facility_unlinked, rectangle, state, walk};
use super::metres;

/// Two streets 100 m apart that meet in the west, and between them a block of 40 × 40 m,
/// 120 m east; its middle lies 60 m from the northern street and 40 m from the southern
/// one, on which, 500 m east, is a clinic.
fn town(through: bool) -> (Town, Scene) {
    let mut town = Town::new("C-P-------D\n\nA-Q-------B")
        .spacing(50.0)
        .way("AQB", "highway=residential")
        .way("CPD", "highway=residential")
        .way("AC", "highway=residential");
    if through {
        town = town.way("PQ", "highway=footway");
    }
    let ring = rectangle(town.place([80.0, -80.0]), town.place([120.0, -40.0]));
    let mut scene = Scene::new(town.drawing())
        .facility("f", "clinic", town.at('B'))
        .within(&["450m"]);
    scene
        .blocks
        .push(block("b", Shape::Area(Area::from_ring(ring).unwrap())));
    (town, scene)
}

fn row() -> Address {
    let (table, _) = table::parse("g.csv", b"block\nb\n").unwrap();
    table.address(&table.rows()[0], None)
}

fn gate(scene: &mut Scene, at: LonLat, state: GateState) {
    scene.gates.push(TableGate {
        block: "b".to_owned(),
        at,
        state,
        row: row(),
    });
}

const NORTH: [f64; 2] = [100.0, -38.0];
const SOUTH: [f64; 2] = [100.0, -85.0];

fn gates(study: &Study) -> Option<[u64; 3]> {
    let of_block = |gates: BlockGates| [gates.open, gates.resident, gates.closed];
    assert!(study.gates[0].is_none_or(|gates| gates.of_table));
    study.gates[0].map(of_block)
}

#[test]
fn one_gate_two_gates_and_none() {
    for through in [false, true] {
        let (town, scene) = town(through);
        // 40 m to the street, straight or by the footway, and 400 m along it.
        assert_eq!(metres(&scene), Some(440), "{through}");
        assert_eq!(gates(&scene.study()), None);
        // 20 m to the gate, 40 m to the street, 100 m west, 100 m south, 500 m east.
        let mut one = scene.clone();
        gate(&mut one, town.place(NORTH), GateState::Resident);
        assert_eq!(metres(&one), Some(20 + 40 + 100 + 100 + 500), "{through}");
        assert_eq!(gates(&one.study()), Some([0, 1, 0]));
        // 20 m to the other gate, 20 m to the street.
        let mut two = one.clone();
        gate(&mut two, town.place(SOUTH), GateState::Resident);
        assert_eq!(metres(&two), Some(20 + 20 + 400), "{through}");
        let mut none = scene.clone();
        gate(&mut none, town.place(NORTH), GateState::Closed);
        gate(&mut none, town.place(SOUTH), GateState::Closed);
        let study = none.study();
        assert_eq!(gates(&study), Some([0, 0, 2]));
        assert_eq!(study.unlinked_reason(0), Some(Unlinked::Enclosed));
        assert_eq!(state(&study, "clinic-450m", "b"), State::Unlinked);
    }
}

#[test]
fn nobody_walks_through_a_block_whose_gates_are_for_residents() {
    let (town, mut scene) = town(true);
    // North of the block, on the street: 100 m through it and 400 m along the other.
    scene = scene.block("v", town.at('P'));
    let far = |scene: &Scene| walk(&scene.study(), "clinic", "v");
    let through = far(&scene);
    let mut closed = scene.clone();
    gate(&mut closed, town.place(NORTH), GateState::Resident);
    gate(&mut closed, town.place(SOUTH), GateState::Resident);
    let round = far(&closed);
    gate(&mut closed, town.place(SOUTH), GateState::Open);
    assert_eq!(far(&closed), through);
    let decimetres = [through, round].map(Option::unwrap);
    assert_eq!(decimetres, [5_000, 7_000]);
}

#[test]
fn visitors_come_in_by_open_gates_and_neighbours_meet_inside() {
    let (town, mut scene) = town(true);
    scene.table.clear();
    scene = scene.facility("in", "clinic", town.place([110.0, -60.0]));
    gate(&mut scene, town.place(SOUTH), GateState::Resident);
    let study = scene.clone().block("v", town.at('Q')).study();
    assert_eq!(facility_unlinked(&study, "in"), Some(Unlinked::Enclosed));
    assert_eq!(walk(&study, "clinic", "v"), None);
    assert_eq!(walk(&study, "clinic", "b").unwrap(), 100);
    gate(&mut scene, town.place(SOUTH), GateState::Open);
    let study = scene.block("v", town.at('Q')).study();
    // 20 m to the gate, and √(20² + 10²) m from there.
    assert_eq!(walk(&study, "clinic", "v").unwrap(), 200 + 224);
}

/// A fence with a gate in the middle of its northern side, as the extract has it.
fn fenced(osm: &str) -> (Town, Scene) {
    let town = Town::new("A-----B\n\n PGQ\n   E\n S-R")
        .spacing(50.0)
        .way("AB", "highway=residential")
        .area("PGQERS", "barrier=fence")
        .node("G", osm)
        .node("E", "barrier=gate");
    let ring = "PGQERS".chars().map(|letter| town.at(letter)).collect();
    let mut scene = Scene::new(town.drawing())
        .facility("f", "clinic", town.at('B'))
        .within(&["1km"]);
    scene.settings.sample_spacing = 500.0;
    scene
        .blocks
        .push(block("b", Shape::Area(Area::from_ring(ring).unwrap())));
    (town, scene)
}

#[test]
fn the_table_wins_over_the_gates_of_the_extract() {
    let (town, mut scene) = fenced("barrier=gate locked=yes");
    // 50 m to the gate of the table, 100 m to the street, 200 m along it.
    gate(&mut scene, town.at('G'), GateState::Resident);
    assert_eq!(metres(&scene), Some(350));
    // Both gates of the extract are open; of the table there is a locked one alone.
    let (town, mut scene) = fenced("barrier=gate");
    gate(&mut scene, town.at('E'), GateState::Closed);
    assert_eq!(scene.study().unlinked_reason(0), Some(Unlinked::Enclosed));
    // Without a table the extract tells.
    let (_, scene) = fenced("barrier=gate locked=yes");
    let gates = scene.study().gates[0].unwrap();
    let counts = (gates.of_table, gates.open, gates.resident, gates.closed);
    assert_eq!(counts, (false, 1, 0, 1));
}

#[test]
fn what_is_gained_if_all_gates_were_open_is_told() {
    let (town, mut scene) = town(false);
    gate(&mut scene, town.place(NORTH), GateState::Resident);
    scene.settings.gates_open = true;
    let study = scene.study();
    // 760 m by the gate, 440 m without the wall; 100 m² and 10 people.
    let at = study
        .answered()
        .position(|(asked, _)| asked.key == "clinic-450m");
    let at = at.unwrap();
    let units = |of| {
        let opened = study.opened.as_ref().unwrap()[at][0].network.units(of);
        [study.answers[at].whole().unwrap().network.units(of), opened]
    };
    assert_eq!(units(Denominator::Land), [0, 10_000]);
    assert_eq!(units(Denominator::People), [0, 10_000]);
    let outputs = Outputs {
        gates_open: true,
        ..Outputs::plain(Lang::En)
    };
    let files = Format::GatesOpenCsv.render(&study, &outputs).unwrap();
    let table = String::from_utf8(files[0].content.clone()).unwrap();
    assert!(
        table.contains(
            "clinic-450m,clinic,450 m,whole,,study area,people,people,\
             10.000,0.000,10.000,10.000,0.000000,1.000000\n"
        ),
        "{table}"
    );
    // A fence that the extract draws is open too.
    let (_, mut scene) = fenced("barrier=gate locked=yes");
    scene.settings.gates_open = true;
    scene = scene.within(&["360m"]);
    let study = scene.study();
    let at = study
        .answered()
        .position(|(asked, _)| asked.key == "clinic-360m");
    let opened = &study.opened.as_ref().unwrap()[at.unwrap()][0];
    // By the eastern gate it is farther; without the fence 150 m and 200 m.
    assert_eq!(opened.network.units(Denominator::People), 10_000);
    let base = study.answers[at.unwrap()].whole().unwrap();
    assert_eq!(base.network.units(Denominator::People), 0);
}

/// The library lies on the northern street: 60 m by the open gate and 400 m along it. Without
/// the wall the southern street is nearer, and 740 m from there; the gate's walk stays.
#[test]
fn open_gates_end_no_walk_that_was_there() {
    let (town, scene) = town(false);
    let mut scene = scene
        .facility("l", "library", town.at('D'))
        .within(&["470m"]);
    gate(&mut scene, town.place(NORTH), GateState::Open);
    scene.settings.gates_open = true;
    let study = scene.study();
    let at = study
        .answered()
        .position(|(asked, _)| asked.key == "library-470m");
    let at = at.unwrap();
    let base = study.answers[at].whole().unwrap();
    let opened = &study.opened.as_ref().unwrap()[at][0];
    assert_eq!(base.network.units(Denominator::People), 10_000);
    assert_eq!(opened.network, base.network);
}
