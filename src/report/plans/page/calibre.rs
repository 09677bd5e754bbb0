//! What all figures of a comparison rest on.

use std::fmt::Write as _;

use maud::{Markup, html};

use super::phrases;
use crate::lang::Lang;
use crate::report::page::phrase::{both, said};
use crate::report::plans::BASE;
use crate::report::words::thousands;
use crate::report::{calibre, shown};
use crate::scenario::Comparison;

/// The section.
pub(super) fn section(comparison: &Comparison) -> Markup {
    let [zh, en] = [Lang::Zh, Lang::En].map(|lang| calibre::facts(&comparison.base, lang));
    html! {
        section #card aria-labelledby="card-title" {
            h2 #card-title { (both("口径卡", "Calibre card")) }
            p .note { (both(
                "以下为现状的口径；各方案除所列改动外口径相同。现状和每个方案各有完整的报告和口径卡，在同名文件夹内。",
                "The calibre of the city as it is; that of every plan is the same but for its changes. The city as it is \
                 and every plan have a whole report with a card of its own, in the folder of its name.",
            )) }
            table .facts { tbody {
                @for (zh, en) in zh.iter().zip(&en) { tr {
                    th scope="row" { (both(zh.name, en.name)) }
                    td { @for (zh, en) in zh.lines.iter().zip(&en.lines) { div {
                        (both(&zh.text, &en.text))
                        @if let Some(source) = &zh.source { " " small .quiet { (source) } }
                    } } }
                } }
            } }
            (files(comparison))
        }
    }
}

/// The reports of the folders, and the files of the plans.
fn files(comparison: &Comparison) -> Markup {
    html! {
        h3 #files-title { (both("报告和文件", "Reports and files")) }
        div .wide tabindex="0" role="region" aria-labelledby="files-title" { table .small {
            thead { tr {
                th scope="col" { (both("方案", "plan")) }
                th scope="col" { (both("完整报告", "whole report")) }
                th scope="col" { (both("文件", "file")) }
                th scope="col" .number { (both("字节", "bytes")) }
                th scope="col" { "SHA-256" }
            } }
            tbody {
                tr {
                    td { (both("现状", "as it is")) }
                    td { (report(BASE)) }
                    td { (both("（输入文件见其口径卡）", "(its inputs are in its card)")) }
                    td {} td {}
                }
                @for tried in &comparison.tried { tr {
                    @let input = &tried.scenario.input;
                    td { (phrases::name(tried)) }
                    td { (report(&tried.scenario.name)) }
                    td { (shown(&input.name)) }
                    td .number { (thousands(input.bytes)) }
                    td { code { (input.sha256) } }
                } }
            }
        } }
        p .note { (said(|lang| lang.pick(
            "表格：scenarios.csv（覆盖率）、access.csv（路程与公平性）、moved_blocks.csv（状态变化的街坊）、changes.csv（改动）；comparison.xlsx 为其工作簿，run.json 列出全部文件的 SHA-256。",
            "Tables: scenarios.csv (coverage), access.csv (ways and equity), moved_blocks.csv (blocks of another state), \
             changes.csv; comparison.xlsx has them as a workbook, and run.json lists the SHA-256 of all files.",
        ))) }
    }
}

/// The report in a folder beside this page.
fn report(folder: &str) -> Markup {
    html! { a href=(format!("{}/report.html", encoded(folder))) { (shown(folder)) "/report.html" } }
}

/// A name as a part of an address: every byte that is no letter or digit as its number.
fn encoded(name: &str) -> String {
    let mut text = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() {
            text.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_leads_out_of_its_folder() {
        assert_eq!(encoded("base"), "base");
        assert_eq!(encoded("javascript:alert(1)"), "javascript%3Aalert%281%29");
        assert_eq!(encoded("桥 <b>"), "%E6%A1%A5%20%3Cb%3E");
    }
}
