//! Subdistricts, communities and the table of blocks.

use std::fmt::Write as _;

use super::Block;
use super::plan::{CITY, Rect};
use crate::synth::chance::Chance;
use crate::synth::layout::{DEFAULT_ORIGIN, placed};
use crate::synth::sketch::{Metres, distance};

/// The canal, and the expressway, part the subdistricts.
const CANAL: f64 = 250.0;
const EXPRESSWAY: f64 = 1600.0;

const SUBDISTRICTS: [(&str, &str, Rect); 3] = [
    (
        "湖滨街道",
        "Lakefront",
        Rect::new(CITY.west, CITY.south, CANAL, CITY.north),
    ),
    (
        "古城街道",
        "Old Town",
        Rect::new(CANAL, CITY.south, EXPRESSWAY, CITY.north),
    ),
    (
        "东湾街道",
        "East Bay",
        Rect::new(EXPRESSWAY, CITY.south, CITY.east, CITY.north),
    ),
];

/// Communities by name, with the subdistrict's position.
const COMMUNITIES: [(&str, usize, Rect); 12] = [
    (
        "湖北社区",
        0,
        Rect::new(CITY.west, 850.0, -1100.0, CITY.north),
    ),
    ("柳林社区", 0, Rect::new(-1100.0, 850.0, CANAL, CITY.north)),
    ("明湖社区", 0, Rect::new(CITY.west, -50.0, -650.0, 850.0)),
    ("运河社区", 0, Rect::new(-650.0, -50.0, CANAL, 850.0)),
    (
        "湖南社区",
        0,
        Rect::new(CITY.west, CITY.south, CANAL, -50.0),
    ),
    (
        "河北社区",
        1,
        Rect::new(CANAL, 850.0, EXPRESSWAY, CITY.north),
    ),
    ("鼓楼社区", 1, Rect::new(CANAL, -50.0, EXPRESSWAY, 850.0)),
    ("南关社区", 1, Rect::new(CANAL, -950.0, EXPRESSWAY, -50.0)),
    (
        "铁北社区",
        1,
        Rect::new(CANAL, CITY.south, EXPRESSWAY, -950.0),
    ),
    (
        "东湾社区",
        2,
        Rect::new(EXPRESSWAY, 400.0, CITY.east, CITY.north),
    ),
    (
        "望湖社区",
        2,
        Rect::new(EXPRESSWAY, -500.0, CITY.east, 400.0),
    ),
    (
        "新桥社区",
        2,
        Rect::new(EXPRESSWAY, CITY.south, CITY.east, -500.0),
    ),
];

/// The table of zones, `GeoJSON`.
pub(super) fn table() -> String {
    let subdistricts = (1..)
        .zip(SUBDISTRICTS)
        .map(|(number, (name, english, rect))| {
            let properties = format!(
                r#""id":"S{number}","name":"{name}","name_en":"{english}","level":"subdistrict""#
            );
            feature(&properties, &with_corners(rect))
        });
    let communities = (1..).zip(COMMUNITIES).map(|(number, (name, of, rect))| {
        let properties = format!(
            r#""id":"C{number:02}","name":"{name}","level":"community","subdistrict":"{}""#,
            SUBDISTRICTS[of].0
        );
        feature(&properties, &with_corners(rect))
    });
    collection(subdistricts.chain(communities))
}

/// The ring of a zone with every corner of a neighbour that lies on it, so that
/// zones tile without gaps on the curved earth too.
fn with_corners(rect: Rect) -> Vec<Metres> {
    let corners: Vec<Metres> = COMMUNITIES
        .iter()
        .flat_map(|(_, _, zone)| zone.ring())
        .collect();
    let mut ring = Vec::new();
    for edge in rect.ring().windows(2) {
        let [from, to] = [edge[0], edge[1]];
        let mut on_edge: Vec<Metres> = corners
            .iter()
            .copied()
            .filter(|&corner| {
                let detour = distance(from, corner) + distance(corner, to) - distance(from, to);
                distance(corner, to) > 0.5 && detour < 1e-6
            })
            .collect();
        on_edge.sort_by(|a, b| distance(from, *a).total_cmp(&distance(from, *b)));
        on_edge.dedup();
        ring.extend(on_edge);
    }
    ring.extend(ring.first().copied());
    ring
}

/// People per square metre of a walled compound and of the old town's houses.
const DENSITY: f64 = 0.034;
const OLD_DENSITY: f64 = 0.019;

/// The table of blocks, `GeoJSON`.
pub(super) fn blocks(blocks: &[Block]) -> String {
    let mut chance = Chance(23);
    collection((1..).zip(blocks).map(|(number, block)| {
        let middle = middle(&block.shape);
        let old = super::plan::OLD_TOWN;
        let in_old_town = (old.west..old.east).contains(&middle[0])
            && (old.south..old.north).contains(&middle[1]);
        let density = if in_old_town { OLD_DENSITY } else { DENSITY };
        let land = if block.shape.len() == 1 { 2_000.0 } else { surface(&block.shape) };
        let population = (land * density * (0.7 + 0.6 * chance.share())).round();
        let elderly = (population * (0.13 + 0.12 * chance.share())).round();
        let children = (population * (0.10 + 0.08 * chance.share())).round();
        let mut properties = format!(
            r#""id":"B{number:03}","name":"{}","population":{population},"elderly":{elderly},"children":{children}"#,
            block.name
        );
        // A point has no surface; a few areas give the land of their deed.
        if block.shape.len() == 1 || number % 40 == 0 {
            let _ = write!(properties, r#","area_m2":{}"#, (land / 10.0).round() * 10.0);
        }
        let community = COMMUNITIES.iter().find(|(_, _, zone)| {
            (zone.west..=zone.east).contains(&middle[0])
                && (zone.south..=zone.north).contains(&middle[1])
        });
        if let Some((name, of, _)) = community {
            let subdistrict = SUBDISTRICTS[*of].0;
            let _ = write!(properties, r#","community":"{name}","subdistrict":"{subdistrict}""#);
        }
        feature(&properties, &block.shape)
    }))
}

fn middle(shape: &[Metres]) -> Metres {
    [0, 1].map(|axis| {
        let all = || shape.iter().map(|place| place[axis]);
        f64::midpoint(
            all().fold(f64::MAX, f64::min),
            all().fold(f64::MIN, f64::max),
        )
    })
}

/// The surface inside a closed ring (the shoelace formula).
fn surface(ring: &[Metres]) -> f64 {
    let twice: f64 = ring
        .windows(2)
        .map(|edge| edge[0][0] * edge[1][1] - edge[1][0] * edge[0][1])
        .sum();
    twice.abs() / 2.0
}

/// One feature on one line: a point of one place, a polygon of a closed ring.
fn feature(properties: &str, shape: &[Metres]) -> String {
    let places: Vec<String> = shape
        .iter()
        .map(|&place| format!("[{}]", placed(DEFAULT_ORIGIN, place)))
        .collect();
    let geometry = if places.len() == 1 {
        format!(r#""type":"Point","coordinates":{}"#, places.join(","))
    } else {
        format!(r#""type":"Polygon","coordinates":[[{}]]"#, places.join(","))
    };
    format!(r#"{{"type":"Feature","properties":{{{properties}}},"geometry":{{{geometry}}}}}"#)
}

fn collection(features: impl Iterator<Item = String>) -> String {
    let lines: Vec<String> = features.collect();
    format!(
        "{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}\n",
        lines.join(",\n")
    )
}
