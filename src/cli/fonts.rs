//! The fonts of pictures: those of the system, or of a file.

use std::path::{Path, PathBuf};

use resvg::usvg::fontdb::Database;

use super::Failure;
use crate::lang::{Explain, Lang};
use crate::report::Fonts;

/// A font file that cannot be used.
#[derive(Debug)]
struct FontFile {
    path: PathBuf,
    /// What the system says; nothing where there is no font in it.
    source: Option<std::io::Error>,
}

impl Explain for FontFile {
    fn explain(&self, lang: Lang) -> String {
        let path = self.path.display();
        match &self.source {
            Some(source) => lang.pick(
                format!("{path}：无法读取字体文件（{source}）"),
                format!("{path}: this font file cannot be read ({source})"),
            ),
            None => lang.pick(
                format!("{path}：不是字体文件；请指定 .ttf、.otf 或 .ttc 文件"),
                format!("{path}: there is no font in it; name a .ttf, .otf or .ttc file"),
            ),
        }
    }
}

/// Letters that stand on every picture: where they are missing, it is told before anything
/// is read. Names are looked at once they are read.
const EVERY: [&str; 2] = [
    "步行路网分钟米居住用地人口覆盖率口径来源0123456789%()",
    "ABCabc0123456789%()",
];

/// Loads fonts: those of a file alone, else all of the system.
pub(super) fn load(file: Option<&Path>, lang: Lang) -> Result<Fonts, Failure> {
    let mut database = Database::new();
    match file {
        None => database.load_system_fonts(),
        Some(path) => {
            let unusable = |source| FontFile {
                path: path.to_owned(),
                source,
            };
            let data = std::fs::read(path).map_err(|error| unusable(Some(error)))?;
            database.load_font_data(data);
            if database.is_empty() {
                return Err(unusable(None).into());
            }
        }
    }
    let fonts = Fonts::new(database);
    fonts.check(lang.pick(EVERY[0], EVERY[1]))?;
    Ok(fonts)
}
