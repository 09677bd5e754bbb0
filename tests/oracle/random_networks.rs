//! Hundreds of small networks with everything that is rare.

use living_circle::network::{Obstacles, WalkGraph, WalkNetwork};
use living_circle::profile::{AccessRules, Walker, Walkers};
use living_circle::units::CostKind;
use rayon::prelude::*;

use super::compare::{Case, Tally, check};
use super::drawn;
use super::random::Random;
use super::segments::Segments;

/// The walkers of the program, and one who waits at signals.
fn walkers() -> Vec<Walker> {
    let table = Walkers::builtin();
    let mut walkers: Vec<Walker> = table.iter().cloned().collect();
    let patient = Walker {
        signals: 25.0,
        ..table.find("wheelchair").unwrap().clone()
    };
    walkers.push(Walker {
        signals: 20.0,
        ..table.find("adult").unwrap().clone()
    });
    walkers.push(patient);
    walkers
}

fn compare(seed: u64, walker: &Walker, kind: CostKind) -> Tally {
    let random = &mut Random(seed);
    let rules = AccessRules::builtin();
    let extract = drawn::extract(random);
    let (network, ..) = WalkNetwork::build(&extract, &rules, &Obstacles::of(&extract, &rules));
    let graph = WalkGraph::new(&network, walker, kind);
    let segments = Segments::new(&extract, &rules);
    // At times more than are searched together.
    let count = if seed.is_multiple_of(16) { 40 } else { 12 };
    let sources = drawn::links(random, &network, &graph, count);
    let facilities = drawn::links(random, &network, &graph, 16);
    check(&Case {
        network: &network,
        segments: &segments,
        walker,
        kind,
        sources: &segments.known(&network, &sources),
        facilities: &segments.known(&network, &facilities),
        // Those on both sides of what a lane of a search of many places holds, too.
        limit: random.pick(&[0, 300, 2_000, 8_000, 32_766, 32_767, 1_000_000]),
    })
}

#[test]
fn random_networks_give_the_answers_of_both_oracles() {
    let walkers = walkers();
    let tally = (0..3_000_u64)
        .into_par_iter()
        .map(|seed| {
            let walker = &walkers[seed as usize % walkers.len()];
            let kind = [CostKind::Length, CostKind::Time][seed as usize / walkers.len() % 2];
            compare(seed, walker, kind)
        })
        .reduce(Tally::default, Tally::sum);
    assert!(tally.pairs > 100_000, "{tally:?}");
    assert!(tally.junctions > 150_000, "{tally:?}");
}
