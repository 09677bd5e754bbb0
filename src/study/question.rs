//! What the settings and the pack ask, in the terms of the machinery.

use super::{Settings, StudyError};
use crate::places::{Catalog, CategoryId, Facility, FacilitySet};
use crate::profile::{Walker, Walkers};
use crate::standard::{Requirement, Standard};
use crate::units::{Length, Limit};

/// The walker where neither the command nor the pack names one.
const DEFAULT_WALKER: &str = "adult";

/// Categories that are asked for together, and the facilities that offer one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedSet {
    /// The categories.
    pub categories: Vec<CategoryId>,
    /// Their keys, joined by `+`.
    pub key: String,
    /// The facilities.
    pub facilities: FacilitySet,
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
    let mut standard = Standard::builtin(&settings.standard, catalog)?;
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

pub(super) fn limits_of(standard: &Standard, walkers: &[Walker], walker: &Walker) -> Vec<Limit> {
    standard
        .requirements
        .iter()
        .filter(|requirement| walkers[walker_of(requirement, walkers)].key == walker.key)
        .map(|requirement| requirement.limit)
        .collect()
}

pub(super) fn asked_sets(
    standard: &Standard,
    catalog: &Catalog,
    facilities: &[Facility],
) -> Vec<AskedSet> {
    let mut sets: Vec<AskedSet> = Vec::new();
    for requirement in &standard.requirements {
        if sets
            .iter()
            .all(|set| set.categories != requirement.categories)
        {
            let keys: Vec<&str> = requirement
                .categories
                .iter()
                .map(|&category| &*catalog.category(category).key)
                .collect();
            sets.push(AskedSet {
                categories: requirement.categories.clone(),
                key: keys.join("+"),
                facilities: catalog.facility_set(&requirement.categories, facilities),
            });
        }
    }
    sets
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
                .position(|set| set.categories == requirement.categories)
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
