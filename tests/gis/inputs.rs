//! The same town from tables in other letters, other files and other frames.

use std::fs;
use std::path::Path;

use super::city::{LAKESIDE, Report, outputs};
use living_circle::frame::Frame;
use living_circle::lang::Lang;
use living_circle::osm::Drawing;
use living_circle::places::{self, Block, Catalog, Facility, Headers, Shape};
use living_circle::plane::{Area, LonLat, distance_metres};
use living_circle::progress::Silent;
use living_circle::report::{Outputs, render_all};
use living_circle::study::{Files, Settings, Study};
use living_circle::synth::Town;
use living_circle::table::Source;

/// A street of twelve places 50 m apart, between the zones of 114° and 117°.
fn town() -> (Drawing, Vec<LonLat>) {
    let town = Town::new("ABCDEFGHIJKL")
        .spacing(50.0)
        .origin(LonLat::from_degrees(115.498, 36.45).unwrap())
        .way("ABCDEFGHIJKL", "highway=residential");
    let places = ('A'..='L').map(|letter| town.at(letter)).collect();
    (town.drawing(), places)
}

/// Coordinates as a table in this frame has them.
fn written(frame: &str, place: LonLat) -> String {
    let frame: Frame = frame.parse().unwrap();
    let [x, y] = frame.written([place.lon_degrees(), place.lat_degrees()]);
    format!("{x},{y}")
}

fn blocks(frame: &str, places: &[LonLat]) -> String {
    let rows = places.iter().enumerate();
    let rows = rows.map(|(row, &at)| format!("b{row},\"里, {row}\",{},100,10", written(frame, at)));
    let rows: Vec<String> = rows.collect();
    format!(
        "编号,名称,经度,纬度,面积（平方米）,人口\r\n{}\r\n",
        rows.join("\r\n")
    )
}

fn facilities(frame: &str, places: &[LonLat]) -> String {
    let row = |id: &str, category: &str, at| format!("{id},{category},{}", written(frame, at));
    let rows = [
        row("f1", "菜市场（生鲜超市）", places[0]),
        row("f2", "社区公园", places[11]),
        row("f3", "卫生服务站", places[5]),
        row("f4", "幼儿园", places[3]),
    ];
    format!("编号,类别,经度,纬度\r\n{}\r\n", rows.join("\r\n"))
}

struct Run {
    coverage: Vec<u8>,
    blocks: Vec<Block>,
    facilities: Vec<Facility>,
}

fn place(shape: &Shape) -> LonLat {
    shape.inner_place()
}

fn study(home: &Path, blocks: &str, facilities: &str) -> Run {
    let source = |typed: &str| Source::typed(home.join(typed).as_os_str()).unwrap();
    let files = Files {
        extract: home.join("town.osm.pbf"),
        blocks: Some(source(blocks)),
        facilities: Some(source(facilities)),
        ..Files::default()
    };
    // No place is within a metre of 120 m or 330 m from another along the street.
    let settings = Settings {
        within: vec!["120m".parse().unwrap(), "330m".parse().unwrap()],
        ..Settings::default()
    };
    let study = Study::run(&files, &settings, &Silent).unwrap();
    let rendered = render_all(&study, &Outputs::plain(Lang::Zh)).unwrap();
    let coverage = rendered
        .into_iter()
        .find(|file| file.name == "coverage.csv");
    Run {
        coverage: coverage.unwrap().content,
        blocks: study.blocks.to_vec(),
        facilities: study.facilities.to_vec(),
    }
}

fn workbook(path: &Path, csv: &str) {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().set_name("说明").unwrap();
    let sheet = book.add_worksheet().set_name("数据").unwrap();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(csv.as_bytes());
    for (row, record) in (0..).zip(reader.records()) {
        for (column, cell) in (0..).zip(&record.unwrap()) {
            match cell.parse::<f64>() {
                Ok(number) => sheet.write_number(row, column, number).unwrap(),
                Err(_) => sheet.write_string(row, column, cell).unwrap(),
            };
        }
    }
    book.save(path).unwrap();
}

#[test]
fn letters_files_and_frames_change_nothing() {
    let (drawing, at) = town();
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    fs::write(home.join("town.osm.pbf"), drawing.to_pbf().unwrap()).unwrap();
    fs::write(home.join("b.csv"), blocks("wgs84", &at)).unwrap();
    fs::write(home.join("f.csv"), facilities("wgs84", &at)).unwrap();
    let plain = study(home, "b.csv", "f.csv");
    let covered = String::from_utf8(plain.coverage.clone()).unwrap();
    assert!(
        covered.contains("100.0") || covered.contains(",1200"),
        "{covered}"
    );
    // The two in different frames are the normal case; one job mixes zones 117 and 114.
    for (one, other) in [
        ("gcj02", "wgs84"),
        ("bd09", "gcj02"),
        ("cgcs2000", "bd09"),
        ("epsg:4548", "epsg:4547"),
        ("epsg:4526", "epsg:4527"),
        ("epsg:32650", "epsg:4548"),
    ] {
        let text = blocks(one, &at);
        let (gb18030, _, lost) = encoding_rs::GB18030.encode(&text);
        assert!(!lost);
        fs::write(home.join("gb.csv"), &gb18030).unwrap();
        workbook(&home.join("f.xlsx"), &facilities(other, &at));
        let run = study(
            home,
            &format!("gb.csv@{one}"),
            &format!("f.xlsx#数据@{other}"),
        );
        for (one, other) in run.blocks.iter().zip(&plain.blocks) {
            assert!(distance_metres(place(&one.shape), place(&other.shape)) < 0.05);
            assert_eq!(
                (&one.id, &one.name, one.land, one.people),
                (&other.id, &other.name, other.land, other.people)
            );
        }
        for (one, other) in run.facilities.iter().zip(&plain.facilities) {
            assert!(distance_metres(place(&one.shape), place(&other.shape)) < 0.05);
            assert_eq!((&one.id, &one.categories), (&other.id, &other.categories));
        }
        assert_eq!(run.blocks.len(), plain.blocks.len());
        assert_eq!(run.coverage, plain.coverage, "{one} {other}");
    }
}

#[test]
fn cells_of_a_workbook_are_told_as_excel_names_them() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("b.xlsx");
    let read = |text: &str, part: Option<&str>| {
        workbook(&path, text);
        let source = Source {
            part: part.map(str::to_owned),
            ..Source::from(path.clone())
        };
        places::blocks(&source, &Headers::default()).map(|(blocks, _)| blocks)
    };
    let good = read(
        "编号,经度,纬度,人口\n007x,115.5,36.4,10\n8,115.5,36.4,2.5\n",
        Some("数据"),
    )
    .unwrap();
    assert_eq!(good[0].id, "007x");
    assert_eq!(
        (&*good[1].id, good[1].people.unwrap().thousandths()),
        ("8", 2_500)
    );
    let grouped = read(
        "编号,经度,纬度,人口\n7,115.5,36.4,10\n8,115.5,36.4,\"1,234\"\n",
        Some("数据"),
    );
    let grouped = grouped.unwrap_err().to_string();
    assert!(
        grouped.contains("b.xlsx#数据, row 3, column 人口 (D3)") && grouped.contains("separators"),
        "{grouped}"
    );
    let none = read("a\n1\n", Some("别的")).unwrap_err().to_string();
    assert!(none.contains("说明, 数据"), "{none}");
    assert!(
        read("a\n1\n", None)
            .unwrap_err()
            .to_string()
            .contains("no rows")
    );
    fs::write(&path, b"PK\x03\x04 no workbook").unwrap();
    assert!(places::blocks(&Source::from(path.clone()), &Headers::default()).is_err());
}

#[test]
fn every_word_for_a_category_stands_for_one_in_its_own_letters() {
    let catalog = Catalog::builtin().unwrap();
    let mut seen = std::collections::BTreeMap::new();
    for (id, category) in catalog.iter() {
        assert!(!category.also.is_empty(), "{}", category.key);
        for word in &category.also {
            assert!(catalog.all_named(word).contains(&id), "{word}");
            seen.entry(word).or_insert_with(Vec::new).push(id);
        }
    }
    for (word, ids) in seen {
        // Only schools of all years are two kinds at once.
        assert!(ids.len() == 1 || word.contains("制学校"), "{word}");
        assert_eq!(catalog.all_named(word), ids, "{word}");
    }
    let keys = |word: &str| -> Vec<&str> {
        let ids = catalog.all_named(word);
        ids.into_iter()
            .map(|id| &*catalog.category(id).key)
            .collect()
    };
    assert_eq!(keys("菜市场（生鲜超市）"), ["market"]);
    assert_eq!(keys(" ＰＡＲＫ "), ["park"]);
    assert_eq!(keys("九年一贯制学校"), ["primary_school", "middle_school"]);
    assert_eq!(keys("day care for the elderly"), ["elderly_day_care"]);
    assert_eq!(keys("殡仪馆"), Vec::<&str>::new());
    assert_eq!(
        catalog.nearest_word("湖滨社区公办幼儿园分园"),
        Some("公办幼儿园")
    );
    assert_eq!(catalog.nearest_word("便民点"), Some("便民店"));
    assert_eq!(catalog.nearest_word("kindergarden"), Some("kindergarten"));
    assert_eq!(catalog.nearest_word("殡仪馆"), None);
}

#[test]
fn our_own_shapefiles_are_read_back() {
    for frame in ["wgs84", "epsg:4548", "bd09"] {
        let asked = Outputs {
            shapefile: true,
            ..outputs(Lang::En, frame)
        };
        let home = Report::of(&LAKESIDE, &asked).folder();
        let source = |typed: String| Source::typed(home.path().join(typed).as_os_str()).unwrap();
        // Its own .prj says the frame.
        let (found, _) =
            places::blocks(&source("blocks.shp".to_owned()), &Headers::default()).unwrap();
        let drawn = LAKESIDE
            .blocks
            .iter()
            .filter(|block| matches!(block.shape, Shape::Area(_)));
        let drawn: Vec<&Block> = drawn.collect();
        assert_eq!(found.len(), drawn.len());
        for (one, other) in found.iter().zip(drawn) {
            assert_eq!(
                (&one.id, &one.name, one.people),
                (&other.id, &other.name, other.people)
            );
            let (Shape::Area(area), Shape::Area(own)) = (&one.shape, &other.shape) else {
                panic!("{}", one.id);
            };
            let rings = |area: &Area| -> Vec<usize> {
                area.polygons()
                    .iter()
                    .map(|polygon| polygon.holes.len())
                    .collect()
            };
            assert_eq!(rings(area), rings(own), "{}", one.id);
            assert!(area.square_metres() / own.square_metres() - 1.0 < 1e-4);
            let ([a, b], [c, d]) = (<[_; 2]>::from(area.bounds()), <[_; 2]>::from(own.bounds()));
            assert!(distance_metres(a, c) < 0.05 && distance_metres(b, d) < 0.05);
        }
        let (zones, _) =
            places::zones(&source("zones.shp".to_owned()), &Headers::default()).unwrap();
        assert_eq!(zones.len(), LAKESIDE.zones.len());
        let wrong = places::zones(
            &source("zones.shp@epsg:4547".to_owned()),
            &Headers::default(),
        );
        assert!(wrong.unwrap_err().to_string().contains("@epsg:4547"));
        fs::remove_file(home.path().join("blocks.dbf")).unwrap();
        let lone = places::blocks(&source("blocks.shp".to_owned()), &Headers::default());
        assert!(lone.unwrap_err().to_string().contains(".dbf"));
    }
}
