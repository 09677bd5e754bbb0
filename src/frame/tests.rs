//! Places against PROJ and against other hands' shifts.

// Tenths of millimetres, as PROJ prints them.
#![allow(clippy::inconsistent_digit_grouping)]

use super::*;
use proptest::prelude::*;

/// WGS84, GCJ-02, BD-09 by PRCoords 1.0.2 (`prcoords` on PyPI), an implementation of other
/// hands. `eviltransform` 0.1.1, which takes the ellipsoid of WGS84, differs from it by
/// at most 1.4 · 10⁻⁷ degrees.
const SHIFTED: [([f64; 2], [f64; 2], [f64; 2]); 13] = [
    (
        [116.3975, 39.9087],
        [116.403_743_572_7, 39.910_103_499_3],
        [116.410_116_586_5, 39.916_442_749_6],
    ),
    (
        [121.4737, 31.2304],
        [121.478_223_059_3, 31.228_457_737_6],
        [121.484_781_468_5, 31.234_310_593_7],
    ),
    (
        [113.2644, 23.1291],
        [113.269_729_592_1, 23.126_423_339_9],
        [113.276_150_751_6, 23.132_711_257_2],
    ),
    (
        [104.0668, 30.5728],
        [104.069_305_477_2, 30.570_346_141_1],
        [104.075_782_956_8, 30.576_351_856_2],
    ),
    (
        [87.6168, 43.8256],
        [87.619_649_949_5, 43.826_805_393_1],
        [87.626_099_770_8, 43.832_949_794_8],
    ),
    (
        [126.535, 45.8038],
        [126.541_040_350_2, 45.805_781_525_1],
        [126.547_659_214_1, 45.811_395_822_9],
    ),
    (
        [109.508, 18.2478],
        [109.512_095_222_3, 18.246_108_168_9],
        [109.518_645_547_7, 18.251_844_376_9],
    ),
    (
        [91.1322, 29.6604],
        [91.133_743_324_9, 29.657_679_589_9],
        [91.140_342_762_2, 29.663_425_674_0],
    ),
    (
        [116.298, 39.96],
        [116.304_076_729_8, 39.961_259_359_6],
        [116.310_541_388_4, 39.967_366_273_5],
    ),
    (
        [72.5, 30.0],
        [72.503_375_624_2, 29.996_894_894_5],
        [72.509_842_041_4, 30.002_967_596_9],
    ),
    (
        [135.0, 48.3],
        [135.007_912_450_6, 48.302_391_464_0],
        [135.014_277_450_2, 48.308_761_381_3],
    ),
    (
        [-15.43, 28.1],
        [-15.43, 28.1],
        [-15.423_435_330_7, 28.106_055_270_4],
    ),
    (
        [151.2, -33.9],
        [151.2, -33.9],
        [151.206_601_699_3, -33.893_546_399_8],
    ),
];

/// EPSG code, WGS84 degrees, east, north by PROJ 9.5.1 (pyproj 3.7.2, `always_xy`).
const PROJECTED: [(u16, [f64; 2], [f64; 2]); 25] = [
    (4548, [117.0, 36.65], [500_000.0000, 4_057_669.9465]),
    (4548, [116.298, 39.96], [440_018.2825, 4_425_323.6653]),
    (4548, [118.4, 31.3], [633_291.7071, 3_465_082.0611]),
    (4527, [116.298, 39.96], [39_440_018.2825, 4_425_323.6653]),
    (4547, [114.305, 30.593], [529_251.8461, 3_385_891.4960]),
    (4526, [114.305, 30.593], [38_529_251.8461, 3_385_891.4960]),
    (4534, [75.99, 39.47], [585_190.7034, 4_371_151.2495]),
    (4554, [134.9, 48.3], [492_580.8332, 5_351_790.4013]),
    (4513, [74.0, 39.3], [25_413_739.7192, 4_352_286.3008]),
    (4533, [134.2, 47.9], [45_440_184.6287, 5_307_618.5117]),
    (4549, [121.4737, 31.2304], [640_412.3150, 3_457_455.4886]),
    (4491, [73.9, 39.5], [13_405_384.1164, 4_374_591.8690]),
    (4498, [119.9, 30.2], [20_779_306.7674, 3_345_841.7311]),
    (4501, [134.7, 48.2], [23_477_699.0729, 5_340_709.5727]),
    (4502, [77.2, 41.0], [685_103.8278, 4_542_905.3706]),
    (4512, [132.5, 46.1], [306_693.1983, 5_110_240.8875]),
    (4508, [108.4, 18.3], [225_040.1352, 2_026_146.4093]),
    (4548, [122.5, 45.0], [933_657.7811, 4_999_684.9262]),
    (4548, [111.5, 20.0], [-76_241.5988, 2_221_846.1317]),
    (32_628, [-15.43, 28.1], [457_760.1870, 3_108_354.6214]),
    (32_650, [117.1, 36.65], [508_938.2234, 4_056_051.5347]),
    (32_750, [115.8, -31.95], [386_588.4436, 6_464_477.8752]),
    (32_733, [18.42, -33.92], [816_196.7118, 6_241_444.3144]),
    (32_632, [9.19, 45.46], [514_854.5989, 5_034_070.1916]),
    (32_722, [-51.2, -30.03], [480_716.2477, 6_677_873.5532]),
];

fn near(one: [f64; 2], other: [f64; 2], tolerance: f64) -> bool {
    (one[0] - other[0]).abs() <= tolerance && (one[1] - other[1]).abs() <= tolerance
}

/// A tenth of a millimetre, in degrees.
const TENTH_MILLIMETRE: f64 = 1e-9;

#[test]
fn shifts_are_those_of_an_independent_implementation() {
    for (wgs84, gcj02, bd09) in SHIFTED {
        assert!(near(Frame::Gcj02.forward(wgs84), gcj02, TENTH_MILLIMETRE));
        assert!(near(Frame::Bd09.forward(wgs84), bd09, TENTH_MILLIMETRE));
        for (frame, shifted) in [(Frame::Gcj02, gcj02), (Frame::Bd09, bd09)] {
            let back = frame.inverse(shifted).unwrap_or_default();
            assert!(near(back, wgs84, TENTH_MILLIMETRE), "{frame} {wgs84:?}");
        }
    }
}

#[test]
fn grids_are_those_of_proj() {
    for (code, place, expected) in PROJECTED {
        let frame: Frame = format!("EPSG:{code}").parse().unwrap_or_default();
        let found = frame.forward(place);
        // The table has tenths of millimetres.
        assert!(near(found, expected, 1.01e-4), "{code} {place:?} {found:?}");
        assert!(near(frame.written(place), expected, 6e-4));
        let back = frame.inverse(found).unwrap_or_default();
        assert!(near(back, place, 1e-11), "{code} {place:?} {back:?}");
    }
}

#[test]
fn frames_are_asked_for_by_words() {
    for (word, frame) in [
        ("wgs84", Frame::Wgs84),
        ("GCJ02", Frame::Gcj02),
        ("bd09", Frame::Bd09),
        ("cgcs2000", Frame::Cgcs2000),
        ("EPSG:4326", Frame::Wgs84),
        ("epsg:4490", Frame::Cgcs2000),
    ] {
        assert_eq!(word.parse(), Ok(frame));
        assert_eq!(frame.to_string().parse(), Ok(frame));
    }
    for code in (4491..=4554).chain(32_601..=32_660).chain(32_701..=32_760) {
        let word = format!("epsg:{code}");
        let frame: Result<Frame, _> = word.parse();
        assert_eq!(frame.map(|frame| frame.to_string()), Ok(word));
    }
    for word in [
        "",
        "4548",
        "epsg:",
        "epsg:4490x",
        "epsg:4555",
        "epsg:32661",
        "epsg:3857",
        "epsg:-1",
    ] {
        let error = word.parse::<Frame>().map_err(|error| {
            assert!(error.to_string().contains("gcj02"));
            error.explain(Lang::Zh)
        });
        assert!(error.is_err_and(|text| text.contains("4548")), "{word}");
    }
}

#[test]
fn texts_are_those_of_gdal() {
    // `gdalsrsinfo -o wkt1` and `-o wkt_esri` of GDAL 3.6.2, in turn, one line each.
    let reference: Vec<&str> = include_str!("wkt_reference.txt").lines().collect();
    let codes = [4326, 4490, 4548, 4527, 4498, 4512, 32_628, 32_733];
    assert_eq!(reference.len(), 2 * codes.len());
    for (code, texts) in codes.iter().zip(reference.chunks(2)) {
        let frame: Frame = format!("epsg:{code}").parse().unwrap_or_default();
        assert_eq!(frame.wkt(), texts[0]);
        assert_eq!(frame.esri_wkt(), texts[1]);
        assert_eq!(frame.epsg(), Some(*code));
    }
    for frame in [Frame::Gcj02, Frame::Bd09] {
        assert!(frame.wkt().starts_with("LOCAL_CS[") && frame.epsg().is_none());
    }
}

#[test]
fn what_no_grid_holds_is_refused() {
    let beijing: Frame = "epsg:4548".parse().unwrap_or_default();
    assert!(beijing.holds([116.3, 39.96]) && !beijing.holds([-15.43, 28.1]));
    // With a zone's number, in the other order, no numbers.
    for coordinates in [
        [39_440_018.0, 4_425_323.0],
        [4_425_323.0, 440_018.0],
        [f64::NAN, 0.0],
        [0.0, f64::INFINITY],
    ] {
        assert_eq!(beijing.inverse(coordinates), None);
    }
    assert_eq!(Frame::Gcj02.inverse([39.9, 116.4]), None);
    for (place, code) in [
        ([116.298, 39.96], 4548),
        ([73.6, 39.0], 4534),
        ([135.0, 48.3], 4554),
        ([-15.43, 28.1], 32_628),
        ([18.42, -33.92], 32_734),
        ([180.0, 1.0], 32_660),
    ] {
        let grid = Grid::around(place);
        assert_eq!(grid.map(Grid::epsg), Some(code));
        assert!(grid.is_some_and(|grid| Frame::Projected(grid).holds(place)));
    }
}

#[test]
fn the_date_line_is_no_border_of_a_grid() {
    let fiji: Frame = "epsg:32760".parse().unwrap_or_default();
    let [west, east] = [179.9, -179.9].map(|lon| fiji.forward([lon, -17.0]));
    // By PROJ, as above.
    assert!(near(west, [808_795.4435, 8_118_158.7460], 1.01e-4));
    assert!(near(east, [830_108.4761, 8_117_832.1703], 1.01e-4));
    let back = fiji.inverse(east).unwrap_or_default();
    assert!(near(back, [-179.9, -17.0], 1e-10), "{back:?}");
}

fn china() -> impl Strategy<Value = [f64; 2]> {
    (73.4..135.1, 17.5..53.6).prop_map(|(lon, lat)| [lon, lat])
}

fn anywhere() -> impl Strategy<Value = [f64; 2]> {
    (-179.9..179.9, -80.0..80.0).prop_map(|(lon, lat)| [lon, lat])
}

/// A centimetre, in degrees of latitude.
const CENTIMETRE: f64 = 9e-8;

proptest! {
    #[test]
    fn shifted_places_come_back(place in china()) {
        for frame in [Frame::Gcj02, Frame::Bd09] {
            let shifted = frame.forward(place);
            // At most 1.6 km, but never nothing.
            prop_assert!(!near(shifted, place, 1e-4) && near(shifted, place, 2e-2));
            let back = frame.inverse(shifted).unwrap_or_default();
            prop_assert!(near(back, place, CENTIMETRE), "{frame} {back:?}");
        }
    }

    #[test]
    fn places_come_back_anywhere_but_at_the_edge_of_the_box(place in anywhere()) {
        let [lon, lat] = place;
        let edge = [72.004, 137.8347].iter().any(|edge| (lon - edge).abs() < 0.02)
            || [0.8293, 55.8271].iter().any(|edge| (lat - edge).abs() < 0.02);
        prop_assume!(!edge);
        for frame in [Frame::Gcj02, Frame::Bd09] {
            let back = frame.inverse(frame.forward(place)).unwrap_or_default();
            prop_assert!(near(back, place, CENTIMETRE), "{frame} {back:?}");
        }
    }

    #[test]
    fn projected_places_come_back(lon in -6.0..6.0, lat in -80.0..84.0, zone in 0..20_u16) {
        let code = if zone % 2 == 0 { 4534 + zone } else { 32_710 + zone };
        let frame: Frame = format!("epsg:{code}").parse().unwrap_or_default();
        let Frame::Projected(grid) = frame else {
            return Err(TestCaseError::fail("no grid"));
        };
        let place = [f64::from(grid.meridian) + lon, lat];
        let back = frame.inverse(frame.forward(place)).unwrap_or_default();
        // A micrometre.
        prop_assert!(near(back, place, 1e-11), "{frame} {place:?} {back:?}");
    }
}

#[test]
fn what_is_no_place_of_a_frame_is_told_with_the_remedy() {
    let frame = |word: &str| word.parse::<Frame>().unwrap_or_default();
    for (word, coordinates, misfit) in [
        ("wgs84", [39.9, 116.4], Misfit::Swapped),
        ("wgs84", [440_018.0, 4_425_323.0], Misfit::Metres),
        ("wgs84", [181.0, 91.0], Misfit::OutOfRange),
        ("gcj02", [39.9, 116.4], Misfit::Swapped),
        ("gcj02", [43.8, 87.6], Misfit::Swapped),
        ("bd09", [-15.4, 28.1], Misfit::FarAway),
        ("cgcs2000", [2.3, 48.9], Misfit::FarAway),
        ("epsg:4548", [116.4, 39.9], Misfit::Degrees),
        ("epsg:4548", [4_425_323.0, 440_018.0], Misfit::Swapped),
        (
            "epsg:4548",
            [39_440_018.0, 4_425_323.0],
            Misfit::OtherZone(4527),
        ),
        (
            "epsg:4527",
            [440_018.0, 4_425_323.0],
            Misfit::OtherZone(4548),
        ),
        (
            "epsg:4527",
            [38_529_251.0, 3_385_891.0],
            Misfit::OtherZone(4526),
        ),
        (
            "epsg:4548",
            [20_779_306.0, 3_345_841.0],
            Misfit::OtherZone(4498),
        ),
        ("epsg:4548", [440_018.0, 9_425_323.0], Misfit::FarAway),
        ("epsg:4548", [f64::NAN, 1.0], Misfit::OutOfRange),
    ] {
        assert_eq!(
            frame(word).place(coordinates),
            Err(misfit),
            "{word} {coordinates:?}"
        );
    }
    for (word, coordinates, place) in [
        (
            "epsg:4548",
            [440_018.2825, 4_425_323.6653],
            [116.298, 39.96],
        ),
        (
            "gcj02",
            [116.403_743_572_7, 39.910_103_499_3],
            [116.3975, 39.9087],
        ),
    ] {
        let found = frame(word).place(coordinates).unwrap_or_default();
        assert!(near(found, place, 1e-9), "{word} {found:?}");
    }
}

#[test]
fn all_over_china_shifted_places_come_back_within_a_centimetre() {
    let mut worst = 0_f64;
    for step in 0..=(616 * 360) {
        let place = [
            73.4 + f64::from(step % 616) * 0.1,
            17.5 + f64::from(step / 616) * 0.1,
        ];
        for frame in [Frame::Gcj02, Frame::Bd09] {
            let back = frame.inverse(frame.forward(place)).unwrap_or_default();
            let east = (back[0] - place[0]) * place[1].to_radians().cos();
            worst = worst.max(east.hypot(back[1] - place[1]) * 111_319.5);
        }
    }
    assert!(worst < 1e-4, "{worst} m");
}

#[test]
fn texts_of_frames_are_read_back() {
    for code in (4513..=4554)
        .chain(4491..=4512)
        .chain([4326, 4490, 32_628, 32_733])
    {
        let frame: Frame = format!("epsg:{code}").parse().unwrap_or_default();
        assert_eq!(Frame::of_wkt(&frame.wkt()), Some(frame), "{code}");
        let esri = Frame::of_wkt(&frame.esri_wkt());
        // Esri's text holds no code, and some 6-degree zones have the parameters of a
        // 3-degree one.
        let same = esri.map(|esri| esri.forward([90.0, 30.0]));
        assert_eq!(same, Some(frame.forward([90.0, 30.0])), "{code}");
    }
    for frame in [Frame::Gcj02, Frame::Bd09] {
        assert_eq!(Frame::of_wkt(&frame.esri_wkt()), Some(frame));
    }
    let xian = "PROJCS[\"x\",GEOGCS[\"y\",DATUM[\"D_Xian_1980\",SPHEROID[\"z\",6378140.0,298.257]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]],PROJECTION[\"Gauss_Kruger\"],PARAMETER[\"False_Easting\",500000.0],PARAMETER[\"Central_Meridian\",117.0],UNIT[\"Meter\",1.0]]";
    for text in [
        "",
        "PROJCS",
        "PROJCS[",
        "PROJCS[\"a\"",
        "A[B[C[",
        xian,
        &"A[".repeat(99),
    ] {
        assert_eq!(Frame::of_wkt(text), None, "{text}");
    }
    for (name, frame) in [
        ("urn:ogc:def:crs:OGC:1.3:CRS84", Some(Frame::Wgs84)),
        ("urn:ogc:def:crs:EPSG::4490", Some(Frame::Cgcs2000)),
        ("GCJ02", Some(Frame::Gcj02)),
        ("EPSG:3857", None),
        ("EPSG:14326", None),
        ("", None),
    ] {
        assert_eq!(Frame::of_crs_name(name), frame, "{name}");
    }
}
