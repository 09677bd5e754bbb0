//! What every community has of what a standard wants in each.

use maud::{Markup, html};

use super::phrase::{both, said};
use crate::report::shown;
use crate::study::{Provided, Study, ZoneProvision};

/// One table a level: zones down, provisions across; nothing where none is asked.
pub(super) fn section(study: &Study) -> Markup {
    let levels = 0..study.zonings.len();
    let asked = study.provided.iter().any(|zones| !zones.is_empty());
    html! {
        @if asked {
            section #provisions aria-labelledby="provisions-title" {
                h2 #provisions-title { (both("社区配建", "In every community")) }
                p .note { (both(
                    "✓ 有且达到规模；? 有，规模未知；△ 有，规模不足；✗ 没有；– 全市无数据。占比为达到规模的分区。",
                    "✓ there, and large enough; ? there, of unknown size; △ there, too small; ✗ missing; \
                     – no data anywhere. Shares are of zones where it is large enough.",
                )) }
                @for level in levels {
                    @if study.provided.iter().flatten().any(|found| found.level == level) {
                        (table(study, level))
                    }
                }
            }
        }
    }
}

fn table(study: &Study, level: usize) -> Markup {
    let zoning = &study.zonings[level];
    let columns: Vec<Vec<&ZoneProvision>> = study
        .provided
        .iter()
        .map(|zones| zones.iter().filter(|found| found.level == level).collect())
        .collect();
    html! {
        h3 { (shown(&zoning.level)) }
        div .long tabindex="0" role="region" aria-labelledby="provisions-title" { table .small {
            thead { tr {
                th scope="col" { (both("分区", "zone")) }
                @for asked in &study.standard.provisions { th scope="col" {
                    (both(&asked.zh, &asked.en))
                    " " small .quiet { (said(|lang| asked.fit.text(lang))) }
                    @if !asked.required { " " small .quiet { (both("按需", "as needed")) } }
                } }
            } }
            tbody {
                tr {
                    th scope="row" { (both("达到规模的占比", "large enough")) }
                    @for column in &columns { td .number { (share(column)) } }
                }
                @for (zone, (id, name)) in zoning.zones.iter().enumerate() { tr {
                    th scope="row" { (shown(name.as_deref().unwrap_or(id))) }
                    @for column in &columns { td .number title=(column[zone].state.key()) { (sign(column[zone].state)) } }
                } }
            }
        } }
    }
}

/// The share of zones that have it, as a whole number of them: a hole in the data is none.
fn share(column: &[&ZoneProvision]) -> String {
    let present = column
        .iter()
        .filter(|found| found.state == Provided::Present);
    match column.first().map(|found| found.state) {
        None | Some(Provided::NoData) => "–".to_owned(),
        Some(_) => format!("{} / {}", present.count(), column.len()),
    }
}

fn sign(state: Provided) -> &'static str {
    match state {
        Provided::Present => "✓",
        Provided::SizeUnknown => "?",
        Provided::TooSmall => "△",
        Provided::Missing => "✗",
        Provided::NoData => "–",
    }
}
