//! `parcels.csv`: one row a parcel and requirement, and the lines that the sheets of
//! parcels tell it in.

use super::words::{self, requirement_name, share};
use super::{Cell, Table};
use crate::lang::Lang;
use crate::measure::State;
use crate::places::Facility;
use crate::reach::Nearest;
use crate::standard::{Basis, Fitness, Requirement};
use crate::study::{Answer, BlockAnswer, Parcels, Study, too_small_near};
use crate::units::trimmed;

/// What one parcel has of one requirement.
pub(super) struct Line<'a> {
    pub requirement: &'a Requirement,
    pub answer: &'a Answer,
    pub found: BlockAnswer<'a>,
    pub has_data: bool,
    /// What is walked to the nearest facility, each by its own shortest way: the lower
    /// median over the samples, as for blocks.
    pub metres: Option<Nearest>,
    pub minutes: Option<Nearest>,
    /// The nearest facility in the kind of the limit, as an index.
    pub nearest: Option<u32>,
    /// Facilities within 5, 10 and 15 minutes.
    pub counts: [u32; 3],
    /// Facilities that are too small, within the straight limit.
    pub too_small: usize,
}

impl<'a> Line<'a> {
    /// The state by the basis that the standard prescribes.
    pub fn state(&self) -> State {
        self.found.state(self.requirement.basis)
    }

    /// The nearest facility.
    pub fn facility(&self, study: &'a Study) -> Option<&'a Facility> {
        self.nearest.map(|at| &study.facilities[at as usize])
    }

    /// Whether the nearest facility counts though its size is not known.
    pub fn size_unknown(&self, study: &Study) -> bool {
        let judged = &study.sets[self.answer.set].judged;
        let known = |at: u32| judged.iter().find(|(facility, _)| *facility == at);
        let fitness = self.nearest.and_then(known);
        fitness.is_some_and(|(_, fitness)| *fitness == Fitness::Unknown)
    }
}

/// The lines of a parcel, in the standard's order.
pub(super) fn lines<'a>(study: &'a Study, parcels: &'a Parcels, parcel: usize) -> Vec<Line<'a>> {
    let shape = &parcels.list[parcel].shape;
    let asked = study.standard.requirements.iter().zip(&parcels.answers);
    asked
        .map(|(requirement, answer)| {
            let walked = &parcels.walked[answer.walker];
            let found = study.of_parcel(parcels, answer, parcel);
            let [length, time] = [&walked.length, &walked.time]
                .map(|reached| reached.spread(answer.set, &parcels.samples, parcel).median);
            Line {
                requirement,
                answer,
                found,
                has_data: study.has_data(answer),
                metres: length,
                minutes: time,
                nearest: found.nearest().median.map(Nearest::facility),
                counts: parcels.counts(answer, parcel),
                too_small: too_small_near(study, answer, shape),
            }
        })
        .collect()
}

pub(super) fn table(study: &Study, lang: Lang) -> Table {
    let columns = [
        "parcel",
        "name",
        "standard",
        "requirement",
        "requirement_name",
        "tier",
        "required",
        "categories",
        "limit",
        "straight_limit_m",
        "walker",
        "basis",
        "state",
        "network_share",
        "radius_share",
        "network_state",
        "radius_state",
        "facility",
        "facility_name",
        "size_unknown",
        "walk_m",
        "walk_min",
        "count",
        "count_5min",
        "count_10min",
        "count_15min",
        "too_small",
        "target",
        "edge",
        "unlinked_reason",
    ]
    .map(str::to_owned)
    .into();
    let mut rows = Vec::new();
    if let Some(parcels) = &study.parcels {
        for parcel in 0..parcels.list.len() {
            let lines = lines(study, parcels, parcel);
            rows.extend(
                lines
                    .iter()
                    .map(|line| row(study, parcels, parcel, line, lang)),
            );
        }
    }
    Table { columns, rows }
}

fn row(study: &Study, parcels: &Parcels, parcel: usize, line: &Line, lang: Lang) -> Vec<Cell> {
    let about = &parcels.list[parcel];
    let (requirement, answer, found) = (line.requirement, line.answer, line.found);
    let within = |basis| share(line.has_data.then(|| found.share(basis)));
    let count = |count: usize| {
        let known = line.has_data.then_some(count as u64);
        known.map_or(Cell::Empty, Cell::Whole)
    };
    let facility = line.facility(study);
    let [in_5, in_10, in_15] = line.counts.map(|found| count(found as usize));
    let tier = requirement.tier;
    vec![
        Cell::text(&*about.id),
        Cell::maybe_text(about.name.as_deref()),
        Cell::text(&*requirement.pack),
        Cell::text(&*requirement.key),
        Cell::text(requirement_name(requirement, lang)),
        tier.map_or(Cell::Empty, |tier| Cell::Whole(u64::from(tier))),
        Cell::Flag(requirement.required),
        Cell::text(&*study.sets[answer.set].key),
        Cell::text(answer.limit.to_string()),
        Cell::text(trimmed(answer.straight_limit.metres())),
        Cell::text(&*study.walked[answer.walker].walker.key),
        Cell::text(requirement.basis.key()),
        Cell::text(line.state().key()),
        within(Basis::Network),
        within(Basis::Radius),
        Cell::text(found.state(Basis::Network).key()),
        Cell::text(found.state(Basis::Radius).key()),
        Cell::maybe_text(facility.map(|facility| &*facility.id)),
        Cell::maybe_text(facility.and_then(|facility| facility.name.as_deref())),
        facility.map_or(Cell::Empty, |_| Cell::Flag(line.size_unknown(study))),
        words::metres(line.metres),
        words::minutes(line.minutes),
        count(found.count() as usize),
        in_5,
        in_10,
        in_15,
        Cell::Whole(line.too_small as u64),
        Cell::maybe(requirement.target, 4),
        Cell::Flag(found.at_edge()),
        Cell::maybe_text(parcels.unlinked_reason(parcel).map(|why| why.text(lang))),
    ]
}
