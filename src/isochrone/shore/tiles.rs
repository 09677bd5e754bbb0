//! The tiles of a shore, found by column and row.

use std::collections::BTreeMap;

use super::ShoreTile;
use crate::isochrone::lattice::TileAt;

/// Tiles by column, those of a column by row: what is looked up all the time is near.
#[derive(Clone, Debug, Default)]
pub(super) struct Tiles {
    lowest: i32,
    /// For every column from the lowest on where its tiles begin, and the end of all.
    first: Vec<u32>,
    rows: Vec<i32>,
    list: Vec<ShoreTile>,
}

impl Tiles {
    pub fn get(&self, [column, row]: TileAt) -> Option<&ShoreTile> {
        let column = usize::try_from(i64::from(column) - i64::from(self.lowest)).ok()?;
        let from = *self.first.get(column)? as usize;
        let to = *self.first.get(column + 1)? as usize;
        let found = self.rows[from..to].binary_search(&row).ok()?;
        self.list.get(from + found)
    }
}

impl From<BTreeMap<TileAt, ShoreTile>> for Tiles {
    fn from(sorted: BTreeMap<TileAt, ShoreTile>) -> Self {
        let mut tiles = Self {
            lowest: sorted.keys().next().map_or(0, |at| at[0]),
            ..Self::default()
        };
        for ([column, row], tile) in sorted {
            let columns = (column - tiles.lowest) as usize + 1;
            tiles.first.resize(columns, tiles.rows.len() as u32);
            tiles.rows.push(row);
            tiles.list.push(tile);
        }
        tiles.first.push(tiles.rows.len() as u32);
        tiles
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiles_are_found_by_column_and_row() {
        let known = [[-7, 3], [-7, 9], [-4, -2], [5, 3]];
        let tiles = known.map(|at| {
            let mut tile = ShoreTile::default();
            tile.wet[0] = (at[0] * 100 + at[1]) as u32;
            (at, tile)
        });
        let tiles = Tiles::from(BTreeMap::from(tiles));
        for column in -9..8 {
            for row in -4..12 {
                let found = tiles.get([column, row]).map(|tile| tile.wet[0]);
                let expected = known
                    .contains(&[column, row])
                    .then_some((column * 100 + row) as u32);
                assert_eq!(found, expected, "{column} {row}");
            }
        }
        assert!(Tiles::default().get([0, 0]).is_none());
        assert!(tiles.get([i32::MIN, 3]).is_none() && tiles.get([i32::MAX, 3]).is_none());
    }
}
