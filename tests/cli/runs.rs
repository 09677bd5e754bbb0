//! Runs on a street, to be repeated and compared.

use std::path::{Path, PathBuf};

use super::program::{Ended, Village, program};

/// A street of 400 m. P lives 9 m from its west end, Q 179 m, R 391 m, 9 m from its east
/// end: 10, 30 and 60 people.
pub const BLOCKS: &str = "\
id,lon,lat,population,community
P,115.9801,36.45,10,west
Q,115.982,36.45,30,east
R,115.98436,36.45,60,east
";

pub const WEST: &str = "id,lon,lat,category\nF,115.98,36.45,pharmacy\n";
/// At the east end.
pub const EAST: &str = "id,lon,lat,category\nF,115.98446,36.45,pharmacy\n";

pub fn pack(metres: u32) -> String {
    format!(
        "key = \"ours\"\nzh = \"自定\"\nen = \"ours\"\nedition = \"1\"\n\n[[requirement]]\n\
         key = \"pharmacy\"\nzh = \"药店\"\nen = \"pharmacy\"\ncategories = [\"pharmacy\"]\n\
         limit = \"{metres} m\"\nbasis = \"network\"\nrequired = true\ndenominator = \"people\"\n\
         source = \"ours\"\nconfidence = \"confirmed\"\n"
    )
}

pub struct Runs {
    pub village: Village,
}

impl Runs {
    pub fn new() -> Self {
        let village = Village::new();
        village.file("blocks.csv", BLOCKS);
        village.file("west.csv", WEST);
        village.file("east.csv", EAST);
        village.file("150.toml", &pack(150));
        village.file("300.toml", &pack(300));
        Self { village }
    }

    pub fn home(&self) -> &Path {
        self.village.home.path()
    }

    pub fn here(&self, arguments: &[&str]) -> Ended {
        let mut command = program();
        let output = command.current_dir(self.home()).args(arguments).output();
        let output = output.unwrap();
        Ended {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    pub fn report(&self, facilities: &str, pack: &str, out: &str, more: &[&str]) -> PathBuf {
        let mut arguments = vec!["report", "village.osm.pbf", "--blocks", "blocks.csv"];
        arguments.extend(["--facilities", facilities, "--standard", pack, "--out", out]);
        arguments.extend(more);
        let ended = self.here(&arguments);
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
        self.home().join(out)
    }

    /// The rows of a comparison of people by network: level and zone, shares, what differs
    /// and the movement.
    pub fn compared(&self, a: &str, b: &str) -> (Ended, Vec<String>) {
        let ended = self.here(&["compare", a, b, "--out", "compared.csv"]);
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
        let mut table = csv::Reader::from_path(self.home().join("compared.csv")).unwrap();
        let header = table.headers().unwrap().clone();
        let at = |name: &str| header.iter().position(|column| column == name).unwrap();
        let shown = [
            "zone",
            "share_a",
            "share_b",
            "change",
            "differs",
            "change_by_data",
            "change_by_definition",
        ];
        let rows = table
            .records()
            .map(Result::unwrap)
            .filter(|row| &row[at("basis")] == "network" && &row[at("denominator")] == "people")
            .map(|row| shown.map(|name| row[at(name)].to_owned()).join(" "));
        let rows = rows.collect();
        (ended, rows)
    }
}
