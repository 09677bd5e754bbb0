//! What must hold for every city and every scenario.

use std::sync::atomic::{AtomicUsize, Ordering};

use living_circle::lang::Lang;
use living_circle::osm::DrawnNode;
use living_circle::plane::LonLat;
use living_circle::progress::Silent;
use living_circle::report::{Format, Outputs};
use living_circle::scenario::Base;
use living_circle::standard::Basis;
use living_circle::study::{Inquiry, Study};
use living_circle::synth::{DEFAULT_ORIGIN, placed};
use living_circle::units::CostKind;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestRunner};

use super::harness::Scene;
use super::{base, changed, followed, named, place, town};

/// Tries a property on so many random towns and something else that is random.
pub fn for_towns<T: Strategy>(
    cases: u32,
    also: T,
    property: impl Fn(&Scene, T::Value) -> Result<(), TestCaseError>,
) {
    let mut config = Config {
        failure_persistence: None,
        ..Config::default()
    };
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = cases;
        config.rng_seed = RngSeed::Fixed(2026);
    }
    TestRunner::new(config)
        .run(&(town::scenes(), also), |(scene, also)| {
            property(&scene, also)
        })
        .unwrap_or_else(|error| panic!("{error}"));
}

/// Metres east and north of the town's corner.
pub type Spot = [i32; 2];

pub fn spots() -> impl Strategy<Value = Spot> {
    [-100..700_i32, -100..700_i32]
}

pub fn at(spot: Spot) -> LonLat {
    placed(DEFAULT_ORIGIN, spot.map(f64::from))
}

/// Changes that make nothing worse.
#[derive(Clone, Debug)]
pub enum Gain {
    Facility(Spot, usize),
    Walk(Vec<Spot>, usize),
}

pub fn gains() -> impl Strategy<Value = Vec<Gain>> {
    let facility = (spots(), 0..4_usize).prop_map(|(spot, kind)| Gain::Facility(spot, kind));
    let walk = (vec(spots(), 2..5), 0..5_usize).prop_map(|(line, kind)| Gain::Walk(line, kind));
    vec(prop_oneof![facility, walk], 1..5)
}

fn text(number: usize, gain: &Gain) -> String {
    match gain {
        Gain::Facility(spot, kind) => {
            let service = ["kindergarten", "pharmacy", "library", "park"][*kind];
            // In the middle of the list, at its beginning or at its end.
            let id = ["f0a", "a", "z", "f05x"][number % 4];
            format!(
                "[[add_facility]]\nid = \"{id}{number}\"\ncategories = [\"{service}\"]\nat = {}\n",
                place(at(*spot))
            )
        }
        Gain::Walk(line, kind) => {
            let kind = ["street", "footway", "footbridge", "crossing", "steps"][*kind];
            let line: Vec<String> = line.iter().map(|&spot| place(at(spot))).collect();
            format!(
                "[[add_walk]]\nkind = \"{kind}\"\njoin_m = 60\nramp = true\nline = [{}]\n",
                line.join(", ")
            )
        }
    }
}

/// Those of the changes that can be carried out.
pub fn possible(scene: &Scene, gains: &[Gain]) -> String {
    let mut all = String::new();
    for (number, gain) in gains.iter().enumerate() {
        let more = format!("{all}{}", text(number, gain));
        let (base, scenario) = base(scene, &named(&more)).unwrap();
        if base.changed(&scenario).is_ok() {
            all = more;
        }
    }
    all
}

/// Tables of a study, and its page.
fn tables(study: &Study) -> Vec<(&'static str, String)> {
    let outputs = Outputs::plain(Lang::Zh);
    let formats = [
        Format::BlocksCsv,
        Format::ReachCsv,
        Format::CoverageCsv,
        Format::GapsCsv,
        Format::BlocksGeojson,
    ];
    formats
        .into_iter()
        .flat_map(|format| format.render(study, &outputs).unwrap())
        .map(|file| {
            let name = [
                "blocks.csv",
                "reach.csv",
                "coverage.csv",
                "gaps.csv",
                "blocks.geojson",
            ];
            let name = name.into_iter().find(|name| *name == file.name).unwrap();
            (name, String::from_utf8(file.content).unwrap())
        })
        .collect()
}

pub fn same(one: &Study, other: &Study, case: &str) -> Result<(), TestCaseError> {
    for ((name, one), (_, other)) in tables(one).iter().zip(tables(other)) {
        let line = one
            .lines()
            .zip(other.lines())
            .find(|(one, other)| one != other);
        if let Some((one, other)) = line {
            return Err(TestCaseError::fail(format!(
                "{case}: {name}:\n{one}\n{other}"
            )));
        }
        prop_assert_eq!(one.len(), other.len(), "{} {}", case, name);
    }
    Ok(())
}

pub fn page(study: &Study) -> Vec<living_circle::report::Rendered> {
    let outputs = Outputs::plain(Lang::Zh);
    Format::Html.render(study, &outputs).unwrap()
}

/// Fails unless two studies are the same in every figure.
pub fn alike(one: &Study, other: &Study, case: &str) -> Result<(), TestCaseError> {
    same(one, other, case)?;
    for (own, others) in one.answers.iter().zip(&other.answers) {
        prop_assert_eq!(own, others);
        for block in 0..one.blocks.len() {
            let (own, others) = (one.of_block(own, block), other.of_block(others, block));
            prop_assert_eq!(own.count(), others.count());
        }
    }
    for (one, other) in one.walked.iter().zip(&other.walked) {
        for kind in [CostKind::Length, CostKind::Time] {
            for set in 0..one.length.sets() {
                prop_assert_eq!(
                    one.reached(kind).nearest(set),
                    other.reached(kind).nearest(set)
                );
            }
        }
    }
    Ok(())
}

#[test]
fn an_empty_scenario_is_the_base() {
    for_towns(40, Just(()), |scene, ()| {
        let (study, empty) = (scene.study(), changed(scene, ""));
        same(&study, &empty, "empty")?;
        prop_assert!(page(&study) == page(&empty));
        Ok(())
    });
}

/// Fails unless from every sample as much is reached in `after` as in `before`.
pub fn no_worse(before: &Study, after: &Study) -> Result<bool, TestCaseError> {
    let mut better = false;
    for (before, after) in before.walked.iter().zip(&after.walked) {
        for kind in [CostKind::Length, CostKind::Time] {
            let sets = 0..before_sets(before);
            for set in sets {
                let one = before.reached(kind).nearest(set);
                let other = after.reached(kind).nearest(set);
                for (one, other) in one.iter().zip(other) {
                    let [was, is] = [one, other].map(|found| found.map_or(u32::MAX, |it| it.cost));
                    prop_assert!(is <= was, "{} {:?} {} {}", set, kind, was, is);
                    better |= is < was;
                }
            }
        }
    }
    for (was, is) in before.answers.iter().zip(&after.answers) {
        for block in 0..before.blocks.len() {
            let (was, is) = (before.of_block(was, block), after.of_block(is, block));
            prop_assert!(was.count() <= is.count());
            prop_assert!(was.within(Basis::Network) <= is.within(Basis::Network));
            prop_assert!(was.within(Basis::Radius) <= is.within(Basis::Radius));
        }
    }
    Ok(better)
}

fn before_sets(walked: &living_circle::study::Walked) -> usize {
    walked.length.sets()
}

#[test]
fn a_walk_or_a_facility_never_hurts() {
    let better = AtomicUsize::new(0);
    for_towns(60, gains(), |scene, gains| {
        let text = possible(scene, &gains);
        let all = changed(scene, &text);
        let gained = no_worse(&scene.study(), &all)?;
        better.fetch_add(usize::from(gained), Ordering::Relaxed);
        Ok(())
    });
    let better = better.into_inner();
    assert!(better > 30, "{better}");
}

/// What is followed from where it begins is what a search from everywhere finds: for gains,
/// and for facilities that close, move and change.
#[test]
fn what_is_followed_is_what_is_searched() {
    let losses = vec((any::<u16>(), 0..4_u8, spots()), 0..3);
    for_towns(150, (gains(), losses), |scene, (gains, losses)| {
        let mut text = possible(scene, &gains);
        let study = scene.study();
        let mut gone = std::collections::BTreeSet::new();
        for (pick, kind, spot) in losses {
            let site = &study.facilities[usize::from(pick) % study.facilities.len()];
            if !gone.insert(site.id.clone()) {
                continue;
            }
            let id = &site.id;
            text += &match kind {
                0 => format!("[[close_facility]]\nid = \"{id}\"\n"),
                1 => format!(
                    "[[move_facility]]\nid = \"{id}\"\nto = {}\n",
                    place(at(spot))
                ),
                2 => format!("[[change_facility]]\nid = \"{id}\"\ncategories = [\"library\"]\n"),
                _ => format!("[[change_facility]]\nid = \"{id}\"\nbeds = 7\n"),
            };
        }
        let (searched, followed) = (changed(scene, &text), followed(scene, &text));
        prop_assert!(page(&searched) == page(&followed), "{}", text);
        alike(&searched, &followed, &text)
    });
}

#[test]
fn what_is_closed_and_opened_again_is_the_base() {
    let tried = AtomicUsize::new(0);
    for_towns(40, any::<u16>(), |scene, pick| {
        let study = scene.study();
        // A facility at a point: its id, what it offers and where.
        let points = study.facilities.iter();
        let point = points.filter(|it| matches!(it.shape, living_circle::places::Shape::Point(_)));
        let points: Vec<_> = point.collect();
        if let Some(site) = points.get(usize::from(pick) % points.len().max(1)) {
            let keys = site.categories.iter();
            let keys = keys.map(|&key| format!("{:?}", study.catalog.category(key).key));
            let keys: Vec<String> = keys.collect();
            let (id, at) = (&site.id, place(site.shape.inner_place()));
            let text = format!(
                "[[close_facility]]\nid = \"{id}\"\n\
                 [[add_facility]]\nid = \"{id}\"\ncategories = [{}]\nat = {at}\n",
                keys.join(", ")
            );
            same(&study, &changed(scene, &text), "facility")?;
            let there = format!("[[move_facility]]\nid = \"{id}\"\nto = {at}\n");
            same(&study, &changed(scene, &there), "moved to where it is")?;
            tried.fetch_add(1, Ordering::Relaxed);
        }
        // A gate for everybody.
        let gate = |node: &&DrawnNode| node.tags.iter().eq([("barrier", "gate")]);
        if let Some(gate) = scene.drawing.nodes.iter().find(gate) {
            let at = place(gate.at);
            let text = format!("[[close_gate]]\nat = {at}\n[[open_gate]]\nat = {at}\n");
            same(&study, &changed(scene, &text), "gate")?;
            tried.fetch_add(1, Ordering::Relaxed);
        }
        Ok(())
    });
    assert!(tried.into_inner() > 30);
}

/// The order of the file's tables of different kinds does not matter, nor does reading
/// twice.
#[test]
fn a_base_serves_many_scenarios() {
    for_towns(10, (gains(), gains()), |scene, (one, other)| {
        let texts = [possible(scene, &one), possible(scene, &other)];
        let scenarios = texts.each_ref().map(|text| {
            living_circle::scenario::Scenario::from_toml(&named(text), "plan.toml".as_ref())
                .unwrap()
        });
        let inquiry = Inquiry::new(&scene.settings).unwrap();
        let base = Base::of(scene.materials(), inquiry, false).unwrap();
        let surveys = base.all_changed(&scenarios).unwrap();
        for (survey, text) in surveys.into_iter().zip(&texts) {
            let study = Study::of(survey, &base.inquiry, &Silent).unwrap();
            same(&study, &changed(scene, text), "of several")?;
        }
        let study = Study::of(base.survey.clone(), &base.inquiry, &Silent).unwrap();
        same(&study, &scene.study(), "the base itself")
    });
}
