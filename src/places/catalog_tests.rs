//! The built-in catalog against sites as they are tagged.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::osm::Tags;
use crate::places::{Origin, Shape};
use crate::plane::LonLat;

fn catalog() -> Catalog {
    Catalog::builtin().unwrap()
}

/// The keys found for tags written as `key=value`, one a line.
fn found(tags: &[(&str, &str)]) -> Vec<String> {
    let catalog = catalog();
    catalog
        .classify(&Tags::new(tags.iter().copied()))
        .into_iter()
        .map(|id| catalog.category(id).key.clone())
        .collect()
}

/// Categories, and sites that have just these.
type Sites<'a> = [(&'a [&'a str], &'a [&'a [(&'a str, &'a str)]])];

fn check(sites: &Sites) {
    for (expected, sites) in sites {
        for tags in *sites {
            assert_eq!(found(tags), *expected, "{tags:?}");
        }
    }
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
        let head = "service_keys=[]\nlifecycle=[]\n";
        Catalog::from_toml(&format!("{head}{text}"))
            .unwrap_err()
            .to_string()
    };
    assert!(refused(category("a", "['b']") + &category("b", "['a']")).contains("includes itself"));
    assert!(refused(category("a", "['a']")).contains("includes itself"));
    assert!(refused(category("a", "['c']")).contains("'c' is included"));
    assert!(refused(category("a", "[]") + &category("a", "[]")).contains("twice"));
    assert!(refused(category("a", "[]") + "colour='red'\n").contains("colour"));
    assert!(refused(category("a", "[]") + "[[category.rule]]\nwhere=[]\n").contains("'a'"));
}

#[test]
fn schools_have_their_level_by_tag_else_by_name() {
    let school = ("amenity", "school");
    check(&[
        (
            &["kindergarten"],
            &[
                &[("amenity", "kindergarten")],
                &[school, ("name", "湖滨幼儿园")],
            ],
        ),
        (
            &["kindergarten", "nursery"],
            &[&[("amenity", "kindergarten"), ("name", "阳光托儿所")]],
        ),
        (
            &["nursery"],
            &[
                &[("amenity", "childcare")],
                &[("building", "yes"), ("name", "社区托育园")],
            ],
        ),
        (
            &["primary_school"],
            &[
                &[school, ("isced:level", "1")],
                &[school, ("isced:level", "1"), ("name", "湖滨中学")],
                &[school, ("name", "湖滨小学")],
                &[school, ("name", "Lakeside"), ("name:zh", "湖滨小学")],
                &[school, ("name", "第一中学附属小学")],
                &[school, ("name", "Lakeside Primary School")],
            ],
        ),
        (
            &["middle_school"],
            &[
                &[school, ("name", "湖滨中学")],
                &[school, ("name", "湖滨初级中学")],
                &[school, ("isced:level", "2;3")],
            ],
        ),
        (
            &["primary_school", "middle_school"],
            &[
                &[school, ("name", "湖滨九年一贯制学校")],
                &[school, ("name", "湖滨实验学校")],
                &[school, ("isced:level", "1;2")],
            ],
        ),
        (
            &["school"],
            &[
                &[school],
                &[school, ("name", "湖滨高级中学")],
                &[school, ("isced:level", "3")],
            ],
        ),
        (
            &[],
            &[
                &[school, ("name", "平安驾校")],
                &[school, ("name", "技校")],
                &[("building", "yes"), ("name", "小学教学楼")],
            ],
        ),
    ]);
}

#[test]
fn health_and_elderly_have_their_kind_by_name() {
    let social = ("amenity", "social_facility");
    check(&[
        (
            &["health_centre"],
            &[
                &[("amenity", "clinic"), ("name", "湖滨社区卫生服务中心")],
                &[("amenity", "hospital"), ("name", "湖滨社区卫生服务中心")],
                &[("building", "yes"), ("name", "湖滨社区卫生服务中心")],
            ],
        ),
        (
            &["health_station"],
            &[&[("amenity", "doctors"), ("name", "南苑卫生服务站")]],
        ),
        (
            &["outpatient"],
            &[&[("amenity", "clinic"), ("name", "仁和门诊部")]],
        ),
        (
            &["clinic"],
            &[
                &[("amenity", "clinic")],
                &[("healthcare", "doctor;centre"), ("amenity", "doctors")],
                &[("healthcare", "doctor")],
            ],
        ),
        (
            &["hospital"],
            &[&[("amenity", "hospital")], &[("healthcare", "hospital")]],
        ),
        (
            &["pharmacy"],
            &[&[("amenity", "pharmacy")], &[("healthcare", "pharmacy")]],
        ),
        (
            &["nursing_home"],
            &[
                &[
                    social,
                    ("social_facility", "nursing_home"),
                    ("social_facility:for", "senior"),
                ],
                &[
                    social,
                    ("social_facility", "group_home"),
                    ("social_facility:for", "disabled;senior"),
                ],
                &[
                    social,
                    ("social_facility", "assisted_living"),
                    ("name", "Residencia de Mayores"),
                ],
                &[("amenity", "nursing_home")],
                &[("building", "yes"), ("name", "湖滨养老院")],
            ],
        ),
        (
            &["elderly_day_care"],
            &[
                &[
                    social,
                    ("social_facility", "day_care"),
                    ("social_facility:for", "senior"),
                ],
                &[social, ("name", "社区日间照料中心")],
            ],
        ),
        (
            &["elderly_nursing"],
            &[&[social, ("name", "湖滨老年养护院")]],
        ),
        (
            &["elderly"],
            &[
                &[social, ("name", "养老服务驿站")],
                &[("amenity", "social_centre"), ("name", "长者之家")],
            ],
        ),
        (
            &[],
            &[
                &[
                    social,
                    ("social_facility", "group_home"),
                    ("social_facility:for", "homeless"),
                ],
                &[social, ("social_facility", "nursing_home")],
                &[("amenity", "dentist")],
                &[("amenity", "veterinary"), ("healthcare", "clinic")],
                &[("amenity", "clinic"), ("name", "爱牙口腔诊所")],
                &[("highway", "bus_station"), ("name", "养老院")],
                &[("highway", "residential"), ("name", "敬老院路")],
            ],
        ),
    ]);
}

#[test]
fn the_other_sites_follow_their_tags() {
    check(&[
        (
            &["market"],
            &[
                &[("amenity", "marketplace")],
                &[("building", "retail"), ("name", "南门菜市场")],
            ],
        ),
        (
            &["market", "supermarket"],
            &[&[("shop", "supermarket"), ("name", "生鲜超市")]],
        ),
        (
            &["convenience"],
            &[&[("shop", "grocery")], &[("shop", "convenience")]],
        ),
        (&["mall"], &[&[("shop", "department_store")]]),
        (
            &["supermarket", "library"],
            &[&[("shop", "supermarket"), ("amenity", "library")]],
        ),
        (
            &["community_canteen"],
            &[
                &[("amenity", "restaurant"), ("name", "湖滨社区食堂")],
                &[("amenity", "social_facility"), ("name", "长者食堂")],
            ],
        ),
        (
            &["cultural_centre"],
            &[
                &[("amenity", "theatre")],
                &[("building", "yes"), ("name", "区文化馆")],
            ],
        ),
        (
            &["cultural_station"],
            &[&[("amenity", "community_centre"), ("name", "社区文化站")]],
        ),
        (
            &["elderly"],
            &[&[
                ("amenity", "community_centre"),
                ("community_centre:for", "senior"),
            ]],
        ),
        (
            &["service_centre"],
            &[
                &[("amenity", "townhall")],
                &[("office", "government"), ("name", "湖滨街道办事处")],
            ],
        ),
        (
            &["community_service_station"],
            &[
                &[("amenity", "townhall"), ("name", "南苑居委会")],
                &[("amenity", "community_centre"), ("name", "党群服务中心")],
            ],
        ),
        (
            &["sport"],
            &[
                &[("leisure", "pitch"), ("sport", "tennis")],
                &[("leisure", "stadium")],
            ],
        ),
        (
            &["football_pitch"],
            &[&[("leisure", "pitch"), ("sport", "athletics;soccer")]],
        ),
        (&["fitness_site"], &[&[("leisure", "fitness_station")]]),
        (
            &["park"],
            &[
                &[("leisure", "park")],
                &[("leisure", "garden"), ("access", "yes")],
                &[("landuse", "village_green")],
            ],
        ),
        (
            &["square"],
            &[&[("place", "square"), ("highway", "pedestrian")]],
        ),
        (&["forest"], &[&[("natural", "wood")]]),
        (
            &["bus_stop"],
            &[
                &[("highway", "bus_stop")],
                &[("public_transport", "platform"), ("bus", "yes")],
            ],
        ),
        (
            &["rail_station"],
            &[
                &[("railway", "subway_entrance")],
                &[("railway", "tram_stop")],
            ],
        ),
        (
            &[],
            &[
                &[("leisure", "park"), ("access", "private")],
                &[("leisure", "park"), ("access", "customers")],
                &[("leisure", "garden"), ("garden:type", "residential")],
                &[("leisure", "golf_course")],
                &[("shop", "vacant"), ("name", "菜市场")],
                &[("sport", "soccer")],
                &[("public_transport", "platform")],
                &[("highway", "residential"), ("name", "菜市场路")],
                &[],
            ],
        ),
    ]);
}

#[test]
fn what_is_no_more_or_not_yet_is_nothing() {
    check(&[
        (
            &[],
            &[
                &[("disused:amenity", "school")],
                &[("amenity", "school"), ("disused", "yes")],
                &[("leisure", "park"), ("proposed", "yes")],
                &[
                    ("building", "yes"),
                    ("abandoned:amenity", "hospital"),
                    ("name", "养老院"),
                ],
            ],
        ),
        (
            &["supermarket"],
            &[&[("shop", "supermarket"), ("was:amenity", "bank")]],
        ),
    ]);
}

fn facility(catalog: &Catalog, keys: &[&str]) -> Facility {
    Facility {
        id: keys.join("+"),
        name: None,
        categories: keys.iter().map(|key| catalog.id(key).unwrap()).collect(),
        shape: Shape::Point(LonLat::default()),
        size_m2: None,
        capacity: None,
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
    let letters: Vec<char> = "kitten".chars().collect();
    assert_eq!(edits(&letters, "sitting"), 3);
    assert_eq!(edits(&[], "abc"), 3);
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
