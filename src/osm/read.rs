//! Reading an extract in two passes: what is kept, then where its nodes are.

use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek};
use std::path::Path;

use rayon::prelude::*;

use super::error::OsmError;
use super::fault::Fault;
use super::framing::{BlobKind, Frame, Frames, MOST_DATA};
use super::gather::{self, Nodes, Occurrence, WayContent, newest};
use super::header::header;
use super::inflate::inflate;
use super::model::{Extract, Header, Keep, Node, NodeIndex, Way};
use super::scan::{Span, scan};
use crate::notice::{Notice, Notices};
use crate::plane::LonLat;
use crate::progress::{Progress, Stage};

/// Reads what `keep` wants of an `.osm.pbf` file, and the nodes its ways use.
///
/// The file is read twice; the memory needed follows what is kept. The result
/// does not depend on the order of the objects or the number of threads.
///
/// # Errors
/// Where the file cannot be read, is no sound `.osm.pbf`, or needs a feature or
/// a compression that is not known here.
pub fn read(
    path: &Path,
    keep: &dyn Keep,
    progress: &dyn Progress,
) -> Result<(Extract, Notices), OsmError> {
    let file = path.display().to_string();
    match File::open(path) {
        Ok(source) => read_source(&file, BufReader::new(source), keep, progress),
        Err(source) => Err(OsmError::Io { file, source }),
    }
}

/// Reads the bytes of an `.osm.pbf`, as [`read`] does; errors call it `name`.
///
/// # Errors
/// As [`read`].
pub fn read_bytes(
    name: &str,
    bytes: &[u8],
    keep: &dyn Keep,
    progress: &dyn Progress,
) -> Result<(Extract, Notices), OsmError> {
    read_source(name, Cursor::new(bytes), keep, progress)
}

fn read_source<S: Read + Seek>(
    file: &str,
    source: S,
    keep: &dyn Keep,
    progress: &dyn Progress,
) -> Result<(Extract, Notices), OsmError> {
    let mut frames = Frames::new(file, source)?;
    progress.begin(Stage::Read, 2 * frames.size());
    let result = passes(&mut frames, keep, progress);
    progress.end();
    result
}

fn passes<S: Read + Seek>(
    frames: &mut Frames<S>,
    keep: &dyn Keep,
    progress: &dyn Progress,
) -> Result<(Extract, Notices), OsmError> {
    let mut notices = Notices::default();
    let mut first = first_pass(frames, keep, progress, &mut notices)?;
    if !first.ways_ascend {
        first.kept_ways = all_occurrences(frames, &first)?;
    }
    let ways = newest(first.kept_ways, "way", &mut notices);
    let ways = ways
        .into_iter()
        // Where ids repeat, the newest version may be one that is not kept.
        .filter(|(_, (tags, _))| !tags.is_empty() && keep.way(tags))
        .collect::<Vec<_>>();
    let refs = ascending(
        ways.iter()
            .flat_map(|(_, (_, refs))| refs.iter().copied())
            .collect(),
    );
    let tagged = ascending(first.kept_nodes);

    let found = second_pass(frames, &first.blobs, &refs, &tagged, progress)?;
    let mut places = newest(found.places, "node", &mut notices);
    let mut nodes = newest(found.tagged, "node", &mut Notices::default());
    nodes.retain(|(_, (_, tags))| !tags.is_empty() && keep.node(tags));
    places.retain(|(id, _)| {
        refs.binary_search(id).is_ok() || nodes.binary_search_by_key(id, |(id, _)| *id).is_ok()
    });
    if places.len() >= NodeIndex::MISSING.0 as usize {
        return Err(OsmError::TooManyNodes {
            file: frames.file().to_owned(),
            count: places.len(),
        });
    }
    drop(refs);
    Ok((
        extract(first.header, places, nodes, ways, &mut notices),
        notices,
    ))
}

/// Where a block is, and which ids it holds.
struct Blob {
    at: u64,
    nodes: Option<Span>,
    ways: Option<Span>,
}

/// What the first pass finds.
#[derive(Default)]
struct First {
    header: Header,
    blobs: Vec<Blob>,
    kept_ways: Vec<Occurrence<WayContent>>,
    /// Whether the ids of all ways ascend, so that none repeats.
    ways_ascend: bool,
    kept_nodes: Vec<i64>,
}

fn first_pass<S: Read + Seek>(
    frames: &mut Frames<S>,
    keep: &dyn Keep,
    progress: &dyn Progress,
    notices: &mut Notices,
) -> Result<First, OsmError> {
    let mut first = First {
        ways_ascend: true,
        ..First::default()
    };
    let mut last_way = None;
    if let Some(frame) = frames.next()? {
        first.header = inflate(&frame.blob)
            .and_then(|bytes| header(&bytes, frames.file(), notices))
            .map_err(|fault| at_blob(frames, frame.at, fault))?;
        progress.advance(frame.end - frame.at);
    }
    in_batches(
        frames,
        Frames::next,
        |frame| match frame.kind {
            BlobKind::Data => scan(&inflate(&frame.blob)?, keep).map(Some),
            BlobKind::Header | BlobKind::Unknown => Ok(None),
        },
        |frame, scanned| {
            progress.advance(frame.end - frame.at);
            let Some(scanned) = scanned else {
                notices.note(Notice::UnknownBlobs, format!("byte {}", frame.at));
                return;
            };
            if let Some(span) = scanned.ways {
                first.ways_ascend &=
                    scanned.ways_ascend && last_way.is_none_or(|last| last < span.min);
                last_way = Some(span.max);
            }
            first.kept_ways.extend(scanned.kept_ways);
            first.kept_nodes.extend(scanned.kept_nodes);
            notices.absorb(scanned.notices);
            first.blobs.push(Blob {
                at: frame.at,
                nodes: scanned.nodes,
                ways: scanned.ways,
            });
        },
    )?;
    Ok(first)
}

/// Every occurrence of the ways that the first pass kept in some version.
fn all_occurrences<S: Read + Seek>(
    frames: &mut Frames<S>,
    first: &First,
) -> Result<Vec<Occurrence<WayContent>>, OsmError> {
    let ids = ascending(first.kept_ways.iter().map(|way| way.id).collect());
    let mut blobs = first
        .blobs
        .iter()
        .filter(|blob| blob.ways.is_some_and(|span| span.meets(&ids)));
    let mut found = Vec::new();
    in_batches(
        frames,
        |frames| {
            blobs
                .next()
                .map_or(Ok(None), |blob| frames.frame_at(blob.at))
        },
        |frame| gather::ways(&inflate(&frame.blob)?, &ids),
        |_, ways| found.extend(ways),
    )?;
    Ok(found)
}

fn second_pass<S: Read + Seek>(
    frames: &mut Frames<S>,
    blobs: &[Blob],
    refs: &[i64],
    tagged: &[i64],
    progress: &dyn Progress,
) -> Result<Nodes, OsmError> {
    let mut blobs = blobs.iter().filter(|blob| {
        blob.nodes
            .is_some_and(|span| span.meets(refs) || span.meets(tagged))
    });
    let mut found = Nodes::default();
    let mut done = 0;
    in_batches(
        frames,
        |frames| {
            blobs
                .next()
                .map_or(Ok(None), |blob| frames.frame_at(blob.at))
        },
        |frame| gather::nodes(&inflate(&frame.blob)?, refs, tagged),
        |frame, nodes| {
            found.places.extend(nodes.places);
            found.tagged.extend(nodes.tagged);
            progress.advance(frame.end - done);
            done = frame.end;
        },
    )?;
    progress.advance(frames.size() - done);
    Ok(found)
}

/// Runs `work` on frames in parallel, a few at a time, and hands the results
/// over in the order of the file. Of several errors the first in the file is
/// returned, whatever the number of threads.
fn in_batches<S: Read + Seek, T: Send>(
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

fn at_blob<S: Read + Seek>(frames: &Frames<S>, byte: u64, fault: Fault) -> OsmError {
    OsmError::Blob {
        file: frames.file().to_owned(),
        byte,
        fault,
    }
}

fn ascending(mut ids: Vec<i64>) -> Vec<i64> {
    ids.par_sort_unstable();
    ids.dedup();
    ids
}

/// Numbers the nodes by id and lets ways and tags refer to the numbers.
fn extract(
    header: Header,
    places: Vec<(i64, LonLat)>,
    nodes: Vec<(i64, gather::NodeContent)>,
    ways: Vec<(i64, WayContent)>,
    notices: &mut Notices,
) -> Extract {
    let (node_ids, node_at): (Vec<i64>, Vec<LonLat>) = places.into_iter().unzip();
    let index = |id: &i64| {
        node_ids
            .binary_search(id)
            .map_or(NodeIndex::MISSING, |at| NodeIndex(at as u32))
    };
    let nodes = nodes
        .into_iter()
        .map(|(id, (_, tags))| Node {
            index: index(&id),
            tags,
        })
        .collect();
    let ways = ways
        .into_iter()
        .map(|(id, (tags, refs))| {
            let nodes: Box<[NodeIndex]> = refs.iter().map(index).collect();
            let missing = nodes.iter().filter(|node| **node == NodeIndex::MISSING);
            notices.add(
                Notice::MissingNodes,
                missing.count() as u64,
                format!("way {id}"),
            );
            Way { id, tags, nodes }
        })
        .collect();
    Extract {
        header,
        node_ids,
        node_at,
        nodes,
        ways,
    }
}
