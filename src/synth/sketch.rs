//! Sketches in metres: lines that join where they cross on the same level.

use std::collections::{BTreeMap, HashMap};

use super::layout::placed;
use crate::osm::{Drawing, DrawnNode, DrawnWay, Tags};
use crate::plane::LonLat;

/// East and north of the origin, in metres.
pub(super) type Metres = [f64; 2];

/// Tags as pairs, before they are sorted.
pub(super) type Pairs = Vec<(String, String)>;

/// Pairs from a literal.
pub(super) fn pairs(tags: &[(&str, &str)]) -> Pairs {
    tags.iter()
        .map(|&(key, value)| (key.to_owned(), value.to_owned()))
        .collect()
}

/// How a line meets others.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Joins {
    /// A street: joins streets of the same level where they cross, and any
    /// street where one of them ends.
    Street {
        /// 0 on the ground, above it on a bridge, below it in a tunnel.
        level: i8,
    },
    /// A wall, the border of a park, a railway: shares a node with every street
    /// on the ground that crosses it, and that node gets these tags.
    Border(Pairs),
    /// Joins nothing.
    Alone,
}

#[derive(Clone, Debug)]
struct Line {
    path: Vec<Metres>,
    joins: Joins,
    /// One way is written for each.
    tags: Vec<Pairs>,
}

/// Lines and points in metres around an origin.
#[derive(Clone, Debug, Default)]
pub(super) struct Sketch {
    lines: Vec<Line>,
    points: Vec<(Metres, Pairs)>,
}

/// The end of a street this near to another street joins it.
const END_JOINS: f64 = 3.0;
/// Places this near to each other are one node.
const SAME_NODE: f64 = 0.3;

impl Sketch {
    /// Draws an open line, or a closed one where the last place is the first.
    pub(super) fn line(&mut self, path: &[Metres], joins: Joins, tags: Vec<Pairs>) {
        let path = path.to_vec();
        self.lines.push(Line { path, joins, tags });
    }

    /// Draws a street on the ground.
    pub(super) fn street(&mut self, path: &[Metres], tags: &[(&str, &str)]) {
        self.line(path, Joins::Street { level: 0 }, vec![pairs(tags)]);
    }

    /// Draws a node, or gives tags to the one that is there.
    pub(super) fn point(&mut self, at: Metres, tags: &[(&str, &str)]) {
        self.points.push((at, pairs(tags)));
    }

    /// The objects of the sketch around `origin`, nodes and ways numbered from 1.
    pub(super) fn drawing(mut self, origin: LonLat) -> Drawing {
        self.join_ends();
        let cuts = self.crossings();
        let mut nodes = Nodes::default();
        let mut ways = Vec::new();
        for (line, cuts) in self.lines.iter().zip(cuts) {
            let refs = woven(line, cuts, &mut nodes);
            for tags in &line.tags {
                ways.push(DrawnWay {
                    id: ways.last().map_or(1, |way: &DrawnWay| way.id + 1),
                    tags: Tags::new(tags.iter().cloned()),
                    nodes: refs.clone(),
                });
            }
        }
        for (at, tags) in self.points {
            let id = nodes.id(at);
            nodes.tag(id, tags);
        }
        Drawing {
            nodes: nodes.drawn(origin),
            ways,
            ..Drawing::default()
        }
    }

    /// Moves the ends of streets onto the streets that they nearly touch.
    fn join_ends(&mut self) {
        for index in 0..self.lines.len() {
            let line = &self.lines[index];
            if !matches!(line.joins, Joins::Street { .. }) || is_closed(&line.path) {
                continue;
            }
            let last = line.path.len() - 1;
            for end in [0, last] {
                let at = self.lines[index].path[end];
                let nearest = self
                    .lines
                    .iter()
                    .enumerate()
                    .filter(|(other, line)| {
                        *other != index && matches!(line.joins, Joins::Street { .. })
                    })
                    .flat_map(|(_, line)| line.path.windows(2))
                    .map(|edge| nearest_on(edge[0], edge[1], at))
                    .map(|place| (distance(place, at), place))
                    .filter(|(gap, _)| *gap < END_JOINS)
                    .min_by(|(a, _), (b, _)| a.total_cmp(b));
                if let Some((_, place)) = nearest {
                    self.lines[index].path[end] = place;
                }
            }
        }
    }

    /// Where each line is cut, by its edges.
    fn crossings(&self) -> Vec<Vec<Cut>> {
        let mut cuts = vec![Vec::new(); self.lines.len()];
        for (second, b) in self.lines.iter().enumerate() {
            for (first, a) in self.lines[..second].iter().enumerate() {
                let Some(meeting) = meeting(&a.joins, &b.joins) else {
                    continue;
                };
                for (i, ab) in a.path.windows(2).enumerate() {
                    for (j, cd) in b.path.windows(2).enumerate() {
                        let Some((place, t, u)) = crossing(ab, cd) else {
                            continue;
                        };
                        if meeting == Meeting::AtEnds
                            && !(is_end(&a.path, place) || is_end(&b.path, place))
                        {
                            continue;
                        }
                        let tags = border_tags(&a.joins).or(border_tags(&b.joins));
                        let cut = |edge, along| Cut {
                            edge,
                            along,
                            place,
                            tags: tags.cloned().unwrap_or_default(),
                        };
                        cuts[first].push(cut(i, t));
                        cuts[second].push(cut(j, u));
                    }
                }
            }
        }
        cuts
    }
}

#[derive(Clone, Debug)]
struct Cut {
    edge: usize,
    along: f64,
    place: Metres,
    tags: Pairs,
}

#[derive(Clone, Copy, PartialEq)]
enum Meeting {
    Anywhere,
    AtEnds,
}

fn meeting(a: &Joins, b: &Joins) -> Option<Meeting> {
    match (a, b) {
        (Joins::Street { level: a }, Joins::Street { level: b }) if a == b => {
            Some(Meeting::Anywhere)
        }
        (Joins::Street { .. }, Joins::Street { .. }) => Some(Meeting::AtEnds),
        (Joins::Street { level: 0 }, Joins::Border(_))
        | (Joins::Border(_), Joins::Street { level: 0 }) => Some(Meeting::Anywhere),
        _ => None,
    }
}

fn border_tags(joins: &Joins) -> Option<&Pairs> {
    match joins {
        Joins::Border(tags) => Some(tags),
        _ => None,
    }
}

/// The nodes of a line with its cuts in their order.
fn woven(line: &Line, mut cuts: Vec<Cut>, nodes: &mut Nodes) -> Vec<i64> {
    cuts.sort_by(|a, b| a.edge.cmp(&b.edge).then(a.along.total_cmp(&b.along)));
    let mut cuts = cuts.into_iter().peekable();
    let mut refs: Vec<i64> = Vec::new();
    for (edge, &place) in line.path.iter().enumerate() {
        let id = nodes.id(place);
        if refs.last() != Some(&id) {
            refs.push(id);
        }
        while let Some(cut) = cuts.next_if(|cut| cut.edge == edge) {
            let id = nodes.id(cut.place);
            nodes.tag(id, cut.tags);
            if refs.last() != Some(&id) {
                refs.push(id);
            }
        }
    }
    refs
}

/// Nodes by place, numbered from 1 as they come.
#[derive(Default)]
struct Nodes {
    places: Vec<Metres>,
    by_cell: HashMap<[i64; 2], Vec<usize>>,
    tags: BTreeMap<i64, Pairs>,
}

impl Nodes {
    /// The node at a place: one that is there already, else a new one.
    fn id(&mut self, at: Metres) -> i64 {
        let cell = at.map(|metres| (metres / SAME_NODE).floor() as i64);
        let known = (-1..=1)
            .flat_map(|x| (-1..=1).map(move |y| [cell[0] + x, cell[1] + y]))
            .filter_map(|near| self.by_cell.get(&near))
            .flatten()
            .find(|&&known| distance(self.places[known], at) < SAME_NODE);
        let index = known.copied().unwrap_or_else(|| {
            self.places.push(at);
            let index = self.places.len() - 1;
            self.by_cell.entry(cell).or_default().push(index);
            index
        });
        (index as u64 + 1).cast_signed()
    }

    fn tag(&mut self, id: i64, tags: Pairs) {
        let known = self.tags.entry(id).or_default();
        for (key, value) in tags {
            // What was said later holds: a point on a gate closes it.
            known.retain(|(before, _)| *before != key);
            known.push((key, value));
        }
    }

    fn drawn(mut self, origin: LonLat) -> Vec<DrawnNode> {
        (1..)
            .zip(&self.places)
            .map(|(id, &at)| DrawnNode {
                id,
                at: placed(origin, at),
                tags: Tags::new(self.tags.remove(&id).unwrap_or_default()),
            })
            .collect()
    }
}

pub(super) fn distance([ax, ay]: Metres, [bx, by]: Metres) -> f64 {
    let (x, y) = (ax - bx, ay - by);
    (x * x + y * y).sqrt()
}

fn is_closed(path: &[Metres]) -> bool {
    path.len() > 2 && path.first() == path.last()
}

fn is_end(path: &[Metres], place: Metres) -> bool {
    let mut ends = path.first().into_iter().chain(path.last());
    ends.any(|&end| distance(end, place) < SAME_NODE)
}

/// The place of an edge that is nearest to `at`.
fn nearest_on(from: Metres, to: Metres, at: Metres) -> Metres {
    let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
    let squared = dx * dx + dy * dy;
    if squared == 0.0 {
        return from;
    }
    let along = ((at[0] - from[0]) * dx + (at[1] - from[1]) * dy) / squared;
    let along = along.clamp(0.0, 1.0);
    [from[0] + along * dx, from[1] + along * dy]
}

/// Where two edges meet, and how far along each; edges that end on the other
/// meet it, parallel edges never do.
fn crossing(first: &[Metres], second: &[Metres]) -> Option<(Metres, f64, f64)> {
    let apart = |axis: usize| {
        let [low, high] = extent(first, axis);
        let [other_low, other_high] = extent(second, axis);
        high + SAME_NODE < other_low || other_high + SAME_NODE < low
    };
    if apart(0) || apart(1) {
        return None;
    }
    let step = |edge: &[Metres]| [0, 1].map(|axis| edge[1][axis] - edge[0][axis]);
    let turn = |one: Metres, other: Metres| one[0] * other[1] - one[1] * other[0];
    let (along, across) = (step(first), step(second));
    let lengths = [first, second].map(|edge| distance(edge[0], edge[1]));
    let angle = turn(along, across);
    if angle.abs() < 1e-3 * lengths[0] * lengths[1] {
        return None;
    }
    let between = step(&[first[0], second[0]]);
    let shares = [turn(between, across) / angle, turn(between, along) / angle];
    let within = shares.iter().zip(lengths).all(|(share, length)| {
        let slack = SAME_NODE / 3.0 / length;
        (-slack..=1.0 + slack).contains(share)
    });
    let [share, other] = shares.map(|share| share.clamp(0.0, 1.0));
    let place = [0, 1].map(|axis| first[0][axis] + share * along[axis]);
    within.then_some((place, share, other))
}

fn extent(edge: &[Metres], axis: usize) -> [f64; 2] {
    let [from, to] = [edge[0][axis], edge[1][axis]];
    [from.min(to), from.max(to)]
}

#[cfg(test)]
mod tests {
    use super::super::layout::DEFAULT_ORIGIN;
    use super::*;
    use crate::osm::TagSet;

    const WAY: &[(&str, &str)] = &[("highway", "residential")];

    #[test]
    fn streets_share_a_node_where_they_cross_on_the_same_level_only() {
        let mut sketch = Sketch::default();
        sketch.street(&[[0.0, 0.0], [100.0, 0.0]], WAY);
        sketch.street(&[[30.0, -50.0], [30.0, 50.0]], WAY);
        // Stops 2 m short of the first street.
        sketch.street(&[[60.0, 2.0], [60.0, 50.0]], WAY);
        let bridge = Joins::Street { level: 1 };
        sketch.line(
            &[[80.0, -50.0], [80.0, 50.0]],
            bridge.clone(),
            vec![pairs(WAY)],
        );
        // A bridge that ends on the first street joins it.
        sketch.line(&[[90.0, 0.0], [90.0, 70.0]], bridge, vec![pairs(WAY)]);
        let ways = sketch.drawing(DEFAULT_ORIGIN).ways;
        assert_eq!(ways[0].nodes.len(), 5, "two ends, 30 m, 60 m and 90 m");
        assert!(ways[0].nodes.contains(&ways[1].nodes[1]));
        assert_eq!(ways[0].nodes[2], ways[2].nodes[0]);
        assert!(ways[3].nodes.iter().all(|id| !ways[0].nodes.contains(id)));
        assert_eq!(ways[0].nodes[3], ways[4].nodes[0]);
    }

    #[test]
    fn a_street_through_a_border_makes_a_gate() {
        let ring = [
            [0.0, 0.0],
            [50.0, 0.0],
            [50.0, 50.0],
            [0.0, 50.0],
            [0.0, 0.0],
        ];
        let mut sketch = Sketch::default();
        let gate = Joins::Border(pairs(&[("barrier", "gate")]));
        let wall = vec![
            pairs(&[("landuse", "residential")]),
            pairs(&[("barrier", "wall")]),
        ];
        sketch.line(&ring, gate, wall);
        sketch.street(&[[25.0, 25.0], [75.0, 25.0]], WAY);
        sketch.point([50.0, 25.0], &[("access", "private")]);
        let drawing = sketch.drawing(DEFAULT_ORIGIN);
        assert_eq!(drawing.ways[0].nodes, drawing.ways[1].nodes);
        let gates: Vec<&DrawnNode> = drawing
            .nodes
            .iter()
            .filter(|node| !node.tags.is_empty())
            .collect();
        assert_eq!(gates.len(), 1);
        assert_eq!(gates[0].tags.value("barrier"), Some("gate"));
        assert_eq!(gates[0].tags.value("access"), Some("private"));
        assert!(drawing.ways[0].nodes.contains(&gates[0].id));
        assert!(drawing.ways[2].nodes.contains(&gates[0].id));
    }
}
