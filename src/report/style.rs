//! How QGIS draws a layer: a style in its own format (QML), with the colours of every
//! other map, and a legend in the language of the report.
//!
//! Only what differs from QGIS's own defaults is written; any version since 3.20 reads it.

use std::fmt::Write as _;

use super::Cell;
use super::layer::{Drawn, Layer, Shown};
use super::palette;
use crate::lang::Lang;

/// The style of a layer, whose columns have these names.
pub(super) fn qml(drawn: &Drawn, names: &[String], shown: Option<&Shown>, lang: Lang) -> String {
    let column = |wanted: &str| {
        let columns = drawn.table.columns.iter();
        columns
            .zip(names)
            .find(|(column, _)| *column == wanted)
            .map(|(_, name)| &**name)
    };
    let renderer = match drawn.layer {
        Layer::Blocks | Layer::BlockPoints => {
            let areas = drawn.layer == Layer::Blocks;
            shown
                .and_then(|shown| Some((column(&shown.state)?, &*shown.name)))
                .map(|(column, name)| states(column, name, areas, lang))
        }
        Layer::Zones => shown
            .and_then(|shown| Some((column(&shown.share)?, &*shown.name)))
            .map(|(column, name)| shares(column, name)),
        Layer::Gaps => column("people_lacking")
            .filter(|_| most(drawn, "people_lacking") > 0.0)
            .map(|name| (name, "people_lacking"))
            .or_else(|| Some((column("land_lacking_m2")?, "land_lacking_m2")))
            .map(|(name, own)| single(&sized(name, most(drawn, own)))),
        Layer::Facilities => Some(single(&marker(palette::FACILITY, "2", ""))),
        Layer::FacilityAreas => Some(single(&outline(palette::FACILITY))),
        Layer::Isochrones => Some(single(&outline(palette::ZONE))),
        Layer::Network => Some(single(&line(palette::STREET))),
    };
    let renderer = renderer.unwrap_or_else(|| single(&marker(palette::FACILITY, "2", "")));
    format!(
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n\
         <qgis version=\"3.22.0\" styleCategories=\"Symbology\">\n{renderer}\
         <blendMode>0</blendMode>\n<featureBlendMode>0</featureBlendMode>\n</qgis>\n"
    )
}

/// The largest number of a column.
fn most(drawn: &Drawn, column: &str) -> f64 {
    let at = drawn.table.columns.iter().position(|name| name == column);
    let cells = at
        .into_iter()
        .flat_map(|at| drawn.table.rows.iter().map(move |row| &row[at]));
    cells.filter_map(Cell::number).fold(0.0, f64::max)
}

/// A text as XML has it.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            // No XML holds these.
            control if control.is_control() => safe.push(' '),
            plain => safe.push(plain),
        }
    }
    safe
}

/// `#rrggbb` as QGIS writes colours.
fn colour(hex: &str) -> String {
    let part = |at: usize| u8::from_str_radix(hex.get(at..at + 2).unwrap_or("0"), 16).unwrap_or(0);
    format!("{},{},{},255", part(1), part(3), part(5))
}

fn options(pairs: &[(&str, &str)]) -> String {
    let mut text = String::from("<Option type=\"Map\">");
    for (name, value) in pairs {
        let value = escaped(value);
        let _ = write!(
            text,
            "<Option name=\"{name}\" value=\"{value}\" type=\"QString\"/>"
        );
    }
    text.push_str("</Option>");
    text
}

/// A layer of a symbol.
fn layer(class: &str, pairs: &[(&str, &str)], inner: &str) -> String {
    let options = options(pairs);
    format!(
        "<layer class=\"{class}\" pass=\"0\" enabled=\"1\" locked=\"0\">{options}{inner}</layer>"
    )
}

/// A symbol without its name.
struct Symbol {
    kind: &'static str,
    layers: String,
}

impl Symbol {
    fn named(&self, name: &str) -> String {
        let Self { kind, layers } = self;
        format!(
            "<symbol name=\"{name}\" clip_to_extent=\"1\" force_rhr=\"0\" type=\"{kind}\" \
             alpha=\"1\">{layers}</symbol>\n"
        )
    }
}

fn fill(inside: &str, hatch: Option<&str>) -> Symbol {
    // An outline of another colour would hide small houses at the scale of a city.
    let inside = colour(inside);
    let pairs = [
        ("color", &*inside),
        ("outline_color", &*inside),
        ("outline_style", "solid"),
        ("outline_width", "0.1"),
        ("outline_width_unit", "MM"),
        ("style", "solid"),
    ];
    let mut layers = layer("SimpleFill", &pairs, "");
    if let Some(hatch) = hatch {
        let ink = colour(hatch);
        let pairs = [
            ("angle", "45"),
            ("color", &*ink),
            ("distance", "1.4"),
            ("distance_unit", "MM"),
            ("line_width", "0.25"),
            ("line_width_unit", "MM"),
        ];
        let stroke = line(hatch).named("@0@1");
        layers.push_str(&layer("LinePatternFill", &pairs, &stroke));
    }
    Symbol {
        kind: "fill",
        layers,
    }
}

fn outline(ink: &str) -> Symbol {
    let ink = colour(ink);
    let pairs = [
        ("color", "0,0,0,0"),
        ("outline_color", &*ink),
        ("outline_style", "solid"),
        ("outline_width", "0.3"),
        ("outline_width_unit", "MM"),
        ("style", "no"),
    ];
    let layers = layer("SimpleFill", &pairs, "");
    Symbol {
        kind: "fill",
        layers,
    }
}

fn line(ink: &str) -> Symbol {
    let ink = colour(ink);
    let pairs = [
        ("line_color", &*ink),
        ("line_style", "solid"),
        ("line_width", "0.25"),
        ("line_width_unit", "MM"),
    ];
    let layers = layer("SimpleLine", &pairs, "");
    Symbol {
        kind: "line",
        layers,
    }
}

fn marker(inside: &str, millimetres: &str, inner: &str) -> Symbol {
    let (inside, border) = (colour(inside), colour("#ffffff"));
    let pairs = [
        ("color", &*inside),
        ("name", "circle"),
        ("outline_color", &*border),
        ("outline_style", "solid"),
        ("outline_width", "0.2"),
        ("scale_method", "diameter"),
        ("size", millimetres),
        ("size_unit", "MM"),
    ];
    let layers = layer("SimpleMarker", &pairs, inner);
    Symbol {
        kind: "marker",
        layers,
    }
}

/// A mark whose surface grows with a column, the largest 8 mm wide.
fn sized(column: &str, most: f64) -> Symbol {
    let quoted = column.replace('"', "\"\"");
    let most = most.max(1.0);
    let expression = format!("1 + 7 * sqrt(coalesce(\"{quoted}\", 0) / {most})");
    let expression = escaped(&expression);
    let inner = format!(
        "<data_defined_properties><Option type=\"Map\">\
         <Option name=\"name\" value=\"\" type=\"QString\"/>\
         <Option name=\"properties\" type=\"Map\"><Option name=\"size\" type=\"Map\">\
         <Option name=\"active\" value=\"true\" type=\"bool\"/>\
         <Option name=\"expression\" value=\"{expression}\" type=\"QString\"/>\
         <Option name=\"type\" value=\"3\" type=\"int\"/></Option></Option>\
         <Option name=\"type\" value=\"collection\" type=\"QString\"/>\
         </Option></data_defined_properties>"
    );
    let uncovered = palette::of_state(crate::measure::State::Uncovered).fill;
    marker(uncovered, "2", &inner)
}

fn single(symbol: &Symbol) -> String {
    renderer("type=\"singleSymbol\"", "", &[symbol.named("0")])
}

fn renderer(about: &str, classes: &str, symbols: &[String]) -> String {
    let symbols = symbols.concat();
    format!(
        "<renderer-v2 forceraster=\"0\" enableorderby=\"0\" symbollevels=\"0\" \
         referencescale=\"-1\" {about}>\n{classes}<symbols>\n{symbols}</symbols>\n\
         <rotation/>\n<sizescale/>\n</renderer-v2>\n"
    )
}

/// A colour a state, in the order of a legend.
fn states(column: &str, name: &str, areas: bool, lang: Lang) -> String {
    let mut classes = String::from("<categories>\n");
    let mut symbols = Vec::new();
    for (at, state) in palette::STATES.into_iter().enumerate() {
        let (key, label) = (
            state.key(),
            escaped(&format!("{name}: {}", state.text(lang))),
        );
        let _ = writeln!(
            classes,
            "<category symbol=\"{at}\" value=\"{key}\" label=\"{label}\" render=\"true\"/>"
        );
        let paint = palette::of_state(state);
        let symbol = if areas {
            fill(paint.fill, paint.hatch)
        } else {
            marker(paint.fill, "2.4", "")
        };
        symbols.push(symbol.named(&at.to_string()));
    }
    classes.push_str("</categories>\n");
    let about = format!("type=\"categorizedSymbol\" attr=\"{}\"", escaped(column));
    renderer(&about, &classes, &symbols)
}

/// The steps of a share, as the page has them, from all to little.
fn shares(column: &str, name: &str) -> String {
    let mut classes = String::from("<ranges>\n");
    let mut symbols = Vec::new();
    let mut upper = 100;
    for (at, step) in palette::SHARE_STEPS.iter().enumerate() {
        let label = format!("{name}: {}–{upper} %", step.from);
        let [lower, top] = [step.from, upper].map(|percent| f64::from(percent) / 100.0);
        upper = step.from;
        let label = escaped(&label);
        let _ = writeln!(
            classes,
            "<range symbol=\"{at}\" lower=\"{lower:.15}\" upper=\"{top:.15}\" \
             label=\"{label}\" render=\"true\"/>"
        );
        symbols.push(fill(step.fill, None).named(&at.to_string()));
    }
    classes.push_str("</ranges>\n");
    let about = format!(
        "type=\"graduatedSymbol\" graduatedMethod=\"GraduatedColor\" attr=\"{}\"",
        escaped(column)
    );
    renderer(&about, &classes, &symbols)
}
