//! Directed pieces of outlines as polygons.

use std::collections::BTreeMap;
use std::ops::Range;

use super::lattice::Lattice;
use super::outline::Step;
use crate::plane::{LonLat, PolygonRings};

/// A closed ring, its first place repeated at the end; its surface, twice, is positive
/// where it is drawn counterclockwise.
struct Ring {
    places: Vec<LonLat>,
    doubled: i128,
}

/// The polygons that directed pieces enclose on their left: outer rings are drawn
/// counterclockwise, holes clockwise, each from its lowest place on; rings touch at
/// single places at most. `order` is an array to be used again and again.
pub(super) fn polygons(steps: &[Step], lattice: &Lattice, order: &mut Order) -> Vec<PolygonRings> {
    order.put(steps);
    let (outer, holes): (Vec<Ring>, Vec<Ring>) = rings(order)
        .into_iter()
        .filter(|ring| ring.doubled != 0)
        .partition(|ring| ring.doubled > 0);
    let mut owners: Vec<Vec<Ring>> = outer.iter().map(|_| Vec::new()).collect();
    if outer.len() == 1 {
        owners[0] = holes;
    } else {
        let rows = Rows::of(&outer, lattice);
        for hole in holes {
            if let Some(owner) = rows.around(&outer, &hole, lattice) {
                owners[owner].push(hole);
            }
        }
    }
    let mut polygons: Vec<PolygonRings> = outer
        .into_iter()
        .zip(owners)
        .map(|(ring, holes)| {
            let mut holes: Vec<_> = holes
                .iter()
                .map(|hole| straightened(&hole.places))
                .collect();
            holes.sort_unstable();
            PolygonRings {
                outer: straightened(&ring.places),
                holes,
            }
        })
        .collect();
    polygons.sort_unstable();
    polygons
}

fn turn(from: LonLat, to: LonLat, then: LonLat) -> i128 {
    let [dx, dy] = difference(from, to);
    let [ex, ey] = difference(from, then);
    i128::from(dx) * i128::from(ey) - i128::from(dy) * i128::from(ex)
}

fn difference(from: LonLat, to: LonLat) -> [i64; 2] {
    [
        i64::from(to.lon) - i64::from(from.lon),
        i64::from(to.lat) - i64::from(from.lat),
    ]
}

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
fn number(at: LonLat) -> u64 {
    let [lon, lat] = [at.lon, at.lat].map(|axis| u64::from(axis.cast_unsigned() ^ 1 << 31));
    lon << 32 | lat
}

fn place_of(number: u64) -> LonLat {
    let [lon, lat] = [number >> 32, number].map(|axis| (axis as u32 ^ 1 << 31).cast_signed());
    LonLat { lon, lat }
}

impl Order {
    fn put(&mut self, steps: &[Step]) {
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
}

/// Follows the pieces until each is used.
fn rings(order: &Order) -> Vec<Ring> {
    let mut used = vec![false; order.pieces.len()];
    let mut rings = Vec::new();
    for start in 0..used.len() {
        if used[start] {
            continue;
        }
        let mut walked: Vec<LonLat> = Vec::new();
        // Where places that are met more than once stand in `walked`.
        let mut met = BTreeMap::from([(order.ends(start)[0], 0)]);
        let mut next = Some(start);
        while let Some(step) = next {
            used[step] = true;
            let [from, to] = order.ends(step);
            walked.push(from);
            let onward = order.onward(step);
            if onward.len() > 1 {
                // A place for the second time closes a ring.
                if let Some(&before) = met.get(&to) {
                    let ring = walked.split_off(before);
                    met.retain(|_, place| *place <= before);
                    rings.extend(closed(ring));
                } else {
                    met.insert(to, walked.len());
                }
            }
            let angle = |other: usize| leftmost([from, to], order.ends(other));
            let choices = onward.filter(|&other| !used[other]);
            next = choices.max_by(|&one, &other| angle(one).total_cmp(&angle(other)));
        }
        rings.extend(closed(walked));
    }
    rings
}

/// How far to the left a piece leads on from another, as an angle.
fn leftmost([from, to]: Step, [_, then]: Step) -> f64 {
    let [dx, dy] = difference(from, to);
    let [ex, ey] = difference(to, then);
    let cross = i128::from(dx) * i128::from(ey) - i128::from(dy) * i128::from(ex);
    let dot = i128::from(dx) * i128::from(ex) + i128::from(dy) * i128::from(ey);
    (cross as f64).atan2(dot as f64)
}

fn closed(mut places: Vec<LonLat>) -> Option<Ring> {
    let lowest = (0..places.len()).min_by_key(|&at| places[at])?;
    places.rotate_left(lowest);
    let first = places[0];
    let doubled = places
        .windows(2)
        .map(|pair| turn(first, pair[0], pair[1]))
        .sum();
    places.push(first);
    (places.len() >= 4).then_some(Ring { places, doubled })
}

/// Without places on a straight line between their neighbours.
fn straightened(ring: &[LonLat]) -> Vec<LonLat> {
    let mut kept: Vec<LonLat> = Vec::with_capacity(ring.len());
    for &place in ring {
        while let [.., before, last] = kept[..] {
            if turn(before, last, place) != 0 {
                break;
            }
            kept.pop();
        }
        kept.push(place);
    }
    kept
}

/// The pieces of outer rings by rows of cells: a piece lies in one row.
struct Rows(Vec<(i32, u32, [LonLat; 2])>);

impl Rows {
    fn of(outer: &[Ring], lattice: &Lattice) -> Self {
        let mut rows = Vec::new();
        for (number, ring) in (0..).zip(outer) {
            for pair in ring
                .places
                .windows(2)
                .filter(|pair| pair[0].lat != pair[1].lat)
            {
                let row = pair[0].lat.min(pair[1].lat).div_euclid(lattice.step[1]);
                rows.push((row, number, [pair[0], pair[1]]));
            }
        }
        rows.sort_unstable();
        Self(rows)
    }

    /// The smallest outer ring around a hole.
    fn around(&self, outer: &[Ring], hole: &Ring, lattice: &Lattice) -> Option<usize> {
        // The middle of a piece that is not level lies on no other ring; doubled it is a
        // whole number.
        let piece = hole
            .places
            .windows(2)
            .find(|pair| pair[0].lat != pair[1].lat)?;
        let [x, y] = [
            i128::from(piece[0].lon) + i128::from(piece[1].lon),
            i128::from(piece[0].lat) + i128::from(piece[1].lat),
        ];
        let row = piece[0].lat.min(piece[1].lat).div_euclid(lattice.step[1]);
        let from = self.0.partition_point(|entry| entry.0 < row);
        let in_row = self.0[from..].iter().take_while(|entry| entry.0 == row);
        let mut around: BTreeMap<u32, bool> = BTreeMap::new();
        for &(_, number, ends) in in_row {
            let [south, north] = if ends[0].lat < ends[1].lat {
                ends
            } else {
                [ends[1], ends[0]]
            };
            let [low, high] = [south, north].map(|end| 2 * i128::from(end.lat));
            if !(low <= y && y < high) {
                continue;
            }
            let [dx, dy] = difference(south, north).map(i128::from);
            let east = (x - 2 * i128::from(south.lon)) * dy - (y - low) * dx;
            if east > 0 {
                let odd = around.entry(number).or_default();
                *odd = !*odd;
            }
        }
        let around = around
            .into_iter()
            .filter_map(|(number, odd)| odd.then_some(number as usize));
        around.min_by_key(|&number| outer[number].doubled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(x: i32, y: i32) -> LonLat {
        LonLat { lon: x, lat: y }
    }

    fn ring(places: &[[i32; 2]]) -> Vec<Step> {
        let next = places.iter().cycle().skip(1);
        let steps = places.iter().zip(next);
        steps
            .map(|(a, b)| [place(a[0], a[1]), place(b[0], b[1])])
            .collect()
    }

    fn drawn(rings: &[&[[i32; 2]]]) -> Vec<PolygonRings> {
        let steps: Vec<Step> = rings.iter().flat_map(|places| ring(places)).collect();
        polygons(
            &steps,
            &Lattice::between(0, 1_000_000),
            &mut Order::default(),
        )
    }

    #[test]
    fn places_as_numbers_keep_their_order() {
        let places = [-1_800_000_000, -1, 0, 1, 1_800_000_000]
            .map(|lon| [-900_000_000, -1, 0, 1, 900_000_000].map(|lat| place(lon, lat)));
        let places = places.as_flattened();
        assert!(places.iter().all(|&at| place_of(number(at)) == at));
        assert!(
            places
                .windows(2)
                .all(|pair| number(pair[0]) < number(pair[1]))
        );
    }

    #[test]
    fn holes_belong_to_the_ring_around_them_and_islands_stand_alone() {
        let found = drawn(&[
            &[[0, 0], [100, 0], [100, 100], [0, 100]],
            &[[10, 10], [10, 90], [90, 90], [90, 10]],
            &[[20, 20], [80, 20], [80, 80], [20, 80]],
            &[[30, 30], [30, 40], [40, 40], [40, 30]],
            &[[200, 0], [300, 0], [300, 100], [200, 100]],
        ]);
        let holes: Vec<usize> = found.iter().map(|polygon| polygon.holes.len()).collect();
        assert_eq!(holes, [1, 1, 0]);
        assert_eq!(found[1].outer[0], place(20, 20));
        assert_eq!(found[1].holes[0][0], place(30, 30));
    }

    #[test]
    fn rings_that_touch_stay_apart() {
        // Two squares that meet at a corner.
        let found = drawn(&[
            &[[0, 0], [100, 0], [100, 100], [0, 100]],
            &[[100, 100], [200, 100], [200, 200], [100, 200]],
        ]);
        assert_eq!(found.len(), 2);
        // A hole that touches the outer ring at a corner.
        let found = drawn(&[
            &[[0, 0], [50, 0], [100, 0], [100, 100], [0, 100]],
            &[[50, 0], [30, 50], [60, 50]],
        ]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].outer.len(), 5, "{found:?}");
        assert_eq!(found[0].holes.len(), 1);
    }
}
