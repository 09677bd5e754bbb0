//! `living-circle links`.

use std::path::{Path, PathBuf};

use super::args::LinksArgs;
use super::output::{say, warn};
use super::source::typed;
use super::{Bars, Failure, city, overwrite};
use crate::doctor;
use crate::lang::Lang;
use crate::osm::{self, Keep, TagSet};
use crate::report::{self, Folder, LINK_FILES, Outputs};
use crate::scenario::Base;
use crate::scenario::links::{Candidate, Reason, Trials, dead_ends};
use crate::standard::Standard;
use crate::study::Standing;
use crate::table;

/// What may lie between two walks: buildings, barriers, water.
struct Watched;

impl Keep for Watched {
    fn node(&self, _: &dyn TagSet) -> bool {
        false
    }

    fn way(&self, tags: &dyn TagSet) -> bool {
        doctor::keeps_way(tags)
    }

    fn relation(&self, tags: &dyn TagSet) -> bool {
        doctor::keeps_relation(tags)
    }
}

pub(super) fn run(args: &LinksArgs, lang: Lang, bars: &Bars) -> Result<(), Failure> {
    let files = city::files(&args.city, Some(&args.extract))?;
    let settings = city::settings(&args.city);
    let proposed = typed(args.propose.as_deref())?;
    let outputs = Outputs {
        lang,
        frame: args.out_frame,
        ..Outputs::default()
    };
    if let Some(out) = &args.out {
        let packs = settings.standards.iter();
        let packs = packs.filter_map(|word| Standard::file_named(word));
        let own = packs.map(Path::to_owned);
        let own = own.chain(proposed.iter().map(|source| source.path.clone()));
        let inputs: Vec<PathBuf> = files.paths().into_iter().chain(own).collect();
        let written = LINK_FILES.map(|name| out.join(name));
        overwrite::check(inputs.iter().map(PathBuf::as_path), &written)?;
    }
    // Mistakes in what is proposed are told before the long run.
    let proposed = proposed.map(|source| table::lines(&source)).transpose()?;
    let folder = args.out.as_deref().map(Folder::open).transpose()?;
    let base = Base::read(&files, &settings, true, bars)?;
    let tries = |reason| args.only.is_empty() || args.only.contains(&reason);
    let mut candidates = Vec::new();
    if tries(Reason::DeadEnd) {
        let (watched, _) = osm::read(&files.extract, &Watched, bars)?;
        let (city, between) = (&base.survey.city, doctor::between(&watched));
        candidates = dead_ends(&city.network, &city.obstacles, &between, args.gap);
    }
    if tries(Reason::Wall) {
        candidates.extend(base.walls_without_gates(args.gap));
    }
    if tries(Reason::ClosedGate) {
        candidates.extend(base.closed_gates());
    }
    let proposed = proposed.into_iter().flatten().zip(1..);
    candidates.extend(proposed.map(|((_, name, line), number)| Candidate {
        reason: Reason::Proposed,
        origin: number,
        name,
        line,
    }));
    let standing = Standing::of(base.survey.clone(), base.inquiry.clone(), bars)?;
    let links = Trials::on(&base, &standing).run(&candidates, args.best, bars)?;
    let study = &standing.study;
    if let Some(folder) = folder {
        report::write_links(&links, study, &outputs, folder)?;
    }
    let told = report::told_links(&links, study, args.top, lang);
    say(told.trim_end()).map_err(|error| Failure::Io(error.into()))?;
    for line in report::notice_lines(&study.notices, lang) {
        warn(&line);
    }
    Ok(())
}
