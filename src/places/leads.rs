//! Which categories a tag may lead to, so that only their rules are looked at.

use std::collections::{BTreeSet, HashMap};

use super::CategoryId;
use super::catalog::Category;
use super::rules::{ANY, Rule};
use crate::osm::TagSet;

/// For keys and values the categories that ask for them.
#[derive(Clone, Debug, Default)]
pub(super) struct Leads(HashMap<String, HashMap<String, Vec<CategoryId>>>);

impl Leads {
    pub fn of(categories: &[Category]) -> Self {
        let mut leads = Self::default();
        for (id, category) in (0..).map(CategoryId).zip(categories) {
            for (key, values) in category.rule.iter().flat_map(Rule::leads) {
                let by_value = leads.0.entry(key.clone()).or_default();
                for value in values {
                    by_value.entry(value.clone()).or_default().push(id);
                }
            }
        }
        leads
    }

    /// The categories that the tags may make an object one of; no other does.
    pub fn follow(&self, tags: &dyn TagSet) -> BTreeSet<CategoryId> {
        let mut found = BTreeSet::new();
        tags.each(&mut |key, value| {
            let Some(by_value) = self.0.get(key) else {
                return;
            };
            let parts = value.split(';').map(str::trim);
            for asked in parts.chain([ANY]) {
                found.extend(by_value.get(asked).into_iter().flatten());
            }
        });
        found
    }
}
