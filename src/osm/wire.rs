//! A walk over the protobuf wire format, before protobuf decodes: what the
//! decoder then allocates is bounded, and nothing it meets can make it recurse.
//!
//! The walk follows the shapes below, which are four messages deep at most; the
//! data cannot make it go deeper.

use super::fault::{Fault, WireFault};

/// The fields of a message that are known, by number.
pub(super) type Shape = &'static [(u32, Kind)];

/// What a known field holds.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// One number.
    Number,
    /// Numbers, packed or one by one.
    Numbers,
    /// Numbers, each of which is an object.
    Ids,
    /// Bytes or text.
    Bytes,
    /// An entry of the string table.
    Entry,
    /// A message.
    Message(Shape),
    /// A group of objects.
    Group(Shape),
    /// An object.
    Object(Shape),
}

use Kind::{Bytes, Entry, Group, Ids, Message, Number, Numbers, Object};

pub(super) const BLOB_HEADER: Shape = &[(1, Bytes), (2, Bytes), (3, Number)];

pub(super) const BLOB: Shape = &[
    (1, Bytes),
    (2, Number),
    (3, Bytes),
    (4, Bytes),
    (5, Bytes),
    (6, Bytes),
    (7, Bytes),
];

pub(super) const HEADER: Shape = &[
    (
        1,
        Message(&[(1, Number), (2, Number), (3, Number), (4, Number)]),
    ),
    (4, Bytes),
    (5, Bytes),
    (16, Bytes),
    (17, Bytes),
    (32, Number),
    (33, Number),
    (34, Bytes),
];

pub(super) const BLOCK: Shape = &[
    (1, Message(&[(1, Entry)])),
    (2, Group(GROUP)),
    (17, Number),
    (18, Number),
    (19, Number),
    (20, Number),
];

const GROUP: Shape = &[
    (1, Object(NODE)),
    (2, Message(DENSE)),
    (3, Object(WAY)),
    (4, Object(RELATION)),
    (5, Object(&[(1, Number)])),
];

const INFO: Shape = &[
    (1, Number),
    (2, Number),
    (3, Number),
    (4, Number),
    (5, Number),
    (6, Number),
];

const NODE: Shape = &[
    (1, Number),
    (2, Numbers),
    (3, Numbers),
    (4, Message(INFO)),
    (8, Number),
    (9, Number),
];

const DENSE: Shape = &[
    (1, Ids),
    (5, Message(DENSE_INFO)),
    (8, Numbers),
    (9, Numbers),
    (10, Numbers),
];

const DENSE_INFO: Shape = &[
    (1, Numbers),
    (2, Numbers),
    (3, Numbers),
    (4, Numbers),
    (5, Numbers),
    (6, Numbers),
];

const WAY: Shape = &[
    (1, Number),
    (2, Numbers),
    (3, Numbers),
    (4, Message(INFO)),
    (8, Numbers),
];

const RELATION: Shape = &[
    (1, Number),
    (2, Numbers),
    (3, Numbers),
    (4, Message(INFO)),
    (8, Numbers),
    (9, Numbers),
    (10, Numbers),
];

pub(super) const MOST_OBJECTS: u64 = 1_000_000;
pub(super) const MOST_STRINGS: u64 = 2_000_000;
pub(super) const MOST_GROUPS: u64 = 100_000;
/// A full block of dense nodes with all their metadata and a few tags each.
pub(super) const MOST_NUMBERS: u64 = 16_000_000;
/// The decoder keeps fields it does not know in a hash map per message.
const MOST_UNKNOWN: u64 = 100_000;

/// Checks that `bytes` are a message of this shape: lengths exact, known fields
/// of their type, no groups, and no more parts than a block may hold.
pub(super) fn check(bytes: &[u8], shape: Shape) -> Result<(), Fault> {
    let mut walk = Walk {
        bytes,
        at: 0,
        objects: 0,
        strings: 0,
        groups: 0,
        numbers: 0,
        unknown: 0,
    };
    walk.message(bytes.len(), shape)
        .map_err(|what| Fault::Wire {
            within: walk.at,
            what,
        })
}

struct Walk<'a> {
    bytes: &'a [u8],
    at: usize,
    objects: u64,
    strings: u64,
    groups: u64,
    numbers: u64,
    unknown: u64,
}

impl Walk<'_> {
    fn message(&mut self, end: usize, shape: Shape) -> Result<(), WireFault> {
        while self.at < end {
            let key = self.number(end)?;
            let number = u32::try_from(key >> 3)
                .ok()
                .filter(|number| (1..1 << 29).contains(number))
                .ok_or(WireFault::Field)?;
            let known = shape
                .iter()
                .find(|(known, _)| *known == number)
                .map(|(_, kind)| *kind);
            match known {
                Some(kind) => self.known(kind, key & 7, end)?,
                None => self.unknown(key & 7, end)?,
            }
        }
        Ok(())
    }

    fn known(&mut self, kind: Kind, wire_type: u64, end: usize) -> Result<(), WireFault> {
        match (kind, wire_type) {
            (Number, 0) => self.number(end).map(|_| ()),
            (Numbers | Ids, 0) => {
                self.number(end)?;
                self.count_numbers(kind, 1)
            }
            (Numbers | Ids, 2) => {
                let inner = self.length(end)?;
                let count = self.packed(inner)?;
                self.count_numbers(kind, count)
            }
            (Bytes, 2) => {
                self.at = self.length(end)?;
                Ok(())
            }
            (Entry, 2) => {
                self.at = self.length(end)?;
                tally(&mut self.strings, 1, MOST_STRINGS, "strings")
            }
            (Message(shape), 2) => self.nested(shape, end),
            (Group(shape), 2) => {
                tally(&mut self.groups, 1, MOST_GROUPS, "groups")?;
                self.nested(shape, end)
            }
            (Object(shape), 2) => {
                tally(&mut self.objects, 1, MOST_OBJECTS, "objects")?;
                self.nested(shape, end)
            }
            (_, 3 | 4 | 6 | 7) => Err(WireFault::Group),
            _ => Err(WireFault::Type),
        }
    }

    fn nested(&mut self, shape: Shape, end: usize) -> Result<(), WireFault> {
        let inner = self.length(end)?;
        self.message(inner, shape)
    }

    fn unknown(&mut self, wire_type: u64, end: usize) -> Result<(), WireFault> {
        tally(&mut self.unknown, 1, MOST_UNKNOWN, "unknown fields")?;
        match wire_type {
            0 => self.number(end).map(|_| ()),
            1 => self.skip(8, end),
            2 => {
                self.at = self.length(end)?;
                Ok(())
            }
            5 => self.skip(4, end),
            _ => Err(WireFault::Group),
        }
    }

    fn count_numbers(&mut self, kind: Kind, count: u64) -> Result<(), WireFault> {
        tally(&mut self.numbers, count, MOST_NUMBERS, "numbers")?;
        if matches!(kind, Ids) {
            tally(&mut self.objects, count, MOST_OBJECTS, "objects")?;
        }
        Ok(())
    }

    /// Numbers up to `end`, counted by their last bytes.
    fn packed(&mut self, end: usize) -> Result<u64, WireFault> {
        let mut count = 0;
        while self.at < end {
            self.number(end)?;
            count += 1;
        }
        Ok(count)
    }

    /// Reads a varint.
    fn number(&mut self, end: usize) -> Result<u64, WireFault> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = *self
                .bytes
                .get(self.at)
                .filter(|_| self.at < end)
                .ok_or(WireFault::Beyond)?;
            // The tenth byte holds the last of 64 bits.
            if shift == 63 && byte > 1 {
                return Err(WireFault::Number);
            }
            self.at += 1;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(WireFault::Number)
    }

    /// Reads a length and returns where the field ends.
    fn length(&mut self, end: usize) -> Result<usize, WireFault> {
        let length = self.number(end)?;
        usize::try_from(length)
            .ok()
            .and_then(|length| self.at.checked_add(length))
            .filter(|inner| *inner <= end)
            .ok_or(WireFault::Beyond)
    }

    fn skip(&mut self, count: usize, end: usize) -> Result<(), WireFault> {
        if end - self.at < count {
            return Err(WireFault::Beyond);
        }
        self.at += count;
        Ok(())
    }
}

fn tally(sum: &mut u64, count: u64, most: u64, parts: &'static str) -> Result<(), WireFault> {
    *sum += count;
    if *sum > most {
        return Err(WireFault::TooMany(parts));
    }
    Ok(())
}
