//! What stands where: main streets, rivers and bridges, centres, and what every tile
//! between four main streets is used for. All of it is a function of the seed and the
//! place, so that any tile can be drawn at any time.

use super::super::chance::Chance;
use super::ground::{Ground, Tile};

/// Junctions of a tile, about: tells how wide the city is.
const JUNCTIONS_OF_TILE: u64 = 15;
/// Between main streets, in centimetres.
const NARROWEST: i64 = 32_000;
const WIDEST: i64 = 52_000;
/// A river between its banks' streets, in centimetres.
const RIVER: [i64; 2] = [13_000, 19_000];
/// Rows from one river to the next.
const RIVERS: i64 = 24;
/// Tiles from one centre to the next.
const CENTRES: i64 = 7;
/// As dense as it gets.
pub(super) const DENSEST: i64 = 255;
/// Below this main streets may be missing.
const SPARSE: i64 = 60;

/// What a chance decides.
mod thing {
    pub const COLUMN: u64 = 0x10;
    pub const ROW: u64 = 0x11;
    pub const CENTRE: u64 = 0x12;
    pub const USE: u64 = 0x13;
    pub const BRIDGE: u64 = 0x14;
    pub const GAP: u64 = 0x15;
    pub const TILE: u64 = 0x16;
}

/// What a tile is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// Open streets so many slots apart, west to east and south to north.
    Streets([i32; 2]),
    /// Narrow lanes and courts.
    OldTown,
    /// Walled compounds, so many from west to east and from south to north.
    Compounds([i32; 2]),
    /// One park.
    Park,
    /// Factories.
    Works,
    /// A village among fields.
    Village,
    /// Woods with a few paths.
    Woods,
    /// Water.
    River,
}

/// A piece of a main street from south to north.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Upright {
    /// Nothing.
    None,
    /// A street.
    Street,
    /// A bridge over the river; for people on foot alone or for all.
    Bridge {
        /// Whether no cars cross.
        on_foot: bool,
    },
}

/// The plan of a city.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub seed: u64,
    pub columns: i64,
    /// Rows of the city as it was estimated: what the centres go by.
    rows: i64,
    /// Tiles that are built, row by row from the south-west.
    pub tiles: i64,
    pub ground: Ground,
}

impl Plan {
    /// A plan for about so many junctions, which leaves open after which tile the city
    /// ends.
    pub(super) fn new(junctions: u64, seed: u64) -> Self {
        let tiles = (junctions / JUNCTIONS_OF_TILE).max(1);
        let columns = tiles.isqrt().max(4);
        let rows = tiles.div_ceil(columns).cast_signed();
        let columns = columns.cast_signed();
        // Room for a city of a fifth of the junctions that a tile is thought to have.
        let most = 5 * rows + 8;
        let step = |thing: u64, at: i64, [from, to]: [i64; 2]| {
            Chance::of(seed, thing, [at, 0]).between(from, to)
        };
        let widths: Vec<i64> = (0..columns)
            .map(|at| step(thing::COLUMN, at, [NARROWEST, WIDEST]))
            .collect();
        let heights: Vec<i64> = (0..most)
            .map(|at| {
                let river = river_row(at, rows);
                step(
                    thing::ROW,
                    at,
                    if river { RIVER } else { [NARROWEST, WIDEST] },
                )
            })
            .collect();
        Self {
            seed,
            columns,
            rows,
            tiles: columns * most,
            ground: Ground::new(seed, &widths, &heights, rows as usize),
        }
    }

    /// All tiles, and one column and one row of places beyond, whose main streets on the
    /// western and southern side may be the city's last: row by row.
    pub(super) fn places(&self) -> i64 {
        (self.columns + 1) * (self.built_rows() + 1)
    }

    /// The tile or the place beyond of this number.
    pub(super) fn place(&self, number: i64) -> Tile {
        Tile {
            column: number % (self.columns + 1),
            row: number / (self.columns + 1),
        }
    }

    /// Of a tile, or of a place beyond, its number among [`Plan::places`].
    pub(super) fn number(&self, tile: Tile) -> i64 {
        tile.row * (self.columns + 1) + tile.column
    }

    /// Rows that have a tile.
    pub(super) fn built_rows(&self) -> i64 {
        (self.tiles + self.columns - 1) / self.columns
    }

    /// Whether a tile is built.
    pub(super) fn has(&self, column: i64, row: i64) -> bool {
        (0..self.columns).contains(&column) && row >= 0 && row * self.columns + column < self.tiles
    }

    /// Whether a tile is water.
    pub(super) fn is_river(&self, row: i64) -> bool {
        river_row(row, self.rows)
    }

    /// Whether there is a main street along the southern side of a tile.
    pub(super) fn southern(&self, column: i64, row: i64) -> bool {
        self.has(column, row) || self.has(column, row - 1)
    }

    /// The main street along the western side of a tile.
    pub(super) fn western(&self, column: i64, row: i64) -> Upright {
        if !self.has(column, row) && !self.has(column - 1, row) {
            return Upright::None;
        }
        if self.is_river(row) {
            return self.bridge(column, row);
        }
        let tile = Tile { column, row };
        let inside = self.has(column, row) && self.has(column - 1, row);
        // No tile lacks both of its sides.
        let sparse = inside && column % 2 == 1 && self.density(tile) < SPARSE;
        if sparse && Chance::of(self.seed, thing::GAP, [column, row]).happens(550) {
            Upright::None
        } else {
            Upright::Street
        }
    }

    /// The most important main streets cross, and a few others, but none at either end of
    /// the row: the river is a barrier.
    fn bridge(&self, column: i64, row: i64) -> Upright {
        let mut chance = Chance::of(self.seed, thing::BRIDGE, [column, row]);
        let [crosses, on_foot] = [(); 2].map(|()| chance.between(0, 999));
        let rank = self.rank(column);
        let share = [100, 600, 1_000][rank];
        let inside = self.has(column, row) && self.has(column - 1, row);
        if crosses >= share || !inside {
            return Upright::None;
        }
        Upright::Bridge {
            on_foot: rank == 0 && on_foot < 400,
        }
    }

    /// How important a main street is, from 0 to 2: one in eight is of each higher rank.
    pub(super) fn rank(&self, line: i64) -> usize {
        match (line - self.columns / 2).rem_euclid(8) {
            0 => 2,
            4 => 1,
            _ => 0,
        }
    }

    /// How dense the city is, from 0 to [`DENSEST`]: it falls from the middle outwards,
    /// and from the nearest centre.
    pub(super) fn density(&self, tile: Tile) -> i64 {
        let at = [tile.column, tile.row];
        // Sixteenths of a tile.
        let from_middle = [self.columns, self.rows]
            .iter()
            .zip(at)
            .map(|(side, at)| at * 16 + 8 - side * 8)
            .map(|off| off * off)
            .sum::<i64>();
        let reach = (self.columns * self.rows * 64).max(1);
        let of_city = DENSEST * reach / (reach + 2 * from_middle);
        let cell = at.map(|along| along.div_euclid(CENTRES));
        let mut of_centre = 0;
        for east in -1..=1 {
            for north in -1..=1 {
                let own = [cell[0] + east, cell[1] + north];
                let mut chance = Chance::of(self.seed, thing::CENTRE, own);
                let lies = own.map(|cell| cell * CENTRES * 16 + chance.between(0, CENTRES * 16));
                let strength = chance.between(70, 175);
                let away: i64 = lies
                    .iter()
                    .zip(at)
                    .map(|(lies, at)| (at * 16 + 8 - lies).pow(2))
                    .sum();
                // A centre is half as strong two tiles away.
                of_centre = of_centre.max(strength * 1024 / (1024 + away));
            }
        }
        of_city * (80 + of_centre) / 255
    }

    /// What a tile is used for.
    pub(super) fn used(&self, tile: Tile) -> Use {
        if self.is_river(tile.row) {
            return Use::River;
        }
        let mut chance = Chance::of(self.seed, thing::USE, [tile.column, tile.row]);
        let drawn = chance.between(0, 99);
        let streets = |chance: &mut Chance, several: &[i32]| {
            Use::Streets([*chance.one_of(several), *chance.one_of(several)])
        };
        let compounds =
            |chance: &mut Chance, several: &[[i32; 2]]| Use::Compounds(*chance.one_of(several));
        match self.density(tile) {
            135.. => match drawn {
                0..30 => Use::OldTown,
                30..62 => streets(&mut chance, &[2, 3, 3]),
                62..94 => compounds(&mut chance, &[[2, 2]]),
                _ => Use::Park,
            },
            75..135 => match drawn {
                0..52 => compounds(&mut chance, &[[2, 2], [2, 2], [2, 1], [1, 2]]),
                52..80 => streets(&mut chance, &[2, 3, 4]),
                80..88 => Use::OldTown,
                88..96 => Use::Park,
                _ => Use::Works,
            },
            38..75 => match drawn {
                0..46 => compounds(&mut chance, &[[2, 2], [2, 1], [1, 2], [1, 1]]),
                46..68 => streets(&mut chance, &[3, 4]),
                68..78 => Use::Park,
                78..90 => Use::Works,
                _ => Use::Village,
            },
            _ => match drawn {
                0..18 => compounds(&mut chance, &[[2, 1], [1, 2], [1, 1]]),
                18..30 => streets(&mut chance, &[4, 6]),
                30..45 => Use::Works,
                45..85 => Use::Village,
                _ => Use::Woods,
            },
        }
    }

    /// The chance of what is drawn in a tile; every kind of thing has its own.
    pub(super) fn chance(&self, tile: Tile, kind: u64) -> Chance {
        Chance::of(
            self.seed,
            thing::TILE + (kind << 8),
            [tile.column, tile.row],
        )
    }
}

/// Whether a row is a river's: one near the middle of the city, and others as far apart
/// as rivers are.
fn river_row(row: i64, rows: i64) -> bool {
    row >= 1 && row % RIVERS == (rows * 2 / 5).max(1) % RIVERS
}
