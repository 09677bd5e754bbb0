//! What was asked of a run, as `run.json` has it: enough to repeat it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Outputs;
use crate::study::{Settings, Study};

/// Everything that was asked of a run, so that it can be repeated.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// The files as they were typed, by what they were read as.
    pub files: BTreeMap<String, Vec<String>>,
    /// The questions and the switches.
    pub settings: Settings,
    /// The files that were written beside those that always are.
    pub outputs: AskedOutputs,
}

/// What was written, beside what always is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "as in `Outputs`")]
pub struct AskedOutputs {
    pub frame: String,
    pub svg: bool,
    pub png: bool,
    pub gpkg: bool,
    pub shapefile: bool,
}

impl Asked {
    pub(super) fn of(study: &Study, outputs: &Outputs) -> Self {
        let files = study.files.typed().into_iter();
        Self {
            files: files
                .map(|(role, typed)| (role.to_owned(), typed))
                .collect(),
            settings: study.settings.clone(),
            outputs: AskedOutputs {
                frame: outputs.frame.to_string(),
                svg: outputs.svg,
                png: outputs.png.is_some(),
                gpkg: outputs.gpkg,
                shapefile: outputs.shapefile,
            },
        }
    }
}
