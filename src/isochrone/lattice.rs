//! The lattice on which polygons are drawn: squares of about 10 m, anchored to the
//! globe, so that all isochrones of a city use the same.

use crate::plane::{LonLat, Plane};

/// The width of a cell.
///
/// # Units
/// Metres.
const CELL: f64 = 10.0;

/// Cells along the side of a tile.
pub(super) const TILE: i32 = 32;

/// A cell, or its south-western corner: column and row.
pub(super) type Cell = [i32; 2];

/// A tile of cells: column and row.
pub(super) type TileAt = [i32; 2];

/// Columns and rows of whole 10⁻⁷ degrees.
#[derive(Clone, Debug)]
pub(super) struct Lattice {
    /// The width and the height of a cell, in 10⁻⁷ degrees.
    pub step: [i32; 2],
    lowest: i32,
    /// Metres per unit of longitude and of latitude, by row of tiles.
    scales: Vec<[f64; 2]>,
}

fn scale_at(lat: i32) -> [f64; 2] {
    let plane = Plane::at(LonLat { lon: 0, lat });
    let [east, _] = plane.metres(LonLat { lon: 10_000, lat });
    let [_, north] = plane.metres(LonLat {
        lon: 0,
        lat: lat + 10_000,
    });
    [east / 10_000.0, north / 10_000.0]
}

impl Lattice {
    /// The lattice of a city that lies between two latitudes: its cells are square at
    /// the whole degree nearest to its middle.
    pub fn between(south: i32, north: i32) -> Self {
        let degree = (f64::from(i32::midpoint(south, north)) / 1e7).round();
        let scale = scale_at((degree * 1e7) as i32);
        let step = scale.map(|metres| (CELL / metres).round().clamp(1.0, 1e8) as i32);
        let tile_row = |lat: i32| lat.div_euclid(step[1]).div_euclid(TILE);
        let lowest = tile_row(south) - 1;
        let scales = (lowest..=tile_row(north) + 1)
            .map(|row| scale_at((row * TILE + TILE / 2).saturating_mul(step[1])))
            .collect();
        Self {
            step,
            lowest,
            scales,
        }
    }

    /// The cell that holds a place.
    pub fn cell(&self, at: LonLat) -> Cell {
        [
            at.lon.div_euclid(self.step[0]),
            at.lat.div_euclid(self.step[1]),
        ]
    }

    /// The south-western corner of a cell.
    pub fn corner(&self, [column, row]: Cell) -> LonLat {
        LonLat {
            lon: column.saturating_mul(self.step[0]),
            lat: row.saturating_mul(self.step[1]),
        }
    }

    /// Metres per unit of longitude and of latitude near a place.
    pub fn scale(&self, at: LonLat) -> [f64; 2] {
        let row = tile_of(self.cell(at))[1] - self.lowest;
        let last = self.scales.len() as i32 - 1;
        self.scales[row.clamp(0, last) as usize]
    }

    /// The cells that a straight line touches, and few beside them.
    pub fn each_touched(&self, [a, b]: [LonLat; 2], mut each: impl FnMut(Cell)) {
        let [low, high] = [a.lat.min(b.lat) - 1, a.lat.max(b.lat) + 1];
        let wide = |one: i64, other: i64| {
            let column = |lon: i64| lon.div_euclid(i64::from(self.step[0])) as i32;
            column(one.min(other) - 1)..=column(one.max(other) + 1)
        };
        let rows = low.div_euclid(self.step[1])..=high.div_euclid(self.step[1]);
        for row in rows {
            let south = i64::from(row) * i64::from(self.step[1]);
            let lats = [south, south + i64::from(self.step[1])];
            let [one, other] = lats.map(|lat| lon_at([a, b], lat));
            for column in wide(one, other) {
                each([column, row]);
            }
        }
    }
}

/// The longitude at which a line passes a latitude, of those it does not pass that of
/// its nearer end; of a level line that of either end. To a whole unit.
fn lon_at([a, b]: [LonLat; 2], lat: i64) -> i64 {
    let [south, north] = if a.lat <= b.lat { [a, b] } else { [b, a] };
    if lat <= i64::from(south.lat) {
        return if a.lat == b.lat {
            a.lon.into()
        } else {
            south.lon.into()
        };
    }
    if lat >= i64::from(north.lat) {
        return if a.lat == b.lat {
            b.lon.into()
        } else {
            north.lon.into()
        };
    }
    let up = i128::from(lat) - i128::from(south.lat);
    let across = i128::from(north.lon) - i128::from(south.lon);
    let height = i128::from(north.lat) - i128::from(south.lat);
    i64::from(south.lon) + (up * across).div_euclid(height) as i64
}

/// The tile of a cell.
pub(super) fn tile_of(cell: Cell) -> TileAt {
    cell.map(|axis| axis.div_euclid(TILE))
}

/// A cell's column and row in its tile.
pub(super) fn in_tile(cell: Cell) -> [usize; 2] {
    cell.map(|axis| axis.rem_euclid(TILE) as usize)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_ten_metres_wide_and_hold_their_places() {
        for lat in [-60.0, 0.0, 28.1, 39.99] {
            let at = LonLat::from_degrees(-15.4, lat).unwrap();
            let lattice = Lattice::between(at.lat - 500_000, at.lat + 500_000);
            let [east, north] = lattice.scale(at);
            assert!(
                (f64::from(lattice.step[0]) * east - 10.0).abs() < 0.3,
                "{lat}"
            );
            assert!(
                (f64::from(lattice.step[1]) * north - 10.0).abs() < 0.1,
                "{lat}"
            );
            let corner = lattice.corner(lattice.cell(at));
            assert!(corner.lon <= at.lon && at.lon < corner.lon + lattice.step[0]);
            assert!(corner.lat <= at.lat && at.lat < corner.lat + lattice.step[1]);
        }
    }

    #[test]
    fn a_line_touches_the_cells_that_it_leads_through() {
        let lattice = Lattice::between(0, 1_000_000);
        let place = |x: i32, y: i32| LonLat {
            lon: x * lattice.step[0] / 10,
            lat: y * lattice.step[1] / 10,
        };
        for (from, to) in [
            ([5, 5], [95, 37]),
            ([95, 5], [5, 37]),
            ([5, 5], [5, 95]),
            ([5, 5], [95, 5]),
            ([12, 13], [12, 13]),
        ] {
            let mut touched = Vec::new();
            let line = [place(from[0], from[1]), place(to[0], to[1])];
            lattice.each_touched(line, |cell| touched.push(cell));
            for share in 0..=100 {
                let part = |a: i32, b: i32| a + (b - a) * share / 100;
                let at = LonLat {
                    lon: part(line[0].lon, line[1].lon),
                    lat: part(line[0].lat, line[1].lat),
                };
                assert!(
                    touched.contains(&lattice.cell(at)),
                    "{from:?} {to:?} {share}"
                );
            }
            assert!(touched.len() < 45, "{touched:?}");
        }
    }
}
