//! Pictures beside a report: their figures, their letters, and that data stays text.

#![allow(clippy::unwrap_used, missing_docs)]

#[path = "../drawn_font/mod.rs"]
mod drawn_font;
mod figures;
mod letters;
#[path = "../program/mod.rs"]
mod program;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use drawn_font::font;
use program::{Ended, Village, names, run, text};
use resvg::usvg::roxmltree::{self, Document};

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
