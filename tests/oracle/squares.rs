//! The lines on which pedestrian areas are walked, by the geometry of `geo`: rings
//! strung together from the ways, and `relate` for "stays inside".

use std::collections::{BTreeMap, BTreeSet};

use geo::{Area, BooleanOps, Coord, Line, LineString, MultiPolygon, Polygon, Relate};
use living_circle::network::Obstacles;
use living_circle::osm::{Extract, NodeIndex, Relation, Way, tagged_on_ways};
use living_circle::profile::{AccessRules, Verdict, WalkClass};

type Ring = Vec<NodeIndex>;
type Lines = Vec<([NodeIndex; 2], WalkClass)>;

struct Square {
    class: WalkClass,
    ways: BTreeSet<i64>,
    /// The pieces of its rings, without those between two holes.
    border: BTreeSet<[NodeIndex; 2]>,
    ground: MultiPolygon<f64>,
    origin: NodeIndex,
}

impl Square {
    /// The rings that hang together with one of these nodes.
    fn rings_at(&self, entries: &[NodeIndex]) -> impl Iterator<Item = [NodeIndex; 2]> {
        let mut reached: BTreeSet<NodeIndex> = entries.iter().copied().collect();
        loop {
            let before = reached.len();
            for pair in &self.border {
                if pair.iter().any(|node| reached.contains(node)) {
                    reached.extend(pair);
                }
            }
            if reached.len() == before {
                break;
            }
        }
        let border = self.border.iter().copied();
        border.filter(move |pair| reached.contains(&pair[0]))
    }
}

/// All lines: rings, and straight ones between entries.
pub fn lines(extract: &Extract, rules: &AccessRules) -> Lines {
    let squares = squares(extract, rules);
    let obstacles = Obstacles::of(extract, rules);
    let mut users: BTreeMap<NodeIndex, BTreeSet<i64>> = BTreeMap::new();
    let walked = |way: &&Way| matches!(rules.way(&way.tags), Verdict::Walkable(_));
    for way in extract.ways.iter().filter(walked) {
        for pair in way.nodes.windows(2) {
            let known = !pair.contains(&NodeIndex::MISSING) && pair[0] != pair[1];
            for &node in pair.iter().filter(|_| known) {
                users.entry(node).or_default().insert(way.id);
            }
        }
    }
    // Squares use their nodes too, under numbers of their own.
    let own = |number: usize| i64::MIN + number as i64;
    for (number, square) in squares.iter().enumerate() {
        for &node in square.border.iter().flatten() {
            users.entry(node).or_default().insert(own(number));
        }
    }
    let (mut lines, mut straight) = (Vec::new(), Vec::new());
    for (number, square) in squares.iter().enumerate() {
        let nodes: BTreeSet<NodeIndex> = square.border.iter().flatten().copied().collect();
        let entries: Vec<NodeIndex> = nodes
            .into_iter()
            .filter(|node| {
                let mut users = users[node].iter();
                users.any(|user| *user != own(number) && !square.ways.contains(user))
            })
            .collect();
        lines.extend(square.rings_at(&entries).map(|pair| (pair, square.class)));
        for (at, &a) in entries.iter().enumerate() {
            for &b in &entries[at + 1..] {
                let across = Line::new(
                    local(extract, square.origin, a),
                    local(extract, square.origin, b),
                );
                let free = || !obstacles.cross(extract.at(a), extract.at(b));
                if across.start != across.end && square.ground.relate(&across).is_covers() && free()
                {
                    straight.push((ordered(a, b), square.class));
                }
            }
        }
    }
    lines.append(&mut straight);
    lines
}

fn ordered(a: NodeIndex, b: NodeIndex) -> [NodeIndex; 2] {
    [a.min(b), a.max(b)]
}

/// In 10⁻⁷ degrees from a node: whole numbers so small that all products are exact.
fn local(extract: &Extract, origin: NodeIndex, node: NodeIndex) -> Coord<f64> {
    let (at, origin) = (extract.at(node), extract.at(origin));
    Coord {
        x: f64::from(at.lon) - f64::from(origin.lon),
        y: f64::from(at.lat) - f64::from(origin.lat),
    }
}

fn squares(extract: &Extract, rules: &AccessRules) -> Vec<Square> {
    let (mut squares, mut of_relations) = (Vec::new(), Vec::new());
    let mut outlines = BTreeSet::new();
    for relation in &extract.relations {
        // By old custom the outer way speaks for a relation that says nothing.
        let way = outer(relation).find_map(|id| extract.way(id));
        let tags = match way {
            Some(way) if tagged_on_ways(&relation.tags) => &way.tags,
            _ => &relation.tags,
        };
        let Some(class) = rules.area(tags).map(|passage| passage.class) else {
            continue;
        };
        let ways: Vec<&Way> = extract.ways_of(relation).collect();
        let rings = strung(&ways);
        outlines.extend(outer(relation));
        of_relations.extend(square(extract, class, &ways, &rings));
    }
    for way in &extract.ways {
        let closed = way.nodes.len() >= 4 && way.nodes.first() == way.nodes.last();
        let whole = !way.nodes.contains(&NodeIndex::MISSING);
        let passage = rules.area(&way.tags).filter(|_| closed && whole);
        let Some(class) = passage.map(|passage| passage.class) else {
            continue;
        };
        if !outlines.contains(&way.id) {
            squares.extend(square(extract, class, &[way], &[way.nodes.to_vec()]));
        }
    }
    squares.append(&mut of_relations);
    squares
}

fn outer(relation: &Relation) -> impl Iterator<Item = i64> {
    let members = relation.members.iter();
    members
        .filter(|member| member.role != "inner")
        .map(|member| member.id)
}

/// Ways joined at their ends until they close.
fn strung(ways: &[&Way]) -> Vec<Ring> {
    let mut open: Vec<Ring> = ways
        .iter()
        .filter(|way| !way.nodes.contains(&NodeIndex::MISSING))
        .map(|way| way.nodes.to_vec())
        .collect();
    let mut closed = Vec::new();
    while let Some(mut ring) = open.pop() {
        if ring.first() == ring.last() {
            closed.push(ring);
            continue;
        }
        let end = ring.last().copied();
        let next = open
            .iter()
            .position(|other| other.first().copied() == end || other.last().copied() == end);
        if let Some(next) = next {
            let mut other = open.swap_remove(next);
            if other.first().copied() != end {
                other.reverse();
            }
            ring.extend(other.into_iter().skip(1));
            open.push(ring);
        }
    }
    closed
}

/// What an odd number of the rings encloses.
fn square(extract: &Extract, class: WalkClass, ways: &[&Way], rings: &[Ring]) -> Option<Square> {
    let origin = *rings.first()?.first()?;
    let drawn = |ring: &Ring| {
        let places = ring.iter().map(|&node| local(extract, origin, node));
        Polygon::new(places.collect::<LineString<f64>>(), Vec::new())
    };
    let mut polygons = rings.iter().map(drawn);
    // One ring stays as it is drawn; the clipping of several moves no corner.
    let first = MultiPolygon::new(vec![polygons.next()?]);
    let ground = polygons.fold(first, |ground, ring| {
        ground.xor(&MultiPolygon::new(vec![ring]))
    });
    let mut border = BTreeSet::new();
    for pair in rings.iter().flat_map(|ring| ring.windows(2)) {
        let pair = ordered(pair[0], pair[1]);
        if pair[0] != pair[1] && !border.remove(&pair) {
            border.insert(pair);
        }
    }
    (ground.unsigned_area() > 0.0).then(|| Square {
        class,
        ways: ways.iter().map(|way| way.id).collect(),
        border,
        ground,
        origin,
    })
}
