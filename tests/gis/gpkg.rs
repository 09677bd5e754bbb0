//! The GeoPackage read back by SQLite alone: every cell and every coordinate.

use std::collections::BTreeMap;
use std::sync::Arc;

use living_circle::lang::Lang;
use living_circle::plane::Area;
use living_circle::report::Outputs;
use living_circle::study::catchments;
use rusqlite::Connection;
use rusqlite::types::Value as Stored;
use serde_json::{Value, json};
use tempfile::NamedTempFile;

use super::city::{LAKESIDE, Report, outputs};

pub fn packed(outputs: Outputs) -> Outputs {
    Outputs {
        gpkg: true,
        ..outputs
    }
}

/// A database in a file of its own, which lasts as long as it.
pub fn open(report: &Report) -> (NamedTempFile, Connection) {
    let file = NamedTempFile::new().unwrap();
    std::fs::write(file.path(), &report.0["report.gpkg"]).unwrap();
    let base = Connection::open(file.path()).unwrap();
    (file, base)
}

/// Columns and rows of a table.
pub fn table(base: &Connection, name: &str) -> (Vec<String>, Vec<Vec<Stored>>) {
    let mut all = base
        .prepare(&format!("SELECT * FROM \"{name}\" ORDER BY fid"))
        .unwrap();
    let columns: Vec<String> = all.column_names().map(str::to_owned).collect();
    let width = columns.len();
    let rows = all
        .query_map([], |row| (0..width).map(|at| row.get(at)).collect())
        .unwrap();
    (columns, rows.map(Result::unwrap).collect())
}

/// Whether a stored value is what a table of texts has.
fn same(stored: &Stored, text: &str) -> bool {
    match stored {
        Stored::Null => text.is_empty(),
        Stored::Integer(number) => text.parse() == Ok(*number),
        Stored::Real(number) => text.parse() == Ok(*number),
        Stored::Text(stored) => stored == text || text.strip_prefix('\'') == Some(stored),
        Stored::Blob(_) => false,
    }
}

/// A stored value as CSV has it.
pub fn printed(stored: &Stored) -> String {
    match stored {
        Stored::Null => String::new(),
        Stored::Integer(number) => number.to_string(),
        Stored::Real(number) => number.to_string(),
        Stored::Text(text) => text.clone(),
        Stored::Blob(_) => panic!("a figure"),
    }
}

/// A geometry of the package as GeoJSON.
fn decoded(blob: &[u8], srs: i32) -> Value {
    assert_eq!(&blob[..3], b"GP\0");
    assert_eq!(blob[4..8], srs.to_le_bytes());
    let bounds = if blob[3] & 0b10 == 0 { 0 } else { 32 };
    let mut rest = &blob[8 + bounds..];
    let geometry = geometry(&mut rest);
    assert!(rest.is_empty());
    geometry
}

fn take<const N: usize>(rest: &mut &[u8]) -> [u8; N] {
    let (head, tail) = rest.split_at(N);
    *rest = tail;
    head.try_into().unwrap()
}

fn count(rest: &mut &[u8]) -> u32 {
    u32::from_le_bytes(take(rest))
}

fn position(rest: &mut &[u8]) -> Value {
    json!([
        f64::from_le_bytes(take(rest)),
        f64::from_le_bytes(take(rest))
    ])
}

fn positions(rest: &mut &[u8]) -> Value {
    (0..count(rest)).map(|_| position(rest)).collect()
}

fn geometry(rest: &mut &[u8]) -> Value {
    assert_eq!(take(rest), [1]);
    let (kind, coordinates): (&str, Value) = match count(rest) {
        1 => ("Point", position(rest)),
        2 => ("LineString", positions(rest)),
        3 => (
            "Polygon",
            (0..count(rest)).map(|_| positions(rest)).collect(),
        ),
        multi @ (5 | 6) => {
            let parts = (0..count(rest)).map(|_| geometry(rest)["coordinates"].take());
            let kind = if multi == 5 {
                "MultiLineString"
            } else {
                "MultiPolygon"
            };
            (kind, parts.collect())
        }
        other => panic!("type {other}"),
    };
    json!({ "type": kind, "coordinates": coordinates })
}

/// Rows of one or several layers, by their first column.
struct Layers {
    columns: Vec<String>,
    rows: BTreeMap<String, Vec<Stored>>,
}

fn layers(base: &Connection, names: &[&str]) -> Layers {
    let mut found = Layers {
        columns: Vec::new(),
        rows: BTreeMap::new(),
    };
    for name in names {
        let (columns, rows) = table(base, name);
        assert_eq!(columns[..2], ["fid", "geom"]);
        found.columns = columns;
        for row in rows {
            let Stored::Text(id) = row[2].clone() else {
                panic!("no id");
            };
            assert!(found.rows.insert(id, row).is_none());
        }
    }
    found
}

#[test]
fn every_cell_is_that_of_the_tables() {
    for (lang, frame) in [
        (Lang::En, "wgs84"),
        (Lang::Zh, "epsg:4548"),
        (Lang::En, "gcj02"),
    ] {
        let report = Report::of(&LAKESIDE, &packed(outputs(lang, frame)));
        let (_file, base) = open(&report);
        let blocks = layers(&base, &["blocks", "block_points"]);
        let (columns, rows) = report.sheet("blocks.csv");
        assert_eq!(blocks.columns[2..], columns);
        assert_eq!(blocks.rows.len(), rows.len());
        for row in &rows {
            let stored = &blocks.rows[&row[0]];
            for (at, cell) in row.iter().enumerate() {
                assert!(same(&stored[at + 2], cell), "{}: {cell}", columns[at]);
            }
        }
        for (layer, sheet, skipped) in [("gaps", "gaps.csv", 2), ("coverage", "coverage.csv", 1)] {
            let (stored_columns, stored) = table(&base, layer);
            let (columns, rows) = report.sheet(sheet);
            assert_eq!(stored_columns[skipped..], columns);
            assert_eq!(stored.len(), rows.len());
            for (stored, row) in stored.iter().zip(&rows) {
                for (at, cell) in row.iter().enumerate() {
                    assert!(same(&stored[at + skipped], cell), "{}: {cell}", columns[at]);
                }
            }
        }
        let facilities = layers(&base, &["facilities"]);
        let map = report.map("facilities.geojson");
        assert_eq!(
            facilities.rows.len(),
            map["features"].as_array().unwrap().len()
        );
        for feature in map["features"].as_array().unwrap() {
            let properties = feature["properties"].as_object().unwrap();
            let stored = &facilities.rows[properties["facility"].as_str().unwrap()];
            assert_eq!(properties.len(), facilities.columns.len() - 2);
            for (column, stored) in facilities.columns[2..].iter().zip(&stored[2..]) {
                let text = match &properties[column] {
                    Value::Null => String::new(),
                    Value::String(text) => text.clone(),
                    Value::Bool(flag) => u8::from(*flag).to_string(),
                    number => number.to_string(),
                };
                assert!(same(stored, &text), "{column}: {stored:?} {text}");
            }
        }
    }
}

#[test]
fn every_figure_is_that_of_the_maps() {
    for (frame, srs) in [
        ("wgs84", 4326),
        ("epsg:4548", 4548),
        ("gcj02", 990_002),
        ("bd09", 990_009),
    ] {
        let report = Report::of(&LAKESIDE, &packed(outputs(Lang::En, frame)));
        let (_file, base) = open(&report);
        let blocks = layers(&base, &["blocks", "block_points"]);
        let areas = layers(&base, &["facility_areas"]);
        let points = layers(&base, &["facilities"]);
        let blob = |row: &[Stored]| match &row[1] {
            Stored::Blob(blob) => decoded(blob, srs),
            other => panic!("{other:?}"),
        };
        for (name, id) in [
            ("blocks.geojson", "block"),
            ("facilities.geojson", "facility"),
        ] {
            for feature in report.map(name)["features"].as_array().unwrap() {
                let id = feature["properties"][id].as_str().unwrap();
                let geometry = &feature["geometry"];
                let area = geometry["type"] == "MultiPolygon";
                let own = match (name, area) {
                    ("blocks.geojson", _) => &blocks,
                    (_, true) => &areas,
                    (_, false) => &points,
                };
                assert_eq!(blob(&own.rows[id]), *geometry, "{frame} {name} {id}");
            }
        }
    }
}

/// The share of a zone and a requirement is that of `coverage.csv`, by the basis that is
/// prescribed.
#[test]
fn zones_have_the_shares_of_the_coverage_table() {
    let report = Report::of(&LAKESIDE, &packed(outputs(Lang::En, "wgs84")));
    let (_file, base) = open(&report);
    let (columns, rows) = table(&base, "zones");
    let at = |name: &str| columns.iter().position(|column| column == name).unwrap();
    let (names, coverage) = report.sheet("coverage.csv");
    let of = |row: &[String], name: &str| {
        row[names.iter().position(|column| column == name).unwrap()].clone()
    };
    assert_eq!(rows.len(), LAKESIDE.zones.len());
    let mut compared = 0;
    for row in coverage.iter().filter(|row| of(row, "prescribed") == "1") {
        let (level, zone) = (of(row, "level"), of(row, "zone"));
        let found = rows
            .iter()
            .find(|stored| same(&stored[at("level")], &level) && same(&stored[at("zone")], &zone));
        let Some(found) = found else {
            assert!(zone.is_empty(), "{zone}");
            continue;
        };
        let key = of(row, "requirement").replace(['-', '.'], "_");
        let denominator = of(row, "denominator");
        let share = format!("{key}_{denominator}_share");
        assert!(same(&found[at(&share)], &of(row, "share")), "{share}");
        let amount = if denominator == "land" {
            "land_m2"
        } else {
            &denominator
        };
        assert!(same(&found[at(amount)], &of(row, "total")), "{amount}");
        compared += 1;
    }
    assert_eq!(
        compared,
        rows.len() * LAKESIDE.answers.len() * (columns.len() - 5) / (LAKESIDE.answers.len() + 1)
    );
}

#[test]
fn the_package_is_what_the_standard_asks_for() {
    let report = Report::of(&LAKESIDE, &packed(outputs(Lang::Zh, "gcj02")));
    let (_file, base) = open(&report);
    let number = |sql: &str| -> i64 { base.query_row(sql, [], |row| row.get(0)).unwrap() };
    let text = |sql: &str| -> String { base.query_row(sql, [], |row| row.get(0)).unwrap() };
    assert_eq!(number("PRAGMA application_id"), 0x4750_4B47);
    assert_eq!(number("PRAGMA user_version"), 10_300);
    assert_eq!(text("PRAGMA integrity_check"), "ok");
    assert_eq!(number("SELECT count(*) FROM pragma_foreign_key_check"), 0);
    // No clock: the date of the data.
    assert_eq!(
        number("SELECT count(DISTINCT last_change) FROM gpkg_contents"),
        1
    );
    let definition = text("SELECT definition FROM gpkg_spatial_ref_sys WHERE srs_id = 990002");
    assert!(definition.starts_with("LOCAL_CS[\"GCJ-02"));
    // Every figure is found by its index.
    for layer in [
        "blocks",
        "facilities",
        "zones",
        "gaps",
        "isochrones",
        "network",
    ] {
        let rows = number(&format!("SELECT count(*) FROM \"{layer}\""));
        let indexed = number(&format!(
            "SELECT count(*) FROM \"{layer}\" JOIN \"rtree_{layer}_geom\" ON fid = id"
        ));
        assert!(rows > 0 && rows == indexed, "{layer}");
    }
    let walks = LAKESIDE.network.walks().len() as i64;
    assert_eq!(number("SELECT count(*) FROM network"), walks);
    // Catchments of all that there is data of; each is one of those that the study draws.
    let drawn = catchments(&LAKESIDE).into_iter().flatten().count();
    assert_eq!(number("SELECT count(*) FROM isochrones"), drawn as i64);
    let mut widest: BTreeMap<String, f64> = BTreeMap::new();
    for (answered, drawn) in LAKESIDE.answered().zip(catchments(&LAKESIDE)) {
        let Some(drawn) = drawn else { continue };
        let surface: f64 = Area::new(drawn).unwrap().square_metres();
        // A wider limit of the same facilities holds a narrower one.
        let known = widest
            .entry(format!("{} {}", answered.1.set, answered.1.limit))
            .or_default();
        *known = known.max(surface);
    }
    let surface = |limit: &str| {
        let clinic = LAKESIDE
            .answered()
            .find(|(asked, _)| asked.key == "clinic-15min")
            .unwrap();
        widest[&format!("{} {limit}", clinic.1.set)]
    };
    assert!(surface("5 min") > 1e5);
    assert!(surface("5 min") < surface("10 min") && surface("10 min") < surface("15 min"));
    let style = text("SELECT styleQML FROM layer_styles WHERE f_table_name = 'blocks'");
    assert!(style.contains("attr=\"kindergarten_15min_state\"") && style.contains("全部覆盖"));
    assert_eq!(
        number("SELECT count(*) FROM layer_styles WHERE useAsDefault = 1"),
        number("SELECT count(*) FROM gpkg_geometry_columns")
    );
    let again = Report::of(&LAKESIDE, &packed(outputs(Lang::Zh, "gcj02")));
    assert!(report.0["report.gpkg"] == again.0["report.gpkg"]);
}

/// Names that are SQL, XML or quotes stay names.
#[test]
fn hostile_names_stay_data() {
    const NAME: &str = "x'); DROP TABLE blocks;--\" & <b>\u{0}\u{1F3E0}";
    const LEVEL: &str = "a\"]); DROP TABLE zones; --<&>";
    let mut study = LAKESIDE.clone();
    Arc::make_mut(&mut study.blocks)[0].name = Some(NAME.to_owned());
    Arc::make_mut(&mut study.facilities)[0].name = Some(NAME.to_owned());
    for (at, zoning) in Arc::make_mut(&mut study.zonings).iter_mut().enumerate() {
        // Two levels whose columns differ by a capital only.
        zoning.level = if at == 0 {
            LEVEL.to_owned()
        } else {
            LEVEL.to_uppercase()
        };
    }
    study.standard.requirements[0].zh = NAME.to_owned();
    let report = Report::of(&study, &packed(outputs(Lang::Zh, "wgs84")));
    let (_file, base) = open(&report);
    for layer in ["blocks", "facilities"] {
        let found: i64 = base
            .query_row(
                &format!("SELECT count(*) FROM \"{layer}\" WHERE name = ?"),
                [NAME],
                |row| row.get(0),
            )
            .unwrap();
        assert_eq!(found, 1, "{layer}");
    }
    let style: String = base
        .query_row(
            "SELECT styleQML FROM layer_styles WHERE f_table_name = 'blocks'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert!(style.contains("DROP TABLE blocks;--&quot; &amp; &lt;b&gt; ") && !style.contains('\0'));
}
