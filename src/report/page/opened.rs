//! What would be covered if all gates were open, beside what is.

use maud::{Markup, html};

use super::phrase::{amount, both, figure, limit, percent, said, whom};
use crate::lang::Lang;
use crate::report::opened_table::{Gain, gains};
use crate::report::words::{requirement_name, share_text};
use crate::standard::Denominator;
use crate::study::Study;

/// One row a requirement with data; nothing where it was not asked.
pub(super) fn table(study: &Study, shown: &[Denominator]) -> Markup {
    if study.opened.is_none() {
        return html! {};
    }
    let gains = gains(study);
    let changed: Vec<&Gain> = gains.iter().filter(|gain| gain.changes()).collect();
    let same = gains.len() - changed.len();
    html! {
        h3 #opened-title { (both("大门全部开放时", "If all gates were open")) }
        p .note { (both(
            "大院的门和围墙全部对所有人开放时的步行覆盖：居民出得去，学校、医院、公园的访客进得来。各分区见 gates_open.csv。",
            "Coverage on foot if all gates and walls of compounds were open to everybody: residents out, visitors into \
             schools, hospitals and parks. For every zone: gates_open.csv.",
        )) }
        @if !changed.is_empty() {
            table .coverage .opened {
                thead {
                    tr {
                        th scope="col" rowspan="2" { (both("设施", "Service")) }
                        th scope="col" rowspan="2" { (both("限值", "Limit")) }
                        @for &of in shown { th scope="colgroup" colspan="3" { (said(|lang| whom(of, lang))) } }
                    }
                    tr { @for _ in shown {
                        th scope="col" .number { (both("现状", "now")) }
                        th scope="col" .number { (both("开放后", "open")) }
                        th scope="col" .number { (both("增加", "gained")) }
                    } }
                }
                tbody { @for gain in changed { (row(gain, shown)) } }
            }
        }
        @if same > 0 { p .note { (both(
            format!("其余 {same} 项要求没有变化。"),
            format!("Nothing changes for {same} of the requirements."),
        )) } }
    }
}

fn row(gain: &Gain, shown: &[Denominator]) -> Markup {
    html! {
        tr data-opened=(gain.requirement.key) {
            th scope="row" { (said(|lang| requirement_name(gain.requirement, lang).to_owned())) }
            td { (said(|lang| limit(gain.answer.limit, lang))) }
            @for &of in shown {
                @for share in gain.shares(of) {
                    td .number data-of=(of.key()) {
                        @if let Some(share) = share { (figure(&share_text(share), percent(share))) } @else { "–" }
                    }
                }
                @let gained = gain.amounts(of)[2];
                td .number data-of=(of.key()) {
                    (figure(&format!("{gained:.3}"), said(|lang| signed(of, gained, lang))))
                }
            }
        }
    }
}

/// What is gained; a loss has its sign too.
fn signed(of: Denominator, gained: f64, lang: Lang) -> String {
    let size = amount(of, gained.abs(), lang);
    if gained < 0.0 {
        format!("−{size}")
    } else {
        format!("+{size}")
    }
}
