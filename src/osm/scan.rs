//! The first look at a block: what of it is kept, and where its ids lie.

use super::block::{Labels, Object, gathered};
use super::fault::Fault;
use super::gather::{NodeContent, Occurrence, RelationContent, WayContent, relation, way};
use super::held::Places;
use super::model::{Keep, Tags, draws_area};
use crate::notice::{Notice, Notices};

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
    pub places: Places,
    /// The nodes that are kept for their tags.
    pub kept_nodes: Vec<(i64, NodeContent)>,
    pub notices: Notices,
}

impl Default for Scanned {
    fn default() -> Self {
        Self {
            nodes: None,
            ways: None,
            ways_ascend: true,
            kept_ways: Vec::new(),
            relations: None,
            relations_ascend: true,
            kept_relations: Vec::new(),
            other_areas: Vec::new(),
            nodes_ascend: true,
            places: Places::default(),
            kept_nodes: Vec::new(),
            notices: Notices::default(),
        }
    }
}

/// What was found of lists of tags, so that it is found once however often they repeat.
struct ByList<T>(Vec<Option<T>>);

impl<T: Clone> ByList<T> {
    fn of(&mut self, tags: Labels, find: impl FnOnce(&[(&str, &str)]) -> T) -> T {
        let Some(list) = tags.list else {
            return find(tags.pairs);
        };
        let list = list as usize;
        if self.0.len() <= list {
            self.0.resize_with(list + 1, || None);
        }
        let found = self.0[list].get_or_insert_with(|| find(tags.pairs));
        found.clone()
    }
}

/// Looks through an inflated data block.
pub(super) fn scan(bytes: &[u8], keep: &dyn Keep) -> Result<Scanned, Fault> {
    let [mut keeps_node, mut keeps_way] = [const { ByList(Vec::new()) }; 2];
    let mut kept_tags = ByList(Vec::new());
    let mut kept = |tags: Labels| kept_tags.of(tags, |tags| Tags::new(tags.iter().copied()));
    gathered(bytes, Scanned::default, |found, object| match object {
        Object::Node { id, at, tags, .. } => {
            found.nodes_ascend &= found.nodes.is_none_or(|span| span.max < id);
            Span::stretch(&mut found.nodes, id);
            let Some(at) = at else {
                found.deleted("node", id);
                return;
            };
            found.places.push(id, at);
            if !tags.pairs.is_empty() && keeps_node.of(tags, |tags| keep.node(&tags)) {
                found.kept_nodes.push((id, (at, kept(tags))));
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
            } else if !tags.pairs.is_empty() && keeps_way.of(tags, |tags| keep.way(&tags)) {
                let content = Some((kept(tags), refs.kept()));
                found.kept_ways.push(way(id, version, content));
            }
        }
        Object::Relation {
            id,
            version,
            visible,
            tags: Labels { pairs: tags, .. },
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
    })
}

impl Scanned {
    fn deleted(&mut self, kind: &str, id: i64) {
        self.notices
            .note(Notice::DeletedObjects, format!("{kind} {id}"));
    }
}
