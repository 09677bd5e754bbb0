//! A line that is to be a walk, where it joins others.

use crate::network::{Extension, Foot, Nearby, Position};
use crate::plane::{LonLat, Plane, distance_metres};

/// A point of a line that is this near to a walk lies on it.
///
/// # Units
/// Metres.
pub(super) const ON_WALK: f64 = 0.05;

/// Who joins a walk this near to its end joins the junction there.
///
/// # Units
/// Millimetres.
pub(super) const AT_END: u64 = 500;

/// A line on the network as it is so far.
pub(super) struct Drawn<'a, F> {
    /// The public walks of before.
    pub known: &'a Nearby,
    /// The walks that were added so far.
    pub added: Nearby,
    pub extension: &'a Extension,
    /// How far its ends look for a walk.
    pub metres: f64,
    /// Whether something lies between two places.
    pub cross: F,
}

impl<F: Fn(LonLat, LonLat) -> bool> Drawn<'_, F> {
    /// The shape of the walk and where it joins others: with its ends, and, where it meets
    /// walks, with what lies between.
    pub fn joined(&self, line: &[LonLat], meets: bool) -> (Vec<LonLat>, Vec<(usize, Position)>) {
        let mut points: Vec<(LonLat, Option<Position>)> = Vec::new();
        for pair in line.windows(2) {
            points.push((pair[0], meets.then(|| self.on_walk(pair[0])).flatten()));
            if meets {
                points.extend(self.crossed([pair[0], pair[1]]));
            }
        }
        let last = line[line.len() - 1];
        points.push((last, meets.then(|| self.on_walk(last)).flatten()));
        self.end(&mut points);
        points.reverse();
        self.end(&mut points);
        points.reverse();
        let joins = points.iter().enumerate();
        let joins = joins.filter_map(|(point, (_, join))| Some((point, (*join)?)));
        let joins = joins.collect();
        (points.into_iter().map(|(at, _)| at).collect(), joins)
    }

    /// Joins the last point to the nearest walk that it can be joined to. A line that
    /// leads a little beyond a walk that it crosses ends there.
    fn end(&self, points: &mut Vec<(LonLat, Option<Position>)>) {
        let Some(&(end, None)) = points.last() else {
            return;
        };
        let mut beyond = 0.0;
        for number in (1..points.len()).rev() {
            beyond += distance_metres(points[number].0, points[number - 1].0);
            if beyond > self.metres {
                break;
            }
            if number > 1 && points[number - 1].1.is_some() {
                points.truncate(number);
                return;
            }
        }
        let near = self.feet(end, self.metres);
        let mut near = near.into_iter();
        let Some((foot, position)) = near.find(|(foot, _)| !(self.cross)(end, foot.at)) else {
            return;
        };
        let count = points.len();
        if foot.at == end {
            points[count - 1].1 = Some(position);
        } else {
            points.push((foot.at, Some(position)));
        }
    }

    /// The walk on which a place lies.
    fn on_walk(&self, at: LonLat) -> Option<Position> {
        let found = self.feet(at, ON_WALK).into_iter().next();
        found.map(|(_, position)| position)
    }

    /// The nearest points of walks, nearest first, and where they are on the network now.
    fn feet(&self, at: LonLat, metres: f64) -> Vec<(Foot, Position)> {
        let known = self.known.feet(at, metres).into_iter();
        let known = known.map(|foot| (foot, self.now(&foot)));
        let added = self.added.feet(at, metres).into_iter();
        let added = added.map(|foot| (foot, self.snapped(foot.position())));
        let mut feet: Vec<(Foot, Position)> = known.chain(added).collect();
        feet.sort_unstable();
        feet
    }

    /// Where a straight piece of the line crosses walks, between its ends.
    fn crossed(&self, piece: [LonLat; 2]) -> Vec<(LonLat, Option<Position>)> {
        let plane = Plane::at(piece[0]);
        let length = |at: LonLat| {
            let [east, north] = plane.metres(at);
            east.hypot(north)
        };
        let whole = length(piece[1]);
        let known = self.known.crossings(piece).into_iter();
        let known = known.map(|(share, foot)| (share, foot.at, self.now(&foot)));
        let added = self.added.crossings(piece).into_iter();
        let added = added.map(|(share, foot)| (share, foot.at, self.snapped(foot.position())));
        let mut crossed: Vec<(f64, LonLat, Position)> = known.chain(added).collect();
        crossed.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.2.cmp(&other.2)));
        let inside = crossed.into_iter().filter(|(share, ..)| {
            let metres = share * whole;
            metres > ON_WALK && whole - metres > ON_WALK
        });
        let mut points: Vec<(LonLat, Option<Position>)> = inside
            .map(|(_, at, position)| (at, Some(position)))
            .collect();
        // Walks that meet where they are crossed are joined once.
        points.dedup_by_key(|point| point.0);
        points
    }

    fn now(&self, foot: &Foot) -> Position {
        self.snapped(self.extension.carried(foot.position()))
    }

    /// The same position, or the end of the walk where that is at hand.
    fn snapped(&self, position: Position) -> Position {
        let length = self.extension.network().walk(position.walk).millimetres;
        let along = if position.along <= AT_END.min(length / 2) {
            0
        } else if position.along + AT_END >= length {
            length
        } else {
            position.along
        };
        Position { along, ..position }
    }
}
