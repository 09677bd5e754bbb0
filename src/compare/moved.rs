//! What moved, and why.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::coverage::{Coverage, Figures, RowKey, bare};
use crate::record::{InputChange, Record, RecordedInput, input_changes};
use crate::study::PARCELS;
use crate::table::Source;

/// In what two runs differ that a row rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// In nothing.
    None,
    /// In the data.
    Data,
    /// In the definition.
    Definition,
    /// In both.
    Both,
}

impl Cause {
    /// Key in files.
    pub fn key(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Data => "data",
            Self::Definition => "definition",
            Self::Both => "both",
        }
    }

    fn of(data: bool, definition: bool) -> Self {
        match (data, definition) {
            (false, false) => Self::None,
            (true, false) => Self::Data,
            (false, true) => Self::Definition,
            (true, true) => Self::Both,
        }
    }
}

/// A row of coverage in two reports.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    /// What it is about.
    pub key: RowKey,
    /// In the first; `None` where it has no such row.
    pub a: Option<Figures>,
    /// In the second.
    pub b: Option<Figures>,
    /// In what the runs differ that the row rests on.
    pub cause: Cause,
    /// How the share moved because of the data, in millionths; `None` where that is not
    /// known.
    pub by_data: Option<i64>,
    /// How it moved because of the definition.
    pub by_definition: Option<i64>,
}

impl Moved {
    /// What the row says, in the second report where it has it.
    pub fn figures(&self) -> Option<&Figures> {
        self.b.as_ref().or(self.a.as_ref())
    }

    /// How the share moved, in millionths.
    pub fn change(&self) -> Option<i64> {
        Some(self.b.as_ref()?.share? - self.a.as_ref()?.share?)
    }
}

/// A standard and one of its requirements.
type Asked = (String, String);

/// In what two runs differ, requirement by requirement.
pub(super) struct Causes {
    data: bool,
    /// Whether the definition of a requirement differs; those of one run alone are not
    /// here.
    definition: BTreeMap<Asked, bool>,
}

/// Switches that the definition of every requirement holds by itself, or that are data.
const ELSEWHERE: [&str; 6] = [
    "standards",
    "walker",
    "within",
    "people",
    "gates_open",
    "sensitivity",
];

/// What the whole definition rests on, beside the requirements.
const RULES: [&str; 3] = ["categories_sha256", "tiny_island_m", "network_rounding"];

/// What of a requirement moves its coverage.
const OF_REQUIREMENT: [&str; 4] = ["categories", "limit", "straight_limit_m", "size"];

/// What of a walker does.
const OF_WALKER: [&str; 6] = [
    "metres_per_second",
    "steps_factor",
    "gravel_factor",
    "loose_factor",
    "signals_wait_s",
    "elevator_wait_s",
];

/// Files that say what is counted, not what there is.
const OF_DEFINITION: [&str; 2] = ["boundary", "standard"];

fn text<'a>(of: &'a Map<String, Value>, field: &str) -> &'a str {
    of.get(field).and_then(Value::as_str).unwrap_or_default()
}

/// The fields of an object that are named.
fn fields(of: &Map<String, Value>, names: &[&str]) -> Value {
    let known = names
        .iter()
        .map(|&name| (name.to_owned(), of.get(name).cloned().unwrap_or_default()));
    Value::Object(known.collect())
}

/// The requirements of a run, by standard and key.
pub(super) fn requirements(record: &Record) -> BTreeMap<Asked, &Map<String, Value>> {
    let requirements = record.requirements.iter();
    requirements
        .map(|requirement| {
            let standard = text(requirement, "standard");
            let key = bare(standard, text(requirement, "key"));
            ((standard.to_owned(), key.to_owned()), requirement)
        })
        .collect()
}

/// What the coverage of every requirement rests on beside the data.
fn definitions(record: &Record) -> BTreeMap<Asked, Value> {
    let mut switches = json!(record.asked.settings);
    if let Some(switches) = switches.as_object_mut() {
        switches.retain(|name, _| !ELSEWHERE.contains(&&**name));
    }
    let area = record
        .inputs
        .iter()
        .filter(|input| input.role == "boundary");
    let area: Vec<&str> = area.map(|input| &*input.sha256).collect();
    let of_all = json!({
        "switches": switches,
        "rules": fields(&record.calibre, &RULES),
        "program": record.program.version,
        "area": area,
        "frame": frames(record, "boundary"),
    });
    requirements(record)
        .into_iter()
        .map(|(asked, requirement)| {
            let key = requirement.get("walker");
            let mut walkers = record.walkers.iter();
            let walker = walkers.find(|walker| walker.get("key") == key);
            let own = json!({
                "all": of_all,
                "requirement": fields(requirement, &OF_REQUIREMENT),
                "walker": walker.map(|walker| fields(walker, &OF_WALKER)),
            });
            (asked, own)
        })
        .collect()
}

/// The sheets and the frames that were asked of the files of a role.
pub(super) fn frames(record: &Record, role: &str) -> Vec<String> {
    let typed = record.asked.files.get(role).into_iter().flatten();
    let sources = typed.filter_map(|typed| Source::typed(typed.as_ref()).ok());
    let mut told: Vec<String> = sources
        .map(|source| {
            let part = source.part.map(|part| format!("#{part}"));
            let frame = source.frame.map(|frame| format!("@{frame}"));
            [part, frame].map(Option::unwrap_or_default).concat()
        })
        .collect();
    // The order of several files says nothing.
    told.sort_unstable();
    told
}

/// Whether an input says what there is, not what is counted; parcels say nothing of the city.
pub(super) fn is_data(input: &RecordedInput) -> bool {
    !OF_DEFINITION.contains(&&*input.role) && input.role != PARCELS
}

/// Whether the data of two runs differ.
fn data_differ(a: &Record, b: &Record) -> bool {
    let changed = input_changes(&a.inputs, &b.inputs)
        .into_iter()
        .filter(|(_, a, b)| a.or(*b).is_some_and(is_data))
        .any(|(change, ..)| change != InputChange::Same);
    let mut roles = a.asked.files.keys();
    let of_data = |role: &str| role != "boundary" && role != PARCELS;
    let read_otherwise = |role: &String| of_data(role) && frames(a, role) != frames(b, role);
    changed || roles.any(read_otherwise) || a.asked.settings.people != b.asked.settings.people
}

impl Causes {
    pub fn of(a: &Record, b: &Record) -> Self {
        let second = definitions(b);
        let differ = |(asked, own): (Asked, Value)| {
            let other = second.get(&asked)?;
            let differs = own != *other;
            Some((asked, differs))
        };
        Self {
            data: data_differ(a, b),
            definition: definitions(a).into_iter().filter_map(differ).collect(),
        }
    }

    /// What a row that both runs have rests on.
    fn of_row(&self, key: &RowKey) -> Cause {
        let asked = (key.standard.clone(), key.requirement.clone());
        Cause::of(self.data, self.definition.get(&asked) != Some(&false))
    }

    /// Whether any row that both reports have differs in its data and its definition.
    pub fn need_third(&self, a: &Coverage, b: &Coverage) -> bool {
        let both = a.order.iter().filter(|key| b.rows.contains_key(key));
        both.into_iter().any(|key| self.of_row(key) == Cause::Both)
    }
}

/// The rows of two reports side by side.
pub(super) fn rows(
    a: &Coverage,
    b: &Coverage,
    third: Option<&Coverage>,
    causes: &Causes,
) -> Vec<Moved> {
    let only_first = a.order.iter().filter(|key| !b.rows.contains_key(key));
    let keys = b.order.iter().chain(only_first);
    keys.map(|key| {
        let (first, second) = (a.rows.get(key), b.rows.get(key));
        let share = |figures: Option<&Figures>| figures?.share;
        let between = |from: Option<i64>, to: Option<i64>| Some(to? - from?);
        let cause = causes.of_row(key);
        let all = between(share(first), share(second));
        let none = all.map(|_| 0);
        let (by_data, by_definition) = match cause {
            Cause::None | Cause::Data => (all, none),
            Cause::Definition => (none, all),
            Cause::Both => {
                let middle = third.and_then(|third| share(third.rows.get(key)));
                let parts = (
                    between(share(first), middle),
                    between(middle, share(second)),
                );
                if all.is_some() { parts } else { (None, None) }
            }
        };
        Moved {
            key: key.clone(),
            a: first.cloned(),
            b: second.cloned(),
            cause,
            by_data,
            by_definition,
        }
    })
    .collect()
}
