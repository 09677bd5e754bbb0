//! Files that appear whole or not at all.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use super::CARD;
use crate::lang::{Explain, Lang};
use crate::study::hex;

/// A file or folder that cannot be written.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.explain(Lang::En))]
pub struct WriteError {
    /// Which.
    pub path: PathBuf,
    /// What the system says.
    pub source: std::io::Error,
}

impl Explain for WriteError {
    fn explain(&self, lang: Lang) -> String {
        let (path, source) = (self.path.display(), &self.source);
        match lang {
            Lang::Zh => {
                format!("{path}：无法写入（{source}）；请检查文件夹是否存在、权限和剩余空间")
            }
            Lang::En => format!(
                "{path}: cannot be written ({source}); check that the folder is there, your \
                 permission and the space that is left"
            ),
        }
    }
}

pub(super) fn failed(path: &Path) -> impl FnOnce(std::io::Error) -> WriteError {
    let path = path.to_owned();
    move |source| WriteError { path, source }
}

/// A file that is written beside its final place.
struct Staged {
    name: String,
    file: NamedTempFile,
}

/// A file that was written, and is not among those that appear.
pub struct Draft {
    staged: Staged,
    written: Written,
}

/// What is known of a written file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Written {
    /// Its name.
    pub name: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// SHA-256 of its content, in hexadecimal.
    pub sha256: String,
}

impl Written {
    /// What is known of a file of this name that holds this.
    pub fn of(name: &str, content: &[u8]) -> Self {
        Self {
            name: name.to_owned(),
            bytes: content.len() as u64,
            sha256: hex(&Sha256::digest(content)),
        }
    }
}

/// A folder whose new files appear together: each is written to a temporary
/// file beside its place, and all are renamed at the end. Dropped before
/// [`Folder::publish`], it leaves nothing behind.
pub struct Folder {
    path: PathBuf,
    /// Folders that were made for it, outermost first.
    made: Vec<PathBuf>,
    staged: Vec<Staged>,
}

impl Folder {
    /// Opens a folder, making it where it is not there, and tries whether a file
    /// can be written in it.
    ///
    /// # Errors
    /// [`WriteError`] where it cannot.
    pub fn open(path: &Path) -> Result<Self, WriteError> {
        let mut made: Vec<PathBuf> = path
            .ancestors()
            .take_while(|ancestor| !ancestor.as_os_str().is_empty() && !ancestor.exists())
            .map(Path::to_owned)
            .collect();
        made.reverse();
        // From here on what was made goes again where something fails.
        let folder = Self {
            path: path.to_owned(),
            made,
            staged: Vec::new(),
        };
        std::fs::create_dir_all(path).map_err(failed(path))?;
        NamedTempFile::new_in(path).map_err(failed(path))?;
        Ok(folder)
    }

    /// Writes a file beside its place.
    ///
    /// # Errors
    /// [`WriteError`] where it cannot be written whole.
    pub fn stage(&mut self, name: &str, content: &[u8]) -> Result<Written, WriteError> {
        let draft = self.draft(name, content)?;
        Ok(self.take(draft))
    }

    /// Writes a file apart, to be taken among the others later: several at a time can be
    /// written, and each is out of memory as soon as it is.
    ///
    /// # Errors
    /// [`WriteError`] where it cannot be written whole.
    pub fn draft(&self, name: &str, content: &[u8]) -> Result<Draft, WriteError> {
        self.draft_by(name, |to| to.write_all(content))
    }

    /// The same of what is not in memory as a whole.
    pub(super) fn draft_by(
        &self,
        name: &str,
        writing: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<Draft, WriteError> {
        let staged = Staging::new(&self.path).and_then(|mut staging| {
            writing(&mut staging)?;
            staging.done()
        });
        let (file, bytes, sha256) = staged.map_err(failed(&self.path.join(name)))?;
        let name = name.to_owned();
        Ok(Draft {
            written: Written {
                name: name.clone(),
                bytes,
                sha256,
            },
            staged: Staged { name, file },
        })
    }

    /// Takes a draft of this folder among the files that appear.
    pub fn take(&mut self, draft: Draft) -> Written {
        self.staged.push(draft.staged);
        draft.written
    }

    /// Lets all files appear, in the order in which they were staged. Where a card is
    /// among them, that of an earlier run goes first, so that it never stands beside
    /// other figures.
    ///
    /// # Errors
    /// [`WriteError`] where a file cannot take its place; files that already
    /// took theirs are removed again.
    pub fn publish(self) -> Result<(), WriteError> {
        let card = self.path.join(CARD);
        self.check_places()?;
        let replaced = self.staged.iter().any(|staged| staged.name == CARD);
        if replaced && card.exists() {
            std::fs::remove_file(&card).map_err(failed(&card))?;
        }
        self.place()
    }

    /// Nothing of an earlier report goes before all of this one can take its place.
    fn check_places(&self) -> Result<(), WriteError> {
        for staged in &self.staged {
            let place = self.path.join(&staged.name);
            if place.is_dir() {
                return Err(failed(&place)(std::io::ErrorKind::IsADirectory.into()));
            }
        }
        Ok(())
    }

    fn place(mut self) -> Result<(), WriteError> {
        let mut placed: Vec<PathBuf> = Vec::new();
        for staged in std::mem::take(&mut self.staged) {
            let place = self.path.join(&staged.name);
            if let Err(error) = staged.file.persist(&place) {
                for path in placed {
                    // The error that is told is the first one.
                    let _ = std::fs::remove_file(path);
                }
                return Err(WriteError {
                    path: place,
                    source: error.error,
                });
            }
            placed.push(place);
        }
        self.made.clear();
        sync_folder(&self.path).map_err(failed(&self.path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        self.staged.clear();
        for made in self.made.iter().rev() {
            // Only an empty folder goes; somebody else may have used it meanwhile.
            let _ = std::fs::remove_dir(made);
        }
    }
}

/// A file while it is written, with its size and SHA-256 so far.
struct Staging {
    file: BufWriter<NamedTempFile>,
    bytes: u64,
    hash: Sha256,
}

impl Staging {
    fn new(folder: &Path) -> io::Result<Self> {
        let file = tempfile::Builder::new()
            .prefix(".living-circle-")
            .permissions_of_new_files()
            .tempfile_in(folder)?;
        Ok(Self {
            file: BufWriter::new(file),
            bytes: 0,
            hash: Sha256::new(),
        })
    }

    /// The file once all of it is on the disk.
    fn done(self) -> io::Result<(NamedTempFile, u64, String)> {
        let file = self.file.into_inner()?;
        file.as_file().sync_all()?;
        Ok((file, self.bytes, hex(&self.hash.finalize())))
    }
}

impl Write for Staging {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.file.write(bytes)?;
        self.bytes += count as u64;
        self.hash.update(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> std::io::Result<()> {
    std::fs::File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> std::io::Result<()> {
    // A folder cannot be opened as a file there; renames are journaled.
    Ok(())
}

/// Temporary files are private by default; finished ones are for everybody whom
/// the folder lets in.
pub(super) trait Permissions {
    fn permissions_of_new_files(&mut self) -> &mut Self;
}

impl Permissions for tempfile::Builder<'_, '_> {
    #[cfg(unix)]
    fn permissions_of_new_files(&mut self) -> &mut Self {
        use std::os::unix::fs::PermissionsExt as _;
        // The process's umask is applied to it.
        self.permissions(std::fs::Permissions::from_mode(0o666))
    }

    #[cfg(not(unix))]
    fn permissions_of_new_files(&mut self) -> &mut Self {
        self
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn files_appear_together() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("a/b");
        let mut folder = Folder::open(&path).unwrap();
        let written = folder.stage("x.csv", b"abc").unwrap();
        assert_eq!(
            written.sha256,
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert!(!path.join("x.csv").exists());
        folder.publish().unwrap();
        assert_eq!(names(&path), ["x.csv"]);
    }

    #[test]
    fn a_card_is_left_to_the_report_that_it_belongs_to() {
        let home = tempfile::tempdir().unwrap();
        std::fs::write(home.path().join(CARD), "old").unwrap();
        let mut folder = Folder::open(home.path()).unwrap();
        folder.stage("walks.geojson", b"abc").unwrap();
        folder.publish().unwrap();
        assert_eq!(names(home.path()), [CARD, "walks.geojson"]);
    }

    #[test]
    fn nothing_is_left_of_what_was_not_published() {
        let home = tempfile::tempdir().unwrap();
        let mut folder = Folder::open(&home.path().join("a/b")).unwrap();
        folder.stage("x.csv", b"abc").unwrap();
        drop(folder);
        assert!(names(home.path()).is_empty());
    }

    #[test]
    fn a_publish_that_must_fail_leaves_an_earlier_report_alone() {
        let home = tempfile::tempdir().unwrap();
        std::fs::write(home.path().join(CARD), "old").unwrap();
        // A folder stands where a file should appear.
        std::fs::create_dir_all(home.path().join("y.csv/full")).unwrap();
        let mut folder = Folder::open(home.path()).unwrap();
        folder.stage("x.csv", b"abc").unwrap();
        folder.stage("y.csv", b"abc").unwrap();
        assert!(folder.publish().is_err());
        // The earlier report is untouched.
        assert_eq!(names(home.path()), [CARD, "y.csv"]);
    }
}
