//! What stands in every zone, and whether it is large enough.

use std::collections::BTreeMap;

use crate::places::{Catalog, Facility, Zone, Zoning};
use crate::standard::{Fitness, Provision};

/// How a zone stands to what it should have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Provided {
    /// A facility that is large enough.
    Present,
    /// One whose size is not known.
    SizeUnknown,
    /// Only smaller ones.
    TooSmall,
    /// None.
    Missing,
    /// The study has none at all: a hole in the data is not a hole in the city.
    NoData,
}

impl Provided {
    /// Key in files.
    pub fn key(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::SizeUnknown => "size_unknown",
            Self::TooSmall => "too_small",
            Self::Missing => "missing",
            Self::NoData => "no_data",
        }
    }
}

/// What one zone has of one provision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZoneProvision {
    /// The level, as an index into the zonings.
    pub level: usize,
    /// The zone, as an index into those of the level.
    pub zone: u32,
    /// How it stands.
    pub state: Provided,
    /// The facilities that offer it, as indices: those that fit first, then those of
    /// unknown size, then smaller ones.
    pub facilities: Vec<u32>,
}

/// Which facilities lie in every zone that is drawn, level by level and zone by zone:
/// a facility lies where a place inside its area does. Where zones of a level overlap
/// it stands in each.
pub(super) fn facilities_of_zones(
    zonings: &[Zoning],
    zones: &[Zone],
    facilities: &[Facility],
) -> Vec<Vec<Vec<u32>>> {
    let tree = rstar::RTree::bulk_load(
        (0..)
            .zip(facilities)
            .map(|(index, facility)| {
                let at = facility.shape.inner_place();
                rstar::primitives::GeomWithData::new([at.lon, at.lat], index)
            })
            .collect(),
    );
    let inside = |zone: &Zone| {
        let (low, high) = zone.area.bounds();
        let around = rstar::AABB::from_corners([low.lon, low.lat], [high.lon, high.lat]);
        let mut inside: Vec<u32> = tree
            .locate_in_envelope(&around)
            .map(|found| found.data)
            .filter(|&facility: &u32| {
                zone.area
                    .holds(facilities[facility as usize].shape.inner_place())
            })
            .collect();
        inside.sort_unstable();
        inside
    };
    let level = |zoning: &Zoning| {
        let own = zones.iter().filter(|zone| zoning.is_of(zone));
        let drawn: BTreeMap<&str, &Zone> = own.map(|zone| (&*zone.id, zone)).collect();
        let zone = |(id, _): &(String, Option<String>)| {
            drawn.get(&**id).map_or_else(Vec::new, |zone| inside(zone))
        };
        zoning.zones.iter().map(zone).collect()
    };
    zonings.iter().map(level).collect()
}

/// How every zone stands to one provision.
pub(super) fn provided(
    provision: &Provision,
    catalog: &Catalog,
    facilities: &[Facility],
    of_zones: &[Vec<Vec<u32>>],
) -> Vec<ZoneProvision> {
    let matches = |&facility: &u32| provision.matches(catalog, &facilities[facility as usize]);
    let known = (0..facilities.len() as u32).any(|facility| matches(&facility));
    let judge = |&facility: &u32| provision.fit.judge(&facilities[facility as usize].size);
    let mut all = Vec::new();
    for (level, zones) in of_zones.iter().enumerate() {
        for (zone, inside) in (0..).zip(zones) {
            let mut own: Vec<u32> = inside.iter().copied().filter(matches).collect();
            own.sort_by_key(|facility| (judge(facility), *facility));
            let state = match own.first().map(judge) {
                Some(Fitness::Fits) => Provided::Present,
                Some(Fitness::Unknown) => Provided::SizeUnknown,
                Some(Fitness::TooSmall | Fitness::Other) => Provided::TooSmall,
                None if known => Provided::Missing,
                None => Provided::NoData,
            };
            all.push(ZoneProvision {
                level,
                zone,
                state,
                facilities: own,
            });
        }
    }
    all
}
