//! What the README says is what the program does.

#![allow(clippy::unwrap_used, missing_docs)]

mod program;

use std::fs;
use std::path::Path;

use program::run;

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// The fenced blocks of a page in one language, in order.
fn fenced(page: &str, language: &str) -> Vec<String> {
    page.split("\n```")
        .filter_map(|part| part.strip_prefix(&format!("{language}\n")))
        .map(str::to_owned)
        .collect()
}

fn commands(page: &str) -> Vec<String> {
    let blocks = fenced(page, "sh").join("\n");
    let commands = blocks.lines().filter(|line| line.starts_with("cargo "));
    commands.map(str::to_owned).collect()
}

/// Both languages show the same two commands. `.ci/run` runs the second as it stands; the
/// first is run here, with what the tests have built: nothing is built twice.
#[test]
fn ci_runs_the_commands_of_the_readme() {
    let commands = commands(&read("README.md"));
    let [report, test, report_zh, test_zh] = &*commands else {
        panic!("{commands:?}");
    };
    assert_eq!((report, test), (report_zh, test_zh));
    let script = read(".ci/run");
    let steps: Vec<&str> = script
        .lines()
        .filter_map(|line| line.strip_prefix("step "))
        .filter(|line| !line.starts_with("()"))
        .collect();
    assert_eq!(steps.first(), Some(&test.as_str()));
    assert!(report.starts_with("cargo run --release -- report "));
    assert!(steps.iter().all(|step| !step.contains(" -q")));
}

/// What a command of the README prints, with a folder of its own in place of that which it
/// names, and the files that it leaves there.
fn printed(command: &str) -> (String, Vec<String>) {
    let home = tempfile::tempdir().unwrap();
    let out = home.path().to_str().unwrap();
    let words = command.split(' ').skip_while(|word| *word != "report");
    let arguments: Vec<String> = words
        .map(|word| match word {
            _ if word.starts_with("out/") => out.to_owned(),
            _ if word.starts_with("fixtures/") => {
                program::fixture(word.trim_start_matches("fixtures/"))
            }
            _ => word.to_owned(),
        })
        .collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let ended = run(&arguments);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let files = program::names(home.path());
    (ended.stdout.trim_end().to_owned(), files)
}

/// The terminal's texts in the README are what the sample city prints, without the tables
/// of people. `LIVING_CIRCLE_WRITE_README=1 cargo test --test readme` puts them there.
#[test]
fn the_readme_shows_real_output() {
    let page = read("README.md");
    let (all, files) = printed(&commands(&page)[0]);
    let parts: Vec<&str> = all.split("\n\n").collect();
    let [headline, land, _people, notes, gaps] = &*parts else {
        panic!("{} parts", parts.len());
    };
    let own = format!("{headline}\n\n{land}\n…\n{notes}\n\n{gaps}");
    assert!(files.len() == 11 && files.iter().all(|name| page.contains(&format!("`{name}`"))));

    let (_, bureau) = page.split_once("（`living-circle report").unwrap();
    let (bureau, _) = bureau.split_once('`').unwrap();
    let (all, _) = printed(&format!("report{bureau}"));
    let parts: Vec<&str> = all.split("\n\n").collect();
    let [headline, land, _people, composite, notes, _gaps] = &*parts else {
        panic!("{} parts", parts.len());
    };
    let bureau = format!("{headline}\n\n{land}\n…\n{composite}\n\n{notes}");

    let mut written = page.clone();
    for (shown, printed) in fenced(&page, "text").iter().zip([own, bureau]) {
        if std::env::var_os("LIVING_CIRCLE_WRITE_README").is_some_and(|set| set == "1") {
            written = written.replace(shown, &printed);
        } else {
            assert!(
                *shown == printed,
                "README.md shows\n{shown}\nbut printed is\n{printed}"
            );
        }
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    if written != page {
        fs::write(path, written).unwrap();
    }
}

/// Pictures load fast, and the page says how each is made.
#[test]
fn pictures_are_small_and_their_making_is_told() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/images");
    let told = read("docs/images/README.md");
    let mut pictures = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "png") {
            assert!(
                fs::metadata(&path).unwrap().len() < 300_000,
                "{}",
                path.display()
            );
            assert!(told.contains(path.file_name().unwrap().to_str().unwrap()));
            pictures += 1;
        }
    }
    assert_eq!(pictures, 5);
}

#[test]
fn the_pages_that_are_named_are_there() {
    for page in [
        "README.md",
        "docs/guide.en.md",
        "docs/guide.zh.md",
        "docs/images/README.md",
        "docs/decisions/README.md",
        "docs/method.md",
        "docs/outputs.md",
        "docs/performance.md",
        "docs/standards.md",
    ] {
        let folder = Path::new(page).parent().unwrap();
        let text = read(page);
        for target in text
            .split("](")
            .skip(1)
            .filter_map(|part| part.split(')').next())
        {
            let known = target.starts_with("https://")
                || target.starts_with('#')
                || Path::new(env!("CARGO_MANIFEST_DIR"))
                    .join(folder)
                    .join(target.split('#').next().unwrap_or_default())
                    .exists();
            assert!(known, "{page} names {target}");
        }
    }
}
