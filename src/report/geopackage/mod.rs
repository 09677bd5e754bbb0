//! `report.gpkg`: every layer and the coverage table in one GeoPackage (OGC 12-128r18,
//! version 1.3), with styles that QGIS applies when it opens a layer.
//!
//! Cells are those of the tables, and values only ever travel as parameters: what a place
//! is called never becomes SQL. The file is made in memory, and holds no clock.

mod wkb;

use rusqlite::types::Value;
use rusqlite::{Connection, MAIN_DB, params, params_from_iter};

use super::cell::Kind;
use super::figure::Bounds;
use super::layer::{Drawn, Geometry, Layer, Shown, distinct};
use super::map::ATTRIBUTION;
use super::words::date;
use super::{Cell, Outputs, Table, coverage_table, style};
use crate::frame::Frame;
use crate::lang::Lang;
use crate::study::Study;

/// Ids of frames that no organization numbers: any that EPSG does not use.
const GCJ02: i32 = 990_002;
const BD09: i32 = 990_009;

/// The table of coverage.
const COVERAGE: &str = "coverage";

/// Names that columns of a layer cannot have.
const OWN_COLUMNS: [&str; 2] = ["fid", "geom"];

/// The file.
///
/// # Errors
/// Where SQLite has no memory left.
pub(super) fn file(study: &Study, outputs: &Outputs) -> rusqlite::Result<Vec<u8>> {
    let base = Connection::open_in_memory()?;
    base.execute_batch(include_str!("schema.sql"))?;
    // One transaction: many times faster, even in memory.
    base.execute_batch("BEGIN")?;
    let mut package = Package {
        base,
        srs: srs(outputs.frame),
        lang: outputs.lang,
        date: last_change(study),
    };
    package.frames(outputs.frame)?;
    let shown = Shown::of(study, outputs.lang);
    for layer in Layer::ALL {
        if let Some(drawn) = layer.draw(study, outputs) {
            package.layer(&drawn)?;
            let names = distinct(&drawn.table.columns, &OWN_COLUMNS);
            let qml = style::qml(&drawn, &names, shown.as_ref(), outputs.lang);
            package.style(layer, &qml)?;
        }
    }
    package.coverage(&coverage_table::table(study, outputs.lang))?;
    package.register("layer_styles", "attributes", "layer_styles", None)?;
    package.base.execute_batch("COMMIT")?;
    Ok(package.base.serialize(MAIN_DB)?.to_vec())
}

fn srs(frame: Frame) -> i32 {
    match frame {
        Frame::Bd09 => BD09,
        _ => frame.epsg().map_or(GCJ02, i32::from),
    }
}

/// What the file says of its own age: the date of the OSM data, as the same input gives
/// the same bytes.
fn last_change(study: &Study) -> String {
    let seconds = study.osm_timestamp.unwrap_or(0);
    let of_day = seconds.rem_euclid(86_400);
    let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
    format!("{}T{hour:02}:{minute:02}:{second:02}.000Z", date(seconds))
}

struct Package {
    base: Connection,
    srs: i32,
    lang: Lang,
    date: String,
}

impl Package {
    /// WGS84, which every GeoPackage must know, and the frame.
    fn frames(&self, frame: Frame) -> rusqlite::Result<()> {
        let mut frames = vec![Frame::Wgs84];
        frames.extend((frame.epsg() != Some(4326)).then_some(frame));
        for frame in frames {
            let id = srs(frame);
            let organization = if frame.epsg().is_some() {
                "EPSG"
            } else {
                "NONE"
            };
            let about = match frame {
                Frame::Wgs84 => "longitude and latitude in degrees",
                Frame::Gcj02 | Frame::Bd09 => {
                    "longitude and latitude in degrees, shifted; not WGS 84"
                }
                _ => "",
            };
            let values = params![frame.name(), id, organization, id, frame.wkt(), about];
            self.base.execute(
                "INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)",
                values,
            )?;
        }
        Ok(())
    }

    fn layer(&self, drawn: &Drawn) -> rusqlite::Result<()> {
        let Drawn {
            layer,
            table,
            figures,
        } = drawn;
        let (key, srs) = (layer.key(), self.srs);
        let geometry = match layer.geometry() {
            Geometry::Points => "POINT",
            Geometry::Lines => "MULTILINESTRING",
            Geometry::Areas => "MULTIPOLYGON",
        };
        self.create(key, Some(geometry), table)?;
        let mut insert = self
            .base
            .prepare(&insertion(key, table.columns.len() + 2))?;
        let mut index = self
            .base
            .prepare(&insertion(&format!("rtree_{key}_geom"), 5))?;
        let kinds = table.kinds();
        for (number, (row, figure)) in table.rows.iter().zip(figures).enumerate() {
            let id = number as i64 + 1;
            let own = [Value::from(id), Value::from(wkb::blob(figure, srs))];
            insert.execute(params_from_iter(own.into_iter().chain(values(row, &kinds))))?;
            let Bounds { low, high } = figure.bounds();
            index.execute(params![id, low[0], high[0], low[1], high[1]])?;
        }
        self.base
            .execute_batch(&include_str!("rtree.sql").replace("LAYER", key))?;
        self.register(
            key,
            "features",
            layer.title(self.lang),
            Bounds::of_all(figures),
        )?;
        self.base.execute(
            "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, ?, 0, 0)",
            params![key, geometry, srs],
        )?;
        self.base.execute(
            "INSERT INTO gpkg_extensions VALUES (?, 'geom', 'gpkg_rtree_index', \
             'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')",
            [key],
        )?;
        Ok(())
    }

    fn coverage(&self, table: &Table) -> rusqlite::Result<()> {
        self.create(COVERAGE, None, table)?;
        let mut insert = self
            .base
            .prepare(&insertion(COVERAGE, table.columns.len() + 1))?;
        let kinds = table.kinds();
        for (number, row) in table.rows.iter().enumerate() {
            let id = Value::from(number as i64 + 1);
            insert.execute(params_from_iter(
                std::iter::once(id).chain(values(row, &kinds)),
            ))?;
        }
        let title = self.lang.pick("覆盖率", "Coverage");
        self.register(COVERAGE, "attributes", title, None)
    }

    /// Makes a table, and where it has figures their index.
    fn create(&self, key: &str, geometry: Option<&str>, table: &Table) -> rusqlite::Result<()> {
        let names = distinct(&table.columns, &OWN_COLUMNS);
        let typed = names.iter().zip(table.kinds()).map(|(name, kind)| {
            let kind = match kind {
                Kind::Text => "TEXT",
                Kind::Whole => "INTEGER",
                Kind::Decimal(_) => "REAL",
                Kind::Flag => "BOOLEAN",
            };
            // Keys of packs and levels are part of names: nothing in them ends the quotes.
            format!("\"{}\" {kind}", name.replace('"', "\"\""))
        });
        let own = ["\"fid\" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL".to_owned()];
        let figure = geometry.map(|geometry| format!("\"geom\" {geometry}"));
        let columns: Vec<String> = own.into_iter().chain(figure).chain(typed).collect();
        self.base
            .execute_batch(&format!("CREATE TABLE \"{key}\" ({})", columns.join(", ")))?;
        if geometry.is_some() {
            self.base.execute_batch(&format!(
                "CREATE VIRTUAL TABLE \"rtree_{key}_geom\" USING rtree(id, minx, maxx, miny, maxy)"
            ))?;
        }
        Ok(())
    }

    fn register(
        &self,
        key: &str,
        kind: &str,
        title: &str,
        bounds: Option<Bounds>,
    ) -> rusqlite::Result<()> {
        let [low, high] = [
            bounds.map(|bounds| bounds.low),
            bounds.map(|bounds| bounds.high),
        ];
        let [x, y] = [0, 1].map(|part| [low, high].map(|corner| corner.map(|spot| spot[part])));
        let srs = if kind == "features" { self.srs } else { 0 };
        let values = params![
            key,
            kind,
            title,
            ATTRIBUTION,
            self.date,
            x[0],
            y[0],
            x[1],
            y[1],
            srs
        ];
        self.base.execute(
            "INSERT INTO gpkg_contents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            values,
        )?;
        Ok(())
    }

    fn style(&self, layer: Layer, qml: &str) -> rusqlite::Result<()> {
        let (key, title) = (layer.key(), layer.title(self.lang));
        self.base.execute(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, \
             f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner, \
             update_time) VALUES ('', '', ?, 'geom', ?, ?, '', 1, ?, '', ?)",
            params![key, title, qml, title, self.date],
        )?;
        Ok(())
    }
}

/// The text of an insertion of so many parameters.
fn insertion(key: &str, count: usize) -> String {
    let marks = vec!["?"; count].join(", ");
    format!("INSERT INTO \"{key}\" VALUES ({marks})")
}

/// Cells as values of their columns.
fn values<'a>(row: &'a [Cell], kinds: &'a [Kind]) -> impl Iterator<Item = Value> + 'a {
    row.iter().zip(kinds).map(|(cell, kind)| match cell {
        Cell::Empty => Value::Null,
        Cell::Text(text) => Value::Text(text.clone()),
        Cell::Whole(number) if *kind == Kind::Whole => Value::Integer(*number as i64),
        Cell::Signed(number) if *kind == Kind::Whole => Value::Integer(*number),
        Cell::Whole(_) | Cell::Signed(_) | Cell::Decimal(..) => {
            cell.number().map_or(Value::Null, Value::Real)
        }
        Cell::Flag(flag) => Value::Integer(i64::from(*flag)),
    })
}
