//! What a study is asked.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::PARCELS;
use crate::places::FacilitySource;
use crate::table::Source;
use crate::units::Limit;

/// The questions and the switches of a study, as they stand in the record of a run.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The standards: keys of packs that come with the program, or paths of `.toml`
    /// files.
    pub standards: Vec<String>,
    /// The walker of every limit; without one the pack's own.
    pub walker: Option<String>,
    /// Limits that replace those of the pack; none keep them.
    pub within: Vec<Limit>,
    /// The longest straight leg from a place to a walk, in metres.
    #[serde(rename = "link_limit_m")]
    pub link_limit: f64,
    /// The width of a sample's cell, in metres.
    #[serde(rename = "sample_spacing_m")]
    pub sample_spacing: f64,
    /// Where facilities come from.
    pub facilities_from: FacilitySource,
    /// Whether a facility whose size is not known counts for nothing where a standard
    /// asks for one.
    pub strict_sizes: bool,
    /// Whether trunk roads are walkable.
    pub trunk: bool,
    /// Above this, in hectares, a residential area of the extract is cut along
    /// streets, and residential buildings outside areas are grouped by street block;
    /// `None` does neither.
    #[serde(rename = "block_size_ha")]
    pub block_size: Option<f64>,
    /// People to spread over the blocks by their residential floor area.
    pub people: Option<u64>,
    /// Whether it is asked what would be covered if all gates were open.
    pub gates_open: bool,
    /// Whether it is asked how coverage changes with what was assumed.
    #[serde(default)]
    pub sensitivity: bool,
}

/// A setting beyond what can be asked.
#[derive(Clone, Debug, PartialEq)]
pub struct OutOfRange {
    /// Which, as the record of a run names it.
    pub setting: &'static str,
    /// What it may be.
    pub range: RangeInclusive<f64>,
}

impl Settings {
    /// Longest legs, in metres.
    pub const LINK_LIMITS: RangeInclusive<f64> = 1.0..=10_000.0;
    /// Widths of cells, in metres: finer ones change no figure that can be defended, and
    /// fill the memory.
    pub const SAMPLE_SPACINGS: RangeInclusive<f64> = 10.0..=1_000.0;
    /// Sizes above which areas are cut, in hectares.
    pub const BLOCK_SIZES: RangeInclusive<f64> = 0.1..=100_000.0;
    /// People to spread.
    pub const PEOPLE: RangeInclusive<u64> = 1..=10_000_000_000;

    /// Whether every setting can be asked: they may come from a file.
    ///
    /// # Errors
    /// The first that cannot.
    pub fn check(&self) -> Result<(), OutOfRange> {
        let people = *Self::PEOPLE.start() as f64..=*Self::PEOPLE.end() as f64;
        let numbers = [
            ("link_limit_m", Some(self.link_limit), Self::LINK_LIMITS),
            (
                "sample_spacing_m",
                Some(self.sample_spacing),
                Self::SAMPLE_SPACINGS,
            ),
            ("block_size_ha", self.block_size, Self::BLOCK_SIZES),
            ("people", self.people.map(|people| people as f64), people),
        ];
        for (setting, number, range) in numbers {
            if number.is_some_and(|number| !range.contains(&number)) {
                return Err(OutOfRange { setting, range });
            }
        }
        Ok(())
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            standards: vec!["general".to_owned()],
            walker: None,
            within: Vec::new(),
            link_limit: 200.0,
            sample_spacing: 50.0,
            facilities_from: FacilitySource::default(),
            strict_sizes: false,
            trunk: true,
            block_size: Some(20.0),
            people: None,
            gates_open: false,
            sensitivity: false,
        }
    }
}

/// The files of a study.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files {
    /// The `.osm.pbf` extract.
    pub extract: PathBuf,
    /// Blocks; without them those of the extract.
    pub blocks: Option<Source>,
    /// Facilities; without them those of the extract.
    pub facilities: Option<Source>,
    /// Zones: one file, or one a level.
    pub zones: Vec<Source>,
    /// Gates of blocks.
    pub gates: Option<Source>,
    /// Parcels for future homes.
    pub parcels: Option<Source>,
    /// A raster of people.
    pub population: Option<Source>,
    /// The study area.
    pub boundary: Option<Source>,
    /// A table that explains headers of the others.
    pub columns: Option<Source>,
}

impl Files {
    /// The tables, with what each is read as.
    pub fn tables(&self) -> impl Iterator<Item = (&'static str, &Source)> {
        let one = [
            ("blocks", &self.blocks),
            ("facilities", &self.facilities),
            ("gates", &self.gates),
            ("population", &self.population),
            ("boundary", &self.boundary),
            ("columns", &self.columns),
            (PARCELS, &self.parcels),
        ];
        let zones = self.zones.iter().map(|source| ("zones", source));
        one.into_iter()
            .filter_map(|(role, source)| Some((role, source.as_ref()?)))
            .chain(zones)
    }

    /// Every file as it was typed, by what it is read as: `extract`, `blocks`, …
    pub fn typed(&self) -> BTreeMap<&'static str, Vec<String>> {
        let mut typed = BTreeMap::from([("extract", vec![self.extract.display().to_string()])]);
        for (role, source) in self.tables() {
            typed.entry(role).or_default().push(source.to_string());
        }
        typed
    }

    /// Adds a table, by what it is read as; `false` where nothing is read as that.
    pub fn add(&mut self, role: &str, source: Source) -> bool {
        let place = match role {
            "zones" => {
                self.zones.push(source);
                return true;
            }
            "blocks" => &mut self.blocks,
            "facilities" => &mut self.facilities,
            "gates" => &mut self.gates,
            "population" => &mut self.population,
            "boundary" => &mut self.boundary,
            "columns" => &mut self.columns,
            PARCELS => &mut self.parcels,
            _ => return false,
        };
        *place = Some(source);
        true
    }

    /// All files that are read.
    pub fn paths(&self) -> Vec<PathBuf> {
        let tables = self.tables().flat_map(|(_, source)| source.files());
        tables.chain([self.extract.clone()]).collect()
    }
}
