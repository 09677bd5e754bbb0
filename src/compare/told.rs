//! A comparison in the terminal, and as a table.

use super::calibre::value;
use super::moved::Moved;
use super::{Comparison, Difference};
use crate::lang::{Explain as _, Lang};
use crate::record::{Record, inputs_table};
use crate::report::{Cell, Table, narrow_table, shortened, shown};

/// How many zones are shown.
const SHOWN_ZONES: usize = 5;

/// A comparison in words. The calibres come first, as no figure can be read without them.
pub fn told(comparison: &Comparison, lang: Lang) -> String {
    let Comparison { a, b, .. } = comparison;
    let path = |record: &Record| shown(&record.path.display().to_string());
    let mut text = format!("A  {}\nB  {}\n\n", path(a), path(b));
    text.push_str(&calibres(&comparison.calibre, lang));
    text.push_str(lang.pick("\n输入：\n", "\nInputs:\n"));
    text.push_str(&inputs_table((&a.inputs, &b.inputs), ["A", "B"], lang));
    text.push('\n');
    text.push_str(&movement(comparison, lang));
    text
}

fn calibres(differences: &[Difference], lang: Lang) -> String {
    let count = differences
        .iter()
        .filter(|differs| differs.counts())
        .count();
    if differences.is_empty() {
        return lang
            .pick("口径相同。\n", "The calibres are the same.\n")
            .to_owned();
    }
    let mut text = match (lang, count) {
        (Lang::Zh, 0) => "口径只有文字不同，数字不受影响：\n".to_owned(),
        (Lang::En, 0) => {
            "The calibres differ in words alone, on which no figure rests:\n".to_owned()
        }
        (Lang::Zh, _) => format!("口径有 {count} 处不同，下面的数字不能直接比较：\n"),
        (Lang::En, 1) => "The calibres differ in 1 point; the figures below cannot be compared \
                          as they stand:\n"
            .to_owned(),
        (Lang::En, _) => format!(
            "The calibres differ in {count} points; the figures below cannot be compared as \
             they stand:\n"
        ),
    };
    let mut table = narrow_table(vec![
        lang.pick("口径", "calibre").to_owned(),
        "A".to_owned(),
        "B".to_owned(),
    ]);
    let said = |said: &Option<String>| {
        let words = said.as_deref().map(|said| value(said, lang));
        words.map_or("–".to_owned(), shown)
    };
    for difference in differences {
        table.add_row(vec![
            shown(&difference.text(lang)),
            said(&difference.a),
            said(&difference.b),
        ]);
    }
    text.push_str(&table.trim_fmt());
    text.push('\n');
    text
}

/// Percentage points of a share in millionths.
fn points(moved: Option<i64>) -> String {
    moved.map_or("–".to_owned(), |moved| {
        let text = format!("{:+.1}", moved as f64 / 1e4);
        match &*text {
            "+0.0" | "-0.0" => "0.0".to_owned(),
            _ => text,
        }
    })
}

fn percent(share: Option<i64>) -> String {
    share.map_or("–".to_owned(), |share| {
        format!("{:.1}", share as f64 / 1e4)
    })
}

fn header(first: &str, lang: Lang) -> Vec<String> {
    let [limit, change, data, definition] = lang.pick(
        ["限值", "变化", "数据", "口径"],
        ["limit", "change", "data", "defin."],
    );
    [first, limit, "A", "B", change, data, definition]
        .map(str::to_owned)
        .into()
}

fn row(first: String, moved: &Moved) -> Vec<String> {
    let figures = |of: &Option<super::Figures>| of.as_ref().and_then(|figures| figures.share);
    let limit = moved
        .figures()
        .map_or(String::new(), |found| shown(&found.limit));
    vec![
        first,
        limit,
        percent(figures(&moved.a)),
        percent(figures(&moved.b)),
        points(moved.change()),
        points(moved.by_data),
        points(moved.by_definition),
    ]
}

fn movement(comparison: &Comparison, lang: Lang) -> String {
    let mut text = lang
        .pick(
            "\n限值内占比（%）及其变化（百分点；其中因数据、因口径）：\n",
            "\nShare within the limit, in %, and how it moved (percentage points; of these by \
             data and by definition):\n",
        )
        .to_owned();
    if let Some(why) = &comparison.not_apart {
        let why = shown(&why.explain(lang));
        text.push_str(&lang.pick(
            format!("数据与口径都不同，无法分开：{why}\n"),
            format!("Data and definition both differ and cannot be told apart: {why}\n"),
        ));
    }
    let mut whole = narrow_table(header(lang.pick("指标", "requirement"), lang));
    let known = comparison.asked();
    // By the basis and the denominator that the standard names.
    let rows: Vec<(&Moved, String)> = comparison
        .rows
        .iter()
        .filter(|moved| moved.figures().is_some_and(|found| found.prescribed))
        .filter_map(|moved| {
            let key = &moved.key;
            let (name, denominator) =
                known.get(&(key.standard.clone(), key.requirement.clone()))?;
            let name = shortened(name.text(lang));
            (*denominator == key.denominator).then_some((moved, name))
        })
        .collect();
    for (moved, name) in rows.iter().filter(|(moved, _)| moved.key.level == "whole") {
        whole.add_row(row(name.clone(), moved));
    }
    text.push_str(&whole.trim_fmt());
    text.push('\n');
    text.push_str(&alone(&comparison.rows, lang));
    text.push_str(&zones(&rows, lang));
    text
}

/// How many rows one report has alone.
fn alone(rows: &[Moved], lang: Lang) -> String {
    let only_a = rows.iter().filter(|moved| moved.b.is_none()).count();
    let only_b = rows.iter().filter(|moved| moved.a.is_none()).count();
    if only_a + only_b == 0 {
        return String::new();
    }
    lang.pick(
        format!("只在一份报告中的行：A {only_a}，B {only_b}（分区或指标不同），无法比较。\n"),
        format!(
            "Rows that one report has alone, with other zones or requirements, are not compared: \
             {only_a} of A, {only_b} of B.\n"
        ),
    )
}

/// The zones that moved most.
fn zones(rows: &[(&Moved, String)], lang: Lang) -> String {
    let far = |moved: &Moved| moved.change().map_or(0, i64::abs);
    let of_zone = |(moved, _): &&(&Moved, String)| !moved.key.zone.is_empty() && far(moved) > 0;
    let mut zones: Vec<&(&Moved, String)> = rows.iter().filter(of_zone).collect();
    // The order of the report settles ties.
    zones.sort_by_key(|(moved, _)| std::cmp::Reverse(far(moved)));
    if zones.is_empty() {
        return String::new();
    }
    let mut table = narrow_table(header(lang.pick("分区、指标", "zone, requirement"), lang));
    for (moved, requirement) in zones.into_iter().take(SHOWN_ZONES) {
        let Some(figures) = moved.figures() else {
            continue;
        };
        let zone = if figures.zone_name.is_empty() {
            &moved.key.zone
        } else {
            &figures.zone_name
        };
        let name = format!(
            "{}{}{}",
            shortened(zone),
            lang.pick("，", ", "),
            requirement
        );
        table.add_row(row(name, moved));
    }
    let title = lang.pick("\n变化最大的分区：\n", "\nZones that moved most:\n");
    format!("{title}{}\n", table.trim_fmt())
}

/// Every row of the comparison.
pub fn table(comparison: &Comparison) -> Table {
    let columns = [
        "standard",
        "requirement",
        "name",
        "level",
        "zone",
        "zone_name",
        "basis",
        "prescribed",
        "denominator",
        "limit_a",
        "limit_b",
        "covered_a",
        "covered_b",
        "total_a",
        "total_b",
        "share_a",
        "share_b",
        "change",
        "differs",
        "change_by_data",
        "change_by_definition",
    ];
    let rows = comparison.rows.iter().map(|moved| {
        let Moved { key, a, b, .. } = moved;
        let of = |side: &Option<super::Figures>, cell: fn(&super::Figures) -> Cell| {
            side.as_ref().map_or(Cell::Empty, cell)
        };
        let share =
            |millionths: Option<i64>| Cell::maybe(millionths.map(|share| share as f64 / 1e6), 6);
        let limit = |figures: &super::Figures| Cell::text(&*figures.limit);
        let covered = |figures: &super::Figures| Cell::maybe(figures.covered, 3);
        let total = |figures: &super::Figures| Cell::maybe(figures.total, 3);
        let figures = moved.figures();
        let text =
            |of: fn(&super::Figures) -> &String| figures.map(of).filter(|text| !text.is_empty());
        vec![
            Cell::text(&*key.standard),
            Cell::text(&*key.requirement),
            Cell::maybe_text(text(|found| &found.name)),
            Cell::text(&*key.level),
            Cell::maybe_text(Some(&key.zone).filter(|zone| !zone.is_empty())),
            Cell::maybe_text(text(|found| &found.zone_name)),
            Cell::text(&*key.basis),
            figures.map_or(Cell::Empty, |found| Cell::Flag(found.prescribed)),
            Cell::text(&*key.denominator),
            of(a, limit),
            of(b, limit),
            of(a, covered),
            of(b, covered),
            of(a, total),
            of(b, total),
            share(a.as_ref().and_then(|figures| figures.share)),
            share(b.as_ref().and_then(|figures| figures.share)),
            share(moved.change()),
            Cell::text(moved.cause.key()),
            share(moved.by_data),
            share(moved.by_definition),
        ]
    });
    Table {
        columns: columns.map(str::to_owned).into(),
        rows: rows.collect(),
    }
}
