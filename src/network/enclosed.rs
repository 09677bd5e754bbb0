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

/// What hangs together, place by place. A node has its own number, and its copies have
/// numbers behind those of all nodes.
struct Parts {
    nodes: usize,
    /// Ascending.
    copies: Vec<(Point, Side)>,
    /// For every segment the place that it begins at.
    begins: Vec<u32>,
    /// By ways of one kind, public or private.
    alike: UnionFind<u32>,
    /// By ways of both kinds.
    joined: UnionFind<u32>,
}

fn ends(segments: &Segments, segment: &Segment) -> [Place; 2] {
    [(segment.a, segment.b), (segment.b, segment.a)]
        .map(|(here, there)| (here, segments.side(segment.private, here, there)))
}

impl Parts {
    fn of(segments: &Segments) -> Self {
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
        let mut joined = alike.clone();
        let mut first = nodes as u32;
        for of_node in copies.chunk_by(|one, other| one.0 == other.0) {
            let node = of_node[0].0;
            let next = first + of_node.len() as u32;
            let private = of_node.iter().any(|(_, side)| *side == Side::Private);
            if private && !segments.role(node).shut {
                for copy in first..next {
                    joined.union(node, copy);
                }
            }
            first = next;
        }
        Self {
            nodes,
            begins: numbers.into_iter().map(|[begin, _]| begin).collect(),
            copies,
            alike,
            joined,
        }
    }

    /// Which place a number stands for.
    fn place(&self, number: usize) -> Place {
        match number.checked_sub(self.nodes) {
            None => (number as Point, None),
            Some(copy) => (self.copies[copy].0, Some(self.copies[copy].1)),
        }
    }

    /// For every part its lowest place.
    fn lowest(&self) -> Vec<Place> {
        let all = self.nodes + self.copies.len();
        let mut lowest: Vec<Place> = (0..all).map(|number| self.place(number)).collect();
        for number in 0..all {
            let part = self.alike.find(number as u32) as usize;
            lowest[part] = lowest[part].min(self.place(number));
        }
        lowest
    }

    /// The part that a segment belongs to.
    fn part(&self, segment: usize) -> u32 {
        self.alike.find(self.begins[segment])
    }

    /// Millimetres of every public part; pieces that are drawn twice count once.
    fn lengths(&self, segments: &Segments) -> BTreeMap<u32, u64> {
        let list = segments.list.par_iter().enumerate();
        let mut pieces: Vec<(Point, Point, WalkClass, u32)> = list
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
    let lowest = parts.lowest();
    let mut longest: BTreeMap<u32, (u64, Reverse<Place>, u32)> = BTreeMap::new();
    for (part, length) in parts.lengths(segments) {
        let own = (length, Reverse(lowest[part as usize]), part);
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
