//! A single file that appears whole or not at all.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::folder::{Permissions as _, WriteError, failed};

/// A file that is written beside its place and renamed at the end. Dropped before
/// [`LoneFile::publish`], it leaves nothing behind.
pub struct LoneFile {
    path: PathBuf,
    file: NamedTempFile,
}

impl LoneFile {
    /// Begins a file in a folder that is there.
    ///
    /// # Errors
    /// [`WriteError`] where nothing can be written there, or a folder stands there.
    pub fn create(path: &Path) -> Result<Self, WriteError> {
        if path.is_dir() {
            return Err(failed(path)(io::ErrorKind::IsADirectory.into()));
        }
        let parent = path
            .parent()
            .filter(|parent| !parent.as_os_str().is_empty());
        let file = tempfile::Builder::new()
            .prefix(".living-circle-")
            .permissions_of_new_files()
            .tempfile_in(parent.unwrap_or(Path::new(".")))
            .map_err(failed(path))?;
        Ok(Self {
            path: path.to_owned(),
            file,
        })
    }

    /// Lets the file appear.
    ///
    /// # Errors
    /// [`WriteError`] where it cannot.
    pub fn publish(self) -> Result<(), WriteError> {
        self.file.as_file().sync_all().map_err(failed(&self.path))?;
        let persisted = self.file.persist(&self.path);
        persisted.map_err(|error| failed(&self.path)(error.error))?;
        Ok(())
    }
}

impl Write for LoneFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
