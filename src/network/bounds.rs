//! Lines that bound street blocks (街坊).

use super::obstacle::parts_land;
use crate::osm::{Extract, TagSet, Way};
use crate::plane::LonLat;
use crate::profile::{AccessRules, Verdict, WalkKind};

/// Roads that part the land on their two sides whoever may walk on them: often their
/// sidewalks are mapped apart, and people are kept off the carriageway.
const MAIN_ROADS: [&str; 8] = [
    "trunk",
    "trunk_link",
    "primary",
    "primary_link",
    "secondary",
    "secondary_link",
    "tertiary",
    "tertiary_link",
];

/// Whether a way bounds street blocks: a street on which the public walks, a
/// pedestrian street or the edge of a pedestrian square, a main road also where
/// nobody walks on it, and of the obstacles those that part land. The aisles of a
/// car park and drives stand in a block.
fn bounds(tags: &dyn TagSet, rules: &AccessRules) -> bool {
    let any = |key, values: &[&str]| tags.value(key).is_some_and(|value| values.contains(&value));
    let walked = match rules.way(tags) {
        Verdict::Walkable(passage) => {
            passage.class.kind == WalkKind::Street || tags.has("highway", "pedestrian")
        }
        _ => false,
    };
    let inner = any("service", &["parking_aisle", "driveway", "drive-through"]);
    (walked && !inner) || any("highway", &MAIN_ROADS) || parts_land(tags)
}

/// The straight pieces of all lines that bound street blocks: streets, railways,
/// rivers, canals, coastlines and motorways. Walls, fences and lakes stand in a
/// block, footpaths and steps lead through it.
pub fn street_block_lines(extract: &Extract, rules: &AccessRules) -> Vec<[LonLat; 2]> {
    let ways = extract.ways.iter();
    ways.filter(|way| bounds(&way.tags, rules))
        .flat_map(Way::runs)
        .flat_map(|run| run.windows(2))
        .map(|pair| [pair[0], pair[1]].map(|node| extract.at(node)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::osm::Tags;

    #[test]
    fn streets_and_what_parts_land_bound_blocks() {
        let mut rules = AccessRules::builtin();
        rules.trunk = false;
        for (tags, expected) in [
            (vec![("highway", "residential")], true),
            (vec![("highway", "service")], true),
            (vec![("highway", "pedestrian"), ("area", "yes")], true),
            (vec![("highway", "trunk")], true),
            (vec![("highway", "primary"), ("foot", "use_sidepath")], true),
            (vec![("highway", "residential"), ("foot", "no")], false),
            (vec![("highway", "motorway")], true),
            (vec![("highway", "motorway"), ("bridge", "yes")], false),
            (vec![("highway", "residential"), ("bridge", "yes")], true),
            (vec![("highway", "service"), ("access", "private")], false),
            (vec![("highway", "service"), ("service", "alley")], true),
            (vec![("highway", "service"), ("service", "driveway")], false),
            (vec![("highway", "footway")], false),
            (vec![("highway", "steps")], false),
            (vec![("highway", "track")], false),
            (vec![("railway", "rail")], true),
            (vec![("railway", "subway"), ("tunnel", "yes")], false),
            (vec![("railway", "abandoned"), ("barrier", "wall")], false),
            (vec![("waterway", "river")], true),
            (vec![("waterway", "stream")], false),
            (vec![("natural", "coastline")], true),
            (vec![("natural", "water")], false),
            (vec![("barrier", "wall")], false),
            (vec![("building", "apartments")], false),
        ] {
            assert_eq!(
                bounds(&Tags::new(tags.clone()), &rules),
                expected,
                "{tags:?}"
            );
        }
    }
}
