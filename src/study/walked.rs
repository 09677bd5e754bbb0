//! What one walker reaches.

use rayon::prelude::*;

use crate::link::{Going, Linker, Links, Meetings};
use crate::measure::{Spread, spread};
use crate::network::{Obstacles, WalkGraph, WalkNetwork};
use crate::places::{Facility, FacilitySet, Samples};
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
    pub obstacles: &'a Obstacles,
    pub samples: &'a Samples,
    pub facilities: &'a [Facility],
    pub sets: &'a [FacilitySet],
    pub link_limit: f64,
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

impl Walked {
    /// Links every place for a walker and searches from every sample, counting
    /// within `limits`.
    pub(super) fn new(
        ground: &Ground,
        walker: &Walker,
        limits: &[Limit],
        progress: &dyn Progress,
    ) -> Self {
        let length = WalkGraph::new(ground.network, walker, CostKind::Length);
        let time = WalkGraph::new(ground.network, walker, CostKind::Time);
        let linker = Linker::new(ground.network, &length, ground.obstacles, ground.link_limit);
        let places: Vec<_> = ground
            .samples
            .all()
            .iter()
            .map(|sample| std::slice::from_ref(&sample.at))
            .collect();
        let samples = linker.link_all(&places, Going::Out);
        let entrances: Vec<_> = ground
            .facilities
            .iter()
            .map(|facility| &*facility.entrances)
            .collect();
        let facilities = linker.link_all(&entrances, Going::In);
        let meetings = linker.meetings(&places, &entrances);
        let reached = |graph: &WalkGraph| {
            Reached::new(
                ground,
                graph,
                walker,
                [&samples, &facilities],
                &meetings,
                limits,
                progress,
            )
        };
        Self {
            walker: walker.clone(),
            length: reached(&length),
            time: reached(&time),
            samples,
            facilities,
            meetings,
        }
    }

    /// What somebody else reaches in minutes who walks the same ways at another speed: how
    /// places meet the network is known. Nothing is counted.
    pub(super) fn at_speed(&self, ground: &Ground, walker: &Walker) -> Reached {
        let graph = WalkGraph::new(ground.network, walker, CostKind::Time);
        let links = [&self.samples, &self.facilities];
        Reached::new(ground, &graph, walker, links, &self.meetings, &[], &Silent)
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
        walker: &Walker,
        [samples, facilities]: [&Links; 2],
        meetings: &Meetings,
        limits: &[Limit],
        progress: &dyn Progress,
    ) -> Self {
        let sources = Stops::of(samples, graph, walker, Going::Out);
        let sources = sources.meeting(meetings, graph, walker);
        let targets = Stops::of(facilities, graph, walker, Going::In);
        let trips = Trips::new(graph, &sources, &targets);
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
