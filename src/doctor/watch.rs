//! What must be read beside roads and places.

use crate::network::Obstacles;
use crate::osm::{Extract, TagSet, Way};

/// Whether a node is read because it tells that a walk ends where it should.
pub fn keeps_node(tags: &dyn TagSet) -> bool {
    tags.has("noexit", "yes")
        || tags.has("railway", "subway_entrance")
        || tags.has("amenity", "parking_entrance")
        || tags.value("door").is_some()
}

/// Whether a way is read because people don't walk through it: buildings, barriers
/// of every kind, cliffs and water.
pub fn keeps_way(tags: &dyn TagSet) -> bool {
    let stands = |key: &str, but: &[&str]| {
        tags.value(key)
            .is_some_and(|value| value != "no" && !but.contains(&value))
    };
    stands("building", &["roof", "carport"])
        || stands("barrier", &["kerb", "height_restrictor"])
        || stands("waterway", &[])
        || ["water", "cliff", "coastline"].contains(&tags.value("natural").unwrap_or_default())
        || ["embankment", "dyke"].contains(&tags.value("man_made").unwrap_or_default())
}

/// Whether a relation is read because people don't walk through it.
pub fn keeps_relation(tags: &dyn TagSet) -> bool {
    keeps_way(tags)
}

/// Everything between two walks that may be the reason why they don't meet.
pub fn between(extract: &Extract) -> Obstacles {
    let relations = extract
        .relations
        .iter()
        .filter(|relation| keeps_relation(&relation.tags))
        .flat_map(|relation| extract.ways_of(relation));
    let ways = extract.ways.iter().filter(|way| keeps_way(&way.tags));
    let runs = ways.chain(relations).flat_map(Way::runs);
    let pairs = runs.flat_map(|run| run.windows(2));
    Obstacles::of_lines(pairs.map(|pair| [extract.at(pair[0]), extract.at(pair[1])]))
}
