//! What is shown of scenarios in the terminal: at most 80 columns.

use super::gains;
use crate::lang::Lang;
use crate::measure::State;
use crate::report::terminal::{narrow_table, shortened};
use crate::report::words::{denominator_name, requirement_name, thousands};
use crate::scenario::{Comparison, Tried};
use crate::standard::Denominator;
use crate::study::Study;

/// So many scenarios fit beside each other; all are in the tables.
const SHOWN: usize = 4;

/// The summary of a comparison.
pub fn told(comparison: &Comparison, lang: Lang) -> String {
    let base = &comparison.base;
    let Some(of) = gains::counted(base) else {
        return String::new();
    };
    let whom = denominator_name(of, lang);
    let mut text = match lang {
        Lang::Zh => format!("限值内的{whom}占比（%）：现状，各方案及其变化（百分点）\n"),
        Lang::En => format!(
            "Share of {whom} within the limit, in %: as it is, and with every plan \
             (change in points)\n"
        ),
    };
    let tried = || comparison.tried.iter().take(SHOWN);
    let mut header = vec![
        lang.pick("要求", "requirement").to_owned(),
        lang.pick("现状", "now").to_owned(),
    ];
    header.extend(tried().map(|tried| shortened(&tried.scenario.name)));
    let mut table = narrow_table(header);
    for (number, (requirement, answer)) in base.answered().enumerate() {
        let share = |study: &Study| gains::share(study, number, of);
        let name = requirement_name(requirement, lang);
        let name = format!("{} {}", shortened(name), answer.limit);
        let was = share(base);
        let percent = |share: f64| format!("{:.1}", share * 100.0);
        let mut row = vec![
            name,
            was.map_or_else(|| State::NoData.text(lang).to_owned(), percent),
        ];
        row.extend(tried().map(|tried| {
            let Some(is) = share(&tried.study) else {
                return State::NoData.text(lang).to_owned();
            };
            match was {
                Some(was) if percent(was) == percent(is) && was.to_bits() == is.to_bits() => {
                    "=".to_owned()
                }
                Some(was) => format!("{} ({:+.1})", percent(is), (is - was) * 100.0),
                None => percent(is),
            }
        }));
        table.add_row(row);
    }
    text.push_str(&table.trim_fmt());
    text.push('\n');
    for tried in &comparison.tried {
        text.push_str(&line(base, tried, of, lang));
    }
    let left = comparison.tried.len().saturating_sub(SHOWN);
    if left > 0 {
        text.push_str(&lang.pick(
            format!("另有 {left} 个方案，见 scenarios.csv\n"),
            format!("{left} more plans are in scenarios.csv\n"),
        ));
    }
    text
}

/// Who gains and who loses by a scenario, over all requirements.
fn line(base: &Study, tried: &Tried, of: Denominator, lang: Lang) -> String {
    let (mut better, mut worse) = (0, 0);
    for effect in &tried.effects {
        let blocks = gains::better_and_worse(effect);
        better += blocks[0];
        worse += blocks[1];
    }
    let name = &tried.scenario.name;
    let gain = gains::most(base, tried, of).map(|number| {
        let won = gains::net(&tried.effects[number], of);
        let requirement = &base.standard.requirements[number];
        let answer = &base.answers[number];
        let named = requirement_name(requirement, lang);
        let amount = match of {
            Denominator::Land => format!("{:.1} ha", won / 10_000.0),
            _ => thousands(won.round() as u64),
        };
        lang.pick(
            format!("；增益最大：{named} {}，+{amount}", answer.limit),
            format!("; most is gained for {named} {}: +{amount}", answer.limit),
        )
    });
    let gain = gain.unwrap_or_default();
    lang.pick(
        format!("{name}：好转 {better} 项次，变差 {worse} 项次（街坊 × 要求）{gain}\n"),
        format!("{name}: {better} better, {worse} worse (blocks × requirements){gain}\n"),
    )
}
