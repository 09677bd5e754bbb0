//! Missing links (打通断头路) and missing gates: each is tried alone, exactly, and ranked by
//! those whom it helps; then the best together, one after the other, each with what it truly
//! adds.

mod candidates;
mod dead_ends;
mod gain;
mod gates;

pub use candidates::{Candidate, Reason};
pub use dead_ends::dead_ends;
pub use gain::{Gain, Saved};

use std::cmp::Reverse;

use rayon::prelude::*;

use super::walks::{lead_in, new_walk};
use super::{Base, Change, Planned, Problem, effects};
use crate::frame::Frame;
use crate::network::{Extension, NewWalk};
use crate::plane::distance_millimetres;
use crate::progress::{Progress, Silent, Stage};
use crate::study::{Standing, Straight, StudyError, Survey, Want};
use gain::Weights;

/// A link that was tried.
#[derive(Clone, Debug)]
pub struct Tried {
    /// Which.
    pub candidate: Candidate,
    /// Its length, in millimetres; none of a gate.
    pub millimetres: u64,
    /// What it changes alone.
    pub gain: Gain,
    /// Its rank among all that change anything, from 1.
    pub rank: usize,
    /// Whether it was shown to change nothing without a search.
    pub pruned: bool,
}

/// A link of the best together.
#[derive(Clone, Debug)]
pub struct Chosen {
    /// Which, as an index into those that were tried.
    pub link: usize,
    /// What it adds to those that were chosen before.
    pub adds: Gain,
}

/// All links that were tried, the best first, and the best together.
#[derive(Clone, Debug)]
pub struct Links {
    /// All that were tried, by rank; then those that change nothing.
    pub tried: Vec<Tried>,
    /// Those chosen together, in their order.
    pub chosen: Vec<Chosen>,
    /// Candidates that join no walk, or stand in no wall, and are none.
    pub apart: Vec<Candidate>,
}

/// The best together are chosen among so many, those that are best alone.
const AMONG: usize = 100;

/// Tries links on a city.
pub struct Trials<'a> {
    base: &'a Base,
    standing: &'a Standing,
    /// The network with nothing added.
    plain: Extension,
    weights: Weights,
    wants: Vec<Want>,
}

impl<'a> Trials<'a> {
    /// Trials on a city as it is, and its study.
    pub fn on(base: &'a Base, standing: &'a Standing) -> Self {
        let weights = Weights::of(&standing.study);
        Self {
            wants: standing.wants(|number| weights.is_timed(number)),
            base,
            plain: Extension::of(standing.survey.city.network.clone()),
            weights,
            standing,
        }
    }

    /// Tries every candidate alone, then chooses the best `together`.
    ///
    /// # Errors
    /// As of [`Standing::changed`].
    pub fn run(
        &self,
        candidates: &[Candidate],
        together: usize,
        progress: &dyn Progress,
    ) -> Result<Links, StudyError> {
        progress.begin(Stage::Links, candidates.len() as u64);
        let found: Vec<Result<Option<Tried>, StudyError>> = candidates
            .par_iter()
            .map(|candidate| {
                let found = self.alone(candidate);
                progress.advance(1);
                found
            })
            .collect();
        progress.end();
        let (mut tried, mut apart) = (Vec::new(), Vec::new());
        for (found, candidate) in found.into_iter().zip(candidates) {
            match found? {
                Some(found) => tried.push(found),
                None => apart.push(candidate.clone()),
            }
        }
        tried.sort_by(|one, other| {
            let order = |tried: &Tried| {
                let candidate = &tried.candidate;
                (
                    Reverse(tried.gain.order()),
                    tried.millimetres,
                    candidate.reason,
                    candidate.origin,
                )
            };
            order(one)
                .cmp(&order(other))
                .then_with(|| one.candidate.line.cmp(&other.candidate.line))
        });
        for (rank, tried) in (1..).zip(&mut tried) {
            tried.rank = rank;
        }
        let chosen = self.together(&tried, together, progress)?;
        Ok(Links {
            tried,
            chosen,
            apart,
        })
    }

    /// One after the other, each time the link that adds most to those before it; among
    /// those that change anything alone. Ends where none adds anything.
    fn together(
        &self,
        tried: &[Tried],
        most: usize,
        progress: &dyn Progress,
    ) -> Result<Vec<Chosen>, StudyError> {
        let useful: Vec<usize> = (0..tried.len())
            .filter(|&at| !tried[at].gain.is_nothing())
            .take(AMONG)
            .collect();
        let rounds = most.min(useful.len());
        progress.begin(Stage::Links, (rounds * useful.len()) as u64);
        let mut chosen: Vec<Chosen> = Vec::new();
        let mut so_far = Gain::nothing(&self.weights);
        for _ in 0..rounds {
            let before: Vec<&Candidate> = chosen
                .iter()
                .map(|chosen| &tried[chosen.link].candidate)
                .collect();
            let rest = useful
                .par_iter()
                .filter(|&&at| chosen.iter().all(|it| it.link != at));
            let found: Vec<Result<(usize, Gain), StudyError>> = rest
                .map(|&at| {
                    // The first round is what each changes alone.
                    let gain = if before.is_empty() {
                        tried[at].gain.clone()
                    } else {
                        let all: Vec<&Candidate> = before
                            .iter()
                            .copied()
                            .chain([&tried[at].candidate])
                            .collect();
                        self.gain(&all)?.unwrap_or_else(|_| so_far.clone())
                    };
                    progress.advance(1);
                    Ok((at, gain))
                })
                .collect();
            let mut best: Option<(usize, Gain)> = None;
            for found in found {
                let (at, gain) = found?;
                let better = best
                    .as_ref()
                    .is_none_or(|(_, known)| gain.order() > known.order());
                if better {
                    best = Some((at, gain));
                }
            }
            let Some((link, gain)) = best.filter(|(_, gain)| gain.order() > so_far.order()) else {
                break;
            };
            chosen.push(Chosen {
                link,
                adds: gain.beyond(&so_far),
            });
            so_far = gain;
        }
        progress.end();
        Ok(chosen)
    }

    /// What a link changes alone; `None` where it joins no walk, or stands in no wall.
    fn alone(&self, candidate: &Candidate) -> Result<Option<Tried>, StudyError> {
        let pairs = candidate.line.windows(2);
        let millimetres = pairs.map(|pair| distance_millimetres(pair[0], pair[1]));
        let tried = |gain, pruned| Tried {
            candidate: candidate.clone(),
            millimetres: millimetres.sum(),
            gain,
            rank: 0,
            pruned,
        };
        if self.is_useless(candidate) {
            return Ok(Some(tried(Gain::nothing(&self.weights), true)));
        }
        let gain = self.gain(&[candidate])?;
        Ok(gain.ok().map(|gain| tried(gain, false)))
    }

    /// What some links change together.
    fn gain(&self, candidates: &[&Candidate]) -> Result<Result<Gain, Vec<Problem>>, StudyError> {
        let planned = (1..).zip(candidates).map(|(line, candidate)| Planned {
            line,
            change: candidate.change(),
        });
        let planned: Vec<Planned> = planned.collect();
        let survey: Survey = match self.base.with(&planned, Frame::Wgs84)? {
            Ok(survey) => survey,
            Err(problems) => return Ok(Err(problems)),
        };
        if let Some(moved) = self.standing.moved(&survey) {
            return Ok(Ok(Gain::of_moved(&self.weights, self.standing, &moved)));
        }
        let study = self.standing.changed(survey, &Silent)?;
        let effects = effects(&self.standing.study, &study);
        let gain = Gain::of_effects(&self.weights, self.standing, &study, &effects);
        Ok(Ok(gain))
    }

    /// Whether a walk changes nothing, as can be told without a search.
    fn is_useless(&self, candidate: &Candidate) -> bool {
        let Change::AddWalk(planned) = candidate.change() else {
            return false;
        };
        let city = &self.base.survey.city;
        let (known, line) = (self.base.public(), &candidate.line);
        let new = new_walk(&planned, -1, line, known, &self.plain, &city.obstacles);
        new.is_ok_and(|new| self.changes_nothing(&new))
    }

    /// Whether a link changes nothing, as can be told without a search: of one that joins two
    /// walks with its ends alone, and leads into no site.
    fn changes_nothing(&self, new: &NewWalk) -> bool {
        let (&[from, to], &[(0, one), (1, other)]) = (&*new.shape, &*new.joins) else {
            return false;
        };
        let walk = Straight {
            ends: [from, to],
            joins: [one, other],
            class: new.class,
        };
        let facilities = &self.standing.survey.city.facilities;
        lead_in(&[[from, to]], facilities).is_empty()
            && self.standing.is_useless(&walk, &self.wants)
    }
}
