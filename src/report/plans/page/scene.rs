//! What the map of scenarios shows: patches, and how each stands now and with every plan.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::lang::Lang;
use crate::measure::State;
use crate::reach::Nearest;
use crate::report::palette::{self, Paint, turn};
use crate::report::plans::gains;
use crate::report::sheet::{Detail, Paper, Patch, Sheet};
use crate::scenario::Comparison;
use crate::standard::Denominator;
use crate::study::Study;
use crate::units::CostKind;

/// What a plan makes of a patch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Turn {
    /// A better state.
    Better,
    /// The same state, and the nearest facility is nearer.
    Nearer,
    /// As it was.
    Same,
    /// The same state, and the nearest facility is farther.
    Farther,
    /// A worse state.
    Worse,
    /// Neither now nor with the plan is there any facility.
    NoData,
}

impl Turn {
    /// All, in the order of a legend.
    pub const ALL: [Self; 6] = [
        Self::Better,
        Self::Nearer,
        Self::Same,
        Self::Farther,
        Self::Worse,
        Self::NoData,
    ];

    /// Its class in the drawing.
    pub fn key(self) -> &'static str {
        match self {
            Self::Better => "better",
            Self::Nearer => "nearer",
            Self::Same => "same",
            Self::Farther => "farther",
            Self::Worse => "worse",
            Self::NoData => "none",
        }
    }

    /// In words.
    pub fn text(self, lang: Lang) -> &'static str {
        match self {
            Self::Better => lang.pick("状态好转", "better state"),
            Self::Nearer => lang.pick("状态不变，更近", "same state, nearer"),
            Self::Same => lang.pick("不变", "unchanged"),
            Self::Farther => lang.pick("状态不变，更远", "same state, farther"),
            Self::Worse => lang.pick("状态变差", "worse state"),
            Self::NoData => lang.pick("无数据", "no data"),
        }
    }

    /// How it is painted.
    pub fn paint(self) -> Paint {
        match self {
            Self::Better => turn::BETTER,
            Self::Nearer => turn::NEARER,
            Self::Same => turn::SAME,
            Self::Farther => turn::FARTHER,
            Self::Worse => turn::WORSE,
            Self::NoData => palette::of_state(State::NoData),
        }
    }
}

/// A patch with a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Turned {
    pub turn: Turn,
    pub is: State,
}

/// The way from every patch to the nearest facility: the lower median over its samples.
#[derive(Clone, Debug)]
pub(super) struct Ways {
    pub length: Vec<Option<Nearest>>,
    pub time: Vec<Option<Nearest>>,
}

impl Ways {
    fn of(&self, kind: CostKind) -> &[Option<Nearest>] {
        match kind {
            CostKind::Length => &self.length,
            CostKind::Time => &self.time,
        }
    }
}

/// Everything that is painted.
pub(super) struct Scene<'a> {
    pub comparison: &'a Comparison,
    /// People, else land.
    pub of: Denominator,
    pub sheet: Sheet,
    /// The city as it is, then the plans.
    pub studies: Vec<&'a Study>,
    /// Samples of every patch, study by study.
    samples: Vec<Vec<Vec<usize>>>,
    /// A requirement for every set of categories that a walker reaches, by its number.
    pub searches: Vec<usize>,
    /// The search of every requirement.
    pub search_of: Vec<usize>,
    /// Study by study, search by search.
    pub ways: Vec<Vec<Ways>>,
}

impl<'a> Scene<'a> {
    /// The scene at one step of detail; `None` where there are no blocks.
    pub fn of(comparison: &'a Comparison, detail: Detail) -> Option<Self> {
        let tried = comparison.tried.iter().map(|tried| &tried.study);
        let studies: Vec<&Study> = std::iter::once(&comparison.base).chain(tried).collect();
        let base = studies[0];
        let sheet = Sheet::on(paper(&studies)?, base, detail);
        let samples = studies
            .iter()
            .map(|study| {
                let twins = twins(base, study);
                let own = |patch: &Patch| {
                    let own = patch.samples.iter();
                    own.filter_map(|&at| twins[at as usize]).collect()
                };
                sheet.patches.iter().map(own).collect()
            })
            .collect();
        let (searches, search_of) = searches(base);
        let mut scene = Self {
            comparison,
            of: gains::counted(base).unwrap_or(Denominator::Land),
            sheet,
            studies,
            samples,
            searches,
            search_of,
            ways: Vec::new(),
        };
        scene.ways = (0..scene.studies.len())
            .map(|study| {
                let searches = scene.searches.par_iter();
                searches
                    .map(|&number| scene.walked(study, number))
                    .collect()
            })
            .collect();
        Some(scene)
    }

    /// The plan and the requirement that are shown first.
    pub fn first(&self) -> [usize; 2] {
        let tried = self.comparison.tried.first();
        let number = tried.map(|tried| gains::first(self.comparison, tried, self.of));
        [0, number.unwrap_or_default()]
    }

    fn walked(&self, study: usize, number: usize) -> Ways {
        let own = &self.samples[study];
        let study = self.studies[study];
        let answer = &study.answers[number];
        let medians = |kind| {
            let reached = study.walked[answer.walker].reached(kind);
            let median = |own: &Vec<usize>| {
                let own = own.iter().copied();
                reached.spread_over(answer.set, &study.samples, own).median
            };
            own.iter().map(median).collect()
        };
        Ways {
            length: medians(CostKind::Length),
            time: medians(CostKind::Time),
        }
    }

    /// The states of all patches in a study, by the basis of a requirement.
    pub fn states(&self, study: usize, number: usize) -> Vec<State> {
        let basis = self.studies[0].standard.requirements[number].basis;
        let own = self.samples[study].iter();
        own.map(|own| self.studies[study].state_over(number, basis, own.iter().copied()))
            .collect()
    }

    /// What a plan makes of all patches, for a requirement.
    pub fn turns(&self, plan: usize, number: usize) -> Vec<Turned> {
        let kind = self.studies[0].answers[number].limit.kind();
        let [was, is] = [0, plan + 1].map(|study| {
            let ways = &self.ways[study][self.search_of[number]];
            let states = self.states(study, number);
            states.into_iter().zip(ways.of(kind)).collect::<Vec<_>>()
        });
        let both = was.into_iter().zip(is);
        both.map(|((was, from), (is, to))| Turned {
            turn: turn_of([was, is], [from, to].map(|way| way.map(|it| it.cost))),
            is,
        })
        .collect()
    }

    /// How much of what is counted a patch holds with a plan, in m² or people.
    pub fn amount(&self, study: usize, patch: usize) -> f64 {
        let all = self.studies[study].samples.all();
        let own = self.samples[study][patch].iter().map(|&at| &all[at]);
        crate::measure::Sums::of(own).amount(self.of)
    }

    /// Patches of every turn, and how much they hold with the plan.
    pub fn counts(&self, plan: usize, turns: &[Turned]) -> [(usize, f64); 6] {
        Turn::ALL.map(|wanted| {
            let own = turns.iter().enumerate();
            let own = own.filter(|(_, it)| it.turn == wanted);
            own.fold((0, 0.0), |(count, sum), (patch, _)| {
                (count + 1, sum + self.amount(plan + 1, patch))
            })
        })
    }
}

fn turn_of([was, is]: [State; 2], [from, to]: [Option<u32>; 2]) -> Turn {
    use std::cmp::Ordering::{Equal, Greater, Less};
    if was == State::NoData && is == State::NoData {
        return Turn::NoData;
    }
    let farther = match (from, to) {
        (Some(from), Some(to)) => to.cmp(&from),
        (None, Some(_)) => Less,
        (Some(_), None) => Greater,
        (None, None) => Equal,
    };
    match (gains::rise(was, is), farther) {
        (Greater, _) => Turn::Better,
        (Less, _) => Turn::Worse,
        (Equal, Less) => Turn::Nearer,
        (Equal, Equal) => Turn::Same,
        (Equal, Greater) => Turn::Farther,
    }
}

/// Paper around all blocks, those that a plan adds too.
fn paper(studies: &[&Study]) -> Option<Paper> {
    let blocks = studies.iter().flat_map(|study| study.blocks.iter());
    Paper::around(blocks.flat_map(|block| {
        let (low, high) = block.shape.bounds();
        [low, high]
    }))
}

/// For every sample of the city as it is the same one of another study: of the block with
/// the same id.
fn twins(base: &Study, study: &Study) -> Vec<Option<usize>> {
    let mut twins = Vec::with_capacity(base.samples.all().len());
    for (number, block) in base.blocks.iter().enumerate() {
        let known = study
            .blocks
            .binary_search_by(|other| other.id.as_str().cmp(&block.id));
        let mut own = known.map_or(0..0, |at| study.samples.of_block(at));
        twins.extend(base.samples.of_block(number).map(|_| own.next()));
    }
    twins
}

/// A requirement for every set and walker, and which of them stands for every requirement.
fn searches(study: &Study) -> (Vec<usize>, Vec<usize>) {
    let mut known: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let mut searches = Vec::new();
    let of = study.answers.iter().enumerate().map(|(number, answer)| {
        *known.entry((answer.set, answer.walker)).or_insert_with(|| {
            searches.push(number);
            searches.len() - 1
        })
    });
    let of = of.collect();
    (searches, of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_patch_turns_by_its_state_first_and_by_its_way_else() {
        use State::{Covered, NoData, Partly, Uncovered, Unlinked};
        for (states, ways, turn) in [
            ([Uncovered, Partly], [Some(9), Some(9)], Turn::Better),
            // What is farther by the median may be covered by more samples all the same.
            ([Partly, Covered], [Some(5), Some(6)], Turn::Better),
            ([Covered, Uncovered], [Some(5), None], Turn::Worse),
            ([Unlinked, Uncovered], [None, Some(99)], Turn::Better),
            ([Partly, Partly], [Some(9), Some(8)], Turn::Nearer),
            ([Covered, Covered], [Some(8), Some(9)], Turn::Farther),
            ([Covered, Covered], [Some(8), Some(8)], Turn::Same),
            ([NoData, NoData], [None, None], Turn::NoData),
            // The first facility of a kind: those who are far from it gain a way, no state.
            ([NoData, Uncovered], [None, Some(99)], Turn::Nearer),
            ([NoData, Unlinked], [None, None], Turn::Same),
            ([NoData, Covered], [None, Some(1)], Turn::Better),
            ([Partly, NoData], [Some(1), None], Turn::Worse),
            ([Uncovered, NoData], [Some(99), None], Turn::Farther),
        ] {
            assert_eq!(turn_of(states, ways), turn, "{states:?} {ways:?}");
        }
    }
}
