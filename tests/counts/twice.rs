//! Nodes in areas of the same category, against shapely.

use std::collections::BTreeMap;

use living_circle::places::{FacilitySource, from_osm, merge};

use super::extract;

/// File, then how many nodes of a category lie in an area of the same category (a
/// way's or a relation's, as pyosmium assembles it; `area.intersects(node)` in
/// shapely) and are not named differently: letters and digits of the names are
/// equal, or one has none.
const TWICE: [(&str, &[(&str, usize)]); 5] = [
    (
        "laspalmas",
        &[
            ("cultural_centre", 1),
            ("library", 1),
            ("mall", 1),
            ("park", 5),
            ("school", 2),
            ("sport", 2),
        ],
    ),
    ("malta", &[("mall", 1), ("park", 31), ("sport", 2)]),
    (
        "monaco_2024",
        &[
            ("bus_stop", 30),
            ("library", 2),
            ("park", 2),
            ("pharmacy", 1),
            ("sport", 2),
        ],
    ),
    ("beijing_haidian", &[("library", 1), ("sport", 2)]),
    ("milan", &[("rail_station", 12)]),
];

/// Not merged: Las Palmas, a school without a name (way 651726860) that holds two of
/// different names, the C.E.I.P. Santa Bárbara and the I.E.S. Guanarteme.
const NAMED_DIFFERENTLY: [&str; 2] = ["node/1895089728", "node/1924964180"];

#[test]
fn nodes_in_areas_are_merged_as_shapely_finds_them() {
    for (city, expected) in TWICE {
        let Some((extract, catalog)) = extract(city) else {
            continue;
        };
        let (places, _) = from_osm(&extract, &catalog);
        let count = places.facilities.len();
        let (list, _) = merge(None, places.facilities, FacilitySource::Osm, &catalog);
        assert_eq!(list.facilities.len() + list.merged.len(), count, "{city}");
        let mut found: BTreeMap<&str, usize> = BTreeMap::new();
        for (key, _) in expected {
            let wanted = [catalog.id(key).unwrap()];
            let offers = list.merged.iter().filter(|pair| {
                pair.categories
                    .iter()
                    .any(|&own| catalog.may_be_same(&wanted, &[own]))
            });
            let gone: Vec<&str> = offers.map(|pair| &*pair.gone).collect();
            assert!(!gone.iter().any(|id| NAMED_DIFFERENTLY.contains(id)));
            found.insert(key, gone.len());
        }
        let all: usize = found.values().sum();
        assert_eq!(all, list.merged.len(), "{city}: none of another category");
        let named_differently = |key| 2 * usize::from((city, key) == ("laspalmas", "school"));
        let expected = expected.iter();
        let expected = expected.map(|&(key, count)| (key, count - named_differently(key)));
        assert_eq!(found, expected.collect(), "{city}");
    }
}
