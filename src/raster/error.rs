//! What can be wrong with a raster.

use crate::frame::{Frame, Misfit};
use crate::lang::{Explain, Lang};

/// A raster that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.explain(Lang::En))]
#[non_exhaustive]
pub enum RasterError {
    /// The file cannot be opened or read.
    Read {
        /// Its path.
        file: String,
        /// Why.
        source: std::io::Error,
    },
    /// The extension is none of a raster.
    UnknownFormat {
        /// The file's name.
        file: String,
    },
    /// It is not built as its format asks.
    Damaged {
        /// The file's name.
        file: String,
        /// What is wrong.
        detail: String,
    },
    /// It does not say where it lies.
    NoGeoreference {
        /// The file's name.
        file: String,
    },
    /// Its cells do not lie along the axes of its frame.
    Rotated {
        /// The file's name.
        file: String,
    },
    /// It has more than one band.
    Bands {
        /// The file's name.
        file: String,
        /// How many.
        bands: u16,
    },
    /// It names a frame that is not known.
    Frame {
        /// The file's name.
        file: String,
        /// The frame.
        name: String,
    },
    /// It names another frame than the command.
    Contradiction {
        /// The file's name.
        file: String,
        /// The frame after the path.
        asked: Frame,
        /// The frame that the file names.
        named: Frame,
    },
    /// Its middle is no place of its frame.
    Misfit {
        /// The file's name.
        file: String,
        /// Its middle.
        middle: [f64; 2],
        /// What is wrong.
        problem: Misfit,
    },
}

impl Explain for RasterError {
    fn explain(&self, lang: Lang) -> String {
        match self {
            Self::Read { file, source } => lang.pick(
                format!("无法读取 {file}：{source}"),
                format!("{file} cannot be read: {source}"),
            ),
            Self::UnknownFormat { file } => lang.pick(
                format!("{file}：不认识的栅格格式；可读 GeoTIFF（.tif）和 ASCII 格网（.asc）"),
                format!("{file}: unknown format of a raster; GeoTIFF (.tif) and ASCII grids (.asc) are read"),
            ),
            Self::Damaged { file, detail } => {
                let detail: String = detail.chars().take(200).collect();
                lang.pick(
                    format!("{file} 无法读取：{detail}；请检查文件是否完整，或重新导出（gdal_translate -co COMPRESS=LZW）"),
                    format!("{file} cannot be read: {detail}; check that it is whole, or write it anew (gdal_translate -co COMPRESS=LZW)"),
                )
            }
            Self::NoGeoreference { file } => lang.pick(
                format!("{file} 没有地理参考，不知位于何处；请导出为带坐标的 GeoTIFF（gdal_translate -a_ullr -a_srs）"),
                format!("{file} does not say where it lies; write it with its position (gdal_translate -a_ullr -a_srs)"),
            ),
            Self::Rotated { file } => lang.pick(
                format!("{file} 的像元与坐标轴不平行；请先重采样（gdalwarp -r sum）"),
                format!("{file}: its cells do not lie along the axes; warp it first (gdalwarp -r sum)"),
            ),
            Self::Bands { file, bands } => lang.pick(
                format!("{file} 有 {bands} 个波段，不知哪个是人口；请只导出一个（gdal_translate -b 1）"),
                format!("{file} has {bands} bands, and which one counts people is not said; write one alone (gdal_translate -b 1)"),
            ),
            Self::Frame { file, name } => {
                let name: String = name.chars().take(200).collect();
                lang.pick(
                    format!("{file} 的坐标系是“{name}”，不能读取；请转换为 WGS84（gdalwarp -t_srs EPSG:4326 -r sum）"),
                    format!("{file}: its coordinate reference system is '{name}', which is not read; warp it to WGS84 (gdalwarp -t_srs EPSG:4326 -r sum)"),
                )
            }
            Self::Contradiction { file, asked, named } => lang.pick(
                format!("{file} 自带坐标系 {named}，与所注 @{asked} 不符；请去掉 @{asked}，或更正文件的坐标系"),
                format!("{file}: the file says {named}, and @{asked} was given; leave @{asked} out, or mend what the file says"),
            ),
            Self::Misfit {
                file,
                middle: [x, y],
                problem,
            } => {
                let problem = problem.explain(lang);
                lang.pick(
                    format!("{file} 的中心 {x}, {y}：{problem}"),
                    format!("{file}, its middle {x}, {y}: {problem}"),
                )
            }
        }
    }
}
