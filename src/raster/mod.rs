//! Rasters of figures, such as people a cell: GeoTIFF and ASCII grids, read by a window
//! of their cells, never whole.

mod ascii;
mod error;
mod geotiff;
mod layout;

use std::fs::File;
use std::io::BufReader;
use std::ops::Range;
use std::path::Path;

pub use error::RasterError;

use crate::frame::Frame;
use crate::plane::LonLat;
use layout::Layout;

/// A cell of a raster, from its first row and column as they stand in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell {
    /// Its row.
    pub row: u32,
    /// Its column.
    pub column: u32,
}

/// A rectangle of cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// Its rows.
    pub rows: Range<u32>,
    /// Its columns.
    pub columns: Range<u32>,
}

impl Window {
    /// The smallest that holds these cells; `None` without any.
    pub fn around(cells: impl IntoIterator<Item = Cell>) -> Option<Self> {
        cells.into_iter().fold(None, |found: Option<Self>, cell| {
            let Cell { row, column } = cell;
            Some(found.map_or(
                Self {
                    rows: row..row + 1,
                    columns: column..column + 1,
                },
                |window| Self {
                    rows: window.rows.start.min(row)..window.rows.end.max(row + 1),
                    columns: window.columns.start.min(column)..window.columns.end.max(column + 1),
                },
            ))
        })
    }

    fn meets(&self, rows: &Range<u32>, columns: &Range<u32>) -> bool {
        let meet =
            |one: &Range<u32>, other: &Range<u32>| one.start < other.end && other.start < one.end;
        meet(&self.rows, rows) && meet(&self.columns, columns)
    }
}

/// A raster of one band, opened: its cells are still in the file.
pub struct Raster {
    file: String,
    layout: Layout,
    cells: Cells,
}

/// Where the cells are.
enum Cells {
    Tiff(Box<geotiff::Cells>),
    Ascii(ascii::Cells),
}

/// A file that is a raster, as far as it was read on opening.
struct Opened<C> {
    /// Columns and rows.
    size: [u32; 2],
    /// Where the corner of the first cell lies, in the frame: east, north.
    corner: [f64; 2],
    /// From there to the next column and row; southwards is negative.
    step: [f64; 2],
    /// The frame that it names itself.
    named: Option<Frame>,
    cells: C,
}

impl Raster {
    /// Opens a raster; the format follows from the extension (`.tif`, `.tiff`, `.asc`).
    /// Its frame is the one that it names, else the one that is asked for, else WGS84.
    ///
    /// # Errors
    /// Where it cannot be read, is no raster of one band along the axes of a known frame,
    /// or names another frame than was asked for.
    pub fn open(path: &Path, asked: Option<Frame>) -> Result<Self, RasterError> {
        let name = path.file_name().unwrap_or(path.as_os_str());
        let file = name.to_string_lossy().into_owned();
        let unreadable = |source| RasterError::Read {
            file: path.display().to_string(),
            source,
        };
        let extension = path.extension().unwrap_or_default().to_ascii_lowercase();
        let open = || File::open(path).map(BufReader::new).map_err(unreadable);
        match extension.to_str() {
            Some("tif" | "tiff") => {
                let opened = geotiff::open(open()?, &file)?;
                Self::of(file, asked, opened, |cells| Cells::Tiff(Box::new(cells)))
            }
            Some("asc") => {
                let opened = ascii::open(path, open()?, &file)?;
                Self::of(file, asked, opened, Cells::Ascii)
            }
            _ => Err(RasterError::UnknownFormat { file }),
        }
    }

    fn of<C>(
        file: String,
        asked: Option<Frame>,
        opened: Opened<C>,
        cells: impl FnOnce(C) -> Cells,
    ) -> Result<Self, RasterError> {
        let frame = Frame::settled(asked, opened.named).map_err(|[asked, named]| {
            RasterError::Contradiction {
                file: file.clone(),
                asked,
                named,
            }
        })?;
        let layout = Layout {
            frame,
            size: opened.size,
            corner: opened.corner,
            step: opened.step,
        };
        // The corners of a raster of the whole earth may lie a hair beyond it.
        let middle = layout.middle();
        match frame.place(middle) {
            Err(problem) => Err(RasterError::Misfit {
                file,
                middle,
                problem,
            }),
            Ok(_) => Ok(Self {
                file,
                layout,
                cells: cells(opened.cells),
            }),
        }
    }

    /// The file's name.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The cell in which a place lies; `None` beyond the raster.
    pub fn cell(&self, place: LonLat) -> Option<Cell> {
        self.layout.cell(place)
    }

    /// The middle of a cell; `None` where that is no place on the globe.
    pub fn middle(&self, cell: Cell) -> Option<LonLat> {
        self.layout.middle_of(cell)
    }

    /// Reads the cells of a window, in any order; a cell without a figure is NaN.
    ///
    /// # Errors
    /// Where the file is damaged.
    pub fn read(
        &mut self,
        window: &Window,
        each: &mut dyn FnMut(Cell, f64),
    ) -> Result<(), RasterError> {
        match &mut self.cells {
            Cells::Tiff(cells) => cells.read(window, each),
            Cells::Ascii(cells) => cells.read(window, each),
        }
        .map_err(|detail| RasterError::Damaged {
            file: self.file.clone(),
            detail,
        })
    }
}

#[cfg(test)]
mod tests;
