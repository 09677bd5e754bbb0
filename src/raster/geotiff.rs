//! GeoTIFF (OGC 19-008r4): cells in strips or tiles, and tags that say where they lie.

use std::fs::File;
use std::io::BufReader;

use tiff::TiffError;
use tiff::decoder::{Decoder, DecodingResult, Limits};
use tiff::tags::Tag;

use super::{Cell, Opened, RasterError, Window};
use crate::frame::Frame;

/// Enough for the places of two million tiles; the crate's own limit is too low for
/// rasters of a whole country.
const LARGEST_TAG: usize = 32 << 20;

/// The file, at its first image: the others are overviews of it.
pub(super) struct Cells {
    decoder: Decoder<BufReader<File>>,
    size: [u32; 2],
    no_data: Option<f64>,
}

pub(super) fn open(content: BufReader<File>, file: &str) -> Result<Opened<Cells>, RasterError> {
    let file = file.to_owned();
    let damaged = |error: TiffError| RasterError::Damaged {
        file: file.clone(),
        detail: error.to_string(),
    };
    let mut limits = Limits::default();
    limits.ifd_value_size = LARGEST_TAG;
    let mut decoder = Decoder::new(content).map_err(damaged)?.with_limits(limits);
    let (columns, rows) = decoder.dimensions().map_err(damaged)?;
    let bands = decoder
        .find_tag_unsigned(Tag::SamplesPerPixel)
        .map_err(damaged)?
        .unwrap_or(1);
    if bands != 1 {
        return Err(RasterError::Bands { file, bands });
    }
    let keys = Keys(
        decoder
            .find_tag_unsigned_vec(Tag::GeoKeyDirectoryTag)
            .map_err(damaged)?
            .unwrap_or_default(),
    );
    let named = keys.frame().map_err(|name| RasterError::Frame {
        file: file.clone(),
        name,
    })?;
    let mut numbers = |tag| -> Result<Vec<f64>, RasterError> {
        let found = decoder.find_tag(tag).map_err(damaged)?;
        let found = found.map(tiff::decoder::ifd::Value::into_f64_vec);
        Ok(found.transpose().map_err(damaged)?.unwrap_or_default())
    };
    let (scale, tie, matrix) = (
        numbers(Tag::ModelPixelScaleTag)?,
        numbers(Tag::ModelTiepointTag)?,
        numbers(Tag::ModelTransformationTag)?,
    );
    let (mut corner, step) = match (&*matrix, &*scale, &*tie) {
        (&[width, along, _, x, down, height, _, y, ..], ..) if matrix.len() == 16 => {
            if along != 0.0 || down != 0.0 {
                return Err(RasterError::Rotated { file });
            }
            ([x, y], [width, height])
        }
        (_, &[width, height, ..], &[column, row, _, x, y, ..]) => {
            let step = [width, -height];
            ([x - column * step[0], y - row * step[1]], step)
        }
        _ => return Err(RasterError::NoGeoreference { file }),
    };
    let usable = |part: f64| part.is_finite() && part != 0.0;
    if !(corner.iter().all(|part| part.is_finite()) && step.into_iter().all(usable)) {
        return Err(RasterError::NoGeoreference { file });
    }
    if keys.of_points() {
        corner = [corner[0] - step[0] / 2.0, corner[1] - step[1] / 2.0];
    }
    let no_data = match decoder.find_tag(Tag::GdalNodata).map_err(damaged)? {
        Some(value) => {
            let text = value.into_string().map_err(damaged)?;
            text.trim_matches(|letter: char| letter == '\0' || letter.is_whitespace())
                .parse()
                .ok()
        }
        None => None,
    };
    let size = [columns, rows];
    Ok(Opened {
        size,
        corner,
        step,
        named,
        cells: Cells {
            decoder,
            size,
            no_data,
        },
    })
}

impl Cells {
    pub(super) fn read(
        &mut self,
        window: &Window,
        each: &mut dyn FnMut(Cell, f64),
    ) -> Result<(), String> {
        let (width, height) = self.decoder.chunk_dimensions();
        let [columns, rows] = self.size;
        if width == 0 || height == 0 {
            return Err("chunks without a surface".to_owned());
        }
        let across = columns.div_ceil(width);
        for down in window.rows.start / height..window.rows.end.min(rows).div_ceil(height) {
            for along in window.columns.start / width..window.columns.end.div_ceil(width) {
                let first = Cell {
                    row: down * height,
                    column: along * width,
                };
                let own_rows = first.row..first.row.saturating_add(height).min(rows);
                let own_columns = first.column..first.column.saturating_add(width).min(columns);
                if !window.meets(&own_rows, &own_columns) {
                    continue;
                }
                let number = down.saturating_mul(across).saturating_add(along);
                let chunk = self.decoder.read_chunk(number);
                let values = values(chunk.map_err(|error| error.to_string())?);
                let mut values = values.into_iter();
                for row in own_rows {
                    for column in own_columns.clone() {
                        let value = values.next().ok_or("a chunk is too short")?;
                        if window.rows.contains(&row) && window.columns.contains(&column) {
                            each(Cell { row, column }, self.figure(value));
                        }
                    }
                }
            }
        }
        Ok(())
    }

    /// NaN for what stands for nothing; the mark is written with more digits than a
    /// cell of 32 bits holds.
    fn figure(&self, value: f64) -> f64 {
        match self.no_data {
            Some(mark) if [mark, f64::from(mark as f32)].contains(&value) => f64::NAN,
            _ => value,
        }
    }
}

fn values(chunk: DecodingResult) -> Vec<f64> {
    fn all<T: Into<f64>>(values: Vec<T>) -> Vec<f64> {
        values.into_iter().map(Into::into).collect()
    }
    match chunk {
        DecodingResult::U8(values) => all(values),
        DecodingResult::U16(values) => all(values),
        DecodingResult::U32(values) => all(values),
        DecodingResult::U64(values) => values.into_iter().map(|value| value as f64).collect(),
        DecodingResult::I8(values) => all(values),
        DecodingResult::I16(values) => all(values),
        DecodingResult::I32(values) => all(values),
        DecodingResult::I64(values) => values.into_iter().map(|value| value as f64).collect(),
        DecodingResult::F16(values) => all(values),
        DecodingResult::F32(values) => all(values),
        DecodingResult::F64(values) => values,
    }
}

/// The directory of keys that say what the numbers mean: four numbers a key.
struct Keys(Vec<u16>);

impl Keys {
    const MODEL: u16 = 1024;
    const RASTER: u16 = 1025;
    const GEOGRAPHIC: u16 = 2048;
    const PROJECTED: u16 = 3072;

    fn value(&self, key: u16) -> Option<u16> {
        let mut entries = self.0.chunks_exact(4).skip(1);
        entries.find_map(|entry| match *entry {
            [own, 0, _, value] if own == key => Some(value),
            _ => None,
        })
    }

    /// Whether a position is that of the middle of its cell.
    fn of_points(&self) -> bool {
        self.value(Self::RASTER) == Some(2)
    }

    /// The frame that is named; what is named and not known comes back in words.
    fn frame(&self) -> Result<Option<Frame>, String> {
        let model = self.value(Self::MODEL);
        let projected = self.value(Self::PROJECTED);
        let geographic = self.value(Self::GEOGRAPHIC);
        let code = match model {
            Some(1) => projected.or(Some(USER_DEFINED)),
            _ => projected.or(geographic),
        };
        match code {
            None | Some(0) => Ok(None),
            Some(USER_DEFINED) => Err("user-defined".to_owned()),
            Some(code) => {
                let name = format!("EPSG:{code}");
                name.parse().map(Some).map_err(|_| name)
            }
        }
    }
}

/// A frame of the maker's own, told by parameters instead of a code.
const USER_DEFINED: u16 = 32_767;
