//! What GDAL, the reader of most GIS programs, finds in the GeoPackage and the Shapefiles:
//! frames, types, counts, letters.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use living_circle::lang::Lang;
use living_circle::places::Shape;
use living_circle::study::catchments;
use tempfile::TempDir;

use super::city::{LAKESIDE, Report, outputs};

/// What `ogrinfo` prints; where there is none, the test says so and is skipped.
fn ogrinfo(options: &[&str], path: &Path) -> Option<String> {
    let ended = match Command::new("ogrinfo").args(options).arg(path).output() {
        Ok(ended) => ended,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            eprintln!("skipped: there is no ogrinfo (GDAL) here");
            return None;
        }
        Err(error) => panic!("{error}"),
    };
    let told = String::from_utf8(ended.stderr).unwrap();
    assert!(ended.status.success() && told.is_empty(), "{told}");
    Some(String::from_utf8(ended.stdout).unwrap())
}

/// A layer as GDAL describes it.
#[derive(Debug)]
struct Described {
    geometry: String,
    count: usize,
    frame: String,
    /// Type of every field, in order.
    fields: Vec<(String, String)>,
}

fn described(text: &str) -> BTreeMap<String, Described> {
    let layers = text.split("Layer name: ").skip(1);
    layers
        .map(|part| {
            let after = |start: &str| {
                let line = part.lines().find_map(|line| line.strip_prefix(start));
                line.unwrap_or_default().to_owned()
            };
            let field = |line: &str| {
                let (name, kind) = line.split_once(": ")?;
                let known = ["String", "Integer", "Real"];
                let known = known.iter().any(|start| kind.starts_with(start));
                known.then(|| (name.to_owned(), kind.to_owned()))
            };
            let frame = part
                .split_once("Layer SRS WKT:\n")
                .and_then(|(_, rest)| rest.split_once("Data axis"))
                .map_or("", |(frame, _)| frame);
            let layer = Described {
                geometry: after("Geometry: "),
                count: after("Feature Count: ").parse().unwrap(),
                frame: frame.trim_end().to_owned(),
                fields: part.lines().filter_map(field).collect(),
            };
            (part.lines().next().unwrap().to_owned(), layer)
        })
        .collect()
}

/// How many rows every layer has.
fn counts(report: &Report) -> BTreeMap<&'static str, usize> {
    let areas = |map: &str| {
        let map = report.map(map);
        let features = map["features"].as_array().unwrap();
        let areas = features
            .iter()
            .filter(|feature| feature["geometry"]["type"] == "MultiPolygon");
        areas.count()
    };
    let blocks = areas("blocks.geojson");
    [
        ("blocks", blocks),
        ("block_points", LAKESIDE.blocks.len() - blocks),
        ("facilities", LAKESIDE.facilities.len()),
        ("facility_areas", areas("facilities.geojson")),
        ("zones", LAKESIDE.zones.len()),
        ("gaps", report.sheet("gaps.csv").1.len()),
        ("isochrones", catchments(&LAKESIDE).iter().flatten().count()),
        ("network", LAKESIDE.network.walks().len()),
        ("coverage", report.sheet("coverage.csv").1.len()),
    ]
    .into()
}

/// The frames and how the description of each ends, or begins.
const FRAMES: [(&str, &str); 3] = [
    ("wgs84", "ID[\"EPSG\",4326]]"),
    ("epsg:4548", "ID[\"EPSG\",4548]]"),
    ("gcj02", "ENGCRS[\"GCJ-02"),
];

fn in_frame(layer: &Described, frame: &str, mark: &str) -> bool {
    if frame == "gcj02" {
        layer.frame.starts_with(mark) && !layer.frame.contains("EPSG")
    } else {
        layer.frame.ends_with(mark)
    }
}

fn report(frame: &str) -> (Report, TempDir) {
    let mut wanted = outputs(Lang::Zh, frame);
    (wanted.gpkg, wanted.shapefile) = (true, true);
    let report = Report::of(&LAKESIDE, &wanted);
    let home = report.folder();
    (report, home)
}

#[test]
fn gdal_reads_the_package() {
    for (frame, mark) in FRAMES {
        let (report, home) = report(frame);
        let Some(text) = ogrinfo(&["-so", "-al"], &home.path().join("report.gpkg")) else {
            return;
        };
        let layers = described(&text);
        for (name, count) in counts(&report) {
            let layer = &layers[name];
            assert_eq!(layer.count, count, "{frame} {name}");
            let geometry = match name {
                "blocks" | "facility_areas" | "zones" | "isochrones" => "Multi Polygon",
                "network" => "Multi Line String",
                "coverage" => "None",
                _ => "Point",
            };
            assert_eq!(layer.geometry, geometry, "{frame} {name}");
            let known = name == "coverage" || in_frame(layer, frame, mark);
            assert!(known, "{frame} {name}: {}", layer.frame);
        }
        for (name, sheet) in [
            ("blocks", "blocks.csv"),
            ("gaps", "gaps.csv"),
            ("coverage", "coverage.csv"),
        ] {
            let fields = layers[name].fields.iter().map(|(field, _)| field);
            let columns = report.sheet(sheet).0;
            assert_eq!(
                fields.collect::<Vec<_>>(),
                columns.iter().collect::<Vec<_>>()
            );
        }
        for (name, field, kind) in [
            ("blocks", "block", "String"),
            ("blocks", "samples", "Integer64"),
            ("blocks", "kindergarten_walk_m", "Real"),
            ("blocks", "library_walk_m", "Real"),
            ("blocks", "kindergarten_15min_state", "String"),
            ("facilities", "entrances_assumed", "Integer(Boolean)"),
            ("gaps", "people_lacking", "Real"),
            ("network", "osm_way", "Integer64"),
        ] {
            let found = layers[name].fields.iter().find(|(own, _)| own == field);
            assert!(found.unwrap().1.starts_with(kind), "{name} {found:?}");
        }
    }
}

#[test]
fn gdal_reads_the_shapefiles() {
    for (frame, mark) in FRAMES {
        let (report, home) = report(frame);
        let told = report.sheet("fields.csv").1;
        for (name, count) in counts(&report) {
            if ["isochrones", "network", "coverage"].contains(&name) {
                continue;
            }
            let path = home.path().join(format!("{name}.shp"));
            let Some(text) = ogrinfo(&["-so", "-al"], &path) else {
                return;
            };
            let layers = described(&text);
            let layer = &layers[name];
            assert_eq!(layer.count, count, "{frame} {name}");
            let area = ["blocks", "facility_areas", "zones"].contains(&name);
            assert_eq!(layer.geometry, if area { "Polygon" } else { "Point" });
            assert!(in_frame(layer, frame, mark), "{name}: {}", layer.frame);
            let expected = told.iter().filter(|row| row[0] == name).map(|row| {
                let [width, decimals] = [&row[4], &row[5]];
                let kind = match (&*row[3], &**decimals) {
                    ("C", _) => "String",
                    (_, "0") => "Integer",
                    _ => "Real",
                };
                (row[1].clone(), format!("{kind} ({width}.{decimals})"))
            });
            assert_eq!(layer.fields, expected.collect::<Vec<_>>(), "{frame} {name}");
        }
    }
}

#[test]
fn gdal_reads_letters_and_nothing() {
    let (report, home) = report("wgs84");
    let path = home.path().join("blocks.shp");
    let Some(text) = ogrinfo(&["-al", "-q"], &path) else {
        return;
    };
    for block in LAKESIDE.blocks.iter() {
        if !matches!(block.shape, Shape::Area(_)) {
            continue;
        }
        let name = block.name.as_deref().unwrap();
        assert!(
            text.contains(&format!("  name (String) = {name}\n")),
            "{name}"
        );
    }
    // Libraries are not known: their distances are numbers that are not there.
    let named = |row: &Vec<String>| row[0] == "blocks" && row[2] == "library_walk_m";
    let told = report.sheet("fields.csv").1;
    let field = &told.iter().find(|row| named(row)).unwrap()[1];
    let nulls = text
        .matches(&format!("  {field} (Integer) = (null)\n"))
        .count();
    assert_eq!(nulls, text.matches("OGRFeature(blocks)").count());
}
