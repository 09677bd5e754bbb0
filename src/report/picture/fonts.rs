//! Fonts of a picture. What a font lacks is an error and never silence: a renderer
//! leaves out what it has no letter for.

use std::collections::BTreeSet;
use std::sync::Arc;

use resvg::usvg::fontdb::{Database, FaceInfo, ID, Style};
use resvg::usvg::{FontResolver, roxmltree};
use skrifa::{FontRef, MetadataProvider as _};

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

/// From this weight on a face is bold.
const BOLD: u16 = 600;

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
                "字体中没有这些字：{told}；图片未输出。请安装含有它们的字体，如 Noto Sans CJK\
                 （Debian、Ubuntu：apt install fonts-noto-cjk；Windows 自带微软雅黑、黑体），\
                 或用 --font 指定字体文件"
            ),
            Lang::En => format!(
                "no font has these letters: {told}; no picture is written. Install one that does, \
                 such as Noto Sans CJK (Debian, Ubuntu: apt install fonts-noto-cjk; Windows brings \
                 Microsoft YaHei and SimHei), or name a font file with --font"
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

    /// Takes a face for a text, and for a letter that this one lacks the first that
    /// has it.
    pub(super) fn resolver(&self) -> FontResolver<'_> {
        FontResolver {
            select_font: Box::new(|font, _| {
                let order = if font.weight() >= BOLD {
                    &self.bold
                } else {
                    &self.plain
                };
                order.first().copied()
            }),
            select_fallback: Box::new(|letter, used, _| {
                let is_bold = used.first() == self.bold.first();
                let order = if is_bold { &self.bold } else { &self.plain };
                let fits = |id: &&ID| {
                    !used.contains(id) && self.lacking(**id, &[letter].into()).is_empty()
                };
                order.iter().find(fits).copied()
            }),
        }
    }

    /// Whether every letter of a text has a form.
    ///
    /// # Errors
    /// [`MissingLetters`]: all that have none.
    pub fn check(&self, text: &str) -> Result<(), MissingLetters> {
        self.check_letters(text.chars().filter(|&letter| is_seen(letter)).collect())
    }

    /// Whether every letter that a picture shows has a form.
    pub(super) fn check_picture(
        &self,
        picture: &roxmltree::Document,
    ) -> Result<(), MissingLetters> {
        let texts = picture.descendants().filter(|node| {
            node.is_text() && node.ancestors().any(|above| above.has_tag_name("text"))
        });
        let letters = texts.filter_map(|node| node.text()).flat_map(str::chars);
        self.check_letters(letters.filter(|&letter| is_seen(letter)).collect())
    }

    fn check_letters(&self, mut letters: BTreeSet<char>) -> Result<(), MissingLetters> {
        for &face in &self.plain {
            if letters.is_empty() {
                break;
            }
            letters = self.lacking(face, &letters);
        }
        if letters.is_empty() {
            Ok(())
        } else {
            Err(MissingLetters(letters))
        }
    }

    /// The letters that a face lacks; all of them where it cannot be read.
    fn lacking(&self, face: ID, letters: &BTreeSet<char>) -> BTreeSet<char> {
        let lacking = self.database.with_face_data(face, |data, index| {
            let font = FontRef::from_index(data, index).ok()?;
            let forms = font.charmap();
            let lacks = |letter: &&char| forms.map(**letter).is_none_or(|form| form.to_u32() == 0);
            Some(letters.iter().filter(lacks).copied().collect())
        });
        lacking.flatten().unwrap_or_else(|| letters.clone())
    }
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

/// Whether a letter leaves ink: spaces, joiners and marks of variants do not.
fn is_seen(letter: char) -> bool {
    !letter.is_whitespace()
        && !letter.is_control()
        && !matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}
