//! The Shapefiles read back by another's reader: every cell and every coordinate.

use std::collections::BTreeMap;
use std::sync::Arc;

use living_circle::lang::Lang;
use living_circle::report::Outputs;
use serde_json::Value;
use shapefile::dbase::{FieldValue, Record};
use shapefile::{Point, PolygonRing, Shape, ShapeReader};
use tempfile::TempDir;

use super::city::{LAKESIDE, Report, outputs};
use super::gpkg;

fn shaped(outputs: Outputs) -> Outputs {
    Outputs {
        shapefile: true,
        ..outputs
    }
}

/// A field of a layer and the column that it is made of.
struct Field {
    name: String,
    column: String,
    kind: String,
    cut: usize,
}

/// What `fields.csv` says of a layer.
fn fields(report: &Report, layer: &str) -> Vec<Field> {
    let (columns, rows) = report.sheet("fields.csv");
    let told = [
        "file", "field", "column", "type", "width", "decimals", "cut",
    ];
    assert_eq!(columns, told);
    rows.into_iter()
        .filter(|row| row[0] == layer)
        .map(|row| Field {
            name: row[1].clone(),
            column: row[2].clone(),
            kind: row[3].clone(),
            cut: row[6].parse().unwrap(),
        })
        .collect()
}

/// All positions of a shape.
fn spots(shape: &Shape) -> Vec<[f64; 2]> {
    match shape {
        Shape::Point(at) => vec![[at.x, at.y]],
        Shape::Polygon(polygon) => {
            let points = polygon.rings().iter().flat_map(PolygonRing::points);
            points.map(|at| [at.x, at.y]).collect()
        }
        other => panic!("{}", other.shapetype()),
    }
}

/// Shapes and records of a layer. The index leads to the same shapes.
fn read(home: &TempDir, layer: &str) -> Vec<(Shape, Record)> {
    let path = home.path().join(format!("{layer}.shp"));
    let rows = shapefile::read(&path).unwrap();
    let mut by_index = ShapeReader::from_path(&path).unwrap();
    for (at, (shape, _)) in rows.iter().enumerate() {
        let found = by_index.read_nth_shape(at).unwrap().unwrap();
        assert_eq!(spots(&found), spots(shape), "{layer} {at}");
    }
    rows
}

/// Whether a stored value is what a table of texts has, save what was cut.
fn same(stored: &FieldValue, text: &str) -> bool {
    match stored {
        FieldValue::Character(None) | FieldValue::Numeric(None) => text.is_empty(),
        FieldValue::Character(Some(stored)) => {
            let text = text.strip_prefix('\'').unwrap_or(text);
            // A letter has at most four bytes.
            let cut = text.len() > 254 && text.starts_with(&**stored) && stored.len() > 250;
            stored == text || cut
        }
        FieldValue::Numeric(Some(number)) => text.parse() == Ok(*number),
        _ => false,
    }
}

/// Compares a record with a row, column by column.
fn compare(fields: &[Field], record: &Record, columns: &[String], row: &[String]) {
    let names: Vec<&String> = fields.iter().map(|field| &field.column).collect();
    assert_eq!(names, columns.iter().collect::<Vec<_>>());
    for (field, text) in fields.iter().zip(row) {
        let stored = record.get(&field.name).unwrap();
        assert!(same(stored, text), "{}: {stored:?} {text}", field.column);
    }
}

/// A GeoJSON property as CSV has it.
fn printed(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(flag) => u8::from(*flag).to_string(),
        number => number.to_string(),
    }
}

/// The rows of a table or a map by their id, which is their first column.
fn by_id(rows: Vec<Vec<String>>) -> BTreeMap<String, Vec<String>> {
    rows.into_iter().map(|row| (row[0].clone(), row)).collect()
}

fn facilities(report: &Report, columns: &[Field]) -> Vec<Vec<String>> {
    let map = report.map("facilities.geojson");
    let features = map["features"].as_array().unwrap();
    let row = |feature: &Value| {
        let properties = &feature["properties"];
        let cells = columns.iter().map(|field| &properties[&field.column]);
        cells.map(printed).collect()
    };
    features.iter().map(row).collect()
}

#[test]
fn every_cell_is_that_of_the_tables() {
    for (lang, frame) in [
        (Lang::En, "wgs84"),
        (Lang::Zh, "epsg:4548"),
        (Lang::Zh, "gcj02"),
    ] {
        let report = Report::of(&LAKESIDE, &shaped(outputs(lang, frame)));
        let home = report.folder();
        let (columns, rows) = report.sheet("blocks.csv");
        let mut blocks = by_id(rows);
        for layer in ["blocks", "block_points"] {
            let fields = fields(&report, layer);
            for (_, record) in read(&home, layer) {
                let FieldValue::Character(Some(id)) = record.get("block").unwrap() else {
                    panic!("no id");
                };
                let row = blocks.remove(id).unwrap();
                compare(&fields, &record, &columns, &row);
            }
        }
        assert!(blocks.is_empty());
        let (columns, rows) = report.sheet("gaps.csv");
        let found = read(&home, "gaps");
        assert_eq!(found.len(), rows.len());
        let of_gaps = fields(&report, "gaps");
        for ((_, record), row) in found.iter().zip(&rows) {
            compare(&of_gaps, record, &columns, row);
        }
        let of_facilities = fields(&report, "facilities");
        let rows = facilities(&report, &of_facilities);
        let columns: Vec<String> = of_facilities
            .iter()
            .map(|field| field.column.clone())
            .collect();
        let found = read(&home, "facilities");
        assert_eq!(found.len(), rows.len());
        for ((_, record), row) in found.iter().zip(&rows) {
            compare(&of_facilities, record, &columns, row);
        }
        let rows = by_id(rows);
        for (_, record) in read(&home, "facility_areas") {
            let FieldValue::Character(Some(id)) = record.get("facility").unwrap() else {
                panic!("no id");
            };
            compare(
                &fields(&report, "facility_areas"),
                &record,
                &columns,
                &rows[id],
            );
        }
    }
}

/// The zones are those of the GeoPackage, which are compared with `coverage.csv`.
#[test]
fn zones_are_those_of_the_package() {
    let report = Report::of(&LAKESIDE, &gpkg::packed(shaped(outputs(Lang::Zh, "wgs84"))));
    let (_file, base) = gpkg::open(&report);
    let (columns, rows) = gpkg::table(&base, "zones");
    let home = report.folder();
    let found = read(&home, "zones");
    assert_eq!(found.len(), LAKESIDE.zones.len());
    assert_eq!(found.len(), rows.len());
    let fields = fields(&report, "zones");
    for ((_, record), row) in found.iter().zip(&rows) {
        let texts: Vec<String> = row[2..].iter().map(gpkg::printed).collect();
        compare(&fields, record, &columns[2..], &texts);
    }
}

fn position(at: &Point) -> Value {
    serde_json::json!([at.x, at.y])
}

/// The rings turn the other way than in GeoJSON: outer ones clockwise. A hole follows
/// the outer ring that it is in.
fn compare_figure(shape: &Shape, geometry: &Value, about: &str) {
    let coordinates = &geometry["coordinates"];
    match shape {
        Shape::Point(at) => assert_eq!(position(at), *coordinates, "{about}"),
        Shape::Polygon(polygon) => {
            let polygons = coordinates.as_array().unwrap();
            let expected: Vec<(bool, &Value)> = polygons
                .iter()
                .flat_map(|rings| rings.as_array().unwrap().iter().enumerate())
                .map(|(at, ring)| (at == 0, ring))
                .collect();
            assert_eq!(polygon.rings().len(), expected.len(), "{about}");
            for (ring, (outer, expected)) in polygon.rings().iter().zip(expected) {
                // The reader tells them apart by their turn.
                assert_eq!(matches!(ring, PolygonRing::Outer(_)), outer, "{about}");
                let points = ring.points();
                let doubled: f64 = points
                    .windows(2)
                    .map(|pair| {
                        let [a, b] = [&pair[0], &pair[1]];
                        (b.x - a.x) * (b.y + a.y - 2.0 * points[0].y)
                    })
                    .sum();
                assert_eq!(doubled > 0.0, outer, "{about}");
                let found: Value = points.iter().rev().map(position).collect();
                assert_eq!(found, *expected, "{about}");
            }
        }
        other => panic!("{about}: {}", other.shapetype()),
    }
}

#[test]
fn every_figure_is_that_of_the_maps() {
    for frame in ["wgs84", "epsg:4548", "gcj02", "bd09"] {
        let report = Report::of(&LAKESIDE, &shaped(outputs(Lang::En, frame)));
        let home = report.folder();
        let mut compared = 0;
        for (map, id, layers) in [
            ("blocks.geojson", "block", ["blocks", "block_points"]),
            (
                "facilities.geojson",
                "facility",
                ["facility_areas", "facilities"],
            ),
        ] {
            let map = report.map(map);
            let mut geometries: BTreeMap<&str, &Value> = BTreeMap::new();
            for feature in map["features"].as_array().unwrap() {
                let id = feature["properties"][id].as_str().unwrap();
                geometries.insert(id, &feature["geometry"]);
            }
            for layer in layers {
                for (shape, record) in read(&home, layer) {
                    let FieldValue::Character(Some(id)) = record.get(id).unwrap() else {
                        panic!("no id");
                    };
                    let geometry = geometries[&**id];
                    // A place inside an area is no figure of the map.
                    let inside = layer == "facilities" && geometry["type"] != "Point";
                    if !inside {
                        compare_figure(&shape, geometry, &format!("{frame} {layer} {id}"));
                        compared += 1;
                    }
                }
            }
        }
        assert_eq!(compared, LAKESIDE.blocks.len() + LAKESIDE.facilities.len());
    }
}

#[test]
fn names_are_short_and_distinct_and_the_style_names_them() {
    let report = Report::of(&LAKESIDE, &shaped(outputs(Lang::Zh, "wgs84")));
    for layer in ["blocks", "block_points", "facilities", "gaps", "zones"] {
        let mut seen = std::collections::BTreeSet::new();
        for field in fields(&report, layer) {
            assert!(field.name.is_ascii() && (1..=10).contains(&field.name.len()));
            assert!(seen.insert(field.name.to_lowercase()), "{}", field.name);
            assert_eq!(field.cut, 0);
        }
    }
    let state = fields(&report, "blocks")
        .into_iter()
        .find(|field| field.column == "kindergarten_15min_state")
        .unwrap();
    assert_eq!(state.kind, "C");
    let style = String::from_utf8(report.0["blocks.qml"].clone()).unwrap();
    assert!(style.contains(&format!("attr=\"{}\"", state.name)) && style.contains("全部覆盖"));
    assert_eq!(report.0["blocks.cpg"], b"UTF-8");
    let again = Report::of(&LAKESIDE, &shaped(outputs(Lang::Zh, "wgs84")));
    assert!(report.0 == again.0);
}

/// What a field cannot hold is cut between letters and counted; a zero byte, which ends
/// a text, is a space.
#[test]
fn long_and_hostile_names_stay_data() {
    const HOSTILE: &str = "x'); DROP TABLE \"街\";--\u{1F3E0}";
    let mut study = LAKESIDE.clone();
    let facilities = Arc::make_mut(&mut study.facilities);
    facilities[0].name = Some("街".repeat(100));
    facilities[1].name = Some(format!("{HOSTILE}\0y"));
    let report = Report::of(&study, &shaped(outputs(Lang::Zh, "wgs84")));
    let home = report.folder();
    let rows = read(&home, "facilities");
    let name = |row: usize| match rows[row].1.get("name").unwrap() {
        FieldValue::Character(name) => name.clone().unwrap(),
        other => panic!("{other:?}"),
    };
    assert_eq!(name(0), "街".repeat(84));
    assert_eq!(name(1), format!("{HOSTILE} y"));
    let fields = fields(&report, "facilities");
    let cut = fields.iter().map(|field| (&*field.column, field.cut));
    assert!(
        cut.into_iter()
            .all(|(column, cut)| cut == usize::from(column == "name"))
    );
}
