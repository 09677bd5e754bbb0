//! `left_out.csv`: what of the extract may be a facility and is none, by tag.

use std::collections::BTreeSet;

use super::headline::counted;
use super::terminal::{narrow_table as lined, shortened};
use super::{Cell, Table};
use crate::lang::Lang;
use crate::places::{LeftOut, Origin};
use crate::study::Study;

/// How many rows are shown in the terminal.
const SHOWN: usize = 5;

pub(super) fn table(study: &Study) -> Table {
    let columns = ["tag", "reason", "nodes", "ways", "relations", "example"];
    let rows = study.left_out.iter().map(|row| {
        vec![
            Cell::text(&*row.tag),
            Cell::text(row.reason.key()),
            Cell::Whole(row.nodes),
            Cell::Whole(row.ways),
            Cell::Whole(row.relations),
            Cell::text(id(&row.example)),
        ]
    });
    Table {
        columns: columns.map(str::to_owned).into(),
        rows: rows.collect(),
    }
}

fn id(origin: &Origin) -> String {
    match origin {
        Origin::OsmNode(id) => format!("node/{id}"),
        Origin::OsmWay(id) => format!("way/{id}"),
        Origin::OsmRelation(id) => format!("relation/{id}"),
        Origin::Table(row) => format!("row/{row}"),
    }
}

/// The largest rows, for the terminal; nothing where nothing is left out.
pub(super) fn block(study: &Study, lang: Lang) -> String {
    let rows = &study.left_out;
    if rows.is_empty() {
        return String::new();
    }
    let objects: u64 = rows.iter().map(LeftOut::objects).sum();
    let (shown, others) = rows.split_at(SHOWN.min(rows.len()));
    let mut lines = lined(vec![
        lang.pick("标签", "tag").to_owned(),
        lang.pick("数量", "objects").to_owned(),
        lang.pick("原因", "why").to_owned(),
    ]);
    for row in shown {
        let reason = row.reason.text(lang).to_owned();
        lines.add_row(vec![shortened(&row.tag), row.objects().to_string(), reason]);
    }
    let known: BTreeSet<&str> = shown.iter().map(|row| &*row.tag).collect();
    let others: BTreeSet<&str> = others.iter().map(|row| &*row.tag).collect();
    let more = others.difference(&known).count();
    let title = match lang {
        Lang::Zh => format!("数据中另有 {objects} 个近似设施的对象未计入，最多的是："),
        Lang::En => format!(
            "{}, mostly:",
            counted(
                objects as usize,
                "object looks like a facility and is not counted as one",
                "objects look like facilities and are not counted as such"
            )
        ),
    };
    let rest = match lang {
        Lang::Zh => format!("其余 {more} 种标签见 left_out.csv。"),
        Lang::En => format!(
            "… and {} in left_out.csv",
            counted(more, "more tag", "more tags")
        ),
    };
    let rest = if more == 0 {
        String::new()
    } else {
        rest + "\n"
    };
    format!("\n{title}\n{}\n{rest}", lines.trim_fmt())
}
