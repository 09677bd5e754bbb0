//! What is known of a city before anybody walks, and what is asked of it.

use std::sync::Arc;

use super::people::{self, PeopleFrom, Unsettled};
use super::question::asked;
use super::{City, Files, InputFile, Materials, ParcelsGiven, Settings, StudyError};
use crate::notice::Notices;
use crate::places::{Catalog, LeftOut, Merged, Samples, Zone, Zoning};
use crate::plane::Area;
use crate::profile::Walker;
use crate::standard::Standard;

/// What is asked of a city.
#[derive(Clone, Debug)]
pub struct Inquiry {
    /// As it was asked.
    pub settings: Settings,
    /// What is what.
    pub catalog: Catalog,
    /// What is asked, with the limits and the walker that were chosen.
    pub standard: Standard,
    /// Everybody who is asked about; the first is the study's own.
    pub walkers: Vec<Walker>,
}

impl Inquiry {
    /// Understands what is asked.
    ///
    /// # Errors
    /// An unknown pack or walker.
    pub fn new(settings: &Settings) -> Result<Self, StudyError> {
        let catalog = Catalog::builtin()?;
        let (standard, walkers) = asked(settings, &catalog)?;
        Ok(Self {
            settings: settings.clone(),
            catalog,
            standard,
            walkers,
        })
    }
}

/// A scenario that a city was changed by, as it is told.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Its name.
    pub name: String,
    /// What else is to be said of it.
    pub notes: Option<String>,
    /// Its changes, each as its file has it.
    pub changes: Vec<serde_json::Value>,
}

/// Everything that is known of a city before anybody walks: its network, its places and
/// its people. What is large is shared by all who hold it, so that a copy costs nothing.
#[derive(Clone, Debug)]
pub struct Survey {
    /// The network and the places. Blocks are those of the study area.
    pub city: City,
    /// The samples of the blocks, with their people.
    pub samples: Arc<Samples>,
    /// Where their people come from.
    pub people_from: PeopleFrom,
    /// The zones as they are drawn, by id.
    pub zones: Arc<Vec<Zone>>,
    /// Zones, level by level.
    pub zonings: Arc<Vec<Zoning>>,
    /// The study area, where there is one.
    pub study_area: Option<Arc<Area>>,
    /// The scenario that it was changed by, where it was.
    pub plan: Option<Arc<Plan>>,
    /// Parcels for future homes, where they are asked about.
    pub parcels: Option<ParcelsGiven>,
    /// The files that were named.
    pub files: Files,
    /// What was read of them.
    pub inputs: Vec<InputFile>,
    /// What was the same as one of the facilities.
    pub merged: Vec<Merged>,
    /// What of the extract may be a facility and is none.
    pub left_out: Vec<LeftOut>,
    /// Everything odd so far, counted.
    pub notices: Notices,
    /// Blocks as they were read, where it is asked what other samples would change.
    pub(super) unsettled: Option<Unsettled>,
}

impl Survey {
    /// Builds network and places of what was read, and settles the people.
    ///
    /// # Errors
    /// A gate far from its block; a raster that cannot be used.
    pub fn of(mut materials: Materials, settings: &Settings) -> Result<Self, StudyError> {
        let mut notices = std::mem::take(&mut materials.notices);
        let mut city = City::of(&mut materials, settings, &mut notices)?;
        let Materials {
            mut zones,
            boundary,
            parcels,
            people,
            files,
            inputs,
            merged,
            left_out,
            ..
        } = materials;
        zones.sort_by(|one, other| (&one.id, &one.level).cmp(&(&other.id, &other.level)));
        let area = boundary.as_ref();
        let unsettled = Unsettled::of(&city.blocks, &people, settings, area);
        let blocks = Arc::unwrap_or_clone(std::mem::take(&mut city.blocks));
        let (blocks, samples, people_from) =
            people::settled(blocks, &people, settings, area, &mut notices)?;
        let zonings = Zoning::of(&zones, &blocks, &samples);
        city.blocks = Arc::new(blocks);
        Ok(Self {
            city,
            samples: Arc::new(samples),
            people_from,
            zones: Arc::new(zones),
            zonings: Arc::new(zonings),
            study_area: boundary.map(Arc::new),
            plan: None,
            parcels,
            files,
            inputs,
            merged,
            left_out,
            notices,
            unsettled,
        })
    }
}
