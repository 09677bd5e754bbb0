//! Writing drawn extracts: small `.osm.pbf` files for tests and examples.

use std::collections::BTreeMap;

use osmpbfreader::fileformat::{Blob, BlobHeader};
use osmpbfreader::osmformat::{
    DenseNodes, HeaderBBox, HeaderBlock, PrimitiveBlock, PrimitiveGroup, Relation, StringTable,
    Way, relation::MemberType,
};
use protobuf::{Message, MessageField};

use super::{Member, MemberKind, Tags};
use crate::lang::{Explain, Lang};
use crate::plane::LonLat;

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

/// A drawing that the format cannot hold.
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
        }
    }
}

/// A usual size of a block; readers take up to 32 MiB of bytes.
const OBJECTS_PER_BLOCK: usize = 8_000;
const LARGEST_BLOCK: usize = 32 << 20;
/// Nanodegrees per 10⁻⁷ degree: the unit of the header's box.
const NANODEGREES: i64 = 100;

impl Drawing {
    /// The drawing as an `.osm.pbf` file: uncompressed blobs, dense nodes,
    /// sorted string tables. The same drawing always gives the same bytes.
    ///
    /// # Errors
    /// Where a block of 8,000 objects is above 32 MiB.
    pub fn to_pbf(&self) -> Result<Vec<u8>, DrawError> {
        let mut file = Vec::new();
        append(&mut file, "OSMHeader", &self.header())?;
        for nodes in self.nodes.chunks(OBJECTS_PER_BLOCK) {
            append(&mut file, "OSMData", &node_block(nodes))?;
        }
        for ways in self.ways.chunks(OBJECTS_PER_BLOCK) {
            append(&mut file, "OSMData", &way_block(ways))?;
        }
        for relations in self.relations.chunks(OBJECTS_PER_BLOCK) {
            append(&mut file, "OSMData", &relation_block(relations))?;
        }
        Ok(file)
    }

    fn header(&self) -> HeaderBlock {
        let mut header = HeaderBlock::new();
        header.required_features = vec!["OsmSchema-V0.6".to_owned(), "DenseNodes".to_owned()];
        header.writingprogram = Some("living-circle".to_owned());
        header.osmosis_replication_timestamp = self.timestamp;
        header.bbox = self.bounds.map(boundaries).into();
        header
    }
}

fn boundaries((south_west, north_east): (LonLat, LonLat)) -> HeaderBBox {
    let mut bbox = HeaderBBox::new();
    bbox.left = Some(i64::from(south_west.lon) * NANODEGREES);
    bbox.bottom = Some(i64::from(south_west.lat) * NANODEGREES);
    bbox.right = Some(i64::from(north_east.lon) * NANODEGREES);
    bbox.top = Some(i64::from(north_east.lat) * NANODEGREES);
    bbox
}

/// Appends a message as a blob with its header.
fn append(file: &mut Vec<u8>, kind: &str, message: &impl Message) -> Result<(), DrawError> {
    let raw = encoded(message)?;
    let mut blob = Blob::new();
    blob.raw_size = i32::try_from(raw.len()).ok();
    blob.raw = Some(raw);
    let blob = encoded(&blob)?;
    if blob.len() > LARGEST_BLOCK {
        return Err(DrawError::BlockTooLarge { bytes: blob.len() });
    }
    let mut header = BlobHeader::new();
    header.type_ = Some(kind.to_owned());
    header.datasize = i32::try_from(blob.len()).ok();
    let header = encoded(&header)?;
    file.extend_from_slice(&(header.len() as u32).to_be_bytes());
    file.extend_from_slice(&header);
    file.extend_from_slice(&blob);
    Ok(())
}

fn encoded(message: &impl Message) -> Result<Vec<u8>, DrawError> {
    message
        .write_to_bytes()
        .map_err(|error| DrawError::Encoding(error.to_string()))
}

/// The strings of a block: the first is empty, as dense nodes need it for the
/// end of a node's tags; the others are sorted.
struct Strings<'a>(BTreeMap<&'a str, u32>);

impl<'a> Strings<'a> {
    fn new(strings: impl Iterator<Item = &'a str>) -> Self {
        let mut table: BTreeMap<&str, u32> = strings.map(|string| (string, 0)).collect();
        for (position, index) in (1..).zip(table.values_mut()) {
            *index = position;
        }
        Self(table)
    }

    fn of_tags(tags: impl Iterator<Item = &'a Tags>) -> Self {
        Self::new(tags.flat_map(Tags::iter).flat_map(<[&str; 2]>::from))
    }

    fn index(&self, string: &str) -> u32 {
        self.0.get(string).copied().unwrap_or_default()
    }

    fn keys(&self, tags: &Tags) -> Vec<u32> {
        tags.iter().map(|(key, _)| self.index(key)).collect()
    }

    fn values(&self, tags: &Tags) -> Vec<u32> {
        tags.iter().map(|(_, value)| self.index(value)).collect()
    }

    fn block(&self, group: PrimitiveGroup) -> PrimitiveBlock {
        let mut table = StringTable::new();
        table.s = std::iter::once("")
            .chain(self.0.keys().copied())
            .map(|string| string.as_bytes().to_vec())
            .collect();
        let mut block = PrimitiveBlock::new();
        block.stringtable = MessageField::some(table);
        block.primitivegroup = vec![group];
        block
    }
}

/// Each number less the one before it.
fn differences(numbers: impl Iterator<Item = i64>) -> Vec<i64> {
    numbers
        .scan(0_i64, |before, number| {
            let difference = number.wrapping_sub(*before);
            *before = number;
            Some(difference)
        })
        .collect()
}

fn node_block(nodes: &[DrawnNode]) -> PrimitiveBlock {
    let strings = Strings::of_tags(nodes.iter().map(|node| &node.tags));
    let mut dense = DenseNodes::new();
    dense.id = differences(nodes.iter().map(|node| node.id));
    dense.lat = differences(nodes.iter().map(|node| i64::from(node.at.lat)));
    dense.lon = differences(nodes.iter().map(|node| i64::from(node.at.lon)));
    if nodes.iter().any(|node| !node.tags.is_empty()) {
        for node in nodes {
            for (key, value) in node.tags.iter() {
                let pair = [strings.index(key), strings.index(value)];
                dense.keys_vals.extend(pair.map(u32::cast_signed));
            }
            dense.keys_vals.push(0);
        }
    }
    let mut group = PrimitiveGroup::new();
    group.dense = MessageField::some(dense);
    strings.block(group)
}

fn way_block(ways: &[DrawnWay]) -> PrimitiveBlock {
    let strings = Strings::of_tags(ways.iter().map(|way| &way.tags));
    let mut group = PrimitiveGroup::new();
    group.ways = ways
        .iter()
        .map(|drawn| {
            let mut way = Way::new();
            way.id = Some(drawn.id);
            way.keys = strings.keys(&drawn.tags);
            way.vals = strings.values(&drawn.tags);
            way.refs = differences(drawn.nodes.iter().copied());
            way
        })
        .collect();
    strings.block(group)
}

fn relation_block(relations: &[DrawnRelation]) -> PrimitiveBlock {
    let tags = relations.iter().flat_map(|drawn| drawn.tags.iter());
    let members = relations.iter().flat_map(|drawn| &drawn.members);
    let strings = Strings::new(
        tags.flat_map(<[&str; 2]>::from)
            .chain(members.map(|member| &*member.role)),
    );
    let mut group = PrimitiveGroup::new();
    group.relations = relations
        .iter()
        .map(|drawn| {
            let mut relation = Relation::new();
            relation.id = Some(drawn.id);
            relation.keys = strings.keys(&drawn.tags);
            relation.vals = strings.values(&drawn.tags);
            for member in &drawn.members {
                let kind = match member.kind {
                    MemberKind::Node => MemberType::NODE,
                    MemberKind::Way => MemberType::WAY,
                    MemberKind::Relation => MemberType::RELATION,
                };
                let role = strings.index(&member.role).cast_signed();
                relation.roles_sid.push(role);
                relation.types.push(kind.into());
            }
            relation.memids = differences(drawn.members.iter().map(|member| member.id));
            relation
        })
        .collect();
    strings.block(group)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
