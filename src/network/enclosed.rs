//! Public ways that lie inside private grounds.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use petgraph::unionfind::UnionFind;
use rayon::prelude::*;

use super::segment::{Point, Segment, Segments, Side};
use crate::plane::distance_millimetres;
use crate::profile::WalkClass;

/// A node, or the copy of it that a segment ends at.
type Place = (Point, Option<Side>);

/// What hangs together, place by place.
struct Parts {
    places: Vec<Place>,
    /// For every segment the place that it begins at, by number.
    begins: Vec<usize>,
    /// By ways of one kind, public or private.
    alike: UnionFind<usize>,
    /// By ways of both kinds.
    joined: UnionFind<usize>,
}

fn ends(segments: &Segments, segment: &Segment) -> [Place; 2] {
    [(segment.a, segment.b), (segment.b, segment.a)]
        .map(|(here, there)| (here, segments.side(segment.private, here, there)))
}

impl Parts {
    fn of(segments: &Segments) -> Self {
        let list = segments.list.par_iter();
        let mut places: Vec<Place> = list
            .flat_map_iter(|segment| ends(segments, segment))
            .collect();
        places.par_sort_unstable();
        places.dedup();
        // Every end is among the places, so both ways out of the search are its own.
        let number = |place| places.binary_search(&place).unwrap_or_else(|number| number);
        let list = segments.list.par_iter();
        let numbers: Vec<[usize; 2]> = list
            .map(|segment| ends(segments, segment).map(number))
            .collect();
        let mut alike = UnionFind::new(places.len());
        for &[one, other] in &numbers {
            alike.union(one, other);
        }
        let mut parts = Self {
            begins: numbers.into_iter().map(|[begin, _]| begin).collect(),
            joined: alike.clone(),
            alike,
            places,
        };
        let mut first = 0;
        for of_node in parts.places.chunk_by(|one, other| one.0 == other.0) {
            let next = first + of_node.len();
            let private = of_node.iter().any(|(_, side)| *side == Some(Side::Private));
            if private && !segments.role(of_node[0].0).shut {
                for other in first + 1..next {
                    parts.joined.union(first, other);
                }
            }
            first = next;
        }
        parts
    }

    /// The part that a segment belongs to.
    fn part(&self, segment: usize) -> usize {
        self.alike.find(self.begins[segment])
    }

    /// Millimetres of every public part; pieces that are drawn twice count once.
    fn lengths(&self, segments: &Segments) -> BTreeMap<usize, u64> {
        let list = segments.list.par_iter().enumerate();
        let mut pieces: Vec<(Point, Point, WalkClass, usize)> = list
            .filter(|(_, segment)| !segment.private)
            .map(|(number, segment)| (segment.a, segment.b, segment.class, self.part(number)))
            .collect();
        pieces.par_sort_unstable();
        pieces.dedup();
        let mut lengths = BTreeMap::new();
        for (a, b, _, part) in pieces {
            let length = distance_millimetres(segments.at(a), segments.at(b));
            *lengths.entry(part).or_default() += length;
        }
        lengths
    }
}

/// For every segment whether it is a public one that hangs together with the others by
/// private ways only: it lies inside a private ground, and is left as that is. Of all
/// public parts that private ways join the longest is the public network; of equal
/// ones that with the lowest node.
pub(super) fn enclosed(segments: &Segments) -> Vec<bool> {
    if segments.list.iter().all(|segment| !segment.private) {
        return vec![false; segments.list.len()];
    }
    let parts = Parts::of(segments);
    let mut lowest = vec![usize::MAX; parts.places.len()];
    for place in (0..parts.places.len()).rev() {
        lowest[parts.alike.find(place)] = place;
    }
    let mut longest: BTreeMap<usize, (u64, Reverse<usize>, usize)> = BTreeMap::new();
    for (part, length) in parts.lengths(segments) {
        let own = (length, Reverse(lowest[part]), part);
        let known = longest.entry(parts.joined.find(part)).or_insert(own);
        *known = own.max(*known);
    }
    let is_enclosed = |(number, segment): (usize, &Segment)| {
        let part = parts.part(number);
        let public = longest.get(&parts.joined.find(part));
        !segment.private && public.is_some_and(|&(.., public)| public != part)
    };
    segments.list.iter().enumerate().map(is_enclosed).collect()
}
