//! The run between two: the data of the second under the definition of the first.

use super::COVERAGE;
use super::coverage::{Coverage, CoverageError};
use super::moved::is_data;
use crate::lang::{Explain, Lang};
use crate::progress::Progress;
use crate::record::{Record, RecordError, RecordedInput};
use crate::report::{Format, Outputs, ReportError, shown};
use crate::study::{Files, InputFile, Study, StudyError};

/// Why what moved by data and what by definition cannot be told apart.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.explain(Lang::En))]
pub enum NotApart {
    /// The first report was made by a program that counts otherwise than this one.
    Program {
        /// Its version.
        then: String,
    },
    /// An input of one of the runs is another now.
    Changed {
        /// Its name.
        file: String,
    },
    /// An input is gone.
    Record(#[from] RecordError),
    /// The third run failed.
    Study(#[from] StudyError),
    /// Its table could not be made.
    Report(#[from] ReportError),
    /// Its table could not be read.
    Coverage(#[from] CoverageError),
}

impl Explain for NotApart {
    fn explain(&self, lang: Lang) -> String {
        match self {
            Self::Program { then } => {
                let (now, then) = (env!("CARGO_PKG_VERSION"), shown(then));
                lang.pick(
                    format!("第一份报告由版本 {then} 生成，本程序为 {now}，规则可能不同"),
                    format!(
                        "the first report was made by version {then}, and this is {now}: its \
                         rules may differ"
                    ),
                )
            }
            Self::Changed { file } => {
                let file = shown(file);
                lang.pick(
                    format!("{file} 在生成报告之后已被改动"),
                    format!("{file} has changed since its report was made"),
                )
            }
            Self::Record(error) => error.explain(lang),
            Self::Study(error) => error.explain(lang),
            Self::Report(error) => error.explain(lang),
            Self::Coverage(error) => error.explain(lang),
        }
    }
}

/// Runs it.
pub(super) fn run(a: &Record, b: &Record, progress: &dyn Progress) -> Result<Coverage, NotApart> {
    let version = env!("CARGO_PKG_VERSION");
    if a.program.version != version {
        let then = a.program.version.clone();
        return Err(NotApart::Program { then });
    }
    let mut files = b.files(&Files::default())?;
    files.boundary = a.table("boundary")?;
    files.parcels = None;
    let mut settings = a.settings()?;
    settings.people = b.asked.settings.people;
    settings.gates_open = false;
    settings.sensitivity = false;
    let study = Study::run_checked(&files, &settings, progress, |materials, _| {
        check(&materials.inputs, a, b)
    })?;
    // Rules may be others under the same version, while one is in the making.
    if a.calibre.get("categories_sha256") != Some(&study.catalog_sha256.clone().into()) {
        let then = a.program.version.clone();
        return Err(NotApart::Program { then });
    }
    let outputs = Outputs::plain(a.lang());
    let files = Format::CoverageCsv.render(&study, &outputs)?;
    let content = files.iter().find(|file| file.name == COVERAGE);
    let content = content.map_or(&[][..], |file| &file.content);
    Ok(Coverage::parse(content, a)?)
}

/// Whether everything that was read is what the runs read.
fn check(inputs: &[InputFile], a: &Record, b: &Record) -> Result<(), NotApart> {
    for input in inputs {
        let now = RecordedInput::from(input);
        let then = if is_data(&now) { b } else { a };
        let same = |then: &RecordedInput| then.role == now.role && then.sha256 == now.sha256;
        if !then.inputs.iter().any(same) {
            return Err(NotApart::Changed { file: now.name });
        }
    }
    Ok(())
}
