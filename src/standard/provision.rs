//! What must stand in every community, whoever walks how far.

use serde::Deserialize;

use super::BadRequirement;
use super::file::category_ids;
use super::fit::{Bounds, Fit};
use crate::confidence::{Citation, Confidence};
use crate::places::{Catalog, CategoryId, Facility};

/// A facility that every community is asked to have, and how large.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provision {
    /// The key of the pack that asks it.
    pub pack: String,
    /// Unique in its pack.
    pub key: String,
    /// Its Chinese name.
    pub zh: String,
    /// Its English name.
    pub en: String,
    /// One facility of any of these is enough; ascending.
    pub categories: Vec<CategoryId>,
    /// How large it must be.
    pub fit: Fit,
    /// How many services one facility must offer, where several are asked.
    pub complex: Option<Complex>,
    /// Whether the standard demands it everywhere, or as needed.
    pub required: bool,
    /// Who says so.
    pub source: Citation,
    /// Whether that source is published.
    pub confidence: Confidence,
}

/// Several services in one building.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complex {
    /// How many of the provision's categories.
    pub services: usize,
    /// Those of which some must be among them; ascending.
    pub core: Vec<CategoryId>,
    /// How many of these.
    pub core_services: usize,
}

impl Provision {
    /// Whether a facility offers what is asked, whatever its size.
    pub fn matches(&self, catalog: &Catalog, facility: &Facility) -> bool {
        let offered = |of: &[CategoryId]| {
            let offered = of
                .iter()
                .filter(|&&category| catalog.matches(std::slice::from_ref(&category), facility));
            offered.count()
        };
        match &self.complex {
            None => catalog.matches(&self.categories, facility),
            Some(complex) => {
                offered(&self.categories) >= complex.services
                    && offered(&complex.core) >= complex.core_services
            }
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProvisionFile {
    pub key: String,
    zh: String,
    en: String,
    categories: Vec<String>,
    #[serde(default)]
    smallest: Bounds,
    complex: Option<ComplexFile>,
    required: bool,
    source: Citation,
    confidence: Confidence,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ComplexFile {
    services: usize,
    core: Vec<String>,
    core_services: usize,
}

impl ProvisionFile {
    pub fn provision(&self, pack: &str, catalog: &Catalog) -> Result<Provision, BadRequirement> {
        if self.key.trim().is_empty() {
            return Err(BadRequirement::Key);
        }
        let complex = |complex: &ComplexFile| {
            Ok(Complex {
                services: complex.services,
                core: category_ids(&complex.core, catalog)?,
                core_services: complex.core_services,
            })
        };
        Ok(Provision {
            pack: pack.to_owned(),
            key: self.key.clone(),
            zh: self.zh.clone(),
            en: self.en.clone(),
            categories: category_ids(&self.categories, catalog)?,
            fit: Fit {
                smallest: self.smallest,
                ..Fit::default()
            },
            complex: self.complex.as_ref().map(complex).transpose()?,
            required: self.required,
            source: self.source.clone(),
            confidence: self.confidence,
        })
    }
}
