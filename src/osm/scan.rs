//! The first look at a block: what of it is kept, and where its ids lie.

use super::block::{Object, objects};
use super::fault::Fault;
use super::gather::{NodeContent, Occurrence, RelationContent, WayContent, relation, way};
use super::model::{Keep, Tags, draws_area};
use crate::notice::{Notice, Notices};
use crate::plane::LonLat;

/// The smallest and the largest of some ids.
#[derive(Clone, Copy)]
pub(super) struct Span {
    pub min: i64,
    pub max: i64,
}

impl Span {
    fn stretch(span: &mut Option<Self>, id: i64) {
        let Self { min, max } = span.unwrap_or(Self { min: id, max: id });
        *span = Some(Self {
            min: min.min(id),
            max: max.max(id),
        });
    }

    /// Whether one of `ids`, which ascend, lies within.
    pub fn meets(self, ids: &[i64]) -> bool {
        let from = ids.partition_point(|id| *id < self.min);
        ids.get(from).is_some_and(|id| *id <= self.max)
    }
}

/// What a block holds.
pub(super) struct Scanned {
    pub nodes: Option<Span>,
    pub ways: Option<Span>,
    /// Whether the ids of its ways ascend and none repeats.
    pub ways_ascend: bool,
    pub kept_ways: Vec<Occurrence<WayContent>>,
    pub relations: Option<Span>,
    /// Whether the ids of its relations ascend and none repeats.
    pub relations_ascend: bool,
    pub kept_relations: Vec<Occurrence<RelationContent>>,
    /// Relations that draw areas of no interest, of which kept ones may be made.
    pub other_areas: Vec<i64>,
    /// Whether the ids of its nodes ascend and none repeats.
    pub nodes_ascend: bool,
    /// Where its nodes are, as they come.
    pub places: Vec<(i64, LonLat)>,
    /// The nodes that are kept for their tags.
    pub kept_nodes: Vec<(i64, NodeContent)>,
    pub notices: Notices,
}

/// Looks through an inflated data block.
pub(super) fn scan(bytes: &[u8], keep: &dyn Keep) -> Result<Scanned, Fault> {
    let mut found = Scanned {
        nodes: None,
        ways: None,
        ways_ascend: true,
        kept_ways: Vec::new(),
        relations: None,
        relations_ascend: true,
        kept_relations: Vec::new(),
        other_areas: Vec::new(),
        nodes_ascend: true,
        places: Vec::new(),
        kept_nodes: Vec::new(),
        notices: Notices::default(),
    };
    objects(bytes, |object| match object {
        Object::Node { id, at, tags, .. } => {
            found.nodes_ascend &= found.nodes.is_none_or(|span| span.max < id);
            Span::stretch(&mut found.nodes, id);
            let Some(at) = at else {
                found.deleted("node", id);
                return;
            };
            found.places.push((id, at));
            if !tags.is_empty() && keep.node(&tags) {
                let tags = Tags::new(tags.iter().copied());
                found.kept_nodes.push((id, (at, tags)));
            }
        }
        Object::Way {
            id,
            version,
            visible,
            tags,
            refs,
        } => {
            found.ways_ascend &= found.ways.is_none_or(|span| span.max < id);
            Span::stretch(&mut found.ways, id);
            if !visible {
                found.deleted("way", id);
            } else if !tags.is_empty() && keep.way(&tags) {
                found.kept_ways.push(way(id, version, visible, tags, refs));
            }
        }
        Object::Relation {
            id,
            version,
            visible,
            tags,
            members,
        } => {
            found.relations_ascend &= found.relations.is_none_or(|span| span.max < id);
            Span::stretch(&mut found.relations, id);
            if !visible {
                found.deleted("relation", id);
            } else if !draws_area(&tags) {
                let place = format!("relation {id}");
                found.notices.note(Notice::RelationsNotRead, place);
            } else if keep.relation(&tags) {
                let kept = relation(id, version, visible, tags, members);
                found.kept_relations.push(kept);
            } else {
                found.other_areas.push(id);
            }
        }
    })?;
    Ok(found)
}

impl Scanned {
    fn deleted(&mut self, kind: &str, id: i64) {
        self.notices
            .note(Notice::DeletedObjects, format!("{kind} {id}"));
    }
}
