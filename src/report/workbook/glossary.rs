//! What columns are called, how their numbers are shown, and what keys mean in words.

use std::collections::BTreeMap;

use super::form::Form;
use super::form::Form::{Area, Share, Signed, Tenths, Text};
use super::headings::{HEADINGS, WORDS};
use super::leaf::fitted;
use crate::lang::Lang;
use crate::measure::State;
use crate::places::CategoryId;
use crate::report::Outputs;
use crate::report::block_table::zone_column;
use crate::report::cell::Cell;
use crate::report::page::phrase;
use crate::report::words::{denominator_name, set_name};
use crate::standard::Denominator;
use crate::study::Study;
use crate::units::Limit;

/// The columns whose words are elsewhere.
const WORDED: [&str; 8] = [
    "level",
    "state",
    "state_before",
    "denominator",
    "weighted_by",
    "target_of",
    "limit",
    "categories",
];

/// What the keys of a column mean.
pub(super) struct Words {
    known: BTreeMap<String, Cell>,
    flags: [Cell; 2],
}

impl Words {
    fn new(known: BTreeMap<String, Cell>, lang: Lang) -> Self {
        let flags = [lang.pick("否", "no"), lang.pick("是", "yes")];
        Self {
            known,
            flags: flags.map(Cell::text),
        }
    }

    /// A cell with words in place of a key, and of yes and no.
    pub(super) fn told<'a>(&'a self, cell: &'a Cell) -> &'a Cell {
        match cell {
            Cell::Text(key) => self.known.get(key).unwrap_or(cell),
            Cell::Flag(flag) => &self.flags[usize::from(*flag)],
            _ => cell,
        }
    }
}

/// The words of a study in a language.
pub(super) struct Glossary<'a> {
    study: &'a Study,
    outputs: &'a Outputs,
    /// The names of plans, in the order of their columns.
    plans: &'a [String],
}

impl<'a> Glossary<'a> {
    pub(super) fn new(study: &'a Study, outputs: &'a Outputs, plans: &'a [String]) -> Self {
        Self {
            study,
            outputs,
            plans,
        }
    }

    pub(super) fn lang(&self) -> Lang {
        self.outputs.lang
    }

    /// What a column is called, and how it is shown. A column of which nobody wrote
    /// keeps its key.
    pub(super) fn heading(&self, column: &str) -> (String, Form) {
        let listed = HEADINGS.iter().find(|row| row.0 == column);
        if let Some(&(_, zh, en, form)) = listed {
            return (self.lang().pick(zh, en).to_owned(), form);
        }
        let found = self.of_level(column).or_else(|| self.coordinate(column));
        let found = found.or_else(|| self.of_denominator(column));
        let found = found.or_else(|| self.of_plan(column));
        found.unwrap_or_else(|| (column.to_owned(), Text))
    }

    /// The zone of a block in a level.
    fn of_level(&self, column: &str) -> Option<(String, Form)> {
        let mut levels = self.study.zonings.iter();
        let zoning = levels.find(|zoning| zone_column(zoning) == column)?;
        Some((phrase::level(&zoning.level, false, self.lang()), Text))
    }

    fn coordinate(&self, column: &str) -> Option<(String, Form)> {
        let frame = self.outputs.frame;
        let axis = frame.columns().iter().position(|name| *name == column)?;
        let metric = column.ends_with("_m");
        let (zh, en) = match (metric, axis) {
            (false, 0) => ("经度（°）", "longitude (°)"),
            (false, _) => ("纬度（°）", "latitude (°)"),
            (true, 0) => ("东坐标（m）", "east (m)"),
            (true, _) => ("北坐标（m）", "north (m)"),
        };
        let form = if metric { Form::Grid } else { Form::Degrees };
        let plain = matches!(column, "lon" | "lat") || metric;
        let name = if plain {
            String::new()
        } else {
            format!(" {frame}")
        };
        Some((format!("{}{name}", self.lang().pick(zh, en)), form))
    }

    /// Land or people, all of them and within.
    fn of_denominator(&self, column: &str) -> Option<(String, Form)> {
        Denominator::all().find_map(|of| {
            let end = column.strip_prefix(of.key())?.strip_prefix('_')?;
            let (zh, en, share) = match end {
                "total" => ("总量", "total", false),
                "network_covered" => ("步行范围内", "within by walk", false),
                "network_share" => ("步行覆盖率", "walked", true),
                "radius_covered" => ("半径范围内", "within by radius", false),
                "radius_share" => ("半径覆盖率", "radius", true),
                _ => return None,
            };
            let (unit, form) = match (share, of) {
                (true, _) => ("%", Share),
                (false, Denominator::Land) => ("m²", Area),
                (false, _) => (self.lang().pick("人", "people"), Tenths),
            };
            let whom = denominator_name(of, self.lang());
            let text = self.lang().pick(
                format!("{whom} {zh}（{unit}）"),
                format!("{whom}: {en} ({unit})"),
            );
            Some((text, form))
        })
    }

    /// A figure of a plan.
    fn of_plan(&self, column: &str) -> Option<(String, Form)> {
        let (number, end) = column.strip_prefix("plan_")?.split_once('_')?;
        let name = self
            .plans
            .get(number.parse::<usize>().ok()?.checked_sub(1)?)?;
        let (zh, en, form) = match end {
            "share" => ("占比（%）", "share (%)", Share),
            "change_points" => ("变化（百分点）", "change (points)", Signed),
            "covered" => ("限值内（m² 或人）", "within (m² or people)", Tenths),
            "gained" => ("净增（m² 或人）", "gained (m² or people)", Signed),
            _ => return None,
        };
        let (name, _) = fitted(name, 255);
        let text = self
            .lang()
            .pick(format!("{name}：{zh}"), format!("{name}: {en}"));
        Some((text, form))
    }

    /// What the keys in the cells of a column mean.
    pub(super) fn words<'b>(&self, column: &str, cells: impl Iterator<Item = &'b Cell>) -> Words {
        let mut known = BTreeMap::new();
        // Most columns hold no keys but names.
        if !WORDED.contains(&column) && !WORDS.iter().any(|row| row.0 == column) {
            return Words::new(known, self.lang());
        }
        for cell in cells {
            if let Cell::Text(key) = cell
                && !known.contains_key(key)
                && let Some(word) = self.word(column, key)
            {
                known.insert(key.clone(), Cell::Text(word));
            }
        }
        Words::new(known, self.lang())
    }

    fn word(&self, column: &str, key: &str) -> Option<String> {
        let lang = self.lang();
        let listed = WORDS.iter().find(|row| (row.0, row.1) == (column, key));
        if let Some(&(.., zh, en)) = listed {
            return Some(lang.pick(zh, en).to_owned());
        }
        match column {
            "level" if key == "whole" => Some(lang.pick("研究范围", "study area").to_owned()),
            "level" => Some(phrase::level(key, false, lang)),
            "state" | "state_before" => {
                let state = State::ALL.into_iter().find(|state| state.key() == key)?;
                Some(state.text(lang).to_owned())
            }
            "denominator" | "target_of" | "weighted_by" => {
                let of = Denominator::all().find(|of| of.key() == key)?;
                Some(denominator_name(of, lang).to_owned())
            }
            "limit" => Some(phrase::limit(key.parse::<Limit>().ok()?, lang)),
            "categories" => self.categories(key),
            _ => None,
        }
    }

    /// A set that is asked for, or categories joined by `;`.
    fn categories(&self, keys: &str) -> Option<String> {
        let (study, lang) = (self.study, self.lang());
        if let Some(set) = study.sets.iter().find(|set| set.key == keys) {
            return Some(set_name(study, set, lang));
        }
        let name = |key: &str| -> Option<&str> {
            let id: CategoryId = study.catalog.id(key)?;
            let category = study.catalog.category(id);
            Some(lang.pick(&*category.zh, &*category.en))
        };
        let names: Option<Vec<&str>> = keys.split(';').map(name).collect();
        Some(names?.join(lang.pick("、", ", ")))
    }
}
