//! The outline of what is near enough: marching squares (Lorensen, Cline 1987, in two
//! dimensions) on the lattice, and whole faces in cells that a shore cuts.
//!
//! An outline passes a side of a cell at most once, at a whole unit strictly between
//! its corners, and leads straight through a cell. So it is valid without rounding,
//! and grows with the field: nested fields have nested outlines.

use super::field::{Field, RUN, Tile};
use super::lattice::{Cell, Lattice, TILE, TileAt, in_tile};
use super::shore::{CutCell, Faces, Shore};
use super::stroke::REACH;
use crate::plane::LonLat;

/// A directed straight piece of an outline: what is enclosed lies on its left.
pub(super) type Step = [LonLat; 2];

/// In millimetres, as the field has it.
const LIMIT: i64 = REACH as i64 * 1_000;

/// Where between two corners the limit is passed, in units from the first; `None`
/// where both lie on one side of it.
fn passed(first: i64, second: i64, length: i32) -> Option<i32> {
    let inner = |near: i64, far: i64| {
        let share = i64::from(length) * (LIMIT - near) / (far - near);
        (share as i32).clamp(1, length - 1)
    };
    match (first <= LIMIT, second <= LIMIT) {
        (true, false) => Some(inner(first, second)),
        (false, true) => Some(length - inner(second, first)),
        _ => None,
    }
}

/// What is drawn, and what it is drawn of.
pub(super) struct Tracer<'a> {
    pub lattice: &'a Lattice,
    pub field: &'a Field,
    pub shore: &'a Shore,
    /// The faces of cut cells that are reached.
    pub faces: &'a Faces,
}

impl Tracer<'_> {
    /// The outline, in no order.
    pub fn steps(&self, steps: &mut Vec<Step>) {
        steps.clear();
        for &tile in self.field.tiles() {
            self.add_tile(tile, steps);
        }
    }

    fn add_tile(&self, at: TileAt, steps: &mut Vec<Step>) {
        let inside = self.inside(at);
        let cut = self.shore.tile(at);
        for row in 0..TILE as usize {
            let (lower, upper) = (inside[row], inside[row + 1]);
            let mut mixed = (lower ^ upper) | (lower ^ (lower >> 1)) | (upper ^ (upper >> 1));
            mixed &= u64::from(u32::MAX);
            mixed &= !cut.map_or(0, |cut| u64::from(cut.cut[row]));
            while mixed != 0 {
                let column = mixed.trailing_zeros() as i32;
                mixed &= mixed - 1;
                self.add_cell([at[0] * TILE + column, at[1] * TILE + row as i32], steps);
            }
        }
        for cell in cut.into_iter().flat_map(|cut| self.shore.cells_of(cut)) {
            if !self.is_plain(cell, &inside) {
                self.add_cut_cell(cell, steps);
            }
        }
    }

    /// Whether all of a cut cell is reached, or none of it, and all around it as well: no
    /// outline leads there.
    fn is_plain(&self, cell: &CutCell, inside: &[u64; TILE as usize + 1]) -> bool {
        let Some(reached) = self.faces.of_cell(cell) else {
            return false;
        };
        let [column, row] = in_tile(cell.at);
        let corners = [row, row + 1].map(|row| inside[row] >> column & 0b11);
        // Of two cut cells the one to the north or the east draws what parts them.
        let mut before = [0, 3].into_iter().filter_map(|side| {
            let other = self.shore.cell(neighbour(cell.at, side))?;
            Some(self.faces.of_cell(other))
        });
        corners == [if reached { 0b11 } else { 0 }; 2] && before.all(|other| other == Some(reached))
    }

    /// For every row of a tile's corners, and the one above, which corners are inside,
    /// the one east of the tile too.
    fn inside(&self, at: TileAt) -> [u64; TILE as usize + 1] {
        const RUNS: usize = TILE as usize / RUN;
        let mut inside = [0; TILE as usize + 1];
        let bits = |run: &[u16; RUN]| {
            let near = (0..)
                .zip(run)
                .map(|(at, &value)| u64::from(i64::from(value) <= LIMIT) << at);
            near.fold(0, |all, bit| all | bit)
        };
        let mut add = |tile: Option<&Tile>, rows: std::ops::Range<usize>, up: usize, east: bool| {
            let Some(tile) = tile else { return };
            for row in rows {
                let runs = &tile[row * RUNS..][..RUNS];
                inside[row + up] |= if east {
                    (bits(&runs[0]) & 1) << TILE
                } else {
                    (0..)
                        .zip(runs)
                        .fold(0, |all, (at, run)| all | bits(run) << (at * RUN))
                };
            }
        };
        let [x, y] = at;
        let all = 0..TILE as usize;
        add(self.field.tile(at), all.clone(), 0, false);
        add(self.field.tile([x + 1, y]), all, 0, true);
        add(self.field.tile([x, y + 1]), 0..1, TILE as usize, false);
        add(self.field.tile([x + 1, y + 1]), 0..1, TILE as usize, true);
        inside
    }

    /// The corners of a cell counterclockwise from the south-west, and what they are.
    fn corners(&self, [column, row]: Cell) -> [i64; 4] {
        let corners = [[0, 0], [1, 0], [1, 1], [0, 1]];
        corners.map(|[x, y]| self.field.value([column + x, row + y]).into())
    }

    /// Where the outline passes the sides of a cell, counterclockwise from the south.
    fn passes(&self, cell: Cell, values: [i64; 4]) -> [Option<LonLat>; 4] {
        let LonLat { lon, lat } = self.lattice.corner(cell);
        let [width, height] = self.lattice.step;
        let at = |x: i32, y: i32| LonLat {
            lon: lon + x,
            lat: lat + y,
        };
        [
            passed(values[0], values[1], width).map(|x| at(x, 0)),
            passed(values[1], values[2], height).map(|y| at(width, y)),
            passed(values[3], values[2], width).map(|x| at(x, height)),
            passed(values[0], values[3], height).map(|y| at(0, y)),
        ]
    }

    fn add_cell(&self, cell: Cell, steps: &mut Vec<Step>) {
        let values = self.corners(cell);
        let passes = self.passes(cell, values);
        let inside = values.map(|value| value <= LIMIT);
        // Around the cell counterclockwise the outline is left by at a side that leads
        // out and come back by at one that leads in.
        let leads_out = |side: usize| inside[side] && !inside[(side + 1) % 4];
        let leads_in = |side: usize| !inside[side] && inside[(side + 1) % 4];
        // At a saddle two corners are one where the middle is inside.
        let saddle = inside[0] == inside[2] && inside[1] == inside[3] && inside[0] != inside[1];
        let joined = saddle && values.iter().sum::<i64>() <= 4 * LIMIT;
        for out in (0..4).filter(|&side| leads_out(side)) {
            // Back to where its own run of corners begins, or that of the next.
            let order: [usize; 3] = if joined { [1, 2, 3] } else { [3, 2, 1] };
            let back = order
                .map(|turn| (out + turn) % 4)
                .into_iter()
                .find(|&side| leads_in(side));
            let ends = (passes[out], back.and_then(|side| passes[side]));
            if let (Some(from), Some(to)) = ends {
                steps.push([from, to]);
            }
        }
    }

    /// A cut cell: between its faces, and towards its neighbours.
    fn add_cut_cell(&self, cell: &CutCell, steps: &mut Vec<Step>) {
        for &(ends, sides) in self.shore.inner_pieces(cell) {
            let [left, right] = sides.map(|face| self.faces.reached(face));
            if left != right {
                let [low, high] = ends;
                steps.push(if left { [low, high] } else { [high, low] });
            }
        }
        for side in 0..4 {
            let neighbour = neighbour(cell.at, side);
            let other = self.shore.cell(neighbour);
            // Between two cut cells the one to the north or the east does it.
            if other.is_some() && (side == 1 || side == 2) {
                continue;
            }
            let own = self.covered(cell, side);
            let theirs = match other {
                Some(other) => self.covered(other, (side + 2) % 4),
                None => self.covered_whole(neighbour, (side + 2) % 4),
            };
            self.add_side(cell.at, side, [&own, &theirs], steps);
        }
    }

    /// What of a side of a cut cell its reached faces cover.
    fn covered(&self, cell: &CutCell, side: usize) -> Vec<[i32; 2]> {
        let pieces = self.shore.border_pieces(cell, side);
        let reached = pieces.filter(|(_, face)| self.faces.reached(*face));
        reached.map(|(range, _)| range).collect()
    }

    /// What of a side of a whole cell is inside.
    fn covered_whole(&self, cell: Cell, side: usize) -> Vec<[i32; 2]> {
        let values = self.corners(cell);
        let LonLat { lon, lat } = self.lattice.corner(cell);
        let [width, height] = self.lattice.step;
        let (first, second, from, length) = match side {
            0 => (values[0], values[1], lon, width),
            1 => (values[1], values[2], lat, height),
            2 => (values[3], values[2], lon, width),
            _ => (values[0], values[3], lat, height),
        };
        match (first <= LIMIT, passed(first, second, length)) {
            (true, None) if second <= LIMIT => vec![[from, from + length]],
            (true, Some(at)) => vec![[from, from + at]],
            (false, Some(at)) => vec![[from + at, from + length]],
            _ => Vec::new(),
        }
    }

    /// The parts of a side with the inside on one side only.
    fn add_side(
        &self,
        cell: Cell,
        side: usize,
        [own, theirs]: [&[[i32; 2]]; 2],
        steps: &mut Vec<Step>,
    ) {
        let LonLat { lon, lat } = self.lattice.corner(cell);
        let [width, height] = self.lattice.step;
        let at = |along: i32| match side {
            0 => LonLat { lon: along, lat },
            1 => LonLat {
                lon: lon + width,
                lat: along,
            },
            2 => LonLat {
                lon: along,
                lat: lat + height,
            },
            _ => LonLat { lon, lat: along },
        };
        let mut cuts: Vec<i32> = own.iter().chain(theirs).flatten().copied().collect();
        cuts.sort_unstable();
        cuts.dedup();
        let covers = |ranges: &[[i32; 2]], [from, to]: [i32; 2]| {
            ranges
                .iter()
                .any(|range| range[0] <= from && to <= range[1])
        };
        for pair in cuts.windows(2) {
            let range = [pair[0], pair[1]];
            let (mine, yours) = (covers(own, range), covers(theirs, range));
            if mine == yours {
                continue;
            }
            // Counterclockwise around the cell: eastwards in the south, northwards in
            // the east.
            let onwards = mine == (side < 2);
            let [from, to] = range.map(at);
            steps.push(if onwards { [from, to] } else { [to, from] });
        }
    }
}

fn neighbour([column, row]: Cell, side: usize) -> Cell {
    match side {
        0 => [column, row - 1],
        1 => [column + 1, row],
        2 => [column, row + 1],
        _ => [column - 1, row],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_is_passed_between_two_corners() {
        assert_eq!(passed(30_000, 50_000, 900), Some(450));
        assert_eq!(passed(50_000, 30_000, 900), Some(450));
        assert_eq!(passed(40_000, 50_000, 900), Some(1));
        assert_eq!(passed(0, 40_001, 900), Some(899));
        assert_eq!(passed(10_000, 20_000, 900), None);
        assert_eq!(passed(41_000, 50_000, 900), None);
        // Nearer corners never draw it in.
        for near in (0..40_000).step_by(997) {
            for far in (40_001..56_000).step_by(997) {
                let outer = passed(near, far, 900);
                assert!(passed(near + 100, far, 900) <= outer || near + 100 > LIMIT);
                assert!(passed(near, far + 100, 900) <= outer);
            }
        }
    }
}
