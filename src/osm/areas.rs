//! The areas that relations draw.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::model::{Extract, MemberKind, Relation, TagSet, Tags, Way};
use crate::notice::{Notice, Notices};
use crate::plane::rings::{Enclosed, Piece, enclosed};
use crate::plane::{Area, PolygonRings};

/// A relation and the area that it draws.
#[derive(Clone, Debug, PartialEq)]
pub struct RelationArea<'a> {
    /// OSM id.
    pub id: i64,
    /// Its tags; those that all its outer ways share, where it has none itself.
    pub tags: Cow<'a, Tags>,
    /// Its area. Outer rings touch at single places at most, holes lie inside.
    pub area: Area,
    /// Ids of the ways on its outer rings, ascending.
    pub outer_ways: Vec<i64>,
}

/// Whether a relation says nothing but that it is a multipolygon: by old custom
/// its outer ways then carry the tags.
pub fn tagged_on_ways(tags: &dyn TagSet) -> bool {
    let mut bare = tags.has("type", "multipolygon");
    tags.each(&mut |key, _| {
        bare &= ["type", "source", "created_by", "note", "fixme"].contains(&key);
    });
    bare
}

impl Extract {
    /// The ways that a relation is made of, itself or by the relations that it is
    /// made of: each once, by id, with whether every mention of it is as `inner`;
    /// and whether any member is missing.
    fn drawing_ways(&self, relation: &Relation) -> (Vec<(&Way, bool)>, bool) {
        let (mut mentions, mut missing) = (Vec::new(), false);
        let mut seen = BTreeSet::from([relation.id]);
        let mut open = vec![relation];
        while let Some(relation) = open.pop() {
            for member in &relation.members {
                if member.kind == MemberKind::Way {
                    mentions.push((member.id, member.role == "inner"));
                } else if seen.insert(member.id) {
                    let part = self.relation(member.id);
                    missing |= part.is_none();
                    open.extend(part);
                }
            }
        }
        // An outer mention sorts before an inner one.
        mentions.sort_unstable();
        mentions.dedup_by_key(|(id, _)| *id);
        let ways: Vec<_> = mentions
            .iter()
            .filter_map(|&(id, inner)| Some((self.way(id)?, inner)))
            .collect();
        missing |= ways.len() < mentions.len();
        (ways, missing)
    }

    /// The ways that a relation is made of, each once, by id.
    pub fn ways_of(&self, relation: &Relation) -> impl Iterator<Item = &Way> {
        let (ways, _) = self.drawing_ways(relation);
        ways.into_iter().map(|(way, _)| way)
    }

    /// The area that a relation draws, whatever the order, the direction and the
    /// roles of its ways: what an odd number of its rings encloses.
    ///
    /// Pieces that two ways share cancel out. What closes to no ring is left out,
    /// and with it rings whose ways are all `inner`: their outer ring may be what
    /// is missing. Rings that cross are cut where they cross. Each is noted once;
    /// `None` where nothing closes.
    pub fn area_of<'a>(&'a self, relation: &'a Relation) -> (Option<RelationArea<'a>>, Notices) {
        let mut notices = Notices::default();
        let mut note = |notice| notices.note(notice, format!("relation {}", relation.id));
        let (ways, missing) = self.drawing_ways(relation);
        let Some(enclosed) = enclosed(self.pieces(&ways)) else {
            note(Notice::TangledRelation);
            return (None, notices);
        };
        let Enclosed {
            mut faces,
            open,
            crossing,
        } = enclosed;
        if open || missing {
            faces.retain(|face| {
                let mut outer = face.outer_ways.iter();
                !outer.all(|&way| ways.get(way as usize).is_some_and(|(_, inner)| *inner))
            });
        }
        let outer: BTreeSet<u32> = faces
            .iter()
            .flat_map(|face| &face.outer_ways)
            .copied()
            .collect();
        let outer: Vec<&Way> = outer
            .into_iter()
            .filter_map(|way| Some(ways.get(way as usize)?.0))
            .collect();
        let rings: Vec<PolygonRings> = faces.into_iter().map(|face| face.rings).collect();
        let Some(area) = Area::new(rings) else {
            note(Notice::UnclosedRelation);
            return (None, notices);
        };
        if open {
            note(Notice::OpenRings);
        }
        if crossing {
            note(Notice::CrossingRings);
        }
        let drawn = RelationArea {
            id: relation.id,
            tags: if tagged_on_ways(&relation.tags) {
                Cow::Owned(shared_tags(&outer))
            } else {
                Cow::Borrowed(&relation.tags)
            },
            area,
            outer_ways: outer.iter().map(|way| way.id).collect(),
        };
        (Some(drawn), notices)
    }

    fn pieces(&self, ways: &[(&Way, bool)]) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for (number, (way, _)) in ways.iter().enumerate() {
            for pair in way.runs().flat_map(|run| run.windows(2)) {
                let [from, to] = [pair[0], pair[1]].map(|node| self.at(node));
                pieces.extend(Piece::outline(from, to, number as u32));
            }
        }
        pieces
    }
}

/// The tags that all ways have.
fn shared_tags(ways: &[&Way]) -> Tags {
    let Some((first, others)) = ways.split_first() else {
        return Tags::default();
    };
    Tags::new(
        first
            .tags
            .iter()
            .filter(|(key, value)| others.iter().all(|way| way.tags.has(key, value))),
    )
}
