//! Which zone every sample lies in, level by level.

use std::collections::{BTreeMap, BTreeSet};

use super::{Block, Samples, Zone};

/// One level of zones (all communities, say), and where every sample belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zoning {
    /// The level: `subdistrict`, `community`, …
    pub level: String,
    /// Ids and names of its zones, by id.
    pub zones: Vec<(String, Option<String>)>,
    /// For every sample its zone; `None` outside every zone.
    pub of_sample: Vec<Option<u32>>,
}

/// Id and name of a zone that blocks name in their columns.
type ColumnZone = (String, String);

/// How a block names its zone of one level.
type Column = fn(&Block) -> Option<ColumnZone>;

/// The level of zones that don't name one.
const UNNAMED_LEVEL: &str = "zone";

/// Sorts larger levels before smaller ones, unknown ones last.
fn rank(level: &str) -> (usize, u32, &str) {
    let known = [
        "district",
        "subdistrict",
        "circle_15min",
        "circle",
        "circle_10min",
        "circle_5_10min",
        "community",
        "circle_5min",
    ];
    let administrative = level.strip_prefix("admin_");
    (
        known
            .iter()
            .position(|&name| name == level)
            .unwrap_or(known.len()),
        administrative
            .and_then(|number| number.parse().ok())
            .unwrap_or(0),
        level,
    )
}

impl Zoning {
    /// Whether a zone is one of this level.
    pub fn is_of(&self, zone: &Zone) -> bool {
        zone.level.as_deref().unwrap_or(UNNAMED_LEVEL) == self.level
    }

    /// The levels of the zones that are drawn; without any, those that the blocks' own
    /// columns name.
    pub fn of(zones: &[Zone], blocks: &[Block], samples: &Samples) -> Vec<Self> {
        if zones.is_empty() {
            Self::of_columns(blocks, samples)
        } else {
            Self::of_zones(zones, samples)
        }
    }

    /// The levels of `zones`. A sample lies in exactly one zone of a level: where
    /// zones overlap, in the one with the lower id.
    pub fn of_zones(zones: &[Zone], samples: &Samples) -> Vec<Self> {
        let mut levels: BTreeMap<(usize, u32, &str), Vec<&Zone>> = BTreeMap::new();
        for zone in zones {
            let level = zone.level.as_deref().unwrap_or(UNNAMED_LEVEL);
            levels.entry(rank(level)).or_default().push(zone);
        }
        levels
            .into_iter()
            .map(|((_, _, level), mut zones)| {
                zones.sort_by(|a, b| a.id.cmp(&b.id));
                let of_sample = samples
                    .all()
                    .iter()
                    .map(|sample| {
                        let zone = zones.iter().position(|zone| zone.area.holds(sample.at));
                        zone.map(|zone| zone as u32)
                    })
                    .collect();
                Self {
                    level: level.to_owned(),
                    zones: zones
                        .iter()
                        .map(|zone| (zone.id.clone(), zone.name.clone()))
                        .collect(),
                    of_sample,
                }
            })
            .collect()
    }

    /// The subdistricts and communities that the blocks' own columns name, where
    /// there is no file of zones.
    pub fn of_columns(blocks: &[Block], samples: &Samples) -> Vec<Self> {
        let columns: [(&str, Column); 2] = [
            ("subdistrict", |block| {
                let name = block.subdistrict.clone()?;
                Some((name.clone(), name))
            }),
            // Communities of two subdistricts may share a name.
            ("community", |block| {
                let name = block.community.clone()?;
                let id = match &block.subdistrict {
                    Some(subdistrict) => format!("{subdistrict}/{name}"),
                    None => name.clone(),
                };
                Some((id, name))
            }),
        ];
        columns
            .into_iter()
            .filter_map(|(level, column)| {
                let of_block: Vec<Option<ColumnZone>> = blocks.iter().map(column).collect();
                let zones: BTreeSet<&ColumnZone> = of_block.iter().flatten().collect();
                let zones: Vec<&ColumnZone> = zones.into_iter().collect();
                let of_sample = samples
                    .all()
                    .iter()
                    .map(|sample| {
                        let zone = of_block[sample.block as usize].as_ref()?;
                        zones.binary_search(&zone).ok().map(|zone| zone as u32)
                    })
                    .collect();
                (!zones.is_empty()).then(|| Self {
                    level: level.to_owned(),
                    zones: zones
                        .into_iter()
                        .map(|(id, name)| (id.clone(), Some(name.clone())))
                        .collect(),
                    of_sample,
                })
            })
            .collect()
    }

    /// The zone that holds most samples of a block, ties to the lower id; where
    /// most lie outside every zone, `None`.
    pub fn of_block(&self, samples: &Samples, block: usize) -> Option<u32> {
        let mut counts: BTreeMap<Option<u32>, usize> = BTreeMap::new();
        for sample in samples.of_block(block) {
            *counts.entry(self.of_sample[sample]).or_default() += 1;
        }
        let most = counts.values().copied().max()?;
        // Of equals a zone comes before none.
        counts
            .iter()
            .filter(|&(_, &count)| count == most)
            .map(|(zone, _)| *zone)
            .max_by_key(|zone| zone.map(std::cmp::Reverse))
            .flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_go_from_the_largest_to_the_smallest() {
        let mut levels = [
            "admin_10",
            "community",
            "admin_9",
            "district",
            "admin_8",
            "subdistrict",
        ];
        levels.sort_unstable_by_key(|level| rank(level));
        assert_eq!(
            levels,
            [
                "district",
                "subdistrict",
                "community",
                "admin_8",
                "admin_9",
                "admin_10"
            ]
        );
    }
}
