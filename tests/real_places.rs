//! Places of real extracts and tables, from the folder that `LIVING_CIRCLE_DATA`
//! names, else `data/`; skipped where neither is there.
//!
//! The figures were counted with other programs: pyosmium for the objects with
//! the tags of the catalog (nodes, and closed ways with all their nodes), shapely
//! for the homes that touch no residential area, the geodesic of pyproj for the
//! surface.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

use std::path::PathBuf;

use living_circle::notice::Notice;
use living_circle::osm::{self, Extract, Keep, TagSet};
use living_circle::places::{self, Catalog, from_osm};
use living_circle::progress::Silent;

struct Places(Catalog);

impl Keep for Places {
    fn node(&self, tags: &dyn TagSet) -> bool {
        places::keeps_node(tags, &self.0)
    }

    fn way(&self, tags: &dyn TagSet) -> bool {
        places::keeps_way(tags, &self.0)
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

/// File, then: pharmacies, libraries, supermarkets, parks, bus stops.
const FACILITIES: [(&str, [usize; 5]); 5] = [
    ("laspalmas", [83, 11, 128, 3708, 718]),
    ("malta", [71, 10, 92, 682, 877]),
    ("beijing_haidian", [2, 3, 4, 17, 68]),
    ("monaco_2024", [11, 4, 9, 52, 136]),
    ("triana", [11, 4, 7, 124, 20]),
];

#[test]
fn facilities_are_counted_as_by_another_reader() {
    for (name, expected) in FACILITIES {
        let Some((extract, catalog)) = extract(name) else {
            continue;
        };
        let (places, _) = from_osm(&extract, &catalog);
        let found = ["pharmacy", "library", "supermarket", "park", "bus_stop"].map(|key| {
            let wanted = [catalog.id(key).unwrap()];
            catalog.facility_set(&wanted, &places.facilities).0.len()
        });
        assert_eq!(found, expected, "{name}");
    }
}

/// File, then: residential areas, homes that touch none of them, homes cut by
/// the border of one, which may go either way.
const BLOCKS: [(&str, [usize; 3]); 5] = [
    ("laspalmas", [45, 6494, 12]),
    ("malta", [1138, 245, 14]),
    ("beijing_haidian", [6, 105, 5]),
    ("monaco_2024", [7, 303, 0]),
    ("triana", [0, 1108, 0]),
];

#[test]
fn blocks_are_counted_as_by_another_reader() {
    for (name, [areas, clear, cut]) in BLOCKS {
        let Some((extract, catalog)) = extract(name) else {
            continue;
        };
        let (places, notices) = from_osm(&extract, &catalog);
        let homes = places.blocks.iter().filter(|block| block.building).count();
        assert!((clear..=clear + cut).contains(&homes), "{name}: {homes}");
        let nested = usize::try_from(notices.count(&Notice::NestedResidential)).unwrap();
        assert_eq!(places.blocks.len() - homes + nested, areas, "{name}");
        let sorted = places.blocks.is_sorted_by(|one, other| one.id < other.id);
        assert!(sorted, "{name}: the ids differ and ascend");
    }
}

#[test]
fn real_tables_are_read_whole() {
    if let Some(path) = data("porto_alegre_grid.csv") {
        let (blocks, notices) = places::blocks(&path).unwrap();
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
        let (area, notices) = places::boundary(&path).unwrap();
        assert!((area.square_metres() / GEODESIC_M2 - 1.0).abs() < 1e-4);
        assert!(notices.is_empty());
    }
}

/// Surface of the municipality of Las Palmas as drawn, on the WGS84 ellipsoid.
const GEODESIC_M2: f64 = 103_315_945.0;
