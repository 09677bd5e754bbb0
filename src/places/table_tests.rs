//! Tables of places, good and bad.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;
use crate::notice::{Notice, Notices};
use crate::plane::LonLat;
use crate::table;
use crate::units::People;

fn read_blocks(file: &str, text: &str) -> Result<(Vec<Block>, Notices), PlacesError> {
    let (table, mut notices) = table::parse(file, text.as_bytes())?;
    Ok((blocks::from_table(&table, &mut notices)?, notices))
}

pub(super) fn read_facilities(
    file: &str,
    text: &str,
) -> Result<(Vec<Facility>, Notices), PlacesError> {
    let (table, mut notices) = table::parse(file, text.as_bytes())?;
    let catalog = Catalog::builtin()?;
    Ok((
        facilities::from_table(&table, &catalog, &mut notices)?,
        notices,
    ))
}

fn read_zones(text: &str) -> Result<(Vec<Zone>, Notices), PlacesError> {
    let (table, mut notices) = table::parse("zones.geojson", text.as_bytes())?;
    Ok((zones::zones_from_table(&table, &mut notices)?, notices))
}

/// A square of 0.001° at the equator, 111.3195 m by 110.5743 m, with its south-west
/// corner at `west`.
pub(super) fn square(west: f64) -> String {
    let east = west + 0.001;
    format!(
        r#"{{"type":"Polygon","coordinates":[[[{west},0],[{east},0],[{east},0.001],[{west},0.001],[{west},0]]]}}"#
    )
}

pub(super) const SQUARE_M2: f64 = 111.3195 * 110.5743;

pub(super) fn features(features: &[(String, &str)]) -> String {
    let features: Vec<String> = features
        .iter()
        .map(|(geometry, properties)| {
            format!(r#"{{"type":"Feature","geometry":{geometry},"properties":{properties}}}"#)
        })
        .collect();
    format!(
        r#"{{"type":"FeatureCollection","features":[{}]}}"#,
        features.join(",")
    )
}

/// How often a notice was noted, and its first place.
pub(super) fn seen(notices: &Notices, notice: &Notice) -> Option<(u64, String)> {
    notices
        .iter()
        .find(|(known, _)| *known == notice)
        .map(|(_, seen)| (seen.count, seen.example.clone()))
}

#[test]
fn blocks_of_a_csv_file_have_all_their_columns() {
    let text = "id,lon,lat,name,area_m2,population,elderly,children,community,subdistrict\n\
                b2,115.98,36.45,南苑,1200.5,300,40,55.5,南苑社区,柳园街道\n\
                b10,115.99,36.46,,,,,,,\n";
    let (blocks, notices) = read_blocks("blocks.csv", text).unwrap();
    let [ten, two] = blocks.as_slice() else {
        panic!()
    };
    assert_eq!((&*ten.id, &*two.id), ("b10", "b2"));
    assert_eq!(two.name.as_deref(), Some("南苑"));
    assert_eq!(two.land.unwrap().square_decimetres(), 120_050);
    assert_eq!(two.people.unwrap().thousandths(), 300_000);
    assert_eq!(two.groups[Group::Elderly].unwrap().thousandths(), 40_000);
    assert_eq!(two.groups[Group::Children].unwrap().thousandths(), 55_500);
    assert_eq!(two.community.as_deref(), Some("南苑社区"));
    assert_eq!(two.subdistrict.as_deref(), Some("柳园街道"));
    assert_eq!(two.origin, Origin::Table(2));
    let place = LonLat::from_degrees(115.98, 36.45).unwrap();
    assert_eq!(two.shape, Shape::Point(place));
    assert_eq!(two.kind, BlockKind::Area);
    assert_eq!(
        (ten.land, ten.people, ten.groups),
        (None, None, Groups::default())
    );
    let unknown = seen(&notices, &Notice::UnknownLand);
    assert_eq!(unknown, Some((1, "blocks.csv, line 3".to_owned())));
}

#[test]
fn groups_of_people_are_known_by_their_ages_and_never_made_up() {
    let text = "编号,经度,纬度,面积,人口,60岁及以上人口,65岁以上（人）,0～3岁,3—6岁,6-12岁人口\n\
                a,115.98,36.45,100,50,9,6,2,3,11.5\n\
                b,115.98,36.45,100,50,,51,,,\n";
    let (mut table, mut notices) = table::parse("b.csv", text.as_bytes()).unwrap();
    Headers::default()
        .name(&mut table, headers::Role::Blocks)
        .unwrap();
    let blocks = blocks::from_table(&table, &mut notices).unwrap();
    let groups =
        |block: &Block| Group::ALL.map(|group| block.groups[group].map(People::thousandths));
    let thousands = |count: u64| Some(count * 1_000);
    let children = [None, thousands(2), thousands(3), Some(11_500)];
    let elderly = [thousands(9), thousands(6)];
    assert_eq!(groups(&blocks[0]), [&elderly[..], &children].concat()[..]);
    let none = [None, thousands(51), None, None, None, None];
    assert_eq!(groups(&blocks[1]), none);
    let more = seen(&notices, &Notice::MoreThanPopulation);
    assert_eq!(more, Some((1, "b.csv, line 3".to_owned())));
    assert_eq!(notices.iter().count(), 1);
}

#[test]
fn the_column_wins_over_the_polygon_and_the_difference_is_said() {
    let text = features(&[
        (square(0.0), r#"{"id":"drawn"}"#),
        (square(0.1), r#"{"id":"near","area_m2":13000}"#),
        (square(0.2), r#"{"id":"off","area_m2":14000}"#),
    ]);
    let (blocks, notices) = read_blocks("b.geojson", &text).unwrap();
    let land: Vec<f64> = blocks
        .iter()
        .map(|block| block.land.unwrap().square_metres())
        .collect();
    assert!((land[0] / SQUARE_M2 - 1.0).abs() < 1e-4, "{}", land[0]);
    assert_eq!(land[1..], [13_000.0, 14_000.0]);
    assert_eq!(
        seen(&notices, &Notice::AreaDiffers),
        Some((1, "b.geojson, feature 3, column area_m2".to_owned()))
    );
}

#[test]
fn odd_but_usable_blocks_are_counted() {
    let text = "id,lon,lat,area_m2,population,elderly,children,colour\n\
                a,1,1,1,10,11,0,red\nb,1,1,1,10,3,12,\nc,1,1,1,,5,5,\nd,1,1,1,10,10,10,\n";
    let (_, notices) = read_blocks("b.csv", text).unwrap();
    assert_eq!(
        seen(&notices, &Notice::MoreThanPopulation),
        Some((2, "b.csv, line 2".to_owned()))
    );
    assert_eq!(
        seen(&notices, &Notice::UnknownColumn("colour".to_owned())),
        Some((1, "b.csv".to_owned()))
    );
    assert_eq!(notices.iter().count(), 2);
}

#[test]
fn a_bad_cell_is_named() {
    for (row, place, word) in [
        ("a,1,1,-1,,", "b.csv, line 3, column area_m2", "negative"),
        (
            "a,1,1,\"1,200\",,",
            "b.csv, line 3, column area_m2",
            "thousands",
        ),
        (
            "a,1,1,1e300,,",
            "b.csv, line 3, column area_m2",
            "too large",
        ),
        ("a,1,1,,many,", "b.csv, line 3, column population", "'many'"),
        ("a,1,1,,-5,", "b.csv, line 3, column population", "negative"),
        (
            "a,1,1,,1e13,",
            "b.csv, line 3, column population",
            "too large",
        ),
        ("a,1,1,,,NaN", "b.csv, line 3, column elderly", "finite"),
        ("a,36.45,115.98,,,", "b.csv, line 3, column lat", "swapped"),
        ("a,1,,,,", "b.csv, line 3, column lat", "empty"),
        ("a,,,,,", "b.csv, line 3", "no position"),
        (",1,1,,,", "b.csv, line 3", "no id"),
        ("z,1,1,,,", "b.csv, line 2 and line 3", "'z'"),
        ("a,1,1", "b.csv, line 3", "3 cells"),
    ] {
        let text = format!("id,lon,lat,area_m2,population,elderly\nz,1,1,1,1,1\n{row}\n");
        let message = read_blocks("b.csv", &text).unwrap_err().to_string();
        assert!(
            message.contains(place) && message.contains(word),
            "{row}: {message}"
        );
    }
    let missing = read_blocks("b.csv", "id,name\n1,a\n")
        .unwrap_err()
        .to_string();
    assert!(
        missing.contains("'lon'") && missing.contains("id, name"),
        "{missing}"
    );
    let half = read_blocks("b.csv", "id,lon\n1,2\n")
        .unwrap_err()
        .to_string();
    assert!(half.contains("'lat'"), "{half}");
}

#[test]
fn zones_are_polygons_with_an_id() {
    let text = features(&[
        (
            square(0.1),
            r#"{"id":"b","name":"南苑","level":"community"}"#,
        ),
        (square(0.0), r#"{"id":"a"}"#),
    ]);
    let (zones, notices) = read_zones(&text).unwrap();
    assert!(notices.is_empty());
    assert_eq!((&*zones[0].id, &*zones[1].id), ("a", "b"));
    assert_eq!(zones[1].level.as_deref(), Some("community"));
    assert!((zones[0].area.square_metres() / SQUARE_M2 - 1.0).abs() < 1e-4);

    let own = text.replace(r#""type":"Feature","#, r#""type":"Feature","id":7,"#);
    assert!(matches!(read_zones(&own), Ok((zones, _)) if zones[0].id == "a"));
    let own = own.replace(r#"{"id":"a"}"#, "{}");
    assert!(matches!(read_zones(&own), Ok((zones, _)) if zones[0].id == "7"));

    let nameless = read_zones(&features(&[(square(0.0), "{}")])).unwrap_err();
    assert!(nameless.to_string().contains("zones.geojson, feature 1"));
    let point = r#"{"type":"Point","coordinates":[0,0]}"#.to_owned();
    let point = read_zones(&features(&[
        (square(0.0), r#"{"id":1}"#),
        (point, r#"{"id":2}"#),
    ]));
    let message = point.unwrap_err().to_string();
    assert!(
        message.contains("feature 2") && message.contains("no polygon"),
        "{message}"
    );
}

#[test]
fn the_boundary_is_all_polygons_together_in_any_order() {
    let read = |squares: [f64; 2]| {
        let text = features(&squares.map(|west| (square(west), r#"{"id":1}"#)));
        let (table, _) = table::parse("edge.json", text.as_bytes()).unwrap();
        zones::boundary_from_table(&table).unwrap()
    };
    let area = read([0.0, 0.002]);
    assert!((area.square_metres() / (2.0 * SQUARE_M2) - 1.0).abs() < 1e-4);
    let at = |lon: f64| LonLat::from_degrees(lon, 0.0005).unwrap();
    assert!(area.holds(at(0.0005)) && area.holds(at(0.0025)) && !area.holds(at(0.0015)));
    assert_eq!(area, read([0.002, 0.0]));
}

#[test]
fn errors_are_told_in_both_languages() {
    use crate::lang::{Explain, Lang};
    let error = read_blocks("b.csv", "id,lon,lat\n7,1,1\n7,1,1\n").unwrap_err();
    let (zh, en) = (error.explain(Lang::Zh), error.explain(Lang::En));
    assert!(
        zh.contains("b.csv 第 2 行") && zh.contains("第 3 行") && zh.contains('7'),
        "{zh}"
    );
    assert_eq!(en, error.to_string());
}

#[test]
fn long_and_wide_tables_take_time_in_proportion() {
    let rows: Vec<String> = (0..100_000).map(|id| format!("{id},1,1")).collect();
    let rows = rows.join("\n");
    let (blocks, notices) = read_blocks("b.csv", &format!("id,lon,lat\n{rows}")).unwrap();
    assert_eq!(blocks.len(), 100_000);
    assert_eq!(notices.count(&Notice::UnknownLand), 100_000);
    // Every feature has a column of its own.
    let rows: Vec<String> = (0..20_000)
        .map(|id| format!(r#"{{"id":{id},"lon":1,"lat":1,"c{id}":1}}"#))
        .collect();
    let text = features(
        &rows
            .iter()
            .map(|row| ("null".to_owned(), row.as_str()))
            .collect::<Vec<_>>(),
    );
    let (blocks, notices) = read_blocks("b.geojson", &text).unwrap();
    assert_eq!((blocks.len(), notices.iter().count()), (20_000, 20_001));
}

/// Rows of facilities, with ids that differ, and a shuffled copy.
fn shuffled_rows() -> impl Strategy<Value = (Vec<String>, Vec<String>)> {
    let category = prop::sample::select(vec!["park", "shop;pharmacy", "casino", ""]);
    prop::collection::vec((category, -180.0..180.0f64, -90.0..90.0f64), 1..12)
        .prop_map(|rows| -> Vec<String> {
            let rows = rows.into_iter().enumerate();
            rows.map(|(id, (category, lon, lat))| format!("{id},{category},{lon},{lat}"))
                .collect()
        })
        .prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle()))
}

proptest! {
    #[test]
    fn the_order_of_rows_changes_nothing((rows, shuffled) in shuffled_rows()) {
        let read = |rows: &[String]| {
            let text = format!("id,category,lon,lat\n{}\n", rows.join("\n"));
            let (mut facilities, notices) = read_facilities("f.csv", &text).unwrap();
            for facility in &mut facilities {
                facility.origin = Origin::Table(0);
            }
            (facilities, notices.count(&Notice::FacilityWithoutCategory))
        };
        prop_assert_eq!(read(&rows), read(&shuffled));
    }

    #[test]
    fn no_polygon_makes_it_panic(
        rings in prop::collection::vec(
            prop::collection::vec((-0.01..0.01f64, -0.01..0.01f64), 0..7), 1..3),
        copies in 1..3usize,
    ) {
        let rings: Vec<Vec<[f64; 2]>> = rings
            .into_iter()
            .map(|ring| ring.into_iter().map(|(lon, lat)| [lon, lat]).collect())
            .collect();
        let coordinates = serde_json::to_string(&vec![rings; copies]).unwrap();
        let geometry = format!(r#"{{"type":"MultiPolygon","coordinates":{coordinates}}}"#);
        let text = features(&[(geometry, r#"{"id":1,"category":"park"}"#)]);
        if let Ok((facilities, _)) = read_facilities("f.geojson", &text) {
            let shape = &facilities[0].shape;
            prop_assert!(shape.distance_metres(shape.inner_place()).is_finite());
        }
        let _ = read_blocks("b.geojson", &text);
        let _ = read_zones(&text);
    }

    #[test]
    fn no_cells_make_it_panic(cells in prop::collection::vec("[ -~甲；]{0,6}", 0..40)) {
        let header = "id,lon,lat,category,area_m2,population\n";
        let rows: Vec<String> = cells.chunks(6).map(|row| row.join(",")).collect();
        let text = format!("{header}{}\n", rows.join("\n"));
        let _ = read_blocks("b.csv", &text);
        let _ = read_facilities("b.csv", &text);
    }
}
