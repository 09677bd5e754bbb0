//! Buildings grouped by street block, and their samples.

use super::*;
use crate::places::Samples;

/// Two street blocks of 100 × 100 m side by side, and buildings in them.
pub(super) fn two_street_blocks() -> (Vec<Block>, Vec<[LonLat; 2]>) {
    let homes = vec![
        home(7, [10.0, 10.0], [20.0, 10.0]),
        home(10, [50.0, 50.0], [30.0, 10.0]),
        home(300, [60.0, 10.0], [10.0, 10.0]),
        home(8, [120.0, 10.0], [10.0, 10.0]),
        home(9, [250.0, 10.0], [10.0, 10.0]),
        home(11, [255.0, 50.0], [10.0, 10.0]),
    ];
    let streets = lines(&[
        &[
            [0.0, 0.0],
            [200.0, 0.0],
            [200.0, 100.0],
            [0.0, 100.0],
            [0.0, 0.0],
        ],
        &[[100.0, -20.0], [100.0, 120.0]],
        // Dead ends bound nothing.
        &[[0.0, 40.0], [70.0, 40.0]],
        &[[200.0, 30.0], [300.0, 30.0]],
    ]);
    (homes, streets)
}

#[test]
fn buildings_of_a_street_block_are_one_block() {
    let (homes, streets) = two_street_blocks();
    let (blocks, notices) = by_street_blocks(homes.clone(), &streets, 20.0);
    let found: Vec<(&str, BlockKind)> = blocks
        .iter()
        .map(|block| (&*block.id, block.kind))
        .collect();
    assert_eq!(
        found,
        [
            ("way/11", BlockKind::Building),
            ("way/7+2", BlockKind::Group),
            ("way/8", BlockKind::Building),
            ("way/9", BlockKind::Building),
        ]
    );
    assert_eq!(land(&blocks[1..2]), land(&homes[..3]));
    assert_eq!(land(&blocks), land(&homes));
    assert_eq!(shapes(&blocks)[1].polygons().len(), 3);
    assert_eq!(blocks[1].name, None);
    assert_eq!(blocks[1].origin, Origin::OsmWay(7));
    assert_eq!(notices.count(&Notice::GroupedHomes), 3);
    assert_eq!(notices.count(&Notice::BeyondStreetBlocks), 2);
}

#[test]
fn what_open_country_holds_is_not_grouped() {
    let homes = || {
        vec![
            home(1, [10.0, 10.0], [10.0, 10.0]),
            home(2, [500.0, 500.0], [10.0, 10.0]),
        ]
    };
    let around = |side: f64| {
        lines(&[&[
            [0.0, 0.0],
            [side, 0.0],
            [side, side],
            [0.0, side],
            [0.0, 0.0],
        ]])
    };
    let (blocks, _) = by_street_blocks(homes(), &around(999.0), 20.0);
    assert_eq!(blocks.len(), 1);
    let (blocks, notices) = by_street_blocks(homes(), &around(1_001.0), 20.0);
    assert_eq!(blocks, homes());
    assert_eq!(notices.count(&Notice::BeyondStreetBlocks), 2);
}

#[test]
fn every_building_of_a_group_has_samples_and_its_share() {
    let (homes, streets) = two_street_blocks();
    let (blocks, _) = by_street_blocks(homes.clone(), &streets, 20.0);
    let alone = Samples::of(&homes, 50.0);
    let samples = Samples::of(&blocks, 50.0);
    let own = &samples.all()[samples.of_block(1)];
    assert_eq!(own.len(), 3);
    for (sample, home) in own.iter().zip([0, 1, 2]) {
        let expected = &alone.all()[home];
        let apart = sample
            .land
            .square_decimetres()
            .abs_diff(expected.land.square_decimetres());
        assert!(apart <= 1, "{sample:?} {expected:?}");
        assert!(shapes(&homes)[home].holds(sample.at));
    }
    let sum: u64 = own
        .iter()
        .map(|sample| sample.land.square_decimetres())
        .sum();
    assert_eq!(sum, land(&homes[..3]));
}

#[test]
fn land_and_people_are_shared_by_surface_then_equally() {
    // 100 × 20 m are two cells of 50 m, 10 × 10 m are one: 20 to 1.
    let parts = [
        rectangle([0.0, 0.0], [100.0, 20.0]),
        rectangle([200.0, 0.0], [10.0, 10.0]),
    ];
    let mut both = block(1, BlockKind::Area, parts.map(simple).concat());
    both.land = Some(Land::from_square_decimetres(2_105));
    both.people = Some(crate::units::People::from_thousandths(22));
    let samples = Samples::of(&[both], 50.0);
    let shares: Vec<(u64, u64)> = samples
        .all()
        .iter()
        .map(|sample| (sample.land.square_decimetres(), sample.people.thousandths()))
        .collect();
    // 2105 × 20 ÷ 21 = 2004.8 and 100.2; 22 × 20 ÷ 21 = 20.95 and 1.05.
    assert_eq!(shares, [(1_003, 11), (1_002, 10), (100, 1)]);
}
