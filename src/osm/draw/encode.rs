//! Objects as blocks of the format.

use std::collections::BTreeMap;

use osmpbfreader::fileformat::{Blob, BlobHeader};
use osmpbfreader::osmformat::{
    DenseNodes, PrimitiveBlock, PrimitiveGroup, Relation, StringTable, Way, relation::MemberType,
};
use protobuf::{Message, MessageField};

use super::{DrawError, DrawnNode, DrawnRelation, DrawnWay, LARGEST_BLOCK};
use crate::osm::{MemberKind, Tags};

/// A message as a blob of bytes that are not compressed, with its header.
pub(super) fn blob(kind: &str, message: &impl Message) -> Result<Vec<u8>, DrawError> {
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
    let mut framed = Vec::with_capacity(4 + header.len() + blob.len());
    framed.extend_from_slice(&(header.len() as u32).to_be_bytes());
    framed.extend_from_slice(&header);
    framed.extend_from_slice(&blob);
    Ok(framed)
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

pub(super) fn node_block(nodes: &[DrawnNode]) -> PrimitiveBlock {
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

pub(super) fn way_block(ways: &[DrawnWay]) -> PrimitiveBlock {
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

pub(super) fn relation_block(relations: &[DrawnRelation]) -> PrimitiveBlock {
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
