//! What holds in every study of every city.

use living_circle::measure::{Scope, State, Sums};
use living_circle::plane::{LonLat, distance_metres, distance_millimetres};
use living_circle::standard::Basis;
use living_circle::study::{Answer, Study};
use living_circle::units::{CostKind, Land};

/// Rounding of all walks of one path, in metres: 5 cm each, to either side.
const ROUNDING: f64 = 0.5;

/// Asserts every law.
pub fn hold(study: &Study) {
    assert!(!study.blocks.is_empty() && !study.answers.is_empty());
    for answer in &study.answers {
        denominators(study, answer);
        states(study, answer);
        walked_is_within_straight(study, answer);
        straight_is_measured(study, answer);
        counts_agree(study, answer);
    }
    wider_limits_hold_more(study);
    nobody_walks_less_than_straight(study);
    links_lie_where_they_say(study);
}

/// Land and people of the samples are those of the blocks, to the last unit.
fn denominators(study: &Study, answer: &Answer) {
    let whole = answer.coverage[0];
    assert_eq!(whole.scope, Scope::Whole);
    let land: Land = study.blocks.iter().filter_map(|block| block.land).sum();
    assert_eq!(whole.whole.land, land);
    assert_eq!(whole.whole, Sums::of(study.samples.all()));
    assert_eq!(whole.whole.samples as usize, study.samples.all().len());
    for side in Basis::BOTH {
        let held = (0..study.samples.all().len()).filter(|&at| answer.verdict.holds(side, at));
        let covered = Sums::of(held.map(|at| &study.samples.all()[at]));
        assert_eq!(whole.covered(side), &covered);
    }
}

/// Every block has one state, and its samples bear it out.
fn states(study: &Study, answer: &Answer) {
    for side in Basis::BOTH {
        let sum: usize = State::ALL
            .map(|state| study.blocks_in(answer, side, state))
            .iter()
            .sum();
        assert_eq!(sum, study.blocks.len());
        for block in 0..study.blocks.len() {
            let state = study.of_block(answer, block).state(side);
            let samples = study.samples.of_block(block);
            let within = samples
                .clone()
                .filter(|&at| answer.verdict.holds(side, at))
                .count();
            let fits = match state {
                State::Covered => within == samples.len(),
                State::Partly => (1..samples.len()).contains(&within),
                State::Uncovered | State::Unlinked | State::NoData => within == 0,
            };
            assert!(fits, "{} {:?}", study.blocks[block].id, state);
        }
    }
}

/// Straight metres from a sample to the nearest facility of an answer's set.
fn straight(study: &Study, answer: &Answer, sample: usize) -> f64 {
    let at = study.samples.all()[sample].at;
    let set = &study.sets[answer.set].facilities.0;
    set.iter()
        .map(|&facility| {
            study.facilities[facility as usize]
                .shape
                .distance_metres(at)
        })
        .fold(f64::INFINITY, f64::min)
}

/// Who walks there within the limit is within it by straight line.
fn walked_is_within_straight(study: &Study, answer: &Answer) {
    for sample in 0..study.samples.all().len() {
        if answer.verdict.holds(Basis::Network, sample)
            && !answer.verdict.holds(Basis::Radius, sample)
        {
            let over = straight(study, answer, sample) - answer.straight_limit.metres();
            assert!(over < ROUNDING, "sample {sample}: {over} m too far");
        }
    }
}

/// The verdict by straight line is that of measuring every facility of the set.
fn straight_is_measured(study: &Study, answer: &Answer) {
    let samples = study.samples.all().len();
    for sample in (0..samples).step_by(samples.div_ceil(50)) {
        let metres = straight(study, answer, sample);
        let within = metres <= answer.straight_limit.metres() + 0.05;
        let held = answer.verdict.holds(Basis::Radius, sample);
        assert_eq!(held, within, "sample {sample}: {metres} m");
    }
}

/// What the sweep from the facilities finds, the searches from the blocks count.
fn counts_agree(study: &Study, answer: &Answer) {
    for block in 0..study.blocks.len() {
        let found = study.of_block(answer, block);
        if study.samples.of_block(block).len() == 1 {
            assert_eq!(
                found.count() > 0,
                found.within(Basis::Network) == 1,
                "{}",
                study.blocks[block].id
            );
        }
        // Of an even number of samples the nearest is the better middle one, the
        // count the smaller: the other way round it need not hold.
        let nearest = found.nearest().median.map(|near| near.cost);
        assert!(
            found.count() == 0 || answer.limit.holds(nearest),
            "{}",
            study.blocks[block].id
        );
    }
}

fn wider_limits_hold_more(study: &Study) {
    for narrow in &study.answers {
        for wide in &study.answers {
            let comparable = narrow.set == wide.set
                && narrow.walker == wide.walker
                && narrow.limit.kind() == wide.limit.kind()
                && narrow.limit <= wide.limit;
            for sample in (0..study.samples.all().len()).filter(|_| comparable) {
                for side in Basis::BOTH {
                    let inside = narrow.verdict.holds(side, sample);
                    assert!(!inside || wide.verdict.holds(side, sample));
                }
            }
        }
    }
}

/// No way to the nearest facility is shorter than the straight line to it, nor
/// quicker than the walker on firm ground.
fn nobody_walks_less_than_straight(study: &Study) {
    let mut checked = 0;
    for walked in &study.walked {
        for set in 0..study.sets.len() {
            for (kind, reached) in [
                (CostKind::Length, &walked.length),
                (CostKind::Time, &walked.time),
            ] {
                for (sample, found) in reached.nearest(set).iter().enumerate() {
                    let Some(near) = found else { continue };
                    let metres = match kind {
                        CostKind::Length => f64::from(near.cost) / 10.0,
                        CostKind::Time => f64::from(near.cost) / 10.0 * walked.walker.speed,
                    };
                    let facility = &study.facilities[near.facility() as usize];
                    let at = study.samples.all()[sample].at;
                    let straight = facility.shape.distance_metres(at);
                    assert!(
                        metres >= straight - ROUNDING,
                        "{kind:?}: sample {sample} at {at}: {metres} m to {}, {straight} m straight",
                        facility.id
                    );
                    checked += 1;
                }
            }
        }
    }
    assert!(checked > 500);
}

/// The leg of every link is as long as it says and within the link limit, save for the
/// few that lead out of a compound by a gate: those are longer than the straight line.
fn links_lie_where_they_say(study: &Study) {
    let links = &study.main_walk().samples;
    let (mut straight, mut by_gate) = (0, 0);
    for (number, sample) in study.samples.all().iter().enumerate() {
        for link in links.of(number) {
            assert!(link.along <= study.network.walk(link.walk).millimetres);
            let foot = position(study.network.shape(link.walk), link.along);
            let leg = distance_metres(sample.at, foot) * 1_000.0;
            let gap = link.gap as f64;
            // The foot is rounded to whole 10⁻⁷ degrees, about 1 cm.
            assert!(gap > leg - 15.0, "sample {number}: {leg}, {link:?}");
            if gap < leg + 15.0 {
                assert!(gap <= study.settings.link_limit * 1_000.0);
                straight += 1;
            } else {
                by_gate += 1;
            }
        }
    }
    assert!(
        by_gate * 50 <= straight,
        "{by_gate} by gates, {straight} straight"
    );
}

/// The place so many millimetres along a line.
fn position(shape: &[LonLat], along: u64) -> LonLat {
    let mut rest = along;
    for pair in shape.windows(2) {
        let length = distance_millimetres(pair[0], pair[1]);
        if rest <= length && length > 0 {
            let share = rest as f64 / length as f64;
            let between = |a: i32, b: i32| a + (f64::from(b - a) * share).round() as i32;
            return LonLat {
                lon: between(pair[0].lon, pair[1].lon),
                lat: between(pair[0].lat, pair[1].lat),
            };
        }
        rest -= length;
    }
    shape[shape.len() - 1]
}
