//! No page is larger than 10 MB.

use std::fs;

use living_circle::synth::Grid;
use scraper::Html;

use super::program::text;
use super::{Report, data, extracts, selector};

const LARGEST: usize = 10_000_000;

#[test]
fn las_palmas_fits_whole() {
    if let Some(extract) = extracts::file("laspalmas.osm.pbf") {
        let page = Report::of(&[text(&extract)]).page();
        assert!(page.len() < LARGEST / 2, "{}", page.len());
        assert!(!page.contains("squares of"), "its blocks are drawn");
    }
}

/// 320 × 320 crossings, 100 m apart.
#[test]
fn a_town_of_a_hundred_thousand_junctions_fits_by_squares() {
    let home = tempfile::tempdir().unwrap();
    let extract = home.path().join("town.osm.pbf");
    fs::write(
        &extract,
        Grid::new(320, 320, 100.0).town().to_pbf().unwrap(),
    )
    .unwrap();
    let report = Report::of(&[text(&extract), "--within", "5min,10min"]);
    let page = report.page();
    assert!(page.len() <= LARGEST, "{}", page.len());
    let dom = Html::parse_document(&page);
    let note: String = dom
        .select(&selector("#map .note"))
        .flat_map(|e| e.text())
        .collect();
    assert!(
        note.contains("squares of") && note.contains("方格"),
        "{note}"
    );
    let data = data(&dom);
    let squares = data["patches"]["id"].as_array().unwrap();
    let blocks = report.table("blocks.csv");
    assert!(blocks.len() > 50_000 && squares.len() < blocks.len() / 2);
    assert!(squares.iter().all(serde_json::Value::is_null));
    // The squares hold all land.
    let land: f64 = data["patches"]["land_m2"]
        .as_array()
        .unwrap()
        .iter()
        .map(|land| land.as_f64().unwrap())
        .sum();
    let whole: f64 = blocks
        .iter()
        .map(|row| row["land_m2"].parse::<f64>().unwrap())
        .sum();
    assert!((land - whole).abs() < 1.0, "{land} {whole}");
}

/// A thousand zones over the sample city.
#[test]
fn a_city_of_a_thousand_zones_fits() {
    let mut zones = Vec::new();
    for (column, row) in (0..32).flat_map(|column| (0..32).map(move |row| (column, row))) {
        let [west, south] = [
            115.949 + 0.002 * f64::from(column),
            36.431 + 0.0012 * f64::from(row),
        ];
        let [east, north] = [west + 0.002, south + 0.0012];
        zones.push(format!(
            r#"{{"type":"Feature","properties":{{"id":"{column}-{row}","level":"village"}},"geometry":{{"type":"Polygon","coordinates":[[[{west},{south}],[{east},{south}],[{east},{north}],[{west},{north}],[{west},{south}]]]}}}}"#
        ));
    }
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("zones.geojson");
    let collection = format!(
        r#"{{"type":"FeatureCollection","features":[{}]}}"#,
        zones.join(",")
    );
    fs::write(&path, collection).unwrap();
    let extract = super::program::fixture("lakeside.osm.pbf");
    let blocks = super::program::fixture("lakeside.blocks.geojson");
    let report = Report::of(&[&extract, "--blocks", &blocks, "--zones", text(&path)]);
    let page = report.page();
    assert!(page.len() <= LARGEST, "{}", page.len());
    assert!(page.contains("There are too many zones") && page.contains("分区太多"));
    // The blocks are drawn nevertheless.
    let data = data(&Html::parse_document(&page));
    assert!(data["patches"]["id"][0].is_string());
}
