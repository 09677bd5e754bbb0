//! Irregularity that is the same on every machine.

/// A generator of irregular numbers: SplitMix64 (Steele, Lea, Flood 2014).
#[derive(Clone, Debug)]
pub(super) struct Chance(pub(super) u64);

/// What the state grows by: 2⁶⁴ over the golden ratio.
const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

/// Every bit of the result depends on every bit of the state.
fn mixed(state: u64) -> u64 {
    let bits = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ (bits >> 31)
}

impl Chance {
    /// The generator of a seed for one thing at one place, independent of all others.
    pub(super) fn of(seed: u64, thing: u64, place: [i64; 2]) -> Self {
        let keys = [thing, place[0].cast_unsigned(), place[1].cast_unsigned()];
        let state = keys
            .iter()
            .fold(mixed(seed.wrapping_add(STEP)), |state, key| {
                mixed(state.wrapping_add(STEP) ^ mixed(key.wrapping_add(STEP)))
            });
        Self(state)
    }

    /// The next number.
    pub(super) fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mixed(self.0)
    }

    /// The next number, from 0 up to 1.
    pub(super) fn share(&mut self) -> f64 {
        (self.number() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// The next number between −`most` and `most`.
    pub(super) fn about(&mut self, most: f64) -> f64 {
        (self.share() * 2.0 - 1.0) * most
    }

    /// The next whole number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = high.abs_diff(low) + 1;
        // Of 32 bits: the spans here are far below that.
        let along = ((self.number() >> 32) * span) >> 32;
        low + along.cast_signed()
    }

    /// Whether something happens that does so `share` times in a thousand.
    pub(super) fn happens(&mut self, share: i64) -> bool {
        self.between(0, 999) < share
    }

    /// One of several.
    pub(super) fn one_of<'a, T>(&mut self, several: &'a [T]) -> &'a T {
        &several[self.between(0, several.len() as i64 - 1) as usize]
    }
}
