//! Coverage by zone: one row a zone, one column a requirement.

use super::canvas::{Anchor, Canvas, GREY, GRID, MARGIN, Pen, SIZE};
use super::group::Group;
use super::margin::{foot, head};
use crate::lang::Lang;
use crate::measure::{Coverage, Scope, State};
use crate::report::page::phrase;
use crate::report::palette::{SHARE_STEPS, share_step};
use crate::report::words::{denominator_name, first_counted, requirement_name};
use crate::standard::Denominator;
use crate::study::Study;

/// More rows are not read on a slide: then those that lack most are shown.
const ROWS: usize = 18;

const LEFT: f64 = 330.0;
const TOP: f64 = 220.0;
const BOTTOM: f64 = 790.0;

/// A zone, and its share for every requirement of the slide.
struct Row<'a> {
    name: &'a str,
    shares: Vec<Option<f64>>,
}

impl Row<'_> {
    /// The mean of what is known; a zone of which nothing is known goes last.
    fn mean(&self) -> f64 {
        let known: Vec<f64> = self.shares.iter().flatten().copied().collect();
        if known.is_empty() {
            f64::INFINITY
        } else {
            known.iter().sum::<f64>() / known.len() as f64
        }
    }
}

/// A slide of one level of zones; none where no zone holds anything.
pub(super) fn picture(study: &Study, level: usize, group: &Group, lang: Lang) -> Option<String> {
    let of = first_counted(study, &[Denominator::People, Denominator::Land])?;
    let mut rows = rows(study, level, group, of);
    let all = rows.len();
    if all == 0 {
        return None;
    }
    rows.sort_by(|one, other| one.mean().total_cmp(&other.mean()));
    rows.truncate(ROWS);
    let level_name = phrase::level(&study.zonings[level].level, false, lang);
    let title = lang.pick(
        format!("{}：各{level_name}覆盖率", group.title),
        format!("{} by {level_name}", group.title),
    );
    let part = denominator_name(of, lang);
    let mut subtitle = lang.pick(
        format!("限值内的{part}占比（%），按各项要求规定的方式计算；最低的在上"),
        format!("Share of {part} within the limit, in %, on the basis that each requirement prescribes; the lowest first"),
    );
    if all > rows.len() {
        let shown = rows.len();
        subtitle.push_str(&lang.pick(
            format!("；{all} 个中的 {shown} 个，其余见 coverage.csv"),
            format!("; {shown} of {all}, the others are in coverage.csv"),
        ));
    }
    let mut canvas = Canvas::new(&title);
    head(&mut canvas, &title, &subtitle);
    table(&mut canvas, study, group, &rows, lang);
    legend(&mut canvas, lang);
    foot(&mut canvas, study, lang);
    Some(canvas.finish())
}

fn rows<'a>(study: &'a Study, level: usize, group: &Group, of: Denominator) -> Vec<Row<'a>> {
    let zones = study.zonings[level].zones.iter().enumerate();
    let row = |(zone, (id, name)): (usize, &'a (String, Option<String>))| {
        let scope = Scope::Zone(level, zone as u32);
        let share = |&requirement: &usize| {
            let answer = &study.answers[requirement];
            let basis = study.standard.requirements[requirement].basis;
            let has_data = study.has_data(answer);
            let found: &Coverage = answer.coverage.iter().find(|found| found.scope == scope)?;
            found
                .covered(basis)
                .share_of(&found.whole, of)
                .filter(|_| has_data)
        };
        Row {
            name: name.as_deref().unwrap_or(id),
            shares: group.requirements.iter().map(share).collect(),
        }
    };
    zones.map(row).collect()
}

fn table(canvas: &mut Canvas, study: &Study, group: &Group, rows: &[Row], lang: Lang) {
    let columns = group.requirements.len().max(1) as f64;
    let width = ((SIZE[0] - MARGIN - LEFT) / columns).min(150.0);
    let height = ((BOTTOM - TOP) / rows.len().max(1) as f64).min(46.0);
    let name =
        |requirement: &usize| requirement_name(&study.standard.requirements[*requirement], lang);
    let head = heading(group.requirements.iter().map(name), width - 8.0);
    for (column, requirement) in group.requirements.iter().enumerate() {
        let x = LEFT + width * (column as f64 + 0.5);
        let text = name(requirement);
        let lines = head.wrapped(text, width - 8.0, 4);
        let above = lines.len() as f64;
        for (line, text) in lines.iter().enumerate() {
            let y = TOP - 12.0 - (above - 1.0 - line as f64) * 20.0;
            canvas.text([x, y], text, head);
        }
    }
    let size = (height * 0.5).min(19.0);
    for (row, zone) in rows.iter().enumerate() {
        let y = TOP + height * row as f64;
        let base = y + height * 0.5 + size * 0.36;
        let pen = Pen::new(size);
        canvas.text(
            [MARGIN, base],
            &pen.cut(zone.name, LEFT - MARGIN - 16.0),
            pen,
        );
        for (column, &share) in zone.shares.iter().enumerate() {
            let x = LEFT + width * column as f64;
            let (fill, ink) = paint(share);
            canvas.framed([x, y], [width, height], &fill, "#ffffff");
            let pen = pen.coloured(ink).anchored(Anchor::Middle);
            canvas.text(
                [x + width / 2.0, base],
                &share.map_or_else(|| "–".to_owned(), phrase::percent),
                pen,
            );
        }
    }
}

/// The pen of the columns' heads: small enough for the longest word.
fn heading<'a>(names: impl Iterator<Item = &'a str>, width: f64) -> Pen {
    let pen = Pen::new(17.0).anchored(Anchor::Middle);
    let words = names.flat_map(|name| name.split(' '));
    let widths = words
        .filter(|word| word.is_ascii())
        .map(|word| pen.width(word));
    let widest = widths.fold(width, f64::max);
    Pen {
        size: pen.size * width / widest,
        ..pen
    }
}

fn paint(share: Option<f64>) -> (String, &'static str) {
    match share.map(|share| SHARE_STEPS[share_step(share)]) {
        Some(step) => (step.fill.to_owned(), step.ink),
        None => (format!("url(#{})", State::NoData.key()), GREY),
    }
}

fn legend(canvas: &mut Canvas, lang: Lang) {
    let (mut x, y) = (LEFT, 822.0);
    let pen = Pen::new(16.0);
    let mut to = 100;
    for step in SHARE_STEPS {
        canvas.rect([x, y - 14.0], [26.0, 16.0], step.fill);
        let text = format!("{}–{to}%", step.from);
        canvas.text([x + 34.0, y], &text, pen);
        x += 34.0 + pen.width(&text) + 24.0;
        to = step.from.saturating_sub(1);
    }
    let fill = format!("url(#{})", State::NoData.key());
    canvas.framed([x, y - 14.0], [26.0, 16.0], &fill, GRID);
    canvas.text(
        [x + 34.0, y],
        lang.pick("无数据或无人", "no data, or nobody there"),
        pen,
    );
}
