//! What samples stand for, summed.

use std::ops::AddAssign;

use crate::places::Sample;
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
    /// The elderly among them.
    pub elderly: People,
    /// The children among them.
    pub children: People,
}

/// What a share is a share of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Denominator {
    /// Residential land.
    Land,
    /// People.
    People,
    /// The elderly.
    Elderly,
    /// Children.
    Children,
}

impl Denominator {
    /// All, in the order in which they are printed.
    pub const ALL: [Self; 4] = [Self::Land, Self::People, Self::Elderly, Self::Children];

    /// Key in files.
    pub fn key(self) -> &'static str {
        match self {
            Self::Land => "land",
            Self::People => "people",
            Self::Elderly => "elderly",
            Self::Children => "children",
        }
    }
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
                elderly: sample.elderly,
                children: sample.children,
            };
        }
        sums
    }

    /// The sum of one denominator, in its smallest unit (dm² of land,
    /// thousandths of a person).
    pub fn units(&self, of: Denominator) -> u64 {
        match of {
            Denominator::Land => self.land.square_decimetres(),
            Denominator::People => self.people.thousandths(),
            Denominator::Elderly => self.elderly.thousandths(),
            Denominator::Children => self.children.thousandths(),
        }
    }

    /// The sum of one denominator, in m² or people.
    pub fn amount(&self, of: Denominator) -> f64 {
        match of {
            Denominator::Land => self.land.square_metres(),
            Denominator::People => self.people.count(),
            Denominator::Elderly => self.elderly.count(),
            Denominator::Children => self.children.count(),
        }
    }

    /// The share of `self` in `whole`; `None` where the whole is nothing.
    pub fn share_of(&self, whole: &Self, of: Denominator) -> Option<f64> {
        (whole.units(of) > 0).then(|| self.units(of) as f64 / whole.units(of) as f64)
    }
}

impl AddAssign for Sums {
    fn add_assign(&mut self, other: Self) {
        self.samples += other.samples;
        self.land += other.land;
        self.people += other.people;
        self.elderly += other.elderly;
        self.children += other.children;
    }
}
