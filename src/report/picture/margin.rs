//! What stands around every picture: its title, what it rests on, and whose data it is.

use super::canvas::{Canvas, MARGIN, Pen, SIZE};
use crate::lang::Lang;
use crate::report::headline::counted;
use crate::report::map::ATTRIBUTION;
use crate::report::words::date;
use crate::study::Study;
use crate::units::{Limit, trimmed};

const TITLE: Pen = Pen::new(36.0).bold();
const SUBTITLE: Pen = Pen::new(20.0).grey();
const SMALL: Pen = Pen::new(15.0).grey();

/// The title and a line under it.
pub(super) fn head(canvas: &mut Canvas, title: &str, subtitle: &str) {
    let width = SIZE[0] - 2.0 * MARGIN;
    canvas.text([MARGIN, 72.0], &TITLE.cut(title, width), TITLE);
    canvas.text([MARGIN, 108.0], &SUBTITLE.cut(subtitle, width), SUBTITLE);
}

/// The calibre (口径) in one line, and the sources.
pub(super) fn foot(canvas: &mut Canvas, study: &Study, lang: Lang) {
    let width = SIZE[0] - 2.0 * MARGIN;
    for (line, y) in [(calibre(study, lang), 852.0), (sources(study, lang), 876.0)] {
        canvas.text([MARGIN, y], &SMALL.cut(&line, width), SMALL);
    }
}

/// What the figures rest on.
fn calibre(study: &Study, lang: Lang) -> String {
    let (blocks, facilities) = (study.blocks.len(), study.facilities.len());
    let unlinked = (0..blocks)
        .filter(|&block| study.unlinked_reason(block).is_some())
        .count();
    let edge = (0..blocks).filter(|&block| study.is_at_edge(block)).count();
    let packs: Vec<String> = study
        .standard
        .packs
        .iter()
        .map(|pack| match lang {
            Lang::Zh => format!("{}，第 {} 版", pack.zh, pack.edition),
            Lang::En => format!("{}, edition {}", pack.en, pack.edition),
        })
        .collect();
    let packs = packs.join(lang.pick("、", ", "));
    match lang {
        Lang::Zh => format!(
            "口径：{packs}；{blocks} 个街坊，{facilities} 处设施；从街坊样点到设施出入口；\
             未连接 {unlinked} 个（仍计入分母），靠近数据边缘 {edge} 个"
        ),
        Lang::En => format!(
            "Calibre: {packs}; {}, {}; from samples of the blocks to entrances; \
             {unlinked} unlinked (they stay in the denominator), {edge} near the edge of the data",
            counted(blocks, "block", "blocks"),
            counted(facilities, "facility", "facilities"),
        ),
    }
}

/// Files, date and program.
fn sources(study: &Study, lang: Lang) -> String {
    let names: Vec<&str> = study.inputs_of_city().map(|input| &*input.name).collect();
    let names = names.join(lang.pick("、", ", "));
    let dated = study
        .osm_timestamp
        .map(date)
        .map_or_else(String::new, |date| {
            lang.pick(
                format!("（OSM 数据截至 {date}）"),
                format!(" (OSM data of {date})"),
            )
        });
    let source = lang.pick("来源：", "Sources: ");
    let program = concat!("living-circle ", env!("CARGO_PKG_VERSION"));
    format!("{ATTRIBUTION} · {source}{names}{dated} · {program}")
}

/// A limit as it is read: minutes with their walker and metres, metres alone.
pub(super) fn limit_words(study: &Study, requirement: usize, lang: Lang) -> String {
    let answer = &study.answers[requirement];
    let walker = study.walked[answer.walker].walker.name(lang);
    match answer.limit {
        Limit::Length(length) => lang.pick(
            format!("{} 米", trimmed(length.metres())),
            format!("{} m", trimmed(length.metres())),
        ),
        Limit::Time(time) => {
            let (minutes, metres) = (
                trimmed(time.minutes()),
                answer.straight_limit.metres().round(),
            );
            lang.pick(
                format!("{walker} {minutes} 分钟（{metres} 米）"),
                format!("{minutes} min, {walker} ({metres} m)"),
            )
        }
    }
}
