//! `parcels.html`: its figures are those of the tables, it lets nothing in, and every
//! parcel is one page of paper.

use std::collections::BTreeMap;
use std::fs;

use scraper::{ElementRef, Html};
use serde_json::{Value, json};

use super::hostile::{HOSTILE, anatomy};
use super::program::{Village, fixture, names, text};
use super::{Report, Row, browser, selector};
use tempfile::TempDir;

/// The sample city.
fn lakeside(more: &[&str]) -> Report {
    let file = |name: &str| fixture(&format!("lakeside.{name}"));
    let (extract, blocks) = (file("osm.pbf"), file("blocks.geojson"));
    let (facilities, zones) = (file("facilities.csv"), file("zones.geojson"));
    let mut arguments = vec![&*extract, "--blocks", &*blocks];
    arguments.extend(["--facilities", &*facilities, "--zones", &*zones]);
    arguments.extend(more);
    Report::of(&arguments)
}

/// The polygons among its blocks, as a file of parcels.
fn polygons(home: &TempDir, step: usize) -> String {
    let blocks = fs::read_to_string(fixture("lakeside.blocks.geojson")).unwrap();
    let mut collection: Value = serde_json::from_str(&blocks).unwrap();
    let features = collection["features"].as_array_mut().unwrap();
    features.retain(|feature| feature["geometry"]["type"] == "Polygon");
    let mut number = 0;
    features.retain(|_| {
        number += 1;
        number % step == 0
    });
    let path = home.path().join("parcels.geojson");
    fs::write(&path, collection.to_string()).unwrap();
    text(&path).to_owned()
}

/// The sample city, with every so many of its own blocks as parcels too.
fn with_parcels(step: usize, more: &[&str]) -> Report {
    let home = tempfile::tempdir().unwrap();
    let parcels = polygons(&home, step);
    lakeside(&[&["--parcel", &*parcels], more].concat())
}

fn page(report: &Report) -> String {
    fs::read_to_string(report.path("parcels.html")).unwrap()
}

fn words(element: ElementRef) -> String {
    element.text().collect()
}

/// The text of one language.
fn said(element: ElementRef, lang: &str) -> String {
    let spans = selector(&format!("span[lang={lang}]"));
    element.select(&spans).map(words).collect::<String>()
}

#[test]
fn a_block_that_is_given_as_a_parcel_has_the_same_figures() {
    for standard in ["general", "gb50180-2018"] {
        let report = with_parcels(1, &["--standard", standard]);
        let key = |row: &Row, id: &str| (row[id].clone(), row["requirement"].clone());
        let parcels = report.table("parcels.csv");
        let of_parcels: BTreeMap<_, &Row> = parcels
            .iter()
            .map(|row| (key(row, "parcel"), row))
            .collect();
        let reach = report.table("reach.csv");
        assert!(of_parcels.len() > 200);
        let mut compared = 0;
        for row in &reach {
            let Some(own) = of_parcels.get(&key(row, "block")) else {
                continue;
            };
            compared += 1;
            for column in [
                "categories",
                "limit",
                "straight_limit_m",
                "network_share",
                "radius_share",
                "network_state",
                "radius_state",
                "count",
                "edge",
            ] {
                assert_eq!(own[column], row[column], "{column}");
            }
        }
        assert_eq!(compared, of_parcels.len());
        // The costs of the study's own walker.
        for row in report.table("blocks.csv") {
            let own = parcels.iter().filter(|own| own["parcel"] == row["block"]);
            let own = own.filter(|own| own["walker"] == parcels[0]["walker"]);
            for own in own.filter(|own| !own["categories"].contains(['+', '<', '≥', ' '])) {
                let Some(metres) = row.get(&format!("{}_walk_m", own["categories"])) else {
                    continue;
                };
                let minutes = &row[&format!("{}_walk_min", own["categories"])];
                assert_eq!((&own["walk_m"], &own["walk_min"]), (metres, minutes));
            }
        }
    }
}

#[test]
fn no_other_file_knows_of_parcels() {
    let (without, with) = (
        lakeside(&["--gpkg", "--svg"]),
        with_parcels(40, &["--gpkg", "--svg"]),
    );
    let home = with.home.path().join("out");
    let own = ["parcels.csv", "parcels.html"].map(str::to_owned);
    let others: Vec<String> = names(&home)
        .into_iter()
        .filter(|name| !own.contains(name))
        .collect();
    assert_eq!(others, names(&without.home.path().join("out")));
    for name in others.iter().filter(|name| *name != "run.json") {
        let [one, other] = [&without, &with].map(|report| fs::read(report.path(name)).unwrap());
        assert!(one == other, "{name} is another");
    }
    // The card names the file and the pages, and says nothing else.
    let [mut one, mut other] = [&without, &with].map(|report| report.json("run.json"));
    let added = |key: &str, field: &str, value: &Value| -> Vec<String> {
        let all = value[key].as_array().unwrap().iter();
        all.map(|entry| entry[field].as_str().unwrap().to_owned())
            .collect()
    };
    let roles = added("inputs", "role", &other);
    assert!(
        roles.contains(&"parcels".to_owned())
            && !added("inputs", "role", &one).contains(&"parcels".to_owned())
    );
    let outputs = added("outputs", "name", &other);
    assert!(own.iter().all(|name| outputs.contains(name)));
    for card in [&mut one, &mut other] {
        let list = |card: &mut Value, key: &str, field: &str, names: &[String]| {
            let list = card[key].as_array_mut().unwrap();
            list.retain(|entry| !names.contains(&entry[field].as_str().unwrap().to_owned()));
        };
        list(card, "inputs", "role", &["parcels".to_owned()]);
        list(card, "outputs", "name", &own);
        card["asked"]["files"]
            .as_object_mut()
            .unwrap()
            .remove("parcels");
    }
    assert_eq!(one, other);
}

#[test]
fn the_pages_say_what_the_table_says() {
    let report = with_parcels(9, &["--standard", "gb50180-2018"]);
    let dom = Html::parse_document(&page(&report));
    let mut rows = report.table("parcels.csv");
    let sheets: Vec<_> = dom.select(&selector("article.parcel")).collect();
    let mut seen = 0;
    for sheet in sheets {
        let heading = sheet.select(&selector("h2 small")).next().unwrap();
        let id = words(heading);
        let mut lacking = Vec::new();
        for line in sheet.select(&selector("tr[data-requirement]")) {
            let key = line.value().attr("data-requirement").unwrap();
            let at = rows
                .iter()
                .position(|row| row["parcel"] == id && row["requirement"] == key);
            let row = rows.swap_remove(at.unwrap());
            if row["state"] != "covered" {
                lacking.push(row["requirement_name"].clone());
            }
            let cells: Vec<_> = line.select(&selector("td")).collect();
            let word = said(cells[0], "en");
            let starts = match &*row["state"] {
                "covered" => "✓ has",
                "partly" => "◐ partly",
                "uncovered" => "✗ lacks",
                "unlinked" => "unlinked",
                _ => "no data",
            };
            assert!(word.starts_with(starts), "{word} {row:?}");
            let metres = match row["walk_m"].parse::<f64>() {
                // A comma before three digits.
                Ok(metres) if metres >= 999.5 => {
                    let metres = metres.round() as u64;
                    format!("{},{:03} m", metres / 1_000, metres % 1_000)
                }
                Ok(metres) => format!("{} m", metres.round()),
                Err(_) => "–".to_owned(),
            };
            assert_eq!(words(cells[2]), metres, "{row:?}");
            assert!(words(cells[1]).contains(&row["facility_name"]), "{row:?}");
            seen += 1;
        }
        let missing = said(sheet.select(&selector(".missing")).next().unwrap(), "en");
        for name in lacking {
            assert!(missing.contains(&name), "{name}: {missing}");
        }
    }
    assert!(rows.is_empty() && seen > 100, "{} {seen}", rows.len());
}

/// A village with parcels of these names, one of them without a street.
fn village(names: &[&str]) -> Report {
    let village = Village::new();
    let feature = |(number, name): (usize, &&str)| {
        let west = 115.98 + 0.001 * number as f64;
        let [east, south, north] = [west + 0.0008, 36.4498, 36.4504];
        let ring = [
            [west, south],
            [east, south],
            [east, north],
            [west, north],
            [west, south],
        ];
        json!({
            "type": "Feature",
            "properties": { "id": format!("{name}{number}"), "name": name },
            "geometry": { "type": "Polygon", "coordinates": [ring] },
        })
    };
    let features: Vec<Value> = names.iter().enumerate().map(feature).collect();
    let collection = json!({ "type": "FeatureCollection", "features": features }).to_string();
    let parcels = village.file("<b onclick=x>.geojson", &collection);
    let facilities = {
        let mut table = csv::Writer::from_writer(Vec::new());
        table
            .write_record(["id", "name", "category", "lon", "lat"])
            .unwrap();
        let categories = [
            "clinic",
            "school",
            "kindergarten",
            "library",
            "bank",
            "park",
        ];
        for (name, category) in names.iter().zip(categories) {
            table
                .write_record([name, name, category, "115.9805", "36.45"])
                .unwrap();
        }
        village.file(
            "f.csv",
            str::from_utf8(&table.into_inner().unwrap()).unwrap(),
        )
    };
    let blocks = village.blocks();
    let extract = text(&village.extract);
    let files = ["--blocks", &blocks, "--facilities", &facilities];
    Report::of(&[&[extract], &files[..], &["--parcel", &parcels]].concat())
}

#[test]
fn hostile_names_of_parcels_stay_text() {
    let (hostile, harmless) = (village(&HOSTILE), village(&["a", "b", "c", "d", "e", "f"]));
    let doms = [&hostile, &harmless].map(|report| Html::parse_document(&page(report)));
    let [dom, twin] = &doms;
    assert_eq!(anatomy(dom), anatomy(twin));
    let shown: String = dom.root_element().text().collect();
    for name in HOSTILE.iter().filter(|name| !name.starts_with('\u{202e}')) {
        assert!(shown.contains(name), "{name} is not shown");
    }
    assert!(!shown.contains('\u{202e}'), "writing is turned");
    let Some(opened) = browser::opened(&hostile.path("parcels.html")) else {
        return;
    };
    assert!(opened.console.is_empty(), "{:?}", opened.console);
    let pressed = selector("button[aria-pressed=true]");
    assert_eq!(
        opened.dom.select(&pressed).count(),
        1,
        "the script did not run"
    );
}

#[test]
fn every_parcel_is_one_page_of_paper_by_any_standard() {
    for standard in [
        "general",
        "gb50180-2018",
        "tdt1063-2021",
        "tdt1063-2025",
        "wanzheng-shequ",
    ] {
        for lang in ["zh", "en"] {
            let report = with_parcels(90, &["--standard", standard, "--lang", lang]);
            let path = report.path("parcels.html");
            let dom = Html::parse_document(&page(&report));
            let sheets = dom.select(&selector("article.parcel")).count();
            let Some(pages) = browser::pages(&path) else {
                return;
            };
            assert_eq!(pages, sheets, "{standard} {lang}");
        }
    }
}
