//! Real extracts for tests: from the folder that `LIVING_CIRCLE_DATA` names,
//! else from `data/`.

use std::path::PathBuf;

/// A file of the data folder; where it is not there, the test says so and is skipped.
pub fn file(name: &str) -> Option<PathBuf> {
    let folder =
        std::env::var_os("LIVING_CIRCLE_DATA").map_or_else(|| "data".into(), PathBuf::from);
    let path = folder.join(name);
    if path.is_file() {
        return Some(path);
    }
    eprintln!("skipped: no {}", path.display());
    None
}
