//! What the script of the page works on, as JSON. What a plan leaves as it was is not
//! written once more: lists of a plan tell of patches and zones that differ alone.

use rayon::prelude::*;
use serde_json::{Value, json};

use super::map::{outcome, patch_name};
use super::phrases;
use super::scene::{Scene, Turn, Turned, Ways};
use super::zones;
use crate::lang::Lang;
use crate::measure::State;
use crate::report::page::phrase::amount;
use crate::report::plans::gains;
use crate::report::words::{metres, minutes};
use crate::report::{palette, shown};
use crate::scenario::Tried;
use crate::standard::Denominator;
use crate::study::Study;
use crate::units::CostKind;

/// The figures of every patch and plan, and what is shown around them.
pub(super) fn data(scene: &Scene, with_zones: bool) -> Value {
    let base = &scene.comparison.base;
    let facilities = Facilities::of(scene);
    let requirements = 0..base.answers.len();
    json!({
        "title": both(|lang| super::title(scene.comparison, lang)),
        "land": scene.of == Denominator::Land,
        "patches": patches(scene),
        "facilities": facilities.told(scene),
        "searches": (0..scene.searches.len())
            .map(|search| own_search(scene, &facilities, search)).collect::<Value>(),
        "requirements": requirements.map(|number| requirement(scene, number)).collect::<Value>(),
        "plans": (0..scene.comparison.tried.len())
            .map(|plan| told_plan(scene, &facilities, plan)).collect::<Value>(),
        "turns": Turn::ALL.map(|turn| json!({
            "key": turn.key(),
            "zh": turn.text(Lang::Zh),
            "en": turn.text(Lang::En),
        })),
        "states": palette::STATES.map(|state| json!([state.text(Lang::Zh), state.text(Lang::En)])),
        "squares": scene.sheet.detail.squares.is_some(),
        "zones": with_zones.then(|| zones::data(scene)),
        "first": scene.first(),
    })
}

/// A text in both languages.
fn both<T>(text: impl Fn(Lang) -> T) -> [T; 2] {
    [Lang::Zh, Lang::En].map(text)
}

fn patches(scene: &Scene) -> Value {
    let names = scene
        .sheet
        .patches
        .iter()
        .map(|patch| patch_name(scene, patch.of));
    let (ids, names): (Vec<_>, Vec<_>) = names.map(|[id, name]| (id, name)).unzip();
    json!({
        "id": ids,
        "name": names,
        "at": scene.sheet.patches.iter().map(|patch| patch.at).collect::<Vec<_>>(),
        "amount": amounts(scene, 0),
    })
}

/// People, or m² of land, to the third decimal as the tables have them.
fn amounts(scene: &Scene, study: usize) -> Vec<f64> {
    let patches = 0..scene.sheet.patches.len();
    patches
        .map(|patch| (scene.amount(study, patch) * 1_000.0).round() / 1_000.0)
        .collect()
}

/// The facilities of the city as it is, then those that plans add: one number for each.
struct Facilities<'a> {
    base: &'a Study,
    added: Vec<(String, Option<String>)>,
}

impl<'a> Facilities<'a> {
    fn of(scene: &'a Scene) -> Self {
        let mut facilities = Self {
            base: scene.studies[0],
            added: Vec::new(),
        };
        for study in &scene.studies[1..] {
            for facility in study.facilities.iter() {
                let key = (facility.id.clone(), facility.name.clone());
                if facilities.known(&key.0).is_none() && !facilities.added.contains(&key) {
                    facilities.added.push(key);
                }
            }
        }
        facilities
    }

    fn known(&self, id: &str) -> Option<usize> {
        let known = &self.base.facilities;
        known
            .binary_search_by(|known| known.id.as_str().cmp(id))
            .ok()
    }

    fn number(&self, study: &Study, at: u32) -> Option<usize> {
        let facility = &study.facilities[at as usize];
        self.known(&facility.id).or_else(|| {
            let mut added = self.added.iter();
            let same = |(id, name): &(String, Option<String>)| {
                *id == facility.id && *name == facility.name
            };
            added
                .position(same)
                .map(|at| self.base.facilities.len() + at)
        })
    }

    fn told(&self, scene: &Scene) -> Value {
        let name = |id: &str, name: Option<&str>| shown(name.unwrap_or(id));
        let own = self.base.facilities.iter();
        let own = own.map(|it| name(&it.id, it.name.as_deref()));
        let added = self.added.iter();
        let added = added.map(|(id, given)| name(id, given.as_deref()));
        let spots = &scene.sheet.facilities;
        json!({
            "name": own.chain(added).collect::<Vec<_>>(),
            "at": spots,
            "inside": spots.iter()
                .map(|&spot| u8::from(scene.sheet.paper.shows(&[spot]))).collect::<Vec<_>>(),
        })
    }
}

/// Metres, minutes and the facility of one patch.
fn way(study: &Study, facilities: &Facilities, ways: &Ways, patch: usize) -> [Value; 3] {
    let facility = ways.time[patch].and_then(|found| facilities.number(study, found.facility()));
    [
        metres(ways.length[patch]).json(),
        minutes(ways.time[patch]).json(),
        json!(facility),
    ]
}

fn own_search(scene: &Scene, facilities: &Facilities, search: usize) -> Value {
    let base = scene.studies[0];
    let ways = &scene.ways[0][search];
    let mut lists: [Vec<Value>; 3] = Default::default();
    for patch in 0..scene.sheet.patches.len() {
        let way = way(base, facilities, ways, patch);
        lists
            .iter_mut()
            .zip(way)
            .for_each(|(list, it)| list.push(it));
    }
    let [m, min, facility] = lists;
    let set = base.answers[scene.searches[search]].set;
    json!({ "facilities": base.sets[set].facilities.0, "m": m, "min": min, "facility": facility })
}

fn requirement(scene: &Scene, number: usize) -> Value {
    let base = scene.studies[0];
    let (asked, answer) = (&base.standard.requirements[number], &base.answers[number]);
    let text = |lang| phrases::requirement(base, number, lang);
    json!({
        "key": asked.key,
        "zh": text(Lang::Zh),
        "en": text(Lang::En),
        "timed": answer.limit.kind() == CostKind::Time,
        "search": scene.search_of[number],
        "was": scene.states(0, number).into_iter().map(letter).collect::<String>(),
    })
}

/// The place of a state in the legend.
fn letter(state: State) -> char {
    let at = palette::STATES.iter().position(|&known| known == state);
    char::from(b'0' + at.unwrap_or(0) as u8)
}

fn told_plan(scene: &Scene, facilities: &Facilities, plan: usize) -> Value {
    let tried = &scene.comparison.tried[plan];
    let (was, is) = (amounts(scene, 0), amounts(scene, plan + 1));
    let differ: Vec<usize> = (0..is.len())
        .filter(|&at| was[at].to_bits() != is[at].to_bits())
        .collect();
    let requirements: Vec<Value> = (0..tried.effects.len())
        .into_par_iter()
        .map(|number| of_requirement(scene, tried, plan, number))
        .collect();
    json!({
        "name": phrases::name(tried),
        "amount": { "at": differ, "is": differ.iter().map(|&at| is[at]).collect::<Vec<_>>() },
        "searches": (0..scene.searches.len())
            .map(|search| other_ways(scene, facilities, plan, search)).collect::<Value>(),
        "requirements": requirements,
    })
}

/// The patches whose way to the nearest is another.
fn other_ways(scene: &Scene, facilities: &Facilities, plan: usize, search: usize) -> Value {
    let [was, is] = [0, plan + 1].map(|study| (scene.studies[study], &scene.ways[study][search]));
    let mut at = Vec::new();
    let mut lists: [Vec<Value>; 3] = Default::default();
    for patch in 0..scene.sheet.patches.len() {
        let [before, now] = [was, is].map(|(study, ways)| way(study, facilities, ways, patch));
        if before != now {
            at.push(patch);
            lists
                .iter_mut()
                .zip(now)
                .for_each(|(list, it)| list.push(it));
        }
    }
    let [m, min, facility] = lists;
    json!({ "at": at, "m": m, "min": min, "facility": facility })
}

/// What a plan makes of the patches for one requirement: those that are not as they were,
/// and in words and figures the whole.
fn of_requirement(scene: &Scene, tried: &Tried, plan: usize, number: usize) -> Value {
    let turns = scene.turns(plan, number);
    let counts = scene.counts(plan, &turns);
    let rest = if turns.iter().all(|it| it.turn == Turn::NoData) {
        Turn::NoData
    } else {
        Turn::Same
    };
    let other: Vec<(usize, &Turned)> = turns
        .iter()
        .enumerate()
        .filter(|(_, it)| it.turn != rest)
        .collect();
    let digit = |turn: Turn| {
        Turn::ALL
            .iter()
            .position(|&known| known == turn)
            .unwrap_or(0)
    };
    let net = gains::net(&tried.effects[number], scene.of);
    let net = |lang| {
        let sign = if net > 0.0 { "+" } else { "−" };
        (net != 0.0).then(|| format!("{sign}{}", amount(scene.of, net.abs(), lang)))
    };
    json!({
        "rest": digit(rest),
        "at": other.iter().map(|(at, _)| at).collect::<Vec<_>>(),
        "turn": other.iter().map(|(_, it)| digit(it.turn).to_string()).collect::<String>(),
        "is": other.iter().map(|(_, it)| letter(it.is)).collect::<String>(),
        "counts": counts.map(|(count, sum)| json!([count, both(|lang| amount(scene.of, sum, lang))])),
        "net": both(net),
        "outcome": both(|lang| outcome(scene, plan, number, lang)),
    })
}
