//! GeoPackages as inputs.

use std::fs;
use std::path::Path;
use std::process::Command;

use proptest::prelude::*;
use rusqlite::Connection;

use super::city::{LAKESIDE, Report, outputs};
use super::gpkg::packed;
use super::program::fixture;
use living_circle::lang::{Explain as _, Lang};
use living_circle::plane::{LonLat, distance_metres};
use living_circle::table::{self, Source, Table};

fn read(path: &Path, part: &str) -> Result<Table, String> {
    let typed = format!("{}{part}", path.display());
    let source = Source::typed(typed.as_ref()).unwrap();
    let read = table::read(&source);
    read.map(|(table, _)| table)
        .map_err(|error| error.explain(Lang::En))
}

/// How many blocks of the sample city are areas.
const AREAS: usize = 248;

/// Every row by its id, with its cells by column; numbers as numbers.
fn cells(table: &Table, columns: &[String]) -> Vec<String> {
    let rows = table.rows().iter().map(|row| {
        let cells = columns.iter().map(|column| {
            let text = table.text(row, column).unwrap_or_default();
            let number = text.parse::<f64>().map(|number| number.to_string());
            match text {
                "true" => "1".to_owned(),
                "false" => "0".to_owned(),
                _ => number.unwrap_or_else(|_| text.to_owned()),
            }
        });
        let cells: Vec<String> = cells.collect();
        format!("{cells:?} {:?}", row.figure)
    });
    let mut rows: Vec<String> = rows.collect();
    rows.sort();
    rows
}

/// The layers of a report's own package are its maps.
#[test]
fn a_layer_is_the_same_table_as_the_map() {
    for frame in ["wgs84", "epsg:4548", "gcj02", "bd09", "cgcs2000"] {
        let report = Report::of(&LAKESIDE, &packed(outputs(Lang::En, frame)));
        let home = report.folder();
        let map = read(&home.path().join("blocks.geojson"), "").unwrap();
        let layer = read(&home.path().join("report.gpkg"), "#blocks").unwrap();
        assert_eq!(layer.frame(), map.frame(), "{frame}");
        assert_eq!(layer.file(), "report.gpkg#blocks");
        let columns = map.columns();
        assert!(columns.len() > 20 && map.rows().len() == 251);
        for column in columns {
            assert!(layer.columns().contains(column), "{frame}: {column}");
        }
        let points = read(&home.path().join("report.gpkg"), "#block_points").unwrap();
        let mut both = [cells(&layer, columns), cells(&points, columns)].concat();
        both.sort();
        assert!(both == cells(&map, columns), "{frame}");
    }
}

#[test]
fn what_cannot_be_read_is_told() {
    let report = Report::of(&LAKESIDE, &packed(outputs(Lang::En, "wgs84")));
    let home = report.folder();
    let path = home.path().join("report.gpkg");
    let refused = |part: &str| read(&path, part).unwrap_err();
    let several = refused("");
    assert!(
        several.contains("name the layer") && several.contains("blocks, "),
        "{several}"
    );
    assert!(refused("#block").contains("there is no 'block'"));
    assert!(refused("#coverage").contains("there is no 'coverage'"));
    assert!(
        refused("#network").contains("the geometry is a MultiLineString"),
        "{}",
        refused("#network")
    );
    assert!(refused("#blocks@epsg:4548").contains("@epsg:4548"));

    let base = Connection::open(&path).unwrap();
    let change = |statement: &str| {
        let copy = home.path().join("changed.gpkg");
        fs::remove_file(&copy).unwrap_or_default();
        base.execute("VACUUM INTO ?1", [copy.to_str().unwrap()])
            .unwrap();
        let base = Connection::open(&copy).unwrap();
        // Those of the spatial index ask for functions that SQLite alone has not.
        let triggers =
            "SELECT 'DROP TRIGGER \"' || name || '\"' FROM sqlite_schema WHERE type = 'trigger'";
        let mut triggers = base.prepare(triggers).unwrap();
        let drops = triggers.query_map([], |row| row.get(0)).unwrap();
        let drops: Vec<String> = drops.map(Result::unwrap).collect();
        drop(triggers);
        base.execute_batch(&drops.join(";")).unwrap();
        base.execute_batch(statement).unwrap();
        drop(base);
        read(&copy, "#blocks").map(|table| table.rows().len())
    };
    assert_eq!(change(""), Ok(AREAS));
    let frame = "UPDATE gpkg_spatial_ref_sys SET organization_coordsys_id = 3857, definition = \
                 'PROJCS[\"Pseudo\"]', srs_name = 'Pseudo' WHERE srs_id = 4326";
    assert!(change(frame).unwrap_err().contains("Pseudo"));
    let cut = "UPDATE blocks SET geom = substr(geom, 1, length(geom) - 3) WHERE rowid = 7";
    let cut = change(cut).unwrap_err();
    assert!(
        cut.contains('7') && cut.contains("geometry cannot be read"),
        "{cut}"
    );
    let other = change("UPDATE blocks SET geom = x'58' WHERE rowid = 1").unwrap_err();
    assert!(other.contains("geometry cannot be read"), "{other}");
    let nothing = change("UPDATE blocks SET geom = NULL WHERE rowid = 3");
    assert_eq!(nothing, Ok(AREAS));
    let view = "ALTER TABLE blocks RENAME TO hidden; CREATE VIEW blocks AS SELECT * FROM hidden";
    assert!(change(view).unwrap_err().contains("there is no 'blocks'"));
    let endless =
        "PRAGMA foreign_keys = OFF; DROP TABLE gpkg_contents; CREATE VIEW gpkg_contents AS
                   WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)
                   SELECT 'b' || x AS table_name, 'features' AS data_type FROM n";
    assert!(change(endless).unwrap_err().contains("no GeoPackage"));
    let nothing = "UPDATE gpkg_contents SET data_type = 'attributes'";
    assert!(change(nothing).unwrap_err().contains("no GeoPackage"));
    // GP, little endian, no box; a CurvePolygon.
    let curved = "UPDATE blocks SET geom = x'47500001e610000001 0a000000 00000000' WHERE rowid = 1";
    let curved = change(&curved.replace("01 0a", "010a").replace("00 00", "0000")).unwrap_err();
    assert!(curved.contains("CurvePolygon"), "{curved}");
    fs::write(home.path().join("text.gpkg"), "no database").unwrap();
    let text = read(&home.path().join("text.gpkg"), "").unwrap_err();
    assert!(text.contains("text.gpkg cannot be read"), "{text}");
    fs::write(home.path().join("report.gpkg-wal"), "x").unwrap();
    let open = refused("#blocks");
    assert!(open.contains("open in another program"), "{open}");
}

/// GDAL makes a package of the sample city's blocks, with a log as QGIS keeps one.
#[test]
fn packages_of_gdal_are_read() {
    let home = tempfile::tempdir().unwrap();
    let made = home.path().join("made.gpkg");
    let blocks = fixture("lakeside.blocks.geojson");
    let ran = Command::new("ogr2ogr")
        .args(["-f", "GPKG", "-nln", "住宅用地", "-t_srs", "EPSG:4548"])
        .args(["--config", "OGR_SQLITE_JOURNAL", "WAL"])
        .args([made.to_str().unwrap(), &blocks])
        .output();
    let Ok(output) = ran else {
        eprintln!("skipped: no ogr2ogr");
        return;
    };
    assert!(output.status.success(), "{output:?}");
    let before = fs::read_dir(home.path()).unwrap().count();
    let layer = read(&made, "").unwrap();
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), before);
    assert_eq!(layer.frame().to_string(), "epsg:4548");
    assert_eq!(read(&made, "#住宅用地").unwrap().rows(), layer.rows());
    let map = read(Path::new(&blocks), "").unwrap();
    assert_eq!(layer.rows().len(), map.rows().len());
    for (one, other) in layer.rows().iter().zip(map.rows()) {
        for column in map.columns() {
            assert_eq!(layer.text(one, column), map.text(other, column), "{column}");
        }
        let bounds = |row: &table::Row| match &row.figure {
            Some(table::Figure::Area(area)) => <[LonLat; 2]>::from(area.bounds()),
            Some(table::Figure::Point(at)) => [*at, *at],
            None => panic!("nothing is drawn"),
        };
        for (one, other) in bounds(one).into_iter().zip(bounds(other)) {
            assert!(distance_metres(one, other) < 0.03, "{one} {other}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn no_bytes_make_it_panic(flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40)) {
        let mut bytes = SMALL.clone();
        for (at, byte) in flips {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = table::parse("flipped.gpkg", &bytes);
    }
}

/// A package of one layer with one area.
static SMALL: std::sync::LazyLock<Vec<u8>> = std::sync::LazyLock::new(|| {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("small.gpkg");
    let base = Connection::open(&path).unwrap();
    base.execute_batch(
        "CREATE TABLE gpkg_spatial_ref_sys (srs_name, srs_id, organization,
             organization_coordsys_id, definition);
         INSERT INTO gpkg_spatial_ref_sys VALUES ('WGS 84', 4326, 'EPSG', 4326, 'undefined');
         CREATE TABLE gpkg_contents (table_name, data_type);
         INSERT INTO gpkg_contents VALUES ('b', 'features');
         CREATE TABLE gpkg_geometry_columns (table_name, column_name, srs_id);
         INSERT INTO gpkg_geometry_columns VALUES ('b', 'geom', 4326);
         CREATE TABLE b (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT);",
    )
    .unwrap();
    let corners: [[f64; 2]; 4] = [[116.0, 36.0], [116.1, 36.0], [116.1, 36.1], [116.0, 36.0]];
    let mut blob = b"GP\0\x01\xe6\x10\0\0\x01\x03\0\0\0\x01\0\0\0\x04\0\0\0".to_vec();
    blob.extend(
        corners
            .iter()
            .flatten()
            .flat_map(|number| number.to_le_bytes()),
    );
    base.execute("INSERT INTO b VALUES (7, ?1, '里')", [blob])
        .unwrap();
    drop(base);
    fs::read(path).unwrap()
});

#[test]
fn a_name_that_is_no_text_is_refused() {
    let mut bytes = SMALL.clone();
    let at = bytes
        .windows(9)
        .position(|part| part == b"name TEXT")
        .unwrap();
    bytes[at] = 0xff;
    let refused = table::parse("odd.gpkg", &bytes).unwrap_err();
    assert!(
        refused.to_string().contains("odd.gpkg cannot be read"),
        "{refused}"
    );
}

#[test]
fn the_key_names_a_feature_without_an_id() {
    let (table, _) = table::parse("small.gpkg", &SMALL).unwrap();
    assert_eq!(table.columns(), ["name"]);
    let [row] = table.rows() else { panic!() };
    assert_eq!(row.feature_id.as_deref(), Some("7"));
    assert_eq!(table.text(row, "name"), Some("里"));
}
