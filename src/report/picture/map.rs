//! Maps: for every requirement which blocks are within its limit.

use super::canvas::{Canvas, GREY, INK, MARGIN, Pen, SIZE};
use super::margin::{foot, head, limit_words};
use super::plan::Plan;
use crate::lang::Lang;
use crate::measure::{Coverage, Scope, State};
use crate::report::page::phrase::{limit, percent};
use crate::report::palette;
use crate::report::words::{denominator_name, denominators, requirement_name, thousands};
use crate::standard::Basis;
use crate::study::Study;

/// Where the panel beside the map begins.
const PANEL: f64 = 1_240.0;

const WIDTH: f64 = SIZE[0] - MARGIN - PANEL;

/// The map of one requirement.
pub(super) fn picture(study: &Study, plan: &Plan, requirement: usize, lang: Lang) -> String {
    let asked = &study.standard.requirements[requirement];
    let name = requirement_name(asked, lang);
    let within = limit(asked.limit, lang);
    let title = lang.pick(
        format!("{name}：{within}以内"),
        format!("{name}: within {within}"),
    );
    let basis = match asked.basis {
        Basis::Network => lang.pick("沿路网步行", "walked along the network"),
        Basis::Radius => lang.pick("直线半径", "in a straight line"),
    };
    let words = limit_words(study, requirement, lang);
    let patches = match plan.squares() {
        None => lang.pick("按街坊着色".to_owned(), "coloured by block".to_owned()),
        Some(side) => lang.pick(
            format!("按 {side} 米方格着色"),
            format!("coloured by squares of {side} m"),
        ),
    };
    let subtitle = lang.pick(
        format!("{words}，{basis}；{patches}"),
        format!("{words}, {basis}; {patches}"),
    );
    let mut canvas = Canvas::new(&title);
    head(&mut canvas, &title, &subtitle);
    plan.draw(&mut canvas, study, requirement);
    let y = figures(&mut canvas, study, requirement, lang);
    let y = legend(&mut canvas, study, plan, requirement, y + 20.0, lang);
    scale(&mut canvas, plan, y.max(740.0), lang);
    foot(&mut canvas, study, lang);
    canvas.finish()
}

/// Shares of the whole, large, with the other basis below; the base line of what
/// follows.
fn figures(canvas: &mut Canvas, study: &Study, requirement: usize, lang: Lang) -> f64 {
    let answer = &study.answers[requirement];
    let basis = study.standard.requirements[requirement].basis;
    let mut y = 164.0;
    let whole = answer
        .coverage
        .iter()
        .find(|found| found.scope == Scope::Whole);
    if !study.has_data(answer) {
        canvas.text(
            [PANEL, y + 20.0],
            State::NoData.text(lang),
            Pen::new(40.0).bold(),
        );
        let text = lang.pick(
            "研究中没有此类设施的数据，不等于没有设施",
            "which says nothing about the city",
        );
        for line in Pen::new(17.0).wrapped(text, WIDTH, 3) {
            canvas.text([PANEL, y + 50.0], &line, Pen::new(17.0).grey());
            y += 24.0;
        }
        return y + 60.0;
    }
    for of in denominators(study).into_iter().take(2) {
        let share = |basis| {
            let found: &Coverage = whole?;
            found.covered(basis).share_of(&found.whole, of).map(percent)
        };
        let [walked, straight] = Basis::BOTH.map(|basis| share(basis).unwrap_or("–".to_owned()));
        let (main, other) = match basis {
            Basis::Network => (
                walked,
                lang.pick(
                    format!("直线半径 {straight}"),
                    format!("straight line {straight}"),
                ),
            ),
            Basis::Radius => (
                straight,
                lang.pick(format!("步行 {walked}"), format!("walked {walked}")),
            ),
        };
        canvas.text([PANEL, y], denominator_name(of, lang), Pen::new(18.0));
        canvas.text([PANEL, y + 46.0], &main, Pen::new(46.0).bold());
        canvas.text([PANEL, y + 72.0], &other, Pen::new(17.0).grey());
        y += 116.0;
    }
    y
}

/// What is what, with how many of it; the base line of what follows.
fn legend(
    canvas: &mut Canvas,
    study: &Study,
    plan: &Plan,
    requirement: usize,
    top: f64,
    lang: Lang,
) -> f64 {
    let answer = &study.answers[requirement];
    let basis = study.standard.requirements[requirement].basis;
    let pen = Pen::new(17.0);
    let title = lang.pick("街坊", "Blocks");
    canvas.text([PANEL, top], title, pen.bold());
    let mut y = top + 30.0;
    for state in palette::STATES {
        let count = study.blocks_in(answer, basis, state);
        // The scale stays whole; what is no part of it is explained where it occurs.
        let on_scale = matches!(state, State::Covered | State::Partly | State::Uncovered);
        if count == 0 && !(on_scale && study.has_data(answer)) {
            continue;
        }
        let (paint, fill) = (palette::of_state(state), format!("url(#{})", state.key()));
        let fill = if paint.hatch.is_some() {
            &fill
        } else {
            paint.fill
        };
        canvas.framed([PANEL, y - 15.0], [28.0, 18.0], fill, GREY);
        let text = format!("{}  {}", state.text(lang), thousands(count as u64));
        canvas.text([PANEL + 40.0, y], &text, pen);
        y += 28.0;
    }
    y += 8.0;
    let facilities = study.sets[answer.set].facilities.0.len();
    if facilities > 0 {
        canvas.dot([PANEL + 14.0, y - 6.0], 6.0);
        let shown = plan.spots(study, requirement).len();
        let outside = facilities - shown;
        let name = lang.pick("设施", "facilities");
        let mut text = format!("{name}  {}", thousands(shown as u64));
        if outside > 0 {
            let outside = thousands(outside as u64);
            text.push_str(&lang.pick(
                format!("（图外 {outside}）"),
                format!(" ({outside} outside)"),
            ));
        }
        canvas.text([PANEL + 40.0, y], &text, pen);
        y += 28.0;
    }
    if plan.has_zones() {
        canvas.line(
            [PANEL, y - 6.0],
            [PANEL + 28.0, y - 6.0],
            palette::ZONE,
            2.0,
        );
        canvas.text([PANEL + 40.0, y], lang.pick("分区界线", "zones"), pen);
        y += 28.0;
    }
    y
}

/// The scale bar and north.
fn scale(canvas: &mut Canvas, plan: &Plan, y: f64, lang: Lang) {
    let (metres, length) = plan.scale_bar(190.0);
    let text = if metres < 1_000.0 {
        lang.pick(format!("{metres} 米"), format!("{metres} m"))
    } else {
        let kilometres = metres / 1_000.0;
        lang.pick(format!("{kilometres} 公里"), format!("{kilometres} km"))
    };
    canvas.text([PANEL, y], &text, Pen::new(17.0));
    let (left, right, base) = (PANEL, PANEL + length, y + 16.0);
    canvas.line([left, base], [right, base], INK, 2.0);
    for x in [left, right] {
        canvas.line([x, base - 7.0], [x, base + 1.0], INK, 2.0);
    }
    let x = SIZE[0] - MARGIN - 24.0;
    canvas.polygon(
        &[
            [x, y - 22.0],
            [x + 10.0, y + 4.0],
            [x, y - 3.0],
            [x - 10.0, y + 4.0],
        ],
        INK,
    );
    let pen = Pen::new(17.0)
        .bold()
        .anchored(super::canvas::Anchor::Middle);
    canvas.text([x, y + 24.0], lang.pick("北", "N"), pen);
}
