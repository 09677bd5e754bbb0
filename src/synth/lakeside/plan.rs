//! The plan of Lakeside in metres: what lies where.

use crate::synth::sketch::Metres;

/// West and east, south and north edge of a rectangle.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rect {
    pub(super) west: f64,
    pub(super) south: f64,
    pub(super) east: f64,
    pub(super) north: f64,
}

impl Rect {
    pub(super) const fn new(west: f64, south: f64, east: f64, north: f64) -> Self {
        Self {
            west,
            south,
            east,
            north,
        }
    }

    /// The rectangle less a margin on each side.
    pub(super) fn inset(self, by: f64) -> Self {
        Self::new(
            self.west + by,
            self.south + by,
            self.east - by,
            self.north - by,
        )
    }

    /// The place so far from the west and the south edge, as shares.
    pub(super) fn at(self, x: f64, y: f64) -> Metres {
        [
            self.west + x * (self.east - self.west),
            self.south + y * (self.north - self.south),
        ]
    }

    /// Part (column, row) of `count` × `count` equal parts, from the south-west.
    pub(super) fn part(self, count: u32, column: u32, row: u32) -> Self {
        let share = |index: u32| f64::from(index) / f64::from(count);
        let [west, south] = self.at(share(column), share(row));
        let [east, north] = self.at(share(column + 1), share(row + 1));
        Self::new(west, south, east, north)
    }

    /// The closed ring, from the south-west corner, counter-clockwise.
    pub(super) fn ring(self) -> Vec<Metres> {
        let corners = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)];
        corners.map(|(x, y)| self.at(x, y)).to_vec()
    }
}

/// All that is drawn.
pub(super) const CITY: Rect = Rect::new(-2750.0, -2050.0, 2750.0, 2050.0);

/// Where the main streets run: the edges of the superblocks.
pub(super) const ROWS: [f64; 7] = [1300.0, 850.0, 400.0, -50.0, -500.0, -950.0, -1400.0];
pub(super) const COLUMNS: [(f64, f64); 11] = [
    (-2450.0, -2000.0),
    (-2000.0, -1550.0),
    (-1550.0, -1100.0),
    (-1100.0, -650.0),
    (-650.0, -200.0),
    (-200.0, 170.0),
    (340.0, 705.0),
    (705.0, 1067.0),
    (1067.0, 1430.0),
    (1770.0, 2200.0),
    (2200.0, 2630.0),
];

/// The superblocks, from the north-west: `Q` four walled compounds, `W` one
/// large walled compound, `X` one whose only gate is in the north, `O` open
/// streets, `P` a park, `~` the lake, `t` the old town.
pub(super) const PLAN: [&str; 6] = [
    "WQOPQOQOQWQ",
    "Q~~~OWtttOQ",
    "O~~~QWtttQW",
    "QWOQOQtttWQ",
    "WQQXQWtttQO",
    "QOWQWQQWOWQ",
];

/// Kind and extent of every superblock.
pub(super) fn superblocks() -> impl Iterator<Item = (char, Rect)> {
    PLAN.iter().zip(ROWS.windows(2)).flat_map(|(row, edges)| {
        row.chars()
            .zip(COLUMNS)
            .map(move |(kind, (west, east))| (kind, Rect::new(west, edges[1], east, edges[0])))
    })
}

/// The old town's outer streets.
pub(super) const OLD_TOWN: Rect = Rect::new(340.0, -950.0, 1430.0, 850.0);

/// The lake.
pub(super) const LAKE_CENTRE: Metres = [-1330.0, 400.0];
pub(super) const LAKE_RADII: Metres = [480.0, 325.0];
/// The ring road runs so far from the shore.
pub(super) const RING_ROAD: f64 = 45.0;

/// A ring around the lake, so far from its shore.
pub(super) fn lake_ring(beyond: f64) -> Vec<Metres> {
    const CORNERS: u32 = 60;
    (0..=CORNERS)
        .map(|corner| {
            let (sin, cos) = (f64::from(corner % CORNERS) / f64::from(CORNERS)
                * std::f64::consts::TAU)
                .sin_cos();
            [
                LAKE_CENTRE[0] + (LAKE_RADII[0] + beyond) * cos,
                LAKE_CENTRE[1] + (LAKE_RADII[1] + beyond) * sin,
            ]
        })
        .collect()
}

/// Where a straight east–west (or, with `axis` 0, north–south) street at
/// `offset` from the lake's centre meets the ring road, as a distance from the centre.
pub(super) fn ring_reach(axis: usize, offset: f64) -> f64 {
    let (across, along) = (
        LAKE_RADII[axis] + RING_ROAD,
        LAKE_RADII[1 - axis] + RING_ROAD,
    );
    along * (1.0 - (offset / across).powi(2)).max(0.0).sqrt()
}

/// The middle of the river.
pub(super) fn river() -> Vec<Metres> {
    vec![
        [-2750.0, 1440.0],
        [-2100.0, 1470.0],
        [-1400.0, 1450.0],
        [-650.0, 1460.0],
        [250.0, 1430.0],
        [780.0, 1450.0],
        [1500.0, 1480.0],
        [2100.0, 1450.0],
        [2750.0, 1430.0],
    ]
}

/// Half its width.
pub(super) const RIVER_HALF: f64 = 38.0;

/// The middle of the canal, from the river to the south.
pub(super) fn canal() -> Vec<Metres> {
    vec![
        [250.0, 1430.0],
        [250.0, 1150.0],
        [262.0, 850.0],
        [256.0, 400.0],
        [244.0, -50.0],
        [240.0, -500.0],
        [256.0, -950.0],
        [255.0, -1400.0],
        [250.0, -2050.0],
    ]
}

/// Main streets that cross the canal on a bridge.
pub(super) const BRIDGES: [f64; 4] = [850.0, 400.0, -50.0, -1400.0];
