//! Going through the blocks of a file, several at a time.

use std::io::{Read, Seek};

use rayon::prelude::*;

use super::error::OsmError;
use super::fault::Fault;
use super::framing::{Frame, Frames, MOST_DATA};

/// Runs `work` on frames in parallel, a few at a time, and hands the results
/// over in the order of the file. Of several errors the first in the file is
/// returned, whatever the number of threads.
pub(super) fn in_batches<S: Read + Seek, T: Send>(
    frames: &mut Frames<S>,
    mut next: impl FnMut(&mut Frames<S>) -> Result<Option<Frame>, OsmError>,
    work: impl Fn(&Frame) -> Result<T, Fault> + Sync,
    mut take: impl FnMut(&Frame, T),
) -> Result<(), OsmError> {
    let most = 4 * rayon::current_num_threads();
    loop {
        let mut batch = Vec::new();
        let mut bytes = 0;
        let mut end = None;
        while end.is_none() && batch.len() < most && bytes < MOST_DATA {
            match next(frames) {
                Ok(Some(frame)) => {
                    bytes += frame.blob.len();
                    batch.push(frame);
                }
                Ok(None) => end = Some(Ok(())),
                Err(error) => end = Some(Err(error)),
            }
        }
        let results: Vec<_> = batch.par_iter().with_max_len(1).map(&work).collect();
        for (frame, result) in batch.iter().zip(results) {
            take(
                frame,
                result.map_err(|fault| at_blob(frames, frame.at, fault))?,
            );
        }
        if let Some(end) = end {
            return end;
        }
    }
}

pub(super) fn at_blob<S: Read + Seek>(frames: &Frames<S>, byte: u64, fault: Fault) -> OsmError {
    OsmError::Blob {
        file: frames.file().to_owned(),
        byte,
        fault,
    }
}

/// [`in_batches`] over the blocks that begin at these bytes.
pub(super) fn again<S: Read + Seek, T: Send>(
    frames: &mut Frames<S>,
    mut starts: impl Iterator<Item = u64>,
    work: impl Fn(&Frame) -> Result<T, Fault> + Sync,
    take: impl FnMut(&Frame, T),
) -> Result<(), OsmError> {
    let next = |frames: &mut Frames<S>| starts.next().map_or(Ok(None), |at| frames.frame_at(at));
    in_batches(frames, next, work, take)
}
