//! The map: a drawing with what is painted on it, and its controls.

use maud::{Markup, PreEscaped, html};

use super::backdrop::Backdrop;
use super::findings::least_covered;
use super::phrase::{both, limit, said};
use crate::report::palette::{self, Paint};
use crate::report::sheet::{Sheet, WalkDetail};
use crate::report::shown;
use crate::report::words::requirement_name;
use crate::study::Study;

/// The section. The script paints it; without one the drawing is still there.
pub(super) fn section(study: &Study, sheet: &Sheet, backdrop: &Backdrop) -> Markup {
    // What is painted first: without a script, this alone.
    let first = least_covered(study);
    let (asked, answer) = (&study.standard.requirements[first], &study.answers[first]);
    let basis = asked.basis;
    html! {
        section #map aria-labelledby="map-title" {
            h2 #map-title { (both("地图", "Map")) }
            (controls(study, !sheet.zones.is_empty()))
            div .plan {
                (view(study, sheet, backdrop, &hatched(), |at| sheet.patches[at].state(study, first, basis).key(), &html! {
                    g #marks {}
                }))
                aside {
                    p #map-now { (said(|lang| format!("{} · {}", requirement_name(asked, lang), limit(answer.limit, lang)))) }
                    ul #legend { @for state in palette::STATES {
                        li { svg width="26" height="16" viewBox="0 0 26 16" aria-hidden="true" {
                            rect width="26" height="16" class=(state.key()) stroke="#777" {}
                        } span { (said(|lang| state.text(lang))) } }
                    } }
                    ul #signs {}
                    dl #about {}
                    p #said .unseen aria-live="polite" {}
                    (hint())
                }
            }
            (remarks(sheet))
        }
    }
}

/// The drawing with its buttons: every patch in the class of what it is painted by, and what
/// lies over all patches.
pub(in crate::report) fn view(
    study: &Study,
    sheet: &Sheet,
    backdrop: &Backdrop,
    hatched: &[Hatched],
    class: impl Fn(usize) -> &'static str,
    over: &Markup,
) -> Markup {
    let [width, height] = sheet.paper.size;
    html! {
        div .view {
            svg #drawing viewBox=(format!("0 0 {width} {height}"))
                data-metres-per-unit=(sheet.paper.metres_per_unit)
                tabindex="0" role="application" aria-labelledby="map-title map-now"
                aria-describedby="map-hint"
                preserveAspectRatio="xMidYMid meet" {
                // As fine as on a map of 800 points.
                (hatches("hatches", f64::from(width.max(height)) / 800.0, hatched))
                (hatches("swatches", 1.0, hatched))
                (backdrop.drawing())
                g #patches {
                    @for (number, patch) in sheet.patches.iter().enumerate() {
                        path data-patch=(number) class=(class(number)) d=(patch.d) {}
                    }
                }
                (hatching(hatched))
                path #edges d="" {}
                g #zones { (zones(study, sheet)) }
                (over)
                path #chosen d="" {}
                g #scale aria-hidden="true" { rect {} path d="" {} text #scale-text {} }
            }
            div .over {
                button type="button" #nearer aria-label="+" { "+" }
                button type="button" #farther aria-label="−" { "−" }
                button type="button" #whole { (both("全图", "all")) }
            }
            div .north aria-hidden="true" { "▲" br; "N" }
            p #tip hidden {}
        }
    }
}

/// How the map is moved.
pub(in crate::report) fn hint() -> Markup {
    html! {
        p #map-hint .note .scriptonly { (both(
            "方向键：移到那个方向最近的街坊；Shift+方向键：平移；＋、－：缩放，0：全图。\
             滚轮在点过地图后（或按住 Ctrl）缩放，否则滚动页面。触摸屏：双指缩放和移动地图。",
            "Arrow keys: the nearest block that way; Shift and arrow keys move the map; + and − zoom, \
             0 shows all. The wheel zooms once the map was clicked, or with Ctrl; else the page scrolls. \
             On a touch screen two fingers zoom and move the map.",
        )) }
    }
}

/// Whose map it is, and what it leaves out.
pub(in crate::report) fn remarks(sheet: &Sheet) -> Markup {
    html! {
        p .note { "© OpenStreetMap contributors, ODbL" }
        @if let Some(side) = sheet.detail.squares {
            p .note { (said(|lang| lang.pick(
                format!("街坊太多，地图按 {side} 米方格汇总；逐个街坊见 blocks.csv 和 blocks.geojson。"),
                format!("Too many blocks to draw: the map sums them in squares of {side} m. Each block \
                         is in blocks.csv and blocks.geojson."),
            ))) }
            @if sheet.detail.walks == WalkDetail::Nothing {
                p .note { (both("底图只画主要道路。", "Of the streets, main roads alone are drawn.")) }
            }
        } @else if sheet.detail.tolerance > 1.0 {
            p .note { (both("底图道路已简化；指标不受影响。",
                "Streets are drawn simplified; no figure rests on the drawing.")) }
        }
    }
}

fn controls(study: &Study, has_zones: bool) -> Markup {
    html! {
        form #controls {
            label { (both("要求", "Requirement")) " "
                select #requirement {
                    @for (number, (requirement, answer)) in study.answered().enumerate() {
                        // An option takes no markup: the script sets its text by language.
                        @let text = |lang| format!("{} · {}", requirement_name(requirement, lang),
                                                   limit(answer.limit, lang));
                        option value=(number) data-zh=(text(crate::lang::Lang::Zh))
                            data-en=(text(crate::lang::Lang::En)) {}
                    }
                }
            }
            div #layers role="group" aria-labelledby="map-title" {}
            fieldset { legend { (both("着色", "Colour by")) }
                label { input type="radio" name="paint" value="state" checked; (both("状态", "state")) }
                label { input type="radio" name="paint" value="cost"; (both("最近设施", "nearest")) }
            }
            fieldset { legend { (both("口径", "Basis")) }
                label { input type="radio" name="basis" value="network"; (both("步行", "walked")) }
                label { input type="radio" name="basis" value="radius"; (both("半径", "radius")) }
            }
            label { input type="checkbox" #show-marks checked; (both("设施", "facilities")) }
            @if has_zones { label { input type="checkbox" #show-zones checked; (both("分区", "zones")) } }
        }
    }
}

/// A class of patches that is hatched.
pub(in crate::report) struct Hatched {
    /// The class.
    pub key: &'static str,
    /// Its colour, as `#rrggbb`.
    pub fill: &'static str,
    /// That of the lines.
    pub lines: &'static str,
}

impl Hatched {
    /// Of a paint that has lines.
    pub fn of(key: &'static str, paint: Paint) -> Option<Self> {
        let (fill, lines) = (paint.fill, paint.hatch?);
        Some(Self { key, fill, lines })
    }
}

/// The states that are hatched.
fn hatched() -> Vec<Hatched> {
    let states = palette::STATES.into_iter();
    states
        .filter_map(|state| Hatched::of(state.key(), palette::of_state(state)))
        .collect()
}

/// Hatching for classes that a black-and-white printer would make alike, as patterns: for
/// the legend, and for the map where no script draws the lines.
fn hatches(of: &str, scale: f64, hatched: &[Hatched]) -> Markup {
    html! {
        defs id=(of) {
            @for class in hatched {
                pattern id=(format!("{of}-{}", class.key)) width="7" height="7"
                    patternUnits="userSpaceOnUse" patternTransform=(format!("rotate(45) scale({scale})")) {
                    rect width="7" height="7" fill=(class.fill) {}
                    rect width="1.6" height="7" fill=(class.lines) {}
                }
            }
        }
    }
}

/// The lines of the hatching, a path a class, which the script draws and cuts to the blocks
/// of that class.
fn hatching(hatched: &[Hatched]) -> Markup {
    html! {
        defs #clips {
            @for class in hatched {
                clipPath id=(format!("clip-{}", class.key)) { path data-state=(class.key) d="" {} }
            }
        }
        g #hatching {
            @for class in hatched {
                path d="" stroke=(class.lines) clip-path=(format!("url(#clip-{})", class.key)) {}
            }
        }
    }
}

fn zones(study: &Study, sheet: &Sheet) -> Markup {
    html! {
        @for outline in &sheet.zones {
            @let zone = &study.zones[outline.zone];
            // The levels come from the largest to the smallest.
            @let level = study.zonings.iter().position(|zoning| {
                zoning.level == zone.level.as_deref().unwrap_or("zone")
            });
            path class=(level.map_or("level".to_owned(), |level| format!("level{level}"))) d=(outline.d) {}
            @if let Some(name) = &zone.name {
                text x=(outline.at[0]) y=(outline.at[1]) { (shown(name)) }
            }
        }
    }
}

/// The rules of style of a class of patches.
pub(in crate::report) fn class_style(key: &str, paint: Paint) -> String {
    // An outline of its own colour keeps a small block in sight; white is none.
    let stroke = match paint.fill {
        "#ffffff" => palette::RAILWAY,
        fill => fill,
    };
    match paint.hatch {
        Some(_) => format!(
            ".{key}{{fill:{};stroke:{stroke}}}\
             html:not(.scripted) #patches .{key}{{fill:url(#hatches-{key})}}\
             #legend .{key}{{fill:url(#swatches-{key})}}",
            paint.fill
        ),
        None => format!(".{key}{{fill:{stroke};stroke:{stroke}}}"),
    }
}

/// The colours of the drawing, as rules of style.
pub(in crate::report) fn style() -> PreEscaped<String> {
    let states = palette::STATES.into_iter();
    let states = states.map(|state| class_style(state.key(), palette::of_state(state)));
    let steps = palette::COST_STEPS.iter().enumerate();
    let steps = steps
        .map(|(number, (_, colour))| format!(".step{number}{{fill:{colour};stroke:{colour}}}"));
    let stroked = |name: &str, colour: &str, width: &str| {
        format!("{name}{{stroke:{colour};stroke-width:{width}px}}")
    };
    let filled = |name: &str, colour: &str| format!("{name}{{fill:{colour}}}");
    let drawing = [
        filled(".paper", palette::PAPER),
        format!(".water{{fill:{0};stroke:{0}}}", palette::WATER),
        format!(".park{{fill:{0};stroke:{0}}}", palette::PARK),
        stroked(".river", palette::WATER, "2.5"),
        stroked(".footway", palette::STREET, ".4"),
        stroked(".street", palette::STREET, ".9"),
        stroked(".road", palette::ROAD, "2"),
        stroked(".railway", palette::RAILWAY, "1.2"),
        stroked("#signs .zone", palette::ZONE, "2"),
        filled("#signs .dot", palette::FACILITY),
        stroked("#zones path", palette::ZONE, "1.3"),
        filled("#zones text", palette::ZONE),
        stroked("#marks .dot", palette::FACILITY, "7"),
    ];
    let shares = palette::SHARE_STEPS.iter().enumerate();
    let shares = shares.map(|(number, step)| {
        format!(
            ".heat{number}{{background:{};color:{}}}",
            step.fill, step.ink
        )
    });
    PreEscaped(states.chain(steps).chain(drawing).chain(shares).collect())
}
