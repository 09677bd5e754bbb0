//! Nothing that comes from a file becomes an element, an attribute or a script.

use std::collections::BTreeMap;

use base64::Engine as _;
use scraper::{Html, Node};
use sha2::{Digest, Sha256};

use super::program::{Village, text};
use super::{Report, browser, selector};

pub(crate) const HOSTILE: [&str; 6] = [
    "</script><script>window.hostile=1</script>",
    "<img src=x onerror=\"window.hostile=1\">",
    "\" onmouseover=\"window.hostile=1\" x=\"",
    "'></text><script>window.hostile=1</script>",
    "<!-- ]]> &amp; {{7*7}} ${window.hostile=1}",
    "\u{202e}javascript:window.hostile=1",
];

/// A village whose blocks, facilities and zones, their levels, and files have these names.
fn village(names: &[&str]) -> Report {
    let village = Village::new();
    let mut blocks = Vec::new();
    let mut facilities = csv::Writer::from_writer(Vec::new());
    facilities
        .write_record(["id", "name", "category", "lon", "lat"])
        .unwrap();
    let mut zones = Vec::new();
    for (number, name) in names.iter().enumerate() {
        let id = format!("{name}{number}");
        let [west, east] = [0, 1].map(|side| 115.9 + 0.01 * f64::from(number as u32 + side));
        let ring =
            format!("[[{west},36.40],[{east},36.40],[{east},36.46],[{west},36.46],[{west},36.40]]");
        let feature = |properties: serde_json::Value| {
            format!(
                r#"{{"type":"Feature","properties":{properties},"geometry":{{"type":"Polygon","coordinates":[{ring}]}}}}"#
            )
        };
        blocks.push(feature(
            serde_json::json!({ "id": id, "name": name, "population": 10 + number }),
        ));
        zones.push(feature(
            serde_json::json!({ "id": id, "name": name, "level": format!("level {name}") }),
        ));
        facilities
            .write_record([id.as_str(), name, "clinic", "115.98", "36.45"])
            .unwrap();
    }
    let collection = |features: &[String]| {
        format!(
            r#"{{"type":"FeatureCollection","features":[{}]}}"#,
            features.join(",")
        )
    };
    let blocks = village.file("b.geojson", &collection(&blocks));
    let zones = village.file("<b onclick=x>.geojson", &collection(&zones));
    let facilities = String::from_utf8(facilities.into_inner().unwrap()).unwrap();
    let facilities = village.file("f.csv", &facilities);
    Report::of(&[
        text(&village.extract),
        "--blocks",
        &blocks,
        "--zones",
        &zones,
        "--facilities",
        &facilities,
    ])
}

/// How often every element and attribute occurs.
pub(crate) fn anatomy(dom: &Html) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for node in dom.tree.nodes() {
        if let Node::Element(element) = node.value() {
            *counts.entry(element.name().to_owned()).or_default() += 1;
            for (name, _) in element.attrs() {
                *counts
                    .entry(format!("{}[{name}]", element.name()))
                    .or_default() += 1;
            }
        }
        assert!(!matches!(node.value(), Node::Comment(_)), "a comment");
    }
    counts
}

#[test]
fn hostile_names_stay_text() {
    let hostile = village(&HOSTILE);
    let harmless = village(&["a", "b", "c", "d", "e", "f"]);
    let (dom, twin) = (hostile.dom(), harmless.dom());
    assert_eq!(anatomy(&dom), anatomy(&twin));
    // The script's data holds them as they are; it shows them without what steers.
    let words: String = dom
        .tree
        .nodes()
        .filter(|node| {
            let parent = node
                .parent()
                .and_then(|parent| parent.value().as_element().cloned());
            parent.is_some_and(|parent| parent.name() != "script")
        })
        .filter_map(|node| node.value().as_text().map(|text| text.to_string()))
        .collect();
    for name in HOSTILE.iter().filter(|name| !name.starts_with('\u{202e}')) {
        assert!(words.contains(name), "{name} is not shown");
    }
    assert!(!words.contains('\u{202e}'), "writing is turned");
    // The script works on them too.
    let Some(shown) = browser::opened(&hostile.path("report.html")) else {
        return;
    };
    assert!(shown.console.is_empty(), "{:?}", shown.console);
    // A name that is cut keeps its whole in its title.
    let texts = selector("#zones text");
    let titles = shown.dom.select(&texts).map(|text| {
        let short = text.text().next().unwrap().to_owned();
        let title: String = text
            .select(&selector("title"))
            .flat_map(|title| title.text())
            .collect();
        (short, title, text.value().attr("class").unwrap().to_owned())
    });
    let titles: Vec<(String, String, String)> = titles.collect();
    let long = |name: &str| name.chars().count() > 31;
    assert!(titles.iter().any(|(_, title, _)| long(title)));
    for (short, title, class) in titles {
        assert!(
            HOSTILE
                .map(|name| name.replace('\u{202e}', " "))
                .contains(&title),
            "{title}"
        );
        if long(&title) {
            let start = short.strip_suffix('…').unwrap();
            assert!(title.starts_with(start) && class == "cut", "{short}");
        } else {
            assert_eq!((short, &*class), (title, ""));
        }
    }
    let twin = browser::opened(&harmless.path("report.html")).unwrap();
    assert_eq!(anatomy(&shown.dom), anatomy(&twin.dom));
}

#[test]
fn the_page_needs_nothing_else_and_forbids_itself_the_rest() {
    let report = Report::lakeside("zh");
    let (page, dom) = (report.page(), report.dom());
    for element in [
        "link",
        "img",
        "iframe",
        "object",
        "embed",
        "base",
        "form[action]",
    ] {
        assert_eq!(dom.select(&selector(element)).count(), 0, "{element}");
    }
    for node in dom.tree.nodes() {
        if let Node::Element(element) = node.value() {
            for (name, value) in element.attrs() {
                assert!(!name.starts_with("on"), "{name}");
                if ["src", "href", "xlink:href", "action"].contains(&name) {
                    assert!(value.starts_with('#'), "{name}={value}");
                }
            }
        }
    }
    let style: String = dom
        .select(&selector("style"))
        .flat_map(|e| e.text())
        .collect();
    assert!(!style.contains("@import") && !style.replace("url(#", "").contains("url("));
    let scripts: Vec<String> = dom
        .select(&selector("script:not([type])"))
        .map(|script| script.text().collect())
        .collect();
    let [script] = scripts.as_slice() else {
        panic!("{} scripts", scripts.len());
    };
    let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(script));
    let policy = dom.select(&selector("meta[http-equiv]")).next().unwrap();
    let policy = policy.value().attr("content").unwrap();
    assert!(policy.starts_with("default-src 'none';"), "{policy}");
    assert!(
        policy.contains(&format!("script-src 'sha256-{hash}'")),
        "{policy}"
    );
    assert!(!script.contains("innerHTML") && !script.contains("eval("));
    assert!(page.contains("© OpenStreetMap contributors, ODbL"));
}
