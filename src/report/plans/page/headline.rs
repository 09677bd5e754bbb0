//! What every plan brings, in sentences: what is gained most, who loses, what it costs.

use maud::{Markup, html};

use super::phrases::{self, percent, points};
use super::scene::Scene;
use crate::lang::Lang;
use crate::report::page::phrase::{amount, both, said, whom};
use crate::report::plans::{gains, wording};
use crate::report::shown;
use crate::scenario::{Effect, Tried};

/// So many requirements are named in a sentence.
const NAMED: usize = 4;

/// The section.
pub(super) fn section(scene: &Scene) -> Markup {
    let tried = &scene.comparison.tried;
    html! {
        section #headline aria-labelledby="headline-title" {
            h2 #headline-title { (both("各方案效果", "What every plan brings")) }
            @for (number, tried) in tried.iter().enumerate() {
                article .plan-card data-plan=(number) { (card(scene, number, tried)) }
            }
            @if tried.len() > 1 { p .note { (both(
                "各方案分别与现状比较，互不叠加；同一人对不同要求可以重复计入。",
                "Every plan is compared with the city as it is, never on top of another; a person may \
                 count once for each requirement.",
            )) } }
        }
    }
}

fn card(scene: &Scene, number: usize, tried: &Tried) -> Markup {
    let of = scene.of;
    let first = gains::first(scene.comparison, tried, of);
    html! {
        h3 { (phrases::name(tried)) }
        @if let Some(notes) = &tried.scenario.notes { p .quiet { (shown(notes)) } }
        p .lead { (said(|lang| gained(scene, tried, lang))) }
        @if let Some(text) = unknown(scene, tried) { p { (text) } }
        p { (said(|lang| blocks(tried, lang))) }
        p .losers[loses(tried)] { (said(|lang| losers(scene, tried, lang))) }
        @if let Some(text) = costs(scene, tried) { p { (text) } }
        p .noprint .scriptonly { button type="button" .go data-plan=(number) data-requirement=(first) {
            (both("在地图上看", "Show on the map"))
        } }
    }
}

/// What most is gained for, and for how many.
fn gained(scene: &Scene, tried: &Tried, lang: Lang) -> String {
    let (base, of) = (&scene.comparison.base, scene.of);
    let Some(number) = gains::most(base, tried, of) else {
        return lang
            .pick(
                "没有一项要求的限值内人数或用地净增。",
                "For no requirement more come within the limit than drop out of it.",
            )
            .to_owned();
    };
    let name = phrases::requirement(base, number, lang);
    let effect = &tried.effects[number];
    let net = amount(of, gains::net(effect, of), lang);
    let shares = [base, &tried.study].map(|study| gains::share(study, number, of));
    let change = match shares {
        [Some(was), Some(is)] => {
            let (from, to, by) = (percent(was), percent(is), points(was, is));
            let who = whom(of, lang);
            lang.pick(
                format!("，{who}覆盖率 {from} → {to}（{by} 个百分点）"),
                format!(", {from} → {to} of {who} ({by} points)"),
            )
        }
        [None, Some(is)] => lang.pick(
            format!("，覆盖率 {}（原无数据）", percent(is)),
            format!(", now {} (no data before)", percent(is)),
        ),
        _ => String::new(),
    };
    let gaining = gains::gaining(base, tried, of);
    let others = gaining.iter().filter(|&&other| other != number).count();
    let more = match others {
        0 => String::new(),
        1 => lang
            .pick("另有 1 项要求净增。", " One more requirement gains.")
            .to_owned(),
        _ => lang.pick(
            format!("另有 {others} 项要求净增。"),
            format!(" {others} more requirements gain."),
        ),
    };
    lang.pick(
        format!("获益最大：{name}，限值内净增 {net}{change}。{more}"),
        format!("Most is gained for {name}: a net {net} come within the limit{change}.{more}"),
    )
}

/// How many requirements have data with the plan alone: what it brings for them is not known.
fn unknown(scene: &Scene, tried: &Tried) -> Option<Markup> {
    let (base, study) = (&scene.comparison.base, &tried.study);
    let answers = base.answers.iter().zip(&study.answers);
    let unknown = answers.filter(|(was, is)| !base.has_data(was) && study.has_data(is));
    let count = unknown.count();
    (count > 0).then(|| {
        said(|lang| match (lang, count) {
            (Lang::Zh, _) => format!("{count} 项要求现状无数据：数据缺失不等于没有设施，方案对其效果无从比较。"),
            (Lang::En, 1) => "One requirement has no data as it is: a hole in the data is no hole in the city, and what \
                 the plan brings for it cannot be told.".to_owned(),
            (Lang::En, _) => format!(
                "{count} requirements have no data as it is: a hole in the data is no hole in the city, and what \
                 the plan brings for them cannot be told."
            ),
        })
    })
}

fn blocks(tried: &Tried, lang: Lang) -> String {
    let [better, worse] = gains::blocks_of_any(tried);
    lang.pick(
        format!("{better} 个街坊至少有一项要求状态好转，{worse} 个至少有一项变差。"),
        format!(
            "{better} {} for at least one requirement, {worse} {} for at least one.",
            if better == 1 {
                "block stands better"
            } else {
                "blocks stand better"
            },
            if worse == 1 {
                "stands worse"
            } else {
                "stand worse"
            },
        ),
    )
}

fn lost(effect: &Effect) -> bool {
    effect.lost.samples > 0
}

fn farther(effect: &Effect) -> bool {
    effect.farther.who.samples > 0
}

/// Whether anybody loses anything.
fn loses(tried: &Tried) -> bool {
    tried
        .effects
        .iter()
        .any(|effect| lost(effect) || farther(effect))
}

/// Who loses: net losers first, then those who lose where others gain more, then those who
/// only walk farther.
fn losers(scene: &Scene, tried: &Tried, lang: Lang) -> String {
    let (base, of) = (&scene.comparison.base, scene.of);
    let named = |rows: Vec<(usize, f64)>| {
        let text = rows.iter().take(NAMED).map(|&(number, by)| {
            let name = phrases::requirement(base, number, lang);
            format!("{name} −{}", amount(of, by, lang))
        });
        let text = text.collect::<Vec<_>>().join(lang.pick("；", "; "));
        match rows.len() {
            few if few <= NAMED => text,
            many => lang.pick(
                format!("{text}；等 {many} 项"),
                format!("{text}; and {} more", many - NAMED),
            ),
        }
    };
    let net = gains::losses(tried, of)
        .into_iter()
        .map(|(number, by)| (number, -by));
    let net: Vec<(usize, f64)> = net.collect();
    let effects = || tried.effects.iter().enumerate();
    let gross = effects().filter(|(_, it)| lost(it) && gains::net(it, of) >= 0.0);
    let mut gross: Vec<(usize, f64)> = gross.map(|(at, it)| (at, it.lost.amount(of))).collect();
    gross.sort_by(|one, other| other.1.total_cmp(&one.1));
    let longer = tried.effects.iter().filter(|it| farther(it)).count();
    let mut parts = Vec::new();
    if !net.is_empty() {
        let text = named(net);
        parts.push(lang.pick(format!("净受损：{text}。"), format!("Net loss: {text}.")));
    }
    if !gross.is_empty() {
        let text = named(gross);
        parts.push(lang.pick(
            format!("净增但仍有人失去覆盖：{text}。"),
            format!("A gain on the whole, yet some drop out of the limit: {text}."),
        ));
    }
    if !tried.effects.iter().any(lost) {
        parts.push(
            lang.pick("没有人失去任何一项覆盖。", "Nobody drops out of any limit.")
                .to_owned(),
        );
    }
    parts.push(match longer {
        0 => lang
            .pick("没有人走得更远。", "Nobody walks farther.")
            .to_owned(),
        1 => lang
            .pick(
                "有 1 项要求有人走得更远。",
                "For one requirement some walk farther.",
            )
            .to_owned(),
        _ => lang.pick(
            format!("有 {longer} 项要求有人走得更远。"),
            format!("For {longer} requirements some walk farther."),
        ),
    });
    parts.join(lang.pick("", " "))
}

fn costs(scene: &Scene, tried: &Tried) -> Option<Markup> {
    let cost = wording::cost(tried.scenario.cost()?);
    let each = gains::most(&scene.comparison.base, tried, scene.of);
    let each = each.and_then(|number| gains::cost_per_person(tried, &tried.effects[number]));
    Some(said(|lang| {
        let each = each.map_or(String::new(), |each| {
            let each = wording::cost(each);
            lang.pick(
                format!("；按获益最大的一项，每净增 1 人 {each}"),
                format!("; for what is gained most, {each} for each person gained"),
            )
        });
        lang.pick(
            format!("费用合计 {cost}（货币单位同方案文件）{each}。"),
            format!("It costs {cost} (in the money of its file){each}."),
        )
    }))
}
