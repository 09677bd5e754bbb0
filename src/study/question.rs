//! What the settings and the pack ask, in the terms of the machinery.

use super::{Settings, StudyError};
use crate::places::{Catalog, CategoryId, Facility, FacilitySet};
use crate::profile::{Walker, Walkers};
use crate::standard::{Fit, Fitness, Requirement, Standard};
use crate::units::{Length, Limit};

/// The walker where neither the command nor the pack names one.
const DEFAULT_WALKER: &str = "adult";

/// Categories that are asked for together, and the facilities that offer one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedSet {
    /// The categories.
    pub categories: Vec<CategoryId>,
    /// Which of their facilities count.
    pub fit: Fit,
    /// Their keys, joined by `+`, and what is asked of their size.
    pub key: String,
    /// The facilities that count.
    pub facilities: FacilitySet,
    /// Where sizes or classes are asked, how every facility of the categories stands
    /// to them; by facility.
    pub judged: Vec<(u32, Fitness)>,
}

/// What is asked for one requirement, in the terms of the machinery.
pub(super) struct Question {
    pub set: usize,
    pub walker: usize,
    pub limit: Limit,
    /// The straight counterpart of the limit.
    pub straight: Length,
}

pub(super) fn asked(
    settings: &Settings,
    catalog: &Catalog,
) -> Result<(Standard, Vec<Walker>), StudyError> {
    let standards = settings.standards.iter();
    let standards = standards
        .map(|word| Standard::named(word, catalog))
        .collect::<Result<Vec<_>, _>>()?;
    let mut standard = Standard::joined(standards)?;
    if !settings.within.is_empty() {
        standard = standard.with_limits(&settings.within);
    }
    let known = Walkers::builtin();
    let mut walkers = vec![
        known
            .find(settings.walker.as_deref().unwrap_or(DEFAULT_WALKER))?
            .clone(),
    ];
    for requirement in &mut standard.requirements {
        if settings.walker.is_some() {
            requirement.walker.clone_from(&settings.walker);
        }
        if let Some(key) = &requirement.walker {
            let walker = known.find(key)?;
            if !walkers.contains(walker) {
                walkers.push(walker.clone());
            }
        }
    }
    Ok((standard, walkers))
}

pub(super) fn walker_of(requirement: &Requirement, walkers: &[Walker]) -> usize {
    let key = requirement.walker.as_deref();
    walkers
        .iter()
        .position(|walker| Some(&*walker.key) == key)
        .unwrap_or(0)
}

/// Every walker with what is asked of it: sets and limits.
pub(super) fn asked_of<'a>(
    questions: &[Question],
    walkers: &'a [Walker],
) -> Vec<(&'a Walker, Vec<(usize, Limit)>)> {
    let of_walker = |number| {
        let own = questions.iter().filter(move |it| it.walker == number);
        own.map(|it| (it.set, it.limit)).collect()
    };
    let walkers = walkers.iter().enumerate();
    walkers
        .map(|(number, walker)| (walker, of_walker(number)))
        .collect()
}

pub(super) fn asked_sets(
    standard: &Standard,
    settings: &Settings,
    catalog: &Catalog,
    facilities: &[Facility],
) -> Vec<AskedSet> {
    let mut sets: Vec<AskedSet> = Vec::new();
    for requirement in &standard.requirements {
        if !sets.iter().any(|set| set.answers(requirement)) {
            sets.push(AskedSet::of(requirement, settings, catalog, facilities));
        }
    }
    sets
}

impl AskedSet {
    fn of(
        requirement: &Requirement,
        settings: &Settings,
        catalog: &Catalog,
        facilities: &[Facility],
    ) -> Self {
        let (categories, fit) = (&requirement.categories, &requirement.fit);
        let keys: Vec<&str> = categories
            .iter()
            .map(|&category| &*catalog.category(category).key)
            .collect();
        let offered = catalog.facility_set(categories, facilities);
        let judged: Vec<(u32, Fitness)> = offered
            .0
            .iter()
            .map(|&facility| (facility, fit.judge(&facilities[facility as usize].size)))
            .collect();
        let counts = |fitness| match fitness {
            Fitness::Fits => true,
            Fitness::Unknown => !settings.strict_sizes,
            Fitness::TooSmall | Fitness::Other | Fitness::Unclassed => false,
        };
        let counting = judged.iter().filter(|(_, fitness)| counts(*fitness));
        Self {
            categories: categories.clone(),
            fit: fit.clone(),
            key: format!("{}{}", keys.join("+"), fit.suffix()),
            facilities: FacilitySet(counting.map(|(facility, _)| *facility).collect()),
            judged: if fit.is_any() { Vec::new() } else { judged },
        }
    }

    /// Whether the study knows any facility to judge by: one that counts, or one that is
    /// known to be too small or of another tier or class. Without any a hole in the data
    /// would be taken for a hole in the city.
    pub fn has_data(&self) -> bool {
        let known = |fitness| matches!(fitness, Fitness::TooSmall | Fitness::Other);
        !self.facilities.0.is_empty() || self.judged.iter().any(|(_, fitness)| known(*fitness))
    }

    /// How many of the categories' facilities stand in this way to what is asked of
    /// their size; 0 where nothing is.
    pub fn judged(&self, as_: Fitness) -> usize {
        let judged = self.judged.iter();
        judged.filter(|(_, fitness)| *fitness == as_).count()
    }

    /// Whether this is what a requirement asks for.
    fn answers(&self, requirement: &Requirement) -> bool {
        self.categories == requirement.categories && self.fit == requirement.fit
    }
}

pub(super) fn questions(
    standard: &Standard,
    walkers: &[Walker],
    sets: &[AskedSet],
) -> Vec<Question> {
    standard
        .requirements
        .iter()
        .map(|requirement| {
            let walker = walker_of(requirement, walkers);
            let set = sets
                .iter()
                .position(|set| set.answers(requirement))
                .unwrap_or_default();
            let straight = match requirement.limit {
                Limit::Length(length) => length,
                Limit::Time(time) => {
                    let metres = walkers[walker].metres_in(time);
                    Length::from_millimetres((metres * 1_000.0).round() as u64)
                }
            };
            Question {
                set,
                walker,
                limit: requirement.limit,
                straight,
            }
        })
        .collect()
}

/// The widest straight limit that is asked of every set.
pub(super) fn widest(questions: &[Question], sets: &[AskedSet]) -> Vec<Length> {
    let mut widest = vec![Length::ZERO; sets.len()];
    for question in questions {
        widest[question.set] = widest[question.set].max(question.straight);
    }
    widest
}
