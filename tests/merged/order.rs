//! The order of what is read changes nothing, and nobody is lost.

use living_circle::places::{self, Catalog, Facility, FacilitySource, Origin, Shape};
use living_circle::plane::{Area, LonLat};
use living_circle::units::Land;
use proptest::prelude::*;

use super::row;

/// Facilities on a small grid, in two orders: so near that nearly all may be merged.
fn shuffled() -> impl Strategy<Value = (Vec<Facility>, Vec<Facility>)> {
    let category = prop::sample::select(vec!["school", "primary_school", "park"]);
    let name = prop::sample::select(vec![None, Some("甲"), Some("乙")]);
    let one = (
        category,
        name,
        any::<bool>(),
        any::<bool>(),
        0..12i32,
        0..12i32,
        1..9i32,
    );
    prop::collection::vec(one, 1..16)
        .prop_map(|all| {
            let all = (0i64..).zip(all);
            all.map(|(id, (key, name, table, area, east, north, side))| {
                let corner = |x, y| LonLat {
                    lon: 1_159_800_000 + (east + x) * 1_000,
                    lat: 364_500_000 + (north + y) * 1_000,
                };
                let mut facility = row(&format!("{id}"), name, key, corner(0, 0));
                if area {
                    let ring = vec![
                        corner(0, 0),
                        corner(side, 0),
                        corner(side, side),
                        corner(0, side),
                    ];
                    let area = Area::from_ring(ring).unwrap();
                    facility.size.land = Land::from_square_metres(area.square_metres());
                    facility.shape = Shape::Area(area);
                }
                if !table {
                    facility.origin = Origin::OsmNode(id);
                }
                facility
            })
            .collect::<Vec<_>>()
        })
        .prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle()))
}

proptest! {
    #[test]
    fn the_order_changes_nothing_and_nobody_is_lost((one, other) in shuffled()) {
        let catalog = Catalog::builtin().unwrap();
        let merge = |all: &[Facility]| {
            let is_row = |facility: &&Facility| matches!(facility.origin, Origin::Table(_));
            let rows = all.iter().filter(is_row).cloned().collect();
            let osm = all.iter().filter(|facility| !is_row(facility)).cloned().collect();
            places::merge(Some(rows), osm, FacilitySource::Both, &catalog)
        };
        let (list, notices) = merge(&one);
        prop_assert_eq!(&(list.clone(), notices), &merge(&other));
        // Everybody is there once, as a facility or as merged into another.
        let mut ids: Vec<&String> = list.facilities.iter().map(|facility| &facility.id).collect();
        ids.extend(list.merged.iter().map(|pair| &pair.gone));
        ids.sort();
        let mut expected: Vec<&String> = one.iter().map(|facility| &facility.id).collect();
        expected.sort();
        prop_assert_eq!(ids, expected);
        // What somebody offered is still offered by the one that it became.
        for facility in &one {
            let mut id = &facility.id;
            while let Some(pair) = list.merged.iter().find(|pair| pair.gone == *id) {
                id = &pair.kept;
            }
            let became = list.facilities.iter().find(|other| other.id == *id).unwrap();
            prop_assert!(catalog.matches(&facility.categories, became));
        }
    }
}
