//! What is seen from a reached walk: what a straight leg meets that crosses no water.

use rstar::AABB;

use super::Shore;
use crate::isochrone::stroke::{MEASURED, Stroke};

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
        self.0.clear();
        self.0
            .extend(near.map(|line| line.ends.map(|end| stroke.metres(end))));
    }

    /// Whether there is no water around.
    pub fn is_clear(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the straight leg from a point to the nearest of the stroke crosses no
    /// water.
    pub fn sees(&self, stroke: &Stroke, from: [f32; 2]) -> bool {
        let to = stroke.nearest(from);
        let leg = [to[0] - from[0], to[1] - from[1]];
        let length = leg[0].hypot(leg[1]);
        if length <= 2.0 * GLUED {
            return true;
        }
        let glued = GLUED / length;
        let low = [from[0].min(to[0]), from[1].min(to[1])];
        let high = [from[0].max(to[0]), from[1].max(to[1])];
        !self.0.iter().any(|&[a, b]| {
            let apart =
                |axis: usize| a[axis].max(b[axis]) < low[axis] || a[axis].min(b[axis]) > high[axis];
            !apart(0)
                && !apart(1)
                && met(from, leg, [a, b]).is_some_and(|at| (glued..=1.0 - glued).contains(&at))
        })
    }
}

/// A hair of slack, so that a leg through a corner of an outline is stopped by one of
/// its two lines.
const SLACK: f32 = 1e-5;

/// Where along a leg it meets a line, as a share of the leg. Parallel lines do not meet.
fn met(from: [f32; 2], leg: [f32; 2], [a, b]: [[f32; 2]; 2]) -> Option<f32> {
    let line = [b[0] - a[0], b[1] - a[1]];
    let turn = leg[0] * line[1] - leg[1] * line[0];
    if turn == 0.0 {
        return None;
    }
    let between = [a[0] - from[0], a[1] - from[1]];
    let on_leg = (between[0] * line[1] - between[1] * line[0]) / turn;
    let on_line = (between[0] * leg[1] - between[1] * leg[0]) / turn;
    (-SLACK..=1.0 + SLACK).contains(&on_line).then_some(on_leg)
}
