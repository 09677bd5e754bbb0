//! What is left out: every object that may be a facility is one, or is counted.

use std::collections::BTreeSet;

use living_circle::osm::{Relation, Tags};
use living_circle::places::{Catalog, LeftOut, Reason, from_osm};

use super::{CITIES, extract};

/// Nodes, ways and relations (multipolygons and boundaries) that may be facilities,
/// counted with pyosmium: those with a key `amenity`, `healthcare`,
/// `social_facility`, `shop`, `leisure`, `office`, `club` or `tourism`, also behind a
/// prefix such as `disused:`, whose value is not listed as no site in the catalog;
/// and those with one of the tags of other keys that a category asks for.
const SITES: [[usize; 3]; 4] = [
    [5402, 4850, 61],
    [3095, 2252, 6],
    [682, 274, 10],
    [301, 123, 0],
];

#[test]
fn every_object_that_may_be_a_facility_is_one_or_is_counted() {
    for (city, expected) in CITIES.into_iter().zip(SITES) {
        let Some((extract, catalog)) = extract(city) else {
            continue;
        };
        let may_be = |tags: &&Tags| catalog.site_tag(*tags).is_some();
        let nodes = extract.nodes.iter().map(|node| &node.tags);
        let ways = extract.ways.iter().map(|way| &way.tags);
        let relations = extract.relations.iter().map(|relation| &relation.tags);
        let sites = [
            nodes.filter(may_be).count(),
            ways.filter(may_be).count(),
            relations.filter(may_be).count(),
        ];
        assert_eq!(sites, expected, "{city}");

        let (places, _) = from_osm(&extract, &catalog);
        // A relation without tags has those of its ways, and a building is known by its
        // name alone: such facilities are not among the objects above.
        let ids: BTreeSet<&str> = places.facilities.iter().map(|own| &*own.id).collect();
        let nodes = extract.nodes.iter().filter(|node| may_be(&&node.tags));
        let nodes = nodes.map(|node| format!("node/{}", extract.id(node.index)));
        let ways = extract.ways.iter().filter(|way| may_be(&&way.tags));
        let ways = ways.map(|way| format!("way/{}", way.id));
        let relations = extract.relations.iter();
        let of_facilities: Vec<&Relation> = relations
            .filter(|own| ids.contains(&*format!("relation/{}", own.id)))
            .collect();
        let tagged = of_facilities.iter().filter(|own| may_be(&&own.tags));
        let tagged = tagged.map(|own| format!("relation/{}", own.id));
        let facilities = nodes.chain(ways).chain(tagged);
        let facilities = facilities.filter(|id| ids.contains(&**id)).count();
        // A way that draws a relation which is the facility.
        let drawing = of_facilities.iter().flat_map(|own| extract.ways_of(own));
        let outlines: BTreeSet<i64> = drawing
            .filter(|way| !catalog.classify(&way.tags).is_empty() && may_be(&&way.tags))
            .filter(|way| !ids.contains(&*format!("way/{}", way.id)))
            .map(|way| way.id)
            .collect();
        let counted: u64 = places.left_out.iter().map(LeftOut::objects).sum();
        let all: usize = expected.iter().sum();
        let told = facilities + outlines.len() + counted as usize;
        assert_eq!(told, all, "{city}");
    }
}

/// File, tag, reason and how many nodes, ways and relations; counted by hand with
/// `osmium tags-filter`, `access` and names looked at.
const ROWS: [(&str, &str, Reason, [u64; 3]); 7] = [
    (
        "laspalmas",
        "amenity=restaurant",
        Reason::NoCategory,
        [418, 10, 0],
    ),
    (
        "laspalmas",
        "amenity=dentist",
        Reason::NoCategory,
        [47, 0, 0],
    ),
    ("laspalmas", "leisure=park", Reason::NotPublic, [0, 12, 0]),
    ("laspalmas", "leisure=track", Reason::NotClosed, [0, 3, 0]),
    ("laspalmas", "amenity=school", Reason::MarkedOff, [0, 1, 0]),
    ("laspalmas", "amenity=school", Reason::Name, [20, 3, 0]),
    ("malta", "amenity=bank", Reason::NoCategory, [58, 3, 0]),
];

#[test]
fn rows_are_those_of_osmium() {
    for (city, tag, reason, expected) in ROWS {
        let Some((extract, catalog)) = extract(city) else {
            continue;
        };
        let (places, _) = from_osm(&extract, &catalog);
        let row = |row: &&LeftOut| row.tag == tag && row.reason == reason;
        let row = places.left_out.iter().find(row).unwrap();
        assert_eq!(
            [row.nodes, row.ways, row.relations],
            expected,
            "{city} {tag}"
        );
    }
    let catalog = Catalog::builtin().unwrap();
    let bench = Tags::new([("amenity", "bench")]);
    assert_eq!(
        catalog.site_tag(&bench),
        None,
        "street furniture is no site"
    );
}
