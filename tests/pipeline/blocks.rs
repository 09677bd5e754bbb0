//! Large residential areas cut along streets, and buildings grouped by street block.

use living_circle::measure::{Scope, State};
use living_circle::notice::Notice;
use living_circle::places::{self, BlockKind, Shape};
use living_circle::plane::{Area, PolygonRings};
use living_circle::standard::Basis;
use living_circle::study::Study;
use living_circle::synth::Town;
use living_circle::units::Land;

use super::harness::{self, Scene, block, block_answer, rectangle, sums};

/// An estate of 600 × 600 m, a cross of streets through it and a cul-de-sac; a
/// pharmacy at the crossing.
fn estate() -> Scene {
    let town = Town::new(
        "
            N
         A--B--C
         |  |  |
         | KL  |
        VW--X--EQ
         |  |  |
         |  |  |
         D--S--F
            T
        ",
    )
    .area("ABCEFSDW", "landuse=residential name=湖滨里")
    .way("NBLXST", "highway=residential")
    .way("VWXEQ", "highway=tertiary")
    .way("LK", "highway=residential")
    .node("X", "amenity=pharmacy");
    Scene::new(town.drawing()).within(&["400m"])
}

fn land(study: &Study) -> Land {
    study.blocks.iter().filter_map(|block| block.land).sum()
}

fn ids(study: &Study) -> Vec<(&str, BlockKind)> {
    let blocks = study.blocks.iter();
    blocks.map(|block| (&*block.id, block.kind)).collect()
}

#[test]
fn an_estate_is_cut_by_its_streets() {
    let study = estate().study();
    let pieces = ["way/1#1", "way/1#2", "way/1#3", "way/1#4"];
    assert_eq!(ids(&study), pieces.map(|id| (id, BlockKind::Piece)));
    for block in 0..4 {
        assert_eq!(study.blocks[block].name.as_deref(), Some("湖滨里"));
        let land = study.blocks[block].land.unwrap().square_metres();
        assert!((land - 90_000.0).abs() < 20.0, "{land}");
        // 300 × 300 m in cells of 50 m.
        assert_eq!(study.samples.of_block(block).len(), 36);
    }
    assert_eq!(study.notices.count(&Notice::CutAreas), 1);
}

#[test]
fn without_cutting_all_is_as_the_extract_has_it() {
    let mut scene = estate();
    let cut = scene.study();
    scene.settings.block_size = None;
    let whole = scene.study();
    let (found, _) = places::from_osm(&scene.extract().0, &harness::catalog());
    assert_eq!(*whole.blocks, found.blocks);
    assert_eq!(ids(&whole), [("way/1", BlockKind::Area)]);
    assert_eq!(whole.notices.count(&Notice::CutAreas), 0);
    // The same cells stand for the same land: what is reached is the same, but for
    // the last unit of each of 144 shares.
    assert_eq!(land(&whole), land(&cut));
    let reached = |study| {
        let [all, network, radius] = sums(study, "pharmacy-400m", Scope::Whole);
        [all[0], network[0], radius[0]]
    };
    for (one, other) in reached(&whole).into_iter().zip(reached(&cut)) {
        assert!(one.abs_diff(other) <= 1_000 && one > 0, "{one} {other}");
    }
    // A larger size than the estate's cuts nothing either, and says so nowhere.
    scene.settings.block_size = Some(36.1);
    assert_eq!(*scene.study().blocks, found.blocks);
    scene.settings.block_size = Some(35.9);
    assert_eq!(scene.study().blocks, cut.blocks);
}

/// Two street blocks of 100 × 60 m with houses of 10 × 10 m, one house beyond.
fn houses() -> Scene {
    let town = Town::new(
        "
        A---------B---------C
        |         |         |
        |  GH     |   OP    |   12
        |  JI     |   RQ    |   43
        |      KL |         |
        |      NM |         |
        D---------E---------F
        ",
    )
    .spacing(10.0)
    .way("ABCFEDA", "highway=residential")
    .way("BE", "highway=residential")
    .area("GHIJ", "building=house")
    .area("KLMN", "building=apartments")
    .area("OPQR", "building=house")
    .area("1234", "building=house")
    .node("B", "amenity=pharmacy");
    Scene::new(town.drawing()).within(&["400m"])
}

#[test]
fn houses_of_a_street_block_are_measured_together() {
    let study = houses().study();
    let expected = [
        ("way/3+1", BlockKind::Group),
        ("way/5", BlockKind::Building),
        ("way/6", BlockKind::Building),
    ];
    assert_eq!(ids(&study), expected);
    assert_eq!(study.samples.of_block(0).len(), 2);
    let mut apart = houses();
    apart.settings.block_size = None;
    let apart = apart.study();
    assert_eq!(apart.blocks_by_kind(), [(BlockKind::Building, 4)].into());
    assert_eq!(land(&study), land(&apart));
    // Each house is where it was, with its land.
    let of = |study: &Study| {
        let samples = study.samples.all().iter();
        let mut all: Vec<_> = samples.map(|sample| (sample.at, sample.land)).collect();
        all.sort_unstable();
        all
    };
    for (one, other) in of(&study).into_iter().zip(of(&apart)) {
        let shift = one
            .0
            .lon
            .abs_diff(other.0.lon)
            .max(one.0.lat.abs_diff(other.0.lat));
        let land = [one.1, other.1].map(Land::square_decimetres);
        assert!(
            shift <= 2 && land[0].abs_diff(land[1]) <= 1,
            "{one:?} {other:?}"
        );
    }
    // Within 400 m of the pharmacy is the same land by both.
    assert_eq!(
        sums(&study, "pharmacy-400m", Scope::Whole),
        sums(&apart, "pharmacy-400m", Scope::Whole)
    );
}

#[test]
fn the_order_of_the_file_does_not_matter() {
    for mut scene in [estate(), houses()] {
        let expected = scene.study();
        scene.ways_first = true;
        scene.drawing.ways.reverse();
        scene.drawing.nodes.reverse();
        for way in &mut scene.drawing.ways {
            way.nodes.reverse();
        }
        let found = scene.study();
        assert_eq!(found.blocks, expected.blocks);
        assert_eq!(found.samples, expected.samples);
    }
}

#[test]
fn blocks_of_a_table_are_not_cut() {
    let mut scene = estate();
    let (found, _) = places::from_osm(&scene.extract().0, &harness::catalog());
    scene.blocks = found.blocks;
    scene.blocks[0].origin = living_circle::places::Origin::Table(1);
    assert_eq!(*scene.study().blocks, scene.blocks);
}

/// A square of 100 m and five slivers 2 km off are one block: its figures are those of
/// the square, on which all but a trace of its land lies.
#[test]
fn the_polygons_of_a_block_weigh_by_their_surface() {
    let town = Town::new("A--B")
        .spacing(1_000.0)
        .way("AB", "highway=residential");
    let ring = |[east, north]: [f64; 2], side: f64| {
        let far = town.place([east + side, north + side]);
        PolygonRings {
            outer: rectangle(town.place([east, north]), far),
            holes: Vec::new(),
        }
    };
    let slivers = (0..5).map(|number| ring([2_000.0 + 10.0 * f64::from(number), -10.0], 0.4));
    let polygons = std::iter::once(ring([0.0, -110.0], 100.0)).chain(slivers);
    let area = Area::new(polygons.collect()).unwrap();
    let mut scene = Scene::new(town.drawing())
        .facility("f", "clinic", town.at('A'))
        .within(&["500m"]);
    let mut home = block("b", Shape::Area(area));
    home.land = Land::from_square_metres(10_000.8);
    scene.blocks.push(home);
    let study = scene.study();
    let answer = block_answer(&study, "clinic-500m", "b");
    assert_eq!(
        (
            answer.within(Basis::Network),
            study.samples.of_block(0).len()
        ),
        (4, 9)
    );
    // The samples of the square stand 25 and 75 m east, 35 and 85 m off the street.
    assert_eq!(answer.nearest().median.unwrap().cost, 1_100);
    assert_eq!(answer.nearest().best.unwrap().cost, 600);
    assert!((answer.share(Basis::Network) - 10_000.0 / 10_000.8).abs() < 1e-6);
    assert_eq!(answer.state(Basis::Network), State::Partly);
}

/// A main road closed to people on foot (sidewalks mapped apart) still parts
/// two street blocks, as trunk roads and motorways do.
#[test]
fn a_road_that_nobody_walks_on_bounds_blocks() {
    for tags in [
        "highway=primary foot=use_sidepath",
        "highway=secondary foot=no",
    ] {
        let town = Town::new(
            "
            N
         A--B--C
         |  |  |
         |  |  |
         |  |  |
         D--S--F
            T
        ",
        )
        .area("ABCFSD", "landuse=residential")
        .way("NBST", tags)
        .way("TS", "highway=residential")
        .node("T", "amenity=pharmacy");
        let study = Scene::new(town.drawing()).within(&["400m"]).study();
        assert_eq!(study.blocks.len(), 2, "{tags}");
    }
}

/// Of an area that crosses itself the surface may be wrong: a notice says so.
#[test]
fn an_area_that_crosses_itself_is_told() {
    let town = Town::new(
        "
         A---C
         |   |
         D   |
         |   |
         E---BT
        ",
    )
    .area("ABCD", "landuse=residential")
    .way("BT", "highway=residential")
    .node("T", "amenity=pharmacy");
    let study = Scene::new(town.drawing()).within(&["400m"]).study();
    assert!(study.notices.count(&Notice::TangledPolygon) > 0);
}
