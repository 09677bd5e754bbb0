//! `parcels.html`: one page of paper for every parcel, with everything in it and nothing
//! outside it, as `report.html`.

mod lists;
mod plan;
mod sheet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::phrase::{both, said};
use super::{LARGEST, STYLE, card, map};
use crate::lang::Lang;
use crate::report::shown;
use crate::study::{Parcels, Study, surroundings};
use plan::Detail;

const OWN_STYLE: &str = include_str!("parcels.css");
const SCRIPT: &str = include_str!("parcels.js");

/// The page, with as much detail as fits; parcels that do not fit at all are told.
pub(in crate::report) fn page(study: &Study, lang: Lang) -> Vec<u8> {
    let Some(parcels) = &study.parcels else {
        return Vec::new();
    };
    let around = surroundings(study, parcels);
    let mut sheets: Vec<String> = Vec::new();
    for detail in Detail::STEPS {
        let drawn = around.par_iter().enumerate().map(|(parcel, rings)| {
            let plan = plan::plan(study, parcels, (parcel, rings), detail);
            sheet::sheet(study, parcels, parcel, &plan).into_string()
        });
        sheets = drawn.collect();
        if sheets.iter().map(String::len).sum::<usize>() <= LARGEST {
            break;
        }
    }
    let mut bytes = 0;
    let fitting = sheets.iter().take_while(|sheet| {
        bytes += sheet.len();
        bytes <= LARGEST
    });
    let sheets: Vec<&String> = fitting.collect();
    whole(study, parcels, &sheets, lang)
        .into_string()
        .into_bytes()
}

fn whole(study: &Study, parcels: &Parcels, sheets: &[&String], lang: Lang) -> Markup {
    let script_hash = STANDARD.encode(Sha256::digest(SCRIPT));
    let policy =
        format!("default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{script_hash}'");
    html! {
        (DOCTYPE)
        html lang=(lang.pick("zh-CN", "en")) data-lang=(lang.pick("zh", "en")) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="generator" content=(concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION")));
                title { (lang.pick("地块配套", "Parcels and what they reach")) " · " (study.standard.name(lang)) }
                style { (PreEscaped(STYLE)) (map::style()) (PreEscaped(OWN_STYLE)) }
            }
            body .parcels {
                (header(study))
                (told(parcels, sheets.len()))
                main { @for sheet in sheets { (PreEscaped(sheet)) } }
                footer { p { "© OpenStreetMap contributors, ODbL · "
                    "living-circle " (env!("CARGO_PKG_VERSION")) } }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    }
}

fn header(study: &Study) -> Markup {
    html! {
        header {
            div {
                h1 { (both("地块配套", "Parcels and what they reach")) }
                p .quiet { (said(|lang| study.standard.name(lang))) " · " (card::data_date(study)) }
            }
            nav .noprint .scriptonly {
                button type="button" .lang data-set="zh" { "中文" }
                button type="button" .lang data-set="en" { "English" }
                button type="button" #paper { (both("打印", "Print")) }
            }
        }
    }
}

/// What must be known of the file as a whole; not printed.
fn told(parcels: &Parcels, sheets: usize) -> Markup {
    let all = parcels.list.len();
    html! {
        div .noprint {
            p .note { (both(
                "每个地块一页 A4。地块只在此处评价，不计入城市的任何覆盖指标。每行的数字见 parcels.csv。",
                "One A4 page a parcel. Parcels are judged here only and counted in no figure of the city. \
                 For every figure: parcels.csv.",
            )) }
            @if sheets < all { p .note { strong { (both(
                format!("地块太多，本页只列出前 {sheets} 个（共 {all} 个）；全部见 parcels.csv。"),
                format!("Too many parcels for one file: it holds the first {sheets} of {all}; all are in parcels.csv."),
            )) } } }
            @for (notice, seen) in parcels.notices.iter() {
                p .note { (said(|lang| shown(&notice.text(lang)))) (both("：", ": ")) (seen.count)
                    (both(format!("（例：{}）", shown(&seen.example)), format!(" (e.g. {})", shown(&seen.example)))) }
            }
        }
    }
}
