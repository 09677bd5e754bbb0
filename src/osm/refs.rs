//! The node ids of a way, packed as they stand in a file: the difference of each to the one
//! before, in as many bytes as it needs. Neighbours mostly follow one another, so that a
//! reference takes a byte or two instead of eight.

use std::cmp::Ordering;

use super::bytes::Bytes;

/// The node ids of a way, in order. Their sums fit.
#[derive(Clone, Copy)]
pub(super) struct Refs<'a>(&'a [u8]);

/// The same, kept.
#[derive(Debug, Default)]
pub(super) struct KeptRefs(Box<[u8]>);

impl<'a> Refs<'a> {
    /// The references of a way; `None` where the bytes are none, or sums do not fit.
    pub fn checked(packed: &'a [u8]) -> Option<Self> {
        let mut bytes = Bytes::of(packed);
        let mut sum = 0_i64;
        while !bytes.is_empty() {
            sum = sum.checked_add(bytes.signed()?)?;
        }
        Some(Self(packed))
    }

    /// The references that were [`packed`].
    pub fn of(packed: &'a [u8]) -> Self {
        Self(packed)
    }

    /// Kept beyond the block.
    pub fn kept(self) -> KeptRefs {
        KeptRefs(self.0.into())
    }
}

impl KeptRefs {
    /// All of these ids, packed.
    #[cfg(test)]
    pub fn of(ids: &[i64]) -> Self {
        Self(packed(ids).into())
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        // Each has a last byte.
        self.0.iter().filter(|&&byte| byte < 0x80).count()
    }

    /// The ids, in order.
    pub fn iter(&self) -> impl Iterator<Item = i64> + '_ {
        let mut bytes = Bytes::of(&self.0);
        let mut sum = 0_i64;
        std::iter::from_fn(move || {
            sum = sum.wrapping_add(bytes.signed()?);
            Some(sum)
        })
    }
}

/// Node ids, packed.
pub(super) fn packed(ids: &[i64]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(ids.len() + 8);
    let mut before = 0_i64;
    for &id in ids {
        let step = id.wrapping_sub(before);
        before = id;
        let mut rest = (step << 1 ^ step >> 63) as u64;
        while rest >= 0x80 {
            bytes.push(rest as u8 | 0x80);
            rest >>= 7;
        }
        bytes.push(rest as u8);
    }
    bytes
}

// By the ids, whatever bytes they take.
impl PartialEq for KeptRefs {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for KeptRefs {}

impl PartialOrd for KeptRefs {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for KeptRefs {
    fn cmp(&self, other: &Self) -> Ordering {
        self.iter().cmp(other.iter())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_packed_and_come_back() {
        let ids = [7, 8, 9, -1, i64::MAX, i64::MIN, 0, 1 << 40];
        assert_eq!(KeptRefs::of(&ids).iter().collect::<Vec<_>>(), ids);
        assert_eq!(KeptRefs::of(&ids).len(), ids.len());
        assert_eq!(KeptRefs::of(&[]).iter().next(), None);
        let close: Vec<i64> = (1_000..1_100).collect();
        assert_eq!(packed(&close).len(), 101);
        let bytes = packed(&close);
        assert_eq!(Refs::checked(&bytes).unwrap().kept(), KeptRefs::of(&close));
    }

    /// Ids are compared, not their bytes: 1 is less than 64, which takes two.
    #[test]
    fn the_order_is_that_of_the_ids() {
        let lists: [&[i64]; 5] = [&[], &[-70], &[1], &[1, 64], &[64]];
        for (at, one) in lists.iter().enumerate() {
            for (to, other) in lists.iter().enumerate() {
                assert_eq!(KeptRefs::of(one).cmp(&KeptRefs::of(other)), at.cmp(&to));
            }
        }
    }

    #[test]
    fn bytes_that_are_no_ids_are_refused() {
        for bytes in [&[0x80][..], &[2, 0xff], &[0xff; 11]] {
            assert!(Refs::checked(bytes).is_none(), "{bytes:?}");
        }
        let mut far = packed(&[i64::MAX]);
        far.push(2);
        assert!(Refs::checked(&far).is_none());
    }
}
