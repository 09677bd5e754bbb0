//! Which files a run writes, and what may keep it from them.

use std::borrow::Cow;

use super::{CARD, Fonts, Format, MissingLetters, PictureError, WriteError, picture};
use crate::frame::{Frame, Grid};
use crate::lang::{Explain, Lang};
use crate::network::WalkNetwork;
use crate::plane::LonLat;
use crate::standard::Standard;
use crate::study::{Materials, Study};

/// What is asked of a report beside the tables and maps that are always written.
/// The list of files follows from it.
#[derive(Clone, Debug, Default)]
pub struct Outputs {
    /// The language of names and texts.
    pub lang: Lang,
    /// The frame of all coordinates, save those of the page and the pictures, which are
    /// drawn.
    pub frame: Frame,
    /// Charts and maps as SVG.
    pub svg: bool,
    /// Charts and maps as PNG, with these fonts.
    pub png: Option<Fonts>,
    /// Whether everything is written as a GeoPackage too.
    pub gpkg: bool,
    /// Whether layers are written as Shapefiles too.
    pub shapefile: bool,
    /// Whether there is a table of what would be covered if all gates were open.
    pub gates_open: bool,
    /// Whether there is a table of how coverage changes with what was assumed.
    pub sensitivity: bool,
    /// Whether there are pages of parcels.
    pub parcels: bool,
}

impl Outputs {
    /// What is always written, in a language.
    pub fn plain(lang: Lang) -> Self {
        Self {
            lang,
            ..Self::default()
        }
    }

    /// The kinds of files, in the order in which they appear.
    pub fn formats(&self) -> Vec<Format> {
        let wanted = |format: &Format| format.wanted(self);
        Format::ALL.into_iter().filter(wanted).collect()
    }

    /// The names of all files that are known before a study is run, the calibre card
    /// last.
    pub fn file_names(&self) -> Vec<&'static str> {
        let formats = self.formats().into_iter();
        formats
            .flat_map(|format| format.file_names().iter().copied())
            .chain([CARD])
            .collect()
    }

    /// Whether pictures can show every name that was read, where they are asked for.
    ///
    /// # Errors
    /// [`MissingLetters`], with the remedy.
    pub fn check_names(
        &self,
        materials: &Materials,
        standard: &Standard,
    ) -> Result<(), MissingLetters> {
        self.png.as_ref().map_or(Ok(()), |fonts| {
            picture::check_names(fonts, materials, standard, self.lang)
        })
    }

    /// Whether the frame can hold the study.
    pub(super) fn fit(&self, study: &Study) -> Result<(), ReportError> {
        let shapes = study.blocks.iter().map(|block| &block.shape);
        let shapes = shapes.chain(study.facilities.iter().map(|facility| &facility.shape));
        let corners = shapes.flat_map(|shape| <[LonLat; 2]>::from(shape.bounds()));
        check_frame(self.frame, corners.chain(junctions(&study.network)))
    }
}

fn junctions(network: &WalkNetwork) -> impl Iterator<Item = LonLat> {
    network.junctions().iter().map(|junction| junction.at)
}

/// Whether a frame can hold a network, with what is drawn around it.
///
/// # Errors
/// [`ReportError::FarFromFrame`], with a grid that fits.
pub fn check_network_frame(frame: Frame, network: &WalkNetwork) -> Result<(), ReportError> {
    check_frame(frame, junctions(network))
}

fn check_frame(frame: Frame, places: impl Iterator<Item = LonLat>) -> Result<(), ReportError> {
    for at in places {
        let place = [at.lon_degrees(), at.lat_degrees()];
        if !frame.holds(place) {
            let fitting = Grid::around(place);
            return Err(ReportError::FarFromFrame { frame, at, fitting });
        }
    }
    Ok(())
}

/// A file of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// Its name.
    pub name: Cow<'static, str>,
    /// What stands in it.
    pub content: Vec<u8>,
}

/// Why a report cannot be written.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.explain(Lang::En))]
pub enum ReportError {
    /// A file or a folder cannot be written.
    Write(#[from] WriteError),
    /// The database cannot be made.
    Database(#[from] rusqlite::Error),
    /// The workbook cannot be made.
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// A file would be larger than its format allows.
    TooLarge(&'static str),
    /// A place lies too far from the grid that was asked for.
    FarFromFrame {
        /// The grid.
        frame: Frame,
        /// The place.
        at: LonLat,
        /// A grid that fits it.
        fitting: Option<Grid>,
    },
    /// A picture cannot be made.
    Picture(#[from] PictureError),
}

impl Explain for ReportError {
    fn explain(&self, lang: Lang) -> String {
        match self {
            Self::Write(error) => error.explain(lang),
            Self::Database(error) => lang.pick(
                format!("无法生成 report.gpkg（{error}）；请检查可用内存"),
                format!("report.gpkg cannot be made ({error}); check the memory that is left"),
            ),
            Self::Workbook(error) => lang.pick(
                format!("无法生成 coverage.xlsx（{error}）；请检查可用内存"),
                format!("coverage.xlsx cannot be made ({error}); check the memory that is left"),
            ),
            Self::TooLarge(file) => lang.pick(
                format!("{file} 超过 Shapefile 的大小上限；请改用 --gpkg"),
                format!("{file} is larger than a Shapefile can be; use --gpkg"),
            ),
            Self::FarFromFrame { frame, at, fitting } => {
                let name = frame.name();
                let fitting = fitting.map_or_else(
                    || "wgs84".to_owned(),
                    |grid| Frame::Projected(grid).to_string(),
                );
                lang.pick(
                    format!(
                        "{at} 距 {frame}（{name}）的中央经线超过 6°，不能用它输出；\
                         这座城市可用 --out-frame {fitting}"
                    ),
                    format!(
                        "{at} lies more than 6° from the central meridian of {frame} ({name}), \
                         which cannot hold it; --out-frame {fitting} fits this city"
                    ),
                )
            }
            Self::Picture(error) => error.explain(lang),
        }
    }
}
