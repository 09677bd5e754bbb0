//! What the program says of itself, and to wrong words.

#![allow(clippy::unwrap_used, missing_docs)]

mod program;

use std::collections::BTreeSet;

use program::{Village, run, text};

fn options(help: &str) -> BTreeSet<String> {
    help.split(|c: char| !(c.is_ascii_lowercase() || c == '-'))
        .filter(|word| word.starts_with("--") && word.len() > 2)
        .map(str::to_owned)
        .collect()
}

/// The options of each command.
const OPTIONS: &[(&str, &[&str])] = &[
    (
        "report",
        &[
            "--block-size",
            "--blocks",
            "--boundary",
            "--columns",
            "--facilities",
            "--facilities-from",
            "--font",
            "--from",
            "--gates",
            "--gates-open",
            "--gpkg",
            "--help",
            "--lang",
            "--link-limit",
            "--no-cut",
            "--no-trunk",
            "--out",
            "--out-frame",
            "--parcel",
            "--people",
            "--png",
            "--population",
            "--sample-spacing",
            "--sensitivity",
            "--shapefile",
            "--standard",
            "--strict-sizes",
            "--svg",
            "--threads",
            "--version",
            "--walker",
            "--within",
            "--zones",
        ],
    ),
    (
        "scenario",
        &[
            "--block-size",
            "--blocks",
            "--boundary",
            "--changes",
            "--columns",
            "--facilities",
            "--facilities-from",
            "--gates",
            "--gpkg",
            "--help",
            "--lang",
            "--link-limit",
            "--no-cut",
            "--no-trunk",
            "--out",
            "--out-frame",
            "--people",
            "--population",
            "--sample-spacing",
            "--schema",
            "--standard",
            "--strict-sizes",
            "--threads",
            "--version",
            "--walker",
            "--within",
            "--zones",
        ],
    ),
    (
        "links",
        &[
            "--best",
            "--block-size",
            "--blocks",
            "--boundary",
            "--columns",
            "--facilities",
            "--facilities-from",
            "--gap",
            "--gates",
            "--help",
            "--lang",
            "--link-limit",
            "--no-cut",
            "--no-trunk",
            "--only",
            "--out",
            "--out-frame",
            "--people",
            "--population",
            "--propose",
            "--sample-spacing",
            "--standard",
            "--strict-sizes",
            "--threads",
            "--top",
            "--version",
            "--walker",
            "--within",
            "--zones",
        ],
    ),
    (
        "isochrone",
        &[
            "--blocks",
            "--category",
            "--columns",
            "--direction",
            "--each-block",
            "--facilities",
            "--from",
            "--help",
            "--lang",
            "--link-limit",
            "--no-trunk",
            "--out",
            "--out-frame",
            "--overlap",
            "--threads",
            "--version",
            "--walker",
            "--within",
        ],
    ),
    (
        "generate",
        &[
            "--help",
            "--junctions",
            "--lang",
            "--seed",
            "--threads",
            "--version",
        ],
    ),
    (
        "bench",
        &[
            "--answers",
            "--help",
            "--lang",
            "--out",
            "--runs",
            "--threads",
            "--version",
        ],
    ),
    (
        "network",
        &[
            "--export",
            "--gap",
            "--help",
            "--lang",
            "--no-trunk",
            "--out",
            "--out-frame",
            "--threads",
            "--version",
        ],
    ),
];

#[test]
fn help_names_what_there_is() {
    for (command, own) in OPTIONS {
        for (lang, word, examples) in [("en", "extract", "Examples:"), ("zh", "数据文件", "示例：")]
        {
            let ended = run(&[command, "--help", "--lang", lang]);
            assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
            assert!(ended.stdout.contains(word), "{}", ended.stdout);
            assert!(ended.stdout.contains(examples));
            // Those of the examples are among them.
            let named = options(&ended.stdout);
            assert_eq!(named.iter().map(String::as_str).collect::<Vec<_>>(), *own);
        }
    }
    let ended = run(&["--help", "--lang", "zh"]);
    assert_eq!(ended.code, Some(0));
    assert!(ended.stdout.contains("步行") && ended.stdout.contains("network"));
    let version = run(&["--version"]);
    assert_eq!(
        (version.code, version.stdout),
        (
            Some(0),
            format!("living-circle {}\n", env!("CARGO_PKG_VERSION"))
        )
    );
}

#[test]
fn every_walker_of_the_help_walks() {
    let village = Village::new();
    for walker in ["adult", "elderly", "child", "pram", "wheelchair", "gb"] {
        let help = run(&["report", "--help"]).stdout;
        assert!(help.contains(walker));
        let blocks = village.blocks();
        let extract = text(&village.extract);
        let arguments = ["report", extract, "--blocks", &blocks, "--walker", walker];
        assert_eq!(run(&arguments).code, Some(0), "{walker}");
    }
}

/// What is typed wrongly is told in Chinese, with what the option is for.
#[test]
fn wrong_words_are_told_in_chinese() {
    let told = |arguments: &[&str]| {
        let mut typed = vec!["--lang", "zh"];
        typed.extend(arguments);
        let ended = run(&typed);
        assert_eq!(ended.code, Some(2), "{arguments:?}");
        assert!(ended.stdout.is_empty());
        ended.stderr
    };
    let within = told(&["report", "x.osm.pbf", "--within", "5h"]);
    assert!(within.contains("“5h”不能用于“--within <LIMITS>”") && within.contains("5min,10min"));
    assert!(told(&["report"]).contains("缺少 <CITY.osm.pbf>"));
    assert!(told(&["rapport"]).contains("没有“rapport”这个命令"));
    assert!(told(&["report", "x", "--foo"]).contains("没有“--foo”这个选项"));
    assert!(told(&["report", "x", "--blocks"]).contains("后面缺少值"));
    let none = told(&[]);
    for command in ["缺少命令（", "report", "isochrone", "network", "standards"] {
        assert!(none.contains(command), "{none}");
    }
}
