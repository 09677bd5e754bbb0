//! Reading an extract: what is kept, then the ways of kept relations, then where
//! the nodes are.

use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek};
use std::path::Path;

use rayon::prelude::*;

use super::error::OsmError;
use super::framing::{BlobKind, Frames};
use super::gather::{self, Nodes, Occurrence, RelationContent, WayContent, newest};
use super::header::header;
use super::held::{FoundNodes, MOST_HELD, Places};
use super::inflate::inflate;
use super::model::{Extract, Header, Keep, MemberKind, NodeIndex, Relation, draws_area};
use super::numbers::numbered;
use super::scan::{Span, scan};
use super::visit::{again, at_blob, in_batches};
use crate::notice::{Notice, Notices};
use crate::progress::{Progress, Stage};

/// Reads what `keep` wants of an `.osm.pbf` file, the ways its relations are made
/// of, and the nodes its ways use.
///
/// The file is read once, and the blocks of the relations' ways once more, where the ids of
/// its nodes ascend and there are not too many to hold; else twice, and the memory
/// needed follows what is kept. The result does not depend on the order of the objects or
/// the number of threads.
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
        Ok(source) => read_source(&file, BufReader::new(source), keep, MOST_HELD, progress),
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
    read_source(name, Cursor::new(bytes), keep, MOST_HELD, progress)
}

/// Reads, holding at most so many nodes from the first pass.
pub(super) fn read_source<S: Read + Seek + Send>(
    file: &str,
    source: S,
    keep: &dyn Keep,
    most_held: usize,
    progress: &dyn Progress,
) -> Result<(Extract, Notices), OsmError> {
    let mut frames = Frames::new(file, source)?;
    progress.begin(Stage::Read, 2 * frames.size());
    let result = passes(&mut frames, keep, most_held, progress);
    progress.end();
    result
}

fn passes<S: Read + Seek + Send>(
    frames: &mut Frames<S>,
    keep: &dyn Keep,
    most_held: usize,
    progress: &dyn Progress,
) -> Result<(Extract, Notices), OsmError> {
    let mut notices = Notices::default();
    let mut first = first_pass(frames, keep, most_held, progress, &mut notices)?;
    let relations = relations(frames, &mut first, keep, &mut notices)?;
    let ways = ways(frames, &mut first, keep, &relations, &mut notices)?;
    let (places, nodes) = match first.nodes {
        FoundNodes::Held(held) => {
            progress.advance(frames.size());
            (held.places, held.tagged)
        }
        FoundNodes::Tagged(ids) => {
            let refs = ways.iter().flat_map(|(_, (_, refs))| refs.iter());
            let (refs, tagged) = (ascending(refs.collect()), ascending(ids));
            let found = second_pass(frames, &first.blobs, &refs, &tagged, progress)?;
            let places = newest(found.places, "node", &mut notices);
            let mut nodes = newest(found.tagged, "node", &mut Notices::default());
            nodes.retain(|(_, (_, tags))| !tags.is_empty() && keep.node(tags));
            (Places::from(places), nodes)
        }
    };
    if places.len() >= NodeIndex::MISSING.0 as usize {
        return Err(OsmError::TooManyNodes {
            file: frames.file().to_owned(),
            count: places.len(),
        });
    }
    let mut extract = numbered(places, nodes, ways, &mut notices);
    extract.header = first.header;
    extract.relations = relations
        .into_iter()
        .map(|(id, (tags, members))| Relation { id, tags, members })
        .collect();
    note_missing_members(&extract, &mut notices);
    Ok((extract, notices))
}

/// Where a block is, and which ids it holds.
struct Blob {
    at: u64,
    nodes: Option<Span>,
    ways: Option<Span>,
    relations: Option<Span>,
}

/// What the first pass finds.
#[derive(Default)]
struct First {
    header: Header,
    blobs: Vec<Blob>,
    kept_ways: Vec<Occurrence<WayContent>>,
    /// Whether the ids of all ways ascend, so that none repeats.
    ways_ascend: bool,
    kept_relations: Vec<Occurrence<RelationContent>>,
    other_areas: Vec<i64>,
    /// Whether the ids of all relations ascend, so that none repeats.
    relations_ascend: bool,
    nodes: FoundNodes,
}

fn first_pass<S: Read + Seek + Send>(
    frames: &mut Frames<S>,
    keep: &dyn Keep,
    most_held: usize,
    progress: &dyn Progress,
    notices: &mut Notices,
) -> Result<First, OsmError> {
    let mut first = First {
        nodes: FoundNodes::holding(most_held),
        ways_ascend: true,
        relations_ascend: true,
        ..First::default()
    };
    let (mut last_way, mut last_relation) = (None, None);
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
            if let Some(span) = scanned.relations {
                first.relations_ascend &=
                    scanned.relations_ascend && last_relation.is_none_or(|last| last < span.min);
                last_relation = Some(span.max);
            }
            first.kept_ways.extend(scanned.kept_ways);
            first.kept_relations.extend(scanned.kept_relations);
            first.other_areas.extend(scanned.other_areas);
            let scanned_nodes = (scanned.nodes, scanned.nodes_ascend);
            first
                .nodes
                .add(scanned_nodes, scanned.places, scanned.kept_nodes);
            notices.absorb(scanned.notices);
            first.blobs.push(Blob {
                at: frame.at,
                nodes: scanned.nodes,
                ways: scanned.ways,
                relations: scanned.relations,
            });
        },
    )?;
    Ok(first)
}

/// How deep relations may be made of relations; what lies deeper is not read.
const DEEPEST: usize = 8;

/// The relations that are kept, and those they are made of.
fn relations<S: Read + Seek + Send>(
    frames: &mut Frames<S>,
    first: &mut First,
    keep: &dyn Keep,
    notices: &mut Notices,
) -> Result<Vec<(i64, RelationContent)>, OsmError> {
    let mut occurrences = std::mem::take(&mut first.kept_relations);
    if !first.relations_ascend {
        let ids = ascending(occurrences.iter().map(|relation| relation.id).collect());
        occurrences = relation_occurrences(frames, &first.blobs, &ids)?;
    }
    let mut relations = newest(occurrences, "relation", notices);
    // Where ids repeat, the newest version may be one that is not kept.
    relations.retain(|(_, (tags, _))| draws_area(tags) && keep.relation(tags));
    let mut asked: Vec<i64> = relations.iter().map(|(id, _)| *id).collect();
    for _ in 0..DEEPEST {
        let mut ids = members(&relations, MemberKind::Relation);
        ids.retain(|id| asked.binary_search(id).is_err());
        if ids.is_empty() {
            break;
        }
        let parts = relation_occurrences(frames, &first.blobs, &ids)?;
        let mut parts = newest(parts, "relation", notices);
        parts.retain(|(_, (tags, _))| draws_area(tags));
        relations.append(&mut parts);
        asked.append(&mut ids);
        asked.sort_unstable();
    }
    relations.sort_unstable_by_key(|(id, _)| *id);
    for id in &first.other_areas {
        if relations.binary_search_by_key(id, |(id, _)| *id).is_err() {
            notices.note(Notice::RelationsNotRead, format!("relation {id}"));
        }
    }
    Ok(relations)
}

fn relation_occurrences<S: Read + Seek + Send>(
    frames: &mut Frames<S>,
    blobs: &[Blob],
    ids: &[i64],
) -> Result<Vec<Occurrence<RelationContent>>, OsmError> {
    let holds = |blob: &&Blob| blob.relations.is_some_and(|span| span.meets(ids));
    let mut found = Vec::new();
    again(
        frames,
        blobs.iter().filter(holds).map(|blob| blob.at),
        |frame| gather::relations(&inflate(&frame.blob)?, ids),
        |_, relations| found.extend(relations),
    )?;
    Ok(found)
}

/// The ids of all members of one kind, ascending.
fn members(relations: &[(i64, RelationContent)], kind: MemberKind) -> Vec<i64> {
    let members = relations.iter().flat_map(|(_, (_, members))| members);
    let of_kind = members.filter(|member| member.kind == kind);
    ascending(of_kind.map(|member| member.id).collect())
}

/// The ways that are kept, and those of the relations.
fn ways<S: Read + Seek + Send>(
    frames: &mut Frames<S>,
    first: &mut First,
    keep: &dyn Keep,
    relations: &[(i64, RelationContent)],
    notices: &mut Notices,
) -> Result<Vec<(i64, WayContent)>, OsmError> {
    let mut occurrences = std::mem::take(&mut first.kept_ways);
    let drawing = members(relations, MemberKind::Way);
    let known = ascending(occurrences.iter().map(|way| way.id).collect());
    let mut ids = drawing.clone();
    if first.ways_ascend {
        ids.retain(|id| known.binary_search(id).is_err());
    } else {
        // All occurrences of an id are needed to tell the newest.
        occurrences.clear();
        ids = ascending([ids, known].concat());
    }
    let holds = |blob: &&Blob| blob.ways.is_some_and(|span| span.meets(&ids));
    again(
        frames,
        first.blobs.iter().filter(holds).map(|blob| blob.at),
        |frame| gather::ways(&inflate(&frame.blob)?, &ids),
        |_, ways| occurrences.extend(ways),
    )?;
    let mut ways = newest(occurrences, "way", notices);
    // Where ids repeat, the newest version may be one that is not kept.
    ways.retain(|(id, (tags, _))| {
        drawing.binary_search(id).is_ok() || !tags.is_empty() && keep.way(tags)
    });
    Ok(ways)
}

fn second_pass<S: Read + Seek + Send>(
    frames: &mut Frames<S>,
    blobs: &[Blob],
    refs: &[i64],
    tagged: &[i64],
    progress: &dyn Progress,
) -> Result<Nodes, OsmError> {
    let holds = |blob: &&Blob| {
        blob.nodes
            .is_some_and(|span| span.meets(refs) || span.meets(tagged))
    };
    let mut found = Nodes::default();
    let mut done = 0;
    again(
        frames,
        blobs.iter().filter(holds).map(|blob| blob.at),
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

fn ascending(mut ids: Vec<i64>) -> Vec<i64> {
    ids.par_sort_unstable();
    ids.dedup();
    ids
}

fn note_missing_members(extract: &Extract, notices: &mut Notices) {
    for relation in &extract.relations {
        let missing = relation.members.iter().filter(|member| match member.kind {
            MemberKind::Way => extract.way(member.id).is_none(),
            _ => extract.relation(member.id).is_none(),
        });
        notices.add(
            Notice::MissingMembers,
            missing.count() as u64,
            format!("relation {}", relation.id),
        );
    }
}
