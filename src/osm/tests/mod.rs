//! The guard, tried with messages made by hand: every limit, every fault.

mod blocks;
mod damage;
mod framing;
mod objects;
mod relations;
mod sketch;

use super::model::{Keep, TagSet};
use super::{Extract, Fault, OsmError, read_bytes};
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

fn read(bytes: &[u8]) -> Result<(Extract, Notices), OsmError> {
    read_bytes("test.osm.pbf", bytes, &All, &Silent)
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
