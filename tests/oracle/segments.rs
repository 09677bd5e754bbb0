//! The first oracle: a plain graph of every segment of the walkable ways,
//! straight from the extract. Nothing is contracted or rounded.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use living_circle::link::{Link, Links, Unlinked};
use living_circle::network::WalkNetwork;
use living_circle::osm::{Extract, NodeIndex as OsmNode};
use living_circle::plane::{LonLat, distance_millimetres};
use living_circle::profile::{
    AccessRules, Crossing, Direction, NodeRole, Verdict, WalkClass, WalkKind, Walker,
};
use living_circle::units::CostKind;
use petgraph::graph::NodeIndex;
use petgraph::unionfind::UnionFind;

use super::enclosed;
use super::price::{factor, per_millimetre};
use super::squares;
use super::town::{Leg, Place, Stretch, Town};

/// A node of the extract; where nobody (or this walker not) passes, one per arm.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Point {
    Whole(OsmNode, Layer),
    ArmTo(OsmNode, OsmNode, Layer),
    EndOf(OsmNode, usize, Layer),
}

/// Private ways are there twice: nobody walks in and out again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Layer {
    Public,
    /// For those who start there.
    Out,
    /// For those who go there.
    In,
}

/// A straight piece of a walkable way; the first node has the lower index.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Piece {
    pub nodes: [OsmNode; 2],
    pub class: WalkClass,
    pub direction: Direction,
    pub private: bool,
}

impl Piece {
    fn layers(&self) -> &'static [Layer] {
        if self.private {
            &[Layer::Out, Layer::In]
        } else {
            &[Layer::Public]
        }
    }
}

/// The pieces of an extract, with their roles.
pub struct Segments<'a> {
    extract: &'a Extract,
    roles: HashMap<OsmNode, NodeRole>,
    /// With the share of its way, for the ride of an elevator.
    pieces: BTreeMap<Piece, f64>,
    by_ends: HashMap<[LonLat; 2], Vec<Piece>>,
}

impl<'a> Segments<'a> {
    pub fn new(extract: &'a Extract, rules: &AccessRules) -> Self {
        let roles = extract
            .nodes
            .iter()
            .map(|node| (node.index, rules.node(&node.tags)))
            .collect();
        let mut segments = Self {
            extract,
            roles,
            pieces: BTreeMap::new(),
            by_ends: HashMap::new(),
        };
        for way in &extract.ways {
            let (passage, private) = match rules.way(&way.tags) {
                Verdict::Walkable(passage) => (passage, false),
                Verdict::Private(passage) => (passage, true),
                _ => continue,
            };
            let known = |pair: &&[OsmNode]| !pair.contains(&OsmNode::MISSING) && pair[0] != pair[1];
            let length = |pair: &[OsmNode]| {
                distance_millimetres(extract.at(pair[0]), extract.at(pair[1])) as f64
            };
            let whole: f64 = way.nodes.windows(2).filter(known).map(length).sum();
            for pair in way.nodes.windows(2).filter(known) {
                let turned = pair[0] > pair[1];
                let piece = Piece {
                    nodes: [pair[0].min(pair[1]), pair[0].max(pair[1])],
                    class: passage.class,
                    direction: match passage.direction {
                        Direction::Forward if turned => Direction::Backward,
                        Direction::Backward if turned => Direction::Forward,
                        direction => direction,
                    },
                    private,
                };
                segments.pieces.insert(piece, length(pair) / whole.max(1.0));
            }
        }
        let mut public: HashMap<[OsmNode; 2], Vec<WalkClass>> = HashMap::new();
        for piece in segments.pieces.keys() {
            if piece.direction == Direction::Both && !piece.private {
                let open = public.entry(piece.nodes).or_default();
                open.push(level(piece.class));
            }
        }
        for (nodes, class) in squares::lines(extract, rules) {
            let direction = Direction::Both;
            let piece = Piece {
                nodes,
                class,
                direction,
                private: false,
            };
            // What costs everybody the same is there once.
            let open = public.entry(nodes).or_default();
            if !open.contains(&level(class)) {
                open.push(level(class));
                segments.pieces.insert(piece, 1.0);
            }
        }
        let roles = &segments.roles;
        let enclosed = enclosed::of(extract, roles, segments.pieces.keys());
        segments.pieces = std::mem::take(&mut segments.pieces)
            .into_iter()
            .map(|(piece, share)| {
                let private = piece.private || enclosed.contains(&piece);
                (Piece { private, ..piece }, share)
            })
            .collect();
        for &piece in segments.pieces.keys() {
            let mut ends = piece.nodes.map(|node| extract.at(node));
            ends.sort_unstable();
            segments.by_ends.entry(ends).or_default().push(piece);
        }
        segments
    }

    /// The ends of all pieces; those of split nodes too.
    pub fn ends(&self) -> BTreeSet<[LonLat; 2]> {
        self.by_ends.keys().copied().collect()
    }

    /// The piece that a link's position lies on, and the millimetres from its
    /// first node; `None` where several pieces of that class are drawn there.
    fn locate(&self, network: &WalkNetwork, link: Link) -> Option<(Piece, f64)> {
        let mut rest = link.along;
        for pair in network.shape(link.walk).windows(2) {
            let length = distance_millimetres(pair[0], pair[1]);
            if rest > length {
                rest -= length;
                continue;
            }
            let ends = [pair[0].min(pair[1]), pair[0].max(pair[1])];
            let walk = network.walk(link.walk);
            let mut fitting = self
                .by_ends
                .get(&ends)?
                .iter()
                .filter(|piece| (piece.class, piece.private) == (walk.class, walk.private));
            let (&piece, None) = (fitting.next()?, fitting.next()) else {
                return None;
            };
            let from_first = pair[0] == self.extract.at(piece.nodes[0]);
            let along = if from_first { rest } else { length - rest };
            return (pair[0] != pair[1]).then_some((piece, along as f64));
        }
        None
    }

    /// The same places; those with a link that cannot be found here are unlinked.
    pub fn known(&self, network: &WalkNetwork, links: &Links) -> Links {
        let found = |link: &Link| self.locate(network, *link).is_some();
        Links::gather((0..links.len()).map(|place| {
            let of_place = links.of(place);
            if of_place.iter().all(found) {
                of_place.iter().map(|&link| Ok(link)).collect()
            } else {
                vec![Err(Unlinked::TooFar)]
            }
        }))
    }

    /// The graph for one walker and one kind of cost.
    pub fn town(
        &self,
        network: &WalkNetwork,
        walker: &Walker,
        kind: CostKind,
        [sources, facilities]: [&Links; 2],
    ) -> (Town, HashMap<i64, NodeIndex>) {
        let mut marks: BTreeMap<Piece, Vec<(f64, f64, Place)>> = BTreeMap::new();
        let mut mark = |links: &Links, place: fn(usize) -> Place| {
            for number in 0..links.len() {
                for &link in links.of(number) {
                    let (piece, along) = self.locate(network, link).unwrap();
                    let gap = link.gap as f64 * per_millimetre(walker, kind, 1.0);
                    let marks = marks.entry(piece).or_default();
                    marks.push((along, gap, place(number)));
                }
            }
        };
        mark(sources, Place::Source);
        mark(facilities, Place::Facility);

        let junctions: BTreeSet<i64> = network
            .junctions()
            .iter()
            .map(|junction| junction.osm_id)
            .collect();
        let mut town = Town::new(sources, facilities);
        let mut nodes: BTreeMap<Point, NodeIndex> = BTreeMap::new();
        for (number, (piece, share)) in self.pieces.iter().enumerate() {
            let Some(factor) = factor(walker, piece.class) else {
                continue;
            };
            let places = piece.nodes.map(|node| self.extract.at(node));
            let millimetres = distance_millimetres(places[0], places[1]) as f64;
            let cost = millimetres * per_millimetre(walker, kind, factor)
                + match (kind, piece.class.kind) {
                    (CostKind::Time, WalkKind::Elevator) => walker.elevator * 10.0 * share,
                    _ => 0.0,
                };
            let marks = marks.remove(piece).unwrap_or_default();
            for &layer in piece.layers() {
                let ends = self
                    .points(piece, number, walker, layer)
                    .map(|(node, point)| {
                        let at = self.extract.at(node);
                        *nodes
                            .entry(point)
                            .or_insert_with(|| town.graph.add_node(Some(at)))
                    });
                let here =
                    |place: &Place| layer != Layer::In || matches!(place, Place::Facility(_));
                town.add(Stretch {
                    ends,
                    cost,
                    arrival: piece.nodes.map(|node| Leg {
                        cost: self.wait(node, walker, kind),
                        walks: u32::from(junctions.contains(&self.extract.id(node))),
                    }),
                    open: [
                        piece.direction != Direction::Backward,
                        piece.direction != Direction::Forward,
                    ],
                    marks: marks
                        .iter()
                        .filter(|(.., place)| here(place))
                        .map(|&(along, gap, place)| (cost * along / millimetres, gap, place))
                        .collect(),
                });
            }
        }
        for (from, to) in self.doors(&nodes, walker) {
            town.graph.add_edge(from, to, Leg::default());
        }
        let whole = nodes.iter().filter_map(|(point, &node)| match point {
            Point::Whole(osm, Layer::Public) => Some((self.extract.id(*osm), node)),
            _ => None,
        });
        let whole = whole.collect();
        (town, whole)
    }

    /// From private ground to the street and back, and out of the smaller part on
    /// either side of a gate for residents.
    fn doors(
        &self,
        nodes: &BTreeMap<Point, NodeIndex>,
        walker: &Walker,
    ) -> Vec<(NodeIndex, NodeIndex)> {
        let numbers: BTreeMap<Point, usize> = nodes.keys().copied().zip(0..).collect();
        let mut sets = UnionFind::new(numbers.len());
        let mut drawn = BTreeSet::new();
        let mut lengths = Vec::new();
        for (number, piece) in self.pieces.keys().enumerate() {
            if piece.private || factor(walker, piece.class).is_none() {
                continue;
            }
            let ends = self.points(piece, number, walker, Layer::Public);
            let [one, other] = ends.map(|(_, point)| numbers[&point]);
            sets.union(one, other);
            if drawn.insert((piece.nodes, piece.class)) {
                let [from, to] = piece.nodes.map(|node| self.extract.at(node));
                lengths.push((one, distance_millimetres(from, to)));
            }
        }
        let mut size: HashMap<usize, u64> = HashMap::new();
        for (point, length) in lengths {
            *size.entry(sets.find(point)).or_default() += length;
        }
        let mut doors = Vec::new();
        let mut by_node: BTreeMap<OsmNode, Vec<Point>> = BTreeMap::new();
        for &point in nodes.keys() {
            if let Point::Whole(node, _) | Point::ArmTo(node, ..) = point {
                by_node.entry(node).or_default().push(point);
            }
        }
        for (node, points) in by_node {
            let role = self.roles.get(&node).copied().unwrap_or_default();
            if role.shut {
                continue;
            }
            for &from in &points {
                for &to in &points {
                    let part = |point| sets.find(numbers[&point]);
                    let open = match (layer(from), layer(to)) {
                        (Layer::Out, Layer::Public) => true,
                        (Layer::Public, Layer::In) => !role.stop,
                        (Layer::Public, Layer::Public) => {
                            part(from) != part(to) && size[&part(from)] < size[&part(to)]
                        }
                        _ => false,
                    };
                    if open {
                        doors.push((nodes[&from], nodes[&to]));
                    }
                }
            }
        }
        doors
    }

    fn points(
        &self,
        piece: &Piece,
        number: usize,
        walker: &Walker,
        layer: Layer,
    ) -> [(OsmNode, Point); 2] {
        let [a, b] = piece.nodes;
        [(a, b), (b, a)].map(|(node, other)| {
            let role = self.roles.get(&node).copied().unwrap_or_default();
            let point = if role.stops_wheels(walker.wheels) {
                Point::EndOf(node, number, layer)
            } else if role.shut || role.stop && !piece.private {
                Point::ArmTo(node, other, layer)
            } else {
                Point::Whole(node, layer)
            };
            (node, point)
        })
    }

    fn wait(&self, node: OsmNode, walker: &Walker, kind: CostKind) -> f64 {
        let role = self.roles.get(&node).copied().unwrap_or_default();
        let mut seconds = 0.0;
        if kind == CostKind::Time && role.crossing == Some(Crossing::Signals) {
            seconds += walker.signals;
        }
        if kind == CostKind::Time && role.elevator {
            seconds += walker.elevator;
        }
        seconds * 10.0
    }
}

fn layer(point: Point) -> Layer {
    match point {
        Point::Whole(_, layer) | Point::ArmTo(.., layer) | Point::EndOf(.., layer) => layer,
    }
}

/// All kinds but steps and elevators cost the same.
fn level(class: WalkClass) -> WalkClass {
    match class.kind {
        WalkKind::Steps | WalkKind::Elevator => class,
        _ => WalkClass {
            kind: WalkKind::Street,
            ..class
        },
    }
}
