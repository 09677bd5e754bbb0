//! A run that is repeated.

use std::fs;

use super::program::{names, program, run, text};
use super::runs::{EAST, Runs, WEST};
use super::{contents, lakeside};

#[test]
fn a_run_is_repeated_to_the_byte() {
    let home = tempfile::tempdir().unwrap();
    let [first, second] = ["a", "b"].map(|name| home.path().join(name));
    let more = ["--out", text(&first), "--lang", "zh", "--link-limit", "150"];
    let parcel = home.path().join("地块.geojson");
    let drawn = r#"{"type":"Feature","properties":{"id":"P"},"geometry":{"type":"Polygon","coordinates":
        [[[115.985,36.452],[115.988,36.452],[115.988,36.454],[115.985,36.452]]]}}"#;
    fs::write(&parcel, drawn).unwrap();
    let more = [&more[..], &["--out-frame", "gcj02", "--gpkg", "--svg"]].concat();
    let more = [&more[..], &["--parcel", text(&parcel), "--sensitivity"]].concat();
    assert_eq!(lakeside(&more).code, Some(0));
    let record = first.join("run.json");
    let ended = run(&["report", "--from", text(&record), "--out", text(&second)]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    // What is said has the language of who asks, what is written that of the record.
    assert!(
        ended.stdout.contains("have the same bytes as then"),
        "{}",
        ended.stdout
    );
    assert_eq!(ended.stdout.matches("unchanged").count(), 5);
    assert!(names(&second).contains(&"parcels.html".to_owned()));
    assert_eq!(contents(&first), contents(&second));
}

#[test]
fn what_has_changed_since_is_said() {
    let runs = Runs::new();
    runs.report("west.csv", "150.toml", "a", &[]);
    fs::write(runs.home().join("west.csv"), EAST).unwrap();
    let ended = runs.here(&["report", "--from", "a/run.json", "--out", "b"]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let line = |word: &str| {
        let mut lines = ended.stdout.lines();
        lines.find(|line| line.contains(word)).unwrap().to_owned()
    };
    assert!(line("west.csv").ends_with("changed") && !line("west.csv").ends_with("unchanged"));
    for same in ["blocks.csv", "village.osm.pbf", "150.toml"] {
        assert!(line(same).ends_with("unchanged"), "{}", line(same));
    }
    assert!(
        line("outputs:").contains("coverage.csv"),
        "{}",
        line("outputs:")
    );

    // A file that is named stands instead of that of the record.
    let named = ["--facilities", "east.csv", "--lang", "zh"];
    let arguments = [&["report", "--from", "a/run.json"][..], &named].concat();
    let ended = runs.here(&arguments);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let row = ended.stdout.lines().find(|line| line.contains("east.csv"));
    assert!(row.unwrap().ends_with("已变"));
}

/// A package of an earlier run beside the tables of a later one is told of.
#[test]
fn files_of_an_earlier_run_are_told_of() {
    let runs = Runs::new();
    runs.report("west.csv", "150.toml", "a", &["--gpkg"]);
    let same = ["report", "--from", "a/run.json", "--out", "a"];
    let again = runs.here(&same);
    assert!(!again.stderr.contains("earlier run"), "{}", again.stderr);
    let later = [
        "report",
        "village.osm.pbf",
        "--blocks",
        "blocks.csv",
        "--out",
        "a",
    ];
    let ended = runs.here(&later);
    assert!(
        ended.stderr.contains("not written again") && ended.stderr.contains("report.gpkg"),
        "{}",
        ended.stderr
    );
    let ended = runs.here(&[&later[..], &["--lang", "zh", "--gpkg"]].concat());
    assert!(!ended.stderr.contains("上次运行"), "{}", ended.stderr);
}

/// Two files of zones, each of the level that its name says, with the same ids; and once
/// more of the record.
#[test]
fn zones_come_a_file_a_level() {
    let runs = Runs::new();
    let zone = |name: &str, west: f64, east: f64| {
        format!(
            "{{\"type\":\"Feature\",\"properties\":{{\"id\":\"1\",\"name\":\"{name}\"}},\
             \"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[[[{west},36.44],\
             [{east},36.44],[{east},36.46],[{west},36.46],[{west},36.44]]]}}}}"
        )
    };
    let [town, lane] = ["柳园街道", "湖滨社区"];
    runs.village
        .file("街道.geojson", &zone(town, 115.97, 115.99));
    runs.village
        .file("社区2026.geojson", &zone(lane, 115.981, 115.99));
    let zones = ["--zones", "街道.geojson", "--zones", "社区2026.geojson"];
    let first = runs.report("west.csv", "general", "a", &zones);
    let table = fs::read_to_string(first.join("coverage.csv")).unwrap();
    let header: Vec<&str> = table.lines().next().unwrap().split(',').collect();
    let at = |name: &str| header.iter().position(|column| *column == name).unwrap();
    let mut seen = std::collections::BTreeSet::new();
    for line in table.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let wanted = cells[at("basis")] == "network" && cells[at("denominator")] == "people";
        if wanted && cells[at("zone")] == "1" {
            let cell = |name: &str| cells[at(name)].to_owned();
            seen.insert(
                ["level", "zone_name", "tier", "reported", "total"]
                    .map(cell)
                    .join(" "),
            );
        }
    }
    let told: Vec<&str> = seen.iter().map(String::as_str).collect();
    // A requirement without a tier is reported everywhere.
    let expected = [
        "community 湖滨社区  1 90.000",
        "community 湖滨社区 10 1 90.000",
        "community 湖滨社区 15 0 90.000",
        "community 湖滨社区 5 1 90.000",
        "subdistrict 柳园街道  1 100.000",
        "subdistrict 柳园街道 10 0 100.000",
        "subdistrict 柳园街道 15 1 100.000",
        "subdistrict 柳园街道 5 0 100.000",
    ];
    assert_eq!(told, expected);
    // Whichever is named first, the coarser level comes first.
    let turned = [&zones[2..], &zones[..2]].concat();
    let turned = runs.report("west.csv", "general", "turned", &turned);
    let turned = fs::read_to_string(turned.join("coverage.csv")).unwrap();
    assert_eq!(turned, table);
    let again = runs.here(&["report", "--from", "a/run.json", "--out", "b"]);
    assert!(
        again.stdout.contains("have the same bytes as then"),
        "{}",
        again.stdout
    );

    let twice = [
        "report",
        "village.osm.pbf",
        "--zones",
        "街道.geojson",
        "--zones",
        "街道.geojson",
    ];
    let ended = runs.here(&twice);
    assert_eq!(ended.code, Some(2));
    assert!(
        ended.stderr.contains("two files have the zone '1'"),
        "{}",
        ended.stderr
    );
}

#[test]
fn files_are_found_beside_the_record_or_named_as_gone() {
    let runs = Runs::new();
    let first = runs.report("west.csv", "150.toml", "a", &[]);
    let away = tempfile::tempdir().unwrap();
    let from = |more: &[&str]| {
        let record = first.join("run.json");
        let arguments = [&["report", "--from", text(&record)][..], more].concat();
        let mut command = program();
        let command = command.current_dir(away.path()).args(arguments);
        command.assert()
    };
    let gone = from(&["--out", "b"]).code(2).get_output().stderr.clone();
    let gone = String::from_utf8(gone).unwrap();
    assert!(
        gone.contains("blocks.csv is gone") && gone.contains("--blocks"),
        "{gone}"
    );
    assert!(names(away.path()).is_empty());
    for name in ["village.osm.pbf", "blocks.csv", "west.csv", "150.toml"] {
        fs::copy(runs.home().join(name), first.join(name)).unwrap();
    }
    // A file of that name that holds something else is not that file.
    fs::write(first.join("west.csv"), EAST).unwrap();
    let gone = from(&["--out", "b"]).code(2).get_output().stderr.clone();
    let gone = String::from_utf8(gone).unwrap();
    assert!(gone.contains("west.csv is gone"), "{gone}");
    fs::write(first.join("west.csv"), WEST).unwrap();
    from(&["--out", "b"]).success();
    let [then, now] = [first, away.path().join("b")].map(|of| of.join("coverage.csv"));
    assert_eq!(fs::read(then).unwrap(), fs::read(now).unwrap());
}

#[test]
fn a_record_is_not_bent_nor_overwritten_nor_guessed() {
    let runs = Runs::new();
    runs.report("west.csv", "150.toml", "a", &[]);
    let before = contents(&runs.home().join("a"));
    let refused = |arguments: &[&str], word: &str| {
        let ended = runs.here(arguments);
        assert_eq!(ended.code, Some(2), "{arguments:?}");
        assert!(ended.stderr.contains(word), "{}", ended.stderr);
    };
    for bent in [
        &["--walker", "elderly"][..],
        &["--no-trunk"],
        &["--link-limit", "100"],
        &["--standard", "general"],
    ] {
        let arguments = [&["report", "--from", "a/run.json"][..], bent].concat();
        refused(&arguments, "cannot be used with");
    }
    refused(
        &["report", "--from", "a/run.json", "--out", "a"],
        "would overwrite",
    );
    refused(&["report", "--from", "none.json"], "cannot be read");
    let record = runs.home().join("a/run.json");
    let text = fs::read_to_string(&record).unwrap();
    for (from, to, word) in [
        ("\"strict_sizes\"", "\"strictest\"", "strictest"),
        ("\"wgs84\"", "\"wgs48\"", "wgs48"),
        ("\"blocks\": [", "\"barns\": [", "barns"),
    ] {
        let other = runs.village.file("other.json", &text.replace(from, to));
        refused(&["report", "--from", &other], word);
    }
    assert_eq!(contents(&runs.home().join("a")), before);
}
