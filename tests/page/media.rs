//! The page on paper and on a phone.

use std::fs;

use serde_json::Value;

use super::program::text;
use super::{Report, browser, extracts, selector};

/// What is measured, and written into an element of the page around the frame.
const PAPER: &str = include_str!("paper.js");
const PHONE: &str = include_str!("phone.js");

/// A page in a frame of a width in pixels, with a script that measures it. The page itself
/// would not run the script.
fn measured(report: &Report, script: &str, width: u32) -> Option<Value> {
    let page = report.page();
    let start = page.find("<meta http-equiv").unwrap();
    let end = start + page[start..].find('>').unwrap() + 1;
    let script = format!("<script>{script}</script></body>");
    let copy = format!("{}{}", &page[..start], &page[end..]).replace("</body>", &script);
    let copy = copy.replace('&', "&amp;").replace('"', "&quot;");
    let around = format!(
        "<!doctype html><meta charset=utf-8><iframe style=\"border:0\" width={width} \
         height=900 srcdoc=\"{copy}\"></iframe>"
    );
    let path = report.path("framed.html");
    fs::write(&path, around).unwrap();
    let opened = browser::opened(&path)?;
    let result = opened.dom.select(&selector("#read")).next();
    let result: String = result.expect("it was measured").text().collect();
    Some(serde_json::from_str(&result).unwrap())
}

fn holds(read: &Value, least: usize) {
    assert_eq!(read["error"], Value::Null);
    let checks = read["checks"].as_object().unwrap();
    let failed: Vec<_> = checks.iter().filter(|check| check.1 != true).collect();
    assert!(failed.is_empty(), "{failed:?} {}", read["seen"]);
    assert!(checks.len() >= least, "{checks:?}");
}

/// The width of A4 between the margins.
const SHEET: u32 = 695;

#[test]
fn the_page_of_the_sample_city_is_right_on_paper() {
    let many = ["gb50180-2018", "park-500m", "tdt1063-2025"];
    for (lang, standards) in [("zh", &[][..]), ("en", &[]), ("en", &many)] {
        let report = Report::lakeside_by(lang, standards);
        if let Some(read) = measured(&report, PAPER, SHEET) {
            holds(&read, 11);
        }
    }
}

#[test]
fn the_page_of_a_real_city_is_right_on_paper() {
    let Some(extract) = extracts::file("laspalmas.osm.pbf") else {
        return;
    };
    if let Some(read) = measured(&Report::of(&[text(&extract)]), PAPER, SHEET) {
        holds(&read, 9);
    }
}

#[test]
fn the_page_of_the_sample_city_is_as_wide_as_a_phone() {
    for lang in ["zh", "en"] {
        if let Some(read) = measured(&Report::lakeside(lang), PHONE, 390) {
            holds(&read, 4);
        }
    }
}

/// A printer draws what it must: no picture a hatched block, and on the sheet of a zone what
/// lies around it, not the city.
#[test]
fn printing_is_light() {
    let report = Report::lakeside("zh");
    let dom = report.dom();
    let tiles = dom.select(&selector("#behind path[id]")).count();
    let parts = selector("use");
    for locator in dom.select(&selector(".locator")) {
        let parts = locator.select(&parts).count();
        assert!(0 < parts && parts < tiles * 2 / 3, "{parts} of {tiles}");
    }
    let Some(pdf) = browser::printed(&report.path("report.html")) else {
        return;
    };
    let patterns = String::from_utf8_lossy(&pdf)
        .matches("/PatternType 1")
        .count();
    // Those of the legend.
    assert!(patterns <= 3, "{patterns}");
}
