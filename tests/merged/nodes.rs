//! Nodes in areas.

use living_circle::notice::Notice;
use living_circle::places::{FacilitySource, MergeRule, Origin};
use living_circle::synth::Town;

use super::{merged, told, town};

#[track_caller]
fn check(town: &Town, facilities: &[&str], pairs: &[&str]) {
    let (list, notices) = merged(town, &[], FacilitySource::Osm);
    let (found, merged) = told(&list);
    assert_eq!(found, facilities);
    assert_eq!(merged, pairs);
    assert_eq!(notices.count(&Notice::SameAsArea), pairs.len() as u64);
}

#[test]
fn a_node_in_an_area_of_its_category_is_the_area() {
    let school = town()
        .area("ABCD", "amenity=school")
        .node("M", "amenity=school name=湖滨小学")
        .node("X", "amenity=school name=湖滨小学");
    check(
        &school,
        &[
            "node/88 湖滨小学 primary_school",
            "way/1 湖滨小学 primary_school",
        ],
        &["node/77>way/1 node_in_area"],
    );
    let (list, _) = merged(&school, &[], FacilitySource::Osm);
    let area = &list.facilities[1];
    assert_eq!(area.origin, Origin::OsmWay(1));
    assert!((area.size.land.unwrap().square_metres() / 7_200.0 - 1.0).abs() < 1e-3);
    let pair = &list.merged[0];
    assert_eq!(
        (pair.kept_name.as_deref(), pair.gone_name.as_deref()),
        (None, Some("湖滨小学"))
    );
    assert_eq!(
        (pair.rule, pair.apart.decimetres()),
        (MergeRule::NodeInArea, 0)
    );
    // On the outline, and of the same name written otherwise.
    let ceip = town()
        .area("ABCD", "amenity=school name=\"C.E.I.P. Las Canteras\"")
        .node("A", "amenity=school name=\"CEIP Las Canteras\"");
    check(
        &ceip,
        &["way/1 C.E.I.P. Las Canteras kindergarten primary_school"],
        &["node/65>way/1 node_in_area"],
    );
    // A relation is an area as well, and its hole is not.
    let park = town()
        .area("ABCD", "")
        .area("EFGH", "")
        .node("P", "leisure=playground")
        .node("M", "leisure=playground")
        .relation(
            "outer:1 inner:2",
            "type=multipolygon leisure=park name=湖滨公园",
        );
    check(
        &park,
        &["node/77 - park", "relation/1 湖滨公园 park"],
        &["node/80>relation/1 node_in_area"],
    );
}

#[test]
fn what_differs_stays_two() {
    // Another name; another category; areas.
    let town = town()
        .area("ABCD", "leisure=park name=湖滨公园")
        .area("EFGH", "leisure=playground")
        .node("P", "leisure=playground name=儿童乐园")
        .node("M", "amenity=library");
    check(
        &town,
        &[
            "node/77 - library",
            "node/80 儿童乐园 park",
            "way/1 湖滨公园 park",
            "way/2 - park",
        ],
        &[],
    );
}

#[test]
fn several_services_in_one_building_are_counted_each() {
    // What the building itself offers is one site; what stands in it is its own,
    // save what it offers too.
    let town = town()
        .area(
            "ABCD",
            "building=yes shop=supermarket amenity=pharmacy name=邻里中心",
        )
        .node("M", "amenity=library name=邻里图书馆")
        .node("N", "amenity=clinic name=南苑卫生服务站")
        .node("O", "amenity=pharmacy");
    check(
        &town,
        &[
            "node/77 邻里图书馆 library",
            "node/78 南苑卫生服务站 health_station",
            "way/1 邻里中心 pharmacy supermarket",
        ],
        &["node/79>way/1 node_in_area"],
    );
}

#[test]
fn an_area_is_not_named_after_one_of_several_nodes() {
    let town = town()
        .area("ABCD", "building=yes shop=supermarket")
        .node("M", "shop=supermarket name=甲")
        .node("N", "shop=supermarket name=乙")
        .node("O", "shop=supermarket");
    check(
        &town,
        &[
            "node/77 甲 supermarket",
            "node/78 乙 supermarket",
            "way/1 - supermarket",
        ],
        &["node/79>way/1 node_in_area"],
    );
}

#[test]
fn of_several_areas_it_is_that_of_its_name_else_the_smallest() {
    let parks = || {
        town()
            .area("ABCD", "leisure=park name=大公园")
            .area("EFGH", "leisure=park")
    };
    let facilities = ["way/1 大公园 park", "way/2 - park"];
    let unnamed = parks().node("M", "leisure=playground");
    check(&unnamed, &facilities, &["node/77>way/2 node_in_area"]);
    let named = parks().node("M", "leisure=playground name=大公园");
    check(&named, &facilities, &["node/77>way/1 node_in_area"]);
    // To a node without a name an area without one is no nearer.
    let inner = town()
        .area("ABCD", "leisure=park")
        .area("EFGH", "leisure=park name=小公园")
        .node("M", "leisure=playground");
    check(
        &inner,
        &["way/1 - park", "way/2 小公园 park"],
        &["node/77>way/2 node_in_area"],
    );
}
