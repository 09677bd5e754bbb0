//! Random towns: places on a jittered grid, streets that wander over it.

use living_circle::osm::{Drawing, DrawnNode, DrawnWay, Tags};
use living_circle::places::{Shape, Zone};
use living_circle::plane::{Area, LonLat};
use living_circle::synth::{DEFAULT_ORIGIN, placed};
use living_circle::units::{Land, People};
use proptest::collection::vec;
use proptest::prelude::*;

use super::harness::{Scene, block, catalog, facility, rectangle};

const SPACING: f64 = 90.0;

/// What a way is; streets more often than the rest.
const WAYS: [&[(&str, &str)]; 16] = [
    &[("highway", "residential")],
    &[("highway", "residential")],
    &[("highway", "residential")],
    &[("highway", "footway")],
    &[("highway", "footway")],
    &[("highway", "steps")],
    &[("highway", "steps"), ("ramp:stroller", "yes")],
    &[("highway", "steps"), ("conveying", "forward")],
    &[("highway", "footway"), ("oneway:foot", "yes")],
    &[("highway", "footway"), ("oneway:foot", "-1")],
    &[("highway", "service"), ("access", "private")],
    &[("highway", "path"), ("surface", "gravel")],
    &[("highway", "path"), ("surface", "sand")],
    &[("highway", "motorway")],
    &[("waterway", "river")],
    &[("barrier", "wall")],
];

/// What may enclose one or several cells of the grid.
const RINGS: [&[(&str, &str)]; 4] = [
    &[("barrier", "fence")],
    &[("barrier", "wall")],
    &[("landuse", "residential")],
    &[("leisure", "park")],
];

const NODES: [&[(&str, &str)]; 9] = [
    &[("barrier", "gate")],
    &[("barrier", "gate"), ("access", "private")],
    &[("entrance", "yes")],
    &[("barrier", "gate"), ("locked", "yes")],
    &[("barrier", "wall")],
    &[("barrier", "turnstile")],
    &[("highway", "crossing"), ("crossing", "traffic_signals")],
    &[("highway", "elevator")],
    &[("kerb", "raised")],
];

const SERVICES: [&str; 8] = [
    "kindergarten",
    "health_station",
    "pharmacy",
    "supermarket;pharmacy",
    "park",
    "primary_school",
    "elderly_day_care",
    "library",
];

const WALKERS: [Option<&str>; 5] = [
    None,
    Some("elderly"),
    Some("child"),
    Some("pram"),
    Some("wheelchair"),
];

/// The nodes of a town.
#[derive(Clone, Debug)]
struct Ground {
    columns: usize,
    rows: usize,
    /// Tenths of a metre off the grid.
    jitter: Vec<[i16; 2]>,
}

impl Ground {
    /// Ids in no order, some of them negative.
    fn id(number: usize) -> i64 {
        (i64::try_from(number).unwrap() * 7_919) % 10_007 - 5_000
    }

    fn at(&self, number: usize) -> LonLat {
        let [east, north] = self.jitter[number].map(|tenths| f64::from(tenths) / 10.0);
        let cell = [number % self.columns, number / self.columns];
        placed(
            DEFAULT_ORIGIN,
            [
                cell[0] as f64 * SPACING + east,
                cell[1] as f64 * SPACING + north,
            ],
        )
    }

    /// A place by its share of the town's width and height, a little beyond it too.
    fn spot(&self, [east, north]: [u16; 2]) -> [f64; 2] {
        let spread = |share: u16, cells: usize| {
            (f64::from(share) / 1_000.0 * 1.2 - 0.1) * SPACING * cells as f64
        };
        [spread(east, self.columns - 1), spread(north, self.rows - 1)]
    }

    /// The neighbour in one of eight directions; none beyond the town.
    fn neighbour(&self, number: usize, direction: u8) -> Option<usize> {
        const STEPS: [[isize; 2]; 8] = [
            [1, 0],
            [-1, 0],
            [0, 1],
            [0, -1],
            [1, 1],
            [1, -1],
            [-1, 1],
            [-1, -1],
        ];
        let [east, north] = STEPS[direction as usize % 8];
        let column = (number % self.columns).checked_add_signed(east)?;
        let row = (number / self.columns).checked_add_signed(north)?;
        (column < self.columns && row < self.rows).then_some(row * self.columns + column)
    }

    /// A closed ring around so many cells, as far as the town reaches.
    fn ring(&self, start: usize, size: usize) -> Vec<i64> {
        let start = start % (self.columns * self.rows);
        let (west, south) = (start % self.columns, start / self.columns);
        let east = (west + 1 + size).min(self.columns - 1);
        let north = (south + 1 + size / 2).min(self.rows - 1);
        if east == west || north == south {
            return Vec::new();
        }
        let at = |column: usize, row: usize| Self::id(row * self.columns + column);
        let mut nodes: Vec<i64> = (west..east).map(|column| at(column, south)).collect();
        nodes.extend((south..north).map(|row| at(east, row)));
        nodes.extend((west + 1..=east).rev().map(|column| at(column, north)));
        nodes.extend((south + 1..=north).rev().map(|row| at(west, row)));
        nodes.push(at(west, south));
        nodes
    }

    /// A street that wanders from a node in these directions.
    fn wander(&self, start: usize, directions: &[u8]) -> Vec<i64> {
        let mut here = start % (self.columns * self.rows);
        let mut nodes = vec![Self::id(here)];
        for &direction in directions {
            if let Some(next) = self.neighbour(here, direction) {
                here = next;
                nodes.push(Self::id(here));
            }
        }
        nodes
    }
}

fn grounds() -> impl Strategy<Value = Ground> {
    (3..7_usize, 3..7_usize).prop_flat_map(|(columns, rows)| {
        vec([-250..250_i16, -250..250_i16], columns * rows).prop_map(move |jitter| Ground {
            columns,
            rows,
            jitter,
        })
    })
}

/// Whole rows and columns, those whose bit is set, then ways that wander.
fn ways() -> impl Strategy<Value = (u16, Vec<(usize, Vec<u8>, usize)>)> {
    let wandering = (0..64_usize, vec(0..8_u8, 1..8), 0..WAYS.len() + RINGS.len());
    (any::<u16>(), vec(wandering, 4..16))
}

fn draw(ground: &Ground, frame: u16, ways: &[(usize, Vec<u8>, usize)]) -> Drawing {
    let Ground { columns, rows, .. } = *ground;
    let nodes = (0..columns * rows)
        .map(|number| DrawnNode {
            id: Ground::id(number),
            at: ground.at(number),
            tags: Tags::default(),
        })
        .collect();
    let lines = (0..columns)
        .map(|column| (0..rows).map(|row| row * columns + column).collect())
        .chain((0..rows).map(|row| (0..columns).map(|column| row * columns + column).collect()));
    let streets = lines
        .enumerate()
        .filter(|(line, _)| frame >> line & 1 == 1)
        .map(|(_, line): (_, Vec<usize>)| {
            let nodes: Vec<i64> = line.into_iter().map(Ground::id).collect();
            (0, nodes)
        });
    let wandering = ways.iter().map(|(start, directions, kind)| {
        let ring = kind.checked_sub(WAYS.len());
        let nodes = match ring {
            None => ground.wander(*start, directions),
            Some(_) => ground.ring(*start, directions.len() / 3),
        };
        (*kind, nodes)
    });
    let tags = |kind: usize| match kind.checked_sub(WAYS.len()) {
        None => WAYS[kind],
        Some(ring) => RINGS[ring],
    };
    let ways = (1..)
        .zip(streets.chain(wandering))
        .filter(|(_, (_, nodes))| nodes.len() > 1)
        .map(|(id, (kind, nodes))| DrawnWay {
            id,
            tags: Tags::new(tags(kind).iter().copied()),
            nodes,
        })
        .collect();
    Drawing {
        timestamp: Some(1_767_225_600),
        nodes,
        ways,
        ..Drawing::default()
    }
}

/// A spot, the size in metres (a point below 20 m) and something that differs.
type Spot = ([u16; 2], [u8; 2], u16);

fn spots() -> impl Strategy<Value = Spot> {
    (
        [0..1_000_u16, 0..1_000_u16],
        [0..200_u8, 0..200_u8],
        any::<u16>(),
    )
}

fn shape(ground: &Ground, (spot, size, _): Spot) -> Shape {
    let [east, north] = ground.spot(spot);
    let [width, height] = size.map(f64::from);
    let at = placed(DEFAULT_ORIGIN, [east, north]);
    if width.min(height) < 20.0 {
        return Shape::Point(at);
    }
    let far = placed(DEFAULT_ORIGIN, [east + width, north + height]);
    Shape::Area(Area::from_ring(rectangle(at, far)).unwrap())
}

fn zones(ground: &Ground, cut: u16) -> Vec<Zone> {
    let [west, east] = [ground.spot([0, 0]), ground.spot([1_000, 1_000])];
    let middle = ground.spot([cut % 1_000, 0])[0];
    let zone = |id: &str, level: &str, from: f64, to: f64| {
        let corners = [[from, west[1]], [to, east[1] * 0.8]].map(|at| placed(DEFAULT_ORIGIN, at));
        Area::from_ring(rectangle(corners[0], corners[1])).map(|area| Zone {
            id: id.to_owned(),
            name: Some(format!("{id} 区")),
            level: Some(level.to_owned()),
            area,
        })
    };
    [
        zone("a", "community", west[0], middle),
        zone("b", "community", middle - 30.0, east[0]),
        zone("c", "subdistrict", west[0], east[0]),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn scene(
    ground: &Ground,
    drawing: Drawing,
    blocks: &[Spot],
    sites: &[Spot],
    [cut, walker]: [u16; 2],
) -> Scene {
    let mut scene = Scene::new(drawing).within(&["5min", "10min", "15min", "120m", "300m"]);
    scene.settings.walker = WALKERS[walker as usize % WALKERS.len()].map(str::to_owned);
    for (number, spot) in blocks.iter().enumerate() {
        let mut home = block(&format!("b{number:02}"), shape(ground, *spot));
        home.land = Some(Land::from_square_decimetres(u64::from(spot.2) * 37));
        home.people = (spot.2 % 5 > 0).then(|| People::from_thousandths(u64::from(spot.2)));
        scene.blocks.push(home);
    }
    let catalog = catalog();
    for (number, spot) in sites.iter().enumerate() {
        let shape = shape(ground, *spot);
        let service = SERVICES[spot.2 as usize % SERVICES.len()];
        let mut site = facility(&catalog, &format!("f{number:02}"), service, shape.clone());
        if let Shape::Area(area) = &shape {
            site.entrances = area.along_rings(50.0);
            site.entrances_assumed = true;
        }
        scene.table.push(site);
    }
    if cut % 3 > 0 {
        scene.zones = zones(ground, cut);
    }
    scene
}

/// Random towns with random blocks, facilities and zones.
pub fn scenes() -> impl Strategy<Value = Scene> {
    (
        grounds(),
        ways(),
        vec((0..64_usize, 0..NODES.len()), 0..8),
        vec(spots(), 1..8),
        vec(spots(), 1..12),
        any::<[u16; 2]>(),
    )
        .prop_map(|(ground, (frame, ways), tagged, blocks, sites, rest)| {
            let mut drawing = draw(&ground, frame, &ways);
            for (number, kind) in tagged {
                let number = number % drawing.nodes.len();
                drawing.nodes[number].tags = Tags::new(NODES[kind].iter().copied());
            }
            scene(&ground, drawing, &blocks, &sites, rest)
        })
}
