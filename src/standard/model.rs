//! A standard and its requirements.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::confidence::Confidence;
use crate::places::CategoryId;
use crate::units::{CostKind, Limit, trimmed};

/// How a distance is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// Along the walk network, to the entrances.
    Network,
    /// In a straight line.
    Radius,
}

impl Basis {
    /// Both, in the order in which they are printed.
    pub const BOTH: [Self; 2] = [Self::Network, Self::Radius];

    /// Key in files.
    pub fn key(self) -> &'static str {
        match self {
            Self::Network => "network",
            Self::Radius => "radius",
        }
    }
}

/// One question of a standard: who has one of these within this limit?
#[derive(Clone, Debug, PartialEq)]
pub struct Requirement {
    /// Unique in its standard, such as `kindergarten-15min`.
    pub key: String,
    /// What is asked for, in Chinese; the limit is not part of it.
    pub zh: String,
    /// What is asked for, in English; the limit is not part of it.
    pub en: String,
    /// The tier of the living circle that asks it (15, 10 or 5), where one does.
    pub tier: Option<u8>,
    /// One facility of any of these is enough; ascending.
    pub categories: Vec<CategoryId>,
    /// How far.
    pub limit: Limit,
    /// The walker whose minutes are meant; none for a limit in metres.
    pub walker: Option<String>,
    /// How it is measured.
    pub basis: Basis,
    /// Whether the standard demands it everywhere, or as needed.
    pub required: bool,
    /// The share that must be covered, 0 to 1, where the standard sets one.
    pub target: Option<f64>,
    /// Who says so.
    pub source: String,
    /// Whether that source is published.
    pub confidence: Confidence,
}

/// A pack of requirements.
#[derive(Clone, Debug, PartialEq)]
pub struct Standard {
    /// Its key, such as `general`.
    pub key: String,
    /// Its Chinese name.
    pub zh: String,
    /// Its English name.
    pub en: String,
    /// Its edition.
    pub edition: String,
    /// What it asks, in the order of the file.
    pub requirements: Vec<Requirement>,
}

impl Standard {
    /// The same services at other limits: what `--within` asks.
    ///
    /// Each set of categories that a tier of this standard asks for is asked for
    /// once at each of these limits, by network, under keys such as
    /// `kindergarten-500m`. It is required where one of its tiers requires it;
    /// minutes are those of the walker of its first tier that names one. Targets
    /// hold for their own limits and fall away, and so do the requirements
    /// without a tier, whose fixed distance is their meaning.
    #[must_use]
    pub fn with_limits(&self, limits: &[Limit]) -> Self {
        let mut services: Vec<Requirement> = Vec::new();
        let mut known: BTreeMap<Vec<CategoryId>, usize> = BTreeMap::new();
        for asked in self
            .requirements
            .iter()
            .filter(|asked| asked.tier.is_some())
        {
            let at = *known
                .entry(asked.categories.clone())
                .or_insert(services.len());
            match services.get_mut(at) {
                Some(service) => {
                    service.required |= asked.required;
                    if service.walker.is_none() {
                        service.walker.clone_from(&asked.walker);
                    }
                }
                None => services.push(asked.clone()),
            }
        }
        let mut asked_limits: Vec<Limit> = Vec::new();
        for &limit in limits {
            if !asked_limits.contains(&limit) {
                asked_limits.push(limit);
            }
        }
        let requirements = services
            .iter()
            .flat_map(|service| asked_limits.iter().map(|&limit| at_limit(service, limit)))
            .collect();
        Self {
            requirements,
            ..self.clone()
        }
    }
}

fn at_limit(service: &Requirement, limit: Limit) -> Requirement {
    let stem = match service.tier {
        Some(tier) => service
            .key
            .strip_suffix(&tier_suffix(tier))
            .unwrap_or(&service.key),
        None => &service.key,
    };
    Requirement {
        key: format!("{stem}-{}", limit_word(limit)),
        tier: None,
        limit,
        walker: service
            .walker
            .clone()
            .filter(|_| limit.kind() == CostKind::Time),
        basis: Basis::Network,
        target: None,
        source: "the limits asked for".to_owned(),
        confidence: Confidence::Confirmed,
        ..service.clone()
    }
}

/// What the key of a tier's requirement ends in.
pub(super) fn tier_suffix(tier: u8) -> String {
    format!("-{tier}min")
}

/// The limit as part of a key: `500m`, `10min`, or in seconds where the minutes
/// are not whole.
fn limit_word(limit: Limit) -> String {
    match limit {
        Limit::Length(length) => format!("{}m", trimmed(length.metres())),
        Limit::Time(time) if time.tenths() % 600 == 0 => format!("{}min", time.tenths() / 600),
        Limit::Time(time) => format!("{}s", trimmed(f64::from(time.tenths()) / 10.0)),
    }
}
