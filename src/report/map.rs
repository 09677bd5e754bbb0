//! Maps as GeoJSON: WGS84, longitude first, outer rings counter-clockwise (RFC 7946).

use serde_json::{Map, Value, json};

use super::block_table;
use super::words::category_keys;
use super::{Cell, Table};
use crate::lang::Lang;
use crate::network::WalkNetwork;
use crate::places::{Facility, Shape};
use crate::plane::{Area, LonLat};
use crate::profile::Direction;
use crate::study::Study;

/// Who must be named beside every figure that rests on OpenStreetMap.
pub(super) const ATTRIBUTION: &str = "© OpenStreetMap contributors, ODbL";

pub(super) fn blocks(study: &Study, lang: Lang) -> Vec<u8> {
    let table = block_table::table(study, lang);
    collection(
        study
            .blocks
            .iter()
            .enumerate()
            .map(|(row, block)| (shape(&block.shape), table.properties(row))),
    )
}

pub(super) fn facilities(study: &Study, lang: Lang) -> Vec<u8> {
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
    let table = Table {
        columns: columns.map(str::to_owned).into(),
        rows: (0..study.facilities.len())
            .map(|row| facility(study, row, lang))
            .collect(),
    };
    collection(
        study
            .facilities
            .iter()
            .enumerate()
            .map(|(row, facility)| (shape(&facility.shape), table.properties(row))),
    )
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
        Cell::maybe(about.size_m2, 2),
        Cell::maybe(about.capacity, 2),
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

/// The walks of a network as lines.
pub fn network_geojson(network: &WalkNetwork) -> Vec<u8> {
    collection(network.walk_ids().map(|id| {
        let walk = network.walk(id);
        let line: Vec<Value> = network.shape(id).iter().map(|&at| position(at)).collect();
        let properties = json!({
            "walk": id.0,
            "osm_way": walk.way,
            "kind": walk.class.kind.key(),
            "length_m": walk.millimetres as f64 / 1_000.0,
            "private": walk.private,
            "one_way": walk.direction != Direction::Both,
        });
        let properties = match properties {
            Value::Object(map) => map,
            _ => Map::new(),
        };
        (
            json!({ "type": "LineString", "coordinates": line }),
            properties,
        )
    }))
}

/// A feature collection, one feature a line, so that files can be compared.
pub(super) fn collection(features: impl Iterator<Item = (Value, Map<String, Value>)>) -> Vec<u8> {
    let mut text = format!(
        "{{\"type\":\"FeatureCollection\",\"attribution\":{},\"features\":[",
        Value::from(ATTRIBUTION)
    );
    for (number, (geometry, properties)) in features.enumerate() {
        text.push_str(if number == 0 { "\n" } else { ",\n" });
        let feature = json!({ "type": "Feature", "geometry": geometry, "properties": properties });
        text.push_str(&feature.to_string());
    }
    text.push_str("\n]}\n");
    text.into_bytes()
}

fn shape(shape: &Shape) -> Value {
    match shape {
        Shape::Point(at) => json!({ "type": "Point", "coordinates": position(*at) }),
        Shape::Area(area) => multi_polygon(area),
    }
}

fn multi_polygon(area: &Area) -> Value {
    let polygons: Vec<Value> = area
        .polygons()
        .iter()
        .map(|rings| {
            let outer = std::iter::once(ring(&rings.outer, true));
            outer
                .chain(rings.holes.iter().map(|hole| ring(hole, false)))
                .collect()
        })
        .collect();
    json!({ "type": "MultiPolygon", "coordinates": polygons })
}

/// A ring, turned counter-clockwise or clockwise.
fn ring(places: &[LonLat], counter_clockwise: bool) -> Value {
    let doubled: i128 = places
        .windows(2)
        .map(|pair| {
            let [a, b] = [pair[0], pair[1]];
            i128::from(a.lon) * i128::from(b.lat) - i128::from(b.lon) * i128::from(a.lat)
        })
        .sum();
    if (doubled > 0) == counter_clockwise {
        places.iter().map(|&at| position(at)).collect()
    } else {
        places.iter().rev().map(|&at| position(at)).collect()
    }
}

pub(super) fn position(at: LonLat) -> Value {
    json!([at.lon_degrees(), at.lat_degrees()])
}
