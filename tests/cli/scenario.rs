//! `living-circle scenario` and `living-circle links`.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::program::{fixture, names, run, text};

const REPORTS: [&str; 3] = ["base", "新建卫生站", "运河步行桥"];

fn city() -> Vec<String> {
    let mut typed = vec![fixture("lakeside.osm.pbf")];
    for (option, file) in [
        ("--blocks", "lakeside.blocks.geojson"),
        ("--facilities", "lakeside.facilities.csv"),
        ("--zones", "lakeside.zones.geojson"),
    ] {
        typed.extend([option.to_owned(), fixture(file)]);
    }
    typed
}

fn typed(command: &str, more: &[&str]) -> super::program::Ended {
    let city = city();
    let mut words = vec![command];
    words.extend(city.iter().map(String::as_str));
    words.extend(more);
    run(&words)
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// The base is the report of the city; a plan's card has its changes and its file, and
/// nobody repeats it by `report`.
#[test]
fn plans_stand_beside_the_city_as_it_is() {
    let home = tempfile::tempdir().unwrap();
    let [out, alone] = ["plans", "alone"].map(|name| home.path().join(name));
    let plans = ["lakeside.canal.toml", "lakeside.clinic.toml"].map(fixture);
    let changes = ["--changes", &plans[0], "--changes", &plans[1]];
    let ended = typed("scenario", &[&changes[..], &["--out", text(&out)]].concat());
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert!(ended.stdout.contains("clinic 15 min"), "{}", ended.stdout);
    assert!(ended.stdout.lines().all(|line| line.chars().count() <= 100));
    let folders: Vec<String> = names(&out)
        .into_iter()
        .filter(|name| out.join(name).is_dir())
        .collect();
    assert_eq!(folders, REPORTS);
    assert_eq!(typed("report", &["--out", text(&alone)]).code, Some(0));
    for name in names(&alone) {
        let [one, other] = [&alone, &out.join("base")].map(|at| fs::read(at.join(&name)).unwrap());
        assert!(one == other, "{name}");
    }
    let card = json(&out.join(REPORTS[2]).join("run.json"));
    assert_eq!(card["scenario"]["name"], "运河步行桥");
    assert_eq!(card["scenario"]["changes"][2]["change"], "add_gate");
    let inputs = card["inputs"].as_array().unwrap();
    assert!(inputs.iter().any(|input| input["role"] == "changes"));
    let card = out.join(REPORTS[2]).join("run.json");
    let again = run(&["report", "--from", text(&card), "--lang", "zh"]);
    assert_eq!(again.code, Some(2));
    assert!(again.stderr.contains("方案的记录"), "{}", again.stderr);
    let compared = run(&[
        "compare",
        text(&out.join("base")),
        text(&out.join(REPORTS[1])),
    ]);
    assert_eq!(compared.code, Some(0), "{}", compared.stderr);
    // By arithmetic on nothing but the tables: what is gained is the difference of the two.
    let mut rows = csv::Reader::from_path(out.join("scenarios.csv")).unwrap();
    let head = rows.headers().unwrap().clone();
    let at = |name: &str| head.iter().position(|column| column == name).unwrap();
    let (scenario, covered, gained) = (at("scenario"), at("covered"), at("gained"));
    let mut base = 0.0;
    let mut moved = 0;
    for row in rows.records() {
        let row = row.unwrap();
        let Ok(is) = row[covered].parse::<f64>() else {
            continue;
        };
        if &row[scenario] == "base" {
            base = is;
            continue;
        }
        let gained: f64 = row[gained].parse().unwrap();
        assert!((is - base - gained).abs() < 0.002, "{row:?}");
        moved += usize::from(gained > 0.0);
    }
    assert!(moved > 50, "{moved}");
}

#[test]
fn mistakes_leave_nothing_behind_and_are_told_together() {
    let home = tempfile::tempdir().unwrap();
    let out = home.path().join("plans");
    let write = |name: &str, content: &str| {
        let path = home.path().join(name);
        fs::write(&path, content).unwrap();
        text(&path).to_owned()
    };
    let one = write(
        "one.toml",
        "name = \"one\"\n[[close_facility]]\nid = \"nobody\"\n",
    );
    let other = write(
        "two.toml",
        "name = \"two\"\n[[close_walk]]\nway = 1\nlline = 2\n",
    );
    let third = write(
        "three.toml",
        "name = \"ONE\"\n[[close_facility]]\nid = \"F001x\"\n",
    );
    let asked = |files: &[&String]| {
        let mut words = vec!["--out", text(&out)];
        for file in files {
            words.extend(["--changes", file.as_str()]);
        }
        let ended = typed("scenario", &words);
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""));
        assert!(!out.exists());
        ended.stderr
    };
    let told = asked(&[&other, &one]);
    assert!(told.contains("two.toml:4: close_walk:"), "{told}");
    let told = asked(&[&one]);
    assert!(
        told.contains("one.toml:2: close_facility: nothing has the id 'nobody'"),
        "{told}"
    );
    let told = asked(&[&one, &third]);
    assert!(told.contains("both call their scenario"), "{told}");
    let nine: Vec<&String> = std::iter::repeat_n(&one, 9).collect();
    assert!(asked(&nine).contains("at most 8"));
    let schema = run(&["scenario", "--schema"]);
    let schema: Value = serde_json::from_str(&schema.stdout).unwrap();
    let kinds = schema["properties"].as_object().unwrap();
    assert!(
        living_circle::scenario::KINDS
            .iter()
            .all(|kind| kinds.contains_key(*kind))
    );
}

/// What is written as the best plan is one: it gains what the links told, and the same for
/// any number of threads.
#[test]
fn missing_links_are_told_and_written_as_a_plan() {
    let home = tempfile::tempdir().unwrap();
    let [out, again] = ["links", "again"].map(|name| home.path().join(name));
    let asked = ["--gap", "60", "--best", "2", "--out"];
    let ended = typed("links", &[&asked[..], &[text(&out)]].concat());
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert_eq!(names(&out), ["best.toml", "links.csv", "links.geojson"]);
    let one = [&asked[..], &[text(&again), "--threads", "1"]].concat();
    assert_eq!(typed("links", &one).code, Some(0));
    for name in names(&out) {
        let [one, other] = [&out, &again].map(|at| fs::read(at.join(&name)).unwrap());
        assert!(one == other, "{name}");
    }
    let best = out.join("best.toml");
    let plan = typed("scenario", &["--changes", text(&best)]);
    assert_eq!(plan.code, Some(0), "{}", plan.stderr);
    let proposed = home.path().join("proposed.geojson");
    fs::write(&proposed, "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Point\",\"coordinates\":[115.98,36.45]}}").unwrap();
    let refused = typed(
        "links",
        &["--propose", text(&proposed), "--only", "proposed"],
    );
    assert_eq!(refused.code, Some(2));
    assert!(refused.stderr.contains("LineString"), "{}", refused.stderr);
}
