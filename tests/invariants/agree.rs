//! Figures that are counted in two ways agree.

use std::sync::atomic::{AtomicUsize, Ordering};

use living_circle::link::Going;
use living_circle::measure::{Scope, State, Sums};
use living_circle::network::WalkGraph;
use living_circle::places::FacilitySet;
use living_circle::progress::Silent;
use living_circle::reach::{Seeking, Stops, Trips};
use living_circle::standard::Basis;
use living_circle::standard::Denominator;
use living_circle::units::CostKind;
use proptest::prelude::*;

use super::for_towns;

#[test]
fn zones_sum_to_the_whole_and_states_to_the_blocks() {
    for_towns(60, |scene| {
        let study = scene.study();
        for (requirement, answer) in study.answered() {
            let key = &requirement.key;
            for side in [Basis::Network, Basis::Radius] {
                let blocks: usize = State::ALL
                    .map(|state| study.blocks_in(answer, side, state))
                    .iter()
                    .sum();
                prop_assert_eq!(blocks, study.blocks.len(), "{}", key);
            }
            let whole = answer
                .coverage
                .iter()
                .find(|part| part.scope == Scope::Whole)
                .unwrap();
            for level in 0..study.zonings.len() {
                let mut sums = [Sums::default(); 3];
                for part in &answer.coverage {
                    let of_level = match part.scope {
                        Scope::Whole => false,
                        Scope::Zone(own, _) | Scope::Outside(own) => own == level,
                    };
                    if of_level {
                        sums[0] += part.whole;
                        sums[1] += part.network;
                        sums[2] += part.radius;
                    }
                }
                prop_assert_eq!(sums, [whole.whole, whole.network, whole.radius], "{}", key);
            }
            // What the blocks hold is what the whole holds.
            let land: u64 = study
                .blocks
                .iter()
                .map(|block| block.land.unwrap().square_decimetres())
                .sum();
            prop_assert_eq!(whole.whole.units(Denominator::Land), land);
            let people: u64 = study
                .blocks
                .iter()
                .map(|block| block.people.unwrap_or_default().thousandths())
                .sum();
            prop_assert_eq!(whole.whole.units(Denominator::People), people);
            let within = |side| -> usize {
                let blocks = 0..study.blocks.len();
                blocks
                    .map(|block| study.of_block(answer, block).within(side))
                    .sum()
            };
            prop_assert_eq!(within(Basis::Network) as u64, whole.network.samples);
            prop_assert_eq!(within(Basis::Radius) as u64, whole.radius.samples);
        }
        Ok(())
    });
}

/// From the blocks' side and from the facilities' side, set by set, and facility
/// by facility.
#[test]
fn searches_from_either_side_find_the_same() {
    let (exits, met) = (AtomicUsize::new(0), AtomicUsize::new(0));
    for_towns(60, |scene| {
        let study = scene.study();
        let walked = study.main_walk();
        let sets: Vec<FacilitySet> = study
            .sets
            .iter()
            .map(|set| set.facilities.clone())
            .collect();
        for kind in [CostKind::Length, CostKind::Time] {
            let graph = WalkGraph::new(&study.network, &walked.walker, kind);
            let sources = Stops::of(&walked.samples, &graph, &walked.walker, Going::Out).meeting(
                &walked.meetings,
                &graph,
                &walked.walker,
            );
            for source in 0..sources.len() {
                let outside = sources.at(source).len() > walked.samples.of(source).len();
                exits.fetch_add(usize::from(outside), Ordering::Relaxed);
                met.fetch_add(sources.met(source).len(), Ordering::Relaxed);
            }
            let targets = Stops::of(&walked.facilities, &graph, &walked.walker, Going::In);
            let trips = Trips::new(&graph, &sources, &targets);
            let limits = [900, 2_000, 4_000];
            let counts = trips.count_from(Seeking::Origins, &sets, &limits, &Silent);
            let back = trips.count_from(Seeking::Destinations, &sets, &limits, &Silent);
            prop_assert_eq!(&counts, &back, "from either side");
            let chosen = trips.count(&sets, &limits, &Silent);
            prop_assert_eq!(&counts, &chosen, "from the side that is chosen");
            let of_each: Vec<_> = (0..study.facilities.len() as u32)
                .map(|site| trips.nearest(&FacilitySet(vec![site])))
                .collect();
            for (number, set) in sets.iter().enumerate() {
                let swept = trips.nearest(set);
                for source in 0..sources.len() {
                    let costs = || {
                        set.0
                            .iter()
                            .filter_map(|&site| of_each[site as usize][source])
                    };
                    let nearest = costs().min();
                    prop_assert_eq!(swept[source], nearest, "swept together or apart");
                    let near = nearest.filter(|found| found.cost <= limits[2]);
                    prop_assert_eq!(counts.nearest(source, number), near);
                    for (at, &limit) in limits.iter().enumerate() {
                        let within = costs().filter(|found| found.cost <= limit).count();
                        prop_assert_eq!(counts.count(source, number, at) as usize, within);
                    }
                }
            }
        }
        Ok(())
    });
    let [exits, met] = [exits, met].map(AtomicUsize::into_inner);
    assert!(
        exits > 10 && met > 10,
        "{exits} leave grounds, {met} meet inside compounds"
    );
}
