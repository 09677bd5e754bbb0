//! `composites.csv`, and composites in a line: three ways of one figure.

use super::words::{denominator_name, denominators, scope_cells, share};
use super::{Cell, Table};
use crate::lang::Lang;
use crate::measure::{Met, Scope, Sums};
use crate::standard::{Composite, Denominator};
use crate::study::{CompositeAnswer, Study};

pub(super) fn table(study: &Study, lang: Lang) -> Table {
    let columns = [
        "standard",
        "composite",
        "name",
        "level",
        "zone",
        "zone_name",
        "denominator",
        "items",
        "items_without_data",
        "figure",
        "items_met",
        "amount",
        "total",
        "share",
        "confidence",
    ];
    let mut table = Table {
        columns: columns.map(str::to_owned).into(),
        rows: Vec::new(),
    };
    let denominators = denominators(study);
    for (composite, answer) in answered(study) {
        for met in &answer.met {
            for &of in &denominators {
                table
                    .rows
                    .extend(rows(study, composite, answer, met, of, lang));
            }
        }
    }
    table
}

/// The composites with their answers, in the standard's order.
pub(super) fn answered(study: &Study) -> impl Iterator<Item = (&Composite, &CompositeAnswer)> {
    study.standard.composites.iter().zip(&study.composites)
}

fn rows(
    study: &Study,
    composite: &Composite,
    answer: &CompositeAnswer,
    met: &Met,
    of: Denominator,
    lang: Lang,
) -> Vec<Vec<Cell>> {
    let [level, zone, zone_name] = scope_cells(study, met.scope, lang);
    let whole = met.whole();
    let without_data: Vec<&str> = answer
        .without_data
        .iter()
        .map(|&item| &*study.standard.requirements[item].key)
        .collect();
    let row = |figure: &str, items_met: Cell, amount: Option<f64>, shared: Option<f64>| {
        vec![
            Cell::text(&*composite.pack),
            Cell::text(&*composite.key),
            Cell::text(lang.pick(&*composite.zh, &*composite.en)),
            level.clone(),
            zone.clone(),
            zone_name.clone(),
            Cell::text(of.key()),
            Cell::Whole(answer.items.len() as u64),
            Cell::text(without_data.join(";")),
            Cell::text(figure),
            items_met,
            Cell::maybe(amount, 3),
            Cell::Decimal(whole.amount(of), 3),
            share(shared),
            Cell::text(composite.confidence.key()),
        ]
    };
    if answer.items.is_empty() {
        return vec![row("no_data", Cell::Empty, None, None)];
    }
    let all = met.all();
    let mut rows = vec![
        row(
            "mean_of_items",
            Cell::maybe(met.mean_count(of), 4),
            None,
            met.mean_share(of),
        ),
        row(
            "all_items",
            Cell::Whole(answer.items.len() as u64),
            Some(all.amount(of)),
            all.share_of(&whole, of),
        ),
    ];
    let by_count = (0_u64..).zip(&met.by_count);
    rows.extend(by_count.map(|(count, sums): (u64, &Sums)| {
        row(
            "exactly",
            Cell::Whole(count),
            Some(sums.amount(of)),
            sums.share_of(&whole, of),
        )
    }));
    rows
}

/// A composite over the whole study area in words: its three figures for a denominator;
/// `None` where nothing is known.
pub(super) fn line(answer: &CompositeAnswer, of: Denominator, lang: Lang) -> Option<String> {
    let whole = answer.met.iter().find(|met| met.scope == Scope::Whole)?;
    let percent = |share: f64| format!("{:.1}%", share * 100.0);
    let mean = percent(whole.mean_share(of)?);
    let all = percent(whole.all().share_of(&whole.whole(), of)?);
    let count = whole.mean_count(of)?;
    let (items, missing) = (answer.items.len(), answer.without_data.len());
    let name = denominator_name(of, lang);
    let lacking = match (missing, lang) {
        (0, _) => String::new(),
        (_, Lang::Zh) => format!("；另有 {missing} 项无数据，未计"),
        (_, Lang::En) => format!("; {missing} more without data are left out"),
    };
    Some(lang.pick(
        format!(
            "各项平均 {mean}，全部达到 {all}，平均达到 {count:.1}/{items} 项（{name}）{lacking}"
        ),
        format!(
            "mean of items {mean}, all items {all}, {count:.1} of {items} items met on average \
             ({name}){lacking}"
        ),
    ))
}
