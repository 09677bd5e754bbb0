//! What a plan changes for one walker, followed from where it begins.

use std::sync::Arc;

use super::footing::{Footing, Graphs, Ground, KINDS, of_kind};
use super::others::{Looked, Others};
use super::standing::Turn;
use super::walked::{Column, Reached, Walked, within};
use crate::link::{ISLAND_METRES, Insiders, Linker, Tracks};
use crate::network::WalkId;
use crate::plane::LonLat;
use crate::profile::Walker;
use crate::progress::Progress;
use crate::reach::{Held, Moved};
use crate::units::{CostKind, Limit};

/// How one walker meets a city, and what is known of all trips.
pub(super) struct Footed {
    graphs: Graphs,
    tracks: Vec<Arc<Tracks>>,
    /// The samples that lie in compounds.
    insiders: Insiders,
    link_limit: f64,
    /// In metres, in minutes.
    held: [Held; 2],
}

/// What one walker reaches once something is other.
pub(super) struct Followed {
    pub walked: Walked,
    pub touched: Touched,
}

/// By kind of cost and set, in metres and in minutes; `None` where nothing is other.
pub(super) type MovedByKind = Vec<Vec<Option<Moved>>>;

/// The samples for which something is other, set by set; in metres, in minutes.
pub(super) struct Touched([Vec<Vec<u32>>; 2]);

impl Touched {
    /// Ascending, each once.
    pub fn of(&self, set: usize, kind: CostKind) -> &[u32] {
        &of_kind(&self.0, kind)[set]
    }
}

impl Footed {
    /// Searches from every sample as [`Walked::new`] does, and keeps what is known.
    pub fn of(
        ground: &Ground,
        walker: &Walker,
        asked: &[(usize, Limit)],
        progress: &dyn Progress,
    ) -> (Self, Walked) {
        let footing = Footing::of(ground, walker);
        let [length, time] = KINDS.map(|kind| footing.graph(kind));
        let graphs = Graphs { length, time };
        let samples = ground.samples.all().iter();
        let places: Vec<&[LonLat]> = samples
            .map(|sample| std::slice::from_ref(&sample.at))
            .collect();
        let linker = Linker::new(
            ground.network,
            &graphs.length,
            ground.obstacles,
            ground.link_limit,
        );
        let insiders = linker.insiders(&places);
        let tracks = linker.tracks().to_vec();
        let (links, meetings) = (footing.links.clone(), footing.meetings.clone());
        let hold = |kind| {
            let graph = graphs.of_kind(kind);
            let stops = footing.stops(graph).into_owned();
            let (held, nearest) = Held::new(graph.clone(), stops, ground.sets);
            let within = within(ground.sets.len(), asked, kind);
            let counts = held.trips().tallies(ground.sets, &within, progress);
            let nearest = nearest.into_iter();
            let reached = Reached {
                nearest: nearest.map(|found| Column::of(Arc::new(found))).collect(),
                counts,
            };
            (held, reached)
        };
        let (held_length, length) = hold(CostKind::Length);
        let (held_time, time) = hold(CostKind::Time);
        let [samples, facilities] = links;
        let walked = Walked {
            walker: walker.clone(),
            samples,
            facilities,
            meetings,
            length,
            time,
        };
        let footed = Self {
            graphs,
            tracks,
            insiders,
            link_limit: ground.link_limit,
            held: [held_length, held_time],
        };
        (footed, walked)
    }

    /// What is reached once something is other; `None` where walks are added and somebody on
    /// wheels does not pass all junctions: then all is to be searched again.
    pub fn follow(&self, turn: &Turn, before: &Walked, walker: &Walker) -> Option<Followed> {
        let graphs = self.graphs_of(turn, walker, &KINDS)?;
        let others = self.others(turn, &graphs, before);
        let links = others.links(turn, before);
        let mut reached = Vec::new();
        let mut touched = Vec::new();
        for (kind, held) in KINDS.into_iter().zip(&self.held) {
            let (found, other) = others.reached(
                turn,
                held,
                graphs.of_kind(kind),
                walker,
                before.reached(kind),
            );
            reached.push(found);
            touched.push(other);
        }
        let [length, time] = <[Reached; 2]>::try_from(reached).ok()?;
        let walked = Walked {
            walker: walker.clone(),
            samples: links.0,
            facilities: links.1,
            meetings: others.meetings(turn, before),
            length,
            time,
        };
        Some(Followed {
            walked,
            touched: Touched(<[Vec<Vec<u32>>; 2]>::try_from(touched).ok()?),
        })
    }

    /// For every kind of cost and set the samples from where the nearest may be another, with
    /// what it is; `None` as of [`Footed::follow`].
    pub fn moved(&self, turn: &Turn, before: &Walked, kinds: &[CostKind]) -> Option<MovedByKind> {
        let walker = &before.walker;
        let graphs = self.graphs_of(turn, walker, kinds)?;
        let others = self.others(turn, &graphs, before);
        let held = KINDS.into_iter().zip(&self.held);
        let moved = held.map(|(kind, held)| {
            if kinds.contains(&kind) {
                held.nearest(&others.shift(turn, held, graphs.of_kind(kind), walker))
            } else {
                Vec::new()
            }
        });
        Some(moved.collect())
    }

    /// All trips in one kind of cost.
    pub fn held(&self, kind: CostKind) -> &Held {
        of_kind(&self.held, kind)
    }

    /// Whether a walk is part of an island so small that hardly anybody is linked to it.
    pub fn is_on_tiny_island(&self, walk: WalkId) -> bool {
        self.graphs.length.island_millimetres(walk) < ISLAND_METRES * 1_000
    }

    /// The graphs of some kinds as they are now; `None` as of [`Footed::follow`].
    fn graphs_of(&self, turn: &Turn, walker: &Walker, kinds: &[CostKind]) -> Option<Graphs> {
        let Some(grown) = turn.now.city.grown.as_deref() else {
            return Some(self.graphs.clone());
        };
        let junctions = turn.before.city.network.junctions().len();
        let wheels = self.graphs.length.node_count() > junctions;
        let graph = |kind| {
            let before = self.graphs.of_kind(kind);
            // Links are looked for in metres, whatever is searched.
            if kind == CostKind::Length || kinds.contains(&kind) {
                Arc::new(before.extended(&grown.extension, walker))
            } else {
                before.clone()
            }
        };
        let graphs = Graphs {
            length: graph(CostKind::Length),
            time: graph(CostKind::Time),
        };
        (!wheels).then_some(graphs)
    }

    fn others(&self, turn: &Turn, graphs: &Graphs, before: &Walked) -> Others {
        let looked = Looked {
            before: &self.graphs.length,
            now: &graphs.length,
            tracks: &self.tracks,
            insiders: &self.insiders,
            links: [&before.samples, &before.facilities],
            limit: self.link_limit,
        };
        Others::of(turn, &looked)
    }
}
