//! Blocks and facilities: where they stand, what they are.

use living_circle::link::Unlinked;
use living_circle::measure::{Scope, State};
use living_circle::osm::{DrawnNode, Tags};
use living_circle::places::{BlockKind, Facility, FacilitySource};
use living_circle::plane::LonLat;
use living_circle::standard::Basis;
use living_circle::study::Study;
use living_circle::synth::Town;

use super::harness::{
    Scene, answer, block_answer, facility_unlinked, nearest_id, state, sums, walk,
};
use super::{metres, scene, walked};

fn street() -> Town {
    Town::new("A----B").way("AB", "highway=residential")
}

#[test]
fn a_block_on_the_spot_of_a_facility_walks_nothing() {
    let town = street();
    for at in [[0.0, 0.0], [230.0, 0.0], [500.0, 0.0]] {
        let study = Scene::new(town.drawing())
            .block("b", town.place(at))
            .facility("f", "clinic", town.place(at))
            .within(&["1m"])
            .study();
        assert_eq!(walked(&study), Some(0), "{at:?}");
        assert_eq!(state(&study, "clinic-1m", "b"), State::Covered);
    }
}

#[test]
fn places_on_one_walk_meet_along_it() {
    let town = street();
    for (block, site, expected) in [
        ([120.0, 0.0], [370.0, 0.0], 250),
        ([370.0, 0.0], [120.0, 0.0], 250),
        ([120.0, 10.0], [120.0, -25.0], 35),
        ([120.0, 40.0], [130.0, 30.0], 80),
    ] {
        let scene = Scene::new(town.drawing())
            .block("b", town.place(block))
            .facility("f", "clinic", town.place(site))
            .within(&["1km"]);
        assert_eq!(metres(&scene), Some(expected), "{block:?} {site:?}");
    }
}

#[test]
fn the_link_limit_holds_to_the_metre() {
    let town = street();
    let from = |gap: f64, limit: f64| {
        let mut scene = scene(&town, 'A', 'B');
        scene.blocks.clear();
        let mut scene = scene.block("b", town.place([100.0, gap]));
        scene.settings.link_limit = limit;
        metres(&scene)
    };
    assert_eq!(from(199.0, 200.0), Some(199 + 400));
    assert_eq!(from(201.0, 200.0), None);
    assert_eq!(from(201.0, 202.0), Some(201 + 400));
}

#[test]
fn an_unlinked_block_stays_in_the_denominator() {
    let town = street();
    let study = scene(&town, 'A', 'B')
        .block("far", town.place([100.0, 300.0]))
        .study();
    assert_eq!(state(&study, "clinic-1000m", "far"), State::Unlinked);
    assert_eq!(study.unlinked_reason(1), Some(Unlinked::TooFar));
    let found = block_answer(&study, "clinic-1000m", "far");
    assert_eq!(
        found.state(Basis::Radius),
        State::Covered,
        "nobody needs a link to be near"
    );
    assert_eq!(
        sums(&study, "clinic-1000m", Scope::Whole),
        [[20_000, 20_000], [10_000, 10_000], [20_000, 20_000]]
    );
}

#[test]
fn a_block_is_partly_unlinked_where_some_of_its_samples_are() {
    let town = street();
    let ring = super::harness::rectangle(town.place([105.0, 105.0]), town.place([145.0, 295.0]));
    let area = living_circle::plane::Area::from_ring(ring).unwrap();
    let mut scene = scene(&town, 'A', 'B');
    scene.blocks[0].shape = living_circle::places::Shape::Area(area);
    let study = scene.study();
    // Samples 125, 175, 225 and 275 m north of the street.
    assert_eq!(study.samples.all().len(), 4);
    assert_eq!(study.unlinked_samples(0), 2);
    assert_eq!(study.unlinked_reason(0), None);
    let answer = block_answer(&study, "clinic-1000m", "b");
    assert_eq!(answer.state(Basis::Network), State::Partly);
    assert_eq!(answer.within(Basis::Network), 2);
    let spread = answer.nearest();
    let costs = [spread.best, spread.median, spread.worst].map(|found| found.map(|at| at.cost));
    assert_eq!(costs, [Some(5_000), Some(5_500), None]);
}

#[test]
fn no_data_is_not_uncovered() {
    let town = street();
    let study = Scene::new(town.drawing())
        .block("b", town.at('A'))
        .block("far", town.place([100.0, 300.0]))
        .facility("unlinked", "pharmacy", town.place([100.0, 250.0]))
        .facility("beyond", "clinic", town.at('B'))
        .within(&["300m"])
        .study();
    // A facility that exists and is unlinked is data.
    assert_eq!(
        facility_unlinked(&study, "unlinked"),
        Some(Unlinked::TooFar)
    );
    assert_eq!(state(&study, "pharmacy-300m", "b"), State::Uncovered);
    assert_eq!(state(&study, "clinic-300m", "b"), State::Uncovered);
    assert_eq!(state(&study, "library-300m", "b"), State::NoData);
    assert_eq!(state(&study, "clinic-300m", "far"), State::Unlinked);
    assert_eq!(
        state(&study, "library-300m", "far"),
        State::NoData,
        "said first"
    );
}

#[test]
fn one_house_may_offer_two_services() {
    let town = street();
    let study = Scene::new(town.drawing())
        .block("b", town.at('A'))
        .facility("both", "pharmacy;library", town.place([200.0, 0.0]))
        .facility("one", "library", town.place([300.0, 0.0]))
        .within(&["250m", "350m"])
        .study();
    assert_eq!(walk(&study, "pharmacy", "b"), Some(2_000));
    assert_eq!(walk(&study, "library", "b"), Some(2_000));
    let count = |key| block_answer(&study, key, "b").count();
    assert_eq!(count("pharmacy-350m"), 1);
    assert_eq!([count("library-250m"), count("library-350m")], [1, 2]);
}

#[test]
fn a_generic_category_holds_its_parts() {
    let town = street();
    for (part, whole) in [
        ("health_station", "clinic"),
        ("health_centre", "clinic"),
        ("outpatient", "clinic"),
        ("supermarket", "shop"),
        ("convenience", "shop"),
        ("market", "shop"),
        ("primary_school", "school"),
        ("middle_school", "school"),
        ("elderly_day_care", "elderly"),
        ("nursing_home", "elderly"),
        ("football_pitch", "sport"),
    ] {
        let study = Scene::new(town.drawing())
            .block("b", town.at('A'))
            .facility("f", part, town.at('B'))
            .within(&["1km"])
            .study();
        assert_eq!(walk(&study, whole, "b"), Some(5_000), "{part}");
        // And nothing else has data.
        let with_data = study.sets.iter().filter(|set| !set.facilities.0.is_empty());
        assert_eq!(with_data.count(), 1, "{part}");
    }
}

#[test]
fn of_two_as_near_the_lower_id_is_named() {
    let town = street();
    let study = Scene::new(town.drawing())
        .block("b", town.place([250.0, 0.0]))
        .facility("y", "clinic", town.place([350.0, 0.0]))
        .facility("x", "clinic", town.place([150.0, 0.0]))
        .facility("z", "clinic", town.place([250.0, 100.0]))
        .within(&["1km"])
        .study();
    assert_eq!(walked(&study), Some(100));
    assert_eq!(nearest_id(&study, "clinic", "b").as_deref(), Some("x"));
    assert_eq!(block_answer(&study, "clinic-1000m", "b").count(), 3);
}

fn with_osm_clinic(source: FacilitySource) -> Study {
    let town = street().node("B", "amenity=clinic");
    let mut scene = Scene::new(town.drawing())
        .block("b", town.at('A'))
        .facility("t", "clinic", town.place([200.0, 0.0]))
        .within(&["1km"]);
    scene.settings.facilities_from = source;
    scene.study()
}

#[test]
fn facilities_come_from_where_they_were_asked_from() {
    let ids = |source| -> Vec<String> {
        let study = with_osm_clinic(source);
        study
            .facilities
            .iter()
            .map(|site: &Facility| site.id.clone())
            .collect()
    };
    assert_eq!(ids(FacilitySource::ByCategory), ["t"]);
    assert_eq!(ids(FacilitySource::Table), ["t"]);
    assert_eq!(ids(FacilitySource::Osm), ["node/66"]);
    assert_eq!(ids(FacilitySource::Both), ["node/66", "t"]);
    assert_eq!(walked(&with_osm_clinic(FacilitySource::Osm)), Some(500));
    assert_eq!(walked(&with_osm_clinic(FacilitySource::Both)), Some(200));
}

#[test]
fn blocks_and_facilities_of_the_extract_itself() {
    // A house of 40 m × 40 m whose middle is 60 m south of the street, and a
    // pharmacy 300 m east of it on the street.
    let town = Town::new(
        "
        A------P--B

         HI
         KJ
        ",
    )
    .spacing(40.0)
    .way("APB", "highway=residential")
    .area("HIJK", "building=apartments")
    .node("P", "amenity=pharmacy");
    let study = Scene::new(town.drawing()).within(&["1km"]).study();
    assert_eq!(study.blocks.len(), 1);
    assert_eq!(study.blocks[0].id, "way/2");
    assert_eq!(study.blocks_by_kind(), [(BlockKind::Building, 1)].into());
    let land = study.blocks[0].land.unwrap().square_metres();
    assert!((land - 1_600.0).abs() < 1.0, "{land}");
    assert_eq!(walk(&study, "pharmacy", "way/2"), Some(1_000 + 2_200));
}

fn edges(study: &Study, key: &str) -> Vec<bool> {
    let answer = answer(study, key);
    let blocks = 0..study.blocks.len();
    blocks
        .map(|block| study.of_block(answer, block).at_edge())
        .collect()
}

#[test]
fn near_the_border_of_the_data_a_block_is_flagged() {
    let town = street();
    let mut scene = Scene::new(town.drawing())
        .block("b1", town.place([110.0, 0.0]))
        .block("b2", town.place([250.0, 0.0]))
        .facility("f", "clinic", town.at('B'))
        .within(&["100m", "120m", "3min"]);
    // The header's box is 500 m wide and 2 km high.
    scene.drawing.bounds = Some((town.place([0.0, -1_000.0]), town.place([500.0, 1_000.0])));
    let study = scene.study();
    assert_eq!(edges(&study, "clinic-100m"), [false, false]);
    assert_eq!(edges(&study, "clinic-120m"), [true, false]);
    // 3 minutes are 239.4 m; 250 m are farther.
    assert_eq!(edges(&study, "clinic-3min"), [true, false]);
    // Without a header box the kept nodes are the border: all lie on one line.
    scene.drawing.bounds = None;
    assert_eq!(edges(&scene.study(), "clinic-100m"), [true, true]);
    let corner = |id, at: LonLat| DrawnNode {
        id,
        at,
        tags: Tags::new([("amenity", "clinic")]),
    };
    scene
        .drawing
        .nodes
        .push(corner(1_001, town.place([-20.0, -500.0])));
    scene
        .drawing
        .nodes
        .push(corner(1_002, town.place([520.0, 500.0])));
    let study = scene.study();
    assert_eq!(edges(&study, "clinic-100m"), [false, false]);
    assert_eq!(edges(&study, "clinic-120m"), [false, false]);
    assert_eq!(edges(&study, "clinic-3min"), [true, false]);
}
