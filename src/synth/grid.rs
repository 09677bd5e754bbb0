//! Towns of perfect squares.

use super::layout::{DEFAULT_ORIGIN, placed};
use crate::osm::{Drawing, DrawnNode, DrawnWay, Tags};
use crate::plane::LonLat;

/// A town of streets that cross at right angles, every block the same square.
///
/// Corner (0, 0) is in the south-west; columns count eastwards, rows
/// northwards. Every street is one way: rows first, from the south, then
/// columns, from the west. Each edge is `spacing` metres long to within 1.5 cm.
///
/// ```
/// use living_circle::synth::Grid;
/// let grid = Grid::new(5, 3, 100.0);
/// let drawing = grid.drawing();
/// assert_eq!((drawing.nodes.len(), drawing.ways.len()), (15, 8));
/// assert_eq!(drawing.ways[0].nodes, [1, 2, 3, 4, 5]);
/// // In the middle of the first edge of the southern street, 30 m south of it.
/// let door = grid.place([50.0, -30.0]);
/// ```
#[derive(Clone, Debug)]
pub struct Grid {
    columns: u16,
    rows: u16,
    spacing: f64,
    origin: LonLat,
    tags: Tags,
}

impl Grid {
    /// A grid of so many columns and rows of corners, `spacing` metres apart,
    /// of residential streets; corner (0, 0) lies at 115.98° E, 36.45° N.
    pub fn new(columns: u16, rows: u16, spacing: f64) -> Self {
        Self {
            columns,
            rows,
            spacing,
            origin: DEFAULT_ORIGIN,
            tags: Tags::new([("highway", "residential")]),
        }
    }

    /// Where corner (0, 0) lies.
    #[must_use]
    pub fn origin(mut self, origin: LonLat) -> Self {
        self.origin = origin;
        self
    }

    /// The tags of every street.
    #[must_use]
    pub fn tags(mut self, tags: Tags) -> Self {
        self.tags = tags;
        self
    }

    /// The node of a corner: 1 + row × columns + column.
    pub fn id(&self, column: u16, row: u16) -> i64 {
        1 + i64::from(row) * i64::from(self.columns) + i64::from(column)
    }

    /// Where a corner lies.
    pub fn corner(&self, column: u16, row: u16) -> LonLat {
        self.place([column, row].map(|steps| f64::from(steps) * self.spacing))
    }

    /// The place so many metres east and north of corner (0, 0).
    pub fn place(&self, east_north: [f64; 2]) -> LonLat {
        placed(self.origin, east_north)
    }

    /// The objects of the town; header fields are left empty.
    pub fn drawing(&self) -> Drawing {
        let nodes = (0..self.rows)
            .flat_map(|row| (0..self.columns).map(move |column| (column, row)))
            .map(|(column, row)| DrawnNode {
                id: self.id(column, row),
                at: self.corner(column, row),
                tags: Tags::default(),
            })
            .collect();
        let along_rows = (0..self.rows).map(|row| {
            (0..self.columns)
                .map(|column| self.id(column, row))
                .collect()
        });
        let along_columns = (0..self.columns)
            .map(|column| (0..self.rows).map(|row| self.id(column, row)).collect());
        let ways = (1..)
            .zip(along_rows.chain(along_columns))
            .map(|(id, nodes)| DrawnWay {
                id,
                tags: self.tags.clone(),
                nodes,
            })
            .collect();
        Drawing {
            nodes,
            ways,
            ..Drawing::default()
        }
    }

    /// A town on the grid: a residential square in every other street block, three
    /// fifths as wide as it, and a pharmacy at every 37th crossing.
    ///
    /// ```
    /// use living_circle::synth::Grid;
    /// let town = Grid::new(4, 4, 100.0).town();
    /// // Eight streets, and homes in five of nine street blocks.
    /// assert_eq!((town.nodes.len(), town.ways.len()), (16 + 5 * 4, 8 + 5));
    /// ```
    pub fn town(&self) -> Drawing {
        let mut drawing = self.drawing();
        for node in drawing.nodes.iter_mut().step_by(37) {
            node.tags = Tags::new([("amenity", "pharmacy")]);
        }
        let blocks = (0..self.columns.saturating_sub(1))
            .flat_map(|column| (0..self.rows.saturating_sub(1)).map(move |row| [column, row]))
            .filter(|[column, row]| (column + row) % 2 == 0);
        // Beyond every id of a crossing and of a street.
        let mut id = 1_i64 << 32;
        for corner in blocks {
            let mut nodes = Vec::new();
            for inset in [[0.2, 0.2], [0.8, 0.2], [0.8, 0.8], [0.2, 0.8]] {
                let along = |axis: usize| (f64::from(corner[axis]) + inset[axis]) * self.spacing;
                id += 1;
                nodes.push(id);
                drawing.nodes.push(DrawnNode {
                    id,
                    at: self.place([along(0), along(1)]),
                    tags: Tags::default(),
                });
            }
            nodes.push(nodes[0]);
            drawing.ways.push(DrawnWay {
                id,
                tags: Tags::new([("landuse", "residential")]),
                nodes,
            });
        }
        drawing
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::plane::distance_metres;
    use std::collections::HashMap;

    #[test]
    fn every_edge_has_the_spacing_and_streets_add_up() {
        for origin in [DEFAULT_ORIGIN, LonLat::from_degrees(-51.2, -30.0).unwrap()] {
            let drawing = Grid::new(40, 30, 80.0).origin(origin).drawing();
            let at: HashMap<i64, LonLat> = drawing
                .nodes
                .iter()
                .map(|node| (node.id, node.at))
                .collect();
            assert_eq!(at.len(), 1200);
            for way in &drawing.ways {
                let mut street = 0.0;
                for edge in way.nodes.windows(2) {
                    let length = distance_metres(at[&edge[0]], at[&edge[1]]);
                    assert!((length - 80.0).abs() < 0.015, "{edge:?} {length}");
                    street += length;
                }
                let edges = (way.nodes.len() - 1) as f64;
                assert!((street - 80.0 * edges).abs() < 0.03, "{}: {street}", way.id);
            }
            let edges: usize = drawing.ways.iter().map(|way| way.nodes.len() - 1).sum();
            assert_eq!(edges, 39 * 30 + 29 * 40);
        }
    }

    #[test]
    fn places_are_counted_from_the_south_west_corner() {
        let grid = Grid::new(3, 3, 100.0);
        assert_eq!(grid.place([0.0, 0.0]), grid.corner(0, 0));
        assert_eq!(grid.place([200.0, 100.0]), grid.corner(2, 1));
        let middle = grid.place([150.0, 200.0]);
        for end in [grid.corner(1, 2), grid.corner(2, 2)] {
            assert!((distance_metres(middle, end) - 50.0).abs() < 0.015);
        }
    }
}
