//! What must hold for every town: random towns, drawn and read as bytes.
//!
//! Every run tries the same towns; `PROPTEST_CASES=2000 cargo test --test
//! invariants` tries others, and more of them.

#![allow(clippy::unwrap_used, missing_docs)]

#[path = "../harness/mod.rs"]
mod harness;

mod agree;
mod monotone;
mod redrawn;
mod reordered;
mod sensitivity;
mod single;
mod town;

use harness::Scene;
use living_circle::lang::Lang;
use living_circle::notice::Notices;
use living_circle::report::{Folder, Outputs, render_all, write_all};
use living_circle::study::Study;
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestRunner};

/// Tries a property on so many random towns.
fn for_towns(cases: u32, property: impl Fn(&Scene) -> Result<(), TestCaseError>) {
    for_towns_and(cases, proptest::strategy::Just(()), |scene, ()| {
        property(scene)
    });
}

/// Tries a property on random towns and something else that is random.
fn for_towns_and<T: proptest::strategy::Strategy>(
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

/// Every file of a report but the card. The page shows the card's notices, whose examples
/// name rows and ways; they are left out.
fn files(study: &Study) -> Vec<(String, String)> {
    let mut study = study.clone();
    study.notices = Notices::default();
    let files = render_all(&study, &Outputs::plain(Lang::Zh)).unwrap();
    files
        .into_iter()
        .map(|file| (file.name.into_owned(), text(&file.content)))
        .collect()
}

/// The card too, which a report writes last.
fn all_files(study: &Study) -> Vec<(String, String)> {
    let home = tempfile::tempdir().unwrap();
    let outputs = Outputs::plain(Lang::Zh);
    write_all(study, &outputs, Folder::open(home.path()).unwrap()).unwrap();
    let there = |name: &&str| home.path().join(name).exists();
    let names = outputs.file_names().into_iter().filter(there);
    names
        .map(|name| {
            let content = std::fs::read(home.path().join(name)).unwrap();
            (name.to_owned(), text(&content))
        })
        .collect()
}

/// The workbook is no text, and as good as one for what it is compared for.
fn text(content: &[u8]) -> String {
    String::from_utf8_lossy(content).into_owned()
}

/// Fails with the first line that differs.
fn same<N: AsRef<str>>(
    one: &[(N, String)],
    other: &[(N, String)],
    case: &str,
) -> Result<(), TestCaseError> {
    for ((name, one), (_, other)) in one.iter().zip(other) {
        let name = name.as_ref();
        if let Some((one, other)) = one.lines().zip(other.lines()).find(|(a, b)| a != b) {
            return Err(TestCaseError::fail(format!(
                "{case}: {name} differs:\n{one}\n{other}"
            )));
        }
        if one != other {
            return Err(TestCaseError::fail(format!(
                "{case}: {name} differs in length"
            )));
        }
    }
    Ok(())
}
