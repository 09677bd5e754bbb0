//! How many junctions a city has, summed place by place.

use rayon::prelude::*;

use super::draft::{SIDES, Side};
use super::mains::meeting;
use super::plan::{Plan, Upright};
use crate::progress::Progress;

/// What a tile adds to the network.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    /// Junctions inside.
    pub inner: u64,
    /// Slots of the sides that streets inside lead to, a bit each, in the order of
    /// [`SIDES`].
    pub sides: [u16; 4],
    /// People who live there.
    pub people: u64,
}

impl Tally {
    /// The slots of a side that streets inside lead to.
    pub(super) fn side(&self, side: Side) -> u16 {
        let at = SIDES.iter().position(|known| *known == side);
        at.map_or(0, |at| self.sides[at])
    }
}

/// The junctions and people of the places so far, in their order: where two tiles lead to
/// the same slot of the street between them there is one junction.
#[derive(Debug)]
pub(super) struct Sum<'a> {
    plan: &'a Plan,
    next: i64,
    junctions: u64,
    people: u64,
    /// What the tiles of the row below lead to in the north, by column.
    north: Vec<u16>,
    /// What the tile in the west leads to in the east.
    east: u16,
}

impl<'a> Sum<'a> {
    pub(super) fn new(plan: &'a Plan) -> Self {
        Self {
            plan,
            next: 0,
            junctions: 0,
            people: 0,
            north: vec![0; plan.columns as usize + 1],
            east: 0,
        }
    }

    /// Adds the next place.
    pub(super) fn add(&mut self, tally: &Tally) {
        let tile = self.plan.place(self.next);
        self.next += 1;
        if tile.column == 0 {
            self.east = 0;
        }
        let below = &mut self.north[tile.column as usize];
        let from_south = tally.side(Side::South) | *below;
        *below = tally.side(Side::North);
        let [east, west] = [self.east, tally.side(Side::West)];
        self.east = tally.side(Side::East);
        let from_west = match self.plan.western(tile.column, tile.row) {
            // Streets of both sides go on there as one.
            Upright::None => east ^ west,
            Upright::Street | Upright::Bridge { .. } => east | west,
        };
        let corner = matches!(meeting(self.plan, tile), 1 | 3 | 4);
        self.junctions += tally.inner + u64::from(corner);
        self.junctions += u64::from(from_south.count_ones() + from_west.count_ones());
        self.people += tally.people;
    }

    /// Junctions so far.
    pub(super) fn junctions(&self) -> u64 {
        self.junctions
    }

    /// People so far.
    pub(super) fn people(&self) -> u64 {
        self.people
    }

    /// Junctions, were the city to end here: those on its northern side have not been
    /// added yet.
    fn closed(&self) -> u64 {
        let open = self.north.iter().map(|slots| u64::from(slots.count_ones()));
        self.junctions + open.sum::<u64>() + self.plan.columns.cast_unsigned()
    }
}

/// How many tiles, row by row, have as many junctions as are asked for.
pub(super) fn tiles_for(plan: &Plan, junctions: u64, progress: &dyn Progress) -> i64 {
    let mut sum = Sum::new(plan);
    let mut tiles = 0;
    let mut closed = 0;
    let rows = plan.tiles / plan.columns;
    for row in 0..rows {
        let first = row * (plan.columns + 1);
        let drawn: Vec<Tally> = (first..=first + plan.columns)
            .into_par_iter()
            .map(|number| super::drawn(plan, plan.place(number)).tally())
            .collect();
        for tally in drawn {
            let beyond = plan.place(sum.next).column == plan.columns;
            sum.add(&tally);
            let before = std::mem::replace(&mut closed, sum.closed());
            tiles += i64::from(!beyond);
            progress.advance(closed.saturating_sub(before));
            if closed >= junctions && !beyond {
                // The tile stays where the city is nearer to the number with it.
                let without = junctions.saturating_sub(before) < closed - junctions;
                return tiles - i64::from(without);
            }
        }
    }
    tiles
}
