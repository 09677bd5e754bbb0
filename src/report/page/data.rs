//! What the script of the page works on, as JSON: the same figures as in the tables.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde_json::{Value, json};

use super::findings::least_covered;
use super::phrase::limit;
use crate::lang::Lang;
use crate::measure::{State, Sums};
use crate::reach::Nearest;
use crate::report::palette;
use crate::report::sheet::{Patch, PatchOf, Sheet};
use crate::report::words::{metres, minutes, requirement_name};
use crate::standard::Basis;
use crate::study::{Answer, Study};
use crate::units::{CostKind, Length, Limit};

/// A set of categories as one walker reaches it.
type Search = (usize, usize);

/// The figures of every patch, and what is shown around them.
pub(super) fn data(study: &Study, sheet: &Sheet) -> Value {
    let mut searches: BTreeMap<Search, usize> = BTreeMap::new();
    for answer in &study.answers {
        let next = searches.len();
        searches.entry((answer.set, answer.walker)).or_insert(next);
    }
    let mut in_order: Vec<(usize, Search)> = searches.iter().map(|(&of, &at)| (at, of)).collect();
    in_order.sort_unstable();
    // Near the edge means nearer than the limit: the same for all of one limit.
    let mut edges: BTreeMap<Length, String> = BTreeMap::new();
    for (number, answer) in study.answers.iter().enumerate() {
        let near = || edge(study, sheet, number);
        edges.entry(answer.straight_limit).or_insert_with(near);
    }
    let edge_of: Vec<Length> = edges.keys().copied().collect();
    let found: Vec<Vec<[Option<Nearest>; 2]>> = in_order
        .iter()
        .map(|&(_, search)| nearest(study, sheet, search))
        .collect();
    let listed = listed(study, sheet, &found);
    let told = in_order.iter().zip(&found);
    json!({
        "patches": patches(study, sheet),
        "searches": told
            .map(|(&(_, of), found)| search(study, of, found, &listed))
            .collect::<Value>(),
        "requirements": study.answered().enumerate().map(|(number, (requirement, answer))| json!({
            "key": requirement.key,
            "zh": requirement_name(requirement, Lang::Zh),
            "en": requirement_name(requirement, Lang::En),
            "limit": [limit(answer.limit, Lang::Zh), limit(answer.limit, Lang::En)],
            "timed": answer.limit.kind() == CostKind::Time,
            "cost": cost(answer),
            "search": searches[&(answer.set, answer.walker)],
            "edge": edge_of.binary_search(&answer.straight_limit).unwrap_or(0),
            "basis": requirement.basis.key(),
            "network": states(study, sheet, number, Basis::Network),
            "radius": states(study, sheet, number, Basis::Radius),
        })).collect::<Value>(),
        "edges": edges.into_values().collect::<Vec<_>>(),
        "title": [study.standard.name(Lang::Zh), study.standard.name(Lang::En)],
        "first": least_covered(study),
        "facilities": facilities(study, sheet, &listed),
        "states": palette::STATES.map(|state| json!({
            "key": state.key(),
            "zh": state.text(Lang::Zh),
            "en": state.text(Lang::En),
        })),
        "steps": palette::COST_STEPS.map(|(times, _)| times.is_finite().then_some(times)),
    })
}

/// The limit in metres or minutes.
fn cost(answer: &Answer) -> f64 {
    match answer.limit {
        Limit::Length(length) => length.metres(),
        Limit::Time(time) => time.minutes(),
    }
}

/// Figure by figure, a list over all patches.
fn patches(study: &Study, sheet: &Sheet) -> Value {
    let block = |patch: &Patch| match patch.of {
        PatchOf::Block(number) => Some(&study.blocks[number]),
        PatchOf::Square => None,
    };
    let sums = |patch: &Patch| {
        let samples = patch.samples.iter();
        Sums::of(samples.map(|&sample| &study.samples.all()[sample as usize]))
    };
    let list = |of: &dyn Fn(&Patch) -> Value| sheet.patches.iter().map(of).collect::<Value>();
    let known = |land: bool| {
        study.blocks.iter().any(|block| {
            if land {
                block.land.is_some()
            } else {
                block.people.is_some()
            }
        })
    };
    let (land, people) = (known(true), known(false));
    json!({
        "id": list(&|patch| block(patch).map_or(Value::Null, |block| json!(block.id))),
        "name": list(&|patch| block(patch).map_or(Value::Null, |block| json!(block.name))),
        "land_m2": list(&|patch| {
            let known = block(patch).map_or(land, |block| block.land.is_some());
            json!(known.then(|| sums(patch).land.square_metres()))
        }),
        "people": list(&|patch| {
            let known = block(patch).map_or(people, |block| block.people.is_some());
            json!(known.then(|| sums(patch).people.count()))
        }),
        "at": list(&|patch| json!(patch.at)),
    })
}

/// The nearest facility of a set in metres and in minutes, by patch: the lower median over
/// its samples.
fn nearest(study: &Study, sheet: &Sheet, (set, walker): Search) -> Vec<[Option<Nearest>; 2]> {
    let walked = &study.walked[walker];
    let patches = sheet.patches.par_iter();
    patches
        .map(|patch| {
            let own = patch.samples.iter().map(|&sample| sample as usize);
            [&walked.length, &walked.time].map(|reached| {
                let own = own.clone();
                reached.spread_over(set, &study.samples, own).median
            })
        })
        .collect()
}

/// The facilities that the page tells of, ascending.
fn listed(study: &Study, sheet: &Sheet, found: &[Vec<[Option<Nearest>; 2]>]) -> Vec<u32> {
    if sheet.detail.facilities {
        return (0..study.facilities.len() as u32).collect();
    }
    let nearest = found.iter().flatten().filter_map(|[_, time]| *time);
    let mut listed: Vec<u32> = nearest.map(Nearest::facility).collect();
    listed.sort_unstable();
    listed.dedup();
    listed
}

/// What is found of a set; facilities by their place among those that are listed.
fn search(
    study: &Study,
    (set, walker): Search,
    found: &[[Option<Nearest>; 2]],
    listed: &[u32],
) -> Value {
    let list = |of: &dyn Fn([Option<Nearest>; 2]) -> Value| {
        let found = found.iter();
        found.map(|&found| of(found)).collect::<Value>()
    };
    let at = |facility: u32| listed.binary_search(&facility).ok();
    let own = &study.sets[set].facilities.0;
    let known: Vec<usize> = own.iter().filter_map(|&facility| at(facility)).collect();
    json!({
        "all": own.len(),
        "categories": study.sets[set].key,
        "walker": study.walked[walker].walker.key,
        "facilities": known,
        "m": list(&|[length, _]| metres(length).json()),
        "min": list(&|[_, time]| minutes(time).json()),
        "facility": list(&|[_, time]| json!(time.and_then(|nearest| at(nearest.facility())))),
    })
}

/// One letter a patch: the place of its state in the legend.
fn states(study: &Study, sheet: &Sheet, requirement: usize, basis: Basis) -> String {
    let letter = |state: State| {
        let at = palette::STATES.iter().position(|&known| known == state);
        char::from(b'0' + at.unwrap_or(0) as u8)
    };
    sheet
        .patches
        .iter()
        .map(|patch| letter(patch.state(study, requirement, basis)))
        .collect()
}

/// One letter a patch: 1 near the edge of the data, where what is nearest may lie outside.
fn edge(study: &Study, sheet: &Sheet, requirement: usize) -> String {
    let near = |patch: &Patch| patch.at_edge(study, requirement);
    let letter = |patch| if near(patch) { '1' } else { '0' };
    sheet.patches.iter().map(letter).collect()
}

fn facilities(study: &Study, sheet: &Sheet, listed: &[u32]) -> Value {
    let list = |of: &dyn Fn(usize) -> Value| {
        let listed = listed.iter();
        listed.map(|&at| of(at as usize)).collect::<Value>()
    };
    json!({
        "id": list(&|at| json!(study.facilities[at].id)),
        "name": list(&|at| json!(study.facilities[at].name)),
        "at": list(&|at| json!(sheet.facilities[at])),
        "inside": list(&|at| json!(u8::from(sheet.paper.shows(&[sheet.facilities[at]])))),
    })
}

/// JSON as it may stand in a page: nothing in it ends the element.
pub(in crate::report) fn inline(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c")
}
