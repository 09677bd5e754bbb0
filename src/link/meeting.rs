//! Meetings: places of one compound that need no street to meet.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Linker;
use crate::plane::{LonLat, distance_metres, distance_millimetres};

/// Nobody walks further than this without any way, whatever lies between: what is
/// farther apart meets by the streets or not at all.
///
/// # Units
/// Metres.
const STRAIGHT: f64 = 500.0;

/// For every source the facilities of its own compound that it meets straight.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meetings(Vec<Vec<Meeting>>);

/// A straight walk inside a compound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Meeting {
    /// The facility, as an index into the list of facilities.
    pub facility: u32,
    /// Its length, in millimetres.
    pub millimetres: u64,
}

impl Meetings {
    /// The meetings of a source, by facility.
    pub fn of(&self, source: usize) -> &[Meeting] {
        self.0.get(source).map_or(&[], Vec::as_slice)
    }
}

/// An entrance inside a compound.
struct Inside {
    place: u32,
    at: LonLat,
    /// The component of the walk that it is linked to.
    way: Option<u32>,
}

impl Linker<'_> {
    /// Which sources and facilities meet straight: those of one compound, by a line of
    /// at most 500 m that crosses no obstacle, save where both can meet ways that hang together: then
    /// they meet by those. Places are given by their entrances.
    pub fn meetings(&self, sources: &[&[LonLat]], facilities: &[&[LonLat]]) -> Meetings {
        let facilities = self.by_compound(facilities);
        let mut meetings = vec![Vec::new(); sources.len()];
        for (compound, sources) in self.by_compound(sources) {
            let Some(facilities) = facilities.get(&compound) else {
                continue;
            };
            let found: Vec<(u32, Vec<Meeting>)> = sources
                .par_iter()
                .map(|source| (source.place, self.met_from(source, facilities)))
                .collect();
            for (source, found) in found {
                meetings[source as usize].extend(found);
            }
        }
        for of_source in &mut meetings {
            of_source.sort_unstable();
            of_source.dedup_by_key(|meeting| meeting.facility);
        }
        Meetings(meetings)
    }

    fn met_from(&self, source: &Inside, facilities: &[Inside]) -> Vec<Meeting> {
        let near = |facility: &&Inside| distance_metres(source.at, facility.at) <= STRAIGHT;
        let straight = |facility: &&Inside| {
            (source.way.is_none() || source.way != facility.way)
                && !self.obstacles().cross(source.at, facility.at)
        };
        let met = facilities.iter().filter(near).filter(straight);
        met.map(|facility| Meeting {
            facility: facility.place,
            millimetres: distance_millimetres(source.at, facility.at),
        })
        .collect()
    }

    /// The entrances that lie in compounds, by the innermost one.
    fn by_compound(&self, places: &[&[LonLat]]) -> BTreeMap<usize, Vec<Inside>> {
        let inside = |(place, entrances): (usize, &&[LonLat])| -> Vec<(usize, Inside)> {
            let in_compound = entrances.iter().filter_map(|&at| {
                let compounds = self.obstacles().compounds();
                let compound = *compounds.around(at).first()?;
                // Who lives in a block of a table is linked to none of its ways.
                let of_table = compounds.compound(compound).of_table;
                let way = (!of_table).then(|| self.way_at(at)).flatten();
                let place = place as u32;
                Some((compound, Inside { place, at, way }))
            });
            in_compound.collect()
        };
        let found: Vec<Vec<(usize, Inside)>> = places.par_iter().enumerate().map(inside).collect();
        let mut by_compound: BTreeMap<usize, Vec<Inside>> = BTreeMap::new();
        for (compound, inside) in found.into_iter().flatten() {
            by_compound.entry(compound).or_default().push(inside);
        }
        by_compound
    }
}
