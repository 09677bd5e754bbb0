//! The cities that are measured, small, drawn, generated and real, each with what its
//! stages need.

use std::fs::File;
use std::path::{Path, PathBuf};

use living_circle::osm::Extract;
use living_circle::progress::Silent;
use living_circle::study::stages::{Finished, Task};
use living_circle::study::{Files, Settings};
use living_circle::synth::{GeneratedCity, Grid};

/// A city, read and finished once, so that every stage can be run alone.
pub struct City {
    pub name: &'static str,
    /// Its extract, as a file.
    pub path: PathBuf,
    pub task: Task,
    pub extract: Extract,
    pub finished: Finished,
    /// Holds the drawn files while they are needed.
    _home: Option<tempfile::TempDir>,
}

/// The sample city, a drawn grid, a generated city, and Las Palmas where it is there.
pub fn all() -> Vec<City> {
    let mut cities = vec![lakeside(), grid(), generated()];
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

/// 10,000 junctions.
fn generated() -> City {
    let home = tempfile::tempdir().expect("a temporary folder");
    let path = home.path().join("generated.osm.pbf");
    let city = GeneratedCity::plan(10_000, 1, &Silent).expect("a size that can be asked for");
    let file = File::create(&path).expect("a temporary file");
    city.write(file, &Silent).expect("room for the file");
    City::of("generated", only(path), Some(home))
}

impl City {
    fn of(name: &'static str, files: Files, home: Option<tempfile::TempDir>) -> Self {
        let path = files.extract.clone();
        let task = Task::new(files, Settings::default()).expect("the standard of the crate");
        Self {
            name,
            path,
            extract: task.read().expect("a good extract"),
            finished: task.finished(&Silent).expect("a city without mistakes"),
            task,
            _home: home,
        }
    }
}
