//! The workbook read back: every cell is that of the tables.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;
use std::sync::LazyLock;

use calamine::{Data, Reader as _, Xlsx};
use living_circle::lang::Lang;
use living_circle::progress::Silent;
use living_circle::report::Outputs;
use living_circle::study::{Files, Settings, Study};

use super::city::{LAKESIDE, Report};

/// The sample city by standards that ask for sizes, composites and provisions.
static BY_SEVERAL: LazyLock<Study> = LazyLock::new(|| {
    let fixture =
        |end: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("fixtures/lakeside.{end}"));
    let files = Files {
        extract: fixture("osm.pbf"),
        blocks: Some(fixture("blocks.geojson").into()),
        facilities: Some(fixture("facilities.csv").into()),
        zones: vec![fixture("zones.geojson").into()],
        ..Files::default()
    };
    let settings = Settings {
        standards: ["park-500m", "tdt1063-2021", "wanzheng-shequ"]
            .map(str::to_owned)
            .into(),
        sensitivity: true,
        ..Settings::default()
    };
    Study::run(&files, &settings, &Silent).unwrap()
});

type Book = Xlsx<Cursor<Vec<u8>>>;

fn book(report: &Report) -> Book {
    Xlsx::new(Cursor::new(report.0["coverage.xlsx"].clone())).unwrap()
}

/// Headings and rows of a sheet.
fn sheet(book: &mut Book, name: &str) -> (Vec<String>, Vec<Vec<Data>>) {
    let range = book.worksheet_range(name).unwrap();
    let mut rows = range.rows().map(<[Data]>::to_vec);
    let headings = rows.next().unwrap();
    (
        headings.iter().map(ToString::to_string).collect(),
        rows.collect(),
    )
}

fn plain(study: &Study, lang: Lang) -> Report {
    Report::of(study, &Outputs::plain(lang))
}

/// Whether a cell is what CSV has, number for number.
fn same(cell: &Data, text: &str) -> bool {
    match cell {
        Data::Empty => text.is_empty(),
        Data::Float(number) => text.parse() == Ok(*number),
        Data::Int(number) => text.parse() == Ok(*number),
        Data::String(cell) => cell == text || text.strip_prefix('\'') == Some(cell),
        _ => false,
    }
}

/// What a key of CSV is called in an English sheet.
fn word(column: &str, key: &str) -> String {
    let word = match (column, key) {
        ("state" | "note", "no_data") => "no data",
        ("reported" | "target_met", "1") => "yes",
        ("reported" | "target_met", "0") => "no",
        ("basis", "network") => "walked",
        _ => key,
    };
    // Metres have a comma before every three digits.
    match column {
        "limit" => word.replace("000 m", ",000 m"),
        _ => word.to_owned(),
    }
}

#[test]
fn zones_are_those_of_coverage_csv() {
    for study in [&*LAKESIDE, &*BY_SEVERAL] {
        let report = plain(study, Lang::En);
        let (columns, rows) = report.sheet("coverage.csv");
        let at = |name: &str| columns.iter().position(|column| column == name).unwrap();
        let keys = [
            "standard",
            "requirement",
            "level",
            "zone",
            "basis",
            "denominator",
        ]
        .map(at);
        let known: BTreeMap<[&str; 6], &Vec<String>> = rows
            .iter()
            .map(|row| (keys.map(|key| &*row[key]), row))
            .collect();
        assert_eq!(known.len(), rows.len());
        let mut book = book(&report);
        let (headings, cells) = sheet(&mut book, "coverage by zone");
        let of = |name: &str| headings.iter().position(|heading| heading == name);
        // A column without any value is left out.
        let cell =
            |row: &[Data], heading: &str| of(heading).map_or(Data::Empty, |at| row[at].clone());
        let denominators = [
            ("land", "residential land", "m²"),
            ("people", "people", "people"),
            ("elderly", "the elderly", "people"),
            ("children", "children", "people"),
        ];
        let mut seen = BTreeSet::new();
        for row in &cells {
            let text = |heading: &str| cell(row, heading).to_string();
            for (key, name, unit) in denominators {
                for (basis, covered, share) in [
                    ("network", "within by walk", "walked"),
                    ("radius", "within by radius", "radius"),
                ] {
                    let [standard, requirement, level, zone] =
                        ["standard", "requirement", "level", "zone"].map(text);
                    let key = [&*standard, &*requirement, &*level, &*zone, basis, key];
                    let found = known[&key];
                    let cells = [
                        ("covered", format!("{name}: {covered} ({unit})")),
                        ("total", format!("{name}: total ({unit})")),
                        ("share", format!("{name}: {share} (%)")),
                        ("name", "name".to_owned()),
                        ("zone_name", "zone's name".to_owned()),
                        ("limit", "limit".to_owned()),
                        ("reported", "reported at this level".to_owned()),
                        ("note", "note".to_owned()),
                    ];
                    for (column, heading) in cells {
                        let csv = word(column, &found[at(column)]);
                        let cell = cell(row, &heading);
                        assert!(same(&cell, &csv), "{key:?} {column}: {csv} and {cell}");
                    }
                    if found[at("prescribed")] == "1" && !found[at("target")].is_empty() {
                        let met = word("target_met", &found[at("target_met")]);
                        assert!(same(&cell(row, "target met"), &met), "{key:?}");
                        assert!(same(&cell(row, "target (%)"), &found[at("target")]));
                        assert_eq!(text("target of"), name);
                    }
                    seen.insert(found.clone());
                }
            }
        }
        // All rows of all zones.
        let zones = rows.iter().filter(|row| row[at("level")] != "whole");
        assert!(seen.len() > 100 && seen.len() == zones.count());
    }
}

#[test]
fn gaps_are_those_of_gaps_csv() {
    for study in [&*LAKESIDE, &*BY_SEVERAL] {
        let report = plain(study, Lang::En);
        let (columns, rows) = report.sheet("gaps.csv");
        let (headings, cells) = sheet(&mut book(&report), "gaps");
        assert_eq!((columns.len(), rows.len()), (headings.len(), cells.len()));
        assert!(rows.len() > 100);
        for (row, cells) in rows.iter().zip(&cells) {
            for (column, (text, cell)) in columns.iter().zip(row.iter().zip(cells)) {
                let text = word(column, text);
                assert!(same(cell, &text), "{column}: {text} and {cell}");
            }
        }
    }
}

/// Every column has a name of its own in both languages: 中文 in the one, no key of a
/// program in the other; and so has every key that a cell may hold.
#[test]
fn headings_are_words_of_the_language() {
    let chinese = |text: &str| text.contains(|sign| ('\u{4e00}'..='\u{9fff}').contains(&sign));
    for study in [&*LAKESIDE, &*BY_SEVERAL] {
        for lang in [Lang::Zh, Lang::En] {
            let report = plain(study, lang);
            let mut book = book(&report);
            let names = book.sheet_names();
            for name in &names {
                let (headings, rows) = sheet(&mut book, name);
                let distinct: BTreeSet<&String> = headings.iter().collect();
                assert_eq!(distinct.len(), headings.len(), "{name}: {headings:?}");
                for (column, heading) in headings.iter().enumerate() {
                    match lang {
                        Lang::Zh => assert!(chinese(heading), "{name}: {heading}"),
                        Lang::En => {
                            assert!(!heading.contains('_') && !chinese(heading), "{heading}");
                        }
                    }
                    let keys = [
                        "状态",
                        "判定",
                        "算法",
                        "核实",
                        "备注",
                        "分母",
                        "分区层级",
                        "规定口径",
                        "口径",
                    ];
                    let cells = rows.iter().filter(|_| keys.contains(&&**heading));
                    let mut cells = cells.map(|row| row[column].to_string());
                    let key = cells.find(|cell| !cell.is_empty() && !chinese(cell));
                    assert_eq!(key, None, "{name}: {heading}");
                }
            }
            let several = names.len() > 4;
            assert_eq!(several, study.standard.packs.len() > 1, "{names:?}");
        }
    }
    let names = book(&plain(&BY_SEVERAL, Lang::Zh)).sheet_names();
    let expected = [
        "覆盖率 park-500m",
        "覆盖率 tdt1063-2021",
        "覆盖率 wanzheng-shequ",
        "分区覆盖率",
        "缺口",
        "规模不足或未知",
        "综合指标",
        "社区配建",
        "千人指标",
        "敏感性",
        "口径",
    ];
    assert_eq!(names, expected);
}

/// Formulas, long names and names that no sheet can have.
#[test]
fn hostile_names_stay_text() {
    const FORMULA: &str = "=HYPERLINK(\"http://x\",\"y\")";
    let mut study = LAKESIDE.clone();
    let worst = study.gaps()[0].block as usize;
    Arc::make_mut(&mut study.blocks)[worst].name = Some(FORMULA.to_owned());
    let long = "街".repeat(65_536 / 3);
    let longer = "-".repeat(65_536);
    let mut others = (0..study.blocks.len()).filter(|&block| block != worst);
    let others = [others.next_back().unwrap(), others.next_back().unwrap()];
    let blocks = Arc::make_mut(&mut study.blocks);
    blocks[others[0]].name = Some(long.clone());
    blocks[others[1]].name = Some(longer);
    let key = "a[b]:*?/\\'''\u{0}\u{ffff}and much longer than any name of a sheet can be";
    for requirement in &mut study.standard.requirements {
        requirement.pack = key.to_owned();
    }
    study.standard.packs[0].key = key.to_owned();
    study.standard.packs[0].zh = FORMULA.to_owned();
    let report = plain(&study, Lang::Zh);
    let mut book = book(&report);
    let names = book.sheet_names();
    let valid = |name: &String| {
        name.encode_utf16().count() <= 31 && !name.contains(['[', ']', ':', '*', '?', '/', '\\'])
    };
    assert!(names.len() == 4 && names.iter().all(valid), "{names:?}");
    for name in &names {
        assert!(book.worksheet_formula(name).unwrap().is_empty(), "{name}");
    }
    let (headings, rows) = sheet(&mut book, "缺口");
    let column = headings
        .iter()
        .position(|heading| heading == "街坊名称")
        .unwrap();
    let found: BTreeSet<String> = rows.iter().map(|row| row[column].to_string()).collect();
    assert!(found.contains(FORMULA) && found.contains(&long));
    // One unit less than the most, and a mark that there was more.
    let cut = format!("{}…", "-".repeat(32_766));
    assert!(found.contains(&cut));
    let times = rows
        .iter()
        .filter(|row| row[column].to_string() == cut)
        .count();
    let (_, rows) = sheet(&mut book, "口径");
    let walker = rows.iter().find(|row| row[1] == "步行者").unwrap();
    assert_eq!(
        walker[2].to_string(),
        "成年人 1.33 m/s；5 min × 1.33 m/s = 399 m（GB 50180 取 300 m）；\
         10 min × 1.33 m/s = 798 m（GB 50180 取 500 m）；\
         15 min × 1.33 m/s = 1,197 m（GB 50180 取 800–1000 m） · \
         4.8 km/h，介于各路径引擎的 4.5–5.1 km/h 之间，低于实测均值"
    );
    let told = rows.last().unwrap();
    assert_eq!(told[1].to_string(), "缺口");
    assert_eq!(
        told[2].to_string(),
        format!("{times} 处文字过长，已截断；全文见 CSV")
    );
}

/// The second that passes between the two is in neither.
#[test]
fn the_workbook_has_no_clock() {
    let first = plain(&LAKESIDE, Lang::Zh);
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    let second = plain(&LAKESIDE, Lang::Zh);
    assert!(first.0["coverage.xlsx"] == second.0["coverage.xlsx"]);
}
