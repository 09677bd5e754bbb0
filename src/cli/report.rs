//! `living-circle report`.

use std::path::{Path, PathBuf};

use super::args::ReportArgs;
use super::output::{say, warn};
use super::source::typed;
use super::{Bars, Failure, fonts, overwrite};
use crate::lang::Lang;
use crate::report::{self, Folder, Outputs};
use crate::standard::Standard;
use crate::study::{Files, Settings, Study};

pub(super) fn run(args: &ReportArgs, lang: Lang, bars: &Bars) -> Result<(), Failure> {
    let files = Files {
        extract: args.extract.clone(),
        blocks: typed(args.blocks.as_deref())?,
        facilities: typed(args.facilities.as_deref())?,
        zones: typed(args.zones.as_deref())?,
        gates: typed(args.gates.as_deref())?,
        population: typed(args.population.as_deref())?,
        boundary: typed(args.boundary.as_deref())?,
        columns: typed(args.columns.as_deref())?,
    };
    let settings = Settings {
        standards: args.standard.clone(),
        strict_sizes: args.strict_sizes,
        walker: args.walker.clone(),
        within: args.within.clone(),
        link_limit: args.link_limit,
        sample_spacing: args.sample_spacing,
        facilities_from: args.facilities_from.unwrap_or_default(),
        trunk: !args.no_trunk,
        block_size: (!args.no_cut).then_some(args.block_size),
        people: args.people,
        gates_open: args.gates_open,
    };
    let outputs = Outputs {
        lang,
        frame: args.out_frame,
        svg: args.svg,
        png: args
            .png
            .then(|| fonts::load(args.font.as_deref(), lang))
            .transpose()?,
        gpkg: args.gpkg,
        shapefile: args.shapefile,
        gates_open: args.gates_open,
    };
    if let Some(out) = &args.out {
        let own = args
            .standard
            .iter()
            .filter_map(|word| Standard::file_named(word));
        let inputs = files.paths().into_iter().chain(own.map(Path::to_owned));
        let inputs: Vec<PathBuf> = inputs.collect();
        let names = outputs.file_names().into_iter();
        let written: Vec<PathBuf> = names.map(|name| out.join(name)).collect();
        overwrite::check(inputs.iter().map(PathBuf::as_path), &written)?;
    }
    // The folder is opened before the long run, so that a mistake in it is told at once.
    let folder = args.out.as_deref().map(Folder::open).transpose()?;
    let study = Study::run_checked(&files, &settings, bars, |materials, standard| {
        outputs
            .check_names(materials, standard)
            .map_err(Failure::from)
    })?;
    if let Some(folder) = folder {
        report::write_all(&study, &outputs, folder)?;
    }
    say(&report::summary(&study, lang)).map_err(|error| Failure::Io(error.into()))?;
    for line in report::notice_lines(&study.notices, lang) {
        warn(&line);
    }
    Ok(())
}
