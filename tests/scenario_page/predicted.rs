//! A street with one pharmacy, and ten people beside it: figures by arithmetic.

use serde_json::{Value, json};

use super::program::{Village, text};
use super::{Plans, data, selector};

fn village(plan: &str) -> Plans {
    let village = Village::new();
    let blocks = village.blocks();
    let extract = text(&village.extract).to_owned();
    Plans::of(&[&extract, "--blocks", &blocks, "--lang", "en"], &[plan])
}

/// What the page says of one requirement: of the turns the counts, and in words the whole.
fn told(plans: &Plans, key: &str) -> (Value, String) {
    let data = data(&plans.dom());
    let requirements = data["requirements"].as_array().unwrap();
    let number = requirements.iter().position(|it| it["key"] == key).unwrap();
    let told = &data["plans"][0]["requirements"][number];
    let counts = told["counts"].as_array().unwrap();
    let counts = counts
        .iter()
        .map(|count| json!([count[0], count[1][1]]))
        .collect();
    (counts, told["outcome"][1].as_str().unwrap().to_owned())
}

fn words(plans: &Plans, part: &str) -> String {
    let (dom, wanted) = (plans.dom(), selector(part));
    let parts = dom.select(&wanted).flat_map(|it| it.text());
    parts.collect::<Vec<_>>().join(" ")
}

/// One block of ten people in one of the turns, none in the others.
fn only(turn: usize) -> Value {
    let count = |at| {
        if at == turn {
            json!([1, "10 people"])
        } else {
            json!([0, "0 people"])
        }
    };
    (0..6).map(count).collect()
}

/// The only pharmacy closes: ten people drop out of every limit in which they were, and the
/// page hides none of it.
#[test]
fn who_loses_the_last_facility_is_told() {
    let plans = village("name = \"none\"\n[[close_facility]]\nnamed = \"Apotheke\"\n");
    let (found, outcome) = told(&plans, "pharmacy-15min");
    assert_eq!(found, only(4), "worse");
    assert_eq!(
        outcome,
        "No such facility is left: 10 people drop out of the limit."
    );
    let losers = words(&plans, ".losers [lang=en]");
    assert!(losers.contains("pharmacy (15 min) −10 people"), "{losers}");
    let lead = words(&plans, ".plan-card .lead [lang=en]");
    assert_eq!(
        lead,
        "For no requirement more come within the limit than drop out of it."
    );
    let card = words(&plans, ".plan-card [lang=en]");
    assert!(card.contains("1 stands worse for at least one."), "{card}");
}

/// A first clinic where the data had none: who is near it is covered now, yet it is said that
/// nobody knows what was there. It costs 5 for ten people.
#[test]
fn a_hole_in_the_data_is_no_gain_in_silence() {
    let plans = village(
        "name = \"first\"\n[[add_facility]]\nid = \"C\"\ncategories = [\"clinic\"]\n\
         at = [115.981, 36.45]\ncost = 5\n",
    );
    let (found, outcome) = told(&plans, "clinic-5min");
    assert_eq!(found, only(0), "better");
    assert_eq!(
        outcome,
        "No data as it is; with the plan 100.0% are within the limit."
    );
    let card = words(&plans, ".plan-card [lang=en]");
    assert!(
        card.contains("3 requirements have no data as it is"),
        "{card}"
    );
    assert!(
        card.contains("It costs 5 (in the money of its file)"),
        "{card}"
    );
    assert!(card.contains("0.50 for each person gained"), "{card}");
    assert_eq!(told(&plans, "pharmacy-15min").0, only(2), "unchanged");
}
