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
const LIMIT: i64 = NEAREST as i64;
const NEAREST: u16 = REACH as u16 * 1_000;

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

/// What a corner of a run counts in the number of those that are inside.
const BITS: [u16; RUN] = [1, 2, 4, 8, 16, 32, 64, 128];

/// Which corners of two runs beside each other are inside.
#[inline]
fn bits(runs: &[[u16; RUN]]) -> u64 {
    let [west, east] = runs else { return 0 };
    let mut all = 0;
    for at in 0..RUN {
        all |= if west[at] <= NEAREST { BITS[at] } else { 0 };
        all |= if east[at] <= NEAREST {
            BITS[at] << RUN
        } else {
            0
        };
    }
    all.into()
}

/// Arrays for the sides of cut cells, to be used again and again.
#[derive(Clone, Debug, Default)]
pub(super) struct Sides {
    /// What is inside on this side and on the other: from, to.
    own: Vec<[i32; 2]>,
    theirs: Vec<[i32; 2]>,
    cuts: Vec<i32>,
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
    pub fn steps(&self, steps: &mut Vec<Step>, sides: &mut Sides) {
        steps.clear();
        for &tile in self.field.tiles() {
            self.add_tile(tile, steps, sides);
        }
    }

    fn add_tile(&self, at: TileAt, steps: &mut Vec<Step>, sides: &mut Sides) {
        let inside = self.inside(at);
        let (tile, cut) = (self.field.tile(at), self.shore.tile(at));
        for row in 0..TILE as usize {
            let (lower, upper) = (inside[row], inside[row + 1]);
            let mut mixed = (lower ^ upper) | (lower ^ (lower >> 1)) | (upper ^ (upper >> 1));
            mixed &= u64::from(u32::MAX);
            mixed &= !cut.map_or(0, |cut| u64::from(cut.cut[row]));
            while mixed != 0 {
                let column = mixed.trailing_zeros() as i32;
                mixed &= mixed - 1;
                let cell = [at[0] * TILE + column, at[1] * TILE + row as i32];
                self.add_cell(cell, self.corners_in(tile, cell), steps);
            }
        }
        for cell in cut.into_iter().flat_map(|cut| self.shore.cells_of(cut)) {
            if !self.is_plain(cell, &inside) {
                self.add_cut_cell(cell, steps, sides);
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
        let row_of = |runs: &[[u16; RUN]]| {
            let (west, east) = runs.split_at(RUNS / 2);
            bits(west) | bits(east) << (TILE / 2)
        };
        let first_of = |run: &[u16; RUN]| u64::from(run[0] <= NEAREST) << TILE;
        let [x, y] = at;
        let tile = |[x, y]: TileAt| self.field.tile([x, y]).into_iter();
        for runs in tile(at).map(|tile| tile.chunks_exact(RUNS)) {
            inside
                .iter_mut()
                .zip(runs)
                .for_each(|(row, runs)| *row = row_of(runs));
        }
        for runs in tile([x + 1, y]).map(|tile| tile.iter().step_by(RUNS)) {
            inside
                .iter_mut()
                .zip(runs)
                .for_each(|(row, run)| *row |= first_of(run));
        }
        let above = &mut inside[TILE as usize];
        tile([x, y + 1]).for_each(|tile| *above |= row_of(&tile[..RUNS]));
        tile([x + 1, y + 1]).for_each(|tile| *above |= first_of(&tile[0]));
        inside
    }

    /// The corners of a cell counterclockwise from the south-west, and what they are.
    fn corners(&self, [column, row]: Cell) -> [i64; 4] {
        let corners = [[0, 0], [1, 0], [1, 1], [0, 1]];
        corners.map(|[x, y]| self.field.value([column + x, row + y]).into())
    }

    /// The same of a cell of which the tile is at hand.
    fn corners_in(&self, tile: Option<&Tile>, cell: Cell) -> [i64; 4] {
        let [column, row] = in_tile(cell);
        match tile {
            Some(tile) if column + 1 < TILE as usize && row + 1 < TILE as usize => {
                let values = tile.as_flattened();
                let at = row * TILE as usize + column;
                [at, at + 1, at + 1 + TILE as usize, at + TILE as usize].map(|at| values[at].into())
            }
            _ => self.corners(cell),
        }
    }

    /// Where the outline passes a side of a cell, counterclockwise from the south.
    fn passed(&self, cell: Cell, values: [i64; 4], side: usize) -> Option<LonLat> {
        let LonLat { lon, lat } = self.lattice.corner(cell);
        let [width, height] = self.lattice.step;
        let level = side.is_multiple_of(2);
        let (first, second) = ([0, 1, 3, 0][side], [1, 2, 2, 3][side]);
        let length = if level { width } else { height };
        let along = passed(values[first], values[second], length)?;
        let aside = [0, width, height, 0][side];
        let [x, y] = if level {
            [along, aside]
        } else {
            [aside, along]
        };
        Some(LonLat {
            lon: lon + x,
            lat: lat + y,
        })
    }

    fn add_cell(&self, cell: Cell, values: [i64; 4], steps: &mut Vec<Step>) {
        let near = (0..).zip(values);
        let inside = near.fold(0_usize, |all, (at, value)| {
            all | usize::from(value <= LIMIT) << at
        });
        // By side, whether the corner after it is inside.
        let after = inside >> 1 | inside << 3 & 0b1000;
        // Around the cell counterclockwise the outline is left by at a side that leads
        // out and come back by at one that leads in.
        let (mut out, leads_in) = (inside & !after, after & !inside);
        let saddle = leads_in & leads_in.wrapping_sub(1) != 0;
        // At a saddle two corners are one where the middle is inside.
        let joined = saddle && values.iter().sum::<i64>() <= 4 * LIMIT;
        while out != 0 {
            let side = out.trailing_zeros() as usize;
            out &= out - 1;
            // Back to where its own run of corners begins, or that of the next.
            let back = match (saddle, joined) {
                (false, _) => leads_in.trailing_zeros() as usize,
                (true, true) => side + 1,
                (true, false) => side + 3,
            };
            let pass = |side: usize| self.passed(cell, values, side % 4);
            if let (Some(from), Some(to)) = (pass(side), pass(back)) {
                steps.push([from, to]);
            }
        }
    }

    /// A cut cell: between its faces, and towards its neighbours.
    fn add_cut_cell(&self, cell: &CutCell, steps: &mut Vec<Step>, sides: &mut Sides) {
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
            sides.own.clear();
            sides.own.extend(self.covered(cell, side));
            sides.theirs.clear();
            match other {
                Some(other) => sides.theirs.extend(self.covered(other, (side + 2) % 4)),
                None => sides
                    .theirs
                    .extend(self.covered_whole(neighbour, (side + 2) % 4)),
            }
            self.add_side(cell.at, side, sides, steps);
        }
    }

    /// What of a side of a cut cell its reached faces cover.
    fn covered(&self, cell: &CutCell, side: usize) -> impl Iterator<Item = [i32; 2]> {
        let pieces = self.shore.border_pieces(cell, side);
        let reached = pieces.filter(|(_, face)| self.faces.reached(*face));
        reached.map(|(range, _)| range)
    }

    /// What of a side of a whole cell is inside.
    fn covered_whole(&self, cell: Cell, side: usize) -> Option<[i32; 2]> {
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
            (true, None) => Some([from, from + length]),
            (true, Some(at)) => Some([from, from + at]),
            (false, Some(at)) => Some([from + at, from + length]),
            (false, None) => None,
        }
    }

    /// The parts of a side with the inside on one side only.
    fn add_side(&self, cell: Cell, side: usize, sides: &mut Sides, steps: &mut Vec<Step>) {
        let Sides { own, theirs, cuts } = sides;
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
        cuts.clear();
        cuts.extend(own.iter().chain(&*theirs).flatten());
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
