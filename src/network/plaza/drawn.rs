//! The pedestrian areas of an extract.

use std::collections::BTreeSet;

use super::super::segment::Point;
use crate::notice::{Notice, Notices};
use crate::osm::{Extract, NodeIndex, Relation, Way, tagged_on_ways};
use crate::plane::{LonLat, RingPiece};
use crate::profile::{AccessRules, Passage, Verdict};

/// An area on which people walk wherever they like.
pub(super) struct Plaza {
    /// The object that draws it, for notices.
    pub name: String,
    /// How it is walked.
    pub passage: Passage,
    /// Pieces of its rings between nodes, with their way.
    pub pieces: Vec<([NodeIndex; 2], i64)>,
    /// The way with the lowest id on its outer rings, for what is added to it.
    pub way: i64,
    /// What encloses it.
    pub rings: Vec<RingPiece>,
    /// Whether the ring is walked as a way already.
    pub walked: bool,
}

impl Plaza {
    /// The places of its rings.
    pub fn points(&self) -> BTreeSet<Point> {
        let ends = self.pieces.iter().flat_map(|(ends, _)| ends);
        ends.map(|node| node.0).collect()
    }
}

/// All pedestrian areas: closed ways by id, then relations by id. A way on the
/// outer ring of a relation is none itself: the relation knows the holes.
pub(super) fn plazas(extract: &Extract, rules: &AccessRules, notices: &mut Notices) -> Vec<Plaza> {
    let mut drawn = Vec::new();
    let mut stood_for = BTreeSet::new();
    for relation in &extract.relations {
        if let Some((plaza, outer)) = of_relation(extract, relation, rules, notices) {
            stood_for.extend(outer);
            drawn.push(plaza);
        }
    }
    let ways = extract
        .ways
        .iter()
        .filter(|way| !stood_for.contains(&way.id));
    let mut plazas: Vec<Plaza> = ways.filter_map(|way| of_way(extract, way, rules)).collect();
    plazas.append(&mut drawn);
    plazas
}

fn of_way(extract: &Extract, way: &Way, rules: &AccessRules) -> Option<Plaza> {
    let ring = way.ring()?;
    let passage = rules.area(&way.tags)?;
    let pairs = ring.windows(2).map(|pair| [pair[0], pair[1]]);
    Some(Plaza {
        name: format!("way {}", way.id),
        passage,
        rings: pairs
            .clone()
            .map(|pair| pair.map(|node| extract.at(node)))
            .collect(),
        pieces: pairs.map(|pair| (pair, way.id)).collect(),
        way: way.id,
        walked: matches!(rules.way(&way.tags), Verdict::Walkable(_)),
    })
}

/// The area of a relation, and the ways of its outer rings.
fn of_relation(
    extract: &Extract,
    relation: &Relation,
    rules: &AccessRules,
    notices: &mut Notices,
) -> Option<(Plaza, Vec<i64>)> {
    // Only ways that call themselves an area speak for a relation without tags.
    let on_ways = tagged_on_ways(&relation.tags);
    let may_be = if on_ways {
        let mut ways = extract.ways_of(relation);
        ways.any(|way| rules.area(&way.tags).is_some())
    } else {
        rules.area(&relation.tags).is_some()
    };
    if !may_be {
        return None;
    }
    let name = format!("relation {}", relation.id);
    let (area, noted) = extract.area_of(relation);
    let passage = area.as_ref().and_then(|area| rules.area(&*area.tags));
    if !noted.is_empty() && (passage.is_some() || !on_ways) {
        notices.note(Notice::BrokenPlaza, name.clone());
    }
    let (area, passage) = (area?, passage?);
    let rings: Vec<RingPiece> = area
        .area
        .polygons()
        .iter()
        .flat_map(|rings| std::iter::once(&rings.outer).chain(&rings.holes))
        .flat_map(|ring| ring.windows(2))
        .map(|pair| [pair[0], pair[1]])
        .collect();
    let sorted = |[a, b]: [LonLat; 2]| [a.min(b), a.max(b)];
    let on_rings: BTreeSet<RingPiece> = rings.iter().copied().map(sorted).collect();
    let mut pieces = Vec::new();
    for way in extract.ways_of(relation) {
        for pair in way.runs().flat_map(|run| run.windows(2)) {
            let ends = [pair[0], pair[1]];
            if on_rings.contains(&sorted(ends.map(|node| extract.at(node)))) {
                pieces.push((ends, way.id));
            }
        }
    }
    let plaza = Plaza {
        name,
        passage,
        pieces,
        way: area.outer_ways.first().copied().unwrap_or_default(),
        rings,
        walked: false,
    };
    Some((plaza, area.outer_ways))
}
