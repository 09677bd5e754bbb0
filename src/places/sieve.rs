//! What is counted of an extract where no category takes it.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::rules::is_name;
use crate::osm::TagSet;

/// What tells that an object may be a facility, whether or not a category takes it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sieve {
    /// Keys whose every value may be one, the most telling first.
    keys: Vec<String>,
    /// Keys that close an object to the public.
    closing_keys: Vec<String>,
    no_site: Vec<NoSite>,
    /// Tags of other keys that a category asks for.
    #[serde(skip)]
    asked: BTreeSet<(String, String)>,
}

/// Values that are no facility.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NoSite {
    key: String,
    values: BTreeSet<String>,
    /// Why; for who reads the catalog.
    #[serde(rename = "reason")]
    _reason: String,
}

/// A tag that tells that an object may be a facility.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SiteTag {
    /// Whether it stands behind a prefix such as `disused:`.
    pub marked_off: bool,
    rank: usize,
    /// `key=value`.
    pub tag: String,
}

impl Sieve {
    /// Takes up the tags of the categories, as far as their key is one of
    /// `service_keys`.
    pub(super) fn ask<'a>(
        &mut self,
        tags: impl Iterator<Item = (&'a String, &'a String)>,
        service_keys: &[String],
    ) {
        let told = tags.filter(|(key, value)| {
            service_keys.contains(key) && !self.keys.contains(key) && *value != "*"
        });
        let told: Vec<_> = told
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
        self.asked.extend(told);
    }

    /// Whether there is a [`Self::site_tag`].
    pub(super) fn tells(&self, tags: &dyn TagSet, lifecycle: &[String]) -> bool {
        let mut tells = false;
        tags.each(&mut |key, value| {
            tells = tells || self.rank(bare(key, lifecycle).0, value).is_some();
        });
        tells
    }

    /// The most telling tag of an object that may be a facility; one behind a
    /// prefix only where there is no other.
    pub(super) fn site_tag(&self, tags: &dyn TagSet, lifecycle: &[String]) -> Option<SiteTag> {
        let mut found: Option<SiteTag> = None;
        tags.each(&mut |key, value| {
            let (bare, marked_off) = bare(key, lifecycle);
            if let Some(rank) = self.rank(bare, value) {
                let tag = SiteTag {
                    marked_off,
                    rank,
                    tag: format!("{bare}={value}"),
                };
                if found.as_ref().is_none_or(|known| tag < *known) {
                    found = Some(tag);
                }
            }
        });
        found
    }

    fn rank(&self, key: &str, value: &str) -> Option<usize> {
        if let Some(rank) = self.keys.iter().position(|known| known == key) {
            let mut known = self.no_site.iter().filter(|no_site| no_site.key == key);
            return (!known.any(|no_site| no_site.values.contains(value))).then_some(rank);
        }
        let asked = self.asked.iter().any(|(k, v)| k == key && v == value);
        asked.then_some(self.keys.len())
    }

    /// The tags without what closes an object to the public.
    pub(super) fn opened<'a>(&'a self, tags: &'a dyn TagSet) -> impl TagSet + 'a {
        Hidden {
            tags,
            hides: |key: &str| self.closing_keys.iter().any(|closing| closing == key),
        }
    }
}

/// A key without a prefix such as `disused:`, and whether it had one.
fn bare<'a>(key: &'a str, lifecycle: &[String]) -> (&'a str, bool) {
    let prefixed = key.split_once(':').filter(|(prefix, _)| {
        let mut known = lifecycle.iter();
        known.any(|known| known == prefix)
    });
    prefixed.map_or((key, false), |(_, rest)| (rest, true))
}

/// The tags without the names.
pub(super) fn unnamed(tags: &dyn TagSet) -> impl TagSet + '_ {
    Hidden {
        tags,
        hides: is_name,
    }
}

/// Tags of which some keys are not seen.
struct Hidden<'a, F> {
    tags: &'a dyn TagSet,
    hides: F,
}

impl<F: Fn(&str) -> bool> TagSet for Hidden<'_, F> {
    fn value(&self, key: &str) -> Option<&str> {
        self.tags.value(key).filter(|_| !(self.hides)(key))
    }

    fn each(&self, each: &mut dyn FnMut(&str, &str)) {
        self.tags.each(&mut |key, value| {
            if !(self.hides)(key) {
                each(key, value);
            }
        });
    }
}
