//! What a parcel lacks, in plain words: lacking, unlinked and unknown are three things.

use maud::{Markup, html};

use super::super::phrase::{both, limit as say, percent, said};
use super::sheet::walked;
use crate::lang::Lang;
use crate::measure::State;
use crate::report::parcel_table::Line;
use crate::report::words::requirement_name;
use crate::standard::Basis;
use crate::units::Limit;

/// Lines of one service that are in the same way, from the widest limit down.
struct Service<'a> {
    lines: Vec<&'a Line<'a>>,
}

/// The lists that are not empty.
pub(super) fn missing(lines: &[Line]) -> Markup {
    let of = |state: State| services(lines, |line| line.state() == state);
    let small = services(lines, |line| {
        line.too_small > 0 && line.state() != State::Covered
    });
    let (lacks, partly) = (of(State::Uncovered), of(State::Partly));
    let (unlinked, unknown) = (of(State::Unlinked), of(State::NoData));
    let nothing = lacks.is_empty() && partly.is_empty();
    html! {
        div .missing {
            @if nothing && unlinked.is_empty() {
                p { strong { @if unknown.is_empty() {
                    (both("不缺：各项要求都满足。", "Nothing is missing: every requirement is met."))
                } @else {
                    (both("有数据的各项要求都满足。", "Every requirement of which there is data is met."))
                } } }
            }
            (list(&lacks, "缺少：", "Missing: ", lacking))
            (list(&partly, "只有一部分达到（占地块）：", "Reached from a part only (share of the parcel): ", partial))
            (list(&unlinked, "未连接，无法判断：", "Unlinked, cannot be told: ", Service::name))
            (list(&unknown, "无数据，不知道有没有：", "No data, nobody knows whether there is one: ", Service::name))
            (list(&small, "附近有但规模不足、不计入：", "Near by, but too small to count: ", too_small))
        }
    }
}

fn list<'a>(
    services: &[Service<'a>],
    zh: &str,
    en: &str,
    text: impl Fn(&Service<'a>, Lang) -> String,
) -> Markup {
    html! {
        @if !services.is_empty() {
            p { strong { (both(zh, en)) } (said(|lang| {
                let texts: Vec<String> = services.iter().map(|service| text(service, lang)).collect();
                texts.join(lang.pick("；", "; "))
            })) }
        }
    }
}

/// The services of lines that are in some way: one a set and name.
fn services<'a>(lines: &'a [Line<'a>], wanted: impl Fn(&Line) -> bool) -> Vec<Service<'a>> {
    let mut services: Vec<Service> = Vec::new();
    for line in lines.iter().filter(|line| wanted(line)) {
        let same = |service: &&mut Service| {
            let known = service.lines[0];
            known.answer.set == line.answer.set && known.requirement.zh == line.requirement.zh
        };
        match services.iter_mut().find(same) {
            Some(service) => service.lines.push(line),
            None => services.push(Service { lines: vec![line] }),
        }
    }
    for service in &mut services {
        service.lines.sort_by_key(|line| line.answer.straight_limit);
    }
    services
}

impl Service<'_> {
    fn name(&self, lang: Lang) -> String {
        let requirement = self.lines[0].requirement;
        let name = requirement_name(requirement, lang);
        if self.lines.iter().all(|line| !line.requirement.required) {
            lang.pick(format!("{name}（按需）"), format!("{name} (as needed)"))
        } else {
            name.to_owned()
        }
    }

    /// The limits, from the narrowest on.
    fn limits(&self, lang: Lang) -> String {
        let text = |limit: Limit, straight: bool| {
            let within = say(limit, lang);
            if straight {
                lang.pick(format!("直线 {within}"), format!("a straight {within}"))
            } else {
                within
            }
        };
        let limits = self.lines.iter();
        let mut limits: Vec<String> = limits
            .map(|line| text(line.answer.limit, line.requirement.basis == Basis::Radius))
            .collect();
        limits.dedup();
        limits.join(lang.pick("、", ", "))
    }
}

/// What is lacking within which limits, and how far the nearest is.
fn lacking(service: &Service, lang: Lang) -> String {
    let (name, limits) = (service.name(lang), service.limits(lang));
    let nearest = service.lines.last().and_then(|line| line.metres);
    let far = nearest.map_or_else(
        || {
            lang.pick("走不到任何一处", "no way leads to one")
                .to_owned()
        },
        |found| {
            let metres = walked(found);
            lang.pick(
                format!("最近 {metres} 米"),
                format!("the nearest is {metres} m away"),
            )
        },
    );
    lang.pick(
        format!("{name}（{limits}之内没有；{far}）"),
        format!("{name} (none within {limits}; {far})"),
    )
}

fn partial(service: &Service, lang: Lang) -> String {
    let name = service.name(lang);
    let limits: Vec<String> = service
        .lines
        .iter()
        .map(|line| {
            let share = percent(line.found.share(line.requirement.basis));
            format!("{} {share}", say(line.answer.limit, lang))
        })
        .collect();
    let limits = limits.join(lang.pick("、", ", "));
    lang.pick(format!("{name}（{limits}）"), format!("{name} ({limits})"))
}

fn too_small(service: &Service, lang: Lang) -> String {
    let (name, line) = (service.name(lang), service.lines[service.lines.len() - 1]);
    let (count, asked) = (line.too_small, line.requirement.fit.text(lang));
    lang.pick(
        format!("{name} {count} 处（要求：{asked}）"),
        format!("{name}: {count} (asked: {asked})"),
    )
}
