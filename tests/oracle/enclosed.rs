//! Public pieces inside private grounds, found by walking over the map.

use std::cmp::Reverse;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use living_circle::osm::{Extract, NodeIndex as OsmNode};
use living_circle::plane::distance_millimetres;
use living_circle::profile::NodeRole;

use super::segments::Piece;

/// A node, its neighbour where nobody passes the node, and whether it is private.
type Point = (OsmNode, Option<OsmNode>, bool);

/// Everything that can be walked to from one of `all` over `next`, part by part.
fn parts<T: Copy + Ord>(
    all: impl Iterator<Item = T>,
    next: &BTreeMap<T, Vec<T>>,
) -> BTreeMap<T, usize> {
    let mut part = BTreeMap::new();
    for (number, start) in all.enumerate() {
        let mut ahead = vec![start];
        while let Some(here) = ahead.pop() {
            if let Entry::Vacant(new) = part.entry(here) {
                new.insert(number);
                ahead.extend(next.get(&here).into_iter().flatten());
            }
        }
    }
    part
}

/// The public pieces that hang together with a longer public part by private ones only.
pub fn of<'a>(
    extract: &Extract,
    roles: &HashMap<OsmNode, NodeRole>,
    pieces: impl Iterator<Item = &'a Piece> + Clone,
) -> BTreeSet<Piece> {
    let role = |node| roles.get(&node).copied().unwrap_or_default();
    let point = |node, other, private: bool| -> Point {
        let dead = role(node).shut || role(node).stop && !private;
        (node, dead.then_some(other), private)
    };
    let ends = |piece: &Piece| {
        let [a, b] = piece.nodes;
        [point(a, b, piece.private), point(b, a, piece.private)]
    };
    let mut beside: BTreeMap<Point, Vec<Point>> = BTreeMap::new();
    for piece in pieces.clone() {
        let [a, b] = ends(piece);
        beside.entry(a).or_default().push(b);
        beside.entry(b).or_default().push(a);
    }
    let part = parts(beside.keys().copied(), &beside);
    let mut touching: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (&(node, arm, private), &here) in &part {
        if !private || arm.is_some() {
            continue;
        }
        for (&(other, _, private), &there) in part.range((node, None, false)..) {
            if other != node {
                break;
            }
            if !private {
                touching.entry(here).or_default().push(there);
                touching.entry(there).or_default().push(here);
            }
        }
    }
    let cluster = parts(part.values().copied(), &touching);
    let mut length: BTreeMap<usize, u64> = BTreeMap::new();
    let mut drawn = BTreeSet::new();
    for piece in pieces.clone().filter(|piece| !piece.private) {
        if drawn.insert((piece.nodes, piece.class)) {
            let [from, to] = piece.nodes.map(|node| extract.at(node));
            *length.entry(part[&ends(piece)[0]]).or_default() += distance_millimetres(from, to);
        }
    }
    let mut longest: BTreeMap<usize, (u64, Reverse<usize>)> = BTreeMap::new();
    for (&own, &length) in &length {
        let known = longest.entry(cluster[&own]).or_default();
        *known = (length, Reverse(own)).max(*known);
    }
    let inside = |piece: &&Piece| {
        let own = part[&ends(piece)[0]];
        !piece.private && longest[&cluster[&own]].1 != Reverse(own)
    };
    pieces.filter(inside).copied().collect()
}
