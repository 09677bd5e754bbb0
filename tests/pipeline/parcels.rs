//! Parcels for future homes: what they would reach, and that the city stays as it is.

use living_circle::lang::Lang;
use living_circle::link::Unlinked;
use living_circle::measure::State;
use living_circle::places::{Block, Shape};
use living_circle::plane::Area;
use living_circle::report::{Format, Outputs};
use living_circle::standard::Basis;
use living_circle::study::{Parcels, Study, surroundings};
use living_circle::synth::Town;

use super::harness::{Scene, block, rectangle};
use super::standards::town::{beds, scene as pack_scene, site};

type Corner = [f64; 2];

fn area(town: &Town, id: &str, south_west: Corner, north_east: Corner) -> Block {
    let ring = rectangle(town.place(south_west), town.place(north_east));
    block(id, Shape::Area(Area::from_ring(ring).unwrap()))
}

/// A street of 2,000 m with a clinic at its western end A and another at B, 1,000 m east;
/// homes stand at B.
fn street() -> (Town, Scene) {
    let town = Town::new("A-------------------B-------------------C")
        .spacing(50.0)
        .way("ABC", "highway=residential");
    let scene = Scene::new(town.drawing())
        .facility("west", "clinic", town.at('A'))
        .facility("middle", "clinic", town.at('B'))
        .block("home", town.at('B'));
    (town, scene)
}

fn of(study: &Study) -> &Parcels {
    study.parcels.as_ref().unwrap()
}

fn number(study: &Study, key: &str) -> usize {
    let mut asked = study.standard.requirements.iter();
    asked.position(|asked| asked.key == key).unwrap()
}

/// The file's rows of a requirement, as columns by name.
fn rows(study: &Study, key: &str) -> Vec<std::collections::BTreeMap<String, String>> {
    let outputs = Outputs {
        parcels: true,
        ..Outputs::plain(Lang::En)
    };
    let file = Format::ParcelsCsv
        .render(study, &outputs)
        .unwrap()
        .remove(0);
    let mut reader = csv::Reader::from_reader(&*file.content);
    let rows = reader.deserialize().map(Result::unwrap);
    rows.filter(|row: &std::collections::BTreeMap<String, String>| row["requirement"] == key)
        .collect()
}

#[test]
fn what_a_parcel_reaches_is_arithmetic() {
    let (town, mut scene) = street();
    // Two samples of 50 × 50 m, 40 m north of the street, 225 and 275 m east of A: 265 and
    // 315 m to the clinic in the west, 815 and 765 m to the one in the middle.
    scene
        .parcels
        .push(area(&town, "p", [200.0, 15.0], [300.0, 65.0]));
    let study = scene.clone().within(&["300m"]).study();
    let row = &rows(&study, "clinic-300m")[0];
    for (column, value) in [
        ("parcel", "p"),
        ("state", "partly"),
        ("network_share", "0.500000"),
        ("radius_share", "1.000000"),
        ("radius_state", "covered"),
        ("facility", "west"),
        ("walk_m", "265.0"),
        // 1.33 m/s.
        ("walk_min", "3.32"),
        // Of the two samples one has it: the lower median is the other's.
        ("count", "0"),
        // 399, 798 and 1,197 m: one sample reaches both within 10 minutes.
        ("count_5min", "1"),
        ("count_10min", "1"),
        ("count_15min", "2"),
        ("too_small", "0"),
        ("unlinked_reason", ""),
    ] {
        assert_eq!(row[column], value, "{column}");
    }
    // Whatever is asked, the three circles are counted.
    let study = scene.within(&["100m"]).study();
    let row = &rows(&study, "clinic-100m")[0];
    let counts = ["count", "count_5min", "count_10min", "count_15min"];
    assert_eq!(counts.map(|column| &*row[column]), ["0", "1", "1", "2"]);
    assert_eq!(row["state"], "uncovered");
}

/// In one town a compound whose gates are for residents, a street and a field far away.
#[test]
fn the_same_polygon_is_the_same_as_a_block() {
    let town = Town::new(
        "
        A-----B

         PGQ
           E
         S-R  V
        ",
    )
    .spacing(50.0)
    .way("AB", "highway=residential")
    .area("PGQERS", "barrier=fence")
    .node("G", "barrier=gate access=private");
    let polygons = [
        area(&town, "inside", [60.0, -190.0], [140.0, -110.0]),
        area(&town, "along", [150.0, 10.0], [290.0, 90.0]),
        area(&town, "far", [5_000.0, 5_000.0], [5_090.0, 5_090.0]),
    ];
    let mut scene = Scene::new(town.drawing())
        .facility("f", "clinic", town.at('B'))
        .facility("g", "pharmacy;clinic", town.place([80.0, -130.0]))
        .block("home", town.at('B'));
    let without = scene.study();
    scene.parcels = polygons.to_vec();
    let as_parcels = scene.study();
    scene.parcels.clear();
    scene.blocks = polygons.to_vec();
    let as_blocks = scene.study();
    // Nothing of the city is changed.
    assert_eq!(without.answers, as_parcels.answers);
    assert_eq!(without.blocks, as_parcels.blocks);
    assert_eq!(without.notices, as_parcels.notices);
    let parcels = of(&as_parcels);
    let mut states = std::collections::BTreeSet::new();
    for (own, block) in parcels.answers.iter().zip(&as_blocks.answers) {
        for parcel in 0..polygons.len() {
            let [as_parcel, as_block] = [
                as_parcels.of_parcel(parcels, own, parcel),
                as_blocks.of_block(block, parcel),
            ];
            for side in [Basis::Network, Basis::Radius] {
                assert_eq!(as_parcel.state(side), as_block.state(side));
                assert_eq!(as_parcel.within(side), as_block.within(side));
                assert_eq!(
                    as_parcel.share(side).to_bits(),
                    as_block.share(side).to_bits()
                );
            }
            assert_eq!(as_parcel.nearest(), as_block.nearest());
            assert_eq!(as_parcel.count(), as_block.count());
            assert_eq!(as_parcel.at_edge(), as_block.at_edge());
            states.insert(as_parcel.state(Basis::Network));
            let [own, block] = [
                (&parcels.walked[own.walker], &parcels.samples),
                (&as_blocks.walked[block.walker], &as_blocks.samples),
            ]
            .map(|(walked, samples)| {
                [&walked.length, &walked.time].map(|of| of.spread(block.set, samples, parcel))
            });
            assert_eq!(own, block);
        }
    }
    assert!(states.len() >= 3, "{states:?}");
    for parcel in 0..polygons.len() {
        let reason = parcels.unlinked_reason(parcel);
        assert_eq!(reason, as_blocks.unlinked_reason(parcel));
    }
    let reasons = [0, 1, 2].map(|parcel| parcels.unlinked_reason(parcel));
    assert_eq!(reasons, [None, Some(Unlinked::TooFar), None]);
}

#[test]
fn unlinked_unknown_and_lacking_are_three_things() {
    let (town, mut scene) = street();
    scene.parcels = vec![
        area(&town, "a", [900.0, 15.0], [950.0, 65.0]),
        area(&town, "b", [900.0, 5_000.0], [950.0, 5_050.0]),
        area(&town, "c", [1_900.0, 15.0], [1_950.0, 65.0]),
    ];
    let study = scene.within(&["300m"]).study();
    let parcels = of(&study);
    let states = |key: &str| {
        let answer = &parcels.answers[number(&study, key)];
        let all = 0..parcels.list.len();
        all.map(|parcel| {
            study
                .of_parcel(parcels, answer, parcel)
                .state(Basis::Network)
        })
        .collect::<Vec<_>>()
    };
    let [has, lacks] = [State::Covered, State::Uncovered];
    assert_eq!(states("clinic-300m"), [has, State::Unlinked, lacks]);
    assert_eq!(states("school-300m"), [State::NoData; 3]);
    let school = &rows(&study, "school-300m")[0];
    assert_eq!((&*school["count"], &*school["count_15min"]), ("", ""));
    let told: Vec<u64> = parcels.notices.iter().map(|(_, seen)| seen.count).collect();
    assert_eq!(told, [1]);
    // From the field nothing is reached; from the street 5, 10 and 15 minutes.
    let around = surroundings(&study, parcels);
    let east = |parcel: usize, limit: usize, metres: f64| {
        let polygons = around[parcel][limit].clone();
        Area::new(polygons).is_some_and(|area| area.holds(town.place([metres, 0.0])))
    };
    // The sample lies 925 m east and 40 m north: 359 m are left of 5 minutes, and 40 m
    // around the end of the way are drawn.
    for (limit, end) in [(0, 359.0), (1, 758.0)] {
        assert!(east(0, limit, 925.0 - end + 5.0) && east(0, limit, 925.0 + end - 5.0));
        assert!(!east(0, limit, 925.0 - end - 50.0) && !east(0, limit, 925.0 + end + 50.0));
    }
    assert!(around[1].iter().all(Vec::is_empty));
}

#[test]
fn what_is_too_small_near_by_is_told_and_does_not_count() {
    // The pack asks a home for the elderly of 200 beds within 1,000 m.
    let sites = [
        site("small", "nursing_home", beds(199), 0.0),
        site("large", "nursing_home", beds(200), 3_000.0),
    ];
    let mut scene = pack_scene(&["gb50180-2018"], &sites);
    let home = scene.blocks[0].shape.inner_place();
    let corner = |step: i32| living_circle::plane::LonLat {
        lon: home.lon + step,
        lat: home.lat + step,
    };
    let ring = rectangle(corner(-1_000), corner(1_000));
    let area = Area::from_ring(ring).unwrap();
    scene.parcels.push(block("p", Shape::Area(area)));
    let study = scene.study();
    let asked = study.standard.requirements.iter();
    let asked = asked.filter(|asked| asked.fit.smallest.beds.is_some());
    let keys: Vec<String> = asked.map(|asked| asked.key.clone()).collect();
    assert!(!keys.is_empty());
    for key in keys {
        let row = &rows(&study, &key)[0];
        assert_eq!(
            (&*row["too_small"], &*row["state"]),
            ("1", "uncovered"),
            "{key}"
        );
        assert_eq!(row["facility"], "large", "{key}");
    }
}
