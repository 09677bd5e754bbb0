//! From an extract to the walk network.

use std::cmp::Ordering;

use rayon::prelude::*;

use super::census::Census;
use super::chain::{Chain, Chains, chains};
use super::model::{Contact, Junction, JunctionId, Part, Position, Walk, WalkId, WalkNetwork};
use super::obstacle::Obstacles;
use super::segment::{Point, Seam, Segments};
use crate::notice::Notices;
use crate::osm::{Extract, TagSet, tagged_on_ways};
use crate::plane::{LonLat, distance_millimetres, hilbert_index};
use crate::profile::{AccessRules, Direction, Verdict, WalkClass};

/// Whether a way is read for the network: every road, refused ones too, so that
/// they are counted by reason, and squares.
pub fn keeps_way(tags: &dyn TagSet, rules: &AccessRules) -> bool {
    rules.way(tags) != Verdict::NotARoad || rules.area(tags).is_some()
}

/// Whether a relation is read for the network: pedestrian areas, and what says
/// nothing itself, as its ways may.
pub fn keeps_relation(tags: &dyn TagSet, rules: &AccessRules) -> bool {
    rules.area(tags).is_some() || tagged_on_ways(tags)
}

/// Whether a node's tags are read for the network.
pub fn keeps_node(tags: &dyn TagSet, rules: &AccessRules) -> bool {
    !rules.node(tags).is_plain()
}

impl WalkNetwork {
    /// Builds the network of an extract. No straight line across a pedestrian area
    /// crosses an obstacle.
    ///
    /// Ways meet at shared nodes only. A node that nobody passes (a wall, a
    /// locked gate) becomes a dead end for each of its arms. Lengths are summed
    /// in whole millimetres, segment by segment, on the WGS84 ellipsoid.
    pub fn build(
        extract: &Extract,
        rules: &AccessRules,
        obstacles: &Obstacles,
    ) -> (Self, Census, Notices) {
        let mut census = Census::default();
        let mut notices = Notices::default();
        let mut segments = Segments::of(extract, rules, obstacles, &mut census, &mut notices);
        let (seams, chains) = rayon::join(|| segments.seams(), || chains(&segments));
        // They are in the chains.
        segments.list = Vec::new();
        let network = number(&segments, &chains, &seams);
        census.count(extract, rules, &network);
        census.obstacles = obstacles.len() as u64;
        (network, census, notices)
    }
}

/// A chain between two numbered junctions.
#[derive(Clone, Copy)]
struct Numbered {
    /// The first has the lower number.
    ends: [JunctionId; 2],
    millimetres: u64,
    class: WalkClass,
    /// Seen from the first end.
    direction: Direction,
    chain: u32,
    /// Whether its first end is the chain's last.
    backwards: bool,
}

/// Chains, and where their points lie.
struct Drafts<'a> {
    segments: &'a Segments<'a>,
    chains: &'a Chains,
}

impl Drafts<'_> {
    /// The points of a walk, from its first end on.
    fn points(&self, walk: &Numbered) -> impl Iterator<Item = Point> + '_ {
        let points = self.chains.points(walk.chain as usize);
        let (last, backwards) = (points.len() - 1, walk.backwards);
        (0..points.len()).map(move |at| points[if backwards { last - at } else { at }])
    }

    /// Where they lie.
    fn shape(&self, walk: &Numbered) -> impl Iterator<Item = LonLat> + '_ {
        self.points(walk).map(|point| self.segments.at(point))
    }

    /// Numbers the ends of a chain, and turns it so that its first end has the lower number
    /// (a loop: so that its shape reads lower).
    fn numbered(&self, chain: usize, number_of: &[JunctionId]) -> Numbered {
        let points = self.chains.points(chain);
        let mut ends = [points[0], points[points.len() - 1]].map(|end| number_of[end as usize]);
        let at = |point: &Point| self.segments.at(*point);
        let backwards = match ends[0].cmp(&ends[1]) {
            Ordering::Less => false,
            Ordering::Greater => true,
            Ordering::Equal => points.iter().rev().map(at).lt(points.iter().map(at)),
        };
        let Chain {
            class,
            mut direction,
            ..
        } = self.chains.list[chain];
        if backwards {
            ends.reverse();
            direction = direction.reversed();
        }
        let pairs = points.windows(2);
        let millimetres = pairs.map(|pair| distance_millimetres(at(&pair[0]), at(&pair[1])));
        Numbered {
            ends,
            millimetres: millimetres.sum(),
            class,
            direction,
            chain: chain as u32,
            backwards,
        }
    }

    fn compare(&self, one: &Numbered, other: &Numbered) -> Ordering {
        let key = |walk: &Numbered| (walk.ends, walk.millimetres, walk.class, walk.direction);
        key(one)
            .cmp(&key(other))
            .then_with(|| self.shape(one).cmp(self.shape(other)))
            .then(one.chain.cmp(&other.chain))
    }
}

/// Numbers junctions and walks.
fn number(segments: &Segments, chains: &Chains, seams: &[Seam]) -> WalkNetwork {
    let drafts = Drafts { segments, chains };
    let junctions = junctions(segments, chains);
    let mut number_of = vec![JunctionId(u32::MAX); segments.points()];
    for (number, &point) in (0..).map(JunctionId).zip(&junctions) {
        number_of[point as usize] = number;
    }
    let junction = |&point: &Point| Junction {
        osm_id: segments.osm_id(point),
        at: segments.at(point),
        role: segments.role(point),
    };
    let junctions = junctions.par_iter().map(junction).collect();
    let all = 0..chains.list.len();
    let numbered = all.into_par_iter();
    let mut numbered: Vec<Numbered> = numbered
        .map(|chain| drafts.numbered(chain, &number_of))
        .collect();
    drop(number_of);
    numbered.par_sort_unstable_by(|one, other| drafts.compare(one, other));
    let (contacts, (walks, shape)) = rayon::join(
        || contacts(&drafts, &numbered, seams),
        || walks(&drafts, &numbered),
    );
    WalkNetwork {
        junctions,
        walks,
        shape,
        contacts,
    }
}

/// The walks, and the shapes of all of them.
fn walks(drafts: &Drafts, numbered: &[Numbered]) -> (Vec<Walk>, Vec<LonLat>) {
    let chains = drafts.chains;
    let mut shape = Vec::with_capacity(chains.count_points());
    let walks = numbered.iter().map(|walk| {
        let from = shape.len() as u32;
        shape.extend(drafts.shape(walk));
        let chain = &chains.list[walk.chain as usize];
        Walk {
            ends: walk.ends,
            millimetres: walk.millimetres,
            class: walk.class,
            direction: walk.direction,
            way: chain.way,
            private: chain.private,
            part: Part::all(walk.millimetres),
            shape: [from, shape.len() as u32],
        }
    });
    (walks.collect(), shape)
}

/// The points where chains end, in the order of their numbers: along the Hilbert curve,
/// then by OSM id and by which copy of the node it is.
fn junctions(segments: &Segments, chains: &Chains) -> Vec<Point> {
    let mut is_end = vec![false; segments.points()];
    for chain in 0..chains.list.len() {
        let points = chains.points(chain);
        for end in [points[0], points[points.len() - 1]] {
            is_end[end as usize] = true;
        }
    }
    let ends = is_end.par_iter().enumerate().filter(|(_, is_end)| **is_end);
    let mut ends: Vec<(u64, Point)> = ends
        .map(|(point, _)| (hilbert_index(segments.at(point as Point)), point as Point))
        .collect();
    ends.par_sort_unstable();
    for at_one_place in ends.chunk_by_mut(|one, other| one.0 == other.0) {
        at_one_place.sort_unstable_by_key(|&(_, point)| {
            (segments.osm_id(point), segments.copy_order(point), point)
        });
    }
    ends.into_iter().map(|(_, point)| point).collect()
}

/// The contacts of private grounds, as positions on the numbered walks.
fn contacts(drafts: &Drafts, numbered: &[Numbered], seams: &[Seam]) -> Vec<Contact> {
    let segments = drafts.segments;
    if seams.is_empty() {
        return Vec::new();
    }
    let mut is_seam = vec![false; segments.points()];
    for &point in seams.iter().flatten() {
        is_seam[point as usize] = true;
    }
    let on_walk = |(number, walk): (usize, &Numbered)| {
        let mut met = Vec::new();
        if drafts.points(walk).any(|point| is_seam[point as usize]) {
            let (mut along, mut before) = (0, None);
            for point in drafts.points(walk) {
                let at = segments.at(point);
                along += before.map_or(0, |before| distance_millimetres(before, at));
                before = Some(at);
                if is_seam[point as usize] {
                    let walk = WalkId(number as u32);
                    met.push((point, Position { walk, along }));
                }
            }
        }
        met
    };
    let met = numbered.par_iter().enumerate().flat_map_iter(on_walk);
    let mut met: Vec<(Point, Position)> = met.collect();
    met.par_sort_unstable();
    let side = |point: Point| -> Box<[Position]> {
        let from = met.partition_point(|(known, _)| *known < point);
        let own = met[from..].iter().take_while(|(known, _)| *known == point);
        own.map(|(_, position)| *position).collect()
    };
    let mut contacts: Vec<Contact> = seams
        .par_iter()
        .map(|seam| Contact {
            sides: seam.map(side),
            role: segments.role(seam[0]),
        })
        .collect();
    contacts.par_sort_unstable();
    contacts
}
