//! The calibre card (口径) in words: what every figure rests on. The page and the
//! workbook show the same list.

use std::collections::BTreeSet;

use super::page::phrase::whom;
use super::standards::minutes_in_metres;
use super::words::{date, denominators, thousands};
use crate::lang::Lang;
use crate::link::ISLAND_METRES;
use crate::places::{BlockKind, FacilitySource};
use crate::study::{PeopleFrom, Study, Walked};
use crate::units::{Limit, WalkTime, trimmed};

/// One fact.
pub(super) struct Fact {
    /// What it is about.
    pub name: &'static str,
    /// What holds, one or several.
    pub lines: Vec<Line>,
}

/// One of the things that hold.
pub(super) struct Line {
    pub text: String,
    /// Who says so, where somebody must.
    pub source: Option<String>,
}

/// All facts; of the same number and order in both languages.
pub(super) fn facts(study: &Study, lang: Lang) -> Vec<Fact> {
    let settings = &study.settings;
    let fact = |zh: &'static str, en: &'static str, text: String| Fact {
        name: lang.pick(zh, en),
        lines: vec![Line { text, source: None }],
    };
    let spacing = trimmed(settings.sample_spacing);
    vec![
        fact("标准包", "Pack", packs(study, lang)),
        Fact {
            name: lang.pick("步行者", "Walkers"),
            lines: walkers(study, lang),
        },
        fact("量算起点", "Measured from", lang.pick(
            "街坊样点（按面积均分用地和人口），沿路网到设施出入口；并列直线半径",
            "samples of the blocks, along the network to the entrances of facilities; straight line beside it",
        ).to_owned()),
        fact("分母", "Denominators", whole(study, lang)),
        fact("人口", "People", people(study, lang).to_owned()),
        fact("研究范围", "Study area", if has_input(study, "boundary") {
            lang.pick("边界文件", "boundary file").to_owned()
        } else {
            lang.pick("全部街坊", "all blocks").to_owned()
        }),
        fact("街坊", "Blocks", blocks(study, lang)),
        fact("设施", "Facilities", format!(
            "{}{}{}",
            thousands(study.facilities.len() as u64),
            lang.pick("；来源：", "; from: "),
            source(settings.facilities_from, lang),
        )),
        fact("连接", "Links", links(study, lang)),
        fact("样点间距", "Sample spacing", format!("{spacing} m")),
        fact("取整", "Rounding", lang.pick(
            "每段路一次：0.1 米或 0.1 秒", "once a walk: to 0.1 m or 0.1 s").to_owned()),
        fact("程序", "Program",
            concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION")).to_owned()),
        fact("OSM", "OSM", data_date(study, lang)),
    ]
}

fn has_input(study: &Study, role: &str) -> bool {
    study.inputs.iter().any(|input| input.role == role)
}

fn packs(study: &Study, lang: Lang) -> String {
    let packs = study.standard.packs.iter();
    let packs: Vec<String> = packs
        .map(|pack| {
            let edition = &pack.edition;
            lang.pick(
                format!("{} 版本 {edition}", pack.zh),
                format!("{} edition {edition}", pack.en),
            )
        })
        .collect();
    let mut text = packs.join(lang.pick("；", "; "));
    if !study.settings.within.is_empty() {
        text.push_str(lang.pick("；限值按要求替换", "; limits replaced as asked"));
    }
    text
}

fn walkers(study: &Study, lang: Lang) -> Vec<Line> {
    let line = |walked: &Walked| {
        let walker = &walked.walker;
        let mut parts = vec![format!(
            "{} {} m/s",
            walker.name(lang),
            trimmed(walker.speed)
        )];
        let minutes = times(study, &walker.key).into_iter();
        parts.extend(minutes.map(|time| minutes_in_metres(time, walker, lang)));
        Line {
            text: parts.join(lang.pick("；", "; ")),
            source: Some(walker.source.text(lang).to_owned()),
        }
    };
    study.walked.iter().map(line).collect()
}

/// The limits in minutes that are asked of a walker, ascending.
fn times(study: &Study, key: &str) -> BTreeSet<WalkTime> {
    let answers = study.answers.iter();
    answers
        .filter(|answer| study.walked[answer.walker].walker.key == key)
        .filter_map(|answer| match answer.limit {
            Limit::Time(time) => Some(time),
            Limit::Length(_) => None,
        })
        .collect()
}

fn whole(study: &Study, lang: Lang) -> String {
    let names: Vec<&str> = denominators(study)
        .into_iter()
        .map(|of| whom(of, lang))
        .collect();
    let unlinked = lang.pick("（未连接的也在内）", " (unlinked ones too)");
    format!("{}{unlinked}", names.join(lang.pick("、", ", ")))
}

/// Where people come from.
fn people(study: &Study, lang: Lang) -> &'static str {
    match study.people_from {
        PeopleFrom::Blocks => lang.pick("街坊的人口列", "a column of the blocks"),
        PeopleFrom::Raster => lang.pick(
            "人口栅格，逐像元按用地分给街坊样点",
            "a raster, shared cell by cell among the samples of the blocks by their land",
        ),
        PeopleFrom::Total => lang.pick(
            "总数，按住宅建筑面积（层数 × 占地）分给街坊；未注层数的独立住宅按 2 层、其他按 6 层",
            "a total, spread by residential floor area (levels × footprint); without levels houses count with 2 floors, others with 6",
        ),
        PeopleFrom::Nothing => lang.pick("未知，只计用地", "not known: land alone is measured"),
    }
}

fn blocks(study: &Study, lang: Lang) -> String {
    let count = thousands(study.blocks.len() as u64);
    if has_input(study, "blocks") {
        return format!("{count}{}", lang.pick("；来自表格", "; from the table"));
    }
    let mut parts = vec![format!("{count}{}", lang.pick("；来自 OSM", "; from OSM"))];
    parts.extend(study.blocks_by_kind().into_iter().map(|(kind, count)| {
        let name = match kind {
            BlockKind::Area => lang.pick("居住用地", "areas"),
            BlockKind::Piece => lang.pick("切分地块", "pieces"),
            BlockKind::Group => lang.pick("住宅组", "groups of buildings"),
            BlockKind::Building => lang.pick("单栋住宅", "single buildings"),
        };
        format!("{name} {}", thousands(count as u64))
    }));
    parts.push(
        lang.pick(
            "单栋住宅的用地为占地面积",
            "the land of a building is its footprint",
        )
        .to_owned(),
    );
    parts.extend(study.settings.block_size.map(|hectares| {
        let hectares = trimmed(hectares);
        lang.pick(
            format!("大于 {hectares} 公顷的沿街道切分"),
            format!("areas above {hectares} ha are cut along streets"),
        )
    }));
    parts.join(lang.pick("；", "; "))
}

fn source(from: FacilitySource, lang: Lang) -> &'static str {
    match from {
        FacilitySource::ByCategory => lang.pick(
            "表格所列分类以表格为准，其余取自 OSM",
            "the table for the categories that it names, else OSM",
        ),
        FacilitySource::Table => lang.pick("表格", "the table"),
        FacilitySource::Osm => "OSM",
        FacilitySource::Both => lang.pick("表格和 OSM", "the table and OSM"),
    }
}

fn links(study: &Study, lang: Lang) -> String {
    let unlinked = (0..study.blocks.len())
        .filter(|&block| study.unlinked_reason(block).is_some())
        .count();
    let links = &study.main_walk().facilities;
    let facilities = (0..links.len())
        .filter(|&at| links.unlinked(at).is_some())
        .count();
    let (limit, island) = (trimmed(study.settings.link_limit), thousands(ISLAND_METRES));
    lang.pick(
        format!(
            "直线不超过 {limit} 米；孤立路网不足 {island} 米不连接；未连接：街坊 {unlinked} 个，设施 {facilities} 处"
        ),
        format!(
            "straight leg up to {limit} m; islands of less than {island} m of walks are left out; \
             unlinked: {unlinked} blocks, {facilities} facilities"
        ),
    )
}

/// The day up to which the OSM data is complete.
pub(super) fn data_date(study: &Study, lang: Lang) -> String {
    match study.osm_timestamp {
        Some(seconds) => {
            let day = date(seconds);
            lang.pick(format!("数据截至 {day}"), format!("data up to {day}"))
        }
        None => lang.pick("数据日期未知", "data of unknown date").to_owned(),
    }
}

/// What an input was read as.
pub(super) fn role(role: &str, lang: Lang) -> &str {
    match role {
        "extract" => lang.pick("OSM 数据", "extract"),
        "blocks" => lang.pick("住宅用地", "blocks"),
        "facilities" => lang.pick("设施", "facilities"),
        "zones" => lang.pick("分区", "zones"),
        "gates" => lang.pick("出入口", "gates"),
        "population" => lang.pick("人口栅格", "population"),
        "standard" => lang.pick("标准", "standard"),
        "columns" => lang.pick("列名对照", "columns"),
        "boundary" => lang.pick("研究范围", "boundary"),
        "changes" => lang.pick("方案", "scenario"),
        other => other,
    }
}
