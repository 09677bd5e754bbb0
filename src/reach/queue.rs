//! A queue of buckets: what waits is held apart by ranges of cost, and within a range in
//! any order. To put something in and to take it out takes a constant time, where a heap
//! compares again and again.
//!
//! Dial, R. B. (1969), Algorithm 360: shortest-path forest with topological ordering;
//! buckets wider than an arc, whose nodes may be corrected, as in Meyer, U. and Sanders,
//! P. (2003), Δ-stepping.

use super::label::Label;

/// Cost that falls into one bucket, as a power of two: 12.8 m or 12.8 s, less than most
/// walks, so that few junctions are gone on from twice. No answer depends on it.
const WIDTH: u32 = 7;

/// How many buckets are held apart, as a power of two. What lies farther ahead waits in
/// a list of its own until all of these are empty.
const SPAN: u32 = 10;

/// What waits: a node, under the label that it was offered.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub label: Label,
    pub node: u32,
}

impl Entry {
    /// The bucket, counted from cost 0.
    #[inline]
    fn bucket(self) -> u32 {
        self.label.cost() >> WIDTH
    }
}

#[derive(Clone, Debug)]
pub(super) struct Queue {
    buckets: Vec<Vec<Entry>>,
    /// Which stretch of buckets is held apart, and where in it the first may be that is
    /// not empty.
    stretch: u32,
    at: usize,
    /// How many wait in the buckets.
    waiting: usize,
    /// What lies beyond this stretch.
    later: Vec<Entry>,
}

impl Default for Queue {
    fn default() -> Self {
        Self {
            buckets: vec![Vec::new(); 1 << SPAN],
            stretch: 0,
            at: 0,
            waiting: 0,
            later: Vec::new(),
        }
    }
}

impl Queue {
    /// Puts in what is no cheaper than what was last taken out, up to the width of its
    /// bucket.
    #[inline]
    pub fn push(&mut self, entry: Entry) {
        let bucket = entry.bucket();
        if bucket >> SPAN > self.stretch {
            self.later.push(entry);
            return;
        }
        let at = (bucket & ((1 << SPAN) - 1)) as usize;
        self.buckets[at].push(entry);
        self.waiting += 1;
    }

    /// Takes out one of the first bucket; an empty queue starts anew at cost 0.
    #[inline]
    pub fn pop(&mut self) -> Option<Entry> {
        if self.waiting == 0 && !self.go_on() {
            return None;
        }
        self.waiting -= 1;
        loop {
            if let Some(entry) = self.buckets[self.at].pop() {
                return Some(entry);
            }
            self.at += 1;
        }
    }

    /// Goes on to the next stretch in which something waits.
    fn go_on(&mut self) -> bool {
        self.at = 0;
        let stretches = self.later.iter().map(|entry| entry.bucket() >> SPAN);
        self.stretch = stretches.min().unwrap_or(0);
        for entry in std::mem::take(&mut self.later) {
            self.push(entry);
        }
        self.waiting > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_waits_comes_out_by_buckets_whatever_the_distance() {
        let mut queue = Queue::default();
        let mut random = 1_u64;
        for _ in 0..3 {
            let mut costs: Vec<u32> = (0..2_000)
                .map(|number| {
                    random = random
                        .wrapping_mul(6_364_136_223_846_793_005)
                        .wrapping_add(1);
                    (random >> 33) as u32 >> (number % 31)
                })
                .collect();
            costs.extend([0, u32::MAX]);
            for &cost in &costs {
                let label = Label::of(cost, 0);
                queue.push(Entry { label, node: cost });
            }
            let mut taken = Vec::new();
            while let Some(entry) = queue.pop() {
                assert_eq!(entry.label.cost(), entry.node);
                taken.push(entry);
            }
            assert!(taken.is_sorted_by_key(|entry| entry.bucket()));
            let mut taken: Vec<u32> = taken.iter().map(|entry| entry.node).collect();
            taken.sort_unstable();
            costs.sort_unstable();
            assert_eq!(taken, costs);
        }
    }
}
