//! The record of a run: what `run.json` says of it when it is read again, to repeat the
//! run or to compare it with another.

mod repeated;

pub use repeated::{InputChange, input_changes, inputs_table, left_over, repeated, role};

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::frame::Frame;
use crate::lang::{Explain, Lang};
use crate::report::{Asked, CARD, Written};
use crate::standard::Standard;
use crate::study::{Files, InputFile, OutOfRange, PARCELS, Settings};
use crate::table::Source;

/// The program that made a run.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Program {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// An input of a run.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct RecordedInput {
    /// What it was read as.
    pub role: String,
    /// Its name without the folder.
    pub name: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// SHA-256 of its content, in hexadecimal.
    pub sha256: String,
}

impl From<&InputFile> for RecordedInput {
    fn from(input: &InputFile) -> Self {
        Self {
            role: input.role.to_owned(),
            name: input.name.clone(),
            bytes: input.bytes,
            sha256: input.sha256.clone(),
        }
    }
}

/// A calibre card that was read.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Record {
    /// Where it was read.
    #[serde(skip)]
    pub path: PathBuf,
    /// What made it.
    pub program: Program,
    /// `zh` or `en`.
    pub language: String,
    /// What was asked.
    pub asked: Asked,
    /// The standards, with their editions.
    pub standards: Vec<Value>,
    /// Every requirement.
    pub requirements: Vec<Map<String, Value>>,
    /// Every walker.
    pub walkers: Vec<Map<String, Value>>,
    /// The calibre of all figures.
    pub calibre: Map<String, Value>,
    /// What was read.
    pub inputs: Vec<RecordedInput>,
    /// Seconds since 1970 up to which the OSM data is complete.
    pub osm_timestamp: Option<i64>,
    /// What was written.
    pub outputs: Vec<Written>,
}

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

impl Record {
    /// Reads a record, or that in a folder.
    ///
    /// # Errors
    /// [`RecordError`] where it cannot be read or is no record.
    pub fn read(path: &Path) -> Result<Self, RecordError> {
        let card = path.join(CARD);
        let path = if path.is_dir() { &*card } else { path };
        let bytes = std::fs::read(path).map_err(|source| RecordError::Read {
            path: path.to_owned(),
            source,
        })?;
        let mut record: Self =
            serde_json::from_slice(&bytes).map_err(|source| RecordError::Foreign {
                path: path.to_owned(),
                source,
            })?;
        path.clone_into(&mut record.path);
        Ok(record)
    }

    /// The language of the run.
    pub fn lang(&self) -> Lang {
        if self.language == "zh" {
            Lang::Zh
        } else {
            Lang::En
        }
    }

    /// The frame of the coordinates of the outputs.
    ///
    /// # Errors
    /// Where no frame is called so.
    pub fn frame(&self) -> Result<Frame, RecordError> {
        let word = &self.asked.outputs.frame;
        word.parse().map_err(|_| self.word("frame", word))
    }

    /// The files of the run: where they were then, else beside the record; but those of
    /// `instead` where it names any. The extract of `instead` is empty where it names none.
    ///
    /// # Errors
    /// Where a file is gone.
    pub fn files(&self, instead: &Files) -> Result<Files, RecordError> {
        let named: Vec<&str> = instead.tables().map(|(role, _)| role).collect();
        let mut files = instead.clone();
        for (role, typed) in &self.asked.files {
            for typed in typed {
                if role == "extract" {
                    if instead.extract.as_os_str().is_empty() {
                        files.extract = self.found(role, Path::new(typed))?;
                    }
                } else if !named.contains(&&**role) && !files.add(role, self.source(role, typed)?) {
                    return Err(self.word("asked.files", role));
                }
            }
        }
        if files.extract.as_os_str().is_empty() {
            return Err(self.word("asked.files", "extract"));
        }
        Ok(files)
    }

    /// Every file that the run wrote, and every one that it read, where it would be found
    /// now.
    pub fn paths(&self) -> Vec<PathBuf> {
        let outputs = self
            .outputs
            .iter()
            .map(|output| self.folder().join(&output.name));
        // One by one: what is gone leaves the others to be told.
        let typed = self.asked.files.iter();
        let typed = typed.flat_map(|(role, typed)| typed.iter().map(move |typed| (role, typed)));
        let inputs = typed.flat_map(|(role, typed)| match &**role {
            "extract" => self.found(role, Path::new(typed)).into_iter().collect(),
            _ => self
                .source(role, typed)
                .map_or(Vec::new(), |source| source.files()),
        });
        let standards = self.asked.settings.standards.iter();
        let standards = standards
            .filter_map(|word| Standard::file_named(word))
            .filter_map(|path| self.found("standard", path).ok());
        let own = [self.path.clone()].into_iter().chain(outputs);
        own.chain(inputs).chain(standards).collect()
    }

    /// One of the tables of the run, where it had one.
    ///
    /// # Errors
    /// Where it is gone.
    pub fn table(&self, role: &str) -> Result<Option<Source>, RecordError> {
        let typed = self.asked.files.get(role).and_then(|typed| typed.first());
        typed.map(|typed| self.source(role, typed)).transpose()
    }

    /// The settings of the run; standards of a file where the file is now.
    ///
    /// # Errors
    /// Where such a file is gone.
    pub fn settings(&self) -> Result<Settings, RecordError> {
        let mut settings = self.asked.settings.clone();
        settings.check().map_err(|wrong| RecordError::Setting {
            path: self.path.clone(),
            wrong,
        })?;
        // Limits instead of those of a pack are those of the general one alone.
        if !settings.within.is_empty() && settings.standards != ["general"] {
            return Err(self.word("asked.settings", "within"));
        }
        for word in &mut settings.standards {
            if let Some(path) = Standard::file_named(word) {
                *word = self.found("standard", path)?.display().to_string();
            }
        }
        Ok(settings)
    }

    /// What an output holds, as long as it is what the run wrote.
    ///
    /// # Errors
    /// [`RecordError::Output`].
    pub fn output(&self, name: &str) -> Result<Vec<u8>, RecordError> {
        let file = self.folder().join(name);
        let wrong = |changed| RecordError::Output {
            file: file.clone(),
            changed,
        };
        let content = std::fs::read(&file).map_err(|_| wrong(false))?;
        let is = Written::of(name, &content);
        if self.outputs.contains(&is) {
            Ok(content)
        } else {
            Err(wrong(true))
        }
    }

    fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new(""))
    }

    fn source(&self, role: &str, typed: &str) -> Result<Source, RecordError> {
        let mut source = Source::typed(OsStr::new(typed)).map_err(|_| self.word(role, typed))?;
        source.path = self.found(role, &source.path)?;
        Ok(source)
    }

    fn found(&self, role: &str, typed: &Path) -> Result<PathBuf, RecordError> {
        if typed.is_file() {
            return Ok(typed.to_owned());
        }
        // Beside the record a name alone says little: files of two folders may share it.
        let beside = typed.file_name().map(|name| self.folder().join(name));
        let same = |place: &PathBuf| {
            let content = std::fs::read(place).unwrap_or_default();
            let now = Written::of("", &content);
            let mut inputs = self.inputs.iter();
            inputs.any(|input| input.role == role && input.sha256 == now.sha256)
        };
        beside
            .filter(|place| place.is_file() && same(place))
            .ok_or_else(|| RecordError::Missing {
                path: self.path.clone(),
                role: role.to_owned(),
                file: typed.to_owned(),
            })
    }

    fn word(&self, place: &str, word: &str) -> RecordError {
        RecordError::Word {
            path: self.path.clone(),
            place: place.to_owned(),
            word: word.to_owned(),
        }
    }
}
