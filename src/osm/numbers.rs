//! Numbers for nodes in place of their ids: ways and tags refer to them.

use rayon::prelude::*;

use super::gather::{NodeContent, WayContent};
use super::held::Places;
use super::model::{Extract, Node, NodeIndex, Way};
use super::refs::KeptRefs;
use crate::notice::{Notice, Notices};

/// Ascending ids, to be looked up in any order.
struct Numbers<'a> {
    ids: &'a [i64],
    /// Every so many of them, few enough to be at hand.
    marks: Vec<i64>,
}

/// From one mark to the next.
const STRIDE: usize = 256;

impl<'a> Numbers<'a> {
    fn of(ids: &'a [i64]) -> Self {
        Self {
            ids,
            marks: ids.iter().step_by(STRIDE).copied().collect(),
        }
    }

    fn find(&self, id: i64) -> Option<usize> {
        let mark = self.marks.partition_point(|&mark| mark <= id);
        let from = mark.checked_sub(1)? * STRIDE;
        let to = self.ids.len().min(from + STRIDE);
        let found = self.ids[from..to].binary_search(&id).ok()?;
        Some(from + found)
    }

    /// The numbers of a way's nodes.
    fn of_way(&self, refs: &KeptRefs) -> Box<[NodeIndex]> {
        let mut nodes = Vec::with_capacity(refs.len());
        // Nodes of a way were mostly drawn one after another, and rings come back.
        let mut next = 0;
        let mut first = None;
        for id in refs.iter() {
            let found = match first {
                _ if self.ids.get(next) == Some(&id) => Some(next),
                Some((known, number)) if known == id => number,
                _ => self.find(id),
            };
            first.get_or_insert((id, found));
            next = found.map_or(next, |found| found + 1);
            nodes.push(found.map_or(NodeIndex::MISSING, |found| NodeIndex(found as u32)));
        }
        nodes.into_boxed_slice()
    }
}

/// Which of some numbers are used, and how many before each.
struct Used {
    /// A bit a number.
    bits: Vec<u64>,
    before: Vec<u32>,
}

impl Used {
    fn of(all: usize, used: impl Iterator<Item = NodeIndex>) -> Self {
        let mut bits = vec![0; all.div_ceil(64)];
        for number in used.filter(|&number| number != NodeIndex::MISSING) {
            bits[number.0 as usize / 64] |= 1_u64 << (number.0 % 64);
        }
        let mut sum = 0;
        let before = bits.iter().map(|word| {
            let before = sum;
            sum += word.count_ones();
            before
        });
        Self {
            before: before.collect(),
            bits,
        }
    }

    fn holds(&self, number: usize) -> bool {
        self.bits[number / 64] >> (number % 64) & 1 == 1
    }

    fn count(&self) -> usize {
        let last = self.bits.last().map_or(0, |word| word.count_ones());
        (self.before.last().copied().unwrap_or(0) + last) as usize
    }

    /// The number among those that are used.
    fn renumbered(&self, number: NodeIndex) -> NodeIndex {
        if number == NodeIndex::MISSING {
            return number;
        }
        let (word, bit) = (number.0 as usize / 64, number.0 % 64);
        let below = self.bits[word] & ((1 << bit) - 1);
        NodeIndex(self.before[word] + below.count_ones())
    }
}

/// Numbers the nodes by id and lets ways and tags refer to the numbers. Nodes that none of
/// them needs are left out.
pub(super) fn numbered(
    mut places: Places,
    nodes: Vec<(i64, NodeContent)>,
    ways: Vec<(i64, WayContent)>,
    notices: &mut Notices,
) -> Extract {
    let numbers = Numbers::of(&places.ids);
    let mut nodes: Vec<Node> = nodes
        .into_par_iter()
        .map(|(id, (_, tags))| {
            let number = numbers
                .find(id)
                .map_or(NodeIndex::MISSING.0, |at| at as u32);
            let index = NodeIndex(number);
            Node { index, tags }
        })
        .collect();
    let mut ways: Vec<Way> = ways
        .into_par_iter()
        .map(|(id, (tags, refs))| {
            let nodes = numbers.of_way(&refs);
            Way { id, tags, nodes }
        })
        .collect();
    for way in &ways {
        let missing = way.nodes.iter();
        let missing = missing.filter(|node| **node == NodeIndex::MISSING).count();
        if missing > 0 {
            let place = format!("way {}", way.id);
            notices.add(Notice::MissingNodes, missing as u64, place);
        }
    }
    let of_ways = ways.iter().flat_map(|way| way.nodes.iter().copied());
    let used = Used::of(
        places.len(),
        of_ways.chain(nodes.iter().map(|node| node.index)),
    );
    if used.count() < places.len() {
        let renumber = |node: &mut NodeIndex| *node = used.renumbered(*node);
        let of_ways = ways.par_iter_mut().flat_map_iter(|way| &mut way.nodes);
        of_ways.for_each(renumber);
        for node in &mut nodes {
            renumber(&mut node.index);
        }
        retain(&mut places.ids, &used);
        retain(&mut places.at, &used);
    }
    places.ids.shrink_to_fit();
    places.at.shrink_to_fit();
    Extract {
        node_ids: places.ids,
        node_at: places.at,
        nodes,
        ways,
        ..Extract::default()
    }
}

/// Keeps what is used.
fn retain<T>(list: &mut Vec<T>, used: &Used) {
    let mut number = 0;
    list.retain(|_| {
        number += 1;
        used.holds(number - 1)
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_numbered_in_whatever_order_ways_name_them() {
        let ids: Vec<i64> = (0..1_000).map(|number| number * number - 500).collect();
        let numbers = Numbers::of(&ids);
        let asked = [
            -500,
            -499,
            -496,
            -491,
            7,
            998_001 - 500,
            -500,
            -501,
            1 << 40,
        ];
        let found = numbers.of_way(&KeptRefs::of(&asked));
        for (id, number) in asked.iter().zip(&found) {
            match ids.binary_search(id) {
                Ok(at) => assert_eq!(number.0 as usize, at),
                Err(_) => assert_eq!(*number, NodeIndex::MISSING),
            }
        }
        assert!(Numbers::of(&[]).find(0).is_none());
    }

    #[test]
    fn what_is_used_is_numbered_without_gaps() {
        let all = 200;
        let is_used = |number: u32| number % 3 == 1 || number > 190;
        let some = (0..all).filter(|&number| is_used(number)).map(NodeIndex);
        let used = Used::of(all as usize, some.clone().chain([NodeIndex::MISSING]));
        for (new, old) in (0..).zip(some.clone()) {
            assert_eq!(used.renumbered(old), NodeIndex(new));
        }
        assert_eq!(used.renumbered(NodeIndex::MISSING), NodeIndex::MISSING);
        assert_eq!(used.count(), some.count());
        let mut list: Vec<u32> = (0..all).collect();
        retain(&mut list, &used);
        assert!(list.into_iter().eq((0..all).filter(|&it| is_used(it))));
        assert_eq!(Used::of(0, std::iter::empty()).count(), 0);
    }
}
