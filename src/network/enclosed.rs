//! Public ways that lie inside private grounds.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use petgraph::unionfind::UnionFind;
use rayon::prelude::*;

use super::doubles::Repeated;
use super::segment::{Point, Segment, Segments, Side};
use crate::plane::distance_millimetres;

/// A node, or the copy of it that a segment ends at.
type Place = (Point, Option<Side>);

/// What hangs together by ways of one kind, public or private, place by place. A node has
/// its own number, and its copies have numbers behind those of all nodes.
pub(super) struct Parts {
    nodes: usize,
    /// Ascending.
    copies: Vec<(Point, Side)>,
    /// For every segment the places that it joins.
    ends: Vec<[u32; 2]>,
    alike: UnionFind<u32>,
}

/// A public part: its length in millimetres, and its lowest place.
type Public = (u64, Place);

fn ends(segments: &Segments, segment: &Segment) -> [Place; 2] {
    [(segment.a, segment.b), (segment.b, segment.a)]
        .map(|(here, there)| (here, segments.side(segment.private, here, there)))
}

impl Parts {
    /// `None` where nothing is private.
    pub fn of(segments: &Segments) -> Option<Self> {
        if segments.list.iter().all(|segment| !segment.private) {
            return None;
        }
        let nodes = segments.extract.node_ids.len();
        let list = segments.list.par_iter();
        let mut copies: Vec<(Point, Side)> = list
            .flat_map_iter(|segment| ends(segments, segment))
            .filter_map(|(node, side)| Some((node, side?)))
            .collect();
        copies.par_sort_unstable();
        copies.dedup();
        let number = |(node, side): Place| match side {
            None => node,
            // Every copy is among them, so both ways out of the search are its own.
            Some(side) => {
                let found = copies.binary_search(&(node, side));
                (nodes + found.unwrap_or_else(|number| number)) as u32
            }
        };
        let list = segments.list.par_iter();
        let numbers: Vec<[u32; 2]> = list
            .map(|segment| ends(segments, segment).map(number))
            .collect();
        let mut alike = UnionFind::new(nodes + copies.len());
        for &[one, other] in &numbers {
            alike.union(one, other);
        }
        Some(Self {
            nodes,
            copies,
            ends: numbers,
            alike,
        })
    }

    /// Which place a number stands for.
    fn place(&self, number: usize) -> Place {
        match number.checked_sub(self.nodes) {
            None => (number as Point, None),
            Some(copy) => (self.copies[copy].0, Some(self.copies[copy].1)),
        }
    }

    /// The part that a segment belongs to.
    fn part(&self, segment: usize) -> u32 {
        self.alike.find(self.ends[segment][0])
    }

    /// All public parts; pieces that are drawn `again` count once.
    fn public(&self, segments: &Segments, again: &[u32]) -> BTreeMap<u32, Public> {
        let add = |mut parts: BTreeMap<u32, Public>, (part, (length, lowest)): (u32, Public)| {
            let known = parts.entry(part).or_insert((0, lowest));
            *known = (known.0 + length, known.1.min(lowest));
            parts
        };
        let list = segments.list.par_iter().enumerate();
        list.filter(|(_, segment)| !segment.private)
            .map(|(number, segment)| {
                let length = if again.binary_search(&(number as u32)).is_ok() {
                    0
                } else {
                    distance_millimetres(segments.at(segment.a), segments.at(segment.b))
                };
                let [one, other] = self.ends[number].map(|end| self.place(end as usize));
                (self.part(number), (length, one.min(other)))
            })
            .fold(BTreeMap::new, add)
            .reduce(BTreeMap::new, |one, other| other.into_iter().fold(one, add))
    }

    /// The parts that private ways join, ascending, and which of them hang together by
    /// ways of both kinds.
    fn joined(&self, segments: &Segments) -> (Vec<u32>, UnionFind<usize>) {
        let mut pairs: Vec<[u32; 2]> = Vec::new();
        let mut first = self.nodes as u32;
        for of_node in self.copies.chunk_by(|one, other| one.0 == other.0) {
            let node = of_node[0].0;
            let next = first + of_node.len() as u32;
            let private = of_node.iter().any(|(_, side)| *side == Side::Private);
            if private && !segments.role(node).shut {
                pairs.extend((first..next).map(|copy| [node, copy].map(|at| self.alike.find(at))));
            }
            first = next;
        }
        let mut parts: Vec<u32> = pairs.iter().flatten().copied().collect();
        parts.par_sort_unstable();
        parts.dedup();
        let at = |part: u32| parts.binary_search(&part).unwrap_or_else(|at| at);
        let mut joined = UnionFind::new(parts.len());
        for pair in pairs {
            joined.union(at(pair[0]), at(pair[1]));
        }
        (parts, joined)
    }
}

/// For every segment whether it is a public one that hangs together with the others by
/// private ways only: it lies inside a private ground, and is left as that is. Of all
/// public parts that private ways join the longest is the public network; of equal
/// ones that with the lowest node.
pub(super) fn enclosed(
    segments: &Segments,
    parts: Option<Parts>,
    repeated: &Repeated,
) -> Vec<bool> {
    let Some(parts) = parts else {
        return vec![false; segments.list.len()];
    };
    let (met, joined) = parts.joined(segments);
    let again = repeated.public_again(&segments.list);
    let public = parts.public(segments, &again);
    let group = |part: &u32| Some(joined.find(met.binary_search(part).ok()?));
    let mut longest: BTreeMap<usize, (u64, Reverse<Place>, u32)> = BTreeMap::new();
    for (part, &(length, lowest)) in &public {
        if let Some(group) = group(part) {
            let own = (length, Reverse(lowest), *part);
            let known = longest.entry(group).or_insert(own);
            *known = own.max(*known);
        }
    }
    let mut inner: Vec<u32> = public.into_keys().collect();
    inner.retain(|part| {
        let longest = group(part).and_then(|group| longest.get(&group));
        longest.is_some_and(|&(.., longest)| longest != *part)
    });
    let list = segments.list.par_iter().enumerate();
    list.map(|(number, segment)| {
        !segment.private && inner.binary_search(&parts.part(number)).is_ok()
    })
    .collect()
}
