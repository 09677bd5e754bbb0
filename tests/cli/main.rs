//! The program as it is typed: what it prints, what it leaves behind, how it ends.

#![allow(clippy::unwrap_used, missing_docs)]

mod bench;
mod compare;
#[path = "../documented/mod.rs"]
mod documented;
mod exported;
mod generate;
#[path = "../program/mod.rs"]
mod program;
mod record;
mod runs;
mod scenario;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Stdio;

use program::{Ended, FILES, TABLES, Village, fixture, names, program, run, text};
use serde_json::Value;
use sha2::{Digest, Sha256};
use unicode_width::UnicodeWidthStr as _;

fn lakeside(more: &[&str]) -> Ended {
    let named = [
        "osm.pbf",
        "blocks.geojson",
        "facilities.csv",
        "zones.geojson",
    ];
    let [extract, blocks, facilities, zones] = named.map(|end| fixture(&format!("lakeside.{end}")));
    let mut arguments = vec!["report", &extract, "--blocks", &blocks];
    arguments.extend(["--facilities", &facilities, "--zones", &zones]);
    arguments.extend(more);
    run(&arguments)
}

fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    names(folder)
        .into_iter()
        .map(|name| (name.clone(), fs::read(folder.join(name)).unwrap()))
        .collect()
}

#[test]
fn the_sample_city_fits_the_terminal_in_both_languages() {
    for (lang, note) in [("en", "note: "), ("zh", "注意：")] {
        let ended = lakeside(&["--lang", lang]);
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
        for line in ended.stdout.lines() {
            assert!(line.width() <= 80, "{} columns: {line}", line.width());
        }
        // No bars, no colours: notes and nothing else.
        assert!(!ended.stdout.contains('\u{1b}'));
        assert!(ended.stderr.lines().count() > 0);
        for line in ended.stderr.lines() {
            assert!(line.starts_with(note), "{line}");
        }
    }
    let ended = run(&["network", &fixture("lakeside.osm.pbf"), "--lang", "zh"]);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    assert!(ended.stdout.lines().all(|line| line.width() <= 80));
}

#[test]
fn the_language_is_that_of_the_system_unless_asked() {
    let said = |variable: &str, locale: &str, more: &[&str]| {
        let output = program()
            .env(variable, locale)
            .args(["network", &fixture("lakeside.osm.pbf")])
            .args(more)
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(said("LANG", "zh_CN.UTF-8", &[]).contains("步行网络"));
    assert!(said("LC_ALL", "de_DE.UTF-8", &[]).contains("walk network"));
    assert!(said("LANG", "zh_CN.UTF-8", &["--lang=en"]).contains("walk network"));
}

/// The shares on the screen are those of `coverage.csv`, and of every block and
/// service only the widest limit that is missed is shown.
#[test]
fn the_screen_says_what_the_files_say() {
    let home = tempfile::tempdir().unwrap();
    let ended = lakeside(&["--out", text(home.path())]);
    let mut coverage = csv::Reader::from_path(home.path().join("coverage.csv")).unwrap();
    let found = coverage.records().map(Result::unwrap).find(|row| {
        row[1] == *"clinic-15min"
            && row[9] == *"whole"
            && row[12] == *"network"
            && row[15] == *"people"
    });
    let share: f64 = found.unwrap()[19].parse().unwrap();
    let people = ended.stdout.split("Share of people").nth(1).unwrap();
    let clinic = people
        .lines()
        .find(|line| line.starts_with(" clinic"))
        .unwrap();
    assert!(
        clinic.contains(&format!(" {:.0} (", share * 100.0)),
        "{share}: {clinic}"
    );

    let mut gaps = csv::Reader::from_path(home.path().join("gaps.csv")).unwrap();
    let rows: Vec<csv::StringRecord> = gaps.records().map(Result::unwrap).collect();
    let shown = ended.stdout.split("gaps, the largest").nth(1).unwrap();
    assert!(ended.stdout.contains(&format!("\n{} gaps,", rows.len())));
    let minutes =
        |row: &csv::StringRecord| -> u32 { row[4].strip_suffix(" min").unwrap().parse().unwrap() };
    // By hand from the file: a row stays where no row of its block and service
    // has a wider limit.
    let widest = rows
        .iter()
        .filter(|row| row[4].ends_with("min"))
        .filter(|row| {
            let wider = |other: &&csv::StringRecord| {
                other[5] == row[5]
                    && other[3] == row[3]
                    && other[4].ends_with("min")
                    && minutes(other) > minutes(row)
            };
            !rows.iter().any(|other| wider(&other))
        });
    let expected: Vec<(String, String)> = widest
        .take(5)
        .map(|row| (row[4].to_owned(), row[6].to_owned()))
        .collect();
    let lines: Vec<&str> = shown.lines().skip(3).take(5).collect();
    assert_eq!((expected.len(), lines.len()), (5, 5));
    for ((limit, block), line) in expected.iter().zip(lines) {
        assert!(
            line.contains(limit) && line.contains(block),
            "{line}: {limit} {block}"
        );
    }
}

#[test]
fn files_are_whole_and_named_with_their_hash() {
    let home = tempfile::tempdir().unwrap();
    let out = home.path().join("deep/er");
    let ended = lakeside(&["--out", text(&out)]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert_eq!(names(&out), FILES);
    let card: Value = serde_json::from_slice(&fs::read(out.join("run.json")).unwrap()).unwrap();
    let outputs = card["outputs"].as_array().unwrap();
    assert_eq!(outputs.len(), FILES.len() - 1);
    for output in outputs {
        let bytes = fs::read(out.join(output["name"].as_str().unwrap())).unwrap();
        assert_eq!(output["sha256"], hex(&bytes));
        assert_eq!(output["bytes"], bytes.len());
    }
    for input in card["inputs"].as_array().unwrap() {
        let bytes = fs::read(fixture(input["name"].as_str().unwrap())).unwrap();
        assert_eq!(input["sha256"], hex(&bytes));
    }
    // A second run replaces them by the same bytes and leaves others alone.
    let first = contents(&out);
    fs::write(out.join("mine.txt"), "mine").unwrap();
    assert_eq!(lakeside(&["--out", text(&out)]).code, Some(0));
    let mut second = contents(&out);
    assert_eq!(second.remove("mine.txt").unwrap(), b"mine");
    assert!(first == second);
}

fn hex(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

#[test]
fn chinese_tables_open_in_a_spreadsheet() {
    let home = tempfile::tempdir().unwrap();
    assert_eq!(
        lakeside(&["--lang", "zh", "--out", text(home.path())]).code,
        Some(0)
    );
    for name in TABLES {
        let bytes = fs::read(home.path().join(name)).unwrap();
        let table = std::str::from_utf8(&bytes).unwrap();
        assert!(table.starts_with('\u{feff}'), "{name}");
        let lines = table.matches('\n').count();
        // Nothing of the sample city is there twice, and nothing is left out.
        let rows = usize::from(!["left_out.csv", "merged.csv"].contains(&name));
        assert!(
            lines > rows && lines == table.matches("\r\n").count(),
            "{name}"
        );
    }
    let english = tempfile::tempdir().unwrap();
    assert_eq!(lakeside(&["--out", text(english.path())]).code, Some(0));
    let table = fs::read_to_string(english.path().join("blocks.csv")).unwrap();
    assert!(table.starts_with("block,") && !table.contains('\r'));
}

#[test]
fn threads_change_no_byte() {
    let outputs = ["1", "2", "7"].map(|threads| {
        let home = tempfile::tempdir().unwrap();
        let ended = lakeside(&["--threads", threads, "--out", text(home.path())]);
        assert_eq!(ended.code, Some(0));
        (ended.stdout, ended.stderr, contents(home.path()))
    });
    assert!(outputs[0] == outputs[1] && outputs[1] == outputs[2]);
}

/// An estate of 36 ha in four pieces, and whole.
#[test]
fn blocks_are_cut_unless_told_otherwise() {
    let map = "
        A--B--C
        |  |  |
        |  |  |
        W--X--E
        |  |  |
        |  |  |
        D--S--F
    ";
    let town = living_circle::synth::Town::new(map)
        .area("ABCEFSDW", "landuse=residential")
        .way("BXS", "highway=residential")
        .way("WXE", "highway=residential");
    let home = tempfile::tempdir().unwrap();
    let here = |name: &str| home.path().join(name).to_str().unwrap().to_owned();
    fs::write(here("town.osm.pbf"), town.drawing().to_pbf().unwrap()).unwrap();
    let kinds = |more: &[&str]| -> Vec<String> {
        let (city, out) = (here("town.osm.pbf"), here("out"));
        let ended = run(&[&["report", &city, "--out", &out][..], more].concat());
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
        let table = fs::read_to_string(home.path().join("out/blocks.csv")).unwrap();
        let rows = table.lines().skip(1);
        rows.map(|row| row.split(',').nth(2).unwrap().to_owned())
            .collect()
    };
    assert_eq!(kinds(&[]), ["piece"; 4]);
    assert_eq!(kinds(&["--block-size", "35"]), ["piece"; 4]);
    assert_eq!(kinds(&["--block-size", "37"]), ["area"]);
    assert_eq!(kinds(&["--no-cut"]), ["area"]);
    let card = fs::read_to_string(home.path().join("out/run.json")).unwrap();
    assert!(card.contains("\"areas_cut_above_ha\": null"));
    let city = here("town.osm.pbf");
    for wrong in [
        &["--no-cut", "--block-size", "5"][..],
        &["--block-size", "0"],
    ] {
        let ended = run(&[&["report", &city][..], wrong].concat());
        assert_eq!(ended.code, Some(2), "{wrong:?}");
    }
}

#[test]
fn a_closed_pipe_is_success() {
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_living-circle"))
        .args(["network", &fixture("lakeside.osm.pbf")])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty());
}

#[test]
fn the_walks_of_a_network_and_its_findings_are_written() {
    let village = Village::new();
    let out = village.home.path().join("network");
    let ended = run(&["network", text(&village.extract), "--out", text(&out)]);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    let layer = |name: &str| -> Value {
        serde_json::from_slice(&fs::read(out.join(name)).unwrap()).unwrap()
    };
    let map = layer("walks.geojson");
    let walks = map["features"].as_array().unwrap();
    assert_eq!(walks.len(), 1);
    // The street is an island of 400 m, for want of a city.
    let islands = layer("islands.geojson");
    let island = &islands["features"][0]["properties"];
    assert_eq!(
        (&island["osm"], &island["kind"]),
        (&"way/1".into(), &"islands".into())
    );
    let table = fs::read_to_string(out.join("findings.csv")).unwrap();
    assert_eq!(table.lines().count(), 2, "{table}");
    assert!(ended.stdout.contains("joined to nothing larger") && ended.stdout.contains("way/1"));
    assert_eq!(program::names(&out).len(), 10);
    assert!(
        layer("near_misses.geojson")["features"]
            .as_array()
            .unwrap()
            .is_empty()
    );
    let length = walks[0]["properties"]["length_m"].as_f64().unwrap();
    assert!((length - 400.0).abs() < 0.03, "{length}");
}

#[test]
fn limits_and_walkers_are_those_that_were_asked() {
    let village = Village::new();
    let blocks = village.blocks();
    let out = village.home.path().join("out");
    let arguments = [
        "report",
        text(&village.extract),
        "--blocks",
        &blocks,
        "--within",
        "300m,7min",
        "--walker",
        "elderly",
        "--out",
        text(&out),
    ];
    let ended = run(&arguments);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert!(ended.stdout.contains("300 m") && ended.stdout.contains("7 min"));
    assert!(ended.stdout.contains("1 block,") && !ended.stdout.contains("1 blocks"));
    let card: Value = serde_json::from_slice(&fs::read(out.join("run.json")).unwrap()).unwrap();
    // 7 min at 1.0 m/s.
    assert_eq!(card["walkers"][0]["key"], "elderly");
    assert_eq!(card["walkers"][0]["metres_in_limits"][0]["metres"], 420.0);
}

/// A variant is the report that could be typed, number for number.
#[test]
fn sensitivity_is_the_report_with_one_setting_changed() {
    let rows = |extra: &[&str], name: &str| -> Vec<BTreeMap<String, String>> {
        let home = tempfile::tempdir().unwrap();
        let ended = lakeside(&[extra, &["--out", text(home.path())]].concat());
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
        let mut table = csv::Reader::from_path(home.path().join(name)).unwrap();
        table.deserialize().map(Result::unwrap).collect()
    };
    let varied = rows(&["--sensitivity"], "sensitivity.csv");
    let keys = [
        "requirement",
        "basis",
        "denominator",
        "unit",
        "covered",
        "total",
        "share",
    ];
    let figures = |row: &BTreeMap<String, String>| keys.map(|key| row[key].clone());
    let mut moved = 0;
    for (variant, typed) in [
        ("link_limit_minus_50", ["--link-limit", "100"]),
        ("link_limit_plus_50", ["--link-limit", "300"]),
        ("sample_spacing_half", ["--sample-spacing", "25"]),
        ("sample_spacing_double", ["--sample-spacing", "100"]),
    ] {
        let found = varied.iter().filter(|row| row["variant"] == variant);
        let found: BTreeSet<_> = found.map(figures).collect();
        let whole = rows(&typed, "coverage.csv").into_iter().filter(|row| {
            row["level"] == "whole"
                && row["note"].is_empty()
                && ["land", "people"].contains(&&*row["denominator"])
        });
        let whole: BTreeSet<_> = whole.map(|row| figures(&row)).collect();
        assert!(found == whole && found.len() > 40, "{variant}");
        let points = varied.iter().filter(|row| row["variant"] == variant);
        moved += usize::from(
            points
                .clone()
                .any(|row| row["difference_points"] != "0.0000"),
        );
    }
    assert!(moved >= 2);
    let refused = lakeside(&["--sensitivity"]);
    assert_eq!(refused.code, Some(2));
    assert!(refused.stderr.contains("--out"), "{}", refused.stderr);
}
