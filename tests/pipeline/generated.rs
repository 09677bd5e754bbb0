//! Generated cities: the same bytes everywhere, a network of the size that was asked for,
//! and what a city has.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use living_circle::measure::Scope;
use living_circle::network::{Census, Obstacles, WalkNetwork};
use living_circle::osm::{self, Extract, TagSet, Way};
use living_circle::plane::LonLat;
use living_circle::progress::Silent;
use living_circle::study::{Files, Settings, Study, Wanted, rules};
use living_circle::synth::{GenerateError, Generated, GeneratedCity};
use living_circle::units::People;
use osmpbfreader::{OsmObj, OsmPbfReader};

use super::harness;

type Written = (Vec<u8>, Generated);

fn generated(junctions: u64, seed: u64) -> Written {
    let city = GeneratedCity::plan(junctions, seed, &Silent).unwrap();
    city.write(Vec::new(), &Silent).unwrap()
}

/// Ten thousand junctions.
static TOWN: LazyLock<Written> = LazyLock::new(|| generated(10_000, 1));

fn extract(bytes: &[u8]) -> Extract {
    let wanted = Wanted {
        rules: &rules(&Settings::default()),
        catalog: &harness::catalog(),
    };
    osm::read_bytes("city.osm.pbf", bytes, &wanted, &Silent)
        .unwrap()
        .0
}

fn network(extract: &Extract) -> (WalkNetwork, Census, Obstacles) {
    let rules = rules(&Settings::default());
    let obstacles = Obstacles::of(extract, &rules);
    let (network, census, _) = WalkNetwork::build(extract, &rules, &obstacles);
    (network, census, obstacles)
}

#[test]
fn the_bytes_are_those_of_the_seed_whatever_the_threads() {
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        pool.build().unwrap().install(|| generated(3_000, 7))
    };
    let (one, two) = (on(1), on(2));
    assert!(one == two);
    assert!(one.0 != generated(3_000, 8).0);
    // What any machine writes.
    let sum = one.0.iter().fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| {
        (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    assert_eq!(format!("{sum:016x}"), "bedaa50f42e20802");
}

#[test]
fn another_reader_finds_every_object_once_and_in_order() {
    let (bytes, told) = &*TOWN;
    let mut reader = OsmPbfReader::new(&bytes[..]);
    let objects: Vec<OsmObj> = reader.iter().map(Result::unwrap).collect();
    let ids: Vec<_> = objects.iter().map(OsmObj::id).collect();
    assert!(ids.windows(2).all(|pair| pair[0] < pair[1]));
    let nodes: BTreeSet<i64> = objects
        .iter()
        .filter_map(OsmObj::node)
        .map(|node| node.id.0)
        .collect();
    let ways: Vec<_> = objects.iter().filter_map(OsmObj::way).collect();
    let refs: BTreeSet<i64> = ways
        .iter()
        .flat_map(|way| way.nodes.iter().map(|node| node.0))
        .collect();
    assert!(refs.is_subset(&nodes));
    // No node is there for nothing.
    let plain = objects
        .iter()
        .filter_map(OsmObj::node)
        .filter(|node| node.tags.is_empty());
    assert!(plain.into_iter().all(|node| refs.contains(&node.id.0)));
    let relations = objects.iter().filter(|object| object.is_relation()).count();
    let counts = [nodes.len(), ways.len(), relations].map(|count| count as u64);
    assert_eq!(counts, [told.nodes, told.ways, told.relations]);
    assert!(told.nodes > 3 * told.junctions);
    let (low, high) = extract(bytes).header.bounds.unwrap();
    for node in objects.iter().filter_map(OsmObj::node) {
        assert!((low.lon..=high.lon).contains(&node.decimicro_lon));
        assert!((low.lat..=high.lat).contains(&node.decimicro_lat));
    }
}

#[test]
fn the_network_has_the_junctions_that_were_asked_for() {
    for (junctions, seed) in [(1_000, 3), (4_000, 1), (4_000, u64::MAX), (10_000, 1)] {
        let (bytes, told) = match (junctions, seed) {
            (10_000, 1) => TOWN.clone(),
            _ => generated(junctions, seed),
        };
        let (network, census, _) = network(&extract(&bytes));
        let found = network.junctions().len() as u64;
        assert!(found.abs_diff(junctions) * 20 <= junctions, "{found}");
        assert!(
            found.abs_diff(told.junctions) * 200 <= found,
            "{found} {told:?}"
        );
        // It hangs together.
        let largest = census.components[0].junctions;
        assert!(largest * 100 >= 99 * census.junctions, "{census:?}");
        assert!(census.dead_ends * 20 > census.junctions);
    }
}

#[test]
fn a_city_has_compounds_with_few_gates_and_a_river_with_few_bridges() {
    let mut extract = extract(&TOWN.0);
    let (whole, census, obstacles) = network(&extract);
    let gates: Vec<usize> = obstacles
        .compounds()
        .iter()
        .map(|compound| compound.gates.len())
        .collect();
    assert!(gates.len() > 100, "{}", gates.len());
    assert!(gates.iter().all(|gates| (1..=3).contains(gates)));
    assert!(census.private_walks > 0 && census.stops > 0);
    let bridge = |way: &Way| way.tags.has("bridge", "yes");
    let bridges = extract.ways.iter().filter(|way| bridge(way)).count();
    assert!((2..=12).contains(&bridges), "{bridges}");
    // Without its bridges the city is two halves.
    extract.ways.retain(|way| !bridge(way));
    let (parted, census, _) = network(&extract);
    let [one, other] = [0, 1].map(|part| census.components[part].junctions);
    assert!(other * 5 > one, "{one} {other}");
    assert!(parted.walks().len() < whole.walks().len());
}

#[test]
fn a_report_has_something_to_say() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("city.osm.pbf");
    std::fs::write(&path, &TOWN.0).unwrap();
    let files = Files {
        extract: path,
        ..Files::default()
    };
    let settings = Settings {
        people: Some(TOWN.1.people),
        ..Settings::default()
    };
    let study = Study::run(&files, &settings, &Silent).unwrap();
    let told: u64 = study
        .blocks
        .iter()
        .map(|block| block.people.unwrap().thousandths())
        .sum();
    assert_eq!(told, TOWN.1.people * 1_000);
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/inputs.md");
    let page = std::fs::read_to_string(page).unwrap();
    assert!(page.contains(&format!("--people {} ", TOWN.1.people)));
    assert!(study.zones.len() > 3);
    let (low, high) = extract(&TOWN.0).header.bounds.unwrap();
    // A quarter of the land, around the middle, has more than a third of all facilities.
    let central = |at: LonLat| {
        let half = |at: i32, low: i32, high: i32| {
            let [middle, quarter] = [low / 2 + high / 2, (high - low) / 4];
            at.abs_diff(middle) < quarter.unsigned_abs()
        };
        half(at.lon, low.lon, high.lon) && half(at.lat, low.lat, high.lat)
    };
    let places = study.facilities.iter().map(|site| site.shape.inner_place());
    let in_the_middle = places.filter(|&at| central(at)).count();
    assert!(
        in_the_middle * 3 > study.facilities.len(),
        "{in_the_middle}"
    );
    let mut partly = 0;
    for (requirement, answer) in study.answered() {
        let mut all = answer.coverage.iter();
        let city = all.find(|found| found.scope == Scope::Whole).unwrap();
        let [whole, reached] = [city.whole, city.network].map(|sums| sums.people);
        assert!(whole.thousandths() == told, "{}", requirement.key);
        partly += usize::from(People::ZERO < reached && reached < whole);
    }
    // Of some services everybody has one within 15 minutes.
    let asked = study.answered().count();
    assert!(partly * 10 >= asked * 9, "{partly} of {asked}");
}

#[test]
fn a_number_beyond_what_can_be_generated_is_refused() {
    for junctions in [0, 999, 20_000_001, u64::MAX] {
        let refused = GeneratedCity::plan(junctions, 1, &Silent).unwrap_err();
        assert_eq!(refused, GenerateError::Junctions(junctions));
        assert!(refused.to_string().contains("1000 to 20000000"));
    }
}
