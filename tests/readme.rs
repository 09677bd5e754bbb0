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

/// Both languages show the same two commands, and `.ci/run` runs them first, the
/// test before the report.
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
    assert_eq!(steps[..2], [test.as_str(), report.as_str()]);
    assert!(steps.iter().all(|step| !step.contains(" -q")));
}

/// The terminal's text in the README is what the sample city prints, without the
/// table of people. `LIVING_CIRCLE_WRITE_README=1 cargo test --test readme` puts
/// it there.
#[test]
fn the_readme_shows_real_output() {
    let page = read("README.md");
    let command = &commands(&page)[0];
    let home = tempfile::tempdir().unwrap();
    let out = home.path().to_str().unwrap();
    let arguments: Vec<String> = command
        .split(" -- ")
        .nth(1)
        .unwrap()
        .split(' ')
        .map(|word| match word {
            "out/lakeside" => out.to_owned(),
            _ if word.starts_with("fixtures/") => {
                program::fixture(word.trim_start_matches("fixtures/"))
            }
            _ => word.to_owned(),
        })
        .collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let ended = run(&arguments);
    assert_eq!(ended.code, Some(0));
    let parts: Vec<&str> = ended.stdout.trim_end().split("\n\n").collect();
    let [headline, land, _people, notes, gaps] = &*parts else {
        panic!("{} parts", parts.len());
    };
    let printed = format!("{headline}\n\n{land}\n…\n{notes}\n\n{gaps}");
    let shown = fenced(&page, "text").remove(0);
    if std::env::var_os("LIVING_CIRCLE_WRITE_README").is_some_and(|set| set == "1") {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
        fs::write(path, page.replace(&shown, &printed)).unwrap();
    } else {
        assert!(
            shown == printed,
            "README.md shows\n{shown}\nbut printed is\n{printed}"
        );
    }
    let files: Vec<String> = fs::read_dir(home.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(files.len() == 10 && files.iter().all(|name| page.contains(&format!("`{name}`"))));
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
    assert_eq!(pictures, 3);
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
