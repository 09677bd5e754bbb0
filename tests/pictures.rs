//! Pictures beside a report: their figures, their letters, and that data stays text.

#![allow(clippy::unwrap_used, missing_docs)]

mod drawn_font;
mod program;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use drawn_font::font;
use living_circle::lang::Lang;
use living_circle::progress::Silent;
use living_circle::report::{Outputs, render_all};
use living_circle::study::{Files, Settings, Study};
use program::{Ended, Village, fixture, names, run, text};
use resvg::usvg::roxmltree::{self, Document};
use tempfile::TempDir;

/// A font with everything that an English picture shows.
fn latin(village: &Village) -> String {
    let letters: String = (' '..='~').chain("©·…–×²".chars()).collect();
    let path = village.home.path().join("latin.ttf");
    fs::write(&path, font("Latin", &letters)).unwrap();
    text(&path).to_owned()
}

/// A village of two communities with a hostile and a Chinese name.
fn report(village: &Village, community: &str, more: &[&str]) -> (Ended, PathBuf) {
    let rows = format!(
        "id,lon,lat,population,area_m2,community\nX,115.981,36.45,10,500,{community}\n\
         Y,115.982,36.45,30,700,East\n"
    );
    let blocks = village.file("blocks.csv", &rows);
    let out = village.home.path().join("out");
    let mut arguments = vec!["report", text(&village.extract), "--blocks", &blocks];
    arguments.extend(["--out", text(&out)]);
    arguments.extend(more);
    (run(&arguments), out)
}

fn pictures(folder: &Path, ending: &str) -> Vec<String> {
    let mut found = names(folder);
    found.retain(|name| name.ends_with(ending));
    found
}

/// All texts that a picture shows, in order.
fn texts(svg: &str) -> Vec<String> {
    let document = Document::parse(svg).unwrap();
    let texts = document
        .descendants()
        .filter(|node| node.has_tag_name("text"));
    texts
        .map(|node| node.text().unwrap_or_default().to_owned())
        .collect()
}

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

/// Elements and attributes are the program's own, whatever the data says.
#[test]
fn hostile_names_stay_text() {
    let village = Village::new();
    let hostile = "\"\"\"/></text><script onload='x'>alert(1)</script>&amp;\"\"";
    let name = serde_json::Value::from("<g onclick=\"x\">&]]></g>");
    let zones = village.file("zones.geojson", &format!(
        r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{"id":"Z","level":"community","name":{name}}},"geometry":{{"type":"Polygon","coordinates":[[[115.9802,36.4494],[115.9828,36.4494],[115.9828,36.4506],[115.9802,36.4506],[115.9802,36.4494]]]}}}}]}}"#
    ));
    let (ended, out) = report(
        &village,
        &format!("\"{}\"", hostile.trim_matches('"')),
        &["--svg", "--zones", &zones],
    );
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let mut seen = false;
    for name in pictures(&out, ".svg") {
        let svg = fs::read_to_string(out.join(&name)).unwrap();
        let document = Document::parse(&svg).unwrap();
        let elements: BTreeSet<&str> = document
            .descendants()
            .filter(roxmltree::Node::is_element)
            .map(|node| node.tag_name().name())
            .collect();
        let own = [
            "svg", "title", "defs", "pattern", "rect", "line", "polygon", "text", "g", "path",
            "clipPath", "circle", "use",
        ];
        for element in elements {
            assert!(own.contains(&element), "{name}: {element}");
        }
        let attributes = document.descendants().flat_map(|node| node.attributes());
        assert!(
            attributes
                .into_iter()
                .all(|attribute| !attribute.name().starts_with("on"))
        );
        seen |= name.starts_with("map_")
            && texts(&svg).contains(&"<g onclick=\"x\">&]]></g>".to_owned());
    }
    assert!(seen, "the name is shown");
}

#[test]
fn pictures_are_files_of_the_report() {
    let village = Village::new();
    let latin = latin(&village);
    let (ended, out) = report(&village, "West", &["--svg", "--png", "--font", &latin]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let (svgs, pngs) = (pictures(&out, ".svg"), pictures(&out, ".png"));
    assert_eq!(svgs.len(), pngs.len());
    assert!(svgs.contains(&"coverage_15min.svg".to_owned()));
    assert!(pngs.contains(&"zones_community_5min.png".to_owned()));
    let card = fs::read_to_string(out.join("run.json")).unwrap();
    for name in svgs.iter().chain(&pngs) {
        assert!(card.contains(&format!("\"name\": \"{name}\"")), "{name}");
    }
    let bytes = |name: &str| fs::read(out.join(name)).unwrap();
    let before: Vec<Vec<u8>> = svgs.iter().chain(&pngs).map(|name| bytes(name)).collect();
    assert!(bytes(&pngs[0]).starts_with(b"\x89PNG"));
    // Again, on one thread: the same bytes.
    let more = ["--svg", "--png", "--font", &latin, "--threads", "1"];
    let (ended, _) = report(&village, "West", &more);
    assert_eq!(ended.code, Some(0));
    let after: Vec<Vec<u8>> = svgs.iter().chain(&pngs).map(|name| bytes(name)).collect();
    assert!(before == after);
}

/// What a font lacks is an error with the remedy, and no output is left.
#[test]
fn letters_that_are_missing_are_told() {
    let village = Village::new();
    let latin = latin(&village);
    for (community, lang, letter, remedy) in [
        // Known before the run: the picture's own words.
        ("West", "zh", '人', "fonts-noto-cjk"),
        // Known after it: a name.
        ("西岸", "en", '岸', "no picture is written"),
        ("西岸", "zh", '人', "微软雅黑"),
    ] {
        let more = ["--png", "--font", &latin, "--lang", lang];
        let (ended, out) = report(&village, community, &more);
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""));
        assert!(ended.stderr.contains(remedy) && ended.stderr.contains("--font"));
        assert!(ended.stderr.contains(letter), "{}", ended.stderr);
        assert!(!out.exists());
    }
    // SVG needs no font of this machine.
    let (ended, _) = report(&village, "西岸", &["--svg", "--lang", "zh"]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
}

#[test]
fn a_font_that_is_none_is_told() {
    let village = Village::new();
    let none = village.file("none.ttf", "no font");
    for (file, zh, en) in [
        (&*none, "不是字体文件", "no font in it"),
        ("missing.ttf", "无法读取字体文件", "cannot be read"),
    ] {
        for (lang, words) in [("zh", zh), ("en", en)] {
            let (ended, out) = report(&village, "West", &["--png", "--font", file, "--lang", lang]);
            assert_eq!(ended.code, Some(2));
            assert!(ended.stderr.contains(words), "{}", ended.stderr);
            assert!(!out.exists());
        }
    }
    // Pictures need a folder.
    let ended = run(&["report", text(&village.extract), "--png", "--lang", "zh"]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.stderr.contains("--out"), "{}", ended.stderr);
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
