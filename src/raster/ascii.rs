//! ASCII grids of Esri: a header of names and numbers, then the cells from north to
//! south. The frame stands in a `.prj` beside it.

use std::fs::File;
use std::io::{BufRead, BufReader, Seek};
use std::path::Path;

use super::{Cell, Opened, RasterError, Window};
use crate::frame::Frame;

/// The file, and the header's share of it.
pub(super) struct Cells {
    content: BufReader<File>,
    columns: u32,
    rows: u32,
    no_data: f64,
    /// Bytes before the first cell, and the lines in them.
    header: (u64, u64),
}

/// What stands for nothing where the header does not say.
const NO_DATA: f64 = -9999.0;

/// No line of a header is longer; longer lines are no text.
const LONGEST_LINE: usize = 1 << 26;

#[derive(Default)]
struct Header {
    size: [Option<u32>; 2],
    step: [Option<f64>; 2],
    corner: [Option<f64>; 2],
    middle: [Option<f64>; 2],
    no_data: Option<f64>,
}

impl Header {
    /// Takes a line of it; whether it was one.
    fn takes(&mut self, line: &str) -> bool {
        let mut words = line.split_whitespace();
        let (Some(name), Some(text), None) = (words.next(), words.next(), words.next()) else {
            return false;
        };
        let number: Option<f64> = text.parse().ok();
        let count = text.parse().ok().filter(|&count| count > 0);
        match &*name.to_ascii_lowercase() {
            "ncols" => self.size[0] = count,
            "nrows" => self.size[1] = count,
            "cellsize" => self.step = [number; 2],
            "dx" => self.step[0] = number,
            "dy" => self.step[1] = number,
            "xllcorner" => self.corner[0] = number,
            "yllcorner" => self.corner[1] = number,
            "xllcenter" => self.middle[0] = number,
            "yllcenter" => self.middle[1] = number,
            "nodata_value" => self.no_data = number,
            _ => return false,
        }
        true
    }

    /// The south-west corner of one axis.
    fn start(&self, axis: usize) -> Option<f64> {
        let middle = || Some(self.middle[axis]? - self.step[axis]? / 2.0);
        self.corner[axis].or_else(middle)
    }
}

pub(super) fn open(
    path: &Path,
    mut content: BufReader<File>,
    file: &str,
) -> Result<Opened<Cells>, RasterError> {
    let unreadable = |source| RasterError::Read {
        file: path.display().to_string(),
        source,
    };
    let mut header = Header::default();
    let (mut bytes, mut lines) = (0, 0);
    loop {
        let line = line(&mut content).map_err(unreadable)?;
        let blank = line.bytes > 0 && line.text.trim().is_empty();
        if !blank && !header.takes(&line.text) {
            break;
        }
        bytes += line.bytes;
        lines += 1;
    }
    let missing = |name: &str| RasterError::Damaged {
        file: file.to_owned(),
        detail: format!("{name}?"),
    };
    let [columns, rows] = header.size;
    let columns = columns.ok_or_else(|| missing("ncols"))?;
    let rows = rows.ok_or_else(|| missing("nrows"))?;
    let [Some(width), Some(height)] = header.step else {
        return Err(missing("cellsize"));
    };
    let (Some(west), Some(south)) = (header.start(0), header.start(1)) else {
        return Err(RasterError::NoGeoreference {
            file: file.to_owned(),
        });
    };
    let finite = west.is_finite() && south.is_finite();
    if !(finite && width.is_finite() && height.is_finite() && width > 0.0 && height > 0.0) {
        return Err(missing("cellsize"));
    }
    let named = match beside(path) {
        Some(prj) => {
            let text = std::fs::read_to_string(prj).map_err(unreadable)?;
            Some(Frame::of_wkt(&text).ok_or_else(|| RasterError::Frame {
                file: file.to_owned(),
                name: text.trim().to_owned(),
            })?)
        }
        None => None,
    };
    Ok(Opened {
        size: [columns, rows],
        corner: [west, south + height * f64::from(rows)],
        step: [width, -height],
        named,
        cells: Cells {
            content,
            columns,
            rows,
            no_data: header.no_data.unwrap_or(NO_DATA),
            header: (bytes, lines),
        },
    })
}

/// The `.prj` of the same name.
fn beside(path: &Path) -> Option<std::path::PathBuf> {
    let mut beside = ["prj", "PRJ"]
        .into_iter()
        .map(|end| path.with_extension(end));
    beside.find(|path| path.is_file())
}

struct Line {
    text: String,
    bytes: u64,
}

/// The next line, as far as it is text; empty at the end.
fn line(content: &mut BufReader<File>) -> std::io::Result<Line> {
    use std::io::Read as _;
    let mut own = Vec::new();
    let longest = LONGEST_LINE as u64;
    let bytes = content.by_ref().take(longest).read_until(b'\n', &mut own)?;
    Ok(Line {
        text: String::from_utf8_lossy(&own).into_owned(),
        bytes: bytes as u64,
    })
}

impl Cells {
    /// Cells follow each other from row to row, wherever lines end.
    pub(super) fn read(
        &mut self,
        window: &Window,
        each: &mut dyn FnMut(Cell, f64),
    ) -> Result<(), String> {
        let (start, mut at) = self.header;
        let unreadable = |error: std::io::Error| error.to_string();
        let from = std::io::SeekFrom::Start(start);
        self.content.seek(from).map_err(unreadable)?;
        let columns = u64::from(self.columns);
        let wanted = u64::from(window.rows.end) * columns;
        // Cells that are left over after the last row mean that some row before it is too
        // long, and all that follow it are shifted.
        let all = u64::from(self.rows) * columns;
        let mut number = 0_u64;
        while number < wanted || wanted == all {
            let line = line(&mut self.content).map_err(unreadable)?;
            at += 1;
            if line.bytes == 0 && number >= wanted {
                break;
            }
            if line.bytes == 0 {
                return Err(format!("line {at}: the cells end too early"));
            }
            for word in line.text.split_ascii_whitespace() {
                let row = (number / columns) as u32;
                let column = (number % columns) as u32;
                number += 1;
                if number > all {
                    return Err(format!("line {at}: more cells than ncols × nrows"));
                }
                if !window.rows.contains(&row) || !window.columns.contains(&column) {
                    continue;
                }
                let value: f64 = word
                    .parse()
                    .map_err(|_| format!("line {at}: '{}' is no number", shortened(word)))?;
                let nothing = [self.no_data].contains(&value);
                each(Cell { row, column }, if nothing { f64::NAN } else { value });
            }
        }
        Ok(())
    }
}

fn shortened(word: &str) -> String {
    word.chars().take(40).collect()
}
