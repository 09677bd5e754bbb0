//! Fonts of a picture. What a font lacks is an error and never silence: a renderer
//! leaves out what it has no letter for.

use std::collections::BTreeSet;
use std::sync::Arc;

use resvg::usvg::fontdb::{Database, FaceInfo, ID, Style};
use resvg::usvg::{FontFamily, FontResolver};
use skrifa::instance::Size;
use skrifa::outline::pen::PathElement;
use skrifa::{FontRef, GlyphId, MetadataProvider as _};

use super::letters::Writer;

use crate::lang::{Explain, Lang};

/// Families with 中文 and Latin, the ones for simplified characters first.
const FAMILIES: [&str; 12] = [
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Microsoft YaHei",
    "PingFang SC",
    "SimHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Noto Sans",
    "DejaVu Sans",
    "Arial",
];

/// Letters that no font has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.explain(Lang::En))]
pub struct MissingLetters(pub BTreeSet<char>);

/// More letters are not told.
const TOLD: usize = 12;

impl Explain for MissingLetters {
    fn explain(&self, lang: Lang) -> String {
        let mut told: String = self.0.iter().take(TOLD).collect();
        if self.0.len() > TOLD {
            told.push('…');
        }
        match lang {
            Lang::Zh => format!(
                "字体中没有这些字：{told}；图片未输出。请安装含有它们的字体（Debian、Ubuntu：中文 \
                 fonts-noto-cjk，其他文字 fonts-noto-core，表情符号 fonts-symbola，彩色表情字体不能用；\
                 Windows 自带微软雅黑、黑体），或用 --font 指定一个含有全部文字的字体文件；\
                 --svg 不需要字体"
            ),
            Lang::En => format!(
                "no font has these letters: {told}; no picture is written. Install one that does \
                 (Debian, Ubuntu: fonts-noto-cjk for Chinese, fonts-noto-core for other scripts, \
                 fonts-symbola for emoji, of which coloured fonts do not serve; Windows brings \
                 Microsoft YaHei and SimHei), or name one font file with all letters with --font; \
                 --svg needs no font"
            ),
        }
    }
}

/// The fonts of pictures, in the order in which they are taken.
#[derive(Clone, Debug)]
pub struct Fonts {
    database: Arc<Database>,
    plain: Vec<ID>,
    bold: Vec<ID>,
}

impl Fonts {
    /// Of what was loaded; the order of loading does not matter.
    pub fn new(database: Database) -> Self {
        let order = |weight| {
            let mut faces: Vec<&FaceInfo> = database.faces().collect();
            faces.sort_by_cached_key(|face| rank(face, weight));
            faces.into_iter().map(|face| face.id).collect()
        };
        Self {
            plain: order(400),
            bold: order(700),
            database: Arc::new(database),
        }
    }

    pub(super) fn database(&self) -> Arc<Database> {
        Arc::clone(&self.database)
    }

    /// Takes the face that [`Fonts::family`] names. None has to stand in for another:
    /// every letter was given to a face that has it.
    pub(super) fn resolver(&self) -> FontResolver<'_> {
        FontResolver {
            select_font: Box::new(|font, _| {
                let named = font.families().iter().find_map(|family| match family {
                    FontFamily::Named(name) => name.strip_prefix(FACE)?.parse::<usize>().ok(),
                    _ => None,
                });
                self.plain.get(named.unwrap_or(0)).copied()
            }),
            select_fallback: Box::new(|_, _, _| None),
        }
    }

    /// What a face is called in a picture.
    pub(super) fn family(&self, face: ID) -> String {
        let at = self.plain.iter().position(|&known| known == face);
        format!("{FACE}{}", at.unwrap_or(0))
    }

    /// The faces in the order in which they are taken.
    pub(super) fn order(&self, bold: bool) -> &[ID] {
        if bold { &self.bold } else { &self.plain }
    }

    /// Whether every letter of a text has a form.
    ///
    /// # Errors
    /// [`MissingLetters`]: all that have none.
    pub fn check(&self, text: &str) -> Result<(), MissingLetters> {
        Writer::new(self, false, [text]).runs(text).map(|_| ())
    }

    /// The letters of which a face has no form that is drawn; all of them where it cannot
    /// be read.
    pub(super) fn lacking(&self, face: ID, letters: &BTreeSet<char>) -> BTreeSet<char> {
        let lacking = self.database.with_face_data(face, |data, index| {
            let font = FontRef::from_index(data, index).ok()?;
            let forms = font.charmap();
            let has = |&letter: &char| forms.map(letter).is_some_and(|form| is_drawn(&font, form));
            Some(
                letters
                    .iter()
                    .filter(|letter| !has(letter))
                    .copied()
                    .collect(),
            )
        });
        lacking.flatten().unwrap_or_else(|| letters.clone())
    }
}

/// How faces are called: no family is.
const FACE: &str = "living-circle-face-";

/// Whether the renderer draws anything for a form: coloured pictures it draws only where
/// they are made of outlines.
fn is_drawn(font: &FontRef, form: GlyphId) -> bool {
    if form.to_u32() == 0 {
        return false;
    }
    let outlines = font.outline_glyphs();
    let drawn = outlines.get(form).is_some_and(|outline| {
        let mut path: Vec<PathElement> = Vec::new();
        outline.draw(Size::unscaled(), &mut path).is_ok() && !path.is_empty()
    });
    drawn || font.color_glyphs().get(form).is_some()
}

/// Sorts known families first, then upright faces of the nearest weight.
fn rank(face: &FaceInfo, weight: u16) -> (usize, bool, u16, bool, String, u32) {
    let named = |family: &str| face.families.iter().any(|(name, _)| name == family);
    (
        FAMILIES
            .iter()
            .position(|family| named(family))
            .unwrap_or(FAMILIES.len()),
        face.style != Style::Normal,
        face.weight.0.abs_diff(weight),
        face.monospaced,
        face.post_script_name.clone(),
        face.index,
    )
}
