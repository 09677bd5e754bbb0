//! The guard, tried with messages made by hand: every limit, every fault.

mod blocks;
mod damage;
mod framing;
mod objects;
mod relations;
mod sketch;
mod straight;

use std::io::Cursor;

use super::held::MOST_HELD;
use super::model::{Keep, TagSet};
use super::read::read_source;
use super::{Extract, Fault, OsmError};
use crate::notice::Notices;
use crate::progress::Silent;

/// Keeps every object that has a tag, save those with `drop`.
struct All;

impl Keep for All {
    fn node(&self, tags: &dyn TagSet) -> bool {
        tags.value("drop").is_none()
    }

    fn way(&self, tags: &dyn TagSet) -> bool {
        tags.value("drop").is_none()
    }

    fn relation(&self, tags: &dyn TagSet) -> bool {
        tags.value("drop").is_none()
    }
}

/// Read once where that can be, and twice: all the same.
fn read(bytes: &[u8]) -> Result<(Extract, Notices), OsmError> {
    let read = |most_held| {
        let source = Cursor::new(bytes);
        read_source("test.osm.pbf", source, &All, most_held, &Silent)
    };
    let (once, twice) = (read(MOST_HELD), read(0));
    match (&once, &twice) {
        (Ok(once), Ok(twice)) => assert_eq!(once, twice),
        (Err(once), Err(twice)) => assert_eq!(once.to_string(), twice.to_string()),
        _ => panic!("{once:?}, {twice:?}"),
    }
    once
}

fn fine(bytes: &[u8]) -> (Extract, Notices) {
    read(bytes).unwrap()
}

/// The byte of the blob that is refused, and why.
fn refused(bytes: &[u8]) -> (u64, Fault) {
    match read(bytes) {
        Err(OsmError::Blob { byte, fault, .. }) => (byte, fault),
        other => panic!("not refused as a blob: {other:?}"),
    }
}
