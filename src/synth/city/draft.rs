//! A tile while it is drawn: its nodes, its ways, and how many walk where.

use std::borrow::Cow;

use super::ground::{PART, SLOTS, Spot, Tile};
use super::plan::Plan;
use super::tally::Tally;
use crate::osm::{DrawnNode, DrawnWay, Tags};

/// Tags before they are sorted.
pub(super) type Pairs = Vec<(&'static str, Cow<'static, str>)>;

/// Pairs of a literal.
pub(super) fn pairs(tags: &[(&'static str, &'static str)]) -> Pairs {
    tags.iter()
        .map(|&(key, value)| (key, value.into()))
        .collect()
}

/// A side of a tile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    South,
    West,
    North,
    East,
}

pub(super) const SIDES: [Side; 4] = [Side::South, Side::West, Side::North, Side::East];

/// Ids of a tile, for nodes as for ways: more than any needs.
pub(super) const IDS: i64 = 4_096;
/// The first node inside a tile: before it are the corner and the slots of the southern
/// and the western side.
const INNER: i64 = 2 * SLOTS as i64 - 1;

#[derive(Clone, Debug)]
struct Line {
    tags: Pairs,
    nodes: Vec<i64>,
}

/// A tile, or a place beyond the last one, while it is drawn.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    pub plan: &'a Plan,
    pub tile: Tile,
    /// People who live in its buildings.
    pub people: u64,
    /// Junctions that are not where ways meet: the two sides of a locked gate.
    pub parted: u64,
    first: i64,
    inner: Vec<Spot>,
    tags: Vec<(usize, Pairs)>,
    /// Ends of pieces of walked ways at every inner node.
    arms: Vec<u8>,
    /// The inner node of every crossing of slots, one more than its number.
    crossings: [u16; (SLOTS * SLOTS) as usize],
    /// Slots of the sides that streets inside lead to, a bit each.
    sides: [u16; 4],
    ways: Vec<Line>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(plan: &'a Plan, tile: Tile) -> Self {
        Self {
            plan,
            tile,
            people: 0,
            parted: 0,
            first: 1 + plan.number(tile) * IDS,
            inner: Vec::new(),
            tags: Vec::new(),
            arms: Vec::new(),
            crossings: [0; (SLOTS * SLOTS) as usize],
            sides: [0; 4],
            ways: Vec::new(),
        }
    }

    /// The node where slots cross, which a neighbour has too where it lies on a side.
    pub(super) fn crossing(&mut self, [x, y]: [i32; 2]) -> i64 {
        if let Some(shared) = self.on_side([x, y]) {
            return shared;
        }
        let at = (y * SLOTS + x) as usize;
        if self.crossings[at] == 0 {
            self.node(Spot {
                x: x * PART,
                y: y * PART,
            });
            self.crossings[at] = self.inner.len() as u16;
        }
        self.first + INNER + i64::from(self.crossings[at]) - 1
    }

    /// The node on a side of the tile: the northern and the eastern side are the
    /// neighbours' southern and western ones.
    fn on_side(&self, [x, y]: [i32; 2]) -> Option<i64> {
        let (east, north) = (i64::from(x == SLOTS), i64::from(y == SLOTS));
        let owner = Tile {
            column: self.tile.column + east,
            row: self.tile.row + north,
        };
        let first = 1 + self.plan.number(owner) * IDS;
        match (x % SLOTS, y % SLOTS) {
            (x, 0) => Some(first + i64::from(x)),
            (0, y) => Some(first + i64::from(SLOTS - 1 + y)),
            _ => None,
        }
    }

    /// A node of its own.
    pub(super) fn node(&mut self, spot: Spot) -> i64 {
        self.inner.push(spot);
        self.arms.push(0);
        self.first + INNER + self.inner.len() as i64 - 1
    }

    /// A node with tags.
    pub(super) fn point(&mut self, spot: Spot, tags: Pairs) -> i64 {
        let id = self.node(spot);
        self.tags.push((self.inner.len() - 1, tags));
        id
    }

    /// A way on which nobody walks.
    pub(super) fn line(&mut self, tags: Pairs, nodes: Vec<i64>) {
        self.ways.push(Line { tags, nodes });
    }

    /// A way on which people walk.
    pub(super) fn walk(&mut self, tags: Pairs, nodes: Vec<i64>) {
        for pair in nodes.windows(2) {
            for &id in pair {
                self.arm(id);
            }
        }
        self.line(tags, nodes);
    }

    fn arm(&mut self, id: i64) {
        let inner = id - self.first - INNER;
        if let Some(arms) = usize::try_from(inner)
            .ok()
            .and_then(|inner| self.arms.get_mut(inner))
        {
            *arms += 1;
            return;
        }
        for (side, slots) in SIDES.iter().zip(&mut self.sides) {
            let owner = Tile {
                column: self.tile.column + i64::from(*side == Side::East),
                row: self.tile.row + i64::from(*side == Side::North),
            };
            let upright = matches!(side, Side::West | Side::East);
            let skipped = if upright { i64::from(SLOTS) - 1 } else { 0 };
            let slot = id - 1 - self.plan.number(owner) * IDS - skipped;
            if (1..i64::from(SLOTS)).contains(&slot) {
                *slots |= 1 << slot;
            }
        }
    }

    /// A walked way along slots, with a node at each, through these crossings.
    pub(super) fn street(&mut self, tags: Pairs, through: &[[i32; 2]]) {
        let nodes = self.along(through);
        self.walk(tags, nodes);
    }

    /// The nodes along slots through these crossings.
    pub(super) fn along(&mut self, through: &[[i32; 2]]) -> Vec<i64> {
        let mut nodes = Vec::new();
        for leg in through.windows(2) {
            let [from, to] = [leg[0], leg[1]];
            let steps = (to[0] - from[0]).abs().max((to[1] - from[1]).abs());
            for step in i32::from(!nodes.is_empty())..=steps {
                let at = [0, 1].map(|axis| from[axis] + (to[axis] - from[axis]).signum() * step);
                nodes.push(self.crossing(at));
            }
        }
        nodes
    }

    /// A closed way through places of its own.
    pub(super) fn ring(&mut self, tags: Pairs, spots: &[Spot]) {
        let mut nodes: Vec<i64> = spots.iter().map(|&spot| self.node(spot)).collect();
        nodes.extend(nodes.first().copied());
        self.line(tags, nodes);
    }

    /// A rectangle between two corners, in parts of slots.
    pub(super) fn rectangle(&mut self, tags: Pairs, low: [i32; 2], high: [i32; 2]) {
        let spot = |x, y| Spot { x, y };
        let [[west, south], [east, north]] = [low, high];
        let corners = [
            spot(west, south),
            spot(east, south),
            spot(east, north),
            spot(west, north),
        ];
        self.ring(tags, &corners);
    }

    /// What the inside of the tile adds to the network.
    pub(super) fn tally(&self) -> Tally {
        let meet = |arms: &&u8| !matches!(arms, 0 | 2);
        Tally {
            inner: self.arms.iter().filter(meet).count() as u64 + self.parted,
            sides: self.sides,
            people: self.people,
        }
    }

    /// The nodes inside the tile.
    pub(super) fn nodes(self) -> impl Iterator<Item = DrawnNode> {
        let (plan, tile) = (self.plan, self.tile);
        let mut tags = self.tags.into_iter().peekable();
        let spots = self.inner.into_iter().enumerate();
        spots.map(move |(number, spot)| DrawnNode {
            id: self.first + INNER + number as i64,
            at: plan.ground.place(tile, spot),
            tags: tags
                .next_if(|(of, _)| *of == number)
                .map(|(_, tags)| Tags::new(tags))
                .unwrap_or_default(),
        })
    }

    /// The ways, with those of the main streets.
    pub(super) fn ways(self) -> impl Iterator<Item = DrawnWay> {
        (self.first..).zip(self.ways).map(|(id, line)| DrawnWay {
            id,
            tags: Tags::new(line.tags),
            nodes: line.nodes,
        })
    }
}

/// The place of a spot on a side of a tile.
pub(super) fn side_spot(upright: bool, slot: i32) -> Spot {
    let along = slot * PART;
    if upright {
        Spot { x: 0, y: along }
    } else {
        Spot { x: along, y: 0 }
    }
}
