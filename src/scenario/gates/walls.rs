//! Where a gate can stand: in walls, and on the outlines of what may be a compound.

use rstar::{AABB, RTree, RTreeObject};

use crate::network::{KnownGates, is_wall, keeps_compound};
use crate::osm::{Extract, NodeIndex, TagSet, Tags, Way};
use crate::plane::{Area, LonLat, Plane, box_around};
use crate::profile::{AccessRules, Verdict};

/// All walls and outlines of an extract, to be found by place.
#[derive(Debug)]
pub(in crate::scenario) struct Walls {
    pieces: RTree<Piece>,
    /// Pieces of ways that the gates of a table keep off the network.
    barred: Vec<[LonLat; 2]>,
    /// By node, whether a walk leads over it.
    walked: Vec<bool>,
}

/// Whose a straight piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Owner {
    /// A way, by its place in the extract.
    Way(usize),
    /// A relation.
    Relation(usize),
}

/// A straight piece of a wall or an outline.
#[derive(Debug)]
struct Piece {
    nodes: [NodeIndex; 2],
    ends: [LonLat; 2],
    owner: Owner,
    /// Whether walks lead over both its ends, and so, it may be, along it.
    walked: bool,
}

impl RTreeObject for Piece {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        AABB::from_corners(corner(self.ends[0]), corner(self.ends[1]))
    }
}

fn corner(place: LonLat) -> [f64; 2] {
    [f64::from(place.lon), f64::from(place.lat)]
}

/// A straight piece of a wall or an outline, and where on it a gate is to be.
pub(super) struct Side {
    /// The nodes between which it runs.
    pub nodes: [NodeIndex; 2],
    /// Where these are.
    pub ends: [LonLat; 2],
    /// How far it is from where the gate was wanted.
    pub metres: f64,
    /// Where on the piece, from 0 to 1.
    pub share: f64,
    /// The place.
    pub at: LonLat,
    /// Whether walks lead over both ends, and so, it may be, along it.
    pub walked: bool,
}

impl Walls {
    /// The walls and outlines of an extract.
    pub fn of(extract: &Extract, rules: &AccessRules, known: &KnownGates) -> Self {
        let ways = extract.ways.iter().enumerate();
        let ways = ways.filter(|(_, way)| {
            keeps_compound(&way.tags) && (is_wall(&way.tags) || way.ring().is_some())
        });
        let ways = ways.map(|(number, way)| (Owner::Way(number), way));
        let relations = extract.relations.iter().enumerate();
        let relations = relations.filter(|(_, relation)| keeps_compound(&relation.tags));
        let of_relations = relations.flat_map(|(number, relation)| {
            let ways = extract.ways_of(relation);
            ways.map(move |way| (Owner::Relation(number), way))
        });
        let pieces = ways.chain(of_relations).flat_map(|(owner, way)| {
            let pairs = way.runs().flat_map(|run| run.windows(2));
            pairs.map(move |pair| Piece {
                nodes: [pair[0], pair[1]],
                ends: [extract.at(pair[0]), extract.at(pair[1])],
                owner,
                walked: false,
            })
        });
        let mut pieces: Vec<Piece> = pieces.collect();
        let mut walked = vec![false; extract.node_ids.len()];
        let walks = extract.ways.iter();
        let walks = walks.filter(|way| {
            let verdict = rules.way(&way.tags);
            matches!(verdict, Verdict::Walkable(_) | Verdict::Private(_))
        });
        let mut barred = Vec::new();
        for run in walks.flat_map(Way::runs) {
            for node in run {
                walked[node.0 as usize] = true;
            }
            let along = run.windows(2);
            let along = along.map(|pair| [extract.at(pair[0]), extract.at(pair[1])]);
            barred.extend(along.filter(|&piece| known.bar(piece)));
        }
        for piece in &mut pieces {
            piece.walked = piece.nodes.iter().all(|node| walked[node.0 as usize]);
        }
        Self {
            pieces: RTree::bulk_load(pieces),
            barred,
            walked,
        }
    }

    /// Pieces of ways that the gates of a table keep off the network.
    pub fn barred(&self) -> &[[LonLat; 2]] {
        &self.barred
    }

    /// Whether a walk leads over a node.
    pub fn is_walked(&self, node: NodeIndex) -> bool {
        self.walked[node.0 as usize]
    }

    /// The piece that is nearest to a place, where one lies within so many metres.
    pub(super) fn nearest(&self, at: LonLat, metres: f64) -> Option<Side> {
        let plane = Plane::at(at);
        let (low, high) = box_around([at, at], metres);
        let around = AABB::from_corners(corner(low), corner(high));
        let found = self.pieces.locate_in_envelope_intersecting(&around);
        let sides = found.filter_map(|piece| {
            let (share, foot) = plane.nearest_on(piece.ends);
            let far = foot[0].hypot(foot[1]);
            let side = Side {
                nodes: piece.nodes,
                ends: piece.ends,
                metres: far,
                share,
                at: plane.place(foot),
                walked: piece.walked,
            };
            (far <= metres).then_some((piece.owner, side))
        });
        let nearest = sides.min_by(|(first, one), (second, other)| {
            let order = |owner: &Owner, side: &Side| (*owner, side.nodes);
            one.metres
                .total_cmp(&other.metres)
                .then_with(|| order(first, one).cmp(&order(second, other)))
        });
        nearest.map(|(_, side)| side)
    }

    /// Whether another piece with nodes of its own runs where a piece does.
    pub(super) fn are_doubled(&self, side: &Side) -> bool {
        let [one, other] = side.ends;
        let envelope = AABB::from_corners(corner(one), corner(other));
        let mut found = self.pieces.locate_in_envelope_intersecting(&envelope);
        let [from, to] = side.nodes;
        found.any(|piece| {
            [[one, other], [other, one]].contains(&piece.ends)
                && ![[from, to], [to, from]].contains(&piece.nodes)
        })
    }

    /// Whether a gate in a piece would make a compound of residential land that is none:
    /// of land on whose outline it lies, and that is not among the `known`.
    pub(super) fn would_enclose(&self, extract: &Extract, side: &Side, known: &[&Area]) -> bool {
        let [one, other] = side
            .ends
            .map(|end| [f64::from(end.lon), f64::from(end.lat)]);
        let found = self
            .pieces
            .locate_in_envelope_intersecting(&AABB::from_corners(one, other));
        let [from, to] = side.nodes;
        let same = found.filter(|piece| [[from, to], [to, from]].contains(&piece.nodes));
        let residential = |tags: &Tags| tags.has("landuse", "residential") && !is_wall(tags);
        let area = |piece: &Piece| match piece.owner {
            Owner::Way(number) => {
                let way = &extract.ways[number];
                let ring = way.ring().filter(|_| residential(&way.tags))?;
                Area::from_ring(ring.iter().map(|&node| extract.at(node)).collect())
            }
            Owner::Relation(number) => {
                let relation = &extract.relations[number];
                let found = residential(&relation.tags).then(|| extract.area_of(relation).0);
                found.flatten().map(|found| found.area)
            }
        };
        let is_known = |area: &Area| known.iter().any(|own| own.polygons() == area.polygons());
        same.filter_map(area).any(|area| !is_known(&area))
    }
}
