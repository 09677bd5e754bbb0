//! The sample city, its report in a frame, and the report's files read back.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use living_circle::frame::Frame;
use living_circle::lang::Lang;
use living_circle::progress::Silent;
use living_circle::report::{Outputs, render_all};
use living_circle::study::{Files, Settings, Study};
use serde_json::Value;
use tempfile::TempDir;

fn fixture(end: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("fixtures/lakeside.{end}"))
}

/// The sample city: areas as blocks, zones, points and areas as facilities.
pub static LAKESIDE: LazyLock<Study> = LazyLock::new(|| {
    let files = Files {
        extract: fixture("osm.pbf"),
        blocks: Some(fixture("blocks.geojson").into()),
        facilities: Some(fixture("facilities.csv").into()),
        zones: vec![fixture("zones.geojson").into()],
        ..Files::default()
    };
    Study::run(&files, &Settings::default(), &Silent).unwrap()
});

/// What is asked for in a frame.
pub fn outputs(lang: Lang, frame: &str) -> Outputs {
    Outputs {
        lang,
        frame: frame.parse::<Frame>().unwrap(),
        ..Outputs::default()
    }
}

/// The files of a report, by name.
pub struct Report(pub BTreeMap<String, Vec<u8>>);

impl Report {
    pub fn of(study: &Study, outputs: &Outputs) -> Self {
        let files = render_all(study, outputs).unwrap();
        Self(
            files
                .into_iter()
                .map(|file| (file.name.into_owned(), file.content))
                .collect(),
        )
    }

    /// A table: columns, and rows of texts.
    pub fn sheet(&self, name: &str) -> (Vec<String>, Vec<Vec<String>>) {
        let bytes = &self.0[name];
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        let mut reader = csv::Reader::from_reader(bytes);
        let texts = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect();
        let columns = texts(reader.headers().unwrap());
        let rows = reader
            .records()
            .map(|record| texts(&record.unwrap()))
            .collect();
        (columns, rows)
    }

    /// The files in a folder of their own, which lasts as long as what is returned.
    pub fn folder(&self) -> TempDir {
        let home = tempfile::tempdir().unwrap();
        for (name, content) in &self.0 {
            std::fs::write(home.path().join(name), content).unwrap();
        }
        home
    }

    pub fn map(&self, name: &str) -> Value {
        serde_json::from_slice(&self.0[name]).unwrap()
    }
}
