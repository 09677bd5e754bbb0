//! How long every stage takes, alone and together: `cargo bench`, or one stage
//! with `cargo bench -- read`.

#![allow(clippy::expect_used, clippy::print_stderr, missing_docs)]

mod cities;
mod naive;
mod polygons;

use std::hint::black_box;
use std::time::Duration;

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, BenchmarkId, Criterion, criterion_group, criterion_main};
use living_circle::isochrone::{Canvas, Pencil};

use cities::City;

fn group<'a>(criterion: &'a mut Criterion, name: &str) -> BenchmarkGroup<'a, WallTime> {
    let mut group = criterion.benchmark_group(name);
    group
        .sample_size(10)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(3));
    group
}

/// Runs one stage on every city.
fn stage(criterion: &mut Criterion, cities: &[City], name: &str, run: impl Fn(&City)) {
    let mut group = group(criterion, name);
    for city in cities {
        group.bench_with_input(
            BenchmarkId::from_parameter(city.name),
            city,
            |bencher, city| {
                bencher.iter(|| run(city));
            },
        );
    }
    group.finish();
}

/// Isochrones of 15 minutes, and beside them what they would cost without the lattice.
fn isochrones(criterion: &mut Criterion, cities: &[City]) {
    let mut group = group(criterion, "isochrones");
    for city in cities {
        let canvas = Canvas::of(&city.finished.study.network, &city.finished.study.water);
        let reached = polygons::reached(city);
        let mut pencil = Pencil::default();
        group.bench_function(BenchmarkId::new("lattice", city.name), |bencher| {
            bencher.iter(|| {
                for parts in &reached {
                    black_box(canvas.draw(parts, &[], 1, &mut pencil));
                }
            });
        });
        group.bench_function(BenchmarkId::new("buffer and union", city.name), |bencher| {
            bencher.iter(|| {
                for parts in &reached {
                    black_box(polygons::united(city, parts));
                }
            });
        });
    }
    group.finish();
}

fn stages(criterion: &mut Criterion) {
    let cities = cities::all();
    stage(criterion, &cities, "read", |city| {
        black_box(city.task.read().expect("a good extract"));
    });
    stage(criterion, &cities, "build", |city| {
        black_box(city.task.build(&city.extract));
    });
    stage(criterion, &cities, "link", |city| {
        black_box(city.finished.link());
    });
    stage(criterion, &cities, "reach, from the facilities", |city| {
        black_box(city.finished.nearest());
    });
    stage(criterion, &cities, "reach, from the blocks", |city| {
        black_box(city.finished.counts());
    });
    isochrones(criterion, &cities);
    stage(criterion, &cities, "whole report", |city| {
        black_box(city.task.study().expect("a city without mistakes"));
    });
    naive::all(criterion, &cities);
}

criterion_group!(benches, stages);
criterion_main!(benches);
