//! Chains of segments become walks: a chain goes on through every point where
//! exactly two segments meet and nothing changes for a walker.

use super::segment::{Point, Segment, Segments};
use crate::profile::{Direction, WalkClass};

/// A chain of segments.
#[derive(Clone, Copy)]
pub(super) struct Chain {
    /// Its first point in the list of all.
    from: u32,
    pub class: WalkClass,
    pub private: bool,
    /// Seen from the first point.
    pub direction: Direction,
    /// The lowest OSM way id.
    pub way: i64,
}

/// All chains, with their points in one list.
pub(super) struct Chains {
    pub list: Vec<Chain>,
    points: Vec<Point>,
}

impl Chains {
    /// How many points all of them have.
    pub fn count_points(&self) -> usize {
        self.points.len()
    }

    /// The points of a chain in order.
    pub fn points(&self, chain: usize) -> &[Point] {
        let next = self.list.get(chain + 1);
        let to = next.map_or(self.points.len(), |next| next.from as usize);
        &self.points[self.list[chain].from as usize..to]
    }
}

/// For every point the segments that meet there.
struct Incidence {
    /// For every point where its segments begin, and after the last one where they end.
    first: Vec<u32>,
    segments: Vec<u32>,
}

impl Incidence {
    fn of(segments: &Segments) -> Self {
        let mut first = vec![0u32; segments.points() + 1];
        for segment in &segments.list {
            first[segment.a as usize] += 1;
            first[segment.b as usize] += 1;
        }
        let mut sum = 0;
        for first in &mut first {
            sum += *first;
            *first = sum;
        }
        let mut list = vec![0u32; segments.list.len() * 2];
        for (index, segment) in segments.list.iter().enumerate().rev() {
            for point in [segment.b, segment.a] {
                let slot = &mut first[point as usize];
                *slot -= 1;
                list[*slot as usize] = index as u32;
            }
        }
        Self {
            first,
            segments: list,
        }
    }

    fn at(&self, point: Point) -> &[u32] {
        let (from, to) = (self.first[point as usize], self.first[point as usize + 1]);
        &self.segments[from as usize..to as usize]
    }
}

fn other(segment: &Segment, point: Point) -> Point {
    if segment.a == point {
        segment.b
    } else {
        segment.a
    }
}

/// The direction of a segment, seen from one of its points.
fn seen_from(segment: &Segment, point: Point) -> Direction {
    if segment.a == point {
        segment.direction
    } else {
        segment.direction.reversed()
    }
}

/// Follows all chains. Every segment is in exactly one. Chains that begin at one point
/// come in the order of their first segments, however those are listed.
pub(super) fn chains(segments: &Segments) -> Chains {
    let incidence = Incidence::of(segments);
    let list = &segments.list;
    let goes_on = |point: Point| -> bool {
        let &[one, two] = incidence.at(point) else {
            return false;
        };
        let (one, two) = (&list[one as usize], &list[two as usize]);
        one.class == two.class
            && seen_from(one, point) == seen_from(two, point).reversed()
            && !segments.role(point).ends_chain()
    };
    let mut used = vec![false; list.len()];
    let mut found = Chains {
        list: Vec::new(),
        points: Vec::with_capacity(list.len()),
    };
    let mut follow = |start: Point, first: u32, used: &mut Vec<bool>| {
        let Segment {
            class,
            private,
            mut way,
            ..
        } = list[first as usize];
        let from = found.points.len() as u32;
        let direction = seen_from(&list[first as usize], start);
        found.points.push(start);
        let (mut point, mut next) = (start, first);
        loop {
            used[next as usize] = true;
            let segment = &list[next as usize];
            way = way.min(segment.way);
            point = other(segment, point);
            found.points.push(point);
            if point == start || !goes_on(point) {
                break;
            }
            // Two segments meet here and one is behind us.
            match incidence
                .at(point)
                .iter()
                .find(|&&candidate| candidate != next)
            {
                Some(&ahead) if !used[ahead as usize] => next = ahead,
                _ => break,
            }
        }
        found.list.push(Chain {
            from,
            class,
            private,
            direction,
            way,
        });
    };
    let mut leaving = Vec::new();
    for point in 0..segments.points() as Point {
        if incidence.at(point).is_empty() || goes_on(point) {
            continue;
        }
        leaving.clear();
        leaving.extend_from_slice(incidence.at(point));
        leaving.sort_unstable_by_key(|&segment| list[segment as usize]);
        for &segment in &leaving {
            if !used[segment as usize] {
                follow(point, segment, &mut used);
            }
        }
    }
    // What is left are rings without a junction: they begin at their lowest
    // OSM node, which is their lowest point, as nodes are sorted by id.
    for segment in 0..list.len() {
        if !used[segment] {
            let ring = ring_start(list, &incidence, segment);
            let leaving = incidence.at(ring).iter().copied();
            let first = leaving.min_by_key(|&segment| list[segment as usize]);
            follow(ring, first.unwrap_or(segment as u32), &mut used);
        }
    }
    found
}

/// The lowest point of the ring that a segment belongs to.
fn ring_start(list: &[Segment], incidence: &Incidence, segment: usize) -> Point {
    let start = list[segment].a;
    let (mut point, mut at, mut lowest) = (start, segment as u32, start);
    loop {
        point = other(&list[at as usize], point);
        lowest = lowest.min(point);
        if point == start {
            return lowest;
        }
        match incidence
            .at(point)
            .iter()
            .find(|&&candidate| candidate != at)
        {
            Some(&ahead) => at = ahead,
            None => return lowest,
        }
    }
}
