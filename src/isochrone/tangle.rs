//! Rings that touch.

use std::collections::BTreeMap;
use std::ops::Range;

use super::chain::{Ring, closed, difference};
use super::outline::Step;
use crate::plane::LonLat;

/// Pieces in the order of their first ends, then of their last.
#[derive(Clone, Debug, Default)]
pub(super) struct Order {
    /// First and last end, as numbers: one comparison is faster than four.
    pieces: Vec<[u64; 2]>,
    /// By piece the first of those that begin where it ends.
    next: Vec<u32>,
    by_end: Vec<(u64, u32)>,
}

/// A place as a number, in the order of places.
pub(super) fn number(at: LonLat) -> u64 {
    let [lon, lat] = [at.lon, at.lat].map(|axis| u64::from(axis.cast_unsigned() ^ 1 << 31));
    lon << 32 | lat
}

fn place_of(number: u64) -> LonLat {
    let [lon, lat] = [number >> 32, number].map(|axis| (axis as u32 ^ 1 << 31).cast_signed());
    LonLat { lon, lat }
}

impl Order {
    pub fn put(&mut self, steps: &[Step]) {
        self.pieces.clear();
        self.pieces
            .extend(steps.iter().map(|step| step.map(number)));
        self.pieces
            .sort_unstable_by_key(|&[from, to]| u128::from(from) << 64 | u128::from(to));
        self.by_end.clear();
        self.by_end
            .extend((0..).zip(&self.pieces).map(|(at, piece)| (piece[1], at)));
        self.by_end.sort_unstable();
        self.next.resize(self.pieces.len(), 0);
        let mut first = 0;
        for &(end, at) in &self.by_end {
            while self.pieces.get(first).is_some_and(|piece| piece[0] < end) {
                first += 1;
            }
            self.next[at as usize] = first as u32;
        }
    }

    fn ends(&self, piece: usize) -> Step {
        self.pieces[piece].map(place_of)
    }

    /// The pieces that begin where one ends.
    fn onward(&self, piece: usize) -> Range<usize> {
        let first = self.next[piece] as usize;
        let end = self.pieces[piece][1];
        let own = self.pieces[first..]
            .iter()
            .take_while(|next| next[0] == end);
        first..first + own.count()
    }

    /// Follows the pieces until each is used, and adds the rings. `walked` is an array
    /// to be used again and again.
    pub fn add_rings(&self, walked: &mut Vec<LonLat>, rings: &mut Vec<Ring>) {
        let mut used = vec![false; self.pieces.len()];
        for start in 0..used.len() {
            if used[start] {
                continue;
            }
            walked.clear();
            // Where places that are met more than once stand in `walked`.
            let mut met = BTreeMap::from([(self.ends(start)[0], 0)]);
            let mut next = Some(start);
            while let Some(step) = next {
                used[step] = true;
                let [from, to] = self.ends(step);
                walked.push(from);
                let onward = self.onward(step);
                if onward.len() > 1 {
                    // A place for the second time closes a ring.
                    if let Some(&before) = met.get(&to) {
                        rings.extend(closed(&mut walked[before..]));
                        walked.truncate(before);
                        met.retain(|_, place| *place <= before);
                    } else {
                        met.insert(to, walked.len());
                    }
                }
                let angle = |other: usize| leftmost([from, to], self.ends(other));
                let choices = onward.filter(|&other| !used[other]);
                next = choices.max_by(|&one, &other| angle(one).total_cmp(&angle(other)));
            }
            rings.extend(closed(walked));
        }
    }
}

/// How far to the left a piece leads on from another, as an angle.
fn leftmost([from, to]: Step, [_, then]: Step) -> f64 {
    let [dx, dy] = difference(from, to);
    let [ex, ey] = difference(to, then);
    let cross = i128::from(dx) * i128::from(ey) - i128::from(dy) * i128::from(ex);
    let dot = i128::from(dx) * i128::from(ex) + i128::from(dy) * i128::from(ey);
    (cross as f64).atan2(dot as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_as_numbers_keep_their_order() {
        let places = [-1_800_000_000, -1, 0, 1, 1_800_000_000]
            .map(|lon| [-900_000_000, -1, 0, 1, 900_000_000].map(|lat| LonLat { lon, lat }));
        let places = places.as_flattened();
        assert!(places.iter().all(|&at| place_of(number(at)) == at));
        assert!(
            places
                .windows(2)
                .all(|pair| number(pair[0]) < number(pair[1]))
        );
    }
}
