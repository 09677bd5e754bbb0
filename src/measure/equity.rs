//! How evenly the way to the nearest is shared.

use crate::units::Cost;

/// How evenly a cost is shared among those who pay it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Equity {
    /// The weight of all who reach anything: people in thousandths, or land in dm².
    pub reached: u64,
    /// Of those who reach nothing: they are in no other figure.
    pub unreached: u64,
    /// The mean cost.
    pub mean: f64,
    /// The Gini coefficient: 0 where all pay the same, towards 1 where few pay all.
    pub gini: f64,
    /// The Palma ratio: what the tenth pay who pay most, in parts of what the four tenths
    /// pay who pay least; `None` where those pay nothing.
    pub palma: Option<f64>,
    /// The mean cost of the tenth who pay most.
    pub worst_tenth: f64,
}

/// The equity of costs, each with the weight of those who pay it; `None` where nobody
/// pays any.
///
/// The Gini coefficient is that of grouped data by the trapezoids under the Lorenz curve
/// (Gastwirth 1972); the Palma ratio is that of Cobham and Sumner (2013), of costs in place
/// of incomes. Tenths are cut to the last unit of weight.
///
/// ```
/// use living_circle::measure::equity;
/// // Half of the people pay 1, half pay 3.
/// let half = equity([(Some(1), 50), (Some(3), 50)]).unwrap();
/// assert_eq!((half.mean, half.gini, half.worst_tenth), (2.0, 0.25, 3.0));
/// // The worst tenth pays 10 × 3, the best four tenths 40 × 1.
/// assert_eq!(half.palma, Some(0.75));
/// assert!(equity([(None, 5)]).is_none());
/// ```
pub fn equity(costs: impl IntoIterator<Item = (Option<Cost>, u64)>) -> Option<Equity> {
    let mut unreached = 0;
    let mut paid: Vec<(u128, u128)> = Vec::new();
    for (cost, weight) in costs {
        match cost {
            // Ten times the weight, so that tenths are whole.
            Some(cost) => paid.push((u128::from(cost), u128::from(weight) * 10)),
            None => unreached += weight,
        }
    }
    paid.sort_unstable();
    let whole: u128 = paid.iter().map(|&(_, weight)| weight).sum();
    if whole == 0 {
        return None;
    }
    let total: u128 = paid.iter().map(|&(cost, weight)| cost * weight).sum();
    // Twice the area under the Lorenz curve, in weight times cost.
    let mut below = 0;
    let mut doubled = 0;
    for &(cost, weight) in &paid {
        let next = below + cost * weight;
        doubled += weight * (below + next);
        below = next;
    }
    let gini = if total == 0 {
        0.0
    } else {
        1.0 - doubled as f64 / (whole as f64 * total as f64)
    };
    let least = first(paid.iter(), whole / 10 * 4);
    let most = first(paid.iter().rev(), whole / 10);
    Some(Equity {
        reached: (whole / 10) as u64,
        unreached,
        mean: total as f64 / whole as f64,
        gini: gini.max(0.0),
        palma: (least > 0).then(|| most as f64 / least as f64),
        worst_tenth: most as f64 / (whole / 10) as f64,
    })
}

/// What the first pay of some who weigh so much together.
fn first<'a>(paid: impl Iterator<Item = &'a (u128, u128)>, weight: u128) -> u128 {
    let mut left = weight;
    let mut sum = 0;
    for &(cost, weight) in paid {
        let part = weight.min(left);
        sum += cost * part;
        left -= part;
    }
    sum
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Half the mean absolute difference of all pairs, in parts of the mean (Gini 1912).
    fn by_pairs(costs: &[(u32, u64)]) -> f64 {
        let weight: f64 = costs.iter().map(|&(_, weight)| weight as f64).sum();
        let mean: f64 = costs
            .iter()
            .map(|&(cost, weight)| f64::from(cost) * weight as f64)
            .sum::<f64>()
            / weight;
        let mut apart = 0.0;
        for &(one, own) in costs {
            for &(other, theirs) in costs {
                apart += f64::from(one.abs_diff(other)) * own as f64 * theirs as f64;
            }
        }
        apart / (2.0 * weight * weight * mean)
    }

    proptest! {
        #[test]
        fn the_gini_coefficient_is_that_of_all_pairs(
            costs in proptest::collection::vec((1..10_000_u32, 1..500_u64), 1..30)
        ) {
            let found = equity(costs.iter().map(|&(cost, weight)| (Some(cost), weight))).unwrap();
            prop_assert!((found.gini - by_pairs(&costs)).abs() < 1e-9);
            prop_assert!(found.worst_tenth >= found.mean - 1e-9);
        }
    }

    #[test]
    fn all_alike_is_even_and_nothing_is_shared_evenly() {
        let alike = equity([(Some(7), 3), (Some(7), 10), (None, 4)]).unwrap();
        assert_eq!((alike.gini, alike.mean, alike.worst_tenth), (0.0, 7.0, 7.0));
        assert_eq!((alike.reached, alike.unreached), (13, 4));
        assert_eq!(alike.palma, Some(0.25));
        let free = equity([(Some(0), 3)]).unwrap();
        assert_eq!((free.gini, free.palma), (0.0, None));
    }
}
