//! What is seen from a reached walk: what a straight leg meets that crosses no water.

use rstar::AABB;

use super::Shore;
use crate::isochrone::field::RUN;
use crate::isochrone::lattice::Cell;
use crate::isochrone::stroke::{LANES, MEASURED, Stroke, larger, smaller};

/// What lies within this distance of either end of a leg does not stop it, as for
/// links: walks are often glued to a bank.
///
/// # Units
/// Metres.
const GLUED: f32 = 0.05;

/// The lines of water around a stroke, in its own metres.
#[derive(Clone, Debug, Default)]
pub(in crate::isochrone) struct Sight(Vec<[[f32; 2]; 2]>);

impl Sight {
    /// Looks around a stroke.
    pub fn look(&mut self, shore: &Shore, stroke: &Stroke) {
        let [low, high] = stroke.bounds(MEASURED);
        let corner = |at: crate::plane::LonLat| [f64::from(at.lon), f64::from(at.lat)];
        let around = AABB::from_corners(corner(low), corner(high));
        let near = shore.lines.locate_in_envelope_intersecting(&around);
        let lines = near.map(|line| line.ends.map(|end| stroke.metres(end)));
        self.0.clear();
        self.0
            .extend(lines.filter(|&line| !stroke.is_beyond(MEASURED, line)));
    }

    /// Whether there is no water around.
    pub fn is_clear(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the straight leg from a point to the nearest of the stroke crosses no
    /// water.
    pub fn sees(&self, stroke: &Stroke, from: [f32; 2]) -> bool {
        let leg = Leg::new(stroke, from, stroke.turned(from)[0]);
        let bounds = bounds_of(&leg.from.map(|at| [at]), &leg.by.map(|by| [by]));
        let mut near = self.0.iter().filter(|line| !is_apart(bounds, line));
        !near.any(|&line| leg.meets(line))
    }

    /// Which of a run of corners are not seen from the stroke, by all bits of a number.
    /// It is the same as asking one by one, for all at once.
    pub fn hidden(&self, stroke: &Stroke, first: Cell) -> [u16; RUN] {
        let [west, north] = stroke.at_corner(first);
        let row = stroke.row_from(first);
        // By axis and corner: what a processor works on at once.
        let (mut from, mut by) = ([[0.0; RUN]; 2], [[0.0; RUN]; 2]);
        let mut glued = [0.0; RUN];
        for (at, lane) in LANES.into_iter().enumerate() {
            let place = [west + lane * stroke.cell_width(), north];
            let leg = Leg::new(stroke, place, row.along[0] + lane * row.along[1]);
            for axis in [0, 1] {
                (from[axis][at], by[axis][at]) = (leg.from[axis], leg.by[axis]);
            }
            glued[at] = leg.glued;
        }
        let bounds = bounds_of(&from, &by);
        let mut hidden = [0_u32; RUN];
        for &line in self.0.iter().filter(|line| !is_apart(bounds, line)) {
            for at in 0..RUN {
                let leg = Leg {
                    from: [from[0][at], from[1][at]],
                    by: [by[0][at], by[1][at]],
                    glued: glued[at],
                };
                hidden[at] |= if leg.meets(line) { u32::MAX } else { 0 };
            }
        }
        hidden.map(|hidden| hidden as u16)
    }
}

/// A leg from a point to the nearest of a stroke.
#[derive(Clone, Copy)]
struct Leg {
    from: [f32; 2],
    /// How far it leads east and north.
    by: [f32; 2],
    /// The share of it at either end that nothing stops; more than a half of one that is
    /// too short to be stopped at all.
    glued: f32,
}

impl Leg {
    fn new(stroke: &Stroke, from: [f32; 2], along: f32) -> Self {
        let to = stroke.nearest(along);
        let by = [to[0] - from[0], to[1] - from[1]];
        // What has no length is glued as a whole.
        let glued = GLUED / larger((by[0] * by[0] + by[1] * by[1]).sqrt(), f32::MIN_POSITIVE);
        Self { from, by, glued }
    }

    /// Whether it meets a line between its glued ends. A parallel one it does not meet.
    // All is looked at, whatever comes out first, so that eight legs are at once.
    #[allow(clippy::needless_bitwise_bool)]
    #[inline]
    fn meets(&self, [a, b]: [[f32; 2]; 2]) -> bool {
        let line = [b[0] - a[0], b[1] - a[1]];
        let turn = self.by[0] * line[1] - self.by[1] * line[0];
        let between = [a[0] - self.from[0], a[1] - self.from[1]];
        // Where on either they meet, as shares of it, times how much they turn.
        let sign = if turn < 0.0 { -1.0 } else { 1.0 };
        let turn = sign * turn;
        let on_leg = sign * (between[0] * line[1] - between[1] * line[0]);
        let on_line = sign * (between[0] * self.by[1] - between[1] * self.by[0]);
        (turn > 0.0)
            & (on_line >= -SLACK * turn)
            & (on_line <= (1.0 + SLACK) * turn)
            & (on_leg >= self.glued * turn)
            & (on_leg <= (1.0 - self.glued) * turn)
    }
}

/// South-west and north-east of legs, given by axis: where they begin, and how far they
/// lead.
fn bounds_of<const LEGS: usize>(from: &[[f32; LEGS]; 2], by: &[[f32; LEGS]; 2]) -> [[f32; 2]; 2] {
    let (mut low, mut high) = ([f32::INFINITY; 2], [f32::NEG_INFINITY; 2]);
    for axis in [0, 1] {
        for (from, by) in from[axis].iter().zip(&by[axis]) {
            let to = from + by;
            low[axis] = smaller(low[axis], smaller(*from, to));
            high[axis] = larger(high[axis], larger(*from, to));
        }
    }
    [low, high]
}

/// Whether a line lies outside bounds.
fn is_apart([low, high]: [[f32; 2]; 2], [a, b]: &[[f32; 2]; 2]) -> bool {
    let apart = |axis: usize| {
        larger(a[axis], b[axis]) < low[axis] || smaller(a[axis], b[axis]) > high[axis]
    };
    apart(0) || apart(1)
}

/// A hair of slack, so that a leg through a corner of an outline is stopped by one of
/// its two lines.
const SLACK: f32 = 1e-5;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::isochrone::lattice::Lattice;
    use crate::plane::LonLat;

    #[test]
    fn a_run_is_hidden_where_its_corners_are() {
        let lattice = Lattice::between(280_000_000, 282_000_000);
        let from = LonLat {
            lon: -154_300_123,
            lat: 281_000_457,
        };
        let to = LonLat {
            lon: from.lon + 3_000,
            lat: from.lat + 1_500,
        };
        let [column, row] = lattice.cell(from);
        let mut state = 1_u32;
        let mut random = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / 16_777_216.0 * 120.0 - 50.0
        };
        let (mut seen, mut unseen) = (0, 0);
        for ends in [[from, to], [to, from], [from, from]] {
            let stroke = Stroke::new(ends, &lattice);
            for lines in 0..6 {
                let lines = (0..lines).map(|_| [[random(), random()], [random(), random()]]);
                let sight = Sight(lines.collect());
                for row in row - 6..row + 6 {
                    for first in [-16, -8, 0, 8].map(|ahead| [(column + ahead) / 8 * 8, row]) {
                        let hidden = sight.hidden(&stroke, first);
                        for (column, hidden) in (first[0]..).zip(hidden) {
                            let sees = sight.sees(&stroke, stroke.at_corner([column, row]));
                            assert_eq!(hidden, if sees { 0 } else { u16::MAX });
                            *(if sees { &mut seen } else { &mut unseen }) += 1;
                        }
                    }
                }
            }
        }
        assert!(seen > 1_000 && unseen > 1_000, "{seen} {unseen}");
    }
}
