//! Data blocks that are not what they should be.

use osmpbfreader::osmformat::PrimitiveBlock;
use protobuf::Message;

use super::super::{BlockFault, Fault, WireFault};
use super::sketch::{
    About, deleted, dense, empty, file, file_of, nodes, relation, tagged, text, versioned, way,
};
use super::{fine, refused};

const KEY: &[(&str, &str)] = &[("key", "value")];

/// A block with one dense node that has a tag, changed by `change`.
fn changed(change: impl FnOnce(&mut PrimitiveBlock)) -> BlockFault {
    let mut block = empty();
    dense(
        &mut block,
        &[(1, 10, 20, tagged(KEY)), (2, 10, 20, About::default())],
    );
    fine(&file_of(&block));
    change(&mut block);
    block_fault(&file_of(&block))
}

fn block_fault(bytes: &[u8]) -> BlockFault {
    match refused(bytes).1 {
        Fault::Block(fault) => fault,
        other => panic!("{other:?}"),
    }
}

fn dense_of(block: &mut PrimitiveBlock) -> &mut osmpbfreader::osmformat::DenseNodes {
    block.primitivegroup[0].dense.as_mut().unwrap()
}

fn wire_fault(block: Vec<u8>) -> WireFault {
    match refused(&file(&[block])).1 {
        Fault::Wire { what, .. } => what,
        other => panic!("{other:?}"),
    }
}

/// A length-delimited field.
fn field(number: u8, content: &[u8]) -> Vec<u8> {
    let mut bytes = vec![number << 3 | 2];
    let mut length = content.len();
    while length > 0x7f {
        bytes.push(length as u8 | 0x80);
        length >>= 7;
    }
    bytes.push(length as u8);
    bytes.extend(content);
    bytes
}

#[test]
fn dense_arrays_are_of_equal_length() {
    let unequal = BlockFault::Unequal("id, lat, lon");
    assert_eq!(changed(|block| dense_of(block).lat.truncate(1)), unequal);
    assert_eq!(changed(|block| dense_of(block).lon.push(0)), unequal);
    assert_eq!(changed(|block| dense_of(block).id.clear()), unequal);
    let info = BlockFault::Unequal("id, version, visible");
    assert_eq!(
        changed(|block| dense_of(block)
            .denseinfo
            .mut_or_insert_default()
            .version
            .push(1)),
        info
    );
    assert_eq!(
        changed(|block| dense_of(block)
            .denseinfo
            .mut_or_insert_default()
            .visible
            .push(true)),
        info
    );
}

#[test]
fn dense_tags_are_pairs_ended_by_0() {
    for keys_vals in [
        vec![1, 2, 0],
        vec![1, 2, 0, 0, 0],
        vec![1, 2],
        vec![1, 0, 0],
        vec![0, 0, 1],
        vec![0, 1, 2, 0, 0],
    ] {
        let fault = changed(|block| dense_of(block).keys_vals.clone_from(&keys_vals));
        assert_eq!(fault, BlockFault::DenseTags, "{keys_vals:?}");
    }
    // None at all is a block whose nodes have no tags.
    let mut block = empty();
    dense(&mut block, &[(1, 0, 0, tagged(KEY))]);
    dense_of(&mut block).keys_vals.clear();
    assert!(fine(&file_of(&block)).0.nodes.is_empty());
}

#[test]
fn strings_are_in_the_table() {
    for index in [-1, 3, i32::MAX, i32::MIN] {
        let fault = changed(|block| dense_of(block).keys_vals[0] = index);
        assert_eq!(fault, BlockFault::StringIndex(index.into()));
    }
    let with_way = |change: &dyn Fn(&mut PrimitiveBlock)| {
        changed(|block| {
            way(block, 7, tagged(KEY), &[1, 2]);
            change(block);
        })
    };
    let fault = with_way(&|block| block.primitivegroup[1].ways[0].vals[0] = u32::MAX);
    assert_eq!(fault, BlockFault::StringIndex(u32::MAX.into()));
    let fault = with_way(&|block| block.primitivegroup[1].ways[0].keys.clear());
    assert_eq!(fault, BlockFault::Unequal("keys, vals"));
    let fault = changed(|block| {
        nodes(block, &[(3, 0, 0, tagged(KEY))]);
        block.primitivegroup[1].nodes[0].keys[0] = 9_999;
    });
    assert_eq!(fault, BlockFault::StringIndex(9_999));
    let fault = changed(|block| {
        relation(block, 3, 1, 1, 1);
        block.primitivegroup[1].relations[0].roles_sid[0] = -5;
    });
    assert_eq!(fault, BlockFault::StringIndex(-5));
}

#[test]
fn tags_are_utf8() {
    let fault = changed(|block| block.stringtable.as_mut().unwrap().s[2] = b"ab\xff".to_vec());
    assert_eq!(fault, BlockFault::Utf8 { string: 2, byte: 2 });
    // A user's name may be anything.
    let mut block = empty();
    text(&mut block, "");
    block.stringtable.as_mut().unwrap().s[1] = vec![0xff];
    fine(&file_of(&block));
}

#[test]
fn a_long_text_that_many_share_is_not_copied_out() {
    // 64 uses of 1 MiB less 3 bytes, with a key of 3 bytes, are 64 MiB.
    let sharing = |count: i64| {
        let mut block = empty();
        let long = "x".repeat(1024 * 1024 - 3);
        let (key, value) = (text(&mut block, "key"), text(&mut block, &long));
        for id in 0..count {
            way(&mut block, id, About::default(), &[]);
            let way = &mut block.primitivegroup[id as usize].ways[0];
            (way.keys, way.vals) = (vec![key], vec![value]);
        }
        file_of(&block)
    };
    assert_eq!(fine(&sharing(64)).0.ways.len(), 64);
    assert_eq!(block_fault(&sharing(65)), BlockFault::Text);
}

#[test]
fn relation_arrays_are_of_equal_length() {
    let unequal = BlockFault::Unequal("roles_sid, memids, types");
    for (roles, members, types) in [(1, 2, 2), (2, 1, 2), (2, 2, 1), (0, 1, 0)] {
        let fault = changed(|block| relation(block, 1, roles, members, types));
        assert_eq!(fault, unequal);
    }
}

#[test]
fn differences_stay_within_64_bits() {
    let two = |steps: [i64; 2]| steps.to_vec();
    let far = two([i64::MAX, 1]);
    assert_eq!(
        changed(|block| dense_of(block).id = far.clone()),
        BlockFault::Delta("id")
    );
    // A deleted node's place means nothing, yet its difference counts.
    let gone = |block: &mut PrimitiveBlock| {
        dense_of(block).denseinfo.mut_or_insert_default().visible = vec![false, false];
    };
    for (of, steps) in [("lon", far.clone()), ("lat", two([i64::MIN, -1]))] {
        let fault = changed(|block| {
            gone(block);
            let dense = dense_of(block);
            *(if of == "lon" {
                &mut dense.lon
            } else {
                &mut dense.lat
            }) = steps;
        });
        assert_eq!(fault, BlockFault::Delta(of));
    }
    let fault = changed(|block| {
        way(block, 7, tagged(KEY), &[1]);
        block.primitivegroup[1].ways[0].refs = far;
    });
    assert_eq!(fault, BlockFault::Delta("refs"));
}

#[test]
fn places_are_on_the_earth() {
    let units = 10_000_000;
    for (lon, lat, on_earth) in [
        (180 * units, 90 * units, true),
        (-180 * units, -90 * units, true),
        (180 * units + 1, 0, false),
        (0, -90 * units - 1, false),
        (0, 4_597_000_000, false),
        (i64::MAX, i64::MIN, false),
    ] {
        for make in [nodes, dense] {
            let mut block = empty();
            make(&mut block, &[(5, lon, lat, About::default())]);
            if on_earth {
                fine(&file_of(&block));
                continue;
            }
            let fault = block_fault(&file_of(&block));
            let (lon, lat) = (i128::from(lon) * 100, i128::from(lat) * 100);
            assert_eq!(fault, BlockFault::Place { id: 5, lon, lat });
        }
    }
}

#[test]
fn the_message_of_a_wrong_place_says_it_in_degrees() {
    use crate::lang::{Explain, Lang};
    let mut block = empty();
    dense(
        &mut block,
        &[(42, -15_123_456, 4_597_000_000, About::default())],
    );
    let (_, fault) = refused(&file_of(&block));
    let said = fault.explain(Lang::En);
    assert!(
        said.contains("node 42 lies at -1.512345600, 459.700000000"),
        "{said}"
    );
    assert!(fault.explain(Lang::Zh).contains("节点 42"));
}

#[test]
fn granularity_is_positive() {
    for granularity in [0, -100] {
        let fault = changed(|block| block.granularity = Some(granularity));
        assert_eq!(fault, BlockFault::Granularity(granularity));
    }
    let fault = changed(|block| block.lat_offset = Some(i64::MAX));
    assert!(matches!(fault, BlockFault::Place { id: 1, .. }));
}

#[test]
fn a_block_holds_no_more_than_its_limits() {
    let many = |unit: &[u8], count: usize| unit.repeat(count);
    let strings = |count| field(1, &many(&[0x0a, 0], count));
    fine(&file(&[strings(2_000_000)]));
    assert_eq!(
        wire_fault(strings(2_000_001)),
        WireFault::TooMany("strings")
    );
    let groups = |count| [field(1, &[]), many(&[0x12, 0], count)].concat();
    fine(&file(&[groups(100_000)]));
    assert_eq!(wire_fault(groups(100_001)), WireFault::TooMany("groups"));
    // Changesets with id 1, which are read over.
    let objects = |count| [field(1, &[]), field(2, &many(&[0x2a, 2, 8, 1], count))].concat();
    fine(&file(&[objects(1_000_000)]));
    assert_eq!(
        wire_fault(objects(1_000_001)),
        WireFault::TooMany("objects")
    );
    let ids = |count| {
        [
            field(1, &[]),
            field(2, &field(2, &field(1, &vec![0; count]))),
        ]
        .concat()
    };
    assert_eq!(wire_fault(ids(1_000_001)), WireFault::TooMany("objects"));
    let unpacked = [
        field(1, &[]),
        field(2, &field(2, &many(&[8, 0], 1_000_001))),
    ]
    .concat();
    assert_eq!(wire_fault(unpacked), WireFault::TooMany("objects"));
    let refs = |count| {
        [
            field(1, &[]),
            field(2, &field(3, &field(8, &vec![0; count]))),
        ]
        .concat()
    };
    assert_eq!(wire_fault(refs(16_000_001)), WireFault::TooMany("numbers"));
    let unknown = |count| [field(1, &[]), many(&[0x78, 0], count)].concat();
    fine(&file(&[unknown(100_000)]));
    assert_eq!(
        wire_fault(unknown(100_001)),
        WireFault::TooMany("unknown fields")
    );
}

#[test]
fn the_wire_format_is_kept() {
    let table = field(1, &[]);
    let with = |rest: &[u8]| [&table, rest].concat();
    for (rest, what) in [
        // A group of 5 bytes where 1 is left; a string that leaves its table.
        (vec![0x12, 5, 0], WireFault::Beyond),
        (
            [field(1, &[0x0a, 3, b'a']), [0x88, 1, 100].repeat(2)].concat(),
            WireFault::Beyond,
        ),
        // A number without its end; one of 11 bytes; one of 65 bits.
        (vec![0x88, 0x01, 0x80], WireFault::Beyond),
        (
            [&[0x88, 0x01][..], &[0x80; 10], &[1]].concat(),
            WireFault::Number,
        ),
        (
            [&[0x88, 0x01][..], &[0xff; 9], &[2]].concat(),
            WireFault::Number,
        ),
        // Field 0; a field number of 30 bits.
        (vec![0, 0], WireFault::Field),
        (vec![0x80, 0x80, 0x80, 0x80, 0x20, 0], WireFault::Field),
        // Groups, known field or not; granularity as bytes; a fixed number.
        (vec![0x13, 0x14], WireFault::Group),
        (vec![0x7b, 0x7c], WireFault::Group),
        (vec![0x7e], WireFault::Group),
        (vec![0x8a, 0x01, 0], WireFault::Type),
        (vec![0x89, 0x01, 0, 0, 0, 0, 0, 0, 0, 0], WireFault::Type),
        // Unknown fixed fields that are cut.
        (vec![0x79, 0, 0], WireFault::Beyond),
        (vec![0x7d, 0, 0], WireFault::Beyond),
    ] {
        assert_eq!(wire_fault(with(&rest)), what, "{rest:x?}");
    }
    // Unknown fields of every kind are read over.
    let unknown = [
        &[0x78, 1, 0x79][..],
        &[0; 8],
        &[0x7a, 1, 9, 0x7d, 0, 0, 0, 0],
    ]
    .concat();
    fine(&file(&[with(&unknown)]));
}

#[test]
fn a_million_nested_messages_do_not_recurse() {
    // Unknown fields nested in one another, and groups opened without end.
    let mut nested = Vec::new();
    for _ in 0..200 {
        nested = field(15, &nested);
    }
    fine(&file(&[[field(1, &[]), nested].concat()]));
    let opened = [field(1, &[]), vec![0x7b; 1_000_000]].concat();
    assert_eq!(wire_fault(opened), WireFault::Group);
}

#[test]
fn a_required_field_that_lacks_is_the_decoders_to_refuse() {
    // A way without an id; a block without a string table.
    for block in [
        [field(1, &[]), field(2, &field(3, &[]))].concat(),
        vec![0x88, 0x01, 100],
    ] {
        assert!(matches!(refused(&file(&[block])).1, Fault::Decoder(_)));
    }
}

#[test]
fn the_first_wrong_blob_is_the_one_that_is_named() {
    let good = empty().write_to_bytes().unwrap();
    let mut blocks = vec![good; 20];
    let start = file(&blocks[..5]).len() as u64;
    for at in [5, 9, 19] {
        blocks[at] = vec![0, 0];
    }
    for threads in [1, 2, 7] {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        assert_eq!(pool.install(|| refused(&file(&blocks)).0), start);
    }
}

#[test]
fn versions_alone_make_no_fault() {
    let mut block = empty();
    dense(
        &mut block,
        &[(1, 0, 0, versioned(3, KEY)), (2, 0, 0, deleted(2))],
    );
    nodes(&mut block, &[(3, i64::MAX, 0, deleted(1))]);
    assert_eq!(fine(&file_of(&block)).0.node_ids, [1]);
}
