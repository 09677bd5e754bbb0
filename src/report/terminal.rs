//! What is shown in the terminal: at most 80 columns, 中文 two columns wide.

use std::collections::BTreeMap;

use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Table, presets};

use unicode_width::UnicodeWidthChar as _;

use super::headline::{counted, headline, notes};
use super::opened_table::{Gain, gains};
use super::words::{denominator_name, denominators, first_counted, requirement_name, set_name};
use super::{composite_table, left_out_table, sensitivity_table};
use crate::lang::Lang;
use crate::measure::{Scope, State};
use crate::notice::Notices;
use crate::standard::Basis;
use crate::standard::Denominator;
use crate::study::Study;
use crate::units::Limit;

const WIDTH: u16 = 80;

/// How many limits are shown side by side.
const SHOWN_LIMITS: usize = 6;

/// How many columns a name may take.
const NAME_WIDTH: usize = 24;

/// How many gaps are shown.
const SHOWN_GAPS: usize = 5;

/// A table of at most 80 columns; all but the first column stand to the right.
pub fn narrow_table(header: Vec<String>) -> Table {
    let columns = header.len();
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING.header_separator(LineStyle::none().fill('─').junction('─')))
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(WIDTH)
        .set_header(header);
    for column in table.column_iter_mut().skip(1).take(columns) {
        column.set_cell_alignment(CellAlignment::Right);
        column.set_padding((1, 0));
    }
    table
}

/// The summary of a study.
pub fn summary(study: &Study, lang: Lang) -> String {
    let mut text = headline(study, lang);
    // The groups are in coverage.csv: four tables would not be read here.
    let shown = |of: &Denominator| matches!(of, Denominator::Land | Denominator::People);
    for denominator in denominators(study).into_iter().filter(shown) {
        let title = match lang {
            Lang::Zh => format!(
                "\n限值内的{}占比（%）：步行（直线）\n",
                denominator_name(denominator, lang)
            ),
            Lang::En => format!(
                "\nShare of {} within the limit, in %: walked (straight line)\n",
                denominator_name(denominator, lang)
            ),
        };
        text.push_str(&title);
        text.push_str(&shares(study, denominator, lang));
        text.push('\n');
    }
    text.push_str(&composites(study, lang));
    text.push_str(&opened(study, lang));
    text.push_str(&sensitivity_table::block(study, lang));
    text.push_str(&notes(study, lang));
    text.push_str(&worst(study, lang));
    text.push_str(&left_out_table::block(study, lang));
    text
}

/// One row a set of categories, one column a limit.
fn shares(study: &Study, denominator: Denominator, lang: Lang) -> String {
    let mut limits: Vec<Limit> = study.answers.iter().map(|answer| answer.limit).collect();
    limits.sort_unstable();
    limits.dedup();
    // More do not fit beside each other; all are in coverage.csv.
    limits.truncate(SHOWN_LIMITS);
    let mut cells: BTreeMap<(usize, Limit), String> = BTreeMap::new();
    for answer in &study.answers {
        let whole = answer
            .coverage
            .iter()
            .find(|coverage| coverage.scope == Scope::Whole);
        let has_data = study.has_data(answer);
        let percent = |basis| match whole
            .and_then(|found| found.covered(basis).share_of(&found.whole, denominator))
        {
            Some(share) if has_data => format!("{:.0}", share * 100.0),
            _ => "–".to_owned(),
        };
        let cell = if has_data {
            format!("{} ({})", percent(Basis::Network), percent(Basis::Radius))
        } else {
            State::NoData.text(lang).to_owned()
        };
        cells.entry((answer.set, answer.limit)).or_insert(cell);
    }
    let mut header = vec![lang.pick("设施", "service").to_owned()];
    header.extend(limits.iter().map(Limit::to_string));
    let mut table = narrow_table(header);
    for (number, set) in study.sets.iter().enumerate() {
        let mut row = vec![set_name(study, set, lang)];
        row.extend(
            limits
                .iter()
                .map(|&limit| cells.get(&(number, limit)).cloned().unwrap_or_default()),
        );
        table.add_row(row);
    }
    table.trim_fmt()
}

/// One line a composite, for the first denominator that is known.
fn composites(study: &Study, lang: Lang) -> String {
    let Some(of) = first_counted(study, &denominators(study)) else {
        return String::new();
    };
    let lines = composite_table::answered(study).filter_map(|(composite, answer)| {
        let name = lang.pick(&composite.zh, &composite.en);
        let line = composite_table::line(answer, of, lang)?;
        Some(lang.pick(format!("\n{name}：{line}\n"), format!("\n{name}: {line}\n")))
    });
    lines.collect()
}

/// What opening all gates gains, where that was asked: the largest gains.
fn opened(study: &Study, lang: Lang) -> String {
    if study.opened.is_none() {
        return String::new();
    }
    let Some(of) = first_counted(study, &denominators(study)) else {
        return String::new();
    };
    let mut gains = gains(study);
    gains.retain(Gain::changes);
    let count = gains.len();
    if count == 0 {
        return lang
            .pick(
                "\n大门全部开放，各项要求的覆盖也没有变化。\n",
                "\nIf all gates were open, coverage would be the same.\n",
            )
            .to_owned();
    }
    gains.sort_by(|one, other| other.amounts(of)[2].total_cmp(&one.amounts(of)[2]));
    let mut text = lang.pick(
        format!("\n大门全部开放时 {count} 项要求的覆盖有变化，变化最大的几项（%，步行）：\n"),
        format!(
            "\nIf all gates were open, {count} requirements would change; the most (%, walked):\n"
        ),
    );
    let header = [
        lang.pick("设施", "service"),
        lang.pick("限值", "limit"),
        lang.pick("现状", "now"),
        lang.pick("开放后", "open"),
        lang.pick("增加人口", "people"),
        lang.pick("增加用地 公顷", "land ha"),
    ];
    let mut table = narrow_table(header.map(str::to_owned).into());
    let known = denominators(study);
    for gain in gains.iter().take(SHOWN_GAPS) {
        let [base, open] = gain
            .shares(of)
            .map(|share| share.map_or("–".to_owned(), |share| format!("{:.1}", share * 100.0)));
        let gained = |of: Denominator, unit: f64, decimals: usize| {
            if known.contains(&of) {
                format!("{:+.decimals$}", gain.amounts(of)[2] / unit)
            } else {
                "–".to_owned()
            }
        };
        table.add_row(vec![
            requirement_name(gain.requirement, lang).to_owned(),
            gain.answer.limit.to_string(),
            base,
            open,
            gained(Denominator::People, 1.0, 0),
            gained(Denominator::Land, 10_000.0, 2),
        ]);
    }
    text.push_str(&table.trim_fmt());
    text.push('\n');
    text
}

fn worst(study: &Study, lang: Lang) -> String {
    let gaps = study.gaps();
    if gaps.is_empty() {
        return String::new();
    }
    let mut text = match lang {
        Lang::Zh => format!(
            "\n缺口 {} 处，最大的几处（每街坊、每类设施取最宽限值）：\n",
            gaps.len()
        ),
        Lang::En => format!(
            "\n{}, the largest (per block and service at its widest limit):\n",
            counted(gaps.len(), "gap", "gaps")
        ),
    };
    let mut table = narrow_table(vec![
        lang.pick("缺少", "lacks").to_owned(),
        lang.pick("限值", "limit").to_owned(),
        lang.pick("街坊", "block").to_owned(),
        lang.pick("人口", "people").to_owned(),
        lang.pick("用地 公顷", "land ha").to_owned(),
    ]);
    for gap in study.gaps_at_widest_limit().take(SHOWN_GAPS) {
        let requirement = &study.standard.requirements[gap.requirement as usize];
        let block = &study.blocks[gap.block as usize];
        table.add_row(vec![
            requirement_name(requirement, lang).to_owned(),
            requirement.limit.to_string(),
            shortened(block.name.as_deref().unwrap_or(&block.id)),
            block
                .people
                .map_or("–".to_owned(), |_| format!("{:.0}", gap.people.count())),
            block.land.map_or("–".to_owned(), |_| {
                format!("{:.2}", gap.land.square_metres() / 10_000.0)
            }),
        ]);
    }
    text.push_str(&table.trim_fmt());
    text.push('\n');
    text
}

/// A text of a data file, cut where it would fill the line.
pub fn shortened(text: &str) -> String {
    let mut width = 0;
    let end = text.char_indices().find_map(|(at, character)| {
        width += character.width().unwrap_or(0);
        (width > NAME_WIDTH).then_some(at)
    });
    match end {
        Some(end) => format!("{}…", shown(&text[..end])),
        None => shown(text),
    }
}

/// A text of a data file, without anything that would steer the terminal:
/// control characters and marks that turn the direction of writing.
pub fn shown(text: &str) -> String {
    let steers = |character: char| {
        character.is_control()
            || matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars()
        .map(|character| if steers(character) { ' ' } else { character })
        .collect()
}

/// One line a notice, with its count and an example.
pub fn notice_lines(notices: &Notices, lang: Lang) -> Vec<String> {
    notices
        .iter()
        .map(|(notice, seen)| {
            let (count, text) = (seen.count, shown(&notice.text(lang)));
            let example = shown(&seen.example);
            match lang {
                Lang::Zh => format!("注意：{text}：{count}（例：{example}）"),
                Lang::En => format!("note: {count} × {text} (e.g. {example})"),
            }
        })
        .collect()
}
