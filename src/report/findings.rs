//! What the doctor found: for the terminal, as a table, and as layers of a map.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::figure::{Figure, spot};
use super::map::{collection, feature, walks};
use super::terminal::narrow_table;
use super::words::coordinates;
use super::{Cell, Folder, Table, WriteError};
use crate::doctor::{Finding, Kind};
use crate::frame::Frame;
use crate::lang::Lang;
use crate::network::WalkNetwork;
use crate::plane::LonLat;

/// How many findings of a kind are shown.
const SHOWN: usize = 3;

/// How many objects of a finding are shown.
const SHOWN_OBJECTS: usize = 3;

const WALKS: &str = "walks.geojson";
const TABLE: &str = "findings.csv";

/// The names of all files that [`write_network`] writes: the walks, the table of
/// findings, and a layer a kind.
pub fn network_file_names() -> Vec<String> {
    let layers = Kind::ALL.map(layer_name);
    [WALKS, TABLE]
        .map(str::to_owned)
        .into_iter()
        .chain(layers)
        .collect()
}

fn layer_name(kind: Kind) -> String {
    format!("{}.geojson", kind.key())
}

/// Writes the walks of a network and what was found, in the coordinates of a frame; all
/// files appear together.
///
/// # Errors
/// [`WriteError`]; then none of them is left behind.
pub fn write_network(
    network: &WalkNetwork,
    findings: &[Finding],
    lang: Lang,
    frame: Frame,
    mut folder: Folder,
) -> Result<(), WriteError> {
    let walks = folder.draft_by(WALKS, |to| walks(network, frame, to))?;
    folder.take(walks);
    folder.stage(TABLE, &findings_csv(findings, lang, frame))?;
    for kind in Kind::ALL {
        let layer = findings_geojson(findings, kind, lang, frame);
        folder.stage(&layer_name(kind), &layer)?;
    }
    folder.publish()
}

/// All findings, one row each, kind by kind, the worst first.
pub fn findings_csv(findings: &[Finding], lang: Lang, frame: Frame) -> Vec<u8> {
    rows(findings.iter(), lang, frame).csv(lang)
}

/// The findings of one kind as a map: the gap, the walks, the wall or the place.
pub fn findings_geojson(findings: &[Finding], kind: Kind, lang: Lang, frame: Frame) -> Vec<u8> {
    let of_kind: Vec<&Finding> = of_kind(findings, kind).collect();
    let table = rows(of_kind.iter().copied(), lang, frame);
    let members = table.members();
    let features = of_kind.iter().zip(&table.rows);
    let features =
        features.map(|(finding, row)| feature(&geometry(finding, frame), &members.with(row)));
    collection(frame, &features.collect::<Vec<String>>())
}

fn of_kind(findings: &[Finding], kind: Kind) -> impl Iterator<Item = &Finding> {
    findings.iter().filter(move |finding| finding.kind == kind)
}

fn rows<'a>(findings: impl Iterator<Item = &'a Finding>, lang: Lang, frame: Frame) -> Table {
    let [east, north] = frame.columns();
    let columns = ["kind", "osm", east, north, "metres", "finding", "to_do"];
    Table {
        columns: columns.map(str::to_owned).into(),
        rows: findings
            .map(|finding| {
                let [east, north] = coordinates(frame, finding.at);
                vec![
                    Cell::text(finding.kind.key()),
                    Cell::text(objects(finding, usize::MAX)),
                    east,
                    north,
                    Cell::maybe(metres(finding), 1),
                    Cell::text(finding.text(lang)),
                    Cell::text(finding.kind.remedy(lang)),
                ]
            })
            .collect(),
    }
}

fn metres(finding: &Finding) -> Option<f64> {
    finding
        .millimetres
        .map(|millimetres| millimetres as f64 / 1_000.0)
}

/// The objects of a finding, so many of them.
fn objects(finding: &Finding, most: usize) -> String {
    let named: Vec<String> = finding
        .objects
        .iter()
        .take(most)
        .map(ToString::to_string)
        .collect();
    let mut text = named.join(";");
    if finding.objects.len() > most {
        let _ = write!(text, " +{}", finding.objects.len() - most);
    }
    text
}

fn geometry(finding: &Finding, frame: Frame) -> Value {
    let line = |line: &[LonLat]| -> Value {
        let spots = line.iter().map(|&at| json!(spot(frame, at)));
        spots.collect()
    };
    match &*finding.lines {
        [] => json!(Figure::point(frame, finding.at).geojson()),
        lines => {
            let lines: Vec<Value> = lines.iter().map(|places| line(places)).collect();
            json!({ "type": "MultiLineString", "coordinates": lines })
        }
    }
}

/// How many of every kind there are, what to do, and the worst of them.
pub fn findings_table(findings: &[Finding], lang: Lang) -> String {
    if findings.is_empty() {
        return lang
            .pick("未发现问题", "nothing was found to be wrong")
            .to_owned();
    }
    let mut shown = narrow_table(vec![
        lang.pick("问题", "findings").to_owned(),
        lang.pick("数量", "count").to_owned(),
    ]);
    for kind in Kind::ALL {
        let count = of_kind(findings, kind).count();
        if count == 0 {
            continue;
        }
        let mut row = |text: &str, count: &str| {
            shown.add_row(vec![text, count]);
        };
        row(kind.text(lang), &count.to_string());
        let arrow = lang.pick("→", "→ ");
        row(&format!("{arrow}{}", kind.remedy(lang)), "");
        for finding in of_kind(findings, kind).take(SHOWN) {
            let measure =
                metres(finding).map_or_else(String::new, |metres| format!("{metres:.1} m"));
            let (lon, lat) = (finding.at.lon_degrees(), finding.at.lat_degrees());
            let named = objects(finding, SHOWN_OBJECTS);
            row(&format!("{measure:>7} {lon:.5},{lat:.5} {named}"), "");
        }
    }
    shown.trim_fmt()
}
