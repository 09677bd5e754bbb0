//! The known answers of `fixtures/README.md`, in a report on the sample city.

use std::path::Path;
use std::sync::LazyLock;
use std::time::Duration;

use living_circle::link::Unlinked;
use living_circle::measure::State;
use living_circle::plane::distance_metres;
use living_circle::progress::Silent;
use living_circle::standard::Basis;
use living_circle::study::{Files, Settings, Study};
use rayon::prelude::*;

use super::harness::{
    answer, block_answer, block_number, facility_number, nearest_id, state, time, walk,
};

static STUDY: LazyLock<Study> = LazyLock::new(|| {
    let file = |name: &str| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
        folder.join(format!("lakeside.{name}"))
    };
    let files = Files {
        extract: file("osm.pbf"),
        blocks: Some(file("blocks.geojson").into()),
        facilities: Some(file("facilities.csv").into()),
        zones: vec![file("zones.geojson").into()],
        ..Files::default()
    };
    Study::run(&files, &Settings::default(), &Silent).unwrap()
});

#[test]
fn gaps_are_told_to_many_threads_at_once() {
    let (done, waited_for) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(8).build();
        let ranked = pool.unwrap().install(|| {
            let ranked = (0..20).map(|_| {
                // A copy looks for its own.
                let study = STUDY.clone();
                let told = (0..16).into_par_iter().map(|_| study.gaps().to_vec());
                told.collect::<Vec<_>>()
            });
            ranked.flatten().all(|gaps| gaps == STUDY.gaps())
        });
        done.send(ranked)
    });
    let all_the_same = waited_for.recv_timeout(Duration::from_mins(2));
    assert_eq!(all_the_same, Ok(true), "threads wait for each other");
    assert!(STUDY.gaps().len() > 100);
}

#[test]
fn the_measured_mile_is_as_long_as_it_is_drawn() {
    let straight = |block: &str, facility: &str| {
        let site = &STUDY.facilities[facility_number(&STUDY, facility)];
        let home = STUDY.blocks[block_number(&STUDY, block)]
            .shape
            .inner_place();
        distance_metres(home, site.shape.inner_place())
    };
    // Metres, seconds, straight metres, tiers of 5, 10 and 15 minutes it is within.
    for (block, set, metres, seconds, direct, within) in [
        ("B249", "clinic", 850, 639.1, 801.6, [false, false, true]),
        ("B250", "clinic", 650, 488.7, 602.1, [false, true, true]),
        ("B251", "clinic", 250, 188.0, 206.2, [true, true, true]),
        ("B249", "pharmacy", 450, 338.3, 403.1, [false, true, true]),
        ("B250", "pharmacy", 250, 188.0, 206.2, [true, true, true]),
        ("B251", "pharmacy", 650, 488.7, 602.1, [false, true, true]),
    ] {
        assert_eq!(walk(&STUDY, set, block), Some(metres * 10), "{block} {set}");
        let taken = f64::from(time(&STUDY, set, block).unwrap()) / 10.0;
        // Legs and walk are rounded to a tenth each.
        assert!((taken - seconds).abs() < 0.2, "{block} {set}: {taken}");
        let nearest = nearest_id(&STUDY, set, block).unwrap();
        let site = &STUDY.facilities[facility_number(&STUDY, &nearest)];
        let name = match set {
            "clinic" => "量尺路卫生室",
            _ => "量尺路药店",
        };
        assert_eq!(site.name.as_deref(), Some(name));
        assert!(
            (straight(block, &nearest) - direct).abs() < 0.1,
            "{block} {set}"
        );
        for (tier, within) in [5, 10, 15].into_iter().zip(within) {
            let state = state(&STUDY, &format!("{set}-{tier}min"), block);
            assert_eq!(state == State::Covered, within, "{block} {set} {tier}");
        }
    }
}

#[test]
fn the_forest_workers_houses_are_unlinked_and_counted() {
    let houses = block_number(&STUDY, "B248");
    assert_eq!(STUDY.unlinked_reason(houses), Some(Unlinked::TooFar));
    for answer in &STUDY.answers {
        let by_network = STUDY.of_block(answer, houses).state(Basis::Network);
        let no_data = STUDY.sets[answer.set].facilities.0.is_empty();
        let expected = if no_data {
            State::NoData
        } else {
            State::Unlinked
        };
        assert_eq!(by_network, expected);
        // It stays in the denominator.
        let land: u64 = STUDY
            .blocks
            .iter()
            .map(|block| block.land.unwrap().square_decimetres())
            .sum();
        assert_eq!(answer.coverage[0].whole.land.square_decimetres(), land);
    }
}

#[test]
fn the_clinic_across_the_canal_is_near_by_radius_only() {
    for tier in [5, 10, 15] {
        let key = format!("clinic-{tier}min");
        assert_eq!(state(&STUDY, &key, "B114"), State::Uncovered, "{tier}");
    }
    let compound = block_answer(&STUDY, "clinic-15min", "B114");
    assert_eq!(compound.state(Basis::Radius), State::Covered);
    assert!(compound.nearest().best.unwrap().cost > 15 * 600);
}

#[test]
fn the_market_behind_the_wall_is_far_from_the_gate() {
    let garden = STUDY
        .blocks
        .iter()
        .position(|block| block.name.as_deref() == Some("阳光苑"))
        .unwrap();
    let market = STUDY
        .facilities
        .iter()
        .position(|site| site.name.as_deref() == Some("南湖农贸市场"))
        .unwrap();
    let shops = STUDY.sets.iter().position(|set| set.key == "shop").unwrap();
    // 900 m from the gate round the block, so no sample has it nearer than that.
    for found in &STUDY.walked[0].length.nearest(shops)[STUDY.samples.of_block(garden)] {
        let to_market = found.filter(|found| found.facility() as usize == market);
        assert!(to_market.is_none_or(|found| found.cost > 9_000));
    }
    let wall_to_market = STUDY.blocks[garden]
        .shape
        .distance_metres(STUDY.facilities[market].shape.inner_place());
    assert!((wall_to_market - 43.0).abs() < 0.5, "{wall_to_market}");
}

#[test]
fn a_city_without_a_library_has_no_data_on_libraries() {
    for tier in [5, 10, 15] {
        let answer = answer(&STUDY, &format!("library-{tier}min"));
        for side in [Basis::Network, Basis::Radius] {
            assert_eq!(
                STUDY.blocks_in(answer, side, State::NoData),
                STUDY.blocks.len()
            );
        }
    }
}

#[test]
fn the_hamlet_reaches_nothing() {
    let hamlet = block_number(&STUDY, "B247");
    assert_eq!(STUDY.unlinked_reason(hamlet), None);
    let required = STUDY.answered().filter(|(asked, _)| asked.required);
    let mut asked_for = 0;
    for (asked, answer) in required {
        let found = STUDY.of_block(answer, hamlet);
        assert_eq!(
            found.state(Basis::Network),
            State::Uncovered,
            "{}",
            asked.key
        );
        assert_eq!(found.nearest().best, None);
        asked_for += 1;
    }
    assert_eq!(asked_for, 7 * 3);
}
