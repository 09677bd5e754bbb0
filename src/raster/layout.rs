//! Where the cells of a raster lie.

use super::Cell;
use crate::frame::Frame;
use crate::plane::LonLat;

/// Cells along the axes of a frame.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Layout {
    pub frame: Frame,
    /// Columns and rows.
    pub size: [u32; 2],
    /// Where the corner of the first cell lies: east, north.
    pub corner: [f64; 2],
    /// From there to the next column and row.
    pub step: [f64; 2],
}

impl Layout {
    /// The middle of the whole, in its frame.
    pub fn middle(&self) -> [f64; 2] {
        self.at(self.size.map(|count| f64::from(count) / 2.0))
    }

    /// A position in the frame, counted in cells from the corner.
    fn at(&self, [column, row]: [f64; 2]) -> [f64; 2] {
        let [x, y] = self.corner;
        [x + self.step[0] * column, y + self.step[1] * row]
    }

    /// The cell of a place. A place on the line between two belongs to the later one.
    pub fn cell(&self, place: LonLat) -> Option<Cell> {
        let degrees = [place.lon_degrees(), place.lat_degrees()];
        if !self.frame.holds(degrees) {
            return None;
        }
        let spot = self.frame.forward(degrees);
        let index = |axis: usize| {
            let cells = ((spot[axis] - self.corner[axis]) / self.step[axis]).floor();
            (cells >= 0.0 && cells < f64::from(self.size[axis])).then_some(cells as u32)
        };
        Some(Cell {
            column: index(0)?,
            row: index(1)?,
        })
    }

    /// The middle of a cell.
    pub fn middle_of(&self, cell: Cell) -> Option<LonLat> {
        let spot = [cell.column, cell.row].map(|index| f64::from(index) + 0.5);
        let [lon, lat] = self.frame.inverse(self.at(spot))?;
        LonLat::from_degrees(lon, lat)
    }
}
