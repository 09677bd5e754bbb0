//! Walks that are added to a network, as plans do. The network itself stays as it is: a new
//! one is made.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::graph::WalkGraph;
use super::model::{Contact, Junction, JunctionId, Part, Position, Walk, WalkId, WalkNetwork};
use crate::plane::{LonLat, distance_millimetres};
use crate::profile::{Crossing, Direction, NodeRole, WalkClass};

/// A walk that is planned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewWalk {
    /// Its points in order, at least two; those at which it joins others are among them.
    pub shape: Vec<LonLat>,
    /// What walkers read.
    pub class: WalkClass,
    /// Whether it crosses a street with signals, which is waited at once, in its middle.
    pub signals: bool,
    /// By what number it is known, as OSM ways are by theirs: a negative one.
    pub way: i64,
    /// Where it joins other walks: the point of its shape, by place in it, and the
    /// position on the network as it is; ascending.
    pub joins: Vec<(usize, Position)>,
}

/// A network with walks added to it. What was there keeps its number; of a walk that a
/// new one joins between its ends the pieces after the first come at the end, and share
/// its cost without a rest.
#[derive(Clone, Debug, Default)]
pub struct Extension {
    /// The network before.
    before: Arc<WalkNetwork>,
    /// The network with the walks.
    network: Arc<WalkNetwork>,
    /// Of every walk of before that was cut its pieces: where each begins, ascending.
    pieces: BTreeMap<WalkId, Vec<(u64, WalkId)>>,
    /// For every walk beyond those of before the one that it is a piece of; none of an
    /// added walk.
    of: Vec<Option<WalkId>>,
}

impl Extension {
    /// Nothing is added yet.
    pub fn of(before: Arc<WalkNetwork>) -> Self {
        Self {
            network: before.clone(),
            before,
            ..Self::default()
        }
    }

    /// The network before.
    pub fn before(&self) -> &Arc<WalkNetwork> {
        &self.before
    }

    /// The network as it is now.
    pub fn network(&self) -> &Arc<WalkNetwork> {
        &self.network
    }

    /// Whether a walk was added.
    pub fn is_added(&self, walk: WalkId) -> bool {
        let beyond = (walk.0 as usize).checked_sub(self.before.walks.len());
        beyond.is_some_and(|at| self.of[at].is_none())
    }

    /// The walk of before that a walk is a piece of, or is; `None` of an added one.
    pub fn was(&self, walk: WalkId) -> Option<WalkId> {
        match (walk.0 as usize).checked_sub(self.before.walks.len()) {
            None => Some(walk),
            Some(at) => self.of[at],
        }
    }

    /// All added walks, ascending.
    pub fn added(&self) -> impl Iterator<Item = WalkId> + '_ {
        let all = self.before.walks.len() as u32..self.network.walks.len() as u32;
        all.map(WalkId).filter(|&walk| self.is_added(walk))
    }

    /// The walks of before that were cut, ascending.
    pub fn cut_walks(&self) -> impl Iterator<Item = WalkId> + '_ {
        self.pieces.keys().copied()
    }

    /// Whether a walk of before was cut.
    pub fn is_cut(&self, walk: WalkId) -> bool {
        self.pieces.contains_key(&walk)
    }

    /// Where a position of before lies now.
    pub fn carried(&self, position: Position) -> Position {
        let Some(pieces) = self.pieces.get(&position.walk) else {
            return position;
        };
        // Where it was cut both pieces end: the first of them.
        let last = pieces.partition_point(|&(from, _)| from < position.along);
        let (from, walk) = pieces[last.saturating_sub(1)];
        Position {
            walk,
            along: position.along - from,
        }
    }

    /// The pieces of a walk of before, each with where it begins along it, ascending; the
    /// walk itself where it was not cut.
    pub fn pieces(&self, walk: WalkId) -> impl Iterator<Item = (u64, WalkId)> + '_ {
        let cut = self.pieces.get(&walk);
        let whole = cut.is_none().then_some((0, walk));
        cut.into_iter().flatten().copied().chain(whole)
    }

    /// For every node of a graph of before its number in the graph of now, of the same
    /// walker.
    pub fn nodes(&self, before: &WalkGraph, now: &WalkGraph) -> Vec<u32> {
        let mut nodes: Vec<u32> = (0..before.node_count() as u32).collect();
        // Nodes that a walker does not pass have one number for every walk.
        let junctions = self.before.junctions.len() as u32;
        for (walk, arc) in (0..).map(WalkId).zip(before.arcs()) {
            for (end, &node) in arc.ends.iter().enumerate() {
                if node >= junctions {
                    let mut pieces = self.pieces(walk);
                    let piece = if end == 0 {
                        pieces.next()
                    } else {
                        pieces.last()
                    };
                    let piece = piece.map_or(walk, |(_, piece)| piece);
                    nodes[node as usize] = now.arc(piece).ends[end];
                }
            }
        }
        nodes
    }

    /// Adds a walk to the network as it is now: cuts the walks that it joins, and is cut
    /// itself where it joins them.
    pub fn add(&mut self, walk: &NewWalk) {
        let mut stations: BTreeMap<usize, JunctionId> = BTreeMap::new();
        let mut cuts: Vec<(Position, WalkId)> = Vec::new();
        for &(point, position) in &walk.joins {
            // What was cut for an earlier join may have been this walk.
            let position = cuts.iter().fold(position, after_cut);
            let (junction, behind) = self.junction_at(position, walk.shape[point]);
            cuts.extend(behind.map(|behind| (position, behind)));
            stations.entry(point).or_insert(junction);
        }
        let last = walk.shape.len() - 1;
        for end in [0, last] {
            let at = walk.shape[end];
            stations
                .entry(end)
                .or_insert_with(|| self.now().push_junction(at, NodeRole::default()));
        }
        let mut shape = walk.shape.clone();
        if walk.signals {
            let middle = signals(&mut shape, &mut stations);
            let role = NodeRole {
                crossing: Some(Crossing::Signals),
                ..NodeRole::default()
            };
            let junction = self.now().push_junction(shape[middle], role);
            stations.insert(middle, junction);
        }
        let stations: Vec<(usize, JunctionId)> = stations.into_iter().collect();
        for pair in stations.windows(2) {
            let [(from, first), (to, second)] = [pair[0], pair[1]];
            let shape = &shape[from..=to];
            let pairs = shape.windows(2);
            let millimetres = pairs
                .map(|pair| distance_millimetres(pair[0], pair[1]))
                .sum();
            if first == second && millimetres == 0 {
                continue;
            }
            let new = Walk {
                ends: [first, second],
                millimetres,
                class: walk.class,
                direction: Direction::Both,
                way: walk.way,
                private: false,
                part: Part::all(millimetres),
                shape: [0; 2],
            };
            self.now().push(new, shape);
            self.of.push(None);
        }
    }

    /// The network, to be changed: the first change makes it another than that of before.
    fn now(&mut self) -> &mut WalkNetwork {
        Arc::make_mut(&mut self.network)
    }

    /// The junction at a position; where there is none the walk is cut, and what lies
    /// behind is told.
    fn junction_at(&mut self, position: Position, at: LonLat) -> (JunctionId, Option<WalkId>) {
        let walk = self.network.walk(position.walk);
        if position.along == 0 {
            (walk.ends[0], None)
        } else if position.along >= walk.millimetres {
            (walk.ends[1], None)
        } else {
            let (junction, behind) = self.cut(position, at);
            (junction, Some(behind))
        }
    }

    /// Cuts a walk in two.
    fn cut(&mut self, position: Position, at: LonLat) -> (JunctionId, WalkId) {
        let Position { walk: id, along } = position;
        let walk = *self.network.walk(id);
        let shape = self.network.shape(id).to_vec();
        let mut before = 0;
        let mut point = shape.len() - 1;
        for (number, pair) in shape.windows(2).enumerate() {
            before += distance_millimetres(pair[0], pair[1]);
            if before >= along {
                point = number + 1;
                break;
            }
        }
        let junction = self.now().push_junction(at, NodeRole::default());
        let mut first: Vec<LonLat> = shape[..point].to_vec();
        first.push(at);
        let mut second = vec![at];
        second.extend(shape[point..].iter().skip_while(|&&place| place == at));
        if second.len() == 1 {
            second.push(at);
        }
        let behind = Walk {
            ends: [junction, walk.ends[1]],
            millimetres: walk.millimetres - along,
            part: Part {
                from: walk.part.from + along,
                ..walk.part
            },
            ..walk
        };
        let behind = self.now().push(behind, &second);
        let now = self.now();
        let from = now.shape.len() as u32;
        now.shape.extend(first);
        let to = now.shape.len() as u32;
        let kept = &mut now.walks[id.0 as usize];
        kept.ends[1] = junction;
        kept.millimetres = along;
        kept.shape = [from, to];
        // Whose piece it is, and where that begins.
        let whole = self.was(id);
        self.of.push(whole);
        if let Some(whole) = whole {
            let pieces = self.pieces.entry(whole).or_insert_with(|| vec![(0, whole)]);
            let own = pieces.iter().position(|&(_, piece)| piece == id);
            let own = own.unwrap_or_default();
            let from = pieces[own].0 + along;
            pieces.insert(own + 1, (from, behind));
        }
        for contact in &mut self.now().contacts {
            contact.cut(position, behind);
        }
        (junction, behind)
    }
}

/// Where a position lies once a walk was cut.
fn after_cut(position: Position, (cut, behind): &(Position, WalkId)) -> Position {
    if position.walk == cut.walk && position.along > cut.along {
        Position {
            walk: *behind,
            along: position.along - cut.along,
        }
    } else {
        position
    }
}

/// Puts a point in the middle of the longest piece of a shape; its place in it.
fn signals(shape: &mut Vec<LonLat>, stations: &mut BTreeMap<usize, JunctionId>) -> usize {
    let lengths = shape
        .windows(2)
        .map(|pair| distance_millimetres(pair[0], pair[1]));
    let longest = lengths
        .enumerate()
        .max_by_key(|&(at, length)| (length, usize::MAX - at));
    let before = longest.map_or(0, |(at, _)| at);
    let [one, other] = [shape[before], shape[before + 1]];
    let middle = LonLat {
        lon: i32::midpoint(one.lon, other.lon),
        lat: i32::midpoint(one.lat, other.lat),
    };
    shape.insert(before + 1, middle);
    let moved = std::mem::take(stations).into_iter();
    *stations = moved
        .map(|(point, junction)| (point + usize::from(point > before), junction))
        .collect();
    before + 1
}

impl Contact {
    /// Moves its positions on a walk that was cut.
    fn cut(&mut self, cut: Position, behind: WalkId) {
        for side in &mut self.sides {
            if !side
                .iter()
                .any(|at| at.walk == cut.walk && at.along >= cut.along)
            {
                continue;
            }
            let moved = side.iter().flat_map(|&at| {
                let on_it = at.walk == cut.walk;
                let before = (!on_it || at.along <= cut.along).then_some(at);
                let after = (on_it && at.along >= cut.along).then(|| Position {
                    walk: behind,
                    along: at.along - cut.along,
                });
                before.into_iter().chain(after)
            });
            let mut moved: Vec<Position> = moved.collect();
            moved.sort_unstable();
            *side = moved.into_boxed_slice();
        }
    }
}

impl WalkNetwork {
    pub(super) fn push_junction(&mut self, at: LonLat, role: NodeRole) -> JunctionId {
        let number = self.junctions.len() as u32;
        // As of what is drawn and not in OpenStreetMap yet.
        let osm_id = -i64::from(number) - 1;
        self.junctions.push(Junction { osm_id, at, role });
        JunctionId(number)
    }
}

/// The place at a share of a straight piece.
pub(super) fn between(one: LonLat, other: LonLat, share: f64) -> LonLat {
    let part =
        |a: i32, b: i32| (f64::from(a) + share * (f64::from(b) - f64::from(a))).round() as i32;
    LonLat {
        lon: part(one.lon, other.lon),
        lat: part(one.lat, other.lat),
    }
}
