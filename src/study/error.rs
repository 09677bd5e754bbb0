//! Why a study could not be made.

use std::path::PathBuf;

use crate::lang::{Explain, Lang};
use crate::osm::OsmError;
use crate::places::PlacesError;
use crate::profile::WalkerError;
use crate::standard::StandardError;

/// An error of any stage, with its place and the remedy.
#[derive(Debug, thiserror::Error)]
pub enum StudyError {
    /// A file that cannot be opened or read.
    #[error("{}", self.explain(Lang::En))]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The extract.
    #[error(transparent)]
    Osm(#[from] OsmError),
    /// A table of places.
    #[error(transparent)]
    Places(#[from] PlacesError),
    /// The standard pack.
    #[error(transparent)]
    Standard(#[from] StandardError),
    /// The walker.
    #[error(transparent)]
    Walker(#[from] WalkerError),
}

impl Explain for StudyError {
    fn explain(&self, lang: Lang) -> String {
        match self {
            Self::Unreadable { path, source } => match lang {
                Lang::Zh => format!(
                    "{}：无法读取（{source}）；请检查文件名和权限",
                    path.display()
                ),
                Lang::En => format!(
                    "{}: cannot be read ({source}); check its name and your permission to read it",
                    path.display()
                ),
            },
            Self::Osm(error) => error.explain(lang),
            Self::Places(error) => error.explain(lang),
            Self::Standard(error) => error.explain(lang),
            Self::Walker(error) => error.explain(lang),
        }
    }
}
