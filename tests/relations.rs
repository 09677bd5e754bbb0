//! Areas that relations draw: drawn towns, through the bytes of an extract, one
//! trouble each, with surfaces by arithmetic.
#![allow(clippy::unwrap_used)]

use living_circle::network::{Obstacles, keeps_obstacle};
use living_circle::notice::{Notice, Notices};
use living_circle::osm::{Extract, Keep, TagSet, read_bytes};
use living_circle::places::{self, Catalog, Origin, OsmPlaces, from_osm};
use living_circle::profile::AccessRules;
use living_circle::progress::Silent;
use living_circle::synth::Town;

struct Wanted(Catalog);

impl Keep for Wanted {
    fn node(&self, tags: &dyn TagSet) -> bool {
        places::keeps_node(tags, &self.0)
    }

    fn way(&self, tags: &dyn TagSet) -> bool {
        keeps_obstacle(tags) || places::keeps_way(tags, &self.0)
    }

    fn relation(&self, tags: &dyn TagSet) -> bool {
        keeps_obstacle(tags) || places::keeps_relation(tags, &self.0)
    }
}

/// Whole: 1200 m by 600 m; inside it 600 m by 200 m; apart 400 m by 200 m.
fn town() -> Town {
    Town::new(
        "
        A-----------B
        |           |
        |  E-----F  |
        |  |  M  |  |
        |  H-----G  |
        |           |
        D-----------C    I---J
                         |   |
                         L---K
        ",
    )
}

const WHOLE: f64 = 720_000.0;
const INNER: f64 = 120_000.0;
const APART: f64 = 80_000.0;

fn read(town: &Town) -> (Extract, OsmPlaces, Notices) {
    let wanted = Wanted(Catalog::builtin().unwrap());
    let bytes = town.drawing().to_pbf().unwrap();
    let (extract, mut notices) = read_bytes("town", &bytes, &wanted, &Silent).unwrap();
    let (places, noted) = from_osm(&extract, &wanted.0);
    notices.absorb(noted);
    (extract, places, notices)
}

/// Ids and surfaces of the facilities.
#[track_caller]
fn assert_facilities(places: &OsmPlaces, expected: &[(&str, f64)]) {
    let found: Vec<(&str, f64)> = places
        .facilities
        .iter()
        .map(|facility| {
            (
                &*facility.id,
                facility.size.land.unwrap_or_default().square_metres(),
            )
        })
        .collect();
    assert_eq!(found.len(), expected.len(), "{found:?}");
    for (found, expected) in found.iter().zip(expected) {
        assert_eq!(found.0, expected.0);
        assert!((found.1 / expected.1 - 1.0).abs() < 1e-3, "{found:?}");
    }
}

/// Ids and land of the blocks.
#[track_caller]
fn assert_blocks(places: &OsmPlaces, expected: &[(&str, f64)]) {
    let land = places.blocks.iter().map(|block| block.land.unwrap());
    let found: Vec<(&str, f64)> = places
        .blocks
        .iter()
        .map(|block| &*block.id)
        .zip(land.map(living_circle::units::Land::square_metres))
        .collect();
    assert_eq!(found.len(), expected.len(), "{found:?}");
    for (found, expected) in found.iter().zip(expected) {
        assert_eq!(found.0, expected.0);
        assert!((found.1 / expected.1 - 1.0).abs() < 1e-3, "{found:?}");
    }
}

fn counts(notices: &Notices) -> Vec<(Notice, u64)> {
    let counted = notices.iter();
    counted
        .map(|(notice, seen)| (notice.clone(), seen.count))
        .collect()
}

const PARK: &str = "type=multipolygon leisure=park";
const HOMES: &str = "type=multipolygon landuse=residential";

#[test]
fn a_park_of_pieces_in_any_direction_with_a_hole_and_a_second_part() {
    let town = town()
        .way("AB", "")
        .way("DCB", "")
        .way("AD", "")
        .area("EFGH", "")
        .way("IJK", "barrier=fence")
        .way("ILK", "")
        .relation(":4 outer:1 outer:5 wrong:2 inner:3 outer:6", PARK);
    let (extract, places, notices) = read(&town);
    assert_facilities(&places, &[("relation/1", WHOLE - INNER + APART)]);
    assert_eq!(places.facilities[0].origin, Origin::OsmRelation(1));
    assert!(notices.is_empty(), "{notices:?}");
    assert_eq!(
        extract.ways.len(),
        6,
        "ways without tags are read for their shape"
    );
    let (area, _) = extract.area_of(&extract.relations[0]);
    let area = area.unwrap();
    assert_eq!(area.outer_ways, [1, 2, 3, 5, 6]);
    assert_eq!(area.area.polygons().len(), 2);
    assert!(!area.area.holds(town.at('M')) && area.area.holds(town.at('A')));
}

#[test]
fn the_members_may_stand_in_any_order() {
    let draw = |members: &str| {
        let town = town()
            .way("AB", "")
            .way("BC", "")
            .way("CDA", "")
            .area("EFGH", "")
            .area("IJKL", "")
            .relation(members, PARK);
        read(&town).1
    };
    let expected = draw("outer:1 outer:2 outer:3 inner:4 outer:5");
    assert_facilities(&expected, &[("relation/1", WHOLE - INNER + APART)]);
    assert_eq!(draw("inner:5 :4 inner:3 :2 inner:1"), expected);
    assert_eq!(
        draw("outer:2 outer:4 outer:1 outer:5 outer:3 outer:2"),
        expected
    );
}

#[test]
fn what_lacks_members_keeps_what_closes() {
    // Way 2 is in no file; the second part closes.
    let town = town()
        .way("ABCD", "")
        .relation("outer:1 outer:2 outer:3 inner:4", PARK)
        .way("ILK", "")
        .way("IJK", "")
        .relation("outer:2 outer:3 outer:9", HOMES);
    let (_, places, notices) = read(&town);
    assert_facilities(&places, &[("relation/1", APART)]);
    assert_blocks(&places, &[("relation/2", APART)]);
    let expected = [(Notice::MissingMembers, 2), (Notice::OpenRings, 1)];
    assert_eq!(counts(&notices), expected);
}

#[test]
fn a_hole_does_not_become_an_area_where_its_outer_ring_is_missing() {
    let town = town()
        .area("EFGH", "")
        .way("AB", "")
        .relation("inner:1 outer:2 outer:7", PARK);
    let (_, places, notices) = read(&town);
    assert!(places.facilities.is_empty() && places.blocks.is_empty());
    assert_eq!(
        (places.left_out[0].reason, places.left_out[0].relations),
        (places::Reason::NoArea, 1)
    );
    let expected = [(Notice::MissingMembers, 1), (Notice::UnclosedRelation, 1)];
    assert_eq!(counts(&notices), expected);
    // Where nothing is missing, the rings tell, not the roles.
    let (_, places, _) = read(&self::town().area("EFGH", "").relation("inner:1", PARK));
    assert_facilities(&places, &[("relation/1", INNER)]);
}

#[test]
fn a_ring_without_a_node_does_not_close() {
    let town = town()
        .area("ABCD", "")
        .area("IJKL", "")
        .missing("C")
        .relation("outer:1 outer:2", PARK);
    let (_, places, notices) = read(&town);
    assert_facilities(&places, &[("relation/1", APART)]);
    assert_eq!(
        counts(&notices),
        [(Notice::MissingNodes, 1), (Notice::OpenRings, 1)]
    );
}

#[test]
fn a_relation_and_its_outer_way_with_the_same_tags_are_one_place() {
    let town = town()
        .area("ABCD", "leisure=park")
        .area("EFGH", "landuse=residential")
        .area("IJKL", "landuse=residential name=东园")
        .relation(
            "outer:1 inner:2",
            "type=multipolygon leisure=park name=湖滨公园",
        )
        .relation("outer:3", "type=multipolygon landuse=residential name=西园");
    let (_, places, notices) = read(&town);
    assert_facilities(&places, &[("relation/1", WHOLE - INNER)]);
    assert_blocks(&places, &[("relation/2", APART), ("way/2", INNER)]);
    assert_eq!(counts(&notices), [(Notice::OutlineOfRelation, 2)]);
}

#[test]
fn an_outer_way_with_another_name_or_service_is_a_place_of_its_own() {
    let town = town()
        .area("ABCD", "leisure=park name=南园")
        .area("IJKL", "leisure=park amenity=library")
        .relation(
            "outer:1 outer:2",
            "type=multipolygon leisure=park name=湖滨公园",
        );
    let (_, places, notices) = read(&town);
    let expected = [
        ("relation/1", WHOLE + APART),
        ("way/1", WHOLE),
        ("way/2", APART),
    ];
    assert_facilities(&places, &expected);
    assert!(notices.is_empty());
}

#[test]
fn tags_on_the_outer_ways_alone_are_the_relations() {
    let town = town()
        .way("ABC", "landuse=residential name=湖滨一里")
        .way("CDA", "landuse=residential name=湖滨一里 note=north")
        .area("EFGH", "leisure=park")
        .relation("outer:1 outer:2 inner:3", "type=multipolygon source=survey");
    let (_, places, notices) = read(&town);
    assert_blocks(&places, &[("relation/1", WHOLE - INNER)]);
    assert_eq!(places.blocks[0].name.as_deref(), Some("湖滨一里"));
    assert_facilities(&places, &[("way/3", INNER)]);
    assert_eq!(counts(&notices), [(Notice::OutlineOfRelation, 2)]);
}

#[test]
fn a_relation_may_be_made_of_relations() {
    let town = town()
        .area("ABCD", "")
        .area("EFGH", "")
        .area("IJKL", "")
        .relation("outer:r2 outer:3", PARK)
        .relation(
            "outer:1 inner:2 outer:r1 subarea:r9",
            "type=multipolygon name=part",
        );
    let (extract, places, notices) = read(&town);
    assert_eq!(extract.relations.len(), 2);
    assert_facilities(&places, &[("relation/1", WHOLE - INNER + APART)]);
    assert!(notices.is_empty(), "{notices:?}");
}

#[test]
fn crossing_rings_are_cut() {
    // The bow A C B D crosses in its middle: half of the whole.
    let town = town().area("ACBD", "").relation("outer:1", PARK);
    let (_, places, notices) = read(&town);
    assert_facilities(&places, &[("relation/1", WHOLE / 2.0)]);
    assert_eq!(counts(&notices), [(Notice::CrossingRings, 1)]);
}

#[test]
fn homes_inside_a_residential_relation_are_no_blocks_and_those_in_its_hole_are() {
    let town = town()
        .area("ABCD", "")
        .area("EFGH", "building=apartments")
        .relation("outer:1", HOMES);
    assert_blocks(&read(&town).1, &[("relation/1", WHOLE)]);
    let town = self::town()
        .area("ABCD", "")
        .area("EFGH", "building=apartments")
        .relation("outer:1 inner:2", HOMES);
    let (_, places, _) = read(&town);
    assert_blocks(&places, &[("relation/1", WHOLE - INNER), ("way/2", INNER)]);
}

#[test]
fn a_residential_relation_inside_a_larger_area_is_left_out() {
    let town = town()
        .area("ABCD", "landuse=residential")
        .area("EFGH", "")
        .relation("outer:2", HOMES);
    let (_, places, notices) = read(&town);
    assert_blocks(&places, &[("way/1", WHOLE)]);
    assert_eq!(counts(&notices), [(Notice::NestedResidential, 1)]);
}

#[test]
fn administrative_relations_are_zones() {
    let level = "boundary=administrative admin_level=10";
    let town = town()
        .way("ABC", level)
        .way("CDA", level)
        .area("IJKL", &format!("{level} name=东社区"))
        .relation("outer:1 outer:2 outer:3", &format!("type=boundary {level}"));
    let (_, places, notices) = read(&town);
    let [zone] = places.zones.as_slice() else {
        panic!("{:?}", places.zones)
    };
    assert_eq!(
        (&*zone.id, zone.level.as_deref()),
        ("relation/1", Some("admin_10"))
    );
    assert!((zone.area.square_metres() / (WHOLE + APART) - 1.0).abs() < 1e-3);
    assert_eq!(counts(&notices), [(Notice::OutlineOfRelation, 1)]);
}

#[test]
fn the_shores_of_a_lake_and_of_its_island_stop_a_straight_leg() {
    for tags in ["type=multipolygon natural=water", "type=multipolygon"] {
        // Where the relation has no tags, the outer way tells what it is.
        let outer = if tags.contains("natural") {
            ""
        } else {
            "natural=water"
        };
        let town = town()
            .area("ABCD", outer)
            .way("EFG", "")
            .way("GHE", "")
            .relation("outer:1 inner:2 inner:3", tags);
        let (extract, ..) = read(&town);
        let obstacles = Obstacles::of(&extract, &AccessRules::builtin());
        assert_eq!(obstacles.len(), 8);
        let water = town.place([650.0, -500.0]);
        assert!(obstacles.cross(town.at('M'), water), "off the island");
        assert!(
            obstacles.cross(water, town.place([650.0, -700.0])),
            "off the lake"
        );
        assert!(!obstacles.cross(town.at('M'), town.place([500.0, -350.0])));
    }
}
