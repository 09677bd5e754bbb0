//! Why a study could not be made.

use std::path::PathBuf;

use crate::lang::{Explain, Lang};
use crate::osm::OsmError;
use crate::places::PlacesError;
use crate::profile::WalkerError;
use crate::standard::StandardError;

/// An error of any stage, with its place and the remedy.
#[derive(Debug, thiserror::Error)]
pub enum StudyError {
    /// A file that cannot be opened or read.
    #[error("{}", self.explain(Lang::En))]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// There is nothing to measure: no block, or none in the study area.
    #[error("{}", self.explain(Lang::En))]
    NoBlocks {
        /// The file that should hold them.
        file: String,
        /// Whether there are blocks, but none in the study area.
        outside: bool,
    },
    /// No parcel lies in the extract.
    #[error("{}", self.explain(Lang::En))]
    NoParcels {
        /// The file that should hold them.
        file: String,
    },
    /// A table whose places lie in the extract once their order is turned.
    #[error("{}", self.explain(Lang::En))]
    Swapped {
        /// The table.
        file: String,
    },
    /// People are given by a raster and by a total.
    #[error("{}", self.explain(Lang::En))]
    PeopleTwice,
    /// The extract.
    #[error(transparent)]
    Osm(#[from] OsmError),
    /// A table of places.
    #[error(transparent)]
    Places(#[from] PlacesError),
    /// The standard pack.
    #[error(transparent)]
    Standard(#[from] StandardError),
    /// The walker.
    #[error(transparent)]
    Walker(#[from] WalkerError),
}

impl Explain for StudyError {
    fn explain(&self, lang: Lang) -> String {
        match self {
            Self::Unreadable { path, source } => match lang {
                Lang::Zh => format!(
                    "{}：无法读取（{source}）；请检查文件名和权限",
                    path.display()
                ),
                Lang::En => format!(
                    "{}: cannot be read ({source}); check its name and your permission to read it",
                    path.display()
                ),
            },
            Self::NoBlocks {
                file,
                outside: true,
            } => match lang {
                Lang::Zh => format!(
                    "{file}：没有任何街坊位于研究范围之内；请检查该范围是否属于本市、坐标是否为 WGS84"
                ),
                Lang::En => format!(
                    "{file}: no block lies in the study area; check that it is of this city and \
                     in WGS84"
                ),
            },
            Self::NoBlocks {
                file,
                outside: false,
            } => match lang {
                Lang::Zh => {
                    format!("{file}：没有居住用地或住宅建筑；请用 --blocks 提供住宅用地")
                }
                Lang::En => format!(
                    "{file}: there are no residential areas or buildings; give blocks with \
                     --blocks"
                ),
            },
            Self::NoParcels { file } => lang.pick(
                format!(
                    "{file}：没有任何地块位于 OSM 数据之内；请检查它是否属于本市、文件的坐标系（@gcj02 等）"
                ),
                format!(
                    "{file}: no parcel lies in the extract; check that it is of this city, and \
                     the frame of the file (@gcj02 …)"
                ),
            ),
            Self::Swapped { file } => match lang {
                Lang::Zh => format!(
                    "{file}：没有任何地点位于 OSM 数据之内，而经度与纬度对调后则位于其内；请把两列（两个数）对调：经度在前，纬度在后"
                ),
                Lang::En => format!(
                    "{file}: nothing lies in the extract, but with longitude and latitude swapped \
                     it does; swap the two columns (or numbers): longitude comes first"
                ),
            },
            Self::PeopleTwice => lang
                .pick(
                    "--population 与 --people 只能给出一个：人口或取自栅格，或按总数分配；请去掉其一",
                    "--population and --people were both given, and people can come from one of \
                     them only; leave one out",
                )
                .to_owned(),
            Self::Osm(error) => error.explain(lang),
            Self::Places(error) => error.explain(lang),
            Self::Standard(error) => error.explain(lang),
            Self::Walker(error) => error.explain(lang),
        }
    }
}
