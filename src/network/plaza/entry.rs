//! Where pedestrian areas are entered.

use std::collections::BTreeSet;

use super::super::segment::{Point, Segments};
use super::drawn::Plaza;

/// Who uses a place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum User {
    Way(i64),
    /// An area, by its number.
    Plaza(usize),
}

/// For every place of a ring the ways and areas that use it.
pub(super) struct Users(BTreeSet<(Point, User)>);

impl Users {
    pub fn of(segments: &Segments, plazas: &[Plaza]) -> Self {
        let mut on_ring = vec![false; segments.points()];
        let mut users = BTreeSet::new();
        for (number, plaza) in plazas.iter().enumerate() {
            for point in plaza.points() {
                on_ring[point as usize] = true;
                users.insert((point, User::Plaza(number)));
            }
        }
        for segment in segments.list.iter().filter(|segment| !segment.private) {
            for point in [segment.a, segment.b] {
                if on_ring.get(point as usize) == Some(&true) {
                    users.insert((point, User::Way(segment.way)));
                }
            }
        }
        Self(users)
    }

    /// The places of an area's rings where something else is walked, ascending.
    pub fn entries(&self, number: usize, plaza: &Plaza) -> Vec<Point> {
        let own: BTreeSet<i64> = plaza.pieces.iter().map(|&(_, way)| way).collect();
        let is_other = |user: &User| match user {
            User::Way(way) => !own.contains(way),
            User::Plaza(other) => *other != number,
        };
        let all = (User::Way(i64::MIN), User::Plaza(usize::MAX));
        let entered = |&point: &Point| {
            let mut here = self.0.range((point, all.0)..=(point, all.1));
            here.any(|(_, user)| is_other(user))
        };
        plaza.points().into_iter().filter(entered).collect()
    }
}
