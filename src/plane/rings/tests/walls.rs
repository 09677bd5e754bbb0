//! Lines that part cells, against walking from cell to cell.

use super::*;

/// Sides of cells that are walls: the cell east or north of the side, and whether
/// it is its west side (else its south side). The rim of the grid has walls too.
struct Walls(BTreeSet<(i32, i32, bool)>);

impl Walls {
    /// Straight walls from a corner of a cell on, northward or eastward.
    fn of(drawn: &[(i32, bool, i32)]) -> Self {
        let mut sides = BTreeSet::new();
        for &(cell, northward, length) in drawn {
            let (x, y) = (cell % 10, cell / 10);
            for step in 0..length {
                let (x, y) = if northward {
                    (x, y + step)
                } else {
                    (x + step, y)
                };
                if x < 10 && y < 10 {
                    sides.insert((x, y, northward));
                }
            }
        }
        Self(sides)
    }

    fn pieces(&self) -> Vec<Piece> {
        let piece = |&(x, y, northward): &(i32, i32, bool)| {
            let end = if northward { (x, y + 1) } else { (x + 1, y) };
            Piece::line(at((x * 8, y * 8)), at((end.0 * 8, end.1 * 8)))
        };
        self.0.iter().filter_map(piece).collect()
    }

    /// Whether no side of a cell is open to what lies around the grid.
    fn closed_at_the_rim(&self, cell: i32) -> bool {
        let (x, y) = (cell % 10, cell / 10);
        x < 9
            && y < 9
            && (x > 0 || self.0.contains(&(0, y, true)))
            && (y > 0 || self.0.contains(&(x, 0, false)))
    }

    /// Cells that hang together.
    fn rooms(&self, cells: &BTreeSet<i32>) -> Vec<BTreeSet<i32>> {
        let mut left = cells.clone();
        let mut rooms = Vec::new();
        while let Some(first) = left.pop_first() {
            let (mut room, mut open) = (BTreeSet::new(), vec![first]);
            while let Some(cell) = open.pop() {
                room.insert(cell);
                let (x, y) = (cell % 10, cell / 10);
                let ways = [
                    (x > 0, (x, y, true), cell - 1),
                    (x < 9, (x + 1, y, true), cell + 1),
                    (true, (x, y, false), cell - 10),
                    (true, (x, y + 1, false), cell + 10),
                ];
                for (exists, side, next) in ways {
                    if exists && !self.0.contains(&side) {
                        open.extend(left.take(&next));
                    }
                }
            }
            rooms.push(room);
        }
        rooms
    }
}

proptest! {
    /// Walls between cells part what cells make up, whatever hangs loose: known by
    /// walking from cell to cell.
    #[test]
    fn lines_part_cells(
        numbers in proptest::collection::btree_set(0..100, 1..80),
        walls in proptest::collection::vec((0..100, any::<bool>(), 1..9), 0..40),
    ) {
        let walls = Walls::of(&walls);
        let mut drawn = pieces(&cells(&numbers));
        drawn.extend(walls.pieces());
        let parted = parted(drawn).unwrap();
        let inside = parted.faces().iter().filter(|face| face.inside);
        let mut found: Vec<i64> = inside
            .map(|face| {
                assert_sound(&face.rings);
                surface(&face.rings) / 64
            })
            .collect();
        found.sort_unstable();
        let mut expected: Vec<i64> = walls.rooms(&numbers).iter().map(|room| i64::try_from(room.len()).unwrap()).collect();
        expected.sort_unstable();
        prop_assert_eq!(found, expected);
        // The walls alone, with what they leave open around the cells.
        let all: BTreeSet<i32> = (0..100).collect();
        let rooms = walls.rooms(&all);
        let faces = parted_by(noded(walls.pieces()).unwrap().pieces);
        let middle = |cell: &i32| at((cell % 10 * 8 + 4, cell / 10 * 8 + 4));
        for room in &rooms {
            let held: BTreeSet<_> = room.iter().map(|cell| faces.face_at(middle(cell))).collect();
            prop_assert_eq!(held.len(), 1, "{:?}", room);
            let closed = room.iter().all(|&cell| walls.closed_at_the_rim(cell));
            prop_assert!(closed || held.contains(&None));
        }
        let bounded = faces.faces().len() - 1;
        let held: BTreeSet<_> = rooms.iter().filter_map(|room| faces.face_at(middle(room.first()?))).collect();
        prop_assert_eq!(held.len(), bounded, "every face has its cells");
    }
}
