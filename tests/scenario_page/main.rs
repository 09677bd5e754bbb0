//! `report.html` and `comparison.xlsx` of a comparison of plans: their figures, what they let
//! in, and how the page behaves in a browser.

#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

#[path = "../page/browser.rs"]
#[allow(dead_code)]
mod browser;
#[path = "../documented/mod.rs"]
mod documented;
mod driven;
mod figures;
mod hostile;
mod predicted;
#[path = "../program/mod.rs"]
mod program;
mod workbook;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use program::{fixture, run, text};
use scraper::Html;
use serde_json::Value;
use tempfile::TempDir;

/// A plan by which some lose: of every kind of change one.
pub(crate) const CUTS: &str = r#"
name = "收缩方案"
notes = "合并设施，封闭通道"
[[close_facility]]
id = "F08"
cost = -20.5
[[close_facility]]
named = "鼓楼幼儿园"
near = [115.9862468, 36.4527035]
[[move_facility]]
id = "F05"
to = [115.9702593, 36.4493872]
cost = 40
[[change_facility]]
id = "F06"
categories = ["小学"]
floor_m2 = 2000
[[close_walk]]
way = 28
[[close_walk]]
line = [[115.9837928, 36.4536047], [115.983235, 36.4536047], [115.9824541, 36.4536047], [115.9823649, 36.4536047]]
[[add_block]]
id = "N1"
name = "新区"
area = [[115.9640, 36.4330], [115.9660, 36.4330], [115.9660, 36.4345], [115.9640, 36.4345]]
people = 900
[[change_people]]
block = "B001"
people = 7000
"#;

/// A comparison, in a folder of its own.
pub(crate) struct Plans {
    pub(crate) home: TempDir,
}

impl Plans {
    /// The sample city with its two plans, and others.
    pub(crate) fn lakeside(lang: &str, others: &[&str]) -> Self {
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
            "--changes",
            &file("canal.toml"),
            "--changes",
            &file("clinic.toml"),
        ];
        Self::of(&city, others)
    }

    /// Of a city, with these plans.
    pub(crate) fn of(city: &[&str], plans: &[&str]) -> Self {
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("out");
        let files: Vec<PathBuf> = (0..plans.len())
            .map(|number| home.path().join(format!("plan{number}.toml")))
            .collect();
        let mut arguments = vec!["scenario"];
        arguments.extend(city);
        for (file, plan) in files.iter().zip(plans) {
            fs::write(file, plan).unwrap();
            arguments.extend(["--changes", text(file)]);
        }
        arguments.extend(["--out", text(&out)]);
        let ended = run(&arguments);
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
        Self { home }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.home.path().join("out").join(name)
    }

    pub(crate) fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    pub(crate) fn page(&self) -> String {
        String::from_utf8(self.bytes("report.html")).unwrap()
    }

    pub(crate) fn dom(&self) -> Html {
        Html::parse_document(&self.page())
    }

    /// A table as rows of named cells.
    pub(crate) fn table(&self, name: &str) -> Vec<Row> {
        let mut reader = csv::Reader::from_path(self.path(name)).unwrap();
        reader.deserialize().map(Result::unwrap).collect()
    }
}

pub(crate) type Row = BTreeMap<String, String>;

/// The sample city with a plan by which some lose beside its own.
pub(crate) static LAKESIDE: LazyLock<Plans> = LazyLock::new(|| Plans::lakeside("zh", &[CUTS]));

/// What the page's script works on.
pub(crate) fn data(dom: &Html) -> Value {
    let element = dom.select(&selector("script#data")).next().unwrap();
    serde_json::from_str(&element.text().collect::<String>()).unwrap()
}

pub(crate) fn selector(text: &str) -> scraper::Selector {
    scraper::Selector::parse(text).unwrap()
}
