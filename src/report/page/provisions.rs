//! What every community has of what a standard wants in each.

use maud::{Markup, html};

use super::phrase::{both, level as level_name, said};
use crate::report::shown;
use crate::study::{Provided, Study, ZoneProvision};

/// Zones of the finest level down, provisions across; nothing where none is asked.
pub(super) fn section(study: &Study) -> Markup {
    // Communities are the finest level; the others are in provisions.csv.
    let finest = study
        .provided
        .iter()
        .flatten()
        .map(|found| found.level)
        .max();
    html! {
        @if finest.is_some() {
            section #provisions aria-labelledby="provisions-title" {
                h2 #provisions-title { (both("社区配建", "In every community")) }
                p .note { (both(
                    "✓ 有且达到规模；? 有，规模未知；△ 有，规模不足；✗ 没有；– 全市无数据。首行为达到规模的分区数。",
                    "✓ there, and large enough; ? there, of unknown size; △ there, too small; ✗ missing; \
                     – no data anywhere. The first row counts the zones where it is large enough.",
                )) }
                @if let Some(level) = finest { (table(study, level)) }
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
        h3 { (said(|lang| level_name(&zoning.level, true, lang))) }
        div .long tabindex="0" role="region" aria-labelledby="provisions-title" { table .small .provided {
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
                    th scope="row" { (both("达到规模的分区数", "large enough")) }
                    @for column in &columns { td .number { (present(column)) } }
                }
                @for (zone, (id, name)) in zoning.zones.iter().enumerate() { tr {
                    th scope="row" { (shown(name.as_deref().unwrap_or(id))) }
                    @for column in &columns { td .number title=(column[zone].state.key()) { (sign(column[zone].state)) } }
                } }
            }
        } }
    }
}

/// In how many of the zones it is large enough; a hole in the data is none.
fn present(column: &[&ZoneProvision]) -> String {
    let there = column
        .iter()
        .filter(|found| found.state == Provided::Present);
    match column.first().map(|found| found.state) {
        None | Some(Provided::NoData) => "–".to_owned(),
        Some(_) => format!("{} / {}", there.count(), column.len()),
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
