//! A study with all that it takes to follow what a plan changes from where it begins,
//! instead of searching from everywhere again.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::answer::{Answer, Evidence};
use super::follow::{Followed, Footed};
use super::footing::Ground;
use super::question::{Question, asked_of, asked_sets, questions, widest};
use super::walked::Walked;
use super::{AskedSet, Found, Inquiry, Study, StudyError, Survey, composite, gates, provided};
use crate::measure::{Beelines, straight_mended, straight_within};
use crate::places::{Facility, FacilitySet, Shape};
use crate::progress::Progress;
use crate::reach::Moved;
use crate::units::{CostKind, Length};

/// A city as it is, its study, and what is known of all ways in it.
pub struct Standing {
    /// The city.
    pub survey: Survey,
    /// What is asked.
    pub inquiry: Inquiry,
    /// The study of it.
    pub study: Study,
    pub(super) footed: Vec<Footed>,
    straight: Vec<Beelines>,
}

/// What is other in a city than it was, in the terms of the machinery.
pub(super) struct Turn<'a> {
    pub before: &'a Survey,
    pub now: &'a Survey,
    /// For every facility its number now; none where it is no more, or another at all.
    pub numbers: Arc<Vec<Option<u32>>>,
    /// Facilities that are new, or another at all, by their numbers now.
    pub renewed: Vec<u32>,
    pub sets: Vec<AskedSet>,
    pub dense: Vec<FacilitySet>,
    /// Compounds that are left through gates that are new, or were closed, ascending.
    pub opened: Vec<usize>,
}

impl Standing {
    /// Studies a city, and keeps what is known of it.
    ///
    /// # Errors
    /// As of [`Study::of`].
    pub fn of(
        survey: Survey,
        inquiry: Inquiry,
        progress: &dyn Progress,
    ) -> Result<Self, StudyError> {
        let Inquiry {
            settings,
            catalog,
            standard,
            walkers,
        } = &inquiry;
        let sets = asked_sets(standard, settings, catalog, &survey.city.facilities);
        let dense: Vec<FacilitySet> = sets.iter().map(|set| set.facilities.clone()).collect();
        let ground = Ground::of(&survey, &dense, settings.link_limit);
        let questions = questions(standard, walkers, &sets);
        let asked = asked_of(&questions, walkers);
        let footed: Vec<(Footed, Walked)> = asked
            .iter()
            .map(|(walker, asked)| Footed::of(&ground, walker, asked, progress))
            .collect();
        let (footed, walked): (Vec<Footed>, Vec<Walked>) = footed.into_iter().unzip();
        let widest = widest(&questions, &sets);
        let straight = straight_within(&survey.samples, ground.facilities, &dense, &widest);
        let study = Study::settled(survey.clone(), &inquiry, sets, walked, &straight, progress)?;
        Ok(Self {
            survey,
            inquiry,
            study,
            footed,
            straight,
        })
    }

    /// The study of the city as a plan makes it: as of [`Study::of`] in every figure, and
    /// sooner there where the plan adds walks and changes facilities.
    ///
    /// # Errors
    /// As of [`Study::of`].
    pub fn changed(&self, survey: Survey, progress: &dyn Progress) -> Result<Study, StudyError> {
        let Some(turn) = self.turn(&survey) else {
            return Study::of(survey, &self.inquiry, progress);
        };
        let footed = self.footed.iter().zip(&self.study.walked);
        let followed: Option<Vec<Followed>> = footed
            .zip(&self.inquiry.walkers)
            .map(|((footed, walked), walker)| footed.follow(&turn, walked, walker))
            .collect();
        match followed {
            Some(followed) => Ok(self.told(&turn, followed)),
            None => Study::of(survey, &self.inquiry, progress),
        }
    }

    /// What a plan moves, requirement by requirement of the city as it is, without making a
    /// study of it: the samples from where the nearest is another, with what it is. `None`
    /// where everything is to be searched again.
    pub fn moved(&self, survey: &Survey) -> Option<Vec<Moved>> {
        let turn = self.turn(survey)?;
        let Inquiry {
            standard, walkers, ..
        } = &self.inquiry;
        let asked = questions(standard, walkers, &turn.sets);
        let kinds: Vec<CostKind> = asked.iter().map(|it| it.limit.kind()).collect();
        let footed = self.footed.iter().zip(&self.study.walked);
        let moved: Option<Vec<_>> = footed
            .map(|(footed, walked)| footed.moved(&turn, walked, &kinds))
            .collect();
        let moved = moved?;
        let of = |question: &Question| {
            let kind = usize::from(question.limit.kind() == CostKind::Time);
            let found = moved[question.walker][kind][question.set].clone();
            found.unwrap_or_default()
        };
        Some(asked.iter().map(of).collect())
    }

    /// What is other; `None` where everything is to be searched again: where homes, gates on
    /// walks or closed walks are other, or a gate lets in fewer than it did.
    pub(super) fn turn<'a>(&'a self, now: &'a Survey) -> Option<Turn<'a>> {
        let before = &self.survey;
        let homes = Arc::ptr_eq(&before.samples, &now.samples)
            && Arc::ptr_eq(&before.city.blocks, &now.city.blocks)
            && Arc::ptr_eq(&before.zonings, &now.zonings);
        let network = match &now.city.grown {
            None => Arc::ptr_eq(&before.city.network, &now.city.network),
            Some(grown) => Arc::ptr_eq(grown.extension.before(), &before.city.network),
        };
        let settings = &self.inquiry.settings;
        let more = settings.gates_open || settings.sensitivity || before.parcels.is_some();
        if !homes || !network || before.city.grown.is_some() || more {
            return None;
        }
        let obstacles = &now.city.obstacles;
        let opened = obstacles.opened_since(&before.city.obstacles)?;
        let opened = obstacles.compounds().left_through(&opened);
        let (numbers, renewed) = numbered(before, now);
        let facilities = &now.city.facilities;
        let sets = if Arc::ptr_eq(&before.city.facilities, facilities) {
            self.study.sets.clone()
        } else {
            let Inquiry {
                standard, catalog, ..
            } = &self.inquiry;
            asked_sets(standard, settings, catalog, facilities)
        };
        let dense = sets.iter().map(|set| set.facilities.clone()).collect();
        Some(Turn {
            before,
            now,
            numbers: Arc::new(numbers),
            renewed,
            sets,
            dense,
            opened,
        })
    }

    /// The study of what was followed.
    fn told(&self, turn: &Turn, followed: Vec<Followed>) -> Study {
        let Inquiry {
            settings,
            catalog,
            standard,
            walkers,
        } = &self.inquiry;
        let base = &self.study;
        let survey = turn.now;
        let questions = questions(standard, walkers, &turn.sets);
        let (straight, others) = self.straight(turn, &widest(&questions, &turn.sets));
        let (walked, touched): (Vec<Walked>, Vec<_>) = followed
            .into_iter()
            .map(|followed| (followed.walked, followed.touched))
            .unzip();
        let evidence = Evidence {
            walked: &walked,
            straight: &straight,
            samples: &survey.samples,
            zonings: &survey.zonings,
        };
        let answers = questions.iter().zip(&base.answers).map(|(question, was)| {
            let Question {
                set, walker, limit, ..
            } = *question;
            let mut samples: Vec<u32> = others[set].clone();
            samples.extend_from_slice(touched[walker].of(set, limit.kind()));
            samples.sort_unstable();
            samples.dedup();
            was.mended(question, &evidence, &samples)
        });
        let answers: Vec<Answer> = answers.collect();
        let (samples, zonings) = (&survey.samples, &survey.zonings);
        let composites = composite::composites(standard, &answers, &turn.sets, samples, zonings);
        let (facilities_of_zones, provided) =
            if Arc::ptr_eq(&turn.before.city.facilities, &survey.city.facilities) {
                (base.facilities_of_zones.clone(), base.provided.clone())
            } else {
                provided::Zoned::new(standard, catalog, &survey.city.facilities)
                    .provided(zonings, &survey.zones)
            };
        let mut study = Study {
            settings: settings.clone(),
            standard: standard.clone(),
            catalog_sha256: base.catalog_sha256.clone(),
            catalog: catalog.clone(),
            plan: survey.plan.clone(),
            files: survey.files.clone(),
            inputs: survey.inputs.clone(),
            osm_timestamp: survey.city.osm_timestamp,
            network: survey.city.network.clone(),
            census: survey.city.census.clone(),
            water: survey.city.water.clone(),
            compounds: survey.city.obstacles.clone().into_compounds(),
            blocks: survey.city.blocks.clone(),
            facilities: survey.city.facilities.clone(),
            merged: survey.merged.clone(),
            left_out: survey.left_out.clone(),
            whole: base.whole,
            samples: survey.samples.clone(),
            people_from: survey.people_from,
            zonings: survey.zonings.clone(),
            zones: survey.zones.clone(),
            scenery: survey.city.scenery.clone(),
            sets: turn.sets.clone(),
            walked,
            answers,
            opened: None,
            sensitivity: Vec::new(),
            parcels: None,
            gates: if turn.opened.is_empty() {
                base.gates.clone()
            } else {
                gates::of_blocks(&survey.city.blocks, survey.city.obstacles.compounds())
            },
            composites,
            facilities_of_zones,
            provided,
            border_metres: base.border_metres.clone(),
            notices: survey.notices.clone(),
            found: Found::default(),
        };
        study.note();
        study
    }

    /// Straight distances, set by set, and the samples for which they are others.
    fn straight(&self, turn: &Turn, widest: &[Length]) -> (Vec<Beelines>, Vec<Vec<u32>>) {
        let before = &turn.before.city.facilities;
        let sets = self.study.sets.iter().zip(&turn.dense).enumerate();
        let found = sets.map(|(number, (was, is))| {
            let gone = was.facilities.0.iter();
            let gone = gone.filter(|&&old| turn.numbers[old as usize].is_none());
            let gone: Vec<&Shape> = gone.map(|&old| &before[old as usize].shape).collect();
            let new: Vec<u32> =
                is.0.iter()
                    .copied()
                    .filter(|at| turn.is_renewed(*at))
                    .collect();
            let known = &self.straight[number];
            if gone.is_empty() && new.is_empty() {
                return (known.clone(), Vec::new());
            }
            let facilities = &turn.now.city.facilities;
            let samples = &turn.now.samples;
            straight_mended(
                known,
                samples,
                facilities,
                is,
                widest[number],
                (&gone, &new),
            )
        });
        found.unzip()
    }
}

impl Turn<'_> {
    /// Whether a facility of now is new, or another at all.
    pub fn is_renewed(&self, facility: u32) -> bool {
        self.renewed.binary_search(&facility).is_ok()
    }
}

/// Whether no facility has another number.
pub(super) fn is_plain(numbers: &[Option<u32>]) -> bool {
    (0..).zip(numbers).all(|(own, number)| *number == Some(own))
}

/// The number of every facility of before now, and the facilities of now that are new or
/// others at all.
fn numbered(before: &Survey, now: &Survey) -> (Vec<Option<u32>>, Vec<u32>) {
    let (was, is) = (&before.city.facilities, &now.city.facilities);
    if Arc::ptr_eq(was, is) {
        return ((0..was.len() as u32).map(Some).collect(), Vec::new());
    }
    let none = BTreeMap::new();
    let entered = now
        .city
        .grown
        .as_ref()
        .map_or(&none, |grown| &grown.entered);
    let mut numbers = vec![None; was.len()];
    let mut renewed = Vec::new();
    let mut old = 0;
    for (number, facility) in (0..).zip(is.iter()) {
        while was.get(old).is_some_and(|known| known.id < facility.id) {
            old += 1;
        }
        let known = was.get(old).filter(|known| known.id == facility.id);
        let new = entered.get(&number).copied().unwrap_or(0);
        if known.is_some_and(|known| same(known, facility, new)) {
            numbers[old] = Some(number);
        } else {
            renewed.push(number);
        }
    }
    (numbers, renewed)
}

/// Whether a facility is the same to those who walk to it, but for some last entrances that
/// are new.
fn same(was: &Facility, is: &Facility, new: usize) -> bool {
    was.categories == is.categories
        && was.size == is.size
        && was.shape == is.shape
        && is.entrances.len() == was.entrances.len() + new
        && is.entrances.starts_with(&was.entrances)
}
