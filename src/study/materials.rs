//! Everything that a study reads.

use std::fmt::Write as _;
use std::io::Read as _;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::people::{self, PeopleGiven};
use super::settings::{Files, Settings};
use super::{ParcelsGiven, StudyError, swapped};
use crate::frame::Frame;
use crate::network::{self, keeps_compound, keeps_node, keeps_obstacle, keeps_way};
use crate::notice::{Notice, Notices};
use crate::osm::{self, Extract, Keep, TagSet};
use crate::places::{
    self, Block, Catalog, Facility, Headers, LeftOut, Merged, PlacesError, Shape, TableGate, Zone,
};
use crate::plane::{self, Area, LonLat};
use crate::profile::AccessRules;
use crate::progress::Progress;
use crate::standard::Standard;
use crate::table::Source;

/// No block of a city is larger.
///
/// # Units
/// Square metres.
const HUGE: f64 = 1e8;

/// A file that was read: enough to tell later whether it is still the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputFile {
    /// What it was read as: `extract`, `blocks`, …
    pub role: &'static str,
    /// Its name without the folder.
    pub name: String,
    /// The frame that was asked for its coordinates.
    pub frame: Option<Frame>,
    /// Its size in bytes.
    pub bytes: u64,
    /// SHA-256 of its content, in hexadecimal.
    pub sha256: String,
}

/// What a study works on.
#[derive(Clone, Debug)]
pub struct Materials {
    /// What was kept of the extract.
    pub extract: Extract,
    /// Blocks of the table, else of the extract; by id.
    pub blocks: Vec<Block>,
    /// Facilities of the table and of the extract; by id.
    pub facilities: Vec<Facility>,
    /// What was the same as one of the facilities.
    pub merged: Vec<Merged>,
    /// What of the extract may be a facility and is none.
    pub left_out: Vec<LeftOut>,
    /// Zones of the file, else, where the blocks name none themselves, the
    /// administrative areas of the extract.
    pub zones: Vec<Zone>,
    /// The study area.
    pub boundary: Option<Area>,
    /// Gates of blocks, of the table.
    pub gates: Vec<TableGate>,
    /// Parcels for future homes, where they are asked about.
    pub parcels: Option<ParcelsGiven>,
    /// What tells people beside the blocks.
    pub people: PeopleGiven,
    /// The files that were named.
    pub files: Files,
    /// The files that were read.
    pub inputs: Vec<InputFile>,
    /// What was noticed on reading.
    pub notices: Notices,
}

/// What of an extract a study keeps.
pub struct Wanted<'a> {
    /// Who may walk where.
    pub rules: &'a AccessRules,
    /// What is what.
    pub catalog: &'a Catalog,
}

impl Keep for Wanted<'_> {
    fn node(&self, tags: &dyn TagSet) -> bool {
        keeps_node(tags, self.rules) || places::keeps_node(tags, self.catalog)
    }

    fn way(&self, tags: &dyn TagSet) -> bool {
        keeps_way(tags, self.rules)
            || keeps_obstacle(tags)
            || keeps_compound(tags)
            || places::keeps_way(tags, self.catalog)
    }

    fn relation(&self, tags: &dyn TagSet) -> bool {
        keeps_obstacle(tags)
            || keeps_compound(tags)
            || network::keeps_relation(tags, self.rules)
            || places::keeps_relation(tags, self.catalog)
    }
}

/// The same with every dwelling, to spread people by floor area.
struct WithDwellings<'a>(Wanted<'a>);

impl Keep for WithDwellings<'_> {
    fn node(&self, tags: &dyn TagSet) -> bool {
        self.0.node(tags)
    }

    fn way(&self, tags: &dyn TagSet) -> bool {
        self.0.way(tags) || places::keeps_dwelling(tags)
    }

    fn relation(&self, tags: &dyn TagSet) -> bool {
        self.0.relation(tags)
    }
}

/// The access rules of a study.
pub fn rules(settings: &Settings) -> AccessRules {
    let mut rules = AccessRules::builtin();
    rules.trunk = settings.trunk;
    rules
}

impl Materials {
    /// Reads all files of a study. Tables are read before the extract, so that a
    /// mistake in them is told at once.
    ///
    /// # Errors
    /// The first error of any reader.
    pub fn read(
        files: &Files,
        settings: &Settings,
        catalog: &Catalog,
        progress: &dyn Progress,
    ) -> Result<Self, StudyError> {
        let mut materials = Self::gather(files, settings, catalog, progress)?;
        check_blocks(files, &materials.blocks, &mut materials.notices)?;
        Ok(materials)
    }

    /// The same where a city without a block will do.
    pub(super) fn gather(
        files: &Files,
        settings: &Settings,
        catalog: &Catalog,
        progress: &dyn Progress,
    ) -> Result<Self, StudyError> {
        people::check(files, settings)?;
        let inputs = fingerprints(files, settings)?;
        let mut notices = Notices::default();
        let mut noted = |notes| notices.absorb(notes);
        let headers = table(files.columns.as_ref(), Headers::read, &mut noted)?.unwrap_or_default();
        let blocks = |source: &Source| places::blocks(source, &headers);
        let blocks = table(files.blocks.as_ref(), blocks, &mut noted)?;
        let sites = |source: &Source| places::facilities(source, &headers, catalog);
        let sites = table(files.facilities.as_ref(), sites, &mut noted)?;
        let mut zones = Vec::new();
        for source in &files.zones {
            zones.push(kept(places::zones(source, &headers)?, &mut noted));
        }
        let gates = |source: &Source| places::gates(source, &headers);
        let gates = table(files.gates.as_ref(), gates, &mut noted)?.unwrap_or_default();
        let parcels = ParcelsGiven::read(files, &headers)?;
        let boundary = table(files.boundary.as_ref(), places::boundary, &mut noted)?;
        let mut unused = Notices::default();
        headers.note_unused(&mut unused);
        noted(unused);
        let rules = rules(settings);
        let wanted = Wanted {
            rules: &rules,
            catalog,
        };
        let spread = settings.people.is_some();
        let read = if spread {
            osm::read(&files.extract, &WithDwellings(wanted), progress)?
        } else {
            osm::read(&files.extract, &wanted, progress)?
        };
        let extract = kept(read, &mut noted);
        let people = PeopleGiven {
            raster: files.population.clone(),
            dwellings: if spread {
                places::dwellings(&extract, catalog)
            } else {
                Vec::new()
            },
        };
        let data = data_box(&extract);
        check_order(files, blocks.as_deref(), sites.as_deref(), data)?;
        let parcels = parcels.map(|given| given.within(files.parcels.as_ref(), data));
        let found = kept(places::from_osm(&extract, catalog), &mut noted);
        let list = kept(
            places::merge(sites, found.facilities, settings.facilities_from, catalog),
            &mut noted,
        );
        let blocks = blocks.unwrap_or(found.blocks);
        let named_by_blocks = blocks
            .iter()
            .any(|block| block.community.is_some() || block.subdistrict.is_some());
        let zones = if !zones.is_empty() {
            places::joined_zones(zones)?
        } else if named_by_blocks {
            Vec::new()
        } else {
            found.zones
        };
        Ok(Self {
            extract,
            blocks,
            facilities: list.facilities,
            merged: list.merged,
            left_out: found.left_out,
            zones,
            boundary,
            gates,
            parcels: parcels.transpose()?,
            people,
            files: files.clone(),
            inputs,
            notices,
        })
    }
}

/// The box of the data.
fn data_box(extract: &Extract) -> Option<(LonLat, LonLat)> {
    let nodes = || plane::bounds(extract.node_at.iter().copied());
    extract.header.bounds.or_else(nodes)
}

/// Refuses tables whose longitudes and latitudes are swapped.
fn check_order(
    files: &Files,
    blocks: Option<&[Block]>,
    sites: Option<&[Facility]>,
    data: Option<(LonLat, LonLat)>,
) -> Result<(), StudyError> {
    let corner = |shape: &Shape| shape.bounds().0;
    let blocks = blocks.into_iter().flatten().map(|block| &block.shape);
    let sites = sites.into_iter().flatten().map(|site| &site.shape);
    swapped::check(files.blocks.as_ref(), blocks.map(corner), data)?;
    swapped::check(
        files.facilities.as_ref(),
        sites.map(Shape::inner_place),
        data,
    )
}

/// Refuses a study without a block to measure, and notes blocks larger than a city.
fn check_blocks(files: &Files, blocks: &[Block], notices: &mut Notices) -> Result<(), StudyError> {
    if blocks.is_empty() {
        let blocks = files.blocks.as_ref();
        let path = blocks.map_or(&files.extract, |source| &source.path);
        return Err(StudyError::NoBlocks {
            file: path.display().to_string(),
            outside: false,
        });
    }
    for block in blocks {
        if matches!(&block.shape, Shape::Area(area) if area.square_metres() > HUGE) {
            notices.note(Notice::HugeBlocks, block.id.clone());
        }
    }
    Ok(())
}

/// What a table holds, where there is one.
fn table<T>(
    source: Option<&Source>,
    read: impl FnOnce(&Source) -> Result<(T, Notices), PlacesError>,
    noted: &mut impl FnMut(Notices),
) -> Result<Option<T>, StudyError> {
    match source {
        Some(source) => Ok(Some(kept(read(source)?, noted))),
        None => Ok(None),
    }
}

/// What tells later whether the files are still the same.
fn fingerprints(files: &Files, settings: &Settings) -> Result<Vec<InputFile>, StudyError> {
    let mut inputs = vec![fingerprint("extract", &files.extract)?];
    for path in settings
        .standards
        .iter()
        .filter_map(|word| Standard::file_named(word))
    {
        inputs.push(fingerprint("standard", path)?);
    }
    for (role, source) in files.tables() {
        for path in source.files() {
            let mut input = fingerprint(role, &path)?;
            input.frame = source.frame;
            inputs.push(input);
        }
    }
    Ok(inputs)
}

fn kept<T>((value, notices): (T, Notices), noted: &mut impl FnMut(Notices)) -> T {
    noted(notices);
    value
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}

fn fingerprint(role: &'static str, path: &Path) -> Result<InputFile, StudyError> {
    let unreadable = |source| StudyError::Unreadable {
        path: path.to_owned(),
        source,
    };
    let mut file = std::fs::File::open(path).map_err(unreadable)?;
    let mut hash = Sha256::new();
    let mut bytes = 0;
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut buffer).map_err(unreadable)?;
        if read == 0 {
            break;
        }
        bytes += read as u64;
        hash.update(&buffer[..read]);
    }
    Ok(InputFile {
        role,
        name: file_name(path),
        frame: None,
        bytes,
        sha256: hex(&hash.finalize()),
    })
}

/// Bytes in hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
