//! A run that is repeated, and two runs side by side.

use std::fs;
use std::path::{Path, PathBuf};

use super::documented::agree;
use super::program::{Ended, Village, names, program, run, text};
use super::{contents, lakeside};

/// A street of 400 m. P lives 9 m from its west end, Q 179 m, R 391 m, 9 m from its east
/// end: 10, 30 and 60 people.
const BLOCKS: &str = "\
id,lon,lat,population,community
P,115.9801,36.45,10,west
Q,115.982,36.45,30,east
R,115.98436,36.45,60,east
";

const WEST: &str = "id,lon,lat,category\nF,115.98,36.45,pharmacy\n";
/// At the east end.
const EAST: &str = "id,lon,lat,category\nF,115.98446,36.45,pharmacy\n";

fn pack(metres: u32) -> String {
    format!(
        "key = \"ours\"\nzh = \"自定\"\nen = \"ours\"\nedition = \"1\"\n\n[[requirement]]\n\
         key = \"pharmacy\"\nzh = \"药店\"\nen = \"pharmacy\"\ncategories = [\"pharmacy\"]\n\
         limit = \"{metres} m\"\nbasis = \"network\"\nrequired = true\ndenominator = \"people\"\n\
         source = \"ours\"\nconfidence = \"confirmed\"\n"
    )
}

struct Runs {
    village: Village,
}

impl Runs {
    fn new() -> Self {
        let village = Village::new();
        village.file("blocks.csv", BLOCKS);
        village.file("west.csv", WEST);
        village.file("east.csv", EAST);
        village.file("150.toml", &pack(150));
        village.file("300.toml", &pack(300));
        Self { village }
    }

    fn home(&self) -> &Path {
        self.village.home.path()
    }

    fn here(&self, arguments: &[&str]) -> Ended {
        let mut command = program();
        let output = command.current_dir(self.home()).args(arguments).output();
        let output = output.unwrap();
        Ended {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    fn report(&self, facilities: &str, pack: &str, out: &str, more: &[&str]) -> PathBuf {
        let mut arguments = vec!["report", "village.osm.pbf", "--blocks", "blocks.csv"];
        arguments.extend(["--facilities", facilities, "--standard", pack, "--out", out]);
        arguments.extend(more);
        let ended = self.here(&arguments);
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
        self.home().join(out)
    }

    /// The rows of a comparison of people by network: level and zone, shares, what differs
    /// and the movement.
    fn compared(&self, a: &str, b: &str) -> (Ended, Vec<String>) {
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

#[test]
fn a_run_is_repeated_to_the_byte() {
    let home = tempfile::tempdir().unwrap();
    let [first, second] = ["a", "b"].map(|name| home.path().join(name));
    let more = ["--out", text(&first), "--lang", "zh", "--link-limit", "150"];
    let more = [&more[..], &["--out-frame", "gcj02", "--gpkg", "--svg"]].concat();
    assert_eq!(lakeside(&more).code, Some(0));
    let record = first.join("run.json");
    let ended = run(&["report", "--from", text(&record), "--out", text(&second)]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    // What is said has the language of who asks, what is written that of the record.
    assert!(
        ended.stdout.contains("have the same bytes as then"),
        "{}",
        ended.stdout
    );
    assert_eq!(ended.stdout.matches("unchanged").count(), 4);
    assert_eq!(contents(&first), contents(&second));
}

#[test]
fn what_has_changed_since_is_said() {
    let runs = Runs::new();
    runs.report("west.csv", "150.toml", "a", &[]);
    fs::write(runs.home().join("west.csv"), EAST).unwrap();
    let ended = runs.here(&["report", "--from", "a/run.json", "--out", "b"]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let line = |word: &str| {
        let mut lines = ended.stdout.lines();
        lines.find(|line| line.contains(word)).unwrap().to_owned()
    };
    assert!(line("west.csv").ends_with("changed") && !line("west.csv").ends_with("unchanged"));
    for same in ["blocks.csv", "village.osm.pbf", "150.toml"] {
        assert!(line(same).ends_with("unchanged"), "{}", line(same));
    }
    assert!(
        line("outputs:").contains("coverage.csv"),
        "{}",
        line("outputs:")
    );

    // A file that is named stands instead of that of the record.
    let named = ["--facilities", "east.csv", "--lang", "zh"];
    let arguments = [&["report", "--from", "a/run.json"][..], &named].concat();
    let ended = runs.here(&arguments);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let row = ended.stdout.lines().find(|line| line.contains("east.csv"));
    assert!(row.unwrap().ends_with("已变"));
}

/// Two files of zones, each of the level that its name says, with the same ids; and once
/// more of the record.
#[test]
fn zones_come_a_file_a_level() {
    let runs = Runs::new();
    let zone = |name: &str, west: f64, east: f64| {
        format!(
            "{{\"type\":\"Feature\",\"properties\":{{\"id\":\"1\",\"name\":\"{name}\"}},\
             \"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[[[{west},36.44],\
             [{east},36.44],[{east},36.46],[{west},36.46],[{west},36.44]]]}}}}"
        )
    };
    let [town, lane] = ["柳园街道", "湖滨社区"];
    runs.village
        .file("街道.geojson", &zone(town, 115.97, 115.99));
    runs.village
        .file("社区2026.geojson", &zone(lane, 115.981, 115.99));
    let zones = ["--zones", "街道.geojson", "--zones", "社区2026.geojson"];
    let first = runs.report("west.csv", "general", "a", &zones);
    let table = fs::read_to_string(first.join("coverage.csv")).unwrap();
    let header: Vec<&str> = table.lines().next().unwrap().split(',').collect();
    let at = |name: &str| header.iter().position(|column| *column == name).unwrap();
    let mut seen = std::collections::BTreeSet::new();
    for line in table.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let wanted = cells[at("basis")] == "network" && cells[at("denominator")] == "people";
        if wanted && cells[at("zone")] == "1" {
            let cell = |name: &str| cells[at(name)].to_owned();
            seen.insert(
                ["level", "zone_name", "tier", "reported", "total"]
                    .map(cell)
                    .join(" "),
            );
        }
    }
    let told: Vec<&str> = seen.iter().map(String::as_str).collect();
    // A requirement without a tier is reported everywhere.
    let expected = [
        "community 湖滨社区  1 90.000",
        "community 湖滨社区 10 1 90.000",
        "community 湖滨社区 15 0 90.000",
        "community 湖滨社区 5 1 90.000",
        "subdistrict 柳园街道  1 100.000",
        "subdistrict 柳园街道 10 0 100.000",
        "subdistrict 柳园街道 15 1 100.000",
        "subdistrict 柳园街道 5 0 100.000",
    ];
    assert_eq!(told, expected);
    let again = runs.here(&["report", "--from", "a/run.json", "--out", "b"]);
    assert!(
        again.stdout.contains("have the same bytes as then"),
        "{}",
        again.stdout
    );

    let twice = [
        "report",
        "village.osm.pbf",
        "--zones",
        "街道.geojson",
        "--zones",
        "街道.geojson",
    ];
    let ended = runs.here(&twice);
    assert_eq!(ended.code, Some(2));
    assert!(
        ended.stderr.contains("two files have the zone '1'"),
        "{}",
        ended.stderr
    );
}

#[test]
fn files_are_found_beside_the_record_or_named_as_gone() {
    let runs = Runs::new();
    let first = runs.report("west.csv", "150.toml", "a", &[]);
    let away = tempfile::tempdir().unwrap();
    let from = |more: &[&str]| {
        let record = first.join("run.json");
        let arguments = [&["report", "--from", text(&record)][..], more].concat();
        let mut command = program();
        let command = command.current_dir(away.path()).args(arguments);
        command.assert()
    };
    let gone = from(&["--out", "b"]).code(2).get_output().stderr.clone();
    let gone = String::from_utf8(gone).unwrap();
    assert!(gone.contains("village.osm.pbf is gone"), "{gone}");
    assert!(names(away.path()).is_empty());
    for name in ["village.osm.pbf", "blocks.csv", "west.csv", "150.toml"] {
        fs::copy(runs.home().join(name), first.join(name)).unwrap();
    }
    from(&["--out", "b"]).success();
    let [then, now] = [first, away.path().join("b")].map(|of| of.join("coverage.csv"));
    assert_eq!(fs::read(then).unwrap(), fs::read(now).unwrap());
}

#[test]
fn a_record_is_not_bent_nor_overwritten_nor_guessed() {
    let runs = Runs::new();
    runs.report("west.csv", "150.toml", "a", &[]);
    let before = contents(&runs.home().join("a"));
    let refused = |arguments: &[&str], word: &str| {
        let ended = runs.here(arguments);
        assert_eq!(ended.code, Some(2), "{arguments:?}");
        assert!(ended.stderr.contains(word), "{}", ended.stderr);
    };
    for bent in [
        &["--walker", "elderly"][..],
        &["--no-trunk"],
        &["--link-limit", "100"],
        &["--standard", "general"],
    ] {
        let arguments = [&["report", "--from", "a/run.json"][..], bent].concat();
        refused(&arguments, "cannot be used with");
    }
    refused(
        &["report", "--from", "a/run.json", "--out", "a"],
        "would overwrite",
    );
    refused(&["report", "--from", "none.json"], "cannot be read");
    let record = runs.home().join("a/run.json");
    let text = fs::read_to_string(&record).unwrap();
    for (from, to, word) in [
        ("\"strict_sizes\"", "\"strictest\"", "strictest"),
        ("\"wgs84\"", "\"wgs48\"", "wgs48"),
        ("\"blocks\": [", "\"barns\": [", "barns"),
    ] {
        let other = runs.village.file("other.json", &text.replace(from, to));
        refused(&["report", "--from", &other], word);
    }
    assert_eq!(contents(&runs.home().join("a")), before);
}

/// Within 150 m of the west end lives P, of the east end R; within 300 m of the east end
/// Q and R do.
#[test]
fn data_and_definition_are_told_apart() {
    let runs = Runs::new();
    runs.report("west.csv", "150.toml", "a", &[]);
    runs.report("east.csv", "150.toml", "data", &[]);
    runs.report("west.csv", "300.toml", "definition", &[]);
    runs.report("east.csv", "300.toml", "both", &[]);

    let (ended, rows) = runs.compared("a", "a");
    assert!(
        ended.stdout.contains("The calibres are the same."),
        "{}",
        ended.stdout
    );
    assert_eq!(
        rows[0],
        " 0.100000 0.100000 0.000000 none 0.000000 0.000000"
    );

    let (ended, rows) = runs.compared("a", "data");
    assert!(ended.stdout.contains("The calibres are the same."));
    assert_eq!(
        rows[0],
        " 0.100000 0.600000 0.500000 data 0.500000 0.000000"
    );
    assert_eq!(
        rows[1],
        "east 0.000000 0.666667 0.666667 data 0.666667 0.000000"
    );
    assert_eq!(
        rows[2],
        "west 1.000000 0.000000 -1.000000 data -1.000000 0.000000"
    );

    let (ended, rows) = runs.compared("a", "definition");
    assert!(
        ended.stdout.contains("The calibres differ in"),
        "{}",
        ended.stdout
    );
    assert!(ended.stdout.contains("pharmacy: limit"), "{}", ended.stdout);
    assert_eq!(
        rows[0],
        " 0.100000 0.400000 0.300000 definition 0.000000 0.300000"
    );

    let (ended, rows) = runs.compared("a", "both");
    assert_eq!(
        rows[0],
        " 0.100000 0.900000 0.800000 both 0.500000 0.300000"
    );
    assert_eq!(
        rows[1],
        "east 0.000000 1.000000 1.000000 both 0.666667 0.333333"
    );
    let told = ended
        .stdout
        .lines()
        .find(|line| line.contains("+80.0"))
        .unwrap();
    assert!(told.contains("+50.0") && told.contains("+30.0"), "{told}");

    // The other way round the definition of the second holds.
    let (_, rows) = runs.compared("both", "a");
    assert_eq!(
        rows[0],
        " 0.900000 0.100000 -0.800000 both -0.500000 -0.300000"
    );

    // What is no longer as it was cannot be run again: that is said, and not guessed.
    fs::write(runs.home().join("east.csv"), WEST).unwrap();
    let (ended, rows) = runs.compared("a", "both");
    assert!(
        ended.stdout.contains("east.csv has changed since"),
        "{}",
        ended.stdout
    );
    assert_eq!(rows[0], " 0.100000 0.900000 0.800000 both  ");
    fs::remove_file(runs.home().join("east.csv")).unwrap();
    let (ended, _) = runs.compared("a", "both");
    assert!(
        ended.stdout.contains("east.csv is gone"),
        "{}",
        ended.stdout
    );
}

/// A walker, a total of people, a study area and the source of facilities differ, too.
#[test]
fn no_difference_of_calibres_is_hidden() {
    let runs = Runs::new();
    let area = |east: f64| {
        format!(
            "{{\"type\":\"Feature\",\"properties\":{{}},\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[[[115.97,36.44],[{east},36.44],\
             [{east},36.46],[115.97,36.46],[115.97,36.44]]]}}}}"
        )
    };
    runs.village.file("a.geojson", &area(115.99));
    runs.village.file("b.geojson", &area(115.983));
    let first = ["--boundary", "a.geojson", "--strict-sizes", "--no-trunk"];
    runs.report("west.csv", "150.toml", "a", &first);
    let second = [
        "--boundary",
        "b.geojson",
        "--walker",
        "elderly",
        "--link-limit",
        "100",
    ];
    let second = [
        &second[..],
        &["--sample-spacing", "25", "--facilities-from", "both"],
    ]
    .concat();
    let general = [&second[..], &["--standard", "park-500m"]].concat();
    runs.report("west.csv", "300.toml", "b", &general);
    let (ended, rows) = runs.compared("a", "b");
    // P of P, Q and R; then P of P and Q; then P and Q of both.
    assert_eq!(
        rows[0],
        " 0.100000 1.000000 0.900000 definition 0.000000 0.900000"
    );
    let (calibre, _) = ended.stdout.split_once("Inputs:").unwrap();
    for differs in [
        "file of the study area",
        "standard and edition",
        "unknown sizes",
        "trunk walkable",
        "link limit, m",
        "sample spacing, m",
        "facilities from",
        "adult: walker",
        "elderly person: walker",
        "pharmacy: limit",
        "pharmacy: walker",
        "community park (1 ha and",
    ] {
        assert!(calibre.contains(differs), "{differs}: {calibre}");
    }
    // Every point is told in words.
    for line in calibre.lines() {
        let name = line.trim().split("  ").next().unwrap();
        assert!(!name.contains('_'), "{name}");
    }
    let chinese = runs.here(&["compare", "a", "b", "--lang", "zh"]).stdout;
    assert!(
        chinese.contains("药店：限值") && chinese.contains("不计  "),
        "{chinese}"
    );
}

#[test]
fn every_column_of_a_comparison_is_documented() {
    let runs = Runs::new();
    runs.report("west.csv", "150.toml", "a", &[]);
    runs.compared("a", "a");
    let table = fs::read_to_string(runs.home().join("compared.csv")).unwrap();
    let columns: Vec<String> = table
        .lines()
        .next()
        .unwrap()
        .split(',')
        .map(str::to_owned)
        .collect();
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/outputs.md");
    let page = fs::read_to_string(page).unwrap();
    agree(&page, "`living-circle compare", &columns);
}

#[test]
fn reports_that_are_not_whole_are_refused() {
    let runs = Runs::new();
    let first = runs.report("west.csv", "150.toml", "a", &[]);
    runs.report("east.csv", "150.toml", "b", &[]);
    let table = first.join("coverage.csv");
    let content = fs::read_to_string(&table).unwrap();
    fs::write(&table, content.replace("0.100000", "0.900000")).unwrap();
    let ended = runs.here(&["compare", "a", "b", "--out", "compared.csv"]);
    assert_eq!(ended.code, Some(2));
    assert!(
        ended.stderr.contains("is not what the run wrote"),
        "{}",
        ended.stderr
    );
    fs::remove_file(&table).unwrap();
    let ended = runs.here(&["compare", "a", "b", "--lang", "zh", "--out", "compared.csv"]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.stderr.contains("缺少此文件"), "{}", ended.stderr);
    assert!(!runs.home().join("compared.csv").exists());
    let ended = runs.here(&["compare", "a", "b", "--out", "b/run.json"]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.stderr.contains("would overwrite"), "{}", ended.stderr);
}
