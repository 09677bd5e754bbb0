//! `living-circle report`.

use std::path::{Path, PathBuf};

use super::args::ReportArgs;
use super::output::{say, warn};
use super::source::typed;
use super::{Bars, Failure, city, fonts, overwrite};
use crate::frame::Frame;
use crate::lang::Lang;
use crate::record::{self, Record};
use crate::report::{self, AskedOutputs, Folder, Outputs};
use crate::standard::Standard;
use crate::study::{Files, Settings, Study};

/// Everything that is asked of a run.
struct Asked {
    files: Files,
    settings: Settings,
    outputs: Outputs,
    /// The record that is repeated.
    record: Option<Record>,
}

/// The files that were typed; the extract is empty where none was.
fn files(args: &ReportArgs) -> Result<Files, Failure> {
    Ok(Files {
        parcels: typed(args.parcel.as_deref())?,
        ..city::files(&args.city, args.extract.as_deref())?
    })
}

fn settings(args: &ReportArgs) -> Settings {
    Settings {
        gates_open: args.gates_open,
        sensitivity: args.sensitivity,
        ..city::settings(&args.city)
    }
}

/// What was typed; with `--from` what is not typed is that of the record.
fn asked(args: &ReportArgs, lang: Lang, typed_lang: Option<Lang>) -> Result<Asked, Failure> {
    let record = args.from.as_deref().map(Record::read).transpose()?;
    let typed = files(args)?;
    let (files, settings, frame) = match &record {
        Some(record) => (record.files(&typed)?, record.settings()?, record.frame()?),
        None => (typed, settings(args), Frame::Wgs84),
    };
    let lang_then = record.as_ref().map_or(lang, Record::lang);
    let lang = typed_lang.unwrap_or(lang_then);
    let then = record.as_ref().map(|record| &record.asked.outputs);
    let wanted = |typed: bool, of: fn(&AskedOutputs) -> bool| typed || then.is_some_and(of);
    // Without a folder there are no files, whatever the record says.
    let png = args.out.is_some() && wanted(args.png, |then| then.png);
    let outputs = Outputs {
        lang,
        frame: args.out_frame.unwrap_or(frame),
        svg: wanted(args.svg, |then| then.svg),
        png: png
            .then(|| fonts::load(args.font.as_deref(), lang))
            .transpose()?,
        gpkg: wanted(args.gpkg, |then| then.gpkg),
        shapefile: wanted(args.shapefile, |then| then.shapefile),
        gates_open: settings.gates_open,
        sensitivity: settings.sensitivity,
        parcels: files.parcels.is_some(),
    };
    Ok(Asked {
        files,
        settings,
        outputs,
        record,
    })
}

/// Runs the command; where no language was typed, what is written has that of the record.
pub(super) fn run(
    args: &ReportArgs,
    lang: Lang,
    typed_lang: Option<Lang>,
    bars: &Bars,
) -> Result<(), Failure> {
    let Asked {
        files,
        settings,
        outputs,
        record,
    } = asked(args, lang, typed_lang)?;
    if let Some(out) = &args.out {
        let own = settings
            .standards
            .iter()
            .filter_map(|word| Standard::file_named(word));
        let own = own
            .map(Path::to_owned)
            .chain(record.iter().map(|record| record.path.clone()));
        let inputs = files.paths().into_iter().chain(own);
        let inputs: Vec<PathBuf> = inputs.collect();
        let names = outputs.file_names().into_iter();
        let written: Vec<PathBuf> = names.map(|name| out.join(name)).collect();
        overwrite::check(inputs.iter().map(PathBuf::as_path), &written)?;
    }
    // Whoever wrote there before left a record; a file that is none is overwritten.
    let before = args.out.as_deref().and_then(|out| Record::read(out).ok());
    // The folder is opened before the long run, so that a mistake in it is told at once.
    let folder = args.out.as_deref().map(Folder::open).transpose()?;
    let study = Study::run_checked(&files, &settings, bars, |materials, standard| {
        outputs
            .check_names(materials, standard)
            .map_err(Failure::from)
    })?;
    let written = folder
        .map(|folder| report::write_all(&study, &outputs, folder))
        .transpose()?;
    if let Some(record) = &record {
        let told = record::repeated(record, &study, written.as_deref(), lang);
        say(&told).map_err(|error| Failure::Io(error.into()))?;
    }
    say(&report::summary(&study, lang)).map_err(|error| Failure::Io(error.into()))?;
    if let (Some(before), Some(out), Some(written)) = (&before, &args.out, &written) {
        let told = record::left_over(before, out, written, lang);
        if let Some(told) = told {
            warn(&told);
        }
    }
    let of_parcels = study.parcels.as_ref().map(|parcels| &parcels.notices);
    for notices in std::iter::once(&study.notices).chain(of_parcels) {
        for line in report::notice_lines(notices, lang) {
            warn(&line);
        }
    }
    Ok(())
}
