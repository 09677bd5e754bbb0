//! `living-circle bench`. How long anything takes is not tested.

use std::fs;

use serde_json::Value;
use unicode_width::UnicodeWidthStr as _;

use super::documented;
use super::hex;
use super::program::{Village, fixture, names, run, text};

const STAGES: [[&str; 3]; 10] = [
    ["read", "read", "读取"],
    ["build", "build", "建网"],
    ["link", "link", "连接"],
    ["nearest", "nearest", "最近设施"],
    ["nearest_of_nodes", "nearest, nodes", "最近设施，节点"],
    ["counts", "counts", "设施计数"],
    ["counts_of_nodes", "counts, nodes", "设施计数，节点"],
    ["reach", "reach", "可达路段"],
    ["isochrones", "isochrones", "等时圈"],
    ["report", "whole report", "整份报告"],
];

#[test]
fn every_stage_of_the_sample_city_is_timed() {
    let home = tempfile::tempdir().unwrap();
    let out = home.path().join("bench.json");
    let extract = fixture("lakeside.osm.pbf");
    let asked = ["bench", &extract, "--out", text(&out)];
    for (column, threads, runs, lang, busy) in [
        (1, "2", "1", "en", "note: this machine had other work"),
        (2, "1", "2", "zh", "注意：本机还有其他任务"),
    ] {
        let more = ["--threads", threads, "--runs", runs, "--lang", lang];
        let ended = run(&[&asked[..], &more].concat());
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
        // Nothing else: no bars where stderr is no terminal.
        assert!(ended.stderr.lines().all(|line| line.starts_with(busy)));
        let (_, table) = ended.stdout.split_once("─\n").unwrap();
        let rows: Vec<&str> = table.lines().take(STAGES.len()).collect();
        for (row, stage) in rows.iter().zip(STAGES) {
            assert!(row.trim_start().starts_with(stage[column]), "{row}");
        }
        for line in ended.stdout.lines() {
            assert!(line.width() <= 100, "{} columns: {line}", line.width());
        }
        let told: Value = serde_json::from_slice(&fs::read(&out).unwrap()).unwrap();
        let numbers = (threads.parse().unwrap(), runs.parse().unwrap());
        is_whole(&told, numbers, &fs::read(&extract).unwrap());
        let page = include_str!("../../docs/outputs.md");
        documented::agree(page, "`living-circle bench", &keys(&told));
        // One thread is timed once.
        let several = ["gain", "加速"]
            .iter()
            .any(|gain| ended.stdout.contains(gain));
        assert_eq!(several, threads != "1");
    }
    assert_eq!(names(home.path()), ["bench.json"]);
}

/// The names of all fields, those of a stage and of its threads too.
fn keys(told: &Value) -> Vec<String> {
    let mut keys = Vec::new();
    let mut add = |path: &str, value: &Value| {
        let names = value.as_object().unwrap().keys();
        keys.extend(names.map(|name| format!("{path}{name}")));
    };
    add("", told);
    for part in ["program", "extract", "counts"] {
        add(&format!("{part}."), &told[part]);
    }
    let stage = &told["stages"][0];
    add("stages.", stage);
    add("stages.timed.", &stage["timed"][0]);
    keys
}

fn is_whole(told: &Value, (threads, runs): (usize, usize), extract: &[u8]) {
    assert_eq!(told["program"]["version"], env!("CARGO_PKG_VERSION"));
    let counts: Vec<usize> = (1..=threads).collect();
    assert_eq!(
        (&told["threads"], &told["runs"]),
        (&counts.into(), &runs.into())
    );
    assert_eq!(told["extract"]["name"], "lakeside.osm.pbf");
    assert_eq!(told["extract"]["sha256"], hex(extract));
    for count in told["counts"].as_object().unwrap().values() {
        assert!(count.as_u64().unwrap() > 0);
    }
    let stages = told["stages"].as_array().unwrap();
    let keys: Vec<&str> = stages
        .iter()
        .map(|stage| stage["stage"].as_str().unwrap())
        .collect();
    assert_eq!(keys, STAGES.map(|stage| stage[0]));
    assert_eq!(stages[0]["work"], extract.len());
    let mut peak = 0;
    for stage in stages {
        assert!(stage["work"].as_u64().unwrap() > 0);
        let timed = stage["timed"].as_array().unwrap();
        assert_eq!(timed.len(), threads);
        for timed in timed {
            let seconds = timed["seconds"].as_array().unwrap();
            assert_eq!(seconds.len(), runs);
            assert!(seconds.contains(&timed["median_s"]));
            for figure in [&timed["median_s"], &timed["per_s"]] {
                assert!(figure.as_f64().unwrap() > 0.0);
            }
            assert!(timed["cpu_s"].as_f64().is_none_or(|busy| busy >= 0.0));
        }
        if cfg!(target_os = "linux") {
            let now = stage["peak_bytes"].as_u64().unwrap();
            assert!(now >= peak && now > 1 << 20);
            peak = now;
        }
    }
}

#[test]
fn what_cannot_be_timed_is_refused() {
    let village = Village::new();
    let extract = text(&village.extract);
    let bytes = fs::read(&village.extract).unwrap();
    let nowhere = village.home.path().join("nowhere/bench.json");
    for (more, told) in [
        (&[extract, "--runs", "0"][..], "--runs"),
        (&[extract, "--runs", "many"], "--runs"),
        (&[extract, "--threads", "0"], "--threads"),
        (&[], "CITY.osm.pbf"),
        (&["none.osm.pbf"], "none.osm.pbf"),
        (&[extract, "--out", extract], "would overwrite this input"),
        (&[extract, "--out", text(&nowhere)], "cannot be written"),
        // A street and a pharmacy: nobody lives there.
        (&[extract, "--runs", "1"], "village.osm.pbf"),
    ] {
        let ended = run(&[&["bench"], more].concat());
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""), "{told}");
        assert!(ended.stderr.contains(told), "{}", ended.stderr);
    }
    assert_eq!(names(village.home.path()), ["village.osm.pbf"]);
    assert!(bytes == fs::read(&village.extract).unwrap());
}
