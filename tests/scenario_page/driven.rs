//! What a reader does with the page, in a browser.

use std::fs;

use serde_json::Value;

use super::{CUTS, LAKESIDE, Plans, browser, selector};

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

/// What is wider than a phone scrolls in its own box; the map is as wide as the screen, and
/// what stands beside it lies below.
const PHONE: &str = r#"
(() => {
  const failed = [];
  for (const button of document.querySelectorAll(".lang")) {
    button.click();
    const { scrollWidth } = document.documentElement;
    if (scrollWidth > 390) failed.push(`${button.textContent}: ${scrollWidth}`);
    const map = document.querySelector(".view").getBoundingClientRect();
    const aside = document.querySelector("aside").getBoundingClientRect();
    if (map.width < 340 || aside.top < map.bottom || aside.width < 340) failed.push("map");
  }
  const read = parent.document.createElement("pre");
  read.id = "read";
  read.textContent = JSON.stringify(failed);
  parent.document.body.append(read);
})();
"#;

#[test]
fn the_page_is_as_wide_as_a_phone() {
    let (first, second) = (
        CUTS.replace("收缩方案", "A plan of a rather long name, for many readers"),
        CUTS.replace("收缩方案", "b"),
    );
    let plans = Plans::lakeside("en", &[&first, &second]);
    let page = plans.page();
    let start = page.find("<meta http-equiv").unwrap();
    let end = start + page[start..].find('>').unwrap() + 1;
    let script = format!("<script>{PHONE}</script></body>");
    let copy = format!("{}{}", &page[..start], &page[end..]).replace("</body>", &script);
    let copy = copy.replace('&', "&amp;").replace('"', "&quot;");
    let around = format!(
        "<!doctype html><meta charset=utf-8><iframe style=\"border:0\" width=390 height=900 \
         srcdoc=\"{copy}\"></iframe>"
    );
    let path = plans.home.path().join("framed.html");
    fs::write(&path, around).unwrap();
    let Some(opened) = browser::opened(&path) else {
        return;
    };
    let result = opened.dom.select(&selector("#read")).next();
    let result: String = result.expect("it was measured").text().collect();
    assert_eq!(result, "[]");
}
