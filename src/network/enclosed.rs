//! Public ways that lie inside private grounds.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use petgraph::unionfind::UnionFind;

use super::segment::{Point, Segment, Segments, Side};
use crate::plane::distance_millimetres;
use crate::profile::WalkClass;

/// A node, or the copy of it that a segment ends at.
type Place = (Point, Option<Side>);

/// What hangs together, place by place.
struct Parts {
    places: Vec<Place>,
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
        let list = segments.list.iter();
        let mut places: Vec<Place> = list.flat_map(|segment| ends(segments, segment)).collect();
        places.sort_unstable();
        places.dedup();
        let mut parts = Self {
            alike: UnionFind::new(places.len()),
            joined: UnionFind::new(0),
            places,
        };
        for segment in &segments.list {
            let [one, other] = ends(segments, segment).map(|place| parts.number(place));
            parts.alike.union(one, other);
        }
        parts.joined = parts.alike.clone();
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

    fn number(&self, place: Place) -> usize {
        // Every end is among the places, so both ways out of the search are its own.
        self.places
            .binary_search(&place)
            .unwrap_or_else(|number| number)
    }

    fn part(&self, segments: &Segments, segment: &Segment) -> usize {
        self.alike.find(self.number(ends(segments, segment)[0]))
    }

    /// Millimetres of every public part; pieces that are drawn twice count once.
    fn lengths(&self, segments: &Segments) -> BTreeMap<usize, u64> {
        let public = segments.list.iter().filter(|segment| !segment.private);
        let mut pieces: Vec<(Point, Point, WalkClass, usize)> = public
            .map(|segment| {
                let part = self.part(segments, segment);
                (segment.a, segment.b, segment.class, part)
            })
            .collect();
        pieces.sort_unstable();
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
    let is_enclosed = |segment: &Segment| {
        let part = parts.part(segments, segment);
        let public = longest.get(&parts.joined.find(part));
        !segment.private && public.is_some_and(|&(.., public)| public != part)
    };
    segments.list.iter().map(is_enclosed).collect()
}
