//! Meetings: places of one compound that need no street to meet.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Linker;
use crate::grouped::Grouped;
use crate::plane::{LonLat, distance_metres, distance_millimetres};

/// Nobody walks further than this without any way, whatever lies between: what is
/// farther apart meets by the streets or not at all.
///
/// # Units
/// Metres.
const STRAIGHT: f64 = 500.0;

/// For every source the facilities of its own compound that it meets straight.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meetings(Grouped<Meeting>);

/// A straight walk inside a compound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Meeting {
    /// The facility, as an index into the list of facilities.
    pub facility: u32,
    /// Its length, in millimetres.
    pub millimetres: u64,
}

impl Meetings {
    /// The meetings under other numbers of the facilities, without those that have none now,
    /// and more of some sources.
    pub fn numbered(&self, number: impl Fn(u32) -> Option<u32>, more: &[(u32, Meeting)]) -> Self {
        let kept = |meeting: &Meeting| {
            let facility = number(meeting.facility)?;
            Some(Meeting {
                facility,
                ..*meeting
            })
        };
        let mut more = more.to_vec();
        more.sort_unstable();
        let mut more = more.into_iter().peekable();
        let mut numbered = Grouped::default();
        for source in 0..self.0.len() as u32 {
            let mut own: Vec<Meeting> = self.0.at(source).iter().filter_map(kept).collect();
            let before = own.len();
            while let Some((_, meeting)) = more.next_if(|&(of, _)| of == source) {
                own.push(meeting);
            }
            if own.len() > before {
                own.sort_unstable();
            }
            numbered.push(own);
        }
        Self(numbered)
    }

    /// The meetings of a source, by facility.
    pub fn of(&self, source: usize) -> &[Meeting] {
        if source < self.0.len() {
            self.0.at(source as u32)
        } else {
            &[]
        }
    }
}

/// The entrances of places that lie in compounds, by the innermost one.
#[derive(Clone, Debug, Default)]
pub struct Insiders(BTreeMap<usize, Vec<Inside>>);

/// An entrance inside a compound.
#[derive(Clone, Debug)]
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
        let (inside, facilities) = (self.insiders(sources), self.insiders(facilities));
        let met = self.met(&inside, &facilities);
        Meetings(Grouped::gathered(sources.len(), met.iter().copied()))
    }

    /// The same of entrances whose compounds are known: sources and meetings, ascending.
    pub fn met(&self, sources: &Insiders, facilities: &Insiders) -> Vec<(u32, Meeting)> {
        let mut met: Vec<(u32, Meeting)> = Vec::new();
        for (compound, facilities) in &facilities.0 {
            let sources = sources.0.get(compound).into_par_iter().flatten();
            let found = sources.flat_map_iter(|source| {
                let found = self.met_from(source, facilities).into_iter();
                found.map(|meeting| (source.place, meeting))
            });
            met.par_extend(found);
        }
        met.sort_unstable();
        met.dedup_by_key(|&mut (source, meeting)| (source, meeting.facility));
        met
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

    /// The entrances of places that lie in compounds.
    pub fn insiders(&self, places: &[&[LonLat]]) -> Insiders {
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
        Insiders(by_compound)
    }
}
