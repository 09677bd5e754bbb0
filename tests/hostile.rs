//! Bad and hostile input: refused with place and remedy, or kept as text.

#![allow(clippy::unwrap_used, missing_docs)]

mod program;

use std::collections::BTreeSet;
use std::fs;

use calamine::{Reader as _, Xlsx, open_workbook};
use program::{TABLES, Village, fixture, names, run, text};
use serde_json::Value;
use unicode_width::UnicodeWidthStr as _;

/// What is wrong is told with its place and the remedy, and nothing is left behind.
fn refused(village: &Village, arguments: &[&str], english: &[&str], chinese: &str) {
    let out = village.home.path().join("out/deep");
    let before = names(village.home.path());
    for lang in ["en", "zh"] {
        let mut all = vec!["--lang", lang];
        all.extend(arguments);
        all.extend(["--out", text(&out)]);
        let ended = run(&all);
        assert_eq!(
            (ended.code, ended.stdout.as_str()),
            (Some(2), ""),
            "{arguments:?}"
        );
        if lang == "en" {
            assert!(ended.stderr.starts_with("error: "), "{}", ended.stderr);
            for part in english {
                assert!(ended.stderr.contains(part), "{part}: {}", ended.stderr);
            }
        } else {
            assert!(
                ended.stderr.contains(chinese),
                "{chinese}: {}",
                ended.stderr
            );
        }
        assert!(!ended.stderr.contains("panicked"), "{}", ended.stderr);
        assert_eq!(names(village.home.path()), before, "{arguments:?}");
    }
}

#[test]
fn bad_extracts_are_refused() {
    let village = Village::new();
    let whole = fs::read(fixture("lakeside.osm.pbf")).unwrap();
    let cut = village.home.path().join("cut.osm.pbf");
    fs::write(&cut, &whole[..whole.len() / 2]).unwrap();
    let none = village.file("none.osm.pbf", "");
    let prose = village.file(
        "prose.osm.pbf",
        "This is no extract, but a text of some length.",
    );
    refused(
        &village,
        &["report", "nowhere.osm.pbf"],
        &["nowhere.osm.pbf", "check"],
        "请检查",
    );
    refused(
        &village,
        &["report", text(&cut)],
        &["cut.osm.pbf", "byte"],
        "字节",
    );
    refused(
        &village,
        &["report", &none],
        &["none.osm.pbf"],
        "none.osm.pbf",
    );
    refused(
        &village,
        &["report", &prose],
        &["prose.osm.pbf", "byte 0"],
        "第 0 字节",
    );
    refused(
        &village,
        &["network", &prose],
        &["prose.osm.pbf", "byte 0"],
        "第 0 字节",
    );
}

#[test]
fn bad_tables_are_refused() {
    let village = Village::new();
    let extract = text(&village.extract);
    let cases: [(&str, &str, &str, &[&str], &str); 8] = [
        (
            "--blocks",
            "cell.csv",
            "id,lon,lat,population\nX,115.98,36.45,many\n",
            &["cell.csv, line 2, column population", "'many'", "write"],
            "第 2 行",
        ),
        (
            "--blocks",
            "swapped.csv",
            "id,lon,lat\nX,36.45,115.98\n",
            &["swapped.csv, line 2", "longitude comes first"],
            "经度在前",
        ),
        (
            "--blocks",
            "twice.csv",
            "id,lon,lat\nX,115.98,36.45\nX,115.99,36.45\n",
            &["twice.csv, line 2", "line 3", "'X'", "its own"],
            "每行的 id 必须不同",
        ),
        (
            "--blocks",
            "less.csv",
            "name,lon,lat\nX,115.98,36.45\n",
            &["less.csv, line 2", "column id"],
            "没有 id",
        ),
        (
            "--facilities",
            "less.csv",
            "id,lon,lat\nX,115.98,36.45\n",
            &["less.csv", "'category'"],
            "“category”",
        ),
        (
            "--blocks",
            "sheet.xls",
            "PK",
            &["sheet.xls", ".csv", ".geojson"],
            ".geojson",
        ),
        (
            "--zones",
            "point.geojson",
            r#"{"type":"Feature","properties":{"id":"Z"},"geometry":{"type":"Point","coordinates":[115.98,36.45]}}"#,
            &["point.geojson, feature 1", "Polygon"],
            "多边形",
        ),
        (
            "--boundary",
            "no.geojson",
            "{\"type\":",
            &["no.geojson", "line 1"],
            "JSON",
        ),
    ];
    for (option, name, content, english, chinese) in cases {
        let path = village.file(name, content);
        refused(
            &village,
            &["report", extract, option, &path],
            english,
            chinese,
        );
    }
    let missing = ["report", extract, "--zones", "nowhere.geojson"];
    refused(&village, &missing, &["nowhere.geojson", "check"], "请检查");
}

#[test]
fn bad_questions_are_refused() {
    let village = Village::new();
    let extract = text(&village.extract);
    let walker = ["report", extract, "--walker", "cat"];
    refused(&village, &walker, &["cat", "elderly"], "elderly");
    for (option, value, remedy) in [
        ("--within", "5h", "10min"),
        ("--within", "5min,-3m", "-3m"),
        ("--link-limit", "0", "between 1 and 10000"),
        ("--sample-spacing", "NaN", "between 10 and 1000"),
        ("--threads", "0", "1.."),
        ("--facilities-from", "map", "choose table, osm or both"),
        ("--lang", "de", "choose zh or en"),
        ("--colour", "red", "--colour"),
    ] {
        let ended = run(&["report", extract, option, value]);
        assert_eq!(
            (ended.code, ended.stdout.as_str()),
            (Some(2), ""),
            "{option}"
        );
        assert!(ended.stderr.contains(remedy), "{option}: {}", ended.stderr);
    }
    assert_eq!(run(&[]).code, Some(2));
    assert_eq!(run(&["isochrone"]).code, Some(2));
}

#[test]
fn a_folder_that_cannot_be_written_is_told_at_once() {
    let village = Village::new();
    let in_the_way = village.file("file", "mine");
    let below = format!("{in_the_way}/out");
    let before = names(village.home.path());
    for (out, remedy) in [
        (&in_the_way, "cannot be written"),
        (&below, "check that the folder"),
    ] {
        let ended = run(&["report", text(&village.extract), "--out", out]);
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""));
        assert!(
            ended.stderr.contains(out.as_str()) && ended.stderr.contains(remedy),
            "{}",
            ended.stderr
        );
    }
    for out in [&below, &in_the_way] {
        let ended = run(&["network", text(&village.extract), "--out", out]);
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""));
        assert!(
            ended.stderr.contains("cannot be written"),
            "{}",
            ended.stderr
        );
    }
    // A folder stands where a file should appear: none of the others stays.
    let taken = village.home.path().join("taken");
    fs::create_dir_all(taken.join("gaps.csv/full")).unwrap();
    let (extract, blocks) = (text(&village.extract), village.blocks());
    let ended = run(&[
        "report",
        extract,
        "--blocks",
        &blocks,
        "--out",
        text(&taken),
    ]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.stderr.contains("gaps.csv"), "{}", ended.stderr);
    assert_eq!(names(&taken), ["gaps.csv"]);
    fs::remove_dir_all(&taken).unwrap();
    fs::remove_file(&blocks).unwrap();
    assert_eq!(names(village.home.path()), before);
}

/// Names that would be a formula, markup or a command to the terminal.
const HOSTILE: [&str; 7] = [
    "=HYPERLINK(\"http://x\",\"y\")",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\u{1b}[31mred\u{7}\u{1b}]0;title\u{7}",
    "</script><script>alert(1)</script>",
    "\u{202e}txt.exe\u{9b}2J",
];

#[test]
fn names_stay_text() {
    let village = Village::new();
    let mut blocks = csv::Writer::from_writer(Vec::new());
    let mut facilities = csv::Writer::from_writer(Vec::new());
    blocks
        .write_record(["id", "name", "lon", "lat", "population"])
        .unwrap();
    facilities
        .write_record(["id", "name", "category", "lon", "lat"])
        .unwrap();
    for (number, name) in HOSTILE.iter().enumerate() {
        let people = (10 + number).to_string();
        // Far from the street: every block lacks everything.
        let id = format!("{name}{number}");
        blocks
            .write_record([id.as_str(), name, "115.9", "36.4", people.as_str()])
            .unwrap();
        facilities
            .write_record([id.as_str(), name, "clinic;kindergarten", "115.98", "36.45"])
            .unwrap();
    }
    let blocks = String::from_utf8(blocks.into_inner().unwrap()).unwrap();
    let facilities = String::from_utf8(facilities.into_inner().unwrap()).unwrap();
    let (blocks, facilities) = (
        village.file("b.csv", &blocks),
        village.file("f.csv", &facilities),
    );
    let out = village.home.path().join("out");
    let ended = run(&[
        "report",
        text(&village.extract),
        "--blocks",
        &blocks,
        "--facilities",
        &facilities,
        "--out",
        text(&out),
    ]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let steers = |c: char| c != '\n' && (c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c));
    assert!(ended.stdout.contains("txt.exe"), "{}", ended.stdout);
    for shown in [&ended.stdout, &ended.stderr] {
        assert!(!shown.contains(steers), "{shown:?}");
        assert!(shown.lines().all(|line| line.width() <= 200));
    }
    for name in TABLES {
        let mut table = csv::Reader::from_path(out.join(name)).unwrap();
        for cell in table
            .records()
            .flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
        {
            let formula =
                cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
            assert!(!formula, "{name}: {cell}");
        }
    }
    let mut book: Xlsx<_> = open_workbook(out.join("coverage.xlsx")).unwrap();
    for sheet in book.sheet_names() {
        assert!(
            book.worksheet_formula(&sheet).unwrap().is_empty(),
            "{sheet}"
        );
    }
    let map: Value =
        serde_json::from_slice(&fs::read(out.join("blocks.geojson")).unwrap()).unwrap();
    let found: BTreeSet<&str> = map["features"]
        .as_array()
        .unwrap()
        .iter()
        .map(|feature| feature["properties"]["name"].as_str().unwrap())
        .collect();
    assert_eq!(found, BTreeSet::from(HOSTILE));
}

#[test]
fn errors_do_not_steer_the_terminal() {
    let village = Village::new();
    let bad = "id,lon,lat,population\nX,115.98,36.45,\u{1b}[31mmany\u{7}\n";
    let blocks = village.file("bad.csv", bad);
    let ended = run(&["report", text(&village.extract), "--blocks", &blocks]);
    assert_eq!(ended.code, Some(2));
    assert!(
        ended.stderr.contains("many") && !ended.stderr.trim_end().contains(char::is_control),
        "{:?}",
        ended.stderr
    );
}
