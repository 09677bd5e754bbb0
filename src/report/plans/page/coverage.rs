//! Coverage of the whole: a row a requirement, the city as it is and every plan beside it.

use maud::{Markup, html};

use super::phrases::{self, share_cell};
use crate::report::page::phrase::{both, limit, said, whom};
use crate::report::plans::{BASE, gains};
use crate::report::words::requirement_name;
use crate::scenario::Comparison;
use crate::standard::{Basis, Denominator};
use crate::study::Study;

/// Beside each other so many plans have a line for each figure.
pub(super) const MANY: usize = 3;

/// The section.
pub(super) fn section(comparison: &Comparison) -> Markup {
    let base = &comparison.base;
    let rows = rows(base);
    let has_choice = rows.iter().any(|row| !row.prescribed);
    html! {
        section #coverage aria-labelledby="coverage-title" {
            h2 #coverage-title { (both("覆盖率", "Coverage")) }
            p .note { (both(
                "限值内的占比，按各项要求规定的口径和分母。▲ 增、▼ 减，单位为百分点；＝ 不变。",
                "Share within the limit, by the basis and the denominator of each requirement. ▲ more, ▼ less, \
                 in percentage points; ＝ as it was.",
            )) }
            @if has_choice {
                form #whose .scriptonly .noprint { fieldset { legend { (both("分母", "Share of")) }
                    label { input type="radio" name="whose" value="prescribed" checked; (both("标准规定", "as prescribed")) }
                    label { input type="radio" name="whose" value="people"; (both("居民", "residents")) }
                } }
            }
            div .wide tabindex="0" role="region" aria-labelledby="coverage-title" { table .compared .many[comparison.tried.len() > MANY] {
                thead { tr {
                    th scope="col" { (both("要求", "Requirement")) }
                    th scope="col" { (both("限值", "Limit")) }
                    th scope="col" .whose { (both("分母", "Share of")) }
                    th scope="col" .number { (both("现状", "Now")) }
                    @for tried in &comparison.tried { th scope="col" .number { (phrases::name(tried)) } }
                } }
                tbody { @for row in &rows { (line(comparison, row)) } }
            } }
        }
    }
}

struct Row {
    number: usize,
    of: Denominator,
    /// Whether the requirement prescribes this denominator; else it is that of people.
    prescribed: bool,
}

/// Every requirement by the denominator that it prescribes and, where that is another, by
/// people.
fn rows(base: &Study) -> Vec<Row> {
    let mut rows = Vec::new();
    let counted = gains::counted(base);
    for (number, requirement) in base.standard.requirements.iter().enumerate() {
        let own = gains::prescribed(base, requirement).unwrap_or(requirement.denominator);
        rows.push(Row {
            number,
            of: own,
            prescribed: true,
        });
        if counted == Some(Denominator::People) && own != Denominator::People {
            rows.push(Row {
                number,
                of: Denominator::People,
                prescribed: false,
            });
        }
    }
    rows
}

fn line(comparison: &Comparison, row: &Row) -> Markup {
    let base = &comparison.base;
    let Row { number, of, .. } = *row;
    let (requirement, answer) = (&base.standard.requirements[number], &base.answers[number]);
    let was = gains::share(base, number, of);
    html! {
        tr data-requirement=(requirement.key) data-pack=(requirement.pack) data-of=(of.key())
            data-row=(if row.prescribed { "prescribed" } else { "people" }) {
            th scope="row" {
                (said(|lang| requirement_name(requirement, lang)))
                @if requirement.basis == Basis::Radius { " " small .quiet { (both("（直线半径）", "(straight line)")) } }
            }
            td .short { (said(|lang| limit(answer.limit, lang))) }
            td .whose .quiet { (said(|lang| whom(of, lang))) }
            td .number data-scenario=(BASE) { (share_cell(None, was)) }
            @for tried in &comparison.tried {
                td .number data-scenario=(tried.scenario.name) {
                    (share_cell(was, gains::share(&tried.study, number, of)))
                }
            }
        }
    }
}
