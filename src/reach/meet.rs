//! Which points of one side are within a limit of points of the other.

use petgraph::csr::Csr;

use super::Search;
use super::crowd::{self, Crowd, LANES, Row};
use super::trips::Side;
use crate::units::Cost;

/// Points so far apart, in numbers of nodes along the Hilbert curve, have few nodes in
/// common.
const APART: u32 = 1 << 9;

/// Fewer points than these are searched from one by one: rows would be nearly empty.
const FEW: usize = 4;

/// Points in groups that are searched from together, at most [`LANES`]; within a group
/// ascending.
pub(super) fn crowds(side: &Side, points: &[u32], limit: Cost) -> Vec<Vec<u32>> {
    if limit > crowd::MOST {
        return points.iter().map(|&point| vec![point]).collect();
    }
    // Large sites have entrances all around.
    let nearest = |point: u32| {
        let nearest = side.ways.at(point).iter().min_by_key(|way| way.1);
        nearest.map_or(u32::MAX, |&(node, _)| node)
    };
    let points = points.iter().map(|&point| (nearest(point), point));
    let mut along: Vec<(u32, u32)> = points.collect();
    along.sort_unstable();
    let mut rest = &*along;
    let mut crowds = Vec::new();
    while let Some(&(first, _)) = rest.first() {
        let near = |&&(node, _): &&(u32, u32)| node - first <= APART;
        let together = rest.iter().take(LANES).take_while(near).count();
        let mut points: Vec<u32> = rest[..together].iter().map(|&(_, point)| point).collect();
        points.sort_unstable();
        if together < FEW {
            crowds.extend(points.into_iter().map(|point| vec![point]));
        } else {
            crowds.push(points);
        }
        rest = &rest[together..];
    }
    crowds
}

/// Searches from points of one side, and finds those of the other.
pub(super) struct Seeker<'a> {
    graph: &'a Csr<(), Cost>,
    own: &'a Side,
    other: &'a Side,
    limit: Cost,
    search: Search,
    crowd: Crowd,
    /// What is known of the points that were found, and which they are.
    best: Vec<Cost>,
    found: Vec<u32>,
    /// What single lanes meet straight: point, lane and cost.
    straight: Vec<(u32, usize, Cost)>,
}

impl<'a> Seeker<'a> {
    pub fn new(graph: &'a Csr<(), Cost>, [own, other]: [&'a Side; 2], limit: Cost) -> Self {
        Self {
            graph,
            own,
            other,
            limit,
            search: Search::new(graph.node_count()),
            crowd: Crowd::of(graph.node_count()),
            best: vec![Cost::MAX; other.len()],
            found: Vec::new(),
            straight: Vec::new(),
        }
    }

    /// Calls `each` with every point of the other side within the limit of one, and the
    /// cost.
    pub fn alone(&mut self, point: u32, mut each: impl FnMut(u32, Cost)) {
        let ways = self.own.ways.at(point).iter();
        let seeds = ways.map(|&(node, cost)| (node, cost, 0));
        self.search.run(self.graph, seeds, self.limit);
        for &node in self.search.reached() {
            let Some(so_far) = self.search.cost(node) else {
                continue;
            };
            for &(other, cost) in self.other.at.at(node) {
                let cost = so_far.saturating_add(cost);
                offer(&mut self.best, &mut self.found, other, cost);
            }
        }
        for &(other, cost) in self.own.straight.at(point) {
            offer(&mut self.best, &mut self.found, other, cost);
        }
        for other in self.found.drain(..) {
            let cost = std::mem::replace(&mut self.best[other as usize], Cost::MAX);
            if cost <= self.limit {
                each(other, cost);
            }
        }
    }

    /// Calls `each` with points of the other side, ascending, and what every lane pays
    /// between it and its own point; all that a lane reaches within the limit are among
    /// them. The limit is at most [`crowd::MOST`].
    pub fn together(&mut self, points: &[u32], mut each: impl FnMut(u32, &Row)) {
        let seeds = points.iter().enumerate().flat_map(|(lane, &point)| {
            let ways = self.own.ways.at(point).iter();
            ways.map(move |&(node, cost)| (lane, node, cost))
        });
        self.crowd.run(self.graph, seeds, self.limit);
        for &node in self.crowd.reached() {
            for &(other, _) in self.other.at.at(node) {
                mark(&mut self.best, &mut self.found, other);
            }
        }
        for (lane, &point) in points.iter().enumerate() {
            for &(other, cost) in self.own.straight.at(point) {
                mark(&mut self.best, &mut self.found, other);
                self.straight.push((other, lane, cost));
            }
        }
        self.straight.sort_unstable();
        self.found.sort_unstable();
        let mut straight = self.straight.drain(..).peekable();
        for other in self.found.drain(..) {
            self.best[other as usize] = Cost::MAX;
            let mut row = Row::beyond(self.limit);
            for &(node, cost) in self.other.ways.at(other) {
                if cost <= self.limit
                    && let Some(from) = self.crowd.row(node)
                {
                    row.lower(from, cost as i16);
                }
            }
            while let Some((_, lane, cost)) = straight.next_if(|&(of, ..)| of == other) {
                row.offer(lane, cost, self.limit);
            }
            each(other, &row);
        }
    }
}

/// Finds a point whose cost is not looked at yet.
fn mark(best: &mut [Cost], found: &mut Vec<u32>, point: u32) {
    offer(best, found, point, 0);
}

fn offer(best: &mut [Cost], found: &mut Vec<u32>, point: u32, cost: Cost) {
    let known = &mut best[point as usize];
    if cost < *known {
        if *known == Cost::MAX {
            found.push(point);
        }
        *known = cost;
    }
}
