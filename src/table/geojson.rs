//! `GeoJSON` (RFC 7946): features with properties and a geometry.

use geojson::{Geometry, GeometryValue, Position};
use serde_json::{Map, Value};

use super::drawn::{self, Rings, Spot};
use super::model::{Address, At, Figure, Table};
use super::{BadRow, TableError, settled};
use crate::frame::Frame;
use crate::notice::Notices;
use crate::plane::LonLat;

pub(super) fn parse(
    mut table: Table,
    asked: Option<Frame>,
    text: &str,
) -> Result<(Table, Notices), TableError> {
    let file = table.file().to_owned();
    let (frame, features) = features(&file, asked, text)?;
    table.set_frame(frame);
    for (number, feature) in (1..).zip(features) {
        read_feature(&mut table, At::Feature(number), feature)?;
    }
    Ok((table, Notices::default()))
}

/// All features, and their frame.
fn features(
    file: &str,
    asked: Option<Frame>,
    text: &str,
) -> Result<(Frame, Vec<Value>), TableError> {
    let mut json: Value = serde_json::from_str(text).map_err(|error| TableError::Json {
        file: file.to_owned(),
        detail: error.to_string(),
    })?;
    let kind = json.get("type").and_then(Value::as_str);
    let is_one = match kind {
        Some("Feature") => true,
        Some("FeatureCollection") => false,
        other => return Err(not_geojson(file, other.unwrap_or("JSON without a type"))),
    };
    let frame = settled(file, asked, named_frame(file, &json)?)?;
    if is_one {
        return Ok((frame, vec![json]));
    }
    match json.get_mut("features").map(Value::take) {
        Some(Value::Array(features)) => Ok((frame, features)),
        _ => Err(not_geojson(file, "a FeatureCollection without features")),
    }
}

/// The lines of all features, in one frame.
pub(super) fn lines(
    file: &str,
    asked: Option<Frame>,
    text: &str,
) -> Result<Vec<super::NamedLine>, TableError> {
    let (frame, features) = features(file, asked, text)?;
    let mut lines = Vec::new();
    for (number, mut feature) in (1..).zip(features) {
        let at = Address {
            file: file.to_owned(),
            at: At::Feature(number),
            column: None,
            cell: None,
        };
        let name = feature.pointer("/properties/name").map(plain);
        let name = name.filter(|name| !name.is_empty());
        let geometry = feature.get_mut("geometry").map(Value::take);
        let geometry: Geometry = serde_json::from_value(geometry.unwrap_or_default())
            .map_err(|error| drawn::refused(&at, BadRow::Malformed(error.to_string())))?;
        let parts = match geometry.value {
            GeometryValue::LineString { coordinates } => vec![coordinates],
            GeometryValue::MultiLineString { coordinates } => coordinates,
            other => {
                let kind = other.type_name().to_owned();
                return Err(drawn::refused(&at, BadRow::NoLine(kind)));
            }
        };
        for part in parts {
            let places = part.iter().map(|corner| {
                let spot = spot(&at, corner)?;
                drawn::placed(&at, frame, spot)
            });
            let mut places: Vec<LonLat> = places.collect::<Result<_, _>>()?;
            places.dedup();
            if places.len() < 2 {
                let problem = "a line of fewer than two different places";
                return Err(drawn::refused(&at, BadRow::Malformed(problem.to_owned())));
            }
            lines.push((at.clone(), name.clone(), places));
        }
    }
    Ok(lines)
}

fn not_geojson(file: &str, found: &str) -> TableError {
    TableError::NotGeoJson {
        file: file.to_owned(),
        found: found.to_owned(),
    }
}

/// The frame that a `crs` member names (`GeoJSON` 2008; RFC 7946 knows WGS84 only), or the
/// `frame` member of an output of our own.
fn named_frame(file: &str, object: &Value) -> Result<Option<Frame>, TableError> {
    let own = object.get("frame").and_then(Value::as_str);
    if let Some(frame) = own.and_then(|own| own.parse().ok()) {
        return Ok(Some(frame));
    }
    let Some(crs) = object.get("crs").filter(|crs| !crs.is_null()) else {
        return Ok(None);
    };
    let name = crs.pointer("/properties/name").and_then(Value::as_str);
    match name.and_then(Frame::of_crs_name) {
        Some(frame) => Ok(Some(frame)),
        None => Err(TableError::Crs {
            file: file.to_owned(),
            name: name.map_or_else(|| crs.to_string(), str::to_owned),
        }),
    }
}

fn read_feature(table: &mut Table, at: At, mut feature: Value) -> Result<(), TableError> {
    let address = Address {
        file: table.file().to_owned(),
        at,
        column: None,
        cell: None,
    };
    let frame = table.frame();
    let malformed = |detail: &str| TableError::Row {
        at: address.clone(),
        problem: BadRow::Malformed(detail.to_owned()),
    };
    if feature.get("type").and_then(Value::as_str) != Some("Feature") {
        return Err(malformed("its type is not Feature"));
    }
    let properties = match feature.get_mut("properties").map(Value::take) {
        Some(Value::Object(properties)) => properties,
        Some(Value::Null) | None => Map::new(),
        Some(_) => return Err(malformed("its properties are no object")),
    };
    let figure = match feature.get_mut("geometry").map(Value::take) {
        Some(Value::Null) | None => None,
        Some(geometry) => Some(figure(&address, frame, geometry)?),
    };
    let feature_id = feature.get("id").map(plain).filter(|id| !id.is_empty());
    let mut cells: Vec<(u32, String)> = Vec::with_capacity(properties.len());
    for (name, value) in &properties {
        cells.push((table.column(name, None), plain(value)));
    }
    // Two names that differ in case only would make one cell.
    let mut columns: Vec<u32> = cells.iter().map(|(column, _)| *column).collect();
    columns.sort_unstable();
    if let Some([twice, _]) = columns.array_windows().find(|[one, other]| one == other) {
        return Err(table.twice(*twice));
    }
    let cells = cells.iter().map(|(column, text)| (*column, text.as_str()));
    table.push(at, None, cells, feature_id, figure);
    Ok(())
}

/// A value as it would stand in a cell.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.trim().to_owned(),
        other => other.to_string(),
    }
}

fn figure(at: &Address, frame: Frame, geometry: Value) -> Result<Figure, TableError> {
    let geometry: Geometry = serde_json::from_value(geometry)
        .map_err(|error| drawn::refused(at, BadRow::Malformed(error.to_string())))?;
    let polygons = match geometry.value {
        GeometryValue::Point { coordinates } => {
            return drawn::point(at, frame, spot(at, &coordinates)?);
        }
        GeometryValue::Polygon { coordinates } => vec![coordinates],
        GeometryValue::MultiPolygon { coordinates } => coordinates,
        other => {
            let kind = other.type_name().to_owned();
            return Err(drawn::refused(at, BadRow::Geometry(kind)));
        }
    };
    let ring = |ring: Vec<Position>| -> Result<Vec<Spot>, TableError> {
        ring.iter().map(|corner| spot(at, corner)).collect()
    };
    let rings = |polygon: Vec<Vec<Position>>| -> Result<Rings, TableError> {
        polygon.into_iter().map(ring).collect()
    };
    let polygons: Result<Vec<Rings>, TableError> = polygons.into_iter().map(rings).collect();
    drawn::area(at, frame, polygons?)
}

fn spot(at: &Address, position: &Position) -> Result<Spot, TableError> {
    let [lon, lat, ..] = position.as_slice() else {
        let problem = BadRow::Malformed("a position of fewer than two numbers".to_owned());
        return Err(drawn::refused(at, problem));
    };
    Ok([*lon, *lat])
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::plane::LonLat;
    use crate::table;
    use proptest::prelude::*;

    fn feature(geometry: &str, properties: &str) -> String {
        format!(r#"{{"type":"Feature","geometry":{geometry},"properties":{properties}}}"#)
    }

    fn collection(features: &[String]) -> String {
        format!(
            r#"{{"type":"FeatureCollection","features":[{}]}}"#,
            features.join(",")
        )
    }

    fn refused(text: &str) -> String {
        table::parse("zones.geojson", text.as_bytes())
            .unwrap_err()
            .to_string()
    }

    const POINT: &str = r#"{"type":"Point","coordinates":[115.98,36.45,12]}"#;

    #[test]
    fn properties_become_cells() {
        let text = collection(&[
            feature(POINT, r#"{"ID":7,"Name":" 湖滨 ","x":null,"y":true}"#),
            feature("null", r#"{"z":1.5}"#),
        ]);
        let (table, _) = table::parse("a.json", text.as_bytes()).unwrap();
        let [first, second] = table.rows() else {
            panic!()
        };
        assert_eq!(table.text(first, "id"), Some("7"));
        assert_eq!(table.text(first, "name"), Some("湖滨"));
        assert_eq!(table.text(first, "x"), None);
        assert_eq!(table.text(first, "y"), Some("true"));
        assert_eq!(table.number(second, "z").unwrap(), Some(1.5));
        let place = LonLat::from_degrees(115.98, 36.45).unwrap();
        assert_eq!(first.figure, Some(Figure::Point(place)));
        assert_eq!(second.figure, None);
        assert_eq!(second.at, At::Feature(2));
    }

    #[test]
    fn polygons_keep_their_holes() {
        // 0.01° squares at the equator: 1113.195 m by 1105.743 m.
        let text = feature(
            r#"{"type":"MultiPolygon","coordinates":[
                [[[0,0],[0.02,0],[0.02,0.02],[0,0.02],[0,0]],
                 [[0.005,0.005],[0.015,0.005],[0.015,0.015],[0.005,0.015],[0.005,0.005]]],
                [[[0.03,0],[0.04,0],[0.04,0.01],[0.03,0.01]]]]}"#,
            "null",
        );
        let (table, _) = table::parse("a.geojson", text.as_bytes()).unwrap();
        let Some(Figure::Area(area)) = &table.rows()[0].figure else {
            panic!()
        };
        let expected = 4.0 * 1113.195 * 1105.743;
        assert!((area.square_metres() / expected - 1.0).abs() < 1e-4);
    }

    #[test]
    fn a_bad_feature_is_named() {
        let good = feature(POINT, "{}");
        for (geometry, word) in [
            (r#"{"type":"Point","coordinates":[115.98]}"#, "osition"),
            (r#"{"type":"Point","coordinates":[]}"#, "osition"),
            (
                r#"{"type":"Point","coordinates":[36.45,115.98]}"#,
                "swapped",
            ),
            (r#"{"type":"Point","coordinates":[181,3]}"#, "beyond"),
            (
                r#"{"type":"Point","coordinates":[500000,4034000]}"#,
                "metres",
            ),
            (
                r#"{"type":"Polygon","coordinates":[[[1],[2],[3],[1]]]}"#,
                "two numbers",
            ),
            (r#"{"type":"Polygon","coordinates":[]}"#, "no surface"),
            (
                r#"{"type":"Polygon","coordinates":[[[0,0],[1,1],[0,0]]]}"#,
                "no surface",
            ),
            (
                r#"{"type":"LineString","coordinates":[[0,0],[1,1]]}"#,
                "LineString",
            ),
            (
                r#"{"type":"GeometryCollection","geometries":[]}"#,
                "GeometryCollection",
            ),
            (r#"{"type":"Blob","coordinates":[0,0]}"#, "Blob"),
            (r#"{"type":"Point"}"#, "coordinates"),
            ("5", "zones.geojson"),
        ] {
            let message = refused(&collection(&[good.clone(), feature(geometry, "{}")]));
            assert!(
                message.contains("zones.geojson, feature 2") && message.contains(word),
                "{geometry}: {message}"
            );
        }
        let twice = refused(&feature(POINT, r#"{"Name":1,"name":2}"#));
        assert!(twice.contains("'name'"), "{twice}");
    }

    #[test]
    fn what_is_no_geojson_is_refused() {
        assert!(refused("{\n\"type\": oops}").contains("line 2"));
        assert!(refused(r#"{"type":"Topology"}"#).contains("Topology"));
        assert!(refused("[]").contains("without a type"));
        assert!(refused(r#"{"type":"FeatureCollection"}"#).contains("without features"));
        assert!(refused(&collection(&[])).contains("no rows"));
        assert!(refused(&collection(&["3".to_owned()])).contains("feature 1"));
    }

    #[test]
    fn the_file_and_the_command_agree_on_the_frame() {
        let read = |name: &str, at: &str, asked: Option<&str>| {
            let crs = format!(r#""crs":{{"type":"name","properties":{{"name":"{name}"}}}},"#);
            let crs = if name.is_empty() { String::new() } else { crs };
            let point = format!(r#"{{"type":"Point","coordinates":[{at}]}}"#);
            let text = collection(&[feature(&point, "{}")]).replacen('{', &format!("{{{crs}"), 1);
            let asked = asked.map(|asked| asked.parse().unwrap());
            let table = table::parse_as("a.geojson", None, asked, text.as_bytes());
            table.map(|(table, _)| table.rows()[0].figure.clone())
        };
        let (degrees, metres) = ("115.98,36.45", "408596.0543,4035777.6113");
        let same = read("", degrees, None).unwrap();
        for (name, asked) in [
            ("urn:ogc:def:crs:OGC:1.3:CRS84", None),
            ("EPSG:4326", Some("cgcs2000")),
            ("urn:ogc:def:crs:EPSG::4490", Some("wgs84")),
            ("http://www.opengis.net/def/crs/EPSG/0/4326", None),
        ] {
            assert_eq!(read(name, degrees, asked).unwrap(), same, "{name}");
        }
        // No file can name GCJ-02 by a code, so WGS84 does not speak against it.
        assert_ne!(read("EPSG:4326", degrees, Some("gcj02")).unwrap(), same);
        let grid = read("urn:ogc:def:crs:EPSG::4548", metres, None).unwrap();
        assert_eq!(grid, read("", metres, Some("epsg:4548")).unwrap());
        assert!(grid.is_some());
        for bad in ["EPSG:3857", "EPSG:14326"] {
            let message = read(bad, degrees, None).unwrap_err().to_string();
            assert!(message.contains(bad), "{message}");
        }
        for (name, asked) in [
            ("EPSG:4548", "epsg:4547"),
            ("EPSG:4326", "epsg:4548"),
            ("gcj02", "wgs84"),
        ] {
            let message = read(name, degrees, Some(asked)).unwrap_err().to_string();
            assert!(message.contains(&format!("@{asked}")), "{message}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes: Vec<u8>) {
            let _ = table::parse("a.csv", &bytes);
            let _ = table::parse("a.geojson", &bytes);
        }

        #[test]
        fn no_geometry_makes_it_panic(
            kind in "Point|Polygon|MultiPolygon|LineString",
            numbers in prop::collection::vec(
                prop::collection::vec(prop::collection::vec(-200.0..200.0f64, 0..4), 0..6), 0..4),
            depth in 0..4usize,
        ) {
            let mut coordinates = serde_json::to_string(&numbers).unwrap();
            if depth == 1 {
                coordinates = format!("[{coordinates}]");
            } else if depth == 2 {
                coordinates = serde_json::to_string(&numbers.concat()).unwrap();
            } else if depth == 3 {
                coordinates = serde_json::to_string(&numbers.concat().concat()).unwrap();
            }
            let text = feature(
                &format!(r#"{{"type":"{kind}","coordinates":{coordinates}}}"#),
                r#"{"id":1}"#,
            );
            let _ = table::parse("a.geojson", text.as_bytes());
        }
    }
}
