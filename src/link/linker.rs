//! Finds the nearest walk that can be met by a straight leg.

use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::tracks::{Candidate, Tracks, corner};
use super::{Going, Link, Links, Unlinked};
use crate::network::{Compounds, Gate, Obstacles, WalkGraph, WalkId, WalkNetwork};
use crate::plane::{LonLat, Plane, distance_millimetres};

/// A part of the network whose walks are shorter than this in sum is a tiny
/// island: a place is linked to it only where nothing larger can be met
/// (`docs/decisions/islands.md`).
///
/// # Units
/// Metres.
pub const ISLAND_METRES: u64 = 1_000;

/// A walk this near to a gate begins there.
///
/// # Units
/// Millimetres.
const AT_GATE: u64 = 50;

/// How many places are linked at once.
const AT_ONCE: usize = 1 << 14;

/// What lies behind a gate, for those who leave and for visitors: found once, when it
/// is first asked for.
type Beyond = [OnceLock<Vec<Link>>; 2];

/// Links places to the walks that one walker may use.
pub struct Linker<'a> {
    graph: &'a WalkGraph,
    obstacles: &'a Obstacles,
    tracks: Vec<Arc<Tracks>>,
    limit: f64,
    island_metres: u64,
    /// For every compound and each of its gates.
    beyond: Vec<Vec<Beyond>>,
}

impl<'a> Linker<'a> {
    /// A linker for the usable walks of `graph`.
    ///
    /// # Units
    /// `limit`, the longest straight leg, in metres.
    pub fn new(
        network: &WalkNetwork,
        graph: &'a WalkGraph,
        obstacles: &'a Obstacles,
        limit: f64,
    ) -> Self {
        let usable = |walk: &WalkId| graph.arc(*walk).usable();
        let tracks = Tracks::of(network, graph, network.walk_ids().filter(usable));
        Self::on(vec![Arc::new(tracks)], graph, obstacles, limit)
    }

    /// A linker to what lies on these tracks.
    ///
    /// # Units
    /// `limit` in metres.
    pub fn on(
        tracks: Vec<Arc<Tracks>>,
        graph: &'a WalkGraph,
        obstacles: &'a Obstacles,
        limit: f64,
    ) -> Self {
        Self {
            graph,
            obstacles,
            tracks,
            limit,
            island_metres: ISLAND_METRES,
            beyond: obstacles
                .compounds()
                .iter()
                .map(|compound| compound.gates.iter().map(|_| Beyond::default()).collect())
                .collect(),
        }
    }

    /// The tracks on which it looks for walks.
    pub fn tracks(&self) -> &[Arc<Tracks>] {
        &self.tracks
    }

    /// The same linker with another size below which an island is tiny.
    ///
    /// # Units
    /// Metres of walks.
    pub fn with_islands_below(self, island_metres: u64) -> Self {
        Self {
            island_metres,
            ..self
        }
    }

    /// The links of places, each given by its entrances, in their order; in parallel.
    pub fn link_all(&self, places: &[&[LonLat]], going: Going) -> Links {
        let tried = |entrances: &&[LonLat]| -> Vec<Result<Link, Unlinked>> {
            let linked = entrances.iter().map(|&at| self.links(at, going));
            linked.flat_map(flattened).collect()
        };
        // Piece by piece, as what was tried takes several times what is kept.
        let pieces = places.chunks(AT_ONCE);
        let all = pieces.flat_map(|some| some.par_iter().map(tried).collect::<Vec<_>>());
        Links::gather(all)
    }

    /// The links of one place: to the nearest walk that can be met, and, where it lies
    /// in a compound, one by each gate that this walk does not lead to. The gate is
    /// walked to straight, however far; from it on the link limit holds.
    ///
    /// # Errors
    /// [`Unlinked`], where there is none.
    pub fn links(&self, at: LonLat, going: Going) -> Result<Vec<Link>, Unlinked> {
        let own = self.compounds().around(at).first().copied();
        self.links_from(at, own, None, going)
    }

    /// The links of a place whose innermost compound is `own`; a walk inside `left` is
    /// none, as who stands at its gate has left it.
    fn links_from(
        &self,
        at: LonLat,
        own: Option<usize>,
        left: Option<usize>,
        going: Going,
    ) -> Result<Vec<Link>, Unlinked> {
        let Some(own) = own else {
            return self.nearest(at, left).map(|link| vec![link]);
        };
        // A block of a table is left by its gates, whatever else is drawn.
        let nearest = if self.compounds().compound(own).of_table {
            Err(Unlinked::Enclosed)
        } else {
            self.nearest(at, left)
        };
        let gates = (0..).zip(&self.compounds().compound(own).gates);
        let mut open = gates.filter(|(_, gate)| going.passes(gate)).peekable();
        if nearest.is_err() && open.peek().is_none() {
            return Err(Unlinked::Enclosed);
        }
        let mut links: Vec<Link> = nearest.ok().into_iter().collect();
        let reached = nearest.map_or_else(|_| Vec::new(), |link| self.led_to(link.walk, going));
        for (number, gate) in open {
            let beyond = self.beyond(own, number, gate, going);
            // Who can walk through the gate by a way inside does so.
            let by_way = |link: &Link| reached.contains(&self.graph.component(link.walk));
            let led = gate.on_way && beyond.iter().all(by_way) && !beyond.is_empty();
            if led || self.obstacles.cross(at, gate.at) {
                continue;
            }
            let leg = distance_millimetres(at, gate.at);
            links.extend(beyond.iter().map(|link| Link {
                gap: link.gap + leg,
                ..*link
            }));
        }
        links.sort_unstable();
        if links.is_empty() {
            return Err(nearest.err().unwrap_or(Unlinked::Barred));
        }
        Ok(links)
    }

    /// The links of somebody who stands in a gate and has left its compound. Larger
    /// compounds around are left in turn; a smaller one is none that holds the gate.
    fn beyond(&self, compound: usize, number: usize, gate: &Gate, going: Going) -> &[Link] {
        let found = || {
            let around = self.compounds().around(gate.at);
            let outer = around.into_iter().find(|&outer| outer > compound);
            self.links_from(gate.at, outer, Some(compound), going)
                .unwrap_or_default()
        };
        self.beyond[compound][number][going as usize].get_or_init(found)
    }

    /// The link to the nearest walk whose straight leg crosses no obstacle, of each
    /// straight piece of a walk its nearest point. Ties go by the network's order of
    /// walks.
    fn nearest(&self, at: LonLat, left: Option<usize>) -> Result<Link, Unlinked> {
        // A small circle holds the answer nearly always; what is found in it is
        // nearer than anything outside.
        for share in [0.125, 0.5] {
            let near = self.candidates(at, left, self.limit * share);
            if let Some(found) = self.first_met(at, &near, |walk| !self.is_tiny(walk)) {
                return Ok(found);
            }
        }
        let near = self.candidates(at, left, self.limit);
        self.first_met(at, &near, |walk| !self.is_tiny(walk))
            .or_else(|| self.first_met(at, &near, |walk| self.is_tiny(walk)))
            .ok_or(if near.is_empty() {
                Unlinked::TooFar
            } else {
                Unlinked::Barred
            })
    }

    /// What hinders legs.
    pub(super) fn obstacles(&self) -> &Obstacles {
        self.obstacles
    }

    fn compounds(&self) -> &Compounds {
        self.obstacles.compounds()
    }

    /// The component of the walk that a place is linked to, if there is any.
    pub(super) fn way_at(&self, at: LonLat) -> Option<u32> {
        let link = self.nearest(at, None).ok()?;
        Some(self.graph.component(link.walk))
    }

    /// The components that a walk hangs together with, by the exits of grounds too that
    /// are open to those who come or go.
    fn led_to(&self, walk: WalkId, going: Going) -> Vec<u32> {
        let mut reached = vec![self.graph.component(walk)];
        let mut next = 0;
        while let Some(&component) = reached.get(next) {
            next += 1;
            let exits = self.graph.exits(component).iter();
            for exit in exits.filter(|exit| going == Going::Out || !exit.gated) {
                let outer = self.graph.component(exit.outer.walk);
                if !reached.contains(&outer) {
                    reached.push(outer);
                }
            }
        }
        reached
    }

    fn is_tiny(&self, walk: WalkId) -> bool {
        self.graph.island_millimetres(walk) < self.island_metres * 1_000
    }

    fn first_met(
        &self,
        at: LonLat,
        near: &[Candidate],
        wanted: impl Fn(WalkId) -> bool,
    ) -> Option<Link> {
        near.iter()
            .filter(|candidate| wanted(candidate.link.walk))
            .find(|candidate| !self.obstacles.cross(at, candidate.aim))
            .map(|candidate| candidate.link)
    }

    /// The nearest point of every piece within a distance, nearest first, without
    /// those to which the leg leads through a compound that was left.
    fn candidates(&self, at: LonLat, left: Option<usize>, within: f64) -> Vec<Candidate> {
        let plane = Plane::at(at);
        // A little wider than the circle, against rounding.
        let reach = within * 1.001 + 0.1;
        let corners = [[-reach, -reach], [reach, reach]].map(|offset| corner(plane.place(offset)));
        let tracks = self.tracks.iter();
        let mut found: Vec<Candidate> = tracks
            .flat_map(|tracks| tracks.around(&plane, corners))
            .filter(|candidate| candidate.link.gap as f64 <= within * 1_000.0)
            .filter(|candidate| left.is_none_or(|left| self.is_outside(at, candidate, left)))
            .collect();
        found.sort_unstable_by_key(|candidate| {
            let Link { walk, along, gap } = candidate.link;
            (gap, candidate.depth, walk, along)
        });
        found
    }
}

impl Linker<'_> {
    /// Whether a candidate of somebody at the gate of a compound lies outside it. A leg
    /// crosses no outline, so its middle tells where it leads; of a walk that begins
    /// at the gate itself its own middle does.
    fn is_outside(&self, at: LonLat, candidate: &Candidate, left: usize) -> bool {
        let middle = |[one, other]: [LonLat; 2]| LonLat {
            lon: i32::midpoint(one.lon, other.lon),
            lat: i32::midpoint(one.lat, other.lat),
        };
        let inside = |place| self.compounds().is_within(left, place);
        if inside(middle([at, candidate.aim])) {
            return false;
        }
        let [from, to] = candidate.ends;
        let along = [from, middle([from, to]), to];
        candidate.link.gap > AT_GATE || !along.into_iter().any(inside)
    }
}

/// What was found for one entrance, one by one.
fn flattened(found: Result<Vec<Link>, Unlinked>) -> Vec<Result<Link, Unlinked>> {
    match found {
        Ok(links) => links.into_iter().map(Ok).collect(),
        Err(reason) => vec![Err(reason)],
    }
}
