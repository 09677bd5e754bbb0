//! `living-circle isochrone`, as it is typed.

#![allow(clippy::unwrap_used, missing_docs)]

mod program;

use std::fs;

use living_circle::frame::Frame;
use program::{Village, fixture, names, run, text};
use serde_json::Value;

fn features(bytes: &[u8]) -> Vec<Value> {
    let map: Value = serde_json::from_slice(bytes).unwrap();
    assert_eq!(map["attribution"], "© OpenStreetMap contributors, ODbL");
    map["features"].as_array().unwrap().clone()
}

fn lakeside(name: &str) -> String {
    fixture(&format!("lakeside.{name}"))
}

#[test]
fn a_place_has_a_polygon_a_limit_each_within_the_next() {
    let extract = lakeside("osm.pbf");
    let ended = run(&[
        "isochrone",
        &extract,
        "--from",
        "115.985,36.45",
        "--within",
        "5min,10min,15min",
    ]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let found = features(ended.stdout.as_bytes());
    let areas: Vec<f64> = found
        .iter()
        .map(|feature| feature["properties"]["area_m2"].as_f64().unwrap())
        .collect();
    let [five, ten, fifteen] = areas[..] else {
        panic!("{areas:?}");
    };
    assert!(
        1e4 < five && five < ten && ten < fifteen && fifteen < 5e6,
        "{areas:?}"
    );
    let limits: Vec<&str> = found
        .iter()
        .map(|feature| feature["properties"]["limit"].as_str().unwrap())
        .collect();
    assert_eq!(limits, ["5 min", "10 min", "15 min"]);
    for feature in &found {
        assert_eq!(feature["geometry"]["type"], "MultiPolygon");
        for (ring, outer) in feature["geometry"]["coordinates"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|polygon| {
                let rings = polygon.as_array().unwrap().iter().enumerate();
                rings.map(|(number, ring)| (ring.as_array().unwrap(), number == 0))
            })
        {
            assert_eq!(ring.first(), ring.last());
            let doubled: f64 = ring
                .windows(2)
                .map(|pair| {
                    let part = |at: usize, axis: usize| pair[at][axis].as_f64().unwrap();
                    (part(1, 0) - part(0, 0)) * (part(1, 1) + part(0, 1) - 2.0 * 36.45)
                })
                .sum();
            assert_eq!(doubled < 0.0, outer, "RFC 7946: outer rings turn left");
        }
    }
}

/// Each block apart, all as one, and clinics of the table; in any number of threads the
/// same bytes, whole in their file.
#[test]
fn many_places_are_drawn_apart_or_as_one() {
    let home = tempfile::tempdir().unwrap();
    let (extract, blocks) = (lakeside("osm.pbf"), lakeside("blocks.geojson"));
    let drawn = |name: &str, more: &[&str]| {
        let out = home.path().join(name);
        let all = [&["isochrone", &*extract], more, &["--out", text(&out)]].concat();
        let ended = run(&all);
        assert_eq!(
            (ended.code, &*ended.stdout),
            (Some(0), ""),
            "{}",
            ended.stderr
        );
        fs::read(&out).unwrap()
    };
    let each = ["--blocks", &blocks, "--overlap", "--within", "5min,10min"];
    let apart = drawn("a.geojson", &[&each[..], &["--threads", "1"]].concat());
    let again = drawn("b.geojson", &[&each[..], &["--threads", "3"]].concat());
    assert!(apart == again, "the number of threads shows");
    let apart = features(&apart);
    assert_eq!(apart.len(), 2 * 251);
    // The one block without a link keeps its place, without a polygon.
    let unlinked: Vec<&Value> = apart
        .iter()
        .filter(|feature| feature["geometry"].is_null())
        .collect();
    assert_eq!(unlinked.len(), 2);
    assert_eq!(unlinked[0]["properties"]["place"], "B248");
    assert!(unlinked[0]["properties"]["unlinked_reason"].is_string());
    let one = features(&drawn(
        "c.geojson",
        &["--blocks", &blocks, "--within", "5min"],
    ));
    assert_eq!(one.len(), 1);
    assert_eq!(one[0]["properties"]["places"], 251);
    let sites = lakeside("facilities.csv");
    let clinics = [
        "--facilities",
        &sites,
        "--category",
        "clinic",
        "--within",
        "300m",
    ];
    let clinics = features(&drawn("d.geojson", &clinics));
    assert_eq!(clinics[0]["properties"]["direction"], "towards");
    assert_eq!(
        names(home.path()),
        ["a.geojson", "b.geojson", "c.geojson", "d.geojson"]
    );
}

#[test]
fn what_cannot_be_drawn_is_refused() {
    let village = Village::new();
    let extract = text(&village.extract);
    let before = names(village.home.path());
    let out = village.home.path().join("x.geojson");
    for (arguments, part) in [
        (&["--from", "115.98"][..], "115.98"),
        (&["--from", "36.45,115.98"], "36.45,115.98"),
        (
            &["--from", "115.98,36.45", "--within", "5min,300m"],
            "minutes",
        ),
        (&["--category", "clinick"], "clinic"),
        (&["--category", "hospital"], "no such block or facility"),
        (&["--from", "115.98,36.45", "--walker", "horse"], "horse"),
        (&["--from", "1,1"], "no place has a walk within"),
        (&[], "--from"),
    ] {
        let ended = run(&[&["isochrone", extract], arguments, &["--out", text(&out)]].concat());
        assert_eq!((ended.code, &*ended.stdout), (Some(2), ""), "{arguments:?}");
        assert!(ended.stderr.contains(part), "{part}: {}", ended.stderr);
        assert_eq!(names(village.home.path()), before, "{arguments:?}");
    }
    // The Chinese hint is that of the option of this command.
    let arguments = [
        "isochrone",
        extract,
        "--from",
        "36.45,115.98",
        "--lang",
        "zh",
    ];
    let hint = run(&arguments).stderr;
    assert!(
        hint.contains("isochrone --help") && !hint.contains("run.json"),
        "{hint}"
    );
    let onto = run(&[
        "isochrone",
        extract,
        "--from",
        "115.98,36.45",
        "--out",
        extract,
    ]);
    assert_eq!(onto.code, Some(2), "{}", onto.stderr);
    assert!(onto.stderr.contains("overwrite"), "{}", onto.stderr);
}

/// In another frame every coordinate is that of the same place; a grid that is too far
/// away is refused, with one that fits.
#[test]
fn a_frame_moves_the_polygons_and_nothing_else() {
    let extract = lakeside("osm.pbf");
    let drawn = |frame: &str| {
        let typed = ["--from", "115.985,36.45", "--within", "5min"];
        let typed = [
            &["isochrone", &*extract],
            &typed[..],
            &["--out-frame", frame],
        ]
        .concat();
        run(&typed)
    };
    let spots = |bytes: &str| -> Vec<[f64; 2]> {
        let found = features(bytes.as_bytes());
        let polygons = found[0]["geometry"]["coordinates"]
            .as_array()
            .unwrap()
            .clone();
        let rings = polygons
            .iter()
            .flat_map(|polygon| polygon.as_array().unwrap());
        let spots = rings.flat_map(|ring| ring.as_array().unwrap());
        spots
            .map(|spot| [0, 1].map(|axis| spot[axis].as_f64().unwrap()))
            .collect()
    };
    let plain = drawn("wgs84").stdout;
    for (word, crs) in [
        ("gcj02", None),
        ("epsg:4548", Some("urn:ogc:def:crs:EPSG::4548")),
    ] {
        let frame: Frame = word.parse().unwrap();
        let moved = drawn(word).stdout;
        let map: Value = serde_json::from_str(&moved).unwrap();
        assert_eq!(map["frame"], word);
        assert_eq!(map["crs"]["properties"]["name"].as_str(), crs);
        let expected: Vec<[f64; 2]> = spots(&plain)
            .into_iter()
            .map(|at| frame.written(at))
            .collect();
        assert!(expected.len() > 20);
        assert_eq!(spots(&moved), expected, "{word}");
    }
    let refused = drawn("epsg:32601");
    assert_eq!((refused.code, &*refused.stdout), (Some(2), ""));
    assert!(
        refused.stderr.contains("--out-frame epsg:"),
        "{}",
        refused.stderr
    );
}
