//! The catalog itself: complete, sound, documented.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::osm::Tags;
use crate::places::{Origin, Shape, Size};
use crate::plane::LonLat;

fn catalog() -> Catalog {
    Catalog::builtin().unwrap()
}

#[test]
fn the_builtin_catalog_has_every_key_once() {
    let catalog = catalog();
    let words = "kindergarten nursery primary_school middle_school school health_centre \
        health_station outpatient hospital pharmacy elderly_day_care nursing_home \
        elderly_nursing market supermarket convenience mall community_shop \
        community_canteen library cultural_centre cultural_station service_centre \
        community_service_station sports_large sports_medium sports_small sport \
        football_pitch fitness_site park square forest bus_stop rail_station clinic shop elderly";
    let expected: BTreeSet<&str> = words.split_whitespace().collect();
    let keys: BTreeSet<&str> = catalog.iter().map(|(_, category)| &*category.key).collect();
    assert_eq!(keys, expected);
    let names: Vec<&str> = catalog
        .iter()
        .flat_map(|(_, category)| [&*category.key, &*category.zh, &*category.en])
        .collect();
    for (id, category) in catalog.iter() {
        for word in [&category.key, &category.zh, &category.en] {
            assert_eq!(catalog.named(word), Some(id), "{word}");
            let others = names.iter().filter(|name| **name == word).count();
            let own = [&category.key, &category.zh, &category.en];
            assert_eq!(
                others,
                own.iter().filter(|name| **name == word).count(),
                "{word}"
            );
        }
    }
}

#[test]
fn a_catalog_that_contradicts_itself_is_refused() {
    let category = |key: &str, includes: &str| {
        format!(
            "[[category]]\nkey='{key}'\nzh='{key}'\nen='{key}'\nincludes={includes}\n\
             source='s'\nconfidence='confirmed'\n"
        )
    };
    let refused = |text: String| {
        let head = "service_keys=[]\nlifecycle=[]\n\
                    [left_out]\nkeys=[]\nclosing_keys=[]\nno_site=[]\n";
        Catalog::from_toml(&format!("{head}{text}"))
            .unwrap_err()
            .to_string()
    };
    assert!(
        refused([category("a", "['b']"), category("b", "['a']")].concat())
            .contains("includes itself")
    );
    assert!(refused(category("a", "['a']")).contains("includes itself"));
    assert!(refused(category("a", "['c']")).contains("'c' is included"));
    assert!(refused(category("a", "[]").repeat(2)).contains("twice"));
    assert!(refused(category("a", "[]") + "colour='red'\n").contains("colour"));
    let rule = |rule: &str| refused(category("a", "[]") + "[[category.rule]]\n" + rule);
    assert!(rule("where=[]\n").contains("'a'"));
    for unsound in [
        "name=['I.E.S.']",
        "name=[' ']",
        "level=[1]\nlevel_unstated=true",
    ] {
        let refusal = rule(&format!("where=[{{amenity=['school']}}]\n{unsound}\n"));
        assert!(refusal.contains("'a'"), "{unsound}");
    }
}

fn facility(catalog: &Catalog, keys: &[&str]) -> Facility {
    Facility {
        id: keys.join("+"),
        name: None,
        categories: keys.iter().map(|key| catalog.id(key).unwrap()).collect(),
        shape: Shape::Point(LonLat::default()),
        size: Size::default(),
        origin: Origin::Table(1),
        entrances: vec![LonLat::default()],
        entrances_assumed: false,
    }
}

#[test]
fn a_whole_is_met_by_its_parts_and_never_a_part_by_its_whole() {
    let catalog = catalog();
    let facilities = [
        facility(&catalog, &["clinic"]),
        facility(&catalog, &["health_station"]),
        facility(&catalog, &["supermarket", "pharmacy"]),
        facility(&catalog, &["park"]),
    ];
    let set = |key: &str| {
        let wanted = [catalog.id(key).unwrap()];
        catalog.facility_set(&wanted, &facilities).0
    };
    assert_eq!(set("clinic"), [0, 1]);
    assert_eq!(set("health_station"), [1]);
    assert_eq!(set("shop"), [2]);
    assert_eq!(set("community_shop"), [2]);
    assert_eq!(set("school"), [] as [u32; 0]);
    let two = [
        catalog.id("park").unwrap(),
        catalog.id("health_station").unwrap(),
    ];
    assert_eq!(catalog.facility_set(&two, &facilities).0, [1, 3]);
}

#[test]
fn a_slip_finds_the_key_that_was_meant() {
    let catalog = catalog();
    assert_eq!(catalog.nearest_key("kindergarden"), Some("kindergarten"));
    assert_eq!(catalog.nearest_key("Libary"), Some("library"));
    assert_eq!(catalog.nearest_key("health_center"), Some("health_centre"));
    assert_eq!(catalog.nearest_key("prak"), Some("park"));
    assert_eq!(catalog.nearest_key("crematorium"), None);
    assert_eq!(catalog.nearest_key(""), None);
    assert_eq!(catalog.nearest_key(&"x".repeat(1_000_000)), None);
}

#[test]
fn the_documentation_lists_the_catalog() {
    let docs = include_str!("../../docs/inputs.md");
    let listed: Vec<&str> = docs
        .lines()
        .skip_while(|line| !line.starts_with("| key |"))
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .collect();
    let expected: Vec<String> = catalog()
        .iter()
        .map(|(_, category)| {
            let parts: Vec<String> = category
                .includes
                .iter()
                .map(|part| format!("`{part}`"))
                .collect();
            format!(
                "| `{}` | {} | {} | {} |",
                category.key,
                category.zh,
                category.en,
                parts.join(", ")
            )
        })
        .collect();
    assert_eq!(listed, expected, "docs/inputs.md");
}

/// Tags at random, of the words of the rules, some behind prefixes, some of a list.
fn random_tags(words: &[(&String, &String)], next: &mut impl FnMut(usize) -> usize) -> Tags {
    let count = 1 + next(5);
    let pairs = (0..count).map(|_| {
        let (key, value) = words[next(words.len())];
        let other = words[next(words.len())].1;
        let key = match next(8) {
            0 => format!("disused:{key}"),
            1 => format!("{key}:zh"),
            2 => "name".to_owned(),
            _ => key.clone(),
        };
        let value = match next(6) {
            0 => format!("{other}; {value} "),
            1 => format!("{value};{other}"),
            2 => other.clone(),
            _ => value.clone(),
        };
        (key, value)
    });
    Tags::new(pairs.collect::<Vec<_>>())
}

#[test]
fn tags_lead_to_every_rule_that_holds_and_tell_every_site() {
    let catalog = catalog();
    let rules = || catalog.categories.iter().flat_map(|one| &one.rule);
    let leads = rules().flat_map(Rule::leads);
    let leads = leads.flat_map(|(key, values)| values.iter().map(move |value| (key, value)));
    let words: Vec<(&String, &String)> = leads.chain(rules().flat_map(Rule::tags)).collect();
    let mut random = 11_u64;
    let mut next = |below: usize| {
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (random >> 33) as usize % below
    };
    let (mut taken, mut sites) = (0, 0);
    for _ in 0..20_000 {
        let tags = random_tags(&words, &mut next);
        let off = catalog.is_marked_off(&tags)
            || is_only_prefixed(&tags, &catalog.lifecycle, &catalog.service_keys);
        let names = names(&tags);
        let holds = |category: &Category| {
            let mut rules = category.rule.iter();
            !off && rules.any(|rule| rule.holds(&tags, &names))
        };
        let all = catalog.iter().filter(|(_, category)| holds(category));
        let all: Vec<CategoryId> = all.map(|(id, _)| id).collect();
        assert_eq!(
            catalog.classify(&tags),
            catalog.most_particular(&all),
            "{tags:?}"
        );
        let tells = catalog.may_be_site(&tags);
        assert_eq!(tells, catalog.site_tag(&tags).is_some(), "{tags:?}");
        taken += usize::from(!all.is_empty());
        sites += usize::from(tells);
    }
    assert!(taken > 5_000 && sites > 5_000, "{taken}, {sites}");
}
