//! The cities that are measured, small, drawn and real, each with what its
//! stages need.

use std::path::{Path, PathBuf};

use living_circle::link::{Going, Linker};
use living_circle::network::{Obstacles, WalkGraph, WalkNetwork};
use living_circle::osm::{self, Extract};
use living_circle::places::{Catalog, FacilitySet};
use living_circle::profile::{AccessRules, Walker};
use living_circle::progress::Silent;
use living_circle::reach::Stops;
use living_circle::study::{Files, Settings, Study, Wanted};
use living_circle::synth::Grid;
use living_circle::units::{Cost, CostKind};

/// A city, read and finished once, so that every stage can be run alone.
pub struct City {
    pub name: &'static str,
    pub files: Files,
    pub rules: AccessRules,
    pub catalog: Catalog,
    pub extract: Extract,
    pub obstacles: Obstacles,
    pub study: Study,
    pub graph: WalkGraph,
    pub samples: Stops,
    pub facilities: Stops,
    pub sets: Vec<FacilitySet>,
    /// 5, 10 and 15 minutes, in tenths of a second.
    pub limits: [Cost; 3],
    /// Holds the drawn files while they are needed.
    _home: Option<tempfile::TempDir>,
}

/// The sample city, a drawn grid, and Las Palmas where it is there.
pub fn all() -> Vec<City> {
    let mut cities = vec![lakeside(), grid()];
    match data("laspalmas.osm.pbf") {
        Some(extract) => cities.push(City::of("laspalmas", only(extract), None)),
        None => eprintln!("laspalmas skipped: LIVING_CIRCLE_DATA names no folder that holds it"),
    }
    cities
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn data(name: &str) -> Option<PathBuf> {
    let folder =
        std::env::var_os("LIVING_CIRCLE_DATA").map_or_else(|| root().join("data"), PathBuf::from);
    Some(folder.join(name)).filter(|path| path.exists())
}

fn only(extract: PathBuf) -> Files {
    Files {
        extract,
        ..Files::default()
    }
}

fn lakeside() -> City {
    let fixture = |name: &str| root().join("fixtures").join(name);
    let files = Files {
        extract: fixture("lakeside.osm.pbf"),
        blocks: Some(fixture("lakeside.blocks.geojson").into()),
        facilities: Some(fixture("lakeside.facilities.csv").into()),
        zones: vec![fixture("lakeside.zones.geojson").into()],
        ..Files::default()
    };
    City::of("lakeside", files, None)
}

/// 100 × 100 crossings, 100 m apart, with homes and pharmacies.
fn grid() -> City {
    let drawing = Grid::new(100, 100, 100.0).town();
    let home = tempfile::tempdir().expect("a temporary folder");
    let path = home.path().join("grid.osm.pbf");
    let bytes = drawing
        .to_pbf()
        .expect("a drawing within the format's limits");
    std::fs::write(&path, bytes).expect("a temporary file");
    City::of("grid", only(path), Some(home))
}

impl City {
    fn of(name: &'static str, files: Files, home: Option<tempfile::TempDir>) -> Self {
        let settings = Settings::default();
        let rules = living_circle::study::rules(&settings);
        let catalog = Catalog::builtin().expect("the catalog of the crate");
        let wanted = Wanted {
            rules: &rules,
            catalog: &catalog,
        };
        let (extract, _) = osm::read(&files.extract, &wanted, &Silent).expect("a good extract");
        let study = Study::run(&files, &settings, &Silent).expect("a city without mistakes");
        let walker: &Walker = &study.main_walk().walker;
        let graph = WalkGraph::new(&study.network, walker, CostKind::Time);
        let samples = Stops::of(&study.main_walk().samples, &graph, walker, Going::Out);
        let facilities = Stops::of(&study.main_walk().facilities, &graph, walker, Going::In);
        Self {
            name,
            files,
            obstacles: Obstacles::of(&extract, &rules),
            extract,
            sets: study
                .sets
                .iter()
                .map(|set| set.facilities.clone())
                .collect(),
            limits: [3_000, 6_000, 9_000],
            samples,
            facilities,
            graph,
            study,
            rules,
            catalog,
            _home: home,
        }
    }

    pub fn wanted(&self) -> Wanted<'_> {
        Wanted {
            rules: &self.rules,
            catalog: &self.catalog,
        }
    }

    pub fn network(&self) -> &WalkNetwork {
        &self.study.network
    }

    pub fn linker(&self) -> Linker<'_> {
        let limit = self.study.settings.link_limit;
        Linker::new(self.network(), &self.graph, &self.obstacles, limit)
    }
}
