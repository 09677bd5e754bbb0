//! Figures of a comparison in words.

use maud::{Markup, html};

use crate::lang::Lang;
use crate::measure::State;
use crate::report::page::phrase::{figure, limit, said};
use crate::report::shown;
use crate::report::words::{requirement_name, share_text, thousands};
use crate::scenario::Tried;
use crate::study::Study;
use crate::units::CostKind;

/// A requirement with its limit.
pub(super) fn requirement(study: &Study, number: usize, lang: Lang) -> String {
    let name = requirement_name(&study.standard.requirements[number], lang);
    let limit = limit(study.answers[number].limit, lang);
    lang.pick(format!("{name}（{limit}）"), format!("{name} ({limit})"))
}

/// The name of a plan.
pub(super) fn name(tried: &Tried) -> String {
    shown(&tried.scenario.name)
}

/// A share of 1 with a decimal of a percentage; never 0 or 100 where something is, or is
/// missing.
pub(super) fn percent(share: f64) -> String {
    let tenths = (share * 1_000.0).round();
    if tenths >= 1_000.0 && share < 1.0 {
        ">99.9%".to_owned()
    } else if tenths <= 0.0 && share > 0.0 {
        "<0.1%".to_owned()
    } else {
        format!("{:.1}%", tenths / 10.0)
    }
}

/// A difference of shares in percentage points, with its sign: `+5.0`, `−0.3`, `＝`.
pub(super) fn points(was: f64, is: f64) -> String {
    let points = (is - was) * 100.0;
    if was.to_bits() == is.to_bits() {
        return "＝".to_owned();
    }
    let (arrow, sign) = if points > 0.0 {
        ("▲", "+")
    } else {
        ("▼", "−")
    };
    match (points.abs() * 10.0).round() / 10.0 {
        size if size < 0.1 => format!("{arrow} <0.1"),
        size => format!("{arrow} {sign}{size:.1}"),
    }
}

/// The class of a difference: a colour beside the sign.
pub(super) fn direction(was: f64, is: f64) -> &'static str {
    if is > was {
        "gain"
    } else if is < was {
        "loss"
    } else {
        "even"
    }
}

/// Cells of a share and of its change, as the tables have both.
pub(super) fn share_cell(was: Option<f64>, is: Option<f64>) -> Markup {
    html! {
        @match (was, is) {
            (Some(was), Some(is)) => {
                span .share { (figure(&share_text(is), percent(is))) }
                " "
                span class=(format!("points {}", direction(was, is))) {
                    (figure(&format!("{:.4}", (is - was) * 100.0), points(was, is)))
                }
            }
            (None, Some(is)) => span .share { (figure(&share_text(is), percent(is))) },
            (Some(_), None) => span .points.loss { (said(none_left)) },
            (None, None) => span .quiet { (said(|lang| State::NoData.text(lang))) },
        }
    }
}

/// That a plan closes the last facility of a kind.
pub(super) fn none_left(lang: Lang) -> &'static str {
    lang.pick("▼ 不再有设施", "▼ none left")
}

/// A cost: minutes or metres.
pub(super) fn cost(kind: CostKind, cost: f64, lang: Lang) -> String {
    match kind {
        CostKind::Time => {
            let minutes = match cost / 600.0 {
                few if few > 0.0 && few < 0.05 => "<0.1".to_owned(),
                minutes => format!("{minutes:.1}"),
            };
            lang.pick(format!("{minutes} 分钟"), format!("{minutes} min"))
        }
        CostKind::Length => {
            let metres = thousands((cost / 10.0).round() as u64);
            lang.pick(format!("{metres} 米"), format!("{metres} m"))
        }
    }
}

/// A cost as the tables have it.
pub(super) fn cost_value(kind: CostKind, cost: f64) -> String {
    match kind {
        CostKind::Time => format!("{:.2}", cost / 600.0),
        CostKind::Length => format!("{:.1}", cost / 10.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_have_a_sign_and_are_never_rounded_to_none() {
        for (was, is, text) in [
            (0.719, 0.769, "▲ +5.0"),
            (0.5, 0.47, "▼ −3.0"),
            (0.5, 0.500_1, "▲ <0.1"),
            (0.5, 0.499_9, "▼ <0.1"),
            (0.5, 0.5, "＝"),
        ] {
            assert_eq!(points(was, is), text);
        }
        assert_eq!(percent(0.999_9), ">99.9%");
        assert_eq!(percent(0.000_1), "<0.1%");
        assert_eq!(percent(1.0), "100.0%");
    }

    #[test]
    fn costs_are_said_in_the_unit_of_the_limit() {
        assert_eq!(cost(CostKind::Time, 888.0, Lang::Zh), "1.5 分钟");
        assert_eq!(cost(CostKind::Time, 20.0, Lang::En), "<0.1 min");
        assert_eq!(cost(CostKind::Length, 12_344.0, Lang::En), "1,234 m");
        assert_eq!(cost_value(CostKind::Time, 888.0), "1.48");
    }
}
