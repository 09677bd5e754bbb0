//! Thousands of damaged files: an error or a sound extract, never a panic.

use protobuf::Message;

use super::super::{Extract, NodeIndex};
use super::sketch::{
    About, deleted, dense, empty, file, frame, header, made_of, nodes, raw, relation, tagged,
    versioned, way, zlib,
};
use super::{fine, read};

/// xorshift64*, so that every run damages alike.
pub struct Dice(pub u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let thrown = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d);
        ((u128::from(thrown) * sides as u128) >> 64) as usize
    }
}

fn sound_blocks() -> Vec<Vec<u8>> {
    let about = tagged(&[("amenity", "school"), ("name", "一中")]);
    let mut first = empty();
    let spots: Vec<_> = (0..40)
        .map(|id| {
            (
                id,
                1_000 * id,
                -77 * id * (id % 3),
                if id % 9 == 0 { about } else { About::default() },
            )
        })
        .collect();
    dense(&mut first, &spots);
    let mut second = empty();
    nodes(
        &mut second,
        &[(-7, 1, 2, about), (1 << 33, 5, 6, deleted(3))],
    );
    dense(
        &mut second,
        &[(50, 3, 3, versioned(2, &[("barrier", "gate")]))],
    );
    let mut third = empty();
    way(
        &mut third,
        1,
        versioned(1, &[("highway", "path")]),
        &[1, 2, 3, 50, -7],
    );
    way(&mut third, 2, tagged(&[("building", "yes")]), &[4, 5, 6, 4]);
    relation(&mut third, 5, 3, 3, 3);
    made_of(
        &mut third,
        6,
        versioned(1, &[("type", "multipolygon")]),
        &[(1, 2, "outer"), (2, 6, ""), (1, 1, "inner")],
    );
    [first, second, third]
        .map(|block| block.write_to_bytes().unwrap())
        .to_vec()
}

pub fn damage(bytes: &mut Vec<u8>, dice: &mut Dice) {
    let length = bytes.len().max(1);
    match dice.below(5) {
        0 => bytes.truncate(dice.below(length)),
        1 => {
            let (from, to) = (dice.below(length), dice.below(length));
            let piece: Vec<u8> = bytes
                .iter()
                .skip(from)
                .take(dice.below(40))
                .copied()
                .collect();
            bytes.splice(to..to, piece);
        }
        2 => {
            let from = dice.below(length);
            bytes.drain(from..(from + dice.below(20)).min(bytes.len()));
        }
        _ => {
            for _ in 0..=dice.below(3) {
                let at = dice.below(length);
                if let Some(byte) = bytes.get_mut(at) {
                    // A bit, or the edges of a varint's byte.
                    *byte = [*byte ^ 1 << dice.below(8), 0, 0x7f, 0x80, 0xff][dice.below(5)];
                }
            }
        }
    }
}

fn assert_sound(extract: &Extract) {
    assert_eq!(extract.node_ids.len(), extract.node_at.len());
    assert!(extract.node_ids.is_sorted_by(|one, next| one < next));
    assert!(extract.ways.is_sorted_by(|one, next| one.id < next.id));
    let relations = &extract.relations;
    assert!(relations.is_sorted_by(|one, next| one.id < next.id));
    for relation in relations {
        let _ = extract.area_of(relation);
    }
    for at in &extract.node_at {
        assert!(at.lon.abs() <= 1_800_000_000 && at.lat.abs() <= 900_000_000);
    }
    let known = |node: NodeIndex| {
        node == NodeIndex::MISSING || extract.node_at.get(node.0 as usize).is_some()
    };
    assert!(
        extract
            .ways
            .iter()
            .flat_map(|way| &*way.nodes)
            .all(|node| known(*node))
    );
    assert!(
        extract
            .nodes
            .iter()
            .all(|node| (node.index.0 as usize) < extract.node_ids.len())
    );
}

#[test]
fn damaged_files_are_refused_or_sound() {
    let blocks = sound_blocks();
    let (whole, _) = fine(&file(&blocks));
    assert_eq!((whole.ways.len(), whole.nodes.len()), (2, 7));
    assert!(whole.area_of(&whole.relations[0]).0.is_some());
    let mut dice = Dice(20_261_124);
    let (mut refused, mut read_well) = (0, 0);
    for turn in 0..6_000 {
        let bytes = match turn % 3 {
            // The file as it lies on the disk.
            0 => {
                let mut bytes = file(&blocks);
                damage(&mut bytes, &mut dice);
                bytes
            }
            // A block inside its blob, packed anew.
            1 => {
                let mut blocks = blocks.clone();
                let which = dice.below(blocks.len());
                damage(&mut blocks[which], &mut dice);
                file(&blocks)
            }
            // The blob message around a sound block.
            _ => {
                let block = &blocks[dice.below(blocks.len())];
                let mut blob = if dice.below(2) == 0 {
                    raw(block)
                } else {
                    zlib(block)
                };
                damage(&mut blob, &mut dice);
                [header(), frame("OSMData", &blob)].concat()
            }
        };
        match read(&bytes) {
            Ok((extract, _)) => {
                assert_sound(&extract);
                read_well += 1;
            }
            Err(error) => {
                assert!(error.to_string().starts_with("test.osm.pbf, blob at byte "));
                refused += 1;
            }
        }
    }
    // Both happen, so neither arm is idle.
    assert!(refused > 1_000 && read_well > 100, "{refused} {read_well}");
}
