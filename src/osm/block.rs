//! The objects of a data block, every one checked before it is handed on.
//!
//! Blocks as programs write them are read straight from their bytes. Whatever is odd about
//! a block, or rare in it, is left to osmpbfreader behind the guard of `wire`: it knows the
//! whole format, and tells what is wrong.

use super::block_fault::BlockFault;
use super::fault::Fault;
use super::framing::MOST_DATA;
use super::model::MemberKind;
use super::refs::Refs;
use super::{decoded, straight};
use crate::plane::LonLat;

/// The most text that the tags of a block may hold, in bytes, each string counted
/// as often as it is used: a million objects that share one long string would
/// otherwise be copied out into more memory than there is.
pub(super) const MOST_TEXT: usize = 2 * MOST_DATA;

/// The tags of an object, as they stand in the block.
#[derive(Clone, Copy)]
pub(super) struct Labels<'a> {
    /// Keys and values, in any order.
    pub pairs: &'a [(&'a str, &'a str)],
    /// The number of this list among those of the block, the same wherever it is repeated;
    /// `None` where it is not known.
    pub list: Option<u32>,
}

impl<'a> Labels<'a> {
    /// Tags of which it is not known whether they are repeated.
    pub fn alone(pairs: &'a [(&'a str, &'a str)]) -> Self {
        Self { pairs, list: None }
    }
}

/// One object of a block. `version` is −1, the format's default, where the file
/// has none; a deleted object has `visible` false.
pub(super) enum Object<'a> {
    Node {
        id: i64,
        version: i32,
        /// Where it is; `None` where it is deleted.
        at: Option<LonLat>,
        tags: Labels<'a>,
    },
    Way {
        id: i64,
        version: i32,
        visible: bool,
        tags: Labels<'a>,
        refs: Refs<'a>,
    },
    Relation {
        id: i64,
        version: i32,
        visible: bool,
        tags: Labels<'a>,
        /// Kind, id and role of each member.
        members: &'a [(MemberKind, i64, &'a str)],
    },
}

/// Hands every object of an inflated data block to `each`, to be gathered in what begins
/// as `empty`.
pub(super) fn gathered<T>(
    bytes: &[u8],
    empty: impl Fn() -> T,
    mut each: impl FnMut(&mut T, Object),
) -> Result<T, Fault> {
    let mut found = empty();
    if straight::objects(bytes, |object| each(&mut found, object)).is_some() {
        return Ok(found);
    }
    let mut found = empty();
    decoded::objects(bytes, |object| each(&mut found, object))?;
    Ok(found)
}

/// Where the whole numbers of a block's places lie.
#[derive(Clone, Copy)]
pub(super) struct Grid {
    /// The unit of both, in 10⁻⁹ degrees.
    pub granularity: i32,
    /// Where longitudes begin, in 10⁻⁹ degrees.
    pub lon_offset: i64,
    /// Where latitudes begin.
    pub lat_offset: i64,
}

impl Grid {
    /// Where a node is.
    pub fn at(&self, id: i64, lon: i64, lat: i64) -> Result<LonLat, BlockFault> {
        // As nearly all files have it: the unit is that of a place.
        if (self.granularity, self.lon_offset, self.lat_offset) == (100, 0, 0)
            && (-1_800_000_000..=1_800_000_000).contains(&lon)
            && (-900_000_000..=900_000_000).contains(&lat)
        {
            return Ok(LonLat {
                lon: lon as i32,
                lat: lat as i32,
            });
        }
        let nano = |offset: i64, units: i64| {
            i128::from(offset) + i128::from(self.granularity) * i128::from(units)
        };
        let (lon, lat) = (nano(self.lon_offset, lon), nano(self.lat_offset, lat));
        place(lon, lat).ok_or(BlockFault::Place { id, lon, lat })
    }
}

/// A place from 10⁻⁹ degrees, rounded half away from zero; `None` beyond ±180, ±90.
pub(super) fn place(lon: i128, lat: i128) -> Option<LonLat> {
    const DEGREE: i128 = 1_000_000_000;
    // Within the bounds it fits, and is divided faster.
    let round = |nano: i128| {
        let nano = nano as i64;
        ((nano.abs() + 50) / 100 * nano.signum()) as i32
    };
    (lon.abs() <= 180 * DEGREE && lat.abs() <= 90 * DEGREE).then(|| LonLat {
        lon: round(lon),
        lat: round(lat),
    })
}
