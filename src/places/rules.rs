//! Rules of the catalog: what tags and names must be for a category.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::osm::TagSet;

/// Values that a key may have; `*` stands for any.
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
}

impl Rule {
    /// Whether a site with these tags and these names, in lower case, obeys.
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
    }

    /// The keys of all alternatives.
    pub(super) fn keys(&self) -> impl Iterator<Item = &String> {
        self.alternatives.iter().flat_map(BTreeMap::keys)
    }

    /// Whether each alternative asks for something and the parts of names are
    /// written as they are compared.
    pub(super) fn is_sound(&self) -> bool {
        !self.alternatives.is_empty()
            && self.alternatives.iter().all(|all| !all.is_empty())
            && self
                .name
                .iter()
                .chain(&self.name_not)
                .all(|part| !part.is_empty() && part.to_lowercase() == *part)
    }
}

/// Whether the key has one of these values; of a list with `;` one part is enough.
fn is_one(tags: &dyn TagSet, key: &str, values: &[String]) -> bool {
    tags.value(key).is_some_and(|value| {
        values
            .iter()
            .any(|known| known == "*" || value.split(';').any(|part| part.trim() == known))
    })
}

/// All names of a site, in lower case: `name`, `name:zh` and the like, official,
/// alternative and short ones.
pub(super) fn names(tags: &dyn TagSet) -> Vec<String> {
    let mut names = Vec::new();
    tags.each(&mut |key, value| {
        let first = key.split(':').next().unwrap_or_default();
        if matches!(first, "name" | "official_name" | "alt_name" | "short_name") {
            names.push(value.to_lowercase());
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
