//! Cut areas and grouped buildings of drawn towns, by arithmetic and against geo.

use std::collections::BTreeSet;

mod homes;

use geo::{Area as _, BooleanOps};
use proptest::prelude::*;

use super::*;
use crate::places::{Groups, Shape};
use crate::plane::{Area, Plane, PolygonRings};
use homes::two_street_blocks;

fn place([east, north]: [f64; 2]) -> LonLat {
    Plane::at(LonLat::from_degrees(115.98, 36.45).unwrap()).place([east, north])
}

fn ring(corners: &[[f64; 2]]) -> Vec<LonLat> {
    corners.iter().map(|&corner| place(corner)).collect()
}

fn rectangle([west, south]: [f64; 2], [width, height]: [f64; 2]) -> Vec<LonLat> {
    let (east, north) = (west + width, south + height);
    ring(&[[west, south], [east, south], [east, north], [west, north]])
}

fn block(id: i64, kind: BlockKind, polygons: Vec<PolygonRings>) -> Block {
    let area = Area::new(polygons).unwrap();
    Block {
        id: format!("way/{id}"),
        name: Some(format!("No. {id}")),
        land: Land::from_square_metres(area.square_metres()),
        shape: Shape::Area(area),
        people: None,
        groups: Groups::default(),
        community: None,
        subdistrict: None,
        origin: Origin::OsmWay(id),
        kind,
    }
}

fn simple(outer: Vec<LonLat>) -> Vec<PolygonRings> {
    let holes = Vec::new();
    vec![PolygonRings { outer, holes }]
}

/// A residential area of 600 × 600 m: 36 ha.
fn estate() -> Block {
    block(
        12,
        BlockKind::Area,
        simple(rectangle([0.0, 0.0], [600.0, 600.0])),
    )
}

fn home(id: i64, from: [f64; 2], size: [f64; 2]) -> Block {
    block(id, BlockKind::Building, simple(rectangle(from, size)))
}

fn lines(streets: &[&[[f64; 2]]]) -> Vec<[LonLat; 2]> {
    let pairs = streets.iter().flat_map(|street| street.windows(2));
    pairs.map(|pair| [place(pair[0]), place(pair[1])]).collect()
}

fn cut(area: Block, streets: &[&[[f64; 2]]]) -> (Vec<Block>, Notices) {
    by_street_blocks(vec![area], &lines(streets), 20.0)
}

fn land(blocks: &[Block]) -> u64 {
    let known = blocks.iter().map(|block| block.land.unwrap());
    known.map(Land::square_decimetres).sum()
}

/// Ids, and land to the nearest 100 m²: corners are rounded to a centimetre.
fn sizes(blocks: &[Block]) -> Vec<(&str, u64)> {
    let rounded =
        |block: &Block| (block.land.unwrap().square_metres() / 100.0).round() as u64 * 100;
    blocks
        .iter()
        .map(|block| (&*block.id, rounded(block)))
        .collect()
}

fn assert_whole(streets: &[&[[f64; 2]]]) {
    let (blocks, notices) = cut(estate(), streets);
    assert_eq!(blocks, [estate()]);
    assert_eq!(notices.count(&Notice::UncutAreas), 1);
    assert_eq!(notices.count(&Notice::CutAreas), 0);
}

const ALONG: &[[f64; 2]] = &[[-50.0, 300.0], [650.0, 300.0]];
const ACROSS: &[[f64; 2]] = &[[300.0, -50.0], [300.0, 650.0]];

#[test]
fn a_cross_of_streets_cuts_an_area_in_four() {
    let (blocks, notices) = cut(estate(), &[ALONG, ACROSS]);
    assert_eq!(
        sizes(&blocks),
        [
            ("way/12#1", 90_000),
            ("way/12#2", 90_000),
            ("way/12#3", 90_000),
            ("way/12#4", 90_000)
        ]
    );
    assert_eq!(land(&blocks), land(&[estate()]));
    // From west to east, and where that is equal from south to north.
    let corners = [
        [150.0, 150.0],
        [150.0, 450.0],
        [450.0, 150.0],
        [450.0, 450.0],
    ];
    for (block, corner) in blocks.iter().zip(corners) {
        let Shape::Area(shape) = &block.shape else {
            unreachable!()
        };
        assert!(shape.holds(place(corner)));
        assert_eq!(block.kind, BlockKind::Piece);
        assert_eq!(block.name.as_deref(), Some("No. 12"));
        assert_eq!(block.origin, Origin::OsmWay(12));
    }
    assert_eq!(notices.count(&Notice::CutAreas), 1);
    assert_eq!(notices.count(&Notice::NarrowPieces), 0);
}

#[test]
fn what_ends_in_an_area_does_not_cut_it() {
    assert_whole(&[]);
    // A cul-de-sac with an arm, one from each side that do not meet, one that
    // ends on the ring, and one that goes around inside without leaving.
    assert_whole(&[
        &[[-50.0, 300.0], [400.0, 300.0]],
        &[[200.0, 300.0], [200.0, 500.0]],
    ]);
    assert_whole(&[
        &[[-50.0, 300.0], [290.0, 300.0]],
        &[[310.0, 300.0], [650.0, 300.0]],
    ]);
    assert_whole(&[&[[-50.0, 300.0], [0.0, 300.0]]]);
    assert_whole(&[&[[100.0, 100.0], [500.0, 100.0], [500.0, 500.0]]]);
    let (blocks, _) = cut(
        estate(),
        &[ALONG, ACROSS, &[[150.0, 300.0], [150.0, 400.0]]],
    );
    assert_eq!(blocks.len(), 4);
}

#[test]
fn a_street_along_the_ring_does_not_cut() {
    let around = [
        [0.0, 0.0],
        [600.0, 0.0],
        [600.0, 600.0],
        [0.0, 600.0],
        [0.0, 0.0],
    ];
    assert_whole(&[&around]);
    // Along a part of it, beyond its ends.
    assert_whole(&[&[[0.0, -100.0], [0.0, 0.0], [0.0, 600.0], [0.0, 700.0]]]);
    // The ring is mapped 6 m off the street: the strip between is no block.
    assert_whole(&[&[[6.0, -50.0], [6.0, 650.0]]]);
    // 14 m off it is one.
    let (blocks, _) = cut(estate(), &[&[[14.0, -50.0], [14.0, 650.0]]]);
    assert_eq!(sizes(&blocks), [("way/12#1", 8_400), ("way/12#2", 351_600)]);
}

#[test]
fn the_strip_between_carriageways_is_no_block() {
    let other: &[[f64; 2]] = &[[-50.0, 308.0], [650.0, 308.0]];
    let (blocks, notices) = cut(estate(), &[ALONG, other]);
    assert_eq!(blocks.len(), 2);
    assert_eq!(notices.count(&Notice::NarrowPieces), 1);
    assert_eq!(land(&blocks), land(&[estate()]));
    // 600 × 300 and 600 × 292, one of them with 600 × 8 more.
    let drawn = |blocks: &[Block]| -> f64 {
        let surfaces = shapes(blocks).into_iter().map(Area::square_metres);
        surfaces.sum()
    };
    let (sum, whole) = (drawn(&blocks), drawn(&[estate()]));
    assert!((sum - whole).abs() < 2.0, "{sum} {whole}");
    // A street parts the north alone: the strip's longest border is with the south.
    let north: &[[f64; 2]] = &[[200.0, 308.0], [200.0, 650.0]];
    let (parted, _) = cut(estate(), &[ALONG, other, north]);
    assert_eq!(
        sizes(&parted),
        [
            ("way/12#1", 184_800),
            ("way/12#2", 58_400),
            ("way/12#3", 116_800)
        ]
    );
    // The cross street meets it: its halves go to neighbours that touch them.
    let (blocks, notices) = cut(estate(), &[ALONG, other, ACROSS]);
    assert_eq!(blocks.len(), 4);
    assert_eq!(notices.count(&Notice::NarrowPieces), 2);
}

fn shapes(blocks: &[Block]) -> Vec<&Area> {
    blocks
        .iter()
        .map(|block| match &block.shape {
            Shape::Area(area) => area,
            Shape::Point(_) => unreachable!(),
        })
        .collect()
}

#[test]
fn holes_stay_holes() {
    let holed = || {
        let outer = rectangle([0.0, 0.0], [600.0, 600.0]);
        let holes = vec![rectangle([200.0, 200.0], [200.0, 200.0])];
        block(12, BlockKind::Area, vec![PolygonRings { outer, holes }])
    };
    // From the ring to the hole only: one can walk around.
    let (blocks, _) = cut(holed(), &[&[[300.0, -50.0], [300.0, 200.0]]]);
    assert_eq!(blocks, [holed()]);
    // From ring to ring across the hole: two halves of 600 × 300 − 200 × 100.
    let (blocks, _) = cut(holed(), &[ACROSS]);
    assert_eq!(
        sizes(&blocks),
        [("way/12#1", 160_000), ("way/12#2", 160_000)]
    );
    assert_eq!(land(&blocks), land(&[holed()]));
    // A ring road inside, linked by one street: what it holds is a hole of the rest.
    let loop_road = [
        [50.0, 50.0],
        [150.0, 50.0],
        [150.0, 150.0],
        [50.0, 150.0],
        [50.0, 50.0],
    ];
    let (blocks, _) = cut(holed(), &[&loop_road, &[[100.0, -50.0], [100.0, 50.0]]]);
    assert_eq!(
        sizes(&blocks),
        [("way/12#1", 310_000), ("way/12#2", 10_000)]
    );
    assert_eq!(shapes(&blocks)[0].polygons()[0].holes.len(), 2);
}

#[test]
fn an_area_of_several_polygons_is_cut_into_them() {
    let far = rectangle([700.0, 0.0], [300.0, 400.0]);
    let bit = rectangle([1_100.0, 0.0], [15.0, 10.0]);
    let parts = [rectangle([0.0, 0.0], [300.0, 400.0]), far, bit]
        .map(simple)
        .concat();
    let (blocks, _) = cut(block(12, BlockKind::Area, parts.clone()), &[]);
    // What is narrow and touches nothing belongs to the largest: of equal ones the
    // first.
    assert_eq!(sizes(&blocks).len(), 2);
    assert_eq!(land(&blocks), land(&[block(12, BlockKind::Area, parts)]));
    let polygons: Vec<usize> = shapes(&blocks)
        .iter()
        .map(|area| area.polygons().len())
        .collect();
    assert_eq!(polygons.iter().sum::<usize>(), 3);
}

#[test]
fn small_areas_and_tables_are_not_cut() {
    let small = block(
        1,
        BlockKind::Area,
        simple(rectangle([0.0, 0.0], [400.0, 499.0])),
    );
    let (blocks, notices) = cut(small.clone(), &[&[[200.0, -50.0], [200.0, 550.0]]]);
    assert_eq!((blocks, notices.is_empty()), (vec![small], true));
    let mut own = estate();
    own.origin = Origin::Table(3);
    let (blocks, notices) = cut(own.clone(), &[ALONG, ACROSS]);
    assert_eq!((blocks, notices.is_empty()), (vec![own], true));
}

#[test]
fn order_and_direction_change_nothing() {
    let (mut blocks, mut streets) = two_street_blocks();
    blocks.push(block(
        12,
        BlockKind::Area,
        simple(rectangle([0.0, 200.0], [600.0, 600.0])),
    ));
    streets.extend(lines(&[
        &[[-9.0, 333.0], [700.0, 480.0]],
        &[[100.0, 190.0], [217.0, 900.0]],
        &[[100.0, 203.0], [590.0, 799.0]],
    ]));
    let expected = by_street_blocks(blocks.clone(), &streets, 20.0);
    // Two streets part four pieces; a third, loose at both ends, one corner more.
    assert_eq!(expected.0.len(), 4 + 5);
    for turn in 0..6 {
        blocks.rotate_left(turn % 3);
        blocks.reverse();
        streets.rotate_left(turn + 1);
        streets.reverse();
        streets[turn].reverse();
        assert_eq!(by_street_blocks(blocks.clone(), &streets, 20.0), expected);
    }
    let one = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .unwrap();
    assert_eq!(
        one.install(|| by_street_blocks(blocks, &streets, 20.0)),
        expected
    );
}

#[test]
fn a_tangle_cuts_nothing() {
    let tangle: Vec<[LonLat; 2]> = (0..2_000)
        .map(|step| {
            [
                place([f64::from(step), 0.0]),
                place([f64::from(step * 7_919 % 2_003), 600.0]),
            ]
        })
        .collect();
    let (blocks, notices) = by_street_blocks(vec![estate()], &tangle, 20.0);
    assert_eq!(blocks, [estate()]);
    assert_eq!(notices.count(&Notice::TangledStreets), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Random streets over a random star-shaped area: its pieces lie apart and make
    /// it up, by geo; the sum of land is that of the whole.
    #[test]
    fn pieces_make_up_their_area(
        radii in proptest::collection::vec(300.0..700.0, 5..12),
        streets in proptest::collection::vec(
            proptest::collection::vec((-800.0..800.0, -800.0..800.0), 2..5), 0..9),
    ) {
        let turn = std::f64::consts::TAU / radii.len() as f64;
        let corners: Vec<[f64; 2]> = radii
            .iter()
            .enumerate()
            .map(|(step, radius)| {
                let (sin, cos) = (turn * step as f64).sin_cos();
                [radius * cos, radius * sin]
            })
            .collect();
        let area = block(12, BlockKind::Area, simple(ring(&corners)));
        let streets: Vec<Vec<[f64; 2]>> = streets
            .into_iter()
            .map(|street| street.into_iter().map(|(x, y)| [x, y]).collect())
            .collect();
        let streets: Vec<&[[f64; 2]]> = streets.iter().map(Vec::as_slice).collect();
        let (blocks, _) = cut(area.clone(), &streets);
        prop_assert_eq!(land(&blocks), land(std::slice::from_ref(&area)));
        let ids: BTreeSet<&str> = blocks.iter().map(|block| &*block.id).collect();
        prop_assert_eq!(ids.len(), blocks.len());
        let metric = |block: &Block| metric(block, shapes(std::slice::from_ref(&area))[0]);
        let whole = metric(&area);
        let mut union = geo::MultiPolygon::new(Vec::new());
        for piece in &blocks {
            let shape = metric(piece);
            let common = union.intersection(&shape).unsigned_area();
            // Cuts are rounded to a centimetre.
            prop_assert!(common < 20.0, "{} is common", common);
            union = union.union(&shape);
            let drawn = shapes(std::slice::from_ref(piece))[0].square_metres();
            let shared = piece.land.unwrap().square_metres();
            prop_assert!((drawn - shared).abs() < 1.0 + drawn * 1e-4, "{} {}", drawn, shared);
        }
        let missing = whole.xor(&union).unsigned_area();
        prop_assert!(missing < 60.0, "{} is missing or too much", missing);
    }
}

/// The shape of a block in the plane of another's.
fn metric(block: &Block, of: &Area) -> geo::MultiPolygon<f64> {
    let line = |ring: &[LonLat]| -> geo::LineString<f64> {
        ring.iter()
            .map(|&place| geo::Coord::from(of.plane().metres(place)))
            .collect()
    };
    let polygons = shapes(std::slice::from_ref(block))[0].polygons().iter();
    let polygon = |rings: &PolygonRings| {
        geo::Polygon::new(
            line(&rings.outer),
            rings.holes.iter().map(|hole| line(hole)).collect(),
        )
    };
    geo::MultiPolygon(polygons.map(polygon).collect())
}
