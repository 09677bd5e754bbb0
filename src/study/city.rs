//! The city as a study meets it: what was read, made into a network, the blocks on
//! it and the facilities.

use std::sync::Arc;

use rayon::prelude::*;

use super::materials::rules;
use super::{Files, Grown, Materials, Scenery, Settings, StudyError, gates, misread};
use crate::measure::Border;
use crate::network::{
    Census, Entries, KnownGates, Obstacles, WalkNetwork, Water, street_block_lines,
};
use crate::notice::Notices;
use crate::osm::Extract;
use crate::places::{Block, Catalog, Facility, Shape, by_street_blocks};
use crate::profile::AccessRules;
use crate::progress::Progress;

/// Everything that is made of the extract before anybody walks. The extract
/// itself is not needed any more.
#[derive(Clone, Debug)]
pub struct City {
    /// The walk network.
    pub network: Arc<WalkNetwork>,
    /// What a plan added to it.
    pub grown: Option<Arc<Grown>>,
    /// What it is made of.
    pub census: Census,
    /// What no straight leg crosses.
    pub obstacles: Obstacles,
    /// The water.
    pub water: Arc<Water>,
    /// The edge of the data.
    pub border: Option<Border>,
    /// Seconds since 1970 up to which the OSM data is complete.
    pub osm_timestamp: Option<i64>,
    /// The blocks, by id.
    pub blocks: Arc<Vec<Block>>,
    /// The facilities, by id.
    pub facilities: Arc<Vec<Facility>>,
    /// Where areas are entered.
    pub entries: Arc<Entries>,
    /// What is drawn behind a map.
    pub scenery: Arc<Scenery>,
    /// With all gates open, where that is asked.
    pub opened: Option<Arc<Opened>>,
}

impl City {
    /// Reads a city of which no figure is asked; it may have no block.
    ///
    /// # Errors
    /// The first error of any reader.
    pub fn read(
        files: &Files,
        settings: &Settings,
        catalog: &Catalog,
        progress: &dyn Progress,
    ) -> Result<(Self, Notices), StudyError> {
        let mut materials = Materials::gather(files, settings, catalog, progress)?;
        let mut notices = std::mem::take(&mut materials.notices);
        let city = Self::of(&mut materials, settings, &mut notices)?;
        Ok((city, notices))
    }

    /// Builds it from what was read; takes the extract, the blocks and the
    /// facilities out of the materials.
    ///
    /// # Errors
    /// A gate of a table far from its block.
    pub fn of(
        materials: &mut Materials,
        settings: &Settings,
        notices: &mut Notices,
    ) -> Result<Self, StudyError> {
        let extract = std::mem::take(&mut materials.extract);
        let rules = rules(settings);
        let mut blocks = std::mem::take(&mut materials.blocks);
        if let Some(hectares) = settings.block_size {
            let lines = street_block_lines(&extract, &rules);
            let (found, noted) = by_street_blocks(blocks, &lines, hectares);
            notices.absorb(noted);
            blocks = found;
        }
        let known = gates::known(&materials.gates, &blocks, notices)?;
        let opened = settings.gates_open.then(|| {
            let known = known.all_open(&extract, &rules);
            Opened::of(&extract, &rules, known, materials.facilities.clone())
        });
        let build = || {
            let obstacles = Obstacles::knowing(&extract, &rules, known);
            let built = WalkNetwork::build(&extract, &rules, &obstacles);
            (obstacles, built)
        };
        let draw = || (Water::of(&extract), Scenery::of(&extract));
        let ((obstacles, (network, census, noted)), ((water, noted_water), scenery)) =
            rayon::join(build, draw);
        notices.absorb(noted);
        notices.absorb(noted_water);
        let entries = Entries::knowing(&extract, &rules, &network, obstacles.gates());
        let facilities = entered(std::mem::take(&mut materials.facilities), &entries);
        misread::note(&materials.files, &blocks, &facilities, &network, notices);
        Ok(Self {
            network: Arc::new(network),
            grown: None,
            census,
            obstacles,
            water: Arc::new(water),
            border: Border::of(extract.header.bounds, &extract.node_at),
            osm_timestamp: extract.header.timestamp,
            blocks: Arc::new(blocks),
            facilities: Arc::new(facilities),
            entries: Arc::new(entries),
            scenery: Arc::new(scenery),
            opened: opened.map(Arc::new),
        })
    }
}

/// The same city with all gates and walls of its compounds open.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The walk network.
    pub network: WalkNetwork,
    /// What no straight leg crosses.
    pub obstacles: Obstacles,
    /// The facilities, with gates as entrances that were locked.
    pub facilities: Vec<Facility>,
}

impl Opened {
    /// What is odd about the extract is noted with the city as it is.
    fn of(
        extract: &Extract,
        rules: &AccessRules,
        known: KnownGates,
        facilities: Vec<Facility>,
    ) -> Self {
        let obstacles = Obstacles::knowing(extract, rules, known);
        let (network, ..) = WalkNetwork::build(extract, rules, &obstacles);
        let entries = Entries::knowing(extract, rules, &network, obstacles.gates());
        Self {
            facilities: entered(facilities, &entries),
            obstacles,
            network,
        }
    }
}

/// The facilities with the gates, entrances and walks by which their areas are
/// entered, where any are mapped; the others keep what is assumed.
pub fn entered(mut facilities: Vec<Facility>, entries: &Entries) -> Vec<Facility> {
    facilities.par_iter_mut().for_each(|facility| {
        if let (true, Shape::Area(area)) = (facility.entrances_assumed, &facility.shape) {
            let known = entries.of_area(area);
            if !known.is_empty() {
                facility.entrances = known;
                facility.entrances_assumed = false;
            }
        }
    });
    facilities
}
