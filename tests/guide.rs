//! The commands of the guides run as they stand, and both guides tell the same.

#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

mod program;

use std::fs;
use std::path::Path;
use std::process::Command;

use program::program;

fn guide(lang: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("docs/guide.{lang}.md"));
    fs::read_to_string(path).unwrap()
}

/// The lines of the blocks that are marked as commands to be run.
fn commands(page: &str) -> Vec<String> {
    let parts = page.split("\n```");
    let blocks = parts.filter_map(|part| part.strip_prefix("sh\n"));
    blocks.flat_map(str::lines).map(str::to_owned).collect()
}

/// A command without its language and the names of its folders.
fn plain(command: &str) -> String {
    let mut words = Vec::new();
    let mut given = command.split(' ');
    while let Some(word) = given.next() {
        match word {
            "--lang" | "--out" | "--from" => {
                given.next();
            }
            _ => words.push(word),
        }
    }
    words.join(" ")
}

#[test]
fn both_guides_have_the_same_commands_and_chapters() {
    let [zh, en] = ["zh", "en"].map(|lang| {
        let found = commands(&guide(lang));
        found
            .iter()
            .map(|command| plain(command))
            .collect::<Vec<_>>()
    });
    assert_eq!(zh, en);
    assert!(zh.len() > 6, "{}", zh.len());
    let [zh, en] = ["zh", "en"].map(|lang| guide(lang).matches("\n## ").count());
    assert_eq!(zh, en);
}

#[test]
fn every_command_runs() {
    for lang in ["zh", "en"] {
        let home = tempfile::tempdir().unwrap();
        let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
        for entry in fs::read_dir(fixtures).unwrap() {
            let from = entry.unwrap().path();
            fs::copy(&from, home.path().join(from.file_name().unwrap())).unwrap();
        }
        for command in commands(&guide(lang)) {
            let words: Vec<&str> = command.split(' ').collect();
            match words[0] {
                "living-circle" => {
                    let ended = program()
                        .args(&words[1..])
                        .current_dir(home.path())
                        .output()
                        .unwrap();
                    let said = String::from_utf8_lossy(&ended.stderr);
                    assert!(ended.status.success(), "{command}: {said}");
                    let out = words.iter().skip_while(|word| **word != "--out").nth(1);
                    assert!(
                        out.is_none_or(|out| home.path().join(out).exists()),
                        "{command}"
                    );
                }
                "osmium" => cut(&words, home.path()),
                other => panic!("{other}: a command that nothing runs"),
            }
        }
    }
}

/// Runs osmium where it is there; else the whole extract takes the place of its output.
fn cut(words: &[&str], home: &Path) {
    let ended = Command::new(words[0])
        .args(&words[1..])
        .current_dir(home)
        .status();
    if let Ok(status) = ended {
        assert!(status.success(), "{words:?}");
    } else {
        eprintln!("skipped: there is no osmium here");
        fs::copy(home.join("lakeside.osm.pbf"), home.join("city.osm.pbf")).unwrap();
    }
}

/// What the guides name is there: files of a report and columns of its tables.
#[test]
fn files_and_columns_of_the_guides_are_there() {
    let outputs =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/outputs.md")).unwrap();
    for lang in ["zh", "en"] {
        let page = guide(lang);
        for name in [
            "report.html",
            "coverage.csv",
            "gaps.csv",
            "blocks.csv",
            "reach.csv",
            "blocks.geojson",
            "facilities.geojson",
            "merged.csv",
            "left_out.csv",
            "run.json",
        ] {
            assert!(page.contains(&format!("`{name}`")), "{lang}: {name}");
            assert!(outputs.contains(&format!("`{name}`")), "{name}");
        }
    }
}
