//! Who states a figure of a table, and how sure it is.

use serde::Deserialize;

use crate::lang::Lang;

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

/// Who says so, in words. A table of one's own may say it once for both languages.
///
/// ```
/// use living_circle::confidence::Citation;
/// use living_circle::lang::Lang;
///
/// let cited = Citation::new("规划惯例", "planning practice");
/// assert_eq!(cited.text(Lang::En), "planning practice");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "Stated")]
pub struct Citation {
    zh: String,
    en: String,
}

impl Citation {
    /// In both languages.
    pub fn new(zh: &str, en: &str) -> Self {
        let (zh, en) = (zh.to_owned(), en.to_owned());
        Self { zh, en }
    }

    /// In one of the languages.
    pub fn text(&self, lang: Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }
}

/// As it stands in a file.
#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "source is a text, or one in each language: { zh = \"…\", en = \"…\" }"
)]
enum Stated {
    Once(String),
    Twice(Twice),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Twice {
    zh: String,
    en: String,
}

impl From<Stated> for Citation {
    fn from(stated: Stated) -> Self {
        match stated {
            Stated::Once(text) => Self {
                zh: text.clone(),
                en: text,
            },
            Stated::Twice(Twice { zh, en }) => Self { zh, en },
        }
    }
}
