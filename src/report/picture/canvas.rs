//! A sheet of SVG, 16:9, on which everything that is text stays text.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthChar as _;

use crate::report::palette::{self, Paint};
use crate::report::shown;

/// Width and height of every picture, in its own units: a slide of 16:9.
pub(super) const SIZE: [f64; 2] = [1_600.0, 900.0];

/// Margin on every side.
pub(super) const MARGIN: f64 = 56.0;

/// Writing that is read first.
pub(super) const INK: &str = "#1f1f1f";

/// Writing that is read later.
pub(super) const GREY: &str = "#595959";

/// Lines behind everything.
pub(super) const GRID: &str = "#d9d9d9";

/// Fonts with 中文 and Latin on the usual systems, the one for simplified characters
/// first; a viewer takes the first that it has.
const FAMILIES: &str = "'Noto Sans CJK SC', 'Noto Sans SC', 'Source Han Sans SC', \
                        'Microsoft YaHei', 'PingFang SC', 'SimHei', 'WenQuanYi Micro Hei', \
                        'Noto Sans', 'DejaVu Sans', 'Arial', sans-serif";

/// From where a text runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    /// To the right of its place.
    Start,
    /// Around it.
    Middle,
}

/// How a text is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pen {
    /// Height of the letters, in units of the picture.
    pub size: f64,
    /// Whether they are bold.
    pub bold: bool,
    /// Their colour, as `#rrggbb`.
    pub colour: &'static str,
    /// From where it runs.
    pub anchor: Anchor,
}

impl Pen {
    /// Plain dark letters of a height, to the right of their place.
    pub const fn new(size: f64) -> Self {
        Self {
            size,
            bold: false,
            colour: INK,
            anchor: Anchor::Start,
        }
    }

    pub const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    pub const fn coloured(self, colour: &'static str) -> Self {
        Self { colour, ..self }
    }

    pub const fn grey(self) -> Self {
        self.coloured(GREY)
    }

    pub const fn anchored(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }

    /// About how wide a text is, rather more than less.
    pub fn width(self, text: &str) -> f64 {
        let heavier = if self.bold { 1.07 } else { 1.0 };
        text.chars().map(ems).sum::<f64>() * self.size * heavier
    }

    /// The text, cut with a mark where it is wider than `width`.
    pub fn cut(self, text: &str, width: f64) -> String {
        if self.width(text) <= width {
            return text.to_owned();
        }
        let mut kept = String::new();
        for letter in text.chars() {
            if self.width(&kept) + self.width("…") + self.width(&letter.to_string()) > width {
                break;
            }
            kept.push(letter);
        }
        format!("{}…", kept.trim_end())
    }

    /// The text in lines of at most `width`: broken at spaces, and anywhere between
    /// 汉字. What does not fit in `lines` lines is cut with a mark.
    pub fn wrapped(self, text: &str, width: f64, lines: usize) -> Vec<String> {
        let mut found = vec![String::new()];
        for word in words(text) {
            let longer = found.last().is_some_and(|line| {
                !line.is_empty() && self.width(line) + self.width(word.trim_end()) > width
            });
            if longer && found.len() < lines {
                found.push(String::new());
            }
            if let Some(line) = found.last_mut() {
                line.push_str(word);
            }
        }
        let fitting = found.iter().map(|line| self.cut(line.trim_end(), width));
        fitting.collect()
    }
}

/// About how wide a letter is for its height: 汉字 are as wide as they are high.
fn ems(letter: char) -> f64 {
    match letter {
        ' ' | '.' | ',' | ':' | ';' | '\'' | '!' | '|' | 'i' | 'j' | 'l' => 0.28,
        'f' | 'r' | 't' | 'I' | '(' | ')' | '[' | ']' | '-' | '/' | '·' => 0.38,
        'm' | 'w' | 'M' | 'W' | '%' | '@' => 0.92,
        'A'..='Z' => 0.68,
        _ if letter.is_ascii() => 0.56,
        _ => match letter.width() {
            Some(2) => 1.0,
            Some(1) => 0.6,
            _ => 0.0,
        },
    }
}

/// Pieces between which a line may break: words with their space, single 汉字.
fn words(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, letter) in text.char_indices() {
        let end = at + letter.len_utf8();
        if letter == ' ' || letter.width() == Some(2) {
            found.push(&text[start..end]);
            start = end;
        }
    }
    found.push(&text[start..]);
    found.retain(|word| !word.is_empty());
    found
}

/// A picture while it is drawn.
pub(super) struct Canvas {
    svg: String,
}

impl Canvas {
    /// An empty sheet.
    pub fn new(title: &str) -> Self {
        let [width, height] = SIZE;
        let mut canvas = Self {
            svg: format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
                 width=\"{width}\" height=\"{height}\" font-family=\"{FAMILIES}\">\n\
                 <title>{}</title>\n",
                escaped(title)
            ),
        };
        canvas.hatchings();
        canvas.rect([0.0, 0.0], SIZE, palette::PAPER);
        canvas
    }

    /// One pattern a hatching of the palette.
    fn hatchings(&mut self) {
        self.svg.push_str("<defs>");
        for state in palette::STATES {
            let Paint { fill, hatch } = palette::of_state(state);
            if let Some(hatch) = hatch {
                self.put(format_args!(
                    "<pattern id=\"{}\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\" \
                     patternTransform=\"rotate(45)\"><rect width=\"7\" height=\"7\" fill=\"{fill}\"/>\
                     <rect width=\"2\" height=\"7\" fill=\"{hatch}\"/></pattern>",
                    state.key()
                ));
            }
        }
        self.svg.push_str("</defs>\n");
    }

    /// Adds SVG of the program's own.
    pub fn put(&mut self, part: std::fmt::Arguments<'_>) {
        // Writing to a String never fails.
        let _ = self.svg.write_fmt(part);
    }

    /// A rectangle.
    pub fn rect(&mut self, [x, y]: [f64; 2], [width, height]: [f64; 2], fill: &str) {
        self.framed([x, y], [width, height], fill, "none");
    }

    /// A rectangle with a frame.
    pub fn framed(&mut self, at: [f64; 2], size: [f64; 2], fill: &str, frame: &str) {
        let [x, y, width, height] = [at[0], at[1], size[0].max(0.0), size[1]].map(short);
        self.put(format_args!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{fill}\" \
             stroke=\"{frame}\"/>\n"
        ));
    }

    /// A straight line.
    pub fn line(&mut self, from: [f64; 2], to: [f64; 2], colour: &str, width: f64) {
        let [x1, y1, x2, y2, width] = [from[0], from[1], to[0], to[1], width].map(short);
        self.put(format_args!(
            "<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\" stroke=\"{colour}\" \
             stroke-width=\"{width}\"/>\n"
        ));
    }

    /// A filled polygon.
    pub fn polygon(&mut self, corners: &[[f64; 2]], fill: &str) {
        let corners = corners
            .iter()
            .map(|[x, y]| format!("{},{}", short(*x), short(*y)));
        let corners: Vec<String> = corners.collect();
        self.put(format_args!(
            "<polygon points=\"{}\" fill=\"{fill}\"/>\n",
            corners.join(" ")
        ));
    }

    /// A text; `at` is on its base line. Whatever it holds, it is shown and nothing else.
    pub fn text(&mut self, [x, y]: [f64; 2], text: &str, pen: Pen) {
        let anchor = match pen.anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
        };
        let weight = if pen.bold { " font-weight=\"700\"" } else { "" };
        let [x, y, size] = [x, y, pen.size].map(short);
        self.put(format_args!(
            "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" fill=\"{}\"{anchor}{weight}>{}</text>\n",
            pen.colour,
            escaped(text)
        ));
    }

    /// A text over a map: with a rim of paper.
    pub fn haloed(&mut self, at: [f64; 2], text: &str, pen: Pen) {
        self.put(format_args!(
            "<g stroke=\"{}\" stroke-width=\"3.5\" stroke-linejoin=\"round\" \
             paint-order=\"stroke\">",
            palette::PAPER
        ));
        self.text(at, text, pen);
        self.put(format_args!("</g>\n"));
    }

    /// A dark dot with a rim of white.
    pub fn dot(&mut self, [x, y]: [f64; 2], radius: f64) {
        let [x, y, radius, rim] = [x, y, radius, radius / 3.5].map(short);
        self.put(format_args!(
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" fill=\"{}\" stroke=\"#ffffff\" \
             stroke-width=\"{rim}\"/>\n",
            palette::FACILITY
        ));
    }

    /// The finished picture.
    pub fn finish(mut self) -> String {
        self.svg.push_str("</svg>\n");
        self.svg
    }
}

/// A number with at most two decimals: a hundredth of a unit is never seen.
fn short(value: f64) -> String {
    crate::units::trimmed(value)
}

/// A text as XML shows it: markup is written out, and what XML does not allow (control
/// characters and two that are none) is a space.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in shown(text).chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => out.push(' '),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_text_stays_text() {
        let mut canvas = Canvas::new("</title><script>");
        canvas.text(
            [0.0, 0.0],
            "\"/><script>alert(1)</script>&\u{1}\u{202e}'",
            Pen::new(10.0),
        );
        let svg = canvas.finish();
        assert!(!svg.contains("<script"));
        assert!(
            svg.contains(">&quot;/&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;  &#39;</text>")
        );
    }

    #[test]
    fn long_texts_are_cut_or_broken() {
        let pen = Pen::new(10.0);
        // Ten units a 汉字, and a little more.
        assert_eq!(pen.cut("日间照料中心", 60.5), "日间照料中心");
        assert_eq!(pen.cut("日间照料中心", 40.0), "日间照…");
        assert_eq!(
            pen.wrapped("care for the elderly", 60.0, 3),
            ["care for the", "elderly"]
        );
        assert_eq!(pen.wrapped("日间照料中心", 32.0, 3), ["日间照", "料中心"]);
        assert_eq!(pen.wrapped("日间照料中心", 22.0, 2), ["日间", "照…"]);
    }
}
