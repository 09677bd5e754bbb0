//! The map of winners and losers, and its controls.

use maud::{Markup, PreEscaped, html};

use super::marks::{self, Mark};
use super::phrases;
use super::scene::{Scene, Turn};
use crate::lang::Lang;
use crate::report::page::backdrop::Backdrop;
use crate::report::page::map::{Hatched, class_style, hint, remarks, view};
use crate::report::page::phrase::{amount, both, said, whom};
use crate::report::plans::{gains, wording};
use crate::report::sheet::PatchOf;
use crate::report::words::thousands;
use crate::report::{palette, shown};
use crate::scenario::Tried;

/// The section. The script paints it; without one the first plan is there with what it
/// brings most.
pub(super) fn section(scene: &Scene, backdrop: &Backdrop) -> Markup {
    let [plan, number] = scene.first();
    let base = &scene.comparison.base;
    let turns = scene.turns(plan, number);
    let hatched: Vec<Hatched> = Turn::ALL
        .into_iter()
        .filter_map(|turn| Hatched::of(turn.key(), turn.paint()))
        .collect();
    let marks: Vec<Vec<Mark>> = scene
        .comparison
        .tried
        .iter()
        .map(|tried| marks::marks(base, tried, &scene.sheet.paper))
        .collect();
    let class = |at: usize| turns[at].turn.key();
    let over = html! {
        g #marks {
            @let d = spots(scene, number);
            path .halo .fine d=(d) {}
            path .dot .fine d=(d) {}
        }
        @for (at, marks) in marks.iter().enumerate() {
            g .changes data-plan=(at) display=[(at != plan).then_some("none")] aria-hidden="true" {
                @for mark in marks { (mark.drawn()) }
            }
        }
    };
    html! {
        section #map aria-labelledby="map-title" {
            h2 #map-title { (both("地图：谁受益，谁受损", "Map: who gains and who loses")) }
            (controls(scene))
            div .plan {
                (view(base, &scene.sheet, backdrop, &hatched, class, &over))
                aside {
                    p #map-now { (phrases::name(&scene.comparison.tried[plan])) br;
                        (said(|lang| phrases::requirement(base, number, lang))) }
                    p #outcome { (said(|lang| outcome(scene, plan, number, lang))) }
                    (legend(scene, plan, &turns))
                    ul #signs { (signs()) }
                    @for (at, tried) in scene.comparison.tried.iter().enumerate() {
                        (changes(scene, tried, at, &marks[at], at != plan))
                    }
                    dl #about {}
                    p #said .unseen aria-live="polite" {}
                    (hint())
                }
            }
            p .note { (both(
                "状态：全部覆盖、部分覆盖、未覆盖；更近、更远按街坊到最近设施步行路程的下中位数。图例中的人数为方案实施后住在这些街坊的全部居民。",
                "The state of a block is covered, partly or uncovered. Nearer and farther go by the lower median of the \
                 block's walks to the nearest facility. The legend counts all who live in those blocks with the plan.",
            )) }
            (remarks(&scene.sheet))
        }
    }
}

fn controls(scene: &Scene) -> Markup {
    let base = &scene.comparison.base;
    html! {
        form #controls {
            label { (both("方案", "Plan")) " "
                select #plan {
                    @for (number, tried) in scene.comparison.tried.iter().enumerate() {
                        option value=(number) { (phrases::name(tried)) }
                    }
                }
            }
            label { (both("要求", "Requirement")) " "
                select #requirement {
                    @for number in 0..base.answers.len() {
                        // An option takes no markup: the script sets its text by language.
                        option value=(number) data-zh=(phrases::requirement(base, number, Lang::Zh))
                            data-en=(phrases::requirement(base, number, Lang::En)) {}
                    }
                }
            }
            button type="button" #to-changes { (both("放大到变化处", "zoom to what changes")) }
            label { input type="checkbox" #show-marks checked; (both("现有设施", "facilities")) }
            label { input type="checkbox" #show-changes checked; (both("方案内容", "what the plan changes")) }
            @if !scene.sheet.zones.is_empty() {
                label { input type="checkbox" #show-zones checked; (both("分区", "zones")) }
            }
        }
    }
}

/// What a plan brings for a requirement, in a sentence.
pub(super) fn outcome(scene: &Scene, plan: usize, number: usize, lang: Lang) -> String {
    let (base, of) = (&scene.comparison.base, scene.of);
    let tried = &scene.comparison.tried[plan];
    let effect = &tried.effects[number];
    let shares = [base, &tried.study].map(|study| gains::share(study, number, of));
    let lost = amount(of, effect.lost.amount(of), lang);
    let [was, is] = match shares {
        [Some(was), Some(is)] => [was, is],
        [None, Some(is)] => {
            let is = phrases::percent(is);
            return lang.pick(
                format!("现状无数据；方案之下覆盖率 {is}。"),
                format!("No data as it is; with the plan {is} are within the limit."),
            );
        }
        [Some(_), None] => {
            return lang.pick(
                format!("不再有任何此类设施：退出限值 {lost}。"),
                format!("No such facility is left: {lost} drop out of the limit."),
            );
        }
        [None, None] => return lang.pick("无数据。", "No data.").to_owned(),
    };
    let who = whom(of, lang);
    let won = amount(of, effect.won.amount(of), lang);
    let (from, to, by) = (
        phrases::percent(was),
        phrases::percent(is),
        phrases::points(was, is),
    );
    lang.pick(
        format!("进入限值 {won}，退出限值 {lost}；{who}覆盖率 {from} → {to}（{by} 个百分点）。"),
        format!(
            "{won} come within the limit, {lost} drop out; {from} → {to} of {who} ({by} points)."
        ),
    )
}

fn legend(scene: &Scene, plan: usize, turns: &[super::scene::Turned]) -> Markup {
    let counts = scene.counts(plan, turns);
    html! {
        ul #legend { @for (turn, (count, sum)) in Turn::ALL.into_iter().zip(counts) {
            li { svg width="26" height="16" viewBox="0 0 26 16" aria-hidden="true" {
                rect width="26" height="16" class=(turn.key()) stroke="#777" {}
            } span { (said(|lang| counted(scene, turn, count, sum, lang))) } }
        } }
    }
}

fn counted(scene: &Scene, turn: Turn, count: usize, sum: f64, lang: Lang) -> String {
    let (text, sum) = (turn.text(lang), amount(scene.of, sum, lang));
    let count = thousands(count as u64);
    let squares = scene.sheet.detail.squares.is_some();
    let what = match (squares, &*count) {
        (true, "1") => lang.pick(" 格", " square"),
        (true, _) => lang.pick(" 格", " squares"),
        (false, "1") => lang.pick(" 个街坊", " block"),
        (false, _) => lang.pick(" 个街坊", " blocks"),
    };
    lang.pick(
        format!("{text}（{count}{what}，{sum}）"),
        format!("{text} ({count}{what}, {sum})"),
    )
}

/// The signs of changes.
const SIGNS: [(&str, &str, &str); 10] = [
    ("dot", "现有设施", "facility as it is"),
    ("add_walk", "新建通道", "new walk"),
    ("close_walk", "封闭通道", "walk closed"),
    (
        "add_facility",
        "新增或迁入设施",
        "facility that is new, or moved here",
    ),
    (
        "close_facility",
        "关闭或迁出设施",
        "facility that is closed, or moved away",
    ),
    ("change_facility", "调整设施", "facility changed"),
    (
        "add_gate",
        "新开或打开的出入口",
        "gate that is new or opened",
    ),
    ("close_gate", "关闭的出入口", "gate closed"),
    ("add_block", "新增街坊", "new block"),
    ("change_people", "人口变化", "other number of people"),
];

/// What the signs mean; the script leaves out those that the plan does not have.
fn signs() -> Markup {
    html! {
        @for (key, zh, en) in SIGNS {
            li data-sign=(key) { svg width="26" height="18" viewBox="-13 -9 26 18" aria-hidden="true" {
                @match key {
                    "dot" => circle .dot r="4" {},
                    "add_walk" | "close_walk" => {
                        path .casing d="M-13 0H13" {}
                        path .line .(key) d="M-13 0H13" {}
                    }
                    "add_block" => rect .outline x="-9" y="-6" width="18" height="12" {},
                    _ => g .mark { (marks::shape(key)) },
                }
            } span { (both(zh, en)) } }
        }
    }
}

/// The changes of a plan beside the map, with the numbers of the marks.
fn changes(scene: &Scene, tried: &Tried, plan: usize, marks: &[Mark], hidden: bool) -> Markup {
    let base = &scene.comparison.base;
    let drawn = |number: usize| marks.iter().any(|mark| mark.number == number);
    html! {
        ol .changes-here data-plan=(plan) hidden[hidden] {
            @for (number, planned) in (1..).zip(&tried.scenario.changes) { li {
                (said(|lang| wording::kind(&planned.change, lang)))
                " " (wording::subject(&planned.change, base))
                @if !drawn(number) { " " small .quiet { (both("（图外）", "(off the map)")) } }
            } }
        }
    }
}

/// The colours of the drawing, as rules of style.
pub(super) fn style() -> PreEscaped<String> {
    let turns = Turn::ALL.into_iter();
    let turns: String = turns
        .map(|turn| class_style(turn.key(), turn.paint()))
        .collect();
    PreEscaped(format!(":root{{--change:{}}}{turns}", palette::CHANGE))
}

/// The facilities of a requirement as they are, as dots.
fn spots(scene: &Scene, number: usize) -> String {
    let base = &scene.comparison.base;
    let own = &base.sets[base.answers[number].set].facilities.0;
    let spots = own.iter().map(|&at| scene.sheet.facilities[at as usize]);
    let inside = spots.filter(|&spot| scene.sheet.paper.shows(&[spot]));
    let dots: Vec<String> = inside.map(|[x, y]| format!("M{x} {y}h0")).collect();
    dots.concat()
}

/// What a patch is called.
pub(super) fn patch_name(scene: &Scene, of: PatchOf) -> [Option<String>; 2] {
    match of {
        PatchOf::Block(number) => {
            let block = &scene.comparison.base.blocks[number];
            [Some(shown(&block.id)), block.name.as_deref().map(shown)]
        }
        PatchOf::Square => [None, None],
    }
}
