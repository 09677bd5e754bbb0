//! What a scenario changes, requirement by requirement.

use super::Scenario;
use crate::measure::{Equity, State, Sums, equity};
use crate::standard::Denominator;
use crate::study::Study;
use crate::units::Cost;

/// A city as it is, and as scenarios make it.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The city as it is.
    pub base: Study,
    /// The scenarios, in the order in which they were given.
    pub tried: Vec<Tried>,
}

/// A scenario that was carried out.
#[derive(Clone, Debug)]
pub struct Tried {
    /// The scenario.
    pub scenario: Scenario,
    /// What it makes of the city.
    pub study: Study,
    /// What that changes, in the order of the requirements.
    pub effects: Vec<Effect>,
}

/// What a scenario changes for one requirement.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// Who is within the limit now and was not, by the requirement's own basis. New blocks
    /// are in neither this nor what follows.
    pub won: Sums,
    /// Who was within and is no more.
    pub lost: Sums,
    /// Whose nearest facility is nearer now.
    pub nearer: Moved,
    /// Whose is farther.
    pub farther: Moved,
    /// Blocks whose state is another, by the requirement's own basis.
    pub blocks: Vec<Changed>,
    /// How evenly the way to the nearest is shared now.
    pub equity: Option<Equity>,
}

/// Those whose way became shorter, or longer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// Who they are.
    pub who: Sums,
    /// By how much, cost by cost, summed over what [`weighted_by`] says; of those alone who
    /// had a way before and have one now.
    pub by: u128,
    /// The weight of those.
    pub of: u64,
}

/// A block whose state is another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The block in the city as it is.
    pub before: usize,
    /// The block as the scenario has it.
    pub now: usize,
    /// How it stood.
    pub was: State,
    /// How it stands.
    pub is: State,
}

/// What costs are weighted by: people, where some are known, else land.
pub fn weighted_by(study: &Study) -> Denominator {
    if study.blocks.iter().any(|block| block.people.is_some()) {
        Denominator::People
    } else {
        Denominator::Land
    }
}

impl Comparison {
    /// Compares studies of a city and of what scenarios make of it.
    pub fn of(base: Study, tried: Vec<(Scenario, Study)>) -> Self {
        let tried = tried.into_iter().map(|(scenario, study)| Tried {
            effects: effects(&base, &study),
            scenario,
            study,
        });
        let tried = tried.collect();
        Self { base, tried }
    }

    /// How evenly the way to the nearest is shared in the city as it is, in the order of
    /// the requirements.
    pub fn equity_of_base(&self) -> Vec<Option<Equity>> {
        let requirements = 0..self.base.answers.len();
        requirements
            .map(|number| equity_in(&self.base, number))
            .collect()
    }
}

impl Moved {
    /// By how much on the mean, in the cost of the limit; `None` of nobody.
    pub fn mean(&self) -> Option<f64> {
        (self.of > 0).then(|| self.by as f64 / self.of as f64)
    }

    fn add(&mut self, who: Sums, by: Option<Cost>, weight: u64) {
        self.who += who;
        if let Some(by) = by {
            self.by += u128::from(by) * u128::from(weight);
            self.of += weight;
        }
    }
}

/// The blocks that are in both, by id: in the one, in the other.
fn in_both(base: &Study, study: &Study) -> Vec<[usize; 2]> {
    let mut both = Vec::new();
    let mut now = 0;
    for (before, block) in base.blocks.iter().enumerate() {
        while study
            .blocks
            .get(now)
            .is_some_and(|other| other.id < block.id)
        {
            now += 1;
        }
        if study
            .blocks
            .get(now)
            .is_some_and(|other| other.id == block.id)
        {
            both.push([before, now]);
        }
    }
    both
}

/// What changes between two studies of one city, in the order of the requirements.
pub fn effects(base: &Study, study: &Study) -> Vec<Effect> {
    let both = in_both(base, study);
    let requirements = 0..base.answers.len();
    requirements
        .map(|number| effect([base, study], &both, number))
        .collect()
}

fn effect([base, study]: [&Study; 2], both: &[[usize; 2]], number: usize) -> Effect {
    let weighted = weighted_by(study);
    let basis = base.standard.requirements[number].basis;
    let answers = [base, study].map(|study| &study.answers[number]);
    let costs = [base, study].map(|study| {
        let answer = &study.answers[number];
        let reached = study.walked[answer.walker].reached(answer.limit.kind());
        reached.nearest(answer.set)
    });
    let mut found = Effect {
        won: Sums::default(),
        lost: Sums::default(),
        nearer: Moved::default(),
        farther: Moved::default(),
        blocks: Vec::new(),
        equity: equity_in(study, number),
    };
    for &[before, now] in both {
        let samples = base
            .samples
            .of_block(before)
            .zip(study.samples.of_block(now));
        for (before, now) in samples {
            let who = Sums::of([&study.samples.all()[now]]);
            let within = [
                answers[0].verdict.holds(basis, before),
                answers[1].verdict.holds(basis, now),
            ];
            match within {
                [false, true] => found.won += who,
                [true, false] => found.lost += who,
                _ => {}
            }
            let cost = [costs[0][before], costs[1][now]].map(|found| found.map(|it| it.cost));
            let weight = who.units(weighted);
            match cost {
                [Some(was), Some(is)] if is < was => found.nearer.add(who, Some(was - is), weight),
                [Some(was), Some(is)] if is > was => found.farther.add(who, Some(is - was), weight),
                [None, Some(_)] => found.nearer.add(who, None, weight),
                [Some(_), None] => found.farther.add(who, None, weight),
                _ => {}
            }
        }
        let [was, is] = [
            base.of_block(answers[0], before).state(basis),
            study.of_block(answers[1], now).state(basis),
        ];
        if was != is {
            found.blocks.push(Changed {
                before,
                now,
                was,
                is,
            });
        }
    }
    found
}

fn equity_in(study: &Study, number: usize) -> Option<Equity> {
    let answer = &study.answers[number];
    if !study.has_data(answer) {
        return None;
    }
    let weighted = weighted_by(study);
    let reached = study.walked[answer.walker].reached(answer.limit.kind());
    let nearest = reached.nearest(answer.set).iter();
    let samples = study.samples.all().iter();
    equity(nearest.zip(samples).map(|(found, sample)| {
        let weight = Sums::of([sample]).units(weighted);
        (found.map(|found| found.cost), weight)
    }))
}
