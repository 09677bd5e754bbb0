//! Writing drawn extracts: `.osm.pbf` files for tests, examples and measurements.

mod encode;
mod writer;

use super::{Member, Tags};
use crate::lang::{Explain, Lang};
use crate::plane::LonLat;

pub use writer::PbfWriter;

/// A node to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrawnNode {
    /// OSM id.
    pub id: i64,
    /// Where it lies.
    pub at: LonLat,
    /// Its tags.
    pub tags: Tags,
}

/// A way to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrawnWay {
    /// OSM id.
    pub id: i64,
    /// Its tags.
    pub tags: Tags,
    /// Ids of its nodes; they need not be in the drawing.
    pub nodes: Vec<i64>,
}

/// A relation to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrawnRelation {
    /// OSM id.
    pub id: i64,
    /// Its tags.
    pub tags: Tags,
    /// Its members in order.
    pub members: Vec<Member>,
}

/// The objects of a drawn extract, written in the order they stand here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawing {
    /// South-west and north-east corner, for the header.
    pub bounds: Option<(LonLat, LonLat)>,
    /// Seconds since 1970, for the header.
    pub timestamp: Option<i64>,
    /// Nodes.
    pub nodes: Vec<DrawnNode>,
    /// Ways.
    pub ways: Vec<DrawnWay>,
    /// Relations.
    pub relations: Vec<DrawnRelation>,
}

/// A drawing that the format cannot hold, or a place that does not take it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.explain(Lang::En))]
pub enum DrawError {
    /// A block is larger than the format allows.
    BlockTooLarge {
        /// Its size.
        bytes: usize,
    },
    /// The protobuf encoder refused a message.
    Encoding(String),
    /// The bytes could not be written.
    Write(std::io::ErrorKind, String),
}

impl Explain for DrawError {
    fn explain(&self, lang: Lang) -> String {
        match self {
            Self::BlockTooLarge { bytes } => lang.pick(
                format!("数据块有 {bytes} 字节，超过 {LARGEST_BLOCK} 字节的上限：请减少标签或节点"),
                format!(
                    "a block of {bytes} bytes is above the limit of {LARGEST_BLOCK}: draw fewer tags or nodes"
                ),
            ),
            Self::Encoding(why) => lang.pick(
                format!("无法编码为 PBF：{why}"),
                format!("cannot be encoded as PBF: {why}"),
            ),
            Self::Write(_, why) => lang.pick(
                format!("无法写入 PBF：{why}"),
                format!("the PBF cannot be written: {why}"),
            ),
        }
    }
}

/// Readers take up to 32 MiB of bytes.
const LARGEST_BLOCK: usize = 32 << 20;

impl Drawing {
    /// The drawing as an `.osm.pbf` file, as [`PbfWriter`] writes it. The same
    /// drawing always gives the same bytes.
    ///
    /// # Errors
    /// Where a block of 8,000 objects is above 32 MiB.
    pub fn to_pbf(&self) -> Result<Vec<u8>, DrawError> {
        let mut writer = PbfWriter::new(Vec::new(), self.bounds, self.timestamp)?;
        writer.nodes(self.nodes.iter().cloned())?;
        writer.ways(self.ways.iter().cloned())?;
        writer.relations(self.relations.iter().cloned())?;
        writer.finish().map(|(file, _)| file)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
