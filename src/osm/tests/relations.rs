//! Relations that draw areas, with what they are made of.

use super::super::{BlockFault, Extract, Fault, MemberKind};
use super::objects::in_every_order;
use super::refused;
use super::sketch::{About, deleted, dense, empty, file_of, made_of, tagged, versioned, way};
use crate::notice::Notice;

const PARK: &[(&str, &str)] = &[("type", "multipolygon"), ("leisure", "park")];
const PART: &[(&str, &str)] = &[("type", "boundary"), ("drop", "yes")];
const ROUTE: &[(&str, &str)] = &[("type", "route")];
const DROP: &[(&str, &str)] = &[("drop", "yes")];
const PLAIN: About = About {
    version: None,
    visible: None,
    tags: &[],
};

fn ids(extract: &Extract) -> (Vec<i64>, Vec<i64>) {
    let ways = extract.ways.iter().map(|way| way.id).collect();
    let relations = extract.relations.iter().map(|relation| relation.id);
    (ways, relations.collect())
}

#[test]
fn all_ways_of_a_kept_relation_are_read_with_their_nodes() {
    let members = [
        (1, 30, "outer"),
        (0, 1, "label"),
        (1, 99, ""),
        (1, 20, "inner"),
        (2, 8, "subarea"),
        (1, 1 << 40, "outer"),
    ];
    let (extract, notices) = in_every_order(&[
        &|block| {
            dense(
                block,
                &[(1, 0, 0, PLAIN), (2, 0, 9, PLAIN), (3, 9, 0, PLAIN)],
            );
        },
        &|block| {
            way(block, 20, PLAIN, &[1, 2]);
            way(block, 21, PLAIN, &[1, 2]);
            way(block, 22, tagged(DROP), &[1, 2]);
        },
        &|block| way(block, 30, tagged(DROP), &[2, 7, 3]),
        &|block| way(block, 1 << 40, PLAIN, &[3, 1]),
        &|block| made_of(block, -5, tagged(PARK), &members),
        &|block| {
            made_of(block, 8, tagged(ROUTE), &[(1, 21, "")]);
            made_of(block, 9, tagged(PART), &[(1, 22, "outer")]);
        },
    ]);
    assert_eq!(ids(&extract), (vec![20, 30, 1 << 40], vec![-5]));
    assert_eq!(extract.node_ids, [1, 2, 3]);
    let kept: Vec<_> = extract.relations[0]
        .members
        .iter()
        .map(|member| (member.kind, member.id, &*member.role))
        .collect();
    let expected = [(30, "outer"), (99, ""), (20, "inner"), (1 << 40, "outer")];
    assert_eq!(kept, expected.map(|(id, role)| (MemberKind::Way, id, role)));
    assert_eq!(notices.count(&Notice::MissingMembers), 1);
    assert_eq!(notices.count(&Notice::MissingNodes), 1);
    assert_eq!(notices.count(&Notice::RelationsNotRead), 2);
}

#[test]
fn relations_of_relations_are_read_and_circles_end() {
    let (extract, notices) = in_every_order(&[
        &|block| {
            made_of(
                block,
                1,
                tagged(PARK),
                &[(2, 3, "outer"), (2, 9, ""), (2, 5, "")],
            );
        },
        &|block| made_of(block, 3, tagged(PART), &[(2, 2, ""), (1, 70, "")]),
        &|block| {
            made_of(
                block,
                2,
                tagged(PART),
                &[(2, 1, "inner"), (2, 3, ""), (1, 60, "")],
            );
        },
        &|block| made_of(block, 5, tagged(ROUTE), &[(1, 80, "")]),
        &|block| {
            way(block, 60, PLAIN, &[1, 2]);
            way(block, 70, PLAIN, &[2, 1]);
            way(block, 80, PLAIN, &[2, 1]);
        },
    ]);
    assert_eq!(ids(&extract), (vec![60, 70], vec![1, 2, 3]));
    let ways: Vec<i64> = extract
        .ways_of(&extract.relations[0])
        .map(|way| way.id)
        .collect();
    assert_eq!(ways, [60, 70]);
    // 9 is nowhere, and 5 draws no area.
    assert_eq!(notices.count(&Notice::MissingMembers), 2);
    assert_eq!(notices.count(&Notice::RelationsNotRead), 1);
}

#[test]
fn the_newest_version_of_a_relation_and_its_ways_wins() {
    let (extract, notices) = in_every_order(&[
        &|block| dense(block, &[(1, 0, 0, PLAIN), (2, 0, 9, PLAIN)]),
        &|block| made_of(block, 1, versioned(1, PARK), &[(1, 10, "")]),
        &|block| made_of(block, 1, versioned(2, PARK), &[(1, 20, "")]),
        &|block| {
            way(block, 10, versioned(1, &[]), &[1]);
            way(block, 20, versioned(2, &[]), &[2, 1]);
        },
        &|block| way(block, 20, versioned(1, &[]), &[1, 1]),
    ]);
    assert_eq!(ids(&extract), (vec![20], vec![1]));
    assert_eq!(extract.ways[0].nodes.len(), 2);
    assert_eq!(extract.node_ids, [1, 2]);
    assert_eq!(extract.ways[0].nodes[0].0, 1);
    assert_eq!(notices.count(&Notice::DuplicateObjects), 2);
}

#[test]
fn a_newer_relation_that_is_not_kept_takes_the_older_away() {
    let (extract, _) = in_every_order(&[
        &|block| made_of(block, 1, versioned(1, PARK), &[(1, 10, "")]),
        &|block| made_of(block, 1, versioned(2, PART), &[(1, 10, "")]),
        &|block| made_of(block, 2, versioned(1, PARK), &[(1, 10, "")]),
        &|block| made_of(block, 2, deleted(2), &[]),
        &|block| way(block, 10, PLAIN, &[1]),
    ]);
    assert_eq!(extract, Extract::default());
}

#[test]
fn a_member_is_a_node_a_way_or_a_relation() {
    let mut block = empty();
    made_of(&mut block, 1, tagged(PARK), &[(1, 10, ""), (3, 10, "")]);
    let (_, fault) = refused(&file_of(&block));
    assert_eq!(fault, Fault::Block(BlockFault::MemberKind(3)));
}
