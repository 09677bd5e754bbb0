//! What the size below which an island is tiny does to real places: the tables
//! of `docs/decisions/islands.md`.
//!
//! ```text
//! LIVING_CIRCLE_DATA=… cargo test --test real -- --ignored --nocapture --test-threads 1 islands
//! ```

use living_circle::link::{Going, Linker, Links};
use living_circle::measure::Sums;
use living_circle::network::{Obstacles, WalkGraph, WalkNetwork};
use living_circle::places::{Catalog, FacilitySet, Samples};
use living_circle::plane::LonLat;
use living_circle::profile::{AccessRules, Walker, Walkers};
use living_circle::progress::Silent;
use living_circle::reach::{Stops, Trips};
use living_circle::study::{Materials, Settings};
use living_circle::units::CostKind;

use super::cities;

/// Sizes that were tried, in metres of walks.
const SIZES: [u64; 9] = [0, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000];

const EXTRACTS: [(&str, Option<&str>); 7] = [
    ("laspalmas", None),
    ("malta", None),
    ("milan", None),
    ("beijing_haidian", None),
    ("porto_alegre", cities::GRID),
    ("monaco_2012", None),
    ("monaco_2024", None),
];

/// An extract with what links its places.
struct City {
    read: Materials,
    network: WalkNetwork,
    graph: WalkGraph,
    obstacles: Obstacles,
    samples: Samples,
    walker: Walker,
}

impl City {
    fn read(extract: &str, blocks: Option<&str>) -> Option<Self> {
        let files = cities::files(extract, blocks)?;
        let catalog = Catalog::builtin().unwrap();
        let read = Materials::read(&files, &Settings::default(), &catalog, &Silent).unwrap();
        let rules = AccessRules::builtin();
        let obstacles = Obstacles::of(&read.extract, &rules);
        let (network, ..) = WalkNetwork::build(&read.extract, &rules, &obstacles);
        let walker = Walkers::builtin().find("adult").unwrap().clone();
        Some(Self {
            graph: WalkGraph::new(&network, &walker, CostKind::Time),
            obstacles,
            samples: Samples::of(&read.blocks, 50.0),
            network,
            walker,
            read,
        })
    }

    /// The links of samples and of facilities where islands below a size are tiny.
    fn links(&self, size: u64) -> [Links; 2] {
        let linker = Linker::new(&self.network, &self.graph, &self.obstacles, 200.0)
            .with_islands_below(size);
        let samples = self.samples.all().iter();
        let samples: Vec<&[LonLat]> = samples
            .map(|sample| std::slice::from_ref(&sample.at))
            .collect();
        let facilities = self.read.facilities.iter();
        let facilities: Vec<&[LonLat]> = facilities.map(|facility| &*facility.entrances).collect();
        [
            linker.link_all(&samples, Going::Out),
            linker.link_all(&facilities, Going::In),
        ]
    }

    /// The share of land, in per cent, from which a set is within 15 minutes.
    fn covered(&self, [samples, facilities]: &[Links; 2], set: &FacilitySet) -> f64 {
        let stops = |links, going| Stops::of(links, &self.graph, &self.walker, going);
        let (samples, facilities) = (stops(samples, Going::Out), stops(facilities, Going::In));
        let nearest = Trips::new(&self.graph, &samples, &facilities).nearest(set);
        let within = nearest
            .iter()
            .zip(self.samples.all())
            .filter(|(found, _)| found.is_some_and(|near| near.cost <= 9_000))
            .map(|(_, sample)| sample);
        let land = |sums: Sums| sums.land.square_decimetres() as f64;
        100.0 * land(Sums::of(within)) / land(Sums::of(self.samples.all()))
    }

    /// Metres of walks of every component, largest first.
    fn components(&self) -> Vec<u64> {
        let mut metres: Vec<u64> = self
            .graph
            .component_millimetres()
            .iter()
            .map(|mm| mm / 1_000)
            .collect();
        metres.retain(|&metres| metres > 0);
        metres.sort_unstable_by(|a, b| b.cmp(a));
        metres
    }

    /// What became of some places since islands were not told apart: how many
    /// hang on something else than the largest component, how many went to
    /// another component, and their longest new leg in metres.
    fn compared(&self, before: &Links, now: &Links) -> (usize, usize, u64) {
        let component = |link: &living_circle::link::Link| {
            self.graph.components()[self.graph.arc(link.walk).ends[0] as usize]
        };
        let sizes = self.graph.component_millimetres();
        let main = sizes.iter().max();
        let (mut off_main, mut moved, mut longest) = (0, 0, 0);
        for place in 0..now.len() {
            let Some(link) = now.of(place).first() else {
                continue;
            };
            off_main += usize::from(Some(&sizes[component(link) as usize]) != main);
            if component(link) != component(&before.of(place)[0]) {
                moved += 1;
                longest = longest.max(link.gap / 1_000);
            }
        }
        (off_main, moved, longest)
    }
}

#[test]
#[ignore = "prints the tables of docs/decisions/islands.md"]
fn islands() {
    for (extract, blocks) in EXTRACTS {
        let Some(city) = City::read(extract, blocks) else {
            continue;
        };
        let components = city.components();
        let all: u64 = components.iter().sum();
        eprintln!(
            "\n{extract}: {} components, the largest {:.1} % of {} km; next {:?} m",
            components.len(),
            100.0 * components[0] as f64 / all as f64,
            all / 1_000,
            &components[1..components.len().min(12)]
        );
        let below = SIZES.map(|size| components.iter().filter(|&&metres| metres < size).count());
        eprintln!("components below {SIZES:?}: {below:?}");
        let first = city.links(0);
        for size in SIZES {
            let now = city.links(size);
            let [samples, facilities] = [0, 1].map(|at| city.compared(&first[at], &now[at]));
            eprintln!(
                "| {size} | {} | {} | {} | {} | {} | {} |",
                samples.0, samples.1, samples.2, facilities.0, facilities.1, facilities.2
            );
        }
        eprintln!(
            "of {} samples and {} facilities",
            city.samples.all().len(),
            city.read.facilities.len()
        );
    }
}

#[test]
#[ignore = "prints the tables of docs/decisions/islands.md"]
fn islands_and_coverage() {
    let Some((city, study)) = City::read("laspalmas", None).zip(cities::las_palmas()) else {
        return;
    };
    for size in SIZES {
        let links = city.links(size);
        let shares: Vec<String> = study
            .sets
            .iter()
            .map(|set| format!("{} {:.2}", set.key, city.covered(&links, &set.facilities)))
            .collect();
        eprintln!("| {size} | {} |", shares.join(" | "));
    }
}
