//! All occurrences of wanted objects, and the one of each id that counts.

use std::cmp::Reverse;

use rayon::slice::ParallelSliceMut;

use super::block::{Object, objects};
use super::fault::Fault;
use super::model::{Member, MemberKind, Tags};
use crate::notice::{Notice, Notices};
use crate::plane::LonLat;

/// An object as it stands somewhere in the file. Of one id the smallest
/// occurrence counts: the newest version, deleted before visible, then by
/// content, so that the choice does not depend on the order of the file.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Occurrence<T> {
    pub id: i64,
    version: Reverse<i32>,
    content: Option<T>,
}

/// A way's tags and node ids.
pub(super) type WayContent = (Tags, Box<[i64]>);
/// A relation's tags and what its area is made of.
pub(super) type RelationContent = (Tags, Box<[Member]>);
/// A node's place and tags.
pub(super) type NodeContent = (LonLat, Tags);

/// A way as it stands in a block.
pub(super) fn way(
    id: i64,
    version: i32,
    visible: bool,
    tags: &[(&str, &str)],
    refs: &[i64],
) -> Occurrence<WayContent> {
    Occurrence {
        id,
        version: Reverse(version),
        content: visible.then(|| (Tags::new(tags.iter().copied()), refs.into())),
    }
}

/// Every occurrence of the ways in `ids`, which ascend.
pub(super) fn ways(bytes: &[u8], ids: &[i64]) -> Result<Vec<Occurrence<WayContent>>, Fault> {
    let mut found = Vec::new();
    objects(bytes, |object| {
        if let Object::Way {
            id,
            version,
            visible,
            tags,
            refs,
        } = object
            && ids.binary_search(&id).is_ok()
        {
            found.push(way(id, version, visible, tags, refs));
        }
    })?;
    Ok(found)
}

/// A relation as it stands in a block, without the members that draw nothing.
pub(super) fn relation(
    id: i64,
    version: i32,
    visible: bool,
    tags: &[(&str, &str)],
    members: &[(MemberKind, i64, &str)],
) -> Occurrence<RelationContent> {
    let drawing = members.iter().filter(|(kind, _, role)| kind.draws(role));
    let members = drawing.map(|&(kind, id, role)| Member {
        kind,
        id,
        role: role.to_owned(),
    });
    Occurrence {
        id,
        version: Reverse(version),
        content: visible.then(|| (Tags::new(tags.iter().copied()), members.collect())),
    }
}

/// Every occurrence of the relations in `ids`, which ascend.
pub(super) fn relations(
    bytes: &[u8],
    ids: &[i64],
) -> Result<Vec<Occurrence<RelationContent>>, Fault> {
    let mut found = Vec::new();
    objects(bytes, |object| {
        if let Object::Relation {
            id,
            version,
            visible,
            tags,
            members,
        } = object
            && ids.binary_search(&id).is_ok()
        {
            found.push(relation(id, version, visible, tags, members));
        }
    })?;
    Ok(found)
}

/// Occurrences of nodes: places of all that are wanted, tags of those that are
/// wanted for them.
#[derive(Default)]
pub(super) struct Nodes {
    pub places: Vec<Occurrence<LonLat>>,
    pub tagged: Vec<Occurrence<NodeContent>>,
}

/// Every occurrence of the nodes in `refs` or `tagged`, which ascend.
pub(super) fn nodes(bytes: &[u8], refs: &[i64], tagged: &[i64]) -> Result<Nodes, Fault> {
    let mut found = Nodes::default();
    objects(bytes, |object| {
        let Object::Node {
            id,
            version,
            at,
            tags,
        } = object
        else {
            return;
        };
        let version = Reverse(version);
        let for_tags = tagged.binary_search(&id).is_ok();
        if for_tags {
            found.tagged.push(Occurrence {
                id,
                version,
                content: at.map(|at| (at, Tags::new(tags.iter().copied()))),
            });
        }
        if for_tags || refs.binary_search(&id).is_ok() {
            found.places.push(Occurrence {
                id,
                version,
                content: at,
            });
        }
    })?;
    Ok(found)
}

/// The occurrence of each id that counts, by id, without those that are
/// deleted. The others are noted as duplicates of `kind`.
pub(super) fn newest<T: Ord + Send>(
    mut occurrences: Vec<Occurrence<T>>,
    kind: &str,
    notices: &mut Notices,
) -> Vec<(i64, T)> {
    occurrences.par_sort_unstable();
    occurrences.dedup_by(|later, first| {
        let same = later.id == first.id;
        if same {
            notices.note(Notice::DuplicateObjects, format!("{kind} {}", first.id));
        }
        same
    });
    occurrences
        .into_iter()
        .filter_map(|occurrence| Some((occurrence.id, occurrence.content?)))
        .collect()
}
