//! The real cities, and what is known of them from elsewhere.

use std::path::PathBuf;
use std::sync::OnceLock;

use living_circle::places::Origin;
use living_circle::progress::Silent;
use living_circle::study::{Files, Settings, Study};

use super::extracts;
use super::laws;

/// The files of a study of an extract; with `blocks` a table of the data folder.
pub fn files(extract: &str, blocks: Option<&str>) -> Option<Files> {
    let blocks: Option<PathBuf> = match blocks {
        Some(table) => Some(extracts::file(table)?),
        None => None,
    };
    Some(Files {
        extract: extracts::file(&format!("{extract}.osm.pbf"))?,
        blocks,
        ..Files::default()
    })
}

/// The study of an extract with everything as it is by default.
pub fn study(extract: &str, blocks: Option<&str>) -> Option<Study> {
    let files = files(extract, blocks)?;
    Some(Study::run(&files, &Settings::default(), &Silent).unwrap())
}

/// The table of Porto Alegre's cells.
pub const GRID: Option<&str> = Some("porto_alegre_grid.csv");

/// Las Palmas, studied once for all tests.
pub fn las_palmas() -> Option<&'static Study> {
    static STUDY: OnceLock<Option<Study>> = OnceLock::new();
    STUDY.get_or_init(|| study("laspalmas", None)).as_ref()
}

/// The facilities of the set with this key.
fn facilities(study: &Study, key: &str) -> usize {
    let set = study.sets.iter().find(|set| set.key == key).unwrap();
    set.facilities.0.len()
}

#[test]
fn las_palmas_keeps_the_laws_and_looks_like_itself() {
    let Some(study) = las_palmas() else {
        return;
    };
    laws::hold(study);
    // 46 residential areas, of which some lie in others; most people live in the
    // 7,351 residential buildings outside them.
    let (areas, buildings) = study.blocks_by_kind();
    assert!((35..=46).contains(&areas), "{areas}");
    assert!((6_000..=7_351).contains(&buildings), "{buildings}");
    // 82 objects are pharmacies, 23 kindergartens; some are drawn twice, and some
    // are told by other tags. 33 schools are kindergartens too, or instead, by their
    // names (C.E.I.P., escuela infantil).
    assert!((75..=90).contains(&facilities(study, "pharmacy")));
    assert!((50..=60).contains(&facilities(study, "kindergarten")));
    // The city has one large network; what lies apart is less than 5 % of it.
    let all: u64 = study
        .network
        .walks()
        .iter()
        .map(|walk| walk.millimetres)
        .sum();
    let main = study.census.components[0].millimetres;
    assert!(main * 100 > all * 95, "{main} of {all}");
    // The extract was cut: 2,642 references of ways with `highway` lead nowhere
    // (counted with another reader), most of them of ways that are walked.
    assert!((2_000..=2_642).contains(&study.census.missing_nodes));
}

#[test]
fn malta_keeps_the_laws() {
    let Some(study) = study("malta", None) else {
        return;
    };
    laws::hold(&study);
    // 1,142 residential polygons, some inside others.
    let (areas, _) = study.blocks_by_kind();
    assert!((1_000..=1_142).contains(&areas), "{areas}");
    // Malta and Gozo are apart: no walk leads from one to the other.
    let [malta, gozo] = [0, 1].map(|at| study.census.components[at].millimetres / 1_000_000);
    assert!(malta > 2_000 && gozo > 300, "{malta} km, {gozo} km");
}

#[test]
fn haidian_keeps_the_laws_and_its_chinese_names() {
    let Some(study) = study("beijing_haidian", None) else {
        return;
    };
    laws::hold(&study);
    let chinese = |text: &str| text.chars().any(|letter| ('一'..='鿿').contains(&letter));
    let named = study
        .facilities
        .iter()
        .filter_map(|facility| facility.name.as_deref());
    assert!(named.filter(|name| chinese(name)).count() > 50);
}

#[test]
fn the_cells_of_porto_alegre_keep_every_inhabitant() {
    let Some(study) = study("porto_alegre", GRID) else {
        return;
    };
    laws::hold(&study);
    assert_eq!(study.blocks.len(), 1_227);
    assert!(
        study
            .blocks
            .iter()
            .all(|block| matches!(block.origin, Origin::Table(_)))
    );
    for answer in &study.answers {
        // The sum of the table's column.
        assert_eq!(answer.coverage[0].whole.people.thousandths(), 812_935_000);
    }
    // Cells are points: their land is not known, and none is invented.
    assert_eq!(
        study.answers[0].coverage[0].whole.land.square_decimetres(),
        0
    );
}
