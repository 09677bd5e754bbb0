//! The workbook read back: its figures are those of the tables.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};

use super::{LAKESIDE, Plans, Row};

type Book = Xlsx<Cursor<Vec<u8>>>;

fn book(plans: &Plans) -> Book {
    Xlsx::new(Cursor::new(plans.bytes("comparison.xlsx"))).unwrap()
}

/// Headings and rows of a sheet.
fn sheet(book: &mut Book, name: &str) -> Vec<BTreeMap<String, Data>> {
    let range = book.worksheet_range(name).unwrap();
    let mut rows = range.rows();
    let headings: Vec<String> = rows
        .next()
        .unwrap()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        headings.iter().collect::<BTreeSet<_>>().len(),
        headings.len(),
        "{headings:?}"
    );
    rows.map(|row| headings.iter().cloned().zip(row.iter().cloned()).collect())
        .collect()
}

/// Whether a cell is what CSV has, number for number.
fn same(cell: &Data, text: &str) -> bool {
    match cell {
        Data::Empty => text.is_empty(),
        Data::Float(number) => text.parse() == Ok(*number),
        Data::Int(number) => text.parse() == Ok(*number),
        other => *other == *text,
    }
}

#[test]
fn coverage_is_that_of_scenarios_csv() {
    let plans = Plans::lakeside("en", &[super::CUTS]);
    let mut book = book(&plans);
    let mut known: BTreeMap<[String; 6], Row> = BTreeMap::new();
    for row in plans.table("scenarios.csv") {
        if row["prescribed"] == "1" {
            let key = [
                "requirement",
                "denominator",
                "level",
                "zone",
                "zone_name",
                "scenario",
            ];
            known.insert(key.map(|column| row[column].clone()), row);
        }
    }
    let words = BTreeMap::from([
        ("residential land", "land"),
        ("people", "people"),
        ("the elderly", "elderly"),
        ("children", "children"),
    ]);
    let names = ["base", "运河步行桥", "新建卫生站", "收缩方案"];
    let mut cells = 0;
    for (name, whole) in [("coverage", true), ("coverage by zone", false)] {
        for row in sheet(&mut book, name) {
            let text = |heading: &str| row[heading].to_string();
            let of = words[&*text("denominator")].to_owned();
            let (level, zone, zone_name) = if whole {
                ("whole".to_owned(), String::new(), "study area".to_owned())
            } else {
                (text("level"), text("zone"), text("zone's name"))
            };
            for scenario in names {
                let key = [
                    text("requirement"),
                    of.clone(),
                    level.clone(),
                    zone.clone(),
                    zone_name.clone(),
                    scenario.to_owned(),
                ];
                let found = &known[&key];
                let columns = if scenario == "base" {
                    vec![
                        ("total", "now in all (m² or people)".to_owned()),
                        ("covered", "now within (m² or people)".to_owned()),
                        ("share", "share before (%)".to_owned()),
                    ]
                } else {
                    vec![
                        ("share", format!("{scenario}: share (%)")),
                        ("change_points", format!("{scenario}: change (points)")),
                        ("covered", format!("{scenario}: within (m² or people)")),
                        ("gained", format!("{scenario}: gained (m² or people)")),
                    ]
                };
                for (column, heading) in columns {
                    // What is not known is empty: CSV has a total where there are no data.
                    assert!(
                        same(&row[&heading], &found[column]),
                        "{key:?} {column}: {} and {}",
                        row[&heading],
                        found[column]
                    );
                    cells += 1;
                }
            }
        }
    }
    assert!(cells > 10_000, "{cells}");
}

#[test]
fn blocks_and_ways_are_those_of_the_tables() {
    let plans = Plans::lakeside("en", &[super::CUTS]);
    let mut book = book(&plans);
    let access = plans.table("access.csv");
    let rows = sheet(&mut book, "access and equity");
    assert_eq!(rows.len(), access.len());
    for (row, known) in rows.iter().zip(&access) {
        for (heading, column) in [
            ("people who come within", "people_won"),
            ("people who drop out", "people_lost"),
            ("nearer by, mean (min or m)", "mean_nearer"),
            ("Gini", "gini"),
            ("Palma", "palma"),
            ("cost for each person gained", "cost_per_person"),
        ] {
            assert!(same(&row[heading], &known[column]), "{column}");
        }
    }
    let moved = plans.table("moved_blocks.csv");
    let rows = sheet(&mut book, "blocks won and lost");
    assert_eq!(rows.len(), moved.len());
    for (row, known) in rows.iter().zip(&moved) {
        assert!(same(&row["block"], &known["block"]));
        assert!(same(
            &row["walk to the nearest before (m)"],
            &known["nearest_before_m"]
        ));
    }
    let changes = sheet(&mut book, "changes");
    let told: Vec<String> = changes
        .iter()
        .map(|row| row["change"].to_string())
        .collect();
    assert!(told.contains(&"facility moved".to_owned()), "{told:?}");
    assert_eq!(changes.len(), 3 + 1 + 8);
    let calibre = sheet(&mut book, "calibre");
    assert!(calibre.iter().any(|row| row["part"] == *"plan"));
}

/// Every column has a name of its own in both languages, and every key its word.
#[test]
fn headings_are_words_of_the_language() {
    let chinese = |text: &str| text.contains(|sign| ('\u{4e00}'..='\u{9fff}').contains(&sign));
    let plan = "name = \"plain\"\n[[change_people]]\nblock = \"B001\"\npeople = 10\n";
    for lang in ["zh", "en"] {
        let plans = Plans::lakeside(lang, &[plan]);
        let mut book = book(&plans);
        for name in book.sheet_names() {
            let range = book.worksheet_range(&name).unwrap();
            for heading in range.rows().next().unwrap() {
                let heading = heading.to_string();
                if lang == "zh" {
                    assert!(chinese(&heading), "{name}: {heading}");
                } else {
                    let own = heading.replace("运河步行桥", "").replace("新建卫生站", "");
                    assert!(
                        !heading.contains('_') && !chinese(&own),
                        "{name}: {heading}"
                    );
                }
            }
        }
    }
    let mut book = book(&LAKESIDE);
    let rows = sheet(&mut book, "路程与公平性");
    assert!(rows.iter().any(|row| row["方案"] == *"现状"));
}
