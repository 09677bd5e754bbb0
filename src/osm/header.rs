//! The header block: what the file needs of its reader, and says of itself.

use osmpbfreader::osmformat::{HeaderBBox, HeaderBlock};
use protobuf::Message;

use super::block::place;
use super::fault::Fault;
use super::model::Header;
use super::wire;
use crate::notice::{Notice, Notices};
use crate::plane::LonLat;

const KNOWN_FEATURES: [&str; 2] = ["OsmSchema-V0.6", "DenseNodes"];
const HISTORY: &str = "HistoricalInformation";

/// Reads an inflated header block. `file` is for the notices.
pub(super) fn header(bytes: &[u8], file: &str, notices: &mut Notices) -> Result<Header, Fault> {
    wire::check(bytes, wire::HEADER)?;
    let block =
        HeaderBlock::parse_from_bytes(bytes).map_err(|said| Fault::Decoder(said.to_string()))?;
    if block.required_features.iter().any(|name| name == HISTORY) {
        return Err(Fault::History);
    }
    if let Some(name) = block
        .required_features
        .iter()
        .find(|name| !KNOWN_FEATURES.contains(&name.as_str()))
    {
        return Err(Fault::Feature(name.clone()));
    }
    let bounds = block.bbox.as_ref().map(bounds);
    if bounds == Some(None) {
        notices.note(Notice::UnusableBounds, file);
    }
    Ok(Header {
        bounds: bounds.flatten(),
        timestamp: block.osmosis_replication_timestamp,
        writing_program: block.writingprogram().to_owned(),
    })
}

fn bounds(bbox: &HeaderBBox) -> Option<(LonLat, LonLat)> {
    let corner = |lon: i64, lat: i64| place(lon.into(), lat.into());
    let south_west = corner(bbox.left(), bbox.bottom())?;
    let north_east = corner(bbox.right(), bbox.top())?;
    // West of the antimeridian to east of it is a box, upside down is none.
    (south_west.lat <= north_east.lat).then_some((south_west, north_east))
}
