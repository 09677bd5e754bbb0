//! No letter of a picture is left out in silence.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::Database;
use resvg::usvg::{Options, Tree};

use super::canvas::{Canvas, INK, Pen};
use super::drawn_font::{self, font};
use super::letters::with_faces;
use super::png::png;
use super::{Fonts, MissingLetters, PictureError};
use crate::lang::{Explain as _, Lang};

fn fonts(files: &[Vec<u8>]) -> Fonts {
    let mut database = Database::new();
    for file in files {
        database.load_font_data(file.clone());
    }
    assert_eq!(database.len(), files.len(), "each was read");
    Fonts::new(database)
}

/// A sheet with one text.
fn sheet(text: &str) -> String {
    let mut canvas = Canvas::new("汉字 of the title are not drawn");
    canvas.text([200.0, 400.0], text, Pen::new(100.0).coloured(INK));
    canvas.finish()
}

fn missing(result: Result<Vec<u8>, PictureError>) -> String {
    match result.unwrap_err() {
        PictureError::Letters(MissingLetters(letters)) => letters.into_iter().collect(),
        other @ PictureError::Drawing(_) => panic!("{other}"),
    }
}

/// How many pixels are dark.
fn ink(pixels: &Pixmap) -> usize {
    pixels
        .pixels()
        .iter()
        .filter(|pixel| pixel.red() < 64)
        .count()
}

#[test]
fn without_fonts_nothing_is_drawn_and_everything_is_told() {
    let fonts = fonts(&[]);
    assert_eq!(missing(png(&sheet("5 分钟"), &fonts)), "5分钟");
    assert_eq!(
        fonts.check("a b"),
        Err(MissingLetters(BTreeSet::from(['a', 'b'])))
    );
    assert_eq!(fonts.check(" \u{200b}\t"), Ok(()));
}

/// The dark pixels of a picture in PNG.
fn dark(text: &str, fonts: &Fonts) -> usize {
    ink(&Pixmap::decode_png(&png(&sheet(text), fonts).unwrap()).unwrap())
}

/// The renderer itself draws nothing for what its fonts lack, and says nothing.
#[test]
fn a_font_without_hanzi_is_an_error_where_the_renderer_is_silent() {
    let latin = font("Latin", "abc");
    let latin_only = fonts(std::slice::from_ref(&latin));
    let options = Options {
        fontdb: latin_only.database(),
        font_resolver: latin_only.resolver(),
        ..Options::default()
    };
    let tree = Tree::from_str(&sheet("汉"), &options).unwrap();
    let mut pixels = Pixmap::new(1_600, 900).unwrap();
    resvg::render(&tree, Transform::default(), &mut pixels.as_mut());
    assert_eq!(ink(&pixels), 0);
    assert_eq!(missing(png(&sheet("a汉b字"), &latin_only)), "字汉");
    // 96 × 96 pixels a letter.
    let one = dark("a", &latin_only);
    assert!((8_800..=9_700).contains(&one), "{one}");

    // A second font has it: the first stays for what it has.
    let both = fonts(&[latin, font("Noto Sans CJK SC", "汉字")]);
    let two = dark("a 汉", &both);
    assert!((17_600..=19_400).contains(&two), "{two}");
    assert!(png(&sheet("a汉b字"), &both).is_ok());
}

/// The first font has the letter and its mark, but not the two in one: a renderer would
/// set them side by side.
#[test]
fn a_letter_and_its_mark_come_from_one_face() {
    let (first, whole) = (
        font("Noto Sans CJK SC", "aż汉".replace('ż', "z\u{307}").as_str()),
        font("Other", "aż"),
    );
    let (both, other) = (fonts(&[first.clone(), whole.clone()]), fonts(&[whole]));
    let same = |text: &str| png(&sheet(text), &both).unwrap() == png(&sheet(text), &other).unwrap();
    assert!(same("ż") && same("aża"));
    // Where no face has all of a text, each letter has one.
    assert_eq!(dark("ż汉", &both), 2 * dark("ż", &both));
    // Apart as they are, they are had by the first; without the mark nobody has them.
    assert_eq!(missing(png(&sheet("z\u{307}"), &other)), "z\u{307}");
    assert_eq!(missing(png(&sheet("ż"), &fonts(&[first]))), "ż");
}

/// A picture names the face of every run, and its text stays text.
#[test]
fn every_run_names_its_face() {
    let fonts = fonts(&[font("Noto Sans CJK SC", "汉<&"), font("Other", "ab")]);
    let svg = sheet("汉 <&a b");
    let document = resvg::usvg::roxmltree::Document::parse(&svg).unwrap();
    let written = with_faces(&svg, &document, &fonts).unwrap();
    assert!(
        written.contains(">&lt;&amp;</tspan>".replace("&lt;", "汉 &lt;").as_str())
            && written.contains(">a b</tspan>"),
        "{written}"
    );
    assert_eq!(written.matches("<tspan").count(), 2);
}

/// A face that has a number for a letter but nothing to draw, as one of coloured pictures.
#[test]
fn a_form_without_ink_is_none() {
    let empty = drawn_font::font_of("Pictures", "a\u{1f600}", &['\u{1f600}']);
    assert_eq!(
        missing(png(&sheet("a\u{1f600}\u{fe0f}"), &fonts(&[empty]))),
        "\u{1f600}"
    );
    let drawn = font("Symbols", "a\u{1f600}");
    assert!(png(&sheet("a\u{1f600}\u{fe0f}"), &fonts(&[drawn])).is_ok());
}

#[test]
fn the_order_of_loading_does_not_matter() {
    let files = [font("Noto Sans CJK SC", "a汉"), font("Other", "a字")];
    let mut reversed = files.clone();
    reversed.reverse();
    let picture = sheet("a汉字");
    let [one, other] =
        [fonts(&files), fonts(&reversed)].map(|fonts| png(&picture, &fonts).unwrap());
    assert_eq!(one, other);
    // A PNG of 1920 × 1080.
    assert!(one.starts_with(b"\x89PNG"));
    assert_eq!(one[16..24], [0, 0, 7, 128, 0, 0, 4, 56]);
}

#[test]
fn the_remedy_is_told_in_both_languages() {
    let many = MissingLetters(('一'..='万').chain(['丑']).collect());
    let (zh, en) = (many.explain(Lang::Zh), many.explain(Lang::En));
    for text in [&zh, &en] {
        assert!(text.contains("fonts-noto-cjk") && text.contains("--font") && text.contains('一'));
        assert!(
            text.contains("fonts-symbola") && text.contains("--svg"),
            "{text}"
        );
    }
    assert!(zh.contains("微软雅黑") && en.contains("SimHei"));
}
