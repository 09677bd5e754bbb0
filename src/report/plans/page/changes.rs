//! What every plan changes, in words.

use maud::{Markup, html};

use super::phrases;
use crate::report::page::phrase::{both, figure, said};
use crate::report::plans::wording;
use crate::report::shown;
use crate::scenario::{Comparison, Planned, Tried};
use crate::study::Study;

/// The section.
pub(super) fn section(comparison: &Comparison) -> Markup {
    html! {
        section #changes aria-labelledby="changes-title" {
            h2 #changes-title { (both("方案内容", "What the plans change")) }
            p .note { (both(
                "编号与地图上的一致。坐标和费用按方案文件的坐标系和货币单位，不作换算。",
                "Numbers are those on the map. Coordinates and costs are in the frame and the money of the plan's file.",
            )) }
            @for (plan, tried) in comparison.tried.iter().enumerate() {
                (table(&comparison.base, plan, tried))
            }
        }
    }
}

fn table(base: &Study, plan: usize, tried: &Tried) -> Markup {
    let scenario = &tried.scenario;
    let changes = &scenario.changes;
    let opens = changes
        .iter()
        .any(|it| wording::opens(&it.change).is_some());
    html! {
        h3 id=(format!("changes-{plan}")) { (phrases::name(tried)) }
        @if let Some(notes) = &scenario.notes { p { (shown(notes)) } }
        @if changes.is_empty() { p { (both("不作任何改变。", "It changes nothing.")) } } @else {
            div .wide tabindex="0" role="region" aria-labelledby=(format!("changes-title changes-{plan}")) { table {
                thead { tr {
                    th scope="col" .number { "№" }
                    th scope="col" { (both("改动", "change")) }
                    th scope="col" { (both("名称、编号", "name, id")) }
                    th scope="col" { (both("说明", "details")) }
                    th scope="col" { (both("位置", "place")) " (" (scenario.frame.to_string()) ")" }
                    @if opens { th scope="col" .number { (both("启用年份", "opens")) } }
                    th scope="col" .number { (both("费用", "cost")) }
                } }
                tbody {
                    @for (number, planned) in (1..).zip(changes) { (row(base, tried, number, planned, opens)) }
                    @if let Some(cost) = scenario.cost() { tr .sum {
                        td {}
                        th scope="row" colspan=(if opens { 5 } else { 4 }) { (both("费用合计", "total cost")) }
                        td .number { (figure(&format!("{cost:.2}"), wording::cost(cost))) }
                    } }
                }
            } }
        }
    }
}

fn row(base: &Study, tried: &Tried, number: usize, planned: &Planned, opens: bool) -> Markup {
    let change = &planned.change;
    html! {
        tr data-change=(change.key()) {
            td .number { (number) }
            td .short { (said(|lang| wording::kind(change, lang))) }
            td { (wording::subject(change, base)) }
            td { (said(|lang| wording::details(change, &tried.scenario, base, lang))) }
            td .short { (wording::place(change, &tried.scenario)) }
            @if opens { td .number { @if let Some(year) = wording::opens(change) { (year) } } }
            td .number { @match change.cost() {
                Some(cost) => (figure(&format!("{cost:.2}"), wording::cost(cost))),
                None => "–",
            } }
        }
    }
}
