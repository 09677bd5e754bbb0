//! The tables that tell of standards, cell by cell.

use super::town::{
    any, both, class, floor, homes_count, in_communities, land, scene, site, within,
};
use crate::harness::answer;
use living_circle::lang::Lang;
use living_circle::measure::State;
use living_circle::report::{Outputs, render_all};
use living_circle::standard::Basis;
use living_circle::study::Study;
use living_circle::synth::Town;

/// Rows of a table as named cells.
struct Rows(Vec<std::collections::BTreeMap<String, String>>);

impl Rows {
    fn of(study: &Study, name: &str) -> Self {
        let files = render_all(study, &Outputs::plain(Lang::En)).unwrap();
        let file = files.into_iter().find(|file| file.name == name).unwrap();
        let mut reader = csv::Reader::from_reader(&*file.content);
        Self(reader.deserialize().map(Result::unwrap).collect())
    }

    /// The cells of the one row that has these.
    fn cells<const N: usize>(&self, row: &[(&str, &str)], of: [&str; N]) -> [String; N] {
        let mut rows = self
            .0
            .iter()
            .filter(|cells| row.iter().all(|(column, text)| cells[*column] == *text));
        let found = rows.next().unwrap_or_else(|| panic!("no row {row:?}"));
        assert!(rows.next().is_none(), "one row only: {row:?}");
        of.map(|column| found[column].clone())
    }
}

/// Four homes of ten people live in each community, and the first has 360 m² of floor.
#[test]
fn floor_for_a_thousand_people() {
    let sites = [
        site("large", "elderly_day_care", floor(350.0), 0.0),
        site("small", "elderly_day_care", floor(10.0), 0.0),
        site("next", "elderly_day_care", both(100.0, 80.0), 1_000.0),
        site("unknown", "elderly_day_care", any(), 1_000.0),
    ];
    let scene = in_communities(scene(&["wanzheng-shequ", "park-500m"], &sites));
    let table = Rows::of(&scene.study(), "per_thousand.csv");
    let of = [
        "people",
        "facilities",
        "sized",
        "floor_m2",
        "floor_m2_per_1000",
        "land_m2_per_1000",
        "beds_per_1000",
    ];
    let zone = |zone| table.cells(&[("zone", zone), ("categories", "elderly_day_care")], of);
    assert_eq!(
        zone("z0"),
        ["40.000", "2", "2", "360.000", "9000.000", "", ""]
    );
    assert_eq!(
        zone("z1"),
        ["40.000", "2", "1", "100.000", "2500.000", "2000.000", ""]
    );
    assert_eq!(zone("z2"), ["40.000", "0", "0", "", "", "", ""]);
}

#[test]
fn sizes_are_listed_with_their_verdict() {
    let sites = [
        site("small", "kindergarten", both(3149.0, 6000.0), 0.0),
        site("unknown", "kindergarten", any(), 0.0),
        site("fits", "kindergarten", both(3150.0, 5240.0), 0.0),
    ];
    let mut scene = scene(&["gb50180-2018"], &sites);
    let told = |study: &Study| {
        let table = Rows::of(study, "sizes.csv");
        assert!(table.0.iter().all(|cells| cells["facility"] != "fits"));
        ["small", "unknown"].map(|facility| {
            table.cells(
                &[
                    ("facility", facility),
                    ("requirements", "kindergarten-5min"),
                ],
                ["verdict", "counts", "floor_m2"],
            )
        })
    };
    let counted = [["too_small", "0", "3149.00"], ["size_unknown", "1", ""]];
    assert_eq!(told(&scene.study()), counted);
    scene.settings.strict_sizes = true;
    let strict = [["too_small", "0", "3149.00"], ["size_unknown", "0", ""]];
    assert_eq!(told(&scene.study()), strict);
}

/// What detours cost, and which tier is one of communities.
#[test]
fn detours_and_tiers_stand_in_the_table_of_coverage() {
    let sites = [
        site("primary", "primary_school", any(), 0.0),
        site("middle", "middle_school", any(), 0.0),
        site("third", "middle_school", any(), 1_000.0),
    ];
    let scene = in_communities(scene(&["gb50180-2018"], &sites));
    let table = Rows::of(&scene.study(), "coverage.csv");
    let row = |key: &'static str, level: &'static str, zone: &'static str, basis: &'static str| {
        let of = [
            ("requirement", key),
            ("level", level),
            ("zone", zone),
            ("basis", basis),
            ("denominator", "land"),
        ];
        table.cells(&of, ["standard", "reported", "detour_penalty"])
    };
    let [walked, straight] = within(500.0, &[0.0]).map(|count| count as f64);
    let penalty = (straight - walked) / (2 * homes_count()) as f64;
    let penalty = format!("{penalty:.6}");
    let own = "gb50180-2018";
    let key = "primary_school-10min";
    assert_eq!(row(key, "whole", "", "network"), [own, "1", &penalty]);
    assert_eq!(row(key, "whole", "", "radius"), [own, "1", ""]);
    // South homes are covered and north ones only in a straight line.
    assert_eq!(
        row(key, "community", "z0", "network"),
        [own, "1", "0.500000"]
    );
    let wide = "middle_school-15min";
    assert_eq!(row(wide, "community", "z0", "radius"), [own, "0", ""]);
}

/// All four homes of a street are within 300 m, and half of all homes of the community.
#[test]
fn composites_stand_in_their_table() {
    let services = [
        "health_station",
        "primary_school",
        "middle_school",
        "elderly_day_care",
        "library",
        "fitness_site",
    ];
    let sites: Vec<_> = services
        .iter()
        .map(|&key| site(key, key, any(), 0.0))
        .collect();
    let mut scene = scene(&["tdt1063-2021"], &sites);
    let middle = scene.table[0].shape.inner_place();
    let corner = |side: i32| living_circle::plane::LonLat {
        lon: middle.lon + side,
        lat: middle.lat + side,
    };
    let ring = crate::harness::rectangle(corner(-10_000), corner(10_000));
    scene = scene.zone("z", None, ring);
    let table = Rows::of(&scene.study(), "composites.csv");
    let row = |figure| {
        let of = [("zone", "z"), ("denominator", "people"), ("figure", figure)];
        table.cells(
            &of,
            [
                "items",
                "items_without_data",
                "items_met",
                "amount",
                "total",
                "share",
            ],
        )
    };
    let missing = "market-10min";
    assert_eq!(
        row("mean_of_items"),
        ["6", missing, "3.0000", "", "40.000", "0.500000"]
    );
    assert_eq!(
        row("all_items"),
        ["6", missing, "6", "20.000", "40.000", "0.500000"]
    );
}

/// What is known and too small, or of another tier, is a hole in the city; what is of
/// unknown size or class is one in the data.
#[test]
fn too_small_is_no_hole_in_the_data() {
    let sites = [
        site("small", "elderly_day_care", floor(10.0), 0.0),
        site("large", "park", land(60_000.0), 0.0),
    ];
    let mut scene = scene(&["gb50180-2018", "park-500m"], &sites);
    scene.settings.strict_sizes = true;
    let study = scene.study();
    let state = |key: &str| study.of_block(answer(&study, key), 0).state(Basis::Radius);
    for key in ["elderly_day_care-5min", "small_park-5min"] {
        assert_eq!(
            state(&format!("gb50180-2018.{key}")),
            State::Uncovered,
            "{key}"
        );
    }
    assert_eq!(state("gb50180-2018.large_park-15min"), State::Covered);
    assert_eq!(state("gb50180-2018.market-10min"), State::NoData);
    assert_eq!(state("park-500m.country"), State::NoData);
}

/// A class that is spelt otherwise drops no park in silence.
#[test]
fn classes_that_no_requirement_names_are_told() {
    let sites = [
        site("known", "park", class(land(500.0), "口袋公园"), 0.0),
        site("misspelt", "park", class(land(5_000.0), "口带公园"), 600.0),
        site("none", "park", land(5_000.0), 1_200.0),
    ];
    let study = scene(&["park-500m"], &sites).study();
    let told: Vec<(u64, &str)> = study
        .notices
        .iter()
        .filter(|(notice, _)| notice.key() == "unknown_classes")
        .map(|(_, seen)| (seen.count, &*seen.example))
        .collect();
    assert_eq!(told, [(1, "misspelt (口带公园)")]);
}

/// The outline of a building is no land; times its levels it is the floor. That of
/// grounds is land.
#[test]
fn buildings_have_floor_and_grounds_have_land() {
    let town = Town::new(
        "
        A---B
        C-D-E
        F-G-H
        ",
    )
    .way("AB", "highway=residential")
    .area(
        "CDGF",
        "amenity=kindergarten building=yes building:levels=3",
    )
    .area("DEHG", "amenity=school");
    let study = crate::harness::Scene::new(town.drawing())
        .block("b", town.at('A'))
        .study();
    let size = |number: usize| study.facilities[number].size.clone();
    let metres =
        |land: Option<living_circle::units::Land>| land.map(|land| land.square_metres().round());
    let mut sizes: Vec<_> = (0..study.facilities.len())
        .map(|number| (metres(size(number).floor), metres(size(number).land)))
        .collect();
    sizes.sort_by_key(|(floor, _)| floor.is_some());
    assert_eq!(sizes.len(), 2);
    let (grounds, building) = (sizes[0], sizes[1]);
    assert!(
        grounds.0.is_none() && (grounds.1.unwrap() - 20_000.0).abs() < 20.0,
        "{grounds:?}"
    );
    assert!(
        building.1.is_none() && (building.0.unwrap() - 60_000.0).abs() < 60.0,
        "{building:?}"
    );
}
