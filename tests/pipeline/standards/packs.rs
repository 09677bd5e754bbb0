//! Every row of every pack. Limits and sizes are copied from the figures' file by hand.

use super::town::{
    Row, Site, any, beds, both, check, class, floor, homes_count, land, scene, site, within,
};
use crate::harness::sums;
use living_circle::measure::Scope;
use living_circle::standard::Basis;
use living_circle::standard::Denominator;
use living_circle::study::Study;

use Basis::{Network, Radius};

const GB: &[Row] = &[
    ("middle_school-15min", 1000.0, Radius, &[0.0]),
    ("primary_school-10min", 500.0, Radius, &[0.0]),
    ("kindergarten-5min", 300.0, Radius, &[0.0]),
    ("nursery-5min", 300.0, Radius, &[0.0]),
    ("health_centre-15min", 1000.0, Radius, &[0.0]),
    ("outpatient-15min", 1000.0, Radius, &[0.0]),
    ("health_station-5min", 300.0, Radius, &[0.0]),
    ("elderly_nursing-15min", 1000.0, Radius, &[0.0]),
    ("nursing_home-15min", 1000.0, Radius, &[0.0]),
    ("elderly_day_care-5min", 300.0, Radius, &[0.0]),
    ("cultural_centre-15min", 1000.0, Radius, &[0.0]),
    ("cultural_station-5min", 500.0, Radius, &[0.0]),
    ("market-10min", 500.0, Radius, &[0.0]),
    ("mall-15min", 500.0, Radius, &[0.0]),
    ("mall-10min", 500.0, Radius, &[0.0]),
    ("community_shop-5min", 300.0, Radius, &[0.0]),
    ("community_canteen-5min", 300.0, Radius, &[0.0]),
    ("sports_large-15min", 1000.0, Radius, &[0.0]),
    ("sports_medium-10min", 500.0, Radius, &[0.0]),
    ("sports_small-5min", 300.0, Radius, &[0.0]),
    ("fitness_site-5min", 300.0, Radius, &[0.0]),
    ("service_centre-15min", 1000.0, Radius, &[0.0]),
    ("community_service_station-5min", 300.0, Radius, &[0.0]),
    ("bus_stop-15min", 500.0, Radius, &[0.0]),
    ("bus_stop-10min", 500.0, Radius, &[0.0]),
    ("large_park-15min", 1000.0, Network, &[0.0]),
    ("medium_park-10min", 500.0, Network, &[200.0]),
    ("small_park-5min", 300.0, Network, &[400.0]),
];

/// What counts stands in the middle; what is just too small stands 3 km east.
fn gb_sites() -> Vec<Site> {
    let sized = [
        ("kindergarten", both(3150.0, 5240.0), both(3150.0, 5239.0)),
        ("health_centre", both(1700.0, 1420.0), both(1699.0, 1420.0)),
        ("health_station", floor(120.0), floor(119.99)),
        (
            "elderly_nursing",
            both(3500.0, 1750.0),
            both(3500.0, 1749.0),
        ),
        ("nursing_home", beds(200), beds(199)),
        ("elderly_day_care", floor(350.0), floor(349.0)),
        (
            "cultural_centre",
            both(3000.0, 3000.0),
            both(2999.0, 3000.0),
        ),
        ("cultural_station", floor(250.0), floor(249.0)),
        ("market", floor(750.0), floor(749.0)),
        ("mall", floor(1500.0), floor(1499.0)),
        ("sports_large", land(3150.0), land(3149.0)),
        ("sports_medium", land(1310.0), land(1309.0)),
        ("sports_small", land(770.0), land(769.0)),
        ("fitness_site", land(150.0), land(149.0)),
        ("service_centre", floor(700.0), floor(699.0)),
        (
            "community_service_station",
            both(600.0, 500.0),
            both(600.0, 499.0),
        ),
    ];
    let plain = [
        "middle_school",
        "primary_school",
        "nursery",
        "outpatient",
        "pharmacy",
        "community_canteen",
        "bus_stop",
    ];
    let mut sites: Vec<Site> = plain.map(|key| site(key, key, any(), 0.0)).into();
    for (key, enough, small) in sized {
        sites.push(site(key, key, enough, 0.0));
        sites.push(site(
            Box::leak(format!("small {key}").into()),
            key,
            small,
            3_000.0,
        ));
    }
    sites.extend([
        site("park 15", "park", land(50_000.0), 0.0),
        site("park 10", "park", land(49_999.0), 200.0),
        site("park 5", "park", land(9_999.0), 400.0),
        site("small park", "park", land(3_999.0), 3_000.0),
    ]);
    sites
}

#[test]
fn gb_50180_row_by_row() {
    let study = scene(&["gb50180-2018"], &gb_sites()).study();
    check(&study, "gb50180-2018", GB);
    let small = study
        .notices
        .iter()
        .find(|(notice, _)| notice.key() == "too_small_facilities");
    // 16 with a smaller twin, and the parks: each is too small for a larger tier.
    assert_eq!(small.map(|(_, seen)| seen.count), Some(16 + 3));
}

const TDT: &[Row] = &[
    ("health-15min", 1000.0, Network, &[0.0]),
    ("primary_school-10min", 500.0, Network, &[0.0]),
    ("middle_school-15min", 1000.0, Network, &[0.0]),
    ("elderly-5min", 300.0, Network, &[0.0]),
    ("culture-15min", 1000.0, Network, &[0.0]),
    ("sport-15min", 1000.0, Network, &[0.0, 600.0]),
    ("football-15min", 1000.0, Network, &[600.0]),
    ("market-10min", 500.0, Network, &[0.0]),
    ("park-5min", 300.0, Network, &[0.0, 700.0]),
    ("forest-15min", 1000.0, Network, &[0.0]),
    ("hospital", 2000.0, Radius, &[0.0]),
    ("rail", 800.0, Radius, &[0.0]),
];

fn tdt_sites() -> Vec<Site> {
    vec![
        site("health", "health_station", any(), 0.0),
        site("primary", "primary_school", any(), 0.0),
        site("middle", "middle_school", any(), 0.0),
        site("elderly", "elderly_day_care", any(), 0.0),
        site("culture", "library", any(), 0.0),
        site("sport", "fitness_site", any(), 0.0),
        site("football", "football_pitch", any(), 600.0),
        site("market", "market", any(), 0.0),
        site("park", "park", land(400.0), 0.0),
        site("square", "square", land(400.0), 700.0),
        site("small square", "square", land(399.0), 3_000.0),
        site("forest", "forest", any(), 0.0),
        site("hospital", "hospital", class(any(), "市级"), 0.0),
        site("other hospital", "hospital", class(any(), "街道"), 3_000.0),
        site("rail", "rail_station", any(), 0.0),
    ]
}

/// Both editions side by side: their keys are told apart by the pack's own.
#[test]
fn the_city_examination_row_by_row() {
    let study = scene(&["tdt1063-2021"], &tdt_sites()).study();
    check(&study, "tdt1063-2021", TDT);
    let both = scene(&["tdt1063-2025", "tdt1063-2021"], &tdt_sites()).study();
    for pack in ["tdt1063-2021", "tdt1063-2025"] {
        for (key, ..) in TDT {
            let told = format!("{pack}.{key}");
            assert_eq!(
                sums(&both, &told, Scope::Whole),
                sums(&study, key, Scope::Whole),
                "{told}"
            );
        }
    }
    let composites = |study: &Study| study.composites[0].met.clone();
    assert_eq!(composites(&both), composites(&study));
    assert_eq!(both.composites[1].met, study.composites[0].met);
    assert_eq!(both.composites[1].items[0], 12, "items of its own pack");
}

/// Homes within 300 m walked meet all seven items, those within 500 m all but elderly
/// care, those within 1000 m health, middle school, culture and sport; those within
/// 1000 m of the football pitch alone, 600 m on, sport.
#[test]
fn composites_are_counted_in_three_ways() {
    let study = scene(&["tdt1063-2021"], &tdt_sites()).study();
    let found = &study.composites[0];
    assert_eq!((found.items.len(), found.without_data.len()), (7, 0));
    let walked = |limit, site| within(limit, &[site])[0];
    let (all, six, four) = (walked(300.0, 0.0), walked(500.0, 0.0), walked(1000.0, 0.0));
    let sport = within(1000.0, &[0.0, 600.0])[0];
    let whole = 2 * homes_count();
    let met = found
        .met
        .iter()
        .find(|met| met.scope == Scope::Whole)
        .unwrap();
    let counts: Vec<u64> = met.by_count.iter().map(|sums| sums.samples).collect();
    assert_eq!(
        counts,
        [
            whole - sport,
            sport - four,
            0,
            0,
            four - six,
            0,
            six - all,
            all
        ]
    );
    let items = [four, six, four, all, four, six, sport];
    let mean: f64 = items
        .iter()
        .map(|&met| met as f64 / whole as f64)
        .sum::<f64>()
        / 7.0;
    let of = Denominator::Land;
    assert!((met.mean_share(of).unwrap() - mean).abs() < 1e-12);
    assert!((met.mean_count(of).unwrap() - 7.0 * mean).abs() < 1e-12);
    let share = met.all().share_of(&met.whole(), of).unwrap();
    assert!((share - all as f64 / whole as f64).abs() < 1e-12);
}

/// What nobody has is no item: it is told, and the others stay.
#[test]
fn items_without_data_are_left_out() {
    let sites: Vec<Site> = tdt_sites();
    let sites: Vec<Site> = sites
        .into_iter()
        .filter(|site| site.id != "market")
        .collect();
    let study = scene(&["tdt1063-2021"], &sites).study();
    let found = &study.composites[0];
    assert_eq!((found.items.len(), found.without_data.len()), (6, 1));
    let missing = found.without_data[0];
    assert_eq!(study.standard.requirements[missing].key, "market-10min");
}

#[test]
fn parks_by_class_or_else_by_area() {
    let sites = [
        site("pocket", "park", class(land(900_000.0), "口袋公园"), 0.0),
        site("country", "park", class(land(10.0), "郊野公园"), 0.0),
        site("special", "park", class(any(), "Special"), 300.0),
        site(
            "by area, both of the smallest",
            "park",
            land(5_000.0),
            600.0,
        ),
        site("by area, pocket only", "park", land(1_999.0), 1_200.0),
        site("by area, community", "park", land(10_000.0), 1_800.0),
        site("by area, comprehensive", "park", land(100_000.0), 2_400.0),
        site("by area, large", "park", land(500_000.0), 3_000.0),
        site("too small", "park", land(399.0), 3_600.0),
    ];
    let study = scene(&["park-500m"], &sites).study();
    // No size makes a park a country park or a special one. The special park has no
    // land, so that it counts as a park of some class.
    let rows: &[Row] = &[
        (
            "park",
            500.0,
            Radius,
            &[0.0, 300.0, 600.0, 1200.0, 1800.0, 2400.0, 3000.0],
        ),
        ("country", 500.0, Radius, &[0.0]),
        ("comprehensive-large", 500.0, Radius, &[3000.0]),
        ("comprehensive", 500.0, Radius, &[2400.0]),
        ("special", 500.0, Radius, &[300.0]),
        ("community", 500.0, Radius, &[1800.0, 2400.0, 3000.0]),
        ("garden", 500.0, Radius, &[600.0]),
        ("pocket", 500.0, Radius, &[0.0, 600.0, 1200.0]),
    ];
    check(&study, "park-500m", rows);
    let target = |key| {
        let mut asked = study.standard.requirements.iter();
        asked.find(|asked| asked.key == key).unwrap().target
    };
    assert_eq!((target("park"), target("pocket")), (Some(0.9), None));
}

#[test]
fn parks_of_two_sizes() {
    let sites = [
        site("large", "park", land(5_000.0), 0.0),
        site("medium", "park", land(4_999.0), 1_000.0),
        site("smallest", "park", land(2_000.0), 2_000.0),
        site("too small", "park", land(1_999.0), 3_000.0),
    ];
    let study = scene(&["park-mohurd-2021"], &sites).study();
    let rows: &[Row] = &[
        ("park-500m", 500.0, Radius, &[0.0]),
        ("park-300m", 300.0, Radius, &[1000.0, 2000.0]),
    ];
    check(&study, "park-mohurd-2021", rows);
}

#[test]
fn the_general_pack_row_by_row() {
    let services = [
        "kindergarten",
        "school",
        "clinic",
        "elderly",
        "shop",
        "pharmacy",
        "park",
        "hospital",
        "library",
        "sport",
        "bus_stop",
        "rail_station",
    ];
    let sites = services.map(|key| site(key, key, any(), 0.0));
    let study = scene(&["general"], &sites).study();
    let mut rows: Vec<Row> = vec![
        ("sdg-11.2.1-bus", 500.0, Network, &[0.0]),
        ("sdg-11.2.1-rail", 1000.0, Network, &[0.0]),
        ("sdg-11.7.1", 400.0, Network, &[0.0]),
    ];
    for key in &services[..11] {
        for minutes in [5, 10, 15] {
            let metres = f64::from(minutes) * 60.0 * 1.33;
            let key: &'static str = Box::leak(format!("{key}-{minutes}min").into());
            rows.push((key, metres, Network, &[0.0]));
        }
    }
    check(&study, "general", &rows);
}
