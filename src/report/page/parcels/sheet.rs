//! The page of one parcel: where it lies, what is within 5, 10 and 15 minutes of it, and
//! how it stands to every requirement.

use maud::{Markup, html};

use super::super::coverage::{tier_title, tiers};
use super::super::phrase::{amount, both, limit, percent, said};
use super::lists;
use super::plan::{self, Plan};
use crate::lang::Lang;
use crate::measure::State;
use crate::reach::Nearest;
use crate::report::parcel_table::{Line, lines};
use crate::report::shown;
use crate::report::words::{requirement_name, thousands};
use crate::standard::{Basis, Denominator};
use crate::study::{CIRCLES, Parcels, Study};
use crate::units::{Length, Limit, WalkTime, trimmed};

/// More lines, of both tables, are written smaller.
const MOST_LINES: usize = 50;

pub(super) fn sheet(study: &Study, parcels: &Parcels, parcel: usize, plan: &Plan) -> Markup {
    let about = &parcels.list[parcel];
    let lines = lines(study, parcels, parcel);
    let name = shown(about.name.as_deref().unwrap_or(&about.id));
    html! {
        // Many lines are written smaller, so that they are one page.
        article .parcel .dense[lines.len() + study.sets.len() > MOST_LINES] {
            h2 { (name) @if about.name.is_some() { " " small .quiet { (shown(&about.id)) } } }
            (facts(study, parcels, parcel))
            div .top {
                div { (plan.drawing) (plan::keys()) }
                (within(study, parcels, parcel, &lines))
            }
            (against(study, &lines, plan))
            (lists::missing(&lines))
            p .small { (bases(&lines)) }
        }
    }
}

fn facts(study: &Study, parcels: &Parcels, parcel: usize) -> Markup {
    let about = &parcels.list[parcel];
    let edge = parcels
        .answers
        .iter()
        .any(|answer| study.of_parcel(parcels, answer, parcel).at_edge());
    let own = parcels.samples.of_block(parcel);
    let links = &parcels.walked[0].samples;
    let unlinked = own
        .clone()
        .filter(|&at| links.unlinked(at).is_some())
        .count();
    html! {
        p .facts {
            @if let Some(land) = about.land {
                (both("面积 ", "Surface "))
                (said(|lang| amount(Denominator::Land, land.square_metres(), lang))) (both("；", "; "))
            }
            @if let Some(people) = about.people {
                (both("规划人口 ", "people to come: "))
                (said(|lang| amount(Denominator::People, people.count(), lang))) (both("；", "; "))
            }
            (both("步行者：", "walker: "))
            (said(|lang| parcels.walked[0].walker.name(lang).to_owned())) (both("；", "; "))
            (said(|lang| study.standard.name(lang))) (both("；", "; "))
            (super::card::data_date(study))
        }
        @if let Some(reason) = parcels.unlinked_reason(parcel) {
            p .warn { strong { (both("未连接步行网络：", "Not linked to the walk network: ")) }
                (said(|lang| reason.text(lang)))
                (both("。下面的“未连接”不是“缺少”：从这里怎样走出去还不知道。",
                    ". Unlinked below does not mean lacking: nobody knows yet how one leaves this place.")) }
        } @else if unlinked > 0 {
            p .note { (both(
                format!("{} 个样点中有 {unlinked} 个未连接步行网络，按走不到计。", own.len()),
                format!("{unlinked} of its {} samples are not linked to the walk network and count as reaching nothing.", own.len()),
            )) }
        }
        @if edge {
            p .note { (both("靠近数据边缘：更近的设施可能在数据之外。",
                "Near the edge of the data: a nearer facility may lie outside.")) }
        }
    }
}

/// How many facilities are within 5, 10 and 15 minutes: one line a set and walker.
fn within(study: &Study, parcels: &Parcels, parcel: usize, lines: &[Line]) -> Markup {
    let mut first: Vec<&Line> = Vec::new();
    for line in lines {
        let same = |known: &&Line| {
            (known.answer.set, known.answer.walker) == (line.answer.set, line.answer.walker)
        };
        if !first.iter().any(same) {
            first.push(line);
        }
    }
    // Nobody knows what is reached from there: none would be too much said.
    let unlinked = parcels.unlinked_reason(parcel).is_some();
    html! {
        table .within {
            thead {
                tr {
                    th scope="col" { (both("步行可达的设施数", "Facilities within a walk of")) }
                    @for circle in CIRCLES { th scope="col" .number { (said(|lang| limit(circle, lang))) } }
                }
            }
            tbody { @for line in first { tr {
                th scope="row" { (said(|lang| requirement_name(line.requirement, lang).to_owned()))
                    @if !line.requirement.fit.is_any() {
                        " " small .quiet { (said(|lang| line.requirement.fit.text(lang))) }
                    }
                    @if parcels.walked.len() > 1 {
                        " " small .quiet { (said(|lang| study.walked[line.answer.walker].walker.name(lang).to_owned())) }
                    }
                }
                @if line.has_data && unlinked && line.counts == [0; 3] {
                    td .quiet colspan="3" { (said(|lang| State::Unlinked.text(lang))) }
                } @else if line.has_data {
                    @for count in line.counts { td .number { (count) } }
                } @else { td .quiet colspan="3" { (both("无数据", "no data")) } }
            } } }
        }
    }
}

/// Every requirement, tier by tier.
fn against(study: &Study, lines: &[Line], plan: &Plan) -> Markup {
    html! {
        h3 { (both("对照标准", "Against the standard")) }
        div .against {
            @for ((pack, tier), rows) in tiers(study) {
                h4 { (said(|lang| tier_title(study, pack, tier, lang))) }
                table {
                    colgroup { col .what {} col .state {} col {} col .steps {} col .steps {} }
                    tbody { @for row in rows { (requirement(study, &lines[row], plan)) } }
                }
            }
        }
    }
}

fn requirement(study: &Study, line: &Line, plan: &Plan) -> Markup {
    let state = line.state();
    let met = state == State::Covered;
    let unmet = matches!(state, State::Partly | State::Uncovered);
    let number = line
        .nearest
        .and_then(|at| plan.numbered.iter().position(|&own| own == at));
    let facility = line.facility(study);
    html! {
        tr data-requirement=(line.requirement.key) {
            th scope="row" { (said(|lang| requirement_name(line.requirement, lang).to_owned()))
                @if !is_its_tier(line) {
                    " " small .quiet { (said(|lang| limit(line.answer.limit, lang)))
                        @if line.requirement.basis == Basis::Radius { " ↔" }
                    }
                }
                @if !line.requirement.required { " " small .quiet { (both("按需", "as needed")) } }
            }
            td .met[met] .short .unmet[unmet] .quiet[!met && !unmet] { (said(|lang| word(line, lang))) }
            td .nearest {
                @if let Some(number) = number { b { (number + 1) } " " }
                @match facility {
                    Some(facility) => {
                        @match &facility.name {
                            Some(name) => (shown(name)),
                            None => (both("（无名称）", "(no name)")),
                        }
                        @if line.size_unknown(study) { " " (both("（规模未知）", "(size unknown)")) }
                    }
                    None => "–",
                }
            }
            td .number { @if let Some(found) = line.metres { (walked(found)) " m" } @else { "–" } }
            td .number { @if let Some(found) = line.minutes {
                (trimmed((WalkTime::from_tenths(found.cost).minutes() * 10.0).round() / 10.0)) " min"
            } @else { "–" } }
        }
    }
}

/// Whether the title of its tier says the limit.
fn is_its_tier(line: &Line) -> bool {
    let tier = line.requirement.tier.map(f64::from);
    matches!(line.answer.limit, Limit::Time(time) if Some(time.minutes()) == tier)
}

/// Whole metres of a way.
pub(super) fn walked(found: Nearest) -> String {
    thousands(Length::from_decimetres(found.cost).metres().round() as u64)
}

/// Whether a parcel has what is asked.
fn word(line: &Line, lang: Lang) -> String {
    let (zh, en) = match line.state() {
        State::Covered => ("✓ 有", "✓ has"),
        State::Partly => ("◐ 部分", "◐ partly"),
        State::Uncovered => ("✗ 缺", "✗ lacks"),
        State::Unlinked => ("未连接", "unlinked"),
        State::NoData => ("无数据", "no data"),
    };
    let word = lang.pick(zh, en);
    match line.state() {
        State::Partly => {
            let share = line.found.share(line.requirement.basis);
            format!("{word} {}", percent(share))
        }
        _ => word.to_owned(),
    }
}

/// How the lines were measured.
fn bases(lines: &[Line]) -> Markup {
    let straight = lines
        .iter()
        .any(|line| line.requirement.basis == Basis::Radius);
    html! {
        (both(
            "“有”指地块的每个样点都在限值之内，“部分”附其面积占比；距离、时间和个数取样点的中位值，沿实际道路步行计算。",
            "Has: every sample of the parcel is within the limit; partly: with their share of its surface. \
             Distances, minutes and numbers are those of the middle sample, walked along real streets.",
        ))
        @if straight { (both("↔ 的要求按标准规定以直线半径判定。",
            " ↔ The standard judges by a straight line.")) }
        (both("无数据不等于没有设施。© OpenStreetMap contributors, ODbL",
            " No data does not mean no facility. © OpenStreetMap contributors, ODbL"))
    }
}
