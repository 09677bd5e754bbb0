//! The real cities, and what is known of them from elsewhere.

use std::path::PathBuf;
use std::sync::OnceLock;

use living_circle::notice::Notice;
use living_circle::places::{BlockKind, Origin};
use living_circle::progress::Silent;
use living_circle::study::{Files, Settings, Study};
use living_circle::units::Land;

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
        blocks: blocks.map(Into::into),
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
    // 46 residential areas, of which some lie in others and one has more than 20 ha;
    // most people live in the 7,351 residential buildings outside them, which stand
    // in some 600 street blocks.
    let kinds = study.blocks_by_kind();
    let count = |kind| kinds.get(&kind).copied().unwrap_or(0);
    let grouped = study.notices.count(&Notice::GroupedHomes);
    assert!((35..=45).contains(&count(BlockKind::Area)), "{kinds:?}");
    assert!((6_000..=7_351).contains(&grouped), "{grouped}");
    assert!((400..=700).contains(&count(BlockKind::Group)), "{kinds:?}");
    assert!(count(BlockKind::Building) < 500, "{kinds:?}");
    assert_eq!(study.notices.count(&Notice::CutAreas), 1);
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
    // 1,142 residential polygons, some inside others; 47 have more than 20 ha.
    let areas = study.blocks_by_kind()[&BlockKind::Area];
    let cut = usize::try_from(study.notices.count(&Notice::CutAreas)).unwrap();
    assert!((1_000..=1_142).contains(&(areas + cut)), "{areas} {cut}");
    assert!((40..=47).contains(&cut), "{cut}");
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

/// Cutting and grouping moves no land, and --no-cut gives what the extract holds.
#[test]
fn land_is_the_same_with_and_without_cutting() {
    for name in ["laspalmas", "malta", "monaco_2024", "beijing_haidian"] {
        let Some(files) = files(name, None) else {
            continue;
        };
        let land = |study: &Study| -> Land { study.blocks.iter().filter_map(|b| b.land).sum() };
        let whole = Settings {
            block_size: None,
            ..Settings::default()
        };
        let whole = Study::run(&files, &whole, &Silent).unwrap();
        let cut = study(name, None).unwrap();
        assert_eq!(land(&whole), land(&cut), "{name}");
        assert!(
            cut.blocks.is_sorted_by(|one, other| one.id < other.id),
            "{name}"
        );
        let kinds = whole.blocks_by_kind();
        assert!(!kinds.contains_key(&BlockKind::Piece) && !kinds.contains_key(&BlockKind::Group));
        // The same buildings, each in one block.
        let buildings = |study: &Study| study.blocks_by_kind().get(&BlockKind::Building).copied();
        let grouped = usize::try_from(cut.notices.count(&Notice::GroupedHomes)).unwrap();
        let alone = buildings(&cut).unwrap_or(0);
        assert_eq!(buildings(&whole).unwrap_or(0), grouped + alone, "{name}");
    }
}
