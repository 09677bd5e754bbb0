//! The stages of a study one by one, for those who measure them. A study itself is run
//! as a whole, by [`Study::run`].

use rayon::prelude::*;

use super::question::asked;
use super::{Files, Settings, Study, StudyError, Wanted, rules};
use crate::isochrone::{Canvas, Isochrones};
use crate::link::{Going, Linker, Links, Meetings};
use crate::network::{Obstacles, WalkGraph, WalkNetwork};
use crate::osm::{self, Extract};
use crate::places::{Catalog, FacilitySet};
use crate::plane::LonLat;
use crate::profile::{AccessRules, Walker};
use crate::progress::{Progress, Silent};
use crate::reach::{
    Counts, Nearest, PlainGraph, Stops, Tallies, Territory, Trips, Vertices, Within,
};
use crate::units::{Cost, CostKind};

/// 5, 10 and 15 minutes, in tenths of a second.
pub const LIMITS: [Cost; 3] = [3_000, 6_000, 9_000];

/// A city that was not read yet, and what is asked of it.
pub struct Task {
    files: Files,
    settings: Settings,
    rules: AccessRules,
    catalog: Catalog,
    walker: Walker,
}

/// What is made of an extract before places are looked at.
pub struct Built {
    /// What no straight leg crosses.
    pub obstacles: Obstacles,
    /// The walk network.
    pub network: WalkNetwork,
    /// What the study's own walker makes of it, in minutes.
    pub graph: WalkGraph,
}

impl Task {
    /// Checks what is asked; reads nothing.
    ///
    /// # Errors
    /// An unknown pack or walker.
    pub fn new(files: Files, settings: Settings) -> Result<Self, StudyError> {
        let catalog = Catalog::builtin()?;
        let (_, walkers) = asked(&settings, &catalog)?;
        Ok(Self {
            rules: rules(&settings),
            // As of `Study::main_walk`.
            walker: walkers[0].clone(),
            files,
            settings,
            catalog,
        })
    }

    /// Reads what a study keeps of the extract.
    ///
    /// # Errors
    /// As of [`osm::read`].
    pub fn read(&self) -> Result<Extract, StudyError> {
        let wanted = Wanted {
            rules: &self.rules,
            catalog: &self.catalog,
        };
        Ok(osm::read(&self.files.extract, &wanted, &Silent)?.0)
    }

    /// Builds network and graph.
    pub fn build(&self, extract: &Extract) -> Built {
        let obstacles = Obstacles::of(extract, &self.rules);
        let (network, ..) = WalkNetwork::build(extract, &self.rules, &obstacles);
        let graph = WalkGraph::new(&network, &self.walker, CostKind::Time);
        Built {
            obstacles,
            network,
            graph,
        }
    }

    /// Runs the whole study.
    ///
    /// # Errors
    /// As of [`Study::run`].
    pub fn study(&self) -> Result<Study, StudyError> {
        self.watched_study(&Silent)
    }

    fn watched_study(&self, progress: &dyn Progress) -> Result<Study, StudyError> {
        Study::run(&self.files, &self.settings, progress)
    }

    /// Runs the whole study, and makes ready what the stages after the network need.
    ///
    /// # Errors
    /// As of [`Study::run`].
    pub fn finished(&self, progress: &dyn Progress) -> Result<Finished, StudyError> {
        let obstacles = Obstacles::of(&self.read()?, &self.rules);
        Ok(Finished::new(self.watched_study(progress)?, obstacles))
    }
}

/// A city whose study is done, so that every stage after the network can be run alone,
/// by the study's own walker in minutes. Gates are those of the extract.
pub struct Finished {
    /// The study.
    pub study: Study,
    /// Its network for its walker.
    pub graph: WalkGraph,
    /// Where samples are left from.
    pub samples: Stops,
    /// Every vertex of the network, as a place to search from.
    pub vertices: Stops,
    /// Where facilities are come to.
    pub facilities: Stops,
    /// The distinct sets of facilities that the study asks about.
    pub sets: Vec<FacilitySet>,
    obstacles: Obstacles,
    /// For every block its samples.
    blocks: Vec<Vec<LonLat>>,
    links: Links,
    stops: Stops,
}

/// How samples and facilities meet the network, and one another.
pub struct Linked {
    /// Links of the samples.
    pub samples: Links,
    /// Links of the facilities.
    pub facilities: Links,
    /// Facilities that are met inside a compound.
    pub meetings: Meetings,
}

impl Finished {
    fn new(study: Study, obstacles: Obstacles) -> Self {
        let walked = study.main_walk();
        let walker = &walked.walker;
        let graph = WalkGraph::new(&study.network, walker, CostKind::Time);
        let samples = Stops::of(&walked.samples, &graph, walker, Going::Out).meeting(
            &walked.meetings,
            &graph,
            walker,
        );
        let facilities = Stops::of(&walked.facilities, &graph, walker, Going::In);
        let of_block = |block| {
            let samples = study.samples.samples(block).iter();
            samples.map(|sample| sample.at).collect()
        };
        let blocks: Vec<Vec<LonLat>> = (0..study.blocks.len()).map(of_block).collect();
        let linker = Linker::new(
            &study.network,
            &graph,
            &obstacles,
            study.settings.link_limit,
        );
        let links = linker.link_all(&slices(&blocks), Going::Out);
        let stops = Stops::of(&links, &graph, walker, Going::Out);
        let vertices = Vertices::of(&study.network, &graph).stops();
        let sets = study
            .sets
            .iter()
            .map(|set| set.facilities.clone())
            .collect();
        Self {
            study,
            graph,
            samples,
            vertices,
            facilities,
            sets,
            obstacles,
            blocks,
            links,
            stops,
        }
    }

    /// Links samples and facilities.
    pub fn link(&self) -> Linked {
        let study = &self.study;
        let limit = study.settings.link_limit;
        let linker = Linker::new(&study.network, &self.graph, &self.obstacles, limit);
        let samples = study.samples.all().iter();
        let samples: Vec<&[LonLat]> = samples
            .map(|sample| std::slice::from_ref(&sample.at))
            .collect();
        let facilities = study.facilities.iter();
        let facilities: Vec<&[LonLat]> = facilities.map(|facility| &*facility.entrances).collect();
        Linked {
            samples: linker.link_all(&samples, Going::Out),
            facilities: linker.link_all(&facilities, Going::In),
            meetings: linker.meetings(&samples, &facilities),
        }
    }

    /// For every set and sample the nearest facility, from the facilities.
    pub fn nearest(&self) -> Vec<Vec<Option<Nearest>>> {
        self.nearest_from(&self.samples)
    }

    /// The same for every vertex of the network.
    pub fn nearest_of_vertices(&self) -> Vec<Vec<Option<Nearest>>> {
        self.nearest_from(&self.vertices)
    }

    fn nearest_from(&self, places: &Stops) -> Vec<Vec<Option<Nearest>>> {
        let trips = Trips::new(&self.graph, places, &self.facilities);
        let of_set = |set| trips.nearest(set);
        self.sets.par_iter().map(of_set).collect()
    }

    /// For every set and sample how many facilities are within [`LIMITS`].
    pub fn counts(&self) -> Tallies {
        self.counts_from(&self.samples)
    }

    /// The same from every vertex of the network.
    pub fn counts_of_vertices(&self) -> Tallies {
        self.counts_from(&self.vertices)
    }

    fn counts_from(&self, places: &Stops) -> Tallies {
        let trips = Trips::new(&self.graph, places, &self.facilities);
        let within = Within::all(self.sets.len(), &LIMITS);
        trips.tallies(&self.sets, &within, &Silent)
    }

    /// Counts from the samples, and the nearest within the widest of [`LIMITS`].
    pub fn counts_and_nearest(&self) -> Counts {
        let trips = Trips::new(&self.graph, &self.samples, &self.facilities);
        trips.count(&self.sets, &LIMITS, &Silent)
    }

    /// The same network, facilities and samples as a plain graph, and where its nodes lie.
    pub fn plain(&self) -> (PlainGraph, Vec<LonLat>) {
        let vertices = Vertices::of(&self.study.network, &self.graph);
        let plain = PlainGraph::of(&vertices, &self.facilities, &self.sets, &self.samples);
        let facilities = plain.facilities();
        let facilities = facilities
            .map(|(_, facility)| self.study.facilities[facility as usize].shape.inner_place());
        let samples = self.study.samples.all().iter().map(|sample| sample.at);
        let places = vertices.places().iter().copied();
        let places = places.chain(facilities).chain(samples).collect();
        (plain, places)
    }

    /// How many parts of walks are within 15 minutes of the blocks, block by block.
    pub fn reach(&self) -> u64 {
        let territory = Territory::of(&self.graph);
        let blocks = 0..self.blocks.len();
        let parts = blocks.into_par_iter().map_init(
            || territory.surveyor(),
            |surveyor, block| {
                let stops = self.stops.at(block);
                let parts = territory.parts(stops, Going::Out, &LIMITS[2..], surveyor);
                parts.len() as u64
            },
        );
        parts.sum()
    }

    /// How many polygons cover what is within 15 minutes of the blocks, block by block;
    /// all of them are drawn.
    pub fn isochrones(&self) -> u64 {
        let study = &self.study;
        let canvas = Canvas::of(&study.network, &study.water);
        let entrances = slices(&self.blocks);
        let walker = &study.main_walk().walker;
        let isochrones = Isochrones::of(
            &canvas,
            &self.graph,
            walker,
            &entrances,
            &self.links,
            Going::Out,
        )
        .with_compounds(&study.compounds);
        let blocks = 0..self.blocks.len() as u32;
        let polygons = blocks.into_par_iter().map_init(
            || isochrones.worker(),
            |worker, block| {
                let drawn = isochrones.around(&[block], &LIMITS[2..], worker);
                drawn
                    .iter()
                    .map(|polygons| polygons.len() as u64)
                    .sum::<u64>()
            },
        );
        polygons.sum()
    }
}

fn slices(places: &[Vec<LonLat>]) -> Vec<&[LonLat]> {
    places.iter().map(Vec::as_slice).collect()
}
