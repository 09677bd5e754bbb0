//! Writing to the terminal: data to stdout, everything else to stderr. A closed
//! pipe is no error.

use std::io::{self, Write as _};

use crate::report::shown;

/// Writes a text and a line end to stdout.
pub(super) fn say(text: &str) -> io::Result<()> {
    put(format!("{text}\n").as_bytes())
}

/// Writes bytes to stdout.
pub(super) fn put(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// Writes a line to stderr; what it quotes of a file does not steer the terminal.
pub(super) fn warn(text: &str) {
    // Nobody can be told that stderr is closed.
    let _ = writeln!(io::stderr().lock(), "{}", shown(text));
}
