//! Zone by zone: tables of shares.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::phrase::{both, figure, level, limit, percent, said, whom};
use crate::lang::Lang;
use crate::measure::{Coverage, Scope};
use crate::report::palette::{SHARE_STEPS, share_step};
use crate::report::shown;
use crate::report::words::{first_counted, requirement_name, share_text};
use crate::standard::Denominator;
use crate::standard::Requirement;
use crate::study::{Answer, Study};
use crate::units::Limit;

/// The section with the tables; nothing where there are no zones.
pub(super) fn tables(study: &Study) -> Markup {
    let of = main_denominator(study);
    html! {
        @if !study.zonings.is_empty() {
            section #zones-table aria-labelledby="zones-title" {
                h2 #zones-title { (both("分区", "Zones")) }
                p .note { (said(|lang| lang.pick(
                    format!("各分区内在限值之内的{}占比，按标准规定的口径。全部口径见 coverage.csv。", whom(of, lang)),
                    format!("Share of {} within the limit in each zone, by the basis that the standard \
                             prescribes. All others are in coverage.csv.", whom(of, lang)),
                ))) }
                (heat_legend())
                // All are open, for paper and where no script runs: the script folds all but the first.
                @for (number, rows) in by_limit(study).into_iter().enumerate() {
                    details open {
                        summary id=(format!("zones-{number}")) { (said(|lang| limit(rows[0].1.limit, lang))) }
                        // The wording of the limit names the region, whichever language is shown.
                        div .long tabindex="0" role="region" aria-labelledby=(format!("zones-title zones-{number}")) { (table(study, &rows, of)) }
                    }
                }
            }
        }
    }
}

fn main_denominator(study: &Study) -> Denominator {
    first_counted(study, &[Denominator::People, Denominator::Land]).unwrap_or(Denominator::Land)
}

type Rows<'a> = Vec<(&'a Requirement, &'a Answer)>;

/// Requirements with data by limit: minutes, then metres, the widest first.
fn by_limit(study: &Study) -> Vec<Rows<'_>> {
    let mut limits: BTreeMap<Limit, Rows> = BTreeMap::new();
    for (requirement, answer) in study.answered() {
        if study.has_data(answer) {
            let rows = limits.entry(answer.limit).or_default();
            rows.push((requirement, answer));
        }
    }
    // Times come after lengths.
    limits.into_values().rev().collect()
}

/// Whether the English heads have no room beside each other on A4: about 6 pixels a letter of
/// the longest word and 9 around it, of the 590 beside the names of the zones.
fn crowded(rows: &Rows) -> bool {
    let wide = |requirement: &Requirement| {
        let name = requirement_name(requirement, Lang::En);
        let words = name.split_whitespace().map(|word| word.chars().count());
        6 * words.max().unwrap_or(0) + 9
    };
    let heads = rows.iter().map(|(requirement, _)| wide(requirement));
    heads.sum::<usize>() > 590
}

fn table(study: &Study, rows: &Rows, of: Denominator) -> Markup {
    let scopes: Vec<Scope> = rows[0].1.coverage.iter().map(|found| found.scope).collect();
    html! {
        table .matrix .crowded[crowded(rows)] {
            thead { tr {
                th scope="col" { (both("分区", "Zone")) }
                @for (requirement, _) in rows {
                    th scope="col" { (said(|lang| requirement_name(requirement, lang).to_owned())) }
                }
            } }
            tbody {
                @for (row, &scope) in scopes.iter().enumerate() {
                    tr .whole[scope == Scope::Whole] {
                        th scope="row" { (scope_name(study, scope)) }
                        @for (requirement, answer) in rows {
                            (share_cell(requirement, &answer.coverage[row], of))
                        }
                    }
                }
            }
        }
    }
}

fn share_cell(requirement: &Requirement, found: &Coverage, of: Denominator) -> Markup {
    let share = found.covered(requirement.basis).share_of(&found.whole, of);
    html! {
        td class=(share.map_or("number".to_owned(), heat)) data-requirement=(requirement.key) {
            @match share {
                Some(share) => (figure(&share_text(share), percent(share))),
                None => "–",
            }
        }
    }
}

/// Five steps of a share, for the eye.
fn heat(share: f64) -> String {
    format!("number heat{}", share_step(share))
}

/// What the colours of the shares mean.
fn heat_legend() -> Markup {
    html! {
        ul .heats {
            @for (number, step) in SHARE_STEPS.iter().enumerate() {
                @let to = if number == 0 { 100 } else { SHARE_STEPS[number - 1].from - 1 };
                li { span class=(format!("heat{number}")) { (step.from) "–" (to) "%" } }
            }
        }
    }
}

fn scope_name(study: &Study, scope: Scope) -> Markup {
    match scope {
        Scope::Whole => both("全部", "all"),
        Scope::Zone(at, zone) => {
            let zoning = &study.zonings[at];
            let (id, name) = &zoning.zones[zone as usize];
            html! { (shown(name.as_deref().unwrap_or(id))) " " small .quiet { (said(|lang| level(&zoning.level, false, lang))) } }
        }
        Scope::Outside(at) => {
            let key = &study.zonings[at].level;
            both(
                format!("不在任何{}内", level(key, false, Lang::Zh)),
                format!("outside every {}", level(key, false, Lang::En)),
            )
        }
    }
}
