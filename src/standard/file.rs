//! Standards from TOML files.

use std::collections::BTreeSet;
use std::path::Path;

use serde::Deserialize;

use super::fit::Bounds;
use super::model::tier_suffix;
use super::provision::ProvisionFile;
use super::{
    BadRequirement, Basis, Composite, Denominator, Fit, Pack, Requirement, Standard, StandardError,
};
use crate::confidence::{Citation, Confidence};
use crate::places::{Catalog, CategoryId};
use crate::spelling::nearest;
use crate::units::{CostKind, Limit};

/// The packs that come with the program.
const PACKS: [(&str, &str); 7] = [
    ("general", include_str!("general.toml")),
    ("gb50180-2018", include_str!("gb50180-2018.toml")),
    ("tdt1063-2021", include_str!("tdt1063-2021.toml")),
    ("tdt1063-2025", include_str!("tdt1063-2025.toml")),
    ("park-500m", include_str!("park-500m.toml")),
    ("park-mohurd-2021", include_str!("park-mohurd-2021.toml")),
    ("wanzheng-shequ", include_str!("wanzheng-shequ.toml")),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StandardFile {
    key: String,
    zh: String,
    en: String,
    edition: String,
    #[serde(default)]
    requirement: Vec<RequirementFile>,
    #[serde(default)]
    composite: Vec<CompositeFile>,
    #[serde(default)]
    provision: Vec<ProvisionFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CompositeFile {
    key: String,
    zh: String,
    en: String,
    /// Keys of requirements, with their tier.
    items: Vec<String>,
    source: Citation,
    confidence: Confidence,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RequirementFile {
    key: String,
    zh: String,
    en: String,
    categories: Vec<String>,
    /// Asked once, at this limit ...
    limit: Option<String>,
    /// ... or once per tier.
    tiers: Option<Vec<TierFile>>,
    walker: Option<String>,
    basis: Basis,
    /// Residential land, where nothing is said.
    denominator: Option<String>,
    required: bool,
    #[serde(default)]
    smallest: Bounds,
    #[serde(default)]
    below: Bounds,
    #[serde(default)]
    classes: Vec<String>,
    #[serde(default)]
    classified: bool,
    target: Option<f64>,
    source: Citation,
    confidence: Confidence,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TierFile {
    tier: u8,
    limit: String,
}

impl Standard {
    /// The keys of the packs that come with the program.
    pub fn keys() -> impl Iterator<Item = &'static str> {
        PACKS.into_iter().map(|(key, _)| key)
    }

    /// A standard that comes with the program.
    ///
    /// # Errors
    /// Where there is none of this name; the message lists them all.
    pub fn builtin(key: &str, catalog: &Catalog) -> Result<Self, StandardError> {
        let Some((_, text)) = PACKS.iter().find(|(known, _)| *known == key) else {
            let begun = |known: &&str| !key.is_empty() && known.starts_with(key);
            let meant = Self::keys().find(begun);
            return Err(StandardError::UnknownPack {
                name: key.to_owned(),
                known: Self::keys().map(str::to_owned).collect(),
                nearest: meant
                    .or_else(|| nearest(key, Self::keys()))
                    .map(str::to_owned),
            });
        };
        Self::from_toml(text, key, catalog)
    }

    /// The standard of a word that was typed: the path of a `.toml` file, else the key
    /// of one that comes with the program.
    ///
    /// # Errors
    /// Where there is none, or where its file cannot be read.
    pub fn named(word: &str, catalog: &Catalog) -> Result<Self, StandardError> {
        let Some(path) = Self::file_named(word) else {
            return Self::builtin(word, catalog);
        };
        let text = std::fs::read_to_string(path).map_err(|error| StandardError::Read {
            name: word.to_owned(),
            detail: error.to_string(),
        })?;
        Self::from_toml(&text, word, catalog)
    }

    /// The file that a typed word means, where it means one.
    pub fn file_named(word: &str) -> Option<&Path> {
        let path = Path::new(word);
        let ending = path.extension()?;
        ending.eq_ignore_ascii_case("toml").then_some(path)
    }

    /// A standard from the text of a file of this name.
    ///
    /// # Errors
    /// Where the text is no standard; the message names the line or the requirement.
    pub fn from_toml(text: &str, name: &str, catalog: &Catalog) -> Result<Self, StandardError> {
        let file: StandardFile = toml::from_str(text).map_err(|error| StandardError::Toml {
            name: name.to_owned(),
            detail: error.to_string().trim_end().to_owned(),
            nearest: nearest_field(&error.to_string()),
        })?;
        if file.requirement.is_empty() {
            return Err(StandardError::NoRequirements {
                name: name.to_owned(),
            });
        }
        let mut requirements: Vec<Requirement> = Vec::new();
        for (number, asked) in (1..).zip(&file.requirement) {
            let refuse = |problem| StandardError::Requirement {
                name: name.to_owned(),
                number,
                key: asked.key.clone(),
                problem,
            };
            // The keys of one file differ before the tier is added, so that they
            // still do where other limits stand for the tiers.
            if file
                .requirement
                .iter()
                .take(number - 1)
                .any(|earlier| earlier.key == asked.key)
            {
                return Err(refuse(BadRequirement::Key));
            }
            for requirement in asked.requirements(&file.key, catalog).map_err(refuse)? {
                if requirements
                    .iter()
                    .any(|known| known.key == requirement.key)
                {
                    return Err(refuse(BadRequirement::Key));
                }
                requirements.push(requirement);
            }
        }
        let composites = file
            .composite
            .iter()
            .map(|composite| composite.of(&file.key, name, &requirements))
            .collect::<Result<_, _>>()?;
        let provisions = (1..)
            .zip(&file.provision)
            .map(|(number, asked)| {
                asked
                    .provision(&file.key, catalog)
                    .map_err(|problem| StandardError::Requirement {
                        name: name.to_owned(),
                        number,
                        key: asked.key.clone(),
                        problem,
                    })
            })
            .collect::<Result<_, _>>()?;
        Ok(Self {
            packs: vec![Pack {
                key: file.key,
                zh: file.zh,
                en: file.en,
                edition: file.edition,
            }],
            requirements,
            composites,
            provisions,
        })
    }
}

/// The field that an unknown one probably means: serde names, in backticks, first the
/// unknown one and then those that it knows.
fn nearest_field(message: &str) -> Option<String> {
    let (_, told) = message.split_once("unknown field ")?;
    let mut words = told.split('`').skip(1).step_by(2);
    let unknown = words.next()?;
    nearest(unknown, words).map(str::to_owned)
}

impl CompositeFile {
    fn of(
        &self,
        pack: &str,
        name: &str,
        requirements: &[Requirement],
    ) -> Result<Composite, StandardError> {
        let place = |item: &String| {
            let place = requirements.iter().position(|asked| asked.key == *item);
            place.ok_or_else(|| StandardError::CompositeItem {
                name: name.to_owned(),
                key: self.key.clone(),
                item: item.clone(),
                nearest: nearest(item, requirements.iter().map(|asked| &*asked.key))
                    .map(str::to_owned),
            })
        };
        let items: BTreeSet<usize> = self.items.iter().map(place).collect::<Result<_, _>>()?;
        Ok(Composite {
            pack: pack.to_owned(),
            key: self.key.clone(),
            zh: self.zh.clone(),
            en: self.en.clone(),
            items: items.into_iter().collect(),
            source: self.source.clone(),
            confidence: self.confidence,
        })
    }
}

impl RequirementFile {
    /// The requirement, or one for each tier.
    fn requirements(
        &self,
        pack: &str,
        catalog: &Catalog,
    ) -> Result<Vec<Requirement>, BadRequirement> {
        if self.key.trim().is_empty() {
            return Err(BadRequirement::Key);
        }
        if self
            .target
            .is_some_and(|target| !(target > 0.0 && target <= 1.0))
        {
            return Err(BadRequirement::Target);
        }
        let categories = category_ids(&self.categories, catalog)?;
        let asked: Vec<(Option<u8>, &str)> = match (&self.limit, &self.tiers) {
            (Some(limit), None) => vec![(None, limit)],
            (None, Some(tiers)) if !tiers.is_empty() => tiers
                .iter()
                .map(|tier| (Some(tier.tier), tier.limit.as_str()))
                .collect(),
            _ => return Err(BadRequirement::LimitOrTiers),
        };
        asked
            .into_iter()
            .map(|(tier, limit)| self.requirement(pack, tier, limit, categories.clone()))
            .collect()
    }

    fn denominator(&self) -> Result<Denominator, BadRequirement> {
        let Some(word) = self.denominator.as_deref() else {
            return Ok(Denominator::Land);
        };
        let known = |of: &Denominator| of.key() == word;
        Denominator::all()
            .find(known)
            .ok_or_else(|| BadRequirement::Denominator {
                word: word.to_owned(),
                known: Denominator::all().map(Denominator::key).collect(),
            })
    }

    fn requirement(
        &self,
        pack: &str,
        tier: Option<u8>,
        limit: &str,
        categories: Vec<CategoryId>,
    ) -> Result<Requirement, BadRequirement> {
        let limit: Limit = limit
            .parse()
            .map_err(|_| BadRequirement::Limit(limit.to_owned()))?;
        let in_minutes = limit.kind() == CostKind::Time;
        if in_minutes && self.basis == Basis::Radius {
            return Err(BadRequirement::RadiusInMinutes);
        }
        if in_minutes != self.walker.is_some() {
            return Err(BadRequirement::Walker);
        }
        let suffix = tier.map(tier_suffix).unwrap_or_default();
        Ok(Requirement {
            pack: pack.to_owned(),
            key: format!("{}{suffix}", self.key),
            zh: self.zh.clone(),
            en: self.en.clone(),
            tier,
            categories,
            fit: Fit {
                smallest: self.smallest,
                below: self.below,
                classes: self.classes.clone(),
                classified: self.classified,
            },
            limit,
            walker: self.walker.clone(),
            basis: self.basis,
            denominator: self.denominator()?,
            required: self.required,
            target: self.target,
            source: self.source.clone(),
            confidence: self.confidence,
        })
    }
}

/// The categories of these keys; ascending, at least one.
pub(super) fn category_ids(
    keys: &[String],
    catalog: &Catalog,
) -> Result<Vec<CategoryId>, BadRequirement> {
    let mut ids = keys
        .iter()
        .map(|word| {
            catalog
                .id(word)
                .ok_or_else(|| BadRequirement::UnknownCategory {
                    word: word.clone(),
                    nearest: catalog.nearest_key(word).map(str::to_owned),
                })
        })
        .collect::<Result<Vec<_>, _>>()?;
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Err(BadRequirement::NoCategory);
    }
    Ok(ids)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
#[path = "file_tests.rs"]
mod tests;
