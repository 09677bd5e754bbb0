//! Missing links: a table, a map and the best of them as a scenario.

use std::fmt::Write as _;

use comfy_table::ColumnConstraint;
use serde_json::json;

use super::figure::Figure;
use super::map::{collection, feature};
use super::terminal::narrow_table;
use super::words::{coordinates, requirement_name, thousands};
use super::{Cell, Folder, Outputs, Table, WriteError};
use crate::lang::Lang;
use crate::scenario::Change;
use crate::scenario::links::{Chosen, Gain, Links, Reason, Tried};
use crate::scenario::weighted_by;
use crate::standard::Denominator;
use crate::study::Study;

/// The files of missing links.
pub const LINK_FILES: [&str; 3] = ["links.csv", "links.geojson", "best.toml"];

/// Writes all links that were tried, those that change something as a map too, and the best
/// together as a scenario.
///
/// # Errors
/// [`WriteError`]; then none of the files is left behind.
pub fn write_links(
    links: &Links,
    study: &Study,
    outputs: &Outputs,
    mut folder: Folder,
) -> Result<(), WriteError> {
    let table = table(links, study, outputs);
    folder.stage(LINK_FILES[0], &table.csv(outputs.lang))?;
    let useful = links.tried.iter().enumerate();
    let useful = useful.filter(|(_, tried)| !tried.gain.is_nothing());
    let members = table.members();
    let features = useful.map(|(row, tried)| {
        let figure = match &*tried.candidate.line {
            [at] => Figure::point(outputs.frame, *at),
            line => Figure::line(outputs.frame, line),
        };
        feature(&figure.geojson(), &members.with(&table.rows[row]))
    });
    let features: Vec<String> = features.collect();
    folder.stage(LINK_FILES[1], &collection(outputs.frame, &features))?;
    folder.stage(LINK_FILES[2], plan(links, outputs.lang).as_bytes())?;
    folder.publish()
}

/// The place in the order of the best together, from 1.
fn place_in(links: &Links, row: usize) -> Option<(usize, &Chosen)> {
    let chosen = (1..).zip(&links.chosen);
    let mut chosen = chosen.filter(|(_, chosen)| chosen.link == row);
    chosen.next()
}

fn table(links: &Links, study: &Study, outputs: &Outputs) -> Table {
    let [east, north] = outputs.frame.columns();
    let mut columns: Vec<String> = [
        "rank",
        "reason",
        "origin",
        "name",
        east,
        north,
        "length_m",
        "people_gained",
        "land_gained_m2",
        "hours_saved",
        "most_gained",
        "together",
        "together_adds_people",
        "together_adds_hours",
        "searched",
    ]
    .map(str::to_owned)
    .into();
    let asked = &study.standard.requirements;
    columns.extend(asked.iter().map(|asked| format!("people_{}", asked.key)));
    let of = weighted_by(study);
    let row = |(row, tried): (usize, &Tried)| {
        let gain = &tried.gain;
        let [east, north] = coordinates(outputs.frame, tried.candidate.line[0]);
        let chosen = place_in(links, row);
        let adds = chosen.map(|(_, chosen)| &chosen.adds);
        let most = gain.most().map(|number| &*asked[number].key);
        let mut cells = vec![
            Cell::Whole(tried.rank as u64),
            Cell::text(tried.candidate.reason.key()),
            Cell::Signed(tried.candidate.origin),
            Cell::maybe_text(tried.candidate.name.as_deref()),
            east,
            north,
            Cell::Decimal(tried.millimetres as f64 / 1_000.0, 1),
            Cell::Decimal(people(gain), 3),
            Cell::Decimal(gain.land() as f64 / 100.0, 2),
            Cell::Decimal(gain.saved.hours(of), 3),
            Cell::maybe_text(most),
            chosen.map_or(Cell::Empty, |(place, _)| Cell::Whole(place as u64)),
            Cell::maybe(adds.map(people), 3),
            Cell::maybe(adds.map(|adds| adds.saved.hours(of)), 3),
            Cell::Flag(!tried.pruned),
        ];
        let won = gain.won.iter();
        cells.extend(won.map(|won| Cell::Decimal(won.people.count(), 3)));
        cells
    };
    Table {
        columns,
        rows: links.tried.iter().enumerate().map(row).collect(),
    }
}

fn people(gain: &Gain) -> f64 {
    gain.people() as f64 / 1_000.0
}

/// The best together, as `living-circle scenario` reads them.
fn plan(links: &Links, lang: Lang) -> String {
    let name = lang.pick("打通断头路", "missing links");
    let mut text = format!("name = {}\n", json!(name));
    for chosen in &links.chosen {
        let tried = &links.tried[chosen.link];
        let corners: Vec<String> = tried
            .candidate
            .line
            .iter()
            .map(|at| format!("[{:.7}, {:.7}]", at.lon_degrees(), at.lat_degrees()))
            .collect();
        let corners = corners.join(", ");
        let change = tried.candidate.change();
        // Writing to a string does not fail.
        let _ = match &change {
            Change::AddWalk(_) => write!(
                text,
                "\n[[add_walk]]\nkind = \"street\"\nline = [{corners}]\n"
            ),
            gate => write!(text, "\n[[{}]]\nat = {corners}\n", gate.key()),
        };
        let Change::AddWalk(planned) = change else {
            continue;
        };
        if let Some(metres) = planned.join_m {
            let _ = writeln!(text, "join_m = {metres:.1}");
        }
        if let Some(name) = &planned.name {
            // A JSON string is a TOML string.
            let _ = writeln!(text, "name = {}", json!(name));
        }
    }
    text
}

/// What is tried, in a word.
fn what(reason: Reason, lang: Lang) -> &'static str {
    match reason {
        Reason::DeadEnd => lang.pick("断头路", "dead end"),
        Reason::Wall => lang.pick("围墙开门", "gate in wall"),
        Reason::ClosedGate => lang.pick("开放大门", "closed gate"),
        Reason::Proposed => lang.pick("拟建", "proposed"),
    }
}

/// The best links, and the best together, in the terminal.
pub fn told_links(links: &Links, study: &Study, top: usize, lang: Lang) -> String {
    let of = weighted_by(study);
    let by_people = of == Denominator::People;
    let useful = links
        .tried
        .iter()
        .filter(|tried| !tried.gain.is_nothing())
        .count();
    let pruned = links.tried.iter().filter(|tried| tried.pruned).count();
    let all = links.tried.len();
    let mut text = lang.pick(
        format!("试算 {all} 处：{useful} 处有增益，{pruned} 处不必搜索即可证明无增益\n"),
        format!(
            "{all} tried: {useful} bring a gain; {pruned} none, as is shown without a search\n"
        ),
    );
    if !links.apart.is_empty() {
        let count = links.apart.len();
        text.push_str(&lang.pick(
            format!("{count} 处无法实现（不与公共步行道路相接，或大门已是如此），未计\n"),
            format!(
                "{count} cannot be (no public walk is near, or the gate is so already); left out\n"
            ),
        ));
    }
    if useful == 0 {
        return text;
    }
    let header = [
        lang.pick("序", "rank"),
        lang.pick("类型", "what"),
        lang.pick("位置", "place"),
        lang.pick("长", "m"),
        if by_people {
            lang.pick("增益人次", "people gain")
        } else {
            lang.pick("增益公顷", "ha gain")
        },
        if by_people {
            lang.pick("省时(人·时)", "hours saved")
        } else {
            lang.pick("省时(公顷·时)", "ha·h saved")
        },
        lang.pick("增益最大", "most for"),
    ];
    let mut table = narrow_table(header.map(str::to_owned).into());
    // Coordinates are copied from here.
    if let Some(places) = table.column_mut(2) {
        places.set_constraint(ColumnConstraint::ContentWidth);
    }
    for tried in links.tried.iter().take(useful.min(top)) {
        let at = tried.candidate.line[0];
        let place = tried
            .candidate
            .name
            .clone()
            .unwrap_or_else(|| format!("{:.5},{:.5}", at.lon_degrees(), at.lat_degrees()));
        let gain = &tried.gain;
        let amount = if by_people {
            thousands((gain.people() as f64 / 1_000.0).round() as u64)
        } else {
            format!("{:.2}", gain.land() as f64 / 1e6)
        };
        let most = gain.most().map(|number| {
            let (asked, answer) = (&study.standard.requirements[number], &study.answers[number]);
            format!("{} {}", requirement_name(asked, lang), answer.limit)
        });
        // A gate has none.
        let length = match tried.millimetres {
            0 => String::new(),
            length => format!("{:.0}", length as f64 / 1_000.0),
        };
        table.add_row(vec![
            tried.rank.to_string(),
            what(tried.candidate.reason, lang).to_owned(),
            super::shown(&place),
            length,
            amount,
            format!("{:.1}", gain.saved.hours(of)),
            most.unwrap_or_default(),
        ]);
    }
    text.push_str(&table.trim_fmt());
    text.push('\n');
    if !links.chosen.is_empty() {
        text.push_str(&told_together(links, by_people, lang));
    }
    text
}

/// The best together, a few a line.
fn told_together(links: &Links, by_people: bool, lang: Lang) -> String {
    let told = links.chosen.iter().map(|chosen| {
        let rank = links.tried[chosen.link].rank;
        let adds = if by_people {
            thousands((chosen.adds.people() as f64 / 1_000.0).round() as u64)
        } else {
            format!("{:.2} ha", chosen.adds.land() as f64 / 1e6)
        };
        format!("{rank} (+{adds})")
    });
    let told: Vec<String> = told.collect();
    let lines = told.chunks(4).map(|some| {
        let some = some.join(lang.pick("，", ", "));
        format!("  {some}\n")
    });
    let head = lang.pick(
        "合选最优（序号，依次新增）：\n",
        "The best together (rank, what each adds):\n",
    );
    std::iter::once(head.to_owned()).chain(lines).collect()
}
