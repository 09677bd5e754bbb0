//! Places of real extracts and tables, from the folder that `LIVING_CIRCLE_DATA`
//! names, else `data/`; skipped where neither is there.
//!
//! The figures were counted with other programs: pyosmium for the objects with
//! the tags of the catalog (nodes, closed ways with all their nodes, and the
//! areas of relations, which it assembles itself), shapely for the homes that
//! touch no residential area, the geodesic of pyproj for the surface (pyosmium 4.3.2,
//! shapely 2.2.0, pyproj 3.7.2 with PROJ 9.5.1):
//!
//! ```text
//! class Areas(osmium.SimpleHandler):
//!     def area(self, a):                       # a way's or a relation's
//!         if not a.from_way():
//!             shape = shapely.wkb.loads(wkb.create_multipolygon(a), hex=True)
//!             self.m2[a.orig_id()] = abs(geod.geometry_area_perimeter(shape)[0])
//! Areas().apply_file("malta.osm.pbf", locations=True)
//! ```
//!
//! The residential way 151193992 of Malta crosses itself, and pyosmium makes no area
//! of it: its 197,810.2 m² are those of its ring (shapely in an equal-area projection).
//!
//! A way with a role other than `inner` in a relation of the same kind, and of no
//! other name, is not counted beside it. Object by object every relation with an
//! area there has one here, and the other way round, save two: municipalities cut
//! by the border of the extract of which one islet closes (relation 345437 of
//! Las Palmas, 2220322 of Monaco) are zones here and nothing there.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

use std::path::PathBuf;

use living_circle::notice::Notice;
use living_circle::osm::{self, Extract, Keep, TagSet};
use living_circle::places::{self, BlockKind, Catalog, Origin, Size, from_osm};
use living_circle::progress::Silent;

struct Places(Catalog);

impl Keep for Places {
    fn node(&self, tags: &dyn TagSet) -> bool {
        places::keeps_node(tags, &self.0)
    }

    fn way(&self, tags: &dyn TagSet) -> bool {
        places::keeps_way(tags, &self.0)
    }

    fn relation(&self, tags: &dyn TagSet) -> bool {
        places::keeps_relation(tags, &self.0)
    }
}

/// A file of the data folder, if there is one.
fn data(file: &str) -> Option<PathBuf> {
    let folder =
        std::env::var_os("LIVING_CIRCLE_DATA").map_or_else(|| "data".into(), PathBuf::from);
    let path = folder.join(file);
    if path.is_file() {
        return Some(path);
    }
    eprintln!("skipped: no {}", path.display());
    None
}

fn extract(name: &str) -> Option<(Extract, Catalog)> {
    let path = data(&format!("{name}.osm.pbf"))?;
    let keep = Places(Catalog::builtin().unwrap());
    let (extract, _) = osm::read(&path, &keep, &Silent).unwrap();
    Some((extract, keep.0))
}

const COUNTED: [&str; 9] = [
    "school",
    "kindergarten",
    "clinic",
    "hospital",
    "pharmacy",
    "shop",
    "park",
    "library",
    "bus_stop",
];

/// File, then how many there are of each: by their tags, and what names change, which
/// stands object by object in `tests/counts/named.rs`.
const FACILITIES: [(&str, [usize; 9]); 4] = [
    (
        "laspalmas",
        [163 - 31, 23 + 33, 116 + 12, 27 - 16, 83, 239, 3727, 11, 718],
    ),
    ("malta", [127 - 10, 2, 7 + 7, 24 - 7, 71, 186, 683, 10, 877]),
    ("beijing_haidian", [7, 2, 0, 2, 2, 13 + 1, 17, 3, 68]),
    ("monaco_2024", [10 - 1, 2, 3, 7, 12, 20, 55, 4, 136]),
];

#[test]
fn facilities_are_counted_as_by_another_reader() {
    for (name, expected) in FACILITIES {
        let Some((extract, catalog)) = extract(name) else {
            continue;
        };
        let (places, _) = from_osm(&extract, &catalog);
        let found = COUNTED.map(|key| {
            let wanted = [catalog.id(key).unwrap()];
            catalog.facility_set(&wanted, &places.facilities).0.len()
        });
        assert_eq!(found, expected, "{name}");
    }
}

/// File, then: residential areas, homes that touch none of them, homes cut by
/// the border of one, which may go either way.
const BLOCKS: [(&str, [usize; 3]); 5] = [
    ("laspalmas", [45, 7203, 16]),
    ("malta", [1140, 244, 14]),
    ("beijing_haidian", [6, 105, 5]),
    ("monaco_2024", [7, 307, 0]),
    ("triana", [0, 1217, 0]),
];

#[test]
fn blocks_are_counted_as_by_another_reader() {
    for (name, [areas, clear, cut]) in BLOCKS {
        let Some((extract, catalog)) = extract(name) else {
            continue;
        };
        let (places, notices) = from_osm(&extract, &catalog);
        let homes = places
            .blocks
            .iter()
            .filter(|block| block.kind == BlockKind::Building)
            .count();
        assert!((clear..=clear + cut).contains(&homes), "{name}: {homes}");
        let nested = usize::try_from(notices.count(&Notice::NestedResidential)).unwrap();
        assert_eq!(places.blocks.len() - homes + nested, areas, "{name}");
        let sorted = places.blocks.is_sorted_by(|one, other| one.id < other.id);
        assert!(sorted, "{name}: the ids differ and ascend");
    }
}

/// The surface of all, how many are relations, and their surface.
type Sums = (f64, usize, f64);

/// A file; of its parks and of its residential areas that lie in no larger one:
/// the surface, then how many are relations, and their surface.
const SURFACES: [(&str, [Sums; 2]); 4] = [
    (
        "laspalmas",
        [(2_896_206.7, 19, 30_001.5), (1_350_499.4, 0, 0.0)],
    ),
    (
        "malta",
        [(1_951_189.1, 1, 7431.2), (44_403_115.3, 4, 1_467_725.5)],
    ),
    (
        "beijing_haidian",
        [(3_362_668.6, 0, 0.0), (292_085.0, 0, 0.0)],
    ),
    (
        "monaco_2024",
        [(181_854.0, 3, 39_595.4), (1_218_445.0, 0, 0.0)],
    ),
];

#[test]
fn surfaces_are_those_of_another_tool() {
    for (name, expected) in SURFACES {
        let Some((extract, catalog)) = extract(name) else {
            continue;
        };
        let (places, _) = from_osm(&extract, &catalog);
        let park = [catalog.id("park").unwrap()];
        let parks = places.facilities.iter();
        let parks = parks.filter(|facility| catalog.matches(&park, facility));
        let residential = places
            .blocks
            .iter()
            .filter(|block| block.kind == BlockKind::Area);
        let found = [
            sums(parks.map(|park| {
                // A park that is tagged as a building too has an outline, and no land.
                let drawn = Size::of_shape(&park.shape);
                (&park.origin, drawn.land.unwrap_or_default().square_metres())
            })),
            sums(residential.map(|block| (&block.origin, block.land.unwrap().square_metres()))),
        ];
        for (found, expected) in found.into_iter().zip(expected) {
            assert!(
                (found.0 - expected.0).abs() <= expected.0 * 1e-3,
                "{name}: {found:?}"
            );
            assert_eq!(found.1, expected.1, "{name}");
            assert!(
                (found.2 - expected.2).abs() <= expected.2 * 1e-3,
                "{name}: {found:?}"
            );
        }
    }
}

fn sums<'a>(places: impl Iterator<Item = (&'a Origin, f64)>) -> Sums {
    places.fold(
        (0.0, 0, 0.0),
        |(all, count, surface), (origin, m2)| match origin {
            Origin::OsmRelation(_) => (all + m2, count + 1, surface + m2),
            _ => (all + m2, count, surface),
        },
    )
}

/// File, then the areas of relations: how many administrative ones of levels 8 to
/// 10 close, and relations of which some rings or all do not.
const RELATIONS: [(&str, [usize; 3]); 3] = [
    ("laspalmas", [2, 1, 3]),
    ("malta", [5, 0, 0]),
    ("monaco_2024", [7, 1, 7]),
];

#[test]
fn relations_that_the_extract_cuts_are_counted() {
    for (name, expected) in RELATIONS {
        let Some((extract, catalog)) = extract(name) else {
            continue;
        };
        let (places, notices) = from_osm(&extract, &catalog);
        let zones = places.zones.iter();
        let count = |notice| usize::try_from(notices.count(&notice)).unwrap();
        let found = [
            zones
                .filter(|zone| zone.id.starts_with("relation/"))
                .count(),
            count(Notice::OpenRings),
            count(Notice::UnclosedRelation),
        ];
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn real_tables_are_read_whole() {
    if let Some(path) = data("porto_alegre_grid.csv") {
        let (blocks, notices) = places::blocks(&path.into(), &places::Headers::default()).unwrap();
        let people: u64 = blocks
            .iter()
            .filter_map(|block| block.people)
            .map(living_circle::units::People::thousandths)
            .sum();
        assert_eq!((blocks.len(), people), (1227, 812_935_000));
        assert_eq!(notices.count(&Notice::UnknownLand), 1227);
        for column in ["schools", "jobs", "healthcare"] {
            let unknown = Notice::UnknownColumn(column.to_owned());
            assert_eq!(notices.count(&unknown), 1, "{column}");
        }
    }
    if let Some(path) = data("laspalmas_boundary.geojson") {
        let (area, notices) = places::boundary(&path.into()).unwrap();
        assert!((area.square_metres() / GEODESIC_M2 - 1.0).abs() < 1e-4);
        assert!(notices.is_empty());
    }
}

/// Surface of the municipality of Las Palmas as drawn, on the WGS84 ellipsoid.
const GEODESIC_M2: f64 = 103_315_945.0;
