//! The Hilbert curve, along which junctions are numbered so that near ones are
//! near in memory.

use super::LonLat;

/// The position of a place along the Hilbert curve of order 32 over the whole
/// globe (Hilbert 1891; the loop follows Warren, *Hacker's Delight*, 2012,
/// ch. 16).
pub fn hilbert_index(place: LonLat) -> u64 {
    // Shift to unsigned; the globe needs 31.7 bits each way.
    let mut x = (i64::from(place.lon) + 1_800_000_000) as u32;
    let mut y = (i64::from(place.lat) + 900_000_000) as u32;
    let mut index = 0u64;
    for bit in (0..32).rev() {
        let (right, upper) = ((x >> bit) & 1, (y >> bit) & 1);
        index = (index << 2) | u64::from((3 * right) ^ upper);
        if upper == 0 {
            if right == 1 {
                (x, y) = (!x, !y);
            }
            std::mem::swap(&mut x, &mut y);
        }
    }
    index
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn consecutive_cells_touch() {
        let mut cells = BTreeMap::new();
        for lon in 0..16 {
            for lat in 0..16 {
                // An aligned 16 × 16 square is one run of the curve.
                let place = LonLat {
                    lon: lon - 1_800_000_000 + 64,
                    lat: lat - 900_000_000 + 32,
                };
                cells.insert(hilbert_index(place), (lon, lat));
            }
        }
        assert_eq!(cells.len(), 256);
        let cells: Vec<_> = cells.into_iter().collect();
        for pair in cells.windows(2) {
            let ((i, (x0, y0)), (j, (x1, y1))) = (pair[0], pair[1]);
            assert_eq!(j, i + 1);
            assert_eq!((x1 - x0).abs() + (y1 - y0).abs(), 1);
        }
    }
}
