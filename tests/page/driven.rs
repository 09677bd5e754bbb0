//! Switches, hovers and clicks, in a browser.

use std::fs;

use serde_json::Value;

use super::program::text;
use super::{Report, browser, extracts, selector};

/// Does what a reader does, and writes what the page shows into an element.
const READER: &str = include_str!("reader.js");

/// A copy of the page with the reader in it. The page itself would not run it.
fn read(report: &Report) -> Option<Value> {
    let page = report.page();
    let start = page.find("<meta http-equiv").unwrap();
    let end = start + page[start..].find('>').unwrap() + 1;
    let reader = format!("<script>{READER}</script></body>");
    let copy = format!("{}{}", &page[..start], &page[end..]).replace("</body>", &reader);
    let path = report.path("driven.html");
    fs::write(&path, copy).unwrap();
    let opened = browser::opened(&path)?;
    assert!(opened.console.is_empty(), "{:?}", opened.console);
    let result = opened.dom.select(&selector("#read")).next();
    let result: String = result.expect("the reader came to its end").text().collect();
    Some(serde_json::from_str(&result).unwrap())
}

fn works(report: &Report, has_zones: bool) {
    // As it is, under its own policy.
    let Some(opened) = browser::opened(&report.path("report.html")) else {
        return;
    };
    assert!(opened.console.is_empty(), "{:?}", opened.console);
    let legend = opened.dom.select(&selector("#legend li")).count();
    assert_eq!(legend, 5, "the script did not run");
    let read = read(report).unwrap();
    assert_eq!(read["error"], Value::Null);
    let checks = read["checks"].as_object().unwrap();
    let failed: Vec<_> = checks.iter().filter(|check| check.1 != true).collect();
    assert!(failed.is_empty(), "{failed:?}");
    assert!(checks.len() > 20, "{}", checks.len());
    assert_eq!(checks.contains_key("sheets"), has_zones);
}

#[test]
fn the_page_of_the_sample_city_works() {
    works(&Report::lakeside("zh"), true);
}

#[test]
fn the_pages_of_real_cities_work() {
    for (name, has_zones) in [
        ("laspalmas.osm.pbf", true),
        ("beijing_haidian.osm.pbf", false),
    ] {
        if let Some(extract) = extracts::file(name) {
            works(&Report::of(&[text(&extract), "--lang", "zh"]), has_zones);
        }
    }
}

/// The sheet of a zone is one page of A4, in both languages, by many requirements too.
#[test]
fn every_sheet_is_one_page() {
    let many = ["gb50180-2018", "park-500m", "tdt1063-2025"];
    for (lang, standards) in [
        ("zh", &[][..]),
        ("en", &[]),
        ("en", &many[..1]),
        ("en", &many),
    ] {
        let report = Report::lakeside_by(lang, standards);
        let page = report
            .page()
            .replace("<body>", "<body class=\"sheets every\">");
        let path = report.path("sheets.html");
        fs::write(&path, page).unwrap();
        let sheets = report.dom().select(&selector(".sheet")).count();
        let Some(pages) = browser::pages(&path) else {
            return;
        };
        assert_eq!((sheets, pages), (15, 15), "{lang} {standards:?}");
    }
}
