//! The real extracts: real blocks and real facilities.

use std::collections::BTreeSet;

use living_circle::link::{Going, Linker, Links};
use living_circle::network::{Obstacles, WalkGraph, WalkNetwork};
use living_circle::osm::Extract;
use living_circle::places::{Catalog, Samples};
use living_circle::plane::LonLat;
use living_circle::profile::{AccessRules, Walkers};
use living_circle::progress::Silent;
use living_circle::study::{Files, Materials, Settings};
use living_circle::units::{Cost, CostKind};

use super::compare::{Case, Tally, check};
use super::extracts;
use super::random::Random;
use super::segments::Segments;

/// What is asked of an extract.
struct Trial {
    name: &'static str,
    walker: &'static str,
    kind: CostKind,
    limit: Cost,
    /// How many samples of blocks and how many places on random walks start.
    origins: [usize; 2],
}

/// One kilometre, or ten minutes and more.
const TRIALS: [Trial; 8] = [
    trial("laspalmas", "adult", CostKind::Length, 10_000, [600, 400]),
    trial("laspalmas", "adult", CostKind::Time, 7_500, [600, 400]),
    trial("laspalmas", "wheelchair", CostKind::Time, 9_000, [100, 100]),
    trial("malta", "elderly", CostKind::Time, 7_500, [100, 100]),
    trial("milan", "adult", CostKind::Length, 10_000, [50, 100]),
    trial("beijing_haidian", "pram", CostKind::Time, 9_000, [100, 100]),
    trial("porto_alegre", "child", CostKind::Time, 7_500, [50, 50]),
    trial(
        "monaco_2024",
        "wheelchair",
        CostKind::Length,
        10_000,
        [50, 150],
    ),
];

const fn trial(
    name: &'static str,
    walker: &'static str,
    kind: CostKind,
    limit: Cost,
    origins: [usize; 2],
) -> Trial {
    Trial {
        name,
        walker,
        kind,
        limit,
        origins,
    }
}

/// An extract as a study reads it.
pub fn materials(name: &str) -> Option<Materials> {
    let files = Files {
        extract: extracts::file(&format!("{name}.osm.pbf"))?,
        // The map of Porto Alegre has no blocks.
        blocks: (name == "porto_alegre")
            .then(|| extracts::file("porto_alegre_grid.csv"))
            .flatten()
            .map(Into::into),
        ..Files::default()
    };
    let catalog = Catalog::builtin().unwrap();
    Some(Materials::read(&files, &Settings::default(), &catalog, &Silent).unwrap())
}

/// So many of a list, evenly spread over it.
fn spread<T>(list: &[T], count: usize) -> impl Iterator<Item = &T> {
    list.iter().step_by(list.len().div_ceil(count).max(1))
}

/// Places on and near random nodes of the map.
fn somewhere(extract: &Extract, count: usize) -> Vec<LonLat> {
    let mut random = Random(count as u64);
    let mut near = || random.within(0..6_000) as i32 - 3_000;
    let mut places = Vec::new();
    for at in spread(&extract.node_at, count) {
        places.push(LonLat {
            lon: at.lon + near(),
            lat: at.lat + near(),
        });
    }
    places
}

fn compare(trial: &Trial) -> Option<Tally> {
    let read = materials(trial.name)?;
    let rules = AccessRules::builtin();
    let walkers = Walkers::builtin();
    let walker = walkers.find(trial.walker).unwrap();
    let obstacles = Obstacles::of(&read.extract, &rules);
    let (network, ..) = WalkNetwork::build(&read.extract, &rules, &obstacles);
    let graph = WalkGraph::new(&network, walker, trial.kind);
    let linker = Linker::new(&network, &graph, &obstacles, 200.0);

    let samples = Samples::of(&read.blocks, 50.0);
    let starts: Vec<LonLat> = spread(samples.all(), trial.origins[0])
        .map(|sample| sample.at)
        .chain(somewhere(&read.extract, trial.origins[1]))
        .collect();
    let starts: Vec<&[LonLat]> = starts.iter().map(std::slice::from_ref).collect();
    let sources = linker.link_all(&starts, Going::Out);
    let entrances: Vec<&[LonLat]> = read
        .facilities
        .iter()
        .map(|facility| &*facility.entrances)
        .collect();
    let facilities = linker.link_all(&entrances, Going::In);

    let segments = Segments::new(&read.extract, &rules);
    let kept = |links: &Links| {
        let known = segments.known(&network, links);
        assert!(linked(&known) * 100 >= linked(links) * 98, "{}", trial.name);
        known
    };
    Some(check(&Case {
        network: &network,
        segments: &segments,
        walker,
        kind: trial.kind,
        sources: &kept(&sources),
        facilities: &kept(&facilities),
        limit: trial.limit,
    }))
}

fn linked(links: &Links) -> usize {
    let places = 0..links.len();
    places
        .filter(|&place| links.unlinked(place).is_none())
        .count()
}

#[test]
fn real_extracts_give_the_answers_of_both_oracles() {
    for trial in &TRIALS {
        let started = std::time::Instant::now();
        let Some(tally) = compare(trial) else {
            continue;
        };
        let origins = (trial.origins[0] + trial.origins[1]) as u64;
        eprintln!(
            "{} {} {tally:?} {:?}",
            trial.name,
            trial.walker,
            started.elapsed()
        );
        assert!(tally.junctions > origins * 20, "{} {tally:?}", trial.name);
        // Rounding half up leans to neither side: what is left is chance, and that
        // the shortest of several ways is a little likelier one that was rounded down.
        let drift = tally.drift / tally.walks as f64;
        assert!(drift.abs() < 0.1, "{} {drift}", trial.name);
    }
}

/// Every straight piece of every walk, and no other, pedestrian areas included.
#[test]
fn networks_have_the_pieces_of_the_oracle() {
    let cities = ["laspalmas", "malta", "milan", "monaco_2024", "porto_alegre"];
    for city in cities.into_iter().chain(["beijing_haidian", "monaco_2012"]) {
        let Some(read) = materials(city) else {
            continue;
        };
        let rules = AccessRules::builtin();
        let obstacles = Obstacles::of(&read.extract, &rules);
        let (network, census, _) = WalkNetwork::build(&read.extract, &rules, &obstacles);
        let pieces = network
            .walk_ids()
            .flat_map(|walk| network.shape(walk).windows(2))
            .map(|pair| [pair[0].min(pair[1]), pair[0].max(pair[1])]);
        let pieces: BTreeSet<[LonLat; 2]> = pieces.collect();
        let expected = Segments::new(&read.extract, &rules).ends();
        let only_one: Vec<_> = pieces.symmetric_difference(&expected).collect();
        let straight = census.straight_walks;
        eprintln!("{city}: {} pieces, {straight} straight", pieces.len());
        assert!(only_one.is_empty(), "{city}: {only_one:?}");
    }
}
