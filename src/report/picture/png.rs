//! From SVG to PNG.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, roxmltree};

use super::canvas::SIZE;
use super::fonts::{Fonts, MissingLetters};
use super::letters::with_faces;
use crate::lang::{Explain, Lang};

/// Width in pixels: what a screen or projector shows.
const WIDTH: u32 = 1_920;

/// A picture that cannot be made.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.explain(Lang::En))]
pub enum PictureError {
    /// A letter has no form.
    Letters(#[from] MissingLetters),
    /// The drawing or its pixels cannot be made.
    Drawing(String),
}

impl Explain for PictureError {
    fn explain(&self, lang: Lang) -> String {
        match self {
            Self::Letters(letters) => letters.explain(lang),
            Self::Drawing(fault) => lang.pick(
                format!("无法绘制图片（{fault}）；请改用 --svg，并把这条信息告诉开发者"),
                format!("a picture cannot be drawn ({fault}); use --svg, and tell the makers"),
            ),
        }
    }
}

fn drawing(fault: impl std::fmt::Display) -> PictureError {
    PictureError::Drawing(fault.to_string())
}

/// A picture as PNG.
///
/// # Errors
/// [`PictureError`], above all where a letter has no form in the fonts.
pub(super) fn png(svg: &str, fonts: &Fonts) -> Result<Vec<u8>, PictureError> {
    let document = roxmltree::Document::parse(svg).map_err(drawing)?;
    let svg = with_faces(svg, &document, fonts)?;
    let options = Options {
        fontdb: fonts.database(),
        font_resolver: fonts.resolver(),
        ..Options::default()
    };
    let tree = Tree::from_str(&svg, &options).map_err(drawing)?;
    let scale = f64::from(WIDTH) / SIZE[0];
    let height = (SIZE[1] * scale).round() as u32;
    let mut pixels = Pixmap::new(WIDTH, height).ok_or_else(|| drawing("no room for its pixels"))?;
    let scale = scale as f32;
    resvg::render(
        &tree,
        Transform::from_scale(scale, scale),
        &mut pixels.as_mut(),
    );
    pixels.encode_png().map_err(drawing)
}
