//! The pipeline: from files to every figure of a report. The only module that
//! runs all the others.

mod answer;
mod catchment;
mod city;
mod composite;
mod error;
mod follow;
mod footing;
mod gap;
mod gates;
mod materials;
mod misread;
mod new_walks;
mod noted;
mod opened;
mod others;
mod parcels;
mod people;
mod provided;
mod question;
mod scenery;
mod sensitivity;
mod settings;
mod single;
pub mod stages;
mod standing;
mod survey;
mod swapped;
mod useless;
mod walked;

pub use answer::{Answer, BlockAnswer};
pub use catchment::catchments;
pub use city::{City, Opened, entered};
pub use composite::CompositeAnswer;
pub use error::StudyError;
pub use footing::Grown;
pub use gap::Gap;
pub use gates::{BlockGates, admits};
pub use materials::{InputFile, Materials, Wanted, hex, rules};
pub use parcels::{CIRCLES, PARCELS, Parcels, ParcelsGiven, surroundings, too_small_near};
pub use people::{PeopleFrom, PeopleGiven};
pub use provided::{Provided, ZoneProvision};
pub use question::AskedSet;
pub use scenery::Scenery;
pub use sensitivity::{Changed, Variant};
pub use settings::{Files, OutOfRange, Settings};
pub use standing::Standing;
pub use survey::{Inquiry, Plan, Survey};
pub use useless::{Straight, Want};
pub use walked::{Reached, Walked};

use question::{asked_of, asked_sets, questions, widest};

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::link::{Links, Unlinked};
use crate::measure::{Beelines, Coverage, Sums, straight_within};
use crate::network::{Census, Compounds, WalkNetwork, Water};
use crate::notice::Notices;
use crate::places::{
    Block, BlockKind, Catalog, Facility, FacilitySet, LeftOut, Merged, Samples, Zone, Zoning,
};
use crate::progress::Progress;
use crate::standard::{Denominator, Requirement, Standard};

/// A finished study: what was read and every figure.
#[derive(Clone, Debug)]
pub struct Study {
    /// What was asked.
    pub settings: Settings,
    /// What is asked, with the limits and the walker that were chosen.
    pub standard: Standard,
    /// What is what.
    pub catalog: Catalog,
    /// SHA-256 of the catalog's rules, in hexadecimal.
    pub catalog_sha256: String,
    /// The scenario that the city was changed by, where it was.
    pub plan: Option<Arc<Plan>>,
    /// The files that were named.
    pub files: Files,
    /// What was read of them.
    pub inputs: Vec<InputFile>,
    /// Seconds since 1970 up to which the OSM data is complete.
    pub osm_timestamp: Option<i64>,
    /// The walk network.
    pub network: Arc<WalkNetwork>,
    /// What it is made of.
    pub census: Census,
    /// The water, for maps.
    pub water: Arc<Water>,
    /// The compounds, whose gates the legs of maps lead through.
    pub compounds: Arc<Compounds>,
    /// Blocks of the study area, by id.
    pub blocks: Arc<Vec<Block>>,
    /// All facilities, by id.
    pub facilities: Arc<Vec<Facility>>,
    /// What was the same as one of the facilities.
    pub merged: Vec<Merged>,
    /// What of the extract may be a facility and is none, the largest rows first.
    pub left_out: Vec<LeftOut>,
    /// The samples of the blocks.
    pub samples: Arc<Samples>,
    /// What all samples stand for.
    pub whole: Sums,
    /// Where their people come from.
    pub people_from: PeopleFrom,
    /// Zones, level by level.
    pub zonings: Arc<Vec<Zoning>>,
    /// The zones as they are drawn; none where the blocks' own columns name them.
    pub zones: Arc<Vec<Zone>>,
    /// What is drawn behind a map.
    pub scenery: Arc<Scenery>,
    /// The distinct sets of categories that the requirements ask for.
    pub sets: Vec<AskedSet>,
    /// What the walkers reach; the first is the study's own.
    pub walked: Vec<Walked>,
    /// The answer to every requirement, in the standard's order.
    pub answers: Vec<Answer>,
    /// Coverage of every requirement if all gates were open, in the order of the
    /// answers; where that was asked.
    pub opened: Option<Vec<Vec<Coverage>>>,
    /// Coverage of the whole with one setting changed, variant by variant; empty where
    /// that was not asked.
    pub sensitivity: Vec<Changed>,
    /// Parcels for future homes, where they were asked about.
    pub parcels: Option<Parcels>,
    /// For every block the gates by which it is entered, where it lies in a compound.
    pub gates: Vec<Option<BlockGates>>,
    /// The answer to every composite, in the standard's order.
    pub composites: Vec<CompositeAnswer>,
    /// For every level and zone that is drawn the facilities in it, as indices.
    pub facilities_of_zones: Vec<Vec<Vec<u32>>>,
    /// What every zone has of every provision, in the standard's order.
    pub provided: Vec<Vec<ZoneProvision>>,
    /// For every block the straight distance to the border of the data, in
    /// metres; `None` where the data has no border.
    pub border_metres: Vec<Option<f64>>,
    /// Everything odd, counted.
    pub notices: Notices,
    /// What was found when it was first asked for. A study that is changed afterwards no
    /// more tells its own; a copy begins anew.
    found: Found,
}

/// What [`Study::gaps`] and [`Study::denominators`] have found.
#[derive(Debug, Default)]
struct Found {
    gaps: OnceLock<Vec<Gap>>,
    denominators: OnceLock<Vec<Denominator>>,
}

impl Clone for Found {
    /// Nothing: a copy may be changed.
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Study {
    /// Reads all files and computes every figure.
    ///
    /// # Errors
    /// The first error of any reader; nothing is half done.
    pub fn run(
        files: &Files,
        settings: &Settings,
        progress: &dyn Progress,
    ) -> Result<Self, StudyError> {
        Self::run_checked(files, settings, progress, |_, _| Ok(()))
    }

    /// The same; what was read is looked at before anything is walked.
    ///
    /// # Errors
    /// As of [`Study::run`], and those of the look.
    pub fn run_checked<E: From<StudyError>>(
        files: &Files,
        settings: &Settings,
        progress: &dyn Progress,
        look: impl FnOnce(&Materials, &Standard) -> Result<(), E>,
    ) -> Result<Self, E> {
        // What was asked is checked before anything long begins.
        let inquiry = Inquiry::new(settings)?;
        let materials = Materials::read(files, settings, &inquiry.catalog, progress)?;
        look(&materials, &inquiry.standard)?;
        let study = Self::of(Survey::of(materials, settings)?, &inquiry, progress)?;
        match &files.boundary {
            // Known only once the blocks are cut.
            Some(source) if study.blocks.is_empty() => Err(StudyError::NoBlocks {
                file: source.path.display().to_string(),
                outside: true,
            }
            .into()),
            _ => Ok(study),
        }
    }

    /// Computes every figure from what was read.
    ///
    /// # Errors
    /// An unknown pack or walker.
    pub fn from_materials(
        materials: Materials,
        settings: &Settings,
        progress: &dyn Progress,
    ) -> Result<Self, StudyError> {
        let inquiry = Inquiry::new(settings)?;
        Self::of(Survey::of(materials, settings)?, &inquiry, progress)
    }

    /// Computes every figure that is asked of a city.
    ///
    /// # Errors
    /// A raster that can be used no more.
    pub fn of(
        survey: Survey,
        inquiry: &Inquiry,
        progress: &dyn Progress,
    ) -> Result<Self, StudyError> {
        let Inquiry {
            settings,
            catalog,
            standard,
            walkers,
        } = inquiry;
        let sets = asked_sets(standard, settings, catalog, &survey.city.facilities);
        let dense: Vec<FacilitySet> = sets.iter().map(|set| set.facilities.clone()).collect();
        let ground = footing::Ground::of(&survey, &dense, settings.link_limit);
        let questions = questions(standard, walkers, &sets);
        let walked = walked::all(&ground, &asked_of(&questions, walkers), progress);
        let widest = widest(&questions, &sets);
        let straight = straight_within(ground.samples, ground.facilities, &dense, &widest);
        Self::settled(survey, inquiry, sets, walked, &straight, progress)
    }

    /// The figures that follow from what is reached, by walking and straight.
    fn settled(
        survey: Survey,
        inquiry: &Inquiry,
        sets: Vec<AskedSet>,
        walked: Vec<Walked>,
        straight: &[Beelines],
        progress: &dyn Progress,
    ) -> Result<Self, StudyError> {
        let Inquiry {
            settings,
            catalog,
            standard,
            walkers,
        } = inquiry;
        let dense: Vec<FacilitySet> = sets.iter().map(|set| set.facilities.clone()).collect();
        let ground = footing::Ground::of(&survey, &dense, settings.link_limit);
        let Survey {
            city,
            samples,
            zonings,
            ..
        } = &survey;
        let questions = questions(standard, walkers, &sets);
        let asked_of = asked_of(&questions, walkers);
        let widest = widest(&questions, &sets);
        let metres = |block: &Block| city.border.map(|border| border.metres(&block.shape));
        let border_metres: Vec<Option<f64>> = city.blocks.par_iter().map(metres).collect();
        let evidence = answer::Evidence {
            walked: &walked,
            straight,
            samples,
            zonings,
        };
        let answers = answer::answers(&questions, &evidence);
        let base = (&ground, &evidence);
        let opened = city
            .opened
            .as_deref()
            .map(|open| opened::coverage(open, base, &questions, &asked_of, progress));
        let asked = (standard, &**walkers, &*sets);
        let sensitivity = sensitivity::changed(survey.unsettled.as_ref(), asked, base, progress)?;
        let asked = parcels::Asked {
            questions: &questions,
            straight: &widest,
            walkers: &asked_of,
            border: city.border.as_ref(),
        };
        let parcels = survey.parcels.clone();
        let parcels = parcels.map(|it| parcels::reached(it, &ground, &asked, settings, progress));
        let gates = gates::of_blocks(&city.blocks, city.obstacles.compounds());
        let composites = composite::composites(standard, &answers, &sets, samples, zonings);
        let found = provided::Zoned::new(standard, catalog, &city.facilities);
        let (facilities_of_zones, provided) = found.provided(zonings, &survey.zones);
        let mut study = Self {
            settings: settings.clone(),
            standard: standard.clone(),
            catalog_sha256: hex(&Sha256::digest(Catalog::builtin_text())),
            catalog: catalog.clone(),
            plan: survey.plan,
            files: survey.files,
            inputs: survey.inputs,
            osm_timestamp: survey.city.osm_timestamp,
            network: survey.city.network,
            census: survey.city.census,
            water: survey.city.water,
            compounds: survey.city.obstacles.into_compounds(),
            blocks: survey.city.blocks,
            facilities: survey.city.facilities,
            merged: survey.merged,
            left_out: survey.left_out,
            whole: Sums::of(survey.samples.all()),
            samples: survey.samples,
            people_from: survey.people_from,
            zonings: survey.zonings,
            zones: survey.zones,
            scenery: survey.city.scenery,
            sets,
            walked,
            answers,
            opened,
            sensitivity,
            parcels,
            gates,
            composites,
            facilities_of_zones,
            provided,
            border_metres,
            notices: survey.notices,
            found: Found::default(),
        };
        study.note();
        Ok(study)
    }

    /// The study's own walker, and what it reaches.
    pub fn main_walk(&self) -> &Walked {
        &self.walked[0]
    }

    /// The requirements with their answers, in the standard's order.
    pub fn answered(&self) -> impl Iterator<Item = (&Requirement, &Answer)> {
        self.standard.requirements.iter().zip(&self.answers)
    }

    /// Whether the study has a facility of what an answer is about, were it too small.
    pub fn has_data(&self, answer: &Answer) -> bool {
        self.sets[answer.set].has_data()
    }

    /// The denominators that some block knows.
    pub fn denominators(&self) -> &[Denominator] {
        let known = |denominator: &Denominator| {
            self.blocks.iter().any(|block| match denominator {
                Denominator::Land => block.land.is_some(),
                Denominator::People => block.people.is_some(),
                Denominator::Group(group) => block.groups[*group].is_some(),
            })
        };
        self.found
            .denominators
            .get_or_init(|| Denominator::all().filter(known).collect())
    }

    /// How many of a block's samples are unlinked.
    pub fn unlinked_samples(&self, block: usize) -> usize {
        let links = &self.main_walk().samples;
        self.samples
            .of_block(block)
            .filter(|&sample| links.unlinked(sample).is_some())
            .count()
    }

    /// Why a block is unlinked; `None` where one of its samples is linked.
    pub fn unlinked_reason(&self, block: usize) -> Option<Unlinked> {
        reason(&self.main_walk().samples, self.samples.of_block(block))
    }

    /// How many blocks there are of every kind that occurs.
    pub fn blocks_by_kind(&self) -> BTreeMap<BlockKind, usize> {
        let mut counts = BTreeMap::new();
        for block in self.blocks.iter() {
            *counts.entry(block.kind).or_default() += 1;
        }
        counts
    }
}

/// Why some samples are unlinked; `None` where one of them is linked.
fn reason(links: &Links, own: Range<usize>) -> Option<Unlinked> {
    let reasons: Option<Vec<Unlinked>> = own.map(|at| links.unlinked(at)).collect();
    reasons?.into_iter().max()
}
