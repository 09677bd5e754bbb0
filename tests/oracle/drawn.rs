//! Random extracts, full of what is rare: parallel walks, loops, dead ends, walls
//! and kerbs, one-way steps, gaps in the data.

use living_circle::link::{Link, Links, Unlinked};
use living_circle::network::{WalkGraph, WalkId, WalkNetwork};
use living_circle::osm::{Extract, Header, Node, NodeIndex, Tags, Way};
use living_circle::plane::{LonLat, Plane};

use super::random::Random;

type Pairs = &'static [(&'static str, &'static str)];

const WAYS: [Pairs; 18] = [
    &[("highway", "residential")],
    &[("highway", "residential")],
    &[("highway", "footway")],
    &[("highway", "footway"), ("oneway:foot", "yes")],
    &[("highway", "footway"), ("oneway:foot", "-1")],
    &[("highway", "path"), ("surface", "gravel")],
    &[("highway", "path"), ("surface", "mud")],
    &[("highway", "steps")],
    &[("highway", "steps"), ("conveying", "forward")],
    &[
        ("highway", "steps"),
        ("ramp:wheelchair", "yes"),
        ("ramp:stroller", "yes"),
    ],
    &[("highway", "footway"), ("wheelchair", "no")],
    &[("highway", "cycleway")],
    &[("highway", "service"), ("access", "private")],
    &[("highway", "service"), ("access", "private")],
    &[("highway", "steps"), ("access", "private")],
    &[
        ("highway", "footway"),
        ("foot", "private"),
        ("oneway:foot", "yes"),
    ],
    &[("highway", "residential"), ("foot", "no")],
    &[("highway", "motorway")],
];

const NODES: [Pairs; 9] = [
    &[("barrier", "wall")],
    &[("barrier", "gate")],
    &[("barrier", "gate"), ("access", "private")],
    &[("barrier", "gate"), ("access", "private")],
    &[("barrier", "gate"), ("locked", "yes")],
    &[("kerb", "raised")],
    &[("highway", "crossing"), ("crossing", "traffic_signals")],
    &[("highway", "crossing")],
    &[("highway", "elevator")],
];

fn tags(pairs: Pairs) -> Tags {
    Tags::new(pairs.iter().copied())
}

/// A random extract of up to 60 nodes.
pub fn extract(random: &mut Random) -> Extract {
    let columns = random.within(2..9);
    let rows = random.within(2..8);
    let spacing = random.within(5..150) as f64;
    let plane = Plane::at(LonLat::from_degrees(115.98, 36.45).unwrap());
    let count = (columns * rows) as u32;
    let mut node_ids: Vec<i64> = (0..i64::from(count)).map(|at| at * 7 - 100).collect();
    // Numbers that follow the map would hide what depends on them.
    for at in (1..node_ids.len()).rev() {
        node_ids.swap(at, random.within(0..at as u64 + 1) as usize);
    }
    let mut placed: Vec<(i64, LonLat)> = node_ids
        .iter()
        .enumerate()
        .map(|(at, &id)| {
            let (column, row) = (at as u64 % columns, at as u64 / columns);
            let mut jitter =
                |line: u64| line as f64 * spacing + random.within(0..999) as f64 / 250.0;
            (id, plane.place([jitter(column), jitter(row)]))
        })
        .collect();
    let index_of = |placed: &[(i64, LonLat)], id: i64| {
        let at = placed.iter().position(|node| node.0 == id).unwrap();
        NodeIndex(at as u32)
    };
    placed.sort_unstable_by_key(|node| node.0);
    let grid: Vec<NodeIndex> = node_ids.iter().map(|&id| index_of(&placed, id)).collect();
    let elevator = elevator(random, &grid);
    let squares = squares(random, &grid, columns);
    let ways = (0..random.within(3..40))
        .map(|number| {
            let nodes = wander(random, &grid, columns as i64, rows as i64);
            Way {
                id: number as i64 + 1,
                tags: tags(random.pick(&WAYS)),
                nodes,
            }
        })
        .chain(elevator)
        .chain(squares)
        .collect();
    let mut nodes = Vec::new();
    for at in 0..count {
        if random.once_in(5) {
            let tags = tags(random.pick(&NODES));
            nodes.push(Node {
                index: NodeIndex(at),
                tags,
            });
        }
    }
    Extract {
        header: Header::default(),
        node_ids: placed.iter().map(|node| node.0).collect(),
        node_at: placed.iter().map(|node| node.1).collect(),
        nodes,
        ways,
        relations: Vec::new(),
    }
}

/// A way from node to neighbouring node; it may turn back, cross itself, jump to
/// another part of the map, or lack a node.
fn wander(random: &mut Random, grid: &[NodeIndex], columns: i64, rows: i64) -> Box<[NodeIndex]> {
    let mut column = random.within(0..columns as u64) as i64;
    let mut row = random.within(0..rows as u64) as i64;
    (0..random.within(2..9))
        .map(|_| {
            let node = grid[(row * columns + column) as usize];
            if random.once_in(12) {
                column = random.within(0..columns as u64) as i64;
            }
            let step = random.within(0..3) as i64 - 1;
            if random.once_in(2) {
                column = (column + step).clamp(0, columns - 1);
            } else {
                row = (row + step).clamp(0, rows - 1);
            }
            if random.once_in(40) {
                NodeIndex::MISSING
            } else {
                node
            }
        })
        .collect()
}

/// Squares over a few cells of the grid, some without a corner, drawn as areas.
fn squares(random: &mut Random, grid: &[NodeIndex], columns: u64) -> Vec<Way> {
    let rows = grid.len() as u64 / columns;
    (0..random.within(0..4))
        .map(|number| {
            let (west, south) = (random.within(0..columns - 1), random.within(0..rows - 1));
            let east = random.within(west + 1..columns);
            let north = random.within(south + 1..rows);
            let at = |column: u64, row: u64| grid[(row * columns + column) as usize];
            let mut ring: Vec<NodeIndex> = (west..east).map(|column| at(column, south)).collect();
            ring.extend((south..north).map(|row| at(east, row)));
            ring.extend((west + 1..=east).rev().map(|column| at(column, north)));
            ring.extend((south + 1..=north).rev().map(|row| at(west, row)));
            if ring.len() > 4 && random.once_in(2) {
                ring.remove(random.within(0..ring.len() as u64) as usize);
            }
            ring.push(ring[0]);
            Way {
                id: 2_000 + number as i64,
                tags: tags(random.pick(&SQUARES)),
                nodes: ring.into(),
            }
        })
        .collect()
}

const SQUARES: [Pairs; 5] = [
    &[("highway", "pedestrian"), ("area", "yes")],
    &[("highway", "steps"), ("area", "yes")],
    &[
        ("highway", "footway"),
        ("area", "yes"),
        ("surface", "gravel"),
    ],
    &[("place", "square")],
    &[("place", "square"), ("access", "private")],
];

/// One elevator in a town: two in a row are one ride, which a graph of single
/// segments cannot tell.
fn elevator(random: &mut Random, grid: &[NodeIndex]) -> Option<Way> {
    random.once_in(2).then(|| Way {
        id: 1_000,
        tags: tags(&[("highway", "elevator")]),
        nodes: [random.pick(grid), random.pick(grid)].into(),
    })
}

/// Random places: on a few walks, so that some share one, with one to three
/// links each; some have none.
///
/// Positions on a walk are rounded like its cost. On a one-way walk two places
/// less than a unit apart may change their order by that, and one be a step ahead
/// of the other instead of a tour: there they keep apart, and off the nodes of a grid
/// (a contact may be one), which lie at halves, thirds and the like.
pub fn links(random: &mut Random, network: &WalkNetwork, graph: &WalkGraph, count: usize) -> Links {
    let two_way = |walk| graph.arc(walk).open == [true, true];
    let usable: Vec<WalkId> = network
        .walk_ids()
        .filter(|&walk| graph.arc(walk).usable())
        .filter(|&walk| two_way(walk) || graph.arc(walk).cost >= 8)
        .collect();
    Links::gather((0..count).map(|_| {
        if usable.is_empty() || random.once_in(10) {
            return vec![Err(Unlinked::TooFar)];
        }
        (0..random.within(1..4))
            .map(|_| {
                let few = 1 + usable.len() / 3;
                let from = if random.once_in(2) {
                    &usable[..few]
                } else {
                    &usable
                };
                let walk = random.pick(from);
                let length = network.walk(walk).millimetres;
                let along = match random.within(0..5) {
                    0 => 0,
                    1 => length,
                    _ if !two_way(walk) => length * random.within(1..7) / 7,
                    _ => random.within(0..length + 1),
                };
                let gap = random.within(0..3) * random.within(0..30_000);
                Ok(Link { walk, along, gap })
            })
            .collect()
    }))
}
