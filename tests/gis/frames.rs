//! Every coordinate of a report follows its frame, and says so.

use living_circle::frame::Frame;
use living_circle::lang::{Explain, Lang};
use living_circle::report::render_all;
use serde_json::{Value, json};

use super::city::{LAKESIDE, Report, outputs};

/// All positions of a geometry, in order.
fn positions(coordinates: &Value, found: &mut Vec<[f64; 2]>) {
    let list = coordinates.as_array().unwrap();
    if list[0].is_number() {
        found.push([list[0].as_f64().unwrap(), list[1].as_f64().unwrap()]);
    } else {
        for inner in list {
            positions(inner, found);
        }
    }
}

pub fn all_positions(map: &Value) -> Vec<[f64; 2]> {
    let mut found = Vec::new();
    for feature in map["features"].as_array().unwrap() {
        positions(&feature["geometry"]["coordinates"], &mut found);
    }
    found
}

#[test]
fn every_coordinate_is_in_the_frame_and_all_else_is_the_same() {
    let plain = Report::of(&LAKESIDE, &outputs(Lang::En, "wgs84"));
    for (word, columns, code) in [
        ("epsg:4548", ["x_m", "y_m"], Some(4548)),
        ("epsg:4527", ["x_m", "y_m"], Some(4527)),
        ("gcj02", ["lon_gcj02", "lat_gcj02"], None),
        ("bd09", ["lon_bd09", "lat_bd09"], None),
        ("cgcs2000", ["lon", "lat"], Some(4490)),
    ] {
        let frame: Frame = word.parse().unwrap();
        let report = Report::of(&LAKESIDE, &outputs(Lang::En, word));
        for name in ["blocks.geojson", "facilities.geojson"] {
            let (before, after) = (plain.map(name), report.map(name));
            let (before, found) = (all_positions(&before), all_positions(&after));
            assert_eq!(before.len(), found.len());
            for (at, found) in before.into_iter().zip(found) {
                assert_eq!(frame.written(at), found, "{word} {name}");
            }
            assert_eq!(after["frame"], json!(word));
            let crs = code.map(|code| json!(format!("urn:ogc:def:crs:EPSG::{code}")));
            assert_eq!(after.pointer("/crs/properties/name"), crs.as_ref());
        }
        for name in ["blocks.csv", "gaps.csv"] {
            let (before, after) = (plain.sheet(name), report.sheet(name));
            let at = before.0.iter().position(|column| column == "lon").unwrap();
            assert_eq!(after.0[at..at + 2], columns);
            for (before, after) in before.1.iter().zip(&after.1) {
                let number = |cell: &String| cell.parse::<f64>().unwrap();
                let place = [number(&before[at]), number(&before[at + 1])];
                let found = [number(&after[at]), number(&after[at + 1])];
                assert_eq!(frame.written(place), found, "{word} {name}");
                let rest = |row: &[String]| [row[..at].to_vec(), row[at + 2..].to_vec()];
                assert_eq!(rest(before), rest(after));
            }
        }
        for name in ["coverage.csv", "reach.csv", "merged.csv", "report.html"] {
            assert!(plain.0[name] == report.0[name], "{word} {name}");
        }
    }
}

#[test]
fn a_grid_of_another_city_is_refused_with_the_one_that_fits() {
    let error = render_all(&LAKESIDE, &outputs(Lang::En, "epsg:32628")).unwrap_err();
    assert!(error.to_string().contains("--out-frame epsg:4548"));
    assert!(error.explain(Lang::Zh).contains("epsg:4548"));
}
