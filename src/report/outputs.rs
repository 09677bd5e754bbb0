//! Which files a run writes, and what may keep it from them.

use std::borrow::Cow;

use super::{CARD, Format, WriteError};
use crate::lang::{Explain, Lang};

/// What is asked of a report beside the tables and maps that are always written.
/// The list of files follows from it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outputs {
    /// The language of names and texts.
    pub lang: Lang,
}

impl Outputs {
    /// What is always written, in a language.
    pub fn plain(lang: Lang) -> Self {
        Self { lang }
    }

    /// The kinds of files, in the order in which they appear.
    pub fn formats(&self) -> Vec<Format> {
        let wanted = |format: &Format| format.wanted(self);
        Format::ALL.into_iter().filter(wanted).collect()
    }

    /// The names of all files that are known before a study is run, the calibre card
    /// last.
    pub fn file_names(&self) -> Vec<&'static str> {
        let formats = self.formats().into_iter();
        formats
            .flat_map(|format| format.file_names().iter().copied())
            .chain([CARD])
            .collect()
    }
}

/// A file of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// Its name.
    pub name: Cow<'static, str>,
    /// What stands in it.
    pub content: Vec<u8>,
}

/// Why a report cannot be written.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.explain(Lang::En))]
pub enum ReportError {
    /// A file or a folder cannot be written.
    Write(#[from] WriteError),
}

impl Explain for ReportError {
    fn explain(&self, lang: Lang) -> String {
        match self {
            Self::Write(error) => error.explain(lang),
        }
    }
}
