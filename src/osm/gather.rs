//! All occurrences of wanted objects, and the one of each id that counts.

use std::cmp::Reverse;

use rayon::slice::ParallelSliceMut;

use super::block::{Object, gathered};
use super::fault::Fault;
use super::model::{Member, MemberKind, Tags};
use super::refs::KeptRefs;
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
pub(super) type WayContent = (Tags, KeptRefs);
/// A relation's tags and what its area is made of.
pub(super) type RelationContent = (Tags, Box<[Member]>);
/// A node's place and tags.
pub(super) type NodeContent = (LonLat, Tags);

/// A way as it stands in a block; without content where it is deleted.
pub(super) fn way(id: i64, version: i32, content: Option<WayContent>) -> Occurrence<WayContent> {
    Occurrence {
        id,
        version: Reverse(version),
        content,
    }
}

/// Every occurrence of the ways in `ids`, which ascend.
pub(super) fn ways(bytes: &[u8], ids: &[i64]) -> Result<Vec<Occurrence<WayContent>>, Fault> {
    gathered(bytes, Vec::new, |found, object| {
        if let Object::Way {
            id,
            version,
            visible,
            tags,
            refs,
        } = object
            && ids.binary_search(&id).is_ok()
        {
            let content = || (Tags::new(tags.pairs.iter().copied()), refs.kept());
            found.push(way(id, version, visible.then(content)));
        }
    })
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
    gathered(bytes, Vec::new, |found, object| {
        if let Object::Relation {
            id,
            version,
            visible,
            tags,
            members,
        } = object
            && ids.binary_search(&id).is_ok()
        {
            found.push(relation(id, version, visible, tags.pairs, members));
        }
    })
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
    let (mut refs, mut tagged) = (Sought::among(refs), Sought::among(tagged));
    gathered(bytes, Nodes::default, |found, object| {
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
        let for_tags = tagged.holds(id);
        if for_tags {
            found.tagged.push(Occurrence {
                id,
                version,
                content: at.map(|at| (at, Tags::new(tags.pairs.iter().copied()))),
            });
        }
        if refs.holds(id) || for_tags {
            found.places.push(Occurrence {
                id,
                version,
                content: at,
            });
        }
    })
}

/// Ascending ids among which others are looked up, which mostly ascend too.
pub(super) struct Sought<'a> {
    ids: &'a [i64],
    /// None before is as large as the one that was looked up last.
    at: usize,
}

impl<'a> Sought<'a> {
    /// Ids to be looked for among these.
    pub fn among(ids: &'a [i64]) -> Self {
        Self { ids, at: 0 }
    }

    /// Whether this one is there.
    pub fn holds(&mut self, id: i64) -> bool {
        if self.at > 0 && self.ids[self.at - 1] >= id {
            self.at = 0;
        }
        // In steps that double, as the first id of a block may be far ahead.
        let rest = &self.ids[self.at..];
        let mut step = 1;
        while rest.get(step - 1).is_some_and(|&next| next < id) {
            step *= 2;
        }
        let (from, to) = (step / 2, step.min(rest.len()));
        self.at += from + rest[from..to].partition_point(|&next| next < id);
        self.ids.get(self.at) == Some(&id)
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_found_in_whatever_order_they_are_looked_up() {
        let mut random = 7_u64;
        let mut next = |below: u64| {
            random = random
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            ((random >> 33) % below) as i64
        };
        for many in [0, 1, 2, 3, 50, 400] {
            let mut ids: Vec<i64> = (0..many).map(|_| next(1_000) - 500).collect();
            ids.sort_unstable();
            ids.dedup();
            let mut sought = Sought::among(&ids);
            let mut asked: Vec<i64> = (0..300).map(|_| next(1_200) - 600).collect();
            asked[100..].sort_unstable();
            for id in asked {
                assert_eq!(sought.holds(id), ids.binary_search(&id).is_ok(), "{id}");
            }
        }
    }
}
