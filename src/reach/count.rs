//! How many destinations of every set are within limits of every origin.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::Nearest;
use super::label::Label;
use super::ledger::{Lanes, Ledger};
use super::meet::{Seeker, crowds};
use super::numbers::Numbers;
use super::tally::Tally;
use super::trips::Trips;
use super::within::Within;
use crate::grouped::Grouped;
use crate::places::FacilitySet;
use crate::progress::{Progress, Stage};
use crate::units::Cost;

/// What was counted for every place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// The limits, as they were asked for.
    limits: Vec<Cost>,
    within: Within,
    /// By row and column.
    numbers: Numbers,
    /// By row and set; empty where they were not asked for.
    nearest: Vec<Label>,
    /// For every place its row: places that leave in the same ways share one.
    rows: Vec<u32>,
}

/// How many destinations of every set every place reaches within the limits that were
/// asked for.
#[derive(Clone, Debug, Default)]
pub struct Tallies {
    within: Within,
    /// By row and column.
    numbers: Arc<Numbers>,
    /// For every place its row.
    rows: Arc<Vec<u32>>,
    /// Rows of places that were counted anew since.
    anew: BTreeMap<u32, Box<[u32]>>,
}

impl Tallies {
    /// Within which limits was counted.
    pub fn within(&self) -> &Within {
        &self.within
    }

    /// How many destinations of a set a place reaches within a limit; none where that was
    /// not asked for.
    pub fn count(&self, place: usize, set: usize, limit: Cost) -> Option<u32> {
        let column = self.within.column(set, limit)?;
        Some(self.at(place as u32, column))
    }

    /// The same by the column of [`Tallies::within`].
    pub fn at(&self, place: u32, column: usize) -> u32 {
        if !self.anew.is_empty()
            && let Some(row) = self.anew.get(&place)
        {
            return row[column];
        }
        self.numbers.at(self.rows[place as usize] as usize, column)
    }

    /// What a place reaches, column by column.
    pub fn row(&self, place: u32) -> Box<[u32]> {
        let columns = 0..self.within.limits().len();
        columns.map(|column| self.at(place, column)).collect()
    }

    /// The same, where some places were counted anew.
    pub fn anew(&self, rows: impl IntoIterator<Item = (u32, Box<[u32]>)>) -> Self {
        let mut tallies = self.clone();
        tallies.anew.extend(rows);
        tallies
    }
}

impl Counts {
    /// How many destinations of a set a place reaches within a limit, by its number among
    /// those that were asked for.
    pub fn count(&self, place: usize, set: usize, limit: usize) -> u32 {
        let column = self.within.column(set, self.limits[limit]);
        let row = self.rows[place] as usize;
        column.map_or(0, |column| self.numbers.at(row, column))
    }

    /// The nearest destination of a set within the largest limit.
    pub fn nearest(&self, place: usize, set: usize) -> Option<Nearest> {
        let row = self.rows[place] as usize;
        self.nearest[row * self.within.sets() + set].told()
    }
}

/// From which side trips are searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seeking {
    /// From the origins, in walking direction.
    Origins,
    /// From the destinations, against it.
    Destinations,
}

impl Trips<'_> {
    /// For every place, set and limit the destinations within the limit, and the nearest
    /// within the largest; from the side that is less work, by the number of its points.
    ///
    /// # Units
    /// `limits` in the cost of the graph.
    pub fn count(&self, sets: &[FacilitySet], limits: &[Cost], progress: &dyn Progress) -> Counts {
        self.count_from(self.shorter(sets), sets, limits, progress)
    }

    /// The same from one side; both give the same.
    pub fn count_from(
        &self,
        side: Seeking,
        sets: &[FacilitySet],
        limits: &[Cost],
        progress: &dyn Progress,
    ) -> Counts {
        let within = Within::all(sets.len(), limits);
        let ledger = Ledger::of(self.pairs.origins.len(), &within, true);
        let (numbers, nearest) = self.counted(side, sets, ledger, progress);
        Counts {
            limits: limits.to_vec(),
            within,
            numbers,
            nearest,
            rows: self.pairs.origin_of.clone(),
        }
    }

    /// Counts the destinations of every set within the limits that are asked for it.
    ///
    /// # Units
    /// Limits in the cost of the graph.
    pub fn tallies(
        &self,
        sets: &[FacilitySet],
        within: &Within,
        progress: &dyn Progress,
    ) -> Tallies {
        let ledger = Ledger::of(self.pairs.origins.len(), within, false);
        let (numbers, _) = self.counted(self.shorter(sets), sets, ledger, progress);
        Tallies {
            within: within.clone(),
            numbers: Arc::new(numbers),
            rows: Arc::new(self.pairs.origin_of.clone()),
            anew: BTreeMap::new(),
        }
    }

    /// The side from which fewer are searched from.
    fn shorter(&self, sets: &[FacilitySet]) -> Seeking {
        let mut asked: Vec<u32> = sets.iter().flat_map(|set| &set.0).copied().collect();
        asked.par_sort_unstable();
        asked.dedup();
        // What is found is entered set by set, which costs more from there.
        if 2 * asked.len() < self.pairs.origins.len() {
            Seeking::Destinations
        } else {
            Seeking::Origins
        }
    }

    fn counted(
        &self,
        side: Seeking,
        sets: &[FacilitySet],
        ledger: Ledger,
        progress: &dyn Progress,
    ) -> (Numbers, Vec<Label>) {
        let within = ledger.within();
        // Of what no limit is asked for, nothing is looked for.
        let asked = (0..)
            .zip(sets)
            .filter(|&(set, _)| !within.of_set(set as usize).is_empty());
        let mut of_facility: Vec<(u32, u32)> = asked
            .flat_map(|(number, set)| set.0.iter().map(move |&facility| (facility, number)))
            .collect();
        of_facility.par_sort_unstable();
        of_facility.dedup();
        let sets_of = Grouped::gathered(self.pairs.destinations.len(), of_facility.iter().copied());
        if let Some(most) = within.most() {
            match side {
                Seeking::Origins => self.search_origins(&sets_of, &ledger, most, progress),
                Seeking::Destinations => {
                    self.search_destinations(&sets_of, &ledger, most, progress);
                }
            }
        }
        ledger.closed()
    }

    /// A lane an origin: what belongs to a set is added to its row of counts, all lanes
    /// at once.
    fn search_origins(
        &self,
        sets_of: &Grouped<u32>,
        ledger: &Ledger,
        most: Cost,
        progress: &dyn Progress,
    ) {
        let all: Vec<u32> = (0..self.pairs.origins.len() as u32).collect();
        let sides = [&self.pairs.origins, &self.pairs.destinations];
        progress.begin(Stage::Search, all.len() as u64);
        crowds(&self.pairs.origins, &all, most)
            .par_iter()
            .for_each_init(
                || {
                    let seeker = Seeker::new(self.graph.forward(), sides, most);
                    (seeker, Tally::of(ledger, most))
                },
                |(seeker, tally), crowd| {
                    let mut pen = ledger.pen();
                    match **crowd {
                        [origin] => seeker.alone(origin, |facility, cost| {
                            for &set in sets_of.at(facility) {
                                pen.one(origin, set, facility, cost);
                            }
                        }),
                        ref origins => {
                            seeker.together(origins, |facility, row| {
                                for &set in sets_of.at(facility) {
                                    if tally.is_full() {
                                        tally.enter(origins, &mut pen);
                                    }
                                    tally.add(set as usize, facility, row);
                                }
                            });
                            tally.enter(origins, &mut pen);
                        }
                    }
                    progress.advance(crowd.len() as u64);
                },
            );
        progress.end();
    }

    /// A lane a destination: of an origin's row the lanes within a limit are counted,
    /// set by set.
    fn search_destinations(
        &self,
        sets_of: &Grouped<u32>,
        ledger: &Ledger,
        most: Cost,
        progress: &dyn Progress,
    ) {
        let all = 0..self.pairs.destinations.len() as u32;
        let asked: Vec<u32> = all.filter(|&one| !sets_of.at(one).is_empty()).collect();
        let sides = [&self.pairs.destinations, &self.pairs.origins];
        progress.begin(Stage::Search, asked.len() as u64);
        crowds(&self.pairs.destinations, &asked, most)
            .par_iter()
            .for_each_init(
                || Seeker::new(self.graph.backward(), sides, most),
                |seeker, crowd| {
                    let mut pen = ledger.pen();
                    match **crowd {
                        [facility] => seeker.alone(facility, |origin, cost| {
                            for &set in sets_of.at(facility) {
                                pen.one(origin, set, facility, cost);
                            }
                        }),
                        ref facilities => {
                            let sets_of = |facility| sets_of.at(facility);
                            let mut lanes = Lanes::of(facilities, sets_of, ledger);
                            seeker.together(facilities, |origin, row| {
                                lanes.enter(&mut pen, origin, row);
                            });
                        }
                    }
                    progress.advance(crowd.len() as u64);
                },
            );
        progress.end();
    }
}
