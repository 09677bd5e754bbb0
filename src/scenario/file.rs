//! Scenarios as files: TOML, a table a change.

use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use toml::Spanned;
use toml::de::{DeTable, DeValue, Error, ValueDeserializer};

use super::change::{
    AddBlock, AddFacility, AddGate, AddWalk, Change, ChangeFacility, ChangePeople, CloseFacility,
    CloseGate, CloseWalk, MoveFacility, OpenGate,
};
use super::error::{Bad, Problem, ScenarioError};
use crate::frame::Frame;
use crate::spelling::nearest;
use crate::study::{InputFile, Plan, hex};

/// A named list of changes to a city.
///
/// ```
/// use living_circle::scenario::Scenario;
///
/// let text = r#"
/// name = "bridge"
/// [[add_walk]]
/// kind = "footbridge"
/// line = [[115.98, 36.45], [115.981, 36.45]]
/// "#;
/// let scenario = Scenario::from_toml(text, "plan.toml".as_ref())?;
/// assert_eq!(scenario.changes.len(), 1);
/// # Ok::<(), living_circle::scenario::ScenarioError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// Its name, which its folder and its columns have.
    pub name: String,
    /// What else is to be said of it.
    pub notes: Option<String>,
    /// The frame of its coordinates.
    pub frame: Frame,
    /// The changes, in the order of the file.
    pub changes: Vec<Planned>,
    /// The file.
    pub path: PathBuf,
    /// What tells later whether it is still the same.
    pub input: InputFile,
}

/// A change, and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Planned {
    /// The line, from 1.
    pub line: usize,
    /// What is changed.
    pub change: Change,
}

/// A scenario: what is changed in a city. Every change is a table of its own; facilities
/// and gates are changed in the order of the file, walks are closed before others are
/// added.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, rename = "scenario")]
#[allow(dead_code, reason = "the shape of the file, for its schema alone")]
struct Form {
    /// The name of the scenario: of its folder and its columns.
    name: String,
    /// What else is to be said of it.
    notes: Option<String>,
    /// The frame of all coordinates: wgs84 (without it), gcj02, bd09, cgcs2000 or a grid
    /// such as epsg:4548.
    frame: Option<String>,
    #[schemars(default)]
    add_facility: Vec<AddFacility>,
    #[schemars(default)]
    close_facility: Vec<CloseFacility>,
    #[schemars(default)]
    move_facility: Vec<MoveFacility>,
    #[schemars(default)]
    change_facility: Vec<ChangeFacility>,
    #[schemars(default)]
    add_walk: Vec<AddWalk>,
    #[schemars(default)]
    close_walk: Vec<CloseWalk>,
    #[schemars(default)]
    add_gate: Vec<AddGate>,
    #[schemars(default)]
    open_gate: Vec<OpenGate>,
    #[schemars(default)]
    close_gate: Vec<CloseGate>,
    #[schemars(default)]
    add_block: Vec<AddBlock>,
    #[schemars(default)]
    change_people: Vec<ChangePeople>,
}

/// The kinds of changes, by their keys.
pub const KINDS: [&str; 11] = [
    "add_facility",
    "close_facility",
    "move_facility",
    "change_facility",
    "add_walk",
    "close_walk",
    "add_gate",
    "open_gate",
    "close_gate",
    "add_block",
    "change_people",
];

/// What stands at the head of a file.
const HEAD: [&str; 3] = ["name", "notes", "frame"];

/// The JSON schema of scenario files (draft 2020-12), for editors that check as one types.
pub fn schema() -> Value {
    schemars::schema_for!(Form).to_value()
}

/// Whether nothing in a name keeps it from being a folder's on any system.
fn is_name(name: &str) -> bool {
    let refused = |letter: char| letter.is_control() || "/\\:*?\"<>|".contains(letter);
    (1..=60).contains(&name.chars().count())
        && !name.contains(refused)
        && name.trim() == name
        && !name.starts_with('.')
        && !name.ends_with('.')
        && !name.eq_ignore_ascii_case("base")
        // So end the files that stand beside the folders.
        && !OWN_ENDINGS.iter().any(|ending| name.to_lowercase().ends_with(ending))
}

const OWN_ENDINGS: [&str; 4] = [".csv", ".html", ".json", ".xlsx"];

impl Scenario {
    /// Whether it changes more than the network, the places and the people: gates, or ways by
    /// their numbers in the extract.
    pub fn is_of_extract(&self) -> bool {
        let of_extract = |change: &Change| match change {
            Change::AddGate(_) | Change::OpenGate(_) | Change::CloseGate(_) => true,
            Change::CloseWalk(closed) => closed.way.is_some(),
            _ => false,
        };
        let mut changes = self.changes.iter();
        changes.any(|planned| of_extract(&planned.change))
    }

    /// Reads a file.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(path: &Path) -> Result<Self, ScenarioError> {
        let text = std::fs::read_to_string(path).map_err(|source| ScenarioError::Read {
            path: path.to_owned(),
            source,
        })?;
        Self::from_toml(&text, path)
    }

    /// A scenario from the text of a file.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn from_toml(text: &str, path: &Path) -> Result<Self, ScenarioError> {
        let mut problems = Vec::new();
        let (table, errors) = DeTable::parse_recoverable(text);
        let line_of = |at: usize| text[..at.min(text.len())].matches('\n').count() + 1;
        let toml = |error: &Error, line| Problem {
            line: error.span().map(|span| line_of(span.start)).or(line),
            change: None,
            bad: Bad::Toml {
                detail: error.message().trim().replace('\n', "; "),
            },
        };
        problems.extend(errors.iter().map(|error| toml(error, None)));
        let mut head = [None, None, None];
        let mut changes: Vec<Planned> = Vec::new();
        // A table that cannot be parsed would only be told as many other mistakes.
        let entries = if errors.is_empty() {
            table.into_inner()
        } else {
            DeTable::new()
        };
        for (key, value) in entries {
            let line = line_of(key.span().start);
            let word: &str = key.get_ref();
            if let Some(field) = HEAD.iter().position(|known| *known == word) {
                match value.get_ref().as_str() {
                    Some(text) => head[field] = Some((line, text.to_owned())),
                    None => problems.push(Problem {
                        line: Some(line),
                        change: None,
                        bad: Bad::Head(HEAD[field]),
                    }),
                }
                continue;
            }
            let Some(kind) = KINDS.iter().find(|kind| **kind == word) else {
                let known = KINDS.into_iter().chain(HEAD);
                problems.push(Problem {
                    line: Some(line),
                    change: None,
                    bad: Bad::Unknown {
                        word: word.chars().take(60).collect(),
                        nearest: nearest(word, known)
                            .and_then(|near| KINDS.into_iter().chain(HEAD).find(|it| *it == near)),
                    },
                });
                continue;
            };
            for entry in entries_of(value) {
                let line = line_of(entry.span().start);
                match change(kind, entry) {
                    Ok(change) => changes.push(Planned { line, change }),
                    Err(error) => problems.push(Problem {
                        change: Some(kind),
                        ..toml(&error, Some(line))
                    }),
                }
            }
        }
        changes.sort_by_key(|planned| planned.line);
        let [name, notes, frame] = head;
        let mut frame_of_file = Frame::default();
        if let Some((line, word)) = frame {
            match word.parse() {
                Ok(frame) => frame_of_file = frame,
                Err(_) => problems.push(Problem {
                    line: Some(line),
                    change: None,
                    bad: Bad::Frame(word),
                }),
            }
        }
        problems.extend(wrong_name(name.as_ref(), errors.is_empty()));
        if !problems.is_empty() {
            problems.sort_by_key(|problem| problem.line);
            return Err(ScenarioError::Bad(vec![(path.to_owned(), problems)]));
        }
        let file_name = path.file_name().unwrap_or(path.as_os_str());
        Ok(Self {
            name: name.map(|(_, name)| name).unwrap_or_default(),
            notes: notes.map(|(_, notes)| notes),
            frame: frame_of_file,
            changes,
            path: path.to_owned(),
            input: InputFile {
                role: "changes",
                name: file_name.to_string_lossy().into_owned(),
                frame: None,
                bytes: text.len() as u64,
                sha256: hex(&Sha256::digest(text)),
            },
        })
    }

    /// What a study of it tells of it; none where nothing is changed.
    pub fn plan(&self) -> Option<Plan> {
        let changes = self.changes.iter();
        let changes: Vec<Value> = changes
            .filter_map(|planned| serde_json::to_value(&planned.change).ok())
            .collect();
        (!changes.is_empty()).then(|| Plan {
            name: self.name.clone(),
            notes: self.notes.clone(),
            changes,
        })
    }

    /// What all changes cost; `None` where no cost is given.
    pub fn cost(&self) -> Option<f64> {
        let costs = self.changes.iter().filter_map(|it| it.change.cost());
        costs.reduce(|sum, cost| sum + cost)
    }
}

/// What is wrong with the name, which may be told already where the file is no TOML.
fn wrong_name(name: Option<&(usize, String)>, readable: bool) -> Option<Problem> {
    let (line, bad) = match name {
        None if readable => (None, Bad::Head("name")),
        Some((line, name)) if !is_name(name) => (Some(*line), Bad::Name(name.clone())),
        _ => return None,
    };
    Some(Problem {
        line,
        change: None,
        bad,
    })
}

/// The tables of a kind: one, or a list of them.
fn entries_of(value: Spanned<DeValue<'_>>) -> Vec<Spanned<DeValue<'_>>> {
    let span = value.span();
    match value.into_inner() {
        DeValue::Array(list) => list.into_iter().collect(),
        other => vec![Spanned::new(span, other)],
    }
}

fn change(kind: &str, entry: Spanned<DeValue<'_>>) -> Result<Change, Error> {
    fn read<'a, T: Deserialize<'a>>(entry: Spanned<DeValue<'a>>) -> Result<T, Error> {
        T::deserialize(ValueDeserializer::from(entry))
    }
    Ok(match kind {
        "add_facility" => Change::AddFacility(read(entry)?),
        "close_facility" => Change::CloseFacility(read(entry)?),
        "move_facility" => Change::MoveFacility(read(entry)?),
        "change_facility" => Change::ChangeFacility(read(entry)?),
        "add_walk" => Change::AddWalk(read(entry)?),
        "close_walk" => Change::CloseWalk(read(entry)?),
        "add_gate" => Change::AddGate(read(entry)?),
        "open_gate" => Change::OpenGate(read(entry)?),
        "close_gate" => Change::CloseGate(read(entry)?),
        "add_block" => Change::AddBlock(read(entry)?),
        _ => Change::ChangePeople(read(entry)?),
    })
}
