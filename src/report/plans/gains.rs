//! What the tables, the page and the terminal say of scenarios alike: whom they count, what
//! is gained most, and where anybody loses.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use crate::measure::State;
use crate::report::words::{denominators, first_counted};
use crate::scenario::{Comparison, Effect, Tried};
use crate::standard::{Denominator, Requirement};
use crate::study::Study;

/// People, where there are any, else land.
pub(super) fn counted(study: &Study) -> Option<Denominator> {
    let known = denominators(study);
    let people: Vec<Denominator> = known
        .iter()
        .copied()
        .filter(|of| *of == Denominator::People)
        .collect();
    first_counted(study, &people).or_else(|| first_counted(study, &known))
}

/// What a requirement prescribes the share of; people or land where there is nothing of it.
pub(super) fn prescribed(study: &Study, requirement: &Requirement) -> Option<Denominator> {
    first_counted(study, &[requirement.denominator]).or_else(|| counted(study))
}

/// The covered share of the whole, 0 to 1, by the basis of the requirement; `None` without
/// data.
pub(super) fn share(study: &Study, number: usize, of: Denominator) -> Option<f64> {
    let answer = &study.answers[number];
    let whole = answer.whole().filter(|_| study.has_data(answer))?;
    let basis = study.standard.requirements[number].basis;
    whole.covered(basis).share_of(&whole.whole, of)
}

/// Who comes within the limit, less who does no more: in m² or people.
pub(super) fn net(effect: &Effect, of: Denominator) -> f64 {
    effect.won.amount(of) - effect.lost.amount(of)
}

/// The requirements for which more gain than lose and that had data before: of others
/// nobody knows what was there.
pub(super) fn gaining(base: &Study, tried: &Tried, of: Denominator) -> Vec<usize> {
    let numbers = 0..tried.effects.len();
    numbers
        .filter(|&number| net(&tried.effects[number], of) > 0.0)
        .filter(|&number| base.has_data(&base.answers[number]))
        .collect()
}

/// The requirement that most is gained for, where anything is: one that had data before, if
/// there is any.
pub(super) fn most(base: &Study, tried: &Tried, of: Denominator) -> Option<usize> {
    let gaining = gaining(base, tried, of);
    let candidates = if gaining.is_empty() {
        (0..tried.effects.len()).collect()
    } else {
        gaining
    };
    let mut most: Option<(f64, usize)> = None;
    for number in candidates {
        let won = net(&tried.effects[number], of);
        if won > 0.0 && most.is_none_or(|(known, _)| won > known) {
            most = Some((won, number));
        }
    }
    most.map(|(_, number)| number)
}

/// What a page shows first of a scenario: what most is gained for, else the first
/// requirement that it changes anything for, else the first with data.
pub(super) fn first(comparison: &Comparison, tried: &Tried, of: Denominator) -> usize {
    let changes =
        |effect: &Effect| !effect.blocks.is_empty() || effect.lost.samples + effect.won.samples > 0;
    let base = &comparison.base;
    most(base, tried, of)
        .or_else(|| tried.effects.iter().position(changes))
        .or_else(|| {
            let mut answers = base.answers.iter();
            answers.position(|answer| base.has_data(answer))
        })
        .unwrap_or_default()
}

/// The requirements for which more lose than gain, the largest loss first.
pub(super) fn losses(tried: &Tried, of: Denominator) -> Vec<(usize, f64)> {
    let nets = tried.effects.iter().map(|effect| net(effect, of));
    let mut losses: Vec<(usize, f64)> = nets.enumerate().filter(|(_, net)| *net < 0.0).collect();
    losses.sort_by(|one, other| one.1.total_cmp(&other.1));
    losses
}

/// What a scenario costs for everybody who gains by it; `None` where nobody gives a cost or
/// nobody gains.
pub(super) fn cost_per_person(tried: &Tried, effect: &Effect) -> Option<f64> {
    let won = net(effect, Denominator::People);
    tried
        .scenario
        .cost()
        .filter(|_| won > 0.0)
        .map(|cost| cost / won)
}

/// Whether a block stands better than it did: more of it is covered, or it is linked. Where
/// nothing is known of what it had or has, only what is covered tells.
pub(super) fn rise(was: State, is: State) -> Ordering {
    let unknown = was == State::NoData || is == State::NoData;
    let rank = |state| match state {
        State::Covered => 3,
        State::Partly => 2,
        State::Uncovered => 1,
        State::Unlinked | State::NoData => u8::from(unknown),
    };
    rank(is).cmp(&rank(was))
}

/// Blocks of a requirement that stand better, and that stand worse.
pub(super) fn better_and_worse(effect: &Effect) -> [usize; 2] {
    TURNS.map(|turn| {
        let changed = effect.blocks.iter();
        changed.filter(|it| rise(it.was, it.is) == turn).count()
    })
}

/// Blocks that stand better for some requirement, and blocks that stand worse for some.
pub(super) fn blocks_of_any(tried: &Tried) -> [usize; 2] {
    TURNS.map(|turn| {
        let changed = tried.effects.iter().flat_map(|effect| &effect.blocks);
        let turned = changed.filter(|it| rise(it.was, it.is) == turn);
        let blocks: BTreeSet<usize> = turned.map(|it| it.now).collect();
        blocks.len()
    })
}

/// Better, and worse.
const TURNS: [Ordering; 2] = [Ordering::Greater, Ordering::Less];
