//! Rows of a table and objects of the extract.

use living_circle::notice::Notice;
use living_circle::places::{Facility, FacilitySource, Shape};
use living_circle::plane::{Area, LonLat, Plane};
use living_circle::synth::Town;

use super::{merged, row, told, town};

#[track_caller]
fn check_rows(town: &Town, rows: &[Facility], facilities: &[&str], pairs: &[&str]) {
    let (list, notices) = merged(town, rows, FacilitySource::Both);
    let (found, merged) = told(&list);
    assert_eq!(found, facilities);
    assert_eq!(merged, pairs);
    assert_eq!(notices.count(&Notice::SameAsRow), pairs.len() as u64);
}

/// A town with a school of this name at `A`, and places so many metres east of it.
fn school(name: &str) -> Town {
    Town::new("A").node("A", &format!("amenity=school {name}"))
}

#[test]
fn a_row_and_an_object_of_one_name_are_one_within_100_m() {
    let town = school("name=\"Lakeside Primary School\"");
    let at = |east| town.place([east, 0.0]);
    let named = |east| row("t", Some("lakeside primary-school"), "school", at(east));
    // The row stays, and says what the object knows.
    check_rows(
        &town,
        &[named(99.9)],
        &["t lakeside primary-school primary_school"],
        &["node/65>t same_name"],
    );
    let (list, _) = merged(&town, &[named(99.9)], FacilitySource::Both);
    assert_eq!(list.merged[0].apart.decimetres(), 999);
    let two = [
        "node/65 Lakeside Primary School primary_school",
        "t lakeside primary-school school",
    ];
    check_rows(&town, &[named(100.1)], &two, &[]);
    // Another name, another category: however near.
    let other = row("t", Some("Seaside"), "school", at(1.0));
    let own = "node/65 Lakeside Primary School primary_school";
    check_rows(&town, &[other], &[own, "t Seaside school"], &[]);
    let other = row("t", None, "library", at(1.0));
    check_rows(&town, &[other], &[own, "t - library"], &[]);
    // A middle school is no primary school.
    let other = row("t", None, "middle_school", at(1.0));
    check_rows(&town, &[other], &[own, "t - middle_school"], &[]);
    // The table speaks for schools: the object goes, and nothing is merged.
    let (list, notices) = merged(&town, &[named(1.0)], FacilitySource::ByCategory);
    assert!(list.merged.is_empty() && list.facilities.len() == 1);
    assert_eq!(notices.count(&Notice::LeftToTable), 1);
}

#[test]
fn without_a_name_they_are_one_within_50_m() {
    for (osm, own) in [("", Some("甲")), ("name=甲", None), ("", None)] {
        let town = school(osm);
        let at = |east| town.place([east, 0.0]);
        let name = if osm.is_empty() {
            own.unwrap_or("-")
        } else {
            "甲"
        };
        check_rows(
            &town,
            &[row("t", own, "school", at(49.9))],
            &[&format!("t {name} school")],
            &["node/65>t unnamed"],
        );
        let (list, _) = merged(
            &town,
            &[row("t", own, "school", at(50.1))],
            FacilitySource::Both,
        );
        assert!(list.merged.is_empty() && list.facilities.len() == 2);
    }
}

#[test]
fn distances_are_from_the_outline() {
    let town = town().area("ABCD", "leisure=park name=湖滨公园");
    // C is 60 m east of the middle.
    let at = |east| {
        let (corner, other) = (town.at('B'), town.at('C'));
        let middle = LonLat {
            lon: corner.lon,
            lat: i32::midpoint(corner.lat, other.lat),
        };
        let plane = Plane::at(middle);
        plane.place([east, 0.0])
    };
    let named = |east| row("t", Some("湖滨公园"), "park", at(east));
    let size = |rows: &[Facility]| {
        let (list, _) = merged(&town, rows, FacilitySource::Both);
        let pair = list.merged.first().map(|pair| pair.apart.decimetres());
        (list.facilities.len(), pair)
    };
    assert_eq!(size(&[named(99.9)]), (1, Some(999)));
    assert_eq!(size(&[named(100.1)]), (2, None));
    assert_eq!(size(&[named(-30.0)]), (1, Some(0)), "inside");
    // From area to area.
    let area = |east: f64| {
        let corners = [[0.0, 0.0], [50.0, 0.0], [50.0, 20.0], [0.0, 20.0]];
        let plane = Plane::at(at(east));
        let ring = corners.map(|corner| plane.place(corner)).to_vec();
        let shape = Shape::Area(Area::from_ring(ring).unwrap());
        Facility {
            shape,
            ..named(0.0)
        }
    };
    assert_eq!(size(&[area(99.9)]), (1, Some(999)));
    assert_eq!(size(&[area(100.1)]), (2, None));
    assert_eq!(size(&[area(-10.0)]), (1, Some(0)), "they overlap");
}

#[test]
fn a_row_takes_all_of_its_name_else_the_nearest_one() {
    let stops = Town::new("A-B-C")
        .spacing(20.0)
        .node("A", "highway=bus_stop name=甲")
        .node("B", "highway=bus_stop name=乙")
        .node("C", "highway=bus_stop name=甲");
    let at = |east| stops.place([east, 0.0]);
    check_rows(
        &stops,
        &[row("t", Some("甲"), "bus_stop", at(41.0))],
        &["node/66 乙 bus_stop", "t 甲 bus_stop"],
        &["node/65>t same_name", "node/67>t same_name"],
    );
    // Two rows without a name, three objects: each takes its nearest.
    check_rows(
        &stops,
        &[
            row("s", None, "bus_stop", at(38.0)),
            row("t", None, "bus_stop", at(79.0)),
        ],
        &["node/65 甲 bus_stop", "s 乙 bus_stop", "t 甲 bus_stop"],
        &["node/66>s unnamed", "node/67>t unnamed"],
    );
    // The id of an object stands for it, wherever the row lies.
    let (list, notices) = merged(
        &stops,
        &[row("node/66", None, "bus_stop", at(0.0))],
        FacilitySource::Both,
    );
    let (_, pairs) = told(&list);
    assert_eq!(
        pairs,
        ["node/65>node/66 unnamed", "node/66>node/66 same_id"]
    );
    assert_eq!(list.merged[1].apart.decimetres(), 400);
    assert_eq!(notices.count(&Notice::ReplacedByTable), 1);
}
