//! Blocks that lack something required, the worst first.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::phrase::{amount, both, figure, limit, said};
use crate::lang::Lang;
use crate::reach::Nearest;
use crate::report::sheet::Sheet;
use crate::report::shown;
use crate::report::words::{metres, requirement_name, thousands};
use crate::standard::Denominator;
use crate::study::{Gap, Study};
use crate::units::{Length, WalkTime};

/// How many rows are shown; all are in `gaps.csv`.
const SHOWN: usize = 300;

/// What of the gaps a page shows, however much of the city it draws.
pub(super) struct Shortfalls {
    /// How many gaps there are.
    all: usize,
    /// The worst at their widest limits.
    shown: Vec<Gap>,
}

impl Shortfalls {
    pub fn of(study: &Study) -> Self {
        Self {
            shown: study.gaps_at_widest_limit().take(SHOWN).copied().collect(),
            all: study.gaps().len(),
        }
    }
}

/// The section.
pub(super) fn section(study: &Study, sheet: &Sheet, shortfalls: &Shortfalls) -> Markup {
    let gaps = &shortfalls.shown;
    // A block is where its first sample is.
    let first = |gap: &Gap| study.samples.of_block(gap.block as usize).start as u32;
    let mut patch_of: BTreeMap<u32, Option<usize>> =
        gaps.iter().map(|gap| (first(gap), None)).collect();
    for (number, patch) in sheet.patches.iter().enumerate() {
        for sample in &patch.samples {
            if let Some(of) = patch_of.get_mut(sample) {
                *of = Some(number);
            }
        }
    }
    let shown = gaps.len();
    let in_all = thousands(shortfalls.all as u64);
    html! {
        section #gaps aria-labelledby="gaps-title" {
            h2 #gaps-title { (both("缺口", "Gaps")) }
            @if gaps.is_empty() {
                p { (both("有数据的必需设施全部覆盖。",
                    "Every required service with data covers every block.")) }
            } @else {
                p .note { (said(|lang| lang.pick(
                    format!("每个街坊、每类必需设施只列未满足的最宽限值，影响人口（无人口数据时用地）最多的在前；\
                             列出 {shown} 条（打印前 30 条），gaps.csv 中共 {in_all} 条。点“地图”可定位。"),
                    format!("Of each block and required service the widest limit that is not met, most people (else land) \
                             first: {shown} are shown (30 on paper); all {in_all} are in gaps.csv. \"Map\" goes there."),
                ))) }
                label .noprint { (both("只看", "Only")) " " select #gap-filter {} }
                div .long tabindex="0" role="region" aria-labelledby="gaps-title" {
                    table {
                        (header(study))
                        tbody {
                            @for (rank, gap) in gaps.iter().enumerate() {
                                (row(study, rank + 1, gap, patch_of[&first(gap)]))
                            }
                        }
                    }
                }
            }
        }
    }
}

fn has_people(study: &Study) -> bool {
    study.blocks.iter().any(|block| block.people.is_some())
}

fn header(study: &Study) -> Markup {
    html! {
        thead { tr {
            th scope="col" { "#" }
            th scope="col" { (both("缺什么", "Lacks")) }
            th scope="col" { (both("街坊", "Block")) }
            @if has_people(study) { th scope="col" .number { (both("人口", "People")) } }
            th scope="col" .number { (both("用地", "Land")) }
            th scope="col" .number { (both("最近", "Nearest")) }
            th scope="col" { (both("状态", "State")) }
            th scope="col" .noprint { (both("定位", "Go to")) }
        } }
    }
}

fn row(study: &Study, rank: usize, gap: &Gap, patch: Option<usize>) -> Markup {
    let requirement = &study.standard.requirements[gap.requirement as usize];
    let answer = &study.answers[gap.requirement as usize];
    let number = gap.block as usize;
    let block = &study.blocks[number];
    let walked = &study.walked[answer.walker];
    let length = walked
        .length
        .spread(answer.set, &study.samples, number)
        .median;
    let time = walked
        .time
        .spread(answer.set, &study.samples, number)
        .median;
    let cell = metres(length).printed();
    let lacking = |of: Denominator, amount_of: f64, known: bool| {
        html! {
            @if known {
                (figure(&amount_of.to_string(), said(|lang| amount(of, amount_of, lang))))
            } @else { "–" }
        }
    };
    html! {
        tr data-requirement=(gap.requirement) {
            td .number { (rank) }
            td { (said(|lang| format!("{} · {}", requirement_name(requirement, lang), limit(answer.limit, lang)))) }
            th scope="row" { (shown(block.name.as_deref().unwrap_or(&block.id))) }
            @if has_people(study) {
                td .number { (lacking(Denominator::People, gap.people.count(), block.people.is_some())) }
            }
            td .number { (lacking(Denominator::Land, gap.land.square_metres(), block.land.is_some())) }
            td .number {
                @match length.zip(time) {
                    Some((length, time)) => (figure(&cell, said(|lang| near(length, time, lang)))),
                    None => (both("走不到", "no way")),
                }
            }
            td { (said(|lang| gap.state.text(lang)))
                // What is nearest may lie outside the data.
                @if study.of_block(answer, number).at_edge() { " " small .edge { "△ " (both("靠近数据边缘", "near the edge of the data")) } } }
            td .noprint {
                @if let Some(patch) = patch {
                    button type="button" .go data-patch=(patch) data-requirement=(gap.requirement) {
                        (both("地图", "Map"))
                    }
                }
            }
        }
    }
}

fn near(length: Nearest, time: Nearest, lang: Lang) -> String {
    let metres = thousands(Length::from_decimetres(length.cost).metres().round() as u64);
    let minutes = WalkTime::from_tenths(time.cost).minutes();
    lang.pick(
        format!("{metres} 米，{minutes:.1} 分钟"),
        format!("{metres} m, {minutes:.1} min"),
    )
}
