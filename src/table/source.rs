//! A file as it is typed: its path, a sheet, and the frame of its coordinates.

use std::ffi::OsStr;
use std::fmt;
use std::path::{Path, PathBuf};

use crate::frame::{Frame, UnknownFrame};

/// A file of places, the part of it that is meant, and the frame of its coordinates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The file.
    pub path: PathBuf,
    /// The sheet of a workbook, without one the first; the layer of a GeoPackage, without
    /// one the only one.
    pub part: Option<String>,
    /// The frame that was asked for; without one that of the file itself, else WGS84.
    pub frame: Option<Frame>,
}

/// Endings after which a `#` leads to a part of the file.
const WITH_PARTS: [&str; 2] = [".xlsx#", ".gpkg#"];

impl Source {
    /// What `PATH[#PART][@FRAME]` stands for. What follows the last `@` is a frame unless
    /// a dot or a slash stands in it: then the `@` belongs to the name of the file
    /// (`plan@2024.csv`), as no frame has such letters.
    ///
    /// # Errors
    /// Where it is no frame that is known.
    pub fn typed(typed: &OsStr) -> Result<Self, UnknownFrame> {
        let Some(text) = typed.to_str() else {
            return Ok(Self::from(PathBuf::from(typed)));
        };
        let (text, frame) = match text.rsplit_once('@') {
            Some((path, word)) if !word.contains(['.', '/', '\\']) => (path, Some(word.parse()?)),
            _ => (text, None),
        };
        let lower = text.to_ascii_lowercase();
        let parted = WITH_PARTS
            .iter()
            .filter_map(|ending| Some(lower.find(ending)? + ending.len()))
            .min();
        let (path, part) = match parted {
            Some(at) => (
                text.get(..at - 1).unwrap_or(text),
                text.get(at..).filter(|part| !part.is_empty()),
            ),
            None => (text, None),
        };
        Ok(Self {
            path: PathBuf::from(path),
            part: part.map(str::to_owned),
            frame,
        })
    }

    /// The file's name, without its folder.
    pub fn name(&self) -> String {
        let name = self.path.file_name().unwrap_or(self.path.as_os_str());
        name.to_string_lossy().into_owned()
    }

    /// Its extension, in lower case.
    pub fn extension(&self) -> String {
        let extension = self.path.extension().unwrap_or_default();
        extension.to_string_lossy().to_lowercase()
    }

    /// All files that are read: with a Shapefile or an ASCII grid those beside it that are
    /// there.
    pub fn files(&self) -> Vec<PathBuf> {
        let beside: &[&str] = match &*self.extension() {
            "shp" => &["dbf", "prj", "cpg"],
            "asc" => &["prj"],
            _ => &[],
        };
        let beside = beside.iter().filter_map(|end| self.beside(end));
        std::iter::once(self.path.clone()).chain(beside).collect()
    }

    /// The file beside it with another ending, in small letters or capitals.
    pub(super) fn beside(&self, ending: &str) -> Option<PathBuf> {
        let endings = [ending.to_owned(), ending.to_uppercase()];
        let mut beside = endings
            .iter()
            .map(|ending| self.path.with_extension(ending));
        beside.find(|path| path.is_file())
    }
}

impl From<PathBuf> for Source {
    fn from(path: PathBuf) -> Self {
        Self {
            path,
            part: None,
            frame: None,
        }
    }
}

impl From<&Path> for Source {
    fn from(path: &Path) -> Self {
        Self::from(path.to_owned())
    }
}

/// As it was typed.
impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path.display())?;
        if let Some(part) = &self.part {
            write!(f, "#{part}")?;
        }
        match self.frame {
            Some(frame) => write!(f, "@{frame}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_frame_stands_after_the_path() {
        for (typed, path, part, frame) in [
            ("设施.csv@gcj02", "设施.csv", None, Some("gcj02")),
            ("a/b.CSV@EPSG:4548", "a/b.CSV", None, Some("epsg:4548")),
            ("plan@2024.csv", "plan@2024.csv", None, None),
            ("plan@2024.csv@bd09", "plan@2024.csv", None, Some("bd09")),
            ("me@home/b.csv", "me@home/b.csv", None, None),
            ("t.xlsx#表@1@wgs84", "t.xlsx", Some("表@1"), Some("wgs84")),
            ("t.XLSX#Sheet", "t.XLSX", Some("Sheet"), None),
            ("t#1.csv", "t#1.csv", None, None),
        ] {
            let source = Source::typed(OsStr::new(typed)).unwrap();
            assert_eq!(source.path, Path::new(path), "{typed}");
            assert_eq!(source.part.as_deref(), part, "{typed}");
            assert_eq!(
                source.frame.map(|frame| frame.to_string()).as_deref(),
                frame
            );
        }
        let wrong = Source::typed(OsStr::new("a.csv@gcj")).unwrap_err();
        assert!(wrong.to_string().contains("'gcj'") && wrong.to_string().contains("gcj02"));
    }
}
