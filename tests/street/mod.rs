//! A street whose figures are known by arithmetic, as files and as a report.

use std::fs;

use living_circle::lang::Lang;
use living_circle::progress::Silent;
use living_circle::report::{Folder, Outputs, write_all};
use living_circle::study::{Files, Settings, Study};
use living_circle::synth::Town;
use tempfile::TempDir;

/// A street of 399 m, 300 s for the adult walker, with a pharmacy at its end.
///
/// Block X, a point, lies 30 m north of the street, 99 m from its beginning:
/// 30 + 300 = 330 m. Block Y, 100 × 50 m, lies south of it; its two samples are
/// 30 m off and 24 and 74 m from the beginning: 405 and 355 m. 5 min are 399 m.
/// The pharmacy is 376.2 and 326.4 m from them as the crow flies.
pub fn report(lang: Lang) -> (TempDir, Study) {
    report_by(lang, &["general"])
}

/// Standards that ask for sizes, composites and provisions ...
pub const SEVERAL: [&str; 2] = ["tdt1063-2021", "wanzheng-shequ"];

/// ... and the files that are only written for them.
pub const OF_STANDARDS: [&str; 4] = [
    "sizes.csv",
    "composites.csv",
    "provisions.csv",
    "per_thousand.csv",
];

/// The same by other standards, and with a square kilometre as its community.
pub fn report_by(lang: Lang, standards: &[&str]) -> (TempDir, Study) {
    let home = tempfile::tempdir().unwrap();
    let town = Town::new("A---B")
        .spacing(99.75)
        .way("AB", "highway=residential")
        .node("B", "amenity=pharmacy name=\"=药店\"");
    let mut drawing = town.drawing();
    drawing.timestamp = Some(1_767_225_600);
    drawing.bounds = Some((
        town.place([-5_000.0, -5_000.0]),
        town.place([5_000.0, 5_000.0]),
    ));
    let extract = home.path().join("street.osm.pbf");
    fs::write(&extract, drawing.to_pbf().unwrap()).unwrap();
    let position = |east, north| {
        let at = town.place([east, north]);
        format!("[{},{}]", at.lon_degrees(), at.lat_degrees())
    };
    let corners = [
        [-1.0, -55.0],
        [-1.0, -5.0],
        [99.0, -5.0],
        [99.0, -55.0],
        [-1.0, -55.0],
    ];
    let ring = corners.map(|[east, north]| position(east, north)).join(",");
    let blocks = home.path().join("blocks.geojson");
    let features = [
        format!(
            r#"{{"type":"Feature","properties":{{"id":"X","area_m2":2000,"population":100,"community":"甲"}},"geometry":{{"type":"Point","coordinates":{}}}}}"#,
            position(99.0, 30.0)
        ),
        format!(
            r#"{{"type":"Feature","properties":{{"id":"Y","name":"+Y","area_m2":5000,"population":10,"community":"乙"}},"geometry":{{"type":"Polygon","coordinates":[[{ring}]]}}}}"#
        ),
    ];
    let collection = format!(
        r#"{{"type":"FeatureCollection","features":[{}]}}"#,
        features.join(",")
    );
    fs::write(&blocks, collection).unwrap();
    let corners = [
        [-500.0, -500.0],
        [500.0, -500.0],
        [500.0, 500.0],
        [-500.0, 500.0],
    ];
    let ring =
        [0, 1, 2, 3, 0].map(|corner: usize| position(corners[corner][0], corners[corner][1]));
    let zones = home.path().join("zones.geojson");
    let zone = format!(
        r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{"id":"Z","level":"community"}},"geometry":{{"type":"Polygon","coordinates":[[{}]]}}}}]}}"#,
        ring.join(",")
    );
    fs::write(&zones, zone).unwrap();
    let own = standards == ["general"];
    let files = Files {
        extract,
        blocks: Some(blocks.into()),
        zones: (!own).then(|| zones.into()).into_iter().collect(),
        ..Files::default()
    };
    let settings = Settings {
        standards: standards.iter().map(|&key| key.to_owned()).collect(),
        ..Settings::default()
    };
    let study = Study::run(&files, &settings, &Silent).unwrap();
    let out = home.path().join("out");
    write_all(&study, &Outputs::plain(lang), Folder::open(&out).unwrap()).unwrap();
    (home, study)
}

pub fn output(home: &TempDir, name: &str) -> String {
    fs::read_to_string(home.path().join("out").join(name)).unwrap()
}
