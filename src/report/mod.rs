//! What a study's figures look like: tables, maps and the calibre card.

mod asked;
mod block_table;
mod calibre;
mod card;
mod cell;
mod census_table;
mod composite_table;
mod content;
mod coverage_table;
mod exported;
mod figure;
mod findings;
mod folder;
mod gap_table;
mod geopackage;
mod headline;
mod isochrones;
mod layer;
mod left_out_table;
mod lone_file;
mod map;
mod merged_table;
mod missing;
mod opened_table;
mod outputs;
mod page;
mod palette;
mod parcel_table;
mod picture;
mod plans;
mod provision_table;
mod reach_table;
mod sensitivity_table;
mod shapefile;
mod sheet;
mod size_table;
mod standards;
mod style;
mod terminal;
mod words;
mod workbook;

pub use asked::{Asked, AskedOutputs};
pub use cell::{Cell, Table};
pub use census_table::census_table;
pub use exported::{ANSWER_FILES, EXPORT_FILES, Found, stage_answers, stage_export};
pub use findings::{
    findings_csv, findings_geojson, findings_table, network_file_names, write_network,
};
pub use folder::{Draft, Folder, WriteError, Written};
pub use isochrones::{IsochroneOf, IsochroneWriter};
pub use lone_file::LoneFile;
pub use map::network_geojson;
pub use missing::{LINK_FILES, told_links, write_links};
pub use outputs::{Outputs, Rendered, ReportError, check_network_frame};
pub use picture::{Fonts, MissingLetters, PictureError};
pub use plans::{BASE, PLAN_FILES, told as told_plans, write_plans};
pub use standards::{standard, standards};
pub use terminal::{narrow_table, notice_lines, shortened, shown, summary};
pub use words::thousands;

use std::borrow::Cow;

use rayon::prelude::*;

use crate::study::Study;
use content::Content;

/// The files of a report, in the order in which they appear. The calibre card
/// is the last, as it names the others with their SHA-256.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One row a block.
    BlocksCsv,
    /// One row a block and requirement.
    ReachCsv,
    /// One row a requirement, zone, side and denominator.
    CoverageCsv,
    /// Blocks that lack something required, ranked.
    GapsCsv,
    /// The blocks as a map.
    BlocksGeojson,
    /// The facilities as a map.
    FacilitiesGeojson,
    /// Everything for people, as one page.
    Html,
    /// What was the same facility, and which of the two stays.
    MergedCsv,
    /// What of the extract may be a facility and is none, by tag.
    LeftOutCsv,
    /// What would be covered if all gates were open.
    GatesOpenCsv,
    /// How coverage changes with what was assumed.
    SensitivityCsv,
    /// One page a parcel.
    ParcelsHtml,
    /// One row a parcel and requirement.
    ParcelsCsv,
    /// Facilities too small for what a standard asks, or of unknown size.
    SizesCsv,
    /// Several requirements as one figure.
    CompositesCsv,
    /// What every zone has of what it should have.
    ProvisionsCsv,
    /// Floor, land, beds and places for 1,000 people.
    PerThousandCsv,
    /// Coverage, gaps and the calibre card as sheets of one workbook.
    Workbook,
    /// Charts and maps for slides.
    Pictures,
    /// Every layer and the coverage in one database.
    Gpkg,
    /// Layers for programs that read nothing newer.
    Shapefile,
}

impl Format {
    /// All files but the calibre card.
    pub const ALL: [Self; 21] = [
        Self::BlocksCsv,
        Self::ReachCsv,
        Self::CoverageCsv,
        Self::GapsCsv,
        Self::BlocksGeojson,
        Self::FacilitiesGeojson,
        Self::Html,
        Self::MergedCsv,
        Self::LeftOutCsv,
        Self::GatesOpenCsv,
        Self::SensitivityCsv,
        Self::ParcelsHtml,
        Self::ParcelsCsv,
        Self::SizesCsv,
        Self::CompositesCsv,
        Self::ProvisionsCsv,
        Self::PerThousandCsv,
        Self::Workbook,
        Self::Pictures,
        Self::Gpkg,
        Self::Shapefile,
    ];

    /// Whether a report writes it.
    pub fn wanted(self, outputs: &Outputs) -> bool {
        match self {
            Self::BlocksCsv
            | Self::ReachCsv
            | Self::CoverageCsv
            | Self::GapsCsv
            | Self::BlocksGeojson
            | Self::FacilitiesGeojson
            | Self::Html
            | Self::MergedCsv
            | Self::LeftOutCsv
            | Self::SizesCsv
            | Self::CompositesCsv
            | Self::ProvisionsCsv
            | Self::PerThousandCsv
            | Self::Workbook => true,
            Self::GatesOpenCsv => outputs.gates_open,
            Self::SensitivityCsv => outputs.sensitivity,
            Self::ParcelsHtml | Self::ParcelsCsv => outputs.parcels,
            Self::Pictures => outputs.svg || outputs.png.is_some(),
            Self::Gpkg => outputs.gpkg,
            Self::Shapefile => outputs.shapefile,
        }
    }

    /// The names of its files, as far as they are known before a study is run.
    pub fn file_names(self) -> &'static [&'static str] {
        match self {
            Self::BlocksCsv => &["blocks.csv"],
            Self::ReachCsv => &["reach.csv"],
            Self::CoverageCsv => &["coverage.csv"],
            Self::GapsCsv => &["gaps.csv"],
            Self::BlocksGeojson => &["blocks.geojson"],
            Self::FacilitiesGeojson => &["facilities.geojson"],
            Self::Html => &["report.html"],
            Self::MergedCsv => &["merged.csv"],
            Self::LeftOutCsv => &["left_out.csv"],
            Self::GatesOpenCsv => &["gates_open.csv"],
            Self::SensitivityCsv => &["sensitivity.csv"],
            Self::ParcelsHtml => &["parcels.html"],
            Self::ParcelsCsv => &["parcels.csv"],
            Self::SizesCsv => &["sizes.csv"],
            Self::CompositesCsv => &["composites.csv"],
            Self::ProvisionsCsv => &["provisions.csv"],
            Self::PerThousandCsv => &["per_thousand.csv"],
            Self::Workbook => &["coverage.xlsx"],
            Self::Pictures => &[],
            Self::Gpkg => &["report.gpkg"],
            Self::Shapefile => &shapefile::NAMES,
        }
    }

    /// Whether the standard and the inputs of a study give it anything to tell.
    fn has_content(self, study: &Study) -> bool {
        match self {
            Self::ParcelsHtml => study.parcels.is_some(),
            Self::SizesCsv => size_table::is_asked(study),
            Self::CompositesCsv => !study.standard.composites.is_empty(),
            Self::ProvisionsCsv => study.provided.iter().any(|zones| !zones.is_empty()),
            Self::PerThousandCsv => size_table::is_asked(study) && !study.zones.is_empty(),
            _ => true,
        }
    }

    /// Its files, in the order in which they appear; none where the study has nothing
    /// to tell in it.
    ///
    /// # Errors
    /// Where the study cannot be shown in this way.
    pub fn render(self, study: &Study, outputs: &Outputs) -> Result<Vec<Rendered>, ReportError> {
        let files = self.files(study, outputs)?.into_iter();
        let rendered = |(name, content): File| Rendered {
            name,
            content: content.bytes(),
        };
        Ok(files.map(rendered).collect())
    }

    /// The same before they are written.
    fn files<'a>(
        self,
        study: &'a Study,
        outputs: &'a Outputs,
    ) -> Result<Vec<File<'a>>, ReportError> {
        let lang = outputs.lang;
        if !self.has_content(study) {
            return Ok(Vec::new());
        }
        let whole = |files: Vec<Rendered>| {
            let files = files.into_iter();
            let files = files.map(|file| (file.name, Content::Whole(file.content)));
            Ok(files.collect())
        };
        let table = |table: Table| Content::Whole(table.csv(lang));
        let content = match self {
            Self::BlocksCsv => Content::pieces(move |to| block_table::csv(study, outputs, to)),
            Self::ReachCsv => Content::pieces(move |to| reach_table::csv(study, lang, to)),
            Self::CoverageCsv => table(coverage_table::table(study, lang)),
            Self::GapsCsv => Content::pieces(move |to| gap_table::csv(study, outputs, to)),
            Self::BlocksGeojson => Content::pieces(move |to| map::blocks(study, outputs, to)),
            Self::FacilitiesGeojson => {
                Content::pieces(move |to| map::facilities(study, outputs, to))
            }
            Self::Html => Content::Whole(page::page(study, lang)),
            Self::MergedCsv => table(merged_table::table(study)),
            Self::LeftOutCsv => table(left_out_table::table(study)),
            Self::GatesOpenCsv => table(opened_table::table(study, lang)),
            Self::SensitivityCsv => table(sensitivity_table::table(study, lang)),
            Self::ParcelsHtml => Content::Whole(page::parcels::page(study, lang)),
            Self::ParcelsCsv => table(parcel_table::table(study, lang)),
            Self::SizesCsv => table(size_table::table(study, lang)),
            Self::CompositesCsv => table(composite_table::table(study, lang)),
            Self::ProvisionsCsv => table(provision_table::table(study, lang)),
            Self::PerThousandCsv => table(provision_table::per_thousand(study)),
            Self::Workbook => Content::Whole(workbook::file(study, outputs)?),
            Self::Pictures => return whole(picture::files(study, outputs)?),
            Self::Gpkg => Content::Whole(geopackage::file(study, outputs)?),
            Self::Shapefile => return whole(shapefile::files(study, outputs)?),
        };
        Ok(vec![(self.file_names()[0].into(), content)])
    }
}

/// A file before it is written: its name, and what will stand in it.
type File<'a> = (Cow<'static, str>, Content<'a>);

/// The name of the calibre card.
pub const CARD: &str = "run.json";

/// All files of a report but the calibre card, in the order in which they appear.
///
/// # Errors
/// The first of any of them.
pub fn render_all(study: &Study, outputs: &Outputs) -> Result<Vec<Rendered>, ReportError> {
    of_all(study, outputs, |(name, content)| {
        let content = content.bytes();
        Ok(Rendered { name, content })
    })
}

/// Makes something of all files, several at a time.
fn of_all<T: Send>(
    study: &Study,
    outputs: &Outputs,
    on: impl Fn(File) -> Result<T, ReportError> + Sync,
) -> Result<Vec<T>, ReportError> {
    outputs.fit(study)?;
    // Found by all threads, before several formats ask for them at once.
    study.gaps();
    let files: Result<Vec<Vec<T>>, ReportError> = outputs
        .formats()
        .par_iter()
        .map(|format| {
            let files = format.files(study, outputs)?.into_iter();
            files.map(&on).collect()
        })
        .collect();
    Ok(files?.into_iter().flatten().collect())
}

/// Writes all files of a report; they appear together, the card last. What was written
/// but the card is told.
///
/// # Errors
/// [`ReportError`]; then none of them is left behind.
pub fn write_all(
    study: &Study,
    outputs: &Outputs,
    folder: Folder,
) -> Result<Vec<Written>, ReportError> {
    let (folder, staged) = stage_all(study, outputs, folder)?;
    folder.publish()?;
    Ok(staged.files)
}

/// What was staged of a report.
struct StagedReport {
    /// All files but the card.
    files: Vec<Written>,
    card: Written,
}

/// The same before anything appears.
fn stage_all(
    study: &Study,
    outputs: &Outputs,
    mut folder: Folder,
) -> Result<(Folder, StagedReport), ReportError> {
    let draft = |(name, content): File| Ok(folder.draft_by(&name, |to| content.write(to))?);
    let drafts = of_all(study, outputs, draft)?.into_iter();
    let files: Vec<Written> = drafts.map(|draft| folder.take(draft)).collect();
    let card = card::card(study, &files, outputs);
    let card = folder.stage(CARD, card.as_bytes())?;
    Ok((folder, StagedReport { files, card }))
}
