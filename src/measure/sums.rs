//! What samples stand for, summed.

use std::ops::{AddAssign, SubAssign};

use crate::places::{Groups, Sample};
use crate::standard::Denominator;
use crate::units::{Land, People};

/// Sums over samples: integers, so that zones add up to the whole exactly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Samples.
    pub samples: u64,
    /// Residential land.
    pub land: Land,
    /// People.
    pub people: People,
    /// Those of every group among them.
    pub groups: Groups<People>,
}

impl Sums {
    /// The sums of some samples.
    pub fn of<'a>(samples: impl IntoIterator<Item = &'a Sample>) -> Self {
        let mut sums = Self::default();
        for sample in samples {
            sums += Self {
                samples: 1,
                land: sample.land,
                people: sample.people,
                groups: sample.groups(),
            };
        }
        sums
    }

    /// What these are more than others, none where they are less.
    pub fn beyond(&self, other: &Self) -> Self {
        let people = |own: People, other: People| {
            People::from_thousandths(own.thousandths().saturating_sub(other.thousandths()))
        };
        let (own, less) = (
            self.land.square_decimetres(),
            other.land.square_decimetres(),
        );
        Self {
            samples: self.samples.saturating_sub(other.samples),
            land: Land::from_square_decimetres(own.saturating_sub(less)),
            people: people(self.people, other.people),
            groups: Groups::of(|group| people(self.groups[group], other.groups[group])),
        }
    }

    /// The sum of one denominator, in its smallest unit (dm² of land,
    /// thousandths of a person).
    pub fn units(&self, of: Denominator) -> u64 {
        match of {
            Denominator::Land => self.land.square_decimetres(),
            Denominator::People => self.people.thousandths(),
            Denominator::Group(group) => self.groups[group].thousandths(),
        }
    }

    /// The sum of one denominator, in m² or people.
    pub fn amount(&self, of: Denominator) -> f64 {
        match of {
            Denominator::Land => self.land.square_metres(),
            Denominator::People => self.people.count(),
            Denominator::Group(group) => self.groups[group].count(),
        }
    }

    /// The share of `self` in `whole`; `None` where the whole is nothing.
    pub fn share_of(&self, whole: &Self, of: Denominator) -> Option<f64> {
        (whole.units(of) > 0).then(|| self.units(of) as f64 / whole.units(of) as f64)
    }
}

impl SubAssign for Sums {
    fn sub_assign(&mut self, other: Self) {
        self.samples -= other.samples;
        self.land = self.land - other.land;
        self.people = self.people - other.people;
        self.groups = Groups::of(|group| self.groups[group] - other.groups[group]);
    }
}

impl AddAssign for Sums {
    fn add_assign(&mut self, other: Self) {
        self.samples += other.samples;
        self.land += other.land;
        self.people += other.people;
        self.groups += other.groups;
    }
}
