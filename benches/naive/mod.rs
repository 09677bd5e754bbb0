//! What one writes first with petgraph, beside our own: one thread each. Searches are from the
//! same places and give the same answers; of a file one makes a simpler graph than ours.
//! `cargo bench -- naive`.

mod bounded;
mod pbf;

use std::collections::HashMap;
use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput};
use living_circle::progress::Silent;
use living_circle::reach::{Search, Trips};
use living_circle::study::stages::{Finished, LIMITS};
use living_circle::units::Cost;
use petgraph::algo::dijkstra;

use super::cities::City;
use bounded::{EveryNode, Facilities, within};

/// From how many places is searched: from several, as a search depends on where it begins;
/// from few, as the naive ones take long.
const PLACES: usize = 50;

/// 15 minutes: some 1,200 m.
const LIMIT: Cost = LIMITS[2];

pub fn all(criterion: &mut Criterion, cities: &[City]) {
    // A perfect grid is like no city.
    for city in cities.iter().filter(|city| city.name != "grid") {
        from_file(criterion, city);
        one_by_one(criterion, city);
        for_everyone(criterion, city);
    }
}

/// From the file to a graph, one thread.
fn from_file(criterion: &mut Criterion, city: &City) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build();
    let pool = pool.expect("a pool of one thread");
    let size = std::fs::metadata(&city.path).expect("a file").len();
    let mut group = super::group(criterion, "naive, from a file to a graph");
    group.throughput(Throughput::Bytes(size));
    group.bench_function(
        BenchmarkId::new("osmpbf, HashMap, petgraph", city.name),
        |bencher| bencher.iter(|| black_box(pbf::naive(&city.path))),
    );
    group.bench_function(BenchmarkId::new("osm, network", city.name), |bencher| {
        pool.install(|| bencher.iter(|| black_box(pbf::ours(&city.path))));
    });
    group.finish();
}

/// Some of the first so many, evenly.
fn some(many: usize) -> impl Iterator<Item = usize> {
    (0..many).step_by(many.div_ceil(PLACES))
}

/// Searches from single junctions.
fn one_by_one(criterion: &mut Criterion, city: &City) {
    let graph = city.finished.graph.forward();
    let sources: Vec<u32> = some(graph.node_count()).map(|node| node as u32).collect();
    let mut search = Search::new(graph.node_count());
    for &source in &sources {
        search.run(graph, [(source, 0, 0)], LIMIT);
        let reached = search.reached().iter();
        let ours: HashMap<u32, Cost> = reached
            .filter_map(|&node| Some((node, search.cost(node)?)))
            .collect();
        let whole = dijkstra(graph, source, None, |arc| *arc.weight());
        let near = whole.into_iter().filter(|&(_, cost)| cost <= LIMIT);
        assert_eq!(ours, near.collect());
        assert_eq!(ours, within(graph, [(source, 0)], LIMIT));
    }
    let mut group = super::group(criterion, "naive, searches from junctions");
    group.throughput(Throughput::Elements(sources.len() as u64));
    group.bench_function(
        BenchmarkId::new("petgraph dijkstra", city.name),
        |bencher| {
            bencher.iter(|| {
                for &source in &sources {
                    black_box(dijkstra(graph, source, None, |arc| *arc.weight()));
                }
            });
        },
    );
    group.bench_function(BenchmarkId::new("bounded loop", city.name), |bencher| {
        bencher.iter(|| {
            for &source in &sources {
                black_box(within(graph, [(source, 0)], LIMIT));
            }
        });
    });
    group.bench_function(BenchmarkId::new("Search", city.name), |bencher| {
        bencher.iter(|| {
            for &source in &sources {
                search.run(graph, [(source, 0, 0)], LIMIT);
                black_box(search.reached());
            }
        });
    });
    group.finish();
}

/// Facilities of every set within every limit, and the nearest: for all samples by us, for
/// some by the bounded loop. Throughput tells them apart.
fn for_everyone(criterion: &mut Criterion, city: &City) {
    let city_name = city.name;
    let finished: &Finished = &city.finished;
    let samples = finished.samples.len();
    let facilities = Facilities::of(finished);
    let every_node = EveryNode::of(finished);
    let ours = finished.counts_and_nearest();
    for sample in some(samples) {
        let naive = facilities.around(finished, sample);
        for (set, (counts, nearest)) in naive.iter().enumerate() {
            let counted = [0, 1, 2].map(|limit| ours.count(sample, set, limit));
            assert_eq!(counted, *counts);
            assert_eq!(ours.nearest(sample, set), *nearest);
        }
        assert!(naive == every_node.around(sample), "sample {sample}");
    }
    let mut group = super::group(criterion, "naive, counts and nearest of samples");
    group.throughput(Throughput::Elements(some(samples).count() as u64));
    group.bench_function(
        BenchmarkId::new("bounded loop, some", city_name),
        |bencher| {
            bencher.iter(|| {
                for sample in some(samples) {
                    black_box(facilities.around(finished, sample));
                }
            });
        },
    );
    group.bench_function(
        BenchmarkId::new("bounded loop, every node, some", city_name),
        |bencher| {
            bencher.iter(|| {
                for sample in some(samples) {
                    black_box(every_node.around(sample));
                }
            });
        },
    );
    group.throughput(Throughput::Elements(samples as u64));
    let count = || {
        let trips = Trips::new(&finished.graph, &finished.samples, &finished.facilities);
        trips.count(&finished.sets, &LIMITS, &Silent)
    };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build();
    let pool = pool.expect("a pool of one thread");
    group.bench_function(
        BenchmarkId::new("Trips::count, all", city_name),
        |bencher| {
            pool.install(|| bencher.iter(|| black_box(count())));
        },
    );
    group.finish();
}
