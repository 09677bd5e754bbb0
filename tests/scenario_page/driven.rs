//! What a reader does with the page, in a browser.

use std::fs;

use serde_json::Value;

use super::{LAKESIDE, browser, selector};

/// Does what a reader does, and writes what the page shows into an element.
const READER: &str = include_str!("reader.js");

#[test]
fn picking_a_plan_and_a_requirement_repaints() {
    let path = LAKESIDE.path("report.html");
    // As it is, under its own policy.
    let Some(opened) = browser::opened(&path) else {
        return;
    };
    assert!(opened.console.is_empty(), "{:?}", opened.console);
    let page = LAKESIDE.page();
    let start = page.find("<meta http-equiv").unwrap();
    let end = start + page[start..].find('>').unwrap() + 1;
    let reader = format!("<script>{READER}</script></body>");
    let copy = format!("{}{}", &page[..start], &page[end..]).replace("</body>", &reader);
    let path = LAKESIDE.home.path().join("driven.html");
    fs::write(&path, copy).unwrap();
    let opened = browser::opened(&path).unwrap();
    assert!(opened.console.is_empty(), "{:?}", opened.console);
    let result = opened.dom.select(&selector("#read")).next();
    let result: String = result.expect("the reader came to its end").text().collect();
    let read: Value = serde_json::from_str(&result).unwrap();
    assert_eq!(read["error"], Value::Null);
    let checks = read["checks"].as_object().unwrap();
    let failed: Vec<_> = checks.iter().filter(|check| check.1 != true).collect();
    assert!(failed.is_empty(), "{failed:?}");
    assert!(checks.len() > 15, "{}", checks.len());
}
