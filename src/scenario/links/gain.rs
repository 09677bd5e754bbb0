//! What a link changes: who gains what is asked for, and how much walking it saves.

use crate::measure::Sums;
use crate::reach::Moved;
use crate::scenario::effect::{Effect, weighted_by};
use crate::standard::{Basis, Denominator};
use crate::study::{Standing, Study};
use crate::units::{Cost, CostKind};

/// What samples count, and what is asked.
pub(super) struct Weights {
    /// People where they are known, else land.
    of: Denominator,
    /// Of requirements that ask for one set by one walker in minutes the first: whose walking
    /// time is saved once.
    timed: Vec<bool>,
}

/// What a link changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gain {
    /// Who is within the limit of each requirement, walked, that was not.
    pub won: Vec<Sums>,
    /// Walking time to the nearest that is saved.
    pub saved: Saved,
}

/// Walking time that is saved, over all services: of every walk once there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Saved(
    /// Tenths of a second, times thousandths of a person or dm² of land.
    pub u128,
);

impl Saved {
    /// Hours of people, each walking once to every service; of land where no people are
    /// known: hours times hectares.
    pub fn hours(self, of: Denominator) -> f64 {
        let each = match of {
            Denominator::Land => 1_000_000.0,
            _ => 1_000.0,
        };
        self.0 as f64 / 36_000.0 / each
    }
}

impl Weights {
    pub fn of(study: &Study) -> Self {
        let mut known: Vec<(usize, usize)> = Vec::new();
        let timed = study.answers.iter().map(|answer| {
            let search = (answer.set, answer.walker);
            let new = answer.limit.kind() == CostKind::Time && !known.contains(&search);
            if new {
                known.push(search);
            }
            new
        });
        Self {
            timed: timed.collect(),
            of: weighted_by(study),
        }
    }

    /// Whether walking time to what a requirement asks for counts.
    pub fn is_timed(&self, number: usize) -> bool {
        self.timed[number]
    }
}

impl Gain {
    /// Nothing.
    pub(super) fn nothing(weights: &Weights) -> Self {
        Self {
            won: vec![Sums::default(); weights.timed.len()],
            saved: Saved::default(),
        }
    }

    /// What follows from the samples that something moves.
    pub(super) fn of_moved(weights: &Weights, standing: &Standing, moved: &[Moved]) -> Self {
        let study = &standing.study;
        let mut gain = Self::nothing(weights);
        for (number, moved) in moved.iter().enumerate() {
            let answer = &study.answers[number];
            let reached = study.walked[answer.walker].reached(answer.limit.kind());
            let before = reached.nearest(answer.set);
            for &(sample, now) in moved {
                let sample = sample as usize;
                let who = Sums::of([&study.samples.all()[sample]]);
                let costs = [before[sample], now].map(|found| found.map(|it| it.cost));
                let was = answer.verdict.holds(Basis::Network, sample);
                if !was && answer.limit.holds(costs[1]) {
                    gain.won[number] += who;
                }
                if weights.timed[number] {
                    gain.save(who.units(weights.of), costs);
                }
            }
        }
        gain
    }

    /// What follows from a study of the city with the link.
    pub(super) fn of_effects(
        weights: &Weights,
        standing: &Standing,
        study: &Study,
        effects: &[Effect],
    ) -> Self {
        let base = &standing.study;
        let mut gain = Self::nothing(weights);
        for (number, effect) in effects.iter().enumerate() {
            let answer = &base.answers[number];
            // An effect is by the requirement's own basis; links are walked.
            if base.standard.requirements[number].basis == Basis::Network {
                gain.won[number] = effect.won;
            } else {
                let samples = base.samples.all().iter().enumerate();
                let new = samples.filter(|(sample, _)| {
                    !answer.verdict.holds(Basis::Network, *sample)
                        && study.answers[number].verdict.holds(Basis::Network, *sample)
                });
                gain.won[number] = Sums::of(new.map(|(_, sample)| sample));
            }
            if weights.timed[number] {
                let nearest = |study: &'_ Study| {
                    let answer = &study.answers[number];
                    let reached = study.walked[answer.walker].reached(answer.limit.kind());
                    reached.nearest(answer.set).to_vec()
                };
                let both = nearest(base).into_iter().zip(nearest(study));
                for ((was, is), sample) in both.zip(base.samples.all()) {
                    let costs = [was, is].map(|found| found.map(|it| it.cost));
                    gain.save(Sums::of([sample]).units(weights.of), costs);
                }
            }
        }
        gain
    }

    fn save(&mut self, weight: u64, costs: [Option<Cost>; 2]) {
        if let [Some(was), Some(is)] = costs {
            let less = was.saturating_sub(is);
            self.saved.0 += u128::from(less) * u128::from(weight);
        }
    }

    /// What it gains beyond another that it holds.
    pub(super) fn beyond(&self, other: &Self) -> Self {
        let won = self.won.iter().zip(&other.won);
        let won = won.map(|(own, other)| own.beyond(other));
        Self {
            won: won.collect(),
            saved: Saved(self.saved.0.saturating_sub(other.saved.0)),
        }
    }

    /// Whether nobody gains anything.
    pub fn is_nothing(&self) -> bool {
        self.order() == (0, 0, Saved::default())
    }

    /// Over all requirements: people in thousandths.
    pub fn people(&self) -> u64 {
        self.won.iter().map(|won| won.people.thousandths()).sum()
    }

    /// Over all requirements: land in dm².
    pub fn land(&self) -> u64 {
        self.won
            .iter()
            .map(|won| won.land.square_decimetres())
            .sum()
    }

    /// What is more useful: more people who gain a requirement, then more land, then more
    /// time saved.
    pub fn order(&self) -> (u64, u64, Saved) {
        (self.people(), self.land(), self.saved)
    }

    /// The requirement that most gain, as an index.
    pub fn most(&self) -> Option<usize> {
        let won = self.won.iter().enumerate();
        let best = won.max_by_key(|(number, won)| (won.people, won.land, usize::MAX - number));
        best.filter(|(_, won)| won.samples > 0)
            .map(|(number, _)| number)
    }
}
