//! Maps as GeoJSON: longitude first, outer rings counter-clockwise (RFC 7946). It knows
//! WGS84 only: a map in another frame says so.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Value, json};

use super::cell::{Members, Properties};
use super::content::{in_memory, in_order};
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

pub(super) fn blocks(study: &Study, outputs: &Outputs, to: &mut dyn Write) -> io::Result<()> {
    let columns = block_table::columns(study, outputs);
    let members = Members::of(&columns);
    write_collection(to, outputs.frame, study.blocks.len(), |block| {
        let figure = Figure::shape(outputs.frame, &study.blocks[block].shape);
        let row = block_table::row(study, block, outputs);
        feature(&figure.geojson(), &members.with(&row))
    })
}

pub(super) fn facilities(study: &Study, outputs: &Outputs, to: &mut dyn Write) -> io::Result<()> {
    let columns = FACILITY_COLUMNS.map(str::to_owned);
    let members = Members::of(&columns);
    write_collection(to, outputs.frame, study.facilities.len(), |number| {
        let figure = Figure::shape(outputs.frame, &study.facilities[number].shape);
        let row = facility(study, number, outputs.lang);
        feature(&figure.geojson(), &members.with(&row))
    })
}

const FACILITY_COLUMNS: [&str; 9] = [
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

/// What is known of every facility, by id.
pub(super) fn facility_table(study: &Study, lang: Lang) -> Table {
    Table {
        columns: FACILITY_COLUMNS.map(str::to_owned).into(),
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
    in_memory(|to| walks(network, frame, to))
}

/// The same, written piece by piece.
pub(super) fn walks(network: &WalkNetwork, frame: Frame, to: &mut dyn Write) -> io::Result<()> {
    let columns = WALK_COLUMNS.map(str::to_owned);
    let members = Members::of(&columns);
    write_collection(to, frame, network.walks().len(), |number| {
        let id = WalkId(number as u32);
        let figure = walk_figure(frame, network, id);
        feature(&figure.geojson(), &members.with(&walk_row(network, id)))
    })
}

pub(super) fn walk_figure(frame: Frame, network: &WalkNetwork, id: WalkId) -> Figure {
    Figure::line(frame, network.shape(id))
}

const WALK_COLUMNS: [&str; 6] = ["walk", "osm_way", "kind", "length_m", "private", "one_way"];

/// What is known of every walk, by number.
pub(super) fn walk_table(network: &WalkNetwork) -> Table {
    let row = |id: WalkId| walk_row(network, id).into();
    Table {
        columns: WALK_COLUMNS.map(str::to_owned).into(),
        rows: network.walk_ids().map(row).collect(),
    }
}

fn walk_row(network: &WalkNetwork, id: WalkId) -> [Cell; 6] {
    let walk = network.walk(id);
    [
        Cell::Whole(u64::from(id.0)),
        // Editors give ways that are not uploaded yet a negative id.
        Cell::Signed(walk.way),
        Cell::text(walk.class.kind.key()),
        Cell::Decimal(walk.millimetres as f64 / 1_000.0, 3),
        Cell::Flag(walk.private),
        Cell::Flag(walk.direction != Direction::Both),
    ]
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

/// A feature as one line.
pub(super) fn feature(geometry: &impl Serialize, properties: &Properties) -> String {
    #[derive(Serialize)]
    struct Feature<'a, G> {
        geometry: &'a G,
        properties: &'a Properties<'a>,
        #[serde(rename = "type")]
        kind: &'static str,
    }
    let feature = Feature {
        geometry,
        properties,
        kind: "Feature",
    };
    // Figures and cells are JSON, whatever stands in them.
    serde_json::to_string(&feature).unwrap_or_default()
}

/// Writes a feature collection, one feature a line, so that files can be compared.
pub(super) fn write_collection(
    to: &mut dyn Write,
    frame: Frame,
    features: usize,
    feature: impl Fn(usize) -> String + Sync,
) -> io::Result<()> {
    to.write_all(head(frame).as_bytes())?;
    in_order(to, features, |numbers| {
        let mut text = String::new();
        for number in numbers {
            text.push_str(if number == 0 { "\n" } else { ",\n" });
            text.push_str(&feature(number));
        }
        text.into_bytes()
    })?;
    to.write_all(b"\n]}\n")
}

/// A feature collection of which all is there.
pub(super) fn collection(frame: Frame, features: &[String]) -> Vec<u8> {
    in_memory(|to| write_collection(to, frame, features.len(), |number| features[number].clone()))
}
