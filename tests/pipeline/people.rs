//! People of a raster and of a total: every one of them is somewhere.

use std::fs;
use std::path::{Path, PathBuf};

use living_circle::frame::Frame;
use living_circle::notice::Notice;
use living_circle::osm::{Drawing, DrawnNode, DrawnWay, Tags};
use living_circle::places::Shape;
use living_circle::plane::{Area, LonLat};
use living_circle::progress::Silent;
use living_circle::study::{Files, PeopleFrom, Settings, Study, StudyError};
use living_circle::synth::Town;
use living_circle::table::Source;
use living_circle::units::{Land, People};
use tiff::encoder::{TiffEncoder, colortype};
use tiff::tags::Tag;

use super::harness::{Scene, block, rectangle};

/// Two blocks of 100 × 100 m, four samples each, 100 m apart along a street; the second
/// has twice the land. From the corner of the first eastwards and northwards in metres.
fn town() -> (Town, Scene) {
    let town = Town::new("A---------B").way("AB", "highway=residential");
    let mut scene = Scene::new(town.drawing())
        .facility("f", "clinic", town.place([0.0, 0.0]))
        .within(&["200m"]);
    for (id, west, land) in [("a", 0.0, 10_000.0), ("b", 200.0, 20_000.0)] {
        let ring = rectangle(town.place([west, 10.0]), town.place([west + 100.0, 110.0]));
        let mut home = block(id, Shape::Area(Area::from_ring(ring).unwrap()));
        (home.people, home.land) = (None, Land::from_square_metres(land));
        scene.blocks.push(home);
    }
    (town, scene)
}

/// Writes a raster of these rows, from north to south, whose first cell has this corner.
fn geotiff(path: &Path, corner: [f64; 2], step: [f64; 2], code: [u16; 2], rows: &[&[f32]]) {
    let mut file = TiffEncoder::new(fs::File::create(path).unwrap()).unwrap();
    let (width, height) = (rows[0].len() as u32, rows.len() as u32);
    let mut image = file
        .new_image::<colortype::Gray32Float>(width, height)
        .unwrap();
    image.rows_per_strip(1).unwrap();
    let tags = image.encoder();
    let (scale, tie) = (
        [step[0], step[1], 0.0],
        [0.0, 0.0, 0.0, corner[0], corner[1], 0.0],
    );
    tags.write_tag(Tag::ModelPixelScaleTag, &scale[..]).unwrap();
    tags.write_tag(Tag::ModelTiepointTag, &tie[..]).unwrap();
    let [model, key] = [if code[0] == 3072 { 1 } else { 2 }, code[0]];
    let keys = [1, 1, 0, 2, 1024, 0, 1, model, key, 0, 1, code[1]];
    tags.write_tag(Tag::GeoKeyDirectoryTag, &keys[..]).unwrap();
    tags.write_tag(Tag::GdalNodata, "-99999").unwrap();
    image.write_data(&rows.concat()).unwrap();
}

fn with_raster(scene: &mut Scene, path: PathBuf) {
    scene.people.raster = Some(Source::from(path));
}

/// Thousandths of people, block by block and sample by sample.
fn people(study: &Study) -> Vec<Vec<u64>> {
    let blocks = 0..study.blocks.len();
    let own = |block| study.samples.samples(block).iter();
    let all = blocks.map(|block| {
        own(block)
            .map(|sample| sample.people.thousandths())
            .collect()
    });
    let all: Vec<Vec<u64>> = all.collect();
    for (block, own) in study.blocks.iter().zip(&all) {
        let known = block.people.map(People::thousandths);
        if study.settings.people.is_none() && study.people_from != PeopleFrom::Raster {
            assert_eq!(known.unwrap_or(0), own.iter().sum::<u64>(), "{}", block.id);
        }
    }
    all
}

fn total(study: &Study) -> u64 {
    people(study).concat().iter().sum()
}

/// A degree of latitude and of longitude at the town, in metres, is what the plane of the
/// town says: corners are taken from there.
fn degrees(place: LonLat) -> [f64; 2] {
    [place.lon_degrees(), place.lat_degrees()]
}

/// One row of cells: the whole first block, the gap, the whole second block, half of it
/// beyond the raster.
#[test]
fn cells_of_degrees_are_shared_by_land_and_none_is_lost_in_silence() {
    let (town, mut scene) = town();
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("people.tif");
    let low = degrees(town.place([0.0, 0.0]));
    let high = degrees(town.place([250.0, 120.0]));
    // Five columns of 50 m, one row of 120 m; the second block sticks out by 50 m.
    let step = [(high[0] - low[0]) / 5.0, high[1] - low[1]];
    let cells: &[f32] = &[7.0, 3.001, 2.5, -1.0, 10.0];
    geotiff(&path, [low[0], high[1]], step, [2048, 4326], &[cells]);
    with_raster(&mut scene, path);
    let study = scene.study();
    assert_eq!(study.people_from, PeopleFrom::Raster);
    // Two samples a column: 7 = 3.5 + 3.5; 3.001 = 1.501 + 1.5.
    let mut first = people(&study)[0].clone();
    first.sort_unstable();
    assert_eq!(first, [1_500, 1_501, 3_500, 3_500]);
    let mut second = people(&study)[1].clone();
    second.sort_unstable();
    assert_eq!(second, [0, 0, 5_000, 5_000]);
    assert_eq!(study.blocks[0].people, People::from_count(10.001));
    assert_eq!(study.blocks[1].people, People::from_count(10.0));
    // 2.5 people between the blocks, in whole persons; the other cell there has none.
    let count = |notice| study.notices.count(&notice);
    assert_eq!(count(Notice::PeopleWithoutBlocks), 3);
    assert_eq!(count(Notice::NegativeCells), 1);
    assert_eq!(count(Notice::BeyondRaster), 2);
    assert_eq!(count(Notice::CellsWithoutData), 0);
}

/// A cell that lies across the border of the study area has people on both sides.
#[test]
fn a_study_area_takes_its_share_of_the_cells_on_its_border() {
    let (town, mut scene) = town();
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("people.tif");
    let low = degrees(town.place([0.0, 0.0]));
    let high = degrees(town.place([300.0, 120.0]));
    let step = [high[0] - low[0], high[1] - low[1]];
    geotiff(&path, [low[0], high[1]], step, [2048, 4326], &[&[100.0]]);
    with_raster(&mut scene, path);
    // By land: 10,000 m² of 30,000, and 20,000.
    let study = scene.study();
    let people_of = people(&study);
    let sums: Vec<u64> = people_of.iter().map(|own| own.iter().sum()).collect();
    assert_eq!(sums.iter().sum::<u64>(), 100_000);
    assert!(
        sums[0].abs_diff(33_333) <= 2 && sums[1].abs_diff(66_667) <= 2,
        "{sums:?}"
    );
    scene.boundary = Area::from_ring(rectangle(
        town.place([-50.0, -50.0]),
        town.place([250.0, 200.0]),
    ));
    let cut = scene.study();
    let inside = people(&cut);
    assert_eq!(inside[0], people(&study)[0]);
    assert_eq!(inside[1].len(), 2);
    assert_eq!(cut.notices.count(&Notice::PeopleWithoutBlocks), 0);
}

/// A grid of metres turned against the meridians, finer than the blocks.
#[test]
fn a_projected_raster_keeps_its_people() {
    let (town, mut scene) = town();
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("people.tif");
    let frame: Frame = "epsg:4548".parse().unwrap();
    let [x, y] = frame.forward(degrees(town.place([150.0, 60.0])));
    let corner = [(x - 200.0).floor(), (y + 100.0).floor()];
    // 20 × 10 cells of 20 m; the cell of row r and column c has r + c / 7 people.
    let rows: Vec<Vec<f32>> = (0_u8..10)
        .map(|row| {
            (0_u8..20)
                .map(|column| f32::from(row) + f32::from(column) / 7.0)
                .collect()
        })
        .collect();
    let rows: Vec<&[f32]> = rows.iter().map(Vec::as_slice).collect();
    geotiff(&path, corner, [20.0, 20.0], [3072, 4548], &rows);
    with_raster(&mut scene, path);
    let study = scene.study();
    // By hand: the cell of every sample, each once.
    let mut cells: Vec<[usize; 2]> = study
        .samples
        .all()
        .iter()
        .map(|sample| {
            let [east, north] = frame.forward(degrees(sample.at));
            let row = (corner[1] - north) / 20.0;
            [row as usize, ((east - corner[0]) / 20.0) as usize]
        })
        .collect();
    cells.sort_unstable();
    cells.dedup();
    let sum: f64 = cells
        .iter()
        .map(|&[row, column]| f64::from(rows[row][column]))
        .sum();
    assert_eq!(cells.len(), 8);
    assert_eq!(total(&study), (sum * 1e3).round() as u64);
    let (low, high) = (cells[0], cells[7]);
    let columns: Vec<usize> = cells.iter().map(|cell| cell[1]).collect();
    let (west, east) = (columns.iter().min().unwrap(), columns.iter().max().unwrap());
    let window: f64 = (low[0]..=high[0])
        .flat_map(|row| (*west..=*east).map(move |column| [row, column]))
        .map(|[row, column]| f64::from(rows[row][column]))
        .sum();
    let lost = study.notices.count(&Notice::PeopleWithoutBlocks);
    assert_eq!(lost, (window - sum).round() as u64);
}

#[test]
fn an_ascii_grid_keeps_its_people_and_says_where_it_has_none() {
    let (town, mut scene) = town();
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("people.asc");
    let low = degrees(town.place([0.0, 0.0]));
    let high = degrees(town.place([300.0, 120.0]));
    let text = format!(
        "ncols 3\nnrows 1\nxllcorner {}\nyllcorner {}\ndx {}\ndy {}\n\
         NODATA_value -99\n12.345 7 -99\n",
        low[0],
        low[1],
        (high[0] - low[0]) / 3.0,
        high[1] - low[1],
    );
    fs::write(&path, text).unwrap();
    with_raster(&mut scene, path);
    let study = scene.study();
    assert_eq!(people(&study)[0], [3_087, 3_086, 3_086, 3_086]);
    assert_eq!(people(&study)[1], [0; 4]);
    assert_eq!(study.notices.count(&Notice::CellsWithoutData), 1);
    assert_eq!(study.notices.count(&Notice::PeopleWithoutBlocks), 7);
    // The blocks' own column comes first.
    scene.blocks[0].people = People::from_count(5.0);
    let study = scene.study();
    assert_eq!(study.people_from, PeopleFrom::Blocks);
    assert_eq!(total(&study), 5_000);
    assert_eq!(study.notices.count(&Notice::PeopleOfBlocks), 1);
}

/// Draws a rectangle as a closed way.
fn drawn(
    drawing: &mut Drawing,
    town: &Town,
    id: i64,
    [x, y, w, h]: [f64; 4],
    tags: &[(&str, &str)],
) {
    let corners = [[x, y], [x + w, y], [x + w, y + h], [x, y + h]];
    let mut nodes: Vec<i64> = Vec::new();
    for (number, corner) in corners.into_iter().enumerate() {
        let node = id * 10 + number as i64;
        drawing.nodes.push(DrawnNode {
            id: node,
            at: town.place(corner),
            tags: Tags::default(),
        });
        nodes.push(node);
    }
    nodes.push(nodes[0]);
    drawing.ways.push(DrawnWay {
        id,
        tags: Tags::new(tags.iter().copied()),
        nodes,
    });
}

#[test]
fn a_total_is_spread_by_floor_area_to_the_last_person() {
    let home = tempfile::tempdir().unwrap();
    let town = Town::new("A---------B").way("AB", "highway=residential");
    let files = Files {
        extract: home.path().join("town.osm.pbf"),
        ..Files::default()
    };
    let mut drawing = town.drawing();
    let land = [("landuse", "residential")];
    drawn(&mut drawing, &town, 1_001, [0.0, 10.0, 100.0, 100.0], &land);
    drawn(
        &mut drawing,
        &town,
        1_002,
        [200.0, 10.0, 100.0, 100.0],
        &land,
    );
    drawn(
        &mut drawing,
        &town,
        1_003,
        [400.0, 10.0, 100.0, 100.0],
        &land,
    );
    // In the first a house of 2 × 200 m² (assumed) and a tower of 10 × 400 m²; in the
    // second 6 × 200 m² (assumed), of which only `building=yes` is said.
    let house = [("building", "house")];
    drawn(&mut drawing, &town, 1_004, [10.0, 20.0, 20.0, 10.0], &house);
    let tower = [("building", "apartments"), ("building:levels", "10")];
    drawn(&mut drawing, &town, 1_005, [40.0, 20.0, 20.0, 20.0], &tower);
    let plain = [("building", "yes"), ("building:levels", "many")];
    drawn(
        &mut drawing,
        &town,
        1_006,
        [210.0, 20.0, 20.0, 10.0],
        &plain,
    );
    // Beside residential land, and no dwelling.
    drawn(
        &mut drawing,
        &town,
        1_007,
        [320.0, 20.0, 20.0, 10.0],
        &plain,
    );
    drawn(
        &mut drawing,
        &town,
        1_008,
        [60.0, 60.0, 20.0, 10.0],
        &[("building", "retail")],
    );
    fs::write(&files.extract, drawing.to_pbf().unwrap()).unwrap();
    let run = |people, boundary: Option<&str>| {
        let settings = Settings {
            people: Some(people),
            ..Settings::default()
        };
        let files = Files {
            boundary: boundary.map(|name| Source::from(home.path().join(name))),
            ..files.clone()
        };
        Study::run(&files, &settings, &Silent)
    };
    let study = run(5_601, None).unwrap();
    assert_eq!(study.people_from, PeopleFrom::Total);
    // 4,400 m² : 1,200 m² of 5,600 m²: corners lie on whole 10⁻⁷ degrees.
    let of_block = |block: usize| study.blocks[block].people.unwrap().count();
    assert!((of_block(0) - 4_400.786).abs() < 5.0, "{}", of_block(0));
    assert!((of_block(1) - 1_200.214).abs() < 5.0, "{}", of_block(1));
    assert_eq!(study.blocks[2].people, Some(People::ZERO));
    assert_eq!(total(&study), 5_601_000);
    assert_eq!(study.notices.count(&Notice::UnknownLevels), 2);
    assert_eq!(study.notices.count(&Notice::BlocksWithoutFloors), 1);
    // In a study area all of them live there.
    let boundary = |name: &str, from: f64, to: f64| {
        let ring = rectangle(town.place([from, -50.0]), town.place([to, 200.0]));
        let ring: Vec<[f64; 2]> = ring
            .iter()
            .chain(&ring[..1])
            .map(|&at| degrees(at))
            .collect();
        let text = format!(
            r#"{{"type":"Feature","properties":{{}},"geometry":{{"type":"Polygon","coordinates":[{ring:?}]}}}}"#
        );
        fs::write(home.path().join(name), text).unwrap();
    };
    boundary("east.geojson", 150.0, 250.0);
    let cut = run(7, Some("east.geojson")).unwrap();
    assert_eq!((cut.blocks.len(), total(&cut)), (1, 7_000));
    assert_eq!(people(&cut)[0], [3_500, 3_500]);
    boundary("bare.geojson", 350.0, 600.0);
    let refused = run(7, Some("bare.geojson")).unwrap_err();
    assert!(refused.to_string().contains("no dwelling"), "{refused}");
}

#[test]
fn two_sources_of_people_are_refused() {
    let home = tempfile::tempdir().unwrap();
    let files = Files {
        population: Some(Source::from(home.path().join("people.tif"))),
        ..Files::default()
    };
    let settings = Settings {
        people: Some(1),
        ..Settings::default()
    };
    let refused = Study::run(&files, &settings, &Silent).unwrap_err();
    assert!(matches!(refused, StudyError::PeopleTwice));
    assert!(refused.to_string().contains("leave one out"), "{refused}");
}
