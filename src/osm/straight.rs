//! The objects of a data block, read straight from its bytes, as nearly all programs write
//! them: dense nodes or ways, every field once, nothing unknown.
//!
//! What is accepted here osmpbfreader decodes to the same objects. Whatever else there is
//! is not told apart: it is `None`, and left to the decoder, with all faults.

use std::collections::HashMap;

use super::block::{Grid, Labels, MOST_TEXT, Object};
use super::bytes::{Bytes, are_numbers};
use super::refs::Refs;
use super::wire::{MOST_GROUPS, MOST_NUMBERS, MOST_OBJECTS, MOST_STRINGS};

/// A field with one number.
const NUMBER: u64 = 0;
/// A field with a length and as many bytes.
const PART: u64 = 2;

/// Hands every object of an inflated data block to `each`. What was handed on before
/// `None` is not to be used.
pub(super) fn objects(bytes: &[u8], mut each: impl FnMut(Object)) -> Option<()> {
    // No number takes less than a byte.
    if bytes.len() as u64 > MOST_NUMBERS {
        return None;
    }
    let (mut table, mut groups) = (None, Vec::new());
    let mut grid = Grid {
        granularity: 100,
        lon_offset: 0,
        lat_offset: 0,
    };
    let mut fields = Bytes::of(bytes);
    while !fields.is_empty() {
        match key(&mut fields)? {
            (1, PART) if table.is_none() => table = Some(fields.part()?),
            (2, PART) => groups.push(fields.part()?),
            (17, NUMBER) => grid.granularity = fields.small().filter(|&unit| unit > 0)?,
            // Of dates, which are not read.
            (18, NUMBER) => drop(fields.small()?),
            (19, NUMBER) => grid.lat_offset = fields.number()? as i64,
            (20, NUMBER) => grid.lon_offset = fields.number()? as i64,
            _ => return None,
        }
    }
    if groups.len() as u64 > MOST_GROUPS {
        return None;
    }
    let mut reader = Reader {
        grid,
        lists: Lists::new(table?)?,
        objects: 0,
    };
    groups
        .into_iter()
        .try_for_each(|group| reader.group(group, &mut each))
}

/// The number and the wire type of a field.
fn key(fields: &mut Bytes) -> Option<(u64, u64)> {
    let key = fields.number()?;
    Some((key >> 3, key & 7))
}

/// Puts a field into its place, where it is the first of its kind.
fn once<'a>(place: &mut Option<&'a [u8]>, fields: &mut Bytes<'a>) -> Option<()> {
    let part = fields.part()?;
    place.replace(part).is_none().then_some(())
}

struct Reader<'a> {
    grid: Grid,
    lists: Lists<'a>,
    objects: u64,
}

impl<'a> Reader<'a> {
    /// A group of ways, or one of dense nodes.
    fn group(&mut self, group: &'a [u8], each: &mut impl FnMut(Object)) -> Option<()> {
        let mut fields = Bytes::of(group);
        let mut kind = None;
        while !fields.is_empty() {
            let (number, wire_type) = key(&mut fields)?;
            if wire_type != PART || kind.is_some_and(|kind| kind != number) {
                return None;
            }
            match number {
                2 if kind.is_none() => self.dense(fields.part()?, each)?,
                3 => self.way(fields.part()?, each)?,
                _ => return None,
            }
            kind = Some(number);
        }
        Some(())
    }

    fn count_object(&mut self) -> Option<()> {
        self.objects += 1;
        (self.objects <= MOST_OBJECTS).then_some(())
    }

    fn dense(&mut self, dense: &'a [u8], each: &mut impl FnMut(Object)) -> Option<()> {
        let [mut ids, mut info, mut lats, mut lons, mut tags] = [None; 5];
        let mut fields = Bytes::of(dense);
        while !fields.is_empty() {
            let place = match key(&mut fields)? {
                (1, PART) => &mut ids,
                (5, PART) => &mut info,
                (8, PART) => &mut lats,
                (9, PART) => &mut lons,
                (10, PART) => &mut tags,
                _ => return None,
            };
            once(place, &mut fields)?;
        }
        let numbers = |part: Option<&'a [u8]>| Bytes::of(part.unwrap_or_default());
        let versions = info.map_or(Some(&[][..]), versions)?;
        let mut versions = (!versions.is_empty()).then(|| Bytes::of(versions));
        let (mut ids, mut lats, mut lons) = (numbers(ids), numbers(lats), numbers(lons));
        let mut tags = tags.filter(|tags| !tags.is_empty()).map(Bytes::of);
        let (mut id, mut lat, mut lon) = (0_i64, 0_i64, 0_i64);
        while !ids.is_empty() {
            self.count_object()?;
            id = id.checked_add(ids.signed()?)?;
            lat = lat.checked_add(lats.signed()?)?;
            lon = lon.checked_add(lons.signed()?)?;
            let list = match &mut tags {
                Some(tags) => self.lists.find((tags.up_to_zero()?, None))?,
                None => NO_TAGS,
            };
            each(Object::Node {
                id,
                version: versions.as_mut().map_or(Some(-1), Bytes::small)?,
                at: Some(self.grid.at(id, lon, lat).ok()?),
                tags: self.lists.labels(list),
            });
        }
        let rest = [Some(lats), Some(lons), tags, versions];
        let mut rest = rest.into_iter().flatten();
        rest.all(Bytes::is_empty).then_some(())
    }

    fn way(&mut self, way: &'a [u8], each: &mut impl FnMut(Object)) -> Option<()> {
        self.count_object()?;
        let (mut id, [mut keys, mut values, mut info, mut refs]) = (None, [None; 4]);
        let mut fields = Bytes::of(way);
        while !fields.is_empty() {
            let place = match key(&mut fields)? {
                (1, NUMBER) => {
                    id = Some(fields.number()? as i64);
                    continue;
                }
                (2, PART) => &mut keys,
                (3, PART) => &mut values,
                (4, PART) => &mut info,
                (8, PART) => &mut refs,
                _ => return None,
            };
            once(place, &mut fields)?;
        }
        let (version, visible) = info.map_or(Some((-1, true)), version)?;
        let list = (keys.unwrap_or_default(), values.unwrap_or_default());
        let list = self.lists.find((list.0, Some(list.1)))?;
        each(Object::Way {
            id: id?,
            version,
            visible,
            tags: self.lists.labels(list),
            refs: Refs::checked(refs.unwrap_or_default())?,
        });
        Some(())
    }
}

/// The version of an object and whether it is visible.
fn version(info: &[u8]) -> Option<(i32, bool)> {
    let (mut version, mut visible) = (-1, true);
    let mut fields = Bytes::of(info);
    while !fields.is_empty() {
        match key(&mut fields)? {
            (1, NUMBER) => version = fields.small()?,
            (2 | 3, NUMBER) => drop(fields.number()?),
            (4 | 5, NUMBER) => drop(fields.small()?),
            (6, NUMBER) => visible = fields.number()? != 0,
            _ => return None,
        }
    }
    Some((version, visible))
}

/// The versions of dense nodes, none where they have none. Files that say which nodes are
/// deleted are rare.
fn versions(info: &[u8]) -> Option<&[u8]> {
    let mut versions = None;
    let mut fields = Bytes::of(info);
    while !fields.is_empty() {
        match key(&mut fields)? {
            (1, PART) => once(&mut versions, &mut fields)?,
            // Numbers of 64 bits, and of 32.
            (2 | 3, PART) => are_numbers(fields.part()?, 9).then_some(())?,
            (4 | 5, PART) => are_numbers(fields.part()?, 4).then_some(())?,
            _ => return None,
        }
    }
    Some(versions.unwrap_or_default())
}

/// A list of tags as it stands in the block: keys and values by turns, or the keys and
/// then the values.
type Written<'a> = (&'a [u8], Option<&'a [u8]>);

/// The number of the list without a tag.
const NO_TAGS: u32 = 0;

/// The lists of tags of a block, of which most are repeated many times: each is looked up
/// once.
struct Lists<'a> {
    strings: Vec<&'a [u8]>,
    /// By how they are written.
    known: HashMap<Written<'a>, u32>,
    /// The list that was found last, as neighbours are often of one kind.
    last: Option<(Written<'a>, u32)>,
    /// Of every list where it ends in `pairs`, and the length of its text.
    ends: Vec<(usize, usize)>,
    pairs: Vec<(&'a str, &'a str)>,
    text_left: usize,
}

impl<'a> Lists<'a> {
    fn new(table: &'a [u8]) -> Option<Self> {
        let mut strings = Vec::new();
        let mut fields = Bytes::of(table);
        while !fields.is_empty() {
            let (1, PART) = key(&mut fields)? else {
                return None;
            };
            // Refused before they take any memory.
            if strings.len() as u64 == MOST_STRINGS {
                return None;
            }
            strings.push(fields.part()?);
        }
        Some(Self {
            strings,
            known: HashMap::new(),
            last: None,
            ends: vec![(0, 0)],
            pairs: Vec::new(),
            text_left: MOST_TEXT,
        })
    }

    /// The number of a list.
    fn find(&mut self, written: Written<'a>) -> Option<u32> {
        if written.0.is_empty() && written.1.is_none_or(<[u8]>::is_empty) {
            return Some(NO_TAGS);
        }
        let list = match self.last {
            Some((last, list)) if last == written => list,
            _ => match self.known.get(&written) {
                Some(&list) => list,
                None => self.add(written)?,
            },
        };
        self.last = Some((written, list));
        self.text_left = self.text_left.checked_sub(self.ends[list as usize].1)?;
        Some(list)
    }

    fn add(&mut self, written: Written<'a>) -> Option<u32> {
        let mut text = 0;
        let mut keys = Bytes::of(written.0);
        let mut values = written.1.map(Bytes::of);
        while !keys.is_empty() {
            let key = self.string(&mut keys, written.1.is_none())?;
            let value = self.string(values.as_mut().unwrap_or(&mut keys), written.1.is_none())?;
            text += key.len() + value.len();
            self.pairs.push((key, value));
        }
        if values.is_some_and(|values| !values.is_empty()) {
            return None;
        }
        let list = self.ends.len() as u32;
        self.ends.push((self.pairs.len(), text));
        self.known.insert(written, list);
        Some(list)
    }

    /// A string that a number stands for. Among dense nodes 0 stands for the end.
    fn string(&self, numbers: &mut Bytes, dense: bool) -> Option<&'a str> {
        let number = numbers.number()?;
        if dense && number == 0 {
            return None;
        }
        let bytes = self.strings.get(usize::try_from(number).ok()?)?;
        std::str::from_utf8(bytes).ok()
    }

    fn labels(&self, list: u32) -> Labels<'_> {
        let before = (list as usize).checked_sub(1);
        let from = before.map_or(0, |before| self.ends[before].0);
        Labels {
            pairs: &self.pairs[from..self.ends[list as usize].0],
            list: Some(list),
        }
    }
}
