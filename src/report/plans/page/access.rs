//! Who walks less and who more, and how evenly the ways are shared.

use maud::{Markup, html};

use super::phrases::{self, cost, cost_value};
use super::scene::Scene;
use crate::lang::Lang;
use crate::measure::Equity;
use crate::report::page::phrase::{amount, both, figure, said};
use crate::report::plans::{BASE, gains, wording};
use crate::report::words::requirement_name;
use crate::scenario::{Effect, Tried, weighted_by};
use crate::standard::Denominator;
use crate::study::Study;
use crate::units::CostKind;

/// The section.
pub(super) fn section(scene: &Scene) -> Markup {
    let tried = &scene.comparison.tried;
    html! {
        section #access aria-labelledby="access-title" {
            h2 #access-title { (both("谁进入限值，谁走得更近、更远", "Who comes within the limit, who walks less and who more")) }
            p .note { (both(
                "只列方案使之变化的要求；全部见 access.csv。平均值按少走（多走）的人计，原来无路可走或不再有路可走的人不在平均值内。",
                "Only what the plan changes; all is in access.csv. A mean is that of those who walk less \
                 (more); who had no way before, or has none with the plan, is in no mean.",
            )) }
            @for (plan, tried) in tried.iter().enumerate() {
                h3 id=(format!("access-{plan}")) { (phrases::name(tried)) }
                @if tried.effects.iter().any(changes) {
                    (within(scene, plan, tried))
                    (ways(scene, plan, tried))
                } @else {
                    p { (both("这个方案不改变任何一项。", "This plan changes none of them.")) }
                }
            }
            h2 #equity-title { (both("公平性", "Equity")) }
            p .note { (both(
                "基尼系数：到最近设施的路程在居民间分配是否均匀，0 为人人相同，越接近 1 差距越大。\
                 帕尔马比：路程最长的十分之一人的路程总和，除以最短的十分之四人的路程总和，人人相同时为 0.25。\
                 两者只说明差距，不说明远近，须与平均路程一并看；无路可走的人单列。",
                "Gini: how evenly the ways to the nearest are shared; 0 where all walk the same, towards 1 where few walk \
                 nearly all. Palma: what the tenth walk who walk farthest, over what the four tenths walk who walk least; \
                 0.25 where all walk the same. Both tell of differences and not of distance: read them with the mean. \
                 People without a way stand apart.",
            )) }
            (equity(scene))
        }
    }
}

fn changes(effect: &Effect) -> bool {
    let ways = [&effect.nearer.who, &effect.farther.who];
    changes_state(effect) || ways.iter().any(|who| who.samples > 0)
}

fn changes_state(effect: &Effect) -> bool {
    effect.won.samples + effect.lost.samples > 0 || !effect.blocks.is_empty()
}

/// A requirement for each of those whose ways are the same: of one set of categories, one
/// walker and one kind of limit.
fn services(scene: &Scene) -> Vec<usize> {
    let answers = &scene.comparison.base.answers;
    let same = |one: usize, other: usize| {
        let kind = |number: usize| answers[number].limit.kind();
        scene.search_of[one] == scene.search_of[other] && kind(one) == kind(other)
    };
    let all = 0..answers.len();
    all.filter(|&number| !(0..number).any(|before| same(before, number)))
        .collect()
}

fn amount_cell(scene: &Scene, sum: f64, key: &str) -> Markup {
    let of = scene.of;
    let decimals = if of == Denominator::Land { 2 } else { 3 };
    html! {
        td .number .quiet[sum == 0.0] data-column=(key) {
            (figure(&format!("{sum:.decimals$}"), said(|lang| amount(of, sum, lang))))
        }
    }
}

/// A way, or a difference of ways.
fn way_cell(kind: CostKind, way: Option<f64>, key: &str) -> Markup {
    html! {
        td .number data-column=(key) { @match way {
            Some(way) => (figure(&cost_value(kind, way), said(|lang| cost(kind, way, lang)))),
            None => "–",
        } }
    }
}

/// Who comes within the limit and who drops out, of every requirement for which anybody does.
fn within(scene: &Scene, plan: usize, tried: &Tried) -> Markup {
    let base = &scene.comparison.base;
    let effects = tried.effects.iter().enumerate();
    let rows: Vec<(usize, &Effect)> = effects.filter(|(_, it)| changes_state(it)).collect();
    let has_cost = tried.scenario.cost().is_some() && scene.of == Denominator::People;
    html! {
        @if rows.is_empty() {
            p { (both("没有人进入或退出限值。", "Nobody comes within a limit, and nobody drops out.")) }
        } @else {
            div .wide tabindex="0" role="region" aria-labelledby=(format!("access-title access-{plan}")) { table .compared .within data-plan=(plan) {
                thead { tr {
                    th scope="col" { (both("要求", "Requirement")) }
                    th scope="col" .number { (both("进入限值", "come within")) }
                    th scope="col" .number { (both("退出限值", "drop out")) }
                    th scope="col" .number { (both("街坊好转", "blocks better")) }
                    th scope="col" .number { (both("街坊变差", "blocks worse")) }
                    @if has_cost { th scope="col" .number { (both("每净增 1 人费用", "cost for each person gained")) } }
                } }
                tbody { @for (number, effect) in rows {
                    @let [better, worse] = gains::better_and_worse(effect);
                    tr data-requirement=(base.standard.requirements[number].key) {
                        th scope="row" { (said(|lang| phrases::requirement(base, number, lang))) }
                        (amount_cell(scene, effect.won.amount(scene.of), "won"))
                        (amount_cell(scene, effect.lost.amount(scene.of), "lost"))
                        td .number data-column="blocks_better" { data value=(better) { (better) } }
                        td .number data-column="blocks_worse" { data value=(worse) { (worse) } }
                        @if has_cost { td .number data-column="cost_per_person" {
                            @match gains::cost_per_person(tried, effect) {
                                Some(each) => (figure(&format!("{each:.2}"), wording::cost(each))),
                                None => "–",
                            }
                        } }
                    }
                } }
            } }
        }
    }
}

/// Who walks less and who more, of every service for which anybody does.
fn ways(scene: &Scene, plan: usize, tried: &Tried) -> Markup {
    let base = &scene.comparison.base;
    let rows = services(scene).into_iter().filter(|&number| {
        let effect = &tried.effects[number];
        effect.nearer.who.samples + effect.farther.who.samples > 0
    });
    let rows: Vec<usize> = rows.collect();
    html! {
        @if !rows.is_empty() {
            div .wide tabindex="0" role="region" aria-labelledby=(format!("access-title access-{plan}")) { table .compared .ways data-plan=(plan) {
                thead { tr {
                    th scope="col" { (both("到最近的", "To the nearest")) }
                    th scope="col" .number { (both("走得更近", "walk less")) }
                    th scope="col" .number { (both("平均少走", "less by, on the mean")) }
                    th scope="col" .number { (both("走得更远", "walk more")) }
                    th scope="col" .number { (both("平均多走", "more by, on the mean")) }
                } }
                tbody { @for number in rows {
                    @let (effect, kind) = (&tried.effects[number], base.answers[number].limit.kind());
                    tr data-requirement=(base.standard.requirements[number].key) {
                        th scope="row" { (service(base, number)) }
                        (amount_cell(scene, effect.nearer.who.amount(scene.of), "nearer"))
                        (way_cell(kind, effect.nearer.mean(), "mean_nearer"))
                        (amount_cell(scene, effect.farther.who.amount(scene.of), "farther"))
                        (way_cell(kind, effect.farther.mean(), "mean_farther"))
                    }
                } }
            } }
        }
    }
}

/// What a requirement asks for, without its limit.
fn service(base: &Study, number: usize) -> Markup {
    said(|lang| requirement_name(&base.standard.requirements[number], lang))
}

/// How evenly the ways are shared, of every service that some plan changes it for.
fn equity(scene: &Scene) -> Markup {
    let comparison = scene.comparison;
    let now = comparison.equity_of_base();
    let differs = |number: &usize| {
        let plans = comparison.tried.iter();
        plans
            .map(|tried| &tried.effects[*number].equity)
            .any(|it| *it != now[*number])
    };
    let rows: Vec<usize> = services(scene).into_iter().filter(differs).collect();
    html! {
        @if rows.is_empty() {
            p { (both("没有方案改变任何一项。", "No plan changes any of it.")) }
        } @else {
            div .wide tabindex="0" role="region" aria-labelledby="equity-title" { table .compared .equity {
                thead { tr {
                    th scope="col" { (both("到最近的", "To the nearest")) }
                    th scope="col" { (both("方案", "Plan")) }
                    th scope="col" .number { (both("平均路程", "mean way")) }
                    th scope="col" .number { (both("最远的十分之一人", "the farthest tenth")) }
                    th scope="col" .number { (both("基尼系数", "Gini")) }
                    th scope="col" .number { (both("帕尔马比", "Palma")) }
                    th scope="col" .number { (both("无路可走", "without a way")) }
                } }
                @for number in rows { tbody {
                    (even(scene, number, None, now[number].as_ref()))
                    @for tried in &comparison.tried {
                        @let is = tried.effects[number].equity.as_ref();
                        @if is != now[number].as_ref() { (even(scene, number, Some(tried), is)) }
                    }
                } }
            } }
            p .note { (both("未列出的方案与现状相同。", "A plan that is not named leaves it as it is.")) }
        }
    }
}

fn even(scene: &Scene, number: usize, tried: Option<&Tried>, found: Option<&Equity>) -> Markup {
    let base = &scene.comparison.base;
    let study: &Study = tried.map_or(base, |tried| &tried.study);
    let kind = base.answers[number].limit.kind();
    let ratio = |ratio: Option<f64>, key: &str| {
        html! {
            td .number data-column=(key) { @match ratio {
                Some(ratio) => (figure(&format!("{ratio:.4}"), format!("{ratio:.3}"))),
                None => "–",
            } }
        }
    };
    let without = found.map(|found| unreached(study, found));
    let of = weighted_by(study);
    html! {
        tr data-requirement=(base.standard.requirements[number].key)
            data-scenario=(tried.map_or(BASE, |tried| &tried.scenario.name)) {
            @if tried.is_none() {
                th scope="row" { (service(base, number)) }
                td { (both("现状", "now")) }
            } @else {
                td {}
                td { (tried.map(phrases::name).unwrap_or_default()) }
            }
            (way_cell(kind, found.map(|it| it.mean), "mean_cost"))
            (way_cell(kind, found.map(|it| it.worst_tenth), "worst_tenth"))
            (ratio(found.map(|it| it.gini), "gini"))
            (ratio(found.and_then(|it| it.palma), "palma"))
            td .number data-column="without_way" { @match without {
                Some(sum) => (figure(&format!("{sum:.2}"), said(|lang: Lang| amount(of, sum, lang)))),
                None => (both("无数据", "no data")),
            } }
        }
    }
}

/// Who has no way, in people or m².
fn unreached(study: &Study, found: &Equity) -> f64 {
    match weighted_by(study) {
        Denominator::Land => found.unreached as f64 / 100.0,
        _ => found.unreached as f64 / 1_000.0,
    }
}
