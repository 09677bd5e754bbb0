//! What can be wrong with places.

use crate::lang::{Explain, Lang};
use crate::raster::RasterError;
use crate::table::{Address, At, TableError};

/// Places that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.explain(Lang::En))]
#[non_exhaustive]
pub enum PlacesError {
    /// The table cannot be read, or one of its cells.
    Table(#[from] TableError),
    /// The raster of people cannot be read.
    Raster(#[from] RasterError),
    /// No block lies on the raster of people.
    BeyondRaster {
        /// The raster.
        file: String,
    },
    /// A total of people cannot be spread: no block has a dwelling.
    NoFloors,
    /// The state of a gate is none that is known.
    GateState {
        /// The cell.
        at: Address,
        /// What stands there.
        word: String,
    },
    /// Two rows say different states of one gate.
    GateTwice {
        /// The first row.
        at: Address,
        /// The other.
        again: Address,
    },
    /// A gate stands far from the outline of its block.
    FarGate {
        /// The row.
        at: Address,
        /// The block.
        block: String,
        /// How far.
        metres: u64,
    },
    /// Two rows have the same id.
    DuplicateId {
        /// The id.
        id: String,
        /// The first row that has it.
        at: Address,
        /// The next one.
        again: At,
    },
    /// Two files of zones have the same id on one level.
    ZoneTwice {
        /// The id.
        id: String,
        /// The level, where they have one.
        level: Option<String>,
    },
    /// A row has no id.
    NoId {
        /// The row.
        at: Address,
    },
    /// A row has neither a geometry nor a position.
    NoPlace {
        /// The row.
        at: Address,
    },
    /// A row of zones or of the boundary is no polygon.
    NoArea {
        /// The row.
        at: Address,
    },
    /// A zone's level is the word that stands for the whole study area.
    ReservedLevel {
        /// The cell.
        at: Address,
    },
    /// A header is explained by a word that no column has.
    UnknownMeaning {
        /// The cell.
        at: Address,
        /// The word.
        meaning: String,
        /// The nearest that is known.
        nearest: Option<String>,
    },
    /// The catalog of categories contradicts itself.
    Catalog(String),
}

impl Explain for PlacesError {
    fn explain(&self, lang: Lang) -> String {
        match self {
            Self::Table(error) => error.explain(lang),
            Self::Raster(error) => error.explain(lang),
            Self::GateState { at, word } => lang.pick(
                format!("{}：“{word}”不是大门的状态；请填写 open（开放）、resident（仅居民）或 closed（关闭）", at.explain(lang)),
                format!("{at}: '{word}' is no state of a gate; write open, resident or closed"),
            ),
            Self::GateTwice { at, again } => lang.pick(
                format!("{}与{}：同一街坊、同一位置的大门状态不同；请保留一行", at.explain(lang), again.explain(lang)),
                format!("{at} and {again}: one gate of a block with two states; keep one of the rows"),
            ),
            Self::FarGate { at, block, metres } => lang.pick(
                format!("{}：距街坊“{block}”的边界 {metres} 米；请更正位置、街坊编号或文件的坐标系（@gcj02 等）", at.explain(lang)),
                format!("{at}: it stands {metres} m from the outline of block '{block}'; correct its place, the block's id, or the frame of the file (@gcj02 …)"),
            ),
            Self::BeyondRaster { file } => lang.pick(
                format!("{file}：没有任何街坊位于该栅格之内；请检查它是否属于本市、坐标系是否正确（@epsg:…）"),
                format!("{file}: no block lies on this raster; check that it is of this city, and its frame (@epsg:…)"),
            ),
            Self::NoFloors => lang.pick(
                "--people：OSM 数据中没有任何街坊画有住宅，无法按建筑面积分配人口；请在 --blocks 中填写人口列，或用 --population 提供栅格",
                "--people: the extract draws no dwelling in any block, so the people cannot be spread by floor area; give --blocks a column of people, or a raster with --population",
            )
            .to_owned(),
            Self::ZoneTwice { id, level } => {
                let level = level.as_deref().unwrap_or("–");
                lang.pick(
                    format!(
                        "--zones 的两个文件中都有 {level} 级的分区“{id}”；请用 level 列或文件名区分层级（街道、社区），或改正 id"
                    ),
                    format!(
                        "--zones: two files have the zone '{id}' of level {level}; tell the levels apart by a column level or by the names of the files (subdistrict, community), or mend the id"
                    ),
                )
            }
            Self::DuplicateId { id, at, again } => {
                let again = again.explain(lang);
                lang.pick(
                    format!(
                        "{} 与{again}的 id 都是“{id}”；每行的 id 必须不同",
                        at.explain(lang)
                    ),
                    format!("{at} and {again}: both have the id '{id}'; give every row its own"),
                )
            }
            Self::NoId { at } => lang.pick(
                format!("{} 没有 id；请为每行填写唯一的 id", at.explain(lang)),
                format!("{at}: there is no id; give every row one of its own in the column id"),
            ),
            Self::NoPlace { at } => lang.pick(
                format!(
                    "{} 没有位置；请填写 lon 和 lat，或给出几何",
                    at.explain(lang)
                ),
                format!("{at}: there is no position; fill in lon and lat, or give it a geometry"),
            ),
            Self::NoArea { at } => lang.pick(
                format!(
                    "{} 不是多边形；请使用 GeoJSON 的 Polygon 或 MultiPolygon",
                    at.explain(lang)
                ),
                format!("{at} is no polygon; use GeoJSON with Polygon or MultiPolygon"),
            ),
            Self::ReservedLevel { at } => lang.pick(
                format!(
                    "{}：“whole”指整个研究范围，请改用其他层级名",
                    at.explain(lang)
                ),
                format!("{at}: 'whole' stands for the study area; name the level otherwise"),
            ),
            Self::UnknownMeaning {
                at,
                meaning,
                nearest,
            } => {
                let at = at.explain(lang);
                let meant = match (nearest, lang) {
                    (None, _) => String::new(),
                    (Some(nearest), Lang::Zh) => format!("；是否指“{nearest}”"),
                    (Some(nearest), Lang::En) => format!("; is '{nearest}' meant"),
                };
                lang.pick(
                    format!("{at}：没有叫“{meaning}”的列{meant}？请用 inputs.md 中的列名"),
                    format!("{at}: no column is called '{meaning}'{meant}? write a name of docs/inputs.md"),
                )
            }
            Self::Catalog(detail) => lang.pick(
                format!("设施分类目录有误：{detail}"),
                format!("the catalog of categories is wrong: {detail}"),
            ),
        }
    }
}
