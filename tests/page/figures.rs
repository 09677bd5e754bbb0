//! Every figure of the page is the one of the tables, cell by cell.

use std::collections::{BTreeMap, BTreeSet};

use scraper::{ElementRef, Html};
use serde_json::Value;

use super::{Report, Row, data, extracts, program::text, selector};

fn value(cell: ElementRef) -> Option<String> {
    let found = cell.select(&selector("data")).next()?;
    Some(found.value().attr("value").unwrap().to_owned())
}

/// Coverage of the whole, and by zone, in the order of `coverage.csv`.
fn coverage_agrees(report: &Report, dom: &Html) -> usize {
    let rows = report.table("coverage.csv");
    let share = |wanted: &dyn Fn(&Row) -> bool| -> Vec<String> {
        let found = rows.iter().filter(|row| wanted(row));
        found.map(|row| row["share"].clone()).collect()
    };
    let mut cells = 0;
    for line in dom.select(&selector("#coverage tr[data-requirement]")) {
        let requirement = line.value().attr("data-requirement").unwrap();
        for cell in line.select(&selector("td[data-of]")) {
            let attribute = |name| cell.value().attr(name).unwrap();
            let (of, basis) = (attribute("data-of"), attribute("data-basis"));
            let expected = share(&|row| {
                row["requirement"] == requirement
                    && row["level"] == "whole"
                    && row["denominator"] == of
                    && row["basis"] == basis
            });
            assert_eq!(
                expected,
                [value(cell).unwrap()],
                "{requirement} {of} {basis}"
            );
            cells += 1;
        }
    }
    let people = rows.iter().any(|row| row["denominator"] == "people");
    let main = if people { "people" } else { "land" };
    let mut zones: BTreeMap<String, Vec<Option<String>>> = BTreeMap::new();
    for cell in dom.select(&selector("#zones-table td[data-requirement]")) {
        let requirement = cell.value().attr("data-requirement").unwrap();
        let known = zones.entry(requirement.to_owned()).or_default();
        known.push(value(cell));
    }
    for (requirement, shown) in zones {
        let expected: Vec<Option<String>> = share(&|row| {
            row["requirement"] == requirement
                && row["denominator"] == main
                && row["prescribed"] == "1"
        })
        .into_iter()
        .map(|share| (!share.is_empty()).then_some(share))
        .collect();
        assert_eq!(expected, shown, "{requirement}");
        cells += shown.len();
    }
    cells
}

fn number(value: &Value) -> Option<f64> {
    value.as_f64()
}

/// What the map says of every block, against the rows and the features of the blocks.
fn map_agrees(report: &Report, dom: &Html) -> usize {
    let data = data(dom);
    let (rows, features) = (report.table("blocks.csv"), report.json("blocks.geojson"));
    let patches = &data["patches"];
    let facility_ids = data["facilities"]["id"].as_array().unwrap();
    let mut cells = 0;
    for (at, row) in rows.iter().enumerate() {
        let mut same = |shown: Option<f64>, column: &str| {
            let cell = (!row[column].is_empty()).then(|| row[column].parse::<f64>().unwrap());
            assert_eq!(shown, cell, "{} {column}", row["block"]);
            let property = &features["features"][at]["properties"][column];
            assert_eq!(shown, number(property), "{} {column}", row["block"]);
            cells += 1;
        };
        assert_eq!(patches["id"][at], row["block"]);
        same(number(&patches["land_m2"][at]), "land_m2");
        same(number(&patches["people"][at]), "people");
        for search in data["searches"].as_array().unwrap() {
            let key: String = search["categories"].as_str().unwrap().replace('+', "_");
            same(number(&search["m"][at]), &format!("{key}_walk_m"));
            same(number(&search["min"][at]), &format!("{key}_walk_min"));
            let nearest = search["facility"][at].as_u64();
            let id = nearest.map_or("", |at| facility_ids[at as usize].as_str().unwrap());
            assert_eq!(id, row[&format!("{key}_facility")]);
        }
        for requirement in data["requirements"].as_array().unwrap() {
            let key = requirement["key"].as_str().unwrap();
            let column: String = key
                .chars()
                .map(|c| if c.is_alphanumeric() { c } else { '_' })
                .collect();
            let basis = requirement["basis"].as_str().unwrap();
            let letter = requirement[basis].as_str().unwrap().as_bytes()[at];
            let state = &data["states"][usize::from(letter - b'0')]["key"];
            assert_eq!(*state, row[&format!("{column}_state")], "{key}");
            cells += 1;
        }
    }
    assert_eq!(patches["id"].as_array().unwrap().len(), rows.len());
    cells
}

/// The states by the basis that is not prescribed too, and what is near the edge.
fn reach_agrees(report: &Report, dom: &Html) {
    let data = data(dom);
    let at: BTreeMap<&str, usize> = data["patches"]["id"]
        .as_array()
        .unwrap()
        .iter()
        .enumerate()
        .map(|(at, id)| (id.as_str().unwrap(), at))
        .collect();
    let requirements: BTreeMap<&str, &Value> = data["requirements"]
        .as_array()
        .unwrap()
        .iter()
        .map(|requirement| (requirement["key"].as_str().unwrap(), requirement))
        .collect();
    for row in report.table("reach.csv") {
        let requirement = requirements[&*row["requirement"]];
        for basis in ["network", "radius"] {
            let letter = requirement[basis].as_str().unwrap().as_bytes()[at[&*row["block"]]];
            let state = &data["states"][usize::from(letter - b'0')]["key"];
            assert_eq!(*state, row[&format!("{basis}_state")]);
        }
        let edges = &data["edges"][requirement["edge"].as_u64().unwrap() as usize];
        let letter = &edges.as_str().unwrap()[at[&*row["block"]]..][..1];
        assert_eq!(
            letter, row["edge"],
            "{} {}",
            row["block"], row["requirement"]
        );
    }
}

/// The rows of the gaps stand in `gaps.csv`, in its order.
fn gaps_agree(report: &Report, dom: &Html) -> usize {
    let data = data(dom);
    let rows = report.table("gaps.csv");
    let mut after = rows.iter();
    let mut shown = 0;
    for line in dom.select(&selector("#gaps tbody tr")) {
        let requirement: usize = line
            .value()
            .attr("data-requirement")
            .unwrap()
            .parse()
            .unwrap();
        let key = data["requirements"][requirement]["key"].as_str().unwrap();
        let name: String = line
            .select(&selector("th"))
            .next()
            .unwrap()
            .text()
            .collect();
        let values: BTreeSet<String> = line
            .select(&selector("data"))
            .map(|cell| cell.value().attr("value").unwrap().to_owned())
            .collect();
        let row = after
            .find(|row| {
                let block = if row["block_name"].is_empty() {
                    &row["block"]
                } else {
                    &row["block_name"]
                };
                row["requirement"] == key
                    && *block == name
                    && (row["nearest_m"].is_empty() || values.contains(&row["nearest_m"]))
            })
            .unwrap_or_else(|| panic!("{key} {name} is no gap, or out of order"));
        let land: f64 = row["land_lacking_m2"].parse().unwrap();
        assert!(
            values.iter().any(|value| value.parse::<f64>() == Ok(land)),
            "{name}"
        );
        shown += 1;
    }
    shown
}

#[test]
fn the_page_of_the_sample_city_shows_the_figures_of_the_tables() {
    let report = Report::lakeside("en");
    let dom = report.dom();
    let coverage = coverage_agrees(&report, &dom);
    // 35 requirements with data, land and people, two bases; 16 scopes.
    assert!(coverage > 500, "{coverage}");
    assert!(map_agrees(&report, &dom) > 15_000);
    reach_agrees(&report, &dom);
    assert!(gaps_agree(&report, &dom) > 100);
}

#[test]
fn the_pages_of_real_cities_show_the_figures_of_the_tables() {
    for name in ["laspalmas.osm.pbf", "beijing_haidian.osm.pbf"] {
        let Some(extract) = extracts::file(name) else {
            continue;
        };
        let report = Report::of(&[text(&extract)]);
        let dom = report.dom();
        assert!(coverage_agrees(&report, &dom) > 50, "{name}");
        assert!(map_agrees(&report, &dom) > 1_500, "{name}");
        reach_agrees(&report, &dom);
        assert!(gaps_agree(&report, &dom) > 50, "{name}");
    }
}

/// The switch changes which language is shown, and no figure.
#[test]
fn both_languages_hold_the_same_figures() {
    let [zh, en] = ["zh", "en"].map(|lang| Report::lakeside(lang).page());
    let figures = |page: &str| -> Vec<String> {
        let dom = Html::parse_document(page);
        let figures = selector("data");
        let cells = dom.select(&figures);
        cells
            .map(|cell| cell.value().attr("value").unwrap().to_owned())
            .collect()
    };
    assert_eq!(figures(&zh), figures(&en));
    assert_eq!(
        data(&Html::parse_document(&zh)),
        data(&Html::parse_document(&en))
    );
    // Every text that stands in one language stands in the other.
    let dom = Html::parse_document(&zh);
    let count = |of| dom.select(&selector(of)).count();
    assert_eq!(count("span[lang=zh-CN]"), count("span[lang=en]"));
}

/// A sheet says of a hospital, which the standard asks for by radius, that it is within the
/// radius of most, and never that most walk there; and of a service that is walked to the
/// contrary. Each where coverage.csv has at least half of the people.
#[test]
fn sheets_tell_walked_from_straight() {
    let report = Report::lakeside_by("zh", &["tdt1063-2021"]);
    let rows = report.table("coverage.csv");
    let page = std::fs::read_to_string(report.home.path().join("out/report.html")).unwrap();
    let dom = Html::parse_document(&page);
    for (requirement, name, signs) in [
        (
            "hospital",
            "市区级医院",
            ["直线半径之内有", "直线半径之内没有"],
        ),
        (
            "culture-15min",
            "社区文化活动设施",
            ["步行可到", "步行到不了"],
        ),
    ] {
        let shares: Vec<f64> = rows
            .iter()
            .filter(|row| row["requirement"] == requirement && row["level"] != "whole")
            .filter(|row| row["denominator"] == "people" && row["prescribed"] == "1")
            .filter_map(|row| row["share"].parse().ok())
            .collect();
        let sheets: Vec<ElementRef> = dom.select(&selector("article.sheet")).collect();
        assert_eq!(sheets.len(), shares.len());
        assert!(shares.iter().any(|&share| share < 0.5));
        for (sheet, share) in sheets.iter().zip(shares) {
            let told = sheet
                .select(&selector("p"))
                .map(|line| line.text().collect::<String>())
                .filter(|line| line.contains(name))
                .collect::<Vec<String>>();
            let sign = format!("多数人{}：", signs[usize::from(share < 0.5)]);
            assert_eq!(told.len(), 1, "{told:?}");
            assert!(told[0].starts_with(&sign), "{sign} {told:?}");
        }
    }
}
