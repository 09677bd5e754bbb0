//! Chains of segments become walks: a chain goes on through every point where
//! exactly two segments meet and nothing changes for a walker.

use super::segment::{Point, Segment, Segments};
use crate::profile::Direction;

/// A chain under construction: its points in order.
pub(super) struct Chain {
    pub points: Vec<Point>,
    /// Any of its segments, for the class.
    pub segment: Segment,
    /// Seen from the first point.
    pub direction: Direction,
    /// The lowest OSM way id.
    pub way: i64,
}

/// For every point the segments that meet there.
struct Incidence {
    first: Vec<u32>,
    segments: Vec<u32>,
}

impl Incidence {
    fn of(segments: &Segments) -> Self {
        let mut first = vec![0u32; segments.points() + 1];
        for segment in &segments.list {
            first[segment.a as usize + 1] += 1;
            first[segment.b as usize + 1] += 1;
        }
        for at in 1..first.len() {
            first[at] += first[at - 1];
        }
        let mut next = first.clone();
        let mut list = vec![0u32; segments.list.len() * 2];
        for (index, segment) in segments.list.iter().enumerate() {
            for point in [segment.a, segment.b] {
                let slot = &mut next[point as usize];
                list[*slot as usize] = index as u32;
                *slot += 1;
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

/// Follows all chains. Every segment is in exactly one.
pub(super) fn chains(segments: &Segments) -> Vec<Chain> {
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
    let mut found = Vec::new();
    let mut follow = |start: Point, first: u32, used: &mut Vec<bool>| {
        let segment = list[first as usize];
        let mut chain = Chain {
            points: vec![start],
            segment,
            direction: seen_from(&segment, start),
            way: segment.way,
        };
        let (mut point, mut next) = (start, first);
        loop {
            used[next as usize] = true;
            let segment = &list[next as usize];
            chain.way = chain.way.min(segment.way);
            point = other(segment, point);
            chain.points.push(point);
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
        found.push(chain);
    };
    for point in 0..segments.points() as Point {
        if goes_on(point) {
            continue;
        }
        for &segment in incidence.at(point) {
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
            follow(ring, incidence.at(ring)[0], &mut used);
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
