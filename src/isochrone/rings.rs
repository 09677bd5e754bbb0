//! Directed pieces of outlines as polygons.

use std::collections::BTreeMap;

use super::chain::{Chains, Ring, difference, turn};
use super::lattice::Lattice;
use super::outline::Step;
use crate::plane::{LonLat, PolygonRings};

/// The polygons that directed pieces enclose on their left: outer rings are drawn
/// counterclockwise, holes clockwise, each from its lowest place on; rings touch at
/// single places at most. `chains` are arrays to be used again and again.
pub(super) fn polygons(
    steps: &[Step],
    lattice: &Lattice,
    chains: &mut Chains,
) -> Vec<PolygonRings> {
    let (outer, holes): (Vec<Ring>, Vec<Ring>) = chains
        .rings(steps)
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
            &mut Chains::default(),
        )
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
