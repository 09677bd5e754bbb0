//! Files made by hand, sound or not.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use osmpbfreader::fileformat::{Blob, BlobHeader};
use osmpbfreader::osmformat::{
    DenseInfo, DenseNodes, HeaderBlock, Info, Node, PrimitiveBlock, PrimitiveGroup, Relation, Way,
};
use protobuf::{Message, MessageField};

/// A frame around a blob message, with any stated size.
pub fn frame_of(kind: &str, datasize: i32, blob: &[u8]) -> Vec<u8> {
    let mut header = BlobHeader::new();
    header.set_type(kind.to_owned());
    header.set_datasize(datasize);
    let header = header.write_to_bytes().unwrap();
    let mut bytes = (header.len() as u32).to_be_bytes().to_vec();
    bytes.extend(header);
    bytes.extend(blob);
    bytes
}

pub fn frame(kind: &str, blob: &[u8]) -> Vec<u8> {
    frame_of(kind, blob.len() as i32, blob)
}

pub fn deflated(raw: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(raw).unwrap();
    encoder.finish().unwrap()
}

/// A zlib blob with any stated size.
pub fn zlib_of(packed: Vec<u8>, raw_size: Option<i32>) -> Vec<u8> {
    let mut blob = Blob::new();
    blob.zlib_data = Some(packed);
    blob.raw_size = raw_size;
    blob.write_to_bytes().unwrap()
}

pub fn zlib(raw: &[u8]) -> Vec<u8> {
    zlib_of(deflated(raw), Some(raw.len() as i32))
}

pub fn raw(raw: &[u8]) -> Vec<u8> {
    let mut blob = Blob::new();
    blob.raw = Some(raw.to_vec());
    blob.write_to_bytes().unwrap()
}

pub fn header_with(features: &[&str]) -> HeaderBlock {
    let mut header = HeaderBlock::new();
    header.required_features = features.iter().map(|name| (*name).to_owned()).collect();
    header
}

/// A frame with a usual header.
pub fn header() -> Vec<u8> {
    let block = header_with(&["OsmSchema-V0.6", "DenseNodes"]);
    frame("OSMHeader", &zlib(&block.write_to_bytes().unwrap()))
}

/// A file with a usual header and these inflated blocks.
pub fn file(blocks: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = header();
    for block in blocks {
        bytes.extend(frame("OSMData", &zlib(block)));
    }
    bytes
}

/// A file with one block.
pub fn file_of(block: &PrimitiveBlock) -> Vec<u8> {
    file(&[block.write_to_bytes().unwrap()])
}

type Pairs<'a> = &'a [(&'a str, &'a str)];

/// An empty block with the delimiter as its only string.
pub fn empty() -> PrimitiveBlock {
    let mut block = PrimitiveBlock::new();
    block.stringtable.mut_or_insert_default().s.push(Vec::new());
    block
}

/// The number of a string of the block.
pub fn text(block: &mut PrimitiveBlock, text: &str) -> u32 {
    let strings = &mut block.stringtable.mut_or_insert_default().s;
    strings.push(text.as_bytes().to_vec());
    strings.len() as u32 - 1
}

fn texts(block: &mut PrimitiveBlock, tags: Pairs) -> (Vec<u32>, Vec<u32>) {
    tags.iter()
        .map(|(key, value)| (text(block, key), text(block, value)))
        .unzip()
}

fn version(version: Option<i32>, visible: Option<bool>) -> MessageField<Info> {
    if version.is_none() && visible.is_none() {
        return MessageField::none();
    }
    MessageField::some(Info {
        version,
        visible,
        ..Info::default()
    })
}

/// What a node says of itself besides its id and place.
#[derive(Clone, Copy, Default)]
pub struct About<'a> {
    pub version: Option<i32>,
    pub visible: Option<bool>,
    pub tags: Pairs<'a>,
}

pub fn tagged(tags: Pairs<'_>) -> About<'_> {
    About {
        tags,
        ..About::default()
    }
}

pub fn versioned(version: i32, tags: Pairs<'_>) -> About<'_> {
    About {
        version: Some(version),
        ..tagged(tags)
    }
}

pub fn deleted<'a>(version: i32) -> About<'a> {
    About {
        visible: Some(false),
        ..versioned(version, &[])
    }
}

/// Adds plain nodes: id, longitude, latitude in the block's units.
pub fn nodes(block: &mut PrimitiveBlock, nodes: &[(i64, i64, i64, About)]) {
    let mut group = PrimitiveGroup::new();
    for (id, lon, lat, about) in nodes {
        let (keys, vals) = texts(block, about.tags);
        group.nodes.push(Node {
            id: Some(*id),
            lon: Some(*lon),
            lat: Some(*lat),
            keys,
            vals,
            info: version(about.version, about.visible),
            ..Node::default()
        });
    }
    block.primitivegroup.push(group);
}

/// Adds the same as dense nodes.
pub fn dense(block: &mut PrimitiveBlock, nodes: &[(i64, i64, i64, About)]) {
    let mut dense = DenseNodes::new();
    let mut info = DenseInfo::new();
    let mut last = (0, 0, 0);
    for (id, lon, lat, about) in nodes {
        dense.id.push(id - last.0);
        dense.lon.push(lon - last.1);
        dense.lat.push(lat - last.2);
        last = (*id, *lon, *lat);
        let (keys, vals) = texts(block, about.tags);
        for (key, value) in keys.iter().zip(&vals) {
            dense.keys_vals.extend([*key as i32, *value as i32]);
        }
        dense.keys_vals.push(0);
        info.version.push(about.version.unwrap_or(-1));
        info.visible.push(about.visible.unwrap_or(true));
    }
    if nodes.iter().any(|(.., about)| about.version.is_some()) {
        dense.denseinfo = MessageField::some(info);
    }
    let mut group = PrimitiveGroup::new();
    group.dense = MessageField::some(dense);
    block.primitivegroup.push(group);
}

/// Adds a way.
pub fn way(block: &mut PrimitiveBlock, id: i64, about: About, refs: &[i64]) {
    let (keys, vals) = texts(block, about.tags);
    let mut last = 0;
    let steps = refs.iter().map(|id| {
        let step = id - last;
        last = *id;
        step
    });
    let way = Way {
        id: Some(id),
        keys,
        vals,
        refs: steps.collect(),
        info: version(about.version, about.visible),
        ..Way::default()
    };
    let mut group = PrimitiveGroup::new();
    group.ways.push(way);
    block.primitivegroup.push(group);
}

/// Adds a relation without tags, with as many roles, members and types as said.
pub fn relation(block: &mut PrimitiveBlock, id: i64, roles: usize, members: usize, types: usize) {
    let relation = Relation {
        id: Some(id),
        roles_sid: vec![0; roles],
        memids: vec![1; members],
        types: vec![protobuf::EnumOrUnknown::from_i32(1); types],
        ..Relation::default()
    };
    let mut group = PrimitiveGroup::new();
    group.relations.push(relation);
    block.primitivegroup.push(group);
}

/// Adds a relation with these members: kind (0 node, 1 way, 2 relation), id, role.
pub fn made_of(block: &mut PrimitiveBlock, id: i64, about: About, members: &[(i32, i64, &str)]) {
    let (keys, vals) = texts(block, about.tags);
    let mut relation = Relation {
        id: Some(id),
        keys,
        vals,
        info: version(about.version, about.visible),
        ..Relation::default()
    };
    let mut last = 0;
    for (kind, id, role) in members {
        relation.roles_sid.push(text(block, role) as i32);
        relation
            .types
            .push(protobuf::EnumOrUnknown::from_i32(*kind));
        relation.memids.push(id - last);
        last = *id;
    }
    let mut group = PrimitiveGroup::new();
    group.relations.push(relation);
    block.primitivegroup.push(group);
}
