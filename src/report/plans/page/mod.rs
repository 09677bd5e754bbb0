//! `report.html` of a comparison: the city as it is and every plan beside it, on one page with
//! everything in it and nothing outside it.
//!
//! It is built as the page of a report is: texts in both languages, everything from files
//! escaped, no script but its own.

mod access;
mod calibre;
mod changes;
mod coverage;
mod data;
mod headline;
mod map;
mod marks;
mod phrases;
mod scene;
mod zones;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::lang::Lang;
use crate::report::page::backdrop::Backdrop;
use crate::report::page::data::inline;
use crate::report::page::phrase::{both, said};
use crate::report::page::{self, LARGEST};
use crate::report::sheet::{Detail, ZoneDetail};
use crate::report::shown;
use crate::scenario::Comparison;
use scene::Scene;

const STYLE: &str = include_str!("plans.css");
const SCRIPT: &str = concat!(include_str!("../../page/view.js"), include_str!("plans.js"));

/// The page, with as much detail as fits.
pub(super) fn page(comparison: &Comparison, lang: Lang) -> Vec<u8> {
    let mut page = String::new();
    for detail in Detail::STEPS {
        page = drawn(comparison, lang, detail);
        if page.len() <= LARGEST {
            break;
        }
    }
    page.into_bytes()
}

/// The page at one step of detail.
fn drawn(comparison: &Comparison, lang: Lang, detail: Detail) -> String {
    let Some(scene) = Scene::of(comparison, detail) else {
        // A study has blocks.
        return String::new();
    };
    let backdrop = Backdrop::of(&scene.sheet);
    let with_zones = detail.zones != ZoneDetail::Nothing;
    let page = html! {
        (DOCTYPE)
        html lang=(lang.pick("zh-CN", "en")) data-lang=(lang.pick("zh", "en")) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(page::policy(SCRIPT));
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="generator" content=(concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION")));
                title { (title(comparison, lang)) }
                style { (PreEscaped(page::STYLE)) (page::map::style()) (map::style()) (PreEscaped(STYLE)) }
            }
            body {
                (header(comparison))
                noscript { p .note { (both(
                    "此浏览器未运行脚本：地图和分区表只显示第一个方案获益最大的要求，语言不能切换；其余内容完整。",
                    "Scripts do not run here: the map and the tables of zones show one requirement only, and the \
                     language cannot be switched; all else is complete.",
                )) } }
                main {
                    (headline::section(&scene))
                    (coverage::section(comparison))
                    (map::section(&scene, &backdrop))
                    (access::section(&scene))
                    @if with_zones { (zones::section(&scene)) }
                    (changes::section(comparison))
                    (calibre::section(comparison))
                }
                footer { p { "© OpenStreetMap contributors, ODbL · "
                    "living-circle " (env!("CARGO_PKG_VERSION")) } }
                script #data type="application/json" { (PreEscaped(inline(&data::data(&scene, with_zones)))) }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    page.into_string()
}

/// What the page is called.
fn title(comparison: &Comparison, lang: Lang) -> String {
    let head = lang.pick("规划方案比较", "Plans compared");
    format!("{head} · {}", comparison.base.standard.name(lang))
}

fn header(comparison: &Comparison) -> Markup {
    let base = &comparison.base;
    let extract = base.inputs.iter().find(|input| input.role == "extract");
    html! {
        header {
            div {
                h1 { (both("规划方案比较", "Plans compared")) }
                p .quiet {
                    (said(|lang| base.standard.name(lang)))
                    @if let Some(extract) = extract { " · " (shown(&extract.name)) }
                    " · " (said(|lang| crate::report::calibre::data_date(base, lang)))
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
