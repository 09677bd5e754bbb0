//! The city on which scenarios are tried.

use std::path::PathBuf;
use std::sync::Arc;

use super::work::Work;
use super::{Change, Problem, Scenario, ScenarioError};
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
}

impl Base {
    /// Reads a city for scenarios.
    ///
    /// # Errors
    /// The first error of any reader.
    pub fn read(
        files: &Files,
        settings: &Settings,
        scenarios: &[Scenario],
        progress: &dyn Progress,
    ) -> Result<Self, StudyError> {
        let inquiry = Inquiry::new(settings)?;
        let materials = Materials::read(files, settings, &inquiry.catalog, progress)?;
        Self::of(materials, inquiry, scenarios)
    }

    /// A city for scenarios of what was read.
    ///
    /// # Errors
    /// As of [`Survey::of`].
    pub fn of(
        materials: Materials,
        inquiry: Inquiry,
        scenarios: &[Scenario],
    ) -> Result<Self, StudyError> {
        let of_extract = |change: &Change| match change {
            Change::AddGate(_) | Change::OpenGate(_) | Change::CloseGate(_) => true,
            Change::CloseWalk(closed) => closed.way.is_some(),
            _ => false,
        };
        let changes = scenarios.iter().flat_map(|scenario| &scenario.changes);
        let kept = changes
            .map(|planned| &planned.change)
            .any(of_extract)
            .then(|| materials.clone());
        Ok(Self {
            survey: Survey::of(materials, &inquiry.settings)?,
            inquiry,
            materials: kept,
        })
    }

    /// The city as a scenario makes it.
    ///
    /// # Errors
    /// Everything that is wrong with the scenario; then nothing of it is carried out.
    pub fn changed(&self, scenario: &Scenario) -> Result<Survey, ScenarioError> {
        let mut work = Work::on(self, scenario);
        work.gates()?;
        work.facilities();
        work.homes();
        work.walks();
        if work.problems.is_empty() {
            // Without a change it is the city as it is, in every file.
            if let Some(plan) = scenario.plan() {
                work.survey.plan = Some(Arc::new(plan));
                work.survey.inputs.push(scenario.input.clone());
            }
            Ok(work.survey)
        } else {
            work.problems.sort_by_key(|problem| problem.line);
            Err(ScenarioError::Bad(vec![(
                scenario.path.clone(),
                work.problems,
            )]))
        }
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
