//! What pictures show is what the tables say.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use living_circle::lang::Lang;
use living_circle::progress::Silent;
use living_circle::report::{Outputs, render_all};
use living_circle::study::{Files, Settings, Study};
use resvg::usvg::roxmltree::Document;
use tempfile::TempDir;

use super::program::{Village, fixture, run, text};
use super::{pictures, report, texts};

/// The sample city with its pictures, in Chinese.
fn lakeside() -> TempDir {
    let named = [
        "osm.pbf",
        "blocks.geojson",
        "facilities.csv",
        "zones.geojson",
    ];
    let [extract, blocks, facilities, zones] = named.map(|end| fixture(&format!("lakeside.{end}")));
    let home = tempfile::tempdir().unwrap();
    let mut arguments = vec!["report", &extract, "--blocks", &blocks];
    arguments.extend(["--facilities", &facilities, "--zones", &zones]);
    arguments.extend(["--svg", "--lang", "zh", "--out", text(home.path())]);
    let ended = run(&arguments);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    home
}

/// The rows of a table as maps of named cells.
fn rows(home: &Path, name: &str) -> Vec<BTreeMap<String, String>> {
    let table = fs::read_to_string(home.join(name)).unwrap();
    let mut reader = csv::Reader::from_reader(table.trim_start_matches('\u{feff}').as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

/// Every map counts the blocks of the table by state, and paints what it counts.
#[test]
fn the_states_of_a_map_are_those_of_the_table() {
    let home = lakeside();
    let blocks = rows(home.path(), "blocks.csv");
    let states = [
        ("covered", "全部覆盖", "#2b6ca3"),
        ("partly", "部分覆盖", "#a9cde8"),
        ("uncovered", "未覆盖", "url(#map-uncovered)"),
        ("unlinked", "未连接", "url(#map-unlinked)"),
        ("no_data", "无数据", "url(#map-no_data)"),
    ];
    let maps = pictures(home.path(), ".svg");
    let maps: Vec<&str> = maps
        .iter()
        .filter_map(|name| name.strip_prefix("map_"))
        .collect();
    assert_eq!(maps.len(), 36);
    for map in maps {
        let column = format!("{}_state", map.trim_end_matches(".svg"));
        let svg = fs::read_to_string(home.path().join(format!("map_{map}"))).unwrap();
        let document = Document::parse(&svg).unwrap();
        let texts = texts(&svg);
        let has_data = blocks.iter().all(|row| row[&column] != "no_data");
        for (key, words, fill) in states {
            let count = blocks.iter().filter(|row| row[&column] == key).count();
            let told = texts.contains(&format!("{words}  {count}"));
            assert_eq!(
                told,
                count > 0 || (has_data && ["covered", "partly", "uncovered"].contains(&key))
            );
            let painted = document
                .descendants()
                .any(|node| node.has_tag_name("path") && node.attribute("fill") == Some(fill));
            assert_eq!(painted, count > 0, "{map}: {key}");
        }
        // One dot more stands in the legend.
        let told = texts.iter().find_map(|text| text.strip_prefix("设施  "));
        let count: usize = told.map_or(0, |count| count.parse().unwrap());
        let dots = document
            .descendants()
            .filter(|node| node.has_tag_name("circle"))
            .count();
        assert_eq!(dots, count + usize::from(count > 0), "{map}");
    }
}

#[test]
fn the_figures_of_a_chart_are_those_of_the_table() {
    let home = lakeside();
    // Name of the requirement → its four figures, in the order in which they are drawn.
    let mut expected: BTreeMap<(String, String), BTreeMap<(String, String), String>> =
        BTreeMap::new();
    for row in rows(home.path(), "coverage.csv") {
        let of = row["denominator"].clone();
        if row["level"] != "whole" || !["land", "people"].contains(&&*of) {
            continue;
        }
        let percent = match row["share"].parse::<f64>() {
            // Never all or nothing where it is not.
            Ok(share) if share > 0.0 && share < 0.005 => "<1%".to_owned(),
            Ok(share) if (0.995..1.0).contains(&share) => ">99%".to_owned(),
            Ok(share) => format!("{:.0}%", share * 100.0),
            Err(_) => "无数据".to_owned(),
        };
        let tier = row["tier"].clone();
        let figures = expected.entry((tier, row["name"].clone())).or_default();
        figures.insert((of, row["basis"].clone()), percent);
    }
    assert_eq!(expected.len(), 36);
    for ((tier, name), figures) in expected {
        let file = if tier.is_empty() {
            "other".to_owned()
        } else {
            format!("{tier}min")
        };
        let svg = fs::read_to_string(home.path().join(format!("coverage_{file}.svg"))).unwrap();
        let texts = texts(&svg);
        let row = texts.iter().position(|text| *text == name).unwrap();
        let mut figures: Vec<String> = figures.into_values().collect();
        if figures[0] == "无数据" {
            figures.truncate(2);
        }
        // The name, its limit, then the figures.
        assert_eq!(texts[row + 2..][..figures.len()], figures, "{tier} {name}");
    }
    // Twelve communities, each with its name.
    let svg = fs::read_to_string(home.path().join("zones_community_10min.svg")).unwrap();
    let shown = texts(&svg)
        .iter()
        .filter(|text| text.ends_with("社区"))
        .count();
    assert_eq!(shown, 12);
    for name in pictures(home.path(), ".svg") {
        let texts = texts(&fs::read_to_string(home.path().join(&name)).unwrap()).join("\n");
        assert!(
            texts.contains("© OpenStreetMap contributors, ODbL"),
            "{name}"
        );
        assert!(
            texts.contains("口径：") && texts.contains("lakeside.osm.pbf"),
            "{name}"
        );
    }
}

/// Subtitles name those of whom the shares are, and what is painted.
#[test]
fn subtitles_say_what_is_shown() {
    let village = Village::new();
    let subtitle =
        |out: &Path, name: &str| texts(&fs::read_to_string(out.join(name)).unwrap())[1].clone();
    // Of the village people alone are known, by block.
    let out = village.home.path().join("out");
    let rows = "id,lon,lat,population,community\nX,115.981,36.45,10,West\n";
    let people = village.file("people.csv", rows);
    let mut arguments = vec!["report", text(&village.extract), "--blocks", &people];
    arguments.extend(["--svg", "--lang", "en", "--out", text(&out)]);
    let ended = run(&arguments);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let bars = subtitle(&out, "coverage_15min.svg");
    assert!(
        bars.starts_with("Share of people within the limit;"),
        "{bars}"
    );
    let zones = subtitle(&out, "zones_community_15min.svg");
    assert!(
        zones.starts_with("Share of people within the limit, in %"),
        "{zones}"
    );
    let map = subtitle(&out, "map_pharmacy_15min.svg");
    assert!(
        map.ends_with("walked along the network; coloured by block"),
        "{map}"
    );
    // The sample city knows its land too.
    let home = lakeside();
    let bars = subtitle(home.path(), "coverage_15min.svg");
    assert!(bars.starts_with("限值内的居住用地与人口占比"), "{bars}");
    // More blocks than can be seen are painted by squares.
    let mut rows = "id,lon,lat,area_m2\n".to_owned();
    for number in 0..12_001 {
        writeln!(rows, "B{number},115.981,36.45,1").unwrap();
    }
    let blocks = village.file("many.csv", &rows);
    let many = village.home.path().join("many");
    let mut arguments = vec![
        "report",
        text(&village.extract),
        "--blocks",
        &blocks,
        "--svg",
    ];
    arguments.extend(["--within", "5min", "--lang", "en", "--out", text(&many)]);
    let ended = run(&arguments);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let map = subtitle(&many, "map_pharmacy_5min.svg");
    assert!(map.ends_with("; coloured by squares of 50 m"), "{map}");
    let file = pictures(&many, ".svg")
        .into_iter()
        .find(|name| name.starts_with("coverage_"));
    let bars = subtitle(&many, &file.unwrap());
    assert!(
        bars.starts_with("Share of residential land within"),
        "{bars}"
    );
}

/// The legend of a map counts the marks on it; the others are told apart.
#[test]
fn facilities_outside_a_map_are_counted_apart() {
    let village = Village::new();
    let sites = village.file(
        "sites.csv",
        "id,category,lon,lat\nnear,clinic,115.9812,36.4501\nalso,clinic,115.9815,36.4501\nfar,clinic,116.1,36.45\n",
    );
    for (lang, told) in [
        ("zh", "设施  2（图外 1）"),
        ("en", "facilities  2 (1 outside)"),
    ] {
        let (ended, out) = report(
            &village,
            "West",
            &["--svg", "--lang", lang, "--facilities", &sites],
        );
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
        let svg = fs::read_to_string(out.join("map_clinic_15min.svg")).unwrap();
        assert!(texts(&svg).contains(&told.to_owned()), "{:?}", texts(&svg));
        // One dot more stands in the legend.
        assert_eq!(svg.matches("<circle").count(), 3);
    }
}

/// A target is a stroke at its share, and the legend names it only where there is one.
#[test]
fn a_target_is_a_stroke_at_its_share() {
    let village = Village::new();
    let files = Files {
        extract: village.extract.clone(),
        blocks: Some(PathBuf::from(village.blocks()).into()),
        ..Files::default()
    };
    let mut study = Study::run(&files, &Settings::default(), &Silent).unwrap();
    let outputs = Outputs {
        svg: true,
        ..Outputs::plain(Lang::En)
    };
    let chart = |study: &Study| {
        let files = render_all(study, &outputs).unwrap();
        let chart = files
            .into_iter()
            .find(|file| file.name == "coverage_15min.svg");
        String::from_utf8(chart.unwrap().content).unwrap()
    };
    let without = chart(&study);
    assert!(!texts(&without).contains(&"target".to_owned()));
    let tier = study
        .standard
        .requirements
        .iter_mut()
        .find(|asked| asked.key == "pharmacy-15min");
    tier.unwrap().target = Some(0.8);
    let with = chart(&study);
    assert!(texts(&with).contains(&"target".to_owned()));
    // People alone are known: one panel from 400 to 1,414.
    let strokes = |svg: &str| svg.matches("<line x1=\"1211.2\"").count();
    assert_eq!((strokes(&without), strokes(&with)), (0, 1));
}
