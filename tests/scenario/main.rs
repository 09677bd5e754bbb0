//! Scenarios: what is changed in a city, by arithmetic, on random towns and against fresh
//! runs on edited input.

// Files are put together as text.
#![allow(
    clippy::unwrap_used,
    clippy::format_push_string,
    clippy::format_collect,
    missing_docs
)]

#[path = "../harness/mod.rs"]
mod harness;
#[path = "../invariants/town.rs"]
mod town;

mod fresh;
mod gates;
mod hand;
mod links;
mod trust;

use harness::Scene;
use living_circle::plane::LonLat;
use living_circle::progress::Silent;
use living_circle::scenario::{Base, Scenario, ScenarioError};
use living_circle::study::{Inquiry, Standing, Study};

/// A place as it stands in a file.
fn place(at: LonLat) -> String {
    format!("[{}, {}]", at.lon_degrees(), at.lat_degrees())
}

/// The city of a scene, and a scenario for it.
fn base(scene: &Scene, text: &str) -> Result<(Base, Scenario), ScenarioError> {
    let scenario = Scenario::from_toml(text, "plan.toml".as_ref())?;
    let inquiry = Inquiry::new(&scene.settings)?;
    let base = Base::of(scene.materials(), inquiry, true)?;
    Ok((base, scenario))
}

fn named(changes: &str) -> String {
    format!("name = \"plan\"\n{changes}")
}

/// The study of a scene that is changed, followed from where it is.
fn followed(scene: &Scene, changes: &str) -> Study {
    let (base, scenario) = base(scene, &named(changes)).unwrap();
    let survey = base.changed(&scenario).unwrap();
    let standing = Standing::of(base.survey.clone(), base.inquiry.clone(), &Silent).unwrap();
    standing.changed(survey, &Silent).unwrap()
}

/// The study of a scene that is changed.
fn changed(scene: &Scene, changes: &str) -> Study {
    let (base, scenario) = base(scene, &named(changes)).unwrap();
    let survey = base
        .changed(&scenario)
        .unwrap_or_else(|error| panic!("{error}"));
    Study::of(survey, &base.inquiry, &Silent).unwrap()
}

/// What is told of changes that cannot be carried out.
fn problems(scene: &Scene, changes: &str) -> Vec<String> {
    let (base, scenario) = base(scene, &named(changes)).unwrap();
    let told = base.changed(&scenario).unwrap_err().to_string();
    told.lines().map(str::to_owned).collect()
}
