//! Frames, blobs and headers.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use osmpbfreader::fileformat::Blob;
use osmpbfreader::osmformat::HeaderBBox;
use protobuf::{Message, MessageField};

use super::super::{Fault, WireFault};
use super::sketch::{
    deflated, empty, file, file_of, frame, frame_of, header, header_with, raw, zlib, zlib_of,
};
use super::{fine, read, refused};
use crate::lang::{Explain, Lang};
use crate::notice::Notice;
use crate::plane::LonLat;

const MIB: usize = 1024 * 1024;

/// A file whose second frame is a data blob made by hand.
fn with_blob(blob: &[u8]) -> Vec<u8> {
    [header(), frame("OSMData", blob)].concat()
}

/// A usual file, followed by bytes.
fn then(bytes: &[u8]) -> Vec<u8> {
    [&header(), bytes].concat()
}

fn second() -> u64 {
    header().len() as u64
}

#[test]
fn a_header_alone_is_an_empty_extract() {
    let (extract, notices) = fine(&header());
    assert!(extract.node_ids.is_empty() && extract.ways.is_empty());
    assert!(notices.is_empty());
    assert_eq!(fine(&file_of(&empty())).0, extract);
}

#[test]
fn other_files_are_named_as_such() {
    let data_first = frame("OSMData", &zlib(&empty().write_to_bytes().unwrap()));
    for bytes in [
        b"".as_slice(),
        b"<?xml version='1.0'?><osm/>",
        b"PK\x03\x04 and more",
        &[0, 0, 0, 0],
        &data_first,
    ] {
        assert_eq!(refused(bytes), (0, Fault::NotPbf));
    }
}

#[test]
fn header_lengths_are_1_byte_to_64_kib() {
    for (length, fault) in [
        (0, Fault::HeaderLength(0)),
        (65_537, Fault::HeaderLength(65_537)),
        (u32::MAX, Fault::HeaderLength(u32::MAX)),
        (65_536, Fault::CutOff),
        (1, Fault::CutOff),
    ] {
        assert_eq!(refused(&then(&u32::to_be_bytes(length))), (second(), fault));
    }
    // 64 KiB of header are fine when they are there: the index data fills it.
    let plain = frame("Other", &[]);
    let filling = 65_536 - (plain.len() - 4) - 4;
    let mut long = 65_536_u32.to_be_bytes().to_vec();
    long.extend(&plain[4..]);
    long.extend([
        0x12,
        (filling & 0x7f) as u8 | 0x80,
        (filling >> 7 & 0x7f) as u8 | 0x80,
    ]);
    long.push((filling >> 14) as u8);
    long.extend(vec![b'x'; filling]);
    assert_eq!(long.len(), 4 + 65_536);
    assert_eq!(fine(&then(&long)).1.count(&Notice::UnknownBlobs), 1);
}

#[test]
fn data_sizes_are_0_to_32_mib() {
    for size in [-1, 32 * MIB as i32 + 1, i32::MAX] {
        let bytes = then(&frame_of("OSMData", size, &[]));
        assert_eq!(refused(&bytes), (second(), Fault::DataSize(size.into())));
    }
    // Within the limit, but not there: nothing is allocated for it.
    let bytes = then(&frame_of("OSMData", 32 * MIB as i32, &[0; 10]));
    assert_eq!(refused(&bytes), (second(), Fault::CutOff));
}

#[test]
fn every_cut_is_an_error_save_between_blobs() {
    let whole = file(&[empty().write_to_bytes().unwrap()]);
    let between = header().len();
    for length in 1..whole.len() {
        let result = read(&whole[..length]);
        assert_eq!(result.is_ok(), length == between, "{length}");
    }
    assert_eq!(
        refused(&whole[..whole.len() - 1]),
        (second(), Fault::CutOff)
    );
    assert_eq!(refused(&whole[..between + 2]), (second(), Fault::CutOff));
}

#[test]
fn a_second_header_is_refused_and_unknown_blobs_are_skipped() {
    assert_eq!(refused(&then(&header())), (second(), Fault::SecondHeader));
    let (_, notices) = fine(&then(&frame("Elevation", b"no blob at all")));
    assert_eq!(notices.count(&Notice::UnknownBlobs), 1);
}

#[test]
fn a_blob_header_is_checked_before_it_is_decoded() {
    // A type of 9 bytes in a header of 2.
    let (byte, fault) = refused(&then(&[0, 0, 0, 2, 0x0a, 9]));
    let what = WireFault::Beyond;
    assert_eq!((byte, fault), (second(), Fault::Wire { within: 2, what }));
}

#[test]
fn a_blob_inflates_into_exactly_its_size() {
    let block = empty().write_to_bytes().unwrap();
    let size = block.len();
    fine(&with_blob(&zlib(&block)));
    fine(&with_blob(&raw(&block)));
    for stated in [0, size - 1, size + 1, 32 * MIB] {
        let blob = zlib_of(deflated(&block), Some(stated as i32));
        assert_eq!(
            refused(&with_blob(&blob)),
            (second(), Fault::Length { stated })
        );
    }
    for stated in [None, Some(-1), Some(32 * MIB as i32 + 1)] {
        let blob = zlib_of(deflated(&block), stated);
        assert_eq!(refused(&with_blob(&blob)).1, Fault::RawSize(stated));
    }
    let mut unlike = Blob::new();
    unlike.raw = Some(block);
    unlike.raw_size = Some(1);
    let blob = unlike.write_to_bytes().unwrap();
    assert_eq!(refused(&with_blob(&blob)).1, Fault::Length { stated: 1 });
}

#[test]
fn damaged_zlib_is_refused() {
    let block = empty().write_to_bytes().unwrap();
    let size = Some(block.len() as i32);
    let packed = deflated(&block);
    let trailing = [&packed, b"x".as_slice()].concat();
    assert_eq!(
        refused(&with_blob(&zlib_of(trailing, size))).1,
        Fault::Trailing
    );
    let short = packed[..packed.len() - 1].to_vec();
    assert_eq!(refused(&with_blob(&zlib_of(short, size))).1, Fault::Inflate);
    let mut checksum = packed;
    *checksum.last_mut().unwrap() ^= 1;
    assert_eq!(
        refused(&with_blob(&zlib_of(checksum, size))).1,
        Fault::Inflate
    );
}

#[test]
fn a_bomb_is_stopped_at_its_stated_size() {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    for _ in 0..64 {
        encoder.write_all(&vec![0; MIB]).unwrap();
    }
    let bomb = encoder.finish().unwrap();
    assert!(bomb.len() < 100_000);
    for stated in [100, 32 * MIB] {
        let blob = zlib_of(bomb.clone(), Some(stated as i32));
        assert_eq!(refused(&with_blob(&blob)).1, Fault::Length { stated });
    }
    let blob = zlib_of(bomb, Some(64 * MIB as i32));
    assert_eq!(
        refused(&with_blob(&blob)).1,
        Fault::RawSize(Some(64 * MIB as i32))
    );
}

#[test]
fn other_codecs_are_named_with_the_remedy() {
    for (field, codec) in [(4, "lzma"), (5, "bzip2"), (6, "lz4"), (7, "zstd")] {
        // raw_size 9, and one byte in the codec's field.
        let bytes = with_blob(&[0x10, 9, field << 3 | 2, 1, 0]);
        assert_eq!(refused(&bytes), (second(), Fault::Codec(codec)));
        let error = read(&bytes).unwrap_err();
        for lang in [Lang::Zh, Lang::En] {
            let said = error.explain(lang);
            assert!(
                said.contains(codec) && said.contains("test.osm.pbf"),
                "{said}"
            );
            assert!(
                said.contains("osmium cat in.osm.pbf -o out.osm.pbf"),
                "{said}"
            );
            assert!(said.contains(&second().to_string()), "{said}");
        }
    }
    let twice = [raw(&[]), zlib(&[])].concat();
    assert_eq!(refused(&with_blob(&twice)).1, Fault::Payload);
    assert_eq!(refused(&with_blob(&[])).1, Fault::Payload);
}

#[test]
fn features_that_are_not_known_are_refused_by_name() {
    let with = |features: &[&str]| {
        frame(
            "OSMHeader",
            &zlib(&header_with(features).write_to_bytes().unwrap()),
        )
    };
    fine(&with(&[]));
    let history = with(&["OsmSchema-V0.6", "DenseNodes", "HistoricalInformation"]);
    assert_eq!(refused(&history), (0, Fault::History));
    assert!(
        read(&history)
            .unwrap_err()
            .to_string()
            .contains("HistoricalInformation")
    );
    let other = with(&["OsmSchema-V0.6", "Curves"]);
    assert_eq!(refused(&other), (0, Fault::Feature("Curves".into())));
}

#[test]
fn the_header_says_where_and_when() {
    let mut block = header_with(&["OsmSchema-V0.6"]);
    block.set_writingprogram("a program".into());
    block.osmosis_replication_timestamp = Some(1_700_000_000);
    let bbox = |left, bottom, right, top| {
        MessageField::some(HeaderBBox {
            left: Some(left),
            right: Some(right),
            top: Some(top),
            bottom: Some(bottom),
            ..HeaderBBox::default()
        })
    };
    block.bbox = bbox(
        -15_500_000_050,
        27_999_999_949,
        180_000_000_000,
        90_000_000_000,
    );
    let bytes = |block: &dyn Fn() -> Vec<u8>| frame("OSMHeader", &raw(&block()));
    let (extract, notices) = fine(&bytes(&|| block.write_to_bytes().unwrap()));
    assert_eq!(extract.header.writing_program, "a program");
    assert_eq!(extract.header.timestamp, Some(1_700_000_000));
    let south_west = LonLat {
        lon: -155_000_001,
        lat: 279_999_999,
    };
    let north_east = LonLat {
        lon: 1_800_000_000,
        lat: 900_000_000,
    };
    assert_eq!(extract.header.bounds, Some((south_west, north_east)));
    assert!(notices.is_empty());

    for wrong in [bbox(0, 0, 1, 90_000_000_001), bbox(0, 2_000, 1_000, 1_000)] {
        block.bbox = wrong;
        let (extract, notices) = fine(&bytes(&|| block.write_to_bytes().unwrap()));
        assert_eq!(extract.header.bounds, None);
        assert_eq!(notices.count(&Notice::UnusableBounds), 1);
    }
}
