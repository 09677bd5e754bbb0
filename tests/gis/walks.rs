//! `living-circle network` in another frame: read back by formulas that are not those of
//! the program, every coordinate is that of the same place.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::frames::all_positions;
use super::program::{fixture, names, run, text};

/// The inverse of EPSG:4548 (Snyder, *Map Projections: A Working Manual*, 1987, 8-17 to
/// 8-25 and 3-26), on GRS 80 around 117° E.
fn place_of_grid([x, y]: [f64; 2]) -> [f64; 2] {
    let (radius, flattening): (f64, f64) = (6_378_137.0, 1.0 / 298.257_222_101);
    let e2 = flattening * (2.0 - flattening);
    let mu = y / (radius * (1.0 - e2 / 4.0 - 3.0 * e2 * e2 / 64.0 - 5.0 * e2.powi(3) / 256.0));
    let root = (1.0 - e2).sqrt();
    let e1 = (1.0 - root) / (1.0 + root);
    let foot = mu
        + (1.5 * e1 - 27.0 / 32.0 * e1.powi(3)) * (2.0 * mu).sin()
        + (21.0 / 16.0 * e1 * e1 - 55.0 / 32.0 * e1.powi(4)) * (4.0 * mu).sin()
        + 151.0 / 96.0 * e1.powi(3) * (6.0 * mu).sin()
        + 1_097.0 / 512.0 * e1.powi(4) * (8.0 * mu).sin();
    let (sin, cos, tan) = (foot.sin(), foot.cos(), foot.tan());
    let second = e2 / (1.0 - e2);
    let (second_cos, slope) = (second * cos * cos, tan * tan);
    let w = 1.0 - e2 * sin * sin;
    let (prime, meridian) = (radius / w.sqrt(), radius * (1.0 - e2) / w.powf(1.5));
    let east = (x - 500_000.0) / prime;
    let lat = foot
        - prime * tan / meridian
            * (east * east / 2.0
                - (5.0 + 3.0 * slope + 10.0 * second_cos
                    - 4.0 * second_cos * second_cos
                    - 9.0 * second)
                    * east.powi(4)
                    / 24.0
                + (61.0 + 90.0 * slope + 298.0 * second_cos + 45.0 * slope * slope
                    - 252.0 * second
                    - 3.0 * second_cos * second_cos)
                    * east.powi(6)
                    / 720.0);
    let lon = (east - (1.0 + 2.0 * slope + second_cos) * east.powi(3) / 6.0
        + (5.0 - 2.0 * second_cos + 28.0 * slope - 3.0 * second_cos * second_cos
            + 8.0 * second
            + 24.0 * slope * slope)
            * east.powi(5)
            / 120.0)
        / cos;
    [117.0 + lon.to_degrees(), lat.to_degrees()]
}

/// The published shift of GCJ-02, undone by trying.
fn place_of_gcj02(shifted: [f64; 2]) -> [f64; 2] {
    use std::f64::consts::PI;
    let shift = |[lon, lat]: [f64; 2]| {
        let (x, y) = (lon - 105.0, lat - 35.0);
        let wave = |at: f64, parts: &[(f64, f64)]| -> f64 {
            let parts = parts.iter().map(|(size, per)| size * (at * PI / per).sin());
            2.0 / 3.0 * parts.sum::<f64>()
        };
        let fine = wave(x, &[(20.0, 1.0 / 6.0), (20.0, 0.5)]);
        let root = x.abs().sqrt();
        let north = -100.0
            + 2.0 * x
            + 3.0 * y
            + 0.2 * y * y
            + 0.1 * x * y
            + 0.2 * root
            + fine
            + wave(y, &[(20.0, 1.0), (40.0, 3.0), (160.0, 12.0), (320.0, 30.0)]);
        let east = 300.0
            + x
            + 2.0 * y
            + 0.1 * x * x
            + 0.1 * x * y
            + 0.1 * root
            + fine
            + wave(x, &[(20.0, 1.0), (40.0, 3.0), (150.0, 12.0), (300.0, 30.0)]);
        // Krasovsky 1940.
        let (radius, e2): (f64, f64) = (6_378_245.0, 0.006_693_421_622_965_943);
        let latitude = lat.to_radians();
        let w = 1.0 - e2 * latitude.sin().powi(2);
        let per_lat = radius * (1.0 - e2) / w.powf(1.5);
        let per_lon = radius / w.sqrt() * latitude.cos();
        [
            (east / per_lon).to_degrees(),
            (north / per_lat).to_degrees(),
        ]
    };
    let mut place = shifted;
    for _ in 0..10 {
        let moved = shift(place);
        place = [shifted[0] - moved[0], shifted[1] - moved[1]];
    }
    place
}

/// All coordinates of a folder, file by file: of the maps, then of the table.
fn coordinates(out: &Path, columns: [&str; 2]) -> Vec<[f64; 2]> {
    let mut found = Vec::new();
    for name in names(out).iter().filter(|name| name.ends_with(".geojson")) {
        let map: Value = serde_json::from_slice(&fs::read(out.join(name)).unwrap()).unwrap();
        found.extend(all_positions(&map));
    }
    let mut table = csv::Reader::from_path(out.join("findings.csv")).unwrap();
    let headers = table.headers().unwrap().clone();
    let at = columns.map(|own| headers.iter().position(|column| column == own).unwrap());
    for row in table.records() {
        let row = row.unwrap();
        found.push(at.map(|at| row[at].parse().unwrap()));
    }
    found
}

#[test]
fn the_network_and_its_findings_follow_the_frame() {
    type Inverse = fn([f64; 2]) -> [f64; 2];
    let home = tempfile::tempdir().unwrap();
    let extract = fixture("lakeside.osm.pbf");
    let written = |frame: &str| {
        let out = home.path().join(frame.replace(':', ""));
        let typed = ["--out", text(&out), "--out-frame", frame];
        let ended = run(&[&["network", &*extract], &typed[..]].concat());
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
        out
    };
    let plain = coordinates(&written("wgs84"), ["lon", "lat"]);
    assert!(plain.len() > 1_000);
    let frames: [(&str, [&str; 2], Inverse); 2] = [
        ("epsg:4548", ["x_m", "y_m"], place_of_grid),
        ("gcj02", ["lon_gcj02", "lat_gcj02"], place_of_gcj02),
    ];
    for (frame, columns, inverse) in frames {
        let out = written(frame);
        let moved = coordinates(&out, columns);
        assert_eq!(moved.len(), plain.len(), "{frame}");
        for (plain, moved) in plain.iter().zip(moved) {
            let found = inverse(moved);
            let [east, north] = [0, 1].map(|axis| (found[axis] - plain[axis]) * 111_320.0);
            assert!(east.hypot(north) < 0.05, "{frame}: {plain:?} {found:?}");
        }
        for name in names(&out).iter().filter(|name| name.ends_with(".geojson")) {
            let map: Value = serde_json::from_slice(&fs::read(out.join(name)).unwrap()).unwrap();
            assert_eq!(map["frame"], frame, "{name}");
        }
    }
    let before = names(home.path());
    let far = home.path().join("far");
    let refused = run(&[
        "network",
        &extract,
        "--out",
        text(&far),
        "--out-frame",
        "epsg:32601",
    ]);
    assert_eq!(refused.code, Some(2));
    assert!(
        refused.stderr.contains("--out-frame epsg:4548"),
        "{}",
        refused.stderr
    );
    assert!(!far.exists() || names(&far).is_empty());
    assert!(names(home.path()).len() <= before.len() + 1);
}
