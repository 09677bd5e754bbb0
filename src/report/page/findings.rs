//! What the study found, in sentences.

use maud::{Markup, html};

use super::phrase::{both, level, limit, percent, said, whom};
use crate::lang::Lang;
use crate::measure::{Coverage, Scope};
use crate::places::Group;
use crate::report::words::{first_counted, set_name, thousands};
use crate::standard::Basis;
use crate::standard::Denominator;
use crate::study::{Answer, Study};

/// One service at the widest limit at which it is required: who lacks it there lacks
/// it everywhere.
struct Service<'a> {
    /// The requirement, as an index into the pack.
    requirement: usize,
    answer: &'a Answer,
    basis: Basis,
    /// Whom it is for.
    of: Denominator,
    /// The share of them that has it.
    share: f64,
}

/// Whom a service is for: the elderly or children, by age where that is known, else all
/// people, else land.
pub(super) fn whose(study: &Study, set: usize) -> Denominator {
    let keys = study.sets[set].categories.iter();
    let keys: Vec<&str> = keys
        .map(|&category| &*study.catalog.category(category).key)
        .collect();
    let any = |words: &[&str]| {
        keys.iter()
            .any(|key| words.iter().any(|word| key.contains(word)))
    };
    let own: &[Group] = match *keys {
        ["kindergarten"] => &[Group::Children3To6, Group::Children],
        ["nursery"] => &[Group::Children0To3, Group::Children],
        ["primary_school"] => &[Group::Children6To12, Group::Children],
        _ if any(&["elderly", "nursing_home"]) => &[Group::Elderly, Group::Elderly65],
        _ if any(&["kindergarten", "nursery", "school"]) => &[Group::Children],
        _ => &[],
    };
    let all = [Denominator::People, Denominator::Land];
    let of = own.iter().copied().map(Denominator::Group).chain(all);
    first_counted(study, &of.collect::<Vec<_>>()).unwrap_or(Denominator::Land)
}

/// The services that are required and have data, the least covered first.
fn services(study: &Study) -> Vec<Service<'_>> {
    let mut widest: Vec<Service> = Vec::new();
    for (number, (requirement, answer)) in study.answered().enumerate() {
        let has_data = study.has_data(answer);
        let of = whose(study, answer.set);
        let whole = answer.whole();
        let share =
            whole.and_then(|found| found.covered(requirement.basis).share_of(&found.whole, of));
        let (true, true, Some(share)) = (requirement.required, has_data, share) else {
            continue;
        };
        let found = Service {
            requirement: number,
            answer,
            basis: requirement.basis,
            of,
            share,
        };
        match widest
            .iter_mut()
            .find(|known| known.answer.set == answer.set)
        {
            Some(known) if known.answer.straight_limit < answer.straight_limit => *known = found,
            Some(_) => {}
            None => widest.push(found),
        }
    }
    widest.sort_by(|one, other| one.share.total_cmp(&other.share));
    widest
}

/// The requirement that is covered least, as an index into the pack; the first where none
/// is required.
pub(super) fn least_covered(study: &Study) -> usize {
    services(study).first().map_or(0, |worst| worst.requirement)
}

/// A study in at most four sentences.
pub(super) fn sentences(study: &Study) -> Vec<Markup> {
    let services = services(study);
    let mut sentences = Vec::new();
    match services.first() {
        None => sentences.push(both(
            "没有一项必需设施有数据，无法得出结论。",
            "No required service has data: nothing can be concluded.",
        )),
        Some(worst) if worst.share >= 1.0 => sentences.push(both(
            "有数据的必需设施，全部都在限值之内。",
            "Every required service with data is within its limit for everybody.",
        )),
        Some(worst) => {
            sentences.push(of_zones(study, worst).unwrap_or_else(|| of_whole(study, worst)));
            if services.len() > 1 {
                sentences.push(ranked(study, &services));
            }
        }
    }
    sentences.extend(detour(study, &services));
    sentences.extend(missing(study));
    sentences.extend(at_edge(study));
    sentences
}

/// In how many zones of the finest level most people lack the service.
fn of_zones(study: &Study, worst: &Service) -> Option<Markup> {
    let last = study.zonings.len().checked_sub(1)?;
    let inhabited = |found: &&Coverage| {
        matches!(found.scope, Scope::Zone(level, _) if level == last)
            && found.whole.units(worst.of) > 0
    };
    let zones: Vec<&Coverage> = worst.answer.coverage.iter().filter(inhabited).collect();
    let lacks = |found: &&&Coverage| {
        let share = found.covered(worst.basis).share_of(&found.whole, worst.of);
        share.is_some_and(|share| share < 0.5)
    };
    let (all, lacking) = (zones.len(), zones.iter().filter(lacks).count());
    if all < 2 || lacking == 0 {
        return None;
    }
    let key = &study.zonings[last].level;
    Some(said(|lang| {
        let set = set_name(study, &study.sets[worst.answer.set], lang);
        let (what, lack) = (level(key, true, lang), lack(&set, worst, lang));
        let (who, sites) = (whom(worst.of, lang), sites(study, worst, lang));
        let space = if what.starts_with(|c: char| c.is_ascii_digit()) {
            " "
        } else {
            ""
        };
        match lang {
            Lang::Zh if lacking == all => {
                format!("全部 {all} 个{space}{what}的多数{who}{lack}{sites}。")
            }
            Lang::Zh => {
                format!("{all} 个{space}{what}中，有 {lacking} 个的多数{who}{lack}{sites}。")
            }
            Lang::En if lacking == all => {
                format!("In all {all} {what}, most {who} {lack}{sites}.")
            }
            Lang::En => format!("In {lacking} of {all} {what}, most {who} {lack}{sites}."),
        }
    }))
}

/// How many facilities the sentence rests on: where they are few, the data may be at fault.
fn sites(study: &Study, found: &Service, lang: Lang) -> String {
    let sites = thousands(study.sets[found.answer.set].facilities.0.len() as u64);
    lang.pick(
        format!("（数据中共 {sites} 处）"),
        format!(" (the data has {sites} in all)"),
    )
}

/// What those lack who lack a service: the predicate of a sentence.
fn lack(name: &str, found: &Service, lang: Lang) -> String {
    let within = limit(found.answer.limit, lang);
    let have = if found.of == Denominator::Land {
        "has"
    } else {
        "have"
    };
    match (lang, found.basis) {
        (Lang::Zh, Basis::Network) => format!("步行 {within}到不了{name}"),
        (Lang::Zh, Basis::Radius) => format!("在直线 {within}之内没有{name}"),
        (Lang::En, Basis::Network) => format!("{have} no {name} within a {within} walk"),
        (Lang::En, Basis::Radius) => format!("{have} no {name} within a straight {within}"),
    }
}

fn of_whole(study: &Study, worst: &Service) -> Markup {
    said(|lang| {
        let set = set_name(study, &study.sets[worst.answer.set], lang);
        let (who, beyond) = (whom(worst.of, lang), percent(1.0 - worst.share));
        let (lack, sites) = (lack(&set, worst, lang), sites(study, worst, lang));
        lang.pick(
            format!("研究范围内 {beyond} 的{who}{lack}{sites}。"),
            format!("{beyond} of {who} in the study area {lack}{sites}."),
        )
    })
}

/// The worst three, and the best.
fn ranked(study: &Study, services: &[Service]) -> Markup {
    let name = |found: &Service, lang| {
        let set = &study.sets[found.answer.set];
        let (name, within) = (set_name(study, set, lang), limit(found.answer.limit, lang));
        let share = percent(found.share);
        // A low share may tell of the data: few sites are a hint.
        let sites = thousands(set.facilities.0.len() as u64);
        let who = whom(found.of, lang);
        lang.pick(
            format!("{name} {share}（{who}，{within}，共 {sites} 处）"),
            format!("{name} {share} ({who}, {within}; {sites} in all)"),
        )
    };
    let best = &services[services.len() - 1];
    let worst = &services[..services.len().saturating_sub(1).min(3)];
    said(|lang| {
        let listed: Vec<String> = worst.iter().map(|found| name(found, lang)).collect();
        let listed = listed.join(lang.pick("、", ", "));
        let best = name(best, lang);
        lang.pick(
            format!("必需设施中，覆盖最低：{listed}；最高：{best}。"),
            format!("Of what is required, least covered: {listed}. Best: {best}."),
        )
    })
}

/// Where a straight line promises most that walking does not keep.
fn detour(study: &Study, services: &[Service]) -> Option<Markup> {
    let promised = |found: &Service| {
        let whole = found.answer.whole()?;
        let share = |basis| whole.covered(basis).share_of(&whole.whole, found.of);
        Some((share(Basis::Radius)?, share(Basis::Network)?))
    };
    let widest = services
        .iter()
        .filter_map(|found| Some((found, promised(found)?)))
        .max_by(|one, other| (one.1.0 - one.1.1).total_cmp(&(other.1.0 - other.1.1)))?;
    let (found, (straight, walked)) = widest;
    // Of the percentages as they are shown, so that a reader can subtract.
    let points = (straight * 100.0).round() - (walked * 100.0).round();
    if points < 1.0 {
        return None;
    }
    let set = &study.sets[found.answer.set];
    Some(said(|lang| {
        let (name, within) = (set_name(study, set, lang), limit(found.answer.limit, lang));
        let (straight, walked) = (percent(straight), percent(walked));
        let who = whom(found.of, lang);
        match lang {
            Lang::Zh => format!(
                "按直线半径，{straight} 的{who}在{name} {within}之内；沿路步行只有 {walked}：绕行使覆盖降低 {points} 个百分点。"
            ),
            Lang::En => format!(
                "Detours cost most for {name} ({within}): by radius {straight} of {who} {} covered, \
                 on foot only {walked}, {points} points less.",
                if found.of == Denominator::Land {
                    "is"
                } else {
                    "are"
                }
            ),
        }
    }))
}

/// What the study has no facility of.
fn missing(study: &Study) -> Option<Markup> {
    let missing: Vec<_> = study.sets.iter().filter(|set| !set.has_data()).collect();
    (!missing.is_empty()).then(|| {
        said(|lang| {
            let names: Vec<String> = missing
                .iter()
                .map(|set| set_name(study, set, lang))
                .collect();
            let names = names.join(lang.pick("、", ", "));
            lang.pick(
                format!("本研究没有这些设施的数据：{names}。没有数据不等于城市中没有。"),
                format!(
                    "The study has no data on: {names}. That does not mean that the city has none."
                ),
            )
        })
    })
}

/// How many blocks lie near the edge of the data.
fn at_edge(study: &Study) -> Option<Markup> {
    let all = study.blocks.len();
    let at_edge = |&block: &usize| study.is_at_edge(block);
    let edge = (0..all).filter(at_edge).count();
    (edge > 0).then(|| {
        both(
            format!("{all} 个街坊中有 {edge} 个靠近数据边缘，最近的设施可能在界外，结果可能偏低。"),
            format!(
                "{edge} of {all} {} near the edge of the data: what is nearest may lie \
                 outside, and shares may be too low.",
                match (edge, all) {
                    (_, 1) => "block lies",
                    (1, _) => "blocks lies",
                    _ => "blocks lie",
                }
            ),
        )
    })
}

/// The sentences as the head of the page.
pub(super) fn head(study: &Study) -> Markup {
    let sentences = sentences(study);
    html! {
        section #findings aria-labelledby="findings-title" {
            h2 #findings-title .quiet { (both("结论", "In short")) }
            @for (number, sentence) in sentences.iter().enumerate() {
                p .lead[number == 0] { (sentence) }
            }
        }
    }
}
