//! Going through the blocks of a file, several at a time.

use std::io::{Read, Seek};

use rayon::prelude::*;

use super::error::OsmError;
use super::fault::Fault;
use super::framing::{Frame, Frames, MOST_DATA};

/// Some frames, and what comes after them: more, the end, or an error.
struct Batch {
    frames: Vec<Frame>,
    end: Option<Result<(), OsmError>>,
}

impl Batch {
    fn read(mut next: impl FnMut() -> Result<Option<Frame>, OsmError>) -> Self {
        let most = 4 * rayon::current_num_threads();
        let mut batch = Self {
            frames: Vec::new(),
            end: None,
        };
        let mut bytes = 0;
        while batch.end.is_none() && batch.frames.len() < most && bytes < MOST_DATA {
            match next() {
                Ok(Some(frame)) => {
                    bytes += frame.blob.len();
                    batch.frames.push(frame);
                }
                Ok(None) => batch.end = Some(Ok(())),
                Err(error) => batch.end = Some(Err(error)),
            }
        }
        batch
    }
}

/// Runs `work` on frames in parallel, a few at a time, and hands the results
/// over in the order of the file, while the next ones are worked on. Of several errors the
/// first in the file is returned, whatever the number of threads.
pub(super) fn in_batches<S: Read + Seek + Send, T: Send>(
    frames: &mut Frames<S>,
    mut next: impl FnMut(&mut Frames<S>) -> Result<Option<Frame>, OsmError> + Send,
    work: impl Fn(&Frame) -> Result<T, Fault> + Sync,
    mut take: impl FnMut(&Frame, T) + Send,
) -> Result<(), OsmError> {
    let mut done: Vec<(Frame, Result<T, Fault>)> = Vec::new();
    let mut batch = Batch::read(|| next(frames));
    loop {
        let ends = batch.end.is_some();
        let (results, following) = rayon::join(
            || -> Vec<_> { batch.frames.par_iter().with_max_len(1).map(&work).collect() },
            || {
                taken(&mut done, frames, &mut take)?;
                Ok((!ends).then(|| Batch::read(|| next(frames))))
            },
        );
        done = batch.frames.into_iter().zip(results).collect();
        if let Some(following) = following? {
            batch = following;
        } else {
            taken(&mut done, frames, &mut take)?;
            return batch.end.unwrap_or(Ok(()));
        }
    }
}

/// Hands results over, up to the first error.
fn taken<S: Read + Seek, T>(
    done: &mut Vec<(Frame, Result<T, Fault>)>,
    frames: &Frames<S>,
    take: &mut impl FnMut(&Frame, T),
) -> Result<(), OsmError> {
    for (frame, result) in done.drain(..) {
        let result = result.map_err(|fault| at_blob(frames, frame.at, fault));
        take(&frame, result?);
    }
    Ok(())
}

pub(super) fn at_blob<S: Read + Seek>(frames: &Frames<S>, byte: u64, fault: Fault) -> OsmError {
    OsmError::Blob {
        file: frames.file().to_owned(),
        byte,
        fault,
    }
}

/// [`in_batches`] over the blocks that begin at these bytes.
pub(super) fn again<S: Read + Seek + Send, T: Send>(
    frames: &mut Frames<S>,
    mut starts: impl Iterator<Item = u64> + Send,
    work: impl Fn(&Frame) -> Result<T, Fault> + Sync,
    take: impl FnMut(&Frame, T) + Send,
) -> Result<(), OsmError> {
    let next = |frames: &mut Frames<S>| starts.next().map_or(Ok(None), |at| frames.frame_at(at));
    in_batches(frames, next, work, take)
}
