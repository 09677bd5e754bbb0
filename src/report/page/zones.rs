//! Zone by zone: a table of shares, and a sheet for the people who live there.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use maud::{Markup, html};

use super::coverage::bar;
use super::findings::whose;
use super::phrase::{amount, both, figure, level, limit, percent, said, whom};
use crate::lang::Lang;
use crate::measure::{Coverage, Denominator, Scope};
use crate::report::sheet::{Sheet, Spot, ZoneOutline};
use crate::report::shown;
use crate::report::words::{denominators, first_counted, requirement_name, share_text};
use crate::standard::Requirement;
use crate::study::{Answer, Study};
use crate::units::Limit;

/// The section with the tables; nothing where there are no zones.
pub(super) fn tables(study: &Study) -> Markup {
    let of = main_denominator(study);
    html! {
        @if !study.zonings.is_empty() {
            section #zones-table aria-labelledby="zones-title" {
                h2 #zones-title { (both("分区", "Zones")) }
                p .note { (said(|lang| lang.pick(
                    format!("各分区内在限值之内的{}占比，按标准规定的口径。全部口径见 coverage.csv。", whom(of, lang)),
                    format!("Share of {} within the limit in each zone, by the basis that the standard \
                             prescribes. All others are in coverage.csv.", whom(of, lang)),
                ))) }
                @for (number, rows) in by_limit(study).into_iter().enumerate() {
                    details open[number == 0] {
                        summary { (said(|lang| limit(rows[0].1.limit, lang))) }
                        div .long tabindex="0" { (table(study, &rows, of)) }
                    }
                }
            }
        }
    }
}

fn main_denominator(study: &Study) -> Denominator {
    first_counted(study, &[Denominator::People, Denominator::Land]).unwrap_or(Denominator::Land)
}

type Rows<'a> = Vec<(&'a Requirement, &'a Answer)>;

/// Requirements with data by limit: minutes, then metres, the widest first.
fn by_limit(study: &Study) -> Vec<Rows<'_>> {
    let mut limits: BTreeMap<Limit, Rows> = BTreeMap::new();
    for (requirement, answer) in study.answered() {
        if study.has_data(answer) {
            let rows = limits.entry(answer.limit).or_default();
            rows.push((requirement, answer));
        }
    }
    // Times come after lengths.
    limits.into_values().rev().collect()
}

fn table(study: &Study, rows: &Rows, of: Denominator) -> Markup {
    let scopes: Vec<Scope> = rows[0].1.coverage.iter().map(|found| found.scope).collect();
    html! {
        table .matrix {
            thead { tr {
                th scope="col" { (both("分区", "Zone")) }
                @for (requirement, _) in rows {
                    th scope="col" { (said(|lang| requirement_name(requirement, lang).to_owned())) }
                }
            } }
            tbody {
                @for (row, &scope) in scopes.iter().enumerate() {
                    tr .whole[scope == Scope::Whole] {
                        th scope="row" { (scope_name(study, scope)) }
                        @for (requirement, answer) in rows {
                            (share_cell(requirement, &answer.coverage[row], of))
                        }
                    }
                }
            }
        }
    }
}

fn share_cell(requirement: &Requirement, found: &Coverage, of: Denominator) -> Markup {
    let share = found.covered(requirement.basis).share_of(&found.whole, of);
    html! {
        td class=(share.map_or("number".to_owned(), heat)) data-requirement=(requirement.key) {
            @match share {
                Some(share) => (figure(&share_text(share), percent(share))),
                None => "–",
            }
        }
    }
}

/// Five steps of a share, for the eye.
fn heat(share: f64) -> String {
    format!("number heat{}", ((share * 5.0).floor() as u32).min(4))
}

fn scope_name(study: &Study, scope: Scope) -> Markup {
    match scope {
        Scope::Whole => both("全部", "all"),
        Scope::Zone(at, zone) => {
            let zoning = &study.zonings[at];
            let (id, name) = &zoning.zones[zone as usize];
            html! { (shown(name.as_deref().unwrap_or(id))) " " small .quiet { (said(|lang| level(&zoning.level, false, lang))) } }
        }
        Scope::Outside(at) => {
            let key = &study.zonings[at].level;
            both(
                format!("不在任何{}内", level(key, false, Lang::Zh)),
                format!("outside every {}", level(key, false, Lang::En)),
            )
        }
    }
}

/// The sheets, one a zone: what its people have and lack, in plain words, on one page.
pub(super) fn sheets(study: &Study, sheet: &Sheet) -> Markup {
    let scopes: Vec<(usize, Scope)> = study.answers.first().map_or_else(Vec::new, |answer| {
        let scopes = answer.coverage.iter().enumerate();
        scopes
            .map(|(at, found)| (at, found.scope))
            .filter(|(_, scope)| matches!(scope, Scope::Zone(..)))
            .collect()
    });
    html! {
        @if !scopes.is_empty() {
            section #sheets aria-labelledby="sheets-title" {
                div .noprint {
                    h2 #sheets-title { (both("分区简报（可公示）", "A page for every zone")) }
                    p .note { (both(
                        "每个分区一页 A4，供居民阅读和公众参与。选择分区，再打印。",
                        "One A4 page a zone, for the people who live there. Choose a zone, then print.",
                    )) }
                    label { (both("分区", "Zone")) " " select #sheet-choice {
                        @for (number, (_, scope)) in scopes.iter().enumerate() {
                            @if let Scope::Zone(at, zone) = scope {
                                @let (id, name) = &study.zonings[*at].zones[*zone as usize];
                                option value=(number) { (shown(name.as_deref().unwrap_or(id))) }
                            }
                        }
                    } }
                    " " button type="button" #paper-sheet { (both("打印这一页", "print this page")) }
                    " " button type="button" #paper-sheets { (both("打印全部", "print all")) }
                }
                @for (number, (row, scope)) in scopes.iter().enumerate() {
                    (one(study, sheet, number, *row, *scope))
                }
            }
        }
    }
}

/// One zone's sheet.
fn one(study: &Study, sheet: &Sheet, number: usize, row: usize, scope: Scope) -> Markup {
    let Scope::Zone(at, zone) = scope else {
        return html! {};
    };
    let zoning = &study.zonings[at];
    let (id, name) = &zoning.zones[zone as usize];
    let outline = sheet.zones.iter().find(|outline| {
        let drawn = &study.zones[outline.zone];
        drawn.id == *id && drawn.level.as_deref().unwrap_or("zone") == zoning.level
    });
    let whole = &study.answers[0].coverage[row].whole;
    html! {
        article .sheet data-sheet=(number) {
            h3 { (shown(name.as_deref().unwrap_or(id))) " "
                small { (both("步行生活圈", "What you can walk to")) } }
            p {
                @for of in denominators(study) {
                    @if of == Denominator::Land { (both("居住用地 ", "Residential land: ")) }
                    @else { (said(|lang| whom(of, lang))) " " }
                    (said(|lang| amount(of, whole.amount(of), lang))) (both("；", "; "))
                }
                (super::card::data_date(study))
            }
            @if let Some(outline) = outline { (locator(study, sheet, outline)) }
            (in_short(study, row))
            (plain_words(study, row))
            div .voice {
                h4 { (both("您的意见", "Your view")) }
                p { (both("这张表与您的实际感受一致吗？您最希望在步行范围内增加什么？",
                    "Does this match what you see? What should be within walking distance?")) }
                p .line {} p .line {} p .line {}
            }
            p .small { (both(
                "沿实际道路步行计算，不是直线。没有数据不等于没有设施。© OpenStreetMap contributors, ODbL",
                "Walked along real streets, not straight lines. No data does not mean no facility. \
                 © OpenStreetMap contributors, ODbL",
            )) }
        }
    }
}

/// Where the zone lies: the whole drawing, seen through a window.
fn locator(study: &Study, sheet: &Sheet, outline: &ZoneOutline) -> Markup {
    let [[west, north], [east, south]] = outline.bounds;
    let margin = ((east - west).max(south - north) / 12).max(10);
    let window = format!(
        "{} {} {} {}",
        west - margin,
        north - margin,
        east - west + 2 * margin,
        south - north + 2 * margin
    );
    let here = &study.zones[outline.zone].area;
    let in_window = |[x, y]: Spot| (west..=east).contains(&x) && (north..=south).contains(&y);
    let mut dots = String::new();
    for (facility, &[x, y]) in study.facilities.iter().zip(&sheet.facilities) {
        if in_window([x, y]) && here.holds(facility.shape.inner_place()) {
            // Writing to a string does not fail.
            let _ = write!(dots, "M{x} {y}h0");
        }
    }
    html! {
        svg .locator viewBox=(window) aria-hidden="true" {
            use href="#behind" {}
            path .outline d=(outline.d) {}
            path .dots d=(dots) {}
        }
    }
}

/// The services with data, each with its requirements from the narrowest limit to the
/// widest.
fn services(study: &Study) -> Vec<(usize, Rows<'_>)> {
    let mut services: Vec<(usize, Rows)> = Vec::new();
    for (requirement, answer) in study.answered() {
        if !study.has_data(answer) {
            continue;
        }
        match services.iter_mut().find(|service| service.0 == answer.set) {
            Some(service) => service.1.push((requirement, answer)),
            None => services.push((answer.set, vec![(requirement, answer)])),
        }
    }
    for (_, rows) in &mut services {
        rows.sort_by_key(|(_, answer)| answer.straight_limit);
    }
    services
}

/// What most can walk to at the widest limit, and what most cannot.
fn in_short(study: &Study, row: usize) -> Markup {
    let mut names: [Vec<&Requirement>; 2] = [Vec::new(), Vec::new()];
    for (set, rows) in services(study) {
        let Some(&(requirement, answer)) = rows.last() else {
            continue;
        };
        let found = &answer.coverage[row];
        let share = found
            .covered(requirement.basis)
            .share_of(&found.whole, whose(study, set));
        if let Some(share) = share {
            names[usize::from(share < 0.5)].push(requirement);
        }
    }
    let listed = |names: &[&Requirement], lang: Lang| {
        let names = names
            .iter()
            .map(|requirement| requirement_name(requirement, lang));
        names.collect::<Vec<_>>().join(lang.pick("、", ", "))
    };
    let [near, far] = names;
    html! {
        @if !near.is_empty() {
            p { strong { (both("多数人走得到：", "Most can walk to: ")) } (said(|lang| listed(&near, lang))) }
        }
        @if !far.is_empty() {
            p { strong { (both("多数人走不到：", "Most cannot walk to: ")) } (said(|lang| listed(&far, lang))) }
        }
    }
}

/// Service by service: who gets there, at every limit.
fn plain_words(study: &Study, row: usize) -> Markup {
    let services = services(study);
    html! {
        table .plain { tbody {
            @for (set, rows) in &services {
                @let of = whose(study, *set);
                tr {
                    th scope="row" { (said(|lang| requirement_name(rows[0].0, lang).to_owned())) }
                    @let widest = rows[rows.len() - 1];
                    td { (said(|lang| verdict(widest, row, of, lang))) }
                    @for (requirement, answer) in rows.iter() {
                        @let found = &answer.coverage[row];
                        @let share = found.covered(requirement.basis).share_of(&found.whole, of);
                        td .step {
                            (bar(share, None, None))
                            small { (said(|lang| limit(answer.limit, lang))) " "
                                @if let Some(share) = share { (percent(share)) } @else { "–" } }
                        }
                    }
                }
            }
        } }
    }
}

/// Who gets there within the widest limit, in words.
fn verdict(
    (requirement, answer): (&Requirement, &Answer),
    row: usize,
    of: Denominator,
    lang: Lang,
) -> String {
    let found = &answer.coverage[row];
    let Some(share) = found.covered(requirement.basis).share_of(&found.whole, of) else {
        return lang
            .pick("无居民或用地数据", "nobody known here")
            .to_owned();
    };
    let (who, within) = (whom(of, lang), limit(answer.limit, lang));
    let (zh, en) = if share >= 1.0 {
        ("全部", "all of")
    } else if share >= 0.9 {
        ("几乎全部", "nearly all of")
    } else if share >= 0.5 {
        ("多数", "most of")
    } else if share >= 0.1 {
        ("不到一半", "less than half of")
    } else if share > 0.0 {
        ("极少数", "hardly any of")
    } else {
        ("没有", "none of")
    };
    match (lang, of) {
        (Lang::Zh, Denominator::Land) => format!("{zh}{who}在 {within}之内"),
        (Lang::Zh, _) => format!("{zh}{who} {within}走得到"),
        (Lang::En, _) => format!("{en} the {who} within {within}"),
    }
}
