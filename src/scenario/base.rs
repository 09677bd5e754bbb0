//! The city on which scenarios are tried.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use super::gates::Walls;
use super::work::Work;
use super::{Planned, Problem, Scenario, ScenarioError};
use crate::frame::Frame;
use crate::network::Nearby;
use crate::profile::AccessRules;
use crate::progress::Progress;
use crate::study::{Files, Inquiry, Materials, Settings, StudyError, Survey};

/// A city as it is, and what is asked of it.
#[derive(Clone, Debug)]
pub struct Base {
    /// The city.
    pub survey: Survey,
    /// What is asked.
    pub inquiry: Inquiry,
    /// What was read, where a scenario changes more than the network that was made of it.
    pub(super) materials: Option<Materials>,
    /// What is found of them, and of the city, once it is asked for.
    found: Arc<Found>,
}

#[derive(Debug, Default)]
struct Found {
    public: OnceLock<Nearby>,
    walls: OnceLock<Walls>,
}

impl Base {
    /// Reads a city for scenarios. Gates, and ways by their numbers, can be changed where what
    /// was read is `kept`.
    ///
    /// # Errors
    /// The first error of any reader.
    pub fn read(
        files: &Files,
        settings: &Settings,
        kept: bool,
        progress: &dyn Progress,
    ) -> Result<Self, StudyError> {
        let inquiry = Inquiry::new(settings)?;
        let materials = Materials::read(files, settings, &inquiry.catalog, progress)?;
        Self::of(materials, inquiry, kept)
    }

    /// A city for scenarios of what was read.
    ///
    /// # Errors
    /// As of [`Survey::of`].
    pub fn of(materials: Materials, inquiry: Inquiry, kept: bool) -> Result<Self, StudyError> {
        let kept = kept.then(|| materials.clone());
        Ok(Self {
            survey: Survey::of(materials, &inquiry.settings)?,
            inquiry,
            materials: kept,
            found: Arc::default(),
        })
    }

    /// The public walks of the city as it is.
    pub(super) fn public(&self) -> &Nearby {
        let network = &self.survey.city.network;
        let found = &self.found.public;
        found.get_or_init(|| Nearby::of_public(network))
    }

    /// The walls of the city as it is.
    pub(super) fn walls(&self, materials: &Materials, rules: &AccessRules) -> &Walls {
        let known = self.survey.city.obstacles.gates();
        let found = &self.found.walls;
        found.get_or_init(|| Walls::of(&materials.extract, rules, known))
    }

    /// The city as a scenario makes it.
    ///
    /// # Errors
    /// Everything that is wrong with the scenario; then nothing of it is carried out.
    pub fn changed(&self, scenario: &Scenario) -> Result<Survey, ScenarioError> {
        let made = self.with(&scenario.changes, scenario.frame)?;
        let mut survey = made.map_err(|mut problems| {
            problems.sort_by_key(|problem| problem.line);
            ScenarioError::Bad(vec![(scenario.path.clone(), problems)])
        })?;
        // Without a change it is the city as it is, in every file.
        if let Some(plan) = scenario.plan() {
            survey.plan = Some(Arc::new(plan));
            survey.inputs.push(scenario.input.clone());
        }
        Ok(survey)
    }

    /// The city with some changes, or what is wrong with them.
    pub(super) fn with(
        &self,
        changes: &[Planned],
        frame: Frame,
    ) -> Result<Result<Survey, Vec<Problem>>, StudyError> {
        let mut work = Work::on(self, changes, frame);
        work.gates()?;
        work.facilities();
        work.homes();
        work.walks();
        Ok(if work.problems.is_empty() {
            Ok(work.survey)
        } else {
            Err(work.problems)
        })
    }

    /// The city as each of several scenarios makes it.
    ///
    /// # Errors
    /// Everything that is wrong with any of them.
    pub fn all_changed(&self, scenarios: &[Scenario]) -> Result<Vec<Survey>, ScenarioError> {
        let mut surveys = Vec::new();
        let mut bad: Vec<(PathBuf, Vec<Problem>)> = Vec::new();
        for scenario in scenarios {
            match self.changed(scenario) {
                Ok(survey) => surveys.push(survey),
                Err(ScenarioError::Bad(problems)) => bad.extend(problems),
                Err(other) => return Err(other),
            }
        }
        if bad.is_empty() {
            Ok(surveys)
        } else {
            Err(ScenarioError::Bad(bad))
        }
    }
}
