//! Nothing that comes from a file becomes an element, an attribute, a script or a formula.

use std::collections::BTreeMap;
use std::io::Cursor;

use base64::Engine as _;
use calamine::{Data, Reader as _, Xlsx};
use scraper::{Html, Node};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::program::Village;
use super::{Plans, browser, selector};

/// Names of plans are folders: what a folder cannot be called is refused before. All else may
/// be anything.
const NAME: &str = "=cmd'&{{7+7}} ${window.hostile=1} \u{202e}gnirts";

const HOSTILE: [&str; 5] = [
    "</script><script>window.hostile=1</script>",
    "<img src=x onerror=\\\"window.hostile=1\\\">",
    "=cmd|'/c calc'!A1",
    "'></text><!-- ]]> &amp;",
    "a\\u0007b\\u202ejavascript:window.hostile=1",
];

fn plan(name: &str, text: &[&str; 5]) -> String {
    let [notes, facility, id, walk, block] = text;
    format!(
        r#"
name = "{name}"
notes = "{notes}"
[[add_facility]]
id = "{id}"
name = "{facility}"
categories = ["clinic"]
at = [115.9802, 36.4501]
cost = 3
[[add_walk]]
name = "{walk}"
kind = "footway"
line = [[115.9800, 36.4500], [115.9800, 36.4510]]
[[add_block]]
id = "{block}"
name = "{block}"
area = [[115.9800, 36.4502], [115.9810, 36.4502], [115.9810, 36.4508], [115.9800, 36.4508]]
people = 5
[[change_people]]
block = "X"
people = 20
"#
    )
}

fn village(name: &str, text: &[&str; 5]) -> Plans {
    let village = Village::new();
    let own = text[0].replace("\\\"", "\"").replace('"', "\"\"");
    let blocks = format!("id,name,lon,lat,population\nX,\"{own}\",115.981,36.45,10\n");
    let blocks = village.file("blocks.csv", &blocks);
    let extract = super::text(&village.extract).to_owned();
    Plans::of(
        &[&extract, "--blocks", &blocks, "--lang", "en"],
        &[&plan(name, text)],
    )
}

/// How often every element and attribute occurs.
fn anatomy(dom: &Html) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for node in dom.tree.nodes() {
        if let Node::Element(element) = node.value() {
            *counts.entry(element.name().to_owned()).or_default() += 1;
            for (name, _) in element.attrs() {
                assert!(!name.starts_with("on"), "{name}");
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
    let hostile = village(NAME, &HOSTILE);
    let harmless = village("plan", &["a", "b", "c", "d", "e"]);
    let (dom, twin) = (hostile.dom(), harmless.dom());
    assert_eq!(anatomy(&dom), anatomy(&twin));
    let words: String = dom
        .select(&selector("main"))
        .flat_map(|it| it.text())
        .collect();
    assert!(words.contains("<img src=x onerror=\"window.hostile=1\">"));
    assert!(words.contains(&NAME.replace('\u{202e}', " ")));
    assert!(
        !words.contains('\u{202e}') && !words.contains('\u{7}'),
        "writing is turned"
    );
    let Some(shown) = browser::opened(&hostile.path("report.html")) else {
        return;
    };
    assert!(shown.console.is_empty(), "{:?}", shown.console);
    let twin = browser::opened(&harmless.path("report.html")).unwrap();
    assert_eq!(anatomy(&shown.dom), anatomy(&twin.dom));
}

#[test]
fn the_page_forbids_itself_everything_but_its_script() {
    let plans = village("plan", &["a", "b", "c", "d", "e"]);
    let dom = plans.dom();
    let scripts: Vec<String> = dom
        .select(&selector("script:not([type])"))
        .map(|script| script.text().collect())
        .collect();
    let [script] = scripts.as_slice() else {
        panic!("{} scripts", scripts.len());
    };
    assert!(!script.contains("innerHTML") && !script.contains("eval("));
    let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(script));
    let policy = dom.select(&selector("meta[http-equiv]")).next().unwrap();
    let policy = policy.value().attr("content").unwrap();
    assert!(policy.starts_with("default-src 'none';"), "{policy}");
    assert!(
        policy.contains(&format!("script-src 'sha256-{hash}'")),
        "{policy}"
    );
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
    // Links lead to the reports beside it and nowhere else.
    let links: Vec<&str> = dom
        .select(&selector("a"))
        .map(|it| it.value().attr("href").unwrap())
        .collect();
    assert_eq!(links, ["base/report.html", "plan/report.html"]);
    let style: String = dom
        .select(&selector("style"))
        .flat_map(|it| it.text())
        .collect();
    assert!(!style.contains("@import") && !style.replace("url(#", "").contains("url("));
    assert!(plans.page().contains("© OpenStreetMap contributors, ODbL"));
}

#[test]
fn hostile_names_are_no_formulas_of_the_workbook() {
    let hostile = village(NAME, &HOSTILE);
    let mut book = Xlsx::new(Cursor::new(hostile.bytes("comparison.xlsx"))).unwrap();
    let mut seen = 0;
    for name in book.sheet_names() {
        let formulas = book.worksheet_formula(&name).unwrap();
        assert!(
            formulas
                .used_cells()
                .all(|(.., formula)| formula.is_empty()),
            "{name}"
        );
        for (.., cell) in book.worksheet_range(&name).unwrap().used_cells() {
            if let Data::String(text) = cell {
                seen += usize::from(text.contains("=cmd"));
            }
        }
    }
    assert!(seen > 10, "{seen}");
    // The tables keep it a text for a spreadsheet.
    let changes = String::from_utf8(hostile.bytes("changes.csv")).unwrap();
    assert!(
        changes.contains("\n'=cmd") || changes.contains("\n\"'=cmd"),
        "{changes}"
    );
    let _: Value = serde_json::from_slice(&hostile.bytes("run.json")).unwrap();
}
