//! What one walker reaches.

use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::footing::{Footing, Ground};
use crate::link::{Going, Links, Meetings};
use crate::measure::{Spread, spread};
use crate::network::WalkGraph;
use crate::places::{FacilitySet, Samples};
use crate::profile::Walker;
use crate::progress::{Progress, Silent};
use crate::reach::{Nearest, Stops, Tallies, Trips, Within};
use crate::units::{CostKind, Limit};

/// What one walker reaches, from every sample.
#[derive(Clone, Debug)]
pub struct Walked {
    /// Who walks.
    pub walker: Walker,
    /// How the samples meet the network.
    pub samples: Arc<Links>,
    /// How the facilities meet it.
    pub facilities: Arc<Links>,
    /// Which of them meet straight, inside a compound.
    pub meetings: Arc<Meetings>,
    /// In metres.
    pub length: Reached,
    /// In minutes.
    pub time: Reached,
}

/// What is reached in one kind of cost.
#[derive(Clone, Debug, Default)]
pub struct Reached {
    /// For every set and sample the nearest facility, however far.
    pub(super) nearest: Vec<Column>,
    pub(super) counts: Tallies,
}

/// What is counted of so many sets in one kind of cost, where sets and limits are asked.
pub(super) fn within(sets: usize, asked: &[(usize, Limit)], kind: CostKind) -> Within {
    let of_kind = asked.iter().filter(|(_, limit)| limit.kind() == kind);
    Within::of(sets, of_kind.map(|&(set, limit)| (set, limit.cost())))
}

/// For every sample the nearest facility of a set. What a plan leaves as it is, is shared
/// with the city as it is, though the facilities have other numbers there: those are told
/// when somebody asks.
#[derive(Clone, Debug, Default)]
pub(super) struct Column {
    held: Arc<Vec<Option<Nearest>>>,
    /// The numbers of the facilities now, by those of before; where they are others.
    numbers: Option<Arc<Vec<Option<u32>>>>,
    told: OnceLock<Vec<Option<Nearest>>>,
}

impl Column {
    pub(super) fn of(held: Arc<Vec<Option<Nearest>>>) -> Self {
        Self {
            held,
            ..Self::default()
        }
    }

    /// The same with other numbers of the facilities, all of which are still there.
    pub(super) fn numbered(&self, numbers: &Arc<Vec<Option<u32>>>) -> Self {
        let held = match self.numbers {
            None => self.held.clone(),
            Some(_) => Arc::new(self.told().to_vec()),
        };
        Self {
            held,
            numbers: Some(numbers.clone()),
            told: OnceLock::new(),
        }
    }

    pub(super) fn told(&self) -> &[Option<Nearest>] {
        let Some(numbers) = &self.numbers else {
            return &self.held;
        };
        self.told.get_or_init(|| {
            let held = self.held.iter();
            held.map(|found| renumbered(*found, numbers)).collect()
        })
    }
}

/// A facility under its number of now; none where it is no more.
pub(super) fn renumbered(found: Option<Nearest>, numbers: &[Option<u32>]) -> Option<Nearest> {
    let found = found?;
    let facility = numbers[found.facility() as usize]?;
    Some(Nearest::of(found.cost, facility))
}

/// What several walkers reach, each within limits of their own.
pub(super) fn all(
    ground: &Ground,
    walkers: &[(&Walker, Vec<(usize, Limit)>)],
    progress: &dyn Progress,
) -> Vec<Walked> {
    let walkers = walkers.iter();
    walkers
        .map(|(walker, asked)| Walked::new(ground, walker, asked, progress))
        .collect()
}

impl Walked {
    /// Links every place for a walker and searches from every sample, counting
    /// what is asked: sets and limits.
    ///
    /// Where walks were added, everything that could be walked still can: every place
    /// keeps the links that it had, with the grounds that it leaves and enters by them.
    /// It gains those that it would have now to an added walk, or to one of an island
    /// that is tiny no more.
    pub(super) fn new(
        ground: &Ground,
        walker: &Walker,
        asked: &[(usize, Limit)],
        progress: &dyn Progress,
    ) -> Self {
        Self::on(&Footing::of(ground, walker), ground, asked, progress)
    }

    /// Searches from every sample, where it is known how the places meet the network.
    pub(super) fn on(
        footing: &Footing,
        ground: &Ground,
        asked: &[(usize, Limit)],
        progress: &dyn Progress,
    ) -> Self {
        let reached = |kind| {
            let graph = footing.graph(kind);
            let stops = footing.stops(&graph);
            let trips = Trips::new(&graph, &stops[0], &stops[1]);
            drop(stops);
            Reached::new(ground.sets, &trips, kind, asked, progress)
        };
        Self {
            walker: footing.walker.clone(),
            length: reached(CostKind::Length),
            time: reached(CostKind::Time),
            samples: footing.links[0].clone(),
            facilities: footing.links[1].clone(),
            meetings: footing.meetings.clone(),
        }
    }

    /// What somebody else reaches in minutes who walks the same ways at another speed: how
    /// places meet the network is known. Nothing is counted.
    pub(super) fn at_speed(&self, ground: &Ground, walker: &Walker) -> Reached {
        let graph = WalkGraph::new(ground.network, walker, CostKind::Time);
        let sources = Stops::of(&self.samples, &graph, walker, Going::Out);
        let sources = sources.meeting(&self.meetings, &graph, walker);
        let targets = Stops::of(&self.facilities, &graph, walker, Going::In);
        let trips = Trips::new(&graph, &sources, &targets);
        Reached::new(ground.sets, &trips, graph.kind(), &[], &Silent)
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
    /// What trips in a kind of cost lead to.
    pub(super) fn new(
        sets: &[FacilitySet],
        trips: &Trips,
        kind: CostKind,
        asked: &[(usize, Limit)],
        progress: &dyn Progress,
    ) -> Self {
        let nearest = sets.par_iter().map(|set| trips.nearest(set));
        Self {
            nearest: nearest
                .map(|nearest| Column::of(Arc::new(nearest)))
                .collect(),
            counts: trips.tallies(sets, &within(sets.len(), asked, kind), progress),
        }
    }

    /// How many sets were searched for.
    pub fn sets(&self) -> usize {
        self.nearest.len()
    }

    /// For every sample the nearest facility of a set, however far.
    pub fn nearest(&self, set: usize) -> &[Option<Nearest>] {
        self.nearest[set].told()
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
        let nearest = self.nearest(set);
        let found = own.map(|sample| {
            let weight = samples.all()[sample].weight;
            (nearest[sample], weight)
        });
        spread(found.collect())
    }

    /// The facility of a set that a sample reaches within a limit that was asked for,
    /// where it reaches no other.
    pub fn only(&self, set: usize, limit: Limit, sample: usize) -> Option<u32> {
        let alone = self.counts.count(sample, set, limit.cost()) == Some(1);
        self.nearest(set)[sample]
            .filter(|_| alone)
            .map(Nearest::facility)
    }

    /// The lower median, over a block's samples, of the number of facilities of
    /// a set within a limit that was asked for.
    pub fn count(&self, set: usize, limit: Limit, samples: &Samples, block: usize) -> u32 {
        let counts = samples.of_block(block).map(|sample| {
            let weight = samples.all()[sample].weight;
            (self.counts.count(sample, set, limit.cost()), weight)
        });
        spread(counts.collect()).median.unwrap_or(0)
    }
}
