//! The lines around the tables in the terminal: what was measured, and what must
//! be known before a figure is used.

use super::words::{denominator_name, denominators};
use crate::confidence::Confidence;
use crate::lang::Lang;
use crate::measure::Sums;
use crate::places::BlockKind;
use crate::study::Study;
use crate::units::trimmed;

/// The pack, the walker and how much was measured. What nobody knows is left out.
pub(super) fn headline(study: &Study, lang: Lang) -> String {
    let whole = &study.whole;
    let mut measured = vec![blocks_by_kind(study, lang)];
    if study.blocks.iter().any(|block| block.land.is_some()) {
        let hectares = trimmed((whole.land.square_metres() / 1_000.0).round() / 10.0);
        measured.push(lang.pick(
            format!("居住用地 {hectares} 公顷"),
            format!("{hectares} ha of residential land"),
        ));
    }
    if study.blocks.iter().any(|block| block.people.is_some()) {
        let people = whole.people.count().round();
        measured.push(lang.pick(format!("{people} 人"), format!("{people} people")));
    }
    let facilities = study.facilities.len();
    measured.push(lang.pick(
        format!("{facilities} 处设施"),
        counted(facilities, "facility", "facilities"),
    ));
    let pack = study.standard.name(lang);
    let replaced = if study.settings.within.is_empty() {
        ""
    } else {
        lang.pick("，限值按要求替换", ", other limits")
    };
    let walker = study.main_walk().walker.name(lang);
    let title = lang.pick(
        format!("{pack}{replaced}；步行者：{walker}"),
        format!("{pack}{replaced}; walker: {walker}"),
    );
    // Blocks of many kinds fill a line of the terminal, and so do two parts in English.
    let first = match lang {
        _ if measured[0].contains(['(', '（']) => 1,
        Lang::Zh => measured.len(),
        Lang::En => 2,
    };
    let rest = measured.split_off(first.min(measured.len()));
    let comma = lang.pick("，", ", ");
    let lines = [title, measured.join(comma), rest.join(comma)];
    let filled = lines.into_iter().filter(|line| !line.is_empty());
    filled.map(|line| line + "\n").collect()
}

/// How many blocks; what they are, where they are not all areas.
fn blocks_by_kind(study: &Study, lang: Lang) -> String {
    let all = study.blocks.len();
    let kinds = study.blocks_by_kind();
    let all = lang.pick(format!("{all} 个街坊"), counted(all, "block", "blocks"));
    if kinds.keys().all(|&kind| kind == BlockKind::Area) {
        return all;
    }
    let parts: Vec<String> = kinds
        .into_iter()
        .map(|(kind, count)| kind_counted(kind, count, lang))
        .collect();
    match lang {
        Lang::Zh => format!("{all}（{}）", parts.join("、")),
        Lang::En => format!("{all} ({})", parts.join(", ")),
    }
}

fn kind_counted(kind: BlockKind, count: usize, lang: Lang) -> String {
    let (zh, one, more) = match kind {
        BlockKind::Area => ("居住用地", "area", "areas"),
        BlockKind::Piece => ("切分地块", "piece", "pieces"),
        BlockKind::Group => ("住宅组", "group of buildings", "groups of buildings"),
        BlockKind::Building => ("单栋住宅", "building", "buildings"),
    };
    lang.pick(format!("{zh} {count}"), counted(count, one, more))
}

pub(super) fn counted(number: usize, one: &str, more: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { more })
}

/// What must be known before the shares are used.
pub(super) fn notes(study: &Study, lang: Lang) -> String {
    let mut lines = vec![unlinked(study, lang)];
    let edge = (0..study.blocks.len())
        .filter(|&block| study.is_at_edge(block))
        .count();
    if edge > 0 {
        lines.push(lang.pick(
            format!("{edge} 个街坊靠近数据边缘，答案可能在界外。"),
            format!(
                "{} near the edge of the data: an answer may lie outside.",
                counted(edge, "block lies", "blocks lie")
            ),
        ));
    }
    let requirements = &study.standard.requirements;
    let unverified = requirements
        .iter()
        .filter(|requirement| requirement.confidence == Confidence::Unverified)
        .count();
    if unverified > 0 {
        let all = requirements.len();
        lines.push(lang.pick(
            format!("{all} 项要求中有 {unverified} 项的限值未经文献核实。"),
            format!("{unverified} of {all} limits rest on no published source."),
        ));
    }
    format!("\n{}\n", lines.join("\n"))
}

/// The unlinked share of the first denominator that is known, else a count.
fn unlinked(study: &Study, lang: Lang) -> String {
    let links = &study.main_walk().samples;
    let samples = study.samples.all();
    let unlinked = samples
        .iter()
        .enumerate()
        .filter(|(at, _)| links.unlinked(*at).is_some())
        .map(|(_, sample)| sample);
    let (unlinked, whole) = (Sums::of(unlinked), Sums::of(samples));
    let share = denominators(study)
        .into_iter()
        .find_map(|of| Some((of, unlinked.share_of(&whole, of)? * 100.0)));
    match (share, lang) {
        (Some((of, share)), Lang::Zh) => format!(
            "未连接步行网络的{}占 {share:.1}%，仍计入分母。",
            denominator_name(of, lang)
        ),
        (Some((of, share)), Lang::En) => format!(
            "Not linked: {share:.1}% of {}, which stays in the denominator.",
            denominator_name(of, lang)
        ),
        (None, _) => {
            let blocks = 0..study.blocks.len();
            let count = blocks
                .filter(|&block| study.unlinked_reason(block).is_some())
                .count();
            lang.pick(
                format!("{count} 个街坊未连接步行网络。"),
                format!(
                    "{} not linked to the network.",
                    counted(count, "block is", "blocks are")
                ),
            )
        }
    }
}
