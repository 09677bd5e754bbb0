//! The calibre card (口径): what every figure of the page rests on.

use maud::{Markup, html};

use super::phrase::{both, limit, percent, said};
use crate::confidence::Confidence;
use crate::lang::Lang;
use crate::report::words::{requirement_name, set_name, thousands};
use crate::report::{calibre, shown};
use crate::standard::Basis;
use crate::study::Study;

/// The day up to which the OSM data is complete.
pub(super) fn data_date(study: &Study) -> Markup {
    said(|lang| calibre::data_date(study, lang))
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

fn facts(study: &Study) -> Markup {
    let [zh, en] = [Lang::Zh, Lang::En].map(|lang| calibre::facts(study, lang));
    html! {
        table .facts { tbody {
            @for (zh, en) in zh.iter().zip(&en) { tr {
                th scope="row" { (both(zh.name, en.name)) }
                td { @for (zh, en) in zh.lines.iter().zip(&en.lines) { div {
                    (both(&zh.text, &en.text))
                    @if let Some(source) = &zh.source { " " small .quiet { (source) } }
                } } }
            } }
        } }
    }
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
                        td .number { (study.blocks_at_edge(answer)) }
                        td { (said(|lang| requirement.source.text(lang).to_owned()))
                            @if requirement.confidence == Confidence::Unverified { " " (both("（*未核实）", "(* unverified)")) } }
                    }
                }
            }
        } }
    }
}

fn inputs(study: &Study) -> Markup {
    html! {
        h3 { (both("输入文件", "Input files")) }
        div .long tabindex="0" role="region" aria-labelledby="card-title" { table .small {
            thead { tr {
                th scope="col" { (both("用途", "as")) }
                th scope="col" { (both("文件", "file")) }
                th scope="col" .number { (both("字节", "bytes")) }
                th scope="col" { "SHA-256" }
            } }
            tbody { @for input in study.inputs_of_city() { tr {
                td { (said(|lang| calibre::role(input.role, lang))) }
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
