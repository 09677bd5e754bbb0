//! Directed pieces as rings.

use super::outline::Step;
use super::tangle::{Order, number};
use crate::plane::LonLat;

/// A closed ring, its first place repeated at the end; its surface, twice, is positive
/// where it is drawn counterclockwise.
pub(super) struct Ring {
    pub places: Vec<LonLat>,
    pub doubled: i128,
}

pub(super) fn turn(from: LonLat, to: LonLat, then: LonLat) -> i128 {
    let [dx, dy] = difference(from, to);
    let [ex, ey] = difference(from, then);
    i128::from(dx) * i128::from(ey) - i128::from(dy) * i128::from(ex)
}

pub(super) fn difference(from: LonLat, to: LonLat) -> [i64; 2] {
    [
        i64::from(to.lon) - i64::from(from.lon),
        i64::from(to.lat) - i64::from(from.lat),
    ]
}

/// Arrays to be used again and again.
#[derive(Clone, Debug, Default)]
pub(super) struct Chains {
    /// Pieces by where they begin: 1 + a piece's number at the slot of that place, or
    /// the next that was free; 0 where there is none.
    slots: Vec<u32>,
    /// How far the product of a place is shifted to its slot.
    shift: u32,
    /// By piece whether another begins where it does: of those only one has a slot.
    shared: Vec<bool>,
    /// The pieces that begin where others do.
    forks: Vec<u32>,
    used: Vec<bool>,
    tangled: Vec<Step>,
    order: Order,
    walked: Vec<LonLat>,
}

impl Chains {
    /// The rings that pieces make, each piece in one, turning left where rings touch.
    pub fn rings(&mut self, steps: &[Step]) -> Vec<Ring> {
        self.put(steps);
        self.find_tangled(steps);
        let mut rings = Vec::new();
        for start in 0..steps.len() {
            if self.used[start] {
                continue;
            }
            self.walked.clear();
            let mut next = Some(start);
            while let Some(piece) = next.filter(|&piece| !self.used[piece]) {
                self.used[piece] = true;
                let [from, to] = steps[piece];
                self.walked.push(from);
                next = self.first_at(to, steps);
            }
            rings.extend(closed(&mut self.walked));
        }
        self.order.put(&self.tangled);
        self.order.add_rings(&mut self.walked, &mut rings);
        rings
    }

    /// Puts pieces where they are found by their first ends.
    fn put(&mut self, steps: &[Step]) {
        let slots = (2 * steps.len()).next_power_of_two().max(2);
        self.shift = u64::BITS - slots.trailing_zeros();
        self.slots.clear();
        self.slots.resize(slots, 0);
        for flags in [&mut self.shared, &mut self.used] {
            flags.clear();
            flags.resize(steps.len(), false);
        }
        self.forks.clear();
        for (piece, step) in (0..).zip(steps) {
            let slot = self.slot(step[0], steps);
            match self.slots[slot].checked_sub(1) {
                None => self.slots[slot] = piece + 1,
                Some(first) => {
                    if !std::mem::replace(&mut self.shared[first as usize], true) {
                        self.forks.push(first);
                    }
                    self.forks.push(piece);
                }
            }
        }
    }

    /// Where a place has its slot, or would have it.
    fn slot(&self, at: LonLat, steps: &[Step]) -> usize {
        // Near places far apart (Fibonacci hashing).
        let product = number(at).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut slot = (product >> self.shift) as usize;
        while let Some(piece) = self.slots[slot].checked_sub(1) {
            if steps[piece as usize][0] == at {
                break;
            }
            slot = (slot + 1) % self.slots.len();
        }
        slot
    }

    /// A piece that begins at a place.
    fn first_at(&self, at: LonLat, steps: &[Step]) -> Option<usize> {
        let piece = self.slots[self.slot(at, steps)].checked_sub(1)?;
        Some(piece as usize)
    }

    /// Sets the pieces apart that lead from a place where rings touch to such a place:
    /// as many end there as begin, so no others are joined to them.
    fn find_tangled(&mut self, steps: &[Step]) {
        self.tangled.clear();
        for at in 0..self.forks.len() {
            let mut next = Some(self.forks[at] as usize);
            while let Some(piece) = next.filter(|&piece| !self.used[piece]) {
                self.used[piece] = true;
                self.tangled.push(steps[piece]);
                next = self.first_at(steps[piece][1], steps);
                next = next.filter(|&piece| !self.shared[piece]);
            }
        }
    }
}

/// The ring of places, which it turns so that they begin with the lowest.
pub(super) fn closed(places: &mut [LonLat]) -> Option<Ring> {
    let lowest = (0..places.len()).min_by_key(|&at| places[at])?;
    places.rotate_left(lowest);
    let first = places[0];
    let doubled = places
        .windows(2)
        .map(|pair| turn(first, pair[0], pair[1]))
        .sum();
    let around = places.iter().copied().chain([first]);
    (places.len() >= 3).then(|| Ring {
        places: around.collect(),
        doubled,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_piece_is_in_one_ring() {
        // Squares in rows that meet at their corners, among others that stand alone.
        let square = |x: i32, y: i32| {
            let corners = [[0, 0], [7, 0], [7, 7], [0, 7]].map(|[dx, dy]| LonLat {
                lon: x + dx,
                lat: y + dy,
            });
            [0, 1, 2, 3].map(|side| [corners[side], corners[(side + 1) % 4]])
        };
        let touching = (0..20).flat_map(|at| square(7 * at, 7 * at));
        let alone = (0..500).flat_map(|at| square(-10 - 9 * (at % 31), 9 * at));
        let steps: Vec<Step> = touching.chain(alone).collect();
        let mut chains = Chains::default();
        // The second time the arrays hold what the first has left behind.
        for steps in [&steps[..], &steps[..steps.len() - 400]] {
            let mut rings = chains.rings(steps);
            assert_eq!(rings.len() * 4, steps.len());
            assert!(rings.iter().all(|ring| ring.doubled == 2 * 49));
            rings.sort_unstable_by(|one, other| one.places.cmp(&other.places));
            let mut found: Vec<Step> = rings
                .iter()
                .flat_map(|ring| ring.places.windows(2).map(|pair| [pair[0], pair[1]]))
                .collect();
            let mut given = steps.to_vec();
            found.sort_unstable();
            given.sort_unstable();
            assert_eq!(found, given);
        }
    }
}
