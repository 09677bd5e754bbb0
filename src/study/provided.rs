//! What stands in every zone, and whether it is large enough.

use std::collections::BTreeMap;

use rstar::primitives::GeomWithData;
use rstar::{AABB, RTree};

use crate::places::{Catalog, Facility, Zone, Zoning};
use crate::standard::{Fitness, Provision, Standard};

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

/// What stands in zones is made from.
pub(super) struct Zoned<'a> {
    standard: &'a Standard,
    catalog: &'a Catalog,
    facilities: &'a [Facility],
}

impl<'a> Zoned<'a> {
    pub fn new(standard: &'a Standard, catalog: &'a Catalog, facilities: &'a [Facility]) -> Self {
        Self {
            standard,
            catalog,
            facilities,
        }
    }

    /// The facilities of every zone, level by level, and what every zone has of every
    /// provision.
    pub fn provided(
        &self,
        zonings: &[Zoning],
        zones: &[Zone],
    ) -> (Vec<Vec<Vec<u32>>>, Vec<Vec<ZoneProvision>>) {
        let of_zones = self.of_zones(zonings, zones);
        let asked = self.standard.provisions.iter();
        let provided = asked.map(|asked| self.of_provision(asked, &of_zones));
        let provided = provided.collect();
        (of_zones, provided)
    }

    /// A facility lies where a place inside its area does. Where zones of a level
    /// overlap it stands in each.
    fn of_zones(&self, zonings: &[Zoning], zones: &[Zone]) -> Vec<Vec<Vec<u32>>> {
        let place = |facility: u32| self.facilities[facility as usize].shape.inner_place();
        let all = 0..self.facilities.len() as u32;
        let tree = RTree::bulk_load(
            all.map(|facility| {
                let at = place(facility);
                GeomWithData::new([at.lon, at.lat], facility)
            })
            .collect(),
        );
        let inside = |zone: &Zone| {
            let (low, high) = zone.area.bounds();
            let around = AABB::from_corners([low.lon, low.lat], [high.lon, high.lat]);
            let near = tree.locate_in_envelope(&around).map(|found| found.data);
            let mut inside: Vec<u32> = near
                .filter(|&facility| zone.area.holds(place(facility)))
                .collect();
            inside.sort_unstable();
            inside
        };
        let level = |zoning: &Zoning| {
            let own = zones.iter().filter(|zone| zoning.is_of(zone));
            let drawn: BTreeMap<&str, &Zone> = own.map(|zone| (&*zone.id, zone)).collect();
            let ids = zoning.zones.iter().map(|(id, _)| drawn.get(&**id));
            // Zones that blocks name in a column are not drawn.
            let zones: Option<Vec<&Zone>> = ids.map(Option::<&&Zone>::copied).collect();
            zones.unwrap_or_default().into_iter().map(inside).collect()
        };
        zonings.iter().map(level).collect()
    }

    fn of_provision(&self, asked: &Provision, of_zones: &[Vec<Vec<u32>>]) -> Vec<ZoneProvision> {
        let matches =
            |&facility: &u32| asked.matches(self.catalog, &self.facilities[facility as usize]);
        let known = (0..self.facilities.len() as u32).any(|facility| matches(&facility));
        let judge = |&facility: &u32| asked.fit.judge(&self.facilities[facility as usize].size);
        let mut all = Vec::new();
        for (level, zones) in of_zones.iter().enumerate() {
            for (zone, inside) in (0..).zip(zones) {
                let mut own: Vec<u32> = inside.iter().copied().filter(matches).collect();
                own.sort_by_key(|facility| (judge(facility), *facility));
                let state = match own.first().map(judge) {
                    Some(Fitness::Fits) => Provided::Present,
                    Some(Fitness::Unknown) => Provided::SizeUnknown,
                    Some(Fitness::TooSmall | Fitness::Other | Fitness::Unclassed) => {
                        Provided::TooSmall
                    }
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
}
