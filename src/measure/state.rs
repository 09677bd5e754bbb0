//! Verdicts on samples and the five states of a block.

use std::sync::Arc;

use fixedbitset::FixedBitSet;

use super::Beelines;
use crate::lang::Lang;
use crate::reach::Nearest;
use crate::standard::Basis;
use crate::units::{Length, Limit};

/// The state of a block for one requirement, by one basis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// The study has no facility of the categories at all: a hole in the data
    /// is not a hole in the city.
    NoData,
    /// No sample is linked. By radius nobody needs a link.
    Unlinked,
    /// Every sample is within the limit.
    Covered,
    /// Some samples are.
    Partly,
    /// None is.
    Uncovered,
}

impl State {
    /// All, in the order in which they are printed.
    pub const ALL: [Self; 5] = [
        Self::Covered,
        Self::Partly,
        Self::Uncovered,
        Self::Unlinked,
        Self::NoData,
    ];

    /// Key in files.
    pub fn key(self) -> &'static str {
        match self {
            Self::NoData => "no_data",
            Self::Unlinked => "unlinked",
            Self::Covered => "covered",
            Self::Partly => "partly",
            Self::Uncovered => "uncovered",
        }
    }

    /// The state in words.
    pub fn text(self, lang: Lang) -> &'static str {
        match self {
            Self::NoData => lang.pick("无数据", "no data"),
            Self::Unlinked => lang.pick("未连接", "unlinked"),
            Self::Covered => lang.pick("全部覆盖", "covered"),
            Self::Partly => lang.pick("部分覆盖", "partly"),
            Self::Uncovered => lang.pick("未覆盖", "uncovered"),
        }
    }
}

/// For every sample whether it is within a limit, by network and by radius.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    network: Arc<FixedBitSet>,
    radius: Arc<FixedBitSet>,
}

impl Verdict {
    /// Judges every sample.
    ///
    /// `limit` holds for the network, `straight_limit` for the straight
    /// distance: the same length, or the metres walked in the limit's time.
    pub fn of(
        nearest: &[Option<Nearest>],
        limit: Limit,
        straight: &Beelines,
        straight_limit: Length,
    ) -> Self {
        let straight_limit = Limit::Length(straight_limit);
        let network = |sample: &usize| limit.holds(nearest[*sample].map(|at| at.cost));
        let radius =
            |sample: &usize| straight_limit.holds(straight.at(*sample).map(Length::decimetres));
        let mut holding = [nearest.len(), straight.len()].map(FixedBitSet::with_capacity);
        holding[0].extend((0..nearest.len()).filter(network));
        holding[1].extend((0..straight.len()).filter(radius));
        let [network, radius] = holding.map(Arc::new);
        Self { network, radius }
    }

    /// Judges one sample anew. How that moves it: by network, by radius; 1 in, −1 out.
    pub fn mend(
        &mut self,
        sample: usize,
        (nearest, limit): (Option<Nearest>, Limit),
        (straight, straight_limit): (Option<Length>, Length),
    ) -> [i8; 2] {
        let straight_limit = Limit::Length(straight_limit);
        let network = limit.holds(nearest.map(|at| at.cost));
        let radius = straight_limit.holds(straight.map(Length::decimetres));
        let mend = |side: &mut Arc<FixedBitSet>, is: bool| {
            let was = side[sample];
            if was != is {
                Arc::make_mut(side).set(sample, is);
            }
            i8::from(is) - i8::from(was)
        };
        [
            mend(&mut self.network, network),
            mend(&mut self.radius, radius),
        ]
    }

    /// Whether a sample is within the limit.
    pub fn holds(&self, basis: Basis, sample: usize) -> bool {
        match basis {
            Basis::Network => self.network[sample],
            Basis::Radius => self.radius[sample],
        }
    }
}

/// The state of a block, or of any other group of samples, of which there is at least one.
pub fn block_state(
    verdict: &Verdict,
    basis: Basis,
    samples: impl Iterator<Item = usize> + Clone,
    linked: impl Fn(usize) -> bool,
    has_data: bool,
) -> State {
    let count = samples.clone().count();
    let within = samples
        .clone()
        .filter(|&sample| verdict.holds(basis, sample))
        .count();
    if !has_data {
        State::NoData
    } else if basis == Basis::Network && !samples.into_iter().any(linked) {
        State::Unlinked
    } else if within == count {
        State::Covered
    } else if within > 0 {
        State::Partly
    } else {
        State::Uncovered
    }
}
