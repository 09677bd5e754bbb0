//! Data flows one way: every module imports only what its row of
//! `docs/architecture.md` allows, and a few crates and calls have one home.

#![allow(clippy::unwrap_used, missing_docs)]

mod imports;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use imports::paths;

const BASE: &[&str] = &[
    "confidence",
    "frame",
    "grouped",
    "lang",
    "spelling",
    "notice",
    "plane",
    "progress",
    "units",
];

/// A module, the modules it may import beside those of the base, and whether it
/// may import those of the base.
const RULES: &[(&str, bool, &[&str])] = &[
    ("lang", false, &[]),
    ("spelling", false, &[]),
    ("grouped", false, &[]),
    ("plane", false, &[]),
    ("units", false, &[]),
    ("confidence", false, &["lang"]),
    ("frame", false, &["lang"]),
    ("notice", false, &["lang"]),
    ("progress", false, &["lang"]),
    ("osm", true, &[]),
    ("table", true, &[]),
    ("raster", true, &[]),
    ("profile", true, &["osm", "table"]),
    ("places", true, &["osm", "raster", "table"]),
    ("synth", true, &["osm", "table"]),
    ("network", true, &["osm", "table", "profile"]),
    ("standard", true, &["osm", "table", "places"]),
    ("link", true, &["network", "places"]),
    (
        "reach",
        true,
        &["osm", "table", "profile", "places", "network", "link"],
    ),
    ("measure", true, &["places", "standard", "network", "reach"]),
    (
        "isochrone",
        true,
        &["profile", "places", "network", "link", "reach"],
    ),
    (
        "doctor",
        true,
        &["osm", "profile", "places", "network", "link", "reach"],
    ),
    (
        "study",
        true,
        &[
            "osm",
            "raster",
            "table",
            "profile",
            "places",
            "network",
            "standard",
            "link",
            "reach",
            "measure",
            "isochrone",
        ],
    ),
    (
        "scenario",
        true,
        &[
            "osm",
            "table",
            "profile",
            "places",
            "network",
            "standard",
            "link",
            "reach",
            "measure",
            "doctor",
            "isochrone",
            "study",
        ],
    ),
    (
        "report",
        true,
        &[
            "profile",
            "places",
            "network",
            "standard",
            "link",
            "reach",
            "measure",
            "doctor",
            "isochrone",
            "study",
            "scenario",
        ],
    ),
    ("record", true, &["table", "standard", "study", "report"]),
    ("compare", true, &["table", "study", "report", "record"]),
    (
        "cli",
        true,
        &[
            "osm",
            "table",
            "profile",
            "places",
            "synth",
            "network",
            "standard",
            "link",
            "reach",
            "measure",
            "doctor",
            "isochrone",
            "study",
            "scenario",
            "report",
            "record",
            "compare",
        ],
    ),
];

/// Crates, and the modules that may name them.
const HOMES: &[(&str, &[&str])] = &[
    ("osmpbfreader", &["osm"]),
    ("protobuf", &["osm"]),
    ("petgraph", &["network", "reach"]),
    ("clap", &["cli"]),
    ("indicatif", &["cli"]),
    ("anyhow", &["cli"]),
    ("comfy_table", &["report"]),
    ("rusqlite", &["report", "table"]),
    ("geo_traits", &["table"]),
    ("calamine", &["table"]),
    ("encoding_rs", &["table"]),
    ("tiff", &["raster"]),
    ("maud", &["report"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("resvg", &["report", "cli"]),
    ("skrifa", &["report"]),
];

/// What only `cli` does: print, exit, read the clock or the environment.
const OUTSIDE_WORLD: &[&str] = &[
    "println",
    "print",
    "eprintln",
    "eprint",
    "dbg",
    "stdout",
    "stderr",
    "stdin",
    "std::env",
    "std::process",
    "SystemTime",
    "Instant",
];

/// What is wrong with a file of a module.
fn faults(source: &str, module: &[String]) -> BTreeSet<String> {
    let own = module[0].as_str();
    let rule = RULES.iter().find(|rule| rule.0 == own);
    let Some(&(_, base, allowed)) = rule else {
        return BTreeSet::from([format!("the module {own} has no floor")]);
    };
    let mut faults = BTreeSet::new();
    for path in paths(source, module) {
        let text = path.join("::");
        if path[0] == "crate" {
            let Some(target) = path.get(1) else { continue };
            let known = RULES.iter().any(|rule| rule.0 == *target);
            let fine = target == own
                || allowed.contains(&&**target)
                || (base && BASE.contains(&&**target));
            if known && !fine {
                faults.insert(format!("{own} imports {target} ({text})"));
            }
        }
        for (name, homes) in HOMES {
            if path[0] == *name && !homes.contains(&own) {
                faults.insert(format!("{own} names {name}"));
            }
        }
        let outside = |word: &&&str| match word.split_once("::") {
            Some(_) => text == **word || text.starts_with(&format!("{word}::")),
            None => path.iter().any(|part| part == **word),
        };
        if own != "cli"
            && let Some(word) = OUTSIDE_WORLD.iter().find(outside)
        {
            faults.insert(format!("{own} uses {word}"));
        }
    }
    faults
}

fn module_of(path: &Path) -> Vec<String> {
    path.with_extension("")
        .components()
        .map(|part| part.as_os_str().to_str().unwrap().to_owned())
        .filter(|part| part != "mod")
        .collect()
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn data_flows_one_way() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    files(&root, &mut found);
    let (mut faulty, mut modules, mut imports) = (Vec::new(), BTreeSet::new(), 0);
    for path in &found {
        let module = module_of(path.strip_prefix(&root).unwrap());
        if module == ["lib"] || module == ["main"] {
            continue;
        }
        let source = fs::read_to_string(path).unwrap();
        imports += paths(&source, &module)
            .iter()
            .filter(|path| path[0] == "crate" && path.get(1) != module.first())
            .count();
        for fault in faults(&source, &module) {
            faulty.push(format!("{}: {fault}", path.display()));
        }
        modules.insert(module[0].clone());
    }
    assert!(faulty.is_empty(), "{}", faulty.join("\n"));
    let ruled: BTreeSet<String> = RULES.iter().map(|rule| rule.0.to_owned()).collect();
    assert_eq!(modules, ruled, "a row a module");
    assert!(imports > 200, "only {imports} imports were seen");
}

/// A module may import only modules that stand before it, so there is no circle.
#[test]
fn the_floors_themselves_go_one_way() {
    for (row, (module, base, allowed)) in RULES.iter().enumerate() {
        let before: BTreeSet<&str> = RULES[..row].iter().map(|rule| rule.0).collect();
        assert!(allowed.iter().all(|name| before.contains(name)), "{module}");
        assert!(
            !base || BASE.iter().all(|name| before.contains(name)),
            "{module}"
        );
    }
}

#[test]
fn the_architecture_page_has_the_same_rows() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/architecture.md");
    let page = fs::read_to_string(page).unwrap();
    for (module, ..) in RULES {
        let named = page
            .lines()
            .filter(|line| line.starts_with('|'))
            .any(|line| {
                line.split('|')
                    .nth(2)
                    .is_some_and(|cell| cell.contains(&format!("`{module}`")))
            });
        assert!(named, "{module} has no row in docs/architecture.md");
    }
}

fn of(module: &str, source: &str) -> BTreeSet<String> {
    let module: Vec<String> = module.split("::").map(str::to_owned).collect();
    faults(source, &module)
}

#[test]
fn every_way_of_importing_is_seen() {
    for source in [
        "use crate::reach::Search;",
        "pub use crate::reach::Search;",
        "pub(crate) use crate::{units::Length, reach::{Search, Stops as S}};",
        "use crate::{\n    plane::{LonLat, Plane},\n    reach as walking,\n};",
        "use crate::reach::*;",
        "fn f() -> crate::reach::Search { crate::reach::Search::new(1) }",
        "fn f() { let x: Vec<crate::reach::Stops> = Vec::<crate::reach::Stops>::new(); }",
        "use super::super::reach::Search;",
        "mod inner { use super::super::super::reach::Search; }",
        "impl<'a> X<'a> { fn f(c: char) -> bool { c == '\"' && crate::reach::yes() } }",
        "const A: &str = r#\"\"\"#; use crate::reach::Search;",
    ] {
        let found = of("osm::deep", source);
        let seen = |fault: &String| fault.starts_with("osm imports reach");
        assert!(
            !found.is_empty() && found.iter().all(seen),
            "{source}: {found:?}"
        );
    }
}

#[test]
fn what_is_no_import_is_left_alone() {
    for source in [
        "// use crate::reach::Search;\n/* crate::reach */ /// [`crate::reach`]",
        "const A: &str = \"use crate::reach::Search;\"; const B: &str = r#\"crate::reach \"x\" \"#;",
        "use super::reach::Search;",
        "use self::reach::Search; use crate::osm::reach::X;",
        "mod inner { use super::super::draw; }",
        "use crate::units::Length; use crate::{lang::{Lang, Explain}, plane};",
    ] {
        assert!(
            of("osm::deep", source).is_empty(),
            "{source}: {:?}",
            of("osm::deep", source)
        );
    }
}

#[test]
fn the_order_of_floors_is_kept() {
    assert!(!of("lang", "use crate::units::Length;").is_empty());
    assert!(!of("network", "use crate::places::Block;").is_empty());
    assert!(!of("standard", "use crate::network::Walk;").is_empty());
    assert!(!of("measure", "use crate::osm::Extract;").is_empty());
    assert!(!of("report", "use crate::cli::main;").is_empty());
    assert!(of("report", "use crate::study::Study;").is_empty());
    assert!(of("nowhere", "").first().unwrap().contains("no floor"));
}

#[test]
fn crates_and_the_outside_world_have_one_home() {
    assert!(!of("places", "use osmpbfreader::blocks;").is_empty());
    assert!(!of("places", "fn f(x: ::protobuf::Message) {}").is_empty());
    assert!(of("osm", "use protobuf::Message;").is_empty());
    assert!(!of("link", "use petgraph::csr::Csr;").is_empty());
    assert!(!of("report", "use clap::{Args, Parser};").is_empty());
    for source in [
        "fn f() { println!(\"x\"); }",
        "fn f() { let now = std::time::Instant::now(); }",
        "use std::{env, fs}; fn f() { env::var(\"X\"); }",
        "use std::process::exit;",
        "fn f() { std::io::stdout().flush(); }",
    ] {
        assert!(!of("report", source).is_empty(), "{source}");
        assert!(of("cli", source).is_empty(), "{source}");
    }
    // Known when the program is compiled.
    assert!(of("report", "const A: &str = env!(\"CARGO_PKG_NAME\");").is_empty());
}
