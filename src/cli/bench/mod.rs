//! `living-circle bench`: every stage of a report, timed.

mod clock;
mod system;
mod told;

use std::path::PathBuf;

use super::args::BenchArgs;
use super::output::{say, warn};
use super::{Bars, Failure, overwrite};
use crate::lang::Lang;
use crate::progress::{Progress as _, Silent, Stage};
use crate::report::{ANSWER_FILES, Folder, Found, LoneFile, Outputs, stage_answers, write_all};
use crate::study::stages::{Finished, Task};
use crate::study::{Files, Settings, Study};
use clock::{Clock, Timed};

/// With less of a core than this, something else runs beside the program.
const ALONE: f64 = 0.95;

/// A stage that is timed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Read,
    Build,
    Link,
    Nearest,
    NearestOfNodes,
    Counts,
    CountsOfNodes,
    Reach,
    Isochrones,
    Report,
}

impl Step {
    const ALL: [Self; 10] = [
        Self::Read,
        Self::Build,
        Self::Link,
        Self::Nearest,
        Self::NearestOfNodes,
        Self::Counts,
        Self::CountsOfNodes,
        Self::Reach,
        Self::Isochrones,
        Self::Report,
    ];
}

/// How long a stage took for how much work.
struct Row {
    step: Step,
    /// What was done, in the unit of the stage.
    work: u64,
    /// By number of threads.
    timed: Vec<Timed>,
    /// The most memory that the process had held when the stage was over, in bytes;
    /// `None` where the system does not tell.
    peak: Option<u64>,
}

/// What is told of the city.
struct City {
    name: String,
    bytes: u64,
    sha256: String,
    junctions: u64,
    walks: u64,
    nodes: u64,
    blocks: u64,
    samples: u64,
    facilities: u64,
    sets: u64,
}

impl City {
    fn of(finished: &Finished) -> Self {
        let study = &finished.study;
        // An extract alone is read.
        let input = &study.inputs[0];
        Self {
            name: input.name.clone(),
            bytes: input.bytes,
            sha256: input.sha256.clone(),
            junctions: study.network.junctions().len() as u64,
            walks: study.network.walks().len() as u64,
            nodes: finished.vertices.len() as u64,
            blocks: study.blocks.len() as u64,
            samples: study.samples.all().len() as u64,
            facilities: study.facilities.len() as u64,
            sets: study.sets.len() as u64,
        }
    }
}

/// Everything that was measured.
struct Bench {
    city: City,
    runs: u16,
    rows: Vec<Row>,
}

impl Bench {
    /// For what share of the time a single thread that only computes had a core; `None`
    /// where the system does not tell.
    fn own_share(&self) -> Option<f64> {
        // The others wait for files.
        let waits = |row: &&Row| matches!(row.step, Step::Read | Step::Report);
        let computing = self.rows.iter().filter(|row| !waits(row));
        let (mut busy, mut all) = (0.0, 0.0);
        for timed in computing.filter_map(|row| row.timed.first()) {
            busy += timed.cpu()?;
            all += timed.seconds();
        }
        (all > 0.0).then(|| busy / all)
    }
}

pub(super) fn run(args: &BenchArgs, lang: Lang, bars: &Bars) -> Result<(), Failure> {
    let out = args.out.as_deref().map(|out| {
        overwrite::check([args.extract.as_path()], &[out.to_owned()])?;
        // Begun before a long run, so that a mistake in it is told at once.
        Ok::<_, Failure>(LoneFile::create(out)?)
    });
    let out = out.transpose()?;
    let answers = args.answers.as_deref().map(|answers| {
        let mut outputs: Vec<PathBuf> = ANSWER_FILES.map(|name| answers.join(name)).into();
        outputs.push(answers.to_owned());
        overwrite::check([args.extract.as_path()], &outputs)?;
        Ok::<_, Failure>(Folder::open(answers)?)
    });
    let mut answers = answers.transpose()?;
    let files = Files {
        extract: args.extract.clone(),
        ..Files::default()
    };
    let task = Task::new(files, Settings::default())?;
    let clock = Clock::new(args.runs, bars)?;
    bars.begin(Stage::Measure, clock.runs_of_all(Step::ALL.len()));
    let measured = measured(&task, &clock, lang, answers.as_mut());
    bars.end();
    let bench = measured?;
    if let Some(answers) = answers {
        answers.publish()?;
    }
    if let Some(out) = out {
        told::write(&bench, out)?;
    }
    say(&told::text(&bench, lang)).map_err(|error| Failure::Io(error.into()))?;
    let share = bench.own_share().filter(|share| *share < ALONE);
    if let Some(share) = share {
        warn(&told::busy(share, lang));
    }
    Ok(())
}

/// Runs all stages. Each begins with as little in memory as its input takes, so that
/// the memory is that of the stages.
fn measured(
    task: &Task,
    clock: &Clock,
    lang: Lang,
    answers: Option<&mut Folder>,
) -> Result<Bench, Failure> {
    let mut rows = Vec::new();
    let mut told = |step, work, timed: Vec<Timed>| {
        // Linux counts in steps, so what it says may be a little less than before.
        let before = rows.last().and_then(|row: &Row| row.peak);
        rows.push(Row {
            step,
            work,
            timed,
            peak: system::peak().max(before),
        });
    };
    let (timed, extract) = clock.time(|| Ok(task.read()?))?;
    // How many bytes they were is known once the file is hashed.
    told(Step::Read, 0, timed);
    let (timed, built) = clock.time(|| Ok(task.build(&extract)))?;
    told(Step::Build, built.network.junctions().len() as u64, timed);
    drop((extract, built));
    let finished = task.finished(&Silent)?;
    let city = City::of(&finished);
    let places = city.samples + city.facilities;
    told(
        Step::Link,
        places,
        after(clock, &finished, Finished::link)?.0,
    );
    let (timed, nearest) = after(clock, &finished, Finished::nearest)?;
    told(Step::Nearest, city.samples, timed);
    let (timed, nearest_of_nodes) = after(clock, &finished, Finished::nearest_of_vertices)?;
    told(Step::NearestOfNodes, city.nodes, timed);
    let (timed, counts) = after(clock, &finished, Finished::counts)?;
    told(Step::Counts, city.samples, timed);
    let (timed, counts_of_nodes) = after(clock, &finished, Finished::counts_of_vertices)?;
    told(Step::CountsOfNodes, city.nodes, timed);
    if let Some(folder) = answers {
        let found = |nearest, counts| Found { nearest, counts };
        let nodes = found(nearest_of_nodes, counts_of_nodes);
        stage_answers(&finished, &nodes, &found(nearest, counts), folder)?;
    } else {
        drop((nearest, nearest_of_nodes, counts, counts_of_nodes));
    }
    let (timed, _) = after(clock, &finished, Finished::reach)?;
    told(Step::Reach, city.blocks, timed);
    let (timed, _) = after(clock, &finished, Finished::isochrones)?;
    told(Step::Isochrones, city.blocks, timed);
    drop(finished);
    let (timed, _) = clock.time(|| report(task, lang))?;
    told(Step::Report, city.blocks, timed);
    rows[0].work = city.bytes;
    Ok(Bench {
        city,
        runs: clock.runs(),
        rows,
    })
}

/// Times a stage of a finished city.
fn after<T: Send>(
    clock: &Clock,
    finished: &Finished,
    stage: fn(&Finished) -> T,
) -> Result<(Vec<Timed>, T), Failure> {
    clock.time(|| Ok(stage(finished)))
}

/// All that `living-circle report` does, into a folder that goes at once.
fn report(task: &Task, lang: Lang) -> Result<Study, Failure> {
    let home = tempfile::tempdir().map_err(|error| Failure::Io(error.into()))?;
    let folder = Folder::open(home.path())?;
    let study = task.study()?;
    write_all(&study, &Outputs::plain(lang), folder)?;
    Ok(study)
}
