//! The files of a report, for a street whose figures are known by arithmetic.

#![allow(clippy::unwrap_used, missing_docs)]

mod documented;
mod street;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use documented::agree;
use geojson::{FeatureCollection, GeometryValue};
use living_circle::doctor::Kind;
use living_circle::frame::Frame;
use living_circle::lang::Lang;
use living_circle::report::{CARD, Format, Outputs, findings_csv, network_geojson};
use serde_json::Value;
use street::{OF_STANDARDS, SEVERAL, output, report, report_by};
use tempfile::TempDir;

/// A table as rows of named cells.
struct Sheet {
    columns: Vec<String>,
    rows: Vec<csv::StringRecord>,
}

fn sheet(home: &TempDir, name: &str) -> Sheet {
    let text = output(home, name);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    Sheet {
        columns: reader
            .headers()
            .unwrap()
            .iter()
            .map(str::to_owned)
            .collect(),
        rows: reader.records().map(Result::unwrap).collect(),
    }
}

impl Sheet {
    fn cell(&self, row: usize, column: &str) -> &str {
        let at = self.columns.iter().position(|name| name == column).unwrap();
        &self.rows[row][at]
    }

    fn find(&self, wanted: &[(&str, &str)]) -> usize {
        (0..self.rows.len())
            .find(|&row| {
                wanted
                    .iter()
                    .all(|(column, cell)| self.cell(row, column) == *cell)
            })
            .unwrap()
    }
}

fn features(home: &TempDir, name: &str) -> FeatureCollection {
    output(home, name).parse().unwrap()
}

#[test]
fn figures_are_those_of_arithmetic() {
    let (home, _) = report(Lang::En);
    let blocks = sheet(&home, "blocks.csv");
    let walks = [
        "pharmacy_walk_m",
        "pharmacy_walk_min",
        "pharmacy_best_min",
        "pharmacy_worst_min",
    ];
    // 22.6 + 225.6 s; 22.6 + 244.4 and 22.6 + 282.0 s.
    for (row, expected) in [
        ["330.0", "4.14", "4.14", "4.14"],
        ["355.0", "4.45", "4.45", "5.08"],
    ]
    .iter()
    .enumerate()
    {
        let found = walks.map(|column| blocks.cell(row, column));
        assert_eq!(found, *expected);
        assert_eq!(blocks.cell(row, "pharmacy_facility"), "node/66");
        assert_eq!(blocks.cell(row, "library_walk_m"), "");
        assert_eq!(blocks.cell(row, "library_5min_state"), "no_data");
        assert_eq!(blocks.cell(row, "edge_requirements"), "0");
    }
    let states = |row| {
        ["15min", "10min", "5min"].map(|tier| {
            blocks
                .cell(row, &format!("pharmacy_{tier}_state"))
                .to_owned()
        })
    };
    assert_eq!(states(0), ["covered"; 3]);
    assert_eq!(states(1), ["covered", "covered", "partly"]);

    let reach = sheet(&home, "reach.csv");
    let row = reach.find(&[("block", "Y"), ("requirement", "pharmacy-5min")]);
    let found = [
        "straight_limit_m",
        "network_share",
        "radius_share",
        "network_state",
        "radius_state",
        "count",
        "edge",
    ]
    .map(|column| reach.cell(row, column));
    // Of counts 0 and 1 the lower median is 0.
    assert_eq!(
        found,
        ["399", "0.500000", "1.000000", "partly", "covered", "0", "0"]
    );
}

#[test]
fn sums_are_those_of_arithmetic() {
    let (home, _) = report(Lang::En);
    let coverage = sheet(&home, "coverage.csv");
    for (level, side, denominator, [covered, total, share]) in [
        (
            "whole",
            "network",
            "land",
            ["4500.000", "7000.000", "0.642857"],
        ),
        (
            "whole",
            "network",
            "people",
            ["105.000", "110.000", "0.954545"],
        ),
        (
            "whole",
            "radius",
            "land",
            ["7000.000", "7000.000", "1.000000"],
        ),
    ] {
        let row = coverage.find(&[
            ("requirement", "pharmacy-5min"),
            ("level", level),
            ("basis", side),
            ("denominator", denominator),
        ]);
        let found = ["covered", "total", "share"].map(|column| coverage.cell(row, column));
        assert_eq!(found, [covered, total, share]);
    }
    let row = coverage.find(&[("requirement", "library-5min"), ("level", "whole")]);
    let found = ["covered", "share", "note"].map(|column| coverage.cell(row, column));
    assert_eq!(found, ["", "", "no_data"]);

    let gaps = sheet(&home, "gaps.csv");
    assert_eq!(gaps.rows.len(), 1);
    let found = [
        "requirement",
        "block",
        "block_name",
        "zone_community",
        "state",
        "people_lacking",
        "land_lacking_m2",
        "nearest_m",
    ]
    .map(|column| gaps.cell(0, column));
    assert_eq!(
        found,
        [
            "pharmacy-5min",
            "Y",
            "'+Y",
            "乙",
            "partly",
            "5.000",
            "2500.00",
            "355.0"
        ]
    );
}

/// Every cell of the table is the property of the map, number for number.
#[test]
fn maps_hold_what_the_tables_hold() {
    for lang in [Lang::En, Lang::Zh] {
        let (home, _) = report(lang);
        let blocks = sheet(&home, "blocks.csv");
        let map = features(&home, "blocks.geojson");
        assert_eq!(map.features.len(), blocks.rows.len());
        for (row, feature) in map.features.iter().enumerate() {
            let properties = feature.properties.as_ref().unwrap();
            assert_eq!(properties.len(), blocks.columns.len());
            for (column, cell) in blocks.columns.iter().zip(&blocks.rows[row]) {
                let same = match &properties[column] {
                    Value::Null => cell.is_empty(),
                    Value::Number(number) => number.as_f64() == cell.parse().ok(),
                    Value::String(text) => cell == text || cell.strip_prefix('\'') == Some(text),
                    _ => false,
                };
                assert!(same, "{column}: {cell} and {}", properties[column]);
            }
        }
    }
}

#[test]
fn maps_are_valid_and_their_rings_turn_left() {
    let (home, study) = report(Lang::En);
    let network: FeatureCollection =
        String::from_utf8(network_geojson(&study.network, Frame::Wgs84))
            .unwrap()
            .parse()
            .unwrap();
    let lines = network
        .features
        .iter()
        .map(|walk| walk.geometry.as_ref().unwrap());
    assert!(
        lines.clone().count() == 1
            && lines
                .clone()
                .all(|line| matches!(line.value, GeometryValue::LineString { .. }))
    );
    let mut areas = 0;
    for name in ["blocks.geojson", "facilities.geojson"] {
        for feature in features(&home, name).features {
            let GeometryValue::MultiPolygon { coordinates } = &feature.geometry.unwrap().value
            else {
                continue;
            };
            for ring in coordinates.iter().flatten() {
                assert_eq!(ring.first(), ring.last());
                let turned: f64 = ring
                    .windows(2)
                    .map(|pair| (pair[1][0] - pair[0][0]) * (pair[1][1] + pair[0][1]))
                    .sum();
                assert!(turned < 0.0, "clockwise");
                areas += 1;
            }
        }
    }
    assert_eq!(areas, 1);
}

#[test]
fn every_column_is_documented_and_every_documented_column_is_there() {
    let page =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/outputs.md")).unwrap();
    let (home, study) = report(Lang::En);
    for name in [
        "blocks.csv",
        "reach.csv",
        "coverage.csv",
        "gaps.csv",
        "merged.csv",
        "left_out.csv",
    ] {
        agree(&page, &format!("`{name}`"), &sheet(&home, name).columns);
    }
    let opened = Format::GatesOpenCsv.render(&study, &Outputs::plain(Lang::En));
    let opened = String::from_utf8(opened.unwrap().remove(0).content).unwrap();
    let columns = opened.lines().next().unwrap().split(',').map(str::to_owned);
    agree(&page, "`gates_open.csv`", &columns.collect::<Vec<_>>());
    let varied = Format::SensitivityCsv.render(&study, &Outputs::plain(Lang::En));
    let varied = String::from_utf8(varied.unwrap().remove(0).content).unwrap();
    let columns = varied.lines().next().unwrap().split(',').map(str::to_owned);
    agree(&page, "`sensitivity.csv`", &columns.collect::<Vec<_>>());
    let parcels = Format::ParcelsCsv.render(&study, &Outputs::plain(Lang::En));
    let parcels = String::from_utf8(parcels.unwrap().remove(0).content).unwrap();
    let columns = parcels.trim_end().split(',').map(str::to_owned);
    agree(&page, "`parcels.csv`", &columns.collect::<Vec<_>>());
    let (several, _) = report_by(Lang::En, &SEVERAL);
    for name in OF_STANDARDS {
        assert!(!home.path().join("out").join(name).exists());
        agree(&page, &format!("`{name}`"), &sheet(&several, name).columns);
    }
    let keys = |object: &serde_json::Map<String, Value>| -> Vec<String> {
        object.keys().cloned().collect()
    };
    let facilities = features(&home, "facilities.geojson");
    agree(
        &page,
        "`facilities.geojson`",
        &keys(facilities.features[0].properties.as_ref().unwrap()),
    );
    let walks: FeatureCollection = String::from_utf8(network_geojson(&study.network, Frame::Wgs84))
        .unwrap()
        .parse()
        .unwrap();
    agree(
        &page,
        "`living-circle network",
        &keys(walks.features[0].properties.as_ref().unwrap()),
    );
    let wanted = Outputs {
        shapefile: true,
        ..Outputs::plain(Lang::En)
    };
    let shapes = Format::Shapefile.render(&study, &wanted).unwrap();
    let fields = shapes.iter().find(|file| file.name == "fields.csv");
    let fields = str::from_utf8(&fields.unwrap().content).unwrap();
    let columns = fields.lines().next().unwrap().split(',').map(str::to_owned);
    agree(&page, "`*.shp`", &columns.collect::<Vec<_>>());
    let findings = String::from_utf8(findings_csv(&[], Lang::En, Frame::Wgs84)).unwrap();
    let columns: Vec<String> = findings.trim_end().split(',').map(str::to_owned).collect();
    agree(&page, "`findings.csv`", &columns);
    let kinds = Kind::ALL.map(|kind| format!("\n| {} |", kind.key()));
    assert!(kinds.iter().all(|kind| page.contains(kind)));
    let card: Value = serde_json::from_str(&output(&home, CARD)).unwrap();
    agree(&page, "`run.json`", &keys(card.as_object().unwrap()));
    let headings: BTreeSet<&str> = page
        .lines()
        .filter_map(|line| line.strip_prefix("## `")?.strip_suffix('`'))
        .filter(|heading| !heading.contains(' '))
        .collect();
    let all = Outputs {
        gates_open: true,
        sensitivity: true,
        parcels: true,
        ..Outputs::plain(Lang::En)
    };
    let names = all.file_names();
    assert_eq!(headings, names.into_iter().collect());
    let kinds = living_circle::profile::WalkKind::ALL.map(|kind| format!("`{}`", kind.key()));
    assert!(kinds.iter().all(|kind| page.contains(kind)));
}

fn head(text: &str) -> String {
    text.split_inclusive('\n').take(3).collect()
}

#[test]
fn files_look_as_they_did() {
    let (home, _) = report(Lang::En);
    let (several, _) = report_by(Lang::En, &SEVERAL);
    for name in Outputs::plain(Lang::En).file_names() {
        // The page and the workbook have tests of their own.
        if ![CARD, "report.html", "coverage.xlsx"].contains(&name) {
            let own = !OF_STANDARDS.contains(&name);
            let shown = output(if own { &home } else { &several }, name);
            insta::assert_snapshot!(name, head(&shown));
        }
    }
    let mut card: Value = serde_json::from_str(&output(&home, CARD)).unwrap();
    for output in card["outputs"].as_array_mut().unwrap() {
        output["sha256"] = "…".into();
        if ["report.html", "coverage.xlsx"]
            .map(Into::into)
            .contains(&output["name"])
        {
            output["bytes"] = "…".into();
        }
    }
    card["calibre"]["categories_sha256"] = "…".into();
    // They are named as they were typed: in a folder that is new every time.
    for typed in card["asked"]["files"].as_object_mut().unwrap().values_mut() {
        let name = typed[0].as_str().unwrap().rsplit('/').next().unwrap();
        typed[0] = name.into();
    }
    card["requirements"].as_array_mut().unwrap().truncate(1);
    insta::assert_snapshot!(CARD, format!("{card:#}"));
}
