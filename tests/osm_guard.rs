//! The reader against real extracts, from the folder that `LIVING_CIRCLE_DATA`
//! names, else `data/`; skipped where neither is there.
//!
//! The figures were counted with another reader, pyosmium 4.3 (`pip install
//! osmium`), which hands over every node, way and relation of a file:
//!
//! ```text
//! class Count(osmium.SimpleHandler):
//!     def node(self, n): self.at[n.id] = n.location.x, n.location.y   # 1e-7 degrees
//!     def way(self, w): self.ways.append((dict(w.tags), [n.ref for n in w.nodes]))
//! Count().apply_file("laspalmas.osm.pbf")
//! ```
#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod extracts;

use std::path::PathBuf;

use living_circle::notice::{Notice, Notices};
use living_circle::osm::{Extract, Fault, Header, Keep, OsmError, TagSet, read, read_bytes};
use living_circle::plane::LonLat;
use living_circle::progress::Silent;

/// Ways with `highway`, nodes with `amenity`.
struct Streets;

impl Keep for Streets {
    fn node(&self, tags: &dyn TagSet) -> bool {
        tags.value("amenity").is_some()
    }

    fn way(&self, tags: &dyn TagSet) -> bool {
        tags.value("highway").is_some()
    }
}

/// Everything with a tag.
struct All;

impl Keep for All {
    fn node(&self, _: &dyn TagSet) -> bool {
        true
    }

    fn way(&self, _: &dyn TagSet) -> bool {
        true
    }
}

/// Relations that draw areas, and what they are made of.
struct Areas;

impl Keep for Areas {
    fn node(&self, _: &dyn TagSet) -> bool {
        false
    }

    fn way(&self, _: &dyn TagSet) -> bool {
        false
    }

    fn relation(&self, _: &dyn TagSet) -> bool {
        true
    }
}

/// An extract of the data folder, if it is there.
fn data(name: &str) -> Option<PathBuf> {
    extracts::file(&format!("{name}.osm.pbf"))
}

fn fine(name: &str, keep: &dyn Keep) -> Option<(Extract, Notices)> {
    data(name).map(|path| read(&path, keep, &Silent).unwrap())
}

/// File, then: ways with `highway`, their references, nodes kept, references
/// missing, nodes with `amenity`, relations.
const STREETS: [(&str, [u64; 6]); 8] = [
    ("laspalmas", [13_954, 117_498, 99_447, 2642, 5248, 3005]),
    ("malta", [21_137, 128_998, 98_628, 0, 1876, 527]),
    ("milan", [58_481, 303_491, 217_435, 0, 343, 2350]),
    ("beijing_haidian", [684, 3280, 2341, 0, 139, 189]),
    ("porto_alegre", [15_886, 65_530, 41_128, 0, 395, 23]),
    ("monaco_2012", [866, 6044, 4909, 0, 147, 77]),
    ("monaco_2024", [2949, 16_586, 13_039, 0, 810, 290]),
    ("triana", [492, 2909, 2703, 0, 536, 208]),
];

#[test]
fn streets_are_counted_as_by_another_reader() {
    for (name, expected) in STREETS {
        let Some((extract, notices)) = fine(name, &Streets) else {
            continue;
        };
        let references = extract.ways.iter().map(|way| way.nodes.len() as u64).sum();
        let found = [
            extract.ways.len() as u64,
            references,
            extract.node_ids.len() as u64,
            notices.count(&Notice::MissingNodes),
            extract.nodes.len() as u64,
            notices.count(&Notice::RelationsNotRead),
        ];
        assert_eq!(found, expected, "{name}");
        assert_eq!(notices.count(&Notice::DuplicateObjects), 0, "{name}");
    }
}

/// File, then: ways with tags, nodes with tags, nodes kept, references missing;
/// sums of the longitudes and the latitudes of all nodes kept.
const ALL: [(&str, [u64; 4], [i64; 2]); 8] = [
    (
        "laspalmas",
        [48_395, 54_905, 354_728, 4613],
        [-54_773_119_886_119, 99_708_249_124_858],
    ),
    (
        "malta",
        [39_912, 7142, 251_603, 0],
        [36_300_564_315_065, 90_351_217_829_805],
    ),
    (
        "milan",
        [68_940, 28_718, 262_323, 39_146],
        [24_229_925_907_065, 119_311_663_023_597],
    ),
    (
        "beijing_haidian",
        [1353, 673, 7309, 0],
        [8_501_740_173_025, 2_923_630_214_478],
    ),
    (
        "porto_alegre",
        [15_984, 6140, 43_044, 0],
        [-22_036_792_864_292, -12_936_538_874_451],
    ),
    (
        "monaco_2012",
        [1918, 975, 13_497, 0],
        [1_001_836_839_974, 5_903_172_960_309],
    ),
    (
        "monaco_2024",
        [4876, 3247, 29_960, 0],
        [2_223_977_916_023, 13_103_303_814_064],
    ),
    (
        "triana",
        [2267, 2293, 14_994, 231],
        [-2_311_950_389_416, 4_214_432_735_014],
    ),
];

#[test]
fn everything_with_a_tag_lies_where_another_reader_sees_it() {
    for (name, counts, places) in ALL {
        let Some((extract, notices)) = fine(name, &All) else {
            continue;
        };
        let found = [
            extract.ways.len() as u64,
            extract.nodes.len() as u64,
            extract.node_ids.len() as u64,
            notices.count(&Notice::MissingNodes),
        ];
        assert_eq!(found, counts, "{name}");
        let sum = |of: fn(&LonLat) -> i32| -> i64 {
            extract.node_at.iter().map(|at| i64::from(of(at))).sum()
        };
        assert_eq!([sum(|at| at.lon), sum(|at| at.lat)], places, "{name}");
    }
}

/// File, then: relations of type multipolygon or boundary, the ways they are made
/// of, and members that the file lacks (ways, and relations as outer, inner or
/// without a role).
const AREAS: [(&str, [u64; 3]); 8] = [
    ("laspalmas", [2040, 5788, 2896]),
    ("malta", [142, 347, 3]),
    ("milan", [420, 942, 1619]),
    ("beijing_haidian", [3, 6, 0]),
    ("porto_alegre", [23, 89, 0]),
    ("monaco_2012", [41, 89, 2036]),
    ("monaco_2024", [77, 145, 17609]),
    ("triana", [195, 530, 2876]),
];

#[test]
fn relations_are_made_of_what_another_reader_sees() {
    for (name, expected) in AREAS {
        let Some((extract, notices)) = fine(name, &Areas) else {
            continue;
        };
        let found = [
            extract.relations.len() as u64,
            extract.ways.len() as u64,
            notices.count(&Notice::MissingMembers),
        ];
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn one_extract_in_four_shapes_is_one_extract() {
    for keep in [&Streets as &dyn Keep, &All, &Areas] {
        let Some((mut plain, notices)) = fine("triana", keep) else {
            return;
        };
        plain.header = Header::default();
        for shape in ["triana_nodense", "triana_uncompressed", "triana_shuffled"] {
            let Some((mut other, others)) = fine(shape, keep) else {
                continue;
            };
            other.header = Header::default();
            assert!(plain == other, "{shape}");
            assert_eq!(notices, others, "{shape}");
        }
    }
}

#[test]
fn threads_and_source_change_nothing() {
    let Some(path) = data("triana_shuffled") else {
        return;
    };
    let bytes = std::fs::read(&path).unwrap();
    let expected = read(&path, &All, &Silent).unwrap();
    for threads in [1, 2, 7] {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        let found = pool.install(|| read_bytes("bytes", &bytes, &All, &Silent).unwrap());
        assert!(found == expected, "{threads} threads");
    }
}

/// The byte of the blob that is refused, and why.
fn refused(name: &str) -> Option<(u64, Fault)> {
    match read(&data(name)?, &All, &Silent) {
        Err(OsmError::Blob { byte, fault, file }) => {
            assert!(file.ends_with(&format!("{name}.osm.pbf")));
            Some((byte, fault))
        }
        other => panic!("{name} was not refused: {other:?}"),
    }
}

#[test]
fn cut_and_lz4_files_are_refused_with_the_place() {
    if let Some((byte, fault)) = refused("triana_truncated") {
        assert!((1..150_000).contains(&byte));
        assert_eq!(fault, Fault::CutOff);
    }
    if let Some(found) = refused("triana_lz4") {
        assert_eq!(found, (0, Fault::Codec("lz4")));
    }
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let error = read("no/such.osm.pbf".as_ref(), &All, &Silent).unwrap_err();
    assert!(matches!(error, OsmError::Io { .. }));
    assert!(
        error
            .to_string()
            .starts_with("no/such.osm.pbf: cannot be read")
    );
}
