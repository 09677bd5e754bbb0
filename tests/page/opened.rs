//! What open gates would gain, on the page and in the terminal: the figures of
//! `gates_open.csv`, and nothing where they were not asked for.

use std::collections::BTreeMap;

use unicode_width::UnicodeWidthStr as _;

use super::program::{fixture, run};
use super::{Report, Row, selector};

fn lakeside(more: &[&str]) -> Vec<String> {
    let file = |name: &str| fixture(&format!("lakeside.{name}"));
    let mut arguments = vec![
        file("osm.pbf"),
        "--blocks".to_owned(),
        file("blocks.geojson"),
    ];
    arguments.extend(["--facilities".to_owned(), file("facilities.csv")]);
    arguments.extend(more.iter().map(|&word| word.to_owned()));
    arguments
}

fn report(more: &[&str]) -> Report {
    let arguments = lakeside(more);
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    Report::of(&arguments)
}

#[test]
fn the_page_says_what_open_gates_gain() {
    let report = report(&["--gates-open"]);
    let table = report.table("gates_open.csv");
    let whole = table.iter().filter(|row| row["level"] == "whole");
    let whole = whole.filter(|row| ["land", "people"].contains(&&*row["denominator"]));
    let mut of_requirement: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in whole {
        of_requirement
            .entry(&row["requirement"])
            .or_default()
            .push(row);
    }
    let dom = report.dom();
    let (mut shown, mut told) = (0, 0);
    for line in dom.select(&selector("#coverage tr[data-opened]")) {
        let key = line.value().attr("data-opened").unwrap();
        let rows = of_requirement.remove(key).unwrap();
        for row in rows {
            let query = format!("td[data-of={}] data", row["denominator"]);
            let cells = selector(&query);
            let cells = line
                .select(&cells)
                .map(|cell| cell.value().attr("value").unwrap());
            let cells: Vec<&str> = cells.collect();
            assert_eq!(
                cells,
                [&row["base_share"], &row["open_share"], &row["gain"]],
                "{key}"
            );
            told += 1;
        }
        shown += 1;
    }
    assert!(shown > 10 && told == 2 * shown, "{shown} {told}");
    // What is not shown does not change.
    for rows in of_requirement.values().flatten() {
        assert_eq!(rows["gain"], "0.000", "{rows:?}");
    }
}

#[test]
fn nothing_is_said_of_gates_that_was_not_asked() {
    let report = report(&[]);
    let dom = report.dom();
    assert_eq!(
        dom.select(&selector("[data-opened], #opened-title"))
            .count(),
        0
    );
}

#[test]
fn the_terminal_says_the_largest_gains() {
    let home = tempfile::tempdir().unwrap();
    let out = home.path().join("out");
    let out = out.to_str().unwrap();
    for (lang, title) in [("en", "If all gates were open"), ("zh", "大门全部开放时")] {
        let arguments = lakeside(&["--gates-open", "--lang", lang, "--out", out]);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let ended = run(&[&["report"], &arguments[..]].concat());
        let from = ended
            .stdout
            .lines()
            .skip_while(|line| !line.starts_with(title));
        let table: Vec<&str> = from.take(8).collect();
        assert_eq!(table.len(), 8, "{}", ended.stdout);
        assert!(
            ended.stdout.lines().all(|line| line.width() <= 80),
            "{}",
            ended.stdout
        );
        let mut reader = csv::Reader::from_path(format!("{out}/gates_open.csv")).unwrap();
        let rows = reader.deserialize::<Row>().map(Result::unwrap);
        let people = rows.filter(|row| row["level"] == "whole" && row["denominator"] == "land");
        let mut gains: Vec<f64> = people.map(|row| row["gain"].parse().unwrap()).collect();
        gains.sort_by(|one, other| other.total_cmp(one));
        // A title, a header, a line, and the five largest, hectares last.
        for (line, gain) in table[3..].iter().zip(gains) {
            let hectares = format!("{:+.2}", gain / 10_000.0);
            assert!(line.trim_end().ends_with(&hectares), "{line}: {hectares}");
        }
    }
}
