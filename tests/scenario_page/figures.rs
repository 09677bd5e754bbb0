//! Every figure of the page is the one of the tables.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use scraper::ElementRef;
use serde_json::Value;

use super::{LAKESIDE, Plans, Row, data, documented, selector};

fn values(cell: ElementRef) -> Vec<String> {
    cell.select(&selector("data"))
        .map(|it| it.value().attr("value").unwrap().to_owned())
        .collect()
}

fn attribute<'a>(element: &'a ElementRef, name: &str) -> &'a str {
    element.value().attr(name).unwrap()
}

/// Numbers as they are written, but for the sign of nothing.
fn unsigned(text: &str) -> &str {
    if text
        .strip_prefix('-')
        .is_some_and(|rest| rest.parse() == Ok(0.0))
    {
        &text[1..]
    } else {
        text
    }
}

/// The row of a table that has these cells.
fn row<'a>(rows: &'a [Row], wanted: &[(&str, &str)]) -> &'a Row {
    let mut found = rows
        .iter()
        .filter(|row| wanted.iter().all(|(column, value)| row[*column] == *value));
    let one = found.next().unwrap_or_else(|| panic!("no {wanted:?}"));
    assert!(found.next().is_none(), "several {wanted:?}");
    one
}

#[test]
fn coverage_is_that_of_scenarios_csv() {
    let (dom, rows) = (LAKESIDE.dom(), LAKESIDE.table("scenarios.csv"));
    let mut cells = 0;
    for line in dom.select(&selector("#coverage tr[data-requirement]")) {
        for cell in line.select(&selector("td[data-scenario]")) {
            let wanted = [
                ("requirement", attribute(&line, "data-requirement")),
                ("denominator", attribute(&line, "data-of")),
                ("scenario", attribute(&cell, "data-scenario")),
                ("level", "whole"),
                ("prescribed", "1"),
            ];
            let row = row(&rows, &wanted);
            let known = ["share", "change_points"].map(|column| unsigned(&row[column]));
            let known: Vec<&str> = known.into_iter().filter(|cell| !cell.is_empty()).collect();
            let shown = values(cell);
            assert_eq!(
                shown.iter().map(|it| unsigned(it)).collect::<Vec<_>>(),
                known,
                "{wanted:?}"
            );
            cells += shown.len();
        }
    }
    assert!(cells > 300, "{cells}");
}

#[test]
fn ways_and_equity_are_those_of_access_csv() {
    let (dom, rows) = (LAKESIDE.dom(), LAKESIDE.table("access.csv"));
    let names: Vec<String> = data(&dom)["plans"]
        .as_array()
        .unwrap()
        .iter()
        .map(|plan| plan["name"].as_str().unwrap().to_owned())
        .collect();
    let column = |key: &str| match key {
        "won" | "lost" | "nearer" | "farther" => format!("people_{key}"),
        key => key.to_owned(),
    };
    let (mut cells, mut lost) = (0, 0);
    let mut check = |line: ElementRef, scenario: &str| {
        let wanted = [
            ("requirement", attribute(&line, "data-requirement")),
            ("scenario", scenario),
        ];
        let row = row(&rows, &wanted);
        for cell in line.select(&selector("td[data-column]")) {
            let key = attribute(&cell, "data-column");
            let shown = values(cell).pop().unwrap_or_default();
            assert_eq!(shown, row[&column(key)], "{wanted:?} {key}");
            cells += 1;
            lost += usize::from(key == "lost" && shown != "0.000");
        }
    };
    for table in dom.select(&selector("#access table[data-plan]")) {
        let name = &names[attribute(&table, "data-plan").parse::<usize>().unwrap()];
        for line in table.select(&selector("tr[data-requirement]")) {
            check(line, name);
        }
    }
    for line in dom.select(&selector("#access tr[data-scenario]")) {
        check(line, attribute(&line, "data-scenario"));
    }
    assert!(cells > 150 && lost > 0, "{cells} {lost}");
}

/// Every requirement that anybody gains or loses is told, and no other.
#[test]
fn nobody_who_loses_is_hidden() {
    let (dom, rows) = (LAKESIDE.dom(), LAKESIDE.table("access.csv"));
    let data = data(&dom);
    for (plan, told) in data["plans"].as_array().unwrap().iter().enumerate() {
        let name = told["name"].as_str().unwrap();
        let shown = selector(&format!(
            "#access .within[data-plan=\"{plan}\"] tr[data-requirement]"
        ));
        let shown: BTreeSet<String> = dom
            .select(&shown)
            .map(|line| attribute(&line, "data-requirement").to_owned())
            .collect();
        let zero = |row: &Row, column: &str| row[column].parse::<f64>().unwrap() == 0.0;
        let some = |row: &&Row| {
            let columns = [
                "land_won_m2",
                "land_lost_m2",
                "blocks_better",
                "blocks_worse",
            ];
            row["scenario"] == name && !columns.iter().all(|column| zero(row, column))
        };
        let known: BTreeSet<String> = rows
            .iter()
            .filter(some)
            .map(|row| row["requirement"].clone())
            .collect();
        assert_eq!(shown, known, "{name}");
    }
    let told = dom.select(&selector(".plan-card .losers")).count();
    assert_eq!(told, 1, "the one plan by which some lose says so");
    let text: String = dom
        .select(&selector(".losers"))
        .flat_map(|it| it.text())
        .collect();
    assert!(
        text.contains("净受损") && text.contains("Net loss"),
        "{text}"
    );
}

/// The painted blocks are those of `moved_blocks.csv`, and the counts of the legend theirs.
#[test]
fn painted_counts_are_those_of_the_effects() {
    let dom = LAKESIDE.dom();
    let data = data(&dom);
    let (moved, access) = (
        LAKESIDE.table("moved_blocks.csv"),
        LAKESIDE.table("access.csv"),
    );
    let ids: Vec<&str> = data["patches"]["id"]
        .as_array()
        .unwrap()
        .iter()
        .map(|id| id.as_str().unwrap())
        .collect();
    let turn = |key: &str| {
        let turns = data["turns"].as_array().unwrap();
        turns.iter().position(|turn| turn["key"] == key).unwrap()
    };
    let (better, worse) = (turn("better"), turn("worse"));
    let mut painted = 0;
    for plan in data["plans"].as_array().unwrap() {
        let name = plan["name"].as_str().unwrap();
        for (number, told) in plan["requirements"].as_array().unwrap().iter().enumerate() {
            let key = data["requirements"][number]["key"].as_str().unwrap();
            let turns: Vec<usize> = told["turn"]
                .as_str()
                .unwrap()
                .bytes()
                .map(|it| usize::from(it - b'0'))
                .collect();
            let at = told["at"].as_array().unwrap();
            assert_eq!(at.len(), turns.len());
            let own: BTreeSet<&str> = at
                .iter()
                .zip(&turns)
                .filter(|(_, turn)| **turn == better || **turn == worse)
                .map(|(at, _)| ids[at.as_u64().unwrap() as usize])
                .collect();
            let known: BTreeSet<&str> = moved
                .iter()
                .filter(|row| row["scenario"] == name && row["requirement"] == key)
                .map(|row| &*row["block"])
                .collect();
            assert_eq!(own, known, "{name} {key}");
            let row = row(&access, &[("scenario", name), ("requirement", key)]);
            for (turn, column) in [(better, "blocks_better"), (worse, "blocks_worse")] {
                assert_eq!(
                    told["counts"][turn][0].to_string(),
                    row[column],
                    "{name} {key}"
                );
            }
            let all = told["counts"].as_array().unwrap();
            let all: u64 = all.iter().map(|count| count[0].as_u64().unwrap()).sum();
            assert_eq!(all, 251, "{name} {key}");
            painted += own.len();
        }
    }
    assert!(painted > 60, "{painted}");
}

/// States and ways before and after, block by block.
#[test]
fn what_is_told_of_a_block_is_that_of_moved_blocks_csv() {
    let dom = LAKESIDE.dom();
    let data = data(&dom);
    let ids = data["patches"]["id"].as_array().unwrap();
    let place = |list: &Value, patch: usize| {
        let list = list.as_array().unwrap();
        list.iter().position(|at| at.as_u64() == Some(patch as u64))
    };
    let states = ["全部覆盖", "部分覆盖", "未覆盖", "未连接", "无数据"];
    let words = ["covered", "partly", "uncovered", "unlinked", "no_data"];
    let rows = LAKESIDE.table("moved_blocks.csv");
    for row in &rows {
        let patch = ids
            .iter()
            .position(|id| *id == row["block"].as_str())
            .unwrap();
        let plans = data["plans"].as_array().unwrap();
        let plan = plans
            .iter()
            .find(|plan| plan["name"] == row["scenario"].as_str())
            .unwrap();
        let requirements = data["requirements"].as_array().unwrap();
        let number = requirements
            .iter()
            .position(|it| it["key"] == row["requirement"].as_str())
            .unwrap();
        let told = &plan["requirements"][number];
        let at = place(&told["at"], patch).unwrap();
        let letter =
            |text: &Value, at: usize| usize::from(text.as_str().unwrap().as_bytes()[at] - b'0');
        let (was, is) = (
            letter(&requirements[number]["was"], patch),
            letter(&told["is"], at),
        );
        assert_eq!(
            [words[was], words[is]],
            [&*row["state_before"], &*row["state"]]
        );
        assert_eq!(data["states"][was][0], states[was]);
        let search = requirements[number]["search"].as_u64().unwrap() as usize;
        let number = |value: &Value| value.as_f64();
        let cell =
            |column: &str| (!row[column].is_empty()).then(|| row[column].parse::<f64>().unwrap());
        let own = &data["searches"][search];
        assert_eq!(number(&own["m"][patch]), cell("nearest_before_m"));
        assert_eq!(number(&own["min"][patch]), cell("nearest_before_min"));
        let theirs = &plan["searches"][search];
        let (m, min) = match place(&theirs["at"], patch) {
            Some(at) => (number(&theirs["m"][at]), number(&theirs["min"][at])),
            None => (number(&own["m"][patch]), number(&own["min"][patch])),
        };
        assert_eq!((m, min), (cell("nearest_m"), cell("nearest_min")));
    }
    assert!(rows.len() > 60, "{}", rows.len());
}

#[test]
fn zones_are_those_of_scenarios_csv() {
    let dom = LAKESIDE.dom();
    let data = data(&dom);
    let mut known: BTreeMap<(String, String, String), Vec<(String, String)>> = BTreeMap::new();
    for row in LAKESIDE.table("scenarios.csv") {
        if row["level"] != "whole" && row["prescribed"] == "1" && row["denominator"] == "people" {
            let key = (
                row["requirement"].clone(),
                row["scenario"].clone(),
                String::new(),
            );
            known
                .entry(key)
                .or_default()
                .push((row["share"].clone(), row["change_points"].clone()));
        }
    }
    let share = |value: &Value| {
        value
            .as_f64()
            .map_or(String::new(), |it| format!("{it:.6}"))
    };
    let (mut zones, mut changed) = (0, 0);
    for (number, requirement) in data["requirements"].as_array().unwrap().iter().enumerate() {
        let key = requirement["key"].as_str().unwrap().to_owned();
        let was: Vec<String> = data["zones"]["was"][number]
            .as_array()
            .unwrap()
            .iter()
            .map(share)
            .collect();
        let rows = &known[&(key.clone(), "base".to_owned(), String::new())];
        assert_eq!(
            was,
            rows.iter().map(|row| row.0.clone()).collect::<Vec<_>>(),
            "{key}"
        );
        for (plan, told) in data["plans"].as_array().unwrap().iter().enumerate() {
            let name = told["name"].as_str().unwrap().to_owned();
            let mut is: Vec<(String, String)> = was
                .iter()
                .map(|share| {
                    (
                        share.clone(),
                        if share.is_empty() {
                            String::new()
                        } else {
                            "0.0000".to_owned()
                        },
                    )
                })
                .collect();
            for change in data["zones"]["plans"][plan][number].as_array().unwrap() {
                let at = change[0].as_u64().unwrap() as usize;
                let points = change[2]
                    .as_f64()
                    .map_or(String::new(), |it| format!("{it:.4}"));
                is[at] = (share(&change[1]), points);
                changed += 1;
            }
            assert_eq!(is, known[&(key.clone(), name, String::new())], "{key}");
            zones += is.len();
        }
    }
    assert!(zones > 1_000 && changed > 20, "{zones} {changed}");
}

/// The same bytes on two runs, and in the card their SHA-256, this page among them.
#[test]
fn the_same_input_gives_the_same_bytes() {
    let again = Plans::lakeside("zh", &[super::CUTS]);
    for name in ["report.html", "comparison.xlsx", "run.json"] {
        assert!(again.bytes(name) == LAKESIDE.bytes(name), "{name}");
    }
    let card: Value = serde_json::from_slice(&LAKESIDE.bytes("run.json")).unwrap();
    let outputs = card["outputs"].as_array().unwrap();
    let names: Vec<&str> = outputs
        .iter()
        .map(|it| it["name"].as_str().unwrap())
        .collect();
    assert!(
        names.ends_with(&["report.html", "comparison.xlsx"]),
        "{names:?}"
    );
    assert!(LAKESIDE.page().len() < 10_000_000);
}

#[test]
fn every_column_is_documented() {
    let page =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/outputs.md")).unwrap();
    for name in [
        "scenarios.csv",
        "access.csv",
        "moved_blocks.csv",
        "changes.csv",
    ] {
        let mut reader = csv::Reader::from_path(LAKESIDE.path(name)).unwrap();
        let columns: Vec<String> = reader
            .headers()
            .unwrap()
            .iter()
            .map(|column| column.trim_start_matches('\u{feff}').to_owned())
            .collect();
        documented::agree(
            &page,
            &format!("`{name}` of `living-circle scenario"),
            &columns,
        );
    }
}
