//! Inputs that are kept from harm, and odd ones that are told.

#![allow(clippy::unwrap_used, missing_docs)]

mod program;

use std::fs;

use program::run;

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
