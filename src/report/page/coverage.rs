//! Coverage of the whole study area: one row a requirement, with bars.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use maud::{Markup, html};

use super::opened;
use super::phrase::{both, figure, limit, percent, said, whom};
use crate::confidence::Confidence;
use crate::lang::Lang;
use crate::measure::Coverage;
use crate::report::words::{denominators, first_counted, requirement_name, share_text, thousands};
use crate::report::{composite_table, palette};
use crate::standard::Denominator;
use crate::standard::{Basis, Requirement};
use crate::study::{Answer, Study};
use crate::units::Limit;

/// The section.
pub(super) fn section(study: &Study) -> Markup {
    let shown = shown(study);
    let targets = study
        .standard
        .requirements
        .iter()
        .any(|requirement| requirement.target.is_some());
    html! {
        section #coverage aria-labelledby="coverage-title" {
            h2 #coverage-title { (both("覆盖情况", "Coverage")) }
            p .note {
                (both(
                    "粗条：沿路步行；细条：直线半径；竖线：目标。加框的一项是标准规定的口径。* 限值未经文献核实。",
                    "Thick bar: walked. Thin bar: straight line. Stroke: target. The framed figure is \
                     the basis that the standard prescribes. * The limit rests on no published source.",
                ))
            }
            (composites(study))
            @for ((pack, tier), rows) in tiers(study) {
                h3 { (said(|lang| tier_title(study, pack, tier, lang))) }
                table .coverage {
                    (header(&shown, targets))
                    tbody {
                        @for row in rows {
                            @let (requirement, answer) = (&study.standard.requirements[row], &study.answers[row]);
                            tr data-requirement=(requirement.key) {
                                (cells(study, requirement, answer, &shown))
                                @if targets { (target(study, requirement, answer, &shown)) }
                            }
                        }
                    }
                }
            }
            (opened::table(study, &shown))
        }
    }
}

/// Land and people; the groups of people are in `coverage.csv` and in the sheets.
fn shown(study: &Study) -> Vec<Denominator> {
    let known = denominators(study).into_iter();
    known
        .filter(|of| matches!(of, Denominator::Land | Denominator::People))
        .collect()
}

/// The pack, as an index into those of the standard, and the tier in it.
pub(super) type Tier = (usize, Option<u8>);

/// Requirements by pack and tier, as indices: the widest first, those without one last.
pub(super) fn tiers(study: &Study) -> Vec<(Tier, Vec<usize>)> {
    let mut tiers: BTreeMap<(usize, Reverse<Option<u8>>), Vec<usize>> = BTreeMap::new();
    let packs = &study.standard.packs;
    for (number, requirement) in study.standard.requirements.iter().enumerate() {
        let pack = packs.iter().position(|pack| pack.key == requirement.pack);
        let tier = (pack.unwrap_or_default(), Reverse(requirement.tier));
        tiers.entry(tier).or_default().push(number);
    }
    let tiers = tiers.into_iter();
    tiers
        .map(|((pack, Reverse(tier)), rows)| ((pack, tier), rows))
        .collect()
}

/// The tier, and its pack where there are several.
pub(super) fn tier_title(study: &Study, pack: usize, tier: Option<u8>, lang: Lang) -> String {
    let title = circle(tier, lang);
    match study.standard.packs.as_slice() {
        [] | [_] => title,
        packs => format!("{} · {title}", lang.pick(&packs[pack].zh, &packs[pack].en)),
    }
}

/// Composites of requirements, in their three ways.
fn composites(study: &Study) -> Markup {
    let of = first_counted(study, &denominators(study));
    html! {
        @for (composite, answer) in composite_table::answered(study) {
            p .composite {
                strong { (both(&composite.zh, &composite.en)) }
                @if composite.confidence == Confidence::Unverified { " " small .quiet { "*" } }
                (both("：", ": "))
                @match of.filter(|&of| composite_table::line(answer, of, Lang::En).is_some()) {
                    Some(of) => (said(|lang| composite_table::line(answer, of, lang).unwrap_or_default())),
                    None => (both("无数据", "no data")),
                }
            }
        }
    }
}

fn circle(tier: Option<u8>, lang: Lang) -> String {
    match tier {
        Some(minutes) => lang.pick(
            format!("{minutes} 分钟生活圈"),
            format!("{minutes}-minute circle"),
        ),
        None => lang.pick("按固定限值", "Fixed limits").to_owned(),
    }
}

fn header(shown: &[Denominator], targets: bool) -> Markup {
    html! {
        colgroup {
            col .name {} col .limit {}
            @for _ in shown { col .bar {} col .share {} col .share {} }
            @if targets { col .goal {} }
        }
        thead {
            tr {
                th scope="col" rowspan="2" { (both("设施", "Service")) }
                th scope="col" rowspan="2" { (both("限值", "Limit")) }
                @for &of in shown {
                    th scope="colgroup" colspan="3" { (said(|lang| whom(of, lang))) }
                }
                @if targets { th scope="col" rowspan="2" { (both("目标", "Target")) } }
            }
            tr {
                @for _ in shown {
                    th scope="col" { (both("占比", "share")) }
                    th scope="col" .number { (both("步行", "walked")) }
                    th scope="col" .number { (both("半径", "radius")) }
                }
            }
        }
    }
}

fn cells(
    study: &Study,
    requirement: &Requirement,
    answer: &Answer,
    shown: &[Denominator],
) -> Markup {
    let whole = answer.whole().filter(|_| study.has_data(answer));
    html! {
        th scope="row" {
            (said(|lang| requirement_name(requirement, lang).to_owned()))
            @if !requirement.required { " " small .quiet { (both("按需", "as needed")) } }
            @if requirement.confidence == Confidence::Unverified { " " small .quiet { "*" } }
        }
        td { (said(|lang| limit(answer.limit, lang))) (metres(study, answer)) }
        @for &of in shown {
            @match whole {
                Some(found) => (shares(requirement, found, of)),
                None => td colspan="3" .quiet { (both("无数据", "no data")) },
            }
        }
    }
}

/// Beside a limit in minutes its metres.
fn metres(study: &Study, answer: &Answer) -> Markup {
    let walker = &study.walked[answer.walker].walker;
    html! {
        @if let Limit::Time(time) = answer.limit {
            " " small .quiet {
                (said(|lang| {
                    let metres = thousands(walker.metres_in(time).round() as u64);
                    lang.pick(format!("{}，{metres} 米", walker.name(lang)),
                              format!("{}, {metres} m", walker.name(lang)))
                }))
            }
        }
    }
}

fn shares(requirement: &Requirement, found: &Coverage, of: Denominator) -> Markup {
    let share = |basis| found.covered(basis).share_of(&found.whole, of);
    let cell = |basis: Basis| {
        let value = share(basis);
        html! {
            td .number .prescribed[basis == requirement.basis] data-of=(of.key()) data-basis=(basis.key()) {
                @if let Some(value) = value { (figure(&share_text(value), percent(value))) }
                @else { "–" }
            }
        }
    };
    html! {
        td .bar { (bar(share(Basis::Network), share(Basis::Radius), requirement.target)) }
        (cell(Basis::Network))
        (cell(Basis::Radius))
    }
}

/// Two bars and a target. Drawn, not a background: backgrounds are not printed.
pub(super) fn bar(walked: Option<f64>, straight: Option<f64>, target: Option<f64>) -> Markup {
    let width = |share: f64| format!("{:.1}", share * 100.0);
    let ink = palette::of_state(crate::measure::State::Covered).fill;
    let pale = palette::of_state(crate::measure::State::Partly).fill;
    html! {
        svg .bars viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true" {
            rect width="100" height="12" fill="#eeece6" {}
            @if let Some(share) = walked { rect width=(width(share)) height="8" fill=(ink) {} }
            @if let Some(share) = straight { rect width=(width(share)) y="9" height="3" fill=(pale) {} }
            @if let Some(share) = target {
                line x1=(width(share)) x2=(width(share)) y1="0" y2="12" stroke="#111" stroke-width="1" {}
            }
        }
    }
}

/// The target and whether each denominator meets it.
fn target(
    study: &Study,
    requirement: &Requirement,
    answer: &Answer,
    shown: &[Denominator],
) -> Markup {
    let found = answer.whole().filter(|_| study.has_data(answer));
    let Some(target) = requirement.target else {
        return html! { td .number { "–" } };
    };
    let met = |of: Denominator| {
        let found = found?;
        let share = found
            .covered(requirement.basis)
            .share_of(&found.whole, of)?;
        Some(share >= target)
    };
    html! {
        td .number {
            (percent(target))
            @for &of in shown {
                @if let Some(met) = met(of) {
                    br;
                    small .met[met] .unmet[!met] {
                        (said(|lang| whom(of, lang))) " "
                        @if met { "✔ " (both("达标", "met")) } @else { "✘ " (both("未达标", "not met")) }
                    }
                }
            }
        }
    }
}
