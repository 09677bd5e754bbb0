//! What the page says before any script: of what there is no data, how it was measured,
//! where the data ends.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use living_circle::lang::Lang;
use living_circle::progress::Silent;
use living_circle::report::{Outputs, render_all};
use living_circle::standard::Basis;
use living_circle::study::{Files, Settings, Study};
use scraper::{ElementRef, Html};

use super::program::fixture;
use super::{data, selector};

/// The sample city with the facilities of its extract alone.
static LAKESIDE: LazyLock<Study> = LazyLock::new(|| {
    let file = |name: &str| fixture(&format!("lakeside.{name}"));
    let files = Files {
        extract: file("osm.pbf").into(),
        blocks: Some(std::path::PathBuf::from(file("blocks.geojson")).into()),
        zones: vec![std::path::PathBuf::from(file("zones.geojson")).into()],
        ..Files::default()
    };
    Study::run(&files, &Settings::default(), &Silent).unwrap()
});

/// A file of the report.
fn rendered(study: &Study, name: &str) -> String {
    let files = render_all(study, &Outputs::plain(Lang::Zh)).unwrap();
    let file = files.into_iter().find(|file| file.name == name).unwrap();
    String::from_utf8(file.content).unwrap()
}

fn page(study: &Study) -> Html {
    Html::parse_document(&rendered(study, "report.html"))
}

fn all<'a>(dom: &'a Html, query: &str) -> Vec<ElementRef<'a>> {
    dom.select(&selector(query)).collect()
}

/// The text of an element in one language.
fn said(element: ElementRef, lang: &str) -> String {
    let other = if lang == "en" { "zh-CN" } else { "en" };
    let shown = element.descendants().filter(|node| {
        node.ancestors().all(|above| {
            let element = above.value().as_element();
            element.is_none_or(|element| {
                element.name() == "html" || element.attr("lang") != Some(other)
            })
        })
    });
    let texts = shown.filter_map(|node| node.value().as_text().map(|text| text.to_string()));
    texts.collect::<String>().trim().to_owned()
}

/// Names of services in both languages, by whether the study has data on them: each by the
/// first requirement that asks for it.
fn names(dom: &Html, has_data: bool) -> [BTreeSet<String>; 2] {
    let data = data(dom);
    let mut services: BTreeMap<u64, [String; 2]> = BTreeMap::new();
    for requirement in data["requirements"].as_array().unwrap() {
        let search = requirement["search"].as_u64().unwrap();
        let facilities = &data["searches"][search as usize]["facilities"];
        if facilities.as_array().unwrap().is_empty() != has_data {
            let names = ["zh", "en"].map(|lang| requirement[lang].as_str().unwrap().to_owned());
            services.entry(search).or_insert(names);
        }
    }
    [0, 1].map(|lang| services.values().map(|names| names[lang].clone()).collect())
}

/// A public sheet names what nobody knows apart from what is near and what is far.
#[test]
fn sheets_say_where_there_is_no_data() {
    let dom = page(&LAKESIDE);
    let (known, unknown) = (names(&dom, true), names(&dom, false));
    assert!(!unknown[0].is_empty() && !known[0].is_empty());
    let sheets = all(&dom, ".sheet");
    assert_eq!(sheets.len(), 15);
    for sheet in sheets {
        let parts = |query: &str| sheet.select(&selector(query)).collect::<Vec<_>>();
        for (lang, comma, known, unknown, words) in [
            ("zh", "、", &known[0], &unknown[0], "无数据，不知道有没有："),
            (
                "en",
                ", ",
                &known[1],
                &unknown[1],
                "No data, nobody knows whether there is one: ",
            ),
        ] {
            let [told] = parts("p.unknown")[..] else {
                panic!("one line of what is not known");
            };
            let told = said(told, lang);
            let listed = told.strip_prefix(words).unwrap();
            let listed: BTreeSet<String> = listed.split(comma).map(str::to_owned).collect();
            assert_eq!(listed, *unknown);
            let rows = parts(".plain th").into_iter().map(|head| said(head, lang));
            assert_eq!(rows.collect::<BTreeSet<String>>(), *known);
            // Near and far are only such of which there is data.
            let near_and_far = parts("p:not(.unknown) strong").into_iter();
            for listed in near_and_far.filter_map(|head| head.parent().and_then(ElementRef::wrap)) {
                let listed = said(listed, lang);
                let (_, listed) = listed.split_once(['：', ':']).unwrap();
                assert!(
                    listed.split(comma).all(|name| known.contains(name.trim())),
                    "{listed}"
                );
            }
        }
    }
    // Where everything is known, nothing is said of it.
    let mut full = LAKESIDE.clone();
    let lacking: Vec<usize> = (0..full.sets.len())
        .filter(|&set| full.sets[set].facilities.0.is_empty())
        .collect();
    let keep: Vec<bool> = full
        .answers
        .iter()
        .map(|answer| !lacking.contains(&answer.set))
        .collect();
    let mut kept = keep.iter();
    full.standard.requirements.retain(|_| *kept.next().unwrap());
    let mut kept = keep.iter();
    full.answers.retain(|_| *kept.next().unwrap());
    assert!(all(&page(&full), ".unknown").is_empty());
}

/// How it was measured is said as the requirements ask it, not as a phrase.
#[test]
fn what_is_said_of_distances_follows_the_basis() {
    let measured = |radius: &dyn Fn(usize) -> bool| {
        let mut study = LAKESIDE.clone();
        for (number, asked) in study.standard.requirements.iter_mut().enumerate() {
            if radius(number) {
                asked.basis = Basis::Radius;
            }
        }
        let dom = page(&study);
        let foot = all(&dom, ".sheet .small")[0];
        let rows = all(&dom, ".sheet .plain td:nth-child(2)").into_iter();
        let straight = rows
            .filter(|cell| said(*cell, "en").contains("straight"))
            .count();
        let lead = said(all(&dom, "#findings .lead")[0], "en");
        (
            said(foot, "zh"),
            said(foot, "en"),
            straight,
            lead.contains("straight"),
        )
    };
    let (zh, en, straight, lead) = measured(&|_| false);
    assert!(zh.starts_with("沿实际道路步行计算，不是直线。"), "{zh}");
    assert!(
        en.starts_with("Walked along real streets, not straight lines."),
        "{en}"
    );
    assert_eq!((straight, lead), (0, false));

    let (zh, en, straight, lead) = measured(&|_| true);
    assert!(zh.starts_with("按标准规定以直线半径计算。"), "{zh}");
    assert!(
        en.starts_with("Measured in straight lines, as the standard asks."),
        "{en}"
    );
    assert!(straight > 0 && lead);
    let every = straight;

    // Some of both: then every line of a sheet says which it is.
    let sets: Vec<usize> = LAKESIDE.answers.iter().map(|answer| answer.set).collect();
    let first = (0..sets.len()).find(|&number| LAKESIDE.has_data(&LAKESIDE.answers[number]));
    let first = sets[first.unwrap()];
    let (zh, en, straight, _) = measured(&|number| sets[number] == first);
    assert!(zh.contains("标有“直线”的"), "{zh}");
    assert!(en.contains("where it says straight"), "{en}");
    assert!(
        0 < straight && straight <= 15 && straight < every,
        "{straight}"
    );
}

/// Zones to choose from stand under their level, and a sheet names its own.
#[test]
fn zones_are_chosen_by_level() {
    let dom = page(&LAKESIDE);
    let mut listed: BTreeMap<[String; 3], Vec<String>> = BTreeMap::new();
    let mut numbers = Vec::new();
    for group in all(&dom, "#sheet-choice optgroup") {
        let labels = ["label", "data-zh", "data-en"];
        let labels = labels.map(|name| group.value().attr(name).unwrap().to_owned());
        for option in group.select(&selector("option")) {
            numbers.push(option.value().attr("value").unwrap().to_owned());
            let names = listed.entry(labels.clone()).or_default();
            names.push(option.text().collect());
        }
    }
    let mut expected: BTreeMap<[String; 3], Vec<String>> = BTreeMap::new();
    for zone in LAKESIDE.zones.iter() {
        let labels = match zone.level.as_deref().unwrap() {
            "subdistrict" => ["街道", "街道", "subdistricts"],
            "community" => ["社区", "社区", "communities"],
            other => panic!("{other}"),
        };
        let names = expected.entry(labels.map(str::to_owned)).or_default();
        names.push(zone.name.clone().unwrap());
    }
    assert_eq!(listed, expected);
    assert_eq!(expected.values().map(Vec::len).collect::<Vec<_>>(), [12, 3]);
    // The number of an option is that of its sheet.
    for (number, name) in numbers.iter().zip(listed.values().rev().flatten()) {
        let head = all(&dom, &format!(".sheet[data-sheet=\"{number}\"] h3"))[0];
        assert!(said(head, "zh").contains(name), "{number} {name}");
    }
    for (sheet, level) in [("0", "subdistrict"), ("14", "community")] {
        let head = all(&dom, &format!(".sheet[data-sheet=\"{sheet}\"] h3 small"))[0];
        assert!(said(head, "en").starts_with(level), "{level}");
    }
}

/// A gap near the edge of the data has its sign, any other has none.
#[test]
fn gaps_near_the_edge_have_a_sign() {
    let dom = page(&LAKESIDE);
    let data = data(&dom);
    let table = rendered(&LAKESIDE, "reach.csv");
    let mut reader = csv::Reader::from_reader(table.trim_start_matches('\u{feff}').as_bytes());
    let rows: Vec<super::Row> = reader.deserialize().map(Result::unwrap).collect();
    let edges: BTreeMap<(&str, &str), bool> = rows
        .iter()
        .map(|row| ((&*row["block"], &*row["requirement"]), row["edge"] == "1"))
        .collect();
    let mut counts = [0, 0];
    for row in all(&dom, "#gaps tbody tr") {
        let number = |name: &str, element: ElementRef| -> usize {
            element.value().attr(name).unwrap().parse().unwrap()
        };
        let requirement = number("data-requirement", row);
        let go = row.select(&selector("button.go")).next().unwrap();
        let block = data["patches"]["id"][number("data-patch", go)]
            .as_str()
            .unwrap();
        let key = data["requirements"][requirement]["key"].as_str().unwrap();
        let sign = row.select(&selector(".edge")).next();
        assert_eq!(sign.is_some(), edges[&(block, key)], "{block} {key}");
        if let Some(sign) = sign {
            assert_eq!(said(sign, "zh"), "△ 靠近数据边缘");
            assert_eq!(said(sign, "en"), "△ near the edge of the data");
        }
        counts[usize::from(sign.is_some())] += 1;
    }
    assert!(counts.into_iter().all(|count| count > 0), "{counts:?}");
}

/// Without a script the map shows the requirement that is covered least.
#[test]
fn the_map_is_painted_before_any_script() {
    let dom = page(&LAKESIDE);
    let data = data(&dom);
    let first = &data["requirements"][data["first"].as_u64().unwrap() as usize];
    let letters = first[first["basis"].as_str().unwrap()].as_str().unwrap();
    let states: Vec<&str> = letters
        .bytes()
        .map(|letter| {
            data["states"][usize::from(letter - b'0')]["key"]
                .as_str()
                .unwrap()
        })
        .collect();
    let painted: Vec<&str> = all(&dom, "#patches path")
        .into_iter()
        .map(|patch| patch.value().attr("class").unwrap())
        .collect();
    assert_eq!(painted, states);
    assert!(states.iter().collect::<BTreeSet<_>>().len() > 1);
    let now = all(&dom, "#map-now")[0];
    for (at, lang) in ["zh", "en"].into_iter().enumerate() {
        let name = format!(
            "{} · {}",
            first[lang].as_str().unwrap(),
            first["limit"][at].as_str().unwrap()
        );
        assert_eq!(said(now, lang), name);
        let legend = all(&dom, "#legend li")
            .into_iter()
            .map(|entry| said(entry, lang));
        let words = data["states"]
            .as_array()
            .unwrap()
            .iter()
            .map(|state| state[lang].as_str().unwrap());
        assert!(legend.eq(words));
    }
}
