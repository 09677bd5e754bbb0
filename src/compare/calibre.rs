//! In what the calibres of two reports differ: all of it, in words.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::moved::{frames, requirements};
use crate::lang::Lang;
use crate::record::{Record, role};

/// A point in which two calibres differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What it is about: requirements, walkers; nothing for what holds for everything.
    pub of: Vec<Named>,
    /// The field, as `run.json` has it.
    pub field: String,
    /// What the first says; `None` where it says nothing.
    pub a: Option<String>,
    /// What the second says.
    pub b: Option<String>,
}

/// How many names are told before the rest is counted.
const SHOWN_NAMES: usize = 3;

/// A name in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    zh: String,
    en: String,
}

impl Named {
    /// The name in a language.
    pub fn text(&self, lang: Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }

    pub(super) fn of(object: &Map<String, Value>) -> Self {
        let text = |key| match object.get(key) {
            Some(Value::String(text)) => text.clone(),
            _ => String::new(),
        };
        let (zh, en) = (text("zh"), text("en"));
        Self { zh, en }
    }
}

/// Fields of the calibre card in words.
const WORDS: [(&str, &str, &str); 48] = [
    ("program", "程序版本", "version"),
    ("standard", "标准与版本", "standard and edition"),
    ("requirement", "指标", "requirement"),
    ("walker", "步行者", "walker"),
    ("measured_from", "量算起点", "measured from"),
    ("denominators", "分母", "denominators"),
    ("blocks_from", "街坊来源", "blocks from"),
    ("gates_from", "大门来源", "gates from"),
    ("gates_open_compared", "另算大门全开", "open gates asked"),
    ("people_from", "人口来源", "people from"),
    ("people_spread", "人口分配", "people spread"),
    (
        "areas_cut_above_ha",
        "居住用地切分 公顷",
        "areas cut above, ha",
    ),
    (
        "buildings_grouped_by_street_block",
        "住宅按街区合并",
        "buildings by street block",
    ),
    ("land_of_a_building", "建筑的用地", "land of a building"),
    ("facilities_from", "设施来源", "facilities from"),
    ("study_area", "研究范围", "study area"),
    ("categories_sha256", "分类规则", "rules of categories"),
    ("sample_spacing_m", "样点间距 米", "sample spacing, m"),
    ("link_limit_m", "连接上限 米", "link limit, m"),
    ("tiny_island_m", "路网孤岛 米", "tiny island, m"),
    ("limits_replaced", "限值已替换", "limits replaced"),
    ("unknown_sizes", "规模未知的设施", "unknown sizes"),
    ("trunk_walkable", "干道可步行", "trunk walkable"),
    ("network_rounding", "取整", "rounding"),
    ("states", "状态", "states"),
    ("read_as", "图层与坐标系", "layer and frame"),
    ("people_total", "总人口", "total of people"),
    ("boundary", "研究范围文件", "file of the study area"),
    ("tier", "圈层", "tier"),
    ("categories", "类别", "categories"),
    ("limit", "限值", "limit"),
    ("straight_limit_m", "直线限值 米", "straight limit, m"),
    ("basis", "依据", "basis"),
    ("required", "是否必备", "required"),
    ("denominator", "分母", "denominator"),
    ("size", "规模", "size"),
    ("target", "目标", "target"),
    ("source", "出处", "source"),
    ("confidence", "可信度", "confidence"),
    ("metres_per_second", "步速 米/秒", "speed, m/s"),
    ("steps_factor", "台阶系数", "factor on steps"),
    ("gravel_factor", "碎石系数", "factor on gravel"),
    ("loose_factor", "松软路面系数", "factor on loose ground"),
    ("signals_wait_s", "信号灯等候 秒", "wait at signals, s"),
    ("elevator_wait_s", "电梯等候 秒", "wait at lifts, s"),
    ("key", "代号", "key"),
    ("zh", "中文名", "Chinese name"),
    ("en", "英文名", "English name"),
];

/// Values of the calibre card in words.
const VALUES: [(&str, &str, &str); 23] = [
    ("true", "是", "yes"),
    ("false", "否", "no"),
    ("table", "表格", "table"),
    ("osm", "OSM", "OSM"),
    ("both", "两者", "both"),
    (
        "table for the categories it names, else osm",
        "表格所列类别用表格，其余用 OSM",
        "table for its categories, else OSM",
    ),
    (
        "table for the blocks it names, else osm",
        "表格所列街坊用表格，其余用 OSM",
        "table for its blocks, else OSM",
    ),
    ("boundary file", "边界文件", "boundary file"),
    ("all blocks", "全部街坊", "all blocks"),
    ("left out", "不计", "left out"),
    ("counted", "计入", "counted"),
    ("network", "路网", "network"),
    ("radius", "直线", "radius"),
    ("land", "用地", "land"),
    ("people", "人口", "people"),
    ("elderly", "老人", "elderly"),
    ("children", "儿童", "children"),
    ("blocks", "街坊", "blocks"),
    ("raster", "栅格", "raster"),
    (
        "total_by_floor_area",
        "总数，按住宅建筑面积",
        "total, by floor area",
    ),
    ("nothing", "未知", "not known"),
    ("confirmed", "已核实", "confirmed"),
    ("unverified", "未核实", "unverified"),
];

/// Fields on which no figure rests.
const WORDING: [&str; 4] = ["zh", "en", "source", "confidence"];

/// A value in words, where it is one of a few.
pub(super) fn value(value: &str, lang: Lang) -> &str {
    let known = VALUES.iter().find(|(key, ..)| *key == value);
    known.map_or(value, |(_, zh, en)| lang.pick(zh, en))
}

impl Difference {
    /// Whether a figure may rest on it, or it is words alone.
    pub fn counts(&self) -> bool {
        !WORDING.contains(&&*self.field)
    }

    /// What differs, in words.
    pub fn text(&self, lang: Lang) -> String {
        let known = WORDS.iter().find(|(field, ..)| *field == self.field);
        let field = known.map_or(&*self.field, |(_, zh, en)| lang.pick(zh, en));
        let mut names: Vec<&str> = Vec::new();
        for name in self.of.iter().map(|name| name.text(lang)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let count = self.of.len();
        let mut of = names[..names.len().min(SHOWN_NAMES)].join(lang.pick("、", ", "));
        if names.len() > SHOWN_NAMES {
            of.push_str(lang.pick("等", ", …"));
        }
        match count {
            0 => field.to_owned(),
            1 => lang.pick(format!("{of}：{field}"), format!("{of}: {field}")),
            _ => lang.pick(
                format!("{of}（{count} 项）：{field}"),
                format!("{of} ({count} in all): {field}"),
            ),
        }
    }
}

/// Fields that say nothing of how figures are counted: what the data were, what else was
/// written, the keys by which entries are found, and what follows from other fields.
const LEFT_OUT: [&str; 9] = [
    "blocks_by_kind",
    "gates_open_compared",
    "facilities",
    "facilities_too_small",
    "facilities_of_unknown_size",
    "blocks_at_edge",
    "metres_in_limits",
    "standard",
    "key",
];

/// A value in one line.
fn line(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Array(values) => {
            let values: Vec<String> = values.iter().filter_map(line).collect();
            Some(values.join(", "))
        }
        other => Some(other.to_string()),
    }
}

/// The fields in which two objects differ.
fn fields(of: Option<&Named>, a: &Map<String, Value>, b: &Map<String, Value>) -> Vec<Difference> {
    let names: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
    names
        .into_iter()
        .filter(|name| !LEFT_OUT.contains(&&***name))
        .map(|name| Difference {
            of: of.cloned().into_iter().collect(),
            field: name.clone(),
            a: a.get(name).and_then(line),
            b: b.get(name).and_then(line),
        })
        .filter(|found| found.a != found.b)
        .collect()
}

/// What objects of two lists, told by a key, differ in; what one list alone has is a
/// difference of its own.
fn lists<K: Ord>(
    what: &str,
    a: &BTreeMap<K, &Map<String, Value>>,
    b: &BTreeMap<K, &Map<String, Value>>,
    shown: impl Fn(&K) -> String,
) -> Vec<Difference> {
    let alone = |key: &K, of: &Map<String, Value>, first: bool| Difference {
        of: vec![Named::of(of)],
        field: what.to_owned(),
        a: first.then(|| shown(key)),
        b: (!first).then(|| shown(key)),
    };
    let mut differences = Vec::new();
    for (key, &first) in a {
        match b.get(key) {
            Some(&second) => differences.extend(fields(Some(&Named::of(second)), first, second)),
            None => differences.push(alone(key, first, true)),
        }
    }
    let new = b.iter().filter(|(key, _)| !a.contains_key(key));
    differences.extend(new.map(|(key, &second)| alone(key, second, false)));
    differences
}

fn walkers(record: &Record) -> BTreeMap<String, &Map<String, Value>> {
    let walkers = record.walkers.iter();
    walkers
        .map(|walker| {
            let key = walker.get("key").and_then(Value::as_str);
            (key.unwrap_or_default().to_owned(), walker)
        })
        .collect()
}

/// One that holds for everything.
fn single(field: &str, a: Option<String>, b: Option<String>) -> Option<Difference> {
    (a != b).then(|| Difference {
        of: Vec::new(),
        field: field.to_owned(),
        a,
        b,
    })
}

/// The same difference of several things told once, where it stands first.
fn grouped(differences: Vec<Difference>) -> Vec<Difference> {
    let mut groups: Vec<Difference> = Vec::new();
    for mut difference in differences {
        let same = |group: &&mut Difference| {
            let [one, other] = [&**group, &difference].map(|of| (&of.field, &of.a, &of.b));
            one == other
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.of.append(&mut difference.of),
            None => groups.push(difference),
        }
    }
    groups
}

/// Everything in which the calibres of two reports differ.
pub(super) fn differences(a: &Record, b: &Record) -> Vec<Difference> {
    let program = |record: &Record| Some(record.program.version.clone());
    let editions = |record: &Record| {
        let packs = record.standards.iter().filter_map(Value::as_object);
        let text = |pack: &Map<String, Value>, field: &str| {
            pack.get(field).and_then(line).unwrap_or_default()
        };
        let packs = packs.map(|pack| format!("{} {}", text(pack, "key"), text(pack, "edition")));
        Some(packs.collect::<Vec<_>>().join(", "))
    };
    let boundary = |record: &Record| {
        let mut inputs = record.inputs.iter();
        let file = inputs.find(|input| input.role == "boundary")?;
        let sum: String = file.sha256.chars().take(12).collect();
        Some(format!("{} {sum}", file.name))
    };
    let mut found: Vec<Difference> = [
        single("program", program(a), program(b)),
        single("standard", editions(a), editions(b)),
        single("boundary", boundary(a), boundary(b)),
    ]
    .into_iter()
    .flatten()
    .collect();
    found.extend(fields(None, &a.calibre, &b.calibre));
    let total = |record: &Record| Some(record.asked.settings.people?.to_string());
    found.extend(single("people_total", total(a), total(b)));
    let roles: BTreeSet<&String> = a.asked.files.keys().chain(b.asked.files.keys()).collect();
    // Where one run has no such file, that is told among the inputs.
    let in_both =
        |role: &&String| a.asked.files.contains_key(*role) && b.asked.files.contains_key(*role);
    for of in roles.into_iter().filter(in_both) {
        let read = |record: &Record| {
            let told = frames(record, of).join(", ");
            Some(told).filter(|told| !told.is_empty())
        };
        let named = Named {
            zh: role(of, Lang::Zh),
            en: role(of, Lang::En),
        };
        let differs = single("read_as", read(a), read(b));
        found.extend(differs.map(|differs| Difference {
            of: vec![named],
            ..differs
        }));
    }
    found.extend(lists("walker", &walkers(a), &walkers(b), Clone::clone));
    let asked = |(standard, _): &(String, String)| standard.clone();
    let asked = lists("requirement", &requirements(a), &requirements(b), asked);
    found.extend(grouped(asked));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_words_once() {
        let mut fields: Vec<&str> = WORDS.iter().map(|(field, ..)| *field).collect();
        fields.sort_unstable();
        fields.dedup();
        assert_eq!(fields.len(), WORDS.len());
    }
}
