//! What can be wrong with a table.

use super::model::Address;
use crate::frame::{Frame, Misfit};
use crate::lang::{Explain, Lang};

/// What is wrong with a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadNumber {
    /// A text that is no number.
    NotANumber,
    /// `1,200` or `1 200`.
    Grouped,
    /// NaN or infinite, or too large to be held.
    NotFinite,
    /// Below zero, where nothing can be.
    Negative,
    /// Beyond any land or people on earth.
    TooLarge,
    /// With a fraction, or too large to be counted, where things are counted.
    NotWhole,
    /// Empty, where the other half of the pair is given.
    Missing,
}

impl Explain for BadNumber {
    fn explain(&self, lang: Lang) -> String {
        match self {
            Self::NotANumber => lang.pick(
                "不是数字；请填写如 1200.5 的数字，不带单位",
                "is no number; write it like 1200.5, without a unit",
            ),
            Self::Grouped => lang.pick(
                "含有千位分隔符；请写成 1200.5",
                "has separators of thousands; write it like 1200.5",
            ),
            Self::NotFinite => lang.pick(
                "不是有限的数字；未知的请留空",
                "is no finite number; leave the cell empty if it is unknown",
            ),
            Self::Negative => lang.pick(
                "是负数；请更正，未知的请留空",
                "is negative; correct it, or leave the cell empty if it is unknown",
            ),
            Self::TooLarge => lang.pick("过大；请检查单位", "is too large; check the unit"),
            Self::NotWhole => lang.pick(
                "不是整数；请填写如 120 的整数",
                "is no whole number; write it like 120",
            ),
            Self::Missing => lang.pick(
                "为空；经度和纬度要同时填写",
                "is empty; give both the longitude and the latitude",
            ),
        }
        .to_owned()
    }
}

/// What is wrong with a row or one of its cells.
#[derive(Clone, Debug, PartialEq)]
pub enum BadRow {
    /// It has more or fewer cells than there are columns.
    Fields {
        /// Its cells.
        found: usize,
        /// The columns.
        expected: usize,
    },
    /// The feature is not built as `GeoJSON` asks.
    Malformed(String),
    /// The geometry, of this kind, is neither a point nor polygons.
    Geometry(String),
    /// The geometry, of this kind, is no line.
    NoLine(String),
    /// The bytes of the geometry cannot be read.
    Blob(String),
    /// A polygon has no surface.
    NoSurface,
    /// A formula of a workbook that gives an error, such as `#N/A`.
    Formula(String),
    /// A position is not on the globe.
    Position {
        /// Its first number.
        lon: f64,
        /// Its second number.
        lat: f64,
        /// What is wrong.
        problem: Misfit,
    },
    /// A cell that should hold a number.
    Number {
        /// What it holds.
        value: String,
        /// What is wrong.
        problem: BadNumber,
    },
}

impl Explain for BadRow {
    fn explain(&self, lang: Lang) -> String {
        match self {
            Self::Fields { found, expected } => lang.pick(
                format!("有 {found} 个单元格，表头有 {expected} 列；含逗号的文字要加引号"),
                format!("{found} cells under {expected} columns; a text with commas needs quotes"),
            ),
            Self::Malformed(detail) => {
                let detail = shortened(detail);
                lang.pick(
                    format!("不符合 GeoJSON：{detail}；请重新导出"),
                    format!("not as GeoJSON asks: {detail}; export the file anew"),
                )
            }
            Self::Geometry(kind) => lang.pick(
                format!("几何类型 {kind} 不可用；可用 Point、Polygon、MultiPolygon"),
                format!("the geometry is a {kind}; Point, Polygon and MultiPolygon are read"),
            ),
            Self::NoLine(kind) => lang.pick(
                format!("几何类型 {kind} 不可用；拟建道路应为 LineString 或 MultiLineString"),
                format!("the geometry is a {kind}; links are LineString or MultiLineString"),
            ),
            Self::Blob(detail) => {
                let detail = shortened(detail);
                lang.pick(
                    format!("几何数据无法读取：{detail}；请重新导出"),
                    format!("the geometry cannot be read: {detail}; export the file anew"),
                )
            }
            Self::NoSurface => lang
                .pick(
                    "多边形没有面积；请更正或删去",
                    "the polygon has no surface; correct or remove it",
                )
                .to_owned(),
            Self::Formula(value) => lang.pick(
                format!("公式出错（{value}）；请更正，未知的请留空"),
                format!(
                    "its formula gives {value}; mend it, or leave the cell empty if it is unknown"
                ),
            ),
            Self::Position { lon, lat, problem } => {
                let problem = problem.explain(lang);
                lang.pick(
                    format!("坐标 {lon}, {lat}：{problem}"),
                    format!("position {lon}, {lat}: {problem}"),
                )
            }
            Self::Number { value, problem } => {
                let (value, problem) = (shortened(value), problem.explain(lang));
                lang.pick(
                    format!("“{value}”{problem}"),
                    format!("'{value}' {problem}"),
                )
            }
        }
    }
}

/// A table that cannot be read, or a cell of it.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.explain(Lang::En))]
#[non_exhaustive]
pub enum TableError {
    /// The file cannot be opened or read.
    Read {
        /// Its path.
        file: String,
        /// Why.
        source: std::io::Error,
    },
    /// The extension is none of a known format.
    UnknownFormat {
        /// The file's name.
        file: String,
    },
    /// The text is neither UTF-8 nor GB18030.
    NotUtf8 {
        /// The file's name.
        file: String,
        /// The first line with another encoding.
        line: u64,
    },
    /// The columns are not separated by commas.
    Separator {
        /// The file's name.
        file: String,
        /// What separates them instead.
        found: char,
    },
    /// The CSV reader refuses the file.
    Csv {
        /// The file's name.
        file: String,
        /// Its reason.
        detail: String,
    },
    /// The workbook, the Shapefile or the GeoPackage cannot be read.
    Workbook {
        /// The file's name.
        file: String,
        /// The reason.
        detail: String,
    },
    /// The file holds no such sheet or layer, or several and none was named.
    NoPart {
        /// The file's name.
        file: String,
        /// What was asked for; empty where nothing was.
        part: String,
        /// What there is.
        present: Vec<String>,
    },
    /// What was written last stands in a log beside the database.
    Unsaved {
        /// The file's name.
        file: String,
    },
    /// The file says another frame than the command.
    Contradiction {
        /// The file's name.
        file: String,
        /// The frame after the path.
        asked: Frame,
        /// The frame that the file names.
        named: Frame,
    },
    /// The file is no JSON.
    Json {
        /// The file's name.
        file: String,
        /// The reason, with line and column.
        detail: String,
    },
    /// The file is JSON, but neither a feature nor a collection of features.
    NotGeoJson {
        /// The file's name.
        file: String,
        /// The `type` that was found.
        found: String,
    },
    /// The file names a coordinate reference system that is not known.
    Crs {
        /// The file's name.
        file: String,
        /// The name of the system.
        name: String,
    },
    /// A row or one of its cells.
    Row {
        /// Which.
        at: Address,
        /// What is wrong.
        problem: BadRow,
    },
    /// Two columns have the same name.
    ColumnTwice {
        /// The file's name.
        file: String,
        /// The name.
        column: String,
    },
    /// A needed column is not there.
    MissingColumn {
        /// The file's name.
        file: String,
        /// The needed column.
        column: String,
        /// The columns that are there.
        present: Vec<String>,
    },
    /// There are no rows.
    NoRows {
        /// The file's name.
        file: String,
    },
}

impl Explain for TableError {
    fn explain(&self, lang: Lang) -> String {
        match self {
            Self::Read { file, source } => lang.pick(
                format!("无法读取 {file}：{source}"),
                format!("{file} cannot be read: {source}"),
            ),
            Self::UnknownFormat { file } => lang.pick(
                format!("{file}：不认识的格式；可读 .csv、.xlsx、.geojson（.json）、.gpkg 和 .shp；旧版 .xls 请另存为 .xlsx"),
                format!("{file}: unknown format; .csv, .xlsx, .geojson (.json), .gpkg and .shp are read; save an .xls as .xlsx"),
            ),
            Self::NotUtf8 { file, line } => lang.pick(
                format!("{file} 第 {line} 行既不是 UTF-8 也不是 GB18030 编码；请另存为“CSV UTF-8”"),
                format!("{file}, line {line}: the text is neither UTF-8 nor GB18030; save the file as CSV UTF-8"),
            ),
            Self::Separator { file, found } => lang.pick(
                format!("{file} 的列以 {found:?} 分隔；请另存为逗号分隔的 CSV"),
                format!("{file}: the columns are separated by {found:?}; save it with commas"),
            ),
            Self::Csv { file, detail } => lang.pick(
                format!("{file} 不是有效的 CSV：{detail}"),
                format!("{file} is no valid CSV: {detail}"),
            ),
            Self::ColumnTwice { file, column } => lang.pick(
                format!("{file} 有两列都叫“{column}”（不分大小写）；请改名或删去一列"),
                format!("{file}: two columns are named '{column}' (case does not count); rename or remove one"),
            ),
            Self::MissingColumn { file, column, present } => {
                let present = shortened(&present.join(", "));
                lang.pick(
                    format!("{file} 缺少“{column}”列；现有：{present}"),
                    format!("{file}: the column '{column}' is missing; there are: {present}"),
                )
            }
            Self::NoRows { file } => lang.pick(
                format!("{file} 没有数据行；请补充，或不使用该文件"),
                format!("{file} has no rows; add some, or leave the file out"),
            ),
            Self::Workbook { file, detail } => {
                let detail = shortened(detail);
                lang.pick(
                    format!("{file} 无法读取：{detail}；请检查文件是否完整、未加密，或重新导出"),
                    format!("{file} cannot be read: {detail}; check that it is whole and has no password, or export it anew"),
                )
            }
            Self::NoPart { file, part, present } => {
                let present = shortened(&present.join(", "));
                match (part.is_empty(), lang) {
                    (false, Lang::Zh) => format!("{file} 没有“{part}”；请在路径后以 # 注明其中之一，现有：{present}"),
                    (false, Lang::En) => format!("{file}: there is no '{part}'; name one after # behind the path: {present}"),
                    (true, Lang::Zh) => format!("{file} 没有注明读哪一个图层；请在路径后以 # 注明，现有：{present}"),
                    (true, Lang::En) => format!("{file}: name the layer after # behind the path; there are: {present}"),
                }
            }
            Self::Unsaved { file } => lang.pick(
                format!("{file} 正在被其他程序使用，最近的修改还在 {file}-wal 中；请在 QGIS 中关闭该图层后再运行"),
                format!("{file} is open in another program, and its last changes stand in {file}-wal; close it there, and run again"),
            ),
            Self::Contradiction { file, asked, named } => lang.pick(
                format!("{file} 自带坐标系 {named}，与所注 @{asked} 不符；请去掉 @{asked}，或更正文件的坐标系"),
                format!("{file}: the file says {named}, and @{asked} was given; leave @{asked} out, or mend what the file says"),
            ),
            Self::Json { file, detail } => lang.pick(
                format!("{file} 不是有效的 JSON：{detail}"),
                format!("{file} is no valid JSON: {detail}"),
            ),
            Self::NotGeoJson { file, found } => {
                let found = shortened(found);
                lang.pick(
                    format!("{file}：应为 FeatureCollection 或 Feature，实为 {found}；请导出为 GeoJSON"),
                    format!("{file}: a FeatureCollection or a Feature is needed, this is {found}; export it as GeoJSON"),
                )
            }
            Self::Crs { file, name } => {
                let name = shortened(name);
                lang.pick(
                    format!("{file} 的坐标系是“{name}”，不能读取；请转换为 WGS84（EPSG:4326）或 CGCS2000 后再导出"),
                    format!("{file}: its coordinate reference system is '{name}', which is not read; export it in WGS84 (EPSG:4326) or CGCS2000"),
                )
            }
            Self::Row { at, problem } => {
                let (at, problem) = (at.explain(lang), problem.explain(lang));
                lang.pick(format!("{at}：{problem}"), format!("{at}: {problem}"))
            }
        }
    }
}

/// The text, cut where it would flood a message.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 200;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
