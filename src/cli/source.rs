//! Files as they are typed.

use std::path::Path;

use crate::frame::UnknownFrame;
use crate::table::Source;

/// A path that may name a part and a frame, where there is one.
pub(super) fn typed(path: Option<&Path>) -> Result<Option<Source>, UnknownFrame> {
    path.map(|path| Source::typed(path.as_os_str())).transpose()
}
