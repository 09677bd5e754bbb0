//! Tables of facilities, good and bad.
#![allow(clippy::unwrap_used)]

use super::table_tests::{SQUARE_M2, features, read_facilities, seen, square};
use super::*;
use crate::notice::Notice;
use crate::plane::LonLat;

#[test]
fn facilities_know_their_categories_size_and_entrances() {
    let text = features(&[
        (
            square(0.0),
            r#"{"id":2,"name":"园","category":"park","size_m2":900}"#,
        ),
        (
            square(0.1),
            r#"{"id":1,"category":"Kindergarten; 药店；park;park","capacity":120}"#,
        ),
        (
            r#"{"type":"Point","coordinates":[0.5,0.5]}"#.to_owned(),
            r#"{"id":3,"category":"shop"}"#,
        ),
    ]);
    let (facilities, notices) = read_facilities("f.geojson", &text).unwrap();
    assert!(notices.is_empty(), "{notices:?}");
    let catalog = Catalog::builtin().unwrap();
    let keys: Vec<Vec<&str>> = facilities
        .iter()
        .map(|facility| {
            let ids = facility.categories.iter();
            ids.map(|&id| catalog.category(id).key.as_str()).collect()
        })
        .collect();
    assert_eq!(
        keys,
        [
            vec!["kindergarten", "pharmacy", "park"],
            vec!["park"],
            vec!["shop"]
        ]
    );
    assert!((facilities[0].size.land.unwrap().square_metres() / SQUARE_M2 - 1.0).abs() < 1e-4);
    let stated = facilities[1].size.stated();
    assert_eq!(stated.unwrap().square_decimetres(), 90_000);
    assert_eq!(facilities[2].size, Size::default());
    assert_eq!(facilities[0].size.capacity, Some(120.0));
    // 443.8 m round: nine places.
    assert_eq!(facilities[0].entrances.len(), 9);
    assert!(facilities[0].entrances_assumed && !facilities[2].entrances_assumed);
    let point = LonLat::from_degrees(0.5, 0.5).unwrap();
    assert_eq!(facilities[2].entrances, [point]);
}

#[test]
fn sizes_are_kept_apart_in_integers() {
    let text = "id,category,lon,lat,floor_m2,land_m2,beds,class\n\
                1,park,1,1,,5000.255,,社区公园\n2,nursing_home,1,1,3500,1750,200,\n";
    let (facilities, _) = read_facilities("f.csv", text).unwrap();
    let [park, home] = [&facilities[0].size, &facilities[1].size];
    assert_eq!(park.class.as_deref(), Some("社区公园"));
    assert_eq!(park.land.unwrap().square_decimetres(), 500_026);
    assert_eq!((park.floor, park.beds), (None, None));
    assert_eq!(home.floor.unwrap().square_decimetres(), 350_000);
    assert_eq!((home.beds, home.stated()), (Some(200), home.land));
}

#[test]
fn unknown_categories_are_counted_with_the_key_that_was_meant() {
    let text = "id,name,category,lon,lat\n\
                1,a,kindergarden,1,1\n2,b,park;kindergarden,1,1\n3,c,,1,1\n4,d,casino,1,1\n";
    let (facilities, notices) = read_facilities("f.csv", text).unwrap();
    let ids: Vec<&str> = facilities.iter().map(|facility| &*facility.id).collect();
    assert_eq!(ids, ["2"]);
    let slip = Notice::UnknownCategory {
        key: "kindergarden".to_owned(),
        nearest: Some("kindergarten".to_owned()),
    };
    assert_eq!(
        seen(&notices, &slip),
        Some((2, "f.csv, line 2, column category (C2)".to_owned()))
    );
    assert!(slip.text(crate::lang::Lang::En).contains("'kindergarten'"));
    let none = Notice::UnknownCategory {
        key: "casino".to_owned(),
        nearest: None,
    };
    assert_eq!(notices.count(&none), 1);
    assert_eq!(notices.count(&Notice::FacilityWithoutCategory), 3);
    let missing = read_facilities("f.csv", "id,lon,lat\n1,2,3\n").unwrap_err();
    assert!(missing.to_string().contains("'category'"));
    for (row, place) in [
        ("1,park,1,1,-2,", "column size_m2"),
        ("1,park,1,1,,ten", "column capacity"),
        ("1,casino,1,91,,", "column lat"),
        ("1,park,1,1,,,2.5", "column beds"),
        ("1,park,1,1,,,-1", "column beds"),
        ("1,park,1,1,,,4294967296", "column beds"),
    ] {
        let row = format!("{row}{}", ",".repeat(6 - row.matches(',').count()));
        let text = format!("id,category,lon,lat,size_m2,capacity,beds\n{row}\n");
        let message = read_facilities("f.csv", &text).unwrap_err().to_string();
        assert!(
            message.contains(&format!("f.csv, line 2, {place}")),
            "{message}"
        );
    }
}
