//! One extract in five shapes, and two that cannot be read.

use std::path::Path;

use assert_cmd::Command;
use living_circle::lang::{Explain, Lang};
use living_circle::osm::{Fault, OsmError};
use living_circle::progress::Silent;
use living_circle::report::{Outputs, Rendered, render_all};
use living_circle::study::{Settings, Study, StudyError};

use super::cities::{files, study};
use super::{extracts, laws};

/// Every table and map of a study.
fn figures(study: &Study) -> Vec<Rendered> {
    render_all(study, &Outputs::plain(Lang::En)).unwrap()
}

#[test]
fn one_extract_in_four_shapes_gives_the_same_figures() {
    let Some(plain) = study("triana", None) else {
        return;
    };
    laws::hold(&plain);
    let expected = figures(&plain);
    for shape in ["triana_nodense", "triana_uncompressed", "triana_shuffled"] {
        let Some(mut other) = study(shape, None) else {
            continue;
        };
        // The page names its inputs with their size and hash.
        other.inputs.clone_from(&plain.inputs);
        assert_eq!(other.census, plain.census, "{shape}");
        assert_eq!(other.notices, plain.notices, "{shape}");
        for (found, expected) in figures(&other).iter().zip(&expected) {
            assert!(found == expected, "{shape}: {}", found.name);
        }
    }
}

/// Why a study of an extract is refused.
fn refused(extract: &str) -> Option<StudyError> {
    let files = files(extract, None)?;
    let outcome = Study::run(&files, &Settings::default(), &Silent);
    Some(outcome.expect_err("the file cannot be read whole"))
}

#[test]
fn a_cut_file_is_refused_by_its_byte() {
    let Some(error) = refused("triana_truncated") else {
        return;
    };
    let StudyError::Osm(OsmError::Blob { byte, fault, .. }) = &error else {
        panic!("{error}");
    };
    assert_eq!(*fault, Fault::CutOff);
    assert!((1..150_000).contains(byte));
    for lang in [Lang::Zh, Lang::En] {
        let text = error.explain(lang);
        assert!(text.contains("triana_truncated.osm.pbf") && text.contains(&byte.to_string()));
    }
}

#[test]
fn an_lz4_file_is_refused_with_the_remedy() {
    let Some(error) = refused("triana_lz4") else {
        return;
    };
    for lang in [Lang::Zh, Lang::En] {
        let text = error.explain(lang);
        for word in ["triana_lz4.osm.pbf", "lz4", "osmium cat"] {
            assert!(text.contains(word), "{text}");
        }
    }
}

/// Runs `living-circle report` on an extract, into a folder of its own.
fn report(extract: &Path, home: &Path, lang: &str) -> assert_cmd::assert::Assert {
    let mut command = Command::cargo_bin("living-circle").unwrap();
    command.args(["report", "--lang", lang, "--out"]);
    command.arg(home.join("out")).arg(extract).assert()
}

#[test]
fn the_command_line_tells_it_and_leaves_nothing() {
    for (name, words) in [
        (
            "triana_truncated.osm.pbf",
            ["triana_truncated.osm.pbf", "133644"],
        ),
        ("triana_lz4.osm.pbf", ["lz4", "osmium cat"]),
    ] {
        let Some(path) = extracts::file(name) else {
            continue;
        };
        for lang in ["zh", "en"] {
            let home = tempfile::tempdir().unwrap();
            let told = report(&path, home.path(), lang).code(2).stdout("");
            let text = String::from_utf8(told.get_output().stderr.clone()).unwrap();
            for word in words {
                assert!(text.contains(word), "{text}");
            }
            let chinese = text.contains('：');
            assert_eq!(chinese, lang == "zh", "{text}");
            assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0);
        }
    }
}
