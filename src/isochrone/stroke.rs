//! A straight piece of what is reached, and how far places lie from it.

use super::lattice::{Cell, Lattice};
use crate::plane::LonLat;

/// What lies this near to a reached part of a walk is in the isochrone.
///
/// # Units
/// Metres.
pub(super) const REACH: f32 = 40.0;

/// Distances are measured this far, so that those of the first corners beyond
/// [`REACH`] are known.
///
/// # Units
/// Metres.
pub(super) const MEASURED: f32 = 56.0;

/// Water farther away has nothing to do with a walk: not even a cell beside one that is
/// reached is cut by it.
///
/// # Units
/// Metres.
pub(super) const NEAR: f32 = 80.0;

/// A straight piece. Its first end is the origin of all its metres.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stroke {
    pub ends: [LonLat; 2],
    side: [f32; 2],
    /// 1 ÷ its squared length; 0 for a point.
    inverse: f32,
    /// Metres per unit.
    scale: [f64; 2],
    step: [i32; 2],
}

impl Stroke {
    pub fn new(ends: [LonLat; 2], lattice: &Lattice) -> Self {
        let mut stroke = Self {
            ends,
            side: [0.0; 2],
            inverse: 0.0,
            scale: lattice.scale(ends[0]),
            step: lattice.step,
        };
        stroke.side = stroke.metres(ends[1]);
        let squared = stroke.side[0] * stroke.side[0] + stroke.side[1] * stroke.side[1];
        if squared > 0.0 {
            stroke.inverse = 1.0 / squared;
        }
        stroke
    }

    /// East and north of its first end.
    pub fn metres(&self, at: LonLat) -> [f32; 2] {
        let [from, _] = self.ends;
        let units = [
            i64::from(at.lon) - i64::from(from.lon),
            i64::from(at.lat) - i64::from(from.lat),
        ];
        [0, 1].map(|axis| (units[axis] as f64 * self.scale[axis]) as f32)
    }

    /// The point of it that is nearest to another.
    pub fn nearest(&self, [x, y]: [f32; 2]) -> [f32; 2] {
        let share = ((x * self.side[0] + y * self.side[1]) * self.inverse).clamp(0.0, 1.0);
        [share * self.side[0], share * self.side[1]]
    }

    /// The squared distance of a point.
    pub fn squared(&self, [x, y]: [f32; 2]) -> f32 {
        let [near_x, near_y] = self.nearest([x, y]);
        let (x, y) = (x - near_x, y - near_y);
        x * x + y * y
    }

    /// Where a corner of the lattice lies.
    pub fn at_corner(&self, [column, row]: Cell) -> [f32; 2] {
        let [from, _] = self.ends;
        let units =
            |cell: i32, step: i32, from: i32| i64::from(cell) * i64::from(step) - i64::from(from);
        [
            (units(column, self.step[0], from.lon) as f64 * self.scale[0]) as f32,
            (units(row, self.step[1], from.lat) as f64 * self.scale[1]) as f32,
        ]
    }

    /// The width of a cell, in metres.
    pub fn cell_width(&self) -> f32 {
        (f64::from(self.step[0]) * self.scale[0]) as f32
    }

    /// South-west and north-east of everything within a distance.
    pub fn bounds(&self, metres: f32) -> [LonLat; 2] {
        let [a, b] = self.ends;
        let wide = self
            .scale
            .map(|scale| (f64::from(metres) / scale).ceil() as i32);
        [
            LonLat {
                lon: a.lon.min(b.lon).saturating_sub(wide[0]),
                lat: a.lat.min(b.lat).saturating_sub(wide[1]),
            },
            LonLat {
                lon: a.lon.max(b.lon).saturating_add(wide[0]),
                lat: a.lat.max(b.lat).saturating_add(wide[1]),
            },
        ]
    }

    /// The rows of corners within [`MEASURED`].
    pub fn rows(&self) -> std::ops::RangeInclusive<i32> {
        let [low, high] = self.bounds(MEASURED);
        low.lat.div_euclid(self.step[1])..=high.lat.div_euclid(self.step[1])
    }

    /// The columns of a row of corners within [`MEASURED`], and few beside them.
    pub fn columns(&self, row: i32) -> [i32; 2] {
        let [from, _] = self.ends;
        let up = self.at_corner([0, row])[1];
        let share = |up: f32| (up / self.side[1]).clamp(0.0, 1.0);
        let [one, other] = if self.side[1].abs() < 0.01 {
            [0.0, 1.0]
        } else {
            [share(up - MEASURED), share(up + MEASURED)]
        };
        let [one, other] = [one * self.side[0], other * self.side[0]];
        let column = |east: f32| {
            let units = f64::from(east) / self.scale[0] + f64::from(from.lon);
            let column = units / f64::from(self.step[0]);
            // Rounded down, without a call.
            let towards_zero = column as i32;
            towards_zero - i32::from(f64::from(towards_zero) > column)
        };
        [
            column(one.min(other) - MEASURED),
            column(one.max(other) + MEASURED) + 1,
        ]
    }
}
