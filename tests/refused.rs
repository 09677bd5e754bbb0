//! Inputs that are kept from harm, and odd ones that are told.

#![allow(clippy::unwrap_used, missing_docs)]

mod program;

use std::fs;

use program::{Village, run, text};

/// A folder that holds the tables under the names of the outputs keeps them.
#[test]
fn no_input_is_overwritten() {
    let home = tempfile::tempdir().unwrap();
    let here = |name: &str| home.path().join(name).to_str().unwrap().to_owned();
    let table = "id,lon,lat,area_m2\nB1,115.98,36.45,100\n";
    fs::write(here("blocks.csv"), table).unwrap();
    fs::copy(program::fixture("lakeside.osm.pbf"), here("c.osm.pbf")).unwrap();
    let extract = fs::read(here("c.osm.pbf")).unwrap();
    let (city, blocks, out) = (here("c.osm.pbf"), here("blocks.csv"), here("./."));
    for arguments in [
        vec!["report", &*city, "--blocks", &*blocks, "--out", &*out],
        vec!["network", &*city, "--out", &*city],
    ] {
        let ended = run(&arguments);
        assert_eq!(ended.code, Some(2), "{}", ended.stderr);
        assert!(
            ended.stderr.contains("would overwrite this input"),
            "{}",
            ended.stderr
        );
    }
    assert_eq!(fs::read_to_string(here("blocks.csv")).unwrap(), table);
    assert_eq!(fs::read(here("c.osm.pbf")).unwrap(), extract);
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 2);
}

/// Where nothing can be measured, nothing is written.
#[test]
fn a_study_without_blocks_is_refused() {
    let home = tempfile::tempdir().unwrap();
    let here = |name: &str| home.path().join(name).to_str().unwrap().to_owned();
    let far = r#"{"type":"Feature","properties":{},"geometry":{"type":"Polygon",
        "coordinates":[[[1,1],[1.1,1],[1.1,1.1],[1,1.1],[1,1]]]}}"#;
    fs::write(here("far.geojson"), far).unwrap();
    let city = program::fixture("lakeside.osm.pbf");
    let blocks = program::fixture("lakeside.blocks.geojson");
    let (boundary, out) = (here("far.geojson"), here("out"));
    let ended = run(&[
        "report",
        &city,
        "--blocks",
        &blocks,
        "--boundary",
        &boundary,
        "--out",
        &out,
    ]);
    assert_eq!(ended.code, Some(2));
    assert!(
        ended.stderr.contains("no block lies in the study area"),
        "{}",
        ended.stderr
    );
    assert!(!home.path().join("out").exists());
}

/// A polygon as large as a country, and one that crosses itself, are counted; a
/// level of zones that would be taken for the study area is refused.
#[test]
fn odd_polygons_are_told() {
    let home = tempfile::tempdir().unwrap();
    let here = |name: &str| home.path().join(name).to_str().unwrap().to_owned();
    let feature = |id: &str, ring: &str| {
        format!(
            r#"{{"type":"Feature","properties":{{"id":"{id}","level":"whole"}},
            "geometry":{{"type":"Polygon","coordinates":[[{ring}]]}}}}"#
        )
    };
    let huge = feature("huge", "[115,36],[117,36],[117,37],[115,37],[115,36]");
    let bow = feature(
        "bow",
        "[115.98,36.45],[115.99,36.46],[115.99,36.45],[115.98,36.459],[115.98,36.45]",
    );
    let file = format!(r#"{{"type":"FeatureCollection","features":[{huge},{bow}]}}"#);
    fs::write(here("blocks.geojson"), file).unwrap();
    let city = program::fixture("lakeside.osm.pbf");
    let blocks = here("blocks.geojson");
    let ended = run(&["report", &city, "--blocks", &blocks]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert!(
        ended.stderr.contains("1 × blocks of more than 100 km²"),
        "{}",
        ended.stderr
    );
    assert!(
        ended.stderr.contains("1 × polygons that cross themselves"),
        "{}",
        ended.stderr
    );
    let ended = run(&["report", &city, "--zones", &blocks]);
    assert_eq!(ended.code, Some(2));
    assert!(
        ended.stderr.contains("stands for the study area"),
        "{}",
        ended.stderr
    );
}

/// What is wrong with a raster of people is told before the extract is read.
#[test]
fn rasters_of_people_that_cannot_be_used_are_refused() {
    let home = tempfile::tempdir().unwrap();
    let here = |name: &str| home.path().join(name).to_str().unwrap().to_owned();
    let grid = |name: &str, corner: &str, cells: &str| {
        let text = format!("ncols 2\nnrows 1\n{corner}\ncellsize 0.01\n{cells}\n");
        fs::write(here(name), text).unwrap();
    };
    let lakeside = "xllcorner 115.97\nyllcorner 36.45";
    grid("nowhere.asc", "", "1 2");
    grid("far.asc", "xllcorner 1\nyllcorner 1", "1 2");
    grid("metres.asc", "xllcorner 410000\nyllcorner 4040000", "1 2");
    grid("short.asc", lakeside, "1");
    grid("long.asc", lakeside, "1 2 3\n");
    fs::write(here("bands.tif"), RGB).unwrap();
    let city = program::fixture("lakeside.osm.pbf");
    for (raster, more, told) in [
        ("nowhere.asc", "", "does not say where it lies"),
        ("far.asc", "", "no block lies on this raster"),
        ("metres.asc", "", "@epsg:4548"),
        ("short.asc", "", "the cells end too early"),
        ("long.asc", "", "more cells than ncols × nrows"),
        ("bands.tif", "", "has 3 bands"),
        ("bands.tif@mars", "", "'mars'"),
        ("people.csv", "", "unknown format of a raster"),
        ("short.asc", "--people=5", "leave one out"),
    ] {
        let path = here(raster);
        let mut arguments = vec!["report", &*city, "--population", &*path];
        arguments.extend([more].iter().filter(|more| !more.is_empty()));
        let ended = run(&arguments);
        assert_eq!(ended.code, Some(2), "{raster}: {}", ended.stderr);
        assert!(ended.stderr.contains(told), "{raster}: {}", ended.stderr);
    }
}

/// Gates that cannot be meant are refused with the row; those of other blocks are told.
#[test]
fn gates_that_cannot_be_meant_are_refused() {
    let home = tempfile::tempdir().unwrap();
    let gates = home.path().join("gates.csv");
    let path = gates.to_str().unwrap();
    let city = program::fixture("lakeside.osm.pbf");
    let blocks = program::fixture("lakeside.blocks.geojson");
    let arguments = ["report", &*city, "--blocks", &*blocks, "--gates", path];
    let told = |row: &str| {
        fs::write(&gates, format!("block,lon,lat,state\n{row}\n")).unwrap();
        run(&arguments)
    };
    for (row, words) in [
        (
            "B001,115.9,36.45,ajar",
            "gates.csv, line 2, column state (D2): 'ajar'",
        ),
        ("B001,115.0,36.45,open", "from the outline of block 'B001'"),
        ("B001,36.45,115.98,open", "swapped"),
        (",115.9,36.45,open", "no id"),
    ] {
        let ended = told(row);
        assert_eq!(ended.code, Some(2), "{row}: {}", ended.stderr);
        assert!(ended.stderr.contains(words), "{row}: {}", ended.stderr);
    }
    let ended = told("nowhere,115.9,36.45,open");
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let note = "1 × gates of blocks that are not there, left out (e.g. gates.csv, line 2";
    assert!(ended.stderr.contains(note), "{}", ended.stderr);
}

/// A TIFF of one pixel of three bytes.
const RGB: &[u8] = b"II*\0\x0c\0\0\0\x01\x02\x03\0\x08\0\
    \0\x01\x03\0\x01\0\0\0\x01\0\0\0\
    \x01\x01\x03\0\x01\0\0\0\x01\0\0\0\
    \x02\x01\x03\0\x01\0\0\0\x08\0\0\0\
    \x06\x01\x03\0\x01\0\0\0\x02\0\0\0\
    \x11\x01\x04\0\x01\0\0\0\x08\0\0\0\
    \x15\x01\x03\0\x01\0\0\0\x03\0\0\0\
    \x16\x01\x03\0\x01\0\0\0\x01\0\0\0\
    \x17\x01\x04\0\x01\0\0\0\x03\0\0\0\
    \0\0\0\0";

#[test]
fn bad_parcels_are_refused() {
    let village = Village::new();
    let extract = text(&village.extract);
    let square = |id: &str, west: f64, south: f64| {
        let (east, north) = (west + 0.001, south + 0.001);
        format!(
            r#"{{"type":"Feature","properties":{{"id":"{id}"}},"geometry":{{"type":"Polygon","coordinates":[[[{west},{south}],[{east},{south}],[{east},{north}],[{west},{north}],[{west},{south}]]]}}}}"#
        )
    };
    let collection = |features: &[String]| {
        let features = features.join(",");
        format!(r#"{{"type":"FeatureCollection","features":[{features}]}}"#)
    };
    let point = r#"{"type":"Feature","properties":{"id":"P"},"geometry":{"type":"Point","coordinates":[115.98,36.45]}}"#;
    let cases: [(&str, String, &[&str], &str); 5] = [
        (
            "none.geojson",
            collection(&[]),
            &["none.geojson", "no rows"],
            "none.geojson",
        ),
        (
            "point.geojson",
            collection(&[square("A", 115.98, 36.4495), point.to_owned()]),
            &["point.geojson, feature 2", "Polygon"],
            "多边形",
        ),
        (
            "rows.csv",
            "id,lon,lat\nA,115.98,36.45\n".to_owned(),
            &["rows.csv, line 2", "Polygon"],
            "多边形",
        ),
        (
            "twice.geojson",
            collection(&[square("A", 115.98, 36.4495), square("A", 115.981, 36.4495)]),
            &["twice.geojson, feature 1", "feature 2", "'A'"],
            "必须不同",
        ),
        (
            "far.geojson",
            collection(&[square("A", 15.0, 36.0)]),
            &["far.geojson", "no parcel lies in the extract", "@gcj02"],
            "@gcj02",
        ),
    ];
    for (name, content, english, chinese) in cases {
        let path = village.file(name, &content);
        let blocks = village.blocks();
        let arguments = ["report", extract, "--blocks", &blocks, "--parcel", &path];
        let out = village.home.path().join("out");
        for lang in ["en", "zh"] {
            let ended = run(&[&arguments[..], &["--out", text(&out), "--lang", lang]].concat());
            assert_eq!((ended.code, &*ended.stdout), (Some(2), ""), "{name}");
            let told = |part: &&str| ended.stderr.contains(*part);
            let told = if lang == "en" {
                english.iter().all(told)
            } else {
                told(&chinese)
            };
            assert!(told && !out.exists(), "{}", ended.stderr);
        }
    }
    // One of two is left out, and told.
    let two = collection(&[square("A", 115.98, 36.4495), square("B", 116.9, 36.0)]);
    let (two, blocks) = (village.file("two.geojson", &two), village.blocks());
    let out = village.home.path().join("out");
    let arguments = ["report", extract, "--blocks", &blocks, "--parcel", &two];
    let ended = run(&[&arguments[..], &["--out", text(&out)]].concat());
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let told = "note: 1 × parcels outside the extract, left out (e.g. B)";
    assert!(ended.stderr.contains(told), "{}", ended.stderr);
    let page = fs::read_to_string(out.join("parcels.html")).unwrap();
    assert_eq!(page.matches("<article").count(), 1);
    assert!(page.contains("parcels outside the extract, left out"));
}
