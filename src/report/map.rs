//! Maps as GeoJSON: longitude first, outer rings counter-clockwise (RFC 7946). It knows
//! WGS84 only: a map in another frame says so.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::cell::properties;
use super::figure::Figure;
use super::words::category_keys;
use super::{Cell, Outputs, Table, block_table};
use crate::frame::Frame;
use crate::lang::Lang;
use crate::network::{WalkId, WalkNetwork};
use crate::places::Facility;
use crate::profile::Direction;
use crate::study::Study;
use crate::units::Land;

/// Who must be named beside every figure that rests on OpenStreetMap.
pub(super) const ATTRIBUTION: &str = "© OpenStreetMap contributors, ODbL";

pub(super) fn blocks(study: &Study, outputs: &Outputs) -> Vec<u8> {
    let columns = block_table::columns(study, outputs);
    let rows = block_table::rows(study, outputs);
    let features = study.blocks.iter().zip(rows).map(|(block, row)| {
        let figure = Figure::shape(outputs.frame, &block.shape);
        (figure.geojson(), properties(&columns, &row))
    });
    collection(outputs.frame, features)
}

pub(super) fn facilities(study: &Study, outputs: &Outputs) -> Vec<u8> {
    let table = facility_table(study, outputs.lang);
    let shapes = study.facilities.iter().map(|facility| &facility.shape);
    let figures = shapes.map(|shape| Figure::shape(outputs.frame, shape));
    features(outputs.frame, &table, figures)
}

/// A feature a row.
fn features(frame: Frame, table: &Table, figures: impl Iterator<Item = Figure>) -> Vec<u8> {
    let features = figures.enumerate();
    collection(
        frame,
        features.map(|(row, figure)| (figure.geojson(), table.properties(row))),
    )
}

/// What is known of every facility, by id.
pub(super) fn facility_table(study: &Study, lang: Lang) -> Table {
    let columns = [
        "facility",
        "name",
        "categories",
        "category_names",
        "size_m2",
        "capacity",
        "entrances",
        "entrances_assumed",
        "unlinked_reason",
    ];
    Table {
        columns: columns.map(str::to_owned).into(),
        rows: (0..study.facilities.len())
            .map(|row| facility(study, row, lang))
            .collect(),
    }
}

fn facility(study: &Study, row: usize, lang: Lang) -> Vec<Cell> {
    let about: &Facility = &study.facilities[row];
    let names = about.categories.iter().map(|&category| {
        let category = study.catalog.category(category);
        lang.pick(&*category.zh, &*category.en)
    });
    let names: Vec<&str> = names.collect();
    vec![
        Cell::text(&*about.id),
        Cell::maybe_text(about.name.as_deref()),
        Cell::text(category_keys(study, &about.categories)),
        Cell::text(names.join(";")),
        Cell::maybe(about.size.stated().map(Land::square_metres), 2),
        Cell::maybe(about.size.capacity, 2),
        Cell::Whole(about.entrances.len() as u64),
        Cell::Flag(about.entrances_assumed),
        Cell::maybe_text(
            study
                .main_walk()
                .facilities
                .unlinked(row)
                .map(|reason| reason.text(lang)),
        ),
    ]
}

/// The walks of a network as lines, in the coordinates of a frame.
pub fn network_geojson(network: &WalkNetwork, frame: Frame) -> Vec<u8> {
    let table = walk_table(network);
    let figures = network.walk_ids().map(|id| walk_figure(frame, network, id));
    features(frame, &table, figures)
}

pub(super) fn walk_figure(frame: Frame, network: &WalkNetwork, id: WalkId) -> Figure {
    Figure::line(frame, network.shape(id))
}

/// What is known of every walk, by number.
pub(super) fn walk_table(network: &WalkNetwork) -> Table {
    let columns = ["walk", "osm_way", "kind", "length_m", "private", "one_way"];
    let row = |id: WalkId| {
        let walk = network.walk(id);
        vec![
            Cell::Whole(u64::from(id.0)),
            // Editors give ways that are not uploaded yet a negative id.
            Cell::Signed(walk.way),
            Cell::text(walk.class.kind.key()),
            Cell::Decimal(walk.millimetres as f64 / 1_000.0, 3),
            Cell::Flag(walk.private),
            Cell::Flag(walk.direction != Direction::Both),
        ]
    };
    Table {
        columns: columns.map(str::to_owned).into(),
        rows: network.walk_ids().map(row).collect(),
    }
}

/// How a collection begins. A frame other than WGS84 stands before the features: as a
/// `crs` member (GeoJSON 2008, which GIS programs read), and by its own word.
pub(super) fn head(frame: Frame) -> String {
    // Writing to a string does not fail.
    let mut text = String::from("{\"type\":\"FeatureCollection\"");
    if frame != Frame::Wgs84 {
        let _ = write!(text, ",\"frame\":{}", Value::from(frame.to_string()));
        if let Some(code) = frame.epsg() {
            let name = format!("urn:ogc:def:crs:EPSG::{code}");
            let crs = json!({ "type": "name", "properties": { "name": name } });
            let _ = write!(text, ",\"crs\":{crs}");
        }
    }
    let _ = write!(
        text,
        ",\"attribution\":{},\"features\":[",
        Value::from(ATTRIBUTION)
    );
    text
}

/// A feature collection, one feature a line, so that files can be compared.
pub(super) fn collection(
    frame: Frame,
    features: impl Iterator<Item = (Value, Map<String, Value>)>,
) -> Vec<u8> {
    let mut text = head(frame);
    for (number, (geometry, properties)) in features.enumerate() {
        text.push_str(if number == 0 { "\n" } else { ",\n" });
        let feature = json!({ "type": "Feature", "geometry": geometry, "properties": properties });
        text.push_str(&feature.to_string());
    }
    text.push_str("\n]}\n");
    text.into_bytes()
}
