//! Facilities against `osmium tags-filter`.

use std::collections::{BTreeMap, BTreeSet};

use living_circle::osm::{self, Extract, TagSet};
use living_circle::places::from_osm;

use super::extract;
use super::named::NAMED;

/// A kind of place: its category, and the expressions that filter it.
struct Kind {
    category: &'static str,
    expressions: &'static [(&'static str, &'static [&'static str])],
}

const KINDS: [Kind; 7] = [
    Kind {
        category: "school",
        expressions: &[("amenity", &["school"])],
    },
    Kind {
        category: "kindergarten",
        expressions: &[("amenity", &["kindergarten"])],
    },
    Kind {
        category: "clinic",
        expressions: &[
            ("amenity", &["clinic", "doctors"]),
            ("healthcare", &["clinic", "doctor", "centre"]),
        ],
    },
    Kind {
        category: "hospital",
        expressions: &[("amenity", &["hospital"]), ("healthcare", &["hospital"])],
    },
    Kind {
        category: "pharmacy",
        expressions: &[("amenity", &["pharmacy"]), ("healthcare", &["pharmacy"])],
    },
    Kind {
        category: "shop",
        expressions: &[
            (
                "shop",
                &["supermarket", "convenience", "general", "grocery"],
            ),
            ("amenity", &["marketplace"]),
        ],
    },
    Kind {
        category: "park",
        expressions: &[
            ("leisure", &["park", "garden", "playground", "common"]),
            ("landuse", &["recreation_ground", "village_green"]),
        ],
    },
];

/// Nodes, ways and relations of every kind, in its order.
type Figures = [[usize; 3]; 7];

/// A file and what osmium finds in it.
const FIGURES: [(&str, Figures); 4] = [
    (
        "laspalmas",
        [
            [81, 76, 6],
            [18, 5, 0],
            [110, 4, 2],
            [16, 6, 5],
            [81, 2, 0],
            [218, 20, 1],
            [16, 3722, 19],
        ],
    ),
    (
        "malta",
        [
            [31, 95, 1],
            [2, 0, 0],
            [7, 0, 0],
            [17, 7, 0],
            [71, 0, 0],
            [169, 17, 0],
            [44, 639, 1],
        ],
    ),
    (
        "monaco_2024",
        [
            [8, 2, 0],
            [2, 0, 0],
            [3, 0, 0],
            [3, 4, 0],
            [11, 0, 1],
            [17, 2, 0],
            [3, 54, 3],
        ],
    ),
    (
        "beijing_haidian",
        [
            [5, 3, 0],
            [0, 1, 0],
            [0, 0, 0],
            [0, 2, 0],
            [2, 0, 0],
            [13, 0, 0],
            [0, 17, 0],
        ],
    ),
];

fn filtered(kind: &Kind, tags: &dyn TagSet) -> bool {
    kind.expressions
        .iter()
        .any(|(key, values)| tags.value(key).is_some_and(|value| values.contains(&value)))
}

/// Whether one of the filters finds it.
pub fn is_filtered(tags: &dyn TagSet) -> bool {
    KINDS.iter().any(|kind| filtered(kind, tags))
}

/// The ids of what a filter finds, and how many nodes, ways and relations they are.
fn found(kind: &Kind, extract: &Extract) -> (BTreeSet<String>, [usize; 3]) {
    let nodes = extract
        .nodes
        .iter()
        .filter(|node| filtered(kind, &node.tags));
    let nodes: Vec<String> = nodes
        .map(|node| format!("node/{}", extract.id(node.index)))
        .collect();
    let ways = extract.ways.iter().filter(|way| filtered(kind, &way.tags));
    let ways: Vec<String> = ways.map(|way| format!("way/{}", way.id)).collect();
    let relations = extract.relations.iter();
    let relations: Vec<String> = relations
        .filter(|relation| filtered(kind, &relation.tags))
        .map(|relation| format!("relation/{}", relation.id))
        .collect();
    let counts = [nodes.len(), ways.len(), relations.len()];
    let all = [nodes, ways, relations].into_iter().flatten().collect();
    (all, counts)
}

/// Why what a filter finds and what counts differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Reason {
    /// `access` says private, no or customers: not for the public.
    NotPublic,
    /// A way with the tags of a multipolygon without any, for which the relation
    /// stands: one less and one more.
    DrawnByRelation,
    /// One of several values between `;`, which the filter does not look into.
    OneOfSeveral,
    /// By its name another service: it stands in [`NAMED`].
    Named,
}

/// All differences: file, category, reason, and how many objects it explains.
const DIFFERENCES: [(&str, &str, Reason, usize); 16] = [
    ("laspalmas", "park", Reason::NotPublic, 30),
    ("laspalmas", "school", Reason::Named, 31),
    ("laspalmas", "kindergarten", Reason::Named, 33),
    ("laspalmas", "clinic", Reason::Named, 22),
    ("laspalmas", "hospital", Reason::Named, 16),
    ("malta", "park", Reason::NotPublic, 1),
    ("malta", "school", Reason::DrawnByRelation, 12),
    ("malta", "school", Reason::Named, 10),
    ("malta", "clinic", Reason::Named, 7),
    ("malta", "hospital", Reason::Named, 7),
    ("monaco_2024", "park", Reason::NotPublic, 5),
    ("monaco_2024", "school", Reason::Named, 1),
    ("monaco_2024", "shop", Reason::OneOfSeveral, 1),
    ("beijing_haidian", "school", Reason::Named, 1),
    ("beijing_haidian", "kindergarten", Reason::Named, 1),
    ("beijing_haidian", "shop", Reason::Named, 1),
];

/// Why one object differs, read off its own tags; `None` where nothing tells.
fn reason(extract: &Extract, kind: &Kind, id: &str) -> Option<Reason> {
    let named =
        |(kinds, ids): &(&[&str], &[&str])| kinds.contains(&kind.category) && ids.contains(&id);
    if NAMED.iter().any(named) {
        return Some(Reason::Named);
    }
    let (object, number) = id.split_once('/')?;
    let number: i64 = number.parse().ok()?;
    if object == "relation" {
        let relation = extract.relation(number)?;
        return osm::tagged_on_ways(&relation.tags).then_some(Reason::DrawnByRelation);
    }
    let tags = if object == "way" {
        &extract.way(number)?.tags
    } else {
        let node = extract
            .nodes
            .iter()
            .find(|node| extract.id(node.index) == number)?;
        &node.tags
    };
    let drawn = || {
        extract
            .relations
            .iter()
            .filter(|relation| osm::tagged_on_ways(&relation.tags))
            .any(|relation| extract.ways_of(relation).any(|way| way.id == number))
    };
    let several = |(key, values): &(&str, &[&str])| {
        let value = tags.value(key).unwrap_or_default();
        value.contains(';') && value.split(';').any(|part| values.contains(&part))
    };
    if ["private", "no", "customers"].contains(&tags.value("access").unwrap_or_default()) {
        Some(Reason::NotPublic)
    } else if kind.expressions.iter().any(several) {
        Some(Reason::OneOfSeveral)
    } else if object == "way" && drawn() {
        Some(Reason::DrawnByRelation)
    } else {
        None
    }
}

#[test]
fn facilities_are_those_that_osmium_filters_save_what_is_explained() {
    let mut explained: BTreeMap<(&str, &str, Reason), usize> = BTreeMap::new();
    let mut expected = BTreeMap::new();
    for (city, figures) in FIGURES {
        let Some((extract, catalog)) = extract(city) else {
            continue;
        };
        let (places, _) = from_osm(&extract, &catalog);
        for (kind, figures) in KINDS.iter().zip(figures) {
            let (filtered, counts) = found(kind, &extract);
            assert_eq!(counts, figures, "{city} {}", kind.category);
            let wanted = [catalog.id(kind.category).unwrap()];
            let offering = places.facilities.iter();
            let ours: BTreeSet<String> = offering
                .filter(|facility| catalog.matches(&wanted, facility))
                .map(|facility| facility.id.clone())
                .collect();
            for id in filtered.symmetric_difference(&ours) {
                let reason = reason(&extract, kind, id);
                let reason = reason.unwrap_or_else(|| panic!("{city} {}: {id}", kind.category));
                *explained.entry((city, kind.category, reason)).or_default() += 1;
            }
        }
        let here = DIFFERENCES.iter().filter(|difference| difference.0 == city);
        expected.extend(here.map(|&(city, kind, reason, count)| ((city, kind, reason), count)));
    }
    assert_eq!(explained, expected);
}
