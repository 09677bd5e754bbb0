//! What is assumed otherwise, by arithmetic: homes along a street with a pharmacy at its
//! beginning.

use std::collections::BTreeMap;

use crate::harness::Scene;
use living_circle::lang::Lang;
use living_circle::report::{Outputs, render_all, summary};
use living_circle::standard::Basis;
use living_circle::study::{Study, Variant};
use living_circle::synth::Town;
use unicode_width::UnicodeWidthStr as _;

/// Homes of 100 m² and ten people 2, 12, 22 … 992 m from the pharmacy, and a second
/// pharmacy 500 m from the first: of those within 400 m some have one, some have both.
fn street() -> Study {
    let town = Town::new("A---------B").way("AB", "highway=residential");
    let mut scene = Scene::new(town.drawing()).within(&["5min", "400m"]);
    for home in 0..100 {
        let at = town.place([f64::from(home) * 10.0 + 2.0, 0.0]);
        scene = scene.block(&format!("home{home:02}"), at);
    }
    let sites = [("first", 0.0), ("second", 500.0)];
    for (id, east) in sites {
        scene = scene.facility(id, "clinic", town.place([east, 0.0]));
    }
    scene.settings.sensitivity = true;
    scene.study()
}

/// How many homes are within so many metres of one of the two.
fn within(metres: f64) -> usize {
    let homes = (0..100).map(|home| f64::from(home) * 10.0 + 2.0);
    let near = |home: &f64| *home <= metres || (home - 500.0).abs() <= metres;
    homes.filter(near).count()
}

/// How many homes are covered with a change, by network and by radius.
fn covered(study: &Study, key: &str, variant: Variant) -> [u64; 2] {
    let at = study
        .standard
        .requirements
        .iter()
        .position(|asked| asked.key == key)
        .unwrap();
    let mut all = study.sensitivity.iter();
    let changed = all.find(|changed| changed.variant == variant).unwrap();
    Basis::BOTH.map(|basis| {
        let land = changed.coverage[at].covered(basis).land;
        land.square_decimetres() / 10_000
    })
}

#[test]
fn who_walks_slower_has_less_time_and_no_less_metres() {
    let study = street();
    // The adult walks 1.33 m/s: 399 m in five minutes, and a tenth less or more.
    for (variant, minutes, metres) in [
        (Variant::Slower, 359.1, 400.0),
        (Variant::Faster, 438.9, 400.0),
        (Variant::ShorterLimit, 359.1, 360.0),
        (Variant::LongerLimit, 438.9, 440.0),
        (Variant::ShorterLink, 399.0, 400.0),
    ] {
        for (key, limit) in [("clinic-5min", minutes), ("clinic-400m", metres)] {
            let homes = within(limit) as u64;
            assert_eq!(
                covered(&study, key, variant),
                [homes; 2],
                "{variant:?} {key}"
            );
        }
    }
}

#[test]
fn the_table_tells_the_change_and_what_rests_on_one() {
    let study = street();
    let files = render_all(
        &study,
        &Outputs {
            sensitivity: true,
            ..Outputs::plain(Lang::En)
        },
    )
    .unwrap();
    let file = files.iter().find(|file| file.name == "sensitivity.csv");
    let mut reader = csv::Reader::from_reader(&*file.unwrap().content);
    let rows: Vec<BTreeMap<String, String>> = reader.deserialize().map(Result::unwrap).collect();
    let cells = |variant: &str, basis: &str, of: &str| {
        let mut found = rows.iter().filter(|row| {
            row["requirement"] == "clinic-400m"
                && row["variant"] == variant
                && row["basis"] == basis
                && row["denominator"] == of
        });
        let row = found.next().unwrap();
        assert!(found.next().is_none());
        [
            "unit",
            "covered",
            "total",
            "share",
            "base_share",
            "difference_points",
        ]
        .map(|column| row[column].clone())
    };
    // 90 of 100 homes are within 400 m, 86 within 360 m.
    assert_eq!([400.0, 360.0].map(within), [90, 86]);
    let expected = [
        "people", "860.000", "1000.000", "0.860000", "0.900000", "-4.0000",
    ];
    assert_eq!(cells("limit_minus_10", "network", "people"), expected);
    let expected = [
        "m2",
        "8600.000",
        "10000.000",
        "0.860000",
        "0.900000",
        "-4.0000",
    ];
    assert_eq!(cells("limit_minus_10", "radius", "land"), expected);
    // Homes beyond 400 m of the first, or less than 100 m from it, have one of the two.
    let homes = (0..100).map(|home| f64::from(home) * 10.0 + 2.0);
    let one = homes.filter(|home| {
        let near = [*home <= 400.0, (home - 500.0).abs() <= 400.0];
        near.iter().filter(|near| **near).count() == 1
    });
    assert_eq!(one.count(), 60);
    let expected = ["blocks", "60", "100", "0.600000", "", ""];
    assert_eq!(cells("single_facility", "network", "blocks"), expected);
    assert_eq!(study.blocks.len(), 100);
    // Only what there is data of.
    assert!(
        rows.iter()
            .all(|row| row["requirement"].starts_with("clinic-"))
    );
    assert_eq!(rows.len(), 2 * (8 * 2 * 2 + 1));

    let text = summary(&study, Lang::En);
    let line = |start: &str| {
        text.lines()
            .find(|line| line.contains(start))
            .unwrap_or_default()
    };
    assert!(text.lines().all(|line| line.width() <= 80), "{text}");
    // Both requirements lose 4 points.
    assert!(line("limits −10%").contains("-4.0"), "{text}");
    assert!(line("link limit −50%").contains(" 0.0 "), "{text}");
    assert!(
        line("Blocks that rest").contains("60.0% on average"),
        "{text}"
    );
}
