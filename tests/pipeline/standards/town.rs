//! Every row of every standard on one town whose answers are arithmetic: a river
//! parts it, so that straight lines reach what walks do not.
//!
//! Two streets run east and west, 100 m apart, with water between them; the only
//! bridge lies 4 km west of everything. Facilities stand on the south street, homes
//! on both, 100 m from each other. Limits and sizes below are copied from the figures'
//! file by hand, not from the packs.

use crate::harness::{Scene, catalog, facility, rectangle, sums};
use living_circle::measure::Scope;
use living_circle::places::{Shape, Size};
use living_circle::plane::LonLat;
use living_circle::standard::{Basis, Denominator, Requirement};
use living_circle::study::Study;
use living_circle::synth::Town;
use living_circle::units::Land;

/// Metres east of the middle of the town, where homes stand on both streets.
pub fn homes() -> impl Iterator<Item = f64> {
    (-10..=40).map(|step| 20.0 + 100.0 * f64::from(step))
}

const RIVER: f64 = 100.0;

pub struct Site {
    pub id: &'static str,
    pub categories: &'static str,
    pub size: Size,
    pub east: f64,
}

pub fn site(id: &'static str, categories: &'static str, size: Size, east: f64) -> Site {
    Site {
        id,
        categories,
        size,
        east,
    }
}

pub fn any() -> Size {
    Size::default()
}

fn area(square_metres: f64) -> Option<Land> {
    Land::from_square_metres(square_metres)
}

pub fn floor(square_metres: f64) -> Size {
    Size {
        floor: area(square_metres),
        ..any()
    }
}

pub fn land(square_metres: f64) -> Size {
    Size {
        land: area(square_metres),
        ..any()
    }
}

pub fn both(of_floor: f64, of_land: f64) -> Size {
    Size {
        floor: area(of_floor),
        land: area(of_land),
        ..any()
    }
}

pub fn beds(beds: u32) -> Size {
    Size {
        beds: Some(beds),
        ..any()
    }
}

pub fn class(mut size: Size, class: &str) -> Size {
    size.class = Some(class.to_owned());
    size
}

/// The town with these sites, by these standards.
pub fn scene(standards: &[&str], sites: &[Site]) -> Scene {
    let [between, west, east] = [81, 39, 41].map(|columns| " ".repeat(columns));
    let map = format!("W{between}E\nV{west}F{east}G");
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
pub fn within(limit: f64, sites: &[f64]) -> [u64; 2] {
    let near = |metres: &dyn Fn(f64) -> f64| {
        let reached = homes().filter(|home| sites.iter().any(|site| metres(home - site) <= limit));
        reached.count() as u64
    };
    let south = near(&f64::abs);
    [south, south + near(&|east| east.hypot(RIVER))]
}

/// Key, limit in metres, basis, and where what counts stands.
pub type Row = (&'static str, f64, Basis, &'static [f64]);

pub fn check(study: &Study, pack: &str, rows: &[Row]) {
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

pub fn homes_count() -> u64 {
    homes().count() as u64
}

/// Four communities, 1 km from each other: squares around places on the south street
/// that reach 89 m east and west and 111 m north and south, so that two homes on each
/// street lie in each.
pub fn in_communities(mut scene: Scene) -> Scene {
    let middle = scene.table[0].shape.inner_place();
    for zone in 0..4 {
        let step = (scene.table[2].shape.inner_place().lon - middle.lon) * zone;
        let corner = |east: i32, north: i32| LonLat {
            lon: middle.lon + step + east,
            lat: middle.lat + north,
        };
        let ring = rectangle(corner(-10_000, -10_000), corner(10_000, 10_000));
        scene = scene.zone(&format!("z{zone}"), Some("community"), ring);
    }
    scene
}
