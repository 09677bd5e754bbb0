//! What is kept, whatever the order, the encoding and the ids.

use protobuf::Message;

use super::super::{Extract, NodeIndex, TagSet};
use super::fine;
use super::sketch::{
    About, deleted, dense, empty, file, file_of, nodes, relation, tagged, versioned, way,
};
use crate::notice::{Notice, Notices};
use crate::plane::LonLat;

const ROAD: &[(&str, &str)] = &[("highway", "footway")];
const GATE: &[(&str, &str)] = &[("barrier", "gate"), ("access", "private")];
const DROP: &[(&str, &str)] = &[("drop", "yes")];
const PLAIN: About = About {
    version: None,
    visible: None,
    tags: &[],
};

fn at(lon: i32, lat: i32) -> LonLat {
    LonLat { lon, lat }
}

/// One file per object, blocks in the given order.
fn blocks(makers: &[&dyn Fn(&mut osmpbfreader::osmformat::PrimitiveBlock)]) -> Vec<u8> {
    let blocks: Vec<Vec<u8>> = makers
        .iter()
        .map(|make| {
            let mut block = empty();
            make(&mut block);
            block.write_to_bytes().unwrap()
        })
        .collect();
    file(&blocks)
}

/// Reads the blocks in every order and expects the same each time.
pub fn in_every_order(
    makers: &[&dyn Fn(&mut osmpbfreader::osmformat::PrimitiveBlock)],
) -> (Extract, Notices) {
    let first = fine(&blocks(makers));
    let mut order: Vec<usize> = (0..makers.len()).collect();
    loop {
        // The next permutation in lexicographic order.
        let Some(pivot) = order.windows(2).rposition(|pair| pair[0] < pair[1]) else {
            return first;
        };
        let next = order
            .iter()
            .rposition(|place| *place > order[pivot])
            .unwrap();
        order.swap(pivot, next);
        order[pivot + 1..].reverse();
        let permuted: Vec<_> = order.iter().map(|place| makers[*place]).collect();
        assert_eq!(fine(&blocks(&permuted)), first, "{order:?}");
    }
}

#[test]
fn ways_their_nodes_and_tagged_nodes_are_kept() {
    let (extract, notices) = in_every_order(&[
        &|block| {
            dense(
                block,
                &[(9, 90, -90, PLAIN), (-4, 40, -40, PLAIN), (5, 0, 0, PLAIN)],
            );
        },
        &|block| {
            nodes(
                block,
                &[(1 << 40, 7, 8, tagged(GATE)), (6, 1, 1, tagged(DROP))],
            );
        },
        &|block| way(block, 20, tagged(ROAD), &[9, -4, 9, 123, 1 << 40]),
        &|block| way(block, -3, tagged(ROAD), &[456]),
        &|block| {
            way(block, 21, tagged(DROP), &[5]);
            way(block, 22, PLAIN, &[5]);
            relation(block, 1, 2, 2, 2);
        },
    ]);
    assert_eq!(extract.node_ids, [-4, 9, 1 << 40]);
    assert_eq!(extract.node_at, [at(40, -40), at(90, -90), at(7, 8)]);
    assert_eq!(extract.nodes.len(), 1);
    assert_eq!(extract.nodes[0].index, NodeIndex(2));
    assert!(extract.nodes[0].tags.has("barrier", "gate"));
    let ids: Vec<i64> = extract.ways.iter().map(|way| way.id).collect();
    assert_eq!(ids, [-3, 20]);
    assert!(extract.ways[1].tags.has("highway", "footway"));
    let places = [1, 0, 1, NodeIndex::MISSING.0, 2].map(NodeIndex);
    assert_eq!(*extract.ways[1].nodes, places);
    assert_eq!(notices.count(&Notice::MissingNodes), 2);
    assert_eq!(notices.count(&Notice::RelationsNotRead), 1);
    let missing = notices
        .iter()
        .find(|(notice, _)| **notice == Notice::MissingNodes);
    assert_eq!(missing.unwrap().1.example, "way -3");
}

#[test]
fn granularity_and_offsets_round_half_away_from_zero() {
    let mut block = empty();
    block.granularity = Some(10);
    block.lon_offset = Some(1_000_000_000);
    block.lat_offset = Some(-2_000_000_003);
    let spots = [
        (1, 4, 0),
        (2, 5, 0),
        (3, -100_000_005, 5),
        (4, -100_000_004, -5),
    ];
    let spots = spots.map(|(id, lon, lat)| (id, lon, lat, tagged(GATE)));
    nodes(&mut block, &spots);
    let by_plain = fine(&file_of(&block)).0;
    // 1 s + 40, + 50; -50, -40 ns of a degree; -2 s - 3, + 47, - 53.
    let expected = [
        at(10_000_000, -20_000_000),
        at(10_000_001, -20_000_000),
        at(-1, -20_000_000),
        at(0, -20_000_001),
    ];
    assert_eq!(by_plain.node_at, expected);
    block.primitivegroup.clear();
    dense(&mut block, &spots);
    assert_eq!(fine(&file_of(&block)).0, by_plain);
}

#[test]
fn the_newest_version_of_a_way_wins() {
    let one = |version| versioned(version, ROAD);
    let (extract, notices) = in_every_order(&[
        &|block| {
            dense(
                block,
                &[(1, 0, 0, PLAIN), (2, 0, 1, PLAIN), (3, 0, 2, PLAIN)],
            );
        },
        &|block| way(block, 7, one(2), &[1, 2]),
        &|block| way(block, 7, one(3), &[2, 3]),
        &|block| way(block, 7, tagged(ROAD), &[1, 3]),
    ]);
    assert_eq!(extract.node_ids, [2, 3]);
    assert_eq!(extract.ways.len(), 1);
    assert_eq!(notices.count(&Notice::DuplicateObjects), 2);
}

#[test]
fn of_one_version_the_smallest_content_wins() {
    let (extract, _) = in_every_order(&[
        &|block| dense(block, &[(1, 5, 5, PLAIN), (2, 0, 1, PLAIN)]),
        &|block| dense(block, &[(1, 4, 9, PLAIN)]),
        &|block| way(block, 7, tagged(&[("highway", "path")]), &[1, 2]),
        &|block| way(block, 7, tagged(ROAD), &[2, 1]),
    ]);
    assert_eq!(extract.node_at, [at(4, 9), at(0, 1)]);
    assert!(extract.ways[0].tags.has("highway", "footway"));
}

#[test]
fn a_newer_version_that_is_not_kept_takes_the_older_away() {
    let (extract, _) = in_every_order(&[
        &|block| dense(block, &[(1, 0, 0, versioned(1, GATE)), (2, 0, 1, PLAIN)]),
        &|block| dense(block, &[(1, 0, 0, versioned(2, DROP))]),
        &|block| way(block, 7, versioned(1, ROAD), &[1, 2]),
        &|block| way(block, 7, versioned(2, DROP), &[1, 2]),
    ]);
    assert_eq!(extract, Extract::default());
}

#[test]
fn deleted_objects_are_not_taken_and_take_older_versions_away() {
    let deleted_road = About {
        tags: ROAD,
        ..deleted(4)
    };
    let (extract, notices) = in_every_order(&[
        &|block| dense(block, &[(1, 0, 0, versioned(1, GATE)), (2, 0, 1, PLAIN)]),
        &|block| {
            nodes(
                block,
                &[(1, 0, 0, deleted(2)), (9, i64::MAX, 0, deleted(1))],
            );
        },
        &|block| way(block, 7, versioned(4, ROAD), &[1, 2]),
        &|block| way(block, 7, deleted_road, &[2, 1]),
        &|block| way(block, 8, versioned(5, ROAD), &[1, 2]),
    ]);
    assert_eq!(extract.node_ids, [2]);
    let ids: Vec<i64> = extract.ways.iter().map(|way| way.id).collect();
    assert_eq!(ids, [8]);
    assert_eq!(*extract.ways[0].nodes, [NodeIndex::MISSING, NodeIndex(0)]);
    assert_eq!(notices.count(&Notice::DeletedObjects), 3);
}

#[test]
fn a_tag_that_repeats_is_kept_once() {
    let mut block = empty();
    nodes(
        &mut block,
        &[(1, 0, 0, tagged(&[("a", "2"), ("a", "1"), ("", "")]))],
    );
    let (extract, _) = fine(&file_of(&block));
    let tags: Vec<_> = extract.nodes[0].tags.iter().collect();
    assert_eq!(tags, [("", ""), ("a", "1")]);
}

#[test]
fn progress_ends_at_twice_the_size() {
    use super::super::read_bytes;
    use crate::progress::{Progress, Stage};
    use std::sync::atomic::{AtomicU64, Ordering};

    #[derive(Default)]
    struct Sum(AtomicU64, AtomicU64);
    impl Progress for Sum {
        fn begin(&self, stage: Stage, total: u64) {
            assert_eq!(stage, Stage::Read);
            self.0.store(total, Ordering::Relaxed);
        }
        fn advance(&self, units: u64) {
            self.1.fetch_add(units, Ordering::Relaxed);
        }
        fn end(&self) {
            assert_eq!(
                self.0.load(Ordering::Relaxed),
                self.1.load(Ordering::Relaxed)
            );
        }
    }
    let bytes = blocks(&[
        &|block| way(block, 7, tagged(ROAD), &[1]),
        &|block| dense(block, &[(1, 0, 0, PLAIN)]),
        &|block| dense(block, &[(2, 0, 0, PLAIN)]),
    ]);
    let sum = Sum::default();
    read_bytes("test", &bytes, &super::All, &sum).unwrap();
    assert_eq!(sum.0.into_inner(), 2 * bytes.len() as u64);
}
