//! The program, run as it is typed.

#![allow(dead_code)]

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use living_circle::synth::Town;
use tempfile::TempDir;

pub const FILES: [&str; 11] = [
    "blocks.csv",
    "blocks.geojson",
    "coverage.csv",
    "coverage.xlsx",
    "facilities.geojson",
    "gaps.csv",
    "left_out.csv",
    "merged.csv",
    "reach.csv",
    "report.html",
    "run.json",
];

pub const TABLES: [&str; 6] = [
    "blocks.csv",
    "coverage.csv",
    "gaps.csv",
    "left_out.csv",
    "merged.csv",
    "reach.csv",
];

pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_living-circle"));
    for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
        command.env_remove(name);
    }
    command
}

pub struct Ended {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

pub fn run(arguments: &[&str]) -> Ended {
    let output = program().args(arguments).output().unwrap();
    Ended {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

pub fn fixture(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures")
        .join(name);
    path.to_str().unwrap().to_owned()
}

pub fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

pub fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A street of 400 m with a pharmacy at its end, in a folder of its own.
pub struct Village {
    pub home: TempDir,
    pub extract: PathBuf,
}

impl Village {
    pub fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let extract = home.path().join("village.osm.pbf");
        let town = Town::new("A---B")
            .way("AB", "highway=residential")
            .node("B", "amenity=pharmacy name=Apotheke");
        fs::write(&extract, town.drawing().to_pbf().unwrap()).unwrap();
        Self { home, extract }
    }

    pub fn file(&self, name: &str, content: &str) -> String {
        let path = self.home.path().join(name);
        fs::write(&path, content).unwrap();
        text(&path).to_owned()
    }

    pub fn blocks(&self) -> String {
        self.file("blocks.csv", "id,lon,lat,population\nX,115.981,36.45,10\n")
    }
}
