//! Zone by zone: coverage of one requirement, the city as it is and every plan beside it.

use maud::{Markup, html};
use serde_json::{Value, json};

use super::coverage::MANY;
use super::phrases::{self, share_cell};
use super::scene::Scene;
use crate::lang::Lang;
use crate::measure::Scope;
use crate::report::page::phrase::{both, level, said, whom};
use crate::report::plans::tables::{in_scope, same_scope, scopes};
use crate::report::shown;
use crate::report::words::share_text;
use crate::study::Study;

/// The zones of all studies: where each lies in every study, and its level.
struct Row<'a> {
    /// A study that has it, and its scope there.
    owner: (&'a Study, Scope),
    /// Its scope in the city as it is and with every plan.
    scopes: Vec<Option<Scope>>,
}

fn rows<'a>(scene: &Scene<'a>) -> Vec<Row<'a>> {
    let all = scopes(scene.studies.iter().copied(), 0);
    let zones = all.into_iter().filter(|(_, scope)| *scope != Scope::Whole);
    let mut rows: Vec<Row> = zones
        .map(|owner| Row {
            scopes: scene
                .studies
                .iter()
                .map(|study| same_scope(owner.0, owner.1, study))
                .collect(),
            owner,
        })
        .collect();
    // A zone that a plan alone has stands with its level.
    rows.sort_by_key(|row| levels(scene, row));
    rows
}

/// The place of a row's level, and whether it is what lies outside its zones, which is last.
fn levels(scene: &Scene, row: &Row) -> (usize, bool) {
    let (study, scope) = row.owner;
    let key = key(study, scope);
    let known = scene.studies[0].zonings.iter();
    let at = known.clone().position(|zoning| zoning.level == key);
    let outside = matches!(scope, Scope::Outside(_));
    (at.unwrap_or(known.len()), outside)
}

fn key(study: &Study, scope: Scope) -> &str {
    match scope {
        Scope::Whole => "whole",
        Scope::Zone(level, _) | Scope::Outside(level) => &study.zonings[level].level,
    }
}

/// The covered share of a row in a study.
fn share(scene: &Scene, row: &Row, study: usize, number: usize) -> Option<f64> {
    let scope = row.scopes[study]?;
    let study = scene.studies[study];
    let answer = &study.answers[number];
    let found = in_scope(answer, scope).filter(|_| study.has_data(answer))?;
    let basis = study.standard.requirements[number].basis;
    found.covered(basis).share_of(&found.whole, scene.of)
}

/// The section with a table a level; nothing where there are no zones.
pub(super) fn section(scene: &Scene) -> Markup {
    let rows = rows(scene);
    let [_, number] = scene.first();
    let base = scene.studies[0];
    let mut tables: Vec<(&str, Vec<(usize, &Row)>)> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let key = key(row.owner.0, row.owner.1);
        match tables.last_mut() {
            Some((known, own)) if *known == key => own.push((at, row)),
            _ => tables.push((key, vec![(at, row)])),
        }
    }
    html! {
        @if !rows.is_empty() {
            section #zones-table aria-labelledby="zones-title" {
                h2 #zones-title { (both("分区覆盖率", "Coverage by zone")) }
                p { strong #zones-now { (said(|lang| phrases::requirement(base, number, lang))) } }
                p .note { (said(|lang| lang.pick(
                    format!("限值内的{}占比，随地图上所选的要求变化；其余见 scenarios.csv。", whom(scene.of, lang)),
                    format!("Share of {} within the limit, for the requirement that is chosen at the map; \
                             all others are in scenarios.csv.", whom(scene.of, lang)),
                ))) }
                p .scriptonly .noprint { label { input type="checkbox" #only-changed; " " (both("只看有变化的分区", "only zones with a change")) } }
                // All are open, for paper and where no script runs: the script folds all but the first.
                @for (part, (key, own)) in tables.iter().enumerate() {
                    details open {
                        summary id=(format!("zones-{part}")) { (said(|lang| level(key, true, lang))) " (" (own.len()) ")" }
                        div .long tabindex="0" role="region" aria-labelledby=(format!("zones-title zones-{part}")) {
                            (table(scene, own, number))
                        }
                    }
                }
            }
        }
    }
}

fn table(scene: &Scene, rows: &[(usize, &Row)], number: usize) -> Markup {
    html! {
        table .compared .zoned .many[scene.comparison.tried.len() > MANY] {
            thead { tr {
                th scope="col" { (both("分区", "Zone")) }
                th scope="col" .number { (both("现状", "Now")) }
                @for tried in &scene.comparison.tried { th scope="col" .number { (phrases::name(tried)) } }
            } }
            tbody { @for (at, row) in rows { tr data-zone=(at) {
                th scope="row" { (name(row)) }
                @let was = share(scene, row, 0, number);
                td .number { (cell(None, was)) }
                @for plan in 1..scene.studies.len() {
                    td .number { (cell(was, share(scene, row, plan, number))) }
                }
            } } }
        }
    }
}

/// A share and its change; of a zone in which nobody lives, and without data, neither.
fn cell(was: Option<f64>, is: Option<f64>) -> Markup {
    html! { @if is.is_some() { (share_cell(was, is)) } @else { "–" } }
}

fn name(row: &Row) -> Markup {
    let (study, scope) = row.owner;
    match scope {
        Scope::Whole => both("全部", "all"),
        Scope::Zone(at, zone) => {
            let (id, name) = &study.zonings[at].zones[zone as usize];
            html! { (shown(name.as_deref().unwrap_or(id))) }
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

/// The shares of all requirements: of the city as it is all of them, of a plan those that
/// differ.
pub(super) fn data(scene: &Scene) -> Value {
    let rows = rows(scene);
    let numbers = || 0..scene.studies[0].answers.len();
    let rounded = |share: Option<f64>| -> Value {
        // As the tables have it.
        json!(share.and_then(|share| share_text(share).parse::<f64>().ok()))
    };
    let was = |number: usize| -> Vec<Value> {
        rows.iter()
            .map(|row| rounded(share(scene, row, 0, number)))
            .collect()
    };
    let of_plan = |plan: usize, number: usize| {
        let mut differ = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            let [was, is] = [0, plan].map(|study| share(scene, row, study, number));
            if was.map(f64::to_bits) != is.map(f64::to_bits) {
                let points = was.zip(is).map(|(was, is)| (is - was) * 100.0);
                // The change as the tables have it, of shares that are not rounded.
                let points = points.and_then(|it| format!("{it:.4}").parse::<f64>().ok());
                differ.push(json!([at, rounded(is), points]));
            }
        }
        differ
    };
    json!({
        "was": numbers().map(was).collect::<Value>(),
        "plans": (1..scene.studies.len())
            .map(|plan| numbers().map(|number| of_plan(plan, number)).collect::<Value>())
            .collect::<Value>(),
    })
}
