//! Sheets for the people of a zone: what they have and lack, in plain words.

use maud::{Markup, html};

use super::backdrop::Backdrop;
use super::coverage::bar;
use super::findings::whose;
use super::phrase::{amount, both, level, limit, percent, said, whom};
use crate::lang::Lang;
use crate::measure::Scope;
use crate::report::sheet::{Sheet, ZoneOutline};
use crate::report::shown;
use crate::report::words::{denominators, requirement_name};
use crate::standard::Denominator;
use crate::standard::{Basis, Requirement};
use crate::study::{Answer, Study};

type Rows<'a> = Vec<(&'a Requirement, &'a Answer)>;

/// The sheets, one a zone: what its people have and lack, in plain words, on one page.
pub(super) fn sheets(study: &Study, sheet: &Sheet, backdrop: &Backdrop) -> Markup {
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
                    label { (both("分区", "Zone")) " " (choice(study, &scopes)) }
                    " " button type="button" #paper-sheet { (both("打印这一页", "print this page")) }
                    " " button type="button" #paper-sheets { (both("打印全部", "print all")) }
                }
                @for (number, (row, scope)) in scopes.iter().enumerate() {
                    @let outline = outline_of(study, sheet, *scope);
                    (one(study, outline.map(|outline| locator(backdrop, outline)), number, *row, *scope))
                }
            }
        }
    }
}

/// The zones to choose from, level by level.
fn choice(study: &Study, scopes: &[(usize, Scope)]) -> Markup {
    let numbered = || {
        scopes
            .iter()
            .enumerate()
            .filter_map(|(number, (_, scope))| match scope {
                Scope::Zone(at, zone) => Some((number, *at, *zone as usize)),
                _ => None,
            })
    };
    html! {
        select #sheet-choice {
            @for (level_at, zoning) in study.zonings.iter().enumerate() {
                // The label of a group takes no markup: the script sets it by language.
                optgroup label=(level(&zoning.level, true, Lang::Zh))
                    data-zh=(level(&zoning.level, true, Lang::Zh))
                    data-en=(level(&zoning.level, true, Lang::En)) {
                    @for (number, _, zone) in numbered().filter(|found| found.1 == level_at) {
                        @let (id, name) = &zoning.zones[zone];
                        option value=(number) { (shown(name.as_deref().unwrap_or(id))) }
                    }
                }
            }
        }
    }
}

/// One zone's sheet.
fn one(study: &Study, locator: Option<Markup>, number: usize, row: usize, scope: Scope) -> Markup {
    let Scope::Zone(at, zone) = scope else {
        return html! {};
    };
    let zoning = &study.zonings[at];
    let (id, name) = &zoning.zones[zone as usize];
    let whole = &study.answers[0].coverage[row].whole;
    html! {
        article .sheet data-sheet=(number) {
            h3 { (shown(name.as_deref().unwrap_or(id))) " "
                small { (said(|lang| level(&zoning.level, false, lang))) " · "
                    (both("步行生活圈", "What you can walk to")) } }
            p {
                @for of in denominators(study) {
                    @if of == Denominator::Land { (both("居住用地 ", "Residential land: ")) }
                    @else { (said(|lang| whom(of, lang))) " " }
                    (said(|lang| amount(of, whole.amount(of), lang))) (both("；", "; "))
                }
                (super::card::data_date(study))
            }
            @if let Some(locator) = locator { (locator) }
            (in_short(study, row))
            (plain_words(study, row))
            div .voice {
                h4 { (both("您的意见", "Your view")) }
                p { (both("这张表与您的实际感受一致吗？您最希望在步行范围内增加什么？",
                    "Does this match what you see? What should be within walking distance?")) }
                p .line {} p .line {} p .line {}
            }
            p .small {
                (bases(study)) " "
                (both("没有数据不等于没有设施。© OpenStreetMap contributors, ODbL",
                    "No data does not mean no facility. © OpenStreetMap contributors, ODbL"))
            }
        }
    }
}

/// How distances are measured that the sheet tells of.
fn bases(study: &Study) -> Markup {
    let uses = |basis| {
        let mut told = study
            .answered()
            .filter(|(_, answer)| study.has_data(answer));
        told.any(|(requirement, _)| requirement.basis == basis)
    };
    match (uses(Basis::Network), uses(Basis::Radius)) {
        (true, true) => both(
            "沿实际道路步行计算；标有“直线”的按标准规定以直线半径计算。",
            "Walked along real streets; where it says straight, the standard asks for a straight line.",
        ),
        (false, true) => both(
            "按标准规定以直线半径计算。",
            "Measured in straight lines, as the standard asks.",
        ),
        _ => both(
            "沿实际道路步行计算，不是直线。",
            "Walked along real streets, not straight lines.",
        ),
    }
}

/// How the zone of a scope is drawn, where it is.
fn outline_of<'a>(study: &Study, sheet: &'a Sheet, scope: Scope) -> Option<&'a ZoneOutline> {
    let Scope::Zone(at, zone) = scope else {
        return None;
    };
    let zoning = &study.zonings[at];
    let (id, _) = &zoning.zones[zone as usize];
    sheet.zones.iter().find(|outline| {
        let drawn = &study.zones[outline.zone];
        // A zone off the paper has no outline.
        !outline.d.is_empty()
            && drawn.id == *id
            && drawn.level.as_deref().unwrap_or("zone") == zoning.level
    })
}

/// Where the zone lies: its outline on the streets, parks and water around it. No
/// facilities: dots that no legend tells apart say nothing.
fn locator(backdrop: &Backdrop, outline: &ZoneOutline) -> Markup {
    let [[west, north], [east, south]] = outline.bounds;
    let margin = ((east - west).max(south - north) / 12).max(10);
    let [width, height] = [east - west + 2 * margin, south - north + 2 * margin];
    let window = format!("{} {} {width} {height}", west - margin, north - margin);
    // What is seen beside the window: the box is from 1.15 to 1.7 times as wide as high.
    let beside = [
        ((height * 17 / 10 - width) / 2).max(0),
        ((width * 20 / 23 - height) / 2).max(0),
    ];
    let around = [
        [west - margin - beside[0], north - margin - beside[1]],
        [east + margin + beside[0], south + margin + beside[1]],
    ];
    html! {
        svg .locator viewBox=(window) aria-hidden="true" {
            (backdrop.seen(around))
            path .outline d=(outline.d) {}
        }
    }
}

/// A service as it is measured one way: along streets, or straight where a standard asks
/// for that. What is near in a straight line need not be walked to.
struct Service<'a> {
    set: usize,
    basis: Basis,
    /// Its requirements from the narrowest limit to the widest, one a limit.
    rows: Rows<'a>,
}

impl Service<'_> {
    fn name(&self, lang: Lang) -> &str {
        requirement_name(self.rows[0].0, lang)
    }
}

/// The services with data.
fn services(study: &Study) -> Vec<Service<'_>> {
    let mut services: Vec<Service> = Vec::new();
    for (requirement, answer) in study.answered() {
        if !study.has_data(answer) {
            continue;
        }
        let (set, basis, row) = (answer.set, requirement.basis, (requirement, answer));
        let known = services
            .iter_mut()
            .find(|service| (service.set, service.basis) == (set, basis));
        match known {
            // Several packs may ask for the same.
            Some(known) if known.rows.iter().any(|found| found.1.limit == answer.limit) => {}
            Some(known) => known.rows.push(row),
            None => services.push(Service {
                set,
                basis,
                rows: vec![row],
            }),
        }
    }
    for service in &mut services {
        service
            .rows
            .sort_by_key(|(_, answer)| answer.straight_limit);
    }
    services
}

/// The services without data, each by the first requirement that asks for it.
fn without_data(study: &Study) -> Vec<&Requirement> {
    let mut sets: Vec<usize> = Vec::new();
    let mut found = Vec::new();
    for (requirement, answer) in study.answered() {
        if !study.has_data(answer) && !sets.contains(&answer.set) {
            sets.push(answer.set);
            found.push(requirement);
        }
    }
    found
}

/// What most can walk to at the widest limit, and what most cannot; what a standard asks
/// for in a straight line is told as that.
fn in_short(study: &Study, row: usize) -> Markup {
    let services = services(study);
    let split = |basis: Basis| {
        let mut split: [Vec<&Service>; 2] = [Vec::new(), Vec::new()];
        for service in services.iter().filter(|service| service.basis == basis) {
            let found = &service.rows[service.rows.len() - 1].1.coverage[row];
            let of = whose(study, service.set);
            if let Some(share) = found.covered(basis).share_of(&found.whole, of) {
                split[usize::from(share < 0.5)].push(service);
            }
        }
        split
    };
    let listed = |services: &[&Service], lang: Lang| {
        let names = services.iter().map(|service| service.name(lang));
        names.collect::<Vec<_>>().join(lang.pick("、", ", "))
    };
    let [walked, not_walked] = split(Basis::Network);
    let [near, far] = split(Basis::Radius);
    // Where nobody is known, land speaks for those who live there.
    let land = denominators(study) == [Denominator::Land];
    let who = |zh: &str, people: &'static str, of_land: &'static str| {
        let zh = format!(
            "{}{zh}：",
            if land {
                "多数居住用地"
            } else {
                "多数人"
            }
        );
        (zh, if land { of_land } else { people })
    };
    let told = [
        (
            walked,
            who(
                "步行可到",
                "Most can walk to: ",
                "A walk from most residential land: ",
            ),
        ),
        (
            not_walked,
            who(
                "步行到不了",
                "Most cannot walk to: ",
                "No walk from most residential land: ",
            ),
        ),
        (
            near,
            who(
                "直线半径之内有",
                "Within the radius of most: ",
                "Within the radius of most residential land: ",
            ),
        ),
        (
            far,
            who(
                "直线半径之内没有",
                "Not within the radius of most: ",
                "Not within the radius of most residential land: ",
            ),
        ),
    ];
    // Nothing is known of them: they are neither near nor far.
    let unknown: Vec<&Requirement> = without_data(study);
    html! {
        @for (services, (zh, en)) in &told {
            @if !services.is_empty() {
                p { strong { (both(zh, en)) }
                    (said(|lang| listed(services, lang))) }
            }
        }
        @if !unknown.is_empty() {
            p .unknown { strong { (both("无数据，不知道有没有：", "No data, nobody knows whether there is one: ")) }
                (said(|lang| {
                    let names = unknown.iter().map(|requirement| requirement_name(requirement, lang));
                    names.collect::<Vec<_>>().join(lang.pick("、", ", "))
                })) }
        }
    }
}

/// Service by service: who gets there, at every limit.
fn plain_words(study: &Study, row: usize) -> Markup {
    html! {
        table .plain { tbody {
            @for service in &services(study) {
                @let of = whose(study, service.set);
                tr {
                    th scope="row" { (said(|lang| service.name(lang).to_owned())) }
                    @let widest = service.rows[service.rows.len() - 1];
                    td { (said(|lang| verdict(widest, row, of, lang))) }
                    @for (_, answer) in &service.rows {
                        @let found = &answer.coverage[row];
                        @let share = found.covered(service.basis).share_of(&found.whole, of);
                        td .step {
                            (bar(share, None, None))
                            small {
                                @if service.basis == Basis::Radius { (both("直线 ", "straight ")) }
                                (said(|lang| limit(answer.limit, lang))) " "
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
        _ if requirement.basis == Basis::Radius => lang.pick(
            format!("{zh}{who}在直线 {within}之内"),
            format!("{en} the {who} within a straight {within}"),
        ),
        (Lang::Zh, Denominator::Land) => format!("{zh}{who}在 {within}之内"),
        (Lang::Zh, _) => format!("{zh}{who} {within}走得到"),
        (Lang::En, _) => format!("{en} the {who} within {within}"),
    }
}
