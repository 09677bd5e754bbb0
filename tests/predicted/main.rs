//! Answers from arithmetic: on a town of perfect squares every figure is known.

#![allow(clippy::unwrap_used, missing_docs)]

#[path = "../harness/mod.rs"]
mod harness;
mod sample_city;

use harness::{
    Scene, answer, block, block_answer, catalog, facility, nearest_id, rectangle, state, sums,
    time, walk,
};
use living_circle::measure::{Scope, State};
use living_circle::network::{Obstacles, WalkGraph, WalkNetwork};
use living_circle::places::Shape;
use living_circle::plane::Area;
use living_circle::profile::Walkers;
use living_circle::reach::Search;
use living_circle::standard::Basis;
use living_circle::study::rules;
use living_circle::synth::{Grid, Town};
use living_circle::units::{CostKind, Land, People};

/// 21 × 21 corners; corner (10, 10) is the middle.
fn grid() -> Grid {
    Grid::new(21, 21, 100.0)
}

#[test]
fn k_steps_settle_2k_k_plus_1_plus_1_junctions() {
    let scene = Scene::new(grid().drawing());
    let (extract, _) = scene.extract();
    let rules = rules(&scene.settings);
    let obstacles = Obstacles::of(&extract, &rules);
    let (network, ..) = WalkNetwork::build(&extract, &rules, &obstacles);
    let adult = Walkers::builtin().find("adult").unwrap().clone();
    let graph = WalkGraph::new(&network, &adult, CostKind::Length);
    let steps_from_middle = |node: u32| {
        let number = network.junctions()[node as usize].osm_id - 1;
        u32::try_from((number / 21 - 10).abs() + (number % 21 - 10).abs()).unwrap()
    };
    let middle = (0..graph.node_count() as u32)
        .find(|&node| steps_from_middle(node) == 0)
        .unwrap();
    let mut search = Search::new(graph.node_count());
    for steps in 0..10_u32 {
        // Midway between two steps.
        search.run(graph.forward(), [(middle, 0, 0)], steps * 1_000 + 500);
        let expected = 2 * steps * (steps + 1) + 1;
        assert_eq!(search.reached().len() as u32, expected, "{steps} steps");
        for &node in search.reached() {
            assert_eq!(search.cost(node), Some(steps_from_middle(node) * 1_000));
        }
    }
}

/// Steps east and north from the edge where the block is to the edge of place `i`.
const PLACES: [[i32; 2]; 10] = [
    [0, 0],
    [1, 0],
    [-3, 0],
    [0, 1],
    [2, 1],
    [3, 2],
    [-4, 3],
    [5, 0],
    [0, -4],
    [6, -5],
];

/// Decimetres from the block 30 m south of the middle of an edge to a facility 20 m
/// north of the middle of another: the legs, and between the middles either
/// straight along the street or by the nearer corners.
fn decimetres([east, north]: [i32; 2]) -> u32 {
    let halves = u32::from(east == 0 && north != 0);
    300 + 200 + 1_000 * (east.unsigned_abs() + north.unsigned_abs() + halves)
}

/// Place `i` holds 2^i pharmacies, so the number within a limit names the places.
fn weighted() -> Scene {
    let grid = grid();
    let mut scene = Scene::new(grid.drawing()).block("b", grid.place([1_050.0, 970.0]));
    for (place, [east, north]) in PLACES.into_iter().enumerate() {
        let at = [
            1_050.0 + 100.0 * f64::from(east),
            1_020.0 + 100.0 * f64::from(north),
        ];
        for copy in 0..1 << place {
            let id = format!("p{place}-{copy:03}");
            scene = scene.facility(&id, "pharmacy", grid.place(at));
        }
    }
    scene
}

#[test]
fn counts_name_the_places_that_were_reached() {
    // Every cost ends in 50 m, so whole hundreds are midway between steps.
    let limits = [
        "40m", "100m", "200m", "300m", "400m", "600m", "800m", "1100m", "1200m",
    ];
    let study = weighted().within(&limits).study();
    let mut different = Vec::new();
    for limit in limits {
        let answer = block_answer(&study, &format!("pharmacy-{limit}"), "b");
        let metres: u32 = limit.trim_end_matches('m').parse().unwrap();
        let expected: u32 = (0..PLACES.len())
            .filter(|&place| decimetres(PLACES[place]) <= metres * 10)
            .map(|place| 1 << place)
            .sum();
        assert_eq!(answer.count(), expected, "{limit}");
        different.push(expected);
    }
    different.dedup();
    assert_eq!(different.len(), 8, "1100m adds nothing to 800m");
    assert_eq!(walk(&study, "pharmacy", "b"), Some(500));
    assert_eq!(nearest_id(&study, "pharmacy", "b").unwrap(), "p0-000");
}

#[test]
fn a_limit_holds_what_costs_exactly_as_much() {
    let study = weighted()
        .within(&["49.9m", "50m", "349.9m", "350m"])
        .study();
    let counts = ["49.9m", "50m", "349.9m", "350m"]
        .map(|limit| block_answer(&study, &format!("pharmacy-{limit}"), "b").count());
    assert_eq!(counts, [0, 1, 1 + 2 + 8, 1 + 2 + 8 + 4 + 16]);
    assert_eq!(state(&study, "pharmacy-49.9m", "b"), State::Uncovered);
    assert_eq!(state(&study, "pharmacy-50m", "b"), State::Covered);
}

#[test]
fn links_in_mid_edge_cost_leg_and_part_of_the_edge() {
    let grid = grid();
    for along in [10.0, 37.0, 50.0, 80.0] {
        for (gap, side) in [(3.0, -1.0), (4.0, 1.0)] {
            let study = Scene::new(grid.drawing())
                .within(&["1km"])
                .block("b", grid.place([1_000.0 + along, 1_000.0 + side * gap]))
                .facility("f", "clinic", grid.place([1_500.0, 1_300.0]))
                .study();
            let expected = ((gap + (100.0 - along) + 400.0 + 300.0) * 10.0) as u32;
            assert_eq!(walk(&study, "clinic", "b"), Some(expected), "{along} {gap}");
        }
    }
}

#[test]
fn two_places_on_one_edge_meet_without_a_corner() {
    let grid = grid();
    let study = Scene::new(grid.drawing())
        .within(&["1km"])
        .block("b", grid.place([1_020.0, 990.0]))
        .block("same", grid.place([1_080.0, 1_005.0]))
        .facility("f", "clinic", grid.place([1_080.0, 1_005.0]))
        .study();
    assert_eq!(walk(&study, "clinic", "b"), Some(100 + 600 + 50));
    // Both legs are walked, as the figures of two places on one spot would be
    // better than those of two places a hair apart otherwise.
    assert_eq!(walk(&study, "clinic", "same"), Some(50 + 50));
}

/// Four samples in a row along a street, 15 m south of it, at 25, 75, 125 and
/// 175 m of it; a clinic 5 m north of it at 10 m. By network 35, 85, 135, 185 m; by
/// radius 25.0, 68.0, 116.7, 176.1 m.
fn four_samples() -> Scene {
    let grid = grid();
    let ring = rectangle(grid.place([1_005.0, 975.0]), grid.place([1_195.0, 995.0]));
    let mut scene = Scene::new(grid.drawing())
        .facility("f", "clinic", grid.place([1_010.0, 1_005.0]))
        .within(&["34m", "50m", "120m", "150m", "1km"]);
    let mut home = block("b", Shape::Area(Area::from_ring(ring).unwrap()));
    home.land = Some(Land::from_square_decimetres(1_001));
    home.people = Some(People::from_thousandths(10));
    scene.blocks.push(home);
    scene
}

#[test]
fn a_block_is_the_lower_median_of_its_samples() {
    let mut scene = four_samples();
    // Two pharmacies that only the western pair of samples has within 120 m.
    let at = grid().place([1_010.0, 1_005.0]);
    for id in ["p1", "p2"] {
        scene = scene.facility(id, "pharmacy", at);
    }
    let study = scene.study();
    let nearest = block_answer(&study, "clinic-1000m", "b").nearest();
    let spread = [nearest.best, nearest.median, nearest.worst].map(|found| found.unwrap().cost);
    assert_eq!(spread, [350, 850, 1_850]);
    let counts = ["34m", "50m", "120m", "150m"]
        .map(|limit| block_answer(&study, &format!("pharmacy-{limit}"), "b").count());
    // Of 2, 0, 0, 0 the lower median is 0; of 2, 2, 0, 0 too; of 2, 2, 2, 0 it is 2.
    assert_eq!(counts, [0, 0, 0, 2]);
}

#[test]
fn shares_of_samples_are_summed_to_the_last_unit() {
    let study = four_samples().study();
    // 1001 dm² are 251 + 250 + 250 + 250, 10 thousandths are 3 + 3 + 2 + 2.
    let figures = |limit| sums(&study, &format!("clinic-{limit}"), Scope::Whole);
    assert_eq!(figures("34m"), [[1_001, 10], [0, 0], [251, 3]]);
    assert_eq!(figures("50m"), [[1_001, 10], [251, 3], [251, 3]]);
    assert_eq!(figures("120m"), [[1_001, 10], [501, 6], [751, 8]]);
    assert_eq!(figures("150m"), [[1_001, 10], [751, 8], [751, 8]]);
    assert_eq!(figures("1000m"), [[1_001, 10]; 3]);
    let answer = block_answer(&study, "clinic-120m", "b");
    let sides = [Basis::Network, Basis::Radius];
    assert_eq!(sides.map(|side| answer.within(side)), [2, 3]);
    assert_eq!(sides.map(|side| answer.state(side)), [State::Partly; 2]);
}

#[test]
fn zones_hold_the_shares_of_their_own_samples() {
    let grid = grid();
    let (west, middle, east) = (900.0, 1_100.0, 1_300.0);
    let zone = |from, to| rectangle(grid.place([from, 900.0]), grid.place([to, 1_100.0]));
    let study = four_samples()
        .block("far", grid.place([300.0, 310.0]))
        .zone("z2", Some("community"), zone(west, middle))
        // Overlaps the one before, whose id is higher: takes two samples more.
        .zone("z1", Some("community"), zone(1_050.0, east))
        .zone("z3", Some("community"), zone(1_400.0, 1_500.0))
        .zone("all", Some("subdistrict"), zone(west, east))
        .study();
    let figures = |scope| sums(&study, "clinic-120m", scope);
    assert_eq!(study.zonings[0].level, "subdistrict");
    assert_eq!(
        figures(Scope::Zone(0, 0)),
        [[1_001, 10], [501, 6], [751, 8]]
    );
    assert_eq!(
        figures(Scope::Outside(0)),
        [[10_000, 10_000], [0, 0], [0, 0]]
    );
    assert_eq!(figures(Scope::Zone(1, 0)), [[750, 7], [250, 3], [500, 5]]);
    assert_eq!(figures(Scope::Zone(1, 1)), [[251, 3]; 3]);
    assert_eq!(figures(Scope::Zone(1, 2)), [[0, 0]; 3]);
    assert_eq!(
        figures(Scope::Outside(1)),
        [[10_000, 10_000], [0, 0], [0, 0]]
    );
    assert_eq!(
        figures(Scope::Whole),
        [[11_001, 10_010], [501, 6], [751, 8]]
    );
}

/// A block 30 m south of one bank, a clinic 20 m north of the other, and the only
/// bridge 400 m east.
#[test]
fn over_a_river_radius_and_network_part() {
    let town = Town::new(
        "
        A    B
        R     S
        C    D
        ",
    )
    .way("AB", "highway=residential")
    .way("CD", "highway=residential")
    .way("BD", "highway=footway bridge=yes")
    .way("RS", "waterway=river");
    let study = Scene::new(town.drawing())
        .block("b", town.place([100.0, -230.0]))
        .facility("f", "clinic", town.place([100.0, 20.0]))
        .within(&["249m", "250m", "1049m", "1050m"])
        .study();
    assert_eq!(
        walk(&study, "clinic", "b"),
        Some(300 + 4_000 + 2_000 + 4_000 + 200)
    );
    let states = ["249m", "250m", "1049m", "1050m"].map(|limit| {
        let answer = block_answer(&study, &format!("clinic-{limit}"), "b");
        [Basis::Radius, Basis::Network].map(|side| answer.state(side))
    });
    let (no, yes) = (State::Uncovered, State::Covered);
    assert_eq!(states, [[no, no], [yes, no], [yes, no], [yes, yes]]);
    assert_eq!(
        sums(&study, "clinic-250m", Scope::Whole)[1..],
        [[0, 0], [10_000, 10_000]]
    );
}

/// 133 m of street, 13.3 m of something else, 133 m of street.
fn with_middle(tags: &str) -> Scene {
    let town = Town::new("A         BC         D")
        .spacing(13.3)
        .way("AB", "highway=residential")
        .way("BC", tags)
        .way("CD", "highway=residential");
    Scene::new(town.drawing())
        .block("b", town.at('A'))
        .facility("f", "clinic", town.at('D'))
        .within(&["4min", "5min"])
}

#[test]
fn minutes_are_metres_over_speed_and_factors() {
    let seconds = |walker: &str, tags: &str| {
        let study = with_middle(tags).walker(walker).study();
        assert!(walk(&study, "clinic", "b").is_none_or(|length| length == 2_793));
        time(&study, "clinic", "b")
            .map(f64::from)
            .map(|tenths| tenths / 10.0)
    };
    let street = "highway=residential";
    let steps = "highway=steps";
    assert_eq!(seconds("adult", street), Some(210.0), "279.3 m at 1.33 m/s");
    assert_eq!(seconds("adult", steps), Some(100.0 + 16.7 + 100.0), "0.6");
    assert_eq!(seconds("elderly", street), Some(279.3), "1.0 m/s");
    assert_eq!(seconds("elderly", steps), Some(133.0 + 26.6 + 133.0), "0.5");
    assert_eq!(seconds("gb", steps), Some(133.0 + 22.2 + 133.0), "0.6");
    assert_eq!(seconds("wheelchair", street), Some(349.1), "0.8 m/s");
    assert_eq!(seconds("wheelchair", steps), None);
    assert_eq!(seconds("pram", steps), None);
    let ramp = "highway=steps ramp:stroller=yes";
    assert_eq!(seconds("pram", ramp), Some(279.3), "a ramp is no steps");
    assert_eq!(seconds("wheelchair", ramp), None, "a ramp for prams");
    let gravel = "highway=residential surface=gravel";
    assert_eq!(seconds("adult", gravel), Some(100.0 + 13.3 + 100.0), "0.75");
    let sand = "highway=residential surface=sand";
    assert_eq!(seconds("elderly", sand), Some(133.0 + 26.6 + 133.0), "0.5");
    assert_eq!(seconds("wheelchair", sand), None);
    // 60 s of riding, once.
    let elevator = "highway=elevator";
    assert_eq!(seconds("adult", elevator), Some(100.0 + 70.0 + 100.0));
}

#[test]
fn an_elevator_at_a_node_is_waited_for_once() {
    let mut scene = with_middle("highway=residential");
    let elevator = living_circle::osm::Tags::new([("highway", "elevator")]);
    scene.drawing.nodes[1].tags = elevator;
    let study = scene.study();
    // Two walks, 133 m and 146.3 m, and 60 s.
    assert_eq!(time(&study, "clinic", "b"), Some(1_000 + 600 + 1_100));
    assert_eq!(
        walk(&study, "clinic", "b"),
        Some(2_793),
        "nobody waits in metres"
    );
    assert_eq!(state(&study, "clinic-5min", "b"), State::Covered);
    assert_eq!(state(&study, "clinic-4min", "b"), State::Uncovered);
}

#[test]
fn the_straight_limit_of_minutes_is_what_is_walked_in_them() {
    let study = weighted().within(&["5min", "10min"]).study();
    for (limit, metres) in [("5min", 399.0), ("10min", 798.0)] {
        let answer = answer(&study, &format!("pharmacy-{limit}"));
        assert!((answer.straight_limit.metres() - metres).abs() < 1e-9);
        // Gaps are rounded apart from the walk, so the sum may differ by a tenth
        // from that of the whole length; no place is that near to a limit.
        let expected: u32 = (0..PLACES.len())
            .filter(|&place| f64::from(decimetres(PLACES[place])) / 10.0 <= metres)
            .map(|place| 1 << place)
            .sum();
        assert_eq!(study.of_block(answer, 0).count(), expected, "{limit}");
    }
}

#[test]
fn inside_a_park_the_radius_is_nothing() {
    let grid = grid();
    let ring = rectangle(grid.place([910.0, 910.0]), grid.place([990.0, 990.0]));
    let mut scene = Scene::new(grid.drawing())
        .block("inside", grid.place([950.0, 985.0]))
        .block("beside", grid.place([950.0, 1_040.0]))
        .within(&["10m", "50m", "60m"]);
    let mut park = facility(
        &catalog(),
        "park",
        "park",
        Shape::Area(Area::from_ring(ring).unwrap()),
    );
    park.entrances = vec![grid.place([950.0, 990.0])];
    scene.table.push(park);
    let study = scene.study();
    let radius = |limit, block| {
        let answer = block_answer(&study, &format!("park-{limit}"), block);
        answer.state(Basis::Radius)
    };
    assert_eq!(radius("10m", "inside"), State::Covered);
    assert_eq!(radius("10m", "beside"), State::Uncovered);
    assert_eq!(radius("50m", "beside"), State::Covered, "to the outline");
    assert_eq!(walk(&study, "park", "beside"), Some(400 + 100));
    assert_eq!(walk(&study, "park", "inside"), Some(150 + 100));
}
