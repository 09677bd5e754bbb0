//! What no font has is told, with the remedy, as early as it is known.

use std::path::PathBuf;
use std::sync::Mutex;

use living_circle::lang::Lang;
use living_circle::progress::{Progress, Stage};
use living_circle::report::{Fonts, MissingLetters, Outputs};
use living_circle::study::{Files, Settings, Study, StudyError};
use resvg::usvg::fontdb::Database;

use super::drawn_font::font;
use super::program::{Village, run, text};
use super::{latin, report};

/// What a font lacks is an error with the remedy, and no output is left.
#[test]
fn letters_that_are_missing_are_told() {
    let village = Village::new();
    let latin = latin(&village);
    for (community, lang, letter, remedy) in [
        // Known before the run: the picture's own words.
        ("West", "zh", '人', "fonts-noto-cjk"),
        // Known once it is read: a name, of letters or of pictures.
        ("西岸", "en", '岸', "no picture is written"),
        ("Park \u{1f333}", "en", '\u{1f333}', "fonts-symbola"),
        ("西岸", "zh", '人', "微软雅黑"),
    ] {
        let more = ["--png", "--font", &latin, "--lang", lang];
        let (ended, out) = report(&village, community, &more);
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""));
        assert!(ended.stderr.contains(remedy) && ended.stderr.contains("--font"));
        assert!(ended.stderr.contains(letter), "{}", ended.stderr);
        assert!(!out.exists());
    }
    // SVG needs no font of this machine.
    let (ended, _) = report(&village, "西岸", &["--svg", "--lang", "zh"]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
}

/// What is begun, in order.
#[derive(Default)]
struct Begun(Mutex<Vec<Stage>>);

impl Progress for Begun {
    fn begin(&self, stage: Stage, _: u64) {
        self.0.lock().unwrap().push(stage);
    }
    fn advance(&self, _: u64) {}
    fn end(&self) {}
}

enum Refused {
    Letters(MissingLetters),
    Study(StudyError),
}

impl From<StudyError> for Refused {
    fn from(error: StudyError) -> Self {
        Self::Study(error)
    }
}

/// Names are looked at once they are read, before anything is walked: those of zones, of
/// columns, of files and of requirements.
#[test]
fn letters_of_names_are_told_before_the_walk() {
    let village = Village::new();
    let letters: String = (' '..='~').chain("©·…–×²".chars()).collect();
    let mut database = Database::new();
    database.load_font_data(font("Latin", &letters));
    let outputs = Outputs {
        png: Some(Fonts::new(database)),
        ..Outputs::plain(Lang::En)
    };
    let told = |blocks: &str, zones: Option<&str>, lang: Lang| {
        let files = Files {
            extract: village.extract.clone(),
            blocks: Some(PathBuf::from(blocks).into()),
            zones: zones
                .iter()
                .map(|path| PathBuf::from(path).into())
                .collect(),
            ..Files::default()
        };
        let begun = Begun::default();
        let outputs = Outputs {
            lang,
            ..outputs.clone()
        };
        let study = Study::run_checked(&files, &Settings::default(), &begun, |materials, pack| {
            outputs
                .check_names(materials, pack)
                .map_err(Refused::Letters)
        });
        let walked = begun.0.into_inner().unwrap().contains(&Stage::Search);
        assert_eq!(walked, study.is_ok());
        match study {
            Ok(_) => None,
            Err(Refused::Letters(MissingLetters(letters))) => {
                Some(letters.into_iter().collect::<String>())
            }
            Err(Refused::Study(error)) => panic!("{error}"),
        }
    };
    let row = |community: &str| {
        format!("id,lon,lat,population,community\nX,115.981,36.45,10,{community}\n")
    };
    let plain = village.file("blocks.csv", &row("West"));
    assert_eq!(told(&plain, None, Lang::En), None);
    let column = village.file("column.csv", &row("西"));
    assert_eq!(told(&column, None, Lang::En).as_deref(), Some("西"));
    let file = village.file("街坊.csv", &row("West"));
    assert_eq!(told(&file, None, Lang::En).as_deref(), Some("坊街"));
    let zones = village.file("zones.geojson", r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"Z","name":"岸","level":"层"},"geometry":{"type":"Polygon","coordinates":[[[115.98,36.44],[115.99,36.44],[115.99,36.46],[115.98,36.44]]]}}]}"#);
    assert_eq!(
        told(&plain, Some(&zones), Lang::En).as_deref(),
        Some("层岸")
    );
    let requirements = told(&plain, None, Lang::Zh).unwrap();
    assert!(
        requirements.contains('幼') && requirements.contains('园'),
        "{requirements}"
    );
}

#[test]
fn a_font_that_is_none_is_told() {
    let village = Village::new();
    let none = village.file("none.ttf", "no font");
    for (file, zh, en) in [
        (&*none, "不是字体文件", "no font in it"),
        ("missing.ttf", "无法读取字体文件", "cannot be read"),
    ] {
        for (lang, words) in [("zh", zh), ("en", en)] {
            let (ended, out) = report(&village, "West", &["--png", "--font", file, "--lang", lang]);
            assert_eq!(ended.code, Some(2));
            assert!(ended.stderr.contains(words), "{}", ended.stderr);
            assert!(!out.exists());
        }
    }
    // Pictures need a folder.
    let ended = run(&["report", text(&village.extract), "--png", "--lang", "zh"]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.stderr.contains("--out"), "{}", ended.stderr);
}
