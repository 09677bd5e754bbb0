//! Blocks read straight from their bytes beside the same blocks decoded by osmpbfreader.

use std::fmt::Write as _;
use std::io::Cursor;

use osmpbfreader::osmformat::{DenseInfo, PrimitiveBlock};
use protobuf::Message;

use super::super::block::Object;
use super::super::framing::{BlobKind, Frames};
use super::super::inflate::inflate;
use super::super::{decoded, straight};
use super::damage::{Dice, damage};
use super::sketch::{About, deleted, dense, empty, nodes, relation, tagged, versioned, way};

/// An object in words, and the number of its list of tags.
fn told(object: &Object) -> (String, Option<u32>) {
    let mut text = String::new();
    let tags = match object {
        Object::Node {
            id,
            version,
            at,
            tags,
        } => {
            let _ = write!(text, "node {id} {version} {at:?} {:?}", tags.pairs);
            tags
        }
        Object::Way {
            id,
            version,
            visible,
            tags,
            refs,
        } => {
            let refs: Vec<i64> = refs.kept().iter().collect();
            let _ = write!(
                text,
                "way {id} {version} {visible} {:?} {refs:?}",
                tags.pairs
            );
            tags
        }
        Object::Relation {
            id,
            version,
            visible,
            tags,
            members,
        } => {
            let pairs = tags.pairs;
            let _ = write!(
                text,
                "relation {id} {version} {visible} {pairs:?} {members:?}"
            );
            tags
        }
    };
    (text, tags.list)
}

/// What is read straight is what is decoded; how many objects that is, `None` where it is
/// left to the decoder.
fn compared(block: &[u8]) -> Option<usize> {
    let mut ours = Vec::new();
    straight::objects(block, |object| ours.push(told(&object)))?;
    let mut theirs = Vec::new();
    let fine = decoded::objects(block, |object| theirs.push(told(&object).0));
    assert_eq!(fine, Ok(()));
    assert!(ours.iter().map(|(text, _)| text).eq(&theirs));
    // Lists of one number are the same.
    let tags = |text: &str| text[text.find('[').unwrap_or(0)..].to_owned();
    let mut lists: Vec<(Option<u32>, String)> = ours
        .iter()
        .filter(|(text, list)| list.is_some() && text.starts_with("node"))
        .map(|(text, list)| (*list, tags(text)))
        .collect();
    lists.sort();
    lists.dedup();
    assert!(lists.windows(2).all(|pair| pair[0].0 < pair[1].0));
    Some(ours.len())
}

fn written(block: &PrimitiveBlock) -> Vec<u8> {
    block.write_to_bytes().unwrap()
}

/// A block of dense nodes, and one of ways, with tags that repeat.
fn plain_blocks() -> [PrimitiveBlock; 2] {
    let (school, path) = (
        tagged(&[("amenity", "school"), ("name", "一中")]),
        &[("highway", "path")],
    );
    let mut first = empty();
    let spots: Vec<_> = (0..40)
        .map(|id| {
            let about = if id % 9 == 0 {
                school
            } else {
                About::default()
            };
            (id, 1_000 * id, -77 * id * (id % 3), about)
        })
        .collect();
    dense(&mut first, &spots);
    let mut second = empty();
    for id in 1..20 {
        let about = if id % 3 == 0 {
            tagged(path)
        } else {
            versioned(id as i32, path)
        };
        way(&mut second, id, about, &[id, id + 1, -id, 1 << 40]);
    }
    way(&mut second, 20, deleted(3), &[]);
    [first, second]
}

#[test]
fn plain_blocks_are_read_straight() {
    let [nodes_only, ways_only] = plain_blocks();
    assert_eq!(compared(&written(&nodes_only)), Some(40));
    assert_eq!(compared(&written(&ways_only)), Some(20));
    assert_eq!(compared(&written(&empty())), Some(0));
    let both = [nodes_only.clone(), ways_only].map(|block| block.primitivegroup);
    let mut block = nodes_only;
    block.primitivegroup = both.concat();
    // The strings of the second are others.
    block.granularity = Some(1_000);
    block.lat_offset = Some(-7);
    let strings = block.stringtable.mut_or_insert_default();
    strings.s.resize(100, b"street".to_vec());
    assert_eq!(compared(&written(&block)), Some(60));
}

#[test]
fn everything_else_is_left_to_the_decoder() {
    let left = |change: &dyn Fn(&mut PrimitiveBlock)| {
        let [mut block, _] = plain_blocks();
        change(&mut block);
        assert_eq!(compared(&written(&block)), None);
    };
    left(&|block| nodes(block, &[(70, 1, 2, About::default())]));
    left(&|block| relation(block, 5, 3, 3, 3));
    left(&|block| block.granularity = Some(0));
    let with_info = |change: &dyn Fn(&mut DenseInfo)| {
        left(&|block| {
            let dense = block.primitivegroup[0].dense.as_mut().unwrap();
            change(dense.denseinfo.mut_or_insert_default());
        });
    };
    with_info(&|info| info.visible = vec![true; 40]);
    with_info(&|info| info.version = vec![-1; 40]);
    // Nothing of that is read, but it must be what it says it is.
    with_info(&|info| info.uid = vec![i32::MAX; 40]);
}

/// A damaged block is read straight only where the decoder finds the same in it.
#[test]
fn damaged_blocks_are_read_alike() {
    let blocks = plain_blocks().map(|block| written(&block));
    let mut dice = Dice(20_261_128);
    let (mut straight, mut left) = (0, 0);
    for turn in 0..20_000 {
        let mut block = blocks[turn % 2].clone();
        damage(&mut block, &mut dice);
        match compared(&block) {
            Some(_) => straight += 1,
            None => left += 1,
        }
    }
    // Both happen, so neither arm is idle.
    assert!(straight > 2_000 && left > 2_000, "{straight} {left}");
}

#[test]
fn the_sample_city_is_read_straight() {
    let bytes = include_bytes!("../../../fixtures/lakeside.osm.pbf");
    let mut frames = Frames::new("lakeside", Cursor::new(&bytes[..])).unwrap();
    let mut found = 0;
    while let Some(frame) = frames.next().unwrap() {
        if frame.kind == BlobKind::Data {
            found += compared(&inflate(&frame.blob).unwrap()).unwrap_or(0);
        }
    }
    assert!(found > 1_000, "{found}");
}
