//! `living-circle scenario`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::args::ScenarioArgs;
use super::output::{say, warn};
use super::{Bars, Failure, city, overwrite};
use crate::lang::{Explain, Lang};
use crate::report::{self, BASE, Folder, Outputs, PLAN_FILES};
use crate::scenario::{Base, Comparison, Scenario, ScenarioError, schema};
use crate::standard::Standard;
use crate::study::Standing;

/// More plans side by side are read by nobody.
const MOST: usize = 8;

/// More plans than stand side by side.
#[derive(Debug)]
struct TooMany(usize);

impl Explain for TooMany {
    fn explain(&self, lang: Lang) -> String {
        let Self(given) = self;
        lang.pick(
            format!("--changes 给出了 {given} 个方案，最多并列 {MOST} 个；请分次运行"),
            format!(
                "--changes names {given} plans, and at most {MOST} stand side by side; run twice"
            ),
        )
    }
}

/// Reads all plans.
fn scenarios(paths: &[PathBuf]) -> Result<Vec<Scenario>, Failure> {
    if paths.len() > MOST {
        return Err(TooMany(paths.len()).into());
    }
    let (mut scenarios, mut bad) = (Vec::<Scenario>::new(), Vec::new());
    for path in paths {
        match Scenario::read(path) {
            Ok(scenario) => scenarios.push(scenario),
            Err(ScenarioError::Bad(problems)) => bad.extend(problems),
            Err(other) => return Err(other.into()),
        }
    }
    if !bad.is_empty() {
        return Err(ScenarioError::Bad(bad).into());
    }
    // Folders of one name in other letters are one on some systems.
    let mut names: BTreeMap<String, &Path> = BTreeMap::new();
    for scenario in &scenarios {
        if let Some(known) = names.insert(scenario.name.to_lowercase(), &scenario.path) {
            let same = ScenarioError::SameName {
                name: scenario.name.clone(),
                files: [known.to_owned(), scenario.path.clone()],
            };
            return Err(same.into());
        }
    }
    Ok(scenarios)
}

/// The folder of the comparison, and those of the reports in it, which go first where
/// something fails.
struct Places {
    reports: Vec<Folder>,
    own: Folder,
}

impl Places {
    /// Opens them, so that a mistake in them is told before the long run.
    fn open(out: &Path, scenarios: &[Scenario]) -> Result<Self, Failure> {
        let own = Folder::open(out)?;
        let names = scenarios.iter().map(|scenario| &*scenario.name);
        let reports = std::iter::once(BASE).chain(names);
        let reports = reports.map(|name| Folder::open(&out.join(name)));
        Ok(Self {
            own,
            reports: reports.collect::<Result<_, _>>()?,
        })
    }
}

pub(super) fn run(args: &ScenarioArgs, lang: Lang, bars: &Bars) -> Result<(), Failure> {
    if args.schema {
        let schema = format!("{:#}", schema());
        return say(&schema).map_err(|error| Failure::Io(error.into()));
    }
    let scenarios = scenarios(&args.changes)?;
    let files = city::files(&args.city, args.extract.as_deref())?;
    let settings = city::settings(&args.city);
    let outputs = Outputs {
        lang,
        frame: args.out_frame,
        gpkg: args.gpkg,
        ..Outputs::default()
    };
    if let Some(out) = &args.out {
        let packs = settings.standards.iter();
        let packs = packs.filter_map(|word| Standard::file_named(word));
        let own = packs.map(Path::to_owned).chain(args.changes.clone());
        let inputs: Vec<PathBuf> = files.paths().into_iter().chain(own).collect();
        let names = outputs.file_names();
        let folders = scenarios.iter().map(|scenario| out.join(&scenario.name));
        let folders = folders.chain([out.join(BASE)]);
        let reports = folders.flat_map(|folder| names.iter().map(move |name| folder.join(name)));
        let written = reports.chain(PLAN_FILES.map(|name| out.join(name)));
        let written: Vec<PathBuf> = written.collect();
        overwrite::check(inputs.iter().map(PathBuf::as_path), &written)?;
    }
    let places = args.out.as_deref();
    let places = places
        .map(|out| Places::open(out, &scenarios))
        .transpose()?;
    let kept = scenarios.iter().any(Scenario::is_of_extract);
    let base = Base::read(&files, &settings, kept, bars)?;
    let surveys = base.all_changed(&scenarios)?;
    let Base {
        survey, inquiry, ..
    } = base;
    let standing = Standing::of(survey, inquiry, bars)?;
    let mut tried = Vec::new();
    for (scenario, survey) in scenarios.into_iter().zip(surveys) {
        tried.push((scenario, standing.changed(survey, bars)?));
    }
    let comparison = Comparison::of(standing.study, tried);
    if let Some(Places { own, reports }) = places {
        report::write_plans(&comparison, &outputs, own, reports)?;
    }
    let told = report::told_plans(&comparison, lang);
    say(told.trim_end()).map_err(|error| Failure::Io(error.into()))?;
    for line in report::notice_lines(&comparison.base.notices, lang) {
        warn(&line);
    }
    Ok(())
}
