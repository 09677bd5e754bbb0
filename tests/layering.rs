//! Data flows one way: every module imports only what its row of
//! `docs/architecture.md` allows, and a few crates and calls have one home.

#![allow(clippy::unwrap_used, missing_docs)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const BASE: &[&str] = &["confidence", "lang", "notice", "plane", "progress", "units"];

/// A module, the modules it may import beside those of the base, and whether it
/// may import those of the base.
const RULES: &[(&str, bool, &[&str])] = &[
    ("confidence", false, &[]),
    ("lang", false, &[]),
    ("plane", false, &[]),
    ("units", false, &[]),
    ("notice", false, &["lang"]),
    ("progress", false, &["lang"]),
    ("osm", true, &[]),
    ("table", true, &[]),
    ("profile", true, &["osm", "table"]),
    ("places", true, &["osm", "table"]),
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
        "study",
        true,
        &[
            "osm", "table", "profile", "places", "network", "standard", "link", "reach", "measure",
        ],
    ),
    (
        "report",
        true,
        &[
            "profile", "places", "network", "standard", "link", "reach", "measure", "study",
        ],
    ),
    (
        "cli",
        true,
        &[
            "osm", "table", "profile", "places", "network", "standard", "link", "reach", "measure",
            "study", "report",
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

/// Names, `::` and all other characters that are no space, without comments and
/// without what stands in quotes.
fn tokens(source: &str) -> Vec<String> {
    let text: Vec<char> = source.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    let starts =
        |at: usize, what: &str| text[at..].iter().take(what.len()).collect::<String>() == what;
    while at < text.len() {
        let c = text[at];
        if starts(at, "//") {
            while at < text.len() && text[at] != '\n' {
                at += 1;
            }
        } else if starts(at, "/*") {
            while at < text.len() && !starts(at, "*/") {
                at += 1;
            }
            at += 2;
        } else if let Some(end) = quoted(&text, at) {
            at = end;
        } else if c.is_alphanumeric() || c == '_' {
            let from = at;
            while at < text.len() && (text[at].is_alphanumeric() || text[at] == '_') {
                at += 1;
            }
            tokens.push(text[from..at].iter().collect());
        } else if starts(at, "::") {
            tokens.push("::".to_owned());
            at += 2;
        } else {
            if !c.is_whitespace() {
                tokens.push(c.to_string());
            }
            at += 1;
        }
    }
    tokens
}

/// Where the text or character that begins here ends.
fn quoted(text: &[char], at: usize) -> Option<usize> {
    let before = at.checked_sub(1).map(|before| text[before]);
    let in_word = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
    if !in_word && text[at] == 'r' && matches!(text.get(at + 1), Some('"' | '#')) {
        let hashes = text[at + 1..].iter().take_while(|&&c| c == '#').count();
        if text.get(at + 1 + hashes) != Some(&'"') {
            return None;
        }
        let close: Vec<char> = std::iter::once('"')
            .chain(std::iter::repeat_n('#', hashes))
            .collect();
        let from = at + 2 + hashes;
        let length = text[from..]
            .windows(close.len())
            .position(|end| end == close)?;
        return Some(from + length + close.len());
    }
    let quote = text[at];
    // 'a and '_ without a closing quote are lifetimes.
    let character =
        quote == '\'' && (text.get(at + 1) == Some(&'\\') || text.get(at + 2) == Some(&'\''));
    if quote != '"' && !character {
        return None;
    }
    let mut end = at + 1;
    while *text.get(end)? != quote {
        end += if text[end] == '\\' { 2 } else { 1 };
    }
    Some(end + 1)
}

/// The paths that a file names, each from the root of the crate (`crate` first)
/// or beginning with another crate.
fn paths(source: &str, module: &[String]) -> Vec<Vec<String>> {
    let tokens = tokens(source);
    let mut found = Vec::new();
    // Modules inside the file, with the depth of braces at which they end.
    let mut inner: Vec<(String, usize)> = Vec::new();
    let (mut depth, mut at) = (0, 0);
    while at < tokens.len() {
        match tokens[at].as_str() {
            "mod" if tokens.get(at + 2).is_some_and(|next| next == "{") => {
                inner.push((tokens[at + 1].clone(), depth));
                depth += 1;
                at += 3;
                continue;
            }
            "{" => depth += 1,
            "}" => {
                depth -= 1;
                inner.pop_if(|(_, outer)| *outer == depth);
            }
            _ => {}
        }
        if !is_name(&tokens[at]) {
            at += 1;
            continue;
        }
        let here: Vec<String> = module
            .iter()
            .cloned()
            .chain(inner.iter().map(|(name, _)| name.clone()))
            .collect();
        let mut trees = Vec::new();
        let from = at + usize::from(tokens[at] == "use");
        let end = tree(&tokens, from, &[], tokens[at] == "use", &mut trees);
        found.extend(trees.into_iter().map(|path| resolved(path, &here)));
        at = end.max(at + 1);
    }
    found
}

fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphanumeric() || c == '_')
}

/// Reads `a::b`, and in imports `a::{b, c::{d}}`; gives the position after it.
fn tree(
    tokens: &[String],
    mut at: usize,
    before: &[String],
    groups: bool,
    found: &mut Vec<Vec<String>>,
) -> usize {
    let mut path = before.to_vec();
    // `::a` names a crate.
    if tokens.get(at).is_some_and(|token| token == "::") {
        at += 1;
    }
    loop {
        match tokens.get(at).map(String::as_str) {
            Some("{") if groups => {
                at += 1;
                while tokens.get(at).is_some_and(|token| token != "}") {
                    at = tree(tokens, at, &path, groups, found);
                    if tokens.get(at).is_some_and(|token| token == ",") {
                        at += 1;
                    }
                }
                return at + 1;
            }
            Some("*") if groups => at += 1,
            Some(name) if is_name(name) => {
                path.push(name.to_owned());
                at += 1;
                if tokens.get(at).is_some_and(|token| token == "::") {
                    at += 1;
                    continue;
                }
                if groups && tokens.get(at).is_some_and(|token| token == "as") {
                    at += 2;
                }
            }
            // A turbofish or something else that ends a path.
            _ => at += usize::from(groups),
        }
        if !path.is_empty() {
            found.push(path);
        }
        return at;
    }
}

fn resolved(path: Vec<String>, module: &[String]) -> Vec<String> {
    let mut here = module.to_vec();
    let mut rest = path.into_iter().peekable();
    match rest.peek().map(String::as_str) {
        Some("crate") => {
            rest.next();
            here.clear();
        }
        Some("self") => {
            rest.next();
        }
        Some("super") => {
            while rest.next_if(|word| word == "super").is_some() {
                here.pop();
            }
        }
        _ => return rest.collect(),
    }
    std::iter::once("crate".to_owned())
        .chain(here)
        .chain(rest)
        .collect()
}

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
