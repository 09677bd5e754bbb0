//! Coverage: the land and the people of the samples within a limit.

use super::{Sums, Verdict};
use crate::places::{Samples, Zoning};
use crate::standard::Basis;

/// What a figure is summed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// The whole study area.
    Whole,
    /// A zone: level and zone, as indices.
    Zone(usize, u32),
    /// What lies outside every zone of a level.
    Outside(usize),
}

/// The coverage of one requirement in one scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// What it is summed for.
    pub scope: Scope,
    /// All samples of the scope, unlinked ones too.
    pub whole: Sums,
    /// Those within the limit by network.
    pub network: Sums,
    /// Those within the limit by radius.
    pub radius: Sums,
}

impl Coverage {
    /// The covered part by one basis.
    pub fn covered(&self, basis: Basis) -> &Sums {
        match basis {
            Basis::Network => &self.network,
            Basis::Radius => &self.radius,
        }
    }
}

/// Coverage of the whole, of every zone (zones without samples too) and, where
/// there is any, of what lies outside every zone of a level.
pub fn coverage(samples: &Samples, zonings: &[Zoning], verdict: &Verdict) -> Vec<Coverage> {
    let empty = |scope| Coverage {
        scope,
        whole: Sums::default(),
        network: Sums::default(),
        radius: Sums::default(),
    };
    let rows = Rows::of(zonings);
    let outside = (0..zonings.len()).map(Scope::Outside);
    let mut scopes: Vec<Coverage> = named_scopes(zonings).chain(outside).map(empty).collect();
    for (index, sample) in samples.all().iter().enumerate() {
        let own = Sums::of([sample]);
        let [network, radius] = Basis::BOTH.map(|basis| verdict.holds(basis, index));
        for scope in scopes_of(zonings, index) {
            let coverage = &mut scopes[rows.of_scope(scope)];
            coverage.whole += own;
            if network {
                coverage.network += own;
            }
            if radius {
                coverage.radius += own;
            }
        }
    }
    let is_empty = |found: &Coverage| found.whole.samples == 0;
    scopes.retain(|found| !(matches!(found.scope, Scope::Outside(_)) && is_empty(found)));
    scopes
}

/// Where every scope stands in a list: the whole, the zones level by level, what is outside.
struct Rows {
    /// For every level its first zone, and the end.
    first: Vec<usize>,
}

impl Rows {
    fn of(zonings: &[Zoning]) -> Self {
        let mut first = vec![1];
        for zoning in zonings {
            first.push(first[first.len() - 1] + zoning.zones.len());
        }
        Self { first }
    }

    fn of_scope(&self, scope: Scope) -> usize {
        match scope {
            Scope::Whole => 0,
            Scope::Zone(level, zone) => self.first[level] + zone as usize,
            Scope::Outside(level) => self.first[self.first.len() - 1] + level,
        }
    }
}

/// Moves a sample, which stands for `own`, in or out of what is covered wherever it counts:
/// by network and by radius, as [`Verdict::mend`] tells.
pub fn recount(
    coverage: &mut [Coverage],
    zonings: &[Zoning],
    sample: usize,
    own: Sums,
    [network, radius]: [i8; 2],
) {
    if [network, radius] == [0, 0] {
        return;
    }
    let moved = |sums: &mut Sums, by: i8| match by {
        1.. => *sums += own,
        0 => {}
        _ => *sums -= own,
    };
    for scope in scopes_of(zonings, sample) {
        if let Ok(at) = coverage.binary_search_by_key(&scope, |found| found.scope) {
            moved(&mut coverage[at].network, network);
            moved(&mut coverage[at].radius, radius);
        }
    }
}

/// The whole, and every zone of every level.
pub(super) fn named_scopes(zonings: &[Zoning]) -> impl Iterator<Item = Scope> {
    let zones = zonings.iter().enumerate().flat_map(|(level, zoning)| {
        (0..zoning.zones.len() as u32).map(move |zone| Scope::Zone(level, zone))
    });
    std::iter::once(Scope::Whole).chain(zones)
}

/// Where a sample counts: in the whole, and in one scope of every level.
pub(super) fn scopes_of(zonings: &[Zoning], sample: usize) -> impl Iterator<Item = Scope> {
    let of_levels = zonings.iter().enumerate().map(move |(level, zoning)| {
        zoning.of_sample[sample].map_or(Scope::Outside(level), |zone| Scope::Zone(level, zone))
    });
    std::iter::once(Scope::Whole).chain(of_levels)
}
