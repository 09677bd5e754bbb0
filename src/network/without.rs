//! Walks that are closed in a network: it stays as it is, and another is made.

use std::collections::BTreeMap;

use super::extend::between;
use super::model::{Contact, Part, Position, Walk, WalkId, WalkNetwork};
use crate::plane::{LonLat, distance_millimetres};
use crate::profile::NodeRole;

/// A part of a walk that is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stretch {
    /// The walk.
    pub walk: WalkId,
    /// Where it begins and ends along the walk.
    ///
    /// # Units
    /// Millimetres from the walk's first end.
    pub along: [u64; 2],
}

impl WalkNetwork {
    /// The network without parts of walks. What is left of a walk that is closed in its
    /// middle ends there, and costs its part of it.
    pub fn without(&self, closed: &[Stretch]) -> Self {
        let mut network = Self {
            junctions: self.junctions.clone(),
            ..Self::default()
        };
        let mut of_walk: BTreeMap<WalkId, Vec<[u64; 2]>> = BTreeMap::new();
        for stretch in closed {
            of_walk.entry(stretch.walk).or_default().push(stretch.along);
        }
        // Where the positions of contacts are in the new network: walk, from, to, new walk.
        let mut kept: Vec<Vec<([u64; 2], WalkId)>> = Vec::with_capacity(self.walks.len());
        for id in self.walk_ids() {
            let walk = *self.walk(id);
            let open = match of_walk.get(&id) {
                None => vec![[0, walk.millimetres]],
                Some(closed) => rest(walk.millimetres, closed),
            };
            let parts = open.into_iter().map(|part| {
                let new = if part == [0, walk.millimetres] {
                    network.push(walk, self.shape(id))
                } else {
                    network.push_part(&walk, self.shape(id), part)
                };
                (part, new)
            });
            kept.push(parts.collect());
        }
        let moved = |at: &Position| {
            let parts = kept[at.walk.0 as usize].iter();
            parts
                .filter(|([from, to], _)| (*from..=*to).contains(&at.along))
                .map(|([from, _], walk)| Position {
                    walk: *walk,
                    along: at.along - from,
                })
                .collect::<Vec<_>>()
        };
        network.contacts = self
            .contacts
            .iter()
            .map(|contact| {
                let sides = [0, 1].map(|side| {
                    let mut side: Vec<Position> =
                        contact.sides[side].iter().flat_map(moved).collect();
                    side.sort_unstable();
                    side.into_boxed_slice()
                });
                Contact { sides, ..*contact }
            })
            .filter(|contact| contact.sides.iter().all(|side| !side.is_empty()))
            .collect();
        network
    }

    /// Adds a part of a walk, with junctions of its own where the walk was cut.
    fn push_part(&mut self, walk: &Walk, shape: &[LonLat], [from, to]: [u64; 2]) -> WalkId {
        let shape = part_of(shape, [from, to]);
        let mut ends = walk.ends;
        if from > 0 {
            ends[0] = self.push_junction(shape[0], NodeRole::default());
        }
        if to < walk.millimetres {
            ends[1] = self.push_junction(shape[shape.len() - 1], NodeRole::default());
        }
        let part = Walk {
            ends,
            millimetres: to - from,
            part: Part {
                from: walk.part.from + from,
                ..walk.part
            },
            ..*walk
        };
        self.push(part, &shape)
    }
}

/// What is left of a walk beside what is closed.
fn rest(millimetres: u64, closed: &[[u64; 2]]) -> Vec<[u64; 2]> {
    let mut closed = closed.to_vec();
    closed.sort_unstable();
    let mut open = Vec::new();
    let mut from = 0;
    for [begin, end] in closed {
        if begin > from {
            open.push([from, begin]);
        }
        from = from.max(end);
    }
    if from < millimetres {
        open.push([from, millimetres]);
    }
    open
}

/// The shape of a part of a walk.
fn part_of(shape: &[LonLat], [from, to]: [u64; 2]) -> Vec<LonLat> {
    let mut part = Vec::new();
    let mut along = 0;
    for pair in shape.windows(2) {
        let length = distance_millimetres(pair[0], pair[1]);
        let at = |position: u64| {
            let share = (position - along) as f64 / length.max(1) as f64;
            between(pair[0], pair[1], share)
        };
        let inside = |position: u64| (along..=along + length).contains(&position);
        if part.is_empty() && inside(from) {
            part.push(at(from));
        }
        if inside(to) && !part.is_empty() {
            part.push(at(to));
            return part;
        }
        if !part.is_empty() {
            part.push(pair[1]);
        }
        along += length;
    }
    if part.len() < 2 {
        part.resize(2, shape[shape.len() - 1]);
    }
    part
}
