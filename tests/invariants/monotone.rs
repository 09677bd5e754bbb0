//! More time, more facilities, more ways: never less.

use std::sync::atomic::{AtomicUsize, Ordering};

use living_circle::link::Link;
use living_circle::measure::State;
use living_circle::osm::{Drawing, Tags};
use living_circle::places::Shape;
use living_circle::plane::distance_metres;
use living_circle::standard::Basis;
use living_circle::standard::Denominator;
use living_circle::study::{Answer, Study};
use living_circle::synth::{DEFAULT_ORIGIN, placed};
use living_circle::units::Limit;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use super::harness::{Scene, catalog, facility};
use super::{for_towns, for_towns_and};

const SIDES: [Basis; 2] = [Basis::Network, Basis::Radius];

/// Fails unless whatever holds in `less` holds in `more`, too.
fn at_least(studies: [&Study; 2], less: &Answer, more: &Answer) -> Result<(), TestCaseError> {
    for sample in 0..studies[0].samples.all().len() {
        for side in SIDES {
            prop_assert!(!less.verdict.holds(side, sample) || more.verdict.holds(side, sample));
        }
    }
    for block in 0..studies[0].blocks.len() {
        let less = studies[0].of_block(less, block);
        let more = studies[1].of_block(more, block);
        prop_assert!(less.count() <= more.count());
        for side in SIDES {
            prop_assert!(less.within(side) <= more.within(side));
            let [less, more] = [less.state(side), more.state(side)];
            prop_assert!(less != State::Covered || more == State::Covered);
        }
    }
    for (less, more) in less.coverage.iter().zip(&more.coverage) {
        prop_assert_eq!(less.scope, more.scope);
        for of in Denominator::all() {
            for side in SIDES {
                let [less, more] = [less, more].map(|part| part.covered(side).units(of));
                prop_assert!(less <= more);
            }
        }
    }
    Ok(())
}

#[test]
fn five_minutes_lie_in_ten_and_ten_in_fifteen() {
    let strictly = AtomicUsize::new(0);
    for_towns(60, |scene| {
        let study = scene.study();
        for asked in study.answers.chunk_by(|one, other| one.set == other.set) {
            let time = |answer: &&Answer| matches!(answer.limit, Limit::Time(_));
            let (minutes, metres): (Vec<&Answer>, _) = asked.iter().partition(time);
            prop_assert_eq!([minutes.len(), metres.len()], [3, 2]);
            for pair in minutes.windows(2).chain(metres.windows(2)) {
                prop_assert!(pair[0].limit < pair[1].limit);
                at_least([&study; 2], pair[0], pair[1])?;
                let counts = |answer: &Answer| -> u32 {
                    let blocks = 0..study.blocks.len();
                    blocks
                        .map(|block| study.of_block(answer, block).count())
                        .sum()
                };
                let more = counts(pair[0]) < counts(pair[1]);
                strictly.fetch_add(usize::from(more), Ordering::Relaxed);
            }
        }
        Ok(())
    });
    assert!(
        strictly.into_inner() > 100,
        "the towns are too small to tell"
    );
}

#[test]
fn a_facility_added_never_hurts() {
    let spot = ([-100..700_i32, -100..700_i32], 0..4_usize);
    for_towns_and(60, spot, |scene, (at, service)| {
        let before = scene.study();
        let mut more = scene.clone();
        let service = ["pharmacy", "health_station;kindergarten", "park", "library"][service];
        let at = placed(DEFAULT_ORIGIN, at.map(f64::from));
        more.table
            .push(facility(&catalog(), "a-new-one", service, Shape::Point(at)));
        let after = more.study();
        for (before_answer, after_answer) in before.answers.iter().zip(&after.answers) {
            at_least([&before, &after], before_answer, after_answer)?;
            for block in 0..before.blocks.len() {
                let [before, after] = [
                    before.of_block(before_answer, block),
                    after.of_block(after_answer, block),
                ]
                .map(|block| {
                    let spread = block.nearest();
                    [spread.best, spread.median, spread.worst]
                        .map(|found| found.map_or(u32::MAX, |at| at.cost))
                });
                prop_assert!(
                    before
                        .iter()
                        .zip(&after)
                        .all(|(before, after)| after <= before)
                );
            }
        }
        Ok(())
    });
}

fn closed(drawing: &Drawing, way: usize) -> Drawing {
    let mut drawing = drawing.clone();
    let tags = drawing.ways[way].tags.clone();
    let known = tags
        .iter()
        .map(|(key, value)| (key.to_owned(), value.to_owned()));
    let no = ("foot".to_owned(), "no".to_owned());
    drawing.ways[way].tags = Tags::new(known.chain([no]));
    drawing
}

/// Where a link meets the network, and the leg to it.
fn foot(study: &Study, link: &Link) -> ([f64; 2], f64) {
    let mut left = link.along as f64 / 1_000.0;
    let shape = study.network.shape(link.walk);
    let mut at = [shape[0].lon, shape[0].lat].map(f64::from);
    for pair in shape.windows(2) {
        let length = distance_metres(pair[0], pair[1]);
        let share = if length > 0.0 {
            (left / length).clamp(0.0, 1.0)
        } else {
            0.0
        };
        let mix = |from: i32, to: i32| f64::from(from) + share * (f64::from(to) - f64::from(from));
        at = [mix(pair[0].lon, pair[1].lon), mix(pair[0].lat, pair[1].lat)];
        left -= length;
        if left <= 0.0 {
            break;
        }
    }
    (at, link.gap as f64 / 1_000.0)
}

/// Whether a place meets both networks at the same spots, to a few centimetres.
fn meets_alike(one: (&Study, &[Link]), other: (&Study, &[Link])) -> bool {
    let feet = |(study, links): (&Study, &[Link])| -> Vec<([f64; 2], f64)> {
        links.iter().map(|link| foot(study, link)).collect()
    };
    let [one, other] = [one, other].map(feet);
    let near = |a: &([f64; 2], f64), b: &([f64; 2], f64)| {
        (a.0[0] - b.0[0]).abs() < 10.0 && (a.0[1] - b.0[1]).abs() < 10.0 && (a.1 - b.1).abs() < 0.05
    };
    one.len() == other.len()
        && one
            .iter()
            .all(|foot| other.iter().any(|also| near(foot, also)))
}

/// A place whose nearest walk is closed meets another one, which may lead to a
/// facility sooner: only places that are linked as before are compared. Where a
/// junction falls away two walks become one that is rounded once: each may save
/// half a unit, and so may the ends of a link.
fn never_helps(scene: &Scene, way: usize, compared: &AtomicUsize) -> Result<(), TestCaseError> {
    let before = scene.study();
    let mut less = scene.clone();
    less.drawing = closed(&scene.drawing, way);
    let after = less.study();
    let slack = scene.drawing.ways[way].nodes.len() as u32 + 2;
    let [was, is] = [before.main_walk(), after.main_walk()];
    let facilities_alike = (0..before.facilities.len()).all(|site| {
        meets_alike(
            (&before, was.facilities.of(site)),
            (&after, is.facilities.of(site)),
        )
    });
    if !facilities_alike {
        return Ok(());
    }
    for sample in 0..before.samples.all().len() {
        if !meets_alike(
            (&before, was.samples.of(sample)),
            (&after, is.samples.of(sample)),
        ) {
            continue;
        }
        for set in 0..before.sets.len() {
            for (was, is) in [(&was.length, &is.length), (&was.time, &is.time)] {
                let [was, is] = [was, is].map(|reached| reached.nearest(set)[sample]);
                if let Some(is) = is {
                    let was = was.map_or(u32::MAX, |found| found.cost);
                    prop_assert!(was <= is.cost + slack, "{} before, {} after", was, is.cost);
                    compared.fetch_add(1, Ordering::Relaxed);
                }
            }
        }
    }
    Ok(())
}

#[test]
fn a_way_closed_never_helps() {
    let compared = AtomicUsize::new(0);
    for_towns_and(60, any::<prop::sample::Index>(), |scene, way| {
        if scene.drawing.ways.is_empty() {
            return Ok(());
        }
        never_helps(scene, way.index(scene.drawing.ways.len()), &compared)
    });
    assert!(
        compared.into_inner() > 1_000,
        "too few places were linked as before"
    );
}
