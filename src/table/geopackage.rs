//! GeoPackages (OGC 12-128): one layer of features in a SQLite database.

use std::io::Cursor;

use geo_traits::{
    CoordTrait as _, GeometryTrait, GeometryType, LineStringTrait, MultiPolygonTrait as _,
    PointTrait as _, PolygonTrait,
};
use rusqlite::config::DbConfig;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, MAIN_DB, OptionalExtension as _, Row as Record};

use super::drawn::{self, Rings, Spot};
use super::model::{Address, At, Figure, Table};
use super::{BadRow, TableError, settled};
use crate::frame::Frame;
use crate::notice::Notices;

/// Where the header of a SQLite file says whether what was written last stands in a file
/// beside it, and what it says where nothing does.
const JOURNAL: std::ops::Range<usize> = 18..20;
const NO_LOG: u8 = 1;

/// The flag of a geometry that draws nothing.
const EMPTY: u8 = 1 << 4;

/// A layer of features.
struct Layer {
    name: String,
    /// The column of the geometry.
    geometry: String,
    srs: i64,
}

pub(super) fn parse(
    mut table: Table,
    part: Option<&str>,
    asked: Option<Frame>,
    bytes: &[u8],
) -> Result<(Table, Notices), TableError> {
    let file = table.file().to_owned();
    let broken = |error: rusqlite::Error| TableError::Workbook {
        file: file.clone(),
        detail: error.to_string(),
    };
    let no_package = || TableError::Workbook {
        file: file.clone(),
        detail: "no GeoPackage with a layer of features / 不是含要素图层的 GeoPackage".to_owned(),
    };
    if !bytes.starts_with(b"SQLite format 3\0") {
        return Err(no_package());
    }
    let database = open(bytes).map_err(broken)?;
    if !is_package(&database).map_err(broken)? {
        return Err(no_package());
    }
    let layers = layers(&database).map_err(broken)?;
    if layers.is_empty() {
        return Err(no_package());
    }
    let chosen = match (part, &*layers) {
        (None, [only]) => Some(only),
        (None, _) => None,
        (Some(part), layers) => layers.iter().find(|layer| layer.name == part),
    };
    let Some(layer) = chosen else {
        return Err(TableError::NoPart {
            file,
            part: part.unwrap_or_default().to_owned(),
            present: layers.into_iter().map(|layer| layer.name).collect(),
        });
    };
    let named = frame(&database, layer.srs).map_err(broken)?;
    let named = named.map_err(|name| TableError::Crs {
        file: file.clone(),
        name,
    })?;
    if part.is_some() {
        table.rename_file(&format!("{file}#{}", layer.name));
    }
    table.set_frame(settled(table.file(), asked, named)?);
    rows(&mut table, &database, layer)?;
    Ok((table, Notices::default()))
}

/// The database, in memory: nothing is locked, and nothing is written beside the file.
/// What its own schema would compute is not trusted.
fn open(bytes: &[u8]) -> rusqlite::Result<Connection> {
    let mut bytes = bytes.to_vec();
    if let Some(journal) = bytes.get_mut(JOURNAL) {
        journal.fill(NO_LOG);
    }
    let mut database = Connection::open_in_memory()?;
    database.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    database.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    let length = bytes.len();
    database.deserialize_read_exact(MAIN_DB, Cursor::new(bytes), length, true)?;
    Ok(database)
}

/// Whether what describes the layers are plain tables: a view could compute for ever.
fn is_package(database: &Connection) -> rusqlite::Result<bool> {
    database.query_row(
        "SELECT count(*) = 3 FROM sqlite_schema
         WHERE name IN ('gpkg_contents', 'gpkg_geometry_columns', 'gpkg_spatial_ref_sys')
             AND type = 'table' AND sql LIKE 'CREATE TABLE%'",
        [],
        |row| row.get(0),
    )
}

/// The layers of features that are tables, by name: no views, and no tables that a module
/// makes up.
fn layers(database: &Connection) -> rusqlite::Result<Vec<Layer>> {
    let mut found = database.prepare(
        "SELECT contents.table_name, geometry.column_name, geometry.srs_id
         FROM gpkg_contents AS contents
         JOIN gpkg_geometry_columns AS geometry ON geometry.table_name = contents.table_name
         JOIN sqlite_schema AS own ON own.name = contents.table_name
         WHERE contents.data_type = 'features' AND own.type = 'table'
             AND own.sql LIKE 'CREATE TABLE%'
         ORDER BY contents.table_name",
    )?;
    let layers = found.query_map([], |row| {
        Ok(Layer {
            name: row.get(0)?,
            geometry: row.get(1)?,
            srs: row.get(2)?,
        })
    })?;
    layers.collect()
}

/// The frame of a layer; `None` where it says that it is not known. A frame that is not
/// read is its name.
fn frame(database: &Connection, srs: i64) -> rusqlite::Result<Result<Option<Frame>, String>> {
    if srs <= 0 {
        return Ok(Ok(None));
    }
    let query = "SELECT srs_name, organization, organization_coordsys_id, definition
                 FROM gpkg_spatial_ref_sys WHERE srs_id = ?1";
    let known = database
        .query_row(query, [srs], |row| {
            let text = |at| row.get::<_, String>(at);
            Ok((text(0)?, text(1)?, row.get::<_, i64>(2)?, text(3)?))
        })
        .optional()?;
    let Some((name, organization, code, definition)) = known else {
        return Ok(Err(srs.to_string()));
    };
    let registered = || format!("{organization}:{code}").parse().ok();
    let frame = Frame::of_wkt(&definition).or_else(registered);
    Ok(frame.map(Some).ok_or(name))
}

fn rows(table: &mut Table, database: &Connection, layer: &Layer) -> Result<(), TableError> {
    let file = table.file().to_owned();
    let broken = |error: rusqlite::Error| TableError::Workbook {
        file: file.clone(),
        detail: error.to_string(),
    };
    let own = columns(database, &layer.name).map_err(broken)?;
    let (mut geometry, mut key) = (None, None);
    let mut columns: Vec<Option<u32>> = Vec::new();
    for (at, (name, is_key)) in own.iter().enumerate() {
        if *is_key {
            key = Some(at);
        }
        columns.push(if name.eq_ignore_ascii_case(&layer.geometry) {
            geometry = Some(at);
            None
        } else if *is_key && !name.eq_ignore_ascii_case("id") {
            // It names the feature where no column `id` does.
            None
        } else {
            Some(table.new_column(name, None)?)
        });
    }
    let quoted = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
    let names: Vec<String> = own.iter().map(|(name, _)| quoted(name)).collect();
    let all = format!("SELECT {} FROM {}", names.join(", "), quoted(&layer.name));
    let mut query = database.prepare(&all).map_err(broken)?;
    let mut records = query.query([]).map_err(broken)?;
    let mut number = 0;
    while let Some(record) = records.next().map_err(broken)? {
        number += 1;
        let at = At::Feature(number);
        let text = |at: usize| record.get_ref(at).map(plain).map_err(broken);
        let mut cells = Vec::with_capacity(columns.len());
        for (at, column) in columns.iter().enumerate() {
            if let Some(column) = column {
                cells.push((*column, text(at)?));
            }
        }
        let id = key.map(text).transpose()?;
        let figure = match geometry
            .map(|at| blob(record, at))
            .transpose()
            .map_err(broken)?
        {
            Some(Some(bytes)) => figure(&table.place_of(at), table.frame(), bytes)?,
            _ => None,
        };
        let cells = cells.iter().map(|(column, text)| (*column, &**text));
        table.push(at, None, cells, id, figure);
    }
    Ok(())
}

/// The columns of a layer, and whether each is the primary key.
fn columns(database: &Connection, layer: &str) -> rusqlite::Result<Vec<(String, bool)>> {
    let mut query = database.prepare("SELECT name, pk = 1 FROM pragma_table_info(?1)")?;
    let columns = query.query_map([layer], |row| Ok((row.get(0)?, row.get(1)?)))?;
    columns.collect()
}

/// A value as it would stand in a cell of CSV; bytes are none.
fn plain(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null | ValueRef::Blob(_) => String::new(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
    }
}

fn blob<'a>(record: &'a Record<'_>, at: usize) -> rusqlite::Result<Option<&'a [u8]>> {
    match record.get_ref(at)? {
        ValueRef::Blob(bytes) => Ok(Some(bytes)),
        _ => Ok(None),
    }
}

/// The geometry after its header: magic, version, flags, id of the frame, and a box whose
/// size the flags tell.
fn figure(at: &Address, frame: Frame, bytes: &[u8]) -> Result<Option<Figure>, TableError> {
    let malformed = |detail: &str| drawn::refused(at, BadRow::Blob(detail.to_owned()));
    let (b"GP", Some(flags)) = (bytes.get(..2).unwrap_or_default(), bytes.get(3)) else {
        return Err(malformed("GP"));
    };
    if flags & EMPTY != 0 {
        return Ok(None);
    }
    let numbers = match (flags >> 1) & 7 {
        0 => 0,
        1 => 4,
        2 | 3 => 6,
        4 => 8,
        _ => return Err(malformed("envelope")),
    };
    let drawn = bytes.get(8 + 8 * numbers..).unwrap_or_default();
    let kind = kind(drawn).ok_or_else(|| malformed("WKB"))?;
    let other = || {
        let known = KINDS.get(kind as usize).filter(|name| !name.is_empty());
        let name = known.map_or_else(|| format!("type {kind}"), |name| (*name).to_owned());
        drawn::refused(at, BadRow::Geometry(name))
    };
    if !READ.contains(&kind) {
        return Err(other());
    }
    let geometry = wkb::reader::read_wkb(drawn).map_err(|error| malformed(&error.to_string()))?;
    match geometry.as_type() {
        GeometryType::Point(point) => match point.coord() {
            Some(corner) => drawn::point(at, frame, [corner.x(), corner.y()]).map(Some),
            None => Ok(None),
        },
        GeometryType::Polygon(polygon) => drawn::area(at, frame, [rings(polygon)]).map(Some),
        GeometryType::MultiPolygon(polygons) => {
            let polygons = polygons.polygons().map(|polygon| rings(&polygon));
            drawn::area(at, frame, polygons).map(Some)
        }
        _ => Err(other()),
    }
}

/// Kinds of geometries by their number, without heights and measures.
const KINDS: [&str; 13] = [
    "",
    "Point",
    "LineString",
    "Polygon",
    "MultiPoint",
    "MultiLineString",
    "MultiPolygon",
    "GeometryCollection",
    "CircularString",
    "CompoundCurve",
    "CurvePolygon",
    "MultiCurve",
    "MultiSurface",
];

/// Those that are read.
const READ: [u32; 3] = [1, 3, 6];

/// The kind of a geometry: after the order of the bytes, with thousands, or high bits, for
/// heights and measures.
fn kind(drawn: &[u8]) -> Option<u32> {
    let four: [u8; 4] = drawn.get(1..5)?.try_into().ok()?;
    let number = match drawn.first()? {
        0 => u32::from_be_bytes(four),
        _ => u32::from_le_bytes(four),
    };
    Some((number & 0x0fff_ffff) % 1_000)
}

fn rings(polygon: &impl PolygonTrait<T = f64>) -> Rings {
    let outer = polygon.exterior().map(|outer| spots(&outer));
    let holes = polygon.interiors().map(|hole| spots(&hole));
    outer.into_iter().chain(holes).collect()
}

fn spots(ring: &impl LineStringTrait<T = f64>) -> Vec<Spot> {
    ring.coords()
        .map(|corner| [corner.x(), corner.y()])
        .collect()
}
