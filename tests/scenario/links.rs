//! Missing links: by arithmetic, and against a full run of each alone on random towns.

use std::sync::atomic::{AtomicUsize, Ordering};

use living_circle::measure::Sums;
use living_circle::network::Obstacles;
use living_circle::progress::Silent;
use living_circle::scenario::Base;
use living_circle::scenario::links::{Candidate, Gain, Links, Reason, Trials, dead_ends};
use living_circle::standard::{Basis, Denominator};
use living_circle::study::{Inquiry, Standing, Study};
use living_circle::synth::Town;
use living_circle::units::CostKind;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use super::harness::Scene;
use super::trust::for_towns;
use super::{changed, place};

fn standing(scene: &Scene) -> (Base, Standing) {
    let inquiry = Inquiry::new(&scene.settings).unwrap();
    let base = Base::of(scene.materials(), inquiry, true).unwrap();
    let standing = Standing::of(base.survey.clone(), base.inquiry.clone(), &Silent).unwrap();
    (base, standing)
}

fn tried(scene: &Scene, gap: f64, together: usize) -> (Standing, Links) {
    let (base, standing) = standing(scene);
    let city = &standing.survey.city;
    let mut candidates = dead_ends(&city.network, &city.obstacles, &Obstacles::default(), gap);
    candidates.extend(base.walls_without_gates(gap));
    candidates.extend(base.closed_gates());
    let links = Trials::on(&base, &standing)
        .run(&candidates, together, &Silent)
        .unwrap();
    (standing, links)
}

/// Home stands at the end D of a lane, 50 m south of the street of the pharmacy.
fn lane() -> (Town, Scene) {
    let town = Town::new(
        "
        A-------------B-G
        C------D      |


        E-------------F
        ",
    )
    .spacing(50.0)
    .way("GBACD", "highway=residential")
    .way("CEFB", "highway=residential")
    .node("B", "amenity=pharmacy");
    let scene = Scene::new(town.drawing())
        .within(&["5min", "15min"])
        .walker("adult")
        .block("home", town.at('D'));
    (town, scene)
}

/// From home to the pharmacy it is 350 m back to C, 50 m to A and 700 m to B: 1,100 m. Over
/// a link of 50 m to the northern street 400 m. G is a dead end too, and far from any other
/// street.
#[test]
fn a_dead_end_is_linked_where_that_helps_most() {
    let (town, scene) = lane();
    let (standing, links) = tried(&scene, 120.0, 3);
    let found = links.tried.iter().map(|tried| tried.candidate.line.clone());
    let found: Vec<_> = found.collect();
    assert_eq!(found.len(), 1, "{found:?}");
    let best = &links.tried[0];
    let to = best.candidate.line[1];
    assert_eq!(to.lon, town.at('D').lon);
    assert!(to.lat > town.at('D').lat);
    // Before 1,100 m: within 15 minutes; now 400 m: 300.8 s, not within five.
    let saved = best.gain.saved.hours(Denominator::People) * 3_600.0 / 10.0;
    assert!((saved - 700.0 / 1.33).abs() < 0.5, "{saved}");
    assert_eq!(best.gain.people(), 0);
    assert_eq!(links.chosen.len(), 1);
    assert_eq!(standing.study.blocks.len(), 1);
    // A wall between keeps it from being one.
    let city = &standing.survey.city;
    let wall = [town.place([300.0, -25.0]), town.place([400.0, -25.0])];
    let wall = Obstacles::of_lines([wall]);
    let free = dead_ends(&city.network, &city.obstacles, &wall, 120.0);
    assert_eq!(free.len(), 0);
}

/// A proposed line is tried as it is drawn: from D 350 m east, and 50 m to the pharmacy.
#[test]
fn a_proposed_line_is_tried() {
    let (town, scene) = lane();
    let (base, standing) = standing(&scene);
    let line = vec![town.at('D'), town.place([700.0, -50.0])];
    let candidate = Candidate {
        reason: Reason::Proposed,
        origin: 1,
        name: Some("规划路".to_owned()),
        line,
    };
    let apart = Candidate {
        line: vec![town.place([5_000.0, 0.0]), town.place([5_100.0, 0.0])],
        origin: 2,
        ..candidate.clone()
    };
    let links = Trials::on(&base, &standing)
        .run(&[apart, candidate], 1, &Silent)
        .unwrap();
    assert_eq!((links.tried.len(), links.apart.len()), (1, 1));
    let saved = links.tried[0].gain.saved.hours(Denominator::People) * 3_600.0 / 10.0;
    assert!((saved - 700.0 / 1.33).abs() < 0.5, "{saved}");
}

/// A candidate as it stands in a file.
fn text(candidate: &Candidate) -> String {
    let line: Vec<String> = candidate.line.iter().map(|&at| place(at)).collect();
    let line = line.join(", ");
    match candidate.reason {
        Reason::Wall => format!("[[add_gate]]\nat = {line}\n"),
        Reason::ClosedGate => format!("[[open_gate]]\nat = {line}\n"),
        Reason::DeadEnd | Reason::Proposed => {
            format!("[[add_walk]]\nkind = \"street\"\njoin_m = 1\nline = [{line}]\n")
        }
    }
}

/// What a full run of the city with a link gains.
fn by_full_run(before: &Study, scene: &Scene, candidate: &Candidate) -> (Vec<Sums>, u128) {
    gained(before, &changed(scene, &text(candidate)))
}

fn gained(before: &Study, after: &Study) -> (Vec<Sums>, u128) {
    let samples = before.samples.all();
    let won = before.answers.iter().zip(&after.answers).map(|(was, is)| {
        let new = samples.iter().enumerate().filter(|(at, _)| {
            !was.verdict.holds(Basis::Network, *at) && is.verdict.holds(Basis::Network, *at)
        });
        Sums::of(new.map(|(_, sample)| sample))
    });
    let mut known = Vec::new();
    let mut saved = 0;
    for (was, is) in before.answers.iter().zip(&after.answers) {
        let search = (was.set, was.walker);
        if was.limit.kind() != CostKind::Time || known.contains(&search) {
            continue;
        }
        known.push(search);
        let one = before.walked[was.walker].time.nearest(was.set);
        let other = after.walked[is.walker].time.nearest(is.set);
        for ((one, other), sample) in one.iter().zip(other).zip(samples) {
            if let (Some(one), Some(other)) = (one, other) {
                // A gate that is drawn may enclose land that was open.
                let less = u128::from(one.cost.saturating_sub(other.cost));
                let people = before.blocks.iter().any(|block| block.people.is_some());
                let weight = if people {
                    sample.people.thousandths()
                } else {
                    sample.land.square_decimetres()
                };
                saved += less * u128::from(weight);
            }
        }
    }
    (won.collect(), saved)
}

#[test]
fn every_link_gains_what_a_full_run_gains_and_the_rank_is_that_of_brute_force() {
    let useful = Reasons::default();
    let pruned = AtomicUsize::new(0);
    for_towns(60, Just(()), |scene, ()| {
        let (standing, links) = tried(scene, 90.0, 3);
        let before = &standing.study;
        let mut last = None;
        for found in &links.tried {
            let (won, saved) = by_full_run(before, scene, &found.candidate);
            prop_assert_eq!(&found.gain.won, &won, "{:?}", found);
            prop_assert_eq!(found.gain.saved.0, saved, "{:?}", found);
            let people: u64 = won.iter().map(|won| won.people.thousandths()).sum();
            let land: u64 = won.iter().map(|won| won.land.square_decimetres()).sum();
            let order = (people, land, saved);
            prop_assert!(last.is_none_or(|last| last >= order));
            last = Some(order);
            useful.note(found.candidate.reason, order > (0, 0, 0));
            pruned.fetch_add(usize::from(found.pruned), Ordering::Relaxed);
        }
        greedy(scene, before, &links)
    });
    let pruned = pruned.into_inner();
    let useful = useful.0.map(AtomicUsize::into_inner);
    let enough = useful.iter().all(|useful| *useful > 5);
    assert!(enough && pruned > 10, "{useful:?} {pruned}");
}

/// How many were useful: dead ends, walls, closed gates.
#[derive(Default)]
struct Reasons([AtomicUsize; 3]);

impl Reasons {
    fn note(&self, reason: Reason, useful: bool) {
        let known = [Reason::DeadEnd, Reason::Wall, Reason::ClosedGate];
        let at = known.iter().position(|&own| own == reason).unwrap();
        self.0[at].fetch_add(usize::from(useful), Ordering::Relaxed);
    }
}

/// Each of the best together adds most of all to those before it, by full runs.
fn greedy(scene: &Scene, before: &Study, links: &Links) -> Result<(), TestCaseError> {
    let with = |chosen: &[usize]| {
        let text: String = chosen
            .iter()
            .map(|&at| text(&links.tried[at].candidate))
            .collect();
        let (won, saved) = gained(before, &changed(scene, &text));
        let people: u64 = won.iter().map(|won| won.people.thousandths()).sum();
        let land: u64 = won.iter().map(|won| won.land.square_decimetres()).sum();
        (people, land, saved)
    };
    let mut chosen: Vec<usize> = Vec::new();
    let mut so_far = (0, 0, 0);
    for next in &links.chosen {
        let adds = |gain: &Gain| (gain.people(), gain.land(), gain.saved.0);
        let useful = links.tried.iter().enumerate();
        let useful = useful.filter(|(at, it)| !it.gain.is_nothing() && !chosen.contains(at));
        let best = useful
            .take(6)
            .map(|(at, _)| with(&[chosen.clone(), vec![at]].concat()))
            .max();
        chosen.push(next.link);
        let now = with(&chosen);
        prop_assert!(best.is_none_or(|best| best <= now), "{:?} {:?}", best, now);
        let added = (now.0 - so_far.0, now.1 - so_far.1, now.2 - so_far.2);
        prop_assert_eq!(adds(&next.adds), added);
        so_far = now;
    }
    Ok(())
}

/// An area of 200 × 100 m with a gate A to the south, where a path ends, and a gate B to the
/// north, which no walk is near, until one from W to E leads past it, 50 m away.
fn two_gates(area: &str) -> (Town, Scene) {
    let town = Town::new(
        "
        N-----------M
        |           |
        W           E
        |   b-B-c   |
        |   |   |   |
        |   d-A-e   |
        |     |     |
        |     |     |
        S-----T-----U
        ",
    )
    .spacing(50.0)
    .way("NM", "highway=residential")
    .way("MEUTSWN", "highway=residential")
    .way("TA", "highway=footway")
    .way("bBceAdb", area)
    .node("AB", "barrier=gate")
    .node("WE", "amenity=pharmacy");
    let mut scene = Scene::new(town.drawing()).within(&["500m"]).walker("adult");
    scene.settings.link_limit = 60.0;
    (town, scene)
}

/// Who is linked by one gate has had no link by the other, however near that to the new walk is.
#[test]
fn a_walk_past_a_gate_without_a_link_helps() {
    // Home is 20 m from A: 770 m to the pharmacy; by B and the new walk 80 + 50 + 300.
    let (town, walled) = two_gates("barrier=wall");
    let walled = walled.block("home", town.place([300.0, -230.0]));
    // Home is at W: 750 m to the park; by the new walk 300 + 50.
    let (_, park) = two_gates("leisure=park");
    let park = park.block("home", town.place([-10.0, -100.0]));
    for scene in [walled, park] {
        let (base, standing) = standing(&scene);
        let candidate = Candidate {
            reason: Reason::Proposed,
            origin: 1,
            name: None,
            line: vec![town.at('W'), town.at('E')],
        };
        let links = Trials::on(&base, &standing)
            .run(std::slice::from_ref(&candidate), 1, &Silent)
            .unwrap();
        let (won, _) = by_full_run(&standing.study, &scene, &candidate);
        assert_eq!(links.tried[0].gain.won, won);
        assert!(won.iter().any(|won| won.samples == 1), "{won:?}");
    }
}
