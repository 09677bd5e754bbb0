//! What columns are called, how their numbers are shown, and what keys mean in words.

use std::collections::BTreeMap;

use super::form::Form;
use super::form::Form::{Area, Count, Long, Metres, Prose, Share, Signed, Tenths, Text};
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

/// Column, 中文, English, form; the unit stands in the heading.
const HEADINGS: &[(&str, &str, &str, Form)] = &[
    ("about", "部分", "part", Text),
    ("amount", "达到数（m² 或人）", "met (m² or people)", Tenths),
    ("area_m2", "面积（m²）", "area (m²)", Area),
    ("asked", "规模要求", "size asked", Long),
    ("base_share", "原占比（%）", "share before (%)", Share),
    ("basis", "口径", "basis", Text),
    ("beds", "床位（张）", "beds", Count),
    (
        "beds_per_1000",
        "床位（张/千人）",
        "beds for 1,000 people",
        Tenths,
    ),
    ("block", "街坊编号", "block", Text),
    ("block_name", "街坊名称", "block's name", Text),
    ("categories", "设施类别", "categories", Text),
    ("category_names", "设施类别", "categories", Long),
    ("class", "等级", "class", Text),
    ("composite", "指标编号", "composite", Text),
    ("confidence", "核实", "confidence", Text),
    ("counts", "是否计入", "counts", Text),
    (
        "covered",
        "达到数（m²、人或街坊）",
        "within (m², people or blocks)",
        Tenths,
    ),
    ("denominator", "分母", "denominator", Text),
    (
        "difference_points",
        "变化（百分点）",
        "change (points)",
        Signed,
    ),
    ("facilities", "设施数（处）", "facilities", Count),
    ("facility", "设施编号", "facility", Text),
    ("figure", "算法", "figure", Text),
    ("first_facility", "设施编号（首处）", "first facility", Text),
    (
        "first_name",
        "设施名称（首处）",
        "first facility's name",
        Text,
    ),
    ("floor_m2", "建筑面积（m²）", "floor (m²)", Area),
    (
        "floor_m2_per_1000",
        "建筑面积（m²/千人）",
        "floor for 1,000 people (m²)",
        Tenths,
    ),
    ("items", "有数据的项数", "items with data", Count),
    ("items_met", "达到项数", "items met", Tenths),
    (
        "items_without_data",
        "无数据的项",
        "items without data",
        Text,
    ),
    (
        "land_lacking_m2",
        "缺口用地（m²）",
        "land that lacks it (m²)",
        Area,
    ),
    ("land_m2", "用地面积（m²）", "land (m²)", Area),
    (
        "land_m2_per_1000",
        "用地面积（m²/千人）",
        "land for 1,000 people (m²)",
        Tenths,
    ),
    ("level", "分区层级", "level", Text),
    ("limit", "限值", "limit", Text),
    ("name", "名称", "name", Text),
    ("nearest_facility", "最近设施编号", "nearest facility", Text),
    (
        "nearest_m",
        "到最近设施步行距离（m）",
        "walk to the nearest (m)",
        Metres,
    ),
    (
        "nearest_min",
        "到最近设施步行时间（分钟）",
        "walk to the nearest (min)",
        Tenths,
    ),
    ("note", "备注", "note", Text),
    ("people", "人口（人）", "people", Tenths),
    (
        "people_lacking",
        "缺口人口（人）",
        "people who lack it",
        Tenths,
    ),
    ("places", "学位或座位（个）", "places", Count),
    (
        "places_per_1000",
        "学位或座位（个/千人）",
        "places for 1,000 people",
        Tenths,
    ),
    ("prescribed", "规定口径", "prescribed basis", Text),
    ("provision", "配建编号", "provision", Text),
    ("rank", "排序", "rank", Count),
    ("reported", "本层级考核", "reported at this level", Text),
    ("required", "是否必需", "required", Text),
    ("requirement", "要求编号", "requirement", Text),
    ("requirements", "要求编号", "requirements", Text),
    ("share", "占比（%）", "share (%)", Share),
    ("sized", "规模已知（处）", "of known size", Count),
    ("source", "来源", "source", Long),
    ("standard", "标准", "standard", Text),
    ("state", "状态", "state", Text),
    (
        "straight_limit_m",
        "直线限值（m）",
        "straight limit (m)",
        Metres,
    ),
    ("target", "目标（%）", "target (%)", Share),
    ("target_met", "是否达标", "target met", Text),
    ("target_of", "目标的分母", "target of", Text),
    ("tier", "圈层（分钟）", "tier (min)", Count),
    ("total", "总量", "total", Tenths),
    ("unit", "单位", "unit", Text),
    ("value", "内容", "value", Prose),
    ("variant", "改动编号", "variant", Text),
    ("variant_name", "改动", "change", Text),
    ("verdict", "判定", "verdict", Text),
    ("walker", "步行者", "walker", Text),
    ("what", "项目", "what", Text),
    ("zone", "分区编号", "zone", Text),
    ("zone_name", "分区名称", "zone's name", Text),
];

/// Column, key, 中文, English. Levels, states of blocks, denominators, limits and
/// categories have their words elsewhere.
const WORDS: &[(&str, &str, &str, &str)] = &[
    ("basis", "network", "步行", "walked"),
    ("basis", "radius", "直线半径", "radius"),
    ("prescribed", "network", "步行", "walked"),
    ("prescribed", "radius", "直线半径", "radius"),
    ("denominator", "blocks", "街坊", "blocks"),
    ("unit", "m2", "m²", "m²"),
    ("unit", "people", "人", "people"),
    ("unit", "blocks", "个", "blocks"),
    ("confidence", "confirmed", "已核实", "confirmed"),
    ("confidence", "unverified", "未核实", "unverified"),
    ("figure", "mean_of_items", "各项平均", "mean of items"),
    ("figure", "all_items", "全部达到", "all items"),
    ("figure", "exactly", "恰好达到", "exactly"),
    ("figure", "no_data", "无数据", "no data"),
    ("note", "no_data", "无数据", "no data"),
    ("state", "present", "已有", "present"),
    ("state", "missing", "缺少", "missing"),
    ("state", "too_small", "规模不足", "too small"),
    ("state", "size_unknown", "规模未知", "size unknown"),
    ("verdict", "too_small", "规模不足", "too small"),
    ("verdict", "size_unknown", "规模未知", "size unknown"),
];

/// The columns whose words are elsewhere.
const WORDED: [&str; 6] = [
    "level",
    "state",
    "denominator",
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
}

impl<'a> Glossary<'a> {
    pub(super) fn new(study: &'a Study, outputs: &'a Outputs) -> Self {
        Self { study, outputs }
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
            "state" => {
                let state = State::ALL.into_iter().find(|state| state.key() == key)?;
                Some(state.text(lang).to_owned())
            }
            "denominator" | "target_of" => {
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
