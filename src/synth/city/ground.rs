//! From the plane on which the city is straight to places on the globe.
//!
//! The city is drawn on a plane of straight streets and bent as a whole, so that
//! streets curve, blocks have all angles, and what meets on the plane meets on the
//! map. Whole numbers only: floats of sines differ between machines.

use super::super::chance::Chance;
use super::super::layout::DEFAULT_ORIGIN;
use crate::plane::LonLat;

/// Slots along each side of a tile: streets run from slot to slot.
pub(super) const SLOTS: i32 = 12;
/// Parts of a slot.
pub(super) const PART: i32 = 256;
/// Parts along each side of a tile.
pub(super) const SIDE: i32 = SLOTS * PART;

/// A place in a tile, in parts of a slot from its south-west corner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    pub x: i32,
    pub y: i32,
}

/// A tile, by its column from the west and its row from the south.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tile {
    pub column: i64,
    pub row: i64,
}

/// The main streets, and how the plane between them is bent.
#[derive(Clone, Debug)]
pub(super) struct Ground {
    seed: u64,
    /// Centimetres from the middle of the city to each main street, ascending.
    columns: Vec<i64>,
    rows: Vec<i64>,
}

/// A bend: how far apart the places are that it moves independently (a power of two),
/// and how far it moves them at most, in centimetres.
struct Bend {
    apart: u32,
    most: i64,
}

/// Districts lean by up to thirty-five degrees, streets wind by some metres. Of places next
/// to each other one never overtakes the other: both slopes of an eased square between
/// corners at ±1 together are at most 3.97, and 3.97 × (0.1793 + 0.0718) < 1, so that what does
/// not meet on the plane does not meet when it is bent.
const BENDS: [Bend; 2] = [
    Bend {
        apart: 18,
        most: 47_000,
    },
    Bend {
        apart: 16,
        most: 4_700,
    },
];

/// Metres that the bends move a place by at most.
const MOST_BENT: i64 = BENDS[0].most + BENDS[1].most;

/// What the generator draws.
const BEND: u64 = 1;

impl Ground {
    /// Main streets so far apart, in centimetres; the middle is in the middle of the
    /// first `rows_of_city` rows.
    pub(super) fn new(seed: u64, widths: &[i64], heights: &[i64], rows_of_city: usize) -> Self {
        let lines = |steps: &[i64], around: usize| {
            let middle = steps[..around.min(steps.len())].iter().sum::<i64>() / 2;
            let sums = steps.iter().scan(-middle, |at, step| {
                *at += step;
                Some(*at)
            });
            std::iter::once(-middle).chain(sums).collect()
        };
        Self {
            seed,
            columns: lines(widths, widths.len()),
            rows: lines(heights, rows_of_city),
        }
    }

    /// Where a spot lies.
    pub(super) fn place(&self, tile: Tile, spot: Spot) -> LonLat {
        let along = |lines: &[i64], tile: i64, part: i32| {
            let from = lines[tile as usize];
            // On the last main street nothing lies beyond.
            let to = lines.get(tile as usize + 1).copied().unwrap_or(from);
            from + (to - from) * i64::from(part) / i64::from(SIDE)
        };
        let east = along(&self.columns, tile.column, spot.x);
        let north = along(&self.rows, tile.row, spot.y);
        let [east, north] = self.bent([east, north]);
        on_globe(east, north)
    }

    /// South-west and north-east corner of a box around the first so many rows.
    pub(super) fn bounds(&self, rows: i64) -> (LonLat, LonLat) {
        let (columns, rows) = (&self.columns, &self.rows[..=rows as usize]);
        let [west, south] = [columns, rows].map(|lines| lines[0] - MOST_BENT);
        let [east, north] = [columns, rows].map(|lines| lines[lines.len() - 1] + MOST_BENT);
        // The parallels are shorter in the north.
        let corners = [on_globe(west, north), on_globe(east, north)];
        let lats = [on_globe(west, south).lat, corners[0].lat];
        let corner = |lon, lat| LonLat { lon, lat };
        (
            corner(corners[0].lon, lats[0]),
            corner(corners[1].lon, lats[1]),
        )
    }

    fn bent(&self, at: [i64; 2]) -> [i64; 2] {
        let mut moved = at;
        for bend in &BENDS {
            let cell = at.map(|metres| metres >> bend.apart);
            // 16 bits from one corner of the cell to the next, eased at both.
            let eased = at.map(|metres| {
                let share = (metres - ((metres >> bend.apart) << bend.apart)) >> (bend.apart - 16);
                (((share * share) >> 16) * ((3 << 16) - 2 * share)) >> 16
            });
            let corner = |east: i64, north: i64| self.pull(bend, [cell[0] + east, cell[1] + north]);
            let corners = [corner(0, 0), corner(1, 0), corner(0, 1), corner(1, 1)];
            for (axis, moved) in moved.iter_mut().enumerate() {
                let between = |from: i64, to: i64, share: i64| from + (((to - from) * share) >> 16);
                let [south, north] = [0, 2]
                    .map(|first| between(corners[first][axis], corners[first + 1][axis], eased[0]));
                *moved += between(south, north, eased[1]);
            }
        }
        moved
    }

    /// How far a corner of a bend's cells moves, east and north.
    fn pull(&self, bend: &Bend, cell: [i64; 2]) -> [i64; 2] {
        let mut chance = Chance::of(self.seed, BEND + (u64::from(bend.apart) << 8), cell);
        [(); 2].map(|()| chance.between(-bend.most, bend.most))
    }
}

/// The place so many centimetres east and north of the origin: along its meridian, then
/// along the parallel, to within 2 cm in 140 km.
///
/// Units of 10⁻⁷ degrees in a centimetre at 36.45° N, in 2⁻²⁰: of latitude by the radius
/// of curvature in the meridian, of longitude by that in the prime vertical, with its
/// first and half its second derivative to the north in 2⁻⁵² and 2⁻⁸⁰.
fn on_globe(east: i64, north: i64) -> LonLat {
    const OF_LATITUDE: i64 = 944_941;
    const OF_LONGITUDE: [i64; 3] = [1_169_650, 5_810_666, 3_476_696];
    let [level, slope, curve] = OF_LONGITUDE;
    let of_longitude = level + ((north * slope) >> 32) + ((((north * north) >> 28) * curve) >> 32);
    LonLat {
        lon: DEFAULT_ORIGIN.lon + ((east * of_longitude) >> 20) as i32,
        lat: DEFAULT_ORIGIN.lat + ((north * OF_LATITUDE) >> 20) as i32,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plane::distance_metres;

    #[test]
    fn lengths_on_the_globe_are_those_of_the_plane() {
        for north in [-12_000_000, -3_000_000, 0, 3_000_000, 12_000_000] {
            for east in [-12_000_000, 0, 12_000_000_i64] {
                let here = on_globe(east, north);
                for (to_east, to_north) in [(100_000, 0), (0, 100_000)] {
                    let there = on_globe(east + to_east, north + to_north);
                    // Columns lean with the meridians.
                    let off = distance_metres(here, there) - 1_000.0;
                    assert!(off.abs() < 0.6, "{east} {north}: {off}");
                }
            }
        }
    }

    #[test]
    fn neighbours_move_by_less_than_they_lie_apart() {
        let ground = Ground::new(7, &[40_000; 30], &[40_000; 30], 30);
        let mut farthest = 0;
        for step in 0..20_000 {
            let at = [step * 997 % 1_200_000, step * 1_811 % 1_200_000];
            let one = ground.bent(at);
            for apart in [[1_000, 0], [0, 1_000]] {
                let other = ground.bent([at[0] + apart[0], at[1] + apart[1]]);
                let moved = [0, 1].map(|axis| (other[axis] - one[axis] - apart[axis]).abs());
                assert!(moved[0].max(moved[1]) < 800, "{at:?}: {moved:?}");
                farthest = farthest.max(moved[0]).max(moved[1]);
            }
        }
        assert!(farthest > 350, "bent by {farthest} in a thousand only");
    }
}
