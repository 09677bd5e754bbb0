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
    json!({
        "patches": patches(study, sheet),
        "searches": in_order.into_iter().map(|(_, of)| search(study, sheet, of)).collect::<Value>(),
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
        "facilities": facilities(study, sheet),
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

/// The nearest facility of a set, by patch: the lower median over its samples.
fn search(study: &Study, sheet: &Sheet, (set, walker): Search) -> Value {
    let walked = &study.walked[walker];
    let patches = sheet.patches.par_iter();
    let found: Vec<[Option<Nearest>; 2]> = patches
        .map(|patch| {
            let own = patch.samples.iter().map(|&sample| sample as usize);
            [&walked.length, &walked.time].map(|reached| {
                let own = own.clone();
                reached.spread_over(set, &study.samples, own).median
            })
        })
        .collect();
    let list = |of: fn([Option<Nearest>; 2]) -> Value| {
        let found = found.iter();
        found.map(|&found| of(found)).collect::<Value>()
    };
    json!({
        "categories": study.sets[set].key,
        "walker": walked.walker.key,
        "facilities": study.sets[set].facilities.0,
        "m": list(|[length, _]| metres(length).json()),
        "min": list(|[_, time]| minutes(time).json()),
        "facility": list(|[_, time]| json!(time.map(|nearest| nearest.facility()))),
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

fn facilities(study: &Study, sheet: &Sheet) -> Value {
    json!({
        "id": study.facilities.iter().map(|facility| &facility.id).collect::<Vec<_>>(),
        "name": study.facilities.iter().map(|facility| &facility.name).collect::<Vec<_>>(),
        "at": sheet.facilities,
        "inside": sheet.facilities.iter().map(|&spot| u8::from(sheet.paper.shows(&[spot]))).collect::<Vec<_>>(),
    })
}

/// JSON as it may stand in a page: nothing in it ends the element.
pub(in crate::report) fn inline(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c")
}
