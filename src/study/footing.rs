//! How one walker meets a city: graphs, links and stops, before anybody searches.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::Survey;
use super::new_walks::{self, Linked, NewWalks};
use crate::link::{Going, Linker, Links, Meetings, Tracks};
use crate::network::{Extension, Obstacles, WalkGraph, WalkNetwork};
use crate::places::{Facility, FacilitySet, Samples};
use crate::plane::LonLat;
use crate::profile::Walker;
use crate::reach::Stops;
use crate::units::CostKind;

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
    /// What is met in a city.
    pub fn of(survey: &'a Survey, sets: &'a [FacilitySet], link_limit: f64) -> Self {
        let city = &survey.city;
        Self {
            network: &city.network,
            grown: city.grown.as_deref(),
            obstacles: &city.obstacles,
            samples: &survey.samples,
            facilities: &city.facilities,
            sets,
            link_limit,
        }
    }

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
    /// Where walks were looked for.
    tracks: Vec<Arc<Tracks>>,
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
            tracks: linker.tracks().to_vec(),
        }
    }

    /// Of samples and of facilities.
    fn links(&self) -> [&Links; 2] {
        [&self.samples, &self.facilities]
    }
}

/// A network as one walker meets it.
#[derive(Clone)]
pub(super) struct Graphs {
    pub length: Arc<WalkGraph>,
    pub time: Arc<WalkGraph>,
}

impl Graphs {
    pub fn of(network: &WalkNetwork, walker: &Walker) -> Self {
        Self {
            length: Arc::new(WalkGraph::new(network, walker, CostKind::Length)),
            time: Arc::new(WalkGraph::new(network, walker, CostKind::Time)),
        }
    }

    pub fn of_kind(&self, kind: CostKind) -> &Arc<WalkGraph> {
        match kind {
            CostKind::Length => &self.length,
            CostKind::Time => &self.time,
        }
    }
}

/// How one walker meets a city.
///
/// Where walks were added, everything that could be walked still can: every place
/// keeps the links that it had, with the grounds that it leaves and enters by them.
/// It gains those that it would have now to an added walk, or to one of an island
/// that is tiny no more.
pub(super) struct Footing<'a> {
    network: &'a WalkNetwork,
    pub walker: Walker,
    /// Links of samples and of facilities.
    pub links: [Arc<Links>; 2],
    /// Who meets straight, inside a compound.
    pub meetings: Arc<Meetings>,
    /// Where walks were added: the network as it is now, and where samples are left from
    /// and facilities come to, in metres, in minutes. Else both are made when they are
    /// asked for: nobody searches in metres and in minutes at once.
    grown: Option<(Graphs, [[Stops; 2]; 2])>,
}

impl<'a> Footing<'a> {
    pub fn of(ground: &Ground<'a>, walker: &Walker) -> Self {
        match ground.grown {
            None => Self::plain(ground, walker),
            Some(grown) => Self::grown(ground, grown, walker),
        }
    }

    fn plain(ground: &Ground<'a>, walker: &Walker) -> Self {
        let length = WalkGraph::new(ground.network, walker, CostKind::Length);
        let met = Met::of(ground, ground.network, &length, &ground.entrances());
        Self {
            network: ground.network,
            walker: walker.clone(),
            links: [met.samples, met.facilities].map(Arc::new),
            meetings: Arc::new(met.meetings),
            grown: None,
        }
    }

    fn grown(ground: &Ground<'a>, grown: &Grown, walker: &Walker) -> Self {
        let graphs = Graphs::of(ground.network, walker);
        let extension = &grown.extension;
        let graphs_before = Graphs::of(extension.before(), walker);
        let length_before = &graphs_before.length;
        let entrances = ground.entrances_before(grown);
        let before = Met::of(ground, extension.before(), length_before, &entrances);
        let walks = new_walks::all(grown, length_before, &graphs.length);
        let new = NewWalks::of(grown, walks, length_before, &graphs.length);
        let (obstacles, limit) = (ground.obstacles, ground.link_limit);
        let linkers = new.linkers(&before.tracks, &graphs.length, obstacles, limit);
        let all = |linked: Linked, places: usize| {
            let mut links = vec![Vec::new(); places];
            for (place, own) in linked {
                links[place as usize] = own.into_iter().map(Ok).collect();
            }
            Links::gather(links)
        };
        let samples = ground.samples.all();
        let places = samples
            .iter()
            .map(|sample| std::slice::from_ref(&sample.at));
        let samples = all(new.links(&linkers, places, Going::Out), samples.len());
        let places = ground
            .facilities
            .iter()
            .map(|facility| &*facility.entrances);
        let facilities = all(
            new.links(&linkers, places, Going::In),
            ground.facilities.len(),
        );
        let gained = Met {
            samples,
            facilities,
            // Nobody meets straight who did not: a walk leads there now.
            meetings: Meetings::default(),
            tracks: Vec::new(),
        };
        let stops = KINDS.map(|kind| {
            let graph = graphs.of_kind(kind);
            let graph_before = graphs_before.of_kind(kind);
            let nodes = extension.nodes(graph_before, graph);
            let [sources, targets] = stops(before.links(), &before.meetings, graph_before, walker);
            let [more_sources, more_targets] =
                stops(gained.links(), &gained.meetings, graph, walker);
            [
                sources.carried(extension, graph, &nodes).or(&more_sources),
                targets.carried(extension, graph, &nodes).or(&more_targets),
            ]
        });
        let links = [
            before.samples.extended(extension, &gained.samples),
            before.facilities.extended(extension, &gained.facilities),
        ];
        Self {
            network: ground.network,
            walker: walker.clone(),
            links: links.map(Arc::new),
            meetings: Arc::new(before.meetings),
            grown: Some((graphs, stops)),
        }
    }

    /// The network as it is now.
    pub fn graph(&self, kind: CostKind) -> Arc<WalkGraph> {
        match &self.grown {
            Some((graphs, _)) => graphs.of_kind(kind).clone(),
            None => Arc::new(WalkGraph::new(self.network, &self.walker, kind)),
        }
    }

    /// Where samples are left from, and where facilities are come to, on a graph of
    /// [`Footing::graph`].
    pub fn stops(&self, graph: &WalkGraph) -> Cow<'_, [Stops; 2]> {
        if let Some((_, grown)) = &self.grown {
            return Cow::Borrowed(of_kind(grown, graph.kind()));
        }
        let [samples, facilities] = &self.links;
        let links = [&**samples, &**facilities];
        Cow::Owned(stops(links, &self.meetings, graph, &self.walker))
    }
}

/// Where samples are left from, and where facilities are come to.
fn stops(
    [samples, facilities]: [&Links; 2],
    meetings: &Meetings,
    graph: &WalkGraph,
    walker: &Walker,
) -> [Stops; 2] {
    let sources = Stops::of(samples, graph, walker, Going::Out);
    let targets = Stops::of(facilities, graph, walker, Going::In);
    [sources.meeting(meetings, graph, walker), targets]
}

/// Both kinds of cost.
pub(super) const KINDS: [CostKind; 2] = [CostKind::Length, CostKind::Time];

/// That of one kind, of both.
pub(super) fn of_kind<T>([length, time]: &[T; 2], kind: CostKind) -> &T {
    match kind {
        CostKind::Length => length,
        CostKind::Time => time,
    }
}
