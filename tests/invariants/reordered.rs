//! The order of the input and the number of threads change no byte, the card's
//! neither.

use std::fmt::Write as _;
use std::path::Path;

use living_circle::lang::Lang;
use living_circle::places::Shape;
use living_circle::plane::{Area, LonLat};
use living_circle::progress::Silent;
use living_circle::study::{Files, Study};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::TestCaseError;

use super::harness::{Scene, catalog};
use super::{all_files, for_towns, for_towns_and, same};

/// Deals a list out again: a shuffle, decided by random numbers.
fn shuffle<T>(list: &mut [T], order: &[Index]) {
    for last in (1..list.len()).rev() {
        list.swap(last, order[last % order.len()].index(last + 1));
    }
}

#[test]
fn objects_of_the_file_may_stand_in_any_order() {
    let order = (proptest::collection::vec(any::<Index>(), 64), any::<bool>());
    for_towns_and(40, order, |scene, (order, ways_first)| {
        let before = all_files(&scene.study());
        let mut dealt = scene.clone();
        shuffle(&mut dealt.drawing.nodes, &order);
        shuffle(&mut dealt.drawing.ways, &order);
        dealt.ways_first = ways_first;
        same(&before, &all_files(&dealt.study()), "reordered")
    });
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let pools = [1, 2, 7].map(|threads| {
        let builder = rayon::ThreadPoolBuilder::new().num_threads(threads);
        (threads, builder.build().unwrap())
    });
    for_towns(30, |scene| {
        let before = all_files(&scene.study());
        for (threads, pool) in &pools {
            let again = pool.install(|| all_files(&scene.study()));
            same(&before, &again, &format!("{threads} threads"))?;
        }
        Ok(())
    });
}

fn position(at: LonLat) -> String {
    format!("[{:.7},{:.7}]", at.lon_degrees(), at.lat_degrees())
}

fn polygon(area: &Area) -> String {
    let ring: Vec<String> = area.polygons()[0]
        .outer
        .iter()
        .map(|&at| position(at))
        .collect();
    format!(
        r#"{{"type":"Polygon","coordinates":[[{}]]}}"#,
        ring.join(",")
    )
}

/// The rows of the tables of a scene, as a user would write them.
#[derive(Clone)]
struct Tables {
    blocks: Vec<String>,
    facilities: Vec<String>,
    zones: Vec<String>,
}

fn tables(scene: &Scene) -> Tables {
    let feature = |properties: String, geometry: String| {
        format!(r#"{{"type":"Feature","properties":{{{properties}}},"geometry":{geometry}}}"#)
    };
    let blocks = scene.blocks.iter().map(|block| {
        let people = block
            .people
            .map_or("null".to_owned(), |people| people.count().to_string());
        // Sometimes no land at all, which is noticed.
        let land = block.land.unwrap().square_metres();
        let land = if land < 100.0 {
            "null".to_owned()
        } else {
            land.to_string()
        };
        let geometry = match &block.shape {
            Shape::Point(at) => format!(r#"{{"type":"Point","coordinates":{}}}"#, position(*at)),
            Shape::Area(area) => polygon(area),
        };
        let id = &block.id;
        feature(
            format!(r#""id":"{id}","population":{people},"area_m2":{land}"#),
            geometry,
        )
    });
    let catalog = catalog();
    let facilities = scene.table.iter().map(|site| {
        let at = site.shape.inner_place();
        let keys: Vec<&str> = site
            .categories
            .iter()
            .map(|&category| &*catalog.category(category).key)
            .collect();
        let mut row = format!("{},\"{}", site.id, keys.join(";"));
        // An unknown word now and then, which is noticed.
        if at.lat % 3 == 0 {
            row += ";cinema";
        }
        let _ = write!(row, "\",{:.7},{:.7}", at.lon_degrees(), at.lat_degrees());
        row
    });
    let zones = scene.zones.iter().map(|zone| {
        let level = zone.level.as_deref().unwrap();
        let properties = format!(r#""id":"{}","level":"{level}""#, zone.id);
        feature(properties, polygon(&zone.area))
    });
    Tables {
        blocks: blocks.collect(),
        facilities: facilities.collect(),
        zones: zones.collect(),
    }
}

/// A study from files, as the command makes it; the inputs' own bytes are left out
/// of it, and so are the row numbers of notices.
fn from_files(home: &Path, scene: &Scene, tables: &Tables) -> Study {
    let write = |name: &str, content: String| {
        let path = home.join(name);
        std::fs::write(&path, content).unwrap();
        path
    };
    let collection = |rows: &[String]| {
        format!(
            "{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}",
            rows.join(",\n")
        )
    };
    std::fs::write(home.join("town.osm.pbf"), scene.pbf()).unwrap();
    let files = Files {
        extract: home.join("town.osm.pbf"),
        blocks: Some(write("blocks.geojson", collection(&tables.blocks)).into()),
        facilities: Some(
            write(
                "facilities.csv",
                format!("id,category,lon,lat\n{}\n", tables.facilities.join("\n")),
            )
            .into(),
        ),
        zones: (!tables.zones.is_empty())
            .then(|| write("zones.geojson", collection(&tables.zones)).into())
            .into_iter()
            .collect(),
        ..Files::default()
    };
    let mut study = Study::run(&files, &scene.settings, &Silent).unwrap();
    study.inputs.clear();
    study
}

/// All files of a study, and its notices without their examples: they name a row, and
/// nothing else may differ.
fn without_examples(mut study: Study) -> Vec<(String, String)> {
    let notices = std::mem::take(&mut study.notices);
    let counted = notices.iter().map(|(notice, seen)| {
        let texts = [Lang::Zh, Lang::En].map(|lang| notice.text(lang));
        format!("{texts:?} {}", seen.count)
    });
    let counted = counted.collect::<Vec<_>>().join("\n");
    let mut files = all_files(&study);
    files.push(("notices".to_owned(), counted));
    files
}

#[test]
fn rows_of_tables_may_stand_in_any_order() {
    for_towns_and(
        30,
        proptest::collection::vec(any::<Index>(), 16),
        |scene, order| {
            let home =
                tempfile::tempdir().map_err(|error| TestCaseError::fail(error.to_string()))?;
            let mut tables = tables(scene);
            let before = from_files(home.path(), scene, &tables);
            shuffle(&mut tables.blocks, &order);
            shuffle(&mut tables.facilities, &order);
            shuffle(&mut tables.zones, &order);
            let after = from_files(home.path(), scene, &tables);
            let [before, after] = [before, after].map(without_examples);
            same(&before, &after, "rows reordered")
        },
    );
}
