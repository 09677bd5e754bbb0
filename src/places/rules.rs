//! Rules of the catalog: what tags and names must be for a category.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::osm::TagSet;

/// Stands for any value of a key.
pub(super) const ANY: &str = "*";

/// Values that a key may have, or [`ANY`].
type Values = BTreeMap<String, Vec<String>>;

/// One rule of a category.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rule {
    /// Alternatives, of each of which every key must have one of its values.
    #[serde(rename = "where")]
    alternatives: Vec<Values>,
    /// Keys that must have none of their values.
    #[serde(default)]
    not: Values,
    /// Parts of which one must stand in a name; any name, or none, if empty.
    #[serde(default)]
    name: Vec<String>,
    /// Parts that stand in no name.
    #[serde(default)]
    name_not: Vec<String>,
    /// Levels of education of which one must be stated; any, or none, if empty.
    #[serde(default)]
    level: Vec<u8>,
    /// Whether it holds only where no level of education is stated.
    #[serde(default)]
    level_unstated: bool,
}

impl Rule {
    /// Whether a site with these tags, and these names as they are compared, obeys.
    pub(super) fn holds(&self, tags: &dyn TagSet, names: &[String]) -> bool {
        let said = |parts: &[String]| {
            parts
                .iter()
                .any(|part| names.iter().any(|name| name.contains(part)))
        };
        self.alternatives
            .iter()
            .any(|all| all.iter().all(|(key, values)| is_one(tags, key, values)))
            && !self
                .not
                .iter()
                .any(|(key, values)| is_one(tags, key, values))
            && (self.name.is_empty() || said(&self.name))
            && !said(&self.name_not)
            && self.suits_levels(tags)
    }

    fn suits_levels(&self, tags: &dyn TagSet) -> bool {
        if self.level.is_empty() && !self.level_unstated {
            return true;
        }
        let stated = levels(tags.value("isced:level").unwrap_or_default());
        if self.level_unstated {
            return stated.is_empty();
        }
        self.level.iter().any(|level| stated.contains(level))
    }

    /// Of each alternative one key with the values it may have: nothing obeys that has
    /// none of them.
    pub(super) fn leads(&self) -> impl Iterator<Item = (&String, &Vec<String>)> {
        self.alternatives
            .iter()
            .filter_map(BTreeMap::first_key_value)
    }

    /// Tags that suffice, whatever the name.
    pub(super) fn tags(&self) -> impl Iterator<Item = (&String, &String)> {
        let unnamed = self.name.is_empty().then_some(&self.alternatives);
        let wanted = unnamed.into_iter().flatten().flatten();
        wanted.flat_map(|(key, values)| values.iter().map(move |value| (key, value)))
    }

    /// Whether each alternative asks for something, the parts of names are written
    /// as they are compared, and levels are not both asked for and refused.
    pub(super) fn is_sound(&self) -> bool {
        !self.alternatives.is_empty()
            && self.alternatives.iter().all(|all| !all.is_empty())
            && (self.level.is_empty() || !self.level_unstated)
            && self
                .name
                .iter()
                .chain(&self.name_not)
                .all(|part| !part.trim().is_empty() && written(part) == *part)
    }
}

/// The levels of education that a value of `isced:level` states: numbers and
/// ranges (`1-3`), several between `;` or `,`. What is neither states none.
fn levels(value: &str) -> BTreeSet<u8> {
    let number = |text: &str| -> Option<u8> {
        let level = text.trim().parse().ok()?;
        (level <= 8).then_some(level)
    };
    let mut levels = BTreeSet::new();
    for part in value.split([';', ',']) {
        let (from, to) = part.split_once(['-', '–']).unwrap_or((part, part));
        if let (Some(from), Some(to)) = (number(from), number(to)) {
            levels.extend(from..=to);
        }
    }
    levels
}

/// Whether the key has one of these values; of a list with `;` one part is enough.
fn is_one(tags: &dyn TagSet, key: &str, values: &[String]) -> bool {
    tags.value(key).is_some_and(|value| {
        values
            .iter()
            .any(|known| known == ANY || value.split(';').any(|part| part.trim() == known))
    })
}

/// Whether a key holds a name.
pub(super) fn is_name(key: &str) -> bool {
    let first = key.split(':').next().unwrap_or_default();
    matches!(first, "name" | "official_name" | "alt_name" | "short_name")
}

/// A name, or a part of one, as names are compared: in lower case, without full
/// stops (`I.E.S.`), with one kind of apostrophe.
fn written(name: &str) -> String {
    name.to_lowercase().replace('.', "").replace('’', "'")
}

/// All names of a site as they are compared, each between blanks: `name`,
/// `name:zh` and the like, official, alternative and short ones.
pub(super) fn names(tags: &dyn TagSet) -> Vec<String> {
    let mut names = Vec::new();
    tags.each(&mut |key, value| {
        if is_name(key) {
            names.push(format!(" {} ", written(value)));
        }
    });
    names
}

/// Whether an object is marked as a whole as gone or not there yet (`disused=yes`).
pub(super) fn is_marked_off(tags: &dyn TagSet, prefixes: &[String]) -> bool {
    prefixes.iter().any(|prefix| tags.has(prefix, "yes"))
}

/// Whether all that says what a site is stands behind such a prefix
/// (`disused:amenity=school`).
pub(super) fn is_only_prefixed(
    tags: &dyn TagSet,
    prefixes: &[String],
    service_keys: &[String],
) -> bool {
    let known = |words: &[String], word: &str| words.iter().any(|known| known == word);
    let (mut now, mut other) = (false, false);
    tags.each(&mut |key, _| {
        now |= known(service_keys, key);
        if let Some((prefix, rest)) = key.split_once(':') {
            other |= known(prefixes, prefix) && known(service_keys, rest);
        }
    });
    other && !now
}
