//! What was measured, as a table for the terminal and as JSON.

use std::io::Write as _;

use serde_json::{Value, json};

use super::super::Failure;
use super::clock::Timed;
use super::{Bench, Row, Step};
use crate::lang::Lang;
use crate::report::{LoneFile, narrow_table, shown, thousands};

/// Columns of the terminal that the table may take.
const WIDTH: u16 = 100;

impl Step {
    /// What programs call it.
    fn key(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Build => "build",
            Self::Link => "link",
            Self::Nearest => "nearest",
            Self::NearestOfNodes => "nearest_of_nodes",
            Self::Counts => "counts",
            Self::CountsOfNodes => "counts_of_nodes",
            Self::Reach => "reach",
            Self::Isochrones => "isochrones",
            Self::Report => "report",
        }
    }

    fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Read => lang.pick("读取", "read"),
            Self::Build => lang.pick("建网", "build"),
            Self::Link => lang.pick("连接", "link"),
            Self::Nearest => lang.pick("最近设施", "nearest"),
            Self::NearestOfNodes => lang.pick("最近设施，节点", "nearest, nodes"),
            Self::Counts => lang.pick("设施计数", "counts"),
            Self::CountsOfNodes => lang.pick("设施计数，节点", "counts, nodes"),
            Self::Reach => lang.pick("可达路段", "reach"),
            Self::Isochrones => lang.pick("等时圈", "isochrones"),
            Self::Report => lang.pick("整份报告", "whole report"),
        }
    }

    /// What its work is counted in.
    fn unit(self) -> &'static str {
        match self {
            Self::Read => "bytes",
            Self::Build => "junctions",
            Self::Link => "places",
            Self::Nearest | Self::Counts => "samples",
            Self::NearestOfNodes | Self::CountsOfNodes => "nodes",
            Self::Reach | Self::Isochrones | Self::Report => "blocks",
        }
    }

    fn unit_in(self, lang: Lang) -> &'static str {
        let zh = match self {
            Self::Read => "字节",
            Self::Build => "路口",
            Self::Link => "地点",
            Self::Nearest | Self::Counts => "样点",
            Self::NearestOfNodes | Self::CountsOfNodes => "节点",
            Self::Reach | Self::Isochrones | Self::Report => "街坊",
        };
        lang.pick(zh, self.unit())
    }
}

impl Row {
    fn per_second(&self, timed: &Timed) -> f64 {
        // What takes no time that the clock can tell takes its smallest step.
        self.work as f64 / timed.seconds().max(1e-9)
    }
}

/// The table, with what stands in it.
pub(super) fn text(bench: &Bench, lang: Lang) -> String {
    let rows = &bench.rows;
    let with_memory = rows.iter().all(|row| row.peak.is_some());
    let mut header = vec![
        lang.pick("阶段", "stage").to_owned(),
        lang.pick("完成的工作", "work done").to_owned(),
    ];
    for timed in &rows[0].timed {
        header.push(threads(timed.threads, lang));
        header.push(lang.pick("每秒", "per s").to_owned());
    }
    let several = rows[0].timed.len() > 1;
    if several {
        header.push(lang.pick("加速", "gain").to_owned());
    }
    if with_memory {
        header.push(lang.pick("峰值 MiB", "peak MiB").to_owned());
    }
    let mut table = narrow_table(header);
    table.set_width(WIDTH);
    for row in rows {
        let mut cells = vec![
            row.step.name(lang).to_owned(),
            format!("{} {}", thousands(row.work), row.step.unit_in(lang)),
        ];
        for timed in &row.timed {
            cells.push(seconds(timed.seconds()));
            cells.push(rate(row.per_second(timed)));
        }
        if several {
            let last = row.timed.len() - 1;
            let gain = row.timed[0].seconds() / row.timed[last].seconds().max(1e-9);
            cells.push(format!("{gain:.2}"));
        }
        cells.extend(row.peak.map(|peak| thousands(peak >> 20)));
        table.add_row(cells);
    }
    let table = table.trim_fmt();
    [
        headline(bench, lang),
        table,
        notes(bench, with_memory, lang),
    ]
    .join("\n\n")
}

fn threads(threads: usize, lang: Lang) -> String {
    lang.pick(
        format!("{threads} 线程，秒"),
        match threads {
            1 => "1 thread, s".to_owned(),
            _ => format!("{threads} threads, s"),
        },
    )
}

fn headline(bench: &Bench, lang: Lang) -> String {
    let city = &bench.city;
    let name = shown(&city.name);
    let [junctions, walks, blocks, facilities] =
        [city.junctions, city.walks, city.blocks, city.facilities].map(thousands);
    lang.pick(
        format!(
            "living-circle {}\n{name}：{junctions} 个路口，{walks} 条路段，{blocks} 个街坊，{facilities} 处设施",
            env!("CARGO_PKG_VERSION")
        ),
        format!(
            "living-circle {}\n{name}: {junctions} junctions, {walks} walks, {blocks} blocks, \
             {facilities} facilities",
            env!("CARGO_PKG_VERSION")
        ),
    )
}

/// What the words of the table stand for.
fn notes(bench: &Bench, with_memory: bool, lang: Lang) -> String {
    let (runs, sets) = (bench.runs, bench.city.sets);
    let memory = if with_memory {
        lang.pick(
            "峰值：该阶段结束时进程曾占用的最大内存。",
            "peak: the most memory the process had held when the stage was over.",
        )
    } else {
        lang.pick(
            "内存：本系统不提供，未列出。",
            "memory: this system does not tell it, so it is left out.",
        )
    };
    lang.pick(
        format!(
            "时间为 {runs} 次运行的中位数。最近设施、设施计数：{sets} 组设施；计数限值 5、10、15 分钟。\n\
             可达路段、等时圈：各街坊 15 分钟之内，等时圈绘至多边形。\n整份报告：从读取到写出全部文件。\n{memory}"
        ),
        format!(
            "Medians of {runs} runs. nearest, counts: {sets} sets of facilities; counts within 5, 10 \
             and 15 min.\nreach, isochrones: within 15 min of each block; isochrones drawn as \
             polygons.\nwhole report: from reading to all files written.\n{memory}"
        ),
    )
}

/// That the machine had other work.
pub(super) fn busy(share: f64, lang: Lang) -> String {
    let percent = (share * 100.0).round();
    lang.pick(
        format!("注意：本机还有其他任务，单线程只有 {percent} % 的时间在运行；以上各项时间偏长，请在空闲时重测"),
        format!(
            "note: this machine had other work: one thread ran {percent} % of the time. All times \
             are too long; measure again when it is idle"
        ),
    )
}

fn seconds(seconds: f64) -> String {
    match seconds {
        _ if seconds < 0.1 => format!("{seconds:.5}"),
        _ if seconds < 10.0 => format!("{seconds:.3}"),
        _ => format!("{seconds:.1}"),
    }
}

fn rate(per_second: f64) -> String {
    if per_second < 100.0 {
        format!("{per_second:.2}")
    } else {
        thousands(per_second.round() as u64)
    }
}

/// Writes the JSON.
pub(super) fn write(bench: &Bench, mut out: LoneFile) -> Result<(), Failure> {
    let text = format!("{:#}\n", json(bench));
    out.write_all(text.as_bytes())
        .map_err(|error| Failure::Io(error.into()))?;
    Ok(out.publish()?)
}

fn json(bench: &Bench) -> Value {
    let city = &bench.city;
    let threads = bench.rows[0].timed.iter().map(|timed| timed.threads);
    json!({
        "program": { "name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION") },
        "runs": bench.runs,
        "threads": threads.collect::<Vec<_>>(),
        "extract": { "name": city.name, "bytes": city.bytes, "sha256": city.sha256 },
        "counts": {
            "junctions": city.junctions,
            "walks": city.walks,
            "nodes": city.nodes,
            "blocks": city.blocks,
            "samples": city.samples,
            "facilities": city.facilities,
            "sets": city.sets,
        },
        "stages": bench.rows.iter().map(stage).collect::<Value>(),
    })
}

fn stage(row: &Row) -> Value {
    let timed = |timed: &Timed| {
        json!({
            "threads": timed.threads,
            "seconds": timed.seconds,
            "median_s": timed.seconds(),
            "cpu_s": timed.cpu(),
            "per_s": row.per_second(timed),
        })
    };
    json!({
        "stage": row.step.key(),
        "work": row.work,
        "unit": row.step.unit(),
        "timed": row.timed.iter().map(timed).collect::<Value>(),
        "peak_bytes": row.peak,
    })
}
