//! What one walker reaches.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::link::{Going, ISLAND_METRES, Linker, Links, Meetings};
use crate::measure::{Spread, spread};
use crate::network::{Extension, Obstacles, WalkGraph, WalkId, WalkNetwork};
use crate::places::{Facility, FacilitySet, Samples};
use crate::plane::LonLat;
use crate::profile::Walker;
use crate::progress::{Progress, Silent};
use crate::reach::{Counts, Nearest, Stops, Trips};
use crate::units::{Cost, CostKind, Limit};

/// What one walker reaches, from every sample.
#[derive(Clone, Debug)]
pub struct Walked {
    /// Who walks.
    pub walker: Walker,
    /// How the samples meet the network.
    pub samples: Links,
    /// How the facilities meet it.
    pub facilities: Links,
    /// Which of them meet straight, inside a compound.
    pub meetings: Meetings,
    /// In metres.
    pub length: Reached,
    /// In minutes.
    pub time: Reached,
}

/// What is reached in one kind of cost.
#[derive(Clone, Debug, Default)]
pub struct Reached {
    /// For every set and sample the nearest facility, however far.
    nearest: Vec<Vec<Option<Nearest>>>,
    /// The limits that were counted within, ascending.
    limits: Vec<Cost>,
    counts: Counts,
}

/// What every walker meets.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a> {
    pub network: &'a WalkNetwork,
    /// What was added to it.
    pub grown: Option<&'a Grown>,
    pub obstacles: &'a Obstacles,
    pub samples: &'a Samples,
    pub facilities: &'a [Facility],
    pub sets: &'a [FacilitySet],
    pub link_limit: f64,
}

impl<'a> Ground<'a> {
    /// Where every facility is entered.
    fn entrances(&self) -> Vec<&'a [LonLat]> {
        let facilities = self.facilities.iter();
        facilities.map(|facility| &*facility.entrances).collect()
    }

    /// The same without where an added walk leads in.
    fn entrances_before(&self, grown: &Grown) -> Vec<&'a [LonLat]> {
        let mut entrances = self.entrances();
        for (&facility, &new) in &grown.entered {
            let own = &mut entrances[facility as usize];
            *own = &own[..own.len() - new];
        }
        entrances
    }
}

/// Whether somebody who looks for a walk has not had this one before: it was added, or
/// lay on an island so tiny that nobody was linked to it, and no longer does.
fn is_new(extension: &Extension, before: &WalkGraph, now: &WalkGraph, walk: WalkId) -> bool {
    let tiny = |graph: &WalkGraph, walk| graph.island_millimetres(walk) < ISLAND_METRES * 1_000;
    extension
        .was(walk)
        .is_none_or(|was| tiny(before, was) && !tiny(now, walk))
}

/// What several walkers reach, each within limits of their own.
pub(super) fn all(
    ground: &Ground,
    walkers: &[(&Walker, Vec<Limit>)],
    progress: &dyn Progress,
) -> Vec<Walked> {
    let walkers = walkers.iter();
    walkers
        .map(|(walker, limits)| Walked::new(ground, walker, limits, progress))
        .collect()
}

/// Walks that a plan adds to a network.
#[derive(Clone, Debug)]
pub struct Grown {
    /// The network before and now.
    pub extension: Extension,
    /// Facilities that an added walk leads into, with how many of their entrances, the
    /// last ones, are where it does.
    pub entered: BTreeMap<u32, usize>,
}

/// How places meet a network.
struct Met {
    samples: Links,
    facilities: Links,
    meetings: Meetings,
}

impl Met {
    /// Links all samples, and the facilities by these entrances.
    fn of(
        ground: &Ground,
        network: &WalkNetwork,
        graph: &WalkGraph,
        entrances: &[&[LonLat]],
    ) -> Self {
        let linker = Linker::new(network, graph, ground.obstacles, ground.link_limit);
        let samples = ground.samples.all().iter();
        let places: Vec<_> = samples
            .map(|sample| std::slice::from_ref(&sample.at))
            .collect();
        Self {
            samples: linker.link_all(&places, Going::Out),
            facilities: linker.link_all(entrances, Going::In),
            meetings: linker.meetings(&places, entrances),
        }
    }

    /// Where samples are left from, and where facilities are come to.
    fn stops(&self, graph: &WalkGraph, walker: &Walker) -> [Stops; 2] {
        let sources = Stops::of(&self.samples, graph, walker, Going::Out);
        let targets = Stops::of(&self.facilities, graph, walker, Going::In);
        [sources.meeting(&self.meetings, graph, walker), targets]
    }
}

/// A network as one walker meets it.
struct Graphs {
    length: WalkGraph,
    time: WalkGraph,
}

impl Graphs {
    fn of(network: &WalkNetwork, walker: &Walker) -> Self {
        Self {
            length: WalkGraph::new(network, walker, CostKind::Length),
            time: WalkGraph::new(network, walker, CostKind::Time),
        }
    }

    fn of_kind(&self, kind: CostKind) -> &WalkGraph {
        match kind {
            CostKind::Length => &self.length,
            CostKind::Time => &self.time,
        }
    }
}

impl Walked {
    /// Links every place for a walker and searches from every sample, counting
    /// within `limits`.
    ///
    /// Where walks were added, everything that could be walked still can: every place
    /// keeps the links that it had, with the grounds that it leaves and enters by them.
    /// It gains those that it would have now to an added walk, or to one of an island
    /// that is tiny no more.
    pub(super) fn new(
        ground: &Ground,
        walker: &Walker,
        limits: &[Limit],
        progress: &dyn Progress,
    ) -> Self {
        let graphs = Graphs::of(ground.network, walker);
        let entrances = ground.entrances();
        let now = Met::of(ground, ground.network, &graphs.length, &entrances);
        let reached = |kind, [sources, targets]: [Stops; 2]| {
            let graph = graphs.of_kind(kind);
            Reached::new(ground, graph, [&sources, &targets], limits, progress)
        };
        let Some(grown) = ground.grown else {
            let of_kind = |kind| reached(kind, now.stops(graphs.of_kind(kind), walker));
            return Self {
                walker: walker.clone(),
                length: of_kind(CostKind::Length),
                time: of_kind(CostKind::Time),
                samples: now.samples,
                facilities: now.facilities,
                meetings: now.meetings,
            };
        };
        let extension = &grown.extension;
        let graphs_before = Graphs::of(extension.before(), walker);
        let entrances = ground.entrances_before(grown);
        let length_before = &graphs_before.length;
        let before = Met::of(ground, extension.before(), length_before, &entrances);
        let wanted = |walk| is_new(extension, length_before, &graphs.length, walk);
        let gained = Met {
            samples: now.samples.only(wanted),
            facilities: now.facilities.only(wanted),
            meetings: now.meetings,
        };
        let of_kind = |kind| {
            let graph = graphs.of_kind(kind);
            let graph_before = graphs_before.of_kind(kind);
            let nodes = extension.nodes(graph_before, graph);
            let kept = before.stops(graph_before, walker);
            let new = gained.stops(graph, walker);
            let all = kept.iter().zip(&new).map(|(kept, new)| {
                let kept = kept.carried(extension, graph, &nodes);
                kept.or(new)
            });
            all.collect::<Vec<_>>()
        };
        let reached = |kind| {
            let stops = of_kind(kind);
            let graph = graphs.of_kind(kind);
            Reached::new(ground, graph, [&stops[0], &stops[1]], limits, progress)
        };
        Self {
            walker: walker.clone(),
            length: reached(CostKind::Length),
            time: reached(CostKind::Time),
            samples: before.samples.extended(extension, &gained.samples),
            facilities: before.facilities.extended(extension, &gained.facilities),
            meetings: before.meetings.or(&gained.meetings),
        }
    }

    /// What somebody else reaches in minutes who walks the same ways at another speed: how
    /// places meet the network is known. Nothing is counted.
    pub(super) fn at_speed(&self, ground: &Ground, walker: &Walker) -> Reached {
        let graph = WalkGraph::new(ground.network, walker, CostKind::Time);
        let sources = Stops::of(&self.samples, &graph, walker, Going::Out);
        let sources = sources.meeting(&self.meetings, &graph, walker);
        let targets = Stops::of(&self.facilities, &graph, walker, Going::In);
        Reached::new(ground, &graph, [&sources, &targets], &[], &Silent)
    }

    /// What is reached in the cost of a limit.
    pub fn reached(&self, kind: CostKind) -> &Reached {
        match kind {
            CostKind::Length => &self.length,
            CostKind::Time => &self.time,
        }
    }
}

impl Reached {
    fn new(
        ground: &Ground,
        graph: &WalkGraph,
        [sources, targets]: [&Stops; 2],
        limits: &[Limit],
        progress: &dyn Progress,
    ) -> Self {
        let trips = Trips::new(graph, sources, targets);
        let mut limits: Vec<Cost> = limits
            .iter()
            .filter(|limit| limit.kind() == graph.kind())
            .map(|limit| limit.cost())
            .collect();
        limits.sort_unstable();
        limits.dedup();
        let nearest = ground
            .sets
            .par_iter()
            .map(|set| trips.nearest(set))
            .collect();
        let counts = if limits.is_empty() {
            Counts::default()
        } else {
            trips.count(ground.sets, &limits, progress)
        };
        Self {
            nearest,
            limits,
            counts,
        }
    }

    /// How many sets were searched for.
    pub fn sets(&self) -> usize {
        self.nearest.len()
    }

    /// For every sample the nearest facility of a set, however far.
    pub fn nearest(&self, set: usize) -> &[Option<Nearest>] {
        &self.nearest[set]
    }

    /// Best, median and worst of a block's samples.
    pub fn spread(&self, set: usize, samples: &Samples, block: usize) -> Spread<Nearest> {
        self.spread_over(set, samples, samples.of_block(block))
    }

    /// Best, median and worst of some samples.
    pub fn spread_over(
        &self,
        set: usize,
        samples: &Samples,
        own: impl Iterator<Item = usize>,
    ) -> Spread<Nearest> {
        let found = own.map(|sample| {
            let weight = samples.all()[sample].weight;
            (self.nearest[set][sample], weight)
        });
        spread(found.collect())
    }

    /// The facility of a set that a sample reaches within a limit that was asked for,
    /// where it reaches no other.
    pub fn only(&self, set: usize, limit: Limit, sample: usize) -> Option<u32> {
        let limit = self.limits.binary_search(&limit.cost()).ok()?;
        let alone = self.counts.count(sample, set, limit) == 1;
        self.nearest[set][sample]
            .filter(|_| alone)
            .map(|found| found.facility)
    }

    /// The lower median, over a block's samples, of the number of facilities of
    /// a set within a limit that was asked for.
    pub fn count(&self, set: usize, limit: Limit, samples: &Samples, block: usize) -> u32 {
        let Ok(limit) = self.limits.binary_search(&limit.cost()) else {
            return 0;
        };
        let counts = samples.of_block(block).map(|sample| {
            let weight = samples.all()[sample].weight;
            (Some(self.counts.count(sample, set, limit)), weight)
        });
        spread(counts.collect()).median.unwrap_or(0)
    }
}
