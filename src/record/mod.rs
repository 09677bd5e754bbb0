//! The record of a run: what `run.json` says of it when it is read again, to repeat the
//! run or to compare it with another.

mod error;
mod repeated;

pub use error::RecordError;
pub use repeated::{InputChange, input_changes, inputs_table, left_over, repeated, role};

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::frame::Frame;
use crate::lang::Lang;
use crate::report::{Asked, CARD, Written};
use crate::standard::Standard;
use crate::study::{Files, InputFile, Settings};
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
    /// The scenario that the city was changed by, where it was.
    #[serde(default)]
    pub scenario: Option<Value>,
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
    /// Where a file is gone, and where a scenario changed what they hold.
    pub fn files(&self, instead: &Files) -> Result<Files, RecordError> {
        if self.scenario.is_some() {
            return Err(RecordError::OfScenario {
                path: self.path.clone(),
            });
        }
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
