//! Parts of the people that are counted apart.

use std::ops::{AddAssign, Index, IndexMut};

/// A part of the people, by age.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// The elderly, as the table counts them: of 60 years and more, where it says so.
    Elderly,
    /// People of 65 years and more.
    Elderly65,
    /// Children, as the table counts them.
    Children,
    /// Children below 3 years: of the age of nurseries.
    Children0To3,
    /// Children of 3 to 5 years: of the age of kindergartens.
    Children3To6,
    /// Children of 6 to 11 years: of the age of primary schools.
    Children6To12,
}

impl Group {
    /// All, in the order in which they are printed.
    pub const ALL: [Self; 6] = [
        Self::Elderly,
        Self::Elderly65,
        Self::Children,
        Self::Children0To3,
        Self::Children3To6,
        Self::Children6To12,
    ];

    /// Key in files, and the column of a table of blocks.
    pub fn key(self) -> &'static str {
        match self {
            Self::Elderly => "elderly",
            Self::Elderly65 => "elderly_65",
            Self::Children => "children",
            Self::Children0To3 => "children_0_3",
            Self::Children3To6 => "children_3_6",
            Self::Children6To12 => "children_6_12",
        }
    }
}

/// A value for each group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Groups<T>([T; Group::ALL.len()]);

impl<T> Groups<T> {
    /// What `value` says of each.
    pub fn of(value: impl FnMut(Group) -> T) -> Self {
        Self(Group::ALL.map(value))
    }

    /// The values, in the order of the groups.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.iter()
    }
}

impl<T> Index<Group> for Groups<T> {
    type Output = T;

    fn index(&self, group: Group) -> &T {
        &self.0[group as usize]
    }
}

impl<T> IndexMut<Group> for Groups<T> {
    fn index_mut(&mut self, group: Group) -> &mut T {
        &mut self.0[group as usize]
    }
}

impl<T: AddAssign + Copy> AddAssign for Groups<T> {
    fn add_assign(&mut self, other: Self) {
        for (own, other) in self.0.iter_mut().zip(other.0) {
            *own += other;
        }
    }
}
