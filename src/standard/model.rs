//! A standard and its requirements.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::{Fit, Provision, StandardError};
use crate::confidence::{Citation, Confidence};
use crate::lang::Lang;
use crate::places::{CategoryId, Group};
use crate::units::{CostKind, Limit, WalkTime, trimmed};

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

/// What a share is a share of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Denominator {
    /// Residential land.
    Land,
    /// People.
    People,
    /// A group of the people.
    Group(Group),
}

impl Denominator {
    /// All, in the order in which they are printed.
    pub fn all() -> impl Iterator<Item = Self> {
        let groups = Group::ALL.into_iter().map(Self::Group);
        [Self::Land, Self::People].into_iter().chain(groups)
    }

    /// Key in files.
    pub fn key(self) -> &'static str {
        match self {
            Self::Land => "land",
            Self::People => "people",
            Self::Group(group) => group.key(),
        }
    }
}

/// One question of a standard: who has one of these within this limit?
#[derive(Clone, Debug, PartialEq)]
pub struct Requirement {
    /// The key of the pack that asks it.
    pub pack: String,
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
    /// Which of their facilities are large enough, and of the right class.
    pub fit: Fit,
    /// How far.
    pub limit: Limit,
    /// The walker whose minutes are meant; none for a limit in metres.
    pub walker: Option<String>,
    /// How it is measured.
    pub basis: Basis,
    /// What the target is a share of.
    pub denominator: Denominator,
    /// Whether the standard demands it everywhere, or as needed.
    pub required: bool,
    /// The share that must be covered, 0 to 1, where the standard sets one.
    pub target: Option<f64>,
    /// Who says so.
    pub source: Citation,
    /// Whether that source is published.
    pub confidence: Confidence,
}

/// A document that asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pack {
    /// Its key, such as `general`.
    pub key: String,
    /// Its Chinese name.
    pub zh: String,
    /// Its English name.
    pub en: String,
    /// Its edition.
    pub edition: String,
}

/// Several requirements as one figure: what has all of them, and how many on average.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Composite {
    /// The key of the pack that asks it.
    pub pack: String,
    /// Unique among the composites of its standard.
    pub key: String,
    /// Its Chinese name.
    pub zh: String,
    /// Its English name.
    pub en: String,
    /// Its items, as indices into the requirements; each once.
    pub items: Vec<usize>,
    /// Who says so.
    pub source: Citation,
    /// Whether that source is published.
    pub confidence: Confidence,
}

/// What one or several packs ask.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Standard {
    /// The documents, in the order in which they were named.
    pub packs: Vec<Pack>,
    /// What they ask, pack by pack in the order of its file.
    pub requirements: Vec<Requirement>,
    /// Their figures of several requirements.
    pub composites: Vec<Composite>,
    /// What they ask to stand in every community.
    pub provisions: Vec<Provision>,
}

impl Standard {
    /// Several standards as one. The keys of their requirements and composites are
    /// then told apart by the pack's own: `gb50180-2018.kindergarten`.
    ///
    /// # Errors
    /// [`StandardError::PackTwice`] for two packs of one key, whose requirements nobody
    /// could tell apart.
    pub fn joined(standards: Vec<Self>) -> Result<Self, StandardError> {
        let mut seen = BTreeSet::new();
        let mut packs = standards.iter().flat_map(|standard| &standard.packs);
        if let Some(twice) = packs.find(|pack| !seen.insert(&pack.key)) {
            let key = twice.key.clone();
            return Err(StandardError::PackTwice { key });
        }
        let several = standards.len() > 1;
        let mut all = Self::default();
        for standard in standards {
            let before = all.requirements.len();
            let told = |pack: &str, key: String| {
                if several {
                    format!("{pack}.{key}")
                } else {
                    key
                }
            };
            all.packs.extend(standard.packs);
            all.requirements
                .extend(standard.requirements.into_iter().map(|asked| Requirement {
                    key: told(&asked.pack, asked.key),
                    ..asked
                }));
            let composites = standard.composites.into_iter();
            all.composites.extend(composites.map(|composite| Composite {
                key: told(&composite.pack, composite.key),
                items: composite.items.iter().map(|item| item + before).collect(),
                ..composite
            }));
            all.provisions.extend(standard.provisions);
        }
        Ok(all)
    }

    /// The names of its packs.
    pub fn name(&self, lang: Lang) -> String {
        let names: Vec<&str> = self
            .packs
            .iter()
            .map(|pack| lang.pick(&*pack.zh, &*pack.en))
            .collect();
        names.join(lang.pick("、", ", "))
    }

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
        let mut known: BTreeMap<(Vec<CategoryId>, Fit), usize> = BTreeMap::new();
        for asked in self
            .requirements
            .iter()
            .filter(|asked| asked.tier.is_some())
        {
            let at = *known
                .entry((asked.categories.clone(), asked.fit.clone()))
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
            // Their items are not asked any more.
            composites: Vec::new(),
            packs: self.packs.clone(),
            provisions: self.provisions.clone(),
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
        source: Citation::new("所要求的限值", "the limits asked for"),
        confidence: Confidence::Confirmed,
        ..service.clone()
    }
}

/// The walk that GB 50180-2018 takes for minutes of its tiers: from and to, in metres.
/// Its 15, 10 and 5 minutes are 800 to 1000, 500 and 300 m.
pub fn gb_50180_walk(time: WalkTime) -> Option<[u32; 2]> {
    match time.tenths() {
        9_000 => Some([800, 1000]),
        6_000 => Some([500, 500]),
        3_000 => Some([300, 300]),
        _ => None,
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
