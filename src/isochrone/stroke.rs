//! A straight piece of what is reached, and how far places lie from it.

use super::field::RUN;
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
    /// Where it leads, as a step of one metre; east for a point.
    ahead: [f32; 2],
    length: f32,
    /// Metres per unit.
    scale: [f64; 2],
    /// The cell of its first end, and where the south-western corner of that lies.
    cell: Cell,
    corner: [f32; 2],
    /// The width and the height of a cell, in metres.
    size: [f32; 2],
}

/// The places of a run of corners, as seen from a stroke: how far along it and beside it
/// the first of them lies, and how much farther each next one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub along: [f32; 2],
    pub beside: [f32; 2],
}

/// How many corners before it each one of a run has.
pub(super) const LANES: [f32; RUN] = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0];

/// A number without its fraction, rounded down, without a call.
#[inline]
fn floor(number: f32) -> i32 {
    let towards_zero = number as i32;
    towards_zero - i32::from(towards_zero as f32 > number)
}

/// The larger of two numbers, of which neither is none: one instruction.
#[inline]
pub(super) fn larger(one: f32, other: f32) -> f32 {
    if one > other { one } else { other }
}

/// The smaller of two numbers.
#[inline]
pub(super) fn smaller(one: f32, other: f32) -> f32 {
    if one < other { one } else { other }
}

impl Stroke {
    pub fn new(ends: [LonLat; 2], lattice: &Lattice) -> Self {
        let cell = lattice.cell(ends[0]);
        let scale = lattice.scale(ends[0]);
        let mut stroke = Self {
            ends,
            ahead: [1.0, 0.0],
            length: 0.0,
            scale,
            cell,
            corner: [0.0; 2],
            size: [0, 1].map(|axis| (f64::from(lattice.step[axis]) * scale[axis]) as f32),
        };
        stroke.corner = stroke.metres(lattice.corner(cell));
        let [x, y] = stroke.metres(ends[1]);
        let length = (x * x + y * y).sqrt();
        if length > 0.0 {
            stroke.ahead = [x / length, y / length];
            stroke.length = length;
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

    /// How far along it, and how far to its right, a point lies.
    #[inline]
    pub fn turned(&self, [x, y]: [f32; 2]) -> [f32; 2] {
        let [east, north] = self.ahead;
        [x * east + y * north, x * north - y * east]
    }

    /// The point of it that is nearest to what lies so far along it.
    #[inline]
    pub fn nearest(&self, along: f32) -> [f32; 2] {
        let along = smaller(larger(along, 0.0), self.length);
        self.ahead.map(|axis| along * axis)
    }

    /// The squared distance of what lies so far along it and beside it.
    #[inline]
    pub fn squared(&self, [along, beside]: [f32; 2]) -> f32 {
        let beyond = larger(larger(-along, along - self.length), 0.0);
        beside * beside + beyond * beyond
    }

    /// Whether two points are so far off on one side that so is all between them.
    pub fn is_beyond(&self, metres: f32, points: [[f32; 2]; 2]) -> bool {
        let [one, other] = points.map(|at| self.turned(at));
        let apart = |axis: usize, low: f32, high: f32| {
            (one[axis] < low && other[axis] < low) || (one[axis] > high && other[axis] > high)
        };
        apart(0, -metres, self.length + metres) || apart(1, -metres, metres)
    }

    /// Where a corner of the lattice lies.
    #[inline]
    pub fn at_corner(&self, corner: Cell) -> [f32; 2] {
        [0, 1].map(|axis| {
            self.corner[axis] + (corner[axis] - self.cell[axis]) as f32 * self.size[axis]
        })
    }

    /// The run of corners that begins with one.
    #[inline]
    pub fn row_from(&self, corner: Cell) -> Row {
        let [along, beside] = self.turned(self.at_corner(corner));
        let [east, north] = self.ahead;
        Row {
            along: [along, east * self.size[0]],
            beside: [beside, north * self.size[0]],
        }
    }

    /// The width of a cell, in metres.
    pub fn cell_width(&self) -> f32 {
        self.size[0]
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

    /// For every row of corners within [`MEASURED`] from which run to which they lie;
    /// gives back the number of the first row.
    pub fn runs(&self, runs: &mut Vec<[i32; 2]>) -> i32 {
        // What is nearly too far is in, however it is rounded.
        const FAR: f32 = MEASURED + 0.05;
        let [x, y] = self.nearest(self.length);
        let (low, high) = (smaller(y, 0.0), larger(y, 0.0));
        let inverse = self.size.map(f32::recip);
        let row = |north: f32| self.cell[1] + floor((north - self.corner[1]) * inverse[1]);
        let column = |east: f32| self.cell[0] + floor((east - self.corner[0]) * inverse[0]);
        let slope = if high > low { x / y } else { 0.0 };
        let (first, last) = (row(low - FAR), row(high + FAR));
        runs.clear();
        runs.extend((first..=last).map(|row| {
            let up = self.at_corner([self.cell[0], row])[1];
            // What of the stroke is near enough northwards or southwards, and how far
            // away it is at least.
            let off = larger(larger(low - up, up - high), 0.0);
            let (one, other) = if high - low < 0.01 {
                (0.0, x)
            } else {
                let [from, to] = [larger(up - FAR, low), smaller(up + FAR, high)];
                (from * slope, to * slope)
            };
            let wide = larger(FAR * FAR - off * off, 0.0).sqrt();
            let [west, east] = [smaller(one, other) - wide, larger(one, other) + wide];
            [west, east].map(|at| column(at).div_euclid(RUN as i32))
        }));
        first
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strokes(lattice: &Lattice) -> Vec<Stroke> {
        let from = LonLat {
            lon: -154_300_123,
            lat: 281_000_457,
        };
        let lengths = [0.0, 3.0, 15.0, 80.0, 700.0];
        let stroke = |number: u32| {
            let (north, east) = (f64::from(number) * 0.4).sin_cos();
            let length = lengths[number as usize % lengths.len()];
            let scale = lattice.scale(from);
            let to = LonLat {
                lon: from.lon + (east * length / scale[0]) as i32,
                lat: from.lat + (north * length / scale[1]) as i32,
            };
            Stroke::new([from, to], lattice)
        };
        (0..50).map(stroke).collect()
    }

    #[test]
    fn distances_are_those_of_the_nearest_point() {
        let lattice = Lattice::between(280_000_000, 282_000_000);
        for stroke in strokes(&lattice) {
            let [low, high] = stroke.bounds(MEASURED).map(|at| lattice.cell(at));
            let to = stroke.metres(stroke.ends[1]).map(f64::from);
            let squared = to[0].powi(2) + to[1].powi(2);
            for corner in (low[1]..high[1]).flat_map(|row| (low[0]..high[0]).map(move |c| [c, row]))
            {
                let at = stroke.metres(lattice.corner(corner)).map(f64::from);
                let share = (at[0] * to[0] + at[1] * to[1]) / squared.max(1e-9);
                let share = share.clamp(0.0, 1.0);
                let plain = (at[0] - share * to[0]).hypot(at[1] - share * to[1]);
                let found = stroke
                    .squared(stroke.turned(stroke.at_corner(corner)))
                    .sqrt();
                assert!(
                    (f64::from(found) - plain).abs() < 0.001,
                    "{stroke:?} {corner:?}"
                );
            }
        }
    }

    #[test]
    fn runs_hold_every_corner_that_is_measured() {
        let lattice = Lattice::between(280_000_000, 282_000_000);
        let mut runs = Vec::new();
        let (mut held, mut needed) = (0, 0);
        for stroke in strokes(&lattice) {
            let first = stroke.runs(&mut runs);
            held += runs.iter().map(|run| run[1] - run[0] + 1).sum::<i32>() * RUN as i32;
            let [low, high] = stroke.bounds(2.0 * MEASURED).map(|at| lattice.cell(at));
            for corner in (low[1]..high[1]).flat_map(|row| (low[0]..high[0]).map(move |c| [c, row]))
            {
                let at = stroke.turned(stroke.at_corner(corner));
                if stroke.squared(at) < MEASURED * MEASURED {
                    needed += 1;
                    let run = usize::try_from(corner[1] - first).ok();
                    let run = run.and_then(|row| runs.get(row));
                    let own = corner[0].div_euclid(RUN as i32);
                    assert!(run.is_some_and(|run| (run[0]..=run[1]).contains(&own)));
                }
            }
        }
        assert!(held < 3 * needed, "{held} {needed}");
    }
}
