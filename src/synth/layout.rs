//! Metres east and north of an origin as places.

use crate::plane::{LonLat, Plane};

/// Where towns are drawn unless told otherwise: 115.98° E, 36.45° N.
pub const DEFAULT_ORIGIN: LonLat = LonLat {
    lon: 1_159_800_000,
    lat: 364_500_000,
};

/// The place `east` and `north` metres from `origin`: along the meridian of the
/// origin first, then along the parallel, each at its true length.
///
/// A street of constant `north` therefore has its true length in every row, to
/// within the rounding of 10⁻⁷ degrees (1 cm). Along a column it is off by less
/// than 1 mm a kilometre, as columns lean towards the pole with the meridians.
pub fn placed(origin: LonLat, [east, north]: [f64; 2]) -> LonLat {
    let row = Plane::at(origin).place([0.0, north]);
    Plane::at(row).place([east, 0.0])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plane::distance_metres;

    #[test]
    fn rows_and_columns_have_their_true_lengths() {
        for step in -5..5_i32 {
            let (here, next) = (f64::from(step) * 400.0, f64::from(step + 1) * 400.0);
            for far in [-2_000.0, 0.0, 2_000.0] {
                let along_row = [[here, far], [next, far]];
                let along_column = [[far, here], [far, next]];
                for [from, to] in [along_row, along_column] {
                    let length =
                        distance_metres(placed(DEFAULT_ORIGIN, from), placed(DEFAULT_ORIGIN, to));
                    assert!((length - 400.0).abs() < 0.015, "{from:?} {to:?} {length}");
                }
            }
        }
    }
}
