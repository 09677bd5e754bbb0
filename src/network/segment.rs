//! Pieces of ways between two neighbouring nodes, before they become walks.

use std::collections::BTreeMap;

use super::census::Census;
use crate::notice::{Notice, Notices};
use crate::osm::{Extract, NodeIndex};
use crate::plane::LonLat;
use crate::profile::{AccessRules, Direction, NodeRole, Verdict, WalkClass};

/// A point of the network under construction: a node of the extract, or one of
/// the dead ends into which a node that nobody passes is split.
pub(super) type Point = u32;

/// A piece of a walk between two points, `a < b`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Segment {
    pub a: Point,
    pub b: Point,
    pub class: WalkClass,
    /// Seen from `a`.
    pub direction: Direction,
    pub way: i64,
}

/// All segments, and what is known of their points.
pub(super) struct Segments<'a> {
    extract: &'a Extract,
    roles: BTreeMap<Point, NodeRole>,
    /// For every split node its neighbour on that side; points beyond the
    /// extract's nodes are places in this list.
    splits: Vec<(Point, Point)>,
    pub list: Vec<Segment>,
}

impl<'a> Segments<'a> {
    /// Cuts all walkable ways into segments. Segments drawn twice count once.
    pub fn of(
        extract: &'a Extract,
        rules: &AccessRules,
        census: &mut Census,
        notices: &mut Notices,
    ) -> Self {
        let roles = extract
            .nodes
            .iter()
            .map(|node| (node.index.0, rules.node(&node.tags)))
            .filter(|(_, role)| !role.is_plain())
            .collect();
        let mut segments = Self {
            extract,
            roles,
            splits: Vec::new(),
            list: Vec::new(),
        };
        for way in &extract.ways {
            let passage = match rules.way(&way.tags) {
                Verdict::NotARoad => continue,
                Verdict::Refused(reason) => {
                    *census.refused.entry(reason).or_default() += 1;
                    continue;
                }
                Verdict::Walkable(passage) => passage,
            };
            census.ways += 1;
            census.conditional += u64::from(passage.conditional);
            census.sidewalks_apart += u64::from(passage.sidewalks_apart);
            let missing = way
                .nodes
                .iter()
                .filter(|&&node| node == NodeIndex::MISSING)
                .count();
            census.missing_nodes += missing as u64;
            for run in way.runs() {
                for pair in run.windows(2) {
                    segments.push(
                        pair[0].0,
                        pair[1].0,
                        passage.class,
                        passage.direction,
                        way.id,
                    );
                }
            }
        }
        segments.split_stops();
        segments.drop_doubles(notices);
        segments
    }

    fn push(&mut self, a: Point, b: Point, class: WalkClass, direction: Direction, way: i64) {
        if a == b {
            return;
        }
        self.list.push(if a < b {
            Segment {
                a,
                b,
                class,
                direction,
                way,
            }
        } else {
            Segment {
                a: b,
                b: a,
                class,
                direction: direction.reversed(),
                way,
            }
        });
    }

    /// Gives every arm of a node that nobody passes a dead end of its own. The
    /// dead end is named by the node and its neighbour, so that it does not
    /// matter how the ways are drawn.
    fn split_stops(&mut self) {
        let stops = |point: &Point, roles: &BTreeMap<Point, NodeRole>| {
            roles.get(point).is_some_and(|role| role.stop)
        };
        for segment in &self.list {
            for (here, there) in [(segment.a, segment.b), (segment.b, segment.a)] {
                if stops(&here, &self.roles) {
                    self.splits.push((here, there));
                }
            }
        }
        self.splits.sort_unstable();
        self.splits.dedup();
        let base = self.extract.node_ids.len() as u32;
        let splits = std::mem::take(&mut self.splits);
        let dead_end = |here: Point, there: Point| {
            splits
                .binary_search(&(here, there))
                .map_or(here, |at| base + at as u32)
        };
        for segment in &mut self.list {
            let (a, b) = (segment.a, segment.b);
            let direction = segment.direction;
            (segment.a, segment.b) = (dead_end(a, b), dead_end(b, a));
            if segment.a > segment.b {
                std::mem::swap(&mut segment.a, &mut segment.b);
                segment.direction = direction.reversed();
            }
        }
        self.splits = splits;
    }

    /// Of pieces drawn more than once one stays. Drawn one way and the other, or
    /// one way and both, it may be walked both ways.
    fn drop_doubles(&mut self, notices: &mut Notices) {
        self.list.sort_unstable();
        self.list.dedup_by(|later, earlier| {
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
    }

    /// How many points there are.
    pub fn points(&self) -> usize {
        self.extract.node_ids.len() + self.splits.len()
    }

    /// The OSM node of a point.
    pub fn node(&self, point: Point) -> NodeIndex {
        let split = (point as usize).checked_sub(self.extract.node_ids.len());
        NodeIndex(split.map_or(point, |at| self.splits[at].0))
    }

    /// Where a point lies.
    pub fn at(&self, point: Point) -> LonLat {
        self.extract.at(self.node(point))
    }

    /// The OSM id of a point's node.
    pub fn osm_id(&self, point: Point) -> i64 {
        self.extract.id(self.node(point))
    }

    /// Which arm of a split node it is; 0 for the others.
    pub fn arm(&self, point: Point) -> i64 {
        (point as usize)
            .checked_sub(self.extract.node_ids.len())
            .map_or(0, |at| self.extract.id(NodeIndex(self.splits[at].1)))
    }

    /// What a walker meets at a point.
    pub fn role(&self, point: Point) -> NodeRole {
        self.roles
            .get(&self.node(point).0)
            .copied()
            .unwrap_or_default()
    }
}
