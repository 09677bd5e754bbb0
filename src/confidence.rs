//! How sure a figure of a table is.

use serde::Deserialize;

/// Whether a published source states a figure or a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// A published source states it.
    Confirmed,
    /// Known from memory or practice; a report says so.
    Unverified,
}

impl Confidence {
    /// Key in files.
    pub fn key(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Unverified => "unverified",
        }
    }
}
