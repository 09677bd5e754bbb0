//! Residential areas and residential buildings against `osmium tags-filter`.

use std::collections::BTreeSet;

use living_circle::notice::Notice;
use living_circle::osm::{Extract, TagSet, Tags, Way};
use living_circle::places::{BlockKind, Origin, from_osm};

use super::{CITIES, extract};

const HOMES: [&str; 8] = [
    "apartments",
    "residential",
    "house",
    "detached",
    "semidetached_house",
    "terrace",
    "dormitory",
    "bungalow",
];

/// Nodes, ways and relations that `nwr/landuse=residential` finds, then those that
/// `nwr/building=` with all of [`HOMES`] finds.
const FIGURES: [[[usize; 3]; 2]; 4] = [
    [[0, 46, 0], [30, 6617, 737]],
    [[0, 1138, 4], [6, 560, 1]],
    [[0, 7, 0], [0, 458, 16]],
    [[0, 6, 0], [0, 147, 0]],
];

/// Of the areas and of the buildings, how many ways are no whole ring, how many are
/// marked as gone or not there yet, and how many outlines of relations that say the
/// same or relations that draw nothing whole remain. Nodes have no land, and a
/// building that is a residential area is counted there.
const NO_BLOCK: [[[usize; 3]; 2]; 4] = [
    [[1, 0, 0], [13, 3, 1]],
    [[0, 0, 2], [0, 0, 0]],
    [[0, 0, 0], [0, 0, 0]],
    [[0, 0, 0], [0, 0, 0]],
];

fn is_area(tags: &Tags) -> bool {
    tags.has("landuse", "residential")
}

fn is_home(tags: &Tags) -> bool {
    tags.value("building")
        .is_some_and(|kind| HOMES.contains(&kind))
}

/// Nodes, ways and relations.
fn counted(extract: &Extract, wanted: impl Fn(&Tags) -> bool) -> [usize; 2] {
    let ways = extract.ways.iter().filter(|way| wanted(&way.tags));
    let relations = extract.relations.iter();
    let relations = relations.filter(|relation| wanted(&relation.tags));
    [ways.count(), relations.count()]
}

#[test]
fn blocks_are_what_osmium_filters_save_what_is_explained() {
    for (number, city) in CITIES.into_iter().enumerate() {
        let Some((extract, catalog)) = extract(city) else {
            continue;
        };
        let [areas, homes] = FIGURES[number];
        assert_eq!(counted(&extract, is_area), areas[1..], "{city}");
        assert_eq!(counted(&extract, is_home), homes[1..], "{city}");
        let both = counted(&extract, |tags| is_area(tags) && is_home(tags));
        let (places, notices) = from_osm(&extract, &catalog);
        let origins = |kind| -> usize {
            let blocks = places.blocks.iter();
            let blocks = blocks.filter(|block| block.kind == kind);
            let origins: BTreeSet<&Origin> = blocks.map(|block| &block.origin).collect();
            origins.len()
        };
        let count = |notice| usize::try_from(notices.count(&notice)).unwrap();
        let areas: usize = areas[1..].iter().sum();
        let homes: usize = homes[1..].iter().sum::<usize>() - both.iter().sum::<usize>();
        let found = [
            areas - origins(BlockKind::Area) - count(Notice::NestedResidential),
            homes - origins(BlockKind::Building) - count(Notice::HomesInAreas),
        ];
        let wanted: [fn(&Tags) -> bool; 2] = [is_area, |tags| is_home(tags) && !is_area(tags)];
        let told = [0, 1].map(|kind| {
            let ways = extract.ways.iter().filter(|way| wanted[kind](&way.tags));
            let (rings, others): (Vec<&Way>, Vec<&Way>) =
                ways.partition(|way| way.ring().is_some());
            let marked_off = rings.iter().filter(|way| catalog.is_marked_off(&way.tags));
            let told = [others.len(), marked_off.count()];
            [told[0], told[1], found[kind] - told[0] - told[1]]
        });
        assert_eq!(told, NO_BLOCK[number], "{city}");
    }
}
