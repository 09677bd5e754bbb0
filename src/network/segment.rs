//! Pieces of ways between two neighbouring nodes, before they become walks.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::census::Census;
use super::doubles::Repeated;
use super::enclosed::{Parts, enclosed};
use super::obstacle::Obstacles;
use super::plaza;
use crate::notice::{Notice, Notices};
use crate::osm::{Extract, NodeIndex};
use crate::plane::LonLat;
use crate::profile::{AccessRules, Direction, NodeRole, Passage, Verdict, WalkClass};

/// A point of the network under construction: a node of the extract, or one of its
/// copies ([`Side`]).
pub(super) type Point = u32;

/// Of a node with several points the one that is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    /// The dead end of one arm, named by its neighbour, where nobody passes.
    Arm(Point),
    /// Where private ways meet. Nobody walks through a private ground, so its points
    /// are none of the public's.
    Private,
    /// The dead end of a private way at a wall or a locked gate.
    PrivateArm(Point),
}

/// A piece of a walk between two points, `a < b`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Segment {
    pub a: Point,
    pub b: Point,
    pub class: WalkClass,
    /// Seen from `a`.
    pub direction: Direction,
    pub way: i64,
    /// Whether only those who live there walk it.
    pub private: bool,
}

/// Two points of one node, between which nobody walks through; the private one
/// first, where one is private.
pub(super) type Seam = [Point; 2];

/// What a walker meets at nodes: at few of them anything, so that is told first.
struct Roles {
    has: Vec<bool>,
    by_node: BTreeMap<Point, NodeRole>,
}

impl Roles {
    fn of(nodes: usize, roles: Vec<(Point, NodeRole)>) -> Self {
        let mut has = vec![false; nodes];
        for &(node, _) in &roles {
            has[node as usize] = true;
        }
        Self {
            has,
            by_node: roles.into_iter().collect(),
        }
    }

    fn at(&self, node: Point) -> NodeRole {
        if self.has[node as usize] {
            self.by_node.get(&node).copied().unwrap_or_default()
        } else {
            NodeRole::default()
        }
    }
}

/// All segments, and what is known of their points.
pub(super) struct Segments<'a> {
    pub extract: &'a Extract,
    roles: Roles,
    /// Copies of nodes; points beyond the extract's nodes are places in this list.
    copies: Vec<(Point, Side)>,
    pub list: Vec<Segment>,
}

/// A piece from one point to another; `None` where they are the same.
fn segment([a, b]: [Point; 2], passage: Passage, way: i64, private: bool) -> Option<Segment> {
    let direction = passage.direction;
    (a != b).then(|| Segment {
        a: a.min(b),
        b: a.max(b),
        class: passage.class,
        direction: if a < b {
            direction
        } else {
            direction.reversed()
        },
        way,
        private,
    })
}

impl<'a> Segments<'a> {
    /// Cuts all walkable ways into segments. Segments drawn twice count once.
    pub fn of(
        extract: &'a Extract,
        rules: &AccessRules,
        obstacles: &Obstacles,
        census: &mut Census,
        notices: &mut Notices,
    ) -> Self {
        let known = obstacles.gates();
        let roles: Vec<(Point, NodeRole)> = extract
            .nodes
            .par_iter()
            .map(|node| {
                let role = rules.node(&node.tags);
                (node.index.0, known.role(extract.at(node.index), role))
            })
            .filter(|(_, role)| !role.is_plain())
            .collect();
        let verdicts: Vec<Verdict> = extract
            .ways
            .par_iter()
            .map(|way| rules.way(&way.tags))
            .collect();
        let ways = extract.ways.par_iter().zip(&verdicts);
        let pieces = ways.flat_map_iter(|(way, verdict)| {
            let walked = match *verdict {
                Verdict::Walkable(passage) => Some((passage, false)),
                Verdict::Private(passage) => Some((passage, true)),
                Verdict::NotARoad | Verdict::Refused(_) => None,
            };
            walked.into_iter().flat_map(move |(passage, private)| {
                let pairs = way.runs().flat_map(|run| run.windows(2));
                pairs.filter_map(move |pair| {
                    let piece = [extract.at(pair[0]), extract.at(pair[1])];
                    if known.bar(piece) {
                        return None;
                    }
                    let private = private && !known.opens(piece);
                    segment([pair[0].0, pair[1].0], passage, way.id, private)
                })
            })
        });
        let mut segments = Self {
            extract,
            roles: Roles::of(extract.node_ids.len(), roles),
            copies: Vec::new(),
            list: pieces.collect(),
        };
        for (way, verdict) in extract.ways.iter().zip(verdicts) {
            let (passage, private) = match verdict {
                Verdict::NotARoad => continue,
                Verdict::Refused(reason) => {
                    *census.refused.entry(reason).or_default() += 1;
                    continue;
                }
                Verdict::Walkable(passage) => (passage, false),
                Verdict::Private(passage) => (passage, true),
            };
            if private {
                census.private_ways += 1;
            } else {
                census.ways += 1;
            }
            census.conditional += u64::from(passage.conditional);
            census.sidewalks_apart += u64::from(passage.sidewalks_apart);
            let missing = way
                .nodes
                .iter()
                .filter(|&&node| node == NodeIndex::MISSING)
                .count();
            census.missing_nodes += missing as u64;
        }
        plaza::cross(&mut segments, rules, obstacles, census, notices);
        let (repeated, parts) = rayon::join(
            || Repeated::of(&segments.list, extract.node_ids.len()),
            || Parts::of(&segments),
        );
        let enclosed = enclosed(&segments, parts, &repeated);
        for (segment, enclosed) in segments.list.iter_mut().zip(enclosed) {
            segment.private |= enclosed;
        }
        segments.split_points();
        segments.drop_doubles(repeated, notices);
        segments
    }

    pub fn push(&mut self, ends: [Point; 2], passage: Passage, way: i64, private: bool) {
        self.list.extend(segment(ends, passage, way, private));
    }

    /// Which copy of `here` a segment to `there` ends at; `None` at the node itself.
    pub fn side(&self, private: bool, here: Point, there: Point) -> Option<Side> {
        let role = self.roles.at(here);
        match (private, role.shut, role.stop) {
            (true, true, _) => Some(Side::PrivateArm(there)),
            (true, false, _) => Some(Side::Private),
            (false, _, true) => Some(Side::Arm(there)),
            (false, _, false) => None,
        }
    }

    /// Gives every arm of a node that nobody passes a dead end of its own, and the
    /// private ways points of their own. An arm is named by the node and its
    /// neighbour, so that it does not matter how the ways are drawn.
    fn split_points(&mut self) {
        let mut list = std::mem::take(&mut self.list);
        let sides = |segment: &Segment| {
            [(segment.a, segment.b), (segment.b, segment.a)]
                .map(|(here, there)| (here, self.side(segment.private, here, there)))
        };
        let mut copies: Vec<(Point, Side)> = list
            .par_iter()
            .flat_map_iter(sides)
            .filter_map(|(here, side)| Some((here, side?)))
            .collect();
        copies.par_sort_unstable();
        copies.dedup();
        let base = self.extract.node_ids.len() as u32;
        let copy = |(here, side): (Point, Option<Side>)| {
            let found = side.and_then(|side| copies.binary_search(&(here, side)).ok());
            found.map_or(here, |at| base + at as u32)
        };
        list.par_iter_mut().for_each(|segment| {
            let [a, b] = sides(segment).map(copy);
            (segment.a, segment.b) = (a.min(b), a.max(b));
            if a > b {
                segment.direction = segment.direction.reversed();
            }
        });
        self.list = list;
        self.copies = copies;
    }

    /// Where private ways meet public ones, and what stands on either side of a gate
    /// for residents.
    pub fn seams(&self) -> Vec<Seam> {
        let base = self.extract.node_ids.len();
        let mut public = vec![false; base];
        for segment in self.list.iter().filter(|segment| !segment.private) {
            for point in [segment.a, segment.b] {
                if let Some(public) = public.get_mut(point as usize) {
                    *public = true;
                }
            }
        }
        let numbered: Vec<(Point, Point, Side)> = (base as Point..)
            .zip(&self.copies)
            .map(|(point, &(node, side))| (node, point, side))
            .collect();
        let mut seams = Vec::new();
        for of_node in numbered.chunk_by(|one, other| one.0 == other.0) {
            let role = self.roles.at(of_node[0].0);
            if role.shut {
                continue;
            }
            let mut outer: Vec<Point> = of_node
                .iter()
                .filter(|(.., side)| matches!(side, Side::Arm(_)))
                .map(|&(_, point, _)| point)
                .collect();
            if public[of_node[0].0 as usize] {
                outer.push(of_node[0].0);
            }
            let private = of_node.iter().filter(|(.., side)| *side == Side::Private);
            for &(_, inner, _) in private {
                seams.extend(outer.iter().map(|&point| [inner, point]));
            }
            for (at, &one) in outer.iter().enumerate() {
                seams.extend(outer[at + 1..].iter().map(|&other| [one, other]));
            }
        }
        seams
    }

    /// Of pieces drawn more than once one stays. Drawn one way and the other, or
    /// one way and both, it may be walked both ways.
    fn drop_doubles(&mut self, repeated: Repeated, notices: &mut Notices) {
        let mut repeated = repeated.taken_from(&mut self.list);
        repeated.sort_unstable();
        repeated.dedup_by(|later, earlier| {
            let same = (later.a, later.b, later.class) == (earlier.a, earlier.b, earlier.class);
            if same {
                if later.direction != earlier.direction {
                    earlier.direction = Direction::Both;
                }
                earlier.way = earlier.way.min(later.way);
                notices.note(Notice::DoubledSegments, format!("way {}", later.way));
            }
            same
        });
        self.list.append(&mut repeated);
    }

    /// How many points there are.
    pub fn points(&self) -> usize {
        self.extract.node_ids.len() + self.copies.len()
    }

    fn copy(&self, point: Point) -> Option<(Point, Side)> {
        let at = (point as usize).checked_sub(self.extract.node_ids.len())?;
        self.copies.get(at).copied()
    }

    /// The OSM node of a point.
    pub fn node(&self, point: Point) -> NodeIndex {
        NodeIndex(self.copy(point).map_or(point, |(node, _)| node))
    }

    /// Where a point lies.
    pub fn at(&self, point: Point) -> LonLat {
        self.extract.at(self.node(point))
    }

    /// The OSM id of a point's node.
    pub fn osm_id(&self, point: Point) -> i64 {
        self.extract.id(self.node(point))
    }

    /// Which copy of its node a point is, the same however the ways are drawn.
    pub fn copy_order(&self, point: Point) -> (u8, i64) {
        let neighbour = |point| self.extract.id(NodeIndex(point));
        match self.copy(point) {
            None => (0, 0),
            Some((_, Side::Arm(there))) => (1, neighbour(there)),
            Some((_, Side::Private)) => (2, 0),
            Some((_, Side::PrivateArm(there))) => (3, neighbour(there)),
        }
    }

    /// What a walker meets at a point.
    pub fn role(&self, point: Point) -> NodeRole {
        self.roles.at(self.node(point).0)
    }
}
