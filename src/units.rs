//! Quantities with their unit in the constructor: integers, so that sums do not
//! depend on their order.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Sub};

macro_rules! quantity {
    ($(#[$doc:meta])* $name:ident($raw:ty)) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name($raw);

        impl $name {
            /// Nothing of it.
            pub const ZERO: Self = Self(0);
        }

        impl Add for $name {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self(self.0 + other.0)
            }
        }

        impl Sub for $name {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                Self(self.0 - other.0)
            }
        }

        impl AddAssign for $name {
            fn add_assign(&mut self, other: Self) {
                self.0 += other.0;
            }
        }

        impl Sum for $name {
            fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
                parts.fold(Self::ZERO, Add::add)
            }
        }
    };
}

quantity! {
    /// A walked length.
    ///
    /// # Units
    /// Decimetres.
    Length(u32)
}

quantity! {
    /// A walked time.
    ///
    /// # Units
    /// Tenths of a second.
    WalkTime(u32)
}

quantity! {
    /// An area of land.
    ///
    /// # Units
    /// Square decimetres.
    Land(u64)
}

quantity! {
    /// A number of people.
    ///
    /// # Units
    /// Thousandths of a person, so that shares of a block add up exactly.
    People(u64)
}

impl Length {
    /// From decimetres.
    pub const fn from_decimetres(decimetres: u32) -> Self {
        Self(decimetres)
    }

    /// From millimetres, rounded half up. Saturates beyond 429,000 km.
    pub fn from_millimetres(millimetres: u64) -> Self {
        Self(u32::try_from((millimetres + 50) / 100).unwrap_or(u32::MAX))
    }

    /// In decimetres.
    pub const fn decimetres(self) -> u32 {
        self.0
    }

    /// In metres.
    pub fn metres(self) -> f64 {
        f64::from(self.0) / 10.0
    }
}

impl WalkTime {
    /// From tenths of a second.
    pub const fn from_tenths(tenths: u32) -> Self {
        Self(tenths)
    }

    /// In tenths of a second.
    pub const fn tenths(self) -> u32 {
        self.0
    }

    /// In minutes.
    pub fn minutes(self) -> f64 {
        f64::from(self.0) / 600.0
    }
}

impl Land {
    /// From square decimetres.
    pub const fn from_square_decimetres(square_decimetres: u64) -> Self {
        Self(square_decimetres)
    }

    /// From square metres, rounded; `None` where that is no finite, non-negative number.
    pub fn from_square_metres(square_metres: f64) -> Option<Self> {
        rounded(square_metres * 100.0).map(Self)
    }

    /// In square decimetres.
    pub const fn square_decimetres(self) -> u64 {
        self.0
    }

    /// In square metres.
    pub fn square_metres(self) -> f64 {
        self.0 as f64 / 100.0
    }
}

impl People {
    /// From thousandths of a person.
    pub const fn from_thousandths(thousandths: u64) -> Self {
        Self(thousandths)
    }

    /// From a count, rounded to thousandths; `None` where that is no finite,
    /// non-negative number.
    pub fn from_count(count: f64) -> Option<Self> {
        rounded(count * 1000.0).map(Self)
    }

    /// In thousandths of a person.
    pub const fn thousandths(self) -> u64 {
        self.0
    }

    /// As a count.
    pub fn count(self) -> f64 {
        self.0 as f64 / 1000.0
    }
}

/// The largest whole number of land or people units taken from one row of an
/// input: 100,000 km², ten billion people. Sums of a million such rows stay in range.
const LARGEST: f64 = 1e13;

fn rounded(value: f64) -> Option<u64> {
    (value.is_finite() && (0.0..=LARGEST).contains(&value)).then(|| value.round() as u64)
}

/// Shares `total` among `parts` so that the shares differ by at most one and
/// add up to `total`: the first `total % parts` get one more (largest
/// remainder, all remainders being equal, ties by position).
///
/// ```
/// use living_circle::units::equal_shares;
/// assert_eq!(equal_shares(10, 4).collect::<Vec<_>>(), [3, 3, 2, 2]);
/// ```
pub fn equal_shares(total: u64, parts: usize) -> impl Iterator<Item = u64> {
    let count = parts.max(1) as u64;
    let (base, extra) = (total / count, total % count);
    (0..parts as u64).map(move |part| base + u64::from(part < extra))
}

/// Shares `total` in proportion to `weights`, to the last unit (largest remainder,
/// ties by position); equally where all weights are 0.
///
/// ```
/// use living_circle::units::weighted_shares;
/// assert_eq!(weighted_shares(10, &[1, 1, 2]), [3, 2, 5]);
/// ```
pub fn weighted_shares(total: u64, weights: &[u64]) -> Vec<u64> {
    let sum: u128 = weights.iter().map(|&weight| u128::from(weight)).sum();
    if sum == 0 {
        return equal_shares(total, weights.len()).collect();
    }
    let exact = |weight: &u64| u128::from(total) * u128::from(*weight);
    let mut shares: Vec<u64> = weights.iter().map(|w| (exact(w) / sum) as u64).collect();
    let missing = total - shares.iter().sum::<u64>();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|&part| std::cmp::Reverse(exact(&weights[part]) % sum));
    for part in order.into_iter().take(missing as usize) {
        shares[part] += 1;
    }
    shares
}

/// A limit of a search: "within 500 m" or "within 10 min". Always `≤`.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize, serde::Serialize,
)]
#[serde(try_from = "String", into = "String")]
pub enum Limit {
    /// Within a walked length (or, by radius, a straight distance).
    Length(Length),
    /// Within a walked time.
    Time(WalkTime),
}

/// Which cost a search adds up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CostKind {
    /// Decimetres.
    Length,
    /// Tenths of a second.
    Time,
}

/// A cost in the unit of its [`CostKind`].
pub type Cost = u32;

impl Limit {
    /// The kind of cost that is limited.
    pub fn kind(self) -> CostKind {
        match self {
            Self::Length(_) => CostKind::Length,
            Self::Time(_) => CostKind::Time,
        }
    }

    /// The limit in the unit of its kind.
    pub fn cost(self) -> Cost {
        match self {
            Self::Length(length) => length.decimetres(),
            Self::Time(time) => time.tenths(),
        }
    }

    /// Whether `cost`, in the unit of this limit, is within: the one place
    /// where that is decided.
    ///
    /// ```
    /// use living_circle::units::{Length, Limit};
    /// let limit = Limit::Length(Length::from_decimetres(5_000));
    /// assert!(limit.holds(Some(5_000)));
    /// assert!(!limit.holds(Some(5_001)));
    /// assert!(!limit.holds(None));
    /// ```
    pub fn holds(self, cost: Option<Cost>) -> bool {
        cost.is_some_and(|cost| cost <= self.cost())
    }
}

impl std::fmt::Display for Limit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Length(length) => write!(f, "{} m", trimmed(length.metres())),
            Self::Time(time) => write!(f, "{} min", trimmed(time.minutes())),
        }
    }
}

/// As it is typed, with all its decimals: reading it gives the same limit.
impl From<Limit> for String {
    fn from(limit: Limit) -> Self {
        match limit {
            Limit::Length(length) => format!("{}m", length.metres()),
            Limit::Time(time) => format!("{}min", time.minutes()),
        }
    }
}

impl TryFrom<String> for Limit {
    type Error = LimitError;

    fn try_from(text: String) -> Result<Self, LimitError> {
        text.parse()
    }
}

/// A limit that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "'{0}' is not a limit: write a length in metres or a time in minutes, such as 500m or 10min"
)]
pub struct LimitError(pub String);

impl std::str::FromStr for Limit {
    type Err = LimitError;

    /// Reads `500m`, `1.2km` or `10min`.
    fn from_str(text: &str) -> Result<Self, LimitError> {
        let error = || LimitError(text.to_owned());
        let trimmed = text.trim();
        let (number, tenths_per_unit, time) = if let Some(number) = trimmed.strip_suffix("min") {
            (number, 600.0, true)
        } else if let Some(number) = trimmed.strip_suffix("km") {
            (number, 10_000.0, false)
        } else if let Some(number) = trimmed.strip_suffix('m') {
            (number, 10.0, false)
        } else {
            return Err(error());
        };
        let value: f64 = number.trim().parse().map_err(|_| error())?;
        let units = (value * tenths_per_unit).round();
        // 16 bits of decimetres or tenths are enough for any walk of a report;
        // the bound here only keeps the arithmetic far from overflow.
        if !(1.0..=10_000_000.0).contains(&units) {
            return Err(error());
        }
        Ok(if time {
            Self::Time(WalkTime::from_tenths(units as u32))
        } else {
            Self::Length(Length::from_decimetres(units as u32))
        })
    }
}

/// A number without needless zeros: `12`, `1.5`, `0.25`.
pub fn trimmed(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_up_and_differ_by_one() {
        for total in [0, 1, 7, 1_000_003] {
            for parts in [1, 2, 3, 10] {
                let shares: Vec<u64> = equal_shares(total, parts).collect();
                assert_eq!(shares.len(), parts);
                assert_eq!(shares.iter().sum::<u64>(), total);
                assert!(shares[0] - shares[parts - 1] <= 1);
            }
        }
    }

    #[test]
    fn weighted_shares_add_up_and_go_by_the_largest_remainder() {
        // 7 × 2 ÷ 4 = 3.5, 7 × 1 ÷ 4 = 1.75 twice: the two larger remainders.
        assert_eq!(weighted_shares(7, &[2, 1, 1]), [3, 2, 2]);
        assert_eq!(weighted_shares(5, &[0, 3, 0]), [0, 5, 0]);
        assert_eq!(weighted_shares(5, &[0, 0]), [3, 2]);
        assert!(weighted_shares(0, &[]).is_empty());
        let large = [u64::MAX, u64::MAX, 1];
        assert_eq!(
            weighted_shares(u64::MAX, &large).iter().sum::<u64>(),
            u64::MAX
        );
        for total in [0, 1, 7, 1_000_003] {
            for parts in [1, 2, 3, 10] {
                let equal: Vec<u64> = equal_shares(total, parts).collect();
                assert_eq!(weighted_shares(total, &vec![5; parts]), equal);
            }
        }
    }

    #[test]
    fn limits_are_read_in_their_units() {
        assert_eq!("500m".parse::<Limit>().unwrap().cost(), 5_000);
        assert_eq!("1.2km".parse::<Limit>().unwrap().cost(), 12_000);
        assert_eq!("10min".parse::<Limit>().unwrap().cost(), 6_000);
        for bad in ["", "5", "m", "-5m", "0min", "NaNm", "infmin", "5h"] {
            assert!(bad.parse::<Limit>().is_err(), "{bad}");
        }
    }

    #[test]
    fn millimetres_round_half_up_to_decimetres() {
        assert_eq!(Length::from_millimetres(49).decimetres(), 0);
        assert_eq!(Length::from_millimetres(50).decimetres(), 1);
        assert_eq!(Length::from_millimetres(149).decimetres(), 1);
    }

    #[test]
    fn what_is_written_of_a_limit_is_read_again() {
        for cost in (1..20_000).chain([123_457, 9_999_999]) {
            for limit in [
                Limit::Length(Length::from_decimetres(cost)),
                Limit::Time(WalkTime::from_tenths(cost)),
            ] {
                assert_eq!(Limit::try_from(String::from(limit)).unwrap(), limit);
            }
        }
        assert_eq!(String::from("10 min".parse::<Limit>().unwrap()), "10min");
    }
}
