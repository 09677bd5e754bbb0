//! The network as other programs load it, and our answers beside it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use petgraph::algo::dijkstra;
use petgraph::graph::{DiGraph, NodeIndex};

use super::documented;
use super::program::{Village, fixture, names, run, text};

const FILES: [&str; 4] = ["edges.csv", "facilities.csv", "nodes.csv", "origins.csv"];

const PAGE: &str = include_str!("../../docs/outputs.md");

/// The names of the columns, and the rows.
fn table(folder: &Path, name: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let cells = |row: &str| row.split(',').map(str::to_owned).collect();
    let content = fs::read_to_string(folder.join(name)).unwrap();
    let mut rows = content.lines().map(cells);
    (rows.next().unwrap(), rows.collect())
}

fn whole(cell: &str) -> u32 {
    cell.parse().unwrap()
}

/// The exported graph in petgraph, and the nodes of every set.
fn loaded(folder: &Path) -> (DiGraph<(), u32>, BTreeMap<String, BTreeSet<u32>>) {
    let mut graph = DiGraph::new();
    for (number, row) in table(folder, "nodes.csv").1.iter().enumerate() {
        assert_eq!(whole(&row[0]) as usize, number);
        let [lon, lat] = [1, 2].map(|at| row[at].parse::<f64>().unwrap());
        assert!(
            (lon - 115.98).abs() < 0.1 && (lat - 36.45).abs() < 0.1,
            "{lon},{lat}"
        );
        graph.add_node(());
    }
    let mut pairs = BTreeSet::new();
    for row in table(folder, "edges.csv").1 {
        let [from, to, cost] = [0, 1, 2].map(|at| whole(&row[at]));
        assert!(from != to && pairs.insert((from, to)));
        graph.add_edge(
            NodeIndex::new(from as usize),
            NodeIndex::new(to as usize),
            cost,
        );
    }
    let mut sets = BTreeMap::<String, BTreeSet<u32>>::new();
    for row in table(folder, "facilities.csv").1 {
        let node = whole(&row[0]);
        assert!(graph.edges(NodeIndex::new(node as usize)).next().is_none());
        assert!(sets.entry(row[1].clone()).or_default().insert(node));
    }
    (graph, sets)
}

#[test]
fn petgraph_finds_on_the_exported_tables_what_is_found_here() {
    let home = tempfile::tempdir().unwrap();
    let (export, answers) = (home.path().join("export"), home.path().join("answers"));
    let extract = fixture("lakeside.osm.pbf");
    let ended = run(&[
        "network",
        &extract,
        "--lang",
        "zh",
        "--export",
        text(&export),
    ]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let asked = ["--runs", "1", "--threads", "1", "--answers", text(&answers)];
    let ended = run(&[&["bench", &extract], &asked[..]].concat());
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert_eq!(names(&export), FILES);
    assert_eq!(names(&answers), ["counts.csv", "nearest.csv"]);
    for name in FILES {
        let heading = format!("`{name}` of `living-circle network");
        documented::agree(PAGE, &heading, &table(&export, name).0);
    }
    let (costs, nearest) = table(&answers, "nearest.csv");
    let (columns, counts) = table(&answers, "counts.csv");
    documented::agree(PAGE, "`nearest.csv` of `living-circle bench", &costs);
    documented::agree(PAGE, "`counts.csv` of `living-circle bench", &columns);
    let (graph, sets) = loaded(&export);
    let (_, origins) = table(&export, "origins.csv");
    // All nodes but the facilities are answered, the samples last.
    let all: BTreeSet<&u32> = sets.values().flatten().collect();
    assert_eq!(nearest.len() + all.len(), graph.node_count());
    let samples = &nearest[nearest.len() - origins.len()..];
    for (number, (origin, row)) in origins.iter().zip(samples).enumerate() {
        assert_eq!((whole(&origin[0]) as usize, &origin[1]), (number, &row[0]));
    }
    let mut pairs = 0;
    // Every sample, and some of the others.
    let others = nearest.len() - origins.len();
    for place in (0..others).step_by(7).chain(others..nearest.len()) {
        let (nearest, counts) = (&nearest[place], &counts[place]);
        assert_eq!(nearest[0], counts[0]);
        let node = NodeIndex::new(whole(&nearest[0]) as usize);
        let found = dijkstra(&graph, node, None, |edge| *edge.weight());
        for (column, name) in costs.iter().enumerate().skip(1) {
            let members = sets.get(name.strip_suffix("_cost").unwrap());
            let reached = members.into_iter().flatten();
            let reached = reached.filter_map(|&node| found.get(&NodeIndex::new(node as usize)));
            let reached: Vec<u32> = reached.copied().collect();
            let least = reached.iter().min().map(u32::to_string);
            assert_eq!(
                nearest[column],
                least.unwrap_or_default(),
                "{name}, {node:?}"
            );
            for (at, minutes) in [5, 10, 15].into_iter().enumerate() {
                let within = reached
                    .iter()
                    .filter(|&&cost| cost <= minutes * 600)
                    .count();
                let told = whole(&counts[3 * (column - 1) + 1 + at]);
                assert_eq!(told as usize, within, "{name}, {minutes} min, {node:?}");
            }
            pairs += reached.len();
        }
    }
    assert!(pairs > 10_000, "{pairs}");
}

#[test]
fn what_cannot_be_exported_leaves_nothing() {
    let village = Village::new();
    let extract = text(&village.extract);
    let home = village.home.path();
    // A street and a pharmacy: nobody lives there.
    for (command, option) in [("network", "--export"), ("bench", "--answers")] {
        let ended = run(&[command, extract, option, text(&home.join("a/b"))]);
        assert_eq!(
            (ended.code, ended.stdout.as_str()),
            (Some(2), ""),
            "{command}"
        );
        assert!(ended.stderr.contains("village.osm.pbf"), "{}", ended.stderr);
        let ended = run(&[command, extract, option, extract]);
        assert_eq!(ended.code, Some(2));
        assert!(
            ended.stderr.contains("would overwrite this input"),
            "{}",
            ended.stderr
        );
    }
    assert_eq!(names(home), ["village.osm.pbf"]);
}
