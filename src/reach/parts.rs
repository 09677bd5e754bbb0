//! Which parts of walks lie within limits, to the millimetre.

use super::{Search, Stop};
use crate::link::Going;
use crate::network::{Arc, WalkGraph, WalkId};
use crate::units::Cost;

/// A part of a walk that lies within a limit and, where there are several, in none
/// of the lower ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// The limit, as an index into the list of limits.
    pub limit: u32,
    /// The walk.
    pub walk: WalkId,
    /// Where it begins, in millimetres from the walk's first end.
    pub from: u64,
    /// Where it ends; both ends belong to it.
    pub to: u64,
}

/// A graph, and the walks that end at each of its nodes, parallel ones and loops too.
#[derive(Clone, Debug)]
pub struct Territory<'a> {
    graph: &'a WalkGraph,
    first: Vec<u32>,
    walks: Vec<WalkId>,
}

/// One worker's arrays, to be used again and again.
#[derive(Clone, Debug)]
pub struct Surveyor {
    search: Search,
    seen: Vec<u32>,
    generation: u32,
    found: Vec<WalkId>,
    spans: Spans,
}

/// A range of costs along a walk, from its first end, both ends included.
type Range = [Cost; 2];

/// What lies within limits on one walk.
#[derive(Clone, Debug, Default)]
struct Spans {
    ranges: Vec<Range>,
    /// Positions within a limit and within the one before, in millimetres, ascending and
    /// apart.
    within: Vec<[u64; 2]>,
    before: Vec<[u64; 2]>,
}

impl<'a> Territory<'a> {
    /// The usable walks of a graph, by node.
    pub fn of(graph: &'a WalkGraph) -> Self {
        let mut at_node: Vec<(u32, WalkId)> = Vec::new();
        for (number, arc) in (0..).zip(graph.arcs()).filter(|(_, arc)| arc.usable()) {
            at_node.extend(arc.ends.map(|end| (end, WalkId(number))));
        }
        at_node.sort_unstable();
        at_node.dedup();
        let mut first = vec![0; graph.node_count() + 1];
        for &(node, _) in &at_node {
            first[node as usize + 1] += 1;
        }
        for node in 1..first.len() {
            first[node] += first[node - 1];
        }
        Self {
            graph,
            first,
            walks: at_node.into_iter().map(|(_, walk)| walk).collect(),
        }
    }

    /// A worker for this graph.
    pub fn surveyor(&self) -> Surveyor {
        Surveyor {
            search: Search::new(self.graph.node_count()),
            seen: vec![0; self.graph.arcs().len()],
            generation: 0,
            found: Vec::new(),
            spans: Spans::default(),
        }
    }

    /// The parts of walks from which (`Going::In`) or to which (`Going::Out`) one of
    /// the stops is within the limits: a position belongs to a part exactly if its cost,
    /// by [`Stop`] and the search, is within. By limit, walk and position; parts do not
    /// overlap.
    ///
    /// # Units
    /// `limits` in the cost of the graph, ascending.
    pub fn parts(
        &self,
        stops: &[Stop],
        going: Going,
        limits: &[Cost],
        surveyor: &mut Surveyor,
    ) -> Vec<Part> {
        let Some(&most) = limits.last() else {
            return Vec::new();
        };
        let graph = self.graph;
        let arc = |stop: &Stop| graph.arc(stop.walk);
        let seed = |(node, cost)| (node, cost, 0);
        let search = &mut surveyor.search;
        match going {
            Going::Out => {
                let seeds = stops.iter().flat_map(|stop| stop.departures(arc(stop)));
                search.run(graph.forward(), seeds.map(seed), most);
            }
            Going::In => {
                let seeds = stops.iter().flat_map(|stop| stop.arrivals(arc(stop)));
                search.run(graph.backward(), seeds.map(seed), most);
            }
        }
        let on_walk = stops.iter().copied().filter(|s| s.junction.is_none());
        let mut on_walk: Vec<Stop> = on_walk.collect();
        on_walk.sort_unstable();
        surveyor.find(self, &on_walk);
        let Surveyor {
            search,
            found,
            spans,
            ..
        } = surveyor;
        let mut parts = Vec::with_capacity(found.len());
        // Walks and stops ascend, and the walk of every stop was found.
        let mut rest = &*on_walk;
        for &walk in &*found {
            let own = rest.iter().take_while(|stop| stop.walk == walk).count();
            let (own, later) = rest.split_at(own);
            rest = later;
            let arc = graph.arc(walk);
            let met = Met {
                arc,
                ends: arc.ends.map(|end| search.cost(end)),
                stops: own,
                going,
            };
            met.add_parts(walk, limits, spans, &mut parts);
        }
        parts.sort_unstable();
        parts
    }
}

impl Surveyor {
    /// Finds the walks at everything that was reached, and those of the stops, ascending.
    fn find(&mut self, territory: &Territory, on_walk: &[Stop]) {
        self.generation = self.generation.wrapping_add(1);
        if self.generation == 0 {
            self.seen.fill(0);
            self.generation = 1;
        }
        self.found.clear();
        let reached = self.search.reached().iter().flat_map(|&node| {
            let node = node as usize;
            &territory.walks[territory.first[node] as usize..territory.first[node + 1] as usize]
        });
        for &walk in reached.chain(on_walk.iter().map(|stop| &stop.walk)) {
            let seen = &mut self.seen[walk.0 as usize];
            if *seen != self.generation {
                *seen = self.generation;
                self.found.push(walk);
            }
        }
        self.found.sort_unstable();
    }
}

/// A walk, and from where it is met.
struct Met<'a> {
    arc: &'a Arc,
    /// What its ends cost.
    ends: [Option<Cost>; 2],
    stops: &'a [Stop],
    going: Going,
}

impl Met<'_> {
    fn add_parts(&self, walk: WalkId, limits: &[Cost], spans: &mut Spans, parts: &mut Vec<Part>) {
        spans.within.clear();
        for (limit, &cost) in (0..).zip(limits) {
            std::mem::swap(&mut spans.within, &mut spans.before);
            self.find(cost, spans);
            for &range in &spans.within {
                without(range, &spans.before, |[from, to]| {
                    parts.push(Part {
                        limit,
                        walk,
                        from,
                        to,
                    });
                });
            }
        }
    }

    /// Finds what lies within a limit.
    fn find(&self, limit: Cost, spans: &mut Spans) {
        let Spans { ranges, within, .. } = spans;
        ranges.clear();
        within.clear();
        ranges.extend((0..2).filter_map(|end| self.by_end(end, limit)));
        ranges.extend(self.stops.iter().filter_map(|stop| self.from(stop, limit)));
        ranges.sort_unstable();
        // Ranges of costs that meet are one: most walks are whole then.
        ranges.dedup_by(|[from, to], before| {
            let meet = *from <= before[1].saturating_add(1);
            if meet {
                before[1] = before[1].max(*to);
            }
            meet
        });
        let positions = ranges
            .iter()
            .filter_map(|&[from, to]| self.arc.along_within(from, to));
        for [from, to] in positions {
            match within.last_mut() {
                Some(last) if from <= last[1] + 1 => last[1] = last[1].max(to),
                _ => within.push([from, to]),
            }
        }
    }

    /// By an end. Who stands there is there, whatever the walk's direction.
    fn by_end(&self, end: usize, limit: Cost) -> Option<Range> {
        let arc = self.arc;
        let (spent, open) = match self.going {
            Going::Out => (self.ends[end]?, arc.open[end]),
            Going::In => (
                self.ends[end]?.saturating_add(arc.wait[end]),
                arc.open[1 - end],
            ),
        };
        let room = limit.checked_sub(spent)?;
        let far = if open { room.min(arc.cost) } else { 0 };
        Some(match end {
            0 => [0, far],
            _ => [arc.cost - far, arc.cost],
        })
    }

    /// Along the walk itself.
    fn from(&self, stop: &Stop, limit: Cost) -> Option<Range> {
        let arc = self.arc;
        let room = limit.checked_sub(stop.gap)?;
        let [upwards, downwards] = match self.going {
            Going::Out => arc.open,
            Going::In => [arc.open[1], arc.open[0]],
        };
        let far = |open, rest: Cost| if open { room.min(rest) } else { 0 };
        Some([
            stop.along - far(downwards, stop.along),
            stop.along + far(upwards, arc.cost - stop.along),
        ])
    }
}

/// What of a range lies outside others, which ascend and lie apart.
fn without([from, to]: [u64; 2], others: &[[u64; 2]], mut keep: impl FnMut([u64; 2])) {
    let mut next = from;
    for &[low, high] in others {
        if high < next || low > to {
            continue;
        }
        if low > next {
            keep([next, low - 1]);
        }
        next = high + 1;
    }
    if next <= to {
        keep([next, to]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_reached_before_is_left_out() {
        for (range, others, expected) in [
            ([0, 10], vec![], vec![[0, 10]]),
            ([0, 10], vec![[0, 10]], vec![]),
            ([0, 10], vec![[3, 5]], vec![[0, 2], [6, 10]]),
            ([0, 10], vec![[0, 2], [9, 10]], vec![[3, 8]]),
            ([4, 10], vec![[0, 2], [5, 6]], vec![[4, 4], [7, 10]]),
        ] {
            let mut found = Vec::new();
            without(range, &others, |part| found.push(part));
            assert_eq!(found, expected);
        }
    }
}
