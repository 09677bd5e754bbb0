//! `report.html`: one file for people, with everything in it and nothing outside it.
//!
//! Texts stand in both languages and a switch shows one. Every text that comes from a
//! file goes through maud, which escapes it, or through JSON that the script reads and
//! shows as text. The page forbids itself any connection and any script but its own.

pub(super) mod backdrop;
mod card;
mod coverage;
pub(super) mod data;
mod findings;
mod leaflets;
pub(super) mod map;
mod opened;
pub(super) mod parcels;
pub(super) mod phrase;
mod provisions;
mod shortfalls;
mod zones;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use super::sheet::{Detail, Sheet, ZoneDetail};
use super::shown;
use super::words::{denominators, thousands};
use crate::lang::Lang;
use crate::standard::Denominator;
use crate::study::Study;
use backdrop::Backdrop;
use phrase::{amount, both, said, whom};
use shortfalls::Shortfalls;

/// How a page looks.
pub(super) const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = concat!(include_str!("view.js"), include_str!("page.js"));

/// No page is larger, so that it can be mailed and opened on an old computer.
///
/// # Units
/// Bytes.
pub(super) const LARGEST: usize = 10_000_000;

/// The page, with as much detail as fits.
pub(super) fn page(study: &Study, lang: Lang) -> Vec<u8> {
    let shortfalls = Shortfalls::of(study);
    let mut page = String::new();
    // An id and a name in quotes or `null`, a spot, whether it is on the map; with commas.
    let facilities = study.facilities.iter();
    let facilities: usize = facilities.map(|facility| facility.id.len() + 13).sum();
    for (number, detail) in (1..).zip(Detail::STEPS) {
        // What is drawn last stands, whatever its size.
        let is_last = number == Detail::STEPS.len();
        let beside = if detail.facilities { facilities } else { 0 };
        let may_fit = |patches| is_last || at_least(study, patches) + beside <= LARGEST;
        let blocks = if detail.squares.is_none() {
            study.blocks.len()
        } else {
            0
        };
        if !may_fit(blocks) {
            continue;
        }
        let Some(sheet) = Sheet::of(study, detail) else {
            // A study has blocks.
            break;
        };
        if !may_fit(sheet.patches.len()) || (!is_last && sheet.drawing() > LARGEST) {
            continue;
        }
        page = drawn(study, lang, &sheet, &shortfalls);
        debug_assert!(page.len() >= at_least(study, sheet.patches.len()) + beside);
        if page.len() <= LARGEST {
            break;
        }
    }
    page.into_bytes()
}

/// A page with so many patches has no less bytes: each has a path in the drawing, two letters
/// a requirement, and three figures a set of categories with a comma behind each.
fn at_least(study: &Study, patches: usize) -> usize {
    patches * (PATH + 2 * study.answers.len() + 6 * study.sets.len())
}

/// `<path data-patch="0" class="x" d="M0 0z"></path>`, about.
const PATH: usize = 45;

/// The page of a sheet.
fn drawn(study: &Study, lang: Lang, sheet: &Sheet, shortfalls: &Shortfalls) -> String {
    let detail = sheet.detail;
    let backdrop = Backdrop::of(sheet);
    let key = lang.pick("zh", "en");
    let page = html! {
        (DOCTYPE)
        html lang=(lang.pick("zh-CN", "en")) data-lang=(key) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy(SCRIPT));
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="generator" content=(concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION")));
                title { (lang.pick("步行生活圈报告", "Walking reach report")) " · " (study.standard.name(lang)) }
                style { (PreEscaped(STYLE)) (map::style()) }
            }
            body {
                (header(study))
                noscript { p .note { (both(
                    "此浏览器未运行脚本：地图只显示一项要求，语言不能切换；其余内容完整。",
                    "Scripts do not run here: the map shows one requirement only and the language cannot be switched; all else is complete.",
                )) } }
                main {
                    (findings::head(study))
                    (figures(study))
                    (coverage::section(study))
                    (provisions::section(study))
                    (map::section(study, sheet, &backdrop))
                    (shortfalls::section(study, sheet, shortfalls))
                    @if detail.zones != ZoneDetail::Nothing { (zones::tables(study)) }
                    @if detail.zones == ZoneDetail::Sheets { (leaflets::sheets(study, sheet, &backdrop)) }
                    @else { p .note { (both(
                        "分区太多，本页未逐区列出；全部见 coverage.csv。",
                        "There are too many zones to tell of each on this page; all are in coverage.csv.",
                    )) } }
                    (card::section(study))
                }
                footer { p { "© OpenStreetMap contributors, ODbL · "
                    "living-circle " (env!("CARGO_PKG_VERSION")) } }
                script #data type="application/json" { (PreEscaped(data::inline(&data::data(study, sheet)))) }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    page.into_string()
}

/// What a page lets in: its style, and its own script.
pub(super) fn policy(script: &str) -> String {
    let hash = STANDARD.encode(Sha256::digest(script));
    format!("default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{hash}'")
}

fn header(study: &Study) -> Markup {
    let extract = study.inputs.iter().find(|input| input.role == "extract");
    html! {
        header {
            div {
                h1 { (both("步行生活圈报告", "Walking reach report")) }
                p .quiet {
                    (said(|lang| study.standard.name(lang)))
                    @if let Some(extract) = extract { " · " (shown(&extract.name)) }
                    " · " (card::data_date(study))
                }
            }
            nav .noprint .scriptonly {
                button type="button" .lang data-set="zh" { "中文" }
                button type="button" .lang data-set="en" { "English" }
                button type="button" #paper { (both("打印", "Print")) }
            }
        }
    }
}

/// How much was measured.
fn figures(study: &Study) -> Markup {
    let whole = &study.whole;
    let card = |value: String, zh: &str, en: &str| {
        html! {
            li { strong { (value) } " " (both(zh, en)) }
        }
    };
    html! {
        ul .figures {
            (card(thousands(study.blocks.len() as u64), "个街坊", if study.blocks.len() == 1 { "block" } else { "blocks" }))
            @for of in denominators(study) {
                li {
                    @if of == Denominator::Land {
                        strong { (said(|lang| amount(of, whole.amount(of), lang))) }
                    } @else {
                        strong { (thousands(whole.amount(of).round() as u64)) }
                    }
                    " " (said(|lang| whom(of, lang)))
                }
            }
            (card(thousands(study.facilities.len() as u64), "处设施", if study.facilities.len() == 1 { "facility" } else { "facilities" }))
        }
    }
}
