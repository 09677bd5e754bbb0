//! Another reader of the format takes what is written.

use super::*;
use crate::osm::MemberKind;
use osmpbfreader::fileformat::{Blob, BlobHeader};
use osmpbfreader::osmformat::HeaderBlock;
use osmpbfreader::{OsmObj, OsmPbfReader};
use protobuf::Message;

fn drawing() -> Drawing {
    let node = |id: i64, lon, lat, tags: &[(&str, &str)]| DrawnNode {
        id,
        at: LonLat { lon, lat },
        tags: Tags::new(tags.iter().copied()),
    };
    let member = |kind, id, role: &str| Member {
        kind,
        id,
        role: role.to_owned(),
    };
    Drawing {
        bounds: Some((
            LonLat { lon: -7, lat: -9 },
            LonLat {
                lon: 1_159_800_000,
                lat: 364_500_001,
            },
        )),
        timestamp: Some(1_700_000_000),
        nodes: vec![
            node(9_000_000_000, 1_159_800_000, 364_500_001, &[]),
            node(-5, -7, -9, &[("name", "湖畔"), ("barrier", "gate")]),
            node(6, 0, 0, &[("note", "")]),
        ],
        ways: vec![DrawnWay {
            id: 1,
            tags: Tags::new([("highway", "steps"), ("name", "湖畔")]),
            nodes: vec![6, -5, 9_000_000_000, 6],
        }],
        relations: vec![DrawnRelation {
            id: 3,
            tags: Tags::new([("type", "multipolygon")]),
            members: vec![
                member(MemberKind::Way, 1, "outer"),
                member(MemberKind::Node, -5, ""),
                member(MemberKind::Relation, 3, "self"),
            ],
        }],
    }
}

/// Another reader of the format gives back what was drawn.
fn read(bytes: &[u8]) -> Drawing {
    let mut read = Drawing::default();
    let tags = |tags: &osmpbfreader::Tags| Tags::new(tags.iter());
    for object in OsmPbfReader::new(bytes).iter() {
        match object.unwrap() {
            OsmObj::Node(node) => read.nodes.push(DrawnNode {
                id: node.id.0,
                at: LonLat {
                    lon: node.decimicro_lon,
                    lat: node.decimicro_lat,
                },
                tags: tags(&node.tags),
            }),
            OsmObj::Way(way) => read.ways.push(DrawnWay {
                id: way.id.0,
                tags: tags(&way.tags),
                nodes: way.nodes.iter().map(|id| id.0).collect(),
            }),
            OsmObj::Relation(relation) => read.relations.push(DrawnRelation {
                id: relation.id.0,
                tags: tags(&relation.tags),
                members: relation.refs.iter().map(member).collect(),
            }),
        }
    }
    read
}

fn member(member: &osmpbfreader::Ref) -> Member {
    Member {
        kind: match member.member {
            osmpbfreader::OsmId::Node(_) => MemberKind::Node,
            osmpbfreader::OsmId::Way(_) => MemberKind::Way,
            osmpbfreader::OsmId::Relation(_) => MemberKind::Relation,
        },
        id: member.member.inner_id(),
        role: member.role.to_string(),
    }
}

#[test]
fn another_reader_gives_back_what_was_drawn() {
    let drawn = drawing();
    let mut read = read(&drawn.to_pbf().unwrap());
    // That reader does not show the header.
    (read.bounds, read.timestamp) = (drawn.bounds, drawn.timestamp);
    assert_eq!(read, drawn);
}

#[test]
fn the_header_holds_bounds_in_nanodegrees_and_the_timestamp() {
    let bytes = drawing().to_pbf().unwrap();
    let length = u32::from_be_bytes(bytes[..4].try_into().unwrap()) as usize;
    let (header, rest) = bytes[4..].split_at(length);
    let header = BlobHeader::parse_from_bytes(header).unwrap();
    assert_eq!(header.type_(), "OSMHeader");
    let blob = Blob::parse_from_bytes(&rest[..header.datasize() as usize]).unwrap();
    let header = HeaderBlock::parse_from_bytes(blob.raw()).unwrap();
    assert_eq!(header.bbox.left(), -700);
    assert_eq!(header.bbox.bottom(), -900);
    assert_eq!(header.bbox.right(), 115_980_000_000);
    assert_eq!(header.bbox.top(), 36_450_000_100);
    assert_eq!(header.osmosis_replication_timestamp(), 1_700_000_000);
    assert_eq!(header.required_features, ["OsmSchema-V0.6", "DenseNodes"]);
}

#[test]
fn many_objects_take_several_blocks() {
    let nodes = (0..20_001_i32).map(|id| DrawnNode {
        id: i64::from(id) * 7,
        at: LonLat { lon: id, lat: -id },
        tags: Tags::default(),
    });
    let drawn = Drawing {
        nodes: nodes.collect(),
        ..Drawing::default()
    };
    let bytes = drawn.to_pbf().unwrap();
    assert_eq!(read(&bytes), drawn);
    let blobs = OsmPbfReader::new(&*bytes).blobs().count();
    assert_eq!(blobs, 3, "20,001 nodes at 8,000 a block");
}
