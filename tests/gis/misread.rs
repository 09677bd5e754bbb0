//! Tables in another frame than that in which they are read.

use std::fs;

use super::program::fixture;
use living_circle::frame::Frame;
use living_circle::lang::Lang;
use living_circle::progress::Silent;
use living_circle::study::{Files, Settings, Study};
use living_circle::table::Source;

/// The facilities of the sample city with their coordinates in a frame.
fn facilities(frame: &str) -> String {
    let frame: Frame = frame.parse().unwrap();
    let mut table = csv::Reader::from_path(fixture("lakeside.facilities.csv")).unwrap();
    let header = table.headers().unwrap().clone();
    let at = |name: &str| header.iter().position(|column| column == name).unwrap();
    let (lon, lat) = (at("lon"), at("lat"));
    let mut written = csv::Writer::from_writer(Vec::new());
    written.write_record(&header).unwrap();
    for row in table.records() {
        let row = row.unwrap();
        let [x, y] = frame.forward([lon, lat].map(|at| row[at].parse().unwrap()));
        let cells = row.iter().enumerate().map(|(column, cell)| match column {
            _ if column == lon => x.to_string(),
            _ if column == lat => y.to_string(),
            _ => cell.to_owned(),
        });
        written.write_record(cells).unwrap();
    }
    String::from_utf8(written.into_inner().unwrap()).unwrap()
}

/// What is noted of the facilities, written in one frame and read in another.
fn noted(written: &str, read: &str) -> Option<String> {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("设施.csv");
    fs::write(&path, facilities(written)).unwrap();
    let typed = format!("{}@{read}", path.display());
    let files = Files {
        extract: fixture("lakeside.osm.pbf").into(),
        blocks: Some(Source::typed(fixture("lakeside.blocks.geojson").as_ref()).unwrap()),
        facilities: Some(Source::typed(typed.as_ref()).unwrap()),
        ..Files::default()
    };
    let study = Study::run(&files, &Settings::default(), &Silent).unwrap();
    let mut notices = study.notices.iter();
    let (notice, seen) = notices.find(|(notice, _)| notice.key() == "other_frame")?;
    assert_eq!(seen.example, "设施.csv");
    Some(notice.text(Lang::En))
}

#[test]
fn a_frame_that_fits_clearly_better_is_named_with_its_metres() {
    for (written, read, fits) in [
        ("gcj02", "wgs84", "@gcj02"),
        ("bd09", "cgcs2000", "@bd09"),
        ("wgs84", "gcj02", "@wgs84"),
        ("gcj02", "bd09", "@gcj02"),
    ] {
        let text = noted(written, read).unwrap_or_default();
        assert!(
            text.contains(fits) && text.contains(" m"),
            "{written}, {read}: {text}"
        );
    }
    for frame in ["wgs84", "gcj02", "bd09", "cgcs2000", "epsg:4548"] {
        assert_eq!(noted(frame, frame), None, "{frame}");
    }
}
