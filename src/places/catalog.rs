//! The catalog of categories: what a facility can be.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::leads::Leads;
use super::left_out::Reason;
use super::rules::{Rule, is_marked_off, is_only_prefixed, names};
use super::sieve::{Sieve, unnamed};
use super::{CategoryId, Facility, FacilitySet, PlacesError};
use crate::confidence::Confidence;
use crate::osm::TagSet;
use crate::spelling::nearest;
use crate::table::folded;

/// What a facility can be.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// Its key in tables, standards and outputs.
    pub key: String,
    /// Its Chinese name.
    pub zh: String,
    /// Its English name.
    pub en: String,
    /// Other words for it in tables; a word may stand for several categories.
    #[serde(default)]
    pub also: Vec<String>,
    /// Keys of the categories that are parts of it.
    #[serde(default)]
    pub includes: Vec<String>,
    /// Where the rules come from.
    pub source: String,
    /// Whether the source is published.
    pub confidence: Confidence,
    #[serde(default)]
    pub(super) rule: Vec<Rule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CatalogFile {
    service_keys: Vec<String>,
    lifecycle: Vec<String>,
    left_out: Sieve,
    category: Vec<Category>,
}

/// All categories, with the rules that find them in OSM.
#[derive(Clone, Debug)]
pub struct Catalog {
    categories: Vec<Category>,
    /// Of each category itself and all its parts, transitively.
    parts: Vec<BTreeSet<CategoryId>>,
    leads: Leads,
    service_keys: Vec<String>,
    lifecycle: Vec<String>,
    sieve: Sieve,
}

impl Catalog {
    /// The catalog that comes with the program.
    ///
    /// # Errors
    /// None: a test reads it. The signature is that of any catalog.
    pub fn builtin() -> Result<Self, PlacesError> {
        Self::from_toml(Self::builtin_text())
    }

    /// The text of the catalog that comes with the program.
    pub fn builtin_text() -> &'static str {
        include_str!("catalog.toml")
    }

    fn from_toml(text: &str) -> Result<Self, PlacesError> {
        let file: CatalogFile = toml::from_str(text)
            .map_err(|error| PlacesError::Catalog(error.to_string().trim_end().to_owned()))?;
        let position = |key: &str| {
            file.category
                .iter()
                .position(|category| category.key == key)
                .map(|position| CategoryId(position as u16))
        };
        let mut parts = Vec::with_capacity(file.category.len());
        for (own, category) in file.category.iter().enumerate() {
            if position(&category.key) != Some(CategoryId(own as u16)) {
                return Err(PlacesError::Catalog(format!(
                    "'{}' stands twice",
                    category.key
                )));
            }
            if let Some(rule) = category.rule.iter().find(|rule| !rule.is_sound()) {
                return Err(PlacesError::Catalog(format!(
                    "'{}': {rule:?}",
                    category.key
                )));
            }
            let mut found = BTreeSet::new();
            let mut ahead = vec![CategoryId(own as u16)];
            while let Some(id) = ahead.pop() {
                if !found.insert(id) {
                    continue;
                }
                for part in &file.category[usize::from(id.0)].includes {
                    let part = position(part).ok_or_else(|| {
                        PlacesError::Catalog(format!("'{part}' is included, but not there"))
                    })?;
                    if usize::from(part.0) == own {
                        return Err(PlacesError::Catalog(format!(
                            "'{}' includes itself",
                            category.key
                        )));
                    }
                    ahead.push(part);
                }
            }
            parts.push(found);
        }
        let rules = file.category.iter().flat_map(|category| &category.rule);
        let mut sieve = file.left_out;
        sieve.ask(rules.flat_map(Rule::tags), &file.service_keys);
        Ok(Self {
            leads: Leads::of(&file.category),
            categories: file.category,
            parts,
            service_keys: file.service_keys,
            lifecycle: file.lifecycle,
            sieve,
        })
    }

    /// All categories in the catalog's order, with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (CategoryId, &Category)> {
        (0..).map(CategoryId).zip(&self.categories)
    }

    /// The category with this key.
    pub fn id(&self, key: &str) -> Option<CategoryId> {
        self.iter()
            .find(|(_, category)| category.key == key)
            .map(|(id, _)| id)
    }

    /// The category with this key or Chinese or English name, whatever the case.
    pub fn named(&self, word: &str) -> Option<CategoryId> {
        let word = word.trim().to_lowercase();
        self.id(&word).or_else(|| {
            self.iter()
                .find(|(_, category)| category.zh == word || category.en == word)
                .map(|(id, _)| id)
        })
    }

    /// All categories that a word of a table stands for: by key or name, else by their
    /// other words, whatever its letters; without what stands in brackets at its end,
    /// where the whole is not known.
    pub fn all_named(&self, word: &str) -> Vec<CategoryId> {
        let word = folded(word);
        let short = word.strip_suffix(')').and_then(|word| word.split_once('('));
        let found = self.by_word(&word);
        match short {
            Some((before, _)) if found.is_empty() => self.by_word(before),
            _ => found,
        }
    }

    fn by_word(&self, word: &str) -> Vec<CategoryId> {
        let by = |is: &dyn Fn(&Category) -> bool| -> Vec<CategoryId> {
            let found = self.iter().filter(|(_, category)| is(category));
            found.map(|(id, _)| id).collect()
        };
        let own = by(&|category| {
            [&category.key, &category.zh, &category.en]
                .iter()
                .any(|own| folded(own) == word)
        });
        if own.is_empty() {
            by(&|category| category.also.iter().any(|own| own == word))
        } else {
            own
        }
    }

    /// The word for a category that an unknown one was probably meant to be: the longest
    /// Chinese one that stands in it, else as [`Self::nearest_key`].
    pub fn nearest_word(&self, unknown: &str) -> Option<&str> {
        let unknown = folded(unknown);
        let chinese = self.categories.iter().flat_map(|category| {
            std::iter::once(&category.zh)
                .chain(&category.also)
                .map(String::as_str)
        });
        let within = chinese.clone().filter(|word| unknown.contains(word));
        let longest = within.fold(None, |best: Option<&str>, word| match best {
            Some(best) if best.len() >= word.len() => Some(best),
            _ => Some(word),
        });
        longest
            .or_else(|| self.nearest_key(&unknown))
            .or_else(|| nearest(&unknown, chinese))
    }

    /// A category by its id, which must come from this catalog.
    pub fn category(&self, id: CategoryId) -> &Category {
        &self.categories[usize::from(id.0)]
    }

    /// The key that an unknown one was probably meant to be: at most half of
    /// its letters, and at most three, are other ones.
    pub fn nearest_key(&self, unknown: &str) -> Option<&str> {
        let keys = self.categories.iter().map(|category| &*category.key);
        nearest(&unknown.trim().to_lowercase(), keys)
    }

    /// A category and all its parts, transitively.
    pub fn parts(&self, id: CategoryId) -> impl Iterator<Item = CategoryId> {
        self.parts[usize::from(id.0)].iter().copied()
    }

    /// Whether a facility offers one of the wanted categories or a part of one.
    /// A facility of a general category (`clinic`) offers none of its parts
    /// (`health_centre`): which of them it is, nobody knows.
    pub fn matches(&self, wanted: &[CategoryId], facility: &Facility) -> bool {
        wanted.iter().any(|&id| {
            let parts = &self.parts[usize::from(id.0)];
            facility.categories.iter().any(|own| parts.contains(own))
        })
    }

    /// The facilities that offer one of the wanted categories or a part of one.
    pub fn facility_set(&self, wanted: &[CategoryId], facilities: &[Facility]) -> FacilitySet {
        FacilitySet(
            (0..)
                .zip(facilities)
                .filter(|(_, facility)| self.matches(wanted, facility))
                .map(|(index, _)| index)
                .collect(),
        )
    }

    /// Whether an OSM object is marked as a whole as gone or not there yet
    /// (`disused=yes`, `proposed=yes`).
    pub fn is_marked_off(&self, tags: &dyn TagSet) -> bool {
        is_marked_off(tags, &self.lifecycle)
    }

    /// What an OSM object offers, by its tags and names; ascending. Of the
    /// categories found, those that include another found one are left out.
    pub fn classify(&self, tags: &dyn TagSet) -> Vec<CategoryId> {
        let led_to = self.leads.follow(tags);
        if led_to.is_empty()
            || self.is_marked_off(tags)
            || is_only_prefixed(tags, &self.lifecycle, &self.service_keys)
        {
            return Vec::new();
        }
        let names = names(tags);
        let holds = |id: &CategoryId| {
            let mut rules = self.category(*id).rule.iter();
            rules.any(|rule| rule.holds(tags, &names))
        };
        let found: Vec<CategoryId> = led_to.into_iter().filter(holds).collect();
        self.most_particular(&found)
    }

    /// The categories without those that include another of them.
    fn most_particular(&self, found: &[CategoryId]) -> Vec<CategoryId> {
        let includes = |id: CategoryId, other| id != other && self.includes(id, other);
        let particular = |id: &CategoryId| !found.iter().any(|&other| includes(*id, other));
        found.iter().copied().filter(particular).collect()
    }

    /// Whether the second category is the first or a part of it.
    fn includes(&self, whole: CategoryId, part: CategoryId) -> bool {
        self.parts[usize::from(whole.0)].contains(&part)
    }

    /// Whether one of two sites offers, as far as is known, what the other does: a
    /// `school` may be the `primary_school`, and a `library` is none.
    pub fn may_be_same(&self, one: &[CategoryId], other: &[CategoryId]) -> bool {
        let meet = |a, b| self.includes(a, b) || self.includes(b, a);
        one.iter().any(|&a| other.iter().any(|&b| meet(a, b)))
    }

    /// What two sites offer together, as of one: ascending, without general
    /// categories of which a part is known.
    pub fn united(&self, one: &[CategoryId], other: &[CategoryId]) -> Vec<CategoryId> {
        let all: BTreeSet<CategoryId> = one.iter().chain(other).copied().collect();
        self.most_particular(&Vec::from_iter(all))
    }

    /// Whether an OSM object may be a facility, whether or not a category takes it.
    pub fn may_be_site(&self, tags: &dyn TagSet) -> bool {
        self.sieve.tells(tags, &self.lifecycle)
    }

    /// The tag by which an OSM object may be a facility: `amenity=restaurant`.
    pub fn site_tag(&self, tags: &dyn TagSet) -> Option<String> {
        let found = self.sieve.site_tag(tags, &self.lifecycle)?;
        Some(found.tag)
    }

    /// The tag of an object that may be a facility and that no category takes, and
    /// what keeps it from one.
    pub(super) fn refusal(&self, tags: &dyn TagSet) -> Option<(String, Reason)> {
        let found = self.sieve.site_tag(tags, &self.lifecycle)?;
        let takes = |tags: &dyn TagSet| !self.classify(tags).is_empty();
        let reason = if takes(tags) {
            return None;
        } else if found.marked_off || self.is_marked_off(tags) {
            Reason::MarkedOff
        } else if takes(&self.sieve.opened(tags)) {
            Reason::NotPublic
        } else if takes(&unnamed(tags)) {
            Reason::Name
        } else {
            Reason::NoCategory
        };
        Some((found.tag, reason))
    }
}

#[cfg(test)]
#[path = "catalog_tests.rs"]
mod tests;
