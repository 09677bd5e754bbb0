//! Gates on random towns: put into the city as it is, drawn into the map, and followed.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use living_circle::measure::State;
use living_circle::network::WalkNetwork;
use living_circle::places::{GateState, Shape, TableGate};
use living_circle::plane::Area;
use living_circle::scenario::links::{Candidate, Reason};
use living_circle::study::Study;
use living_circle::synth::Town;
use living_circle::table::{Address, At};
use proptest::prelude::*;

use super::hand::estate;
use super::harness::{Scene, block, catalog, facility, rectangle, state};
use super::trust::{alike, for_towns, gains, no_worse, page, possible};
use super::{base, changed, followed, named, place};

/// Gates that may be missing in a town, as changes.
fn missing(scene: &Scene) -> Vec<String> {
    let (base, _) = base(scene, &named("")).unwrap();
    let all = [base.walls_without_gates(60.0), base.closed_gates()].concat();
    all.iter().map(text).collect()
}

fn text(candidate: &Candidate) -> String {
    let kind = match candidate.reason {
        Reason::Wall => "add_gate",
        _ => "open_gate",
    };
    format!("[[{kind}]]\nat = {}\n", place(candidate.line[0]))
}

/// The network of the city with some changes, and of that without.
fn networks(scene: &Scene, changes: &str) -> [Arc<WalkNetwork>; 2] {
    let (base, scenario) = base(scene, &named(changes)).unwrap();
    let survey = base.changed(&scenario).unwrap();
    [survey.city.network, base.survey.city.network]
}

/// A gate that is put into the city as it is changes what one does that is drawn into the
/// map, of which the city is built anew: so a gate is made by two changes at one place.
#[test]
fn a_gate_that_is_put_is_one_that_is_drawn() {
    let [put, other, walled] = [(); 3].map(|()| AtomicUsize::new(0));
    for_towns(150, Just(()), |scene, ()| {
        let before = scene.study();
        for gate in missing(scene) {
            let [one, own] = networks(scene, &gate);
            if !Arc::ptr_eq(&one, &own) {
                continue;
            }
            put.fetch_add(1, Ordering::Relaxed);
            let at = gate.lines().nth(1).unwrap();
            let twice = if gate.starts_with("[[add_gate]]") {
                format!("{gate}{gate}")
            } else {
                format!("{gate}[[close_gate]]\n{at}\n{gate}")
            };
            let [one, own] = networks(scene, &twice);
            prop_assert!(!Arc::ptr_eq(&one, &own));
            let (put, drawn) = (changed(scene, &gate), changed(scene, &twice));
            // A node more in a wall may make one of what stood just less than two thirds on it.
            if areas(&put) != areas(&drawn) {
                walled.fetch_add(1, Ordering::Relaxed);
                continue;
            }
            alike(&put, &drawn, &gate)?;
            other.fetch_add(usize::from(no_worse(&before, &put)?), Ordering::Relaxed);
        }
        Ok(())
    });
    let [put, other, walled] = [put, other, walled].map(AtomicUsize::into_inner);
    assert!(
        put > 30 && other > 8 && walled < put / 2,
        "{put} {other} {walled}"
    );
}

/// The size of every compound, in m².
fn areas(study: &Study) -> Vec<u64> {
    let areas = study.compounds.iter();
    areas
        .map(|it| it.area.square_metres().round() as u64)
        .collect()
}

/// Gates, walks and facilities together are followed to what is searched from everywhere.
#[test]
fn gates_are_followed() {
    let (kept, with_walks) = (AtomicUsize::new(0), AtomicUsize::new(0));
    for_towns(150, (gains(), any::<u16>()), |scene, (gains, pick)| {
        let is_put = |gate: &String| {
            let [one, own] = networks(scene, gate);
            Arc::ptr_eq(&one, &own)
        };
        let gates = missing(scene);
        let gates: Vec<&String> = gates.iter().filter(|gate| is_put(gate)).collect();
        let Some(gate) = gates.get(usize::from(pick) % gates.len().max(1)) else {
            return Ok(());
        };
        let more = possible(scene, &gains);
        let text = format!("{gate}{more}");
        kept.fetch_add(1, Ordering::Relaxed);
        let walks = more.contains("add_walk");
        with_walks.fetch_add(usize::from(walks), Ordering::Relaxed);
        let (searched, followed) = (changed(scene, &text), followed(scene, &text));
        prop_assert!(page(&searched) == page(&followed), "{}", text);
        alike(&searched, &followed, &text)
    });
    let (kept, with_walks) = (kept.into_inner(), with_walks.into_inner());
    assert!(kept > 15 && with_walks > 5, "{kept} {with_walks}");
}

/// A wall of 200 × 100 m with a block drawn 3 m inside it, whose only gate, to the south, a
/// table says is locked, and a street around it.
fn drawn_apart() -> (Town, Scene) {
    let town = Town::new(
        "
        G--------H

          A----B
          |    |
          D-g--C

        E--------F
        ",
    )
    .spacing(50.0)
    .way("EFHGE", "highway=residential")
    .way("ABCgDA", "barrier=wall")
    .node("F", "amenity=pharmacy");
    let mut scene = Scene::new(town.drawing()).within(&["500m"]).walker("adult");
    let inside = rectangle(town.place([103.0, -197.0]), town.place([347.0, -103.0]));
    let area = Area::from_ring(inside).unwrap();
    scene.blocks.push(block("home", Shape::Area(area)));
    (town, scene)
}

/// The gate stands in the wall of the map, wherever the block is drawn.
#[test]
fn a_gate_of_a_table_is_put_into_the_wall() {
    let (town, mut scene) = drawn_apart();
    let gate = |at, state| TableGate {
        block: "home".to_owned(),
        at,
        state,
        row: Address {
            file: "gates.csv".to_owned(),
            at: At::Row(2),
            column: None,
            cell: None,
        },
    };
    scene.gates = vec![gate(town.at('g'), GateState::Closed)];
    let mut open = scene.clone();
    open.gates = vec![gate(town.at('g'), GateState::Open)];
    let at = place(town.at('g'));
    let text = format!("[[open_gate]]\nat = {at}\n");
    let [one, own] = networks(&scene, &text);
    assert!(Arc::ptr_eq(&one, &own));
    let put = changed(&scene, &text);
    alike(&put, &open.study(), "opened").unwrap();
    assert!(alike(&put, &scene.study(), "it changes something").is_err());
    // Of two that stand at one place of the outline the other stays.
    let beside = town.place([200.0, -205.0]);
    scene.gates.push(gate(beside, GateState::Open));
    let mut both = scene.clone();
    both.gates[0].state = GateState::Resident;
    let residents = format!("{text}admits = \"residents\"\n");
    alike(&changed(&scene, &residents), &both.study(), "of two").unwrap();
}

/// Where all around a site was taken for its entrance it is one beside a new gate, too: from
/// home, west of it, nothing becomes farther by a gate in the east.
#[test]
fn a_gate_takes_no_entrance_away() {
    let (town, _) = drawn_apart();
    let mut scene = Scene::new(town.drawing()).within(&["500m"]).walker("adult");
    let ring = rectangle(town.place([100.0, -200.0]), town.place([350.0, -100.0]));
    let area = Area::from_ring(ring).unwrap();
    let catalog = catalog();
    scene.table = vec![facility(&catalog, "park", "park", Shape::Area(area))];
    let scene = scene.block("home", town.place([0.0, -150.0]));
    let before = scene.study();
    for east in [225.0, 350.0] {
        let at = place(town.place([east, if east > 300.0 { -150.0 } else { -100.0 }]));
        let gate = format!("[[add_gate]]\nat = {at}\n");
        no_worse(&before, &changed(&scene, &gate)).unwrap();
        // Drawn into the map too.
        no_worse(&before, &changed(&scene, &format!("{gate}{gate}"))).unwrap();
    }
}

/// Who is linked by a gate and was not stands otherwise, though nothing is reached: the only
/// library lies far from every walk.
#[test]
fn who_is_linked_by_a_gate_is_unlinked_no_more() {
    let (town, scene) = estate();
    let scene = scene.facility("library", "library", town.place([5_000.0, 5_000.0]));
    let text = format!("[[open_gate]]\nat = {}\n", place(town.at('g')));
    let (searched, followed) = (changed(&scene, &text), followed(&scene, &text));
    alike(&searched, &followed, "linked").unwrap();
    assert_eq!(
        state(&scene.study(), "library-500m", "home"),
        State::Unlinked
    );
    assert_eq!(state(&followed, "library-500m", "home"), State::Uncovered);
}
