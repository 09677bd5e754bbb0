//! Two runs side by side.

use std::fs;
use std::path::Path;

use sha2::{Digest as _, Sha256};

use living_circle::study::hex;

use super::contents;
use super::documented::agree;
use super::runs::{Runs, WEST, pack};

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

/// What one asks of a file beside its bytes: its layer and its frame.
#[test]
fn another_frame_of_the_same_file_is_told() {
    let runs = Runs::new();
    runs.report("west.csv", "300.toml", "a", &[]);
    runs.report("west.csv@gcj02", "300.toml", "b", &["--gates-open"]);
    let (ended, rows) = runs.compared("a", "b");
    assert!(rows[0].contains(" data "), "{}", rows[0]);
    let (calibre, inputs) = ended.stdout.split_once("Inputs:").unwrap();
    let line = calibre
        .lines()
        .find(|line| line.contains("layer and frame"));
    let line = line.unwrap();
    assert!(
        line.contains("facilities") && line.ends_with("@gcj02"),
        "{line}"
    );
    assert!(calibre.contains("differ in 1 point"), "{calibre}");
    assert!(!inputs.contains("changed") || inputs.contains("unchanged"));
}

#[test]
fn nothing_that_is_compared_is_overwritten() {
    let runs = Runs::new();
    runs.report("west.csv", "150.toml", "a", &[]);
    runs.report("east.csv", "150.toml", "b", &[]);
    let before = contents(&runs.home().join("b"));
    for out in [
        "b/coverage.csv",
        "b/report.html",
        "a/run.json",
        "west.csv",
        "150.toml",
    ] {
        let ended = runs.here(&["compare", "a", "b", "--out", out]);
        assert_eq!(ended.code, Some(2), "{out}");
        assert!(ended.stderr.contains("would overwrite"), "{}", ended.stderr);
    }
    assert_eq!(contents(&runs.home().join("b")), before);
    // What is gone leaves the others guarded.
    fs::remove_file(runs.home().join("blocks.csv")).unwrap();
    let ended = runs.here(&["compare", "a", "b", "--out", "east.csv"]);
    assert!(ended.stderr.contains("would overwrite"), "{}", ended.stderr);
    assert_eq!(
        fs::read_to_string(runs.home().join("west.csv")).unwrap(),
        WEST
    );
}

/// Records and tables that no run writes.
#[test]
fn hostile_records_are_refused_and_shown_without_their_signs() {
    let runs = Runs::new();
    let first = runs.report("west.csv", "150.toml", "a", &[]);
    let b = runs.report("east.csv", "300.toml", "b", &[]);
    let card = fs::read_to_string(b.join("run.json")).unwrap();
    let with = |from: &str, to: &str| {
        assert!(card.contains(from), "{from}");
        fs::write(b.join("run.json"), card.replace(from, to)).unwrap();
    };
    for (from, to, word) in [
        (
            "\"sample_spacing_m\": 50.0",
            "\"sample_spacing_m\": 0.001",
            "sample_spacing_m",
        ),
        (
            "\"link_limit_m\": 200.0",
            "\"link_limit_m\": -1.0",
            "link_limit_m",
        ),
        ("\"within\": []", "\"within\": [\"300m\"]", "within"),
    ] {
        // In the calibre the value stands once more.
        with(from, to);
        let ended = runs.here(&["report", "--from", "b"]);
        assert_eq!(ended.code, Some(2), "{word}");
        assert!(ended.stderr.contains(word), "{}", ended.stderr);
    }
    with("\"east.csv\"", "\"\\u001b[31mx.csv\"");
    let ended = runs.here(&["compare", "a", "b"]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert!(
        ended.stdout.contains("cannot be told apart"),
        "{}",
        ended.stdout
    );
    assert!(!ended.stdout.contains('\u{1b}') && !ended.stderr.contains('\u{1b}'));
    fs::write(b.join("run.json"), &card).unwrap();

    let table = fs::read_to_string(first.join("coverage.csv")).unwrap();
    let own = fs::read_to_string(first.join("run.json")).unwrap();
    let twice = format!("{table}{}\n", table.lines().last().unwrap());
    for odd in [
        table.replace(",0.100000,", ",1e300,"),
        table.replace(",0.100000,", ",NaN,"),
        twice,
    ] {
        assert_ne!(odd, table);
        let sum = |text: &str| hex(&Sha256::digest(text.as_bytes()));
        let bytes = |text: &str| {
            format!(
                "\"bytes\": {},\n      \"name\": \"coverage.csv\"",
                text.len()
            )
        };
        assert!(own.contains(&bytes(&table)));
        let bent = own
            .replace(&sum(&table), &sum(&odd))
            .replace(&bytes(&table), &bytes(&odd));
        fs::write(first.join("run.json"), bent).unwrap();
        fs::write(first.join("coverage.csv"), &odd).unwrap();
        let ended = runs.here(&["compare", "a", "b"]);
        assert_eq!(ended.code, Some(2), "{}", ended.stdout);
        assert!(ended.stderr.contains("row "), "{}", ended.stderr);
    }
}

/// Other words and another source move no figure, and are told.
#[test]
fn words_alone_are_no_other_definition() {
    let runs = Runs::new();
    let reworded = pack(150)
        .replace("药店", "药房")
        .replace("source = \"ours\"", "source = \"theirs\"");
    runs.village.file("reworded.toml", &reworded);
    runs.report("west.csv", "150.toml", "a", &[]);
    runs.report("west.csv", "reworded.toml", "b", &[]);
    let (ended, rows) = runs.compared("a", "b");
    assert_eq!(
        rows[0],
        " 0.100000 0.100000 0.000000 none 0.000000 0.000000"
    );
    let (calibre, _) = ended.stdout.split_once("Inputs:").unwrap();
    for told in ["Chinese name", "source"] {
        assert!(calibre.contains(told), "{told}: {calibre}");
    }
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
