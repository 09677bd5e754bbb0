//! `report.html`: its figures, what it lets in, its size, and how it behaves in a browser.

#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

mod browser;
mod driven;
#[path = "../extracts/mod.rs"]
mod extracts;
mod figures;
mod hostile;
mod media;
mod opened;
mod parcels;
#[path = "../program/mod.rs"]
mod program;
mod size;
mod words;

use std::fs;
use std::path::PathBuf;

use program::{fixture, run, text};
use scraper::Html;
use serde_json::Value;
use tempfile::TempDir;

/// A report, in a folder of its own.
pub(crate) struct Report {
    pub(crate) home: TempDir,
}

impl Report {
    pub(crate) fn of(arguments: &[&str]) -> Self {
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("out");
        let ended = run(&[&["report"], arguments, &["--out", text(&out)]].concat());
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
        Self { home }
    }

    /// The sample city.
    pub(crate) fn lakeside(lang: &str) -> Self {
        Self::lakeside_by(lang, &[])
    }

    /// The sample city by standards of a choice.
    pub(crate) fn lakeside_by(lang: &str, standards: &[&str]) -> Self {
        let file = |name: &str| fixture(&format!("lakeside.{name}"));
        let city = [
            &file("osm.pbf"),
            "--blocks",
            &file("blocks.geojson"),
            "--facilities",
            &file("facilities.csv"),
            "--zones",
            &file("zones.geojson"),
            "--lang",
            lang,
        ];
        let standards = standards.iter().flat_map(|&key| ["--standard", key]);
        Self::of(&city.into_iter().chain(standards).collect::<Vec<_>>())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.home.path().join("out").join(name)
    }

    pub(crate) fn page(&self) -> String {
        fs::read_to_string(self.path("report.html")).unwrap()
    }

    pub(crate) fn dom(&self) -> Html {
        Html::parse_document(&self.page())
    }

    /// A table as rows of named cells.
    pub(crate) fn table(&self, name: &str) -> Vec<Row> {
        let mut reader = csv::Reader::from_path(self.path(name)).unwrap();
        reader.deserialize().map(Result::unwrap).collect()
    }

    pub(crate) fn json(&self, name: &str) -> Value {
        serde_json::from_slice(&fs::read(self.path(name)).unwrap()).unwrap()
    }
}

pub(crate) type Row = std::collections::BTreeMap<String, String>;

/// What the page's script works on.
pub(crate) fn data(dom: &Html) -> Value {
    let element = dom.select(&selector("script#data")).next().unwrap();
    serde_json::from_str(&element.text().collect::<String>()).unwrap()
}

pub(crate) fn selector(text: &str) -> scraper::Selector {
    scraper::Selector::parse(text).unwrap()
}
