//! Coverage as bars: one row a requirement, walked and straight side by side.

use super::canvas::{Anchor, Canvas, GREY, GRID, INK, MARGIN, Pen, SIZE};
use super::group::Group;
use super::margin::{foot, head, limit_words};
use crate::lang::Lang;
use crate::measure::{Coverage, Scope, State};
use crate::report::page::phrase;
use crate::report::palette;
use crate::report::words::{denominator_name, denominators, requirement_name};
use crate::standard::Basis;
use crate::standard::Denominator;
use crate::study::Study;

/// Where the bars begin.
const LEFT: f64 = 400.0;

/// Room for the figures behind a bar.
const FIGURES: f64 = 130.0;

/// Where the rows begin and end.
const TOP: f64 = 196.0;
const BOTTOM: f64 = 774.0;

const NAME: Pen = Pen::new(21.0);
const SMALL: Pen = Pen::new(15.0).grey();

/// One panel a denominator: where it begins, and how long a full bar is.
struct Panel {
    of: Denominator,
    left: f64,
    full: f64,
}

/// A slide of coverage bars.
pub(super) fn picture(study: &Study, group: &Group, lang: Lang) -> String {
    let title = lang.pick(
        format!("{}：设施覆盖率", group.title),
        format!("{}: who is covered", group.title),
    );
    let panels = panels(study);
    // Only what is known is named.
    let names: Vec<&str> = panels
        .iter()
        .map(|panel| denominator_name(panel.of, lang))
        .collect();
    let whose = names.join(lang.pick("与", " and of "));
    let subtitle = lang.pick(
        format!("限值内的{whose}占比；路网距离与直线半径对照，二者之差即绕行所致"),
        format!(
            "Share of {whose} within the limit; walked and straight, the difference is what \
             detours cost"
        ),
    );
    let mut canvas = Canvas::new(&title);
    head(&mut canvas, &title, &subtitle);
    let step = ((BOTTOM - TOP) / group.requirements.len().max(1) as f64).min(84.0);
    let end = TOP + step * group.requirements.len() as f64;
    for panel in &panels {
        scale(&mut canvas, panel, end, lang);
    }
    for (row, &requirement) in group.requirements.iter().enumerate() {
        let top = TOP + step * row as f64;
        name(&mut canvas, study, requirement, [top, step], lang);
        for panel in &panels {
            bars(&mut canvas, study, requirement, panel, [top, step], lang);
        }
    }
    legend(&mut canvas, study, group, lang);
    foot(&mut canvas, study, lang);
    canvas.finish()
}

/// Land and people, as far as they are known; the groups are in `coverage.csv`.
fn panels(study: &Study) -> Vec<Panel> {
    let mut known = denominators(study);
    known.retain(|of| matches!(of, Denominator::Land | Denominator::People));
    let width = (SIZE[0] - MARGIN - LEFT) / known.len().max(1) as f64;
    let panel = |(number, of): (usize, Denominator)| Panel {
        of,
        left: LEFT + width * number as f64,
        full: width - FIGURES,
    };
    known.into_iter().enumerate().map(panel).collect()
}

fn scale(canvas: &mut Canvas, panel: &Panel, end: f64, lang: Lang) {
    let of = denominator_name(panel.of, lang);
    canvas.text([panel.left, TOP - 40.0], of, Pen::new(20.0).bold());
    for quarter in 0..=4_u8 {
        let x = panel.left + panel.full * f64::from(quarter) / 4.0;
        canvas.line([x, TOP - 8.0], [x, end], GRID, 1.0);
        let percent = format!("{}%", quarter * 25);
        canvas.text([x, TOP - 14.0], &percent, SMALL.anchored(Anchor::Middle));
    }
}

fn name(canvas: &mut Canvas, study: &Study, requirement: usize, [top, step]: [f64; 2], lang: Lang) {
    let asked = &study.standard.requirements[requirement];
    let width = LEFT - MARGIN - 16.0;
    let size = NAME.size.min(step * 0.46);
    let pen = Pen { size, ..NAME };
    let text = requirement_name(asked, lang);
    canvas.text([MARGIN, top + step * 0.45], &pen.cut(text, width), pen);
    let small = Pen {
        size: SMALL.size.min(step * 0.36),
        ..SMALL
    };
    let text = limit_words(study, requirement, lang);
    canvas.text([MARGIN, top + step * 0.84], &small.cut(&text, width), small);
}

fn bars(
    canvas: &mut Canvas,
    study: &Study,
    requirement: usize,
    panel: &Panel,
    [top, step]: [f64; 2],
    lang: Lang,
) {
    let answer = &study.answers[requirement];
    let [left, full] = [panel.left, panel.full];
    let [upper, lower] = [top + step * 0.16, top + step * 0.56];
    let [thick, thin] = [step * 0.36, step * 0.24];
    if !study.has_data(answer) {
        let fill = format!("url(#{})", State::NoData.key());
        canvas.framed([left, upper], [full, thick + thin], &fill, GRID);
        let text = State::NoData.text(lang);
        canvas.text(
            [left + full + 10.0, top + step * 0.55],
            text,
            Pen::new(18.0).grey(),
        );
        return;
    }
    let whole = answer
        .coverage
        .iter()
        .find(|found| found.scope == Scope::Whole);
    let share = |basis| {
        whole.and_then(|found: &Coverage| found.covered(basis).share_of(&found.whole, panel.of))
    };
    let [network, radius] = [Basis::Network, Basis::Radius].map(share);
    let percent = |share: Option<f64>| share.map_or_else(|| "–".to_owned(), phrase::percent);
    let blue = palette::of_state(State::Covered).fill;
    canvas.rect(
        [left, upper],
        [full * network.unwrap_or_default(), thick],
        blue,
    );
    canvas.framed(
        [left, lower],
        [full * radius.unwrap_or_default(), thin],
        "#ffffff",
        blue,
    );
    if let Some(target) = study.standard.requirements[requirement].target {
        let x = left + full * target;
        canvas.line([x, top + step * 0.08], [x, top + step * 0.88], INK, 3.0);
        canvas.polygon(&[[x - 6.0, top], [x + 6.0, top], [x, top + 9.0]], INK);
    }
    let size = (step * 0.42).min(20.0);
    let x = left + full + 10.0;
    canvas.text(
        [x, top + step * 0.5],
        &percent(network),
        Pen::new(size).bold(),
    );
    let beside = Pen::new(size * 0.8).grey();
    canvas.text([x, top + step * 0.86], &percent(radius), beside);
}

fn legend(canvas: &mut Canvas, study: &Study, group: &Group, lang: Lang) {
    let y = 812.0;
    let blue = palette::of_state(State::Covered).fill;
    let pen = Pen::new(17.0);
    let mut x = LEFT;
    let mut entry = |canvas: &mut Canvas, text: &str, draw: &dyn Fn(&mut Canvas, f64)| {
        draw(canvas, x);
        canvas.text([x + 36.0, y], text, pen);
        x += 36.0 + pen.width(text) + 30.0;
    };
    entry(
        canvas,
        lang.pick("步行（路网）", "walked (network)"),
        &|canvas, x| {
            canvas.rect([x, y - 14.0], [26.0, 16.0], blue);
        },
    );
    entry(
        canvas,
        lang.pick("直线半径", "straight line (radius)"),
        &|canvas, x| {
            canvas.framed([x, y - 12.0], [26.0, 12.0], "#ffffff", blue);
        },
    );
    let requirements = || group.requirements.iter();
    if requirements().any(|&asked| study.standard.requirements[asked].target.is_some()) {
        entry(canvas, lang.pick("目标", "target"), &|canvas, x| {
            canvas.line([x + 13.0, y - 16.0], [x + 13.0, y + 4.0], INK, 3.0);
            canvas.polygon(
                &[
                    [x + 7.0, y - 20.0],
                    [x + 19.0, y - 20.0],
                    [x + 13.0, y - 11.0],
                ],
                INK,
            );
        });
    }
    let lacks_data = |&asked: &usize| !study.has_data(&study.answers[asked]);
    if requirements().any(lacks_data) {
        let text = lang.pick(
            "无数据（不等于没有设施）",
            "no data (which says nothing about the city)",
        );
        entry(canvas, text, &|canvas, x| {
            let fill = format!("url(#{})", State::NoData.key());
            canvas.framed([x, y - 14.0], [26.0, 16.0], &fill, GREY);
        });
    }
}
