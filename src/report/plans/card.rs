//! `run.json` of a comparison: which scenarios stand side by side, and the SHA-256 of their
//! reports' cards and of the tables.

use serde_json::{Value, json};

use super::BASE;
use crate::report::map::ATTRIBUTION;
use crate::report::{Outputs, Written};
use crate::scenario::Comparison;

pub(super) fn card(
    comparison: &Comparison,
    cards: &[Written],
    written: &[Written],
    outputs: &Outputs,
) -> String {
    let file = |of: &Written| json!({ "name": of.name, "bytes": of.bytes, "sha256": of.sha256 });
    let names = comparison.tried.iter().map(|tried| &*tried.scenario.name);
    let reports: Vec<Value> = std::iter::once(BASE)
        .chain(names)
        .zip(cards)
        .map(|(folder, card)| json!({ "folder": folder, "card": file(card) }))
        .collect();
    let scenarios: Vec<Value> = comparison
        .tried
        .iter()
        .map(|tried| {
            let scenario = &tried.scenario;
            json!({
                "name": scenario.name,
                "notes": scenario.notes,
                "file": scenario.input.name,
                "sha256": scenario.input.sha256,
                "frame": scenario.frame.to_string(),
                "cost": scenario.cost(),
                "changes": scenario.changes.iter().map(|planned| &planned.change).collect::<Vec<_>>(),
            })
        })
        .collect();
    let card = json!({
        "program": { "name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION") },
        "language": outputs.lang.pick("zh", "en"),
        "scenarios": scenarios,
        "reports": reports,
        "outputs": written.iter().map(file).collect::<Vec<_>>(),
        "attribution": ATTRIBUTION,
    });
    format!("{card:#}\n")
}
