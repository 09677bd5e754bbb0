//! Records that are of no use.

use std::path::PathBuf;

use crate::lang::{Explain, Lang};
use crate::study::{OutOfRange, PARCELS};

/// A record that is of no use.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.explain(Lang::En))]
pub enum RecordError {
    /// It cannot be read.
    Read {
        /// Which.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// It is no record of a run of this version.
    Foreign {
        /// Which.
        path: PathBuf,
        /// What is wrong, and where.
        source: serde_json::Error,
    },
    /// A word of it has no meaning.
    Word {
        /// Which record.
        path: PathBuf,
        /// Where: a role, or `frame`.
        place: String,
        /// The word.
        word: String,
    },
    /// A file that the run read is no longer where it was.
    Missing {
        /// Which record.
        path: PathBuf,
        /// What it was read as.
        role: String,
        /// Where it was.
        file: PathBuf,
    },
    /// It is of a scenario, which `report` knows nothing of.
    OfScenario {
        /// Which record.
        path: PathBuf,
    },
    /// A setting of it cannot be asked.
    Setting {
        /// Which record.
        path: PathBuf,
        /// Which setting, and what it may be.
        wrong: OutOfRange,
    },
    /// An output of the run that is needed is gone, or another.
    Output {
        /// Where it should be.
        file: PathBuf,
        /// Whether there is one, but not that of the run.
        changed: bool,
    },
}

impl Explain for RecordError {
    fn explain(&self, lang: Lang) -> String {
        match self {
            Self::Read { path, source } => {
                let path = path.display();
                lang.pick(
                    format!("{path}：无法读取（{source}）；请检查文件名和权限"),
                    format!(
                        "{path}: cannot be read ({source}); check its name and your permission"
                    ),
                )
            }
            Self::Foreign { path, source } => {
                let path = path.display();
                lang.pick(
                    format!(
                        "{path}：不是本版本 report 所写的 run.json（{source}）；请用本版本重新生成报告"
                    ),
                    format!(
                        "{path}: is no run.json that `report` of this version writes ({source}); \
                         make the report anew with this version"
                    ),
                )
            }
            Self::Word { path, place, word } => {
                let path = path.display();
                lang.pick(
                    format!("{path}：{place} 的“{word}”无法识别；请用本版本重新生成报告"),
                    format!(
                        "{path}: '{word}' at {place} is not known; make the report anew with this \
                         version"
                    ),
                )
            }
            Self::Missing { path, role, file } => {
                let (path, file) = (path.display(), file.display());
                let option = match &**role {
                    "extract" => "CITY.osm.pbf".to_owned(),
                    "standard" => String::new(),
                    PARCELS => "--parcel".to_owned(),
                    role => format!("--{role}"),
                };
                match (option.is_empty(), lang) {
                    (true, Lang::Zh) => format!(
                        "{path}：找不到当时的标准文件 {file}；请在当时的文件夹中运行，或把它放在 run.json 旁边"
                    ),
                    (true, Lang::En) => format!(
                        "{path}: the standard {file} is gone; run in the folder of that run, or \
                         put it beside run.json"
                    ),
                    (false, Lang::Zh) => format!(
                        "{path}：找不到当时的输入 {file}；请在当时的文件夹中运行，把它放在 run.json 旁边，或用 {option} 指定"
                    ),
                    (false, Lang::En) => format!(
                        "{path}: the input {file} is gone; run in the folder of that run, put it \
                         beside run.json, or name it by {option}"
                    ),
                }
            }
            Self::OfScenario { path } => {
                let path = path.display();
                lang.pick(
                    format!("{path}：这是一个方案的记录，不能用 report 重做；请用 living-circle scenario 及当时的 --changes 文件重做"),
                    format!(
                        "{path}: is the record of a scenario, which `report` cannot repeat; run                          `living-circle scenario` with its --changes again"
                    ),
                )
            }
            Self::Setting { path, wrong } => {
                let (path, setting) = (path.display(), wrong.setting);
                let (least, most) = (wrong.range.start(), wrong.range.end());
                lang.pick(
                    format!("{path}：settings 中的 {setting} 须在 {least} 与 {most} 之间；请改正，或重新生成报告"),
                    format!("{path}: {setting} of settings must lie between {least} and {most}; mend it, or make the report anew"),
                )
            }
            Self::Output { file, changed } => {
                let file = file.display();
                match (changed, lang) {
                    (true, Lang::Zh) => format!(
                        "{file}：与 run.json 记录的 SHA-256 不同，已被改动；请重新生成报告，或恢复原文件"
                    ),
                    (true, Lang::En) => format!(
                        "{file}: is not what the run wrote (its SHA-256 in run.json differs); make \
                         the report anew, or put the file back"
                    ),
                    (false, Lang::Zh) => {
                        format!("{file}：缺少此文件；请把 run.json 留在整份报告的文件夹中")
                    }
                    (false, Lang::En) => format!(
                        "{file}: is missing; keep run.json in the folder of the whole report"
                    ),
                }
            }
        }
    }
}
