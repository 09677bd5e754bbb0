//! A scenario while it is carried out.

use super::change::{Change, Place};
use super::{Bad, Base, Planned, Problem};
use crate::frame::Frame;
use crate::plane::{Area, LonLat};
use crate::study::Survey;

/// The city so far, and what is wrong so far.
pub(super) struct Work<'a> {
    pub base: &'a Base,
    pub changes: &'a [Planned],
    /// The frame of all places in them.
    pub frame: Frame,
    pub survey: Survey,
    pub problems: Vec<Problem>,
}

impl<'a> Work<'a> {
    /// Nothing is changed yet.
    pub fn on(base: &'a Base, changes: &'a [Planned], frame: Frame) -> Self {
        Self {
            base,
            changes,
            frame,
            survey: base.survey.clone(),
            problems: Vec::new(),
        }
    }

    /// The changes of some kind, in the order of the file.
    pub fn changes<T>(&self, of: impl Fn(&'a Change) -> Option<T>) -> Vec<(&'a Planned, T)> {
        let changes = self.changes.iter();
        changes
            .filter_map(|planned| Some((planned, of(&planned.change)?)))
            .collect()
    }

    /// What is made of a change; what is wrong with it is told in the end.
    pub fn tried<T>(&mut self, planned: &Planned, made: Result<T, Bad>) -> Option<T> {
        match made {
            Ok(made) => Some(made),
            Err(bad) => {
                self.problems.push(Problem {
                    line: Some(planned.line),
                    change: Some(planned.change.key()),
                    bad,
                });
                None
            }
        }
    }

    /// A place in the file's frame.
    pub fn place(&self, place: Place) -> Result<LonLat, Bad> {
        let degrees = self.frame.inverse(place);
        degrees
            .and_then(|[lon, lat]| LonLat::from_degrees(lon, lat))
            .ok_or(Bad::Place(place))
    }

    /// A line of at least two different places.
    pub fn line(&self, line: &[Place]) -> Result<Vec<LonLat>, Bad> {
        let mut places = line
            .iter()
            .map(|&place| self.place(place))
            .collect::<Result<Vec<_>, _>>()?;
        places.dedup();
        if places.len() < 2 {
            return Err(Bad::NoLine);
        }
        Ok(places)
    }

    /// An outline.
    pub fn area(&self, ring: &[Place]) -> Result<Area, Bad> {
        let ring = ring
            .iter()
            .map(|&place| self.place(place))
            .collect::<Result<Vec<_>, _>>()?;
        Area::from_ring(ring)
            .filter(Area::is_simple)
            .ok_or(Bad::NoArea)
    }
}
