//! Every row of every standard on one town whose answers are arithmetic: a river
//! parts it, so that straight lines reach what walks do not.
//!
//! Two streets run east and west, 100 m apart, with water between them; the only
//! bridge lies 4 km west of everything. Facilities stand on the south street, homes
//! on both, 100 m from each other. Limits and sizes below are copied from the figures'
//! file by hand, not from the packs.

use crate::harness::{Scene, answer, catalog, facility, rectangle, sums};
use living_circle::measure::Scope;
use living_circle::places::{Shape, Size};
use living_circle::standard::{Basis, Denominator, Requirement, Standard};
use living_circle::study::{Provided, Study};
use living_circle::synth::Town;
use living_circle::units::Land;

/// Metres east of the middle of the town, where homes stand on both streets.
fn homes() -> impl Iterator<Item = f64> {
    (-10..=40).map(|step| 20.0 + 100.0 * f64::from(step))
}

const RIVER: f64 = 100.0;

struct Site {
    id: &'static str,
    categories: &'static str,
    size: Size,
    east: f64,
}

fn site(id: &'static str, categories: &'static str, size: Size, east: f64) -> Site {
    Site {
        id,
        categories,
        size,
        east,
    }
}

fn any() -> Size {
    Size::default()
}

fn area(square_metres: f64) -> Option<Land> {
    Land::from_square_metres(square_metres)
}

fn floor(square_metres: f64) -> Size {
    Size {
        floor: area(square_metres),
        ..any()
    }
}

fn land(square_metres: f64) -> Size {
    Size {
        land: area(square_metres),
        ..any()
    }
}

fn both(of_floor: f64, of_land: f64) -> Size {
    Size {
        floor: area(of_floor),
        land: area(of_land),
        ..any()
    }
}

fn beds(beds: u32) -> Size {
    Size {
        beds: Some(beds),
        ..any()
    }
}

fn class(size: Size, class: &str) -> Size {
    Size {
        class: Some(class.to_owned()),
        ..size
    }
}

/// The town with these sites, by these standards.
fn scene(standards: &[&str], sites: &[Site]) -> Scene {
    let mut map = format!("W{}E\n", " ".repeat(81));
    map += &format!("V{}F{}G", " ".repeat(39), " ".repeat(41));
    let town = Town::new(&map)
        .way("WE", "highway=residential")
        .way("VFG", "highway=residential")
        .way("WV", "highway=residential bridge=yes");
    let place = |east: f64, north: f64| town.place([4_000.0 + east, north - RIVER]);
    let mut scene = Scene::new(town.drawing());
    scene.settings.standards = standards.iter().map(|&key| key.to_owned()).collect();
    for (number, east) in homes().enumerate() {
        scene = scene
            .block(&format!("south{number}"), place(east, 0.0))
            .block(&format!("north{number}"), place(east, RIVER));
    }
    for site in sites {
        let at = Shape::Point(place(site.east, 0.0));
        let mut drawn = facility(&catalog(), site.id, site.categories, at);
        drawn.size = site.size.clone();
        scene.table.push(drawn);
    }
    scene
}

/// How many homes are within a limit of what stands at these places: walked, and in a
/// straight line.
fn within(limit: f64, sites: &[f64]) -> [u64; 2] {
    let near = |metres: &dyn Fn(f64) -> f64| {
        let reached = homes().filter(|home| sites.iter().any(|site| metres(home - site) <= limit));
        reached.count() as u64
    };
    let south = near(&f64::abs);
    [south, south + near(&|east| east.hypot(RIVER))]
}

/// Key, limit in metres, basis, and where what counts stands.
type Row = (&'static str, f64, Basis, &'static [f64]);

fn check(study: &Study, pack: &str, rows: &[Row]) {
    let of_pack = |asked: &&Requirement| asked.pack == pack;
    let asked: Vec<&Requirement> = study.standard.requirements.iter().filter(of_pack).collect();
    let mut known: Vec<&str> = rows.iter().map(|row| row.0).collect();
    let mut keys: Vec<&str> = asked.iter().map(|asked| &*asked.key).collect();
    known.sort_unstable();
    keys.sort_unstable();
    assert_eq!(keys, known, "every row of {pack} is checked");
    for &(key, limit, basis, sites) in rows {
        let asked = asked.iter().find(|asked| asked.key == key).unwrap();
        assert_eq!(asked.basis, basis, "{key}");
        assert_eq!(asked.denominator, Denominator::Land, "{key}");
        let [network, radius] = within(limit, sites);
        assert!(network < radius, "the river parts the two, {key}");
        // Homes are 100 m² of land, in dm², and ten people, in thousandths.
        let homes = |count: u64| [count * 10_000, count * 10_000];
        let all = 2 * homes_count();
        assert_eq!(
            sums(study, key, Scope::Whole),
            [homes(all), homes(network), homes(radius)],
            "{key}"
        );
    }
}

fn homes_count() -> u64 {
    homes().count() as u64
}

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

/// Facilities of unknown size count, unless they must not; in both cases it is told.
#[test]
fn unknown_sizes_count_or_not() {
    let sites = [site("station", "elderly_day_care", any(), 0.0)];
    let mut scene = scene(&["gb50180-2018"], &sites);
    let key = "elderly_day_care-5min";
    let [network, _] = within(300.0, &[0.0]);
    let told = |study: &Study, key: &str| {
        let mut notices = study.notices.iter();
        notices
            .find(|(notice, _)| notice.key() == key)
            .map(|(_, seen)| seen.count)
    };
    let counted = scene.study();
    assert_eq!(sums(&counted, key, Scope::Whole)[1][0], network * 10_000);
    assert_eq!(told(&counted, "unknown_sizes_counted"), Some(1));
    scene.settings.strict_sizes = true;
    let strict = scene.study();
    assert!(!strict.has_data(answer(&strict, key)));
    assert_eq!(told(&strict, "unknown_sizes_left_out"), Some(1));
}

/// Every community has what it has, large enough or not; what stands nowhere is unknown.
#[test]
fn communities_and_what_stands_in_them() {
    let sites = [
        site("large", "elderly_day_care", floor(350.0), 0.0),
        site("also small", "elderly_day_care", floor(10.0), 0.0),
        site("small", "elderly_day_care", floor(349.0), 1_000.0),
        site("unknown", "elderly_day_care", any(), 2_000.0),
        site(
            "complex",
            "elderly_day_care;nursery;library",
            floor(600.0),
            3_000.0,
        ),
    ];
    let mut scene = scene(&["wanzheng-shequ"], &sites);
    let middle = scene.table[0].shape.inner_place();
    for zone in 0..4 {
        let step = (scene.table[2].shape.inner_place().lon - middle.lon) * zone;
        let corner = |east: i32, north: i32| living_circle::plane::LonLat {
            lon: middle.lon + step + east,
            lat: middle.lat + north,
        };
        let ring = rectangle(corner(-10_000, -10_000), corner(10_000, 10_000));
        scene = scene.zone(&format!("z{zone}"), Some("community"), ring);
    }
    let study = scene.study();
    let states = |key: &str| {
        let mut asked = study.standard.provisions.iter();
        let place = asked.position(|asked| asked.key == key).unwrap();
        let zones = study.provided[place].iter();
        zones.map(|zone| zone.state).collect::<Vec<_>>()
    };
    use Provided::{Missing, NoData, Present, SizeUnknown, TooSmall};
    assert_eq!(
        states("elderly_station"),
        [Present, TooSmall, SizeUnknown, Present]
    );
    assert_eq!(
        states("embedded_complex"),
        [Missing, Missing, Missing, Present]
    );
    assert_eq!(states("supermarket"), [NoData; 4]);
}

/// Standards that nobody could tell apart, and one's own beside a pack.
#[test]
fn a_standard_is_given_once() {
    let catalog = catalog();
    let park = || Standard::builtin("park-500m", &catalog).unwrap();
    assert!(Standard::check_distinct(&[park(), park()]).is_err());
    let own = r#"
key = "ours"
zh = "本市"
en = "Ours"
edition = "2026"
[[requirement]]
key = "park"
zh = "公园"
en = "park"
categories = ["park"]
limit = "400 m"
basis = "network"
required = true
target = 0.8
denominator = "people"
source = "city council"
confidence = "confirmed"
"#;
    let own = Standard::from_toml(own, "ours.toml", &catalog).unwrap();
    let joined = Standard::joined(vec![park(), own]);
    let keys: Vec<&str> = joined
        .requirements
        .iter()
        .map(|asked| &*asked.key)
        .collect();
    assert_eq!((keys[0], keys[8]), ("park-500m.park", "ours.park"));
    assert_eq!(joined.requirements[8].denominator, Denominator::People);
}
