//! What stands in a file: made in memory, or written piece by piece, so that a file may be
//! larger than the memory of the machine.

use std::io::{self, Write};
use std::ops::Range;

use rayon::prelude::*;

/// Rows of a piece: enough to be worth a thread's while.
const PIECE: usize = 256;

/// Pieces that are in memory at once.
const AT_ONCE: usize = 32;

/// What writes a file.
type Writing<'a> = Box<dyn Fn(&mut dyn Write) -> io::Result<()> + Sync + 'a>;

/// The content of a file before it is written.
pub(super) enum Content<'a> {
    /// Made in memory.
    Whole(Vec<u8>),
    /// Written piece by piece.
    Pieces(Writing<'a>),
}

impl<'a> Content<'a> {
    /// What is written piece by piece.
    pub fn pieces(writing: impl Fn(&mut dyn Write) -> io::Result<()> + Sync + 'a) -> Self {
        Self::Pieces(Box::new(writing))
    }

    /// Writes it.
    pub fn write(&self, to: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Whole(bytes) => to.write_all(bytes),
            Self::Pieces(writing) => writing(to),
        }
    }

    /// All of it.
    pub fn bytes(self) -> Vec<u8> {
        match self {
            Self::Whole(bytes) => bytes,
            Self::Pieces(writing) => in_memory(writing),
        }
    }
}

/// What is written, as a whole.
pub(super) fn in_memory(writing: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Vec<u8> {
    let mut bytes = Vec::new();
    // Writing to memory does not fail.
    let _ = writing(&mut bytes);
    bytes
}

/// Writes rows from the first to the last. They are made piece by piece by all threads, and
/// few pieces are there at once.
pub(super) fn in_order(
    to: &mut dyn Write,
    rows: usize,
    piece: impl Fn(Range<usize>) -> Vec<u8> + Sync,
) -> io::Result<()> {
    let starts: Vec<usize> = (0..rows).step_by(PIECE).collect();
    for starts in starts.chunks(AT_ONCE) {
        let pieces: Vec<Vec<u8>> = starts
            .par_iter()
            .map(|&start| piece(start..rows.min(start + PIECE)))
            .collect();
        for piece in pieces {
            to.write_all(&piece)?;
        }
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_written_in_their_order() {
        for rows in [0, 1, PIECE, PIECE + 1, 3 * PIECE * AT_ONCE + 7] {
            let line = |row: usize| format!("{row}\n");
            let piece = |rows: Range<usize>| rows.map(line).collect::<String>().into_bytes();
            let written = in_memory(|to| in_order(to, rows, piece));
            let expected: String = (0..rows).map(line).collect();
            assert_eq!(String::from_utf8(written).unwrap(), expected);
        }
    }
}
