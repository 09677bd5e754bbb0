//! Where the people of a study come from, and how they come to the samples.

use super::{Files, Settings, StudyError};
use crate::notice::{Notice, Notices};
use crate::places::{self, Block, Dwelling, PlacesError, Samples};
use crate::plane::Area;
use crate::raster::Raster;
use crate::table::Source;

/// What tells how many people live in a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeopleFrom {
    /// A column of the blocks.
    Blocks,
    /// A raster, cell by cell.
    Raster,
    /// A total, spread by residential floor area.
    Total,
    /// Nothing: land alone is measured.
    Nothing,
}

impl PeopleFrom {
    /// A stable key for machines.
    pub fn key(self) -> &'static str {
        match self {
            Self::Blocks => "blocks",
            Self::Raster => "raster",
            Self::Total => "total_by_floor_area",
            Self::Nothing => "nothing",
        }
    }
}

/// What is given besides the blocks.
#[derive(Clone, Debug, Default)]
pub struct PeopleGiven {
    /// A raster.
    pub raster: Option<Source>,
    /// The buildings that a total is spread by.
    pub dwellings: Vec<Dwelling>,
}

/// Refuses two sources at once, and a raster that cannot be used, before anything long
/// begins.
pub(super) fn check(files: &Files, settings: &Settings) -> Result<(), StudyError> {
    let Some(source) = &files.population else {
        return Ok(());
    };
    if settings.people.is_some() {
        return Err(StudyError::PeopleTwice);
    }
    open(source).map(|_| ())
}

fn open(source: &Source) -> Result<Raster, StudyError> {
    Raster::open(&source.path, source.frame).map_err(|error| PlacesError::from(error).into())
}

/// Blocks and samples of the study area, with their people: those of the blocks' own
/// column, else of the raster, else of the total.
pub(super) fn settled(
    mut blocks: Vec<Block>,
    given: &PeopleGiven,
    settings: &Settings,
    study_area: Option<&Area>,
    notices: &mut Notices,
) -> Result<(Vec<Block>, Samples, PeopleFrom), StudyError> {
    let mut samples = Samples::of(&blocks, settings.sample_spacing);
    let known = blocks.iter().any(|block| block.people.is_some());
    if known && (given.raster.is_some() || settings.people.is_some()) {
        let block = blocks.iter().find(|block| block.people.is_some());
        let example = block.map(|block| block.id.clone()).unwrap_or_default();
        notices.note(Notice::PeopleOfBlocks, example);
    }
    let mut from = if known {
        PeopleFrom::Blocks
    } else {
        PeopleFrom::Nothing
    };
    if let (false, Some(source)) = (known, &given.raster) {
        // Before the study area is cut out: a cell on its border has people on both sides.
        let mut raster = open(source)?;
        let noted = places::spread_raster(&mut raster, &mut blocks, &mut samples, study_area)?;
        notices.absorb(noted);
        from = PeopleFrom::Raster;
    }
    let (mut blocks, mut samples) = match study_area {
        Some(area) => inside(blocks, &samples, area, notices),
        None => (blocks, samples),
    };
    if let (PeopleFrom::Nothing, Some(total), false) = (from, settings.people, blocks.is_empty()) {
        let (floors, noted) = places::floor_areas(&blocks, &given.dwellings, study_area);
        notices.absorb(noted);
        let noted = places::spread_total(total, &floors, &mut blocks, &mut samples)?;
        notices.absorb(noted);
        from = PeopleFrom::Total;
    }
    Ok((blocks, samples, from))
}

/// Blocks as they were read, to be sampled anew.
#[derive(Clone, Debug)]
pub(super) struct Unsettled {
    blocks: Vec<Block>,
    given: PeopleGiven,
    settings: Settings,
    study_area: Option<Area>,
}

impl Unsettled {
    /// Where it is asked what other samples would change.
    pub(super) fn of(
        blocks: &[Block],
        given: &PeopleGiven,
        settings: &Settings,
        study_area: Option<&Area>,
    ) -> Option<Self> {
        settings.sensitivity.then(|| Self {
            blocks: blocks.to_vec(),
            given: given.clone(),
            settings: settings.clone(),
            study_area: study_area.cloned(),
        })
    }

    /// Samples of cells of another width, with their people: `other` makes it, in metres,
    /// of that which was asked for; none where it makes none. What is odd was noted with
    /// the study's own samples.
    pub(super) fn resampled(
        &self,
        other: impl Fn(f64) -> Option<f64>,
    ) -> Result<Option<Samples>, StudyError> {
        let Some(sample_spacing) = other(self.settings.sample_spacing) else {
            return Ok(None);
        };
        let settings = Settings {
            sample_spacing,
            ..self.settings.clone()
        };
        let (blocks, noted) = (self.blocks.clone(), &mut Notices::default());
        let area = self.study_area.as_ref();
        let found = settled(blocks, &self.given, &settings, area, noted);
        found.map(|(_, samples, _)| Some(samples))
    }
}

/// The blocks that have a sample in the study area, with these samples.
fn inside(
    mut blocks: Vec<Block>,
    samples: &Samples,
    area: &Area,
    notices: &mut Notices,
) -> (Vec<Block>, Samples) {
    let (samples, has_sample) = samples.inside(area);
    let mut inside = has_sample.into_iter();
    blocks.retain(|block| {
        let inside = inside.next().unwrap_or_default();
        if !inside {
            notices.note(Notice::OutsideStudyArea, block.id.clone());
        }
        inside
    });
    (blocks, samples)
}
