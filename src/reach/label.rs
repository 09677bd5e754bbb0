//! A cost and what it leads to, in one number.

use super::Nearest;
use crate::units::Cost;

/// Cost above, tag below: of two labels the smaller is the better, ties to the lower tag,
/// and one comparison without a branch tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Label(u64);

impl Label {
    /// Nothing: the largest cost, with a tag that nothing has.
    pub const NONE: Self = Self(u64::MAX);

    #[inline]
    pub fn of(cost: Cost, tag: u32) -> Self {
        Self(u64::from(cost) << 32 | u64::from(tag))
    }

    #[inline]
    pub fn cost(self) -> Cost {
        (self.0 >> 32) as Cost
    }

    #[inline]
    pub fn tag(self) -> u32 {
        self.0 as u32
    }

    /// The same farther on; nothing where that is beyond all costs.
    #[inline]
    pub fn plus(self, cost: Cost) -> Self {
        Self(self.0.saturating_add(u64::from(cost) << 32))
    }

    /// As it is told, where the tag is a facility.
    pub fn told(self) -> Option<Nearest> {
        (self != Self::NONE).then(|| Nearest::of(self.cost(), self.tag()))
    }
}
