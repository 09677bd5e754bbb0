//! The calibre card (口径): what every figure of the page rests on.

use maud::{Markup, html};

use super::phrase::{both, limit, percent, said, whom};
use crate::confidence::Confidence;
use crate::lang::Lang;
use crate::link::ISLAND_METRES;
use crate::places::{BlockKind, FacilitySource};
use crate::report::shown;
use crate::report::words::{date, denominators, requirement_name, set_name, thousands};
use crate::standard::Basis;
use crate::study::{PeopleFrom, Study};
use crate::units::{CostKind, Limit, trimmed};

/// The day up to which the OSM data is complete.
pub(super) fn data_date(study: &Study) -> Markup {
    match study.osm_timestamp {
        Some(seconds) => {
            let day = date(seconds);
            both(format!("数据截至 {day}"), format!("data up to {day}"))
        }
        None => both("数据日期未知", "data of unknown date"),
    }
}

/// The section.
pub(super) fn section(study: &Study) -> Markup {
    html! {
        section #card aria-labelledby="card-title" {
            h2 #card-title { (both("口径卡", "Calibre card")) }
            p .note { (both(
                "口径不同的两份报告不能直接比较。机器可读的口径卡见 run.json。",
                "Two reports with different cards cannot be compared as they stand. For programs: run.json.",
            )) }
            (facts(study))
            (requirements(study))
            (inputs(study))
            (notices(study))
        }
    }
}

fn fact(zh: &str, en: &str, value: impl maud::Render) -> Markup {
    html! { tr { th scope="row" { (both(zh, en)) } td { (value) } } }
}

fn facts(study: &Study) -> Markup {
    let settings = &study.settings;
    let has_input = |role| study.inputs.iter().any(|input| input.role == role);
    let standard = &study.standard;
    html! {
        table .facts { tbody {
            (fact("标准包", "Pack", html! {
                @for (number, pack) in standard.packs.iter().enumerate() {
                    @if number > 0 { (both("；", "; ")) }
                    (both(&pack.zh, &pack.en)) " " (both("版本 ", "edition ")) (pack.edition)
                }
                @if !settings.within.is_empty() { (both("；限值按要求替换", "; limits replaced as asked")) }
            }))
            (fact("步行者", "Walkers", walkers(study)))
            (fact("量算起点", "Measured from", both(
                "街坊样点（按面积均分用地和人口），沿路网到设施出入口；并列直线半径",
                "samples of the blocks, along the network to the entrances of facilities; straight line beside it")))
            (fact("分母", "Denominators", html! {
                @for (number, of) in denominators(study).into_iter().enumerate() {
                    @if number > 0 { (both("、", ", ")) } (said(|lang| whom(of, lang)))
                }
                (both("（未连接的也在内）", " (unlinked ones too)"))
            }))
            (fact("人口", "People", people(study)))
            (fact("研究范围", "Study area", if has_input("boundary") {
                both("边界文件", "boundary file")
            } else {
                both("全部街坊", "all blocks")
            }))
            (fact("街坊", "Blocks", blocks(study, has_input("blocks"))))
            (fact("设施", "Facilities", html! {
                (thousands(study.facilities.len() as u64)) (both("；来源：", "; from: "))
                (said(|lang| source(settings.facilities_from, lang)))
            }))
            (fact("连接", "Links", links(study)))
            (fact("样点间距", "Sample spacing", format!("{} m", trimmed(settings.sample_spacing))))
            (fact("取整", "Rounding", both(
                "每段路一次：0.1 米或 0.1 秒", "once a walk: to 0.1 m or 0.1 s")))
            (fact("程序", "Program", concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION"))))
            (fact("OSM", "OSM", data_date(study)))
        } }
    }
}

/// Where people come from.
fn people(study: &Study) -> Markup {
    match study.people_from {
        PeopleFrom::Blocks => both("街坊的人口列", "a column of the blocks"),
        PeopleFrom::Raster => both(
            "人口栅格，逐像元按用地分给街坊样点",
            "a raster, shared cell by cell among the samples of the blocks by their land",
        ),
        PeopleFrom::Total => both(
            "总数，按住宅建筑面积（层数 × 占地）分给街坊；未注层数的独立住宅按 2 层、其他按 6 层",
            "a total, spread by residential floor area (levels × footprint); without levels houses count with 2 floors, others with 6",
        ),
        PeopleFrom::Nothing => both("未知，只计用地", "not known: land alone is measured"),
    }
}

fn walkers(study: &Study) -> Markup {
    html! {
        @for walked in &study.walked {
            @let walker = &walked.walker;
            div {
                (said(|lang| walker.name(lang).to_owned()))
                " " (trimmed(walker.speed)) " m/s"
                @for time in minutes(study, &walker.key) {
                    (both("；", "; ")) (said(|lang| limit(time, lang))) " = "
                    @if let Limit::Time(time) = time { (thousands(walker.metres_in(time).round() as u64)) }
                    " m"
                }
                " " small .quiet { (walker.source) }
            }
        }
    }
}

/// The limits in minutes that are asked of a walker, ascending.
fn minutes(study: &Study, key: &str) -> Vec<Limit> {
    let mut limits: Vec<Limit> = study
        .answers
        .iter()
        .filter(|answer| study.walked[answer.walker].walker.key == key)
        .map(|answer| answer.limit)
        .filter(|limit| limit.kind() == CostKind::Time)
        .collect();
    limits.sort_unstable();
    limits.dedup();
    limits
}

fn blocks(study: &Study, from_table: bool) -> Markup {
    let kinds = study.blocks_by_kind();
    html! {
        (thousands(study.blocks.len() as u64))
        @if from_table { (both("；来自表格", "; from the table")) }
        @else {
            (both("；来自 OSM", "; from OSM"))
            @for (kind, count) in kinds {
                (both("；", "; "))
                (said(|lang| match kind {
                    BlockKind::Area => lang.pick("居住用地", "areas"),
                    BlockKind::Piece => lang.pick("切分地块", "pieces"),
                    BlockKind::Group => lang.pick("住宅组", "groups of buildings"),
                    BlockKind::Building => lang.pick("单栋住宅", "single buildings"),
                })) " " (thousands(count as u64))
            }
            (both("；单栋住宅的用地为占地面积", "; the land of a building is its footprint"))
            @if let Some(hectares) = study.settings.block_size {
                (both(format!("；大于 {} 公顷的沿街道切分", trimmed(hectares)),
                      format!("; areas above {} ha are cut along streets", trimmed(hectares))))
            }
        }
    }
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

fn links(study: &Study) -> Markup {
    let unlinked = (0..study.blocks.len())
        .filter(|&block| study.unlinked_reason(block).is_some())
        .count();
    let links = &study.main_walk().facilities;
    let facilities = (0..links.len())
        .filter(|&at| links.unlinked(at).is_some())
        .count();
    let (limit, island) = (trimmed(study.settings.link_limit), thousands(ISLAND_METRES));
    both(
        format!(
            "直线不超过 {limit} 米；孤立路网不足 {island} 米不连接；未连接：街坊 {unlinked} 个，设施 {facilities} 处"
        ),
        format!(
            "straight leg up to {limit} m; islands of less than {island} m of walks are left out; \
             unlinked: {unlinked} blocks, {facilities} facilities"
        ),
    )
}

fn requirements(study: &Study) -> Markup {
    html! {
        h3 { (both("要求", "Requirements")) }
        div .long tabindex="0" role="region" aria-labelledby="card-title" { table .small {
            thead { tr {
                th scope="col" { (both("要求", "requirement")) }
                th scope="col" { (both("设施类别", "categories")) }
                th scope="col" { (both("限值", "limit")) }
                th scope="col" { (both("口径", "basis")) }
                th scope="col" { (both("必需", "required")) }
                th scope="col" { (both("目标", "target")) }
                th scope="col" .number { (both("设施数", "facilities")) }
                th scope="col" .number { (both("近边街坊", "edge blocks")) }
                th scope="col" { (both("来源", "source")) }
            } }
            tbody {
                @for (requirement, answer) in study.answered() {
                    @let set = &study.sets[answer.set];
                    tr {
                        th scope="row" { (said(|lang| requirement_name(requirement, lang).to_owned())) " " small .quiet { (requirement.key) } }
                        td { (said(|lang| set_name(study, set, lang)))
                            @if study.settings.strict_sizes && !set.fit.is_any() { " " (both("（规模未知者不计）", "(unknown sizes left out)")) } }
                        td .short { (said(|lang| limit(answer.limit, lang))) }
                        td .short { @match requirement.basis {
                            Basis::Network => (both("步行", "walked")),
                            Basis::Radius => (both("半径", "radius")),
                        } }
                        td .short { @if requirement.required { (both("必需", "yes")) } @else { (both("按需", "as needed")) } }
                        td { @if let Some(target) = requirement.target { (percent(target)) } @else { "–" } }
                        td .number { (thousands(set.facilities.0.len() as u64)) }
                        td .number { (answer.blocks.iter().filter(|block| block.edge).count()) }
                        td { (requirement.source)
                            @if requirement.confidence == Confidence::Unverified { " " (both("（*未核实）", "(* unverified)")) } }
                    }
                }
            }
        } }
    }
}

fn inputs(study: &Study) -> Markup {
    let role = |role: &str, lang: Lang| match role {
        "extract" => lang.pick("OSM 数据", "extract").to_owned(),
        "blocks" => lang.pick("住宅用地", "blocks").to_owned(),
        "facilities" => lang.pick("设施", "facilities").to_owned(),
        "zones" => lang.pick("分区", "zones").to_owned(),
        "standard" => lang.pick("标准", "standard").to_owned(),
        "columns" => lang.pick("列名对照", "columns").to_owned(),
        "boundary" => lang.pick("研究范围", "boundary").to_owned(),
        other => other.to_owned(),
    };
    html! {
        h3 { (both("输入文件", "Input files")) }
        div .long tabindex="0" role="region" aria-labelledby="card-title" { table .small {
            thead { tr {
                th scope="col" { (both("用途", "as")) }
                th scope="col" { (both("文件", "file")) }
                th scope="col" .number { (both("字节", "bytes")) }
                th scope="col" { "SHA-256" }
            } }
            tbody { @for input in &study.inputs { tr {
                td { (said(|lang| role(input.role, lang))) }
                td {
                    (shown(&input.name))
                    @if let Some(frame) = input.frame { "@" (frame.to_string()) }
                }
                td .number { (thousands(input.bytes)) }
                td { code { (input.sha256) } }
            } } }
        } }
    }
}

fn notices(study: &Study) -> Markup {
    html! {
        @if !study.notices.is_empty() {
            h3 { (both("提示", "Notices")) }
            div .long tabindex="0" role="region" aria-labelledby="card-title" { table .small {
                thead { tr {
                    th scope="col" { (both("内容", "what")) }
                    th scope="col" .number { (both("次数", "count")) }
                    th scope="col" { (both("例如", "for example")) }
                } }
                tbody { @for (notice, seen) in study.notices.iter() { tr {
                    td { (said(|lang| shown(&notice.text(lang)))) }
                    td .number { (seen.count) }
                    td { (shown(&seen.example)) }
                } } }
            } }
        }
    }
}
