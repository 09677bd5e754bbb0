//! `living-circle network`.

use std::path::{Path, PathBuf};

use super::args::NetworkArgs;
use super::output::{say, warn};
use super::{Bars, Failure, overwrite};
use crate::doctor::{self, Patient, examine};
use crate::lang::Lang;
use crate::network::{Entries, Obstacles, WalkGraph, WalkNetwork};
use crate::osm::{self, Keep, TagSet};
use crate::places::{self, Catalog};
use crate::profile::Walkers;
use crate::report::{self, EXPORT_FILES, Folder};
use crate::study::stages::Task;
use crate::study::{Files, Settings, Wanted, entered, rules};
use crate::units::CostKind;

/// What a study keeps of an extract, and what the doctor looks at beside it.
struct Examined<'a>(Wanted<'a>);

impl Keep for Examined<'_> {
    fn node(&self, tags: &dyn TagSet) -> bool {
        self.0.node(tags) || doctor::keeps_node(tags)
    }

    fn way(&self, tags: &dyn TagSet) -> bool {
        self.0.way(tags) || doctor::keeps_way(tags)
    }

    fn relation(&self, tags: &dyn TagSet) -> bool {
        self.0.relation(tags) || doctor::keeps_relation(tags)
    }
}

pub(super) fn run(args: &NetworkArgs, lang: Lang, bars: &Bars) -> Result<(), Failure> {
    let settings = Settings {
        trunk: !args.no_trunk,
        ..Settings::default()
    };
    let rules = &rules(&settings);
    let catalog = &Catalog::builtin()?;
    let walkers = Walkers::builtin();
    let folder = opened(args, args.out.as_deref(), &report::network_file_names())?;
    let export = opened(args, args.export.as_deref(), &EXPORT_FILES)?;
    let wanted = Examined(Wanted { rules, catalog });
    let (extract, mut notices) = osm::read(&args.extract, &wanted, bars)?;
    let obstacles = Obstacles::of(&extract, rules);
    let (network, census, noted) = WalkNetwork::build(&extract, rules, &obstacles);
    notices.absorb(noted);
    report::check_network_frame(args.out_frame, &network)?;
    let (found, _) = places::from_osm(&extract, catalog);
    let facilities = entered(found.facilities, &Entries::of(&extract, rules, &network));
    let graph = WalkGraph::new(&network, walkers.find("adult")?, CostKind::Length);
    let findings = examine(&Patient {
        extract: &extract,
        rules,
        network: &network,
        graph: &graph,
        obstacles: &obstacles,
        blocks: &found.blocks,
        facilities: &facilities,
        gap: args.gap,
        link_limit: settings.link_limit,
    });
    drop((extract, obstacles, facilities, found.blocks, graph));
    // Samples and facilities are of a study, which is run only for them.
    let export = export.map(|folder| {
        let files = Files {
            extract: args.extract.clone(),
            ..Files::default()
        };
        let finished = Task::new(files, settings)?.finished(bars)?;
        notices.join(finished.study.notices.clone());
        let mut folder = folder;
        report::stage_export(&finished, &mut folder)?;
        Ok::<_, Failure>(folder)
    });
    let export = export.transpose()?;
    if let Some(folder) = folder {
        report::write_network(&network, &findings, lang, args.out_frame, folder)?;
    }
    if let Some(folder) = export {
        folder.publish()?;
    }
    let told = [
        report::census_table(&census, lang),
        report::findings_table(&findings, lang),
    ];
    say(&told.join("\n\n")).map_err(|error| Failure::Io(error.into()))?;
    for line in report::notice_lines(&notices, lang) {
        warn(&line);
    }
    Ok(())
}

/// The folder that was asked for, none of whose files is an input.
fn opened(
    args: &NetworkArgs,
    folder: Option<&Path>,
    names: &[impl AsRef<Path>],
) -> Result<Option<Folder>, Failure> {
    let Some(folder) = folder else {
        return Ok(None);
    };
    let mut outputs: Vec<PathBuf> = names.iter().map(|name| folder.join(name)).collect();
    outputs.push(folder.to_owned());
    overwrite::check([args.extract.as_path()], &outputs)?;
    Ok(Some(Folder::open(folder)?))
}
