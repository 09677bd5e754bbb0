//! No letter of a picture is left out in silence.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use resvg::tiny_skia::Pixmap;
use resvg::usvg::fontdb::Database;
use resvg::usvg::{Options, Tree};

use super::canvas::{Canvas, INK, Pen};
use super::drawn_font::font;
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

/// The renderer itself draws nothing for what its fonts lack, and says nothing.
#[test]
fn a_font_without_hanzi_is_an_error_where_the_renderer_is_silent() {
    let latin = font("Latin", "abc");
    let with = |text: &str, fonts: &Fonts| {
        let options = Options {
            fontdb: fonts.database(),
            font_resolver: fonts.resolver(),
            ..Options::default()
        };
        let tree = Tree::from_str(&sheet(text), &options).unwrap();
        let mut pixels = Pixmap::new(1_600, 900).unwrap();
        resvg::render(
            &tree,
            resvg::tiny_skia::Transform::default(),
            &mut pixels.as_mut(),
        );
        ink(&pixels)
    };
    let latin_only = fonts(std::slice::from_ref(&latin));
    assert_eq!(with("汉", &latin_only), 0);
    assert_eq!(missing(png(&sheet("a汉b字"), &latin_only)), "字汉");
    // 80 × 80 pixels a letter.
    let one = with("a", &latin_only);
    assert!((6_000..=6_800).contains(&one), "{one}");

    // A second font has it: the first stays for what it has.
    let both = fonts(&[latin, font("Noto Sans CJK SC", "汉字")]);
    let two = with("a汉", &both);
    assert!((12_000..=13_600).contains(&two), "{two}");
    assert!(png(&sheet("a汉b字"), &both).is_ok());
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
    }
    assert!(zh.contains("微软雅黑") && en.contains("SimHei"));
}
