//! Plans, followed from where they begin and searched from everywhere: a new clinic, a new
//! footbridge and a new gate; `LIVING_CIRCLE_BENCH_CITY` names an extract to be measured instead of the
//! sample city and Las Palmas.

#![allow(clippy::expect_used, clippy::print_stderr, missing_docs)]

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use living_circle::progress::Silent;
use living_circle::scenario::{Base, Scenario};
use living_circle::study::{Files, Inquiry, Settings, Standing, Study, Survey};

/// A city and two plans for it.
struct City {
    name: String,
    standing: Standing,
    plans: Vec<(&'static str, Survey)>,
}

impl City {
    fn of(name: &str, files: &Files) -> Self {
        let settings = Settings::default();
        let base = Base::read(files, &settings, true, &Silent).expect("a good extract");
        let network = &base.survey.city.network;
        let at = network.junctions()[network.junctions().len() / 2].at;
        let (lon, lat) = (at.lon_degrees(), at.lat_degrees());
        let facility = format!(
            "name = \"facility\"\n[[add_facility]]\nid = \"new\"\ncategories = [\"clinic\"]\n\
             at = [{lon}, {lat}]\n"
        );
        let link = format!(
            "name = \"link\"\n[[add_walk]]\nkind = \"footbridge\"\njoin_m = 100\n\
             line = [[{lon}, {lat}], [{}, {lat}]]\n",
            lon + 0.002
        );
        let walls = base.walls_without_gates(30.0);
        let gate = walls.get(walls.len() / 2).map(|wall| {
            let at = wall.line[0];
            let (lon, lat) = (at.lon_degrees(), at.lat_degrees());
            let gate = format!("name = \"gate\"\n[[add_gate]]\nat = [{lon}, {lat}]\n");
            ("gate", gate)
        });
        let plans = [("facility", facility), ("link", link)].into_iter();
        let plans = plans.chain(gate).map(|(kind, text)| {
            let plan = Scenario::from_toml(&text, Path::new("plan.toml")).expect("a good plan");
            (kind, base.changed(&plan).expect("a plan for this city"))
        });
        let plans = plans.collect();
        let Base {
            survey, inquiry, ..
        } = base;
        let standing = Standing::of(survey, inquiry, &Silent).expect("a good city");
        let samples = standing.survey.samples.all().len();
        eprintln!("{name}: {samples} samples");
        Self {
            name: name.to_owned(),
            plans,
            standing,
        }
    }
}

fn cities() -> Vec<City> {
    let only = |extract: PathBuf| Files {
        extract,
        ..Files::default()
    };
    if let Some(extract) = std::env::var_os("LIVING_CIRCLE_BENCH_CITY") {
        return vec![City::of("city", &only(extract.into()))];
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let fixture = |name: &str| root.join("fixtures").join(name);
    let lakeside = Files {
        extract: fixture("lakeside.osm.pbf"),
        blocks: Some(fixture("lakeside.blocks.geojson").into()),
        facilities: Some(fixture("lakeside.facilities.csv").into()),
        zones: vec![fixture("lakeside.zones.geojson").into()],
        ..Files::default()
    };
    let mut cities = vec![City::of("lakeside", &lakeside)];
    let data =
        std::env::var_os("LIVING_CIRCLE_DATA").map_or_else(|| root.join("data"), PathBuf::from);
    let laspalmas = data.join("laspalmas.osm.pbf");
    if laspalmas.exists() {
        cities.push(City::of("laspalmas", &only(laspalmas)));
    }
    cities
}

fn plans(criterion: &mut Criterion) {
    for city in cities() {
        let inquiry: &Inquiry = &city.standing.inquiry;
        let mut group = criterion.benchmark_group(format!("plans of {}", city.name));
        group
            .sample_size(10)
            .warm_up_time(Duration::from_millis(300))
            .measurement_time(Duration::from_secs(3));
        for (kind, survey) in &city.plans {
            group.bench_function(BenchmarkId::new("followed", kind), |bencher| {
                bencher.iter(|| {
                    let study = city.standing.changed(survey.clone(), &Silent);
                    black_box(study.expect("a good city"));
                });
            });
            group.bench_function(BenchmarkId::new("moved alone", kind), |bencher| {
                bencher.iter(|| black_box(city.standing.moved(survey)));
            });
            group.bench_function(BenchmarkId::new("searched", kind), |bencher| {
                bencher.iter(|| {
                    let study = Study::of(survey.clone(), inquiry, &Silent);
                    black_box(study.expect("a good city"));
                });
            });
        }
        group.finish();
    }
}

criterion_group!(benches, plans);
criterion_main!(benches);
