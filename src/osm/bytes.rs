//! Numbers of the protobuf wire format, one after another.

/// What is not read yet of some bytes. Whatever is not as the format wants it is `None`.
#[derive(Clone, Copy)]
pub(super) struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    /// All of these.
    pub fn of(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// Whether nothing is left.
    pub fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// A number of up to 64 bits.
    #[inline]
    pub fn number(&mut self) -> Option<u64> {
        let (&first, rest) = self.0.split_first()?;
        if first < 0x80 {
            self.0 = rest;
            return Some(first.into());
        }
        self.long_number()
    }

    fn long_number(&mut self) -> Option<u64> {
        let mut value = 0;
        for (at, &byte) in self.0.iter().enumerate().take(10) {
            // The tenth byte holds the last of 64 bits.
            if at == 9 && byte > 1 {
                return None;
            }
            value |= u64::from(byte & 0x7f) << (7 * at);
            if byte < 0x80 {
                self.0 = &self.0[at + 1..];
                return Some(value);
            }
        }
        None
    }

    /// A number that may be below zero: 0, −1, 1, −2, … are 0, 1, 2, 3, …
    #[inline]
    pub fn signed(&mut self) -> Option<i64> {
        let value = self.number()?;
        Some((value >> 1) as i64 ^ -((value & 1) as i64))
    }

    /// A number from 0 to the largest of 32 bits with a sign.
    #[inline]
    pub fn small(&mut self) -> Option<i32> {
        i32::try_from(self.number()?).ok()
    }

    /// A length and as many bytes.
    #[inline]
    pub fn part(&mut self) -> Option<&'a [u8]> {
        let length = usize::try_from(self.number()?).ok()?;
        let (part, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(part)
    }

    /// The bytes up to a 0 that is a number of its own, which is taken, too.
    #[inline]
    pub fn up_to_zero(&mut self) -> Option<&'a [u8]> {
        let mut last = 0;
        for (at, &byte) in self.0.iter().enumerate() {
            if byte == 0 && last < 0x80 {
                let (part, rest) = self.0.split_at(at);
                self.0 = &rest[1..];
                return Some(part);
            }
            last = byte;
        }
        None
    }
}

/// Whether all of these bytes are numbers that take at most so many bytes each.
pub(super) fn are_numbers(bytes: &[u8], most: u32) -> bool {
    let (mut run, mut longest) = (0, 0);
    for byte in bytes {
        run = (run + 1) * u32::from(byte >> 7);
        longest = longest.max(run);
    }
    // What goes on after the last byte is no number.
    run == 0 && longest < most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_any_length() {
        let mut bytes = Bytes::of(&[5, 0x96, 1, 0x80, 0, 3, 0xff]);
        assert_eq!(bytes.number(), Some(5));
        assert_eq!(bytes.number(), Some(150));
        assert_eq!(bytes.number(), Some(0));
        assert_eq!(bytes.signed(), Some(-2));
        assert_eq!(bytes.number(), None);
        let mut most = [0xff; 10];
        most[9] = 1;
        assert_eq!(Bytes::of(&most).number(), Some(u64::MAX));
        assert_eq!(Bytes::of(&most).signed(), Some(i64::MIN));
        assert_eq!(Bytes::of(&most).small(), None);
        most[9] = 2;
        assert_eq!(Bytes::of(&most).number(), None);
        assert_eq!(Bytes::of(&[0xff; 11]).number(), None);
    }

    #[test]
    fn parts_end_within_the_bytes() {
        let mut bytes = Bytes::of(&[2, 7, 8, 2, 9]);
        assert_eq!(bytes.part(), Some(&[7, 8][..]));
        assert_eq!(bytes.part(), None);
        let mut bytes = Bytes::of(&[1, 0x80, 0, 2, 0, 0, 4]);
        assert_eq!(bytes.up_to_zero(), Some(&[1, 0x80, 0, 2][..]));
        assert_eq!(bytes.up_to_zero(), Some(&[][..]));
        assert_eq!(bytes.up_to_zero(), None);
    }

    #[test]
    fn numbers_are_told_from_other_bytes() {
        assert!(are_numbers(&[], 1));
        assert!(are_numbers(&[1, 2, 0x80, 1], 2));
        assert!(!are_numbers(&[1, 2, 0x80, 1], 1));
        assert!(!are_numbers(&[1, 0x80], 5));
        assert!(!are_numbers(&[0x80, 0x80, 1], 2));
    }
}
